"""Seals, stamp frames and strokes of the pen on a scanned page, by colour and shape.

A round seal has 25 to 45 mm (Thông tư 21/2012/TT-BCA: 34 to 42), the frame of an incoming stamp about 35 by
50 mm (Nghị định 30/2020/NĐ-CP, Phụ lục IV). Pictures here are at about 100 dpi: boxes are in their pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.reading.scan.picture.pieces import pieces_of

Rect = tuple[float, float, float, float]
Picture = NDArray[np.uint8]

_MM = 100 / 25.4
_SEAL = (22 * _MM, 52 * _MM)
_RADIUS = (14 * _MM, 23 * _MM)
_CUT = (10.5, 24)
"""Millimetres of radius."""
_SEEN = 0.25
"""Share of a cut seal's ring that has to be on the sheet."""
_FRAME = ((28 * _MM, 110 * _MM), (10 * _MM, 60 * _MM))
_COVERED = 0.62
"""Share of a ring's or frame's outline that is ink; letters of the ring and gaps in worn stamps are less."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A round seal: centre and radius."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Rect:
        """The square around it."""
        return (self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return (x - self.x) ** 2 + (y - self.y) ** 2 <= (1.05 * self.radius) ** 2


def red_ink(colour: Picture) -> Picture:
    """A mask of red ink: that of seals and of many stamps."""
    wide = colour.astype(np.int16)
    red = wide[..., 0] - np.maximum(wide[..., 1], wide[..., 2])
    return ((red > 40) * 255).astype(np.uint8)


def blue_ink(colour: Picture) -> Picture:
    """A mask of blue and violet ink: that of pens and of some stamps."""
    wide = colour.astype(np.int16)
    blue = wide[..., 2] - wide[..., 1]
    return (((blue > 28) & (wide[..., 2] - wide[..., 0] > 18)) * 255).astype(np.uint8)


def red_seals(red: Picture) -> list[Circle]:
    """Round seals in the red ink of a page."""
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = pieces_of(joined)
    found = []
    for label in range(1, count):
        x, y, w, h, size = (int(value) for value in stats[label])
        if not (_SEAL[0] <= max(w, h) <= _SEAL[1] and min(w, h) > 0.75 * max(w, h)):
            continue
        corner = max(2, w // 8)
        mask = labels[y : y + h, x : x + w] == label
        corners = (
            mask[:corner, :corner],
            mask[:corner, -corner:],
            mask[-corner:, :corner],
            mask[-corner:, -corner:],
        )
        if size > 0.08 * w * h and all(float(piece.mean()) < 0.3 for piece in corners) and _is_round(mask):
            found.append(Circle(x + w / 2, y + h / 2, max(w, h) / 2))
    return found


def cut_seals(red: Picture, paper: Picture, mm: float) -> list[Circle]:
    """Round seals in the red ink of a page whose ring is broken by print or cut by the edge of the sheet.

    Seals over the edges of a report's sheets (dấu giáp lai) show only a part on each. ``paper`` is where the
    sheet lies in the picture, ``mm`` how many pixels a millimetre has.
    """
    least, most = round(_CUT[0] * mm), round(_CUT[1] * mm)
    wide, sheet = _with_room(red, most), _with_room(paper, most)  # the middle may lie beside the sheet
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(wide, (5, 5), 0),
        cv2.HOUGH_GRADIENT,
        dp=2,
        minDist=least,
        param1=120,
        param2=30,
        minRadius=least,
        maxRadius=most,
    )
    thick = np.asarray(cv2.dilate(wide, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    found: list[Circle] = []
    for x, y, _ in circles[0][:6] if circles is not None else ():
        around = (float(x), float(y))
        # the outermost of its rings
        sizes = (
            size for size in range(most, least - 1, -1) if _covered(thick, *around, size, sheet) >= _COVERED
        )
        radius = next(sizes, None)
        if radius is not None:
            circle = Circle(around[0] - most, around[1] - most, radius)
            if not any(other.holds(circle.x, circle.y) for other in found):
                found.append(circle)
    return found


def _with_room(picture: Picture, room: int) -> Picture:
    return np.pad(picture, room)


def _is_round(mask: NDArray[np.bool_]) -> bool:
    """Whether ink lies all around near the edge of the largest circle in the box, as a seal's ring does."""
    rows, columns = np.nonzero(mask)
    height, width = mask.shape
    y, x = (rows - height / 2) / (height / 2), (columns - width / 2) / (width / 2)
    rim = np.hypot(x, y) > 0.72
    sectors = np.unique((np.arctan2(y[rim], x[rim]) / np.pi * 18).astype(int))
    return len(sectors) >= 26  # of 36


def dark_seals(ink: Picture) -> list[Circle]:
    """Round seals of a grey copy: rings that are nearly whole."""
    half = cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(half, (5, 5), 0)
    circles = cv2.HoughCircles(
        soft,
        cv2.HOUGH_GRADIENT,
        dp=1.5,
        minDist=_RADIUS[0],
        param1=120,
        param2=55,
        minRadius=int(_RADIUS[0] / 2),
        maxRadius=int(_RADIUS[1] / 2),
    )
    found: list[Circle] = []
    for x, y, radius in circles[0][:6] if circles is not None else ():
        circle = _fitted(ink, 2 * float(x), 2 * float(y), 2 * float(radius))
        if circle is not None and not any(other.holds(circle.x, circle.y) for other in found):
            found.append(circle)
    return found


def _fitted(ink: Picture, x: float, y: float, radius: float) -> Circle | None:
    """The circle of that middle whose ring is best covered with ink, ``None`` where too little is."""
    thick = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    best: tuple[float, float] | None = None
    for size in np.arange(radius - 5, radius + 6, 1.0):
        covered = _covered(thick, x, y, size)
        if best is None or covered > best[0]:
            best = (covered, float(size))
    return Circle(x, y, best[1]) if best is not None and best[0] >= _COVERED else None


def _covered(thick: Picture, x: float, y: float, radius: float, paper: Picture | None = None) -> float:
    """Share of a ring that is ink; of what lies on the ``paper``, 0 where that is too little of it."""
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    rows = np.clip(np.rint(y + radius * np.sin(angles)).astype(int), 0, thick.shape[0] - 1)
    columns = np.clip(np.rint(x + radius * np.cos(angles)).astype(int), 0, thick.shape[1] - 1)
    inked = thick[rows, columns] > 0
    if paper is not None:
        seen = paper[rows, columns] > 0
        if float(seen.mean()) < _SEEN:
            return 0.0
        inked = inked[seen]
    return float(inked.mean())


def frames(ink: Picture) -> list[Rect]:
    """Whole frames of the size of an incoming stamp, a little turned or not; also cells of tables."""
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Rect] = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if not _is_frame(w, h):
            continue
        _, (a, b), _ = cv2.minAreaRect(contour)
        if min(a, b) <= 0 or cv2.contourArea(contour) < 0.8 * a * b:
            continue
        box = (float(x), float(y), float(x + w), float(y + h))
        if not any(_same(box, other) for other in found):
            found.append(box)
    return found


def coloured_frames(ink: Picture) -> list[Rect]:
    """Frames in a colour of their own: gaps where print runs over them do not matter."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    count, labels, stats, _ = pieces_of(joined)
    found = []
    for label in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[label])
        if not _is_frame(w, h):
            continue
        mask = labels[y : y + h, x : x + w] == label
        across, down = max(4, h // 12), max(4, w // 12)  # room for a slight turn
        sides = (
            mask[:across].any(axis=0),
            mask[-across:].any(axis=0),
            mask[:, :down].any(axis=1),
            mask[:, -down:].any(axis=1),
        )
        if all(float(side.mean()) > _COVERED for side in sides) and float(mask.mean()) < 0.6:
            found.append((float(x), float(y), float(x + w), float(y + h)))
    return found


def _is_frame(width: float, height: float) -> bool:
    return _FRAME[0][0] <= width <= _FRAME[0][1] and _FRAME[1][0] <= height <= _FRAME[1][1]


def strokes(ink: Picture, usual: float, known: Sequence[Rect]) -> list[Rect]:
    """Large loose strokes of a pen: signatures, notes in the margin; not tables, rules or what is ``known``.

    ``usual`` is the height of a word.
    """
    count, labels, stats, _ = pieces_of(ink)
    height, width = ink.shape
    found = []
    for label in range(1, count):
        x, y, w, h, size = (int(value) for value in stats[label])
        if h < 2.2 * usual or w < 1.5 * usual or h > 0.25 * height or w > 0.45 * width:
            continue
        if size > 0.3 * w * h or any(_covers(box, (x, y, x + w, y + h)) for box in known):
            continue
        piece = ((labels[y : y + h, x : x + w] == label) * 255).astype(np.uint8)
        if _is_ruled(piece):
            continue
        found.append((float(x), float(y), float(x + w), float(y + h)))
    return found


def _is_ruled(piece: Picture) -> bool:
    """Whether much of a mark is straight level or upright lines, as of tables and frames."""
    height, width = piece.shape
    total = max(int((piece > 0).sum()), 1)
    level = cv2.morphologyEx(piece, cv2.MORPH_OPEN, np.ones((1, max(8, width // 3)), np.uint8))
    upright = cv2.morphologyEx(piece, cv2.MORPH_OPEN, np.ones((max(8, height // 3), 1), np.uint8))
    return int((level > 0).sum()) + int((upright > 0).sum()) > 0.35 * total


def _covers(outer: Rect, inner: Rect) -> bool:
    across = min(outer[2], inner[2]) - max(outer[0], inner[0])
    down = min(outer[3], inner[3]) - max(outer[1], inner[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return across > 0 and down > 0 and across * down > 0.5 * area


def _same(a: Rect, b: Rect) -> bool:
    return all(abs(one - other) < 2 * _MM for one, other in zip(a, b, strict=True))
