"""One administrative unit during its life, and how one unit goes on in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.units.names import Level

Manner = Literal["merged", "divided", "renamed", "new_kind", "unchanged"]
"""How a unit went on in another one.

``merged``: wholly, together with others or into one that stood; ``divided``: a part of it; ``renamed``:
alone, under another name; ``new_kind``: alone, under its name as another kind (xã to phường, huyện to thị
xã); ``unchanged``: alone, under its name, with another parent or code only.
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit during its life: one name, kind, code, parent and territory.

    Dates are ISO, both inclusive, empty where open. ``valid_from`` and ``valid_to`` are the earliest and
    the latest day on which the unit may have existed; between ``sure_from`` and ``sure_to`` it certainly
    did. They are the same days unless the sources leave the day open.

    ``code`` is the official code, empty where none is known; official codes are used again for other
    territories, so a unit is told by its ``id``: the code of a unit before 1 July 2025, ``CODE@DAY`` for one
    that began then, ``~DISTRICT.KIND-NAME`` for one that ended earlier and has no code. ``parent`` and
    ``successors`` are ids. ``also`` are other spellings of the whole name. ``unsure`` says what is in doubt:
    ``date``, ``formation`` (whether it began then or was only enlarged), ``kind``, ``parent``, ``marks`` (the
    name is known without tone marks and blanks only: ``"Xã Sonan"``).
    """

    code: str
    name: str
    level: Level
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""
    successors: tuple[str, ...] = ()
    id: str = ""
    sure_from: str = ""
    sure_to: str = ""
    also: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.code)
        if not self.sure_from:
            object.__setattr__(self, "sure_from", self.valid_from)
        if not self.sure_to:
            object.__setattr__(self, "sure_to", self.valid_to)

    def valid(self, date: str | None) -> bool:
        """Whether the unit may have existed on ``date``; an unknown date rules nothing out."""
        return date is None or _within(self.valid_from, date, self.valid_to)

    def surely_valid(self, date: str) -> bool:
        """Whether the unit certainly existed on ``date``, as far as the register goes back."""
        return _within(self.sure_from, date, self.sure_to)

    @property
    def marked(self) -> bool:
        """Whether the name stands with its tone marks."""
        return "marks" not in self.unsure


def _within(first: str, date: str, last: str) -> bool:
    return (not first or first <= date) and (not last or date <= last)


@dataclass(frozen=True, slots=True)
class Succession:
    """``before`` went on in ``after`` (ids).

    ``earliest`` and ``latest`` are the possible first days of the new state (ISO, empty where open), the same
    day where it is known. ``unsure`` marks a succession that the sources do not settle.
    """

    before: str
    after: str
    manner: Manner
    earliest: str = ""
    latest: str = ""
    unsure: bool = False
    source: str = ""
