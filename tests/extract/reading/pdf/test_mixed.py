"""Two sources on one page: which words stand, and in which order."""

from __future__ import annotations

from extract.pages import Cell, Line, Word
from extract.reading.pdf.layer import Block, LayerWord
from extract.reading.pdf.mixed import contest, merged, rows_of, without_words_under
from extract.reading.spelling.plausible import sense_of

GOOD = "Đoàn kiểm tra đã làm việc với các xã trên địa bàn huyện"
BAD = "Doan kiem Ira dii lilm viec voi cac xil tren dia bin huyen"


def row(text: str, y: float, x: float = 0.1) -> list[Word]:
    return [
        Word(word, box=(x + 0.06 * at, y, x + 0.05 + 0.06 * at, y + 0.015))
        for at, word in enumerate(text.split())
    ]


def block(text: str, y: float, *, hidden: bool = True) -> Block:
    words = [LayerWord(word, hidden=hidden) for word in row(text, y)]
    return Block(words, "wrong", "because", sense_of([text]))


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_the_better_reading_of_each_place_stands() -> None:
    # recognition read the first line better, and missed the second one
    lost = "Ủy ban nhân dân xã chưa ban hành kế hoạch tuyên truyền"
    found = [Line(row(GOOD, 0.1)), Line(row(GOOD, 0.5))]
    result = contest([block(BAD, 0.1), block(BAD, 0.5), block(lost, 0.3)], found, scan=True)
    assert [[entry.word.text for entry in kept.words] for kept in result.kept] == [lost.split()]
    assert texts(result.lines) == [GOOD, GOOD]


def test_worse_recognition_leaves_the_layer() -> None:
    result = contest([block(GOOD, 0.1)], [Line(row("xx zz", 0.1))], scan=True)
    assert len(result.kept) == 1 and result.lines == []


def test_block_that_lies_beside_its_picture_is_not_read_twice() -> None:
    found = [Line(row(GOOD, 0.1)), Line(row(GOOD, 0.5))]
    result = contest([block(GOOD + " cũ", 0.3)], found, scan=True)
    assert result.kept == [] and texts(result.lines) == [GOOD, GOOD]


def test_typed_text_that_is_recognised_alike_is_confirmed() -> None:
    odd = "iGate eOffice SIPAS QLVB VNPT-iOffice ParIndex"
    result = contest([block(odd, 0.1, hidden=False)], [Line(row(odd, 0.1))], scan=False)
    assert (len(result.confirmed), result.kept, result.lines) == (1, [], [])


def test_specks_beside_typed_text_that_stands_are_no_lines() -> None:
    result = contest([block(GOOD, 0.1, hidden=False)], [Line(row("LILI ]", 0.7))], scan=False)
    assert len(result.kept) == 1 and result.lines == []


def test_words_under_rows_go_and_their_neighbours_stay() -> None:
    lines = [Line(row("một hai ba", 0.1)), Line(row("bốn năm", 0.2))]
    kept = without_words_under(lines, rows_of(row("một hai", 0.102)))
    assert texts(kept) == ["ba", "bốn năm"]


def test_merged_in_reading_order_with_the_table_in_its_place() -> None:
    lines = [
        Line(row("đầu trang", 0.05)),
        Line(row("ô một", 0.3), cell=Cell(0, 0, 0)),
        Line(row("ô hai", 0.3, 0.5), cell=Cell(0, 0, 1)),
        Line(row("cuối trang", 0.8)),
    ]
    result = merged(lines, [*row("SAO Y", 0.02), *row("chân trang", 0.95)], (595, 842), 4, turned=False)
    assert texts(result) == ["SAO Y", "đầu trang", "ô một", "ô hai", "cuối trang", "chân trang"]
    assert [line.cell for line in result if line.cell] == [Cell(0, 0, 0), Cell(0, 0, 1)]


def test_on_a_turned_picture_the_upright_words_follow() -> None:
    lines = [Line(row("hai", 0.5)), Line(row("một", 0.1))]
    assert texts(merged(lines, row("SAO Y", 0.3), (595, 842), 1, turned=True)) == ["hai", "một", "SAO Y"]
