"""Tables without lines: rows of words that stand in columns with white space between them.

Only what can hardly be anything else is taken for a table: at least three rows of words with figures under
each other, in columns that one free strip parts in every row. Two columns of prose, the head of a letter and
lists have no column of figures; a table of contents has one and nothing else that speaks for a table.
All lengths inside are in units of the page's median word height.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pages import Box, Word
from extract.reading.base import is_figure, is_letterhead, is_marker
from extract.reading.layout.grid import Grid

_GAP = 1.3
"""A gap this wide parts two cells of a row; justified text seldom reaches it."""
_STRIP = 1.0
"""The strip between two columns is free over this width in all rows."""
_REACH = 3.5
"""How far the next row of a table may be away."""
_EDGE = 1.5
"""How far the figures of a column may stand from flush left, flush right or centred."""
_CLOSE = 0.8
"""How far the lines of a header may be away from each other."""
_OVERHANG = 9.0
"""How far a heading may reach beyond the figures of the last column."""
_ROWS = 3
_HEADER_LINES = 5
_TELLING = re.compile(r"%|\d,\d")


@dataclass(slots=True)
class _Segment:
    """Words of one printed line with only blanks between them."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class _Line:
    """A printed line; ``figures`` of its segments hold nothing but a number."""

    segments: list[_Segment]
    y0: float
    y1: float
    figures: int = 0


def aligned_grids(words: Sequence[Word], width: float, height: float) -> list[Grid]:
    """The tables without lines among the words of a page, from top to bottom.

    Args:
        words: Words with boxes in fractions of the page, rows level.
        width: Page width, and
        height: page height, in any unit: only their ratio counts.
    """
    heights = [(word.box[3] - word.box[1]) * height for word in words if word.box]
    unit = median(heights) if heights else 0.0
    if unit <= 0:
        return []
    across, down = width / unit, height / unit
    lines = _lines(words, across, down)
    grids: list[Grid] = []
    start = 0
    while start < len(lines):
        end, core = _cut(lines, *_block(lines, start))
        if len(core) >= _ROWS:
            grid = _grid(lines, start, end, core, (across, down), grids)
            if grid is not None:
                grids.append(grid)
        start = max(end, start + 1)
    return grids


def _lines(words: Sequence[Word], across: float, down: float) -> list[_Line]:
    placed = sorted(
        ((box[1] + box[3]) / 2 * down, box[0] * across, box[2] * across, box, word.text)
        for word in words
        if (box := word.box) is not None
    )
    rows: list[list[tuple[float, float, float, Box, str]]] = []
    for entry in placed:
        if rows and entry[0] - rows[-1][0][0] <= 0.5:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return [_line(sorted(row, key=lambda entry: entry[1]), down) for row in rows]


def _line(row: list[tuple[float, float, float, Box, str]], down: float) -> _Line:
    segments: list[_Segment] = []
    for _, x0, x1, _, text in row:
        if segments and x0 - segments[-1].x1 < _GAP:
            segments[-1].text += f" {text}"
            segments[-1].x1 = max(x1, segments[-1].x1)
        else:
            segments.append(_Segment(text, x0, x1))
    figures = sum(is_figure(segment.text) and not is_marker(segment.text) for segment in segments)
    return _Line(segments, min(e[3][1] for e in row) * down, max(e[3][3] for e in row) * down, figures)


def _is_core(line: _Line) -> bool:
    """Whether a line is a row of data: words, and a figure behind them."""
    if len(line.segments) < 2 or not line.figures:
        return False
    named = [at for at, one in enumerate(line.segments) if any(letter.isalpha() for letter in one.text)]
    return bool(named) and any(is_figure(one.text) for one in line.segments[named[0] + 1 :])


def _block(lines: list[_Line], start: int) -> tuple[int, list[int]]:
    """The lines from ``start`` that can be the body of a table: the line after them, and its rows of data."""
    if not _is_core(lines[start]):
        return start + 1, []
    core, end = [start], start + 1
    for at in range(start + 1, len(lines)):
        if lines[at].y0 - lines[at - 1].y1 > _REACH:
            break
        if _is_core(lines[at]):
            core.append(at)
            end = at + 1
        elif lines[at].figures or at - core[-1] > 4:
            break
    return end, core


def _cut(lines: list[_Line], end: int, core: list[int]) -> tuple[int, list[int]]:
    """A block up to the first line of text that runs across the columns of the rows above it."""
    for at in range(core[0] if core else end, end):
        above = [one for one in core if one < at]
        if at in core or not above:
            continue
        if _spread(lines[at], _columns([lines[one] for one in above])) is None:
            return at, above
    return end, core


def _grid(
    lines: list[_Line],
    start: int,
    end: int,
    core: list[int],
    size: tuple[float, float],
    before: list[Grid],
) -> Grid | None:
    columns = _columns([lines[at] for at in core])
    if len(columns) < 2 or not _has_figures([lines[at] for at in core], columns):
        return None
    if any(_spread(line, columns) is None for line in lines[start:end]):
        return None  # a line of text runs across the columns
    while end < len(lines) and _hangs(lines[end - 1], lines[end], columns):
        end += 1
    top = before[-1].box[3] * size[1] if before else 0.0
    head = _header(lines, start, columns, top)
    texts = " ".join(one.text for line in lines[start - len(head) : end] for one in line.segments)
    telling = _TELLING.search(" ".join(one.text for at in core for one in lines[at].segments))
    if is_letterhead(texts) or not (head or telling) or not _has_names(lines, core, columns):
        return None
    header = _Header.over(columns, head)
    if header is None:
        head, header = [], _Header([], columns, [])
        if not telling:
            return None
    edges = _edges(header.columns)
    rows = [[at] for at in core]
    for at in range(start, end):
        if at not in core:
            next(row for row in reversed(rows) if row[0] < at).append(at)
    parts = [*header.parts, *([lines[at] for at in row] for row in rows)]
    bounds = _bounds(parts)
    boxes = [*header.boxes(edges, bounds), *_body_boxes(edges, bounds, len(rows))]
    scaled = [[_scaled(box, size) if box else None for box in row] for row in boxes]
    frame = (edges[0], bounds[0], edges[-1], bounds[-1])
    return Grid(_scaled(frame, size), scaled)


def _columns(rows: Sequence[_Line]) -> list[tuple[float, float]]:
    """The columns: what is left of the width when the strips that are free in all rows are taken out."""
    columns: list[tuple[float, float]] = []
    for one in sorted((one for row in rows for one in row.segments), key=lambda one: one.x0):
        if columns and one.x0 - columns[-1][1] < _STRIP:
            columns[-1] = (columns[-1][0], max(columns[-1][1], one.x1))
        else:
            columns.append((one.x0, one.x1))
    return columns


def _spread(line: _Line, columns: list[tuple[float, float]]) -> list[int] | None:
    """The column of each segment, ``None`` when one reaches into two."""
    places: list[int] = []
    for one in line.segments:
        touched = [
            at for at, (left, right) in enumerate(columns) if one.x0 < right + 0.4 and one.x1 > left - 0.4
        ]
        if len(touched) != 1:
            return None
        places.append(touched[0])
    return places if len(set(places)) == len(places) else None


def _has_figures(rows: Sequence[_Line], columns: list[tuple[float, float]]) -> bool:
    """Whether a column behind a column of words holds aligned figures in nearly every row."""
    figures: dict[int, list[_Segment]] = {}
    words: dict[int, int] = {}
    for row in rows:
        for at, one in zip(_spread(row, columns) or [], row.segments, strict=False):
            if is_figure(one.text):
                figures.setdefault(at, []).append(one)
            elif any(letter.isalpha() for letter in one.text):
                words[at] = words.get(at, 0) + 1
    named = min((at for at, count in words.items() if 2 * count >= len(rows)), default=None)
    if named is None:
        return False
    return any(
        at > named and len(found) >= max(_ROWS, 0.7 * len(rows)) and _in_line(found)
        for at, found in figures.items()
    )


def _in_line(found: list[_Segment]) -> bool:
    edges = ([one.x0 for one in found], [one.x1 for one in found], [(one.x0 + one.x1) / 2 for one in found])
    for places in edges:
        middle = median(places)
        if sum(abs(place - middle) <= _EDGE for place in places) >= 0.8 * len(places):
            return True
    return False


def _has_names(lines: list[_Line], core: list[int], columns: list[tuple[float, float]]) -> bool:
    """Whether every row of data has its words on its own line.

    Where names stand half a line above and below their figures, nothing says which name is whose.
    """
    counts = [sum(any(letter.isalpha() for letter in one.text) for one in lines[at].segments) for at in core]
    return min(counts) >= 1


def _hangs(above: _Line, line: _Line, columns: list[tuple[float, float]]) -> bool:
    """Whether a line below the last row is the rest of one of its cells: close, small letter, one column."""
    if line.figures or line.y0 - above.y1 > 0.7 or len(line.segments) >= len(columns):
        return False
    return _spread(line, columns) is not None and line.segments[0].text[:1].islower()


def _header(lines: list[_Line], start: int, columns: list[tuple[float, float]], top: float) -> list[_Line]:
    """The lines above the first row that are headings of the columns, from top to bottom."""
    head: list[_Line] = []
    named: set[int] = set()
    for at in range(start - 1, max(-1, start - 1 - _HEADER_LINES), -1):
        line, below = lines[at], lines[at + 1]
        if below.y0 - line.y1 > (_CLOSE if head else _REACH) or line.y0 < top or line.figures:
            break
        if line.segments[0].x0 < columns[0][0] - 3 or line.segments[-1].x1 > columns[-1][1] + _OVERHANG:
            break
        if any(len(one.text.split()) > 9 or one.text.endswith((".", ";", ":")) for one in line.segments):
            break
        places = [_touched(one, columns) for one in line.segments]
        if len(places) == 1 and not _is_lone_heading(line.segments[0], places[0], columns, named):
            break
        named.update(place for over in places for place in over)
        head.insert(0, line)
    return head if len(named) * 2 > len(columns) else []


def _is_lone_heading(
    one: _Segment, places: list[int], columns: list[tuple[float, float]], named: set[int]
) -> bool:
    """Whether words alone on their line are part of a header: over one column, or over some of those named.

    A caption runs over all of them, a heading of the outline has its number.
    """
    if is_marker(one.text.split()[0]):
        return False
    if len(places) > 1:
        return len(places) < len(columns) and set(places) <= named
    left, right = columns[places[0]]
    before = columns[places[0] - 1][1] if places[0] else left - 3
    after = columns[places[0] + 1][0] if places[0] + 1 < len(columns) else right + _OVERHANG
    return before < one.x0 and one.x1 < after


def _touched(one: _Segment, columns: list[tuple[float, float]]) -> list[int]:
    """The columns that a heading stands over: both sides of a strip that it covers, what it overlaps, or
    else the nearest."""
    over = {at for at, column in enumerate(columns) if _share(one, *column) > 0.3}
    for at, (left, right) in enumerate(pairwise(columns)):
        if _share(one, left[1], right[0]) > 0.7:
            over |= {at, at + 1}
    if over:
        return sorted(over)
    middle = (one.x0 + one.x1) / 2
    return [min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))]


def _share(one: _Segment, left: float, right: float) -> float:
    """The part of the width from ``left`` to ``right`` that the words cover."""
    return (min(one.x1, right) - max(one.x0, left)) / max(right - left, 0.01)


@dataclass(slots=True)
class _Header:
    """The header in its parts: one row, or two where a heading stands over several columns.

    ``columns`` are those of the body, widened by their headings; ``spans`` the first and last columns of the
    headings of the upper row that cover several.
    """

    parts: list[list[_Line]]
    columns: list[tuple[float, float]]
    spans: list[tuple[int, int]]

    @classmethod
    def over(cls, columns: list[tuple[float, float]], head: list[_Line]) -> _Header | None:
        """The header made of the lines ``head``; ``None`` where the columns of its words are not sure."""
        wide = list(columns)
        spans: list[tuple[int, int]] = []
        last = -1
        for number, line in enumerate(head):
            for one in line.segments:
                places = _touched(one, columns)
                if len(places) > 1:
                    spans.append((places[0], places[-1]))
                    last = number
                else:
                    left, right = wide[places[0]]
                    wide[places[0]] = (min(left, one.x0), max(right, one.x1))
        if any(b[0] - a[1] < 0.2 for a, b in pairwise(wide)):
            return None
        if not spans:
            return cls([head] if head else [], wide, [])
        below = head[last + 1 :]
        named = {at for line in below for one in line.segments for at in _touched(one, columns)}
        if any(at not in named for start, end in spans for at in range(start, end + 1)):
            return None  # "Kết quả" over two columns that nothing tells apart
        return cls([head[: last + 1], below], wide, spans)

    def boxes(self, edges: list[float], bounds: list[float]) -> list[list[Box | None]]:
        """The cells of the header; a heading beside those that span reaches down over both rows."""
        count = len(self.columns)
        if not self.parts:
            return []
        if not self.spans:
            return [[(edges[at], bounds[0], edges[at + 1], bounds[1]) for at in range(count)]]
        upper: list[Box | None] = [None] * count
        lower: list[Box | None] = [None] * count
        at = 0
        while at < count:
            end = max((end for start, end in self.spans if start <= at <= end), default=None)
            if end is None:
                upper[at] = (edges[at], bounds[0], edges[at + 1], bounds[2])
                at += 1
                continue
            upper[at] = (edges[at], bounds[0], edges[end + 1], bounds[1])
            for one in range(at, end + 1):
                lower[one] = (edges[one], bounds[1], edges[one + 1], bounds[2])
            at = end + 1
        return [upper, lower]


def _edges(columns: list[tuple[float, float]]) -> list[float]:
    inner = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    return [columns[0][0] - 3, *inner, columns[-1][1] + 3]


def _bounds(parts: list[list[_Line]]) -> list[float]:
    """The heights between the rows."""
    tops = [min(line.y0 for line in part) for part in parts]
    bottoms = [max(line.y1 for line in part) for part in parts]
    inner = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return [tops[0] - 0.2, *inner, bottoms[-1] + 0.2]


def _body_boxes(edges: list[float], bounds: list[float], count: int) -> list[list[Box | None]]:
    heights = list(pairwise(bounds))[-count:]
    return [[(left, top, right, bottom) for left, right in pairwise(edges)] for top, bottom in heights]


def _scaled(box: Box, size: tuple[float, float]) -> Box:
    return (box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1])
