"""Image files frame by frame: decoded within bounds, huge ones smaller, cut-off ones as far as they go."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from extract.errors import DamagedFile, TooLarge
from extract.reading.lost import Loss
from extract.reading.scan.picture import DPI, plausible_dpi
from extract.reading.watch import current

MAX_DECODED = 600_000_000
"""Bytes that a frame may take while it is decoded: 150 million pixels in colour (an A0 sheet at 300 dpi
has 139), 600 million in grey or black and white (an A3 sheet at 1200 dpi has 277)."""
LARGE = 40_000_000
"""Pixels above which a frame is made smaller once it is decoded; an A2 sheet at 300 dpi has 35 million."""
MAX_FRAMES = 2_000
"""Frames of one file that are read."""
_BAND = 256
"""Rows that are made smaller at a time, so that no second copy of a huge frame is held."""
_READABLE = 0.02
"""Share of a cut-off picture that must be left for it to be read."""

_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, ZeroDivisionError,
    OverflowError, MemoryError,
)  # fmt: skip
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
_REMEDY = "Cần quét lại hoặc lấy lại tệp."
_LOCK = RLock()


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame by its number, upright; ``image`` is ``None`` where nothing of it can be read.

    ``dpi`` is what the file states where that makes a sheet of paper, ``size`` the size in pixels as it is in
    the file, turned as the picture. ``loss`` says what is missing.
    """

    number: int
    image: Image.Image | None = None
    dpi: float | None = None
    size: tuple[int, int] | None = None
    loss: Loss | None = None


def frames(data: bytes) -> Iterator[Frame]:
    """The frames of an image file: all of a TIFF, the first of any other (the others are its previews).

    Raises:
        DamagedFile: the file is no image.
    """
    image, watch = _open(data), current()
    for index in range(MAX_FRAMES + 1):
        if index and image.format != "TIFF":
            return
        number = index + 1
        try:
            if index:
                with _own_bounds():
                    image.seek(index)
        except EOFError:
            return
        except _BROKEN:
            problem = DamagedFile("Tệp bị thiếu hoặc hỏng từ trang này trở đi.", _REMEDY)
            yield Frame(number, loss=Loss(problem))
            return
        if index == MAX_FRAMES:
            problem_ = TooLarge(f"Mỗi tệp chỉ đọc đến {MAX_FRAMES} trang.", "Cần chia nhỏ tệp.")
            yield Frame(number, loss=Loss(problem_, last=_last(image, number)))
            return
        left_out = watch.skips.get(number)
        if left_out is not None:
            yield Frame(number, loss=Loss(left_out))
            continue
        with watch.at_work(number):
            frame = _frame(image, number, data)
        yield frame


def _last(image: Image.Image, number: int) -> int:
    try:
        return max(number, int(getattr(image, "n_frames", number)))
    except _BROKEN:
        return number


def _open(data: bytes) -> Image.Image:
    try:
        with _own_bounds():
            return Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise DamagedFile("Ảnh bị thiếu hoặc hỏng.", _REMEDY) from error


@contextmanager
def _own_bounds(*, cut: bool = False) -> Iterator[None]:
    """Pillow without its own bound on pixels, which knows nothing of modes; ``cut``: and content with less.

    Both are switches of the whole process, so they are turned only as long as the lock is held.
    """
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        most, patient = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, cut
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = most, patient


def _frame(image: Image.Image, number: int, data: bytes) -> Frame:
    whole = image.size
    try:
        dpi = plausible_dpi(_stated_dpi(image), whole)
        _reduce_while_decoding(image)
        _check(image, whole)
    except TooLarge as problem:
        return Frame(number, loss=Loss(problem))
    loss = None
    try:
        with _own_bounds():
            image.load()
    except MemoryError:
        lacking = TooLarge("Không đủ bộ nhớ để mở ảnh.", "Cần quét lại ở 300 dpi.")
        return Frame(number, loss=Loss(lacking))
    except _BROKEN:
        left = _what_is_left(data, number)
        if left is None:
            return Frame(number, loss=Loss(DamagedFile("Ảnh bị thiếu hoặc hỏng.", _REMEDY)))
        image, share = left
        reason = f"Ảnh bị thiếu, chỉ còn khoảng {int(100 * share)}%."
        loss = Loss(DamagedFile(reason, _REMEDY), partly=True)
    try:
        with _own_bounds():
            small = _handy(image, dpi)
            upright = ImageOps.exif_transpose(small)
    except _BROKEN:
        return Frame(number, loss=Loss(DamagedFile("Ảnh bị hỏng.", _REMEDY)))
    scale = small.width / whole[0]
    turned = (upright.width > upright.height) != (small.width > small.height)
    size = (whole[1], whole[0]) if turned else whole
    return Frame(number, upright, dpi * scale if dpi else None, size, loss)


def _reduce_while_decoding(image: Image.Image) -> None:
    """Let the JPEG decoder give a half, a quarter or an eighth of the size, which costs it no memory."""
    if image.format not in ("JPEG", "MPO") or image.info.get("progressive"):
        return  # a progressive one is held whole by the decoder, whatever comes out
    factor = 1
    while image.width * image.height / factor**2 > LARGE and factor < 8:
        factor *= 2
    if factor > 1:
        image.draft(None, (image.width // factor, image.height // factor))


def _check(image: Image.Image, whole: tuple[int, int]) -> None:
    pixels = image.width * image.height
    if image.info.get("progressive"):
        pixels *= 2  # the decoder's own copy
    if pixels * _BYTES.get(image.mode, 4) > MAX_DECODED:
        raise TooLarge(
            f"Ảnh có {whole[0]} x {whole[1]} điểm ảnh, quá mức mở được.",
            "Cần quét lại ở 300 dpi, hoặc cắt thành từng trang.",
        )


def _handy(image: Image.Image, dpi: float | None) -> Image.Image:
    """A copy of the frame, at a fraction of its size where it is larger than recognition needs."""
    pixels = image.width * image.height
    if pixels <= LARGE:
        return image.copy()
    factor = max(2, round((pixels / LARGE) ** 0.5 + 0.5), int((dpi or 0) // DPI))
    if image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB" if image.mode in ("P", "CMYK", "RGBA", "PA", "YCbCr", "LAB") else "L")
    mode = "RGB" if image.mode == "RGB" else "L"
    size = (-(-image.width // factor), -(-image.height // factor))
    small = Image.new(mode, size)
    step = _BAND // factor * factor or factor
    for top in range(0, image.height, step):
        band = image.crop((0, top, image.width, min(top + step, image.height)))
        small.paste((band.convert("L") if band.mode == "1" else band).reduce(factor), (0, top // factor))
    small.info = dict(image.info)
    small.getexif().update(image.getexif())
    return small


def _what_is_left(data: bytes, number: int) -> tuple[Image.Image, float] | None:
    """The frame with what is missing left white, and the share that is there; ``None`` for nothing."""
    try:
        with _own_bounds(cut=True):
            image = Image.open(io.BytesIO(data))
            if number > 1:
                image.seek(number - 1)
            _reduce_while_decoding(image)
            image.load()
    except _BROKEN:
        return None
    grey = np.asarray(image.convert("L"))
    # what the decoder never reached is of one colour
    same = (grey == grey[-1, -1]).all(axis=1)
    rows = int(len(same) - np.argmin(same[::-1])) if not same.all() else 0
    share = rows / max(len(same), 1)
    if share < _READABLE:
        return None
    left = image.convert("RGB") if image.mode not in ("L", "RGB") else image.copy()
    left.paste("white" if left.mode == "RGB" else 255, (0, rows, left.width, left.height))
    left.info = dict(image.info)
    return left, share


def _stated_dpi(image: Image.Image) -> float | None:
    given = image.info.get("dpi")
    try:
        return float(given[0]) if given else None
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
