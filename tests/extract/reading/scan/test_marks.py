"""Seals, stamps and handwriting on drawn pages; the words are given as an engine would give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.reading.base import OcrWord
from extract.reading.scan.marks import Marks, find_marks
from extract.reading.scan.picture import Prepared
from tests.extract.reading.conftest import Fonts

SIZE = (2480, 3508)
BLACK, RED, BLUE = (20, 20, 22), (205, 40, 50), (40, 55, 160)
Colour = tuple[int, int, int]


class Sheet:
    """A page at 300 dpi on which words are printed; remembers them as recognised words."""

    def __init__(self, fonts: Fonts) -> None:
        self._font = str(fonts.regular)
        self.image = Image.new("RGB", SIZE, (252, 252, 250))
        self.draw = ImageDraw.Draw(self.image)
        self.words: list[OcrWord] = []

    def print(
        self,
        text: str,
        x: float,
        y: float,
        pixels: int = 54,
        sure: float = 0.95,
        colour: Colour = BLACK,
        gap: float = 14,
    ) -> float:
        """Print words from ``x`` on with their feet at ``y``; where the next one would begin."""
        font = ImageFont.truetype(self._font, pixels)
        for word in text.split():
            self.draw.text((x, y), word, fill=colour, font=font, anchor="ls")
            left, top, right, bottom = self.draw.textbbox((x, y), word, font=font, anchor="ls")
            self.words.append(OcrWord(word, left, top, right, bottom, sure))
            x += font.getlength(word) + gap
        return x

    def write(
        self, text: str, x: float, y: float, height: float = 46, colour: Colour = BLACK, width: int = 4
    ) -> float:
        """Write digits by hand: strokes of one width, no two alike; read as ``text`` without doubt."""
        chance = np.random.default_rng(len(self.words) + len(text))
        begin = x
        for digit in text:
            points = [
                (x + float(chance.uniform(0, 22)), y - height * float(chance.uniform(0, 1.25)))
                for _ in range(5)
            ]
            self.draw.line(
                [(x, y - height), *points, (x + 24, y + 6)], fill=colour, width=width, joint="curve"
            )
            x += 30
            assert digit.isdigit()
        self.words.append(OcrWord(text, begin, y - 1.2 * height, x - 4, y + 6, 0.93))
        return x + 10

    def body(self, rows: int = 14, top: int = 1200) -> None:
        for at in range(rows):
            self.print(
                "Các xã đã ban hành kế hoạch kiểm tra năm 2021 theo quy định của huyện", 300, top + 85 * at
            )

    def marks(self, *, colour: bool = True) -> Marks:
        small = self.image.resize((SIZE[0] // 3, SIZE[1] // 3)) if colour else None
        return find_marks(Prepared(self.image.convert("L"), colour=small), self.words, 1)

    def texts(self, places: frozenset[int]) -> list[str]:
        return [self.words[at].text for at in sorted(places)]


@pytest.fixture
def sheet(fonts: Fonts) -> Sheet:
    return Sheet(fonts)


def letter(
    sheet: Sheet, number: Callable[[float], float] | None = None, day: Callable[[float], float] | None = None
) -> None:
    sheet.print("ỦY BAN NHÂN DÂN HUYỆN LŨNG VÀNG", 250, 320)
    x = sheet.print("Số:", 400, 500)
    if number is None:
        sheet.print("415/BC-UBND", x, 500)
    else:
        sheet.print("/BC-UBND", number(x), 500)
    x = sheet.print("Lũng Vàng, ngày", 1350, 500)
    x = sheet.print("31", x, 500) if day is None else day(x)
    sheet.print("tháng 8 năm 2021", x, 500)
    sheet.body()


@pytest.mark.parametrize("colour", [True, False])
def test_printed_page_has_no_marks(sheet: Sheet, colour: bool) -> None:
    letter(sheet)
    assert sheet.marks(colour=colour) == Marks()


def test_printed_number_with_blanks_is_print(sheet: Sheet) -> None:
    letter(sheet, number=lambda x: sheet.print("1310", x, 500))
    assert sheet.marks().hand == frozenset()


@pytest.mark.parametrize(
    ("ink", "colour"),
    [(BLACK, True), (BLACK, False), (BLUE, True), (BLUE, False)],
    ids=["black", "grey", "blue", "grey blue"],
)
@pytest.mark.parametrize("height", [40, 58, 80])
def test_written_number_and_day_are_hand(sheet: Sheet, ink: Colour, colour: bool, height: float) -> None:
    letter(
        sheet,
        lambda x: sheet.write("4235", x + 20, 505, height, ink),
        lambda x: sheet.write("84", x + 12, 503, height, ink),
    )
    found = sheet.marks(colour=colour)
    assert sheet.texts(found.hand) == ["4235", "84"]
    assert found.outside == frozenset()
    boxes = [zone.box for zone in found.zones if zone.kind == "handwriting" and zone.box]
    assert len(boxes) == 2
    assert 0.18 < boxes[0][0] < 0.24 and 0.12 < boxes[0][1] < 0.145


def test_small_letter_at_the_front_does_not_hide_the_number(sheet: Sheet) -> None:
    letter(sheet, lambda x: sheet.write("4235", x + 20, 505))
    at = next(at for at, word in enumerate(sheet.words) if word.text == "Số:")
    sheet.words[at] = replace(sheet.words[at], text="số:")
    assert sheet.texts(sheet.marks().hand) == ["4235"]


def test_printed_digits_in_a_pens_blue_are_hand(sheet: Sheet) -> None:
    # set in type by a stamp or pasted in: not the row's own print
    letter(sheet, number=lambda x: sheet.print("415", x, 500, colour=BLUE))
    assert sheet.texts(sheet.marks().hand) == ["415"]


@pytest.mark.parametrize(("pixels", "foot"), [(66, 0), (44, 0), (54, 9), (54, -9)])
def test_digits_of_another_size_or_foot_are_not_the_rows_print(
    sheet: Sheet, pixels: int, foot: float
) -> None:
    letter(sheet, number=lambda x: sheet.print("415", x, 500 + foot, pixels))
    assert sheet.texts(sheet.marks().hand) == ["415"]


def test_ink_that_was_not_read_is_a_zone(sheet: Sheet) -> None:
    def unread(x: float) -> float:
        x = sheet.write("7", x + 20, 505)
        sheet.words.pop()
        return x

    letter(sheet, unread, unread)
    found = sheet.marks()
    assert [zone.kind for zone in found.zones] == ["handwriting", "handwriting"]
    assert found.hand == frozenset()


def test_digit_lost_beside_a_printed_one_is_doubted(sheet: Sheet) -> None:
    def half(x: float) -> float:
        sheet.print("4", x, 500)
        read = sheet.words[-1]
        x = sheet.write("2", read.right + 6, 500)
        sheet.words.pop()
        return x

    letter(sheet, number=half)
    assert sheet.texts(sheet.marks().hand) == ["4"]


def seal(sheet: Sheet, x: int, y: int, radius: int = 210, ink: Colour = RED) -> None:
    for inset in (0, 8, 60):
        sheet.draw.ellipse(
            (x - radius + inset, y - radius + inset, x + radius - inset, y + radius - inset),
            outline=ink,
            width=6,
        )
    for at in range(26):
        angle = 2 * np.pi * at / 26
        px, py = x + (radius - 32) * np.cos(angle), y + (radius - 32) * np.sin(angle)
        sheet.draw.rectangle((px - 9, py - 14, px + 9, py + 14), outline=ink, width=5)


@pytest.mark.parametrize(("ink", "colour"), [(RED, True), ((70, 70, 72), False), ((70, 70, 72), True)])
def test_seal_is_a_zone_and_print_under_it_stays(sheet: Sheet, ink: Colour, colour: bool) -> None:
    letter(sheet)
    sheet.print("CHỦ TỊCH", 1500, 2600)
    sheet.print("Lò Văn Pánh", 1480, 2950)
    seal(sheet, 1500, 2780, ink=ink)
    garbage = len(sheet.words)
    sheet.words += [
        OcrWord("(*ñ", 1330, 2700, 1400, 2760, 0.31),
        OcrWord("xịƑ", 1600, 2850, 1660, 2900, 0.22),
    ]
    found = sheet.marks(colour=colour)
    (zone,) = [zone for zone in found.zones if zone.kind == "seal"]
    assert zone.box == pytest.approx((1290 / 2480, 2570 / 3508, 1710 / 2480, 2990 / 3508), abs=0.008)
    assert found.outside == frozenset({garbage, garbage + 1})
    assert zone.text == "(*ñ xịƑ"
    assert found.hand == frozenset()


@pytest.mark.parametrize("middle", [2400, 2530])
def test_seal_over_the_edge_of_the_sheet_takes_what_its_ring_was_read_as(sheet: Sheet, middle: int) -> None:
    """Dấu giáp lai: each sheet of a report shows a part of the ring, print runs into it."""
    letter(sheet)
    sheet.print("10. Xã Khe Mận", 300, 2560)
    end = sheet.print("- Chưa ban hành kế hoạch kiểm tra năm 2021 theo đúng quy định của", 300, 2690)
    seal(sheet, middle, 2640)
    sheet.print("huyện", end, 2690)
    printed = len(sheet.words)
    sheet.words += [
        OcrWord("l1)", middle - 130, 2500, middle - 80, 2550, 0.0),
        OcrWord("/", middle - 190, 2560, middle - 170, 2600, 0.91),  # sure of itself, and no word
        OcrWord("E2", middle - 140, 2730, middle - 90, 2780, 0.74),
    ]
    found = sheet.marks()
    (zone,) = [zone for zone in found.zones if zone.kind == "seal"]
    assert zone.text == "l1) / E2" and zone.box is not None
    assert zone.box[2] == pytest.approx(1.0, abs=0.03) and zone.box[0] < middle / 2480
    assert found.outside == frozenset({printed, printed + 1, printed + 2})


def test_word_of_a_printed_row_under_the_star_stays(sheet: Sheet) -> None:
    letter(sheet)
    seal(sheet, 2100, 2600)
    sheet.draw.ellipse((2010, 2510, 2190, 2690), fill=RED)
    x = sheet.print("Các xã chưa công khai dự toán thu chi ngân sách năm nay như xã", 600, 2620)
    sheet.print("Trà,", 2040, 2620, colour=(140, 25, 30))  # black under red is dark red
    assert 2040 - x < 60
    sheet.words += [OcrWord("7", 2080, 2680, 2120, 2720, 0.75)]
    found = sheet.marks()
    assert sheet.texts(found.outside) == ["7"]


def test_red_print_and_red_tables_are_no_seal(sheet: Sheet) -> None:
    for at in range(14):
        sheet.print(
            "Các xã đã ban hành kế hoạch kiểm tra năm 2021 theo quy định", 300, 1200 + 85 * at, colour=RED
        )
    for at in range(8):
        sheet.draw.rectangle((300 + 250 * at, 2500, 550 + 250 * at, 2900), outline=RED, width=5)
    assert not [zone for zone in sheet.marks().zones if zone.kind == "seal"]


@pytest.mark.parametrize("ink", [RED, BLACK])
def test_framed_incoming_stamp_takes_its_words_along(sheet: Sheet, ink: Colour) -> None:
    letter(sheet)
    sheet.draw.rectangle((300, 620, 900, 900), outline=ink, width=6)
    first = len(sheet.words)
    sheet.print("UBND XÃ KHE MẬN", 330, 690, 44, colour=ink)
    sheet.print("ĐẾN Số: 1234", 330, 760, 44, colour=ink)
    sheet.print("Ngày: 05/9/2021", 480, 830, 44, colour=ink)
    found = sheet.marks()
    (zone,) = [zone for zone in found.zones if zone.kind == "incoming_stamp"]
    assert zone.text == "UBND XÃ KHE MẬN ĐẾN Số: 1234 Ngày: 05/9/2021"
    assert found.outside == frozenset(range(first, len(sheet.words)))


@pytest.mark.parametrize("ink", [RED, BLUE])
def test_stamp_put_over_print_leaves_the_print(sheet: Sheet, ink: Colour) -> None:
    letter(sheet)
    sheet.draw.rectangle((300, 620, 900, 900), outline=ink, width=8)
    sheet.print("CÔNG VĂN ĐẾN", 330, 690, 44, colour=ink)
    first = len(sheet.words)
    sheet.print("Kết quả kiểm tra công tác cải cách hành chính của huyện", 560, 800)
    sheet.draw.rectangle((560, 895, 700, 905), fill=BLACK)
    found = sheet.marks()
    (zone,) = [zone for zone in found.zones if zone.kind == "incoming_stamp"]
    assert zone.text == "CÔNG VĂN ĐẾN"
    assert not {at for at in found.outside if at >= first}


def test_office_in_the_recipients_is_no_number(sheet: Sheet) -> None:
    letter(sheet)
    sheet.print("Sở Nội vụ (b/c) 02;", 300, 2700, 40)
    assert sheet.marks() == Marks()


def test_frame_of_a_table_is_no_stamp(sheet: Sheet) -> None:
    letter(sheet)
    sheet.draw.rectangle((300, 620, 900, 900), outline=BLACK, width=4)
    sheet.print("Số hồ sơ đến trong ngày", 330, 760, 44)
    found = sheet.marks()
    assert (found.zones, found.outside) == ([], frozenset())


def test_signature_strokes_take_their_garbage_and_leave_title_and_name(sheet: Sheet) -> None:
    letter(sheet)
    sheet.print("CHỦ TỊCH", 1500, 2600)
    sheet.print("Lò Văn Pánh", 1480, 2950)
    points = [(1420 + 18 * at, 2760 + 90 * float(np.sin(at * 0.9)) + 3 * at) for at in range(26)]
    sheet.draw.line(points, fill=BLACK, width=5, joint="curve")
    sheet.words.append(OcrWord("Q2⁄⁄⁄", 1430, 2690, 1800, 2860, 0.2))
    found = sheet.marks(colour=False)
    assert sheet.texts(found.outside) == ["Q2⁄⁄⁄"]
    assert [(zone.kind, zone.text) for zone in found.zones] == [("handwriting", "Q2⁄⁄⁄")]


def test_note_in_a_pens_blue_leaves_the_text_though_it_was_read(sheet: Sheet) -> None:
    letter(sheet)
    first = len(sheet.words)
    sheet.print("Lưu hồ sơ", 800, 150, 60, colour=BLUE)
    sheet.print("gửi các xã", 810, 215, 60, colour=BLUE)
    found = sheet.marks()
    assert found.outside == frozenset(range(first, first + 6))
    assert [(zone.kind, zone.text) for zone in found.zones] == [("handwriting", "Lưu hồ sơ gửi các xã")]


def test_blue_words_within_a_printed_row_and_signature_blocks_in_blue_stay(sheet: Sheet) -> None:
    letter(sheet)
    x = sheet.print("Trang thông tin", 300, 2700)
    x = sheet.print("lungvang.example", x, 2700, colour=BLUE)
    sheet.print("chưa cập nhật", x, 2700)
    sheet.print("Ký bởi: UBND huyện Lũng Vàng", 1500, 2900, 40, colour=BLUE)
    found = sheet.marks()
    assert (found.zones, found.outside) == ([], frozenset())


def test_blue_digits_taken_out_of_the_grey_picture_are_still_noticed(sheet: Sheet) -> None:
    letter(sheet, lambda x: sheet.write("42", x + 20, 505, colour=BLUE), None)
    colour = sheet.image.resize((SIZE[0] // 3, SIZE[1] // 3))
    del sheet.words[next(at for at, word in enumerate(sheet.words) if word.text == "42")]
    red_free = np.asarray(sheet.image).max(axis=2)
    grey = Image.fromarray(np.where(red_free > 120, 252, red_free).astype(np.uint8))
    found = find_marks(Prepared(grey, colour=colour), sheet.words, 1)
    assert [zone.kind for zone in found.zones] == ["handwriting"]


def test_dust_on_a_blank_page_is_no_text(sheet: Sheet) -> None:
    sheet.words = [OcrWord("‹ị", 400, 900, 430, 930, 0.2), OcrWord("q", 1400, 2000, 1420, 2030, 0.3)]
    assert sheet.marks().outside == frozenset({0, 1})


def test_words_of_a_short_clean_page_stay(sheet: Sheet) -> None:
    sheet.print("PHỤ LỤC", 1100, 500)
    assert sheet.marks() == Marks()


def test_page_without_words_and_tiny_pictures_are_survived() -> None:
    for size in ((2480, 3508), (3, 3), (1, 40)):
        blank = Prepared(
            Image.new("L", size, 255),
            colour=Image.new("RGB", (max(size[0] // 3, 1), max(size[1] // 3, 1)), "white"),
        )
        assert find_marks(blank, [], 1) == Marks()


def test_marks_are_cheap(sheet: Sheet) -> None:
    import time

    letter(sheet)
    sheet.body(24, 1400)
    sheet.marks()
    prepared = Prepared(sheet.image.convert("L"), colour=sheet.image.resize((SIZE[0] // 3, SIZE[1] // 3)))
    spent: list[float] = []
    for _ in range(3):
        begin = time.process_time()
        find_marks(prepared, sheet.words, 1)
        spent.append(time.process_time() - begin)
    begin = time.process_time()
    reference: Any = np.asarray(sheet.image).astype(np.float32).mean(axis=2)
    reference.sort(axis=0)
    assert min(spent) < 1.5 * (time.process_time() - begin)
