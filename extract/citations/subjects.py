"""The subject of a clause: the body, or the place that stands for its committee, that acts in it."""

from __future__ import annotations

import re

from extract.citations.focus import PARAGRAPH_ENDS, Place, headed, place_of
from extract.citations.grammar import Body, folded
from extract.citations.issuers import GOVERNMENT, LEVELS, ORGAN, read_issuer

AREAS = "|".join(
    sorted((level for level in LEVELS if len(level) > 2 or level == "xa"), key=len, reverse=True)
)
AREA = re.compile(rf"(?<![a-z])(?:{AREAS})(?![a-z])")
AREAS_WRITTEN = frozenset(("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"))
COMMITTEE = re.compile(r"(?<![a-z])(?P<body>(?:tinh|thanh|huyen|dang)\s+uy)(?![a-z])")
_OPENS_CLAUSE = re.compile(
    r"(?:\A|[.;:,\n(]|[-–+•]|(?<![a-z])(?:khi|den nay|nay|do|nhung|sau do|mac du|thi))\s*\Z"
)
"""What stands before the subject of a clause."""
_SYMBOL = re.compile(r"[a-z0-9][ ]?[-/–—~][ ]?\Z")
_MADE_HERE = re.compile(
    r"(?<![a-z])(?<!duoc )(?:(?:co|ra|ban hanh|gui|lap|trinh|ky|phat hanh|xay dung|thong qua)"
    r"(?:\s+(?:cham|du|bo sung|lai|them|kip thoi|kem))?|bang)\s+"
    r"(?:(?:cac|\d{1,3})\s+)?\Z"
)
"""Right before a document: the subject of the clause made it, or did something with its own."""
_AT_PAPER = re.compile(r"(?<![a-z])(?:tai|kem|theo|bang)\s+\Z")
_IN_ITS_PAPER = re.compile(
    r"\s+(?:(?:da|vua|cung|lai|tiep tuc)\s+)+"
    r"(?!(?:thuc hien|trien khai|chap hanh|tiep thu|nhan|hoan thanh|vi pham|lam|ap dung|duoc|bi)(?![a-z]))"
    r"(?:(?!(?:theo|neu|ghi|quy dinh|thuc hien|duoc|cua)(?![a-z]))[^\s.;:()]+\s+){1,10}?"
    r"(?<!noi dung )(?<!nhiem vu )(?<!ton tai )(?<!chi tieu )(?<!viec )tai\s+"
)
"""Behind the subject: it did something in a paper of its own, "đã bổ sung hồ sơ tại Công văn số …"."""
_IN_PAPER_OF = re.compile(
    r"\s+(?:trinh|lap|gui|ban hanh|ky|de nghi|bao cao|de xuat)(?:\s+[^\s.;:()]+){0,6}?\s+"
    r"(?:tai|bang|kem(?:\s+theo)?)\s+"
)
"""The same in "do UBND huyện … trình tại Tờ trình số …"."""
_UNDONE = re.compile(r"\s+(?:huy bo|thu hoi|bai bo|sua doi|dinh chinh|thay the)\s+\Z")
_TOLD_TO = re.compile(r"(?<![a-z])(?:yeu cau|de nghi|giao)\s+\Z")
"""Who is told to withdraw a paper wrote it: "yêu cầu UBND xã … hủy bỏ Quyết định số …"."""
_JUST_MADE = re.compile(
    r"(?:\s+(?:da|phai|moi|lai|tiep tuc|con|van))*\s+(?:co|ra|ban hanh|gui|lap|trinh|ky|phat hanh)"
    r"(?:\s+(?:kem|lai|them|cham|bo sung))*\s+(?:(?:cac|\d{1,3})\s+)?"
)
"""Right behind a name, wherever it stands: "buộc xã phải gửi lại Tờ trình số …"."""
_PREDICATE = re.compile(r"\s+(?:da|vua|moi|tiep tuc|cung|lai)(?![a-z])")
_AGENT = re.compile(r"(?<![a-z])do\s+\Z")
_SENTENCE_ENDS = re.compile(rf"{PARAGRAPH_ENDS.pattern}|\.\s")
_SENTENCE = 320
_OBJECT = re.compile(
    r"(?<![a-z])(?:cua|theo|tai|voi|cho|gui|toi|den|duoc|so voi|tu|o|trong|ve|trinh|bao cao|cac|nhung|cap|"
    r"thuoc)\s+\Z"
)
"""Before a name that is not the subject."""
_FLAWED = re.compile(
    r"[\s,]*(?:(?:deu|cung|con|bi|van|nhung|song|co noi dung)\s+)*"
    r"(?:sai|thieu|ghi|ky|trinh bay|khong (?:co|ghi|dung|dong dau|vao so)|"
    r"chua (?:dung|ghi|vao so|dong dau|phan cong|cu the|day du|sat|ro))(?![a-z])"
)
"""What is wrong with a document itself: "… thiếu căn cứ", "… sai thẩm quyền ký"."""
_OF_OTHERS = re.compile(r"(?<![a-z])(?:nhan|theo|thuc hien|trien khai|ap dung|niem yet)(?![a-z])")
"""What is done with the papers of others."""


def in_symbol(fold: str, at: int) -> bool:
    """Whether a body at ``at`` is part of a number, "97/TB- UBND"; a dash before an item is none's."""
    return _SYMBOL.search(fold[max(0, at - 4) : at]) is not None


def opens_clause(fold: str, at: int) -> bool:
    """Whether what begins at ``at`` stands where a clause's subject does."""
    return _OPENS_CLAUSE.search(fold[max(0, at - 12) : at]) is not None


def read_area(text: str, fold: str, at: int, limit: int, body: str) -> tuple[str, int] | None:
    """The committee of the place that is named at ``at``, and where its name ends: "của huyện Lũng Cát"."""
    area = AREA.match(fold, at, limit)
    if area is None or text[at : area.end()].lower() not in AREAS_WRITTEN:
        return None
    return of_area(text, at, limit, body)


def of_area(text: str, start: int, at: int, body: str) -> tuple[str, int] | None:
    """The committee of the place that begins at ``start``, and where the place's name ends."""
    words = f"{body} {text[start:at]}"
    named = read_issuer(words, folded(words), 0, len(words))
    return (named[0], start + named[1] - len(body) - 1) if named else None


def acting(text: str, fold: str, at: int, body: Body, *, upward: bool = False) -> str | None:
    """The committee that the clause before ``at`` has as its subject, where it made the document at ``at``.

    "UBND xã Khe Mận không mở sổ …; trả lời đơn bằng Công văn số …": a subject holds to the end of its
    sentence, or until another one comes; a sentence under a commune's heading may have none. ``None``
    where another organ acts or it is not sure who does. An ``upward`` paper in brackets reports what the
    subject did.
    """
    made = _MADE_HERE.search(fold, max(0, at - 40), at) is not None
    made = made or (upward and fold[max(0, at - 2) : at].strip() == "(")
    undone = _UNDONE.search(fold, max(0, at - 14), at) is not None
    if not made and not undone and not _AT_PAPER.search(fold, max(0, at - 12), at):
        return None
    low = _sentence_begin(fold, at)
    found = [*GOVERNMENT.finditer(fold, low, at), *COMMITTEE.finditer(fold, low, at)]
    found += [one for one in ORGAN.finditer(fold, low, at) if _named_organ(text, fold, one.start())]
    found += [
        one
        for one in AREA.finditer(fold, low, at)
        if text[one.start() : one.end()].lower() in AREAS_WRITTEN and not _in_a_name(fold, low, one.start())
    ]
    for one in sorted(found, key=lambda one: -one.start()):
        start = one.start()
        if in_symbol(fold, start) or _OBJECT.search(fold, max(0, start - 10), start):
            continue
        if one.re is AREA:
            named = read_area(text, fold, start, at, body.name) if body.slug == "ubnd" else None
        else:
            named = read_issuer(text, fold, start, at) if one.re is GOVERNMENT else None
            if named and body.slug != ("ubnd" if one["body"].startswith("u") else "hdnd"):
                named = None
        if named and _JUST_MADE.fullmatch(fold, named[1], at):
            return named[0]
        if undone:
            told = named and _TOLD_TO.search(fold, max(0, start - 12), start)
            return named[0] if named and told and _UNDONE.fullmatch(fold, named[1], at) else None
        if not named or not (opens_clause(fold, start) or _PREDICATE.match(fold, named[1], at)):
            return None
        agent = _AGENT.search(fold, max(0, start - 4), start) is not None
        in_paper = (_IN_PAPER_OF if agent else _IN_ITS_PAPER).fullmatch(fold, named[1], at)
        return named[0] if made or in_paper else None
    if not made:
        return None
    commune = headed(text, at) if body.slug == "ubnd" else None
    return _committee(body, commune)


def _named_organ(text: str, fold: str, start: int) -> bool:
    return text[start].isupper() and not fold[max(0, start - 1) : start].isalpha()


def _in_a_name(fold: str, low: int, start: int) -> bool:
    """Whether a place belongs to the organ before it: "UBND xã", "Đảng ủy xã", "Phòng Nội vụ huyện"."""
    return (
        re.search(
            r"(?:nhan dan|ubnd|hdnd|uy|vu|tra|an|doan|tu phap|kiem tra)\s+\Z",
            fold[max(low, start - 14) : start],
        )
        is not None
    )


def inspected(text: str, fold: str, at: int, end: int, body: Body) -> str | None:
    """The committee of the commune that is inspected, where the document that ends at ``end`` is flawed.

    Of the papers in which a report finds mistakes the one of whom it speaks is the author.
    """
    if body.slug != "ubnd" or not _FLAWED.match(fold, end):
        return None
    low = _sentence_begin(fold, at)
    if _OF_OTHERS.search(fold, low, at):
        return None
    commune = place_of(text, at, "commune")
    return _committee(body, commune)


def _sentence_begin(fold: str, at: int) -> int:
    begin = max(0, at - _SENTENCE)
    for end in _SENTENCE_ENDS.finditer(fold, begin, at):
        begin = end.end()
    return begin


def _committee(body: Body, place: Place | None) -> str | None:
    return f"{body.name} {place.kind} {place.name}" if place else None
