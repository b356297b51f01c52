"""Which one of some units a printed name is a slip of."""

from __future__ import annotations

from collections.abc import Iterable

from extract.units.gazetteer import spellings, split_kind, squash
from extract.units.likeness import FAR, distance
from extract.units.register import Unit

_STANDS_OUT = 0.5
"""How much farther the second likeliest unit has to be."""
_UNACCENTED = 0.5
"""How far a name is that was typed without any mark ("Dak Sin"): the marks are left out, not mistaken."""


def slip_of(printed: str, units: Iterable[Unit], most: float) -> Unit | None:
    """The one unit whose name ``printed``, without a kind, is a slip of; ``most`` is how far it may go."""
    limit = min(most, _limit(printed))
    best, second, found = FAR, FAR, None
    for unit in units:
        far = min(distance(printed, split_kind(name)[1]) for name in spellings(unit))
        if squash(unit.name) == squash(printed) and _unaccented(printed, unit):
            far = min(far, _UNACCENTED)
        if far < best:
            best, second, found = far, best, unit
        elif far < second:
            second = far
    return found if best <= limit and second - best >= _STANDS_OUT else None


def _unaccented(printed: str, unit: Unit) -> bool:
    """Whether either has no mark at all: typed so, or officially so of a highland name ("Dak Lua")."""
    return printed.isascii() or any(split_kind(name)[1].isascii() for name in spellings(unit))


def _limit(printed: str) -> float:
    """How far a slip may go: in a short name one mark, in a long one two letters of like shape."""
    letters = len(squash(printed))
    return 0.5 if letters < 5 else 1.0 if letters < 9 else 1.5
