"""A table of contents says where things stand, not how they are: its lines leave the body as a zone.

A line of contents ends in the page it leads to, mostly behind leaders ("Tồn tại, hạn chế ........ 12"). One
such line may be a form that was filled in; a run of them whose pages never fall is a list of contents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.pages import Line, Zone
from extract.structure.outside import Item, zone_of
from extract.vietnamese import fold

_LEADS_TO = re.compile(
    r"(?P<leaders>(?:[.…·_]\s?){4,}|…+)?\s*(?:trang\s+)?(?P<page>\d{1,4}|[ivxl]{1,6})[.\s]*$", re.IGNORECASE
)
_HEADING = re.compile(r"^\W*(?:muc luc|danh muc (?:cac )?(?:bang|hinh|bieu|so do))\b.{0,40}$")
_COLUMN = re.compile(r"^(?:noi dung|trang|noi dung trang|muc trang)$")
_FEWEST, _FEWEST_UNNAMED = 3, 6
"""Lines of a list of contents below its heading, and of one that has none."""
_LONGEST, _LONGEST_HEADING = 250, 90
_PAGE_ENDS_IN = frozenset("0123456789ivxlIVXL")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line that leads to a page; ``page`` is ``None`` where that is a roman number of the front matter."""

    page: int | None
    leaders: bool


def without_contents(items: list[Item]) -> list[Item]:
    """The items in order, each list of contents with its heading replaced by one zone a page."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        end = _end_of_list(items, at)
        if end is None:
            out.append(items[at])
            at += 1
            continue
        out.extend(_zones(items[at:end]))
        at = end
    return out


def _end_of_list(items: list[Item], start: int) -> int | None:
    """Where the list that begins at ``start`` (its heading or its first line) ends, ``None`` if none does."""
    at = start
    while at < len(items) and at < start + 3 and _is_heading(items[at], first=at == start):
        at += 1
    named = at > start
    count, last, end = 0, 0, at
    led: bool | None = None  # whether this list has leaders
    waiting = 0  # lines of an entry that its page has not come for yet
    while at < len(items):
        item = items[at]
        entry = _entry(item, named=named) if isinstance(item, Line) else None
        if entry is not None and led in (None, entry.leaders) and (entry.page is None or entry.page >= last):
            count, last, end, waiting = count + 1, entry.page or last, at + 1, 0
            led = entry.leaders
        elif isinstance(item, Line):
            waiting += 1
            if waiting > (1 if count else 0) or item.text.rstrip().endswith((".", ";")):
                break
        at += 1
    return end if count >= (_FEWEST if named else _FEWEST_UNNAMED) else None


def _is_heading(item: Item, *, first: bool) -> bool:
    if not isinstance(item, Line) or len(text := item.text) > _LONGEST_HEADING:
        return False
    plain = fold(text)
    return bool(_HEADING.match(plain) or (not first and _COLUMN.match(plain.strip())))


def _entry(line: Line, *, named: bool) -> _Entry | None:
    if line.cell is not None or len(text := line.text) > _LONGEST:
        return None
    if text.rstrip(". ")[-1:] not in _PAGE_ENDS_IN:  # most lines, and quicker than the pattern
        return None
    found = _LEADS_TO.search(text)
    if found is None or not any(letter.isalpha() for letter in text[: found.start()]):
        return None
    leaders = found["leaders"] is not None
    arabic = found["page"].isdigit()
    if not leaders and not (named and arabic and len(found["page"]) < 4):  # four digits are a year
        return None
    return _Entry(int(found["page"]) if arabic else None, leaders)


def _zones(items: list[Item]) -> list[Item]:
    """One zone for the lines of each page; what already is a zone stays."""
    pages: dict[int | None, list[Line]] = {}
    zones: list[Item] = []
    for item in items:
        if isinstance(item, Zone):
            zones.append(item)
        else:
            pages.setdefault(item.page, []).append(item)
    return [*(zone_of("contents", lines) for lines in pages.values()), *zones]
