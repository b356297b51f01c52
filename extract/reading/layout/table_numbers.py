"""Tables are counted through the whole file, whatever a reader counted page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.pages import Cell, Page


def number_tables(pages: Iterable[Page]) -> int:
    """Give every table of a file its own number, from 0 in reading order; returns how many there are.

    A table ends where another number, a line outside tables, a new page, or a step back to an earlier cell
    comes: two pages on one picture each count from 0.
    """
    count = 0
    for page in pages:
        before: Cell | None = None
        for line in page.lines:
            cell = line.cell
            if cell is None:
                before = None
                continue
            if before is None or cell.table != before.table or _place(cell) < _place(before):
                count += 1
            before = cell
            line.cell = replace(cell, table=count - 1)
    return count


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
