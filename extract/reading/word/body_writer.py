"""Paragraphs and table rows put together to a body: RTF and antiword tell rows with edges, not a grid."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from extract.reading.word.wordml import Body

_NEAR = 40
"""Edges of cells that lie nearer than this (in twips, 1/20 point) are one edge."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text with its look; ``size`` in points."""

    text: str
    font: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False


@dataclass(slots=True)
class Paragraph:
    """Runs up to a ``\\par``; ``heading`` is an outline level, 1 the highest."""

    runs: list[Run] = field(default_factory=list)
    heading: int | None = None


@dataclass(slots=True)
class CellShape:
    """What is said of one cell of a row: its right edge in twips, and its merges."""

    edge: int
    across: bool = False
    down: bool | None = None


@dataclass(slots=True)
class RowShape:
    """The cells of a row as they are defined, and whether any of them draws a line."""

    cells: list[CellShape] = field(default_factory=list)
    borders: bool = False


class Writer:
    """Takes paragraphs, cells and rows in the order of the file; ``body`` is what came of them."""

    def __init__(self) -> None:
        self.body = Body()
        self._cell: list[Paragraph] = []
        self._row: list[list[Paragraph]] = []
        self._rows: list[tuple[RowShape, list[list[Paragraph]]]] = []

    def paragraph(self, paragraph: Paragraph, *, in_table: bool) -> None:
        """A paragraph has ended."""
        if in_table:
            self._cell.append(paragraph)
            return
        self.end_table()
        _put(self.body, paragraph)

    def cell(self, paragraph: Paragraph) -> None:
        """A cell has ended with this paragraph."""
        self._row.append([*self._cell, paragraph])
        self._cell = []

    def row(self, shape: RowShape) -> None:
        """A row has ended."""
        if self._row:
            self._rows.append((shape, self._row))
        self._row = []

    def end_table(self) -> None:
        """What follows stands outside the table, if one is open; cells without an end are kept as text."""
        if self._rows:
            _put_table(self.body, self._rows)
        for paragraph in [paragraph for cell in self._row for paragraph in cell] + self._cell:
            _put(self.body, paragraph)
        self._rows, self._row, self._cell = [], [], []


def _put(body: Body, paragraph: Paragraph) -> None:
    body.paragraph(paragraph.heading)
    for run in paragraph.runs:
        body.run(run.text, font=run.font, size=run.size, bold=run.bold, italic=run.italic, caps=run.caps)


def _put_table(body: Body, rows: list[tuple[RowShape, list[list[Paragraph]]]]) -> None:
    edges = _grid([cell.edge for shape, _ in rows for cell in shape.cells])
    body.begin_table(borders=any(shape.borders for shape, _ in rows))
    for shape, cells in rows:
        body.begin_row()
        column, at = 0, 0
        while at < len(cells):
            cell = shape.cells[at] if at < len(shape.cells) else None
            content, stop = list(cells[at]), at + 1
            while stop < min(len(cells), len(shape.cells)) and shape.cells[stop].across:
                content += cells[stop]
                stop += 1
            last = shape.cells[stop - 1].edge if stop <= len(shape.cells) else None
            end = column + 1 if last is None else max(_column(edges, last) + 1, column + 1)
            body.begin_cell(span=end - column, continues=cell.down if cell else None)
            for paragraph in content:
                _put(body, paragraph)
            body.end_cell()
            column, at = end, stop
    body.end_table()


def _grid(edges: list[int]) -> list[int]:
    found: list[int] = []
    for edge in sorted(set(edges)):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _column(edges: list[int], edge: int) -> int:
    return max(bisect_left(edges, edge - _NEAR), 0)
