"""Paper and ink: uneven light, and what is paler than print: the back showing through, creases, stains."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.reading.scan.picture.resolution import MEASURED, Grey, Mask, Picture

UNEVEN = 20.0
"""Grey levels between the dark and the light corners of the paper from which on light is uneven."""
GHOSTS = 0.0006
"""Share of the page's pixels that are neither paper nor ink from which on they are taken for show-through.

Clean, blurred, noisy pages have 0.0002 at most; a black seal has 0.0008 and more, a crease or show-through
0.015.
"""
PALE = 0.5
"""Ghosts lie in this upper part of the levels between ink and paper; darker is text printed in grey."""
_THIN = 0.2 * 255
"""Share of a pixel at 100 dpi that is ink where a rule runs through it."""
_MM = MEASURED / 25.4


@dataclass(frozen=True, slots=True)
class Levels:
    """The grey of paper and of ink, and the share of pixels that are neither and stand away from ink."""

    paper: float
    ink: float
    ghosts: float
    ghost: float

    @property
    def contrast(self) -> float:
        """Grey levels between ink and paper."""
        return self.paper - self.ink


def background(small: Grey) -> Grey:
    """The paper's grey around each pixel of a page at 100 dpi: what is left when print is taken away.

    Closing takes away everything dark that is thinner than 5 mm, as strokes of letters, headings and
    drawn lines are.
    """
    side = 2 * round(2.5 * _MM) + 1
    opened = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return np.asarray(cv2.blur(opened, (side, side)), dtype=np.uint8)


def unevenness(small: Grey) -> float:
    """Grey levels between the darkest and the lightest stretches of paper, the outer 5 % left out."""
    paper = background(small)[::4, ::4]
    return float(np.percentile(paper, 95) - np.percentile(paper, 5))


def even_light(grey: Picture, small: Grey) -> Grey:
    """The picture divided by its background, so that paper is equally light everywhere."""
    height, width = grey.shape
    fine = cv2.resize(np.maximum(background(small), 16), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, fine, scale=255.0), dtype=np.uint8)


def levels(small: Grey, grey: Grey, coloured: Mask | None = None) -> Levels:
    """Measure paper, ink and what is between them on a page at 100 dpi whose light is even.

    What is ``coloured`` is no ghost: it may be a stamp, whose words count. Nor is a thin rule, which is pale
    only at 100 dpi and dark in the pixels of ``grey``, the page as it was scanned.
    """
    paper = float(np.percentile(small[::2, ::2], 75))
    dark = small[small < paper - 25]
    if dark.size < 0.0005 * small.size:
        return Levels(paper, paper, 0.0, paper)
    ink = float(np.percentile(dark, 10))
    middle = paper - 0.5 * (paper - ink)
    known = small < middle if coloured is None else (small < middle) | coloured
    near = cv2.dilate(known.astype(np.uint8), np.ones((7, 7), np.uint8))
    # a mean of nine pixels: noise goes, the strokes of blurred print stay
    calm = cv2.blur(small, (3, 3))
    between = (calm < paper - max(12.0, 0.1 * (paper - ink))) & (near == 0)
    if float(between.mean()) > GHOSTS:  # else it makes no difference
        between &= ~_drawn(grey, small.shape, middle)
    found = calm[between]
    ghost = float(np.percentile(found, 5)) if found.size else paper
    return Levels(paper, ink, found.size / small.size, ghost)


def _drawn(grey: Grey, shape: tuple[int, ...], middle: float) -> Mask:
    """Where at 100 dpi (``shape``) the page in its own pixels has ink, however thin."""
    thin = (grey < middle).astype(np.uint8) * 255
    share = cv2.resize(thin, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    return cv2.dilate(np.asarray(share), np.ones((5, 5), np.uint8)) > _THIN


def stretched(grey: Grey, black: float, white: float) -> Grey:
    """Grey levels from ``black`` to ``white`` spread over the whole range, what is outside cut off."""
    steps = (np.arange(256, dtype=np.float32) - black) * (255.0 / max(white - black, 1.0))
    table: Grey = np.clip(steps, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(grey, table), dtype=np.uint8)
