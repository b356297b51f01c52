"""Tables over page breaks, from lines with boxes as readers give them."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from extract.pages import Cell, Line, Word
from extract.structure.continued import join_tables

EDGES = [0.1, 0.2, 0.45, 0.9]


def line(text: str, page: int, cell: Cell | None, y: float = 0.5) -> Line:
    left, right = (EDGES[cell.column], EDGES[cell.column + 1]) if cell else (0.1, 0.9)
    words = [Word(part, box=(left + 0.01, y, right - 0.02, y + 0.01)) for part in text.split()]
    return Line(words, page=page, cell=cell, starts_block=True)


def table(number: int, page: int, rows: list[list[str]]) -> list[Line]:
    return [
        line(text, page, Cell(number, row, column), 0.1 + row / 50)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]


def cells(lines: list[Line]) -> list[tuple[str, tuple[int, int, int] | None]]:
    return [
        (one.text, (one.cell.table, one.cell.row, one.cell.column) if one.cell else None) for one in lines
    ]


HEADER = ["STT", "Đơn vị", "Tồn tại"]


def test_a_repeated_header_leaves_the_text() -> None:
    first = table(0, 1, [HEADER, ["1", "Xã Nà Lầu", "Chưa có sổ."]])
    second = table(1, 2, [HEADER, ["2", "Xã Suối Gạo", "Chưa niêm yết."]])
    joined, _ = join_tables(first + second)
    assert cells(joined)[6:] == [
        ("2", (0, 2, 0)),
        ("Xã Suối Gạo", (0, 2, 1)),
        ("Chưa niêm yết.", (0, 2, 2)),
    ]
    assert [one.text for one in joined].count("STT") == 1
    assert second[3].cell == Cell(1, 1, 0), "the pages themselves stay as they were read"


def test_a_header_recognised_with_slips_is_the_same() -> None:
    first = table(0, 1, [HEADER, ["1", "Xã Nà Lầu", "Chưa có sổ."]])
    second = table(1, 2, [["STT", "Đơn vi", "Tôn tại"], ["2", "Xã Suối Gạo", "Chưa niêm yết."]])
    assert [one.text for one in join_tables(first + second)[0]].count("Tôn tại") == 0


def test_a_row_cut_by_the_break_is_one_row() -> None:
    first = table(0, 1, [HEADER, ["1", "Thị trấn", "Chưa ban hành kế hoạch"]])
    second = table(1, 2, [["", "Bến Đá", "tuyên truyền."], ["2", "Xã Suối Gạo", "Chưa niêm yết."]])
    joined, _ = join_tables(first + second)
    assert cells(joined)[3:] == [
        ("1", (0, 1, 0)),
        ("Thị trấn", (0, 1, 1)),
        ("Bến Đá", (0, 1, 1)),
        ("Chưa ban hành kế hoạch", (0, 1, 2)),
        ("tuyên truyền.", (0, 1, 2)),
        ("2", (0, 2, 0)),
        ("Xã Suối Gạo", (0, 2, 1)),
        ("Chưa niêm yết.", (0, 2, 2)),
    ]
    assert [one.starts_block for one in joined if one.text in ("Bến Đá", "tuyên truyền.")] == [False, False]


def test_a_row_without_a_number_but_with_a_figure_is_a_row_of_its_own() -> None:
    first = table(0, 1, [["STT", "Đơn vị", "Tỷ lệ"], ["1", "Xã Nà Lầu", "91%"]])
    second = table(1, 2, [["", "Tổng cộng", "72%"]])
    assert ("72%", (0, 2, 2)) in cells(join_tables(first + second)[0])


def test_three_pages_are_one_table() -> None:
    rows = [table(at, at + 1, [HEADER, [str(at), f"Xã {at}", "Chậm."]]) for at in range(3)]
    joined, _ = join_tables([one for lines in rows for one in lines])
    assert {one.cell.table for one in joined if one.cell} == {0}
    assert [one.text for one in joined].count("STT") == 1


def test_a_table_with_a_header_of_its_own_is_another_one() -> None:
    first = table(0, 1, [HEADER, ["1", "Xã Nà Lầu", "Chưa có sổ."]])
    second = table(1, 2, [["TT", "Cơ quan", "Kiến nghị"], ["1", "Phòng Nội vụ", "Đôn đốc."]])
    assert cells(join_tables(first + second)[0]) == cells(first + second)


def test_text_between_or_other_columns_part_tables() -> None:
    first = table(0, 1, [HEADER, ["1", "Xã Nà Lầu", "Chưa có sổ."]])
    second = table(1, 2, [["2", "Xã Suối Gạo", "Chưa niêm yết."]])
    between = [line("Ghi chú của Đoàn kiểm tra.", 2, None)]
    assert cells(join_tables(first + between + second)[0]) == cells(first + between + second)
    narrow = [one for one in second if one.cell and one.cell.column < 2]
    assert cells(join_tables(first + narrow)[0]) == cells(first + narrow)
    skipped = table(1, 3, [["2", "Xã Suối Gạo", "Chưa niêm yết."]])
    assert cells(join_tables(first + skipped)[0]) == cells(first + skipped)


def test_a_merged_name_at_the_break_covers_the_rows_below_it() -> None:
    first = table(0, 1, [HEADER, ["1", "Xã Nà Lầu", "Chưa có sổ."], ["", "", "Chậm."]])
    for one in first[3:5]:
        assert one.cell
        one.cell = Cell(0, 1, one.cell.column, 2, 1)
    second = table(1, 2, [["", "", "Sai mẫu."], ["2", "Xã Suối Gạo", "Chưa niêm yết."]])
    joined, _ = join_tables(first + second)
    (name,) = [one for one in joined if one.text == "Xã Nà Lầu"]
    assert name.cell and name.cell.rows == 3
    assert ("Sai mẫu.", (0, 3, 2)) in cells(joined)


TEXTS = st.sampled_from(["", "1", "Xã Nà Lầu", "81,2%", "Chưa có sổ.", "chưa niêm yết", "STT", "Đơn vị"])
ROWS = st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4)


@given(st.lists(ROWS, min_size=1, max_size=4), st.booleans())
def test_no_word_is_lost_and_only_repeated_headers_leave_the_table(
    pages: list[list[list[str]]], text: bool
) -> None:
    lines: list[Line] = []
    for page, rows in enumerate(pages, start=1):
        lines += table(page - 1, page, rows)
        lines += [line(f"Đoạn {page}.", page, None)] if text else []
    joined, repeated = join_tables(lines)
    before, after = Counter(one.text for one in lines), Counter(one.text for one in joined)
    assert before - after == Counter(one.text for one in repeated)
    assert not after - before
    for one in repeated:
        assert any(other.text == one.text and (other.page or 0) < (one.page or 0) for other in joined)
    assert not text or before == after
