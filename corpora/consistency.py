"""Contradictions of an archive, each with its places: what ``rasoat check`` lists.

Every kind of contradiction has its file in :mod:`corpora.checks`. A copy of another document is not asked
(:mod:`corpora.copies.mark`). Which results there are, their ids and their order rest on the archive alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from corpora.checks.cited import cited
from corpora.checks.counts import unit_counts
from corpora.checks.deadlines import deadlines
from corpora.checks.found import KINDS, Discrepancy, Kind, Place, Severity
from corpora.checks.letters import letters
from corpora.checks.praise import praise_and_blame, statements_of
from corpora.checks.rates import rates
from corpora.checks.repeats import repeats
from corpora.checks.sheets import Sheet, sheets
from corpora.checks.unresolved import Known, files, unresolved
from corpora.checks.values import values, values_of
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.lineage import Lineage
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
    """One walk over the documents: each is asked alone, and gives what is compared over several."""
    lineage, known = Lineage.of(dataset), Known.of(dataset)
    gathered: tuple[list[Any], list[Any]] = ([], [])
    of_one: tuple[Callable[[Sheet], Iterator[Discrepancy]], ...] = (
        rates,
        unit_counts,
        deadlines,
        lambda sheet: letters(dataset, sheet),
        lambda sheet: unresolved(sheet, known),
    )
    for sheet in sheets(dataset):
        for asked in of_one:
            yield from asked(sheet)
        gathered[0].extend(values_of(sheet, lineage))
        gathered[1].extend(statements_of(sheet, lineage))
    yield from values(gathered[0])
    yield from praise_and_blame(gathered[1])
    yield from cited(dataset)
    yield from repeats(dataset)
    yield from files(dataset)


_RANK = {name: place for place, name in enumerate(KINDS)}


def _order(one: Discrepancy) -> tuple[Any, ...]:
    where = one.places[0]
    return _RANK[one.kind], where.source, where.document, where.span or (-1, -1), one.id
