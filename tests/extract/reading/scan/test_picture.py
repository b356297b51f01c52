"""Pictures of pages are repaired where a measure says so, and every place on them finds its way back."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from corpora.scans import Form, make_scan, written_forms
from extract.reading.scan.picture import (
    MAX_PIXELS,
    Prepared,
    look_at,
    looks_upside_down,
    prepare,
    strip,
    turned_sideways,
)
from extract.reading.scan.picture.prepared import moved, scaling, shift, turning
from extract.reading.scan.picture.specks import smoothed


def written(name: str = "an-trach/") -> Form:
    """The first written paper whose name begins so: places in the list move with every new paper."""
    return next(form for form in written_forms() if form.name.startswith(name))


@cache
def scanned(damage: str, dpi: int = 150) -> Image.Image:
    pages = [0, 1] if damage == "two_pages" else [0]
    blocks = None if damage == "two_pages" else 8
    return make_scan(written(), damage, dpi, seed=1, pages=pages, blocks=blocks).pages[0]


def steps(image: Image.Image, dpi: int = 150) -> list[str]:
    """What was done to a picture but for its size, without figures."""
    found = dict.fromkeys(step for page in prepare(image, dpi) for step in page.steps)
    return [step.split(" degrees")[0].rstrip("0123456789. ") for step in found if " dpi" not in step]


@pytest.mark.parametrize(
    ("damage", "done"),
    [
        ("clean", []),
        ("jpeg", []),
        ("blur", []),
        ("gaussian_noise", ["noise smoothed"]),
        ("low_resolution", []),
        ("rotation", ["deskewed"]),
        ("hard", ["median filter", "noise smoothed", "deskewed"]),
        ("salt_and_pepper_1", ["median filter"]),
        ("salt_and_pepper_3", ["median filter"]),
        ("red_seal", ["red ink removed"]),
        ("black_border", ["borders removed"]),
        ("faint", []),
        ("show_through", ["show-through removed"]),
        ("black_seal", ["show-through removed"]),
        ("copy_of_copy", ["dirt removed"]),
        ("uneven_light", ["light evened"]),
    ],
)
def test_each_damage_gets_its_repair_and_no_other(damage: str, done: list[str]) -> None:
    assert steps(scanned(damage)) == done


def test_clean_page_at_300_dpi_stays_as_it_is() -> None:
    page = scanned("clean", 300)
    [prepared] = prepare(page, 300)
    assert prepared.steps == ()
    assert np.array_equal(np.asarray(prepared.image), np.asarray(page))
    assert prepared.colour is None


def test_two_pages_are_read_left_page_first() -> None:
    pages = prepare(scanned("two_pages"), 150)
    assert [step for page in pages for step in page.steps if "page" in step] == [
        "left page of two",
        "right page of two",
    ]
    left, right = (page.box(0, 0, *page.image.size) for page in pages)
    assert left[0] == 0 and left[2] == pytest.approx(right[0]) and right[2] == pytest.approx(1)
    assert 0.45 < left[2] < 0.55


@pytest.mark.parametrize(
    ("name", "blocks"), [("bach-son/01-", 22), ("dak-mo/04-", 15), ("dong-giao/02-", 17)]
)
def test_last_page_of_few_lines_beside_a_full_one_is_a_page(name: str, blocks: int) -> None:
    page = make_scan(written(name), "two_pages", 100, seed=3, blocks=blocks).pages[0]
    assert len(prepare(page, 100)) == 2


def test_table_of_the_left_page_does_not_join_it_to_the_right_one() -> None:
    spread = np.array(scanned("two_pages").convert("L"))
    height, width = spread.shape
    for down in np.linspace(0.3, 0.6, 8):
        at = round(down * height)
        spread[at : at + 3, round(0.07 * width) : round(0.468 * width)] = 0
    assert len(prepare(Image.fromarray(spread), 150)) == 2


def wide_page(rows: int, title: bool, rules: bool) -> Image.Image:
    """A landscape page with a table that has an empty strip in its middle."""
    page = Image.new("L", (1754, 1240), 255)
    draw = ImageDraw.Draw(page)
    if title:
        draw.text((720, 60), "DANH SACH CAC DON VI DUOC KIEM TRA", fill=0, font_size=24)
    for row in range(rows):
        y = 160 + 40 * row
        draw.text((150, y), f"{row + 1}   Xa Khe Mia thuoc huyen Lung Vang", fill=0, font_size=22)
        draw.text((1100, y), f"{90 + row},5 %   dung han   khong co ton dong", fill=0, font_size=22)
        if rules:
            draw.line((120, y - 8, 1640, y - 8), fill=0, width=2)
    return page


@pytest.mark.parametrize(("title", "rules"), [(True, False), (False, True), (False, False)])
def test_landscape_table_is_no_two_pages(title: bool, rules: bool) -> None:
    assert len(prepare(wide_page(22, title, rules), 150)) == 1


@pytest.mark.parametrize("damage", ["clean", "rotation", "salt_and_pepper_3", "photograph", "black_border"])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_page_that_lies_on_its_side_or_head_is_noticed(damage: str, turns: int) -> None:
    page = scanned(damage).convert("L").rotate(-90 * turns, expand=True)
    assert turned_sideways(look_at(page, 150)) == (turns in (1, 3))
    if turns in (0, 2):
        assert looks_upside_down(look_at(page, 150)) == (turns == 2)


def test_one_line_is_enough_to_tell_the_side() -> None:
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).text((300, 800), "Noi nhan: UBND cac xa, thi tran", fill=0, font_size=26)
    assert not turned_sideways(look_at(page, 150))
    assert turned_sideways(look_at(page.rotate(90, expand=True), 150))


def test_strip_holds_the_most_print() -> None:
    page = Image.new("L", (1240, 1754), 255)
    for row in range(8):
        ImageDraw.Draw(page).text((200, 1200 + 30 * row), "Noi nhan: UBND cac xa", fill=0, font_size=24)
    found = strip(page, 150)
    assert found.size == (1240, 180)
    assert np.asarray(found).min() == 0


def test_picture_is_never_enlarged_beyond_what_may_be_read() -> None:
    page = Image.new("L", (9000, 6000), 255)
    for dpi in (72, 100, None):
        [prepared] = prepare(page, dpi)
        assert prepared.image.width * prepared.image.height <= MAX_PIXELS


angles = st.floats(-12, 12).map(lambda angle: round(angle, 2))
sizes = st.tuples(st.integers(40, 300), st.integers(40, 300))


@settings(max_examples=60, deadline=None)
@given(size=sizes, angle=angles, cut=st.floats(0, 20), factor=st.floats(0.4, 3), at=st.data())
def test_point_goes_back_to_where_it_came_from(
    size: tuple[int, int], angle: float, cut: float, factor: float, at: st.DataObject
) -> None:
    there = scaling(factor, factor) @ shift(-cut, cut / 2) @ turning(angle, size)
    x, y = (at.draw(st.floats(0, side)) for side in size)
    seen = there @ np.array([x, y, 1.0])
    back = scaling(1 / size[0], 1 / size[1]) @ np.linalg.inv(there)
    page = Prepared(Image.new("L", (10, 10)), back=back)
    assert page.point(seen[0] / seen[2], seen[1] / seen[2]) == pytest.approx((x / size[0], y / size[1]))


@settings(max_examples=25, deadline=None)
@given(angle=angles, factor=st.floats(0.5, 2.0), x=st.integers(40, 240), y=st.integers(40, 340))
def test_picture_and_way_back_agree(angle: float, factor: float, x: int, y: int) -> None:
    """A dot is found again, by its box, where it was drawn."""
    size = (300, 400)
    page = np.full((size[1], size[0]), 255, np.uint8)
    page[y : y + 10, x : x + 10] = 0
    there = scaling(factor, factor) @ turning(angle, size)
    pixels = (round(size[0] * factor), round(size[1] * factor))
    image = moved(page, there, pixels)
    rows, columns = np.nonzero(image < 128)
    if rows.min() == 0 or columns.min() == 0 or rows.max() == pixels[1] - 1 or columns.max() == pixels[0] - 1:
        return  # turned over the edge
    back = scaling(1 / size[0], 1 / size[1]) @ np.linalg.inv(there)
    prepared = Prepared(Image.fromarray(image), back=back)
    box = prepared.box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    middle = ((box[0] + box[2]) / 2 * size[0], (box[1] + box[3]) / 2 * size[1])
    assert middle == pytest.approx((x + 5, y + 5), abs=1.0 / factor + 0.1)


@settings(max_examples=30, deadline=None)
@given(left=st.floats(0, 0.9), top=st.floats(0, 0.9), width=st.floats(0.01, 0.1), height=st.floats(0.01, 0.1))
@pytest.mark.parametrize("damage", ["clean", "black_border"])
def test_box_on_a_page_that_kept_its_geometry(
    damage: str, left: float, top: float, width: float, height: float
) -> None:
    [prepared] = _prepared(damage)
    across, down = prepared.image.size
    box = (left, top, left + width, top + height)
    assert prepared.box(left * across, top * down, box[2] * across, box[3] * down) == pytest.approx(box)


@cache
def _prepared(damage: str) -> tuple[Prepared, ...]:
    return tuple(prepare(scanned(damage), 150))


def red_notes() -> Image.Image:
    """A letter in black with a line of red print of its own."""
    page = scanned("clean").convert("RGB")
    ImageDraw.Draw(page).text((450, 1500), "HOA TOC - KHONG CHUYEN CHAM", fill=(205, 30, 45), font_size=34)
    return page


def test_red_text_of_its_own_stays_and_a_seal_goes() -> None:
    [noted] = prepare(red_notes(), 150)
    assert "red ink removed" not in noted.steps
    scale = noted.image.width / 1240
    line = np.asarray(noted.image)[round(1495 * scale) : round(1545 * scale)]
    assert (line < 140).mean() > 0.01
    sealed = scanned("red_seal")
    [cleared] = prepare(sealed, 150)
    assert cleared.colour is not None
    assert cleared.colour.size == tuple(side // 3 for side in cleared.image.size)
    small = np.asarray(cleared.colour, dtype=np.int16)
    red = small[..., 0] - small[..., 1:].max(axis=2) > 80
    grey = np.asarray(cleared.image.resize(cleared.colour.size, Image.Resampling.BOX))
    assert red.sum() > 500  # helpers that look for seals still see it
    assert float(np.median(grey[red])) > 230


def test_grey_print_is_no_show_through() -> None:
    page = scanned("clean").copy()
    for row in range(6):
        ImageDraw.Draw(page).text(
            (200, 1450 + 40 * row), "Van ban nay in bang muc xam", fill=110, font_size=30
        )
    [prepared] = prepare(page, 150)
    assert "show-through removed" not in prepared.steps


def test_print_beside_a_border_stays() -> None:
    page = scanned("clean").copy()
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 60, page.height), fill=20)
    draw.text((68, 1500), "sat le", fill=0, font_size=30)
    [prepared] = prepare(page, 150)
    assert "borders removed" in prepared.steps
    scale = prepared.image.width / page.width
    image = np.asarray(prepared.image)
    assert image[:, : round(55 * scale)].min() > 200
    assert (
        image[round(1500 * scale) : round(1535 * scale), round(66 * scale) : round(160 * scale)] < 100
    ).any()


def test_shade_of_a_lamp_is_no_border() -> None:
    page = np.asarray(scanned("clean"), dtype=np.float32)
    fade = np.clip(np.linspace(0.15, 2.0, page.shape[1]), 0, 1)
    [prepared] = prepare(Image.fromarray((page * fade).astype(np.uint8)), 150)
    assert "borders removed" not in prepared.steps
    assert "light evened" in prepared.steps


def test_smoothing_halves_grain_and_keeps_strokes_a_pixel_apart() -> None:
    grain = np.random.default_rng(1).normal(128, 25, (200, 200)).clip(0, 255).astype(np.uint8)
    assert smoothed(grain).std() < 0.55 * grain.std()
    rows = np.full((40, 40), 255, np.uint8)
    rows[::2] = 0  # a hook over a hat at 150 dpi: strokes of a pixel, a pixel of paper between them
    middle = smoothed(rows)[10:30, 20].astype(int)
    assert middle.max() - middle.min() > 0.25 * 255
