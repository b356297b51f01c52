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


def is_wider(words: str) -> bool:
    """Whether a statement speaks of more than one commune: "toàn tỉnh", "bộ phận một cửa cấp xã"."""
    return _WIDER.search(words) is not None


def the_one_in(words: str) -> str | None:
    """The kind of the one commune, named before, that a statement speaks of: ``"xã"`` for "UBND xã chưa …".

    Empty for any ("địa phương này"); ``None`` where it speaks of none so.
    """
    found = _THE_ONE.search(words)
    if not found:
        return None
    kind: str = (found["kind"] or found["this"] or found["opens"]).lower()
    return "" if kind in ("địa phương", "đơn vị") else kind
