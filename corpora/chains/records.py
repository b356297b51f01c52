"""A chain as it is answered with: plain values, each occurrence with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from corpora.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One deficiency of a chain. ``unit`` is the unit as its report names it."""

    year: int | None
    date: str | None
    document: str
    number: str | None
    source: str
    page: int | None
    finding: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A unit that went into the chain's unit; ``divided`` if only a part of it did."""

    name: str
    code: str | None
    divided: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """The same deficiency of one unit through time, oldest first.

    ``predecessors`` are the merged units whose deficiencies stand among the occurrences: what a merger
    hides is which of them a fault was. ``type`` is the commonest of ``types``. ``state``, ``first``,
    ``since`` (the first year of the present unbroken run), ``last``, ``running`` (years of that run) and
    ``silent`` (later years whose reports do not speak of it) are of the whole chain, as
    :mod:`corpora.chains.states` defines them, also where only some of its occurrences were asked for.
    ``remedies`` are the statements that it is gone,
    ``demands`` those that it has to go. ``rests_on`` is how many documents, copies counted once, speak of
    the unit.
    """

    unit: str
    level: str
    code: str | None
    area: str
    type: str
    years: tuple[int, ...]
    documents: int
    predecessors: tuple[Predecessor, ...]
    occurrences: tuple[Occurrence, ...]
    id: str = ""
    types: tuple[str, ...] = ()
    subject: str = ""
    state: str = "unknown"
    first: int | None = None
    since: int | None = None
    last: int | None = None
    running: int = 0
    silent: tuple[int, ...] = ()
    remedies: tuple[Occurrence, ...] = ()
    demands: tuple[Occurrence, ...] = ()
    rests_on: int = 0

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {"record": "chain", **asdict(self)}


def occurrences_of(dataset: Dataset, findings: Iterable[str]) -> list[Occurrence]:
    """Findings with where they stand, in the order of time."""
    rows = [row for finding in findings for row in dataset.query(_OCCURRENCE, (finding,))]
    rows.sort(
        key=lambda row: (
            row["year"] is None,
            row["year"] or 0,
            row["date"] or "",
            row["source"],
            row["part"],
            row["start"],
            row["stop"],
            row["finding"],
        )
    )
    return [Occurrence(**{name: row[name] for name in Occurrence.__dataclass_fields__}) for row in rows]


_OCCURRENCE = """
    SELECT d.year, d.date, d.id AS document, d.number, s.name AS source, f.page, f.id AS finding,
        u.name AS unit, f.text, d.part, f.start, f.stop
    FROM findings f JOIN documents d ON d.id = f.document_id JOIN sources s ON s.id = d.source_id
    JOIN units u ON u.id = f.unit_id WHERE f.id = ?
"""
