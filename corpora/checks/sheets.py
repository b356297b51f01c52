"""A document as the checks look at it: head, text, and what was found in it, in the order of the text."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from corpora.dataset import Dataset

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding: one statement about one unit."""

    id: str
    unit: str
    level: str
    code: str | None
    match: str
    candidates: tuple[str, ...]
    as_printed: str
    polarity: str
    area: str | None
    types: tuple[str, ...]
    span: Span
    text: str
    sure: float
    """How sure the polarity is."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measurement with the unit it belongs to."""

    id: str
    unit: str | None
    level: str | None
    code: str | None
    indicator: str | None
    value: float
    as_printed: str
    numerator: float | None
    denominator: float | None
    period: tuple[str, str] | None
    span: Span


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation."""

    id: str
    kind: str | None
    number: str
    as_printed: str
    key: str
    date: str | None
    issuer: str | None
    span: Span


class Owner(NamedTuple):
    """A unit as a document of a district names it: what its lineage is asked by."""

    name: str
    level: str
    code: str | None
    district: str | None


@dataclass(frozen=True, slots=True)
class Brief:
    """Of a document what is kept while others are looked at: never its text."""

    id: str
    source: str
    part: int
    year: int | None
    period: tuple[str, str] | None
    scanned: bool


@dataclass(slots=True)
class Sheet:
    """One document with everything of it that a check may ask for."""

    id: str
    source: str
    source_id: int
    part: int
    kind: str | None
    number: str | None
    date: str | None
    year: int | None
    issuer: str | None
    district: str | None
    """The unit that the document was issued in."""
    period: tuple[str, str] | None
    period_label: str | None
    scanned: bool
    warnings: tuple[tuple[str, str], ...]
    text: str
    spans: dict[str, Span] = field(default_factory=dict)
    """Where date, number and period stand in the text, as far as they do."""
    findings: list[Said] = field(default_factory=list)
    measurements: list[Measured] = field(default_factory=list)
    citations: list[Cited] = field(default_factory=list)
    _pages: list[tuple[int, int]] = field(default_factory=list)

    @property
    def brief(self) -> Brief:
        """What is kept of the document while others are looked at."""
        return Brief(self.id, self.source, self.part, self.year, self.period, self.scanned)

    def page(self, at: int) -> int | None:
        """The page of a place in the text, ``None`` where there are no pages."""
        found = bisect_right(self._pages, (at, 1 << 30))
        return self._pages[found - 1][1] if found else None


def load(dataset: Dataset, document: str) -> Sheet:
    """One document by its id, without what people rejected."""
    (row,) = dataset.query(
        """SELECT d.*, s.name AS source FROM documents d JOIN sources s ON s.id = d.source_id
        WHERE d.id = ?""",
        (document,),
    )
    record = json.loads(row["record"])
    period = record["period"]
    sheet = Sheet(
        id=row["id"],
        source=row["source"],
        source_id=row["source_id"],
        part=row["part"],
        kind=row["kind"],
        number=row["number"],
        date=row["date"],
        year=row["year"],
        issuer=row["issuer"],
        district=row["issuer_unit"],
        period=(period["start"], period["end"]) if period else None,
        period_label=period["label"] if period else None,
        scanned=any(page["origin"] in ("ocr", "mixed") for page in record.get("reading", ())),
        warnings=tuple((warning["code"], warning["message"]) for warning in record["warnings"]),
        text=row["text"],
        spans={
            name: (found["span"][0], found["span"][1])
            for name, found in record["fields"].items()
            if name in ("date", "number", "period") and found["span"]
        },
    )
    findings = list(_records(dataset, "findings", document))
    rejected = {record["id"] for record in findings if record["status"] == "rejected"}
    sheet.findings = [_said(record) for record in findings if record["id"] not in rejected]
    # Of a finding that a person rejected neither the unit nor what its figure measures is to be believed.
    sheet.measurements = [
        _measured(record)
        for record in _records(dataset, "measurements", document)
        if record["finding"] not in rejected
    ]
    sheet.citations = [_cited(record) for record in _records(dataset, "citations", document)]
    sheet._pages = [
        (entry["start"], entry["page"])
        for entry in dataset.query(
            "SELECT start, page FROM passages WHERE document_id = ? AND page IS NOT NULL "
            "ORDER BY start, page",
            (document,),
        )
    ]
    return sheet


def _records(dataset: Dataset, table: str, document: str) -> Iterator[dict[str, Any]]:
    rows = dataset.query(
        f"SELECT record FROM {table} WHERE document_id = ? ORDER BY start, stop, position", (document,)
    )
    return (json.loads(row["record"]) for row in rows)


def _said(record: dict[str, Any]) -> Said:
    unit = record["unit"]
    return Said(
        id=record["id"],
        unit=unit["name"],
        level=unit["level"],
        code=unit["code"],
        match=unit["match"],
        candidates=tuple(unit["candidates"]),
        as_printed=unit["as_printed"],
        polarity=record["polarity"],
        area=record["area"],
        types=tuple(record["types"]),
        span=(record["span"][0], record["span"][1]),
        text=record["text"],
        sure=1.0 if record["reviewer"] else float(record["confidence"].get("polarity", 0.0)),
    )


def _measured(record: dict[str, Any]) -> Measured:
    unit, period = record["unit"], record["period"]
    return Measured(
        id=record["id"],
        unit=unit["name"] if unit else None,
        level=unit["level"] if unit else None,
        code=unit["code"] if unit else None,
        indicator=record["indicator"],
        value=record["value"],
        as_printed=record["as_printed"],
        numerator=record["numerator"],
        denominator=record["denominator"],
        period=(period["start"], period["end"]) if period else None,
        span=(record["span"][0], record["span"][1]),
    )


def _cited(record: dict[str, Any]) -> Cited:
    return Cited(
        id=record["id"],
        kind=record["kind"],
        number=record["number"],
        as_printed=record["as_printed"],
        key=record["key"],
        date=record["date"],
        issuer=record["issuer"],
        span=(record["span"][0], record["span"][1]),
    )
