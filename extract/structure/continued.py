"""A table that goes on over a page break is one table.

Readers see pages, so such a table comes as two. The second one's repeated header is furniture of the page
and leaves the text (as a zone); a row cut in two by the break becomes one row again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from extract.pages import Cell, Line
from extract.structure.tables import counts_columns, is_figure, looks_like_header

_ALIKE = 0.8
"""Similarity from which two headings are the same, recognised twice."""
_HEADER_ROWS = 5
_NEAR = 0.03
"""How far apart, in parts of the page's width, the words of one column may stand on two pages."""

_Row = dict[int, list[Line]]


def join_tables(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """``lines`` of all pages in order, with tables joined that a page break divided; the headers repeated."""
    out: list[Line] = []
    repeated: list[Line] = []
    table: list[Line] = []
    for run in _runs(lines):
        if run[0].cell is None:
            out += [*table, *run]
            table = []
        elif table and _goes_on(table, run):
            table, again = _joined(table, run)
            repeated += again
        else:
            out += table
            table = run
    return out + table, repeated


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines cut where a table begins or ends."""
    runs: list[list[Line]] = []
    for line in lines:
        number = line.cell.table if line.cell else None
        before = runs[-1][-1] if runs else None
        if before is not None and number == (before.cell.table if before.cell else None):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _goes_on(table: list[Line], run: list[Line]) -> bool:
    """Whether ``run``, at the top of the next page, has the columns of ``table`` and no header of its own."""
    above, below = table[-1].page, run[0].page
    if above is None or below is None or below != above + 1:
        return False
    if _width(table) != _width(run) or not _aligned(table, run):
        return False
    rows = _rows(run)
    if _repeated(table, rows):
        return True
    first = [_text(cell) for _, cell in sorted(rows[min(rows)].items())]
    return not looks_like_header(first)


def _joined(table: list[Line], run: list[Line]) -> tuple[list[Line], list[Line]]:
    table, rows = [replace(line) for line in table], _rows([replace(line) for line in run])
    repeated = [line for row in _repeated(table, rows) for lines in rows.pop(row).values() for line in lines]
    if not rows:
        return table, repeated
    number = table[0].cell.table if table[0].cell else 0
    last = max(_rows(table))
    first = min(rows)
    cut = _is_cut(_rows(table)[last], rows[first])
    end = max(line.cell.row + line.cell.rows for line in table if line.cell)
    shift = (last if cut else end) - first
    added = {row + shift: cells for row, cells in rows.items()}
    for cells in added.values():
        for lines in cells.values():
            for line in lines:
                assert line.cell is not None
                line.cell = replace(line.cell, table=number, row=line.cell.row + shift)
    if cut:
        for lines in added[last].values():
            lines[0].starts_block = False
    else:
        _stretch(table, end, added)
    merged = table + [line for cells in added.values() for lines in cells.values() for line in lines]
    # stable: within a cell the lines of the first page stay before those of the second
    merged.sort(key=lambda line: (line.cell.row, line.cell.column) if line.cell else (0, 0))
    return merged, repeated


def _rows(lines: Sequence[Line]) -> dict[int, _Row]:
    rows: dict[int, _Row] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if line.cell is not None:
            rows[line.cell.row][line.cell.column].append(line)
    return rows


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _width(lines: Sequence[Line]) -> int:
    return max((line.cell.column + line.cell.columns for line in lines if line.cell), default=0)


def _aligned(table: Sequence[Line], run: Sequence[Line]) -> bool:
    """Whether the columns stand at the same places; true where there are no boxes to tell."""
    here, there = _extents(table), _extents(run)
    shared = here.keys() & there.keys()
    apart = sum(
        here[column][0] > there[column][1] + _NEAR or there[column][0] > here[column][1] + _NEAR
        for column in shared
    )
    return bool(shared) and apart * 4 <= len(shared)


def _extents(lines: Sequence[Line]) -> dict[int, tuple[float, float]]:
    extents: dict[int, tuple[float, float]] = {}
    for line in lines:
        if line.cell is None or line.cell.columns > 1:
            continue
        box = line.box or (0.0, 0.0, 1.0, 1.0)
        left, right = extents.get(line.cell.column, (box[0], box[2]))
        extents[line.cell.column] = (min(left, box[0]), max(right, box[2]))
    return extents


def _repeated(table: Sequence[Line], rows: dict[int, _Row]) -> list[int]:
    """The first rows of ``rows`` that are header rows of ``table`` once more."""
    header = [row for _, row in sorted(_rows(table).items())][:_HEADER_ROWS]
    found: list[int] = []
    at = 0
    for number in sorted(rows):
        while at < len(header) and not _same(header[at], rows[number]):
            at += 1
        if at == len(header):
            break
        found.append(number)
        at += 1
    return found


def _same(header: _Row, row: _Row) -> bool:
    """Whether two rows hold the same words in the same columns, and no figures."""
    if header.keys() != row.keys():
        return False
    texts = [_text(cell) for _, cell in sorted(row.items())]
    if any(map(is_figure, texts)) and not counts_columns(texts):
        return False
    return all(_alike(_text(header[column]), _text(row[column])) for column in row)


def _alike(a: str, b: str) -> bool:
    return a == b or SequenceMatcher(None, a.lower(), b.lower(), autojunk=False).ratio() >= _ALIKE


def _is_cut(above: _Row, below: _Row) -> bool:
    """Whether the first row below the break only ends the last row above it.

    It has nothing in the columns before its own, where the row above has the number and the name, and no
    figure where the row above has one already.
    """
    if min(below) <= min(above) or not above.keys() & below.keys():
        return False
    merged = any(line.cell.rows > 1 for at in above if at < min(below) for line in above[at] if line.cell)
    if merged:
        return False
    return not any(is_figure(_text(above[at])) or is_figure(_text(below[at])) for at in above.keys() & below)


def _stretch(table: list[Line], end: int, added: dict[int, _Row]) -> None:
    """A merged cell that reaches the break covers the rows below it that leave its column empty."""
    for line in table:
        cell = line.cell
        if cell is None or cell.rows < 2 or cell.row + cell.rows < end:
            continue
        more = 0
        for row in sorted(added):
            if any(at in added[row] for at in range(cell.column + 1)):
                break
            more += 1
        line.cell = Cell(cell.table, cell.row, cell.column, cell.rows + more, cell.columns)
