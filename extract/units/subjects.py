"""Which units a sentence is about: named in it, meant as a group, or carried over from the one before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extract.document import Citation, Span, UnitMention
from extract.sentences import has_predicate
from extract.units.find import Names, find_units
from extract.units.gazetteer import split_kind
from extract.units.headings import group_of
from extract.units.names import bare, level_of_kind
from extract.units.offices import find_offices, in_office
from extract.units.patterns import EXCEPTED, OPENS_LIST
from extract.units.recalled import recall_in, the_one_in
from extract.vietnamese import UPPER

Units = tuple[UnitMention, ...]

_TURN = r"(?:tuy nhiên|tuy vậy|nhưng|song|đồng thời|ngoài ra|bên cạnh đó|việc này|nội dung này|điều này)"
_TURNS = re.compile(rf"^{_TURN}\b(?! (?:các|một số|nhiều))", re.IGNORECASE)
_CARRIES = re.compile(
    rf"^(?:{_TURN}|(?:chủ tịch |lãnh đạo )?(?:ubnd )?(?:đơn vị|xã|phường|thị trấn|địa phương))\b"
    r"(?! (?:các|một số|nhiều))",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:đề nghị|kiến nghị|đề xuất|xin đề nghị)\s+(?:với\s+)?(?:HĐND\s*,\s*)?(?:UBND|HĐND và UBND)\s+"
    rf"(?P<kind>huyện|thị xã|thành phố|quận|tỉnh)\b(?! [{UPPER}])",
    re.IGNORECASE,
)
_DISTRICT_ACTS = re.compile(
    r"(?:(?:chủ tịch |lãnh đạo )?(?:ubnd|hđnd|(?:ủy|uỷ) ban nhân dân) )?(?:huyện|thị xã|thành phố|quận)\b|"
    r"(?:các )?(?:phòng|cơ quan) (?:chuyên môn|ban)\b|"
    r"(?:chỉ đạo|đôn đốc|yêu cầu|giao|hướng dẫn|kiểm tra|phê bình|kiểm điểm|xử lý|chấn chỉnh|hỗ trợ|đề nghị|"
    r"tổ chức|rà soát|tiếp tục|khẩn trương|tăng cường|nghiêm túc|chưa|không|chậm)\b",
    re.IGNORECASE,
)
_VILLAGE = re.compile(
    r"(?:(?:[Tt]ại|[Ởở]|[Rr]iêng|[Cc]ác|và)\s+)*"
    r"(?:[Tt]hôn|[Bb]ản|[Ấấ]p|[Xx]óm|[Tt]ổ dân phố|[Kk]hu phố|[Bb]uôn|[Ll]àng|[Kk]hóm)"
    rf"\s+(?:số\s+)?[{UPPER}\d]"
)
_IN_ONE_LIST = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:,|;|và|,\s*và)\s*"
    r"(?:(?:UBND|(?:ủy|uỷ) ban nhân dân)\s+)?(?:(?:các|\d{1,2})\s+)?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:địa bàn|toàn|thuộc|trong|các (?:xã|phường)(?:, (?:phường|thị trấn))*(?: của)?)\s+$", re.IGNORECASE
)
_LOOK_BACK = 3
"""How many paragraphs before a statement may name the units that it recalls by their number."""
_QUALIFIES = re.compile(r"(?:\(|,\s*|thuộc\s+|của\s+)$")


class Subjects:
    """Finds the subjects of the sentences of one document."""

    def __init__(
        self,
        text: str,
        names: Names,
        citations: list[Citation],
        issuer: UnitMention | None,
        link: Callable[[UnitMention], UnitMention],
    ) -> None:
        self.text = text
        self.names = names
        self.citations = citations
        self.issuer = issuer
        self.link = link

    def of(self, part: Span, carried: Units | None, *, carries: bool) -> tuple[Units, float] | None:
        """The units of a statement and how sure that is; ``None`` when it names nobody."""
        words = self.text[slice(*part)]
        mentions = find_units(self.text, part, self.names)
        named = [self.link(unit) for unit in mentions if self._is_subject(unit, part, mentions)]
        offices = [office for office in find_offices(self.text, part) if not self._cited(office)]
        if named:
            listed = self._listed_with(named, offices)
            first = offices[0] if offices else None
            if first and first.span and first.span[0] == part[0] and first not in listed:
                return (first,), 0.85  # "Phòng Tư pháp hỗ trợ xã A": the office acts
            return _once(sorted(named + listed, key=_place)), 0.93
        if offices:
            return _once(offices), 0.8
        asked = _ASKED.match(words)
        if asked:
            return (self._superior(asked["kind"].lower()),), 0.85
        if recall := recall_in(words):
            if carried and (these := recall.among(carried)):
                return _again(these), 0.85
            if recall.count and (these := recall.among(self._named_before(part))):
                return _again(these), 0.8
        group = group_of(words)
        if group:
            return (group,), 0.9
        if carried and (carries or _CARRIES.match(words)) and not self._is_own_village(words):
            return _again(carried), 0.6
        return self._of_the_press(part, words) if self.issuer is None else None

    def _of_the_press(self, part: Span, words: str) -> tuple[Units, float] | None:
        """The one commune that a paper of the press last spoke of, where the statement goes on about it."""
        if (kind := the_one_in(words)) is not None:
            last = self._named_before(part)
            if len(last) == 1 and kind in ("", split_kind(last[0].name)[0]):
                return _again(last), 0.75
        if _TURNS.match(words) and len(last := self._named_before(part, look_back=1)) == 1:
            return _again(last), 0.55
        return None

    def _named_before(self, part: Span, look_back: int = _LOOK_BACK) -> Units:
        """The communes of the nearest paragraph that names some: the statement's own or one above."""
        end = part[0]
        for _ in range(look_back + 1):
            start = self.text.rfind("\n", 0, end) + 1
            mentions = find_units(self.text, (start, end), self.names)
            named = [one for one in mentions if one.level == "commune"]
            named = [one for one in named if self._is_subject(one, (start, end), mentions)]
            if named:
                return _once([self.link(one) for one in named])
            end = len(self.text[:start].rstrip())
        return ()

    def communes(self, part: Span) -> tuple[Units, float] | None:
        """The communes that a statement under a district's heading is about, in a paper of its province.

        ``None`` where the district acts: "UBND huyện chưa kiểm tra xã A", "Chỉ đạo xã A khắc phục".
        """
        if self.issuer is None or self.issuer.level != "province" or _DISTRICT_ACTS.match(self.text, *part):
            return None
        found = self.of(part, None, carries=False)
        return found if found and any(unit.level == "commune" for unit in found[0]) else None

    def among(self, part: Span, units: Units) -> Units:
        """Those of the ``units`` of a heading that a statement under it is about.

        One that opens with some of them ("Riêng xã A …", "Công chức xã A …") speaks of these; one that only
        names them further on ("… cao nhất là xã A (23,6%)") speaks of all, and knows where these stand.
        """
        places: dict[str, UnitMention] = {}
        for unit in find_units(self.text, part, self.names):
            if not self._cited(unit):
                places.setdefault(_called(self.link(unit)), unit)
        named = [unit for unit in units if _called(unit) in places]
        if not named:
            return units
        first = min(place.span or part for place in places.values())
        before = self.text[part[0] : first[0]]
        if OPENS_LIST.fullmatch(before) or not (has_predicate(before) or re.search(r"[\d,;:]", before)):
            units = tuple(named)
        return tuple(
            replace(unit, span=places[_called(unit)].span) if _called(unit) in places else unit
            for unit in units
        )

    def _is_own_village(self, words: str) -> bool:
        """Whether a commune's own paper goes on to another village: it is its own, not the unit's before."""
        return self.issuer is not None and self.issuer.level == "commune" and bool(_VILLAGE.match(words))

    def _superior(self, kind: str) -> UnitMention:
        """ "Đề nghị UBND huyện …": the issuer's own huyện, else as printed."""
        level = level_of_kind(kind)
        if self.issuer is not None and self.issuer.level == level:
            return replace(self.issuer, as_printed=f"UBND {kind}", span=None)
        return UnitMention(f"UBND {kind}", level, f"UBND {kind}")

    def _is_subject(self, unit: UnitMention, part: Span, mentions: list[UnitMention]) -> bool:
        """Not the issuer, its superior, the issuer of a cited document, nor what is excepted."""
        span = unit.span or (0, 0)
        if self._cited(unit) or EXCEPTED.search(self.text[max(part[0], span[0] - 25) : span[0]]):
            return False
        if unit.level == "province":
            return False
        if unit.level == "district":
            return self._is_written_about(unit, part, mentions) and not self._qualifies(unit, mentions)
        if (
            self.issuer is not None
            and bare(unit.name) == bare(self.issuer.name)
            and self.issuer.level != "commune"
        ):
            # "huyện Suối Mơ" issues; "thị trấn Suối Mơ" is another unit.
            return unit.name.lower() != self.issuer.name.lower()
        return True

    def _is_written_about(self, unit: UnitMention, part: Span, mentions: list[UnitMention]) -> bool:
        """A district is written about by its province, and by what no authority issues, as news.

        There "trên địa bàn huyện …" says where, not who, unless others are listed with it, and "Sở Nội vụ
        TP …" is an office.
        """
        if self.issuer is None:
            at = unit.span[0] if unit.span else part[0]
            before = self.text[max(part[0], at - 60) : at]
            within = _WITHIN.search(before) and not self._opens_list(unit, mentions)
            return not (within or in_office(self.text, part, at))
        return self.issuer.level == "province" and unit.name != self.issuer.name

    def _opens_list(self, unit: UnitMention, mentions: list[UnitMention]) -> bool:
        """Whether another district stands in one list behind this one."""
        later = (one for one in mentions if one.level == "district" and _place(one) > _place(unit))
        return any(self._side_by_side(unit, one) for one in later)

    def _qualifies(self, unit: UnitMention, mentions: list[UnitMention]) -> bool:
        """Whether a district only says where the commune before it lies: "xã A (huyện B)".

        In "quận A, phường B, huyện C" it is one more of a list, for another district stands in it before.
        """
        before = [one for one in mentions if _place(one)[1] <= _place(unit)[0]]
        if not before or before[-1].level != "commune":
            return False
        between = self.text[_place(before[-1])[1] : _place(unit)[0]]
        if len(between) >= 12 or not _QUALIFIES.search(between) or "UBND" in between:
            return False
        mixed = len(before) > 1 and before[-2].level == "district" and self._side_by_side(*before[-2:])
        return not (mixed and between.strip() == ",")

    def _cited(self, unit: UnitMention) -> bool:
        """Whether the mention belongs to a citation: the issuer of the cited document."""
        span = unit.span or (0, 0)
        return any(cited.extent[0] <= span[0] < cited.extent[1] for cited in self.citations)

    def _listed_with(self, named: list[UnitMention], offices: list[UnitMention]) -> list[UnitMention]:
        """The offices that stand in one list with the units: only commas or "và" between them."""
        listed: list[UnitMention] = []
        grew = True
        while grew:
            grew = False
            for office in offices:
                if office not in listed and any(self._side_by_side(office, one) for one in named + listed):
                    listed.append(office)
                    grew = True
        return listed

    def _side_by_side(self, one: UnitMention, other: UnitMention) -> bool:
        if not one.span or not other.span:
            return False
        a, b = sorted((one.span, other.span))
        return a[1] <= b[0] and bool(_IN_ONE_LIST.fullmatch(self.text[a[1] : b[0]]))


def _place(unit: UnitMention) -> Span:
    return unit.span or (0, 0)


def _again(units: Units) -> Units:
    return tuple(replace(unit, span=None) for unit in units)


def _called(unit: UnitMention) -> str:
    return unit.code or bare(unit.name)


def _once(units: list[UnitMention]) -> Units:
    """The units without repetition, in reading order."""
    seen: dict[str, UnitMention] = {}
    for unit in units:
        seen.setdefault(_called(unit), unit)
    return tuple(seen.values())
