"""The signer's name at a second look: a pen's stroke taken out, the same words twice, nothing that is no name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.reading.base import Layout, OcrWord
from extract.reading.scan.picture import Prepared, prepare
from extract.reading.scan.signed import look_again
from tests.extract.reading.conftest import Fonts

AXIS, NAME = 1700, "Lò Văn Pánh"
TITLE = [OcrWord("TRƯỞNG", 1560, 2000, 1700, 2075, 0.95), OcrWord("PHÒNG", 1714, 2000, 1840, 2075, 0.95)]
BLUE, BLACK = (28, 52, 150), (24, 24, 28)
GARBAGE = OcrWord("‡Í)w", 1650, 2330, 1720, 2380, 0.2)


class Eyes:
    """An engine that reads the name where nothing but print is dark, and garbage where a stroke is."""

    name = "eyes 1"

    def __init__(self, *, says: str = NAME) -> None:
        self.says = says
        self.looks = 0

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        raise AssertionError("the page is not read again")

    def quarter_turns(self, image: Image.Image) -> int:
        return 0

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        self.looks += 1
        rows, columns = np.nonzero(np.asarray(image) < 110)
        if rows.max() - rows.min() > 90:
            return [OcrWord("‡Í)w", float(columns.min()), 0, float(columns.max()), 90, 0.3)]
        left, right = float(columns.min()), float(columns.max())
        step = (right - left) / len(self.says)
        found = []
        for word in self.says.split():
            found.append(
                OcrWord(word, left, float(rows.min()), left + step * len(word), float(rows.max()), 0.93)
            )
            left += step * (len(word) + 1)
        return found


@pytest.fixture
def page(fonts: Fonts) -> Callable[[tuple[int, int, int] | None], Prepared]:
    """A page with title and name, and a pen's stroke of a colour through the name."""

    def make(pen: tuple[int, int, int] | None) -> Prepared:
        image = Image.new("RGB", (2480, 3508), "white")
        draw = ImageDraw.Draw(image)
        font = ImageFont.truetype(str(fonts.bold), 54)
        draw.text((AXIS, 2000), "TRƯỞNG PHÒNG", font=font, fill=BLACK, anchor="ma")
        draw.text((AXIS, 2350), NAME, font=font, fill=BLACK, anchor="ma")
        if pen is not None:
            draw.line([(1540, 2440), (1600, 2230), (1680, 2430), (1760, 2240), (1860, 2420)], pen, 6)
        (prepared,) = prepare(image, 300)
        return prepared

    return make


def first_look(name: str, sure: float = 0.95) -> list[OcrWord]:
    """The page's words with the name as it was read, centred under the title."""
    left, words = AXIS - 13.0 * len(name), list(TITLE)
    for word in name.split():
        words.append(OcrWord(word, left, 2352, left + 26 * len(word), 2405, sure))
        left += 26 * (len(word) + 1)
    return words


def test_name_under_blue_ink_is_read_without_it(
    page: Callable[[tuple[int, int, int] | None], Prepared],
) -> None:
    signed = look_again(page(BLUE), [*TITLE, GARBAGE], Eyes(), 300)
    assert [word.text for word in signed.words] == ["TRƯỞNG", "PHÒNG", "Lò", "Văn", "Pánh"]
    assert len(signed.twice) == 3
    name = signed.words[2:]
    assert abs((name[0].left + name[-1].right) / 2 - AXIS) < 12 and 2300 < name[0].top < 2400


def test_name_under_black_ink_stays_as_it_was(
    page: Callable[[tuple[int, int, int] | None], Prepared],
) -> None:
    words = [*TITLE, GARBAGE]
    signed = look_again(page(BLACK), words, Eyes(), 300)
    assert signed.words == words and not signed.twice


@pytest.mark.parametrize(("says", "twice"), [(NAME, 3), ("Lò Văn Pạnh", 0)])
def test_clear_name_is_kept_and_said_to_read_the_same_or_not(
    page: Callable[[tuple[int, int, int] | None], Prepared], says: str, twice: int
) -> None:
    words = first_look(NAME)
    signed = look_again(page(None), words, Eyes(says=says), 300)
    assert signed.words == words and len(signed.twice) == twice


@pytest.mark.parametrize("says", ["lưu hồ sơ", "CHỦ TỊCH", "Xkw Tzz", "Pánh"])
def test_what_is_no_name_is_not_taken_for_one(
    page: Callable[[tuple[int, int, int] | None], Prepared], says: str
) -> None:
    signed = look_again(page(None), TITLE, Eyes(says=says), 300)
    assert signed.words == TITLE


def test_page_without_a_title_is_not_looked_at(
    page: Callable[[tuple[int, int, int] | None], Prepared],
) -> None:
    eyes = Eyes()
    assert look_again(page(None), [OcrWord("Kính", 300, 300, 380, 340, 0.9)], eyes, 300).words
    assert not eyes.looks
