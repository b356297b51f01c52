"""What a PDF page is drawn from: pictures with their places, and which text lies beneath them.

One pass over the page's objects, bounded, so that a drawing of a million strokes costs no more than
any other page.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from extract.pages import Box
from extract.reading.pdf.words import Sheet

MAX_OBJECTS = 100_000
"""Objects of a page that are looked at. A page of text has some thousand; beyond this it is a drawing
(a map, a plan), in which pdfplumber would look for tables for minutes."""
_MAX_PLUMBED_OBJECTS = 20_000
_MAX_PLUMBED_WORDS = 15_000
"""What a page may hold to be given to pdfplumber, which needs about three kilobytes a letter or stroke."""
_MAX_DEPTH = 5
"""Forms within forms that are followed; a form that holds itself ends here."""
_SQUARES = 40
"""The page is divided into this many rows and columns to see how much of it pictures cover: scanners
cut a page into strips and layers, so that no single picture is large."""

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its place as fractions of the page as shown, and its rank in drawing order.

    ``size`` is its decoded size in bytes, as its dictionary states it.
    """

    box: Box
    rank: int
    size: int


@dataclass(slots=True)
class Survey:
    """What is drawn on a page. ``ranks`` has the rank of every text object by its address.

    ``covered`` is the share of the page that pictures cover, 0 to 1; ``crowded`` says that there were more
    objects than are looked at.
    """

    pictures: list[Picture] = field(default_factory=list)
    ranks: dict[int, int] = field(default_factory=dict)
    covered: float = 0.0
    crowded: bool = False
    objects: int = 0

    @property
    def decoded(self) -> int:
        """The bytes of the largest picture when it is decoded."""
        return max((picture.size for picture in self.pictures), default=0)

    def lies_beneath(self, rank: int | None, box: Box) -> bool:
        """Whether what was drawn at ``rank`` in ``box`` was later covered by a picture."""
        return rank is not None and any(
            picture.rank > rank and _holds(picture.box, box) for picture in self.pictures
        )

    def has_picture_at(self, box: Box) -> bool:
        """Whether the middle of ``box`` lies on a picture."""
        return any(_holds(picture.box, box) for picture in self.pictures)


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def survey_page(page: Any, sheet: Sheet) -> Survey:
    """Look through the objects of a pypdfium2 page."""
    found = Survey()
    walk = _Walk(page, sheet, found)
    count = pdfium.FPDFPage_CountObjects(page.raw)
    for index in range(count):
        if found.crowded:
            break
        walk.look(pdfium.FPDFPage_GetObject(page.raw, index), _IDENTITY, 0)
    found.covered = _covered(found.pictures)
    found.objects = walk.seen
    return found


def is_bearable(survey: Survey, words: int) -> bool:
    """Whether pdfplumber can be asked about a page without needing minutes or gigabytes."""
    return survey.objects <= _MAX_PLUMBED_OBJECTS and words <= _MAX_PLUMBED_WORDS


class _Walk:
    def __init__(self, page: Any, sheet: Sheet, found: Survey) -> None:
        self._page = page
        self._sheet = sheet
        self._found = found
        self.seen = 0
        self._edges = [ctypes.c_float() for _ in range(4)]

    def look(self, entry: Any, matrix: _Matrix, depth: int) -> None:
        self.seen += 1
        if self.seen > MAX_OBJECTS:
            self._found.crowded = True
            return
        sort = pdfium.FPDFPageObj_GetType(entry)
        if sort == pdfium.FPDF_PAGEOBJ_TEXT:
            self._found.ranks[address_of(entry)] = self.seen
        elif sort == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._picture(entry, matrix)
        elif sort == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            own = pdfium.FS_MATRIX()
            if pdfium.FPDFPageObj_GetMatrix(entry, own):
                matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            for index in range(max(0, pdfium.FPDFFormObj_CountObjects(entry))):
                if self._found.crowded:
                    return
                self.look(pdfium.FPDFFormObj_GetObject(entry, index), matrix, depth + 1)

    def _picture(self, entry: Any, matrix: _Matrix) -> None:
        if not pdfium.FPDFPageObj_GetBounds(entry, *self._edges):
            return
        left, bottom, right, top = (edge.value for edge in self._edges)
        corners = [_moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = self._sheet.box(min(xs), min(ys), max(xs), max(ys))
        self._found.pictures.append(Picture(box, self.seen, _decoded_size(entry, self._page)))


def _decoded_size(entry: Any, page: Any) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium.FPDFImageObj_GetImagePixelSize(entry, width, height):
        return 0
    facts = pdfium.FPDF_IMAGEOBJ_METADATA()
    # measured: it reads the dictionary and does not decode
    known = pdfium.FPDFImageObj_GetImageMetadata(entry, page.raw, facts)
    bits = facts.bits_per_pixel if known and facts.bits_per_pixel else 24
    return width.value * height.value * bits // 8


def address_of(entry: Any) -> int:
    """The address of a pdfium object, which is the same for every handle on it."""
    return ctypes.cast(entry, ctypes.c_void_p).value or 0


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _covered(pictures: list[Picture]) -> float:
    if not pictures:
        return 0.0
    squares: set[tuple[int, int]] = set()
    for picture in pictures:
        left, top, right, bottom = (edge * _SQUARES for edge in picture.box)
        # a square is covered when its middle is
        squares.update(
            (row, column)
            for row in range(round(top), round(bottom))
            for column in range(round(left), round(right))
        )
        if len(squares) >= _SQUARES**2:
            break
    return len(squares) / _SQUARES**2
