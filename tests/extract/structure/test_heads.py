"""Heads as offices print them: numbers with blanks, dates in figures, several components on one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.structure.build import Structured

Run = Callable[..., list[Structured]]

FORM = """\
UBND HUYỆN TÂN KHÊ
PHÒNG NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{line}

{title}

1. Xã Khe Mận đã ban hành kế hoạch cải cách hành chính năm 2019 đúng thời hạn quy định của huyện.

Nơi nhận:
- Lưu: VT.

TRƯỞNG PHÒNG

Hà Thị Ngân
"""
REPORT = "BÁO CÁO\nKết quả kiểm tra"
LETTER = "V/v kết quả kiểm tra"

NUMBERS: list[tuple[str, str, str, str, str]] = [
    ("Số: 903 /UBND - NV", LETTER, "903 /UBND - NV", "903/UBND-NV", "công văn"),
    ("Số: 415/UBND -NV", LETTER, "415/UBND -NV", "415/UBND-NV", "công văn"),
    ("Số : 12 - BC / HU", LETTER, "12 - BC / HU", "12-BC/HU", "báo cáo"),
    ("Số 12-KL/HU", LETTER, "12-KL/HU", "12-KL/HU", "kết luận"),
    ("Số: 33/2020/QĐ - UBND", LETTER, "33/2020/QĐ - UBND", "33/2020/QĐ-UBND", "quyết định"),
    ("Số: 7/BC-ĐKT", REPORT, "7/BC-ĐKT", "7/BC-ĐKT", "báo cáo"),
    ("Số: 12/CV-PNV", LETTER, "12/CV-PNV", "12/CV-PNV", "công văn"),
]
LINES: list[tuple[str, str | None, str | None, str | None]] = [
    ("Số: 5/BC-PNV Tân Khê, ngày 05/3/2018", "5/BC-PNV", "Tân Khê", "2018-03-05"),
    ("Số: 5 /BC - PNV Tân Khê, ngày 05 tháng 3 năm 2018", "5/BC-PNV", "Tân Khê", "2018-03-05"),
    ("Số: 5/UBND - TP. Tân Khê, ngày 05 tháng 3 năm 2018", "5/UBND", "TP. Tân Khê", "2018-03-05"),
    (
        "Số: 5/BC-PNV Bà Rịa - Vũng Tàu, ngày 05 tháng 3 năm 2018",
        "5/BC-PNV",
        "Bà Rịa - Vũng Tàu",
        "2018-03-05",
    ),
    (
        "Số: 5/BC-PNV\n\nThành phố Hồ Chí Minh, ngày 5-3-2018",
        "5/BC-PNV",
        "Thành phố Hồ Chí Minh",
        "2018-03-05",
    ),
    ("Số: 5/BC-PNV\n\nTân Khê, 05/3/2018", "5/BC-PNV", "Tân Khê", "2018-03-05"),
    ("Số: 5/BC-PNV\n\nngày 05/3/2018", "5/BC-PNV", None, "2018-03-05"),
    ("Số:    5    /BC-PNV\n\nPhường 12, ngày  05  tháng  3  năm 2018", "5/BC-PNV", "Phường 12", "2018-03-05"),
    ("Số: 5/BC-PNV        Tân Khê, ngày    05    tháng   3  năm 2018", "5/BC-PNV", "Tân Khê", "2018-03-05"),
    ("Số:      /BC-PNV        Tân Khê, ngày        tháng   3  năm 2018", None, "Tân Khê", None),
]


@pytest.mark.parametrize(("line", "title", "printed", "number", "kind"), NUMBERS)
def test_number(structured: Run, line: str, title: str, printed: str, number: str, kind: str) -> None:
    (only,) = structured(
        FORM.format(line=f"{line}\n\nTân Khê, ngày 12 tháng 7 năm 2019", title=title), ".txt"
    )
    document = only.document
    assert (document.number_as_printed, document.value("number")) == (printed, number)
    assert document.value("kind") == kind
    assert document.value("place") == "Tân Khê"


@pytest.mark.parametrize(("line", "number", "place", "date"), LINES)
def test_number_place_and_date(
    structured: Run, line: str, number: str | None, place: str | None, date: str | None
) -> None:
    (only,) = structured(FORM.format(line=line, title=REPORT), ".txt")
    document = only.document
    assert (document.value("number"), document.value("place"), document.value("date")) == (
        number,
        place,
        date,
    )
    assert (document.value("issuer_parent"), document.value("issuer")) == (
        "UBND HUYỆN TÂN KHÊ",
        "PHÒNG NỘI VỤ",
    )


def test_a_subject_that_names_a_day_is_no_date_line(structured: Run) -> None:
    title = "BÁO CÁO\nKết quả kiểm tra ngày 05/3/2018"
    (only,) = structured(FORM.format(line="Số: 5/BC-PNV", title=title), ".txt")
    assert only.document.value("date") is None
    assert only.document.value("subject") == "Kết quả kiểm tra ngày 05/3/2018"


def test_head_whose_left_column_is_one_line(structured: Run) -> None:
    text = FORM.format(line="Tân Khê, ngày 12 tháng 7 năm 2019", title=REPORT)
    text = text.replace("TÂN KHÊ\nPHÒNG NỘI VỤ", "TÂN KHÊ ĐOÀN KIỂM TRA CCHC Số: 11/BC-ĐKT")
    (only,) = structured(text, ".txt")
    document = only.document
    assert document.value("number") == "11/BC-ĐKT"
    assert (document.value("issuer_parent"), document.value("issuer")) == (
        "UBND HUYỆN TÂN KHÊ",
        "ĐOÀN KIỂM TRA CCHC",
    )


def test_nation_in_the_other_spelling_is_no_organ(structured: Run) -> None:
    text = FORM.format(line="Số: 5/BC-PNV", title=REPORT).replace("CỘNG HÒA", "CỘNG HOÀ")
    (only,) = structured(text, ".txt")
    assert only.document.value("issuer") == "PHÒNG NỘI VỤ"
    assert only.document.value("issuer_unit").name == "Huyện Tân Khê"


def test_a_letter_with_an_open_number_is_a_letter(structured: Run) -> None:
    (only,) = structured(FORM.format(line="Số:       /PNV", title=LETTER), ".txt")
    assert only.document.value("kind") == "công văn"
