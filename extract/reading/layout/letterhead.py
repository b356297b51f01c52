"""The two columns at the head of a document, known by Quốc hiệu (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Where the columns stand close, or their rows half a row apart, gaps and rows do not tell them apart. Quốc hiệu
does: it opens the right column, and whatever stands left of where it begins is the left one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from extract.reading.layout.segments import Segment
from extract.vietnamese import fold, is_upper

_NATION = re.compile(r"^(?:c ?o ?n ?g\s+h ?o ?a\s+x ?a\s+h ?o ?i\b|dang cong san viet nam$)")
"""Also what party papers print in its place (Hướng dẫn 36-HD/VPTW)."""
_OPENS = (
    re.compile(r"c ?o ?n ?g\s+h ?o ?a\s+x ?a\b"),
    re.compile(r"d ?o ?c\s+l ?a ?p\s*[-–]"),
    re.compile(r"dang cong san viet nam$"),
)
_LEFT_TAIL = re.compile(r"^(?:so\s*[:.]|v/v\b|ve viec\b)")
_BODY = re.compile(r"^(?:kinh gui|can cu|[-–+•]\s|\d{1,2}[.)]\s|[ivx]+\.\s)")
"""What comes below the head."""
_ABOVE = 3.0
"""How far above Quốc hiệu the issuer may begin."""
_SLACK = 0.4
"""How far a row may reach over the line where Quốc hiệu begins."""
_STEP = 4.2
"""How far the next row of a column may be away."""


def split_at_letterhead(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, those cut in two where Quốc hiệu or tiêu ngữ begins right behind the issuer's words."""
    out: list[Segment] = []
    for segment in segments:
        at = _cut(segment)
        if at is None:
            out.append(segment)
        else:
            out += [Segment(segment.words[:at]), Segment(segment.words[at:])]
    return out


def _cut(segment: Segment) -> int | None:
    if len(segment.words) < 4:
        return None
    folded = fold(segment.text)
    for pattern in _OPENS:
        found = pattern.search(folded)
        if found and found.start() and segment.text[found.start()].isupper():
            at = len(folded[: found.start()].split())
            # in running text the words before are in small letters and stand as close as all others
            gaps = [b.x0 - a.x1 for a, b in zip(segment.words, segment.words[1:], strict=False)]
            before = " ".join(placed.word.text for placed in segment.words[:at])
            issuer = is_upper(before) or _is_speck(before)
            return at if issuer or gaps[at - 1] > 1.25 * median(gaps) else None
    return None


def _is_speck(text: str) -> bool:
    """Whether the text has neither digits nor letters with two cases: "ˆ" counts as a letter elsewhere."""
    return not any(letter.isdigit() or letter.lower() != letter.upper() for letter in text)


def letterhead_of(segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]] | None:
    """The left and the right column of the page's first head, ``None`` where there are no two."""
    ordered = sorted(segments, key=lambda entry: entry.middle)
    nation = next((one for one in ordered if _NATION.match(fold(one.text))), None)
    if nation is None:
        return None
    left: list[Segment] = []
    right = [nation]
    bottom = nation.y1
    for segment in ordered:
        if segment is nation or segment.middle < nation.middle - _ABOVE:
            continue
        if _is_speck(segment.text):
            continue  # a speck between the columns
        is_left = segment.x1 <= nation.x0 + _SLACK and segment.x0 < nation.x0 - 2
        is_right = segment.x0 >= nation.x0 - _SLACK
        if segment.middle < nation.middle and not is_left:
            continue
        if not (is_left or is_right) or segment.y0 - bottom > _STEP or _BODY.match(fold(segment.text)):
            break
        if is_left:
            below = all(segment.y0 > other.y1 - 0.5 for other in right)
            if below and len(right) > 1 and not _goes_on(segment, left):
                break
            left.append(segment)
        else:
            right.append(segment)
        bottom = max(bottom, segment.y1)
    beside = [one for one in left if abs(one.middle - nation.middle) <= _ABOVE]
    return (left, right) if beside and len(right) > 1 else None


def _goes_on(segment: Segment, column: list[Segment]) -> bool:
    """Whether a row below the right column is still the left one's: number, subject, or its next row."""
    if _LEFT_TAIL.match(fold(segment.text)):
        return True
    if not column or segment.y0 - column[-1].y1 > 1.6:
        return False
    centre = segment.x0 + segment.x1
    return any(abs(one.x0 - segment.x0) < 1 or abs(one.x0 + one.x1 - centre) < 2 for one in column)
