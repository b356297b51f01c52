"""Images: frames, turns, light, resolution, and what is said when reading fails."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from extract.errors import EmptyFile, MissingProgram, TooLarge
from extract.reading.base import OcrWord
from extract.reading.engine.tesseract import Tesseract, find_tesseract
from extract.reading.read import read
from extract.reading.scan.ocr import turn_box
from extract.reading.scan.picture import guess_dpi, plausible_dpi, prepare
from extract.reading.scan.reader import read_image
from tests.extract.reading.conftest import (
    LEFT_END,
    LEFT_HEAD,
    RIGHT_END,
    RIGHT_HEAD,
    TITLE,
    PdfMaker,
    alike_in_order,
    texts,
)

HEAD = [*LEFT_HEAD, *RIGHT_HEAD, *TITLE]
SENTENCE = "Đoàn kiểm tra đã làm việc với các xã và thị trấn về công tác cải cách hành chính năm nay"


class FakeEngine:
    name = "fake 1"

    def __init__(self, confidence: float = 0.95, turns: int = 0) -> None:
        self.confidence = confidence
        self.turns = turns
        self.sizes: list[tuple[int, int]] = []

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        assert image.mode == "L" and dpi == 300
        self.sizes.append(image.size)
        sure = self.confidence if len(self.sizes) == 1 or not self.turns else 0.9
        return [
            OcrWord(w, 60.0 * at, 100.0, 60.0 * at + 50, 130.0, sure) for at, w in enumerate(SENTENCE.split())
        ]

    def quarter_turns(self, image: Image.Image) -> int:
        return self.turns


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.fixture
def page(letter_pdf: PdfMaker) -> Image.Image:
    with pypdfium2.PdfDocument(letter_pdf()) as pdf:
        image: Image.Image = pdf[0].render(scale=200 / 72).to_pil().convert("RGB")
        return image


def photographed(image: Image.Image) -> Image.Image:
    values = np.asarray(image.convert("L"), dtype=float)
    height, width = values.shape
    y, x = np.mgrid[0:height, 0:width]
    light = 0.3 + 0.65 * np.exp(-(((x - 0.7 * width) / width) ** 2 + ((y - 0.3 * height) / height) ** 2) * 2)
    return Image.fromarray((values * light).astype(np.uint8))


def speckled(image: Image.Image) -> Image.Image:
    values = np.asarray(image.convert("L")).copy()
    chance = np.random.default_rng(7).random(values.shape)
    values[chance < 0.012] = 0
    values[chance > 0.988] = 255
    return Image.fromarray(values)


def stamped(image: Image.Image) -> Image.Image:
    image = image.copy()
    draw = ImageDraw.Draw(image, "RGBA")
    for at in range(16):
        draw.line((950, 1850 + 14 * at, 1350, 1850 + 14 * at), fill=(215, 40, 50, 190), width=4)
    return image


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda image: image, id="clean"),
        pytest.param(
            lambda image: image.rotate(1.7, Image.Resampling.BICUBIC, fillcolor="white"), id="slanted"
        ),
        pytest.param(photographed, id="photographed"),
        pytest.param(speckled, id="speckled"),
        pytest.param(stamped, id="stamped"),
        pytest.param(lambda image: image.rotate(90, expand=True), id="on its side"),
        pytest.param(lambda image: image.resize((1000, 1414)), id="120 dpi"),
        pytest.param(lambda image: image.filter(ImageFilter.GaussianBlur(1)), id="blurred"),
    ],
)
def test_page_as_picture(tmp_path: Path, page: Image.Image, spoil: Any, tesseract: None) -> None:
    path = tmp_path / "quét.png"
    spoil(page).save(path)
    source = read(path)
    found = texts(source)
    assert alike_in_order(found[:8], HEAD)
    assert alike_in_order(found, ["II. KIẾN NGHỊ", *LEFT_END[::2], *RIGHT_END])
    assert source.format == "png"
    assert source.warnings == []
    words = [word for line in source.lines for word in line.words]
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in words)


def test_turned_picture_gives_boxes_on_the_picture_as_it_is(
    page: Image.Image, tesseract: None, tmp_path: Path
) -> None:
    page.rotate(90, expand=True).save(tmp_path / "a.png")
    first = next(read(tmp_path / "a.png").lines)
    assert alike_in_order([first.text], LEFT_HEAD[:1])
    # turned anticlockwise, the top left corner of the sheet is at the bottom left
    assert first.box is not None
    assert first.box[0] < 0.08 and first.box[1] > 0.58


def test_exif_orientation_is_followed(page: Image.Image, tesseract: None, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    page.rotate(90, expand=True).save(tmp_path / "a.jpg", exif=exif, quality=90)
    source = read(tmp_path / "a.jpg")
    assert alike_in_order(texts(source)[:8], HEAD)
    first = next(source.lines)
    assert first.box is not None and first.box[1] < 0.1 and first.box[0] < 0.2


def test_blank_picture_is_empty(tmp_path: Path, tesseract: None) -> None:
    Image.new("L", (800, 1100), 255).save(tmp_path / "a.png")
    with pytest.raises(EmptyFile):
        read(tmp_path / "a.png")


def test_frames_are_pages() -> None:
    frames = [Image.new("L", (1240, 1754), 250 - at) for at in range(3)]
    data = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(150, 150))
    reading = read_image(data, FakeEngine)
    assert [(p.number, p.origin, len(p.lines)) for p in reading.pages] == [
        (1, "ocr", 1),
        (2, "ocr", 1),
        (3, "ocr", 1),
    ]
    assert all(line.page == p.number for p in reading.pages for line in p.lines)
    assert [round(p.width or 0) for p in reading.pages] == [595, 595, 595]
    assert reading.engine == "fake 1"


def test_broken_frame_is_named_and_the_others_are_read() -> None:
    frames = [
        Image.effect_noise((1240, 1754), 40).point(lambda v, add=at: v // 2 + 100 + add) for at in range(3)
    ]
    data = bytearray(
        saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    )
    with Image.open(io.BytesIO(bytes(data))) as image:
        image.seek(1)
        tags: ImageFileDirectory_v2 = image.tag_v2  # type: ignore[attr-defined]
        start, size = tags[273][0], tags[279][0]
    data[start : start + size] = b"\xff" * size
    reading = read_image(bytes(data), FakeEngine)
    assert [bool(p.lines) for p in reading.pages] == [True, False, True]
    assert [caution.code for caution in reading.warnings] == ["lines_lost"]
    assert "Trang 2" in reading.warnings[0].message


def test_badly_read_page_gets_a_caution() -> None:
    data = saved(Image.new("L", (1240, 1754), 240), "PNG")
    reading = read_image(data, lambda: FakeEngine(confidence=0.7))
    assert [caution.code for caution in reading.warnings] == ["low_ocr_confidence"]
    assert "Trang 1" in reading.warnings[0].message


def test_page_on_its_head_is_tried_again() -> None:
    engine = FakeEngine(confidence=0.3, turns=2)
    reading = read_image(saved(Image.new("L", (2480, 3508), 240), "PNG"), lambda: engine)
    assert len(engine.sizes) == 2
    assert reading.warnings == []
    box = reading.pages[0].lines[0].box
    assert box is not None and box[1] > 0.9


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_every_mode_of_picture_becomes_grey(mode: str) -> None:
    image = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(image).rectangle((100, 100, 400, 200), fill=0)
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    elif mode in ("RGBA", "LA"):
        clear = Image.new(mode, image.size, 0)
        clear.paste(image.convert(mode), mask=image.point(lambda v: 255 - v))
        image = clear
    else:
        image = image.convert(mode)
    grey = prepare(image, 150)[0].image
    assert grey.mode == "L"
    assert grey.getpixel((grey.width // 2, grey.height // 2)) > 240  # type: ignore[operator]
    assert grey.getpixel((400, 240)) < 20  # type: ignore[operator]


def test_resolution_is_brought_near_300() -> None:
    sheet = Image.new("L", (827, 1169), 255)  # A4 at 100 dpi
    assert prepare(sheet, 100)[0].image.width == round(827 * 2.4)
    assert prepare(sheet, None)[0].image.width in range(1975, 1995)
    assert prepare(Image.new("L", (4960, 7016), 255), 600)[0].image.width == 2480
    assert prepare(Image.new("L", (1654, 2339), 255), 200)[0].image.width == 1985
    assert prepare(Image.new("L", (2480, 3508), 255), 300)[0].image.width == 2480


def test_resolution_that_makes_no_sheet_is_not_believed() -> None:
    assert plausible_dpi(72, (3000, 4000)) is None
    assert plausible_dpi(300, (2480, 3508)) == 300
    assert round(guess_dpi((2480, 3508))) == 300


def test_boxes_turn_round() -> None:
    box = (0.1, 0.2, 0.3, 0.4)
    assert turn_box(box, 1) == pytest.approx((0.6, 0.1, 0.8, 0.3))
    assert turn_box(turn_box(box, 1), -1) == pytest.approx(box)
    assert turn_box(box, 4) == box


def test_tesseract_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="sudo apt-get install tesseract-ocr tesseract-ocr-vie"):
        find_tesseract()


def test_language_data_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tesseract: None
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(MissingProgram, match="tesseract-ocr-vie"):
        find_tesseract()


def test_recognition_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*args: object, **options: Any) -> None:
        raise subprocess.TimeoutExpired("tesseract", options["timeout"])

    monkeypatch.setattr(subprocess, "run", slow)
    engine = Tesseract("tesseract", "5", frozenset({"vie"}))
    with pytest.raises(TooLarge):
        engine.words(Image.new("L", (10, 10)), 300)
