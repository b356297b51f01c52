"""What lies around the paper: the black of an open lid, the edge of the glass, a desk."""

from __future__ import annotations

import cv2
import numpy as np

from extract.reading.picture.resolution import MEASURED, Grey, Mask

_MM = MEASURED / 25.4
_DARK = 0.62
"""Share of the paper's light below which a stretch may be no paper."""
_EDGE = 1.5
"""How many times lighter paper is than its surroundings, right beside them: shade fades, a lid ends."""
_LEAST = 0.002
_MOST = 0.6
"""Shares of the picture that surroundings may cover; a page that is dark all over is no border."""


def surroundings(small: Grey) -> Mask | None:
    """Where a page at 100 dpi shows what lies around the paper, ``None`` when it shows only paper.

    Surroundings are dark, wider than print (2.5 mm), touch the edge of the picture, hold no light writing,
    and end sharply, which the shade of a lamp or of a book's fold does not.
    """
    side = round(2.5 * _MM) | 1
    # taking the lightest pixel around takes print away
    wider = np.pad(small, side, mode="edge")
    closed = cv2.morphologyEx(wider, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    bare = np.asarray(closed, dtype=np.uint8)[side:-side, side:-side]
    paper = float(np.percentile(bare[::2, ::2], 80))
    dark = (bare < _DARK * paper).astype(np.uint8)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    at_edge = np.zeros(count, np.bool_)
    for edge in (pieces[0], pieces[-1], pieces[:, 0], pieces[:, -1]):
        at_edge[np.unique(edge)] = True
    at_edge[0] = False
    around = np.zeros_like(dark)
    for piece in np.flatnonzero(at_edge):
        found = (pieces == piece).astype(np.uint8)
        if stats[piece, cv2.CC_STAT_AREA] > side * side and _ends_sharply(bare, found):
            around |= found
    share = float(around.mean())
    if not _LEAST < share < _MOST:
        return None
    # up to the very edge of the paper: what is dark and next to it, but not what print lies beyond
    near = cv2.dilate(around, np.ones((5, 5), np.uint8))
    near = near & ((small < 0.8 * paper) | (around > 0)).astype(np.uint8)
    return cv2.dilate(near, np.ones((3, 3), np.uint8)).astype(np.bool_)


def _ends_sharply(bare: Grey, piece: Grey) -> bool:
    kernel = np.ones((3, 3), np.uint8)
    outside = cv2.subtract(cv2.dilate(piece, kernel, iterations=4), cv2.dilate(piece, kernel, iterations=3))
    inside = cv2.subtract(piece, cv2.erode(piece, kernel, iterations=2, borderValue=(1,)))
    if not cv2.countNonZero(outside) or not cv2.countNonZero(inside):
        return False
    # at the edge of shade the paper goes on almost as dark
    beside, within = (float(np.median(bare[np.asarray(where) > 0])) for where in (outside, inside))
    return beside > _EDGE * max(within, 8.0)


def painted_white(grey: Grey, around: Mask, paper: float) -> Grey:
    """The picture with its surroundings as light as paper."""
    height, width = grey.shape
    mask = cv2.resize(around.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    result = grey.copy()
    result[mask > 0] = round(paper)
    return result
