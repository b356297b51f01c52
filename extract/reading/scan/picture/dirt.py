"""Dirt on copies of copies: specks as large as the dot of an i that stand away from all print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.reading.scan.picture.pieces import pieces_of
from extract.reading.scan.picture.resolution import MEASURED, Grey, Mask

DIRTY = 60
"""Lone specks from which on a page is dirty: copies of copies have 150 to 220, other scans at most 25."""
_MM = MEASURED / 25.4
_LARGEST = round(0.75 * _MM)
"""Pixels of the longer side of a speck at 100 dpi; the hyphen of a list has twice that."""
_AWAY = (round(2.5 * _MM), round(1.5 * _MM))
"""Pixels beside a speck, and above and below it, that are free of print.

An accent stands nearer to its letter, a stop to the word before it, even behind a quotation mark.
"""
_DARKER = 0.2
"""Share of the way from paper to ink by which a speck is darker than the paper around it."""
_DOT = 0.1
"""Square millimetres of the smallest dot of a letter; what is smaller says nothing about the page's dots."""
_TELLING = 10
"""Pixels of a dot from which on dust is told from it: dots have 7, 13, 28 at 150, 200, 300 dpi."""
_SMALLER = 0.6
"""Share of a dot's area below which a speck is dust; the dots of the list of recipients have 0.62."""
_ACCENT = 1.2 * _MM
"""Pixels at 100 dpi by which an accent stands above its letter at most."""
_HALO = 1.0
"""Pixels at 100 dpi of the grey edge of a speck."""
_ROW = 3
"""Specks side by side from which on they are dots to write on."""


def lone_specks(small: Grey, contrast: float) -> Mask | None:
    """Where a page at 100 dpi has specks away from print, ``None`` when it is not dirty.

    Dots to write on and colons are no specks. ``contrast`` is the grey levels between its ink and its paper:
    what is pale beside ink may be a piece of worn print.
    """
    dark = (np.asarray(cv2.subtract(cv2.blur(small, (15, 15)), small)) > _DARKER * contrast).astype(np.uint8)
    _, pieces, stats, middles = pieces_of(dark)
    tiny = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _LARGEST
    tiny[0] = False
    at = np.rint(middles[tiny]).astype(np.int64)
    specks = tiny[pieces].astype(np.uint8)
    across, down = (2 * reach + 1 for reach in _AWAY)
    beside = cv2.dilate(cv2.subtract(dark, specks), np.ones((down, across), np.uint8))
    # a bracket, a stop: the last of several signs is beside the others only
    beside = cv2.dilate(cv2.min(dark, beside), np.ones((down, across), np.uint8))
    lone = np.asarray(beside)[at[:, 1], at[:, 0]] == 0
    if int(lone.sum()) < DIRTY:
        return None
    lone &= ~_together(specks, at, (1, across), _ROW) & ~_together(specks, at, (down, 1), 2)
    if int(lone.sum()) < DIRTY:
        return None
    tiny[tiny] = lone
    return np.asarray(tiny[pieces], dtype=np.bool_)


def _together(specks: Grey, at: NDArray[np.int64], shape: tuple[int, int], least: int) -> Mask:
    """For each speck (at column and row) whether ``least`` of them stand within ``shape`` (rows, columns)."""
    _, groups = cv2.connectedComponents(cv2.dilate(specks, np.ones(shape, np.uint8)), connectivity=4)
    group = groups[at[:, 1], at[:, 0]]
    return np.asarray(np.bincount(group)[group] >= least, dtype=np.bool_)


def without_dirt(grey: Grey, alone: Mask) -> Grey:
    """The picture of a dirty page with paper in place of lone specks, and of small dust among its print."""
    height, width = grey.shape
    wide = cv2.dilate(alone.astype(np.uint8), np.ones((3, 3), np.uint8))
    mask = cv2.resize(wide, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    scale = width / alone.shape[1]
    side = 2 * round(_LARGEST * scale) + 1
    paper = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)))
    mask |= _dust(np.where(mask, paper, grey).astype(np.uint8), scale)
    return np.where(mask, paper, grey).astype(np.uint8)


def _dust(grey: Grey, scale: float) -> Mask:
    """Where specks smaller than the page's dots stand between its words.

    What stands above or below print may be an accent's piece and stays; so does everything where the dots
    have too few pixels to tell them from dust: at 150 dpi a page lost accents. ``scale`` is how many times
    finer the picture is than one at 100 dpi.
    """
    nothing = np.zeros(grey.shape, np.bool_)
    light = float(np.percentile(grey[::4, ::4], 75))
    inked = grey[grey < light / 2]
    if not inked.size:
        return nothing
    dark = (grey < (light + float(np.percentile(inked, 10))) / 2).astype(np.uint8)
    _, pieces, stats, middles = pieces_of(dark)
    areas = stats[:, cv2.CC_STAT_AREA]
    tiny = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= round(_LARGEST * scale)
    tiny[0] = False
    dots = areas[tiny & (areas >= _DOT * (_MM * scale) ** 2)]
    if not dots.size or np.median(dots) < _TELLING:
        return nothing
    print_ = cv2.subtract(dark, tiny[pieces].astype(np.uint8))
    columns = cv2.dilate(print_, np.ones((2 * round(_ACCENT * scale) + 1, 1), np.uint8))
    at = np.rint(middles).astype(np.int64)
    dust = tiny & (areas < _SMALLER * float(np.median(dots))) & (columns[at[:, 1], at[:, 0]] == 0)
    side = 2 * max(1, round(_HALO * scale)) + 1
    around = cv2.dilate(dust[pieces].astype(np.uint8), np.ones((side, side), np.uint8))
    # the grey edge of a letter beside it stays
    others = cv2.dilate(cv2.subtract(dark, dust[pieces].astype(np.uint8)), np.ones((3, 3), np.uint8))
    return np.asarray((around > 0) & (np.asarray(others) == 0))
