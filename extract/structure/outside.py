"""Stamps, signature blocks and watermarks among the lines: taken out of the body, kept as zones.

What these blocks say (the number and day of arrival, the moment of signing, who made the copy) is not
the document's; left in the text it would be read as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extract.pages import Box, Line, Zone, ZoneKind, union
from extract.stamps import COPY_NUMBER, begins, extent, is_arrival_field, is_moment, signature_inside
from extract.structure.roles import Role, is_signature_title, is_small_title, kind_of, role_of
from extract.vietnamese import fold, is_upper

Item = Line | Zone
_HEAD = {Role.NATION, Role.MOTTO, Role.NUMBER, Role.DATE}
_CLOSING = {Role.RECIPIENTS, Role.AUTHORITY}
_GIANT = 2.5
"""Times the usual height of a page's words from which words may be a watermark."""
_WATERMARKS = re.compile(
    r"^(?:ban sao|du thao|mat|toi mat|luu hanh noi bo|sao y|copy|draft|tai lieu .*|[a-z])$"
)
_MAX_FORM = 22
"""Lines that the form of a copy (issuer, number, recipients, signature) may have."""


def zone_of(kind: ZoneKind, lines: Sequence[Line]) -> Zone:
    """The lines as one zone, with their words and the box around them."""
    boxes = [box for line in lines if (box := line.box) is not None]
    return Zone(kind, lines[0].page, union(boxes), "\n".join(line.text for line in lines))


def set_apart(items: list[Item]) -> list[Item]:
    """The items in order, each block of lines that is no text of the document replaced by its zone."""
    lines = [part for item in items for part in (_without_run_in(item) if isinstance(item, Line) else [item])]
    taken: dict[int, tuple[ZoneKind, list[int]]] = {}
    used: set[int] = set()
    heights = _usual_heights(lines)
    written = [index for index, item in enumerate(lines) if isinstance(item, Line)]
    closed = False
    for position, index in enumerate(written):
        line = lines[index]
        assert isinstance(line, Line)
        role = role_of(line.text)
        closed = role in _CLOSING or (closed and role is not Role.NATION)
        if index in used:
            continue
        if _is_watermark(line, lines, heights):
            found: tuple[ZoneKind, list[int]] | None = ("watermark", [index])
        else:
            found = _block(lines, written, position, used, closed=closed)
        if found:
            taken[min(found[1])] = found
            used.update(found[1])
    out: list[Item] = []
    for index, item in enumerate(lines):
        if index in taken:
            kind, members = taken[index]
            out.append(zone_of(kind, [one for at in sorted(members) if isinstance(one := lines[at], Line)]))
        elif index not in used:
            out.append(item)
    return out


def _without_run_in(line: Line) -> list[Line]:
    """A line into which a signature block ran ("ỦY BAN NHÂN DÂN Người ký: … Thời gian ký: …") as two."""
    at = signature_inside(line.text)
    if at is None:
        return [line]
    count = len(line.text[:at].split())
    return [replace(line, words=line.words[:count]), replace(line, words=line.words[count:])]


def _block(
    items: list[Item], written: list[int], position: int, used: set[int], *, closed: bool
) -> tuple[ZoneKind, list[int]] | None:
    index = written[position]
    line = items[index]
    assert isinstance(line, Line)
    begun = begins(line.text)
    if closed and (begun == "copy_stamp" or COPY_NUMBER.match(line.text)):
        form = _copy_form(items, written, position, used)
        if form:
            return "copy_stamp", form
    if begun is None:
        return None
    column = _below(items, written, position)
    found = extent([line.text for _, line in column])
    if found is None:
        if begun == "incoming_stamp" and (around := _around(items, written, position)):
            return "incoming_stamp", around
        return None
    kind, count = found
    members = [at for at, _ in column[:count]]
    if kind == "incoming_stamp":
        members += [at for at in _around(items, written, position) if at not in members]
        members += _receiver(items, written, position)
    return kind, [at for at in members if at not in used]


def _below(items: list[Item], written: list[int], position: int) -> list[tuple[int, Line]]:
    """The lines that may go on with a block: those behind it on the page, in its column where boxes tell."""
    first = items[written[position]]
    assert isinstance(first, Line)
    column = [(written[position], first)]
    for index in written[position + 1 : position + 14]:
        line = items[index]
        if not isinstance(line, Line) or line.page != first.page or len(column) > 10:
            break
        before, box = column[-1][1].box, line.box
        if before is not None and box is not None:
            height = max(box[3] - box[1], before[3] - before[1])
            if box[1] - before[3] > 2.5 * height or before[1] - box[3] > height:
                break
            if not _share_column(before, box):
                continue
        column.append((index, line))
    return column


def _share_column(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 0.3 * min(a[2] - a[0], b[2] - b[0])


def _around(items: list[Item], written: list[int], position: int) -> list[int]:
    """The fields of an incoming stamp that stand beside, above or apart from its "ĐẾN"; with it, if any."""
    index = written[position]
    stamp = items[index]
    assert isinstance(stamp, Line)
    found: list[int] = []
    for at in written[max(0, position - 3) : position + 10]:
        line = items[at]
        if at == index or not isinstance(line, Line) or line.page != stamp.page:
            continue
        if not is_arrival_field(line.text):
            continue
        if stamp.box is None or line.box is None:
            if at == written[position - 1] and position:
                found.append(at)
            continue
        near_x = line.box[0] < stamp.box[2] + 0.2 and line.box[2] > stamp.box[0] - 0.1
        near_y = stamp.box[1] - 0.03 < line.box[1] < stamp.box[3] + 0.09
        if near_x and near_y:
            found.append(at)
    return [*found, index] if found else []


def _receiver(items: list[Item], written: list[int], position: int) -> list[int]:
    """The receiving organ's line above "ĐẾN" in its stamp; not the issuer's in the head."""
    if not position:
        return []
    above, stamp = items[written[position - 1]], items[written[position]]
    if not isinstance(above, Line) or not isinstance(stamp, Line) or above.page != stamp.page:
        return []
    if role_of(above.text) is not Role.ORGAN:
        return []
    earlier = [items[at] for at in written[:position] if isinstance(items[at], Line)]
    headed = any(isinstance(line, Line) and role_of(line.text) in _HEAD for line in earlier)
    if above.box is None or stamp.box is None:
        return [written[position - 1]] if headed else []
    height = stamp.box[3] - stamp.box[1]
    close = 0 <= stamp.box[1] - above.box[3] + 0.5 * height < 2 * height
    return [written[position - 1]] if close and _share_column(above.box, stamp.box) else []


def _copy_form(items: list[Item], written: list[int], position: int, used: set[int]) -> list[int]:
    """The form of a paper copy behind the signature: organs, "SAO Y", number, place and date, signature."""
    members = [written[position]]
    for at in reversed(written[max(0, position - 4) : position]):
        line = items[at]
        assert isinstance(line, Line)
        if at in used or role_of(line.text) not in (Role.ORGAN, Role.NUMBER, Role.DATE, Role.RULE):
            break
        if role_of(line.text) is Role.NUMBER and not COPY_NUMBER.match(line.text):
            break
        members.append(at)
    for at in written[position + 1 : position + _MAX_FORM]:
        line = items[at]
        assert isinstance(line, Line)
        text = line.text
        role = role_of(text)
        if at in used or role in (Role.NATION, Role.MOTTO, Role.KIND, Role.ADDRESSEES) or kind_of(text):
            break
        if role is Role.NUMBER and not COPY_NUMBER.match(text) and "/" in text:
            break
        short = len(text) < 60 and not fold(text).startswith(("phu luc", "bieu mau", "du thao"))
        if role is Role.TEXT and not (short or text.startswith(("-", "–"))):
            break
        if role is Role.TEXT and fold(text).startswith(("phu luc", "bieu mau", "du thao")):
            break
        members.append(at)
    rest = [item for at in members if isinstance(item := items[at], Line)]
    # one mark alone is the corner stamp's business
    proof = sum(
        COPY_NUMBER.match(line.text) is not None
        or role_of(line.text) in (Role.DATE, Role.AUTHORITY, Role.RECIPIENTS)
        or is_signature_title(line.text)
        or is_small_title(line.text)
        or is_moment(line.text)
        for line in rest
    )
    return members if proof else []


def _usual_heights(items: list[Item]) -> dict[int | None, float]:
    found: dict[int | None, list[float]] = {}
    for item in items:
        if isinstance(item, Line):
            for word in item.words:
                if word.box is not None:
                    found.setdefault(item.page, []).append(word.box[3] - word.box[1])
    return {page: median(heights) for page, heights in found.items() if len(heights) >= 12}


def _is_watermark(line: Line, items: list[Item], heights: dict[int | None, float]) -> bool:
    """Words far larger than the page's, that lie over its lines or are known from watermarks."""
    usual = heights.get(line.page)
    if usual is None or line.cell is not None or not line.words:
        return False
    boxes = [word.box for word in line.words]
    if any(box is None or box[3] - box[1] < _GIANT * usual for box in boxes):
        return False
    plain = re.sub(r"[^a-z ]+", "", fold(line.text)).strip()
    if _WATERMARKS.match(plain) and (is_upper(line.text) or len(plain) <= 1):
        return True
    box = line.box
    over = 0
    for other in items:
        if isinstance(other, Line) and other is not line and other.page == line.page and other.box and box:
            across = min(box[2], other.box[2]) - max(box[0], other.box[0])
            down = min(box[3], other.box[3]) - max(box[1], other.box[1])
            over += across > 0 and down > 0.5 * (other.box[3] - other.box[1])
    return over >= 2
