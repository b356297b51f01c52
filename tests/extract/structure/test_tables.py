"""The record of a table: header rows, headings of columns, caption, unit of measure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.structure.build import Structured
from extract.structure.tables import Table, counts_columns, find_tables, is_figure

Read = Callable[..., list[Structured]]
FRAME = "BÁO CÁO\n\nKết quả kiểm tra\n\nThực hiện Kế hoạch số 5/KH-UBND.\n\nĐoàn kiểm tra báo cáo kết quả kiểm tra tại các xã như sau:\n\n"


@pytest.fixture
def tables(structured: Read) -> Callable[[str], list[Table]]:
    def run(text: str) -> list[Table]:
        (one,) = structured(FRAME + text)
        return list(find_tables(one.document.text, one.outline).values())

    return run


def test_one_header_row(tables: Callable[[str], list[Table]]) -> None:
    (table,) = tables("| STT | Đơn vị | Tồn tại |\n|---|---|---|\n| 1 | Xã Nà Lầu | Chưa có sổ |\n")
    assert (table.head, table.body, table.columns) == (1, [1], [0, 1, 2])
    assert table.heading(2) == ("Tồn tại",)
    assert table.is_serial(0) and not table.is_serial(1)
    assert table.caption == "Đoàn kiểm tra báo cáo kết quả kiểm tra tại các xã như sau:"


def test_two_header_rows_with_a_row_of_numbers(tables: Callable[[str], list[Table]]) -> None:
    text = """**Biểu 2. Hồ sơ của các xã**

ĐVT: %

| TT | Xã | Hồ sơ | | Ghi chú |
|---|---|---|---|---|
| | | Trực tuyến | Đúng hạn | |
| A | B | (1) | (2) | (3) |
| 1 | Nà Lầu | 2,5 | 90 | |
"""
    (table,) = tables(text)
    assert table.head == 3
    assert [table.heading(column) for column in range(5)] == [
        ("TT",),
        ("Xã",),
        ("Hồ sơ", "Trực tuyến"),
        ("Hồ sơ", "Đúng hạn"),
        ("Ghi chú",),
    ]
    assert (table.caption, table.measure) == ("Biểu 2. Hồ sơ của các xã", "%")


def test_a_caption_inside_the_table(tables: Callable[[str], list[Table]]) -> None:
    text = "Chữ thường.\n\n| Biểu 1. Kết quả | | |\n|---|---|---|\n| STT | Xã | Tỷ lệ |\n| 1 | Xã Nà Lầu | 2% |\n"
    (table,) = tables(text)
    assert (table.head, table.caption, table.heading(1)) == (2, "Biểu 1. Kết quả", ("Xã",))


def test_no_header(tables: Callable[[str], list[Table]]) -> None:
    (table,) = tables("| 1 | Xã Nà Lầu | 92% |\n|---|---|---|\n| 2 | Xã Suối Gạo | 85% |\n")
    assert (table.head, table.heading(2), table.body) == (0, (), [0, 1])
    assert table.is_serial(0)


def test_words_over_a_column_of_figures_are_a_header(tables: Callable[[str], list[Table]]) -> None:
    (table,) = tables(
        "| Công chức | Bộ phận | Phiếu thuận |\n|---|---|---|\n| A | Một cửa | 9 |\n| B | Văn thư | 8 |\n"
    )
    assert (table.head, table.heading(2)) == (1, ("Phiếu thuận",))


def test_a_header_repeated_inside_the_table_is_no_row(tables: Callable[[str], list[Table]]) -> None:
    (table,) = tables("| STT | Xã |\n|---|---|\n| 1 | Xã Nà Lầu |\n| STT | Xã |\n| 2 | Xã Khe Mía |\n")
    assert (table.head, table.body) == (1, [1, 3])


def test_years_are_headings_and_no_figures(tables: Callable[[str], list[Table]]) -> None:
    (table,) = tables("| Đơn vị | 2020 | 2021 |\n|---|---|---|\n| Xã Nà Lầu | 92% | 90% |\n")
    assert (table.head, table.heading(2)) == (1, ("2021",))


@pytest.mark.parametrize("words", ["8,59%", "2.378", "25/25", "(4,84)", "≥ 50", "12 %"])
def test_figures(words: str) -> None:
    assert is_figure(words)


@pytest.mark.parametrize(
    "words", ["2021", "30/6/2021", "6/2021", "Xã Nà Lầu", "02/BC-ĐKT", "8,59% hồ sơ", "", "…"]
)
def test_no_figures(words: str) -> None:
    assert not is_figure(words)


def test_rows_that_count_the_columns() -> None:
    assert counts_columns(["A", "B", "1", "2", "3=2/1"])
    assert counts_columns(["(1)", "(2)", "(3)", "(4)=(3)/(2)*100"])
    assert not counts_columns(["1", "3", "4"]) and not counts_columns(["1", "2"])
    assert not counts_columns(["1", "Xã Nà Lầu", "3"])
