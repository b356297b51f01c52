"""On how many documents an answer about deficiencies rests."""

from __future__ import annotations

import json

from corpora.chains.places import TOLD_OF
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.meant import As, meant

Basis = tuple[int, int | None, int | None]
"""How many documents, copies counted once, with the first and the last year that they are about."""


def basis(
    dataset: Dataset, unit: str | None = None, filters: Filters | None = None, units: As | None = None
) -> Basis:
    """The documents that could have told of what was asked: those that speak of ``unit``, silent ones too.

    Without a unit all documents; of the filters ``year`` and ``document`` limit them, as they limit the
    occurrences. ``units`` is as in :class:`corpora.recurrence.Question`. :class:`UsageError` for an unknown
    document.
    """
    filters = filters or Filters()
    terms, values = ["d.duplicate_of IS NULL"], list[object]()
    if unit is not None:
        members = {row["id"] for rows, _ in meant(dataset, unit, units) for row in rows}
        terms.append(f"d.id IN (SELECT d.id {TOLD_OF} WHERE p.member_id IN (SELECT value FROM json_each(?)))")
        values.append(json.dumps(sorted(members)))
    if filters.year is not None:
        terms.append("d.year = ?")
        values.append(filters.year)
    if filters.document is not None:
        terms.append("d.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(dataset.find_documents(filters.document)))
    sql = f"SELECT count(*), min(d.year), max(d.year) FROM documents d WHERE {' AND '.join(terms)}"
    (row,) = dataset.query(sql, values)
    return row[0], row[1], row[2]
