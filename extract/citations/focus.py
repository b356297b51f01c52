"""Which commune a passage speaks of: "UBND xã" under "2. Xã Khe Mận", or behind the one commune named before.

The committee of a district reports on many communes and names each once, in a heading or in the first
sentence of a paragraph; what follows says "UBND xã", "xã", or leaves the subject out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.citations.issuers import end_of_name
from extract.vietnamese import title_case

_PLACE = {
    "commune": re.compile(
        r"(?<![^\W_])(?P<kind>xã|phường|thị trấn|XÃ|PHƯỜNG|THỊ TRẤN|Xã|Phường|Thị trấn)[ \u00a0]"
    ),
    "district": re.compile(
        r"(?<![^\W_])(?P<kind>huyện|quận|thị xã|HUYỆN|QUẬN|THỊ XÃ|Huyện|Quận|Thị xã)[ \u00a0]"
    ),
}
_MARKER = (
    r"(?:(?P<roman>[IVX]{1,5})|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})|(?P<arabic>\d{1,2})|"
    r"(?P<letter>[a-zđ]))"
)
_HEADING = re.compile(rf"[ \u00a0]*(?:{_MARKER}[.)/:]+|(?P<dash>[-–+•*]))?[ \u00a0]*(?=\S)")
_LEADS = re.compile(
    r"(?:(?:đối với|tại|về|kết quả kiểm tra tại|kiểm tra tại)[ \u00a0]+)?"
    r"(?:(?:ubnd|ủy ban nhân dân)[ \u00a0]+)?\Z",
    re.IGNORECASE,
)
"""What may stand between a heading's number and the commune's name."""
_LEAD_ENDS = re.compile(r"[ \u00a0]*(?::|[-–][ ]|\Z)")
PARAGRAPH_ENDS = re.compile(r"(?<![/\-–—~])(?<![/\-–—~] )\n")
"""A line end that is not one inside a number."""
_HEADING_LIMIT = 90
_PARAGRAPH_LIMIT = 1500
_CAPITALS = 3
"""Syllables at most of a name in capitals."""
_LINES_BACK = 40
_FAR = 6000
"""A heading stands at most so many characters above what it governs."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is named: ``"xã"`` and ``"Khe Mận"``."""

    kind: str
    name: str


def paragraph_begin(text: str, at: int) -> int:
    """Where the paragraph around ``at`` begins; a line end inside a number ("33/\\nQĐ-UBND") ends none."""
    low = max(0, at - _PARAGRAPH_LIMIT)
    ends = [found.end() for found in PARAGRAPH_ENDS.finditer(text, low, at)]
    return ends[-1] if ends else text.rfind("\n", 0, low) + 1


def place_of(text: str, at: int, level: str) -> Place | None:
    """The place that "xã" or "huyện" (``level``) means at ``at``.

    It is the only one named before in the sentence, or in the paragraph, or its heading's.
    """
    begin = paragraph_begin(text, at)
    low = max(begin, at - _PARAGRAPH_LIMIT)
    sentence = max(low, text.rfind(". ", low, at))
    for start in (sentence, low):
        names = {one.name.casefold(): one for one in _named(text, start, at, level)}
        if names:
            return next(iter(names.values())) if len(names) == 1 else None
    return _above(text, begin, level)


def headed(text: str, at: int) -> Place | None:
    """The commune that the heading over ``at``, or the first words of its paragraph, are about."""
    begin = paragraph_begin(text, at)
    return _leading(text, begin, at, "commune") or _above(text, begin, "commune")


@lru_cache(maxsize=256)
def _above(text: str, end: int, level: str) -> Place | None:
    """The commune of the nearest heading over the line that begins at ``end``.

    A heading of the same kind without a commune ("3. Đánh giá chung") ends what the one before was about.
    """
    passed, lowest = {_marker_of(text[end : end + _HEADING_LIMIT])}, max(0, end - _FAR)
    for _ in range(_LINES_BACK):
        if end <= lowest:
            return None
        begin = text.rfind("\n", 0, end - 1) + 1
        line = text[begin : end - 1]
        end = begin
        marker = _marker_of(line)
        if _PLACE[level].search(line):
            if led := _leading(text, begin, begin + len(line), level):
                return led if marker is None or marker not in passed else None
            if _named(text, begin, begin + len(line), level):
                return None  # the paragraphs speak of several
        if marker and len(line) <= _HEADING_LIMIT:
            passed.add(marker)
    return None


def _leading(text: str, begin: int, end: int, level: str) -> Place | None:
    """The commune that the paragraph begins with, as a heading of its own or before a colon."""
    found = _PLACE[level].search(text, begin, min(end, begin + _HEADING_LIMIT))
    if not found:
        return None
    opened = _HEADING.match(text, begin)
    start = opened.end() if opened else begin
    named = _name(text, found, end)
    if not named or not _LEADS.match(text[start : found.start()]):
        return None
    return named[0] if _LEAD_ENDS.match(text, named[1], end) else None


def _marker_of(line: str) -> str | None:
    found = _HEADING.match(line)
    return found.lastgroup if found else None


def _named(text: str, begin: int, end: int, level: str) -> list[Place]:
    found = (_name(text, one, end) for one in _PLACE[level].finditer(text, begin, end))
    return [one[0] for one in found if one]


def _name(text: str, found: re.Match[str], end: int) -> tuple[Place, int] | None:
    stop = end_of_name(text, found.end(), end)
    if stop is None:
        return None
    name = text[found.end() : stop]
    capitals = name.isupper()
    if found["kind"].isupper() and not capitals:
        return None
    if capitals and len(name.split()) > _CAPITALS:
        return None  # a letterhead's capitals run into the words beside them
    return Place(found["kind"].lower(), title_case(name) if capitals else name), stop
