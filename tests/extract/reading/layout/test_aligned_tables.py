"""Tables without lines, from boxes alone; and all that only looks like one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pages import Word
from extract.reading.layout.aligned_tables import aligned_grids
from extract.reading.layout.order import lines_of
from extract.reading.pdf.tables import lines_with_tables
from extract.reading.read import read
from tests.extract.reading.conftest import Fonts

from .test_layout import BODY, HEIGHT, WIDTH, body, end, head, row

SIZE = (WIDTH, HEIGHT)
Rows = list[tuple[str, ...]]
RATES: Rows = [("1", "Xã Nà Lầu", "97,6%"), ("2", "Xã Suối Gạo", "81,2%"), ("3", "Thị trấn Bến Đá", "90%")]
AT = (85, 150, 400)


def words_of(rows: Rows, places: tuple[int, ...] = AT, y: float = 200, step: float = 18) -> list[Word]:
    return [
        word
        for number, cells in enumerate(rows)
        for place, text in zip(places, cells, strict=True)
        for word in (row(text, place, y + step * number) if text else [])
    ]


def cells(words: list[Word]) -> list[tuple[int, int, str]]:
    lines, _ = lines_with_tables([], words, SIZE, 1, 0)
    found: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        if line.cell:
            found.setdefault((line.cell.row, line.cell.column), []).append(line.text)
    return [(*place, " ".join(texts)) for place, texts in found.items()]


def test_rows_under_a_header() -> None:
    rows: Rows = [("STT", "Đơn vị", "Tỷ lệ"), *RATES]
    assert cells(words_of(rows)) == [
        (r, c, text) for r, texts in enumerate(rows) for c, text in enumerate(texts)
    ]


def test_rates_speak_for_themselves_without_a_header() -> None:
    assert [text for _, _, text in cells(words_of(RATES))] == [text for texts in RATES for text in texts]


def test_text_above_and_below_stays_in_order() -> None:
    words = head() + body(150) + words_of([("STT", "Đơn vị", "Tỷ lệ"), *RATES], y=230) + body(330) + end(500)
    lines, count = lines_with_tables([], words, SIZE, 1, 0)
    texts = [line.text for line in lines]
    assert count == 1
    assert texts[6:9] == BODY and texts[9:12] == ["STT", "Đơn vị", "Tỷ lệ"] and texts[21:24] == BODY


def test_headings_of_several_lines_are_one_row() -> None:
    top = row("Tỷ lệ hồ sơ", 380, 182) + row("trực tuyến", 384, 200) + row("Đơn vị", 160, 191)
    found = cells(top + words_of(RATES, y=225))
    assert found[:2] == [(0, 1, "Đơn vị"), (0, 2, "Tỷ lệ hồ sơ trực tuyến")]
    assert found[2:5] == [(1, 0, "1"), (1, 1, "Xã Nà Lầu"), (1, 2, "97,6%")]


def test_a_heading_over_two_columns() -> None:
    rows: Rows = [("Xã Nà Lầu", "120", "97,6"), ("Xã Suối Gạo", "95", "81,2"), ("Xã Khe Mía", "88", "90")]
    top = row("Hồ sơ trực tuyến", 327, 160) + row("Đơn vị", 100, 170)
    top += row("Số lượng", 300, 180) + row("Tỷ lệ", 400, 180)
    words = top + words_of(rows, (90, 312, 405), y=205)
    found = cells(words)
    assert (0, 0, "Đơn vị") in found and (0, 1, "Hồ sơ trực tuyến") in found
    assert (1, 1, "Số lượng") in found and (1, 2, "Tỷ lệ") in found
    assert (2, 0, "Xã Nà Lầu") in found and (2, 2, "97,6") in found
    lines, _ = lines_with_tables([], words, SIZE, 1, 0)
    over = next(line.cell for line in lines if line.text == "Hồ sơ trực tuyến")
    assert over and over.columns == 2


def test_a_name_on_two_lines_stays_with_its_figure() -> None:
    words = words_of(RATES, step=34) + row("thuộc huyện Lũng Vàng", 150, 216)
    assert (0, 1, "Xã Nà Lầu thuộc huyện Lũng Vàng") in cells(words)


def test_names_half_a_line_off_their_figures_are_no_table() -> None:
    words = [
        word
        for at, (number, name, rate) in enumerate(RATES)
        for word in row(number, 85, 200 + 40 * at)
        + row(rate, 400, 200 + 40 * at)
        + row(name, 150, 218 + 40 * at)
    ]
    assert aligned_grids(words, *SIZE) == []


def numbered(at: int) -> list[Word]:
    return row(f"{at + 1}.", 85, 200 + 18 * at) + row(
        "Xã Nà Lầu đã ban hành kế hoạch năm 2021", 121, 200 + 18 * at
    )


@pytest.mark.parametrize(
    "words",
    [
        head() + body(200) + end(400),
        [word for at in range(5) for word in numbered(at)],
        # a table of contents
        words_of([("I.", "Kết quả đạt được", "3"), ("II.", "Tồn tại", "7"), ("III.", "Kiến nghị", "12")]),
        # two columns of text that hold numbers
        words_of(
            [(f"Đến ngày {at} các xã có", f"{at} hồ sơ chậm, đạt {at}%") for at in range(10, 16)], (85, 330)
        ),
        words_of(RATES[:2]),
        # figures that stand anywhere
        [
            w
            for at, x in enumerate((300, 380, 340, 430))
            for w in row("Xã Nà Lầu", 85, 200 + 18 * at) + row("9,5%", x, 200 + 18 * at)
        ],
        [w for at in range(3) for w in row("Nơi nhận:", 85, 200 + 18 * at) + row("9,5%", 400, 200 + 18 * at)],
    ],
)
def test_no_tables(words: list[Word]) -> None:
    lines, count = lines_with_tables([], words, SIZE, 1, 0)
    assert count == 0
    assert [line.text for line in lines] == [line.text for line in lines_of(words, *SIZE, page=1)]


def test_a_line_across_the_columns_ends_the_table() -> None:
    across = row("Riêng các xã vùng cao của huyện năm nay đều đạt trên mức bình quân", 85, 254)
    words = words_of(RATES) + across + words_of([("4", "Xã Khe Mía", "70%")], y=272)
    assert [text for _, _, text in cells(words)][-1] == "90%"


BOXES = st.lists(
    st.tuples(
        st.integers(0, 14),
        st.integers(0, 20),
        st.sampled_from(["Xã Nà", "81,2%", "12", "STT", "Đơn vị", "chữ"]),
    ),
    max_size=80,
)


@settings(max_examples=200, deadline=None)
@given(BOXES)
def test_every_word_comes_out_once(places: list[tuple[int, int, str]]) -> None:
    words = [
        Word(
            f"{part}",
            box=(
                (40 + 35 * x + 18 * at) / WIDTH,
                (60 + 17 * y) / HEIGHT,
                (57 + 35 * x + 18 * at) / WIDTH,
                (73 + 17 * y) / HEIGHT,
            ),
        )
        for x, y, text in places
        for at, part in enumerate(text.split())
    ]
    lines, _ = lines_with_tables([], words, SIZE, 1, 0)
    assert Counter(w.text for line in lines for w in line.words) == Counter(w.text for w in words)


def test_a_pdf_with_a_table_without_lines(tmp_path: Path, fonts: Fonts) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    regular, bold, _ = fonts.register()
    canvas = Canvas(str(tmp_path / "rates.pdf"), pagesize=A4)
    canvas.setFont(regular, 13)
    canvas.drawString(
        85, 780, "Kết quả giải quyết hồ sơ trực tuyến của các xã trong chín tháng đầu năm như sau:"
    )
    rows: Rows = [("STT", "Đơn vị", "Số hồ sơ", "Tỷ lệ (%)"), ("1", "Xã Nà Lầu", "120", "97,6")]
    rows += [("2", "Xã Suối Gạo", "95", "81,2"), ("3", "Thị trấn Bến Đá", "1.004", "100")]
    for number, texts in enumerate(rows):
        canvas.setFont(bold if number == 0 else regular, 12)
        for place, text in zip((85, 140, 330, 430), texts, strict=True):
            canvas.drawString(place, 740 - 20 * number, text)
    canvas.showPage()
    canvas.save()
    lines = list(read(tmp_path / "rates.pdf").lines)
    assert [line.text for line in lines if line.cell] == [text for texts in rows for text in texts]
