"""What every reader is given and what it gives back.

A reader is a function from the bytes of a file to a :class:`Reading`. Readers that may have to
recognise pictures get an OCR engine through :data:`EngineSource`, a function, so that the
program is looked for only when a page really needs it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from PIL import Image

from extract.pages import Caution, Page


@dataclass(slots=True)
class Reading:
    """The pages of one file, what is to be said about them, and the engine that read pictures."""

    pages: list[Page]
    warnings: list[Caution] = field(default_factory=list)
    engine: str | None = None
    conversion: str | None = None


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A recognised word: its box in pixels of the image given, its confidence 0 to 1.

    ``line`` are the engine's own block, paragraph and line numbers.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    line: tuple[int, int, int] = (0, 0, 0)


class OcrEngine(Protocol):
    """An engine that recognises the words of a picture. Must be usable from several threads."""

    @property
    def name(self) -> str:
        """Program, version and language data, as stored with every document it read."""
        ...

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        """The words of a grey picture, in the engine's order.

        Raises:
            FileProblem: the engine failed on this picture or took too long.
        """
        ...

    def quarter_turns(self, image: Image.Image) -> int:
        """How many times 90 degrees clockwise the picture must be turned to stand upright."""
        ...


Layout = Literal["page", "block", "line"]
"""What a picture shows: a page of any make, one block of lines, one line."""


@runtime_checkable
class StripReader(Protocol):
    """An engine that can look at a part of a page."""

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        """The words of a part of a page that shows nothing but what ``layout`` says; raises as ``words``."""
        ...


EngineSource = Callable[[], OcrEngine]
Reader = Callable[[bytes, EngineSource], Reading]

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]"
)
_MARKS_UPON_MARKS = re.compile("([\u0300-\u036f]{30})[\u0300-\u036f]+")
"""More marks than a letter has in any language (Unicode Standard Annex 15); the time for putting them into
order grows with the square of their number."""
_UNUSUAL_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def clean(text: str) -> str:
    """``text`` in NFC, every kind of blank a plain one, invisible characters removed.

    NFC also mends "Unicode tổ hợp", where the tone mark follows the finished vowel.
    Line breaks and tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _INVISIBLE.sub("", _UNUSUAL_BLANK.sub(" ", text))
    text = _MARKS_UPON_MARKS.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


_MARKER = re.compile(
    r"[*_]*(?:[-+*•–—▪●○◦·]"  # bullets
    r"|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}|[a-zđ])[.)/]\)?"  # 1. 1.2. (1) IV. a) đ/
    r"|\d{1,2}(?:\.\d{1,2}){1,4})[*_]*"  # 1.2
)
_FIGURE = re.compile(r"[\d.,:%/()…+\- ]+")


def is_marker(word: str) -> bool:
    """Whether ``word`` is the mark of a list item or a numbered heading (``-``, ``1.``, ``II.``, ``a)``)."""
    return bool(_MARKER.fullmatch(word))


def is_figure(text: str) -> bool:
    """Whether ``text`` holds nothing but numbers and their punctuation, as table cells do."""
    return bool(_FIGURE.fullmatch(text)) and any(letter.isdigit() for letter in text)


def is_ornament(text: str) -> bool:
    """Whether ``text`` is a drawn line (``-----``, ``____``, ``=*=*=``) and no words.

    Dots are left out on purpose: "Số: ……/BC-UBND" is a number that was never filled in.
    """
    bare = text.replace(" ", "")
    return len(bare) >= 3 and not set(bare) - set("-_=*~#—–+o0") and bool(set(bare) & set("-_=*~—–"))


_LETTERHEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do|Nơi nhận\s*:|N[ƠO]I NHẬN\s*:"
)


def is_letterhead(text: str) -> bool:
    """Whether a two-column block is the head or the signature block of a letter, not a table of data."""
    return bool(_LETTERHEAD.search(text))
