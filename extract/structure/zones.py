"""Where the head of a document ends and its closing begins.

The head holds the fields of the form, the body what is said, the closing the recipients and
the signature. What stands behind the signature (an annex) belongs to the body again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extract.pages import Box, Line
from extract.structure.headings import is_aspect
from extract.structure.markers import marker_of
from extract.structure.roles import Role, is_signature_title, is_small_title, role_of, signs_minutes
from extract.vietnamese import fold, is_upper

_BODY_START = re.compile(
    r"^(?:can cu|thuc hien|ngay \d|trong |theo |de |qua |nham |xet |tiep theo|sau khi|vua qua|thuc te|"
    r"hien nay|duoc su|kinh gui|phan |phan thu|thi hanh|chap hanh|trien khai|tren co so|phat huy)"
)
_HEAD = {
    Role.NATION,
    Role.MOTTO,
    Role.NUMBER,
    Role.DATE,
    Role.POSTED,
    Role.ORGAN,
    Role.URGENCY,
    Role.RULE,
    Role.DRAFT,
}
_NAME = re.compile(r"^[^\W\d_][^\W\d_'’ʼ-]*(?:['’ʼ-][^\W\d_]+)*(?:\s+[^\W\d_][\w'’ʼ-]*){1,5}$")
_SHORT_NAME = re.compile(r"^(?:K|H|Ha|Y)['’ʼ-][^\W\d_]{2,}$")
"""Names of the Central Highlands that are one word: "K'Brông"."""
_QUOTED = re.compile(r"(?<!\S)['‘’`´](?=[^\W\d_])")
"""What recognisers make of a serif at the front of a letter: "Đàm 'Thị"."""
_AXIS = (0.015, 0.03)
"""How far a line of the trích yếu may stand off its title's axis; the second where its wording goes on."""
_PITCH = 1.35
"""How much further than its lines are from each other the text stands below a trích yếu."""
_ANNEX = re.compile(r"^(?:phu luc|bieu mau|bieu so|mau so|danh muc|danh sach|bang tong hop)\b")
_DEGREE = re.compile(
    r"(?:(?:Th\.?\s?[sS]|T\.?S|PGS|GS|BS(?:CK\s?I{1,2})?|KS|CN|LS|DS|NGƯT)(?:\s*\.\s*|\s+)|"
    r"(?:Thạc|Tiến|Bác|Dược|Y) s[ĩỹ]\s+|(?:Kỹ|Luật) sư\s+|Cử nhân\s+|"
    r"(?:Đại|Thượng|Trung|Thiếu) (?:tá|úy|uý|tướng)\s+)+"
)
"""Degrees and ranks before a signer's name; they are no part of the name."""
_SIGNED = re.compile(
    r"[\[(]?\s*(?:đã ký(?: số)?(?: và đóng dấu|, đóng dấu)?|"
    r"ký(?: tên)?,? ?(?:và )?(?:đóng dấu|ghi rõ)[^)\]]*|ký tên)\s*[\])]?\s*[:.]?",
    re.IGNORECASE,
)
"""What stands for the signature itself: "(Đã ký)", "(Ký tên, đóng dấu)"."""
_LAST_LINES = 15
"""How far above the end, or above the mark of a signature, a signature that no mark announces may stand."""
_FAMILIES = frozenset(("trương", "đoàn", "tô", "phương"))
_TEAMS = re.compile(r"đoàn (?:kiểm tra|thanh tra|công tác|liên ngành|giám sát|thanh niên|đại biểu|kinh tế)")


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
    if (signed := _signed_before_annex(lines, head, closing)) is not None:
        closing = signed
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
            if role in (Role.POSTED, Role.DATE) and not seen_mark and _is_headline(roles, index):
                subject.extend(range(index))
            seen_mark = seen_mark or role in (Role.NATION, Role.NUMBER, Role.DATE, Role.POSTED)
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


def _is_headline(roles: list[Role], index: int) -> bool:
    """Whether what stands above the line with the day is a headline: no organ there, no form below."""
    form = {Role.NATION, Role.NUMBER, Role.KIND, Role.ABOUT, Role.ADDRESSEES}
    return set(roles[:index]) == {Role.TEXT} and form.isdisjoint(roles[index + 1 : index + 7])


def _header_still_ahead(roles: list[Role], index: int) -> bool:
    ahead = roles[index + 1 : index + 7]
    return any(
        role in (Role.NATION, Role.MOTTO, Role.NUMBER, Role.KIND, Role.ADDRESSEES) for role in ahead
    ) or not {Role.DATE, Role.POSTED}.isdisjoint(ahead[:3])


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
    if line.starts_block is not True and not any(letter.isalpha() for letter in line.text):
        return True  # "… cải cách hành chính năm / 2021": no paragraph opens so
    if title is not None and _leaves_axis(lines, index, taken, title):
        return False
    if line.starts_block is not True and line.text[:1].islower():
        return True
    if line.starts_block is True and first.starts_block is True:
        # The format knows its paragraphs: only a bold or upper-case one set alike can be more of the title.
        alike = first.bold == line.bold and first.centred == line.centred and not is_aspect(line.text)
        return title is not None and (line.bold or is_upper(line.text)) and alike
    if line.starts_block is False:
        return True
    if first.bold != line.bold:
        return False
    return first.bold or _narrow(lines, index, title)


def _starts_body(line: Line) -> bool:
    if role_of(line.text) is not Role.TEXT:
        return True
    # a small letter goes on with the line above: "V/v … một số đơn vị / thực hiện chưa nghiêm …"
    opens = not line.text[:1].islower() and _BODY_START.match(fold(line.text)) is not None
    return opens or marker_of(line.text) is not None


def _leaves_axis(lines: list[Line], index: int, taken: list[int], title: int) -> bool:
    """Whether a recognised line stands off the axis or the pitch of the title and subject above it.

    Recognised words know no bold type: a paragraph that happens to be about centred, as a short first line
    with its indent is, is told from the trích yếu by standing further below it than its lines do.
    """
    line = lines[index]
    if any(word.confidence is None for word in line.words):
        return False
    boxes = [lines[at].box for at in (title, *taken, index)]
    known = _upright([box for box in boxes if box is not None])
    if len(known) < len(boxes) or len({lines[at].page for at in (title, index)}) > 1:
        return False
    axis, centre, opened = ((box[0] + box[2]) / 2 for box in (known[0], known[-1], known[1]))
    if abs(opened - axis) > _AXIS[1]:
        return False  # the subject is not set centred
    pitches = [abs(below[3] - above[3]) for above, below in pairwise(known)]
    tall = min(box[3] - box[1] for box in known)
    if pitches[-1] > max(_PITCH * min(pitches[:-1]), 1.6 * tall):
        return True
    return abs(centre - axis) > _AXIS[0 if not line.text[:1].islower() else 1]


def _upright(boxes: list[Box]) -> list[Box]:
    """The boxes of lines as they read, those of a page on its side too: from there which way down is open."""
    longest = max(boxes, key=lambda box: max(box[2] - box[0], box[3] - box[1]), default=(0.0, 0.0, 0.0, 0.0))
    if longest[3] - longest[1] <= longest[2] - longest[0]:
        return boxes
    return [(box[1], box[0], box[3], box[2]) for box in boxes]


def _narrow(lines: list[Line], index: int, title: int | None) -> bool:
    """Whether a line is set narrower than the running text, as centred titles and "V/v" are."""
    line = lines[index]
    if line.box is None:
        return False
    of_page = [other.box for other in lines if other.box and other.page == line.page]
    box, *others = _upright([line.box, *of_page]) if title is not None else [line.box, *of_page]
    left, right = min(one[0] for one in others), max(one[2] for one in others)
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
        return _party_signs(lines, max(head, first - _LAST_LINES), first)
    # No mark: a title in capitals with a person's name under it, near the end.
    start = max(head, len(lines) - _LAST_LINES)
    if (party := _party_signs(lines, start, len(lines))) < len(lines):
        return party
    for index in range(start, len(lines)):
        text = lines[index].text
        below = [line.text for line in lines[index + 1 : index + 5]]
        if is_signature_title(text) and any(is_person(line) for line in below):
            return index
        # A title in small letters could be any line's words: only with the name at once, at the very end.
        signed = [line for line in below if not only_signed(line)]
        if index >= len(lines) - 5 and is_small_title(text) and signed and is_person(signed[0]):
            return index
    return len(lines)


def _party_signs(lines: list[Line], start: int, stop: int) -> int:
    """The first line in ``[start, stop)`` where a party of a meeting signs its minutes, else ``stop``.

    With a name or "(Đã ký)" at once below it: "ĐẠI DIỆN CÁC BÊN" above a list of who took part signs nothing.
    """
    for index in range(start, stop):
        below = [line.text for line in lines[index + 1 : index + 3]]
        if signs_minutes(lines[index].text) and any(is_person(text) or only_signed(text) for text in below):
            return index
    return stop


def _signed_before_annex(lines: list[Line], head: int, closing: int) -> int | None:
    """A signature that no mark announces, above an annex: what the annex signs is not the document's."""
    for index in range(head, min(closing, len(lines))):
        if not _begins_annex(lines[index]):
            continue
        for at in range(max(head, index - 12), index):
            below = [line.text for line in lines[at + 1 : min(index, at + 5)]]
            if is_signature_title(lines[at].text) and any(is_person(text) for text in below):
                return at
        return None
    return None


def _begins_annex(line: Line) -> bool:
    return bool(_ANNEX.match(fold(line.text))) and (is_upper(line.text) or line.heading is not None)


def _annex(lines: list[Line], roles: list[Role], closing: int) -> int:
    """The first line behind the signature that is text again."""
    for index in range(closing + 1, len(lines)):
        line = lines[index]
        if line.cell is not None or _begins_annex(line) or roles[index] in (Role.NATION, Role.DRAFT):
            return index
        if roles[index] is Role.TEXT and len(line.text) > 120 and not line.text.startswith("-"):
            return index
    return len(lines)


def person_of(text: str) -> str | None:
    """The full name that the line is, two to six capitalised words, without degree and "(Đã ký)"."""
    text = _QUOTED.sub("", _SIGNED.sub("", text).strip(" \t.,:/*_|\"“”‘’'`´"))
    text = text[found.end() :] if (found := _DEGREE.match(text)) else text
    named = _NAME.match(text) or _SHORT_NAME.match(text)
    if not named or not all(word[0].isupper() for word in text.split()):
        return None
    if is_signature_title(text) and not text.lower().startswith(tuple(f"{name} " for name in _FAMILIES)):
        return None
    if is_small_title(text) or (role_of(text) is not Role.TEXT and not _is_family(text)):
        return None
    return " ".join(text.split())


def is_person(text: str) -> bool:
    """Whether the line can be a person's full name and nothing else."""
    return person_of(text) is not None


def only_signed(text: str) -> bool:
    """Whether the line only stands for the signature: ``"(Đã ký)"``."""
    return not _SIGNED.sub("", text, count=1).strip(" .,:*_")


def _is_family(text: str) -> bool:
    """Whether capitals that look like an organ's without their tones are a name: ``"TRƯƠNG VĂN AN"``."""
    words = text.lower()
    return words.split()[0] in _FAMILIES and not _TEAMS.match(words) and role_of(text) is Role.ORGAN
