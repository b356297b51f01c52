"""The two columns of the head never interleave, however close they stand and however their rows lie."""

from __future__ import annotations

import pytest
from PIL import ImageFont

from extract.pages import Word
from extract.reading.layout.order import lines_of
from tests.extract.reading.conftest import Fonts

WIDTH, HEIGHT = 595.0, 842.0
LEFT = {
    "two lines": ["ỦY BAN NHÂN DÂN", "HUYỆN LŨNG VÀNG", "", "Số: 415/BC-UBND"],
    "three lines": ["UBND HUYỆN LŨNG VÀNG", "ĐOÀN KIỂM TRA CẢI CÁCH", "HÀNH CHÍNH NĂM 2021", "Số: 07/BC-ĐKT"],
    "a letter": [
        "UBND HUYỆN LŨNG VÀNG",
        "PHÒNG NỘI VỤ",
        "Số: 12/PNV",
        "V/v chấn chỉnh việc gửi",
        "báo cáo quý I năm 2018",
    ],
}
RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "",
    "Lũng Vàng, ngày 05 tháng 3 năm 2018",
]
BODY = [
    "Qua theo dõi công tác cải cách hành chính của huyện trong năm nay các xã chưa thực hiện tốt",
    "nhiệm vụ được giao, một số đơn vị chưa gửi báo cáo theo quy định của Ủy ban nhân dân huyện;",
] * 3


class Setter:
    """Sets rows of words as a printer would; boxes are those of the ink, as engines give them."""

    def __init__(self, fonts: Fonts) -> None:
        self._font = ImageFont.truetype(str(fonts.bold), 260)
        self.words: list[Word] = []

    def length(self, text: str, size: float = 13) -> float:
        return self._font.getlength(text) * size / 260

    def row(self, text: str, x: float, y: float, size: float = 13, slant: float = 0.0) -> None:
        scale = size / 260
        for part in text.split():
            left, top, right, bottom = self._font.getbbox(part, anchor="ls")
            foot = y + slant * x
            box = (x + left * scale, foot + top * scale, x + right * scale, foot + bottom * scale)
            self.words.append(
                Word(part, box=(box[0] / WIDTH, box[1] / HEIGHT, box[2] / WIDTH, box[3] / HEIGHT))
            )
            x += self.length(part + " ", size)


@pytest.mark.parametrize("slant", [0.0, 0.006])
@pytest.mark.parametrize("step", [15, 20])
@pytest.mark.parametrize("lower", [0, 3, 6, 9])
@pytest.mark.parametrize("gap", [4, 8, 16])
@pytest.mark.parametrize("name", LEFT)
def test_columns(fonts: Fonts, name: str, gap: float, lower: float, step: float, slant: float) -> None:
    left = LEFT[name]
    page = Setter(fonts)
    wide = max(page.length(text) for text in left)
    for at, text in enumerate(left):
        page.row(text, 60 + (wide - page.length(text)) / 2, 60 + step * at, slant=slant)
    for at, text in enumerate(RIGHT):
        x = 60 + wide + gap + (page.length(RIGHT[0]) - page.length(text)) / 2
        page.row(text, x, 60 + lower + step * at, slant=slant)
    for at, text in enumerate(BODY):
        page.row(text, 60, 190 + 18 * at, 12, slant=slant)
    found = [line.text for line in lines_of(page.words, WIDTH, HEIGHT)]
    assert found == [*filter(None, left), *filter(None, RIGHT), *BODY]


def test_addressees_below_the_subject_are_no_part_of_the_left_column(fonts: Fonts) -> None:
    page = Setter(fonts)
    left = LEFT["a letter"]
    for at, text in enumerate(left):
        page.row(text, 60, 60 + 18 * at)
    for at, text in enumerate(RIGHT):
        page.row(text, 260, 60 + 18 * at)
    for at, text in enumerate(["Kính gửi:", "- Các xã;", *BODY]):
        page.row(text, 64, 152 + 18 * at, 12)
    found = [line.text for line in lines_of(page.words, WIDTH, HEIGHT, level=True)]
    assert found == [*left, *filter(None, RIGHT), "Kính gửi:", "- Các xã;", *BODY]


def test_a_speck_between_the_columns_is_no_bridge(fonts: Fonts) -> None:
    page = Setter(fonts)
    left = LEFT["two lines"]
    for at, text in enumerate(left):
        page.row(text, 60, 60 + 18 * at)
    page.words.append(Word("ˆ", box=(0.415, 0.062, 0.425, 0.078)))
    for at, text in enumerate(RIGHT):
        page.row(text, 260, 60 + 18 * at)
    for at, text in enumerate(BODY):
        page.row(text, 60, 190 + 18 * at, 12)
    found = [line.text for line in lines_of(page.words, WIDTH, HEIGHT, level=True)]
    assert [bare for text in found if (bare := text.strip("ˆ "))] == [
        *filter(None, left),
        *filter(None, RIGHT),
        *BODY,
    ]


def test_quoc_hieu_in_running_text_is_no_column(fonts: Fonts) -> None:
    page = Setter(fonts)
    rows = [
        "Con dấu có dòng chữ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ở trên",
        "và tên của Ủy ban nhân dân xã ở dưới theo quy định",
        *BODY,
    ]
    for at, text in enumerate(rows):
        page.row(text, 60, 60 + 18 * at, 11)
    assert [line.text for line in lines_of(page.words, WIDTH, HEIGHT, level=True)] == rows
