"""A page ready for recognition, and the way back from it to the picture as it was given."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.pages import Box
from extract.reading.scan.picture.resolution import DPI, Grey, Picture

Matrix = NDArray[np.float64]
"""Three by three: takes a point (x, y, 1) of one picture to a point of another, up to a factor."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """Lines of words in ink that were taken out of a page: where (fractions of the picture as given), and in
    which of its three colours they stand out."""

    box: Box
    channel: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready for recognition.

    ``image`` is grey, of ``dpi`` dots an inch; ``colour`` the same page in the same geometry at a third of
    its size, before any ink was taken out, and ``original`` the picture as it was given, where that had
    colours; ``steps`` name what was done; ``slant`` is by how many degrees it was turned (anticlockwise).
    ``back`` takes pixels of ``image`` to fractions of the picture as given. ``lifted`` are the stamps whose
    words were taken off the print under them and are to be read by themselves.
    """

    image: Image.Image
    slant: float = 0.0
    steps: tuple[str, ...] = ()
    colour: Image.Image | None = None
    dpi: float = DPI
    back: Matrix | None = field(default=None, compare=False)
    original: Picture | None = field(default=None, compare=False, repr=False)
    lifted: tuple[Lifted, ...] = ()

    def colours(self, left: int, top: int, right: int, bottom: int) -> Picture | None:
        """A part of the page in the colours and the geometry of :attr:`image`, ``None`` for grey pages."""
        if self.original is None or self.back is None:
            return None
        height, width = self.original.shape[:2]
        there = scaling(width, height) @ self.back @ shift(left, top)
        return moved(
            self.original, np.asarray(np.linalg.inv(there), np.float64), (right - left, bottom - top)
        )

    def frame(self, box: Box) -> tuple[int, int, int, int] | None:
        """A box of the picture as given in pixels of :attr:`image`, ``None`` when its middle lies outside."""
        there = (
            scaling(self.image.width, self.image.height) if self.back is None else np.linalg.inv(self.back)
        )
        corners = [(x, y, 1.0) for x in (box[0], box[2]) for y in (box[1], box[3])]
        points = (there @ np.array(corners).T).T
        points = points[:, :2] / points[:, 2:]
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        if not (0 <= left + right < 2 * self.image.width and 0 <= top + bottom < 2 * self.image.height):
            return None
        return int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point in pixels of :attr:`image` as fractions of the picture as given; may lie outside of it."""
        if self.back is None:
            return x / self.image.width, y / self.image.height
        across, down, scale = self.back @ np.array([x, y, 1.0])
        return float(across / scale), float(down / scale)

    def sheet(self, shape: tuple[int, ...], margin: float = 0.0) -> Grey:
        """A mask of where the picture as given lies in :attr:`image`, at the size ``shape`` (rows, columns).

        ``margin`` is the share of the picture left out along its edges.
        """
        corners = [(margin, margin), (1 - margin, margin), (1 - margin, 1 - margin), (margin, 1 - margin)]
        across, down = shape[1] / self.image.width, shape[0] / self.image.height
        there = (
            scaling(self.image.width, self.image.height) if self.back is None else np.linalg.inv(self.back)
        )
        quad = (scaling(across, down) @ there @ np.array([(x, y, 1.0) for x, y in corners]).T).T
        mask = np.zeros(shape[:2], np.uint8)
        cv2.fillConvexPoly(mask, np.rint(quad[:, :2] / quad[:, 2:]).astype(np.int32), (255,))
        inset = np.ceil(margin * np.array(shape[:2])).astype(int)
        # half of an open book ends inside the picture
        mask[: inset[0]], mask[shape[0] - inset[0] :] = 0, 0
        mask[:, : inset[1]], mask[:, shape[1] - inset[1] :] = 0, 0
        return mask

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A box in pixels of :attr:`image` as fractions of the picture as given, cut at its edges.

        The middle goes back exactly and the box keeps its own width and height there: a word on a slanted
        page keeps the height of its letters instead of the height of a slanted box around them.
        """
        x, y = (left + right) / 2, (top + bottom) / 2
        middle = self.point(x, y)
        half_width = abs(self.point(right, y)[0] - self.point(left, y)[0]) / 2
        half_height = abs(self.point(x, bottom)[1] - self.point(x, top)[1]) / 2
        return (
            _inside(middle[0] - half_width),
            _inside(middle[1] - half_height),
            _inside(middle[0] + half_width),
            _inside(middle[1] + half_height),
        )


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def scaling(x: float, y: float) -> Matrix:
    """Makes a picture larger by ``x`` across and ``y`` down."""
    return np.diag([x, y, 1.0])


def shift(x: float, y: float) -> Matrix:
    """Moves by ``x`` to the right and ``y`` down."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def turning(degrees: float, size: tuple[float, float]) -> Matrix:
    """Turns anticlockwise round the middle of a picture of ``size`` (width, height)."""
    matrix = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), degrees, 1.0)
    return np.vstack([matrix, [0.0, 0.0, 1.0]])


def moved(picture: Picture, there: Matrix, size: tuple[int, int]) -> Picture:
    """``picture`` through ``there`` onto a picture of ``size``; what lies beyond its edges is white.

    ``there`` counts from the corner of the first pixel, as sizes do, so that enlarging by two takes the
    right edge to the right edge.
    """
    height, width = picture.shape[:2]
    if np.allclose(there, np.eye(3), atol=1e-9) and size == (width, height):
        return picture
    scale = float(np.sqrt(abs(np.linalg.det(there[:2, :2]))))
    if scale < 0.75:
        # fewer pixels: average them, or thin strokes are skipped
        step = (max(1, round(width * scale)), max(1, round(height * scale)))
        picture = np.asarray(cv2.resize(picture, step, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        there = there @ scaling(width / step[0], height / step[1])
        if np.allclose(there, np.eye(3), atol=1e-3) and size == step:
            return picture
    height, width = picture.shape[:2]
    if np.allclose(there, scaling(size[0] / width, size[1] / height), atol=1e-6):
        # only enlarged: a fifth of the time that moving each pixel takes
        larger = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC)
        return np.asarray(larger, dtype=np.uint8)
    # OpenCV counts from the middle of the first pixel
    matrix = shift(-0.5, -0.5) @ there @ shift(0.5, 0.5)
    white = (255,) * 3
    moved_ = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderValue=white)
    return np.asarray(moved_, dtype=np.uint8)
