"""What the form of a signature says about a recognised title: who may sign for whom, and how it is set.

A seal covers the beginning of the title (Nghị định 30/2020/NĐ-CP, Phụ lục I: a third of the signature, on its
left), and a recogniser that loses "PHÓ" there is sure of the "CHỦ TỊCH" that is left. Two things tell:

* the authority above it. Who signs "KT. CHỦ TỊCH" is a PHÓ CHỦ TỊCH, who signs "TL. CHỦ TỊCH" is the head
  of an office below;
* the axis. Authority, title and name are centred on one; a line that lost a word stands off it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extract.document import HeaderField, PlacedWord
from extract.official import deputy_of, office_in, official
from extract.pages import Box, union
from extract.vietnamese import is_upper

_LAST_MARK = re.compile(
    r"(?:^|\s)(K[./]?\s?T|T[./]?\s?L|T[./]?\s?[UƯ][./]?\s?Q|T[./]?\s?M)\s*[./:]?\s*(?=\S)"
)
_BY_FORM = 0.75
"""How sure a title is that was completed by the form."""
_BROKEN = 0.5
"""How sure it is where words are not of the stock or form and axis contradict it."""
_OFF = 0.012
"""How far a line may stand off the axis: whole ones stand within 0.007, those without PHÓ 0.02 and more."""
_LINE_LOST = 1.2
"""Heights of a line between authority and title from which on another line stood there."""

_ALONE = 0.8
"""How sure a title is with neither authority nor name to hold it against."""
_GAP = 0.9
"""Heights of a line between two words of a name from which on one between them is missing."""


def judged_title(authority: str | None, title: str | None) -> tuple[str | None, float]:
    """The title by the form, and the most that its confidence may be.

    ``None`` where there is none and the authority does not name one either.
    """
    mark, for_whom = _last(authority or "")
    deputy = deputy_of(for_whom) if mark == "KT" and for_whom else None
    if title is None:
        return deputy, _BY_FORM
    found = official(title)
    office = office_in(title)
    text = found.text
    if deputy is not None and for_whom is not None:
        if text.startswith(deputy):
            return text, _BROKEN if found.rest else 1.0
        if text.startswith(for_whom) and not found.rest:
            return f"PHÓ {text}" if deputy.startswith("PHÓ ") else deputy, _BY_FORM
        return (text, _BY_FORM) if not found.rest and office else (deputy, _BY_FORM)
    if found.rest or office is None:
        return text, _BROKEN
    if mark in ("TL", "TUQ") and office == for_whom:
        return text, _BROKEN  # nobody signs for himself
    return text, 1.0


def _last(authority: str) -> tuple[str | None, str | None]:
    """The last of the marks of an authority, and the office that it names."""
    marks = list(_LAST_MARK.finditer(authority))
    if not marks:
        return None, None
    mark = re.sub(r"[^A-ZƯ]", "", marks[-1][1]).replace("Ư", "U")
    return mark, office_in(authority[marks[-1].end() :])


def rows_of(words: Sequence[PlacedWord]) -> list[Box]:
    """The boxes of the printed rows of words of one column; none on a page that lies on its side."""
    boxes = [placed.word.box for placed in words if placed.word.box is not None and len(placed.word.text) > 2]
    if sum(box[2] - box[0] for box in boxes) < sum(box[3] - box[1] for box in boxes):
        return []
    rows: list[list[Box]] = []
    for placed in words:
        box = placed.word.box
        if box is None:
            continue
        middle = (box[1] + box[3]) / 2
        if rows and rows[-1][-1][1] < middle < rows[-1][-1][3]:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows if (box := union(row)) is not None]


def off_axis(rows: Sequence[Box], others: Sequence[Box]) -> bool:
    """Whether one of ``rows`` stands off the axis of all rows of its column."""
    if len(rows) + len(others) < 2 or _is_flush([*rows, *others]):
        return False
    axis = median((box[0] + box[2]) / 2 for box in (*rows, *others))
    if len(rows) + len(others) == 2:
        middles = [(box[0] + box[2]) / 2 for box in (*rows, *others)]
        return abs(middles[0] - middles[1]) > _OFF
    return any(abs((box[0] + box[2]) / 2 - axis) > _OFF for box in rows)


def _is_flush(rows: Sequence[Box]) -> bool:
    """Whether rows are set flush left instead."""
    lefts = [box[0] for box in rows]
    return max(lefts) - min(lefts) < _OFF / 2


def line_lost(above: Sequence[Box], below: Sequence[Box]) -> bool:
    """Whether between the last row above and the first below there is room for one that was lost."""
    if not above or not below:
        return False
    tall = min(above[-1][3] - above[-1][1], below[0][3] - below[0][1])
    return below[0][1] - above[-1][3] > _LINE_LOST * tall


def with_ceiling(found: HeaderField, most: float) -> HeaderField:
    """The field, at most so sure."""
    return replace(found, confidence=round(min(found.confidence, most), 4))


def by_form(fields: dict[str, HeaderField], words: Sequence[PlacedWord]) -> dict[str, HeaderField]:
    """``fields`` with a recognised signature as the form bears it out; a typed one stays as it is.

    A name that cannot be whole is not among them.
    """
    out = dict(fields)
    under: dict[str, list[PlacedWord]] = {
        name: _under(fields[name], words)
        for name in ("authority", "signer_title", "signer")
        if name in fields
    }
    if not any(placed.word.confidence is not None for those in under.values() for placed in those):
        return out
    rows = {name: rows_of(those) for name, those in under.items()}
    authority = fields.get("authority")
    title = fields.get("signer_title")
    value, most = judged_title(
        None if authority is None else authority.value, None if title is None else title.value
    )
    others = [*rows.get("authority", ()), *rows.get("signer", ())]
    if title is not None and value is not None:
        own = rows["signer_title"]
        if own and not others:
            most = min(most, _ALONE)
        if off_axis(own, others) and value == official(title.value).text:
            most = min(most, _BROKEN)
        if line_lost(rows.get("authority", ()), own):
            most = min(most, _BROKEN)
        out["signer_title"] = with_ceiling(replace(title, value=value), most)
    elif value is not None and authority is not None:
        out["signer_title"] = with_ceiling(HeaderField(value, authority.confidence, authority.span), most)
    if "signer" in fields and _is_no_whole_name(fields, rows, under["signer"]):
        del out["signer"]
    return out


def _is_no_whole_name(
    fields: dict[str, HeaderField], rows: dict[str, list[Box]], name: Sequence[PlacedWord]
) -> bool:
    """Whether a word of the name is missing, or it is what a seal left of a title.

    A name stands off its title's axis, or has a gap inside, where a word is missing; capitals in the place of
    the title are no name.
    """
    if is_upper(fields["signer"].value) and "signer_title" not in fields:
        return True
    above = [*rows.get("authority", ()), *rows.get("signer_title", ())]
    if above and rows["signer"] and off_axis(rows["signer"][:1], above):
        return True
    boxes = [placed.word.box for placed in name if placed.word.box is not None]
    return any(right[0] - left[2] > _GAP * (left[3] - left[1]) for left, right in pairwise(boxes))


def _under(found: HeaderField, words: Sequence[PlacedWord]) -> list[PlacedWord]:
    span = found.span
    return [] if span is None else [one for one in words if one.start < span[1] and one.end > span[0]]
