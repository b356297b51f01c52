"""Papers of the press and of portals: headline, the line with the day, then the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.find import find
from extract.reading.read import read as read_file
from extract.structure.build import structure
from extract.structure.dateline import is_dateline
from extract.units.register import Register

HEADLINE = "Khe Mận: nhiều hồ sơ trễ hạn"
BODY = "Qua kiểm tra, Đoàn phát hiện 14 hồ sơ trễ hạn tại xã Khe Mận."


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Thứ Ba, 12/3/2024 - 08:15", "2024-03-12"),
        ("Thứ năm, ngày 9 tháng 5 năm 2019 | 16:05", "2019-05-09"),
        ("Chủ nhật, 03-11-2013 07:40 AM", "2013-11-03"),
        ("15:30 | 12/03/2024", "2024-03-12"),
        ("Cập nhật lúc 08:20 ngày 5/4/2019", "2019-04-05"),
        ("(Ngày đăng: 03/11/2022)", "2022-11-03"),
        ("Đăng ngày 27-10-2025", "2025-10-27"),
        ("BKM.VN - 05/08/2016 10 giờ 12 GMT+7", "2016-08-05"),
    ],
)
def test_the_day_of_a_paper_from_the_press(tmp_path: Path, line: str, day: str) -> None:
    path = tmp_path / "news.txt"
    path.write_text(f"{HEADLINE}\n\n{line}\n\n{BODY}\n", encoding="utf-8")
    part = structure(read_file(path))[0]
    document = part.document
    date, subject = document.header["date"], document.header["subject"]
    assert date.value == day and date.confidence < 0.9  # the day of publishing, not of signing
    assert date.span and document.text[slice(*date.span)] in line
    assert subject.value == HEADLINE and "place" not in document.header
    found = find(part, Register()).statements
    assert [document.text[slice(*one.span)] for one in found] == [BODY]


@pytest.mark.parametrize(
    "line",
    [
        "12/3/2024",  # a bare day may stand for anything
        "Ngày 12/3/2024",
        "Thứ Ba hằng tuần",
        "08:15",
        "Hạn báo cáo: 12/3/2024",
        "Từ 08:00 ngày 12/3/2024 đến 17:00 ngày 14/3/2024",
        "Đoàn làm việc lúc 08:15 ngày 12/3/2024",
        "Số: 12/BC-UBND, ngày 12/3/2024",
    ],
)
def test_what_is_no_dateline(line: str) -> None:
    assert not is_dateline(line)


@pytest.mark.parametrize("line", ["Ngày 14/6/2023", "Lai Sơn, ngày 14 tháng 6 năm 2023"])
def test_a_headline_above_an_official_date_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "news.txt"
    path.write_text(f"{HEADLINE}\n\n{line}\n\n{BODY}\n", encoding="utf-8")
    header = structure(read_file(path))[0].document.header
    assert (header["subject"].value, header["date"].value) == (HEADLINE, "2023-06-14")


def test_a_bare_day_has_no_place(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(f"{HEADLINE}\n\nNgày 14/6/2023\n\n{BODY}\n", encoding="utf-8")
    header = structure(read_file(path))[0].document.header
    assert header["date"].value == "2023-06-14" and "place" not in header
