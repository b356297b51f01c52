"""What a file looks like before anyone understands it: words and lines on pages.

Boxes are fractions of the page, origin top left: ``(x0, y0, x1, y1)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was read, NFC, without blanks.

    ``confidence`` is the OCR engine's, 0 to 1, and ``None`` for text that was typed, not
    recognised. ``box`` is ``None`` for formats that have no pages.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    bold: bool = False
    italic: bool = False
    font: str | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a line stands in a table: all counted from 0 within the file."""

    table: int
    row: int
    column: int


@dataclass(slots=True)
class Line:
    """One printed line (or one DOCX paragraph): words in reading order.

    ``starts_block`` says that the *format* begins a new block here (a blank line, a DOCX
    paragraph, a list item); ``None`` where the format does not know (PDF, scans) and geometry
    has to decide. ``heading`` is a heading level given by the format (``#``, ``Heading 1``).
    """

    words: list[Word]
    page: int | None = None
    starts_block: bool | None = None
    heading: int | None = None
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """The words, parted by single blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box | None:
        """The box around all words, ``None`` for formats without pages."""
        return union([word.box for word in self.words if word.box is not None])

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return bool(self.words) and all(word.bold for word in self.words)


@dataclass(slots=True)
class Page:
    """One page, lines in reading order. ``number`` is 1-based, ``None`` for text without pages.

    ``origin`` says where the words come from: ``"text"`` (typed), ``"layer"`` (a PDF's text
    layer) or ``"ocr"``.
    """

    number: int | None
    lines: list[Line]
    origin: Literal["text", "layer", "ocr"] = "text"
    width: float | None = None
    height: float | None = None


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
    where nothing had to be recognised.
    """

    name: str
    sha256: str
    format: str
    pages: list[Page]
    warnings: list[Caution] = field(default_factory=list)
    engine: str | None = None

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
