"""A PDF page as a picture: for recognition, and small, to see what its text layer leaves uncovered."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2.raw as pdfium
from PIL import Image
from pypdfium2 import PdfBitmap

from extract.errors import TooLarge
from extract.pages import Box
from extract.reading.scan.picture import DPI, MAX_PIXELS

MAX_RENDER = 40_000_000
"""Pixels of a rendered page; an A2 sheet at 300 dpi has 35 million. A larger page is rendered coarser."""
_FINE = 1000
"""Parts of a point to which places on a page are told."""
_INSIDE = 0.01
"""Pixels by which the edge of a scan stands inside of the first whole one."""
_MAX_SIDE = 30_000
"""Pixels of a side; the engine takes no more."""
MAX_DECODED = 3 * MAX_PIXELS
"""Bytes of one picture on a page when it is decoded: 150 million pixels in colour. pdfium holds it whole."""
_WHOLE = 0.8
"""A picture over so much of the page is the scan of it."""
_SCANNED = (90, 620)
"""Resolutions of scanners, in dots per inch."""
_LOOK_DPI = 100
_LOOK_PIXELS = 4_000_000
_FAINT = 60
"""Grey levels below the paper from which on a pixel is ink."""
_LETTER = (4, 30)
"""Pixels at 100 dpi that letters are high: from the body of 8 point letters to 20 point capitals."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """What of a page's picture no text lies upon: specks as large as letters, of all, and share of ink."""

    letters: int
    all_letters: int
    ink: float


@contextmanager
def out_of_view(handles: Iterable[Any]) -> Iterator[None]:
    """Leave text objects out of what is rendered meanwhile. The file is not changed."""
    gone = [handle for handle in handles if handle]
    try:
        for handle in gone:
            pdfium.FPDFPageObj_SetIsActive(handle, False)
        yield
    finally:
        for handle in gone:
            pdfium.FPDFPageObj_SetIsActive(handle, True)


def check_decoded(size: int) -> None:
    """Refuse to decode a picture of ``size`` bytes.

    Raises:
        TooLarge: it would not fit into the memory that a page may take.
    """
    if size > MAX_DECODED:
        raise TooLarge(
            f"Ảnh trên trang khi mở chiếm {size // 10**6} MB, quá mức {MAX_DECODED // 10**6} MB đọc được.",
            "Cần in trang ra PDF mới ở 300 dpi.",
        )


def resolution(page: Any, size: tuple[float, float]) -> float:
    """The dots per inch to render a page at: a scan's own, so that its pixels stay what they are, else 300.

    Enlarged dust is no longer one pixel wide: on a noisy scan of 200 dpi rendered at 300 the median filter
    found nothing to do, and one letter in five was wrong.
    """
    return _resolution(_scan_of(page, size), size)


@dataclass(frozen=True, slots=True)
class _Scan:
    """The picture that is a page's scan: its dots per inch, its left and top edge on the page in points."""

    dpi: float
    left: float
    top: float


def _scan_of(page: Any, size: tuple[float, float]) -> _Scan | None:
    """The scan of a page, ``None`` where there is none, or layers of no common resolution (mixed raster)."""
    found: dict[int, _Scan] = {}
    for entry in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = entry.get_bounds()
        if (right - left) * (top - bottom) < _WHOLE * size[0] * size[1]:
            continue
        width, height = entry.get_px_size()
        across, down = width * 72 / (right - left), height * 72 / (top - bottom)
        if abs(across - down) > 0.02 * down or not _SCANNED[0] <= down <= _SCANNED[1]:
            return None
        corners = [_shown_at(page, size, at) for at in ((left, bottom), (right, top))]
        found[round(across)] = _Scan(across, *(min(place) for place in zip(*corners, strict=True)))
    return found.popitem()[1] if len(found) == 1 else None


def _shown_at(page: Any, size: tuple[float, float], place: tuple[float, float]) -> tuple[float, float]:
    """Where a place of the page is shown, in points from the left and the top: pages may be turned or cut."""
    x, y = ctypes.c_int(), ctypes.c_int()
    width, height = (round(side * _FINE) for side in size)
    pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, *place, ctypes.byref(x), ctypes.byref(y))
    return x.value / _FINE, y.value / _FINE


def _resolution(scan: _Scan | None, size: tuple[float, float]) -> float:
    return min(scan.dpi if scan else DPI, _bearable(size, MAX_RENDER))


def _bearable(size: tuple[float, float], pixels: int) -> float:
    """The dots per inch at which a page has no more than so many pixels, and no side that is endless."""
    return 72 * min(math.sqrt(pixels / max(size[0] * size[1], 1.0)), _MAX_SIDE / max(*size, 1.0))


def render(page: Any, size: tuple[float, float]) -> tuple[Image.Image | None, float]:
    """The page as a picture, ``None`` when it is blank, and its dots per inch."""
    scan = _scan_of(page, size)
    dpi = _resolution(scan, size)
    # a scan too large to be held whole is rendered coarser, as any page is
    in_its_pixels = scan is not None and scan.dpi <= dpi
    bitmap = _in_its_pixels(page, size, scan) if scan and in_its_pixels else page.render(scale=dpi / 72)
    try:
        picture: Image.Image = bitmap.to_pil().copy()
    finally:
        bitmap.close()
    darkest = picture.convert("L").getextrema()[0]
    return None if isinstance(darkest, (int, float)) and darkest > 200 else picture, dpi


def _in_its_pixels(page: Any, size: tuple[float, float], scan: _Scan) -> PdfBitmap:
    """The page so that each pixel of its scan is one of the picture.

    pdfium stretches a picture to the whole pixels that it touches. Where rounding puts an edge a hair beyond
    one, that is a pixel more than it has, and every speck is smeared over two. So the page is moved by less
    than a pixel until the scan begins with a whole one, and made smaller by as much as rounding needs.
    """
    scale = scan.dpi / 72 * (1 - 1e-5)
    right, down = (round(edge * scale) - edge * scale + _INSIDE for edge in (scan.left, scan.top))
    width, height = (max(1, round(side * scale)) for side in size)
    bitmap = PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    pdfium.FPDF_RenderPageBitmapWithMatrix(
        bitmap,
        page,
        pdfium.FS_MATRIX(scale, 0, 0, scale, right, down),
        pdfium.FS_RECTF(0, 0, width, height),
        pdfium.FPDF_ANNOT,
    )
    return bitmap


def uncovered(page: Any, size: tuple[float, float], rows: Sequence[Box]) -> Uncovered:
    """What stands on the page outside of ``rows``, the places of text that is already read."""
    scale = min(_LOOK_DPI, _bearable(size, _LOOK_PIXELS)) / 72
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        grey = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width, -1)[..., 0]
    finally:
        bitmap.close()
    paper = float(np.percentile(grey[::4, ::4], 75))
    dark = (grey < paper - _FAINT).astype(np.uint8)
    everything = _letters(dark)
    height, width = dark.shape
    for left, top, right, bottom in rows:
        # a recognition's boxes are close round the letters and may be a little off
        margin = 0.35 * (bottom - top)
        dark[
            max(0, int((top - margin) * height)) : int((bottom + margin) * height) + 1,
            max(0, int(left * width - 3)) : int(right * width) + 4,
        ] = 0
    return Uncovered(_letters(dark), everything, float(dark.mean()))


def _letters(dark: Any) -> int:
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    high, wide = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    # at this size letters of a word touch, so a speck may be as wide as a word
    return int(((high >= _LETTER[0]) & (high <= _LETTER[1]) & (wide <= 8 * _LETTER[1])).sum())
