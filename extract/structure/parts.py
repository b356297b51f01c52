"""One file may hold several documents (a letter and the report it sends): cut it into parts.

A new document begins where header components gather again (số ký hiệu, địa danh và thời gian,
quốc hiệu, tên loại) after the document before has had a body or a closing.
"""

from __future__ import annotations

from itertools import pairwise

from extract.pages import Line
from extract.structure.roles import Role, role_of

_MARKS = {Role.NATION, Role.MOTTO, Role.NUMBER, Role.DATE, Role.KIND}
_STARTS = {Role.NATION, Role.MOTTO, Role.NUMBER, Role.DATE, Role.ORGAN}
_WINDOW = 10
"""Lines within which two different marks make a header."""
_BODY_LINES = 4
"""Lines of running text or closing that a document has before another can begin."""


def cut(lines: list[Line]) -> list[list[Line]]:
    """The lines of each document, in order; no line is lost."""
    roles = [role_of(line.text) for line in lines]
    starts = [0]
    index = 0
    while index < len(lines):
        if roles[index] not in _MARKS or lines[index].cell is not None:
            index += 1
            continue
        window = roles[index : index + _WINDOW]
        if len(_MARKS.intersection(window)) < 2 or not {Role.NUMBER, Role.NATION}.intersection(window):
            index += 1
            continue
        first = _first_line(lines, roles, index, starts[-1])
        if first > starts[-1] and _has_body(lines, roles, starts[-1], first):
            starts.append(first)
        index += _WINDOW
    bounds = [*starts, len(lines)]
    return [lines[a:b] for a, b in pairwise(bounds) if a < b]


def _first_line(lines: list[Line], roles: list[Role], index: int, floor: int) -> int:
    """Walk back over the organ's lines that stand above the first mark."""
    first = index
    while first - 1 > floor and roles[first - 1] in (_STARTS | {Role.RULE, Role.URGENCY}):
        first -= 1
    return first


def _has_body(lines: list[Line], roles: list[Role], start: int, end: int) -> bool:
    """Whether the lines hold a document of their own, not just the head of the same one."""
    if Role.RECIPIENTS in roles[start:end] or Role.AUTHORITY in roles[start:end]:
        return True
    running = [
        line
        for line, role in zip(lines[start:end], roles[start:end], strict=True)
        if role is Role.TEXT and len(line.text) > 40
    ]
    return len(running) >= _BODY_LINES
