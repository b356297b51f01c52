"""Two pages side by side on one picture: an open file or book on the glass."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.reading.scan.picture.direction import print_only
from extract.reading.scan.picture.resolution import Grey

_SHAPE = (1.15, 1.8)
"""Width by height of two portrait pages: two A4 sheets have 1.41."""
_MIDDLE = (0.42, 0.58)
_GUTTER = 0.045
"""Least width of the empty strip as a share of the picture: the inner margins of two A4 pages have 0.1."""
_LINES = 5


def gutter(small: Grey) -> float | None:
    """Where two pages on a level picture at 100 dpi meet, as a share of its width; ``None`` when not sure.

    Two pages have an empty strip from top to bottom in the middle and lines of text on either side that
    fill their half, or end early on the right. A landscape page with a wide table, a centred title or a page
    number below has print in the middle; a list in two columns fills its halves less.
    """
    height, width = small.shape
    if not _SHAPE[0] <= width / height <= _SHAPE[1]:
        return None
    letters = print_only(small)
    left, right = (round(share * width) for share in _MIDDLE)
    empty = letters[:, left:right].sum(axis=0) <= max(1, round(0.002 * height))
    start, end = _longest(empty)
    if end - start < _GUTTER * width:
        return None
    middle = left + (start + end) // 2
    if has_level_rules(small, middle):
        return None
    left_half, right_half = letters[:, :middle], letters[:, middle:]
    if _is_page(left_half) and (_is_page(right_half) or _goes_on(left_half, right_half)):
        return float(middle / width)
    return None


def has_level_rules(small: Grey, at: int) -> bool:
    """Whether drawn lines cross the column ``at``, as those of a wide table do."""
    width = small.shape[1]
    middle = small[:, round(0.4 * width) : round(0.6 * width)]
    around = cv2.blur(middle, (1, 31)).astype(np.int16)
    dark = (middle.astype(np.int16) < around - 18).astype(np.uint8)
    lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(0.12 * width)), np.uint8))
    here = at - round(0.4 * width)
    return bool(lines[:, max(0, here - 2) : here + 3].any())


def _is_page(half: Grey) -> bool:
    """Whether print stands on a half like the text of a page: enough lines, over most of the width."""
    rows = half.sum(axis=1) > 0
    starts = int((np.diff(rows.astype(np.int8), prepend=0) == 1).sum())
    columns = np.flatnonzero(half.sum(axis=0))
    if starts < _LINES or columns.size == 0:
        return False
    return bool(columns[-1] - columns[0] > 0.5 * half.shape[1] and columns.size > 0.45 * half.shape[1])


def _goes_on(left: Grey, right: Grey) -> bool:
    """Whether the right half is the last page of what fills the left: a few lines, a signature."""
    height = left.shape[0]
    full, last = np.flatnonzero(left.any(axis=1)), np.flatnonzero(right.any(axis=1))
    if full.size == 0 or last.size == 0:
        return False
    return bool(full[-1] > 0.75 * height and last[0] < 0.3 * height and last[-1] < 0.65 * height)


def _longest(empty: NDArray[np.bool_]) -> tuple[int, int]:
    """Start and end of the longest run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], empty.astype(np.int8), [0]])))
    runs = edges.reshape(-1, 2)
    if not len(runs):
        return 0, 0
    start, end = max(runs, key=lambda run: run[1] - run[0])
    return int(start), int(end)
