"""Dates and reporting periods as Vietnamese documents print them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extract.document import Period, Span
from extract.vietnamese import fold

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WRITTEN = re.compile(r"ngay\s*(\d{1,2})\s*(?:thang|/)\s*(\d{1,2})\s*(?:nam|/)\s*(\d{4})")
_SLASHED = re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\b")
_RANGE = re.compile(
    r"tu\s*(?:ngay\s*)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\s*(?:den|-|"
    r"–)\s*(?:het\s*)?(?:ngay\s*)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
)
_YEAR = r"(?:\s*(?:nam|/|-)\s*|\s+)(?P<year>(?:19|20)\d{2})"
_LATTER_HALF = re.compile(r"\b(?:6|sau|06)\s*thang\s*cuoi(?:\s*nam)?" + _YEAR)
_PASSED_BEFORE = re.compile(
    r"\b(?P<months>6|06|sau|9|09|chin)\s*thang(?:\s*dau\s*nam)?\b"
    r"(?=[^.;\n]{0,60}\b(?:nhiem vu|phuong huong|ke hoach|cong tac|giai phap)\b)"
)
_FIRST_MONTHS = re.compile(r"\b(?P<months>0?[2-9]|1[01]|sau|chin)\s*thang(?:\s*dau)?(?:\s*nam)?" + _YEAR)
_MONTHS_ALONE = re.compile(
    r"(?<![\d/])(?:(?P<months>0?[2-9]|1[01]|sau|chin)\s*thang\s*dau(?:\s*nam)?|"
    r"(?<!trong )(?<!hon )(?<!qua )(?<!sau )(?<!suot )(?<!moi )(?<!han )(?<!du )"
    r"(?P<usual>0?6|0?9|10|11)\s*thang)"
    r"(?![a-z0-9/])(?!\s*(?:lien|qua|cuoi|tuoi|toi|nua|sau|truoc|nam|/|\d))"
)
"""Months counted from January, as reports of a running year call them; no spell of time ("6 tháng liền")."""
_QUARTER = re.compile(r"\bquy\s*(?P<quarter>iv|i{1,3}|[1-4])" + _YEAR)
_QUARTER_ALONE = re.compile(r"\bquy\s*(?P<quarter>iv|i{1,3}|[1-4])(?![a-z0-9/])")
_MONTH = re.compile(r"\bthang\s*(?P<month>\d{1,2})\s*(?:nam|/)\s*(?P<year>(?:19|20)\d{2})")
_WHOLE_YEAR = re.compile(r"\bnam\s*(?P<year>(?:19|20)\d{2})\b(?!\s*[-–/]\s*\d)")


def find_date(text: str) -> tuple[str, Span] | None:
    """The first whole date in ``text`` as ISO and where it stands: ``"ngày 12/5/2021"``."""
    folded = fold(text)
    found = [hit for pattern in (_WRITTEN, _SLASHED) if (hit := pattern.search(folded))]
    for hit in sorted(found, key=lambda one: one.start()):
        day, month, year = (int(part) for part in hit.groups())
        iso = to_iso(year, month, day)
        if iso:
            return iso, hit.span()
    return None


def day(iso: str | None) -> str:
    """An ISO date as people write it: ``2021-07-30`` as ``30/07/2021``; a year stays, ``None`` is empty."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def to_iso(year: int, month: int, day: int) -> str | None:
    """``2021, 5, 12`` as ``"2021-05-12"``; ``None`` for a day that does not exist."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find_period(text: str, year_meant: int | None = None) -> tuple[Period, Span] | None:
    """The first reporting period named in ``text``, the most exact one at a place.

    The label is the text's own wording. ``"6 tháng đầu năm 2021"`` is 2021-01-01 to 2021-06-30; "11 tháng"
    and "quý I" without a year count only where ``year_meant`` says which year the text speaks of.
    """
    folded = fold(text)
    found: list[tuple[int, int, int, str, str]] = []
    hit: re.Match[str] | None
    for hit in _RANGE.finditer(folded):
        d1, m1, y1, d2, m2, y2 = hit.groups()
        start, end = to_iso(int(y1 or y2), int(m1), int(d1)), to_iso(int(y2), int(m2), int(d2))
        if start and end and start <= end:
            found.append((hit.start(), hit.end(), 0, start, end))
    if hit := _LATTER_HALF.search(folded):
        year = int(hit["year"])
        found.append(
            _passed(folded, hit.start(), year)
            or (hit.start(), hit.end(), 1, _first(year, 7), _last(year, 12))
        )
    if hit := _FIRST_MONTHS.search(folded):
        year, months = int(hit["year"]), {"sau": 6, "chin": 9}.get(hit["months"]) or int(hit["months"])
        found.append((hit.start(), hit.end(), 1, _first(year, 1), _last(year, months)))
    elif year_meant and (hit := _MONTHS_ALONE.search(folded)):
        counted = hit["months"] or hit["usual"]
        months = {"sau": 6, "chin": 9}.get(counted) or int(counted)
        found.append((hit.start(), hit.end(), 1, _first(year_meant, 1), _last(year_meant, months)))
    hit = _QUARTER.search(folded)
    if hit or (year_meant and (hit := _QUARTER_ALONE.search(folded))):
        quarter = _ROMAN.get(hit["quarter"]) or int(hit["quarter"])
        year = int(hit.groupdict().get("year") or year_meant or 0)
        found.append(
            _passed(folded, hit.start(), year)
            or (hit.start(), hit.end(), 2, _first(year, 3 * quarter - 2), _last(year, 3 * quarter))
        )
    for hit in _MONTH.finditer(folded):
        month, year = int(hit["month"]), int(hit["year"])
        if 1 <= month <= 12 and not re.search(r"ngay\s*\d{1,2}\s*$", folded[: hit.start()]):
            found.append((hit.start(), hit.end(), 3, _first(year, month), _last(year, month)))
            break
    hit = _WHOLE_YEAR.search(folded)
    if hit and not re.search(r"thang\s*\d{1,2}\s*$", folded[: hit.start()]):
        year = int(hit["year"])
        found.append((hit.start(), hit.end(), 4, _first(year, 1), _last(year, 12)))
    if not found:
        return None
    at, stop, _, start, end = min(found, key=lambda one: (one[2], one[0]))
    return Period(" ".join(text[at:stop].split()), start, end), (at, stop)


def _passed(folded: str, before: int, year: int) -> tuple[int, int, int, str, str] | None:
    """The months reported on, where what follows is only planned.

    ``"6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2019"``, ``"9 tháng, phương hướng quý IV năm 2019"``.
    """
    hit = _PASSED_BEFORE.search(folded, 0, before)
    if hit is None:
        return None
    months = 9 if hit["months"] in ("9", "09", "chin") else 6
    return (*hit.span(), 1, _first(year, 1), _last(year, months))


def _first(year: int, month: int) -> str:
    return date(year, month, 1).isoformat()


def _last(year: int, month: int) -> str:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()
