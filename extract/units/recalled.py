"""Units that a sentence recalls: by their number ("Cả 03 xã …"), or as the one just named ("UBND xã …")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.document import UnitMention
from extract.units.gazetteer import split_kind
from extract.vietnamese import LOWER, UPPER

_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_COUNT = rf"{'|'.join(_COUNTS)}|\d{{1,2}}"
_KIND = r"xã|phường|thị trấn"
_KINDS = rf"(?P<kinds>(?:{_KIND}|đơn vị|địa phương)(?:(?:\s*,\s*|\s+và\s+)(?:{_KIND}))*)"
_ALL_OF_THEM = re.compile(
    rf"^(?:[^\W\d_]+\s+){{0,4}}?(?<!kể )(?<!\w)cả\s+(?P<count>{_COUNT})\s+{_KINDS}\b", re.IGNORECASE
)
_THESE = re.compile(
    rf"\b(?:(?P<count>{_COUNT})|các|những)\s+{_KINDS}\s+"
    r"(?:này|(?:nêu |nói )?trên(?!\s*(?:địa bàn|\d)))\b",
    re.IGNORECASE,
)

_THE_ONE = re.compile(
    r"(?i:(?<!các )(?<!những )(?<!số )(?<!nhiều )(?<!mỗi )(?<!từng )(?<!cấp )(?<!\d )(?<!hai )(?<!ba )"
    r"(?<!bốn )(?<!\w))"
    r"(?:(?i:ubnd|(?:ủy|uỷ) ban nhân dân|đảng (?:ủy|uỷ)|hđnd|trụ sở)\s+"
    rf"(?P<kind>{_KIND})(?!\s+[{UPPER}\d])(?!\s*[,/–-]\s*(?:{_KIND})|\s+(?:và|hoặc|cũ|mới)\b)"
    rf"|(?i:(?:yêu cầu|đề nghị|nhắc nhở|phê bình)\s+)(?P<asked>{_KIND})(?=\s+[{LOWER}])"
    r"(?!\s+(?:hội|nào|khác|và|hoặc)\b)"
    rf"|(?P<this>(?i:{_KIND}|địa phương|đơn vị))\s+này)(?!\w)"
    rf"|^(?P<opens>(?i:{_KIND}|địa phương|đơn vị))(?=\s+[{LOWER}])(?!\s+(?:hội|nào|khác|bạn|và|hoặc)\b)"
)


@dataclass(frozen=True, slots=True)
class Recall:
    """How many units are recalled, ``None`` where it is not said, and of which kinds: empty for any."""

    count: int | None
    kinds: frozenset[str]

    def among(self, units: tuple[UnitMention, ...]) -> tuple[UnitMention, ...]:
        """Those of ``units`` that are recalled; none where they are more or fewer than was said."""
        if self.count is None:
            return units
        kinds = [(unit, split_kind(unit.name)[0]) for unit in units]
        alike = tuple(unit for unit, kind in kinds if not self.kinds or not kind or kind in self.kinds)
        return alike if len(alike) == self.count else ()


def recall_in(words: str) -> Recall | None:
    """What a statement recalls of the units named before it; ``None`` if nothing."""
    found = _ALL_OF_THEM.match(words) or _THESE.search(words)
    if not found:
        return None
    said = (found["count"] or "").lower()
    count = _COUNTS.get(said) or (int(said) if said else None)
    kinds = frozenset(re.findall(rf"{_KIND}|đơn vị|địa phương", found["kinds"].lower()))
    return Recall(count, frozenset() if kinds & {"đơn vị", "địa phương"} else kinds)


_WIDER = re.compile(
    r"(?<!\w)(?:cấp (?:xã|huyện|tỉnh)|(?:toàn|cả) (?:tỉnh|huyện|quận|thành phố|thị xã|nước|quốc)|"
    r"địa bàn (?:tỉnh|huyện|quận|thành phố|thị xã))(?!\w)",
    re.IGNORECASE,
)

_OWN_AREA = {
    kind: re.compile(rf"(?:toàn|cả|địa bàn) {kind}(?!\w)", re.IGNORECASE)
    for kind in ("tỉnh", "huyện", "quận", "thành phố", "thị xã")
}


def is_wider(words: str, of: str = "xã") -> bool:
    """Whether a statement speaks of more than one unit of a kind: "toàn tỉnh", "bộ phận một cửa cấp xã"."""
    if of in _OWN_AREA:
        words = _OWN_AREA[of].sub("", words)
    return _WIDER.search(words) is not None


_UNITS = "sở|ngành|tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đơn vị|địa phương|cơ quan|nơi"
_OF_OTHERS = re.compile(
    r"(?<!\w)(?:(?:các|những|mọi|nhiều|không ít|phần lớn|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d+)"
    rf"(?: trên \w+)? (?:{_UNITS})(?!\w)(?! (?:này|(?:nêu |nói )?trên)(?!\w))"
    rf"|có (?:{_UNITS})(?!\w)|(?:{_UNITS}) nào(?!\w))",
    re.IGNORECASE,
)
"""Who is spoken of without a name, and is not who was named before: "bốn huyện", "có nơi", "xã nào"."""
_TOPIC = re.compile(r"Về\s[^,.;:]{3,60},")
"""What opens a sentence that turns to another matter, of whoever: "Về xử lý sau thanh tra, …"."""


def turns_away(words: str, kind: str) -> bool:
    """Whether a sentence that names nobody speaks of others than the unit of that kind before it."""
    return bool(_OF_OTHERS.search(words) or _TOPIC.match(words)) or is_wider(words, of=kind)


_OF_A_COMMUNE = re.compile(rf"(?:UBND|Công an) (?P<kind>{_KIND})$")


def kind_of_office(name: str) -> str:
    """The kind of the commune whose own an office is, not named: ``"phường"`` for "Văn phòng UBND phường"."""
    found = _OF_A_COMMUNE.search(name)
    return found["kind"] if found else ""


def the_one_in(words: str) -> str | None:
    """The kind of the one commune, named before, that a statement speaks of: ``"xã"`` for "UBND xã chưa …".

    Empty for any ("địa phương này"); ``None`` where it speaks of none so.
    """
    found = _THE_ONE.search(words)
    if not found:
        return None
    kind: str = (found["kind"] or found["asked"] or found["this"] or found["opens"]).lower()
    return "" if kind in ("địa phương", "đơn vị") else kind


_MANY = re.compile(rf"(?<!\w)(?:các|những|nhiều|một số|mỗi|từng)\s+(?:{_KIND})(?!\w)", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?<!\w)(?i:(?<!các )(?<!những )(?<!nhiều )(?<!số )(?<!mỗi )(?<!từng )(?<!cấp )(?<!thị ))(?<!\d )"
    rf"(?P<kind>(?i:{_KIND}|địa phương|đơn vị))(?!\w)(?!\s+[{UPPER}\d])"
    rf"(?i:(?!\s*[,/–-]\s*(?:{_KIND})|\s+(?:hội|và|hoặc|nào|khác|bạn|{_KIND})(?!\w)))"
)


def speaks_of_one(text: str, commune: UnitMention) -> int:
    """How often a text that names a commune once speaks of one by its kind: "kế toán xã", "địa phương"."""
    kinds = (split_kind(commune.name)[0], "địa phương", "đơn vị")
    return sum(hit["kind"].lower() in kinds for hit in _AGAIN.finditer(text))


def speaks_of_many(text: str) -> int:
    """How often a text speaks of communes together: "các xã", "nhiều phường"."""
    return len(_MANY.findall(text))
