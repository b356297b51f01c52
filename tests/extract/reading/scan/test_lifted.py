"""A stamp of lines over print is lifted off it and read in its own ink; what is no stamp comes back as words."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.reading.base import Layout, OcrWord
from extract.reading.scan.lifted import read_lifted
from extract.reading.scan.picture import prepare
from extract.stamps import inked
from tests.extract.reading.conftest import Fonts

RED, BLUE = (205, 40, 50), (40, 60, 200)
SIZE = (1654, 2339)


def page(fonts: Fonts, ink: tuple[int, int, int], lines: list[str], at: tuple[int, int]) -> Image.Image:
    """A page of print with lines of ink over one of its rows."""
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(fonts.regular), 40)
    for row in range(12):
        draw.text((240, 300 + 120 * row), "NỘI DUNG KIỂM TRA TẠI XÃ KHE MẬN NĂM NAY", fill="black", font=font)
    over = Image.new("RGB", SIZE, "white")
    for row, line in enumerate(lines):
        ImageDraw.Draw(over).text(
            (at[0], at[1] + 30 * row), line, fill=ink, font=ImageFont.truetype(str(fonts.regular), 24)
        )
    return Image.fromarray(np.minimum(np.asarray(image), np.asarray(over)))


class Engine:
    name = "made up"

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        self.seen: list[Image.Image] = []

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        raise AssertionError

    def quarter_turns(self, image: Image.Image) -> int:
        return 0

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        self.seen.append(image)
        return [
            OcrWord(word, 40 + 60 * at, 40 + 30 * row, 90 + 60 * at, 60 + 30 * row, 0.9, (1, 1, row))
            for row, line in enumerate(self.lines)
            for at, word in enumerate(line.split())
        ]


STAMP = ["SAO Y; Phòng Tư pháp huyện", "Thời gian: 03.09.2019 08:12:44 +07:00"]


@pytest.mark.parametrize("ink", [RED, BLUE])
def test_stamp_over_print_becomes_a_zone_with_its_words(fonts: Fonts, ink: tuple[int, int, int]) -> None:
    [prepared] = prepare(page(fonts, ink, STAMP, (700, 385)), 200)
    assert len(prepared.lifted) == 1
    engine = Engine(*STAMP)
    words, [zone] = read_lifted(prepared, engine, 300, 3)
    assert words == [] and (zone.kind, zone.page, zone.text) == ("copy_stamp", 3, "\n".join(STAMP))
    assert zone.box is not None and zone.box == pytest.approx((0.42, 0.165, 0.66, 0.19), abs=0.02)
    # what the engine saw is ink alone: the print under it is white there
    assert (np.asarray(engine.seen[0]) < 100).mean() < 0.25


def test_ink_is_gone_from_what_the_page_is_read_from(fonts: Fonts) -> None:
    bare, hurt = page(fonts, RED, [], (0, 0)), page(fonts, RED, STAMP, (700, 385))
    [clean], [lifted] = prepare(bare, 200), prepare(hurt, 200)
    differ = np.abs(np.asarray(clean.image, dtype=int) - np.asarray(lifted.image, dtype=int)) > 90
    inked = np.abs(
        np.asarray(prepare(hurt.convert("L"), 200)[0].image, dtype=int) - np.asarray(clean.image, dtype=int)
    )
    assert differ.sum() < 0.1 * (inked > 90).sum()


def test_words_of_no_known_stamp_are_given_back_at_their_place(fonts: Fonts) -> None:
    [prepared] = prepare(
        page(fonts, RED, ["Đã kiểm tra lại số liệu của xã", "trong ngày mùng chín"], (700, 385)), 200
    )
    words, zones = read_lifted(prepared, Engine("Đã kiểm", "trong ngày"), 300, 1)
    assert zones == [] and [word.text for word in words] == ["Đã", "kiểm", "trong", "ngày"]
    left, top = words[0].left / prepared.image.width, words[0].top / prepared.image.height
    assert (left, top) == pytest.approx((0.42, 0.167), abs=0.02)


def test_stamp_beside_print_and_one_word_over_it_are_left_in_the_page(fonts: Fonts) -> None:
    [beside] = prepare(page(fonts, RED, STAMP, (700, 1900)), 200)
    [filled] = prepare(page(fonts, BLUE, ["145"], (700, 415)), 200)
    assert beside.lifted == () and filled.lifted == ()


def test_lines_in_a_frame_are_left_to_whoever_knows_frames(fonts: Fonts) -> None:
    image = page(fonts, RED, STAMP, (700, 385))
    ImageDraw.Draw(image).rectangle((680, 370, 1120, 450), outline=RED, width=4)
    [prepared] = prepare(image, 200)
    assert prepared.lifted == ()


def test_time_of_day_tells_a_stamp_whose_first_word_is_misread() -> None:
    assert inked("SAO VY; Phòng Tư pháp\nThời gian: 03.09.2019 08:12:44 +07:00") == "copy_stamp"
    assert inked("Ky boi Phòng Tư pháp\n03.09.2019 08:12:44") == "digital_signature"
    assert inked("Đã kiểm tra ngày 03.09.2019") is None
