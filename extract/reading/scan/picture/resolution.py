"""How large a page is, and at which resolution it is measured and read."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

DPI = 300
MAX_PIXELS = 150_000_000
"""Pictures above this are refused: an A4 page at 300 dpi has 9 million pixels."""
MEASURED = 100
"""Dots per inch of the reduced page that measures look at: letters stay letters, noise averages out."""
_COARSE, _FINE = 230.0, 400.0
"""Pictures between these are read as they are."""
_ENLARGED = 240.0
"""Coarser ones are enlarged to this: measured at 150 dpi it leaves fewer errors than 300, in less time."""
_A4 = (8.27, 11.69)

Grey = NDArray[np.uint8]
Picture = NDArray[np.uint8]
"""Rows, columns, and three colours where it has them."""
Mask = NDArray[np.bool_]

# OpenCV's own threads fight with the workers over the same cores
cv2.setNumThreads(1)


def plausible_dpi(dpi: float | None, size: tuple[int, int]) -> float | None:
    """``dpi`` when it makes a sheet between A6 and A3 of the picture, else ``None``: phones write 72."""
    if dpi is None or not 60 <= dpi <= 1300:
        return None
    short, long = sorted(side / dpi for side in size)
    return dpi if 3.5 <= short <= 13 and long <= 20 else None


def guess_dpi(size: tuple[int, int]) -> float:
    """The resolution when the picture shows an A4 sheet, or a strip of its width."""
    short, long = sorted(size)
    if short / long >= 0.55:
        return long / _A4[1]
    return size[0] / _A4[0]


def reading_scale(dpi: float, size: tuple[int, int]) -> float:
    """By how much a picture is enlarged (above 1) or reduced before it is read; 1 where it is near enough."""
    if _COARSE <= dpi <= _FINE:
        return 1.0
    factor = (_ENLARGED if dpi < _COARSE else DPI) / dpi
    return min(factor, 3.0, math.sqrt(MAX_PIXELS / 3 / max(size[0] * size[1], 1)))


def reduced(picture: Picture, dpi: float) -> tuple[Any, float]:
    """The picture at about :data:`MEASURED` dpi, and by which factor it was reduced (at most 1)."""
    factor = min(1.0, MEASURED / dpi)
    if factor == 1.0:
        return picture, 1.0
    height, width = picture.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA), factor
