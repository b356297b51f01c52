"""The line that says when a paper appeared in the press or on a portal: ``"Thứ Ba, 12/3/2024 - 08:15"``.

Such papers have no địa danh and no số; their headline and this line are all the head they have.
"""

from __future__ import annotations

import re

from extract.dates import find_date
from extract.vietnamese import fold

_LONGEST = 80
_SOURCE = re.compile(r"^\s*\(?(?:[A-ZĐ]{2,6}(?:\.[A-Z]{2,4})?|[A-Z][\w.]*\.(?:vn|com))\)?\s*[-–|,]\s*")
""""TTO - ", "VOV.VN | ": who published it, before the day."""
_SAYS = re.compile(
    r"\b(?:(?:ngay|thoi gian)\s+(?:dang|cap nhat|xuat ban)(?:\s+(?:tai|bai|tin))?|"
    r"(?:dang|cap nhat|xuat ban|dua tin)(?:\s+(?:luc|ngay|vao))*)\b"
)
_WEEKDAY = re.compile(r"\b(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b")
_TIME = re.compile(r"\b\d{1,2}\s*(?:[:h]|gio)\s*\d{2}(?:\s*:\s*\d{2}|\s*phut)?(?:\s*(?:am|pm|sa|ch))?\b")
_BETWEEN = re.compile(r"\b(?:gmt\s*[+-]?\s*\d{1,2}|luc|ngay|vao|hoi)\b|[^a-z0-9]+")


def is_dateline(text: str) -> bool:
    """Whether a line holds a day and, beside it, only an hour, a weekday or words of publishing.

    A bare day is none: it may stand for anything.
    """
    if len(text) > _LONGEST:
        return False
    words = fold(_SOURCE.sub("", text))
    found = find_date(words)
    if not found:
        return False
    rest = words[: found[1][0]] + " " + words[found[1][1] :]
    left = rest
    for part in (_SAYS, _WEEKDAY, _TIME):
        left = part.sub(" ", left)
    return left != rest and not _BETWEEN.sub("", left)
