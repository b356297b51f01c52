"""Image files that are huge, cut off, or broken in one frame: bounded, and every frame named."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from extract.errors import DamagedFile, TooLarge
from extract.reading.scan import frames as frames_module
from extract.reading.scan.frames import LARGE, frames
from extract.reading.scan.reader import read_image
from tests.extract.reading.hostile import measured
from tests.extract.reading.pdf.test_pdf import FakeEngine as Fake

from .test_scan import saved


def fake_engine() -> Fake:
    return Fake("Đoàn kiểm tra đã làm việc với các xã")


def noise(width: int = 827, height: int = 1169) -> Image.Image:
    """A page full of specks, as only such data shows where a picture ends."""
    values = np.random.default_rng(3).integers(0, 2, (height, width), dtype=np.uint8) * 255
    return Image.fromarray(values)


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("TIFF", "1", {"compression": "group4"}),
        ("PNG", "1", {}),
        ("JPEG", "L", {}),
        ("TIFF", "L", {"compression": "tiff_lzw"}),
    ],
)
def test_four_hundred_megapixels_are_read_smaller(
    kind: str, mode: str, options: dict[str, Any], tmp_path: Path, tesseract: None
) -> None:
    path = tmp_path / {"TIFF": "a.tif", "PNG": "a.png", "JPEG": "a.jpg"}[kind]
    Image.new(mode, (20_000, 20_000), 255 if mode == "L" else 1).save(path, kind, **options)
    result = measured(path)
    assert result["problem"] == "empty"  # read, and blank
    assert result["megabytes"] < 800 and result["seconds"] < 40, result


@pytest.mark.parametrize(("kind", "options"), [("TIFF", {"compression": "group4"}), ("JPEG", {})])
def test_what_recognition_does_not_need_is_not_kept(kind: str, options: dict[str, Any]) -> None:
    mode = "1" if kind == "TIFF" else "L"
    frame = next(frames(saved(Image.new(mode, (9000, 12000), 255), kind, **options)))
    assert frame.loss is None and frame.size == (9000, 12000)
    assert frame.image is not None and frame.image.width * frame.image.height <= LARGE


def test_sheet_of_1200_dpi_keeps_its_resolution_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames_module, "LARGE", 1_000_000)
    image = Image.new("1", (2400, 3600), 1)
    image.paste(0, (600, 1200, 1200, 1800))
    frame = next(frames(saved(image, "TIFF", compression="group4", dpi=(600, 600))))
    assert frame.image is not None and frame.size == (2400, 3600)
    factor = 2400 / frame.image.width
    assert factor >= 3 and frame.dpi == pytest.approx(600 / factor, rel=0.01)
    assert frame.image.getpixel((int(900 / factor), int(1500 / factor))) == 0
    assert frame.image.getpixel((int(300 / factor), int(1500 / factor))) == 255


def bomb_png(width: int, height: int) -> bytes:
    """A PNG that states a size it does not hold."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_what_cannot_be_unpacked_is_refused_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(bomb_png(20_000, 20_000))
    result = measured(path)
    assert result["problem"] == "too_large" and result["megabytes"] < 60
    assert "20000 x 20000 điểm ảnh" in result["cautions"][0]


def test_large_frame_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames_module, "MAX_DECODED", 2_000_000)
    pages = [
        Image.new("L", (800, 1100), 240),
        Image.new("L", (2000, 3000), 240),
        Image.new("L", (800, 1100), 240),
    ]
    reading = read_image(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]), fake_engine)
    assert [bool(page.lines) for page in reading.pages] == [True, False, True]
    assert reading.warnings[0].message.startswith("Trang 2 không đọc được. Ảnh có 2000 x 3000 điểm ảnh")
    with pytest.raises(TooLarge):
        read_image(saved(pages[1], "TIFF"), fake_engine)


def test_pillow_is_left_as_it_was() -> None:
    from PIL import ImageFile

    before = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)
    data = saved(noise(), "JPEG")
    list(frames(data[: len(data) // 2]))
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_cut_off_picture_is_read_as_far_as_it_goes(kind: str) -> None:
    data = saved(noise(), kind)
    reading = read_image(data[: int(len(data) * 0.6)], fake_engine)
    assert len(reading.pages) == 1 and reading.pages[0].lines
    assert [caution.code for caution in reading.warnings] == ["lines_lost"]
    message = reading.warnings[0].message
    assert message.startswith("Trang 1 chỉ đọc được một phần. Ảnh bị thiếu, chỉ còn khoảng")
    share = int(message.split("khoảng ")[1].split("%")[0])
    assert 50 <= share <= 65
    frame = next(frames(data[: int(len(data) * 0.6)]))
    assert frame.image is not None and frame.image.size == (827, 1169)
    grey = np.asarray(frame.image.convert("L"))
    assert (grey[int(1169 * 0.7) :] == 255).all() and (grey[: int(1169 * 0.5)] < 128).any()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_picture_without_a_body_is_damaged(kind: str) -> None:
    data = saved(noise(), kind)
    with pytest.raises(DamagedFile):
        read_image(data[:100] if kind == "PNG" else data[:700], fake_engine)


def forty(compression: str) -> tuple[bytes, list[tuple[int, int]]]:
    """A TIFF of forty frames, and where the first strip of each lies."""
    mode = "1" if compression == "group4" else "L"
    pages = [noise(200, 280 + at).convert(mode) for at in range(40)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression=compression)
    places = []
    with Image.open(io.BytesIO(data)) as image:
        for at in range(40):
            image.seek(at)
            tags: ImageFileDirectory_v2 = image.tag_v2  # type: ignore[attr-defined]
            places.append((tags[273][0], tags[279][0]))
    return data, places


@pytest.mark.parametrize("compression", ["tiff_lzw", "jpeg", "tiff_adobe_deflate"])
def test_one_broken_frame_of_forty(compression: str) -> None:
    data, places = forty(compression)
    spoilt = bytearray(data)
    start, size = places[16]
    spoilt[start : start + size] = b"\xff" * size
    reading = read_image(bytes(spoilt), fake_engine)
    assert [bool(page.lines) for page in reading.pages] == [at != 16 for at in range(40)]
    assert [caution.message[:23] for caution in reading.warnings] == ["Trang 17 không đọc được"]


def test_frames_behind_the_cut_are_named() -> None:
    data, places = forty("group4")
    reading = read_image(data[: places[20][0] + 5], fake_engine)
    assert [bool(page.lines) for page in reading.pages][:20] == [True] * 20
    assert any("Trang 21 không đọc được" in caution.message for caution in reading.warnings)


def test_frames_past_the_bound_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames_module, "MAX_FRAMES", 3)
    data, _ = forty("tiff_lzw")
    reading = read_image(data, fake_engine)
    assert sum(bool(page.lines) for page in reading.pages) == 3
    assert reading.warnings[0].message.startswith("Trang 4 đến trang 40 không đọc được. Mỗi tệp chỉ đọc")


def test_previews_are_no_pages() -> None:
    pages = [Image.new("L", (827, 1169), 250 - at) for at in range(3)]
    for kind in ("PNG", "MPO"):
        data = saved(pages[0], kind, save_all=True, append_images=pages[1:])
        assert len(read_image(data, fake_engine).pages) == 1


def test_page_says_how_it_was_read() -> None:
    page = read_image(saved(noise(), "PNG", dpi=(100, 100)), fake_engine).pages[0]
    assert (page.origin, page.reason) == ("ocr", "tệp ảnh")
    assert (round(page.width or 0), round(page.height or 0)) == (595, 842)


def test_camera_on_its_side_and_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames_module, "LARGE", 100_000)
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("L", (1600, 1000), 255)
    image.paste(0, (0, 900, 200, 1000))  # at the bottom left, which is the top left once upright
    for kind in ("JPEG", "PNG"):
        frame = next(frames(saved(image, kind, exif=exif)))
        assert frame.image is not None and frame.size == (1000, 1600)
        assert frame.image.width < frame.image.height
        assert frame.image.convert("L").getpixel((3, 3)) < 40  # type: ignore[operator]
