"""One file may hold several documents (a letter and the report it sends): cut it into parts.

A new document begins where header components gather again (số ký hiệu, địa danh và thời gian,
quốc hiệu, tên loại, "DỰ THẢO") after the document before has had a body or a closing. An annex or a form
that only repeats quốc hiệu ("(Kèm theo Báo cáo số …)", "Mẫu số 01") stays with its document.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extract.pages import Line
from extract.structure.roles import Role, is_signature_title, number_part, role_of
from extract.vietnamese import fold, is_upper

_MARKS = {Role.NATION, Role.MOTTO, Role.NUMBER, Role.DATE, Role.KIND, Role.DRAFT}
_OWN = {Role.NUMBER, Role.NATION, Role.DRAFT}
"""One of these is among the marks of every new document."""
_STARTS = {Role.NATION, Role.MOTTO, Role.NUMBER, Role.DATE, Role.ORGAN, Role.DRAFT}
_WINDOW = 10
"""Lines within which two different marks make a header."""
_BODY_LINES = 4
"""Lines of running text or closing that a document has before another can begin."""
_ATTACHED = re.compile(r"\b(?:kem theo|dinh kem)\b")
_FORM = re.compile(r"^\W*(?:phu luc|bieu mau|mau so|bieu so|mau bieu|mau\s+\d)")


def cut(lines: list[Line]) -> list[list[Line]]:
    """The lines of each document, in order; no line is lost."""
    roles = [role_of(line.text) for line in lines]
    starts = [0]
    index = 0
    while index < len(lines):
        if roles[index] not in _MARKS or lines[index].cell is not None:
            index += 1
            continue
        window = set(roles[index : index + _WINDOW])
        if len(_MARKS & window) < 2 or not _OWN & window:
            index += 1
            continue
        first = _first_line(lines, roles, index, starts[-1])
        if (
            first > starts[-1]
            and _has_body(lines, roles, starts[-1], first)
            and (_OWN & window != {Role.DRAFT} or _is_closed(lines, roles, starts[-1], first))
            and not _is_annex(lines, roles, starts[-1], first)
        ):
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


def _is_closed(lines: list[Line], roles: list[Role], start: int, end: int) -> bool:
    """Whether recipients or a signature stand in the lines."""
    return bool({Role.RECIPIENTS, Role.AUTHORITY}.intersection(roles[start:end])) or any(
        is_signature_title(line.text) for line in lines[start:end]
    )


def _is_annex(lines: list[Line], roles: list[Role], start: int, first: int) -> bool:
    """Whether the header at ``first`` is that of an annex or a form behind a signature."""
    if not _is_closed(lines, roles, start, first):
        return False
    end = first + _WINDOW + 4
    for role, line in zip(roles[first:end], lines[first:end], strict=True):
        if role is Role.DRAFT or (role is Role.NUMBER and number_part(line.text) not in (None, "")):
            return False
    above = lines[max(start, first - 3) : first]
    return any(_FORM.match(fold(line.text)) for line in above) or any(
        _ATTACHED.search(fold(line.text)) or (_FORM.match(fold(line.text)) and is_upper(line.text))
        for line in lines[first:end]
        if len(line.text) < 160
    )


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
