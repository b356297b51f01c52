"""A document as the rows that the dataset keeps: worked out in the workers, written by one writer."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpora.fold import index_words
from corpora.symbols import keys
from extract.citations.across import own_key
from extract.document import Document, Finding, Span

Row = dict[str, Any]

_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")


@dataclass(slots=True)
class DocumentRows:
    """Everything of one document, ready to be inserted; plain values that travel between processes."""

    document: Row
    pages: list[Row]
    findings: list[Row]
    measurements: list[Row]
    citations: list[Row]
    passages: list[Row]
    engine: str | None = None
    conversion: str | None = None
    source_sha256: str = ""


def prepare(document: Document) -> DocumentRows:
    """Turn a finished document into rows. Those of findings carry unit and labels beside their columns."""
    return DocumentRows(
        document=_document(document),
        pages=_pages(document),
        findings=[_finding(document, place, finding) for place, finding in enumerate(document.findings)],
        measurements=_measurements(document),
        citations=_citations(document),
        passages=list(_passages(document)),
        engine=document.engine,
        conversion=document.conversion,
        source_sha256=document.source_sha256,
    )


def encode(record: Row) -> str:
    """A record as it is kept and exported: JSON on one line, Vietnamese letters as they are."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def _document(document: Document) -> Row:
    period = document.value("period")
    unit = document.value("issuer_unit")
    date = document.value("date")
    ends = period.end if period else date
    return {
        "id": document.id,
        "part": document.part,
        "kind": document.value("kind"),
        "number": document.value("number"),
        "number_as_printed": document.number_as_printed,
        "date": date,
        # A report belongs to the year it is about; a letter with no period to the year of its date.
        "year": int(ends[:4]) if ends else None,
        "issuer": document.value("issuer"),
        "issuer_unit": unit.name if unit else None,
        "subject": document.value("subject"),
        "signer": document.value("signer"),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "first_page": document.pages[0] if document.pages else None,
        "last_page": document.pages[1] if document.pages else None,
        "duplicate_of": document.duplicate_of,
        "cited_as": own_key(
            document.value("kind"),
            document.value("number"),
            date,
            unit.name if unit else None,
            unit.level if unit else None,
        ),
        "text": document.text,
        "record": encode(document.to_record()),
    }


def _pages(document: Document) -> list[Row]:
    words: dict[int, list[str]] = defaultdict(list)
    for placed in document.words:
        if placed.page is not None:
            words[placed.page].append(placed.word.text)
    return [{"number": page, "text": " ".join(words[page])} for page in sorted(words)]


def _finding(document: Document, place: int, finding: Finding) -> Row:
    return {
        "id": finding.id,
        "unit": (finding.unit.name, finding.unit.level, finding.unit.code, finding.unit.id),
        "types": list(dict.fromkeys(finding.types)),
        "citations": list(dict.fromkeys(finding.citations)),
        "polarity": finding.polarity,
        "area": finding.area,
        "start": finding.span[0],
        "stop": finding.span[1],
        "page": _first_page(finding.boxes),
        "section": ".".join(finding.section),
        "status": finding.status,
        "text": finding.text,
        "position": place,
        "record": encode(finding.to_record()),
    }


def _first_page(boxes: list[dict[str, Any]]) -> int | None:
    return int(boxes[0]["page"]) if boxes else None


def _page_of(document: Document, starts: list[int], span: Span) -> int | None:
    """The page of the first word of ``span`` (``Document.boxes`` walks all words: too slow per paragraph)."""
    place = bisect_left(starts, span[0])
    return document.words[place].page if place < len(starts) and starts[place] < span[1] else None


def _measurements(document: Document) -> list[Row]:
    return [
        {
            "id": item.id,
            "finding_id": item.finding,
            "unit": item.unit.name if item.unit else None,
            "indicator": item.indicator,
            "value": item.value,
            "numerator": item.numerator,
            "denominator": item.denominator,
            "direction": item.direction,
            "period_start": item.period.start if item.period else None,
            "period_end": item.period.end if item.period else None,
            "start": item.span[0],
            "stop": item.span[1],
            "position": place,
            "record": encode(item.to_record()),
        }
        for place, item in enumerate(document.measurements)
    ]


def _citations(document: Document) -> list[Row]:
    return [
        {
            "id": item.id,
            "kind": item.kind,
            "number": item.number,
            "as_printed": item.as_printed,
            "key": item.key,
            "date": item.date,
            "issuer": item.issuer,
            "own_date": None if "date" in item.completed else item.date,
            "own_issuer": None if "issuer" in item.completed else item.issuer,
            "subject": item.subject,
            "page": _first_page(item.boxes),
            "in_force": item.in_force,
            "says_replaced": item.says_replaced,
            "start": item.span[0],
            "stop": item.span[1],
            "position": place,
            "record": encode(item.to_record()),
        }
        for place, item in enumerate(document.citations)
    ]


def _passages(document: Document) -> Iterable[Row]:
    """Every finding; every paragraph with words outside findings; the header values not in the text."""
    symbols = _symbols(document)
    starts = [word.start for word in document.words]
    for finding in document.findings:
        unit = "" if finding.unit.level == "group" else finding.unit.name
        yield {
            "finding_id": finding.id,
            "start": finding.span[0],
            "stop": finding.span[1],
            "page": _first_page(finding.boxes),
            "text": None,
            **indexed(finding.text, unit, _within(symbols, finding.span)),
        }
    taken = sorted({finding.span for finding in document.findings})
    for found in _PARAGRAPH.finditer(document.text):
        span = _trimmed(document.text, found.span())
        if not _has_words_outside(document.text, span, taken):
            continue
        yield {
            "finding_id": None,
            "start": span[0],
            "stop": span[1],
            "page": _page_of(document, starts, span),
            "text": None,
            **indexed(document.text[slice(*span)], "", _within(symbols, span)),
        }
    header = _unplaced_header(document)
    if header:
        number = document.value("number") or ""
        yield {
            "finding_id": None,
            "start": 0,
            "stop": 0,
            "page": document.pages[0] if document.pages else None,
            "text": header,
            **indexed(header, "", keys(number, document.value("kind")) if number in header else set()),
        }


def indexed(text: str, unit: str, symbols: set[str]) -> Row:
    """A passage's words and numbers as the search index keeps them; ``unit`` is empty for a group."""
    words, place = index_words(text), index_words(unit)
    return {
        "exact": " ".join(word.spelled for word in words),
        "folded": " ".join(word.folded for word in words),
        "place": " ".join(word.spelled for word in place),
        "place_folded": " ".join(word.folded for word in place),
        "symbols": " ".join(sorted(symbols)),
    }


def _symbols(document: Document) -> list[tuple[Span, set[str]]]:
    """Where numbers of documents stand in the text, with the keys they are found under."""
    found = [
        (item.span, keys(item.number, item.kind) | keys(item.as_printed, item.kind))
        for item in document.citations
    ]
    own = document.header.get("number")
    if own and own.value and own.span:
        kind = document.value("kind")
        found.append((own.span, keys(own.value, kind) | keys(document.number_as_printed or "", kind)))
    return found


def _within(symbols: list[tuple[Span, set[str]]], span: Span) -> set[str]:
    inside = [names for place, names in symbols if place[0] < span[1] and place[1] > span[0]]
    return set().union(*inside)


def _trimmed(text: str, span: Span) -> Span:
    paragraph = text[slice(*span)]
    start = span[0] + len(paragraph) - len(paragraph.lstrip())
    return start, start + len(paragraph.strip())


def _has_words_outside(text: str, span: Span, taken: list[Span]) -> bool:
    at = span[0]
    for start, end in taken:
        if start >= span[1]:
            break
        if end <= at:
            continue
        if any(letter.isalnum() for letter in text[at:start]):
            return True
        at = max(at, end)
    return any(letter.isalnum() for letter in text[at : span[1]])


def _unplaced_header(document: Document) -> str:
    """Header values that stand nowhere in the text, so that a document is found by them all the same."""
    values = []
    for name in ("number", "issuer", "subject", "signer"):
        found = document.header.get(name)
        if found and not found.span and isinstance(found.value, str) and found.value not in document.text:
            values.append(found.value)
    return " · ".join(values)
