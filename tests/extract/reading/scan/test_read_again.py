"""Stretches beside another column, and unsure ones, are read once more; the surer reading stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.reading.base import Layout, OcrWord
from extract.reading.engine.tesseract_inside import TesseractInside, find_inside
from extract.reading.scan.lost_lines import usual_height
from extract.reading.scan.read_again import read_again
from tests.extract.reading.conftest import Fonts

USUAL = 40.0
PAGE = Image.new("L", (2000, 2800), 255)


def row(text: str, left: float, top: float, sure: float, line: int = 1) -> list[OcrWord]:
    words = []
    for part in text.split():
        right = left + 20 * len(part)
        words.append(OcrWord(part, left, top, right, top + USUAL, sure, (1, 1, line)))
        left = right + 15
    return words


class Engine:
    """Reads every stretch as the same words."""

    name = "made up"

    def __init__(self, text: str, sure: float) -> None:
        self.text, self.sure = text, sure
        self.asked: list[tuple[tuple[int, int], Layout]] = []

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        raise AssertionError

    def quarter_turns(self, image: Image.Image) -> int:
        return 0

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        self.asked.append((image.size, layout))
        return row(self.text, 52, 46, self.sure)


def texts(words: list[OcrWord]) -> str:
    return " ".join(word.text for word in words)


SURE_BODY = row("Đoàn kiểm tra đã làm việc với các xã và nghe báo cáo", 300, 600, 0.96, line=9)


def test_surer_reading_of_a_column_stands_at_its_place() -> None:
    left, right = row("ĐIEMADB BAO DÁN", 300, 300, 0.2), row("Tân Biên, ngày 09 tháng 11", 1000, 310, 0.97)
    engine = Engine("ĐOÀN KIỂM TRA", 0.93)
    found = read_again(PAGE, [*left, *right, *SURE_BODY], engine, 300, USUAL)
    assert texts(found) == "ĐOÀN KIỂM TRA Tân Biên, ngày 09 tháng 11 " + texts(SURE_BODY)
    assert len(engine.asked) == 1
    assert abs(found[0].left - left[0].left) < 2
    assert abs(found[0].top - left[0].top) < 2
    assert {word.line for word in found[:3]} == {left[0].line}


@pytest.mark.parametrize(("text", "sure"), [("ĐOÀN KIỂM TRA", 0.4), ("ĐOÀN", 0.99)])
def test_reading_that_is_not_surer_or_lost_letters_is_not_taken(text: str, sure: float) -> None:
    left, right = row("ĐOÀN KIẾM TRA", 300, 300, 0.7), row("Tân Biên", 1000, 310, 0.97)
    words = [*left, *right, *SURE_BODY]
    assert read_again(PAGE, words, Engine(text, sure), 300, USUAL) == words


def test_upper_halves_of_the_next_line_are_not_read_as_words_of_their_own() -> None:
    # a mark of the first line reaches so far down that the part that is cut out takes in the second line's top
    left, right = row("ĐOÀN KIỂM TRA", 300, 300, 0.7), row("Tân Biên", 1000, 310, 0.97)
    left[0] = replace(left[0], bottom=left[0].bottom + 25)
    below = row("QUYẾT ĐỊNH SỐ", 300, 352, 0.97, line=2)

    class Halves(Engine):
        def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
            whole = super().strip(image, dpi, layout)
            halves = [
                replace(word, top=word.top + 50, bottom=word.top + 70) for word in row("TTVẾT", 52, 46, 0.8)
            ]
            return [*whole, *halves]

    found = read_again(PAGE, [*left, *right, *below, *SURE_BODY], Halves("ĐOÀN KIỂM TRA", 0.97), 300, USUAL)
    assert texts(found) == texts([*left, *right, *below, *SURE_BODY])
    assert [word.confidence for word in found[:3]] == [0.97] * 3


def test_sure_lines_are_not_read_again() -> None:
    engine = Engine("", 0.0)
    head = [*row("ỦY BAN NHÂN DÂN", 300, 300, 0.97), *row("CỘNG HÒA XÃ HỘI", 1000, 300, 0.97)]
    assert read_again(PAGE, [*head, *SURE_BODY], engine, 300, USUAL) == [*head, *SURE_BODY]
    assert engine.asked == []


@pytest.mark.parametrize(("lower", "asked"), [(0, 0), (USUAL // 2, 1)])
def test_fairly_sure_column_is_read_again_only_off_the_other_base_line(lower: int, asked: int) -> None:
    left, right = row("PHO CHU TỊCH", 300, 300 + lower, 0.92), row("Nơi nhận của văn bản", 1000, 300, 0.97)
    engine = Engine("PHÓ CHỦ TỊCH", 0.98)
    found = read_again(PAGE, [*left, *right, *SURE_BODY], engine, 300, USUAL)
    assert len(engine.asked) == asked
    assert texts(found[:3]) == ("PHÓ CHỦ TỊCH" if asked else "PHO CHU TỊCH")


def test_page_that_cannot_be_read_at_all_is_not_read_again() -> None:
    engine = Engine("chữ", 0.9)
    words = [word for line in range(40) for word in row("bi kl 0 mm", 300, 50 + 60 * line, 0.3, line)]
    assert read_again(PAGE, words, engine, 300, USUAL) == words
    assert engine.asked == []


def test_second_looks_are_bounded() -> None:
    engine = Engine("chữ", 0.9)
    words = [
        word
        for line in range(60)
        for word in (*row("hai ba", 300, 40 * line, 0.8, line), *row("bốn năm", 1000, 40 * line, 0.8, line))
    ]
    read_again(PAGE, words, engine, 300, USUAL)
    assert len(engine.asked) == 16


def test_figure_that_reads_differently_is_doubted() -> None:
    words = [*row("Số: 16/BC", 300, 300, 0.5), *row("Tân Biên", 1000, 310, 0.97), *SURE_BODY]
    number = read_again(PAGE, words, Engine("Số: 15/BC", 0.95), 300, USUAL)[1]
    assert (number.text, number.confidence) == ("15/BC", 0.75)
    number = read_again(PAGE, words, Engine("Số: 16/BC", 0.95), 300, USUAL)[1]
    assert number.confidence == 0.95


def test_two_columns_on_different_base_lines_are_read(fonts: Fonts) -> None:
    engine = find_inside()
    if not isinstance(engine, TesseractInside):
        pytest.skip("tesserocr or the Vietnamese data are missing")
    image = Image.new("L", (2000, 900), 255)
    draw = ImageDraw.Draw(image)
    bold, italic = (ImageFont.truetype(str(path), 44) for path in (fonts.bold, fonts.italic))
    for shift in (8, 12, 16, 20, 24):
        draw.rectangle((0, 0, 2000, 900), fill=255)
        draw.text((360, 300), "ĐOÀN KIỂM TRA NỘI VỤ", font=bold, fill=0)
        draw.text((1050, 300 + shift), "Nậm Vạt, ngày 09 tháng 11 năm 2022", font=italic, fill=0)
        words = engine.words(image, 300)
        found = read_again(image, words, engine, 300, usual_height(words))
        left = texts([word for word in found if word.right < 1040 and word.text.isalpha()])
        assert left == "ĐOÀN KIỂM TRA NỘI VỤ", shift
