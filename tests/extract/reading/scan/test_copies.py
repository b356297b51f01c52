"""Copies of copies lose their streaks and dirt, folded sheets their creases, and nothing that was printed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extract.reading.scan.picture.dirt import DIRTY, lone_specks, without_dirt
from extract.reading.scan.picture.light import GHOSTS, levels
from extract.reading.scan.picture.resolution import reduced
from extract.reading.scan.picture.streaks import creases, streaks, without_creases, without_streaks
from tests.extract.reading.conftest import Fonts

DPI = 200
SIZE = (1654, 2339)
MM = DPI / 25.4
LINE = 'Đoàn đã nêu: "việc đón tiếp còn chậm". Xã ........... tiếp thu.'
Pixels = NDArray[np.uint8]


def page(fonts: Fonts, lines: int = 20) -> Image.Image:
    image = Image.new("L", SIZE, 250)
    font = ImageFont.truetype(str(fonts.regular), round(14 / 72 * DPI))
    for row in range(lines):
        ImageDraw.Draw(image).text((240, 300 + 90 * row), LINE, fill=12, font=font)
    return image


def pixels(image: Image.Image) -> Pixels:
    return np.array(image)


def small(grey: Pixels) -> Pixels:
    return np.asarray(reduced(grey, DPI)[0], dtype=np.uint8)


@pytest.mark.parametrize("lean", [0, 4, -4])
@pytest.mark.parametrize("width", [1, 2])
def test_streak_is_taken_out_and_the_letters_it_crosses_stay(fonts: Fonts, width: int, lean: int) -> None:
    clean = page(fonts)
    hurt = clean.copy()
    ImageDraw.Draw(hurt).line((700, 0, 700 + lean, SIZE[1]), fill=90, width=width)
    found = streaks(small(pixels(hurt)))
    assert len(found) == 1
    mended = without_streaks(pixels(hurt), found, DPI)
    printed, inked = pixels(clean) < 128, mended < 128
    near = cv2.dilate(printed.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert not (inked & ~near).any()
    crossed = printed[:, 696:709]
    assert crossed.sum() > 100 and (crossed & ~inked[:, 696:709]).sum() < 0.1 * crossed.sum()


def test_streak_that_a_copier_ends_at_its_margin_is_one(fonts: Fonts) -> None:
    hurt = page(fonts)
    ImageDraw.Draw(hurt).line((700, 4 * MM, 702, SIZE[1] - 4 * MM), fill=12, width=1)
    assert len(streaks(small(pixels(hurt)))) == 1


def test_frame_of_a_page_and_long_table_are_no_streaks(fonts: Fonts) -> None:
    image = page(fonts)
    draw = ImageDraw.Draw(image)
    draw.rectangle((10 * MM, 10 * MM, SIZE[0] - 10 * MM, SIZE[1] - 10 * MM), outline=12, width=2)
    for across in (60, 110, 150):
        draw.line((across * MM, 20 * MM, across * MM, SIZE[1] - 15 * MM), fill=12, width=1)
    assert streaks(small(pixels(image))) == []


def creased(image: Image.Image, at: int, lean: float) -> Pixels:
    """Folded across at row ``at`` on the left: paper and print darker along a line, a shade below it."""
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    away = down - (at + lean * across)
    light = 1 - 0.5 * np.exp(-((away / (0.22 * MM)) ** 2)) - 0.15 * (away > 0) * np.exp(-away / (9 * MM))
    return np.asarray(pixels(image) * light, dtype=np.uint8)


@pytest.mark.parametrize("lean", [0, 0.01, -0.01])
@pytest.mark.parametrize("below", range(-4, 24, 4))
def test_crease_on_the_feet_of_letters_goes_and_the_feet_stay(fonts: Fonts, below: int, lean: float) -> None:
    clean = page(fonts)
    foot = 300 + 90 * 8 + round(14 / 72 * DPI)
    hurt = creased(clean, foot + below - 12, lean)
    found = creases(small(hurt))
    assert len(found) == 1
    mended = without_creases(hurt, found, DPI)
    printed, inked = pixels(clean) < 128, mended < 128
    line = printed[foot - 60 : foot + 20].sum()
    assert line > 5000 and (printed & ~inked).sum() < 0.003 * line
    near = cv2.dilate(printed.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert not (inked & ~near).any()


def test_crease_leaves_the_rest_of_the_page_to_the_pixel(fonts: Fonts) -> None:
    hurt = creased(page(fonts), 1000, 0)
    mended = without_creases(hurt, creases(small(hurt)), DPI)
    assert (mended[:985] == hurt[:985]).all() and (mended[1015:] == hurt[1015:]).all()


def test_rules_and_tables_across_a_page_are_no_creases(fonts: Fonts) -> None:
    image = page(fonts)
    draw = ImageDraw.Draw(image)
    for down in (60, 110, 150, 260):
        draw.line((12 * MM, down * MM, SIZE[0] - 12 * MM, down * MM), fill=12, width=2)
    assert creases(small(pixels(image))) == []


def dirty(image: Image.Image, count: int = 3 * DIRTY, radius: float = 0.15) -> Image.Image:
    """Specks below and beside the text, none in it."""
    result = image.copy()
    draw = ImageDraw.Draw(result)
    chance = np.random.default_rng(5)
    bottom = 320 if image.getextrema()[0] > 100 else 2100
    for number in range(count):
        x, y = 20 + 53 * (number % 30), bottom + 40 * (number // 30) + int(chance.integers(0, 9))
        r = radius * MM
        draw.ellipse((x - r, y - r, x + r, y + r), fill=20)
    return result


def test_dirt_goes_and_print_stays(fonts: Fonts) -> None:
    clean = page(fonts)
    hurt = dirty(clean)
    alone = lone_specks(small(pixels(hurt)), contrast=238)
    assert alone is not None
    mended = without_dirt(pixels(hurt), alone)
    text = slice(0, 2080)  # stops behind quotation marks and dots to write on are in it
    assert np.array_equal(mended[text] < 128, pixels(clean)[text] < 128)
    left = (mended[2090:] < 128).sum() / (pixels(hurt)[2090:] < 128).sum()
    assert left < 0.1


def test_few_specks_are_left_alone(fonts: Fonts) -> None:
    assert lone_specks(small(pixels(dirty(page(fonts), DIRTY // 3))), contrast=238) is None


def test_pieces_of_faint_print_are_no_dirt(fonts: Fonts) -> None:
    faint = 250 - (250 - pixels(page(fonts)).astype(int)) // 5
    assert lone_specks(small(faint.astype(np.uint8)), contrast=48) is None


def test_dust_between_words_goes_where_it_is_smaller_than_the_dots(fonts: Fonts) -> None:
    clean = page(fonts)
    hurt = dirty(clean)
    draw = ImageDraw.Draw(hurt)
    for row in range(20):
        draw.ellipse((232, 325 + 90 * row, 234, 326 + 90 * row), fill=20)  # left of the first letter
    alone = lone_specks(small(pixels(hurt)), contrast=238)
    assert alone is not None
    mended = without_dirt(pixels(hurt), alone)
    assert np.array_equal(mended[:2080] < 128, pixels(clean)[:2080] < 128)


def test_thin_rules_are_no_show_through(fonts: Fonts) -> None:
    image = page(fonts)
    draw = ImageDraw.Draw(image)
    for down in range(12):
        draw.line((150, 2120 + 15 * down, 1500, 2120 + 15 * down), fill=60, width=1)
    grey = pixels(image)
    assert levels(small(grey), grey).ghosts < GHOSTS


def test_pale_letters_of_the_back_are_show_through(fonts: Fonts) -> None:
    back = 250 - (250 - pixels(page(fonts)).astype(int)) // 4
    grey = np.minimum(pixels(page(fonts, 6)), np.roll(back, 45, axis=0)).astype(np.uint8)
    found = levels(small(grey), grey)
    assert found.ghosts > GHOSTS and found.ghost > 150
