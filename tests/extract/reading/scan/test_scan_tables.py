"""Drawn tables on pictures: found whatever merges, slants or breaks, and never seen in a frame."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from extract.pages import Box, Word
from extract.reading.base import OcrWord
from extract.reading.pdf.tables import lines_with_tables
from extract.reading.scan.cell_words import page_words
from extract.reading.scan.tables import find_grids, find_ruling
from tests.extract.reading.conftest import Fonts

SIZE = (2480, 3508)
XS, YS = [300, 420, 900, 1500, 2200], [600, 700, 790, 880, 970, 1060]


def blank() -> Image.Image:
    return Image.new("L", SIZE, 245)


def table(
    image: Image.Image,
    xs: list[int] = XS,
    ys: list[int] = YS,
    *,
    width: int = 3,
    skip: tuple[str, ...] = (),
    fill: int = 20,
) -> Image.Image:
    """Draws the lines of a table; ``skip`` names sides of cells left out, "h2,1": above row 2, column 1."""
    pen = ImageDraw.Draw(image)
    for row, y in enumerate(ys):
        for column, (x0, x1) in enumerate(pairwise(xs)):
            if f"h{row},{column}" not in skip:
                pen.line((x0, y, x1, y), fill=fill, width=width)
    for column, x in enumerate(xs):
        for row, (y0, y1) in enumerate(pairwise(ys)):
            if f"v{row},{column}" not in skip:
                pen.line((x, y0, x, y1), fill=fill, width=width)
    return image


def write(image: Image.Image, fonts: Fonts, texts: dict[tuple[int, int], str], size: int = 54) -> Image.Image:
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(fonts.regular), size)
    for place, text in texts.items():
        pen.text(place, text, font=font, fill=15)
    return image


def shape(image: Image.Image) -> list[tuple[int, int]]:
    return [(len(grid.rows), len(grid.rows[0])) for grid in find_grids(image)]


def near(box: Box | None, pixels: tuple[int, int, int, int]) -> bool:
    assert box is not None
    found = (box[0] * SIZE[0], box[1] * SIZE[1], box[2] * SIZE[0], box[3] * SIZE[1])
    return all(abs(a - b) < 12 for a, b in zip(found, pixels, strict=True))


def test_cells_where_they_are_drawn() -> None:
    (grid,) = find_grids(table(blank()))
    assert (len(grid.rows), len(grid.rows[0])) == (5, 4)
    assert near(grid.box, (300, 600, 2200, 1060))
    assert near(grid.rows[1][2], (900, 700, 1500, 790))


@pytest.mark.parametrize("width", [2, 3, 6])
def test_thin_and_thick_lines(width: int) -> None:
    assert shape(table(blank(), width=width)) == [(5, 4)]


def test_merged_cells_stand_where_they_begin() -> None:
    # the first row's last two cells are one, rows 1 and 2 share their first two cells each
    merged = table(blank(), skip=("v0,3", "h2,0", "h2,1"))
    (grid,) = find_grids(merged)
    assert near(grid.rows[0][2], (900, 600, 2200, 700)) and grid.rows[0][3] is None
    assert near(grid.rows[1][0], (300, 700, 420, 880)) and grid.rows[2][0] is None
    assert near(grid.rows[1][1], (420, 700, 900, 880)) and grid.rows[2][1] is None


@pytest.mark.parametrize("angle", [-1.0, -0.4, 0.4, 1.0])
def test_a_page_a_little_askew(angle: float) -> None:
    image = table(blank()).rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)
    assert shape(image) == [(5, 4)]


def test_noise_and_broken_lines() -> None:
    chance = np.random.default_rng(7)
    pixels = np.array(table(blank()), dtype=np.float32)
    pixels[:, 600:612] = 245  # a scratch through all level lines
    pixels[735:747, :] = 245
    pixels += chance.normal(0, 12, pixels.shape)
    pixels[chance.random(pixels.shape) < 0.01] = 0
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    assert shape(image) == [(5, 4)]


def test_a_darker_corner_of_the_page() -> None:
    pixels = np.array(table(blank()), dtype=np.float32)
    light = np.linspace(1.0, 0.55, SIZE[0])[None, :]
    assert shape(Image.fromarray((pixels * light).astype(np.uint8))) == [(5, 4)]


def test_a_table_left_open_at_the_end_of_the_page() -> None:
    (grid,) = find_grids(table(blank(), skip=tuple(f"h5,{column}" for column in range(4))))
    assert len(grid.rows) == 5 and near(grid.rows[4][0], (300, 970, 420, 1060))


def test_two_tables_on_a_page() -> None:
    image = table(table(blank()), [300, 1000, 2200], [2000, 2100, 2200, 2300])
    assert shape(image) == [(5, 4), (3, 2)]


def frame(image: Image.Image, x0: int, y0: int, x1: int, y1: int) -> None:
    ImageDraw.Draw(image).rectangle((x0, y0, x1, y1), outline=20, width=4)


def test_frames_and_underlines_are_no_tables(fonts: Fonts) -> None:
    image = blank()
    frame(image, 60, 60, 2420, 3440)  # a border round the page
    frame(image, 300, 300, 900, 560)  # an incoming-mail stamp
    pen = ImageDraw.Draw(image)
    for y in (380, 470):
        pen.line((300, y, 900, y), fill=20, width=4)
    pen.line((520, 380, 520, 560), fill=20, width=4)
    frame(image, 1300, 2500, 2200, 2800)  # a digital signature
    pen.line((1500, 330, 2000, 330), fill=20, width=3)  # below the motto
    pen.line((500, 700, 700, 700), fill=20, width=3)
    write(image, fonts, {(320, 310): "CÔNG VĂN ĐẾN", (1320, 2550): "Ký bởi: Ủy ban nhân dân"})
    assert find_grids(image) == []


def test_a_page_of_text_is_left_as_it_is(fonts: Fonts) -> None:
    image = write(
        blank(), fonts, {(300, 300 + 90 * row): "Đoàn kiểm tra đã làm việc với các xã" for row in range(30)}
    )
    ruling = find_ruling(image)
    assert ruling.grids == [] and ruling.without_lines(image) is image


def test_lines_are_painted_over_and_letters_are_not(fonts: Fonts) -> None:
    image = write(table(blank()), fonts, {(440, 715): "Xã Nà Lầu", (950, 715): "8,59%"})
    bare = np.array(find_ruling(image).without_lines(image))
    alone = np.array(write(blank(), fonts, {(440, 715): "Xã Nà Lầu", (950, 715): "8,59%"}))
    assert (np.abs(bare.astype(int) - alone) > 30).sum() < 10


def test_it_is_quick(fonts: Fonts) -> None:
    page = write(
        blank(), fonts, {(300, 300 + 90 * row): "Đoàn kiểm tra đã làm việc với các xã" for row in range(30)}
    )
    find_grids(page)

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        for _ in range(3):
            work()
        return time.process_time() - start

    # in parts of what decoding the same page takes, so that a slow machine does not matter
    rotated = seconds(lambda: page.rotate(0.5, Image.Resampling.BICUBIC))
    assert seconds(lambda: find_grids(page)) < 2 * rotated


class Reader:
    """An engine that knows where it was told words stand: by the grey of a bar instead of letters."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, image: Image.Image) -> list[OcrWord]:
        self.calls += 1
        pixels = np.array(image)
        ys, xs = np.nonzero(pixels < 120)
        values = pixels[ys, xs]
        found = []
        for grey in np.unique(values):
            own = values == grey
            left, right, top, bottom = xs[own].min(), xs[own].max() + 1, ys[own].min(), ys[own].max() + 1
            found.append(OcrWord(str(grey), left, top, right, bottom, 0.9, (1, 1, int(grey))))
        return found


CUTS = st.lists(st.integers(1, 8), min_size=2, max_size=4)


@settings(max_examples=8, deadline=None)
@given(CUTS, CUTS, st.randoms(use_true_random=False))
def test_every_word_comes_out_once_at_its_place_whatever_the_grid(
    across: list[int], down: list[int], chance: object
) -> None:
    xs, ys = [300], [600]
    for step in across:
        xs.append(xs[-1] + 220 + 40 * step)
    for step in down:
        ys.append(ys[-1] + 80 + 20 * step)
    xs[-1] = max(xs[-1], 1500)
    skip = [
        side
        for row in range(1, len(ys) - 1)
        for column in range(len(xs) - 1)
        for side in (f"h{row},{column}", f"v{row},{column}")
        if column and chance.random() < 0.2  # type: ignore[attr-defined]
    ]
    image = table(blank(), xs, ys, skip=tuple(skip), fill=130)
    pen = ImageDraw.Draw(image)
    places: dict[str, tuple[int, int]] = {}
    grey = 1
    for y in ys[:-1]:
        for x in xs[:-1]:
            pen.rectangle((x + 30, y + 25, x + 130, y + 55), fill=grey)
            places[str(grey)] = (x + 30, y + 25)
            grey += 1
    pen.rectangle((400, 200, 700, 240), fill=119)
    places["119"] = (400, 200)
    reader = Reader()
    found = page_words(image, find_ruling(image), reader)
    assert reader.calls == 2
    assert sorted(word.text for word in found) == sorted(places)
    for word in found:
        x, y = places[word.text]
        assert abs(word.left - x) < 3 and abs(word.top - y) < 3
    words = [
        Word(w.text, box=(w.left / SIZE[0], w.top / SIZE[1], w.right / SIZE[0], w.bottom / SIZE[1]))
        for w in found
    ]
    lines, _ = lines_with_tables(find_grids(image), words, SIZE, 1, 0)
    assert sorted(word.text for line in lines for word in line.words) == sorted(places)


def test_a_page_without_tables_is_recognised_once_as_it_is() -> None:
    image = blank()
    ImageDraw.Draw(image).rectangle((400, 200, 700, 240), fill=7)
    reader = Reader()
    assert [word.text for word in page_words(image, find_ruling(image), reader)] == ["7"]
    assert reader.calls == 1
