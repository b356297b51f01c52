"""What lies around the paper: the black of an open lid, the edge of the glass, a desk."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.reading.scan.picture.direction import print_only
from extract.reading.scan.picture.resolution import MEASURED, Grey, Mask

_MM = MEASURED / 25.4
_DARK = (0.62, 0.5, 0.4, 0.3, 0.2)
"""Shares of the paper's light below which a stretch may be no paper; the first with a sharp end counts."""
_WIDE = round(2.5 * _MM) | 1
_EDGE = 1.35
"""How many times lighter paper is than its surroundings, right beside them: shade fades, a lid ends."""
_SHARP = 0.85
"""Share of the line between them along which this must hold."""
_WRITTEN = 0.02
"""Share of letters in what is taken for surroundings from which on it is a dark part of the page."""
_LEAST = 0.002
_MOST = 0.6
"""Shares of the picture that surroundings may cover; a page that is dark all over is no border."""


def surroundings(small: Grey) -> Mask | None:
    """Where a page at 100 dpi shows what lies around the paper, ``None`` when it shows only paper.

    Surroundings are dark, wider than print (2.5 mm), touch the edge of the picture, hold no light writing,
    and end sharply, which the shade of a lamp or of a book's fold does not.
    """
    side = _WIDE
    # taking the lightest pixel around takes print away
    wider = np.pad(small, side, mode="edge")
    closed = cv2.morphologyEx(wider, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    bare = np.asarray(closed, dtype=np.uint8)[side:-side, side:-side]
    paper = float(np.percentile(bare[::2, ::2], 80))
    # most pages are white up to their edges, and there is nothing to look for
    darkest = min(float(edge.min()) for edge in _edges(bare))
    for dark in (share for share in _DARK if darkest < share * paper):
        around = _around(bare, dark * paper)
        if around is not None and float(print_only(small)[around > 0].mean()) < _WRITTEN:
            break
    else:
        return None
    # up to the very edge of the paper: what is dark and next to it, but not what print lies beyond
    near = cv2.dilate(around, np.ones((5, 5), np.uint8))
    near = near & ((small < 0.8 * paper) | (around > 0)).astype(np.uint8)
    return cv2.dilate(near, np.ones((3, 3), np.uint8)).astype(np.bool_)


def _around(bare: Grey, limit: float) -> Grey | None:
    """What is darker than ``limit`` from the edges on, ``None`` when that is no border."""
    dark = (bare < limit).astype(np.uint8)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    at_edge = np.zeros(count, np.bool_)
    for edge in _edges(pieces):
        at_edge[np.unique(edge)] = True
    at_edge[0] = False
    around = np.zeros_like(dark)
    for piece in np.flatnonzero(at_edge):
        found = (pieces == piece).astype(np.uint8)
        if stats[piece, cv2.CC_STAT_AREA] > _WIDE**2 and _ends_sharply(bare, found):
            around |= found
    return around if _LEAST < float(around.mean()) < _MOST else None


def _edges(picture: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    return picture[0], picture[-1], picture[:, 0], picture[:, -1]


def _ends_sharply(bare: Grey, piece: Grey) -> bool:
    """Whether paper begins within a millimetre along almost the whole edge of a dark piece."""
    cross = np.ones((3, 3), np.uint8)
    edge = np.asarray(cv2.subtract(cv2.dilate(piece, cross), piece)) > 0
    # the edges of the picture are none of the paper
    edge[[0, -1]] = edge[:, [0, -1]] = False
    if not edge.any():
        return False
    reach = np.ones((9, 9), np.uint8)
    lightest = np.asarray(cv2.dilate(bare, reach), dtype=np.float32)[edge]
    darkest = np.asarray(cv2.erode(bare, reach), dtype=np.float32)[edge]
    return float((lightest > _EDGE * np.maximum(darkest, 8.0)).mean()) > _SHARP


def painted_white(grey: Grey, around: Mask, paper: float) -> Grey:
    """The picture with its surroundings as light as paper."""
    height, width = grey.shape
    mask = cv2.resize(around.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    result = grey.copy()
    result[mask > 0] = round(paper)
    return result
