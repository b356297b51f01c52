"""One cited document with two dates or two issuers, as :mod:`corpora.cited_conflicts` finds them."""

from __future__ import annotations

from collections.abc import Iterator

from corpora.checks.found import Discrepancy, Place, discrepancy, place
from corpora.checks.sheets import Sheet, load
from corpora.cited_conflicts import Conflict, Side, conflicts
from corpora.dataset import Dataset
from extract.dates import day

_WHAT = {"date": "ngày", "issuer": "cơ quan ban hành"}


def cited(dataset: Dataset) -> Iterator[Discrepancy]:
    """Each conflict among citations with the places where its two values stand."""
    sheets: dict[str, Sheet] = {}

    def sheet(document: str) -> Sheet:
        if document not in sheets:
            sheets[document] = load(dataset, document)
        return sheets[document]

    def where(side: Side) -> Place | None:
        if side.mention is not None:
            return place(sheet(side.mention.document), side.mention.span, side.value, side.mention.citation)
        if side.document is not None:
            own = sheet(side.document)
            return place(own, own.spans.get("date"), side.value)
        return None

    for one in conflicts(dataset):
        places = [found for side in (one.first, one.second) if (found := where(side)) is not None]
        citing = sheet(places[-1].document)
        scanned = any(sheet(found.document).scanned for found in places)
        yield discrepancy(
            "cited",
            "contradiction" if one.of_country and not scanned else "to_check",
            _reason(one),
            places,
            year=citing.year,
            sure=one.sure if one.of_country else "medium",
        )


def _reason(one: Conflict) -> str:
    what = _WHAT[one.what]
    dated = one.what == "date"
    first, second = (day(side.value) if dated else side.value for side in (one.first, one.second))
    if one.first.witness == "register":
        return f"{one.number} được viện dẫn với {what} {second}; danh mục văn bản ghi {first}."
    if one.first.witness == "number":
        return f"{one.number} được viện dẫn với {what} {second}; số, ký hiệu cho biết là {first}."
    if one.first.witness == "document":
        return f"{one.number} được viện dẫn với {what} {second}; chính văn bản đó ghi {first}."
    return f"{one.number} được viện dẫn với hai {what}: {first} và {second}."
