"""Markdown and plain text: marks, blocks, columns, encodings."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import DamagedFile, UnsupportedType
from extract.pages import Cell, Line
from extract.reading.base import EngineSource, clean
from extract.reading.layout.columns import reading_order
from extract.reading.text import read_markdown, read_text

from .conftest import LEFT_END, LEFT_HEAD, RIGHT_END, RIGHT_HEAD, texts


def no_engine() -> EngineSource:
    raise AssertionError("text needs no engine")


def markdown(source: str) -> list[Line]:
    return read_markdown(source.encode(), no_engine).pages[0].lines  # type: ignore[arg-type]


def plain(source: str) -> list[Line]:
    return read_text(source.encode(), no_engine).pages[0].lines  # type: ignore[arg-type]


def two_columns(left: list[str], right: list[str], width: int = 42) -> str:
    pairs = zip_longest(left, right, fillvalue="")
    return "\n".join(f"{a:<{width}}{b}".rstrip() for a, b in pairs)


def test_heading_levels() -> None:
    lines = markdown("# BÁO CÁO\n## I. Kết quả ##\nNội dung")
    assert [(line.text, line.heading, line.starts_block) for line in lines] == [
        ("BÁO CÁO", 1, True),
        ("I. Kết quả", 2, True),
        ("Nội dung", None, True),
    ]


def test_physical_lines_of_a_paragraph_do_not_start_blocks() -> None:
    lines = markdown("Dòng một\ndòng hai\n\nĐoạn sau")
    assert [line.starts_block for line in lines] == [True, False, True]


def test_emphasis_over_two_lines() -> None:
    lines = markdown("**Kết quả kiểm tra\nnăm 2019** tại *xã Nà Lầu* và __Khe Mía__")
    assert [(word.text, word.bold, word.italic) for line in lines for word in line.words] == [
        ("Kết", True, False),
        ("quả", True, False),
        ("kiểm", True, False),
        ("tra", True, False),
        ("năm", True, False),
        ("2019", True, False),
        ("tại", False, False),
        ("xã", False, True),
        ("Nà", False, True),
        ("Lầu", False, True),
        ("và", False, False),
        ("Khe", True, False),
        ("Mía", True, False),
    ]


def test_bold_and_italic_together() -> None:
    (word,) = markdown("***Mẫu***")[0].words
    assert (word.text, word.bold, word.italic) == ("Mẫu", True, True)


@pytest.mark.parametrize(
    "source", ["5 * 3 = 15", "(*) Ghi chú", "Số: ___/BC-ĐKT", "a_b_c", "Giá 3* và 4 *", "2 < 3 & 4 > 1"]
)
def test_signs_that_are_no_marks_stay(source: str) -> None:
    assert texts(markdown(source)) == [source]


def test_escapes_entities_comments_tags_links_images() -> None:
    source = (
        "1\\. Xã&nbsp;Nà Lầu \\- 95&#37; &lt;x&gt; <!-- ẩn -->\n"
        "<!-- cả dòng\nẩn -->\n[Cổng](http://lungvang.example/a_(b)) ![ảnh](a.png) <u>gạch</u> <b>đậm</b>"
    )
    lines = markdown(source)
    assert texts(lines) == ["1. Xã Nà Lầu - 95% <x>", "Cổng gạch đậm"]
    assert [word.bold for word in lines[1].words] == [False, False, True]


def test_forced_breaks_start_lines_of_their_own() -> None:
    lines = markdown("Một  \nHai\\\nBa<br>Bốn\nNăm")
    assert [(line.text, line.starts_block) for line in lines] == [
        ("Một", True),
        ("Hai", True),
        ("Ba", True),
        ("Bốn", True),
        ("Năm", False),
    ]


def test_list_marks_stay_and_bullets_become_one() -> None:
    lines = markdown("* Xã một\n• Xã hai\n– Xã ba\n+ Chi tiết\n- Xã bốn\n1. Mục\na) Điểm\n  tiếp theo")
    assert texts(lines) == [
        "- Xã một",
        "- Xã hai",
        "- Xã ba",
        "+ Chi tiết",
        "- Xã bốn",
        "1. Mục",
        "a) Điểm",
        "tiếp theo",
    ]
    assert [line.starts_block for line in lines] == [True] * 7 + [False]


def test_rules_quotes_fences() -> None:
    lines = markdown("Trước\n***\nSau\n> Trích\n> dẫn\n\n```\nnguyên văn\n```\n___\nHết")
    assert [(line.text, line.starts_block) for line in lines] == [
        ("Trước", True),
        ("Sau", True),
        ("Trích", False),
        ("dẫn", False),
        ("nguyên văn", True),
        ("Hết", True),
    ]


def test_pipe_tables_get_cells() -> None:
    source = (
        "Bảng:\n\n| TT | Đơn vị |\n|:--|---|\n| 1 | Xã **Nà Lầu**<br>và Khe Mía |\n| 2 | a \\| b |\n\n"
        "Sau\n\na | b\n-|-\nc | d"
    )
    lines = markdown(source)
    assert [(line.text, line.cell) for line in lines] == [
        ("Bảng:", None),
        ("TT", Cell(0, 0, 0)),
        ("Đơn vị", Cell(0, 0, 1)),
        ("1", Cell(0, 1, 0)),
        ("Xã Nà Lầu", Cell(0, 1, 1)),
        ("và Khe Mía", Cell(0, 1, 1)),
        ("2", Cell(0, 2, 0)),
        ("a | b", Cell(0, 2, 1)),
        ("Sau", None),
        ("a", Cell(1, 0, 0)),
        ("b", Cell(1, 0, 1)),
        ("c", Cell(1, 1, 0)),
        ("d", Cell(1, 1, 1)),
    ]


def test_letter_head_in_a_pipe_table_is_read_by_columns() -> None:
    rows = "\n".join(f"| {a} | {b} |" for a, b in zip(LEFT_HEAD[1:], RIGHT_HEAD[1:], strict=True))
    lines = markdown(f"| {LEFT_HEAD[0]} | {RIGHT_HEAD[0]} |\n|---|---|\n{rows}\n\nNội dung")
    assert texts(lines) == [*LEFT_HEAD, *RIGHT_HEAD, "Nội dung"]
    assert all(line.cell is None for line in lines)


def test_two_column_head_and_end_of_plain_text() -> None:
    head, end = two_columns(LEFT_HEAD, RIGHT_HEAD), two_columns(LEFT_END, RIGHT_END)
    source = f"{head}\n\nBÁO CÁO\nNội dung của báo cáo.\n\n{end}\n"
    assert texts(plain(source)) == [
        *LEFT_HEAD,
        *RIGHT_HEAD,
        "BÁO CÁO",
        "Nội dung của báo cáo.",
        *LEFT_END,
        *RIGHT_END,
    ]


def test_letter_close_behind_a_letter() -> None:
    head, end = two_columns(LEFT_HEAD, RIGHT_HEAD), two_columns(LEFT_END[:3], RIGHT_END)
    one = [*LEFT_HEAD, *RIGHT_HEAD, "BÁO CÁO", *LEFT_END[:3], *RIGHT_END]
    assert texts(plain(f"{head}\n\nBÁO CÁO\n\n{end}\n\n{head}\n\nBÁO CÁO\n\n{end}")) == one * 2


def test_columns_set_with_tabs() -> None:
    source = "\n".join(f"{a}\t\t{b}" for a, b in zip(LEFT_HEAD, RIGHT_HEAD, strict=True)) + "\n\n\t\tBÁO CÁO"
    assert texts(plain(source)) == [*LEFT_HEAD, *RIGHT_HEAD, "BÁO CÁO"]


def test_lines_drawn_under_the_head_and_a_lone_right_line() -> None:
    source = (
        "   UBND HUYỆN LŨNG VÀNG              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "     PHÒNG NỘI VỤ                        Độc lập - Tự do - Hạnh phúc\n"
        "     ----------                          ---------------------------\n"
        "   Số: 12/BC-PNV\n"
        "                                     Lũng Vàng, ngày 03 tháng 7 năm 2020\n"
        "\n"
        "                            BÁO CÁO\n"
        "                  Kết quả kiểm tra sáu tháng đầu năm\n"
    )
    assert texts(plain(source)) == [
        "UBND HUYỆN LŨNG VÀNG",
        "PHÒNG NỘI VỤ",
        "Số: 12/BC-PNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lũng Vàng, ngày 03 tháng 7 năm 2020",
        "BÁO CÁO",
        "Kết quả kiểm tra sáu tháng đầu năm",
    ]


def test_right_column_that_begins_a_row_higher() -> None:
    source = (
        "                                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "UBND HUYỆN LŨNG VÀNG                     Độc lập - Tự do - Hạnh phúc\n"
        "Số: 4/BC-UBND                        Lũng Vàng, ngày 3 tháng 7 năm 2020\n"
    )
    assert texts(plain(source)) == [
        "UBND HUYỆN LŨNG VÀNG",
        "Số: 4/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lũng Vàng, ngày 3 tháng 7 năm 2020",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "1.    Xã Nà Lầu đã ban hành kế hoạch\n2.    Xã Suối Gạo chưa ban hành",
        "-\tXã Nà Lầu đã ban hành\n-\tXã Suối Gạo chưa ban hành",
        "Xã Nà Lầu       97,6%\nXã Suối Gạo     81,2%",
        "TT   Đơn vị      Tỷ lệ\n1    Xã Nà Lầu   97,6%",
        "I. Kết quả\t\t3\nII. Kiến nghị\t\t12",
    ],
)
def test_lists_and_tables_are_no_columns(source: str) -> None:
    assert texts(plain(source)) == [" ".join(row.split()) for row in source.split("\n")]


def test_nfd_and_loose_tone_marks_come_out_composed() -> None:
    wanted = "Việt Nam cộng hòa nặng"
    loose = wanted.replace("ệ", "ê\u0323").replace("ặ", "ă\u0323")
    assert texts(plain(unicodedata.normalize("NFD", wanted))) == [wanted]
    assert texts(plain(loose)) == [wanted]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = "Huyện Lũng Vàng\r\nxã Nà Lầu".encode(encoding)
    lines = read_text(data, no_engine).pages[0].lines  # type: ignore[arg-type]
    assert texts(lines) == ["Huyện Lũng Vàng", "xã Nà Lầu"]


def test_other_encodings_are_named() -> None:
    with pytest.raises(UnsupportedType, match="UTF-8"):
        read_text("Céng hßa x· héi chñ nghÜa".encode("latin-1"), no_engine)  # type: ignore[arg-type]


def test_text_cut_inside_a_letter_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        read_text("Huyện Lũng Vàng, xã Suối Gạ".encode() + "ạ".encode()[:2], no_engine)  # type: ignore[arg-type]


ROW_TEXT = st.text(alphabet="aăb1.-: \tỆđ*", max_size=40)


@given(st.lists(ROW_TEXT, max_size=14))
def test_every_letter_of_plain_rows_comes_out_once(rows: list[str]) -> None:
    pieces = reading_order(rows)
    found = Counter((piece.row, at) for piece in pieces for at in range(piece.start, piece.end))
    found = Counter({key: count for key, count in found.items() if not rows[key[0]][key[1]].isspace()})
    wanted = Counter(
        (row, at) for row, text in enumerate(rows) for at, letter in enumerate(text) if not letter.isspace()
    )
    assert found == wanted


@given(st.text(alphabet="aệ1 .*_\\[]()!<>&;#|`-\n\t", max_size=200))
def test_markdown_never_fails_and_never_invents_words(source: str) -> None:
    letters = {letter for line in markdown(source) for letter in line.text}
    assert letters <= set(clean(source)) | set(" <>&-")


@given(st.lists(st.sampled_from(["Xã", "Nà Lầu", "đạt 97%", "chưa", "họp."]), min_size=1, max_size=30))
def test_markdown_keeps_plain_words_in_order(words: list[str]) -> None:
    source = "\n".join(words)
    assert " ".join(texts(markdown(source))) == " ".join(words)
