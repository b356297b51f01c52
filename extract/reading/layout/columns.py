"""Two columns set with blanks or tabs, put into reading order.

The head of a Vietnamese letter stands in two columns, the issuer on the left and Quốc hiệu on the
right, and its end has Nơi nhận on the left and the signer on the right. In plain text the two are
kept apart by blanks or tabs only, so that each row holds a piece of both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.reading.base import is_figure, is_marker, is_ornament

_GAP = re.compile(r" {3,}|[ ]*\t[ \t]*")
_LEFT_OPEN = re.compile(r"(?:\b(?:ngày|tháng|năm)|\bSố\s*:?)$", re.IGNORECASE)
"""Room that the form leaves to be filled by hand ("ngày      tháng 6 năm 2020"), not a gutter."""
_FILLED = (
    (re.compile(r"\bngày\b[^,;]{0,30}$", re.IGNORECASE), re.compile(r"(?:tháng|năm)\b", re.IGNORECASE)),
    (re.compile(r"\bSố\s*:?\s*\d[\d ]*$", re.IGNORECASE), re.compile(r"/")),
)
"""The same room behind what was written into it ("ngày   05    tháng", "Số:   12    /BC-UBND")."""
_OPENS = re.compile(r"[*_]*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN|Nơi nhận)")
"""What begins a head or an end of a letter, and so never goes on with the columns above."""
_LEFT = re.compile(r"[*_]*(?:[-+•–] ?\D|Số\s*:|V/v|Về việc|Lưu\s*:)")
"""What only the left column has: the number, the subject, the recipients."""
_MAX_BLANK_ROWS = 3
_NARROW = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch ``[start, end)`` of a row. ``first`` marks the start of a column or of a block after one."""

    row: int
    start: int
    end: int
    first: bool = False


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    left: int
    right: int

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


def reading_order(rows: Sequence[str], *, aligned: bool = True) -> list[Piece]:
    """The pieces of ``rows`` in reading order; within two columns all of the left, then the right.

    Blank rows come out as empty pieces where they stood, except inside two columns. All other
    non-blank characters come out exactly once. Rows with three pieces and more, rows that begin
    with a list mark and rows whose one side is only a number are tables or lists, not columns.

    ``aligned`` says that offsets show where a row stands on the page; in a DOCX they do not, a
    centred title begins at offset 0.
    """
    parts = [_segments(row) for row in rows]
    pieces: list[Piece] = []
    row, after = 0, False
    while row < len(rows):
        if len(parts[row]) != 2 and not _starts_above(parts, row):
            pieces.append(_whole(rows[row], row, after))
            row, after = row + 1, False
            continue
        end, sides = _run(rows, parts, row, aligned)
        if _is_sentence(rows, row, end, parts):
            pieces.append(_whole(rows[row], row, after))
            row, after = row + 1, False
            continue
        for side in (0, 1):
            column = [(at, segment) for at, segment in sides[side] if rows[at][segment.start : segment.end]]
            previous: int | None = None
            for at, segment in column:
                first = previous is None or at > previous + 1
                pieces.append(Piece(at, segment.start, segment.end, first))
                previous = at
        row, after = end, True
    return pieces


def _whole(row: str, at: int, after: bool) -> Piece:
    start = len(row) - len(row.lstrip())
    return Piece(at, start, max(start, len(row.rstrip())), after)


def _segments(row: str) -> list[_Segment]:
    """The stretches of a row between wide gaps, their offsets counted with tabs spread to eight."""
    found: list[_Segment] = []
    start, stop = len(row) - len(row.lstrip()), len(row.rstrip())
    if start >= stop:
        return []
    bounds = [start]
    for gap in _GAP.finditer(row, start, stop):
        ahead = row[start : gap.start()]
        if _LEFT_OPEN.search(ahead) or any(
            before.search(ahead) and behind.match(row, gap.end()) for before, behind in _FILLED
        ):
            continue
        bounds += [gap.start(), gap.end()]
    bounds.append(stop)
    for a, b in zip(bounds[::2], bounds[1::2], strict=True):
        left = len(row[:a].expandtabs())
        found.append(_Segment(a, b, left, left + b - a))
    if len(found) != 2:
        return found if len(found) == 1 else [_span(found), _span(found), _span(found)]
    first, second = (row[segment.start : segment.end] for segment in found)
    if is_marker(first) or is_figure(first) or is_figure(second):
        return [_span(found)]
    return found


def _span(segments: list[_Segment]) -> _Segment:
    return _Segment(segments[0].start, segments[-1].end, segments[0].left, segments[-1].right)


def _gutter(pair: list[_Segment]) -> float:
    return (pair[0].right + pair[1].left) / 2


def _side(segment: _Segment, gutter: float) -> int | None:
    """0 for left, 1 for right, ``None`` for a row that runs across the gutter."""
    if segment.left < gutter - _NARROW and segment.right > gutter + _NARROW:
        return None
    return 0 if segment.centre < gutter else 1


def _starts_above(parts: list[list[_Segment]], row: int) -> bool:
    """Whether a row of one piece is the top of a right column whose left one begins further down."""
    at = row
    while at < len(parts) and len(parts[at]) == 1 and at - row <= 3:
        at += 1
    if at == row or at >= len(parts) or len(parts[at]) != 2 or at - row > 3:
        return False
    gutter = _gutter(parts[at])
    if any(_side(parts[above][0], gutter) is None for above in range(row, at)):
        return False
    # a left row first is in order as it stands; an indented paragraph must not be taken for a column
    return _side(parts[row][0], gutter) == 1 and parts[row][0].left >= parts[at][1].left - 12


Sides = tuple[list[tuple[int, _Segment]], list[tuple[int, _Segment]]]


def _run(rows: Sequence[str], parts: list[list[_Segment]], start: int, aligned: bool) -> tuple[int, Sides]:
    """The rows from ``start`` that form two columns: the row after them, and both columns."""
    sides: Sides = ([], [])
    gutters: list[float] = []
    held: list[tuple[int, int, _Segment]] = []  # (side, row, segment) not yet known to be inside
    row, end, blanks = start, start, 0
    while row < len(parts) and blanks <= _MAX_BLANK_ROWS:
        found = parts[row]
        if not found:
            blanks += 1
        elif len(found) == 2:
            if gutters and not found[0].centre < median(gutters) < found[1].centre:
                break
            if gutters and any(_OPENS.match(rows[row], segment.start) for segment in found):
                break
            for side, at, segment in held:
                sides[side].append((at, segment))
            held = []
            sides[0].append((row, found[0]))
            sides[1].append((row, found[1]))
            gutters.append(_gutter(found))
            end, blanks = row + 1, 0
        elif len(found) == 1:
            if blanks and gutters:
                break  # below a blank row it is as likely the next paragraph
            if gutters:
                middle = median(gutters)
            else:
                middle = _gutter(next(pair for pair in parts[row:] if len(pair) == 2))
            where = _side(found[0], middle)
            if where is None:
                break
            if where == 0 and gutters and not _goes_on(rows[row], found[0], sides[0], aligned):
                break
            if end == row and gutters:
                # close below the columns: the tail of one of them
                sides[where].append((row, found[0]))
                end = row + 1
            else:
                held.append((where, row, found[0]))
        else:
            break
        row += 1
    return end, sides


def _goes_on(row: str, segment: _Segment, column: list[tuple[int, _Segment]], aligned: bool) -> bool:
    """Whether a row of one piece belongs to the left column and is not the first of what follows."""
    text = row[segment.start : segment.end]
    if _LEFT.match(text):
        return True
    if not aligned or is_marker(text.split()[0]):
        return False
    others = [other for _, other in column]
    return any(abs(o.left - segment.left) <= 2 or abs(o.centre - segment.centre) <= 4 for o in others)


def _is_sentence(rows: Sequence[str], start: int, end: int, parts: list[list[_Segment]]) -> bool:
    """Whether a lone row with a gap is a line of text or a form ("Họ và tên:     Nguyễn Văn A")."""
    doubles = [row for row in range(start, end) if len(parts[row]) == 2]
    if len(doubles) != 1:
        return False
    left, right = parts[doubles[0]]
    row = rows[doubles[0]]
    texts = (row[left.start : left.end], row[right.start : right.end])
    if is_ornament(texts[0]) or is_ornament(texts[1]):
        return False
    return (texts[0].endswith(":") and not texts[0].startswith("Nơi")) or any(
        len(text.split()) < 2 for text in texts
    )
