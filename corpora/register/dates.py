"""When a change of units took effect, from what its source and the tables say: a span of days.

A span is the earliest and the latest possible first day of the new unit. Nothing here was checked against the
gazette; the README of the tables tells the rounds.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpora.register.tables import Older

Span = tuple[str, str]
"""Earliest and latest possible day, ISO; an empty one is open."""

LATEST = "2025-06-30"
"""The list of 1 July 2025 knows all earlier changes."""
FIRST_OF_LAST_ROUND = "2023-01-01"
ROUND_OF_2019 = ("2020-01-01", "2020-03-01")
"""By province, "mostly between 10/01/2020 and 01/03/2020"; some resolutions of 2019 from 1 January."""

_ANNOUNCED = 120
"""How many days after its news a resolution takes effect at the latest. Inferred: where an address tells both
the day of effect and when the page came out, there are at most 58 between them; this leaves twice as many."""

_DAY = re.compile(r"tu-(?:ngay-)?(\d{1,2})-(\d{1,2})-(20\d{2})(?!\d)")
_DAY_OF_STAMP = re.compile(r"tu-(?:ngay-)?(\d{1,2})-(\d{1,2})-(?!\d)")
_MONTH = re.compile(r"tu-thang-(\d{1,2})-(20\d{2})(?!\d)")
_YEAR = re.compile(r"tu-nam-(20\d{2})(?!\d)")
_STAMPS = (
    re.compile(r"-(?:102|119)(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})\d{8,9}\."),
    re.compile(r"-20(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})\d{9}\."),
)


def taken_effect(item: Older) -> Span:
    """The possible first days of the new unit, from the source's address and the year that the table gives.

    An address may tell the day ("tu-1-1-2025"), month or year of effect; else the table's year counts (of
    the resolution or of its effect, the table does not say which), else the time from the beginning of the
    year in which the source came out until four months after it.
    """
    source, year = item.source, item.year
    told = _told(source)
    if told:
        return told
    if year == "2019":
        return ROUND_OF_2019
    if year:
        return f"{year}-01-01", min(f"{int(year) + 1}-03-01", LATEST)
    published = _published(source)
    if published:
        soon = (published + timedelta(days=_ANNOUNCED)).isoformat()
        return f"{published.year}-01-01", min(soon, LATEST)
    return (FIRST_OF_LAST_ROUND if item.dated and source else ""), LATEST


def _told(source: str) -> Span | None:
    published = _published(source)
    if found := _DAY.search(source):
        day = _iso(int(found[3]), int(found[2]), int(found[1]))
        return (day, day) if day else None
    if published and (found := _DAY_OF_STAMP.search(source)):
        years = (_iso(published.year + more, int(found[2]), int(found[1])) for more in (-1, 0, 1))
        days = [date.fromisoformat(day) for day in years if day]
        nearest = min(days, key=lambda day: abs((day - published).days), default=None)
        return (nearest.isoformat(),) * 2 if nearest else None
    if found := _MONTH.search(source):
        first = _iso(int(found[2]), int(found[1]), 1)
        last = _iso(int(found[2]), int(found[1]), 31) or _iso(int(found[2]), int(found[1]), 28)
        return (first, last) if first and last else None
    if found := _YEAR.search(source):
        return f"{found[1]}-01-01", min(f"{found[1]}-12-31", LATEST)
    return None


def _published(source: str) -> date | None:
    for stamp in _STAMPS:
        if found := stamp.search(source):
            iso = _iso(2000 + int(found["year"]), int(found["month"]), int(found["day"]))
            return date.fromisoformat(iso) if iso else None
    return None


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
