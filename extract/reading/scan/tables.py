"""Tables on scanned pages, found by their drawn lines.

Long level and upright strokes are what is left of the page after a morphological opening; where they cross,
they make a grid. A frame (a stamp, a border round the page, a seal) is no grid: it has one cell, or one
column of them. All lengths inside are in pixels at 150 dpi.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.pages import Box
from extract.reading.layout.grid import Grid
from extract.reading.scan.picture.pieces import pieces_of

_Mask = NDArray[Any]

_DARKER = 45
"""How much darker than the paper around it a line is, of 255."""
_LEVEL, _UPRIGHT = 28, 34
"""Strokes of this length survive the opening: longer than a dash, higher than a capital with its marks."""
_BRIDGE = 15
"""Gaps in a line up to this length are closed."""
_LONG = 60
"""A line has this length; two of each kind are needed before anything more is looked at."""
_SAME = 7
"""Lines this close to each other are one."""
_DRAWN = 0.6
"""Part of a cell's side that is drawn where the side is there at all."""
_NARROWEST = 0.35
"""Width of a table in parts of the page; the frames of incoming-mail stamps are narrower."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The tables of a page and the lines that draw them, ``lines`` being white where one runs."""

    grids: list[Grid]
    lines: _Mask | None = None

    def without_lines(self, image: Image.Image) -> Image.Image:
        """The grey page with the lines of its tables painted over, so that no letter touches them."""
        if self.lines is None:
            return image
        pixels = np.array(image.convert("L"))
        lines = cv2.resize(self.lines, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_NEAREST)
        pixels[lines > 0] = np.percentile(pixels[::8, ::8], 80)
        return Image.fromarray(pixels)


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A line from (x0, y0) to (x1, y1), thin."""

    x0: float
    y0: float
    x1: float
    y1: float


def find_grids(image: Image.Image) -> list[Grid]:
    """The tables with drawn lines on a grey page at 300 dpi; boxes are fractions of ``image``."""
    return find_ruling(image).grids


def find_ruling(image: Image.Image) -> Ruling:
    """The tables with drawn lines on a grey page at 300 dpi, and those lines."""
    dark = _dark(np.asarray(image if image.mode == "L" else image.convert("L")))
    level = _strokes_mask(dark, across=True)
    if cv2.countNonZero(level) < 2 * _LONG:
        return Ruling([])
    upright = _strokes_mask(dark, across=False)
    if cv2.countNonZero(upright) < 2 * _UPRIGHT:
        return Ruling([])
    grids: list[Grid] = []
    lines = np.zeros_like(level)
    # strokes that belong together touch, give or take a broken corner
    both = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((7, 7), np.uint8))
    count, labels, stats, _ = pieces_of(both)
    height, width = dark.shape
    for label in range(1, count):
        x, y, across, down, _ = (int(value) for value in stats[label])
        if across < _NARROWEST * width or down < _UPRIGHT:
            continue
        place = np.s_[y : y + down, x : x + across]
        inside = (labels[place] == label).astype(np.uint8) * 255
        own = (cv2.bitwise_and(level[place], inside), cv2.bitwise_and(upright[place], inside))
        grid = _grid(own[0], own[1], (x, y), (width, height))
        if grid is not None:
            grids.append(grid)
            lines[place] |= cv2.bitwise_or(*own)
    if not grids:
        return Ruling([])
    # the soft edge of a line is a little wider than what the opening leaves of it
    return Ruling(grids, cv2.dilate(lines, np.ones((3, 3), np.uint8)))


def _dark(pixels: _Mask) -> _Mask:
    """At half the size, what is clearly darker than the paper around it."""
    small = cv2.erode(pixels, np.ones((2, 2), np.uint8))[::2, ::2]
    height, width = small.shape
    paper = cv2.resize(small, (max(1, width // 24), max(1, height // 24)), interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(paper, np.ones((5, 5), np.uint8))
    around = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.threshold(cv2.subtract(around, small), _DARKER, 255, cv2.THRESH_BINARY)[1]


def _strokes_mask(dark: _Mask, *, across: bool) -> _Mask:
    """The long strokes in one direction. Thickened first, so that a slight slant does not break them."""

    def bar(length: int, thick: int = 1) -> _Mask:
        return np.ones((thick, length) if across else (length, thick), np.uint8)

    thick = cv2.dilate(dark, bar(1, 3))
    found = cv2.morphologyEx(thick, cv2.MORPH_OPEN, bar(_LEVEL if across else _UPRIGHT))
    found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, bar(_BRIDGE))
    if across:
        found = cv2.morphologyEx(found, cv2.MORPH_OPEN, bar(_LONG))
    return found


def _grid(level: _Mask, upright: _Mask, at: tuple[int, int], size: tuple[int, int]) -> Grid | None:
    """The grid that strokes make, ``None`` when they make none: fewer than two rows or two columns."""
    rows, columns = _strokes(level, across=True), _strokes(upright, across=False)
    if len(rows) < 2 or len(columns) < 3:
        return None
    slope = _slope(rows)
    tops = _clusters([(one.y0 + one.y1) / 2 - slope * (one.x0 + one.x1) / 2 for one in rows])
    lefts = _clusters([(one.x0 + one.x1) / 2 + slope * (one.y0 + one.y1) / 2 for one in columns])
    ends = _open_ends(columns, tops, slope)
    tops = sorted([*tops, *ends])
    if len(tops) < 3 or len(lefts) < 3:
        return None
    over = [
        [top in ends or _drawn(rows, top, span, slope, across=True) for span in pairwise(lefts)]
        for top in tops
    ]
    beside = [[_drawn(columns, left, span, slope, across=False) for left in lefts] for span in pairwise(tops)]
    cells = _cells(over, beside)
    if len({row for row, column in cells if column < len(lefts) - 1}) < 2 or len({c for _, c in cells}) < 2:
        return None

    def box(row: int, column: int, down: int, across: int) -> Box:
        x0, x1, y0, y1 = lefts[column], lefts[column + across], tops[row], tops[row + down]
        rise, lean = slope * (x0 + x1) / 2, slope * (y0 + y1) / 2
        return (
            (x0 - lean + at[0]) / size[0],
            (y0 + rise + at[1]) / size[1],
            (x1 - lean + at[0]) / size[0],
            (y1 + rise + at[1]) / size[1],
        )

    boxes: list[list[Box | None]] = [[None] * (len(lefts) - 1) for _ in range(len(tops) - 1)]
    for (row, column), (down, across) in cells.items():
        boxes[row][column] = box(row, column, down, across)
    edges = [one for line in boxes for one in line if one]
    around = (
        min(one[0] for one in edges),
        min(one[1] for one in edges),
        max(one[2] for one in edges),
        max(one[3] for one in edges),
    )
    return Grid(around, boxes)


def _strokes(mask: _Mask, *, across: bool) -> list[_Stroke]:
    count, labels, stats, _ = pieces_of(mask)
    found: list[_Stroke] = []
    for label in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[label])
        if (width if across else height) < (_LONG if across else _UPRIGHT):
            continue
        inside = labels[y : y + height, x : x + width] == label
        if across:
            ends = [_middle(inside[:, :12].any(axis=1)), _middle(inside[:, -12:].any(axis=1))]
            found.append(_Stroke(x, y + ends[0], x + width, y + ends[1]))
        else:
            ends = [_middle(inside[:12].any(axis=0)), _middle(inside[-12:].any(axis=0))]
            found.append(_Stroke(x + ends[0], y, x + ends[1], y + height))
    return found


def _open_ends(columns: list[_Stroke], tops: list[float], slope: float) -> list[float]:
    """Heights above and below all level lines at which the upright ones end together.

    There a table is left open that goes on over a page break.
    """
    upper = [one.y0 - slope * one.x0 for one in columns]
    lower = [one.y1 - slope * one.x1 for one in columns]
    found: list[float] = []
    for end, beyond in ((min(upper), tops[0] - min(upper)), (max(lower), max(lower) - tops[-1])):
        together = sum(abs(place - end) <= _SAME for place in (upper if end < tops[0] else lower))
        if beyond > _UPRIGHT and together >= 3:
            found.append(end)
    return found


def _middle(hits: NDArray[np.bool_]) -> float:
    places = np.flatnonzero(hits)
    return float(places.mean()) if len(places) else 0.0


def _slope(rows: list[_Stroke]) -> float:
    """How much the level lines fall to the right; by the longer ones."""
    longest = max(one.x1 - one.x0 for one in rows)
    slopes = [(one.y1 - one.y0) / (one.x1 - one.x0) for one in rows if one.x1 - one.x0 > 0.6 * longest]
    return float(np.median(slopes))


def _clusters(places: list[float]) -> list[float]:
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= _SAME:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _drawn(
    strokes: list[_Stroke], place: float, span: tuple[float, float], slope: float, *, across: bool
) -> bool:
    """Whether the side of a cell, at ``place`` and over ``span``, is drawn for the most part."""
    covered = 0.0
    for one in strokes:
        if across:
            own = (one.y0 + one.y1) / 2 - slope * (one.x0 + one.x1) / 2
            lean = slope * (one.y0 + one.y1) / 2
            ends = (one.x0 + lean, one.x1 + lean)
        else:
            own = (one.x0 + one.x1) / 2 + slope * (one.y0 + one.y1) / 2
            rise = slope * (one.x0 + one.x1) / 2
            ends = (one.y0 - rise, one.y1 - rise)
        if abs(own - place) <= _SAME:
            covered += max(0.0, min(span[1], ends[1]) - max(span[0], ends[0]))
    return covered >= _DRAWN * (span[1] - span[0])


def _cells(over: list[list[bool]], beside: list[list[bool]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each cell begins and how many rows and columns it covers.

    ``over[r][c]`` is the line above row ``r``, ``beside[r][c]`` the one left of column ``c``. Fields with no
    line between them are one cell, as long as they make a rectangle.
    """
    count_rows, count_columns = len(beside), len(over[0])
    group = {(r, c): (r, c) for r in range(count_rows) for c in range(count_columns)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while group[place] != place:
            place = group[place]
        return place

    for r, c in list(group):
        if c + 1 < count_columns and not beside[r][c + 1]:
            _join(group, root((r, c)), root((r, c + 1)))
        if r + 1 < count_rows and not over[r + 1][c]:
            _join(group, root((r, c)), root((r + 1, c)))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in group:
        members.setdefault(root(place), []).append(place)
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for places in members.values():
        top, left = min(r for r, _ in places), min(c for _, c in places)
        down, across = max(r for r, _ in places) - top + 1, max(c for _, c in places) - left + 1
        if down * across == len(places):
            cells[top, left] = (down, across)
        else:
            # a line that was lost would swallow half the table: better one cell a field
            cells.update(dict.fromkeys(places, (1, 1)))
    return cells


def _join(group: dict[tuple[int, int], tuple[int, int]], a: tuple[int, int], b: tuple[int, int]) -> None:
    group[max(a, b)] = min(a, b)
