"""What is chosen among units of one name: those spelled so, those of the printed kind, and the one meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Day

from extract.document import UnitMention
from extract.units.gazetteer import called, split_kind, squash
from extract.units.register import Unit


@dataclass(frozen=True, slots=True)
class Choice:
    """The one unit found, and what has to be said of it."""

    unit: Unit
    marks: tuple[str, ...] = ()


def as_printed(mention: UnitMention) -> UnitMention:
    """The mention under its printed spelling: the document's other spelling of the name proves nothing."""
    kind, own = split_kind(mention.name)
    printed = split_kind(mention.as_printed)[1]
    printed = " ".join(printed.split())
    if printed == own or squash(printed) != squash(own):
        return mention
    return replace(mention, name=f"{kind} {printed}".strip())


def exact(mention: UnitMention, units: Iterable[Unit]) -> list[Unit]:
    """Those of the very name; a unit known without tone marks agrees with every spelling of it.

    A name that only one of two tables gives a unit is not meant where another's is that in both.
    """
    found = [unit for unit in units if called(unit, mention.name)]
    if len(found) < 2:
        return found
    return [unit for unit in found if called(replace(unit, also=()), mention.name)] or found


def of_kind(mention: UnitMention, units: list[Unit]) -> list[Unit]:
    """Those of the mention's kind where there are some; another kind does not rule a unit out."""
    kind = split_kind(mention.name)[0]
    return [unit for unit in units if split_kind(unit.name)[0] == kind] or units


def printed_kind(mention: UnitMention) -> str:
    """The kind as the paper has it, empty where it leaves it out."""
    return split_kind(mention.as_printed)[0]


def kind_of(unit: Unit) -> str:
    """The register's kind of a unit, in lower case."""
    return split_kind(unit.name)[0]


def identity(unit: Unit) -> str:
    """The official code, which a unit keeps over changes of kind and parent; its id where it has none."""
    return unit.code or unit.id


def codes(units: Iterable[Unit]) -> tuple[str, ...]:
    """The codes of ``units`` in order, for candidates."""
    return tuple(sorted({identity(unit) for unit in units}))


def days(first: str, last: str) -> int:
    """How many days ``last`` comes after ``first``, both ISO."""
    return (Day.fromisoformat(last) - Day.fromisoformat(first)).days
