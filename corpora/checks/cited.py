"""One cited document with two dates or two issuers, as :mod:`corpora.cited_conflicts` finds them."""

from __future__ import annotations

from collections.abc import Iterator

from corpora.checks.found import Discrepancy, Place, discrepancy
from corpora.checks.noted import Noted
from corpora.cited_conflicts import Conflict, Side, conflicts
from corpora.dataset import Dataset
from extract.dates import day

_WHAT = {"date": "ngày", "issuer": "cơ quan ban hành"}


def cited(dataset: Dataset, noted: Noted) -> Iterator[Discrepancy]:
    """Each conflict among citations with the places where its two values stand."""
    every = conflicts(dataset)
    mentions = [side.mention for one in every for side in (one.first, one.second) if side.mention is not None]
    sentences = noted.citations({mention.citation for mention in mentions})

    def where(side: Side) -> Place | None:
        if (mention := side.mention) is not None:
            page, words = sentences[mention.citation]
            said = [page, mention.span, words, side.value, mention.citation]
            return noted.heads[mention.document].where(said)
        if side.document is not None:
            own = noted.heads[side.document]
            return own.place(own.date_place, side.value)
        return None

    for one in every:
        places = [found for side in (one.first, one.second) if (found := where(side)) is not None]
        scanned = any(noted.heads[found.document].brief.scanned for found in places)
        yield discrepancy(
            "cited",
            "contradiction" if one.of_country and not scanned else "to_check",
            _reason(one),
            places,
            year=noted.heads[places[-1].document].brief.year,
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
