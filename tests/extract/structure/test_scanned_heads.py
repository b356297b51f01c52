"""Heads and ends of recognised pages as they really stand: centred on axes, party papers, slips in names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.document import Document
from extract.pages import Line, Page, Source, Word
from extract.structure.build import structure
from extract.structure.zones import person_of

Row = tuple[str, float, float, float]
"""Text, left, right, top."""


def scan(rows: Sequence[Row], *, on_its_side: bool = False) -> Document:
    """A recognised page whose rows reach from left to right, each word as wide as its letters."""
    lines = []
    for text, left, right, top in rows:
        words, at = [], left
        step = (right - left) / len(text)
        for word in text.split():
            box = (at, top, at + step * len(word), top + 0.014)
            turned = (box[1], 1 - box[2], box[3], 1 - box[0])
            words.append(Word(word, turned if on_its_side else box, 0.95))
            at += step * (len(word) + 1)
        lines.append(Line(words, page=1))
    page = Page(1, lines, origin="ocr", width=595, height=842)
    (found,) = structure(Source("a.pdf", "0" * 64, "pdf", [page], engine="fake 1"))
    return found.document


HEAD: list[Row] = [
    ("UBND HUYỆN NÀ LẦU", 0.16, 0.36, 0.05),
    ("SỞ LAO ĐỘNG -", 0.18, 0.34, 0.068),
    ("THƯƠNG BINH VÀ XÃ HỘI", 0.14, 0.38, 0.086),
    ("Số: 12/BC-SLĐTBXH", 0.17, 0.35, 0.11),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.5, 0.92, 0.05),
    ("Độc lập - Tự do - Hạnh phúc", 0.58, 0.84, 0.068),
    ("Nà Lầu, ngày 31 tháng 8 năm 2021", 0.55, 0.87, 0.11),
    ("BÁO CÁO", 0.47, 0.57, 0.15),
    ("Kết quả kiểm tra công tác cải cách hành chính", 0.27, 0.77, 0.168),
    ("và thực thi công vụ năm 2021", 0.36, 0.68, 0.186),
]


def test_paragraph_that_happens_to_be_centred_is_no_subject() -> None:
    # its first line is set in by 12 mm and ends as far before the right edge
    body: list[Row] = [
        ("Sổ theo dõi văn bản đến của xã Khe Mận còn sơ sài, ghi thiếu ngày nhận và tên", 0.2, 0.84, 0.215),
        ("người xử lý văn bản.", 0.14, 0.3, 0.233),
    ]
    document = scan([*HEAD, *body])
    subject = "Kết quả kiểm tra công tác cải cách hành chính và thực thi công vụ năm 2021"
    assert document.value("subject") == subject


def test_line_off_the_axis_of_the_title_is_no_subject() -> None:
    body: list[Row] = [("người dân xã Khe Mận phải chờ lâu vì thiếu công chức trực.", 0.14, 0.6, 0.204)]
    subject = scan([*HEAD, *body]).value("subject")
    assert subject is not None and subject.endswith("năm 2021")


@pytest.mark.parametrize("on_its_side", [False, True])
@pytest.mark.parametrize(
    ("last", "left", "right"), [("2021", 0.49, 0.55), ("Huyện Nà Lầu năm 2021", 0.4, 0.64)]
)
def test_subject_goes_on_in_a_line_that_opens_no_paragraph(
    last: str, left: float, right: float, on_its_side: bool
) -> None:
    body: list[Row] = [
        ("Các xã đã nộp đủ sổ theo dõi văn bản đến và văn bản đi của năm nay.", 0.14, 0.9, 0.24)
    ]
    rows = [*HEAD[:-1], (last, left, right, 0.186), *body]
    subject = f"Kết quả kiểm tra công tác cải cách hành chính {last}"
    assert scan(rows, on_its_side=on_its_side).value("subject") == subject


def test_dash_at_the_end_of_an_organs_line_is_its_own() -> None:
    assert scan(HEAD).value("issuer") == "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"


def test_head_of_a_party_paper() -> None:
    rows: list[Row] = [
        ("TỈNH ỦY HÀ LẦU", 0.16, 0.36, 0.05),
        ("HUYỆN ỦY NÀ SẬU", 0.16, 0.36, 0.068),
        ("Số 45-BC/HU", 0.2, 0.32, 0.1),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 0.55, 0.87, 0.05),
        ("Nà Sậu, ngày 12 tháng 9 năm 2021", 0.55, 0.87, 0.1),
        *HEAD[-3:],
    ]
    document = scan(rows)
    assert document.value("issuer") == "HUYỆN ỦY NÀ SẬU"
    assert document.value("issuer_parent") == "TỈNH ỦY HÀ LẦU"
    assert document.value("number") == "45-BC/HU"


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("'Lò Văn Pánh", "Lò Văn Pánh"),
        ("Lò 'Văn Pánh |", "Lò Văn Pánh"),
        ("K'Brang", "K'Brang"),
        ("H'Mơ Niê", "H'Mơ Niê"),
        ("Pánh", None),
    ],
)
def test_names_with_what_recognisers_put_round_them(read: str, name: str | None) -> None:
    assert person_of(read) == name
