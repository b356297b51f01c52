"""The review order: what a person should look at first.

A statement comes the earlier, the less sure its labels are and the more hangs on them::

    score = doubt × weight

    doubt  = 1 - unit · polarity · area · type      the chance that something of it is wrong
    weight = 1                                      for whatever is no deficiency
    weight = 1 + named + recurs + cited + figures   for a deficiency, each 1 where it holds, else 0

The factors of ``doubt`` are the calibrated confidences of the record (of several types the least
sure one; one that is not given is left out). ``named``: it blames one unit by name. ``recurs``: the
same unit has the same deficiency in another document or year. ``cited``: a letter (công văn) of the
dataset cites the document. ``figures``: it carries a percentage. Equal scores stand in the order of
sources and of the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from corpora.dataset import Dataset
from corpora.filters import Filters, conditions
from corpora.recurrence import recurring
from corpora.symbols import compact

REASONS = ("named", "recurs", "cited", "figures")
"""What makes a deficiency weigh more, in the order of the formula."""

_UNREVIEWED = """
    SELECT f.id, f.record, f.page, d.id AS document, d.number, d.number_as_printed, d.date, d.part,
        s.name AS source
    FROM findings f JOIN documents d ON d.id = f.document_id JOIN sources s ON s.id = d.source_id
    WHERE f.status = 'machine' AND d.duplicate_of IS NULL AND {conditions}
    ORDER BY s.name, d.part, f.start, f.stop, f.position
"""
_LETTERS_CITE = """
    SELECT DISTINCT c.number, c.date FROM citations c JOIN documents d ON d.id = c.document_id
    WHERE d.kind = 'công văn'
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement that no person has looked at, with the findings that stand on it.

    A statement about several units is one item: its labels are one decision. ``confidence`` are those of
    its least sure finding, ``reasons`` those of :data:`REASONS` that hold, ``span`` the place in the text.
    """

    score: float
    doubt: float
    reasons: tuple[str, ...]
    finding: str
    findings: tuple[str, ...]
    document: str
    number: str | None
    date: str | None
    source: str
    part: int
    page: int | None
    units: tuple[str, ...]
    polarity: str
    area: str | None
    types: tuple[str, ...]
    confidence: dict[str, Any]
    text: str
    span: tuple[int, int]

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {"record": "review_item", **asdict(self)}


def review_order(dataset: Dataset, filters: Filters | None = None, limit: int | None = None) -> list[Item]:
    """The first ``limit`` statements for a person to look at (all if ``None``), see the module's formula.

    What a person has answered, and documents that repeat another one, are left out.
    :class:`UsageError` for an unknown label or document in the filters.
    """
    where, values = conditions(dataset, filters or Filters())
    rows = list(dataset.query(_UNREVIEWED.format(conditions=where), values))
    coming_back = {one.finding for chain in recurring(dataset) for one in chain.occurrences}
    letters = {(compact(row["number"]), row["date"]) for row in dataset.query(_LETTERS_CITE)}
    items = [
        _item(list(group), coming_back, letters)
        for _, group in groupby(rows, key=lambda row: (row["document"], json.loads(row["record"])["span"]))
    ]
    return sorted(items, key=lambda item: -item.score)[:limit]


def doubt(confidence: dict[str, Any], area: str | None) -> float:
    """The chance that something of a finding is wrong; an area that was left open is no claim."""
    sure = confidence["unit"] * confidence["polarity"] * min(confidence["types"], default=1.0)
    return 1 - float(sure * (confidence["area"] if area is not None else 1.0))


def _item(rows: Sequence[Any], coming_back: set[str], letters: set[tuple[str, str | None]]) -> Item:
    records = [json.loads(row["record"]) for row in rows]
    first, row = records[0], rows[0]
    least = max(records, key=lambda record: doubt(record["confidence"], record["area"]))
    unsure = doubt(least["confidence"], least["area"])
    reasons: tuple[str, ...] = ()
    if first["polarity"] == "deficiency":
        holds = {
            "named": any(record["unit"]["level"] != "group" for record in records),
            "recurs": any(record["id"] in coming_back for record in records),
            "cited": _cited(row, letters),
            "figures": any(record["measurements"] for record in records),
        }
        reasons = tuple(name for name in REASONS if holds[name])
    return Item(
        score=round(unsure * (1 + len(reasons)), 4),
        doubt=round(unsure, 4),
        reasons=reasons,
        finding=first["id"],
        findings=tuple(record["id"] for record in records),
        document=row["document"],
        number=row["number"],
        date=row["date"],
        source=row["source"],
        part=row["part"],
        page=row["page"],
        units=tuple(_units(records)),
        polarity=first["polarity"],
        area=first["area"],
        types=tuple(first["types"]),
        confidence=least["confidence"],
        text=first["text"],
        span=(first["span"][0], first["span"][1]),
    )


def _units(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield from dict.fromkeys(record["unit"]["name"] for record in records)


def _cited(row: Any, letters: set[tuple[str, str | None]]) -> bool:
    """Whether a letter cites the document: by number, and by day where the letter names one."""
    own = {compact(number) for number in (row["number"], row["number_as_printed"]) if number}
    return any((number, day) in letters for number in own for day in (row["date"], None))
