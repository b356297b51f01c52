"""Lines that gave no words are noticed by their ink, read again, and named when they stay lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from extract.pages import Line
from extract.reading.base import Layout, OcrWord
from extract.reading.engine.tesseract_inside import TesseractInside, find_inside
from extract.reading.read import read
from extract.reading.scan.lost_lines import lost_strips, read_lost_lines, usual_height
from extract.reading.scan.ocr import Recognised, lost_lines, recognise
from tests.extract.reading.conftest import Fonts

LINES = [
    "Đoàn kiểm tra đã làm việc với các xã và thị trấn về công tác",
    "cải cách hành chính, nghe báo cáo và xem hồ sơ lưu trữ tại bộ",
    "phận tiếp nhận và trả kết quả của từng đơn vị được kiểm tra,",
    "trao đổi với cán bộ, công chức và người dân đến giao dịch.",
    "Qua kiểm tra, các xã đã ban hành kế hoạch từ đầu năm, phân",
    "công rõ người, rõ việc và thời hạn hoàn thành.",
]
PITCH = 70
LEFT, TOP = 300, 200


class Drawn:
    """A page with the lines, and the words as an engine gives them."""

    def __init__(self, fonts: Fonts, lines: list[str]) -> None:
        self.image = Image.new("L", (2000, 1400), 255)
        self.words: list[OcrWord] = []
        font = ImageFont.truetype(str(fonts.regular), 54)
        draw = ImageDraw.Draw(self.image)
        for row, line in enumerate(lines):
            x = float(LEFT)
            for text in line.split():
                top = TOP + row * PITCH
                draw.text((x, top), text, font=font, fill=0)
                box = draw.textbbox((x, top), text, font=font)
                self.words.append(OcrWord(text, *box, 0.95, (1, 1, row)))
                x = box[2] + 14

    def row(self, row: int) -> list[OcrWord]:
        return [word for word in self.words if word.line[2] == row]

    def without(self, *rows: int) -> list[OcrWord]:
        return [word for word in self.words if word.line[2] not in rows]


@pytest.fixture
def drawn(fonts: Fonts) -> Drawn:
    return Drawn(fonts, LINES)


class Blind:
    """An engine whose second look gives what it is told to."""

    name = "blind 1"

    def __init__(self, answer: Callable[[Image.Image], list[OcrWord]] = lambda image: []) -> None:
        self.answer = answer
        self.looks: list[tuple[tuple[int, int], Layout]] = []

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        raise AssertionError("the page itself is not read again")

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        self.looks.append((image.size, layout))
        return self.answer(image)

    def quarter_turns(self, image: Image.Image) -> int:
        return 0


@pytest.fixture
def inside() -> TesseractInside:
    found = find_inside()
    if found is None:
        pytest.skip("tesserocr or the Vietnamese data are not installed")
    return found


def test_whole_page_has_no_lost_lines(drawn: Drawn) -> None:
    engine = Blind()
    assert read_lost_lines(drawn.image, drawn.words, engine, 300) == (drawn.words, 0)
    assert engine.looks == []


@pytest.mark.parametrize("gone", [(0,), (2,), (5,), (1, 4), (2, 3)], ids=str)
def test_dropped_lines_come_back(drawn: Drawn, inside: TesseractInside, gone: tuple[int, ...]) -> None:
    kept = drawn.without(*gone)
    words, lost = read_lost_lines(drawn.image, kept, inside, 300)
    new = sorted(words[len(kept) :], key=lambda word: (word.line, word.left))
    truth = [word for row in gone for word in drawn.row(row)]
    assert lost == 0 and words[: len(kept)] == kept
    assert sorted(word.text for word in new) == sorted(word.text for word in truth)
    for word in new:
        (twin,) = (other for other in truth if other.text == word.text and abs(other.left - word.left) < 20)
        assert all(
            abs(a - b) < 12
            for a, b in zip(
                (word.left, word.top, word.right, word.bottom),
                (twin.left, twin.top, twin.right, twin.bottom),
                strict=True,
            )
        )
    assert not {word.line[0] for word in new} & {1}


def test_lines_that_stay_unread_are_counted(drawn: Drawn) -> None:
    kept = drawn.without(1, 4)
    assert read_lost_lines(drawn.image, kept, Blind(), 300) == (kept, 2)


def test_engine_that_cannot_look_at_a_part_changes_nothing(drawn: Drawn) -> None:
    class Plain:
        name = "plain 1"

        def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
            raise AssertionError

        def quarter_turns(self, image: Image.Image) -> int:
            return 0

    assert read_lost_lines(drawn.image, drawn.without(1), Plain(), 300) == (drawn.without(1), 0)


def test_garbage_is_not_taken_for_the_line(drawn: Drawn) -> None:
    def garbage(image: Image.Image) -> list[OcrWord]:
        return [
            OcrWord(text, 50 + 90 * at, 50, 130 + 90 * at, 100, sure)
            for at, (text, sure) in enumerate([("ẩwjx", 0.6), ("f7Zk", 0.5), ("Ñq", 0.6), ("x", 0.9)])
        ]

    kept = drawn.without(2)
    assert read_lost_lines(drawn.image, kept, Blind(garbage), 300) == (kept, 1)


def test_figures_of_a_second_look_are_never_sure(drawn: Drawn) -> None:
    def figures(image: Image.Image) -> list[OcrWord]:
        return [OcrWord("97,6%", 60, 50, image.width - 60, 100, 0.97)]

    kept = drawn.without(2)
    words, lost = read_lost_lines(drawn.image, kept, Blind(figures), 300)
    assert [(word.text, word.confidence) for word in words[len(kept) :]] == [("97,6%", 0.75)]
    assert lost == 0


def scribbled(draw: ImageDraw.ImageDraw) -> None:
    chance = np.random.default_rng(3)
    points = [(900 + 40 * at, 900 + float(chance.uniform(-70, 70))) for at in range(14)]
    draw.line(points, fill=60, width=5, joint="curve")


def ruled(draw: ImageDraw.ImageDraw) -> None:
    for at in range(6):
        draw.line((300, 700 + 90 * at, 1700, 700 + 90 * at), fill=0, width=4)
        draw.line((300 + 280 * at, 700, 300 + 280 * at, 1150), fill=0, width=4)


def sealed(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((800, 750, 1250, 1200), outline=70, width=12)
    draw.ellipse((850, 800, 1200, 1150), outline=70, width=6)
    draw.polygon([(1025, 880), (1080, 1050), (930, 940), (1120, 940), (970, 1050)], fill=70)


def shaded(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((300, 700, 1700, 780), fill=150)
    draw.rectangle((0, 0, 30, 1400), fill=0)
    draw.rectangle((1950, 0, 2000, 1400), fill=0)


def dusty(draw: ImageDraw.ImageDraw) -> None:
    chance = np.random.default_rng(5)
    for x, y in chance.uniform((100, 650), (1900, 1350), (300, 2)):
        draw.ellipse((x, y, x + 3, y + 3), fill=40)


def dotted(draw: ImageDraw.ImageDraw) -> None:
    for at in range(60):
        draw.ellipse((400 + 16 * at, 800, 404 + 16 * at, 804), fill=0)


@pytest.mark.parametrize("spoil", [scribbled, ruled, sealed, shaded, dusty, dotted])
def test_what_is_no_print_raises_no_alarm(drawn: Drawn, spoil: Callable[..., None]) -> None:
    spoil(ImageDraw.Draw(drawn.image))
    image = drawn.image.filter(ImageFilter.GaussianBlur(1))
    assert read_lost_lines(image, drawn.words, Blind(), 300) == (drawn.words, 0)


def test_letters_beside_a_narrow_box_are_no_lost_line(drawn: Drawn) -> None:
    first = drawn.words[0]
    narrow = [replace(first, left=first.left + 30), *drawn.words[1:]]
    assert lost_strips(drawn.image, narrow, usual_height(narrow)) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_odd_pictures(size: tuple[int, int]) -> None:
    assert read_lost_lines(Image.new("L", size, 128), [], Blind(), 300) == ([], 0)


def test_found_line_stands_in_its_place(drawn: Drawn, inside: TesseractInside) -> None:
    class Forgetful(Blind):
        def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
            return drawn.without(3)

        def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
            return inside.strip(image, dpi, layout)

    found = recognise(drawn.image, 300, Forgetful(), 1)
    assert [line.text for line in found.lines] == LINES
    assert found.lost == 0


def test_page_with_a_lost_line_says_so(drawn: Drawn, tmp_path: Path) -> None:
    class Dropping(Blind):
        def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
            return drawn.without(1, 3)

    drawn.image.save(tmp_path / "a.png", dpi=(300, 300))
    source = read(tmp_path / "a.png", engine=Dropping())
    assert [(caution.code, caution.message) for caution in source.warnings] == [
        ("lines_lost", "Trang 1 có khoảng 2 dòng chữ in không đọc được. Cần đối chiếu bản gốc.")
    ]


def test_caution_counts() -> None:
    lines = [Line([])]
    assert lost_lines(4, Recognised(lines, 0.9)) == []
    (caution,) = lost_lines(4, Recognised(lines, 0.9, lost=1))
    assert caution.message == "Trang 4 có một dòng chữ in không đọc được. Cần đối chiếu bản gốc."
