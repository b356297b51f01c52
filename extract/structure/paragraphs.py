"""Lines become paragraphs, paragraphs become the canonical text with a way back to the page.

A paragraph runs over hard line wraps and over page breaks. The canonical text is made once,
here, and every later span points into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from extract.document import PlacedWord, Span
from extract.pages import Line
from extract.structure.markers import marker_of
from extract.structure.page_shape import ENDED, PageShape
from extract.structure.zones import Zones
from extract.vietnamese import is_upper

Zone = Literal["head", "body", "closing", "annex"]

_DANGLING = re.compile(r"[,\-–(]$|\b(?:và|của|các|những|theo|tại|về|là|số|do|với|cho|từ|đến|trong|trên|ở)$")


@dataclass(slots=True)
class Block:
    """One paragraph (or one line of head and closing): its lines and its span in the text."""

    zone: Zone
    lines: list[Line]
    span: Span = (0, 0)
    heading: int | None = None
    bold: bool = False
    line_spans: list[Span] = field(default_factory=list)

    @property
    def cell(self) -> tuple[int, int, int] | None:
        """Table, row and column, ``None`` outside tables."""
        cell = self.lines[0].cell
        return (cell.table, cell.row, cell.column) if cell else None


def to_blocks(lines: list[Line], zones: Zones) -> list[Block]:
    """Group the lines of one document; head and closing keep one block a line."""
    blocks: list[Block] = []
    page_shape = PageShape(lines[zones.head : zones.closing])
    for index, line in enumerate(lines):
        zone = _zone(index, zones)
        if zone in ("body", "annex") and blocks and blocks[-1].zone == zone:
            previous = blocks[-1]
            if _joins(previous, line, page_shape):
                previous.lines.append(line)
                previous.bold = previous.bold and line.bold
                continue
        blocks.append(Block(zone, [line], heading=line.heading, bold=line.bold))
    return blocks


def canonical(blocks: list[Block]) -> tuple[str, list[PlacedWord]]:
    """The canonical text (NFC, one line a block) and its words; fills the blocks' spans."""
    pieces: list[str] = []
    words: list[PlacedWord] = []
    at = 0
    for block in blocks:
        start = at
        block.line_spans = []
        for number, line in enumerate(block.lines):
            line_start = at
            for position, word in enumerate(line.words):
                glue = "" if at == start or (position == 0 and number and _hyphenated(pieces)) else " "
                text = word.text  # NFC by contract of the readers
                if glue:
                    pieces.append(glue)
                    at += 1
                    if position == 0:
                        line_start = at
                pieces.append(text)
                words.append(PlacedWord(at, at + len(text), line.page, word))
                at += len(text)
            block.line_spans.append((line_start, at))
        block.span = (start, at)
        pieces.append("\n")
        at += 1
    return "".join(pieces[:-1]) if pieces else "", words


def _zone(index: int, zones: Zones) -> Zone:
    if index < zones.head:
        return "head"
    if index < zones.closing:
        return "body"
    return "closing" if index < zones.annex else "annex"


def _hyphenated(pieces: list[str]) -> bool:
    """A symbol broken at its hyphen or slash by the line's end: ``"2005/QĐ-" "UBND"``."""
    return bool(re.search(r"\w[/-]$", pieces[-1]) and re.search(r"\d", pieces[-1]))


def _joins(block: Block, line: Line, shape: PageShape) -> bool:
    """Whether ``line`` carries on the paragraph ``block``."""
    last = block.lines[-1]
    if line.cell != last.cell or line.heading is not None:
        return False
    text = line.text
    ended = bool(ENDED.search(last.text))
    marker = marker_of(text)
    if line.starts_block is True:
        return _carries_over(block, line, ended)
    if line.starts_block is False:
        if shape.unwrapped:
            return not ended and marker is None and text[:1].islower()
        if (not ended and text[:1].isupper() and shape.stops_early(last, line)) or (
            ended and shape.stops_early(last, line)
        ):
            return False
        return marker is None or (
            marker.family == "dash" and not ended and _DANGLING.search(last.text) is not None
        )
    return _joins_by_place(block, line, shape, ended)


def _carries_over(block: Block, line: Line, ended: bool) -> bool:
    """A paragraph cut by a page break: no full stop before, a small letter after."""
    if ended or block.heading is not None or marker_of(line.text):
        return False
    first = line.text[:1]
    whole = " ".join(one.text for one in block.lines)
    long_enough = len(whole) > 60
    return first.islower() and (long_enough or marker_of(whole) is not None)


def _joins_by_place(block: Block, line: Line, shape: PageShape, ended: bool) -> bool:
    """Paragraphs of PDF pages and scans, by margins, spacing, weight and wording."""
    last, text = block.lines[-1], line.text
    marker = marker_of(text)
    short = shape.short(last, line)
    if marker is not None:
        inside = not ended and not short and not shape.indented(line)
        if not inside or marker.family in ("part", "roman"):
            return False
        return marker.family == "dash" or _DANGLING.search(last.text) is not None or not last.bold
    if line.bold != last.bold and (last.bold or line.bold):
        # A heading and its text differ in weight; a bold phrase inside a paragraph does not fill a line.
        return not ended and not short and not shape.indented(line)
    if not marker and not ended and _DANGLING.search(last.text):
        return True
    if is_upper(text) != is_upper(last.text) and len(text) > 12 and len(last.text) > 12:
        return False
    if text[:1].islower():
        return not (ended and short)
    if shape.apart(last, line):
        return False
    if last.page != line.page:
        return not ended and not short
    if (shape.indented(line) and not shape.indented(last)) or (shape.indented(line) and len(block.lines) > 1):
        return False
    if shape.indented(line) and shape.indented(last) and (ended or short):
        return False
    return not short if not ended else not short and not shape.indented(line)
