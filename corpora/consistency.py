"""Contradictions of an archive, each with its places: what ``rasoat check`` lists.

Every kind of contradiction has its file in :mod:`corpora.checks`. A copy of another document is not asked
(:mod:`corpora.copies.mark`). Which results there are, their ids and their order rest on the archive alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpora.checks.cited import cited
from corpora.checks.found import KINDS, Discrepancy, Kind, Place, Severity
from corpora.checks.noted import Noted
from corpora.checks.notes import refresh
from corpora.checks.repeats import repeats
from corpora.checks.unresolved import answered_copies, files
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.names import same_unit
from extract.errors import UsageError

__all__ = ["KINDS", "Discrepancy", "Kind", "Place", "Severity", "check"]


def check(dataset: Dataset, filters: Filters | None = None, kind: str | None = None) -> list[Discrepancy]:
    """All contradictions and things to look at, by kind, source and place.

    ``filters`` limits them by unit, year and document: both sides of a contradiction are looked at, and one
    that passes is enough. ``kind`` is one of :data:`KINDS`. :class:`UsageError` for an unknown kind or
    document.
    """
    filters = filters or Filters()
    if kind is not None and kind not in KINDS:
        raise UsageError(f"Unknown kind '{kind}'. Valid: {', '.join(KINDS)}.")
    documents = None if filters.document is None else set(dataset.find_documents(filters.document))
    found = {
        one.id: one
        for one in _all(dataset)
        if (kind is None or one.kind == kind)
        and (filters.year is None or one.year == filters.year)
        and (filters.unit is None or (one.unit is not None and same_unit(filters.unit, one.unit)))
        and (documents is None or any(where.document in documents for where in one.places))
    }
    return sorted(found.values(), key=_order)


def _all(dataset: Dataset) -> Iterator[Discrepancy]:
    """Documents are read where their notes are missing; everything else is told by notes."""
    refresh(dataset)
    noted = Noted(dataset)
    yield from noted.of_one()
    yield from noted.letters()
    yield from noted.values()
    yield from noted.praise_and_blame()
    yield from cited(dataset, noted)
    yield from repeats(dataset, noted)
    yield from files(dataset)
    yield from answered_copies(dataset)


_RANK = {name: place for place, name in enumerate(KINDS)}


def _order(one: Discrepancy) -> tuple[Any, ...]:
    where = one.places[0]
    return _RANK[one.kind], where.source, where.document, where.span or (-1, -1), one.id
