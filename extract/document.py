"""The records that travel: a marked document and what was found in it.

They are what the public record contract prints; every ``span`` is ``[start, end)`` in code points
of ``Document.text``. What comes before, words and lines on pages, is in ``extract/pages.py``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any, Literal

from extract.pages import Box, Caution, Page, Word, Zone, union

Span = tuple[int, int]
SCHEMA = 1
"""The version of the public record contract that :meth:`Document.to_record` prints."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of the canonical text with the raw word it came from."""

    start: int
    end: int
    page: int | None
    word: Word


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the outline and the stretch of text that it rules, itself included.

    ``path`` are the markers from the root down (``("II", "1")``), ``above`` those of the headings
    over it; ``family`` is the kind of its marker; ``title`` is the heading without its marker;
    ``heading`` the span of the heading's own words.
    """

    path: tuple[str, ...]
    title: str
    heading: Span
    span: Span
    above: tuple[str, ...] = ()
    family: str = ""


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit object of the contract, with the place where it was read (``None`` if inherited).

    ``id`` is the register's own name for the unit (``extract.units.unit.Unit``), which is not printed: a code
    may pass to another territory, and a unit that ended early has none.
    ``marks`` say what the link has to be read with (``extract.units.marks.MARKS``).
    """

    name: str
    level: Literal["province", "district", "commune", "agency", "group"]
    as_printed: str
    code: str | None = None
    match: Literal["exact", "fuzzy", "none"] = "none"
    candidates: tuple[str, ...] = ()
    span: Span | None = None
    id: str | None = None
    marks: tuple[str, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """The object as the public record contract prints it."""
        return {
            "name": self.name,
            "level": self.level,
            "code": self.code,
            "as_printed": self.as_printed,
            "match": self.match,
            "candidates": list(self.candidates),
            "marks": list(self.marks),
        }


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period; ``start`` and ``end`` are ISO dates, both inclusive."""

    label: str
    start: str
    end: str

    def to_record(self) -> dict[str, str]:
        """The object as the public record contract prints it."""
        return {"label": self.label, "start": self.start, "end": self.end}


@dataclass(slots=True)
class Measurement:
    """A percentage tied to what it measures. ``value`` is in percent."""

    value: float
    as_printed: str
    span: Span
    indicator: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    period: Period | None = None
    direction: Literal["low", "high", "neutral"] = "neutral"
    unit: UnitMention | None = None
    id: str = ""
    document: str = ""
    finding: str | None = None

    def to_record(self) -> dict[str, Any]:
        """The object as the public record contract prints it."""
        return {
            "record": "measurement",
            "id": self.id,
            "document": self.document,
            "finding": self.finding,
            "unit": self.unit.to_record() if self.unit else None,
            "indicator": self.indicator,
            "value": self.value,
            "as_printed": self.as_printed,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "period": self.period.to_record() if self.period else None,
            "direction": self.direction,
            "span": list(self.span),
        }


@dataclass(slots=True)
class Citation:
    """A document cited by its number. ``span`` covers the number as it stands (``as_printed``).

    ``extent`` covers everything that belongs to the citation, kind, date and issuer included. ``in_force``:
    whether the document was in force when it was cited, ``None`` where the register does not know;
    ``says_replaced``: the sentence itself says that it was not. ``completed`` names the fields that other
    mentions or the register gave; the rest stands here.
    """

    kind: str | None
    number: str
    as_printed: str
    span: Span
    extent: Span
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    key: str = ""
    resolved: bool = False
    id: str = ""
    document: str = ""
    findings: list[str] = field(default_factory=list)
    boxes: list[dict[str, Any]] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    in_force: bool | None = None
    replaced_by: str | None = None
    amended_by: list[str] = field(default_factory=list)
    says_replaced: bool = False

    def to_record(self) -> dict[str, Any]:
        """The object as the public record contract prints it."""
        return {
            "record": "citation",
            "id": self.id,
            "document": self.document,
            "findings": list(self.findings),
            "kind": self.kind,
            "number": self.number,
            "as_printed": self.as_printed,
            "span": list(self.span),
            "date": self.date,
            "issuer": self.issuer,
            "subject": self.subject,
            "key": self.key,
            "resolved": self.resolved,
            "boxes": list(self.boxes),
            "completed": list(self.completed),
            "in_force": self.in_force,
            "replaced_by": self.replaced_by,
            "amended_by": list(self.amended_by),
            "says_replaced": self.says_replaced,
        }


@dataclass(slots=True)
class Finding:
    """One statement about one unit, with its labels and how sure each of them is."""

    unit: UnitMention
    text: str
    span: Span
    section: tuple[str, ...]
    polarity: str
    area: str | None
    types: tuple[str, ...]
    confidence: dict[str, Any] = field(default_factory=dict)
    boxes: list[dict[str, Any]] = field(default_factory=list)
    measurements: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    status: str = "machine"
    reviewer: str | None = None
    reviewed_at: str | None = None
    id: str = ""
    document: str = ""

    def to_record(self) -> dict[str, Any]:
        """The object as the public record contract prints it."""
        return {
            "record": "finding",
            "id": self.id,
            "document": self.document,
            "unit": self.unit.to_record(),
            "polarity": self.polarity,
            "area": self.area,
            "types": list(self.types),
            "text": self.text,
            "span": list(self.span),
            "section": list(self.section),
            "boxes": self.boxes,
            "measurements": list(self.measurements),
            "citations": list(self.citations),
            "confidence": self.confidence,
            "status": self.status,
            "reviewer": self.reviewer,
            "reviewed_at": self.reviewed_at,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a header field from evidence outside the field itself, never taken over as its value.

    ``source`` names the evidence: ``"file name"``, ``"digital signature"``, ``"cited by 02/BC-ĐKT"``.
    """

    value: str
    source: str
    confidence: float

    def to_record(self) -> dict[str, Any]:
        """The object as the public record contract prints it."""
        return {"value": self.value, "source": self.source, "confidence": round(self.confidence, 4)}


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A header value with its place and how sure the reading is, 0 to 1."""

    value: Any
    confidence: float
    span: Span | None = None


HEADER_FIELDS = (
    "kind",
    "number",
    "date",
    "place",
    "issuer",
    "issuer_parent",
    "issuer_unit",
    "subject",
    "recipients",
    "copies",
    "signer",
    "signer_title",
    "authority",
    "period",
)


@dataclass(slots=True)
class Document:
    """One document of a file: its canonical text, its fields, and what was found in it.

    ``text`` is made once and never changes; ``words`` leads every stretch of it back to the
    raw word and its place on the page; ``header`` holds the fields of ``HEADER_FIELDS`` that
    were read. ``reading`` are its pages (how each was read), ``zones`` what stands on them outside the
    text, ``proposals`` values for header fields from other evidence.
    """

    id: str
    source: str
    source_sha256: str
    part: int
    text: str
    words: list[PlacedWord]
    pages: tuple[int, int] | None = None
    header: dict[str, HeaderField] = field(default_factory=dict)
    number_as_printed: str | None = None
    sections: list[Section] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)
    duplicate_of: str | None = None
    engine: str | None = None
    conversion: str | None = None
    reading: list[Page] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    proposals: dict[str, list[Proposal]] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value of a header field, ``None`` when it was not read."""
        found = self.header.get(name)
        return found.value if found else None

    def sureness(self, span: Span) -> float | None:
        """The mean confidence with which the words of ``span`` were recognised; ``None`` for typed ones."""
        first = bisect_right(self.words, span[0], key=lambda placed: placed.end)
        inside = takewhile(lambda placed: placed.start < span[1], islice(self.words, first, None))
        sure = [one.word.confidence for one in inside if one.word.confidence is not None]
        return sum(sure) / len(sure) if sure else None

    def boxes(self, span: Span) -> list[dict[str, Any]]:
        """One box per line of ``span`` and page; empty for text with no pages."""
        rows: list[tuple[int, Box]] = []
        first = bisect_right(self.words, span[0], key=lambda placed: placed.end)
        for placed in islice(self.words, first, None) if self.pages else ():
            if placed.start >= span[1]:
                break
            if placed.page is None or placed.word.box is None:
                continue
            box = placed.word.box
            if rows and rows[-1][0] == placed.page and _same_row(rows[-1][1], box):
                joined = union([rows[-1][1], box])
                assert joined is not None
                rows[-1] = (placed.page, joined)
            else:
                rows.append((placed.page, box))
        return [{"page": page, "box": [round(edge, 5) for edge in box]} for page, box in rows]

    def to_record(self) -> dict[str, Any]:
        """The object as the public record contract prints it."""
        values = {name: _plain(self.value(name)) for name in HEADER_FIELDS}
        for name in ("recipients", "copies"):
            values[name] = values[name] or []
        fields = {
            name: {
                "span": list(found.span) if found.span else None,
                "boxes": self.boxes(found.span) if found.span else [],
                "confidence": round(found.confidence, 4),
            }
            for name, found in self.header.items()
            if found.value is not None
        }
        return {
            "record": "document",
            "schema": SCHEMA,
            "id": self.id,
            "source": self.source,
            "source_sha256": self.source_sha256,
            "part": self.part,
            "pages": list(self.pages) if self.pages else None,
            "text": self.text,
            "number_as_printed": self.number_as_printed,
            **values,
            "fields": fields,
            "confidence": {name: entry["confidence"] for name, entry in fields.items()},
            "duplicate_of": self.duplicate_of,
            "warnings": [warning.to_record() for warning in self.warnings],
            "engine": self.engine,
            "conversion": self.conversion,
            "reading": [page.to_record() for page in self.reading if page.number is not None],
            "zones": [zone.to_record() for zone in self.zones],
            "corrections": [
                {"span": [placed.start, placed.end], "raw": placed.word.raw}
                for placed in self.words
                if placed.word.raw is not None
            ],
            "proposals": {
                name: [one.to_record() for one in found] for name, found in self.proposals.items() if found
            },
        }

    def to_records(self) -> Iterator[dict[str, Any]]:
        """All records of the contract: the document first, then what it holds."""
        yield self.to_record()
        items: list[Finding | Measurement | Citation] = [*self.findings, *self.measurements, *self.citations]
        for item in items:
            yield item.to_record()


def _same_row(row: Box, box: Box) -> bool:
    """Whether ``box`` continues the printed line ``row``: it overlaps in height and stands right of it."""
    overlap = min(row[3], box[3]) - max(row[1], box[1])
    return overlap > 0.5 * min(row[3] - row[1], box[3] - box[1]) and box[0] >= row[2] - 0.01


def _plain(value: Any) -> Any:
    if isinstance(value, UnitMention):
        return value.to_record()
    if isinstance(value, Period):
        return value.to_record()
    return list(value) if isinstance(value, tuple) else value
