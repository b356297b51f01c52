"""Committees of a province or district, and its police, where a clause says what they do or asks them.

Papers that such a body does not issue itself, of the press, a council, an audit or a ministry, speak of it
as of any other unit: "UBND tỉnh đã tập trung …", "đề nghị UBND huyện …". In its own paper it is who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from extract.document import Span, UnitMention
from extract.units.find import Names, find_units
from extract.units.gazetteer import split_kind
from extract.units.names import bare, level_of_kind
from extract.units.offices import TELLS
from extract.units.patterns import plain_kind
from extract.vietnamese import CAPITALISED, LOWER

_KINDS = r"tỉnh|huyện|thị xã|thành phố|quận|TP\.?"
_TITLE = r"(?:(?:phó )?chủ tịch(?: thường trực)?|lãnh đạo|thường trực|tập thể)"
_COMMITTEE = (
    r"(?:(?:HĐND|hội đồng nhân dân)(?: tỉnh| huyện)?\s*(?:,|và|-|–)\s*)?"
    r"(?:UBND|(?:ủy|uỷ) ban nhân dân|chính quyền)"
)
_BODY = re.compile(
    rf"(?<!\w)(?i:(?P<whole>toàn\s+)?(?:{_TITLE}\s+)?(?:(?P<body>{_COMMITTEE}|(?P<police>công an))\s+)?)"
    rf"(?P<kind>(?i:{_KINDS}))(?:\s+(?P<name>{CAPITALISED}(?:[ -]+{CAPITALISED}){{0,3}}))?(?!\w)"
    rf"(?!\s*[,/–-]\s*(?:{_KINDS}|thị|xã|phường|thị trấn)(?!\w)"
    r"|\s+(?:ủy|uỷ|đoàn|đội|lỵ|lộ|cũ|mới|hội|nào|khác)(?!\w))"
)
_OPENS_CLAUSE = re.compile(
    r"(?:^|[;:]\s*|(?:^|[\s,])(?:việc|nhưng|song|tuy nhiên,?|do|vì|khi|rằng|thì|mặc dù|trong khi)\s+"
    r"|^[^,.;:]{0,60}(?:\s(?:qua|nay|đây)|\d)\s+)$",
    re.IGNORECASE,
)
"""Before who acts; the last are times: "Thời gian qua UBND tỉnh …"."""
_OF_A_PLACE = re.compile(r"(?:tại|ở|của|địa bàn)\s+$", re.IGNORECASE)
_DOES = re.compile(
    rf"\s+(?!(?:và|hoặc|của|về|với|cùng|trong|tại|ở|để|do|bởi|theo|từ|cho|là|làm|khi|thì|nhằm|này)(?!\w))[{LOWER}]"
)
_OF_A_LIST = re.compile(rf"(?<!\w)(?:{_KINDS}|thị|các \w+|xã|phường)\s*,\s*$", re.IGNORECASE)
_SURELY_DOES = re.compile(
    r"\s+(?:đã|chưa|không|còn|cũng|vẫn|luôn|đều|mới|vừa|đang|sẽ|có|bị|được|cần|phải|chỉ|tiếp tục|chậm)(?!\w)"
)
"""Behind a comma, where the next member of a list may stand, a verb's own particle is asked for."""
_SOMEONE = (
    r"(?:(?:các|những|mọi|hai|ba|bốn|năm|\d+) (?!tổ chức|cá nhân|hộ|chỉ tiêu|biên chế|tỷ|triệu|người)|"
    r"(?:UBND|(?:ủy|uỷ) ban|chủ tịch|lãnh đạo|thủ trưởng|giám đốc|"
    r"người đứng đầu|xã|phường|thị trấn|huyện|ngành|địa phương|đơn vị|cơ quan|cán bộ|sở|phòng)(?!\w))"
)
_SPEAKS = re.compile(
    rf"\s+(?:(?:đã|cũng|vừa|còn)\s+)*(?:{TELLS}|kết luận|nhấn mạnh|lưu ý|có ý kiến)(?!\w)", re.IGNORECASE
)
_ASKS = re.compile(
    r"(?<!\w)(?:yêu cầu|đề nghị|kiến nghị|giao|phê bình|nhắc nhở|biểu dương|khen|đánh giá(?: cao)?|kết luận)"
    rf"\s+{_SOMEONE}",
    re.IGNORECASE,
)
"""Who asks, praises or blames others speaks of these."""
_ASKS_NEXT = re.compile(rf"\s+(?:(?:đã|vừa|cũng|còn|tiếp tục)\s+)*{_ASKS.pattern}", re.IGNORECASE)
_IS_ASKED = re.compile(
    r"(?<!theo )(?<!sự )(?<!\w)(?:(?:đề nghị|kiến nghị|đề xuất|yêu cầu|phê bình|nhắc nhở|biểu dương|"
    r"khen ngợi|chất vấn|chỉ đạo|giao|đôn đốc)(?: (?:với|đối với|cho))?"
    r"|(?:đánh giá cao|ghi nhận|biểu dương|hoan nghênh)\s[^.;:]{0,80}\scủa)\s+$",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(r"\s+(?:(?:tiếp tục|quan tâm)\s+)?(?:chỉ đạo|giao|yêu cầu|đôn đốc)(?: cho)?\s+")
"""Between who is asked and whom he shall direct: "đề nghị UBND tỉnh chỉ đạo Công an tỉnh"."""
_HEAD = re.compile(
    r"(?:chủ tịch|bí thư)(?: thường trực)? (?:(?:HĐND|UBND|(?:ủy|uỷ) ban nhân dân)[ ,và]*)*$", re.IGNORECASE
)
"""Behind a head's title stands the unit's name or the head's own."""
ACTS, ASKED = 0.7, 0.75
_REACH = 200
"""Within how many code points the words around a body decide what it does there."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a ``place`` that acts, or that is asked or judged.

    ``unit`` is whose committee it is, or the police; it has a span only where the words there name it.
    """

    unit: UnitMention
    place: Span
    acts: bool


def is_asked(before: str) -> bool:
    """Whether the words before a body ask, direct, praise or blame it."""
    return _IS_ASKED.search(before) is not None


def tells(text: str, at: int) -> bool:
    """Whether who is named before ``at`` tells what he found: "… đã chỉ ra nhiều sai phạm"."""
    return _SPEAKS.match(text, at) is not None


def asks(text: str, at: int) -> bool:
    """Whether who is named before ``at`` asks, praises or blames others: "… đã yêu cầu các xã rà soát"."""
    return _ASKS_NEXT.match(text, at) is not None


class Bodies:
    """The bodies of one document; ``issuer`` is the unit of the council that issues it, if one does."""

    def __init__(
        self, text: str, names: Names, issuer: UnitMention | None, link: Callable[[UnitMention], UnitMention]
    ) -> None:
        self.text = text
        self.names = names
        self.issuer = issuer
        self.link = link
        self.last: UnitMention | None = None
        """The one place that the statement before was about."""

    def of(self, part: Span) -> list[Body]:
        """The bodies that a statement says something of, in reading order.

        Of a named district only the police: its committee is the district, which is written about by name.
        """
        found: list[Body] = []
        for hit in _BODY.finditer(self.text, *part):
            before = self._before(part[0], hit.start())
            asked = bool(hit["body"] or hit["name"]) and is_asked(before)
            if not asked and not self._acts(hit, before, part[1]):
                continue
            unit = self._unit(hit)
            if unit is None:
                continue
            if found and asked and _PASSED_ON.fullmatch(self.text, found[-1].place[1], hit.start()):
                found.pop()
            found.append(Body(unit, (hit.start(), hit.end("name" if hit["name"] else "kind")), not asked))
        return found

    def _before(self, start: int, at: int) -> str:
        """The words before a place, no more than decide; cut ones do not begin as the statement does."""
        return self.text[start:at] if at - start <= _REACH else f"…{self.text[at - _REACH : at]}"

    def _acts(self, hit: re.Match[str], before: str, end: int) -> bool:
        if hit["whole"] and not hit["name"]:
            return False
        if not hit["body"] and not hit["name"] and before.rstrip()[-1:].isdigit():
            return False  # "23/63 tỉnh đã …"
        opens = _OPENS_CLAUSE.search(before)
        of_it = hit["name"] and not hit["body"] and _OF_A_PLACE.search(before)
        if not opens and not of_it and (not before.rstrip().endswith(",") or _OF_A_LIST.search(before)):
            return False
        if not (_DOES if opens else _SURELY_DOES).match(self.text, hit.end(), end):
            return False
        end = min(end, hit.end() + _REACH)
        return not (tells(self.text, hit.end()) or _ASKS.search(self.text, hit.end(), end))

    def _unit(self, hit: re.Match[str]) -> UnitMention | None:
        kind, name = plain_kind(hit["kind"]), hit["name"] or ""
        name = "" if name and self._is_person(name, hit.start("kind")) else name
        end = hit.end("name") if name else hit.end("kind")
        if hit["police"]:
            printed = self.text[hit.start("police") : end]
            return UnitMention(printed[0].upper() + printed[1:], "agency", printed, span=(hit.start(), end))
        if not name:
            return replace(self.named(kind), as_printed=self.text[hit.start() : end])
        if kind != "tỉnh":
            return None
        span = (hit.start("kind"), end)
        return self.link(UnitMention(f"Tỉnh {name}", "province", self.text[slice(*span)], span=span))

    def named(self, kind: str) -> UnitMention:
        """Which unit "UBND tỉnh" is: the council's own, the one just spoken of, or the paper's only one."""
        level = level_of_kind(kind)
        if self.issuer is not None and self.issuer.level == level:
            return replace(self.issuer, as_printed=f"UBND {kind}", span=None)
        if self.last is not None and split_kind(self.last.name)[0] == kind:
            return replace(self.last, span=None)
        only = {bare(unit.name): unit for unit in self._places if split_kind(unit.name)[0] == kind}
        if len(only) == 1:
            return replace(self.link(next(iter(only.values()))), span=None)
        return UnitMention(f"UBND {kind}", level, f"UBND {kind}")

    def only_province(self) -> UnitMention | None:
        """The province that the paper names, where it names no other place: what "địa phương" is there."""
        if len({unit.name for unit in self._places}) != 1 or self._places[0].level != "province":
            return None
        return replace(self.link(self._places[0]), span=None)

    @cached_property
    def _places(self) -> list[UnitMention]:
        """The places that the paper names."""
        every = find_units(self.text, (0, len(self.text)), self.names)
        own = ((unit, split_kind(unit.name)[1]) for unit in every)
        return [unit for unit, name in own if unit.span and not self._is_person(name, unit.span[0])]

    def _is_person(self, name: str, at: int) -> bool:
        """Whether a name behind a kind at ``at`` is its head's: "Phó Chủ tịch UBND tỉnh Trần Minh Sậy"."""
        if not 3 <= len(name.split()) <= 4 or not _HEAD.search(self.text, max(0, at - 50), at):
            return False
        return self.link(UnitMention(f"Tỉnh {name}", "province", name)).code is None
