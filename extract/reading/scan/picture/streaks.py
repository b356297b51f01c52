"""Thin lines from edge to edge of a page: dirt on a copier's drum, a scratch on the glass, a fold across."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import percentile_filter

from extract.reading.scan.picture.pieces import pieces_of
from extract.reading.scan.picture.resolution import MEASURED, Grey, Mask

_MM = MEASURED / 25.4
_BESIDE = 5
"""Pixels across which a streak is looked for: what is darker than both its sides."""
_DARKER = 10
"""Grey levels by which a streak at 100 dpi is darker than the paper on either side."""
_STRETCH = round(12 * _MM)
"""Length that must hold enough of the streak; longer than the gap where a row of print hides it."""
_SHARE = 0.6
"""Share of such a stretch that is streak: a worn copy leaves pieces of it."""
_MARGIN = 6 * _MM
"""From the edges of the page: copiers leave that much white, drawn frames and tables far more."""
_WIDEST = 0.45
"""Millimetres; wider lines are drawn."""
_SHADE = 1.0
"""Millimetres to either side of a crease that its shade reaches."""
_ALIKE = 6.0
"""Millimetres along a crease over which its shade is much the same."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Streak:
    """Where a streak runs: its column at 100 dpi in every row of the page."""

    columns: NDArray[np.float64]


def streaks(small: Grey) -> list[Streak]:
    """The thin lines that run from the top edge of a page at 100 dpi to its bottom edge.

    Nothing printed does so: tables and frames end where the margins begin.
    """
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, _BESIDE), np.uint8))
    thin = (np.asarray(cv2.subtract(closed, small)) > _DARKER).astype(np.uint8)
    # a pixel to either side, as streaks are seldom quite upright
    wide = cv2.dilate(thin, np.ones((1, 3), np.uint8)).astype(np.float32)
    filled = cv2.blur(wide, (1, _STRETCH), borderType=cv2.BORDER_REPLICATE)
    held = (np.asarray(filled) > _SHARE).astype(np.uint8)
    edge = math.ceil(_MARGIN)
    if not held.max(axis=1)[edge:-edge].all():
        return []  # no piece reaches from top to bottom
    count, pieces, stats, _ = pieces_of(held)
    tops, heights = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_HEIGHT]
    through = (tops <= _MARGIN) & (tops + heights >= small.shape[0] - _MARGIN)
    return [_followed(thin, pieces == at) for at in range(1, count) if through[at]]


def _followed(thin: Grey, piece: Mask) -> Streak:
    """The middle of the thin line in every row; straight, as its pieces between print tell it."""
    rows, columns = np.nonzero(piece & (thin > 0))
    bent = np.polyfit(rows, columns, 1)
    for _ in range(3):
        # letters that touch the streak are no part of it
        near = np.abs(columns - np.polyval(bent, rows)) < 1.5
        bent = np.polyfit(rows[near], columns[near], 1)
    return Streak(np.asarray(np.polyval(bent, np.arange(thin.shape[0])), dtype=np.float64))


def without_streaks(grey: Grey, found: list[Streak], dpi: float) -> Grey:
    """The picture with the streaks as light as what lies beside them; strokes that cross them stay."""
    widest = max(2, round(_WIDEST / 25.4 * dpi))
    result = grey.copy()
    for streak in found:
        place = _along(_middle(streak, grey.shape[0]), grey.shape[1], 2 * widest)
        result[place] = _without_thin(np.ascontiguousarray(result[place]), widest)
    return result


def creases(small: Grey) -> list[Streak]:
    """The lines where a sheet at 100 dpi was folded across: they run from its left edge to its right one."""
    return streaks(np.ascontiguousarray(small.T))


def without_creases(grey: Grey, found: list[Streak], dpi: float) -> Grey:
    """The picture with the shade of the creases taken from paper and print alike.

    A crease hardly ever runs between two lines of print. Where it lies on the feet of letters, whose strokes
    run along it, lightening all that is thin would take the feet as well.
    """
    result = np.ascontiguousarray(grey.T)
    reach = max(3, round(_SHADE / 25.4 * dpi))
    for crease in found:
        middle = _middle(crease, result.shape[0])
        place = _along(middle, result.shape[1], reach)
        band = result[place].astype(np.float32)
        # pixels stand up to half a pixel off a line that leans
        off = (middle - np.rint(middle))[:, None]
        # print covers less than a quarter of any stretch along a crease
        stretch = 2 * round(_ALIKE / 50.8 * dpi) + 1
        shade = percentile_filter(_shifted(band, off), 75, size=(stretch, 1), mode="nearest")
        paper = np.linspace(shade[:, 0], shade[:, -1], shade.shape[1], axis=1)
        share = np.clip(_shifted(shade / np.maximum(paper, 1.0), -off), 0.05, 1.0)
        result[place] = np.minimum(band / share, 255.0).astype(np.uint8)
    return np.ascontiguousarray(result.T)


def _along(middle: NDArray[np.float64], width: int, reach: int) -> tuple[Places, Places]:
    """The rows and columns, in a picture's own pixels, of the band ``reach`` to either side of a line."""
    columns = np.rint(middle).astype(np.int64)[:, None] + np.arange(-reach, reach + 1)
    return np.arange(len(middle))[:, None], np.clip(columns, 0, width - 1)


def _middle(streak: Streak, height: int) -> NDArray[np.float64]:
    """The column of a streak in every row of a picture of this height."""
    scale = height / len(streak.columns)
    rows = (np.arange(height) + 0.5) / scale - 0.5
    return np.asarray((np.interp(rows, np.arange(len(streak.columns)), streak.columns) + 0.5) * scale - 0.5)


def _shifted(band: NDArray[np.float32], by: NDArray[np.float64]) -> NDArray[np.float32]:
    """Each row of a band as it is ``by`` pixels to the right."""
    rows, columns = np.mgrid[0 : band.shape[0], 0 : band.shape[1]].astype(np.float32)
    there = (columns + by).astype(np.float32)
    moved = cv2.remap(band, there, rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.float32)


def _without_thin(band: Grey, widest: int) -> Grey:
    """A band along a streak without it: closed across by a little more than its own width."""
    side = min(widest, _width(band)) + 1
    closed = np.asarray(cv2.morphologyEx(band, cv2.MORPH_CLOSE, np.ones((1, side), np.uint8)), dtype=np.uint8)
    middle = band.shape[1] // 2
    result = band.copy()
    inner = slice(middle - side, middle + side + 1)
    result[:, inner] = closed[:, inner]
    return result


def _width(band: Grey) -> int:
    """How many pixels wide the streak is, as most rows of the band show it."""
    profile = np.median(band, axis=0).astype(np.float64)
    paper = float(np.percentile(profile, 80))
    depth = paper - float(profile.min())
    return max(1, int((profile < paper - 0.25 * depth).sum()))
