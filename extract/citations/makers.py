"""Who made a document by the words before it: ``"Ngày 16/7/2018, UBND xã đã ban hành Quyết định số …"``.

Or whose words it holds: ``"ý kiến của UBND tỉnh (Công văn số …)"``, ``"đề nghị của UBND xã tại Tờ trình …"``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.citations.focus import headed
from extract.citations.grammar import BODIES, KIND_BY_WORDS, Body
from extract.citations.issuers import GOVERNMENT, ORGAN, is_body, read_issuer
from extract.citations.numbers import Number
from extract.citations.subjects import (
    AREA,
    AREAS,
    AREAS_WRITTEN,
    COMMITTEE,
    acting,
    in_symbol,
    of_area,
    opens_clause,
)
from extract.citations.words import FOUR, TWO, iso_of

_REACH = 170
_SENTENCE_ENDS = re.compile(r"[;\n]|\.\s")
_BRACKET_OPENS = re.compile(r"\s*\(\s*")
_ITEM_BEGINS = re.compile(r"(?:\A|[:;,\n]|[-–+•])\s*\Z")
_KINDS = "|".join(re.escape(words) for words in KIND_BY_WORDS)
_COUNT = r"\d{1,3}|mot so|nhieu|cac|nhung|hai|ba|bon|nam|sau|bay|tam"
_MAKES = re.compile(
    r"(?:\s*:)?"
    r"(?:\s+(?:da|vua|moi|cung|lai|deu|kip thoi|som|tiep tuc|chu dong|nhanh chong|sau do|se|hang nam|"
    r"chua))*\s+"
    r"(?:(?:ky|ra|co|gui|lap|trinh|thong qua|phat hanh|xay dung|phe duyet|ban hanh|ky ban hanh|"
    r"xay dung va ban hanh)"
    rf"(?:\s+(?:{_COUNT}|van ban|bo sung|dieu chinh|them|lai|kip thoi|cham|day du|du))*|"
    # what was made is named first, the document that did it then
    r"(?:ky\s+)?(?:ban hanh|phe duyet|thanh lap|kien toan|phan cong|cu the hoa|cong bo|cong khai|"
    r"dieu chinh|phan bo|quyet nghi|lap|xay dung|thong qua)(?:\s+[^\s,;:.()]+){0,12}?"
    r"(?:\s+(?:kem theo|kem|tai|bang)|\s*\()|"
    # what is done with a paper is done with one's own
    r"(?:(?!(?:cua|theo|duoc)(?![a-z]))[^\s,;:.()]+\s+){1,8}?bang|"
    # "có 03 văn bản nhắc nhở (Công văn số …; Thông báo số …)"
    rf"(?:co|ra|gui|ky|ban hanh|phat hanh)\s+(?:{_COUNT})\s+"
    rf"(?:{_KINDS}|van ban)(?:\s+[^\s,;:.()]+){{0,8}}\s*(?:[(:]|,?\s*gom\s*:?)|"
    # whoever replaces a paper wrote it
    r"(?:thay|thay the|sua doi|sua))"
    r"\s*:?\s*"
)
_DAY = re.compile(
    rf"ngay\s*(?P<day>{TWO})\s*(?:thang|[/.\-–])\s*(?P<month>{TWO})\s*(?:,?\s*nam|[/.\-–])\s*(?P<year>{FOUR})\s*,?\s*"
)
_DATED = re.compile(rf"{_DAY.pattern}\Z")
_DIRECTS = "yeu cau|chi dao|giao|nhac nho|phe binh|don doc|chan chinh|luu y|huong dan"
"""What a body does to those below it, in words."""
_SAYS_IN = re.compile(r"(?:\A|[\n;.:]|[-–+•])\s*(?:tai|trong)\s+\Z")
_SAYS = re.compile(
    rf"\s+(?:da|cung|lai|tung|tiep tuc)?\s*(?:{_DIRECTS}|de nghi|ket luan|danh gia|neu|chi ro|"
    r"khang dinh|thong nhat|dong y|chap thuan)(?![a-z])"
)
"""A body that says something in a paper has written it: "Tại Thông báo số …, UBND huyện đã yêu cầu"."""
_BEFORE_VERB = (
    r"(?:\s+(?!(?:cua|theo|duoc|do|tai|chua|khong|thuc hien|trien khai|tiep thu|chap hanh|"
    r"hoan thanh|ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)(?![a-z]))"
    r"[^\s,;:.()]+){0,6}?\s+"
)
_IN_PAPER = (
    r"\s+(?:bang|tai|trong|qua|thong qua)\s+"
    rf"(?:(?:{_COUNT})\s+)?(?:(?:{_KINDS}|van ban)(?:\s+[^\s.;:()]+){{0,4}}?\s*[:(]\s*)?"
)
_DEMANDS = re.compile(
    rf"{_BEFORE_VERB}(?:"
    rf"(?:{_DIRECTS}|tra loi|thong bao|nhac)"
    r"(?!\s+(?:thuc hien|trien khai)(?![a-z]))"
    r"(?:\s+(?!(?:theo|neu|ghi|quy dinh|thuc hien|nhung|tuy|den nay)(?![a-z]))[^\s.;:()]+){0,14}?"
    r"(?<! noi dung)(?<! ton tai)|"
    r"(?:ket luan|chi ra|chi ro)(?:\s+(?!(?:theo|nhung|tuy|den nay)(?![a-z]))[^\s.;:()]+){0,14}?"
    rf"){_IN_PAPER}"
)
"""A body demands and finds in its own paper: "UBND huyện đã yêu cầu xã khắc phục tại Thông báo số …"."""
_REPORTS = re.compile(
    rf"{_BEFORE_VERB}(?:bao cao|giai trinh|de nghi|kien nghi)"
    r"(?:\s+(?!(?:theo|neu|thuc hien|nhung|tuy|den nay)(?![a-z]))[^\s.;:()]+){0,14}?"
    rf"{_IN_PAPER}"
)
"""The same upward: "UBND xã đã báo cáo UBND huyện tại Báo cáo số …"."""
_HOLDS_DEMANDS = frozenset((None, "công văn", "thông báo", "chỉ thị", "kết luận"))
_OF_BODY = (
    r"cua\s+(?:ubnd|uy ban|hdnd|hoi dong|chu tich|so|phong|bo|thanh tra|doan|tinh uy|huyen uy|"
    rf"{AREAS})(?![a-z])"
)
_DEMANDS_OPEN = re.compile(
    rf"{_BEFORE_VERB}(?:{_DIRECTS}|tra loi|thong bao|nhac|bao cao|giai trinh|de nghi|kien nghi)"
    r"(?!\s+(?:thuc hien|trien khai)(?![a-z]))"
    rf"(?:\s+(?!{_OF_BODY}|(?:theo|neu|quy dinh|thu hoi|huy bo|bai bo|nhung|tuy|den nay)(?![a-z]))"
    r"[^\s.;:()]+)"
    r"{0,14}?\s*\(\s*(?:tai\s+)?"
)
"""A paper in brackets holds what is demanded: "UBND huyện yêu cầu báo cáo trước 15/11 (Công văn số …)"."""
_AND = re.compile(r"(?:,|(?<![a-z])(?:va|dong thoi))(?=\s)(?:\s+dong thoi(?=\s))?")
"""What begins another predicate of the same subject."""
_PREDICATE = re.compile(
    r"\s+(?:da|khong|chua|vua|moi|tiep tuc|kip thoi|khan truong|chu dong|cung|lai)(?![a-z])"
)
"""What makes the name before it the subject of its sentence."""
_SAID = re.compile(
    rf"(?<![a-z])(?P<what>{_KINDS}|chi dao|y kien|yeu cau|de nghi|"
    r"dong y|chap thuan|thong nhat|phe duyet|cho phep|phe binh|nhac nho|giai trinh|kien nghi|tra loi"
    r")(?:\s+[^\s,;:.()]+){0,6}?\s+cua\s+\Z"
)
"""What a body says or issues, before its name: "ý kiến của …", "chương trình kiểm tra của …"."""
_PARTY = {
    "tinh-uy": ("tinh uy", "thanh uy"),
    "huyen-uy": ("huyen uy",),
    "dang-uy": ("dang uy",),
}
"""Names of the Party's committees by the slug of their symbol: "TU" is a Thành ủy's in a city."""
_ONLY_BRACKET = re.compile(r"[^;.()\n]{0,60}\(\s*")
"""Between a document that is spoken of and the one that says it: "đã thực hiện xong … (Báo cáo số …)"."""
_WHOSE = re.compile(rf"\s+cua\s+(?:(?:ubnd|uy ban nhan dan)\s+)?(?:{AREAS})(?![a-z])")
_VERB_OPENS = re.compile(
    r"\s*(?:(?:da|chua|moi|kip thoi|vua)\s+)*"
    r"(?:ban hanh|xay dung|thanh lap|kien toan|phe duyet|phan cong|phat hanh|co|trien khai|to chuc)(?![a-z])"
)
"""A sentence that leaves its subject to the heading: "Đã kiện toàn …", "Ban hành 04 văn bản"."""
_OWN_RULES = re.compile(
    r"\s*(?:quy che|noi quy|quy uoc|huong uoc)(?:\s+(?!cua(?![a-z]))[^\s;:.()]+){1,10}\s*\(?\s*(?:duoc\s+)?"
    r"ban hanh\s+(?:kem\s+)?theo\s*"
)
"""Rules that a heading's commune has: "Đối với xã Khe Mận: Quy chế làm việc (ban hành theo Quyết định …"."""
_COMMA = re.compile(r"\s*,\s*")
_UPWARD = ("báo cáo", "tờ trình")
_OPENED = re.compile(r"\s*\((?:\s*(?:tai|theo))?\s*")
_SAID_IN = re.compile(r"\s+(?:tai|trong|bang)\s+(?:cac\s+)?")
"""What a body says it says in its own paper: "đề nghị của UBND huyện tại Tờ trình số …"."""
_NOT_ALONE = re.compile(r"(?:\bva|van phong|doan kiem tra|cua|hdnd\s*[-–])\s*\Z")
"""Words before an issuer that make it part of another one's name, or one of several."""


@dataclass(frozen=True, slots=True)
class Maker:
    """The issuer that is the subject of the sentence, and the day it begins with."""

    issuer: str
    date: str | None


def read_maker(text: str, fold: str, at: int, floor: int, number: Number) -> Maker | None:
    """Who is said to have made the document whose citation begins at ``at``; nothing before ``floor`` counts.

    A symbol that leaves open whose it is ("UBND", "HU") is anybody's of the kind that the sentence names; one
    that names its body ("PNV") needs it only for the day and for the place that the name has.
    """
    body = number.bodies[0] if number.bodies else BODIES["UBND"] if number.matter else None
    if body is None:
        return None
    says = _says_of(number)
    goes_on = floor > 0 and any(
        _MAKES.fullmatch(fold, also.end(), at) or says.fullmatch(fold, also.end(), at)
        for also in _AND.finditer(fold, max(floor, at - 120), at)
    )
    goes_on = goes_on or (floor > 0 and _ONLY_BRACKET.fullmatch(fold, floor, at) is not None)
    # "UBND xã đã kiểm điểm (Biên bản số …) và ban hành Kế hoạch số …": its subject stands before another.
    low = max(0 if goes_on else floor, at - _REACH)
    for end in _SENTENCE_ENDS.finditer(fold, low, at):
        low = end.end()
    if body.slug not in ("ubnd", "hdnd", *_PARTY):
        return _by_itself(text, fold, low, at, body)
    names = GOVERNMENT if body.slug not in _PARTY else COMMITTEE
    for found in reversed(list(names.finditer(fold, low, at))):
        if in_symbol(fold, found.start()):
            continue  # the symbol of another number
        named = read_issuer(text, fold, found.start(), at)
        if not named or not _is_named(body.slug, found["body"]):
            continue
        name, stop = named
        opened = _OPENED.fullmatch(fold, stop, at) or _SAID_IN.fullmatch(fold, stop, at)
        said = _SAID.search(fold, low, found.start()) if opened else None
        if said and opened and (opened.re is _SAID_IN or _can_carry(number, said["what"])):
            return Maker(name, None)
        if _NOT_ALONE.search(fold, low, found.start()):
            continue
        if _MAKES.fullmatch(fold, stop, at):
            return Maker(name, _date_before(fold, low, found.start()))
        if _BRACKET_OPENS.fullmatch(fold, stop, at) and _ITEM_BEGINS.search(fold, 0, found.start()):
            return Maker(name, None)
        if says.fullmatch(fold, stop, at) or (goes_on and _PREDICATE.match(fold, stop, at)):
            return Maker(name, _date_before(fold, low, found.start()))
        if _opens_on_demand(fold, stop, at, number) or _goes_on(fold, found.start(), stop, at, number):
            return Maker(name, None)
    if body.slug in _PARTY:
        return None
    return (
        _area(text, fold, low, at, body.name, number)
        or _area_with_paper(text, fold, low, at, body.name)
        or _by_heading(text, fold, low, at, body, goes_on)
        or _by_subject(text, fold, at, body, number)
    )


def _says_of(number: Number) -> re.Pattern[str]:
    return _REPORTS if number.kind and number.kind.name in _UPWARD else _DEMANDS


def _by_subject(text: str, fold: str, at: int, body: Body, number: Number) -> Maker | None:
    upward = number.kind is not None and number.kind.name in _UPWARD
    issuer = acting(text, fold, at, body, upward=upward)
    return Maker(issuer, None) if issuer else None


def _opens_on_demand(fold: str, stop: int, at: int, number: Number) -> bool:
    kind = number.kind.name if number.kind else None
    return (kind in _HOLDS_DEMANDS or kind in _UPWARD) and bool(_DEMANDS_OPEN.fullmatch(fold, stop, at))


def _goes_on(fold: str, begin: int, stop: int, at: int, number: Number) -> bool:
    """Whether the subject's second predicate makes the document: "… không đồng ý và có Công văn số"."""
    if not opens_clause(fold, begin) and not _PREDICATE.match(fold, stop, at):
        return False
    also = next(
        (
            one
            for one in _AND.finditer(fold, stop, at)
            if _MAKES.fullmatch(fold, one.end(), at)
            or _says_of(number).fullmatch(fold, one.end(), at)
            or _opens_on_demand(fold, one.end(), at, number)
        ),
        None,
    )
    if also is None:
        return False
    others = [
        *GOVERNMENT.finditer(fold, stop, also.start()),
        *COMMITTEE.finditer(fold, stop, also.start()),
        *AREA.finditer(fold, stop, also.start()),
    ]
    # "… yêu cầu xã Khe Mận rà soát và ban hành Kế hoạch số …": whoever else is named may act.
    return all(fold[one.start() - 5 : one.start()].endswith((" cua ", " voi ", " tai ")) for one in others)


def _by_heading(text: str, fold: str, low: int, at: int, body: Body, goes_on: bool) -> Maker | None:
    """The heading's commune as the subject of a sentence that has none: "3. Xã Khe Mận / Đã ban hành …"."""
    starts = (low, *(found.end() for found in re.finditer(r":", fold[low:at])))
    for start in (starts[0], *(low + one for one in starts[1:])):
        makes = any(_MAKES.fullmatch(fold, place, at) for place in (start - 1, start) if place >= 0)
        makes = makes or _OWN_RULES.fullmatch(fold, start, at) is not None
        if makes or (goes_on and _VERB_OPENS.match(fold, start, at)):
            commune = headed(text, start)
            return Maker(f"{body.name} {commune.kind} {commune.name}", None) if commune else None
    return None


def read_sayer(text: str, fold: str, begin: int, stop: int, number: Number) -> str | None:
    """Who says something in the document cited from ``begin`` to ``stop``, with which a sentence opens."""
    body = number.bodies[0] if number.bodies else None
    if body is None or body.slug not in ("ubnd", "hdnd") or (number.kind and number.kind.name in _UPWARD):
        return None
    comma = _COMMA.match(fold, stop)
    found = GOVERNMENT.match(fold, comma.end()) if comma else None
    if not found or not _is_named(body.slug, found["body"]) or not _SAYS_IN.search(fold, 0, begin):
        return None
    named = read_issuer(text, fold, found.start(), len(text))
    return named[0] if named and _SAYS.match(fold, named[1]) else None


def _by_itself(text: str, fold: str, low: int, at: int, body: Body) -> Maker | None:
    """The body of the symbol as the subject of ``"Ngày 18/3/2021, Phòng Tư pháp có Công văn số 29/TP"``.

    A symbol that the grammar does not know is an organ's of these initials.
    """
    starts = [found.end() for found in _DAY.finditer(fold, low, at)]
    starts += [found.start() for found in ORGAN.finditer(fold, low, at)]
    for start in starts:
        named = read_issuer(text, fold, start, at)
        if not named or not is_body(named[0], body):
            continue
        whose = _WHOSE.match(fold, named[1], at)
        if _MAKES.fullmatch(fold, whose.end() if whose else named[1], at):
            return Maker(named[0], _date_before(fold, low, start))
    return None


def _is_named(slug: str, words: str) -> bool:
    if slug in _PARTY:
        return " ".join(words.split()) in _PARTY[slug]
    return slug == ("ubnd" if words.startswith("u") else "hdnd")


def _can_carry(number: Number, said: str) -> bool:
    """Whether the document can hold what is said: a report to the body that asked for it is not its own."""
    return number.kind is None or number.kind.name not in _UPWARD or number.kind is KIND_BY_WORDS.get(said)


def _area(text: str, fold: str, low: int, at: int, body: str, number: Number) -> Maker | None:
    """The place that is the subject of its clause stands for its committee: ``"Xã đã ban hành …"``."""
    for area in reversed(list(AREA.finditer(fold, low, at))):
        start = area.start()
        if text[start : area.end()].lower() not in AREAS_WRITTEN:
            continue  # folded, "tính" and "quản" are "tỉnh" and "quận"
        said = _SAID.search(fold, low, start)
        if said:
            named = of_area(text, start, at, body)
            if named and _SAID_IN.fullmatch(fold, named[1], at):
                return Maker(named[0], None)
        if not opens_clause(fold, start) and not _DATED.search(fold, low, start):
            continue
        named = of_area(text, start, at, body)
        if named and (_MAKES.fullmatch(fold, named[1], at) or _goes_on(fold, start, named[1], at, number)):
            return Maker(named[0], _date_before(fold, low, start))
    return None


def _area_with_paper(text: str, fold: str, low: int, at: int, body: str) -> Maker | None:
    """The place of ``"chậm nộp: xã Khe Mận (Báo cáo số …), xã Bàu Đưng (Báo cáo số …)"``, a list's item."""
    if not _BRACKET_OPENS.fullmatch(fold, fold.rfind("(", low, at), at):
        return None
    for area in AREA.finditer(fold, low, at):
        named = of_area(text, area.start(), at, body)
        if (
            named
            and _BRACKET_OPENS.fullmatch(fold, named[1], at)
            and _ITEM_BEGINS.search(fold, 0, area.start())
        ):
            return Maker(named[0], None)
    return None


def last_day(fold: str, at: int, stop: int) -> str | None:
    """The last day that is said between ``at`` and ``stop``."""
    days = [iso for found in _DAY.finditer(fold, at, stop) if (iso := iso_of(found))]
    return days[-1] if days else None


def _date_before(fold: str, low: int, at: int) -> str | None:
    found = _DATED.search(fold, max(low, at - 40), at)
    return iso_of(found) if found else None
