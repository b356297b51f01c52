"""Who stands over a statement: the units of a heading, of a line that opens a list, or of a table's row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import UnitMention
from extract.units.marks import link_quality

Units = tuple[UnitMention, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """The units that a heading, a lead or a table row puts above what follows, and how sure that is.

    ``asked`` says that a line asks or names them and only opens what follows, which may name others.
    """

    units: Units
    confidence: float
    asked: bool = False

    @property
    def named(self) -> bool:
        """Whether all that follows is theirs: more than a group ("Đối với các xã"), and not just asked."""
        return self.units[0].level != "group" and not self.asked


def with_name(owner: Owner, above: Sequence[Owner]) -> Owner:
    """ "Tại UBND huyện:" under "II. Huyện A" is huyện A."""
    if is_nameless(owner.units[0]):
        for other in above:
            if other.units[0].level == owner.units[0].level and len(other.units) == 1:
                return other
    return owner


_ORDER = re.compile(
    r"(?:chủ tịch\s+)?(?:UBND|(?:ủy|uỷ) ban nhân dân)\s+(?:tỉnh|huyện|thị xã|thành phố|quận)\s+"
    r"(?:yêu cầu|đề nghị)\s+(?:các|thủ trưởng|giám đốc|chủ tịch|lãnh đạo)\b",
    re.IGNORECASE,
)


def is_order(words: str) -> bool:
    """Whether a paragraph is the issuer's order to all that closes a paper, under no heading any more."""
    return _ORDER.match(words) is not None


def is_nameless(unit: UnitMention) -> bool:
    """Whether a heading says only of which level a unit is: "Đối với UBND huyện"."""
    return unit.level in ("district", "province") and unit.name.startswith("UBND ")


def as_linked(units: Units, confidence: float) -> float:
    """How sure the units are, given also how sure it is which units the register means by their names."""
    return confidence * min((link_quality(unit) for unit in units), default=1.0)


def of_places(units: Sequence[UnitMention]) -> bool:
    """Whether a commune or a district is among them."""
    return any(unit.level in ("commune", "district") for unit in units)


def are_named(units: Units) -> bool:
    """Whether the statement's own words name a commune or district: rules speak of offices, not of places."""
    return of_places([unit for unit in units if unit.span is not None])


def is_named(units: Units, owner: Owner | None) -> bool:
    """Whether the words of a statement or who stands over it name a commune or district."""
    return are_named(units) or (owner is not None and owner.named and of_places(owner.units))
