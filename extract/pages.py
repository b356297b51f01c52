"""What a file looks like before anyone understands it: words and lines on pages.

Boxes are fractions of the page, origin top left: ``(x0, y0, x1, y1)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was read, NFC, without blanks.

    ``confidence`` is the OCR engine's, 0 to 1, and ``None`` for text that was typed, not
    recognised. ``box`` is ``None`` for formats that have no pages. ``raw`` is the word as it was first
    read, where it was mended afterwards (an old encoding, a slip of the OCR), else ``None``. ``hand`` says
    that the picture shows it written by hand, ``twice`` that a second look at the picture read the same.
    ``at`` is where it begins in the characters of a plain text file (:mod:`extract.reading.origin`), ``None``
    for all other formats; words that read the same are equal wherever they stand.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    bold: bool = False
    italic: bool = False
    font: str | None = None
    size: float | None = None
    raw: str | None = None
    hand: bool = False
    twice: bool = False
    at: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a line stands in a table: all counted from 0 within the file.

    ``rows`` and ``columns`` say how far a merged cell reaches down and to the right from there; two cells at
    one place are equal whatever they cover.
    """

    table: int
    row: int
    column: int
    rows: int = field(default=1, compare=False)
    columns: int = field(default=1, compare=False)


@dataclass(slots=True)
class Line:
    """One printed line (or one DOCX paragraph): words in reading order.

    ``starts_block`` says that the *format* begins a new block here (a blank line, a DOCX
    paragraph, a list item); ``None`` where the format does not know (PDF, scans) and geometry
    has to decide. ``heading`` is a heading level given by the format (``#``, ``Heading 1``).
    ``mark`` is the list marker that the paper has here and nobody could read, where the marks around
    leave only one; it is not among the words. ``centred`` is how a DOCX paragraph is set, ``None`` elsewhere.
    """

    words: list[Word]
    page: int | None = None
    starts_block: bool | None = None
    heading: int | None = None
    cell: Cell | None = None
    mark: str | None = None
    centred: bool | None = None

    @property
    def text(self) -> str:
        """The words, parted by single blanks."""
        return " ".join([word.text for word in self.words])

    @property
    def box(self) -> Box | None:
        """The box around all words, ``None`` for formats without pages."""
        return union([word.box for word in self.words if word.box is not None])

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return bool(self.words) and all(word.bold for word in self.words)


ZoneKind = Literal[
    "seal",
    "handwriting",
    "incoming_stamp",
    "copy_stamp",
    "digital_signature",
    "watermark",
    "page_number",
    "running_line",
    "contents",
]
"""What may stand on a page of an official document without being said by it (Nghị định 30/2020/NĐ-CP)."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a page that is kept out of the body; ``text`` is what was read there, ``""`` if nothing."""

    kind: ZoneKind
    page: int | None
    box: Box | None = None
    text: str = ""

    def to_record(self) -> dict[str, Any]:
        """The object as the public record contract prints it."""
        box = [round(edge, 5) for edge in self.box] if self.box else None
        return {"kind": self.kind, "page": self.page, "box": box, "text": self.text}


@dataclass(slots=True)
class Page:
    """One page, lines in reading order. ``number`` is 1-based, ``None`` for text without pages.

    ``origin`` says where the words come from: ``"text"`` (typed), ``"layer"`` (a PDF's text
    layer), ``"ocr"``, or ``"mixed"`` (right blocks of the layer beside recognised ones); ``reason``
    why. ``steps`` name what was done to its picture before recognition, ``confidence`` is the mean
    of its recognised words. ``zones`` are what the reader itself found to be no text of the body.
    """

    number: int | None
    lines: list[Line]
    origin: Literal["text", "layer", "ocr", "mixed"] = "text"
    width: float | None = None
    height: float | None = None
    reason: str = ""
    steps: tuple[str, ...] = ()
    confidence: float | None = None
    zones: list[Zone] = field(default_factory=list)

    def to_record(self) -> dict[str, Any]:
        """How the page was read, as the public record contract prints it."""
        sure = None if self.confidence is None else round(self.confidence, 4)
        return {
            "page": self.number,
            "origin": self.origin,
            "reason": self.reason,
            "steps": list(self.steps),
            "confidence": sure,
        }


@dataclass(frozen=True, slots=True)
class Caution:
    """Something about a document that a person should know; ``code`` is of the contract's list."""

    code: str
    message: str

    def to_record(self) -> dict[str, str]:
        """The object as the public record contract prints it."""
        return {"code": self.code, "message": self.message}


@dataclass(slots=True)
class Source:
    """A file that was read: its pages and what is to be said about the reading itself.

    ``engine`` names what recognised the words (``"tesseract 5.3.0 vie"``) and is ``None``
    where nothing had to be recognised. ``conversion`` names what turned an old format or encoding
    into Unicode text (``"antiword 0.37"``, ``"TCVN3 (.VnTime)"``), ``None`` where nothing did.
    """

    name: str
    sha256: str
    format: str
    pages: list[Page]
    warnings: list[Caution] = field(default_factory=list)
    engine: str | None = None
    conversion: str | None = None

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all pages in order."""
        for page in self.pages:
            yield from page.lines


def union(boxes: list[Box]) -> Box | None:
    """The smallest box around all of ``boxes``, ``None`` when there are none."""
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
