"""Salt and pepper, and the grain of a bad sensor."""

from __future__ import annotations

import cv2
import numpy as np

from extract.reading.scan.picture.pieces import pieces_of
from extract.reading.scan.picture.resolution import Grey

SPECKLED = 0.0025
"""Share of pixels that are dark and alone from which on a page is speckled.

Measured at 150, 200, 300 dpi: clean pages have up to 0.0008, copies of copies 0.0007, Gaussian noise of 25
grey levels 0.0014, salt and pepper on 1 % of the pixels 0.0042 and more.
"""
NOISY = 8.0
"""Grey levels of grain from which on a page is smoothed: clean pages have 0, faint ones 4, bad sensors 14."""
NOISY_SPECKS = 1.0
"""The same where specks were taken out: those on clean pages leave 0, on bad scans 1.2 to 1.7."""
_SMOOTH = 0.6
"""Pixels by which grain is averaged, a standard deviation.

Of seven noisy pages of the written corpus 62, 25, 17 letters were read wrong at 150, 200, 300 dpi with 0.8,
at which a hook and the hat under it run into one blot; 38, 19, 16 with 0.6; 32, 21, 20 without.
"""
_STEP = 80
"""Grey levels by which a speck is darker than the paper around it."""
_EDGE = 50
"""The same for the grey edge of a speck."""
_DUST = 4
"""Pixels of the largest dust; the dot of an i has nine at 200 dpi."""
_GRAIN = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)


def speckle(grey: Grey) -> float:
    """The share of pixels in the middle of the page that are dark and stand alone or in twos.

    Strokes of letters have neighbours even where they are one pixel wide, dust has none. Needs the
    pixels as they were scanned: enlarged or reduced dust is no longer one pixel wide.
    """
    middle = _middle(grey, 1400)
    # against the mean around it, as paper may be light here and dark there
    around = cv2.blur(middle, (15, 15))
    dark = (np.asarray(cv2.subtract(around, middle)) > _STEP).astype(np.uint8)
    neighbours = cv2.boxFilter(dark, cv2.CV_8U, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return cv2.countNonZero(dark & (neighbours <= 2).astype(np.uint8)) / dark.size


def grain(grey: Grey) -> float:
    """The standard deviation of noise on the paper in grey levels, by the method of Immerkaer (1996).

    The median instead of the mean leaves the edges of letters out, as most of a page is paper.
    """
    steps = cv2.convertScaleAbs(cv2.filter2D(_middle(grey, 1000), cv2.CV_16S, _GRAIN))
    # counted, as sorting a million pixels takes longer than filtering them
    counts = np.cumsum(np.bincount(np.asarray(steps).ravel(), minlength=256))
    return float(np.searchsorted(counts, counts[-1] / 2)) / 6 / 0.6745


def without_specks(grey: Grey) -> Grey:
    """The picture without dust, and without white specks in its strokes; the strokes stay as they are.

    A median filter over the whole page thins hooks and drawn lines, which are hardly wider than dust: of
    eight pages 349 letters were read wrong after it at 200 dpi, 59 after this. Where grain or compression has
    spread the dust over its neighbours (:func:`grain`), the median is better all the same (26 against 58).
    """
    median = np.asarray(cv2.medianBlur(grey, 3), dtype=np.uint8)
    if grain(grey) > NOISY_SPECKS:
        return median
    dark = (np.asarray(cv2.subtract(cv2.blur(grey, (15, 15)), grey)) > _EDGE).astype(np.uint8)
    _, shapes, stats, _ = pieces_of(dark)
    is_dust = stats[:, cv2.CC_STAT_AREA] <= _DUST
    is_dust[0] = False
    dust = is_dust[shapes]
    around = cv2.dilate(dust.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    gaps = (np.asarray(cv2.subtract(grey, median)) > _EDGE).astype(np.uint8)
    neighbours = cv2.boxFilter(gaps, cv2.CV_8U, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    mended = (around & ((dark == 0) | dust)) | ((gaps > 0) & (neighbours <= 2))
    return np.where(mended, median, grey).astype(np.uint8)


def smoothed(grey: Grey) -> Grey:
    """The picture with its grain averaged away, as far as strokes of letters allow."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), _SMOOTH), dtype=np.uint8)


def _middle(grey: Grey, side: int) -> Grey:
    height, width = grey.shape
    top, left = max(0, (height - side) // 2), max(0, (width - side) // 2)
    return grey[top : top + side, left : left + side]
