"""Margins and line spacing of the running text, for formats that know no paragraphs (PDF, scans)."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pages import Box, Line

ENDED = re.compile(r"[.;:!?…][\"”')\]]*$|\./\.?$")
"""The end of a line that may end its paragraph."""
_WIDEST_WRAP = 200
"""Letters beyond which no program breaks a line of plain text: where most of the text stands in longer lines,
each line is a paragraph."""
_TILTED = 0.004
"""Share of the page's height by which its rows fall or rise, from which on it counts: a third of a degree."""
_SHAPES = (2.0, 1.67, 0.5)
"""Squares of height by width of the sheets in use: A4, Letter, A4 across."""
_NEAR = 0.008
_FEW = 8


@dataclass(frozen=True, slots=True)
class _Tilt:
    """A scanned page that lay askew.

    ``rows`` is how far a row sinks over the page's width, ``edge`` how far the margins lean to the right over
    its height; ``left`` and ``right`` are the margins at the top.
    """

    rows: float
    edge: float
    left: float
    right: float


class PageShape:
    """Margins and spacing measured on the lines of a document's body.

    Boxes on a scan are those of the paper as it lay; on a page that lay askew margins and rows lean, and
    are measured for that page alone.
    """

    def __init__(self, lines: list[Line]) -> None:
        wrapped = [
            len(above.text)
            for above, below in pairwise(lines)
            if below.starts_block is False and above.cell is None
        ]
        lengths = sorted(len(line.text) for line in lines if line.cell is None and line.box is None)
        usual = lengths[int(0.9 * len(lengths))] if lengths else 0
        self.wrap = max([usual, *wrapped])
        self.unwrapped = sum(length for length in lengths if length > _WIDEST_WRAP) > 0.5 * sum(lengths) > 0
        full = [line for line in lines if line.box is not None and len(line.words) > 4]
        boxes = [line.box for line in full if line.box is not None]
        self.known = len(boxes) >= 3
        self._tilts: dict[int | None, _Tilt] = {}
        if not self.known:
            return
        self.left = statistics.quantiles([box[0] for box in boxes], n=10)[0]
        self.right = statistics.quantiles([box[2] for box in boxes], n=10)[-1]
        self._tilts = _tilts(full)
        steps = [
            step
            for above, below in pairwise(lines)
            if above.box and below.box and above.page == below.page and (step := self._step(above, below)) > 0
        ]
        self.step = statistics.median(steps) if steps else 0.0

    def begins(self, above: Line, line: Line) -> bool:
        """Whether ``line`` may begin a paragraph, whatever its first word."""
        return (
            line.starts_block is True
            or above.cell is not None
            or bool(ENDED.search(above.text))
            or self.short(above, line)
            or self.indented(line)
            or self.apart(above, line)
        )

    def short(self, line: Line, following: Line) -> bool:
        """Whether the next line's first word would have fitted: this line ends its paragraph."""
        if not self.known or line.box is None:
            return False
        word = following.words[0].box
        room = (word[2] - word[0] + 0.01) if word else 0.0
        tilt = self._tilts.get(line.page)
        right = self.right if tilt is None else tilt.right + tilt.edge * _middle(line.box)
        return line.box[2] + max(room, 0.04) < right - 0.02

    def stops_early(self, line: Line, following: Line) -> bool:
        """Whether, in text without boxes, the next line's first word would have fitted on this line."""
        return len(line.text) + 1 + len(following.words[0].text) < 0.75 * self.wrap

    def indented(self, line: Line) -> bool:
        """Whether the line begins right of the margin."""
        if not self.known or line.box is None:
            return False
        tilt = self._tilts.get(line.page)
        left = self.left if tilt is None else tilt.left + tilt.edge * _middle(line.box)
        return line.box[0] > left + 0.02

    def apart(self, above: Line, below: Line) -> bool:
        """Whether more than the usual spacing lies between two lines of one page."""
        if not self.known or above.box is None or below.box is None or above.page != below.page:
            return False
        return self.step > 0 and self._step(above, below) > 1.6 * self.step

    def _step(self, above: Line, below: Line) -> float:
        """How far ``below`` stands under ``above``; on a page that lay askew, at the same place of both."""
        tilt = self._tilts.get(below.page)
        if tilt is not None:
            return _foot(below, tilt.rows) - _foot(above, tilt.rows)
        assert above.box is not None and below.box is not None
        return below.box[1] - above.box[1]


def _tilts(full: Sequence[Line]) -> dict[int | None, _Tilt]:
    """The recognised pages that lay askew."""
    pages: dict[int | None, list[Line]] = defaultdict(list)
    for line in full:
        if line.words[0].confidence is not None:
            pages[line.page].append(line)
    found = {}
    for page, lines in pages.items():
        slopes = [slope for line in lines if (slope := _slope(line)) is not None]
        rows = statistics.median(slopes) if len(slopes) >= _FEW else 0.0
        if abs(rows) >= _TILTED:
            boxes = [box for line in lines if (box := line.box) is not None]
            edge = max((0.0, *(-rows * shape for shape in _SHAPES)), key=lambda lean: _aligned(boxes, lean))
            lefts, rights = ([box[side] - edge * _middle(box) for box in boxes] for side in (0, 2))
            margins = statistics.quantiles(lefts, n=10)[0], statistics.quantiles(rights, n=10)[-1]
            found[page] = _Tilt(rows, edge, *margins)
    return found


def _slope(line: Line) -> float | None:
    """How far a long line sinks over the page's width."""
    boxes = [word.box for word in line.words if word.box is not None]
    if not boxes or boxes[-1][2] - boxes[0][0] < 0.4:
        return None
    half = len(boxes) // 2
    (x, y), (right, low) = (
        (statistics.fmean((box[0] + box[2]) / 2 for box in part), statistics.fmean(box[3] for box in part))
        for part in (boxes[:half], boxes[half:])
    )
    return (low - y) / (right - x)


def _foot(line: Line, rows: float) -> float:
    """Where the line's feet would stand at the left edge of the page."""
    boxes = [word.box for word in line.words if word.box is not None]
    return statistics.median(box[3] - rows * (box[0] + box[2]) / 2 for box in boxes)


def _aligned(boxes: Sequence[Box], lean: float) -> int:
    """How many lines begin, and how many end, at one place when margins lean like this."""
    total = 0
    for side in (0, 2):
        places = sorted(box[side] - lean * _middle(box) for box in boxes)
        total += max(sum(place <= other <= place + _NEAR for other in places) for place in places)
    return total


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2
