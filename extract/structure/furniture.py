"""Page furniture: page numbers, running headers and footers, kept out of the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from extract.pages import Line, Page
from extract.structure.roles import Role, letters, role_of

_PAGE_NUMBER = re.compile(r"^[-–—~.\s]*(?:trang\s*)?\d{1,3}(?:\s*[/|]\s*\d{1,3})?[-–—~.\s]*$", re.IGNORECASE)
_FORM = {Role.NATION, Role.MOTTO, Role.RECIPIENTS, Role.AUTHORITY}
_RUN_TOGETHER = re.compile(r"(?<=\S)\s+(?=Số\s*:|Độc lập\s*[-–]|V/v\s|(?:TM|KT|TL|TUQ)\.\s|-\s[^\d\s])")
_EDGE = 2
"""How many lines at the top and at the bottom of a page may be furniture."""


def body_lines(pages: list[Page]) -> list[Line]:
    """All lines in reading order without page numbers and repeated running lines.

    A running line is one that stands at the edge of at least three pages and half of them, its
    digits apart. Text without pages has no furniture.
    """
    running = _running(pages)
    kept: list[Line] = []
    for page in pages:
        last = len(page.lines) - 1
        for index, line in enumerate(page.lines):
            edge = page.number is not None and (index < _EDGE or index > last - _EDGE)
            if edge and line.cell is None and (_PAGE_NUMBER.match(line.text) or _shape(line) in running):
                continue
            if _number_between(page.lines, index, paged=page.number is not None):
                continue
            if line.words:
                kept.append(line)
    return _without_layout_tables(kept)


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


def _without_layout_tables(lines: list[Line]) -> list[Line]:
    """Tables that only set head or closing side by side become ordinary lines, column by column."""
    layout = {line.cell.table for line in lines if line.cell and _is_form(line.text)}
    if not layout:
        return lines
    out: list[Line] = []
    done: set[int] = set()
    for line in lines:
        if line.cell is None or line.cell.table not in layout:
            out.append(line)
        elif line.cell.table not in done:
            done.add(line.cell.table)
            table = [one for one in lines if one.cell and one.cell.table == line.cell.table]
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
