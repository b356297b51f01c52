"""A part of a page, read by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image, ImageOps

from extract.reading.base import Layout, OcrWord, StripReader

Frame = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the page."""

_PAPER = 40  # pixels of blank paper around it: Tesseract finds no line in a picture without a border


def read_part(
    image: Image.Image,
    frame: Frame,
    engine: StripReader,
    dpi: int,
    layout: Layout,
    *,
    margin: tuple[int, int] = (12, 12),
    scale: float = 1.0,
) -> list[OcrWord]:
    """The words within ``frame`` of a grey page, in pixels of the page.

    Args:
        image: The page.
        frame: What is read.
        engine: Reads it.
        dpi: What the part is given to the engine as.
        layout: What the part shows.
        margin: Pixels of the page to its sides, and above and below, that are read with it.
        scale: Enlarges or reduces it before.
    """
    across, down = margin
    left, top = max(0, int(frame[0]) - across), max(0, int(frame[1]) - down)
    right, bottom = min(image.width, int(frame[2]) + across), min(image.height, int(frame[3]) + down)
    part = image.crop((left, top, right, bottom))
    part = ImageOps.expand(part, _PAPER, int(np.percentile(np.asarray(part), 90)))
    if scale != 1.0:
        part = part.resize((round(part.width * scale), round(part.height * scale)), Image.Resampling.LANCZOS)
    return [
        replace(
            word,
            left=word.left / scale + left - _PAPER,
            right=word.right / scale + left - _PAPER,
            top=word.top / scale + top - _PAPER,
            bottom=word.bottom / scale + top - _PAPER,
        )
        for word in engine.strip(part, dpi, layout)
    ]


def around(words: Sequence[OcrWord]) -> Frame:
    """The frame around ``words``."""
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def covers(word: OcrWord, other: OcrWord) -> bool:
    """Whether ``other`` lies mostly on ``word``."""
    across = min(word.right, other.right) - max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    area = (other.right - other.left) * (other.bottom - other.top)
    return across > 0 and down > 0 and across * down > 0.4 * area
