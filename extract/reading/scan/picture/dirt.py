"""Dirt on copies of copies: specks as large as the dot of an i that stand away from all print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.reading.scan.picture.resolution import MEASURED, Grey, Mask

DIRTY = 60
"""Lone specks on a page from which on it is dirty: copies of copies have 150 to 220, other scans at most 25."""
_MM = MEASURED / 25.4
_LARGEST = round(0.75 * _MM)
"""Pixels of the longer side of a speck at 100 dpi; the hyphen of a list has twice that."""
_AWAY = round(1.5 * _MM)
"""Pixels around a speck that are free of print: a stop, an accent stands nearer to its letter."""
_DARKER = 0.2
"""Share of the way from paper to ink by which a speck is darker than the paper around it."""
_ROW = 3
"""Specks side by side from which on they are dots to write on."""


def lone_specks(small: Grey, contrast: float) -> Mask | None:
    """Where a page at 100 dpi has specks away from print, ``None`` when it is not dirty.

    Dots to write on and colons are no specks. ``contrast`` is the grey levels between its ink and its paper:
    what is pale beside ink may be a piece of worn print.
    """
    dark = (np.asarray(cv2.subtract(cv2.blur(small, (15, 15)), small)) > _DARKER * contrast).astype(np.uint8)
    _, pieces, stats, middles = cv2.connectedComponentsWithStats(dark, connectivity=8)
    tiny = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _LARGEST
    tiny[0] = False
    at = np.rint(middles[tiny]).astype(np.int64)
    specks = tiny[pieces].astype(np.uint8)
    side = 2 * _AWAY + 1
    beside = cv2.dilate(cv2.subtract(dark, specks), np.ones((side, side), np.uint8))
    lone = np.asarray(beside)[at[:, 1], at[:, 0]] == 0
    if int(lone.sum()) < DIRTY:
        return None
    lone &= ~_together(specks, at, (1, side), _ROW) & ~_together(specks, at, (side, 1), 2)
    if int(lone.sum()) < DIRTY:
        return None
    tiny[tiny] = lone
    return np.asarray(tiny[pieces], dtype=np.bool_)


def _together(specks: Grey, at: NDArray[np.int64], shape: tuple[int, int], least: int) -> Mask:
    """For each speck (its column and row) whether ``least`` of them stand within ``shape`` (rows, columns)."""
    _, groups = cv2.connectedComponents(cv2.dilate(specks, np.ones(shape, np.uint8)), connectivity=4)
    group = groups[at[:, 1], at[:, 0]]
    return np.asarray(np.bincount(group)[group] >= least, dtype=np.bool_)


def without_dirt(grey: Grey, specks: Mask) -> Grey:
    """The picture with paper in place of the specks."""
    height, width = grey.shape
    wide = cv2.dilate(specks.astype(np.uint8), np.ones((3, 3), np.uint8))
    mask = cv2.resize(wide, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    side = 2 * round(_LARGEST * width / specks.shape[1]) + 1
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return np.where(mask, paper, grey).astype(np.uint8)
