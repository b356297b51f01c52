"""Words of a PDF page with box, font and size: from pypdfium2, or from pdfplumber where that fails."""

from __future__ import annotations

import ctypes
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pdfplumber
import pypdfium2.raw as pdfium

from extract.pages import Box, Word
from extract.reading.base import clean

_BOLD = re.compile(r"bold|black|heavy|demi(?!c)|[-,]bd|timebd|\.VnTimeB", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b|[-,]bi\b|timei\b", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
# pdfium gives U+0002 for a hyphen at the end of a line, and U+FFFE in older builds
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
_WORD = re.compile(r"\S+")
MAX_LETTERS = 150_000
"""Letters of a page that are read, blanks included: an A4 page full of 8 point print has 8 000, a sheet
of A0 100 000. Beyond, a page was made to cost time."""
_FLAG_ITALIC = 0x40
_FLAG_BOLD = 0x40000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible part of a page before it is turned, in points, and its quarter turns clockwise."""

    left: float
    top: float
    width: float
    height: float
    turns: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box in PDF coordinates as fractions of the page as it is shown."""
        x0, x1 = (left - self.left) / self.width, (right - self.left) / self.width
        y0, y1 = (self.top - top) / self.height, (self.top - bottom) / self.height
        for _ in range(self.turns):
            x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
        if x0 >= 0 and y0 >= 0 and x1 <= 1 and y1 <= 1:
            return (x0, y0, x1, y1)
        return (_inside(x0), _inside(y0), _inside(x1), _inside(y1))


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def sheet_of(page: Any) -> Sheet:
    """The :class:`Sheet` of a pypdfium2 page."""
    left, bottom, right, top = page.get_bbox()
    return Sheet(left, top, max(right - left, 1.0), max(top - bottom, 1.0), page.get_rotation() // 90 % 4)


@dataclass(frozen=True, slots=True)
class Ink:
    """How a word is drawn: by which object of the page (its handle), and whether without any ink."""

    handle: Any
    invisible: bool


def layer_words(page: Any, sheet: Sheet, inks: list[Ink] | None = None) -> list[Word]:
    """The words of a page's text layer, in the order in which the file holds them.

    Only the first and last letter of a word are asked for their boxes, which makes this several
    times faster than asking all. ``inks``, when given, gets the :class:`Ink` of each word; its handles
    hold as long as the page is open. Letters past ``MAX_LETTERS`` are left out (:func:`is_overfull`).
    """
    textpage = page.get_textpage()
    try:
        return list(_Layer(textpage, sheet, inks).words())
    finally:
        textpage.close()


def is_overfull(page: Any) -> bool:
    """Whether a page has more letters than are read."""
    textpage = page.get_textpage()
    try:
        return bool(textpage.count_chars() > MAX_LETTERS)
    finally:
        textpage.close()


_Edges = tuple[float, float, float, float]


@lru_cache(maxsize=256)
def _font(raw: bytes, flags: int) -> tuple[str | None, bool, bool]:
    """Name, bold, italic. The name counts first: the weight that pdfium gives is often 0."""
    name = _SUBSET.sub("", raw.decode("utf-8", errors="replace"))
    bold = bool(_BOLD.search(name)) or bool(flags & _FLAG_BOLD)
    italic = bool(_ITALIC.search(name)) or bool(flags & _FLAG_ITALIC)
    return name or None, bold, italic


class _Layer:
    """One text page of pdfium; its buffers are kept, as they are asked thousands of times."""

    def __init__(self, textpage: Any, sheet: Sheet, inks: list[Ink] | None = None) -> None:
        self._textpage = textpage
        self._inks = inks
        self._sheet = sheet
        self._rect = pdfium.FS_RECTF()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)
        self._indices: list[int] | None = None

    def words(self) -> Iterator[Word]:
        for match in _WORD.finditer(self._letters()):
            yield from self._words(match)

    def _letters(self) -> str:
        """The text of the page; sets the index with pdfium of each letter where the two differ."""
        count = min(self._textpage.count_chars(), MAX_LETTERS)
        if count <= 0:
            return ""
        text: str = self._textpage.get_text_range(0, count, errors="replace")
        if len(text) == count:
            return text.translate(_HYPHENS).replace("\x00", " ")
        # letters left out or beyond U+FFFF: the two countings differ, so ask for them one by one
        codes = [pdfium.FPDFText_GetUnicode(self._textpage, index) for index in range(count)]
        kept = [(index, code) for index, code in enumerate(codes) if 0 < code < 0x110000]
        self._indices = [index for index, _ in kept]
        text = "".join(" " if 0xD800 <= code < 0xE000 else chr(code) for _, code in kept)
        return text.translate(_HYPHENS)

    def _edges(self, offset: int) -> _Edges | None:
        """Left, bottom, right, top of a letter by the font's own height, so that rows are equally high."""
        index = offset if self._indices is None else self._indices[offset]
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._textpage, index, rect):
            return None
        return rect.left, rect.bottom, rect.right, rect.top

    def _words(self, match: re.Match[str]) -> Iterator[Word]:
        start, end = match.start(), match.end() - 1
        first = self._edges(start)
        last = first if start == end else self._edges(end)
        first, last = first or last, last or first
        if first is None or last is None:
            return
        tall = max(first[3] - first[1], 0.1)
        if (last[0] < first[0] - tall or abs(last[1] - first[1]) > 0.6 * tall) and not self._is_turned(start):
            # pdfium put no blank between two places on the page: cut where the letters jump
            yield from self._cut(match, tall)
            return
        edges = (
            min(first[0], last[0]),
            min(first[1], last[1]),
            max(first[2], last[2]),
            max(first[3], last[3]),
        )
        yield from self._made(match[0], edges, start, tall)

    def _made(self, text: str, edges: _Edges, offset: int, tall: float) -> Iterator[Word]:
        index = offset if self._indices is None else self._indices[offset]
        length = pdfium.FPDFText_GetFontInfo(self._textpage, index, self._name, 128, self._flags)
        name, bold, italic = (
            _font(self._name.value, self._flags.value) if 0 < length <= 128 else _font(b"", 0)
        )
        size = pdfium.FPDFText_GetFontSize(self._textpage, index)
        if size < 4:
            size = tall / 1.15  # the real size stands in the text matrix; a font's box is a little higher
        box = self._sheet.box(*edges)
        parts = clean(text).split()
        if self._inks is not None and parts:
            self._inks += [self._ink(index)] * len(parts)
        for part in parts:
            yield Word(part, box=box, bold=bold, italic=italic, font=name, size=round(size, 2))

    def _ink(self, index: int) -> Ink:
        handle = pdfium.FPDFText_GetTextObject(self._textpage, index)
        invisible = bool(handle) and (
            pdfium.FPDFTextObj_GetTextRenderMode(handle) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        )
        return Ink(handle, invisible)

    def _is_turned(self, offset: int) -> bool:
        index = offset if self._indices is None else self._indices[offset]
        return bool(0.1 < pdfium.FPDFText_GetCharAngle(self._textpage, index) < 6.18)

    def _cut(self, match: re.Match[str], tall: float) -> Iterator[Word]:
        text, begin = "", match.start()
        box: _Edges | None = None
        for offset, letter in enumerate(match[0], match.start()):
            edges = self._edges(offset)
            if edges is None:
                text += letter
                continue
            if box is not None and (
                edges[0] < box[2] - tall or edges[0] > box[2] + tall or abs(edges[1] - box[1]) > 0.6 * tall
            ):
                yield from self._made(text, box, begin, tall)
                text, box, begin = "", None, offset
            text += letter
            if box is None:
                box = edges
            else:
                box = (box[0], min(box[1], edges[1]), max(box[2], edges[2]), max(box[3], edges[3]))
        if box is not None:
            yield from self._made(text, box, begin, tall)


class Plumber:
    """pdfplumber on the same file, opened at the first page that needs it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: pdfplumber.pdf.PDF | None = None

    def page(self, index: int) -> pdfplumber.page.Page:
        """A page; the caller closes it, as pdfplumber keeps four megabytes a page otherwise."""
        if self._pdf is None:
            # its parser writes a warning for every oddity that pdfium passes over in silence
            logging.getLogger("pdfminer").setLevel(logging.ERROR)
            self._pdf = pdfplumber.open(io.BytesIO(self._data))
        return self._pdf.pages[index]

    def words(self, index: int) -> list[Word]:
        """The words by pdfplumber, which puts letters of several fonts in one word together."""
        page = self.page(index)
        try:
            left, top, right, bottom = page.bbox
            width, height = max(float(right - left), 1.0), max(float(bottom - top), 1.0)
            found = []
            for entry in page.extract_words(return_chars=True):
                box = (
                    _inside((float(entry["x0"]) - left) / width),
                    _inside((float(entry["top"]) - top) / height),
                    _inside((float(entry["x1"]) - left) / width),
                    _inside((float(entry["bottom"]) - top) / height),
                )
                letters = entry["chars"]
                name = _SUBSET.sub("", str(letters[0].get("fontname", "")))
                size = round(float(letters[0].get("size", 0.0)), 2) or None
                bold, italic = bool(_BOLD.search(name)), bool(_ITALIC.search(name))
                for part in clean(str(entry["text"]).translate(_HYPHENS)).split():
                    found.append(Word(part, box=box, bold=bold, italic=italic, font=name or None, size=size))
            return found
        finally:
            page.close()

    def close(self) -> None:
        """Close the file when it was opened."""
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None
