"""Tables with drawn lines in PDF pages: found by pdfplumber, filled with the words already read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from extract.pages import Box, Cell, Line, Word
from extract.reading.base import is_letterhead
from extract.reading.layout.aligned_tables import aligned_grids
from extract.reading.layout.grid import Grid
from extract.reading.layout.order import lines_of
from extract.reading.pdf.words import Plumber

_THIN = 3.0  # points: a thicker box is a field of colour
_LONG = 12.0  # points: a shorter line is a tick or a dash
_MOST_ENDS = 4  # more are a dotted line


def has_grid(page: Any) -> bool:
    """Whether the page draws at least two level and two upright lines; cheap, asked for every page."""
    level = upright = 0
    for entry in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = entry.get_bounds()
        width, height = right - left, top - bottom
        if width >= _LONG and height >= _LONG:
            # one object may hold a cell's frame or the whole grid; a lone frame round the page is no table
            level += 1
            upright += 1
            if pdfium.FPDFPath_CountSegments(entry) > 8:
                return True
        elif width >= _LONG and height <= _THIN:
            level += 1
        elif height >= _LONG and width <= _THIN:
            upright += 1
        if level >= 2 and upright >= 2:
            return True
    return False


def lines_with_tables(
    grids: Sequence[Grid],
    words: Sequence[Word],
    size: tuple[float, float],
    page: int,
    first_table: int,
    *,
    level: bool = False,
) -> tuple[list[Line], int]:
    """The lines of a page, those in cells with their ``cell``, and how many tables there are.

    ``grids`` are its drawn tables; those without lines are found here. ``level`` says that the rows of the
    page are known to run level. A word belongs to the cell that its middle is in, so every word comes out
    once. Tables stand in the order of the page between the text above and below.
    """
    number = page
    lines: list[Line] = []
    rest = list(words)
    tables = 0
    outside = [word for word in words if not any(_holds(grid, word) for grid in grids)]
    grids = [*grids, *aligned_grids(outside, *size)]
    for grid in sorted(grids, key=lambda entry: entry.box[1]):
        filled = _filled(grid, rest)
        if not _is_table(filled):
            continue
        taken = {id(word) for inside in filled.values() for word in inside}
        above = [word for word in rest if id(word) not in taken and _middle(word)[1] < grid.box[1]]
        lines += lines_of(above, *size, page=number, level=level)
        for (row, column), inside in sorted(filled.items()):
            cell = Cell(first_table + tables, row, column, *_reach(grid, row, column))
            for at, line in enumerate(lines_of(inside, *size, page=number, level=level)):
                line.cell = cell
                line.starts_block = at == 0
                lines.append(line)
        gone = taken | {id(word) for word in above}
        rest = [word for word in rest if id(word) not in gone]
        tables += 1
    return lines + lines_of(rest, *size, page=number, level=level), tables


def drawn_grids(plumber: Plumber, index: int) -> list[Grid]:
    """The tables with drawn lines on a page of a PDF, by pdfplumber; none where it fails on the file."""
    try:
        page = plumber.page(index)
    except Exception:  # a file that pdfium mends may still break pdfminer, which raises anything
        return []
    try:
        left, top, right, bottom = (float(edge) for edge in page.bbox)
        width, height = max(right - left, 1.0), max(bottom - top, 1.0)

        def fraction(box: Iterable[float]) -> Box:
            x0, y0, x1, y1 = box
            return ((x0 - left) / width, (y0 - top) / height, (x1 - left) / width, (y1 - top) / height)

        return [
            Grid(
                fraction(table.bbox),
                [[fraction(cell) if cell else None for cell in row.cells] for row in table.rows],
            )
            for table in page.find_tables(_open_ends(page))
        ]
    except Exception:  # as above: without the tables the words are still there
        return []
    finally:
        page.close()


def _open_ends(page: Any) -> dict[str, Any]:
    """Settings for pdfplumber that close a table at a height where its upright lines end without a level one.

    So does a program draw it that cuts a row in two at the page's end.
    """
    ends: Counter[int] = Counter()
    level = [float(edge["top"]) for edge in page.edges if edge["orientation"] == "h"]
    for edge in page.edges:
        top, bottom = float(edge["top"]), float(edge["bottom"])
        if edge["orientation"] == "v" and bottom - top >= _LONG:
            ends.update({round(top), round(bottom)})
    found = [y for y, count in ends.items() if count >= 3 and not any(abs(y - at) <= _THIN for at in level)]
    if not found or len(found) > _MOST_ENDS:
        return {}
    return {"explicit_horizontal_lines": sorted(found)}


def _middle(word: Word) -> tuple[float, float]:
    box = word.box
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else (-1.0, -1.0)


def _holds(grid: Grid, word: Word) -> bool:
    x, y = _middle(word)
    left, top, right, bottom = grid.box
    return left <= x <= right and top <= y <= bottom


def _filled(grid: Grid, words: Sequence[Word]) -> dict[tuple[int, int], list[Word]]:
    """The words in each cell that holds any."""
    left, top, right, bottom = grid.box
    inside = [(word, *_middle(word)) for word in words]
    inside = [entry for entry in inside if left <= entry[1] <= right and top <= entry[2] <= bottom]
    cells = [
        (row, column, cell)
        for row, boxes in enumerate(grid.rows)
        for column, cell in enumerate(boxes)
        if cell
    ]
    filled: dict[tuple[int, int], list[Word]] = {}
    for word, x, y in inside:
        for row, column, (x0, y0, x1, y1) in cells:
            if x0 <= x <= x1 and y0 <= y <= y1:
                filled.setdefault((row, column), []).append(word)
                break
    return filled


def _reach(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns a cell covers: those whose middle lines it goes over."""
    box = grid.rows[row][column]
    assert box is not None
    tops = sorted({round(one[1], 4) for boxes in grid.rows for one in boxes if one})
    lefts = sorted({round(one[0], 4) for boxes in grid.rows for one in boxes if one})
    slack = 0.005  # of the page: a line is drawn, and scanned, with a width
    down = sum(box[1] - slack <= top < box[3] - slack for top in _apart(tops))
    across = sum(box[0] - slack <= left < box[2] - slack for left in _apart(lefts))
    return max(1, down), max(1, across)


def _apart(edges: list[float]) -> list[float]:
    """``edges`` in order without those that are the one before once more."""
    kept: list[float] = []
    for edge in edges:
        if not kept or edge - kept[-1] > 0.004:
            kept.append(edge)
    return kept


def _is_table(filled: dict[tuple[int, int], list[Word]]) -> bool:
    """Two rows and two columns with words, and not the head of a letter set with visible lines."""
    rows, columns = {row for row, _ in filled}, {column for _, column in filled}
    if len(rows) < 2 or len(columns) < 2:
        return False
    if len(columns) > 2:
        return True
    return not is_letterhead(" ".join(word.text for words in filled.values() for word in words))
