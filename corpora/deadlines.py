"""By when something is demanded: "trước ngày 31/12/2018", "xong trong quý I/2020", "trong tháng 6/2021"."""

from __future__ import annotations

import re
from datetime import date, timedelta

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAY = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|xong|hạn|đến(?: hết)?|hết)\s+(?:là\s+|vào\s+|đến\s+)?(?:ngày\s+)?"
    r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?:trong|hết|xong|từ|cuối)\s+quý\s+(IV|I{1,3}|[1-4])\s*(?:[/-]|năm)\s*(\d{4})", re.IGNORECASE
)
_MONTH = re.compile(
    r"(?:trong|hết|xong|trước|cuối)\s+tháng\s+(\d{1,2})\s*(?:[/-]|năm)\s*(\d{4})", re.IGNORECASE
)
_YEAR = re.compile(r"(?:trong|hết|cuối)\s+năm\s+(\d{4})", re.IGNORECASE)


def deadline(text: str) -> str | None:
    """The last ISO day by which ``text`` demands something; ``None`` where it names none.

    A month, quarter or year means its last day. A day that does not exist is none.
    """
    if found := _DAY.search(text):
        day, month, year = map(int, found.groups())
        return _iso(year, month, day)
    if found := _QUARTER.search(text):
        return _last_day(int(found[2]), 3 * _QUARTERS[found[1].upper()])
    if found := _MONTH.search(text):
        return _last_day(int(found[2]), int(found[1]))
    if found := _YEAR.search(text):
        return _iso(int(found[1]), 12, 31)
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _last_day(year: int, month: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= year < 9999:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()
