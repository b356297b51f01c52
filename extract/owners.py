"""Who stands over a statement: the units of a heading, of a line that opens a list, or of a table's row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import UnitMention
from extract.units.marks import link_quality

Units = tuple[UnitMention, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """The units that a heading, a lead or a table row puts above what follows, and how sure that is."""

    units: Units
    confidence: float

    @property
    def named(self) -> bool:
        """Whether it is more than a group ("Đối với các xã")."""
        return self.units[0].level != "group"


def is_nameless(unit: UnitMention) -> bool:
    """Whether a heading says only of which level a unit is: "Đối với UBND huyện"."""
    return unit.level in ("district", "province") and unit.name.startswith("UBND ")


def as_linked(units: Units, confidence: float) -> float:
    """How sure the units are, given also how sure it is which units the register means by their names."""
    return confidence * min((link_quality(unit) for unit in units), default=1.0)


def of_places(units: Sequence[UnitMention]) -> bool:
    """Whether a commune or a district is among them."""
    return any(unit.level in ("commune", "district") for unit in units)
