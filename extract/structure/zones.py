"""Where the head of a document ends and its closing begins.

The head holds the fields of the form, the body what is said, the closing the recipients and
the signature. What stands behind the signature (an annex) belongs to the body again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.pages import Line
from extract.structure.markers import marker_of
from extract.structure.roles import Role, kind_of, role_of
from extract.vietnamese import fold, is_upper

_BODY_START = re.compile(
    r"^(?:can cu|thuc hien|ngay \d|trong |theo |de |qua |nham |xet |tiep theo|sau khi|vua qua|thuc te|"
    r"hien nay|duoc su|kinh gui|phan |phan thu|thi hanh|chap hanh|trien khai|tren co so|phat huy)"
)
_HEAD = {Role.NATION, Role.MOTTO, Role.NUMBER, Role.DATE, Role.ORGAN, Role.URGENCY, Role.RULE}
_NAME = re.compile(r"^(?:(?:ThS|TS|BS|KS|CN|Ths|PGS)\.?\s*)*[^\W\d_]+(?:\s+[^\W\d_][\w'’-]*){1,4}$")
_ANNEX = re.compile(r"^(?:phu luc|bieu mau|bieu so|danh muc|danh sach|bang tong hop)\b")
_TITLE = re.compile(
    r"^(?:q |quyen |pho |kt |)\s*(?:chu tich|pho chu tich|truong doan|pho truong doan|"
    r"truong phong|pho truong phong|"
    r"giam doc|pho giam doc|chanh thanh tra|pho chanh thanh tra|chanh van phong|"
    r"pho chanh van phong|truong ban|"
    r"to truong|bi thu|pho bi thu|thu truong|truong tram|hieu truong|thanh tra vien|cong chuc|"
    r"nguoi bao cao|nguoi lap)"
)


@dataclass(frozen=True, slots=True)
class Zones:
    """Line numbers: head ``[0, head)``, body ``[head, closing)``, closing ``[closing, annex)``, annex.

    ``title`` and ``subject`` are line numbers of the tên loại and of the trích yếu inside the head.
    """

    head: int
    closing: int
    annex: int
    title: int | None
    subject: tuple[int, ...]
    addressees: tuple[int, ...]


def find_zones(lines: list[Line]) -> Zones:
    """Divide the lines of one document. A document without a head or a closing has empty ones."""
    roles = [role_of(line.text) for line in lines]
    head, title, subject, addressees = _head(lines, roles)
    closing = _closing(lines, roles, head)
    annex = _annex(lines, roles, closing)
    return Zones(head, closing, annex, title, tuple(subject), tuple(addressees))


def _head(lines: list[Line], roles: list[Role]) -> tuple[int, int | None, list[int], list[int]]:
    title: int | None = None
    subject: list[int] = []
    addressees: list[int] = []
    taking: list[int] | None = None
    index = 0
    seen_mark = False
    while index < len(lines):
        line, role = lines[index], roles[index]
        if line.cell is not None or index > 60:
            break
        if role in _HEAD:
            seen_mark = seen_mark or role in (Role.NATION, Role.NUMBER, Role.DATE)
            # A subject under "V/v" runs on past nothing; organs end it.
            taking = None if role is not Role.RULE else taking
        elif role is Role.KIND and title is None and not addressees:
            title, taking, seen_mark = index, subject, True
        elif role is Role.ABOUT and not addressees and (title is None or not subject):
            subject.append(index)
            taking, seen_mark = subject, True
        elif role is Role.ADDRESSEES:
            addressees.append(index)
            taking, seen_mark = addressees, True
        elif taking is addressees and _is_addressee(lines, index, addressees):
            addressees.append(index)
        elif taking is subject and _is_subject(lines, index, subject, title):
            subject.append(index)
        elif title is None and not addressees and _header_still_ahead(roles, index):
            pass  # an odd line among the head's (an organ's second line, a slip of the OCR)
        else:
            break
        index += 1
    if not seen_mark:
        return 0, None, [], []
    return index, title, subject, addressees


def _header_still_ahead(roles: list[Role], index: int) -> bool:
    ahead = roles[index + 1 : index + 7]
    return any(
        role in (Role.NATION, Role.MOTTO, Role.NUMBER, Role.KIND, Role.ADDRESSEES) for role in ahead
    ) or (Role.DATE in ahead[:3])


def _is_addressee(lines: list[Line], index: int, taken: list[int]) -> bool:
    before, line = lines[taken[-1]].text.rstrip(), lines[index]
    if taken[-1] != index - 1:
        return False
    if line.text.startswith(("-", "+", "–")):
        return (len(line.text) < 160 and not before.endswith(".")) or before.endswith(":")
    if before.endswith((";", ":", ",")):
        return len(line.text) < 160
    return line.starts_block is not True and not before.endswith(".") and not _starts_body(line)


def _is_subject(lines: list[Line], index: int, taken: list[int], title: int | None) -> bool:
    """Whether the line carries on the trích yếu that stands under the tên loại or behind "V/v"."""
    line = lines[index]
    if not taken:
        return not _starts_body(line) and len(line.text) < 400
    first = lines[taken[0]]
    if taken[-1] != index - 1 or _starts_body(line) or first.text.rstrip().endswith("."):
        return False
    if line.starts_block is not True and line.text[:1].islower():
        return True
    if line.starts_block is True and first.starts_block is True:
        # The format knows its paragraphs: only a bold or upper-case one can be more of the title.
        return title is not None and (line.bold or is_upper(line.text)) and first.bold == line.bold
    if line.starts_block is False:
        return True
    if first.bold != line.bold:
        return False
    return first.bold or _narrow(lines, index, title)


def _starts_body(line: Line) -> bool:
    if role_of(line.text) is not Role.TEXT:
        return True
    return bool(_BODY_START.match(fold(line.text))) or (marker_of(line.text) is not None)


def _narrow(lines: list[Line], index: int, title: int | None) -> bool:
    """Whether a line is set narrower than the running text, as centred titles and "V/v" are."""
    box = lines[index].box
    if box is None:
        return False
    right = max((line.box[2] for line in lines if line.box), default=1.0)
    left = min((line.box[0] for line in lines if line.box), default=0.0)
    if title is None:
        return box[2] < left + 0.55 * (right - left)
    centred = abs((box[0] + box[2]) / 2 - (left + right) / 2) < 0.05
    return centred and box[0] > left + 0.05 and box[2] < right - 0.02


def _closing(lines: list[Line], roles: list[Role], head: int) -> int:
    """The first line of recipients or signature, ``len(lines)`` when there is none."""
    marks = [
        i
        for i in range(head, len(lines))
        if lines[i].cell is None and roles[i] in (Role.RECIPIENTS, Role.AUTHORITY)
    ]
    if marks:
        first = marks[0]
        while (
            first - 1 >= head and lines[first - 1].cell is None and is_signature_title(lines[first - 1].text)
        ):
            first -= 1
        return first
    # No mark: a title in capitals with a person's name under it, near the end.
    for index in range(max(head, len(lines) - 15), len(lines)):
        text = lines[index].text
        if is_signature_title(text) and any(is_person(line.text) for line in lines[index + 1 : index + 5]):
            return index
    return len(lines)


def _annex(lines: list[Line], roles: list[Role], closing: int) -> int:
    """The first line behind the signature that is text again."""
    for index in range(closing + 1, len(lines)):
        line = lines[index]
        if line.cell is not None or (_ANNEX.match(fold(line.text)) and (is_upper(line.text) or line.heading)):
            return index
        if roles[index] is Role.TEXT and len(line.text) > 120 and not line.text.startswith("-"):
            return index
    return len(lines)


def is_signature_title(text: str) -> bool:
    """Whether the line is a signer's title: ``"PHÓ CHỦ TỊCH UBND HUYỆN"``."""
    return (
        is_upper(text) and len(text) < 70 and bool(_TITLE.match(fold(text).strip())) and kind_of(text) is None
    )


def is_person(text: str) -> bool:
    """Whether the line can be a person's full name: two to five capitalised words and nothing else."""
    text = text.strip()
    if not _NAME.match(text) or role_of(text) is not Role.TEXT:
        return False
    words = re.sub(r"^(?:(?:ThS|TS|BS|KS|CN|Ths|PGS)\.?\s*)*", "", text).split()
    return all(word[0].isupper() for word in words) and not any(
        fold(word) == "nhan" for word in words[1:2] if fold(words[0]) == "noi"
    )
