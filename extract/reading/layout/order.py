"""Words with boxes become lines in reading order; shared by PDF pages and scans.

Words close to each other on one baseline are chained to *segments*. Two segments side by side with
a gap clearly wider than the row's word spacing are a hint of two columns; a *region* grows from
such hints over the neighbouring rows as long as one upright strip stays free of words. A region is
read left column first. Whatever is in no region is read row by row, so justified text with
wide blanks and tables without lines keep their rows.

All lengths inside are in units of the page's median word height.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from extract.pages import Line, Word
from extract.reading.base import is_figure, is_marker
from extract.reading.layout.letterhead import letterhead_of, split_at_letterhead
from extract.reading.layout.segments import Placed as _Placed
from extract.reading.layout.segments import Segment as _Segment
from extract.reading.layout.segments import giants_of, stamps_of
from extract.reading.layout.signature_block import signature_block_of

_SPLIT = 0.9
"""A gap this wide parts two segments. Blanks have a quarter; justified rows seldom reach it."""
_STRIP = 0.6
"""The free strip between two columns is at least this wide."""
_TIMES = 2.5
"""A gutter is at least this many times the ordinary word gap of its row."""
_LONE = 4.0
"""A lone row is taken for two columns only from this gap on: nothing else vouches for it."""
_COLUMN = 3.0
"""A column holds at least one segment of this width; list marks are no column."""
_REACH = 6.0
"""How far the next row of a region may be away: a signature needs four blank lines."""


@dataclass(slots=True)
class _Pair:
    left: _Segment
    right: _Segment


@dataclass(slots=True)
class _Region:
    members: list[_Segment] = field(default_factory=list)
    strip: tuple[float, float] = (0.0, 0.0)
    pairs: int = 0

    def side(self, segment: _Segment) -> int | None:
        """0 left, 1 right of the free strip, ``None`` when it would close the strip."""
        low, high = self.strip
        to_left, to_right = segment.x0 - low, high - segment.x1
        if to_left < to_right:
            return 0 if high - max(low, segment.x1) >= _STRIP else None
        return 1 if min(high, segment.x0) - low >= _STRIP else None

    def add(self, segment: _Segment, side: int) -> None:
        self.members.append(segment)
        low, high = self.strip
        self.strip = (low, min(high, segment.x0)) if side else (max(low, segment.x1), high)

    def column(self, side: int) -> list[_Segment]:
        middle = sum(self.strip) / 2
        return [
            segment for segment in self.members if ((segment.x0 + segment.x1) / 2 >= middle) == bool(side)
        ]


def lines_of(
    words: Sequence[Word], width: float, height: float, page: int | None = None, *, level: bool = False
) -> list[Line]:
    """The lines of a page in reading order, ``starts_block`` left open.

    Args:
        words: Words with boxes in fractions of the page; every one comes out exactly once. Words
            without a box come last, as one line.
        width: Page width, and
        height: page height, in any unit: only their ratio counts.
        page: The page number that the lines get.
        level: The lines are known to run level, as those of typed pages; saves a look for slant.
    """
    return [Line(row, page=page) for row in arrange(words, width, height, level=level)]


def arrange(words: Sequence[Word], width: float, height: float, *, level: bool = False) -> list[list[Word]]:
    """What :func:`lines_of` does, as bare lists of words."""
    placed = _place(words, width, height, level)
    giants = giants_of(placed)
    segments = _segments([entry for entry in placed if id(entry) not in {id(giant) for giant in giants}])
    rest = [word for word in words if word.box is None]
    stamps = stamps_of(segments)
    apart = {id(segment) for stamp in stamps for segment in stamp}
    segments = split_at_letterhead([segment for segment in segments if id(segment) not in apart])
    regions = _regions(segments)
    for form in (letterhead_of(segments), signature_block_of(segments)):
        regions = _with_form(regions, form)
    taken = {id(segment) for region in regions for segment in region.members}
    blocks: list[tuple[float, list[list[_Segment]]]] = [
        (min(segment.middle for segment in row), [row])
        for row in _rows(segment for segment in segments if id(segment) not in taken)
    ]
    blocks += [(stamp[0].middle, [[segment] for segment in stamp]) for stamp in stamps]
    blocks += [(giant.middle, [[giant]]) for giant in _segments(giants)]
    for region in regions:
        columns = [row for side in (0, 1) for row in _rows(region.column(side))]
        blocks.append((min(segment.middle for segment in region.members), columns))
    blocks.sort(key=lambda block: block[0])
    found = [
        [placed.word for segment in row for placed in segment.words] for _, rows in blocks for row in rows
    ]
    return found + ([rest] if rest else [])


def _place(words: Sequence[Word], width: float, height: float, level: bool) -> list[_Placed]:
    """Words in units of the median word height, the page's slant taken out."""
    boxed = [(word, word.box) for word in words if word.box is not None]
    heights = [(box[3] - box[1]) * height for _, box in boxed if box[3] > box[1]]
    unit = median(heights) if heights else height / 60
    unit = max(unit, height / 10_000)  # boxes without height must not blow up the page
    across, down = width / unit, height / unit
    placed = [
        _Placed(
            word, box[0] * across, box[1] * down, max(box[2], box[0]) * across, max(box[3], box[1]) * down
        )
        for word, box in boxed
    ]
    placed.sort(key=lambda entry: (entry.x0, entry.y0))
    slant = 0.0 if level else _slant(placed)
    if abs(slant) > 0.002:
        for entry in placed:
            shift = slant * (entry.x0 + entry.x1) / 2
            entry.y0 -= shift
            entry.y1 -= shift
    return placed


def _slant(placed: list[_Placed]) -> float:
    """How much lines fall from left to right, from neighbours a few words apart; 0 when in doubt."""
    slopes: list[float] = []
    ends: dict[int, list[tuple[_Placed, _Placed]]] = {}  # per band: first and last word of a chain
    for word in placed:
        band = int((word.y0 + word.y1) / 2)
        best: tuple[float, int, int] | None = None
        for near in (band - 1, band, band + 1):
            for index, (_, last) in enumerate(ends.get(near, ())):
                gap = word.x0 - last.x1
                if -0.3 <= gap <= _SPLIT and _overlap(last, word) >= 0.5 and (best is None or gap < best[0]):
                    best = (gap, near, index)
        first = word
        if best is not None:
            first, _ = ends[best[1]].pop(best[2])
            if word.x1 - first.x0 > 8:
                run = (word.x0 + word.x1 - first.x0 - first.x1) / 2
                slopes.append(((word.y1 + word.y0) - (first.y1 + first.y0)) / 2 / run)
        ends.setdefault(band, []).append((first, word))
    return median(slopes) if len(slopes) >= 10 else 0.0


def _overlap(a: _Placed | _Segment, b: _Placed | _Segment) -> float:
    """How much of the lower of the two heights is shared, 0 to 1."""
    lower = min(a.y1 - a.y0, b.y1 - b.y0)
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    if lower <= 0:
        return 1.0 if shared >= 0 else 0.0
    return shared / lower


def _segments(placed: list[_Placed]) -> list[_Segment]:
    """Chain words (sorted by x) to segments, each word to the nearest end on its own baseline."""
    chains: list[list[_Placed]] = []
    ends: dict[int, list[int]] = {}  # chains by the band of their last word
    for word in placed:
        band = int((word.y0 + word.y1) / 2)
        best: tuple[float, int, int] | None = None
        for near in (band - 1, band, band + 1):
            for chain in ends.get(near, ()):
                last = chains[chain][-1]
                gap = word.x0 - last.x1
                if (
                    -0.5 <= gap <= _SPLIT
                    and _overlap(last, word) >= 0.5
                    and (best is None or abs(gap) < best[0])
                ):
                    best = (abs(gap), near, chain)
        if best is None:
            chains.append([word])
            ends.setdefault(band, []).append(len(chains) - 1)
            continue
        ends[best[1]].remove(best[2])
        chains[best[2]].append(word)
        ends.setdefault(band, []).append(best[2])
    return [_Segment(chain) for chain in chains]


def _rows(segments: Iterable[_Segment]) -> list[list[_Segment]]:
    """Segments grouped to printed rows from top to bottom, each row from left to right."""
    rows: list[list[_Segment]] = []
    for segment in sorted(segments, key=lambda entry: (entry.middle, entry.x0)):
        if rows and all(_overlap(other, segment) >= 0.5 for other in rows[-1]):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda entry: (entry.x0, entry.middle))
    return rows


def _pairs(segments: list[_Segment]) -> list[_Pair]:
    """Segments side by side with a gap that is no word gap, from top to bottom."""
    usual = [
        b.x0 - a.x1 for segment in segments for a, b in zip(segment.words, segment.words[1:], strict=False)
    ]
    page_gap = median(usual) if usual else 0.25
    ordered = sorted(segments, key=lambda entry: entry.y0)
    tallest = max((segment.y1 - segment.y0 for segment in segments), default=0.0)
    pairs: list[_Pair] = []
    for index, left in enumerate(ordered):
        near: _Segment | None = None
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(ordered) and abs(ordered[at].y0 - left.y0) <= tallest:
                other = ordered[at]
                if (
                    other.x0 >= left.x1
                    and _overlap(left, other) >= 0.4
                    and (near is None or other.x0 < near.x0)
                ):
                    near = other
                at += step
        if near is None:
            continue
        gaps = [
            b.x0 - a.x1
            for segment in (left, near)
            for a, b in zip(segment.words, segment.words[1:], strict=False)
        ]
        ordinary = median(gaps) if len(gaps) >= 2 else page_gap
        if near.x0 - left.x1 >= max(_SPLIT, _TIMES * ordinary) and not _is_mark(left):
            pairs.append(_Pair(left, near))
    return pairs


def _is_mark(segment: _Segment) -> bool:
    return len(segment.words) == 1 and is_marker(segment.words[0].word.text)


def _regions(segments: list[_Segment]) -> list[_Region]:
    pairs = _pairs(segments)
    if not pairs:
        return []
    ordered = sorted(segments, key=lambda entry: entry.middle)
    rights = {id(pair.right) for pair in pairs}
    chained = {id(pair.left) for pair in pairs if id(pair.left) in rights}
    taken: set[int] = set()
    regions = []
    for pair in pairs:
        if id(pair.left) in taken or id(pair.right) in taken:
            continue
        region = _grow(pair, pairs, ordered, taken)
        if _is_two_columns(region, chained):
            regions.append(region)
            taken |= {id(segment) for segment in region.members}
    return regions


def _with_form(regions: list[_Region], form: tuple[list[_Segment], list[_Segment]] | None) -> list[_Region]:
    """The regions with the two columns of head or end, where gaps and rows alone did not find them whole."""
    if form is None:
        return regions
    inside = {id(segment) for column in form for segment in column}
    if any(inside <= {id(segment) for segment in region.members} for region in regions):
        return regions
    left, right = form
    strip = (max(one.x1 for one in left), min(one.x0 for one in right))
    apart = [region for region in regions if not any(id(one) in inside for one in region.members)]
    return [*apart, _Region([*left, *right], (min(strip), max(strip)), len(left))]


def _grow(seed: _Pair, pairs: list[_Pair], ordered: list[_Segment], taken: set[int]) -> _Region:
    """The region around ``seed``: down to the tails of the columns, and up."""
    region = _Region([seed.left, seed.right], (seed.left.x1, seed.right.x0))
    inside = {id(seed.left), id(seed.right)}
    top = min(seed.left.middle, seed.right.middle)
    bottom = max(seed.left.y1, seed.right.y1)
    below = [segment for segment in ordered if segment.middle >= top and id(segment) not in inside]
    for segment in below:
        side = region.side(segment)
        if side is None and _is_tail(region, segment):
            # a long row of the left column, below the right one: the strip need not stay free of it
            region.members.append(segment)
            bottom = max(bottom, segment.y1)
            continue
        if side is None or id(segment) in taken or segment.y0 - bottom > _REACH:
            break
        region.add(segment, side)
        bottom = max(bottom, segment.y1)
    members = {id(segment) for segment in region.members}
    whole = [pair for pair in pairs if id(pair.left) in members and id(pair.right) in members]
    last = max((max(pair.left.middle, pair.right.middle) for pair in whole), default=top)
    kept = _Region([], region.strip, len(whole))
    left_bottom: _Segment | None = None
    for segment in sorted(region.members, key=lambda entry: entry.middle):
        side = region.side(segment)
        tail = segment.middle > last and side != 1
        if tail and (left_bottom is None or not _continues(left_bottom, segment, region.column(0))):
            break
        kept.members.append(segment)
        if side != 1:
            left_bottom = segment
    _grow_up(kept, ordered, top, taken)
    return kept


def _is_tail(region: _Region, segment: _Segment) -> bool:
    """Whether a segment goes on below the left column, as "V/v …" does, coming close to the right one."""
    left, right = region.column(0), region.column(1)
    if segment.x1 >= region.strip[1] or any(_overlap(other, segment) > 0 for other in right):
        return False
    above = max(left, key=lambda entry: entry.middle)
    return _continues(above, segment, left)


def _continues(above: _Segment, segment: _Segment, column: list[_Segment]) -> bool:
    """Whether a row goes on with the column: close below it and set flush or centred like its other rows."""
    if segment.y0 - above.y1 > 0.9:
        return False
    others = [other for other in column if other is not segment]
    centre = segment.x0 + segment.x1
    return any(abs(o.x0 - segment.x0) < 1 or abs(o.x0 + o.x1 - centre) < 2 for o in others)


def _grow_up(region: _Region, ordered: list[_Segment], top: float, taken: set[int]) -> None:
    """Take in rows above the first pair: Quốc hiệu may be set half a row or a row higher than the issuer."""
    inside = {id(segment) for segment in region.members}
    above = [segment for segment in ordered if segment.middle < top and id(segment) not in taken | inside]
    held: list[_Segment] = []  # left rows: they count only when a right one stands higher
    for segment in reversed(above):
        side = region.side(segment)
        edge = min(entry.y0 for entry in (*region.members, *held))
        if side is None or edge - segment.y1 > 0.9:
            return
        if side == 0:
            held.append(segment)
            continue
        nearest = min(region.column(1), key=lambda entry: entry.y0)
        if not _continues(segment, nearest, [segment, nearest]):
            return
        for entry in (*held, segment):
            region.add(entry, 1 if entry is segment else 0)
        held = []


def _is_two_columns(region: _Region, chained: set[int]) -> bool:
    left, right = region.column(0), region.column(1)
    if not left or not right or not region.pairs:
        return False
    if min(max(s.x1 - s.x0 for s in left), max(s.x1 - s.x0 for s in right)) < _COLUMN:
        return False
    if region.pairs == 1 and region.strip[1] - region.strip[0] < _LONE:
        return False
    for column in (left, right):
        if 2 * sum(is_figure(segment.text) for segment in column) >= len(column):
            return False
    # three and more side by side in row after row: a table without lines
    return sum(id(segment) in chained for segment in region.members) < max(2, region.pairs / 2)
