"""What is no text of the body: page numbers, running lines, stamps, contents; zones, each at its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from extract.pages import Line, Page, Zone
from extract.structure.contents import without_contents
from extract.structure.outside import Item, set_apart, zone_of
from extract.structure.roles import Role, letters, role_of

_PAGE_NUMBER = re.compile(r"^[-–—~.\s]*(?:trang\s*)?\d{1,3}(?:\s*[/|]\s*\d{1,3})?[-–—~.\s]*$", re.IGNORECASE)
_FORM = {Role.NATION, Role.MOTTO, Role.RECIPIENTS, Role.AUTHORITY}
_RUN_TOGETHER = re.compile(r"(?<=\S)\s+(?=Số\s*:|Độc lập\s*[-–]|V/v\s|(?:TM|KT|TL|TUQ)\.\s|-\s[^\d\s])")
_EDGE = 2
"""How many lines at the top and at the bottom of a page may be furniture."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of the body in reading order, and the zones taken out of them.

    Each zone comes with the number of body lines that stand before it.
    """

    lines: list[Line]
    zones: list[tuple[int, Zone]]


def body_of(pages: list[Page]) -> Body:
    """Part body and zones; every word of the pages is in one of the two.

    A running line is one that stands at the edge of at least three pages and half of them, its
    digits apart. Text without pages has no page numbers at edges and no running lines.
    """
    lines: list[Line] = []
    zones: list[tuple[int, Zone]] = []
    for item in without_contents(set_apart(_without_layout_tables(_without_furniture(pages)))):
        if isinstance(item, Zone):
            zones.append((len(lines), item))
        else:
            lines.append(item)
    return Body(lines, zones)


def _without_furniture(pages: list[Page]) -> list[Item]:
    running = _running(pages)
    items: list[Item] = []
    for page in pages:
        last = len(page.lines) - 1
        for index, line in enumerate(page.lines):
            if not line.words:
                continue
            edge = page.number is not None and (index < _EDGE or index > last - _EDGE) and line.cell is None
            if (edge and _PAGE_NUMBER.match(line.text)) or _number_between(
                page.lines, index, paged=page.number is not None
            ):
                items.append(zone_of("page_number", [line]))
            elif edge and _shape(line) in running:
                items.append(zone_of("running_line", [line]))
            else:
                items.append(line)
    return items


def _number_between(lines: list[Line], index: int, *, paged: bool) -> bool:
    """A page number away from the page's edge: a converter's, or that of the second page on an image.

    It stands alone between two blocks of text without pages, or cuts a sentence in two.
    """
    line = lines[index]
    if line.cell is not None or line.heading is not None or not _PAGE_NUMBER.match(line.text):
        return False
    before = lines[index - 1].text.rstrip() if index else ""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is not None and following.text[:1].islower() and not before.endswith((".", ";", ":")):
        return True
    return not paged and line.starts_block is True and (following is None or following.starts_block is True)


def _without_layout_tables(items: list[Item]) -> list[Item]:
    """Tables that only set head or closing side by side become ordinary lines, column by column."""
    lines = [item for item in items if isinstance(item, Line)]
    layout = {line.cell.table for line in lines if line.cell and _is_form(line.text)}
    if not layout:
        return items
    out: list[Item] = []
    done: set[int] = set()
    for item in items:
        if isinstance(item, Zone) or item.cell is None or item.cell.table not in layout:
            out.append(item)
        elif item.cell.table not in done:
            done.add(item.cell.table)
            table = [one for one in lines if one.cell and one.cell.table == item.cell.table]
            for cell in sorted(table, key=lambda one: one.cell.column if one.cell else 0):
                out.extend(_split(cell))
    return out


def _is_form(text: str) -> bool:
    return role_of(text) in _FORM or any(role_of(piece) in _FORM for piece in _RUN_TOGETHER.split(text))


def _split(line: Line) -> list[Line]:
    """A cell whose components ran together on one line ("… Số: 11/BC-ĐKT"), one line each."""
    out: list[Line] = []
    at = 0
    for piece in _RUN_TOGETHER.split(line.text):
        count = len(piece.split())
        words = line.words[at : at + count]
        at += count
        if words:
            out.append(replace(line, words=words, cell=None, starts_block=True))
    return out


def _running(pages: list[Page]) -> set[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        if page.number is None:
            continue
        edges = {*map(_shape, page.lines[:_EDGE]), *map(_shape, page.lines[-_EDGE:])}
        counts.update(shape for shape in edges if shape)
    needed = max(3, len(pages) / 2)
    return {shape for shape, count in counts.items() if count >= needed}


def _shape(line: Line) -> str:
    if role_of(line.text) in (Role.NATION, Role.MOTTO):
        return ""
    return re.sub(r"\d+", "#", letters(line.text))
