"""A chain as it is answered with: plain values, each occurrence with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from corpora.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One deficiency of a chain. ``unit`` is the unit as its report names it.

    ``page`` is the document's own; where its file has no pages, that of the same words in a copy which has
    (a DOCX beside its PDF), and ``page_in`` names the copy.
    """

    year: int | None
    date: str | None
    document: str
    number: str | None
    source: str
    page: int | None
    finding: str
    unit: str
    text: str
    page_in: str | None = None


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
    return [_paged(dataset, Occurrence(**{name: row[name] for name in _READ})) for row in rows]


def _paged(dataset: Dataset, one: Occurrence) -> Occurrence:
    """The occurrence with its page from a copy, where its own file has none."""
    if one.page is not None:
        return one
    for row in dataset.query(_PAGE_IN_COPY, (one.document, one.text)):
        return replace(one, page=row["page"], page_in=row["name"])
    return one


_READ = [name for name in Occurrence.__dataclass_fields__ if name != "page_in"]
# words that stand on two pages of a copy say nothing of the place of these
_PAGE_IN_COPY = """
    SELECT s.name, min(f.page) AS page FROM documents d JOIN findings f ON f.document_id = d.id
    JOIN sources s ON s.id = d.source_id WHERE d.duplicate_of = ? AND f.text = ? AND f.page IS NOT NULL
    GROUP BY d.id HAVING count(DISTINCT f.page) = 1 ORDER BY s.name LIMIT 1
"""
_OCCURRENCE = """
    SELECT d.year, d.date, d.id AS document, d.number, s.name AS source, f.page, f.id AS finding,
        u.name AS unit, f.text, d.part, f.start, f.stop
    FROM findings f JOIN documents d ON d.id = f.document_id JOIN sources s ON s.id = d.source_id
    JOIN units u ON u.id = f.unit_id WHERE f.id = ?
"""
