"""The two columns at the end of a document, known by "Nơi nhận" (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Where a row of the recipients was lost, or a signature lies between the rows, gaps alone do not tell the
columns apart. "Nơi nhận" does: it opens the left one, whose rows stand flush with it, and the authority or
the title in capitals beside it opens the right one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.reading.layout.segments import Segment
from extract.vietnamese import fold, is_upper

_RECIPIENTS = re.compile(r"^n ?o ?i\s+n ?h ?a ?n\s*[:;.]?\s*$")
_FLUSH = 2.5
"""How far a row of the recipients may be set in or out."""
_BESIDE = 3.0
"""How much higher or lower than "Nơi nhận" the right column may begin."""
_AWAY = 6.0
"""How far right of "Nơi nhận" the right column stands at least."""
_REACH = 9.0
"""How far the next row may be away: seal and signature need room."""


def signature_block_of(segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]] | None:
    """The left and the right column of the page's last end, ``None`` where there are no two."""
    ordered = sorted(segments, key=lambda entry: entry.middle)
    opened = next((one for one in reversed(ordered) if _RECIPIENTS.match(fold(one.text))), None)
    if opened is None:
        return None
    beside = [
        one
        for one in ordered
        if one.x0 > opened.x1 + 1
        and one.x0 > opened.x0 + _AWAY
        and abs(one.middle - opened.middle) <= _BESIDE
        and is_upper(one.text)
        and len(one.words) > 1
    ]
    if not beside:
        return None
    edge = min(one.x0 for one in beside)
    half = (opened.x0 + (beside[0].x0 + beside[0].x1) / 2) / 2
    top = min(opened.y0, beside[0].y0)
    left, right = [opened], [beside[0]]
    bottom = max(opened.y1, beside[0].y1)
    for segment in ordered:
        if segment is opened or segment is beside[0] or segment.middle < top:
            continue
        flush = abs(segment.x0 - opened.x0) <= _FLUSH
        if segment.y0 - bottom > _REACH or (flush and segment.x1 > edge + 1):
            break
        if flush:
            left.append(segment)
        elif segment.x0 > opened.x0 + _AWAY and (segment.x0 + segment.x1) / 2 > half:
            right.append(segment)
        else:
            break
        bottom = max(bottom, segment.y1)
    return (left, right) if len(left) > 1 else None
