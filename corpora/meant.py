"""Which units a person means by a name, in the terms of today's communes or of then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from corpora.chains.build import bring_up_to_date
from corpora.chains.likeness import Likeness
from corpora.chains.places import steps_of
from corpora.dataset import Dataset
from corpora.names import folded_bare, same_unit

As = Literal["today", "then"]
Loader = Callable[[], Likeness]

Meant = tuple[list[Any], Any]
"""Rows of members whose deficiencies belong to an answer, and the one whose name it bears."""


def meant(dataset: Dataset, asked: str, units: As | None, likeness: Loader | None = None) -> list[Meant]:
    """For each unit that a person means by ``asked`` its members, and the one whose name the answer bears."""
    bring_up_to_date(dataset, likeness)
    named = members_named(dataset, asked)
    if units == "then":
        return [([row], row) for row in named]
    families = {row["family_id"] for row in named}
    found = []
    for family in sorted(families):
        every = list(dataset.query("SELECT * FROM family_members WHERE family_id = ? ORDER BY id", (family,)))
        root = _root(every)
        mine = [row for row in named if row["family_id"] == family]
        # A unit and the larger one of the same name that it went into: one, the larger one.
        tops = [root] if units == "today" or root["id"] in {row["id"] for row in mine} else _tops(mine)
        for top in tops:
            found.append(([row for row in every if top["identity"] in steps_of(row["path"])], top))
    return found


def meant_of_all(dataset: Dataset, units: As | None, likeness: Loader | None = None) -> list[Meant]:
    """The same for every unit, groups left out: each with all that went into it, or as it was ``then``."""
    bring_up_to_date(dataset, likeness)
    every: dict[int, list[Any]] = {}
    for row in dataset.query("SELECT * FROM family_members WHERE level <> 'group' ORDER BY family_id, id"):
        every.setdefault(row["family_id"], []).append(row)
    if units == "then":
        return [([row], row) for rows in every.values() for row in rows]
    return [(rows, _root(rows)) for rows in every.values()]


def members_named(dataset: Dataset, asked: str) -> list[Any]:
    """Rows of the units, as they were, that a person means by ``asked``."""
    rows = dataset.query("SELECT * FROM family_members WHERE key = ? ORDER BY id", (folded_bare(asked),))
    return [row for row in rows if same_unit(asked, row["name"])]


def _root(family: Sequence[Any]) -> Any:
    """The member that the others went on into."""
    return next((row for row in family if steps_of(row["path"])[-1] == row["identity"]), family[0])


def _tops(rows: Sequence[Any]) -> list[Any]:
    return [
        row
        for row in rows
        if not any(other["identity"] in steps_of(row["path"]) for other in rows if other["id"] != row["id"])
    ]
