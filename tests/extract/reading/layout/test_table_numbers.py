"""Tables are numbered through the file, whatever each page began to count from."""

from __future__ import annotations

from extract.pages import Cell, Line, Page, Word
from extract.reading.layout.table_numbers import number_tables


def page(number: int, *cells: tuple[int, int, int] | None) -> Page:
    return Page(
        number, [Line([Word("chữ")], page=number, cell=Cell(*place) if place else None) for place in cells]
    )


def numbers(pages: list[Page]) -> list[int | None]:
    return [line.cell.table if line.cell else None for one in pages for line in one.lines]


def test_every_page_counts_from_nought() -> None:
    pages = [page(1, (0, 0, 0), (0, 0, 1), None, (1, 0, 0)), page(2, (0, 0, 0), None), page(3, (0, 0, 0))]
    assert number_tables(pages) == 4
    assert numbers(pages) == [0, 0, None, 1, 2, None, 3]


def test_two_pages_on_one_picture() -> None:
    pages = [page(1, (0, 0, 0), (0, 1, 0), (0, 0, 0), (0, 1, 0))]
    assert number_tables(pages) == 2
    assert numbers(pages) == [0, 0, 1, 1]


def test_lines_of_one_cell_and_merged_cells_stay_together() -> None:
    pages = [page(1, (5, 0, 0), (5, 0, 0), (5, 0, 1), (5, 1, 1))]
    pages[0].lines[0].cell = Cell(5, 0, 0, 2, 1)
    assert number_tables(pages) == 1
    cell = pages[0].lines[0].cell
    assert cell and (cell.table, cell.rows) == (0, 2)
    assert number_tables(pages) == 1, "counting again changes nothing"
