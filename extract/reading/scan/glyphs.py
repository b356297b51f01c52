"""Marks of ink in a small part of a page: their boxes, strokes, shades and colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter or digit of the picture: its box in pixels, width of its stroke, shade of its ink."""

    left: float
    top: float
    right: float
    bottom: float
    stroke: float
    shade: float

    @property
    def height(self) -> float:
        """Upper edge to foot."""
        return self.bottom - self.top


def glyphs_in(grey: Image.Image, area: Rect) -> list[Glyph]:
    """The connected marks of ink in ``area`` from left to right; accents are marks of their own."""
    x0, y0 = max(int(area[0]), 0), max(int(area[1]), 0)
    cut = _cut(grey, area)
    if min(cut.shape) < 2:
        return []
    if int(cut.max()) - int(cut.min()) < 40:
        return []
    _, ink = cv2.threshold(cut, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    inside = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    found = []
    for label in range(1, count):
        x, y, w, h, size = (int(value) for value in stats[label])
        if size < 12 or (h <= 3 and w > 6 * h):
            continue
        where = labels[y : y + h, x : x + w] == label
        depth = inside[y : y + h, x : x + w][where]
        core = depth >= 0.7 * float(depth.max())
        found.append(
            Glyph(
                x0 + x,
                y0 + y,
                x0 + x + w,
                y0 + y + h,
                2.0 * float(np.percentile(depth, 85)),
                float(np.median(cut[y : y + h, x : x + w][where][core])),
            )
        )
    return sorted(found, key=lambda glyph: glyph.left)


def around(glyphs: Sequence[Glyph]) -> Rect:
    """The box around the glyphs."""
    return (
        min(g.left for g in glyphs),
        min(g.top for g in glyphs),
        max(g.right for g in glyphs),
        max(g.bottom for g in glyphs),
    )


def paper_shade(grey: Image.Image, area: Rect) -> float:
    """The shade of the paper in an area."""
    cut = _cut(grey, area)
    return float(np.percentile(cut, 90)) if cut.size else 255.0


def _cut(grey: Image.Image, area: Rect) -> Grey:
    """The pixels of an area: only what is looked at becomes an array, a whole page would cost too much."""
    x0, y0 = max(int(area[0]), 0), max(int(area[1]), 0)
    x1, y1 = min(int(area[2]) + 1, grey.width), min(int(area[3]) + 1, grey.height)
    if x1 <= x0 or y1 <= y0:
        return np.zeros((0, 0), np.uint8)
    return np.asarray(grey.crop((x0, y0, x1, y1)), dtype=np.uint8)


def chroma_of(colour: NDArray[np.uint8], glyphs: Sequence[Glyph]) -> float:
    """How coloured the darkest ink of the glyphs is: the span between the channels."""
    found = []
    for g in glyphs:
        x0, y0, x1, y1 = (int(edge / 3) for edge in (g.left, g.top, g.right, g.bottom))
        cut = colour[y0 : y1 + 1, x0 : x1 + 1].reshape(-1, 3).astype(np.int16)
        if not len(cut):
            continue
        dark = cut[cut.sum(axis=1) <= np.percentile(cut.sum(axis=1), 25)]
        found.append(float(np.median(dark.max(axis=1) - dark.min(axis=1))))
    return max(found, default=0.0)
