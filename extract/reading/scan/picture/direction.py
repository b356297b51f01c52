"""How the lines of a page run: level, slanted, or from top to bottom because the page lies on its side."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from extract.reading.scan.picture.pieces import pieces_of
from extract.reading.scan.picture.resolution import MEASURED, Grey, guess_dpi, reduced
from extract.reading.scan.picture.specks import SPECKLED, speckle, without_specks

SLANT = (0.4, 12.0)
"""Degrees of slant that are turned back; more than that is no slanted page."""
_MM = MEASURED / 25.4
_SURE = 1.3
"""How many times more pieces print must fall into along rows than along columns to call a page sideways."""
_LEAST_PIECES = 8


def print_only(small: Grey) -> Grey:
    """Letters of a page at 100 dpi as ones: drawn lines, pictures, and specks left out."""
    # print is darker than the paper around it, however light the page is there
    paper = float(np.percentile(small[::4, ::4], 75))
    above = np.asarray(cv2.subtract(cv2.blur(small, (31, 31)), small))
    dark = ((above > 18) & (small < paper - 25)).astype(np.uint8)
    _, blobs, stats, _ = pieces_of(dark)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    letters = (size <= 14 * _MM) & (stats[:, cv2.CC_STAT_AREA] >= 3)
    letters[0] = False
    return np.asarray(letters[blobs], dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Look:
    """A page at 100 dpi, and the letters on it as ones."""

    small: Grey
    letters: Grey

    def turned(self) -> Look:
        """The same page a quarter clockwise."""
        small, letters = (np.ascontiguousarray(np.rot90(one, -1)) for one in (self.small, self.letters))
        return Look(small, letters)


def look_at(image: Image.Image, dpi: float | None = None) -> Look:
    """What the two questions below are asked of, made once for both."""
    grey = np.asarray(image if image.mode == "L" else image.convert("L"))
    small, _ = reduced(grey, dpi or guess_dpi((image.width, image.height)))
    small = np.asarray(cv2.medianBlur(small, 3), dtype=np.uint8)
    return Look(small, print_only(small))


def turned_sideways(look: Look) -> bool:
    """Whether the lines of a page run from top to bottom (turned by 90 or 270 degrees); False in doubt.

    Letters of a line stand closer together than lines do. So print that is smeared along its lines joins
    to few pieces, and across them to many. This holds for tables and for pages with little text.
    """
    along, down = smeared(look.letters)
    return along >= _LEAST_PIECES and along > _SURE * down


def smeared(letters: Grey) -> tuple[int, int]:
    """Into how many pieces print falls when smeared by 2 mm along rows, and along columns."""
    reach = 2 * round(1.0 * _MM) + 1
    along = cv2.dilate(letters, np.ones((1, reach), np.uint8))
    down = cv2.dilate(letters, np.ones((reach, 1), np.uint8))
    return cv2.connectedComponents(along)[0] - 1, cv2.connectedComponents(down)[0] - 1


def looks_upside_down(look: Look) -> bool:
    """Whether more print hangs below the lines than stands above them; a suspicion, not more.

    Vietnamese has capitals, tall letters, hooks and tone marks above the small letters, and only the
    tails of some letters and the dot of one tone below.
    """
    letters = look.letters
    angle = _slant_of(letters)
    if angle:
        height, width = look.small.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        level = cv2.warpAffine(look.small, matrix, (width, height), borderValue=(255,))
        letters = print_only(np.asarray(level, dtype=np.uint8))
    above, below = overhang(letters)
    return below > above


def overhang(letters: Grey) -> tuple[float, float]:
    """Print above and below the small letters of all lines together."""
    above = below = 0.0
    side = round(4 * _MM)
    lines = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, side), np.uint8))
    _, _, stats, _ = pieces_of(lines)
    for left, top, width, height, _ in stats[1:]:
        if width < 15 * _MM or not 1.5 * _MM <= height <= 9 * _MM:
            continue
        rows = letters[top : top + height, left : left + width].sum(axis=1).astype(np.float64)
        body = np.flatnonzero(rows > 0.6 * rows.max())
        above += rows[: body[0]].sum()
        below += rows[body[-1] + 1 :].sum()
    return above, below


def strip(image: Image.Image, dpi: float, high: float = 1.2) -> Image.Image:
    """The stretch of a page with the most print, over its whole width and ``high`` inches, in grey."""
    grey = image.convert("L")
    small, factor = reduced(np.asarray(grey), dpi)
    rows = np.cumsum(np.concatenate([[0], print_only(small).sum(axis=1)]))
    reach = min(round(high * MEASURED), small.shape[0])
    top = int(np.argmax(rows[reach:] - rows[:-reach] if reach < len(rows) else rows[-1:]))
    part = grey.crop((0, round(top / factor), image.width, round((top + reach) / factor)))
    pixels = np.asarray(part)
    return Image.fromarray(without_specks(pixels)) if speckle(pixels) > SPECKLED else part


def slant(small: Grey) -> float:
    """Degrees by which the page at 100 dpi must be turned anticlockwise to make its lines level; 0 in doubt.

    The right angle is the one that puts the ink on the fewest rows (projection profile).
    """
    return _slant_of(print_only(small))


def _slant_of(letters: Grey) -> float:
    rows, columns = np.nonzero(letters)
    if len(rows) < 300:
        return 0.0
    step = max(1, len(rows) // 40_000)
    y, x = rows[::step].astype(np.float32), columns[::step].astype(np.float32)

    def sharpness(angle: float, skip: int = 1) -> float:
        shifted = y[::skip] - math.tan(math.radians(angle)) * x[::skip]
        counts = np.bincount((shifted - shifted.min()).astype(np.int64))
        return float((counts.astype(np.float64) ** 2).sum())

    best = 0.0
    # a quarter of the print tells where about the angle is
    for reach, pace, skip in ((SLANT[1], 1.0, 4), (1.0, 0.25, 4), (0.25, 0.05, 1)):
        angles = np.arange(best - reach, best + reach + pace / 2, pace)
        best = float(max(angles, key=lambda angle: sharpness(float(angle), skip)))
    return round(best, 2) if sharpness(best) > 1.15 * sharpness(0.0) else 0.0
