"""Whose document it is by the words that announce it: "các Công văn của UBND huyện: số …".

Also which document amends or replaces the one before it.
"""

from __future__ import annotations

import re

from extract.citations.grammar import KIND_BY_WORDS, Kind
from extract.citations.issuers import read_issuer
from extract.citations.lists import Found
from extract.citations.numbers import Number
from extract.citations.subjects import read_area
from extract.citations.words import Lead

_FOLLOWS = re.compile(
    r"[\s,(]*(?:(?:duoc|da|va|nay|cac|van ban|quyet dinh)\s+)*"
    r"(?:sua doi|bo sung|thay the|thay|dieu chinh|dinh chinh|gia han)"
    r"(?:,?\s+(?:sua doi|bo sung|thay the|mot so dieu|no|noi dung))*\s+(?:boi|bang|tai|la|theo)\s*:?\s*"
)
"""One document amends or replaces the one before: "… được sửa đổi, bổ sung bởi Quyết định số …"."""
_FOLLOWS_BEHIND = re.compile(
    r"(?:[\s,(](?:duoc|da|va|van ban|nay))+\s+(?:sua doi|bo sung|thay the|dieu chinh)"
    r"(?:,?\s+(?:bo sung|thay the|no))*"
    r"\s+(?:boi|bang|la)\s*\Z"
)
"""The same behind what the one before is about: "… về quy chế và văn bản sửa đổi là Quyết định …"."""
_ORDINAL = re.compile(
    r"(?:(?:van ban|quyet dinh|cong van|thong bao)\s+)?thu\s+(?:hai|ba|tu|nam|[2-9])\s+la\s*\Z"
)
_ALSO = re.compile(r"\s*\(\s*(?:da\s+|cung\s+|sau do\s+)*co\s+(?:cac\s+)?")
_REPLACES = re.compile(r"\s+bang\s+")
_REPLACED = re.compile(r"(?<![a-z])thay(?:\s+the)?\s+\Z")
_OF_BETWEEN = re.compile(r"\s+(?:cua|do)\s+")
_ANNOUNCES = re.compile(
    rf"(?<![a-z])(?P<kind>{'|'.join(map(re.escape, KIND_BY_WORDS))})"
    r"(?:\s+(?!theo|tai|so)[^\s,;:.()]+){0,4}?\s+(?:cua|do)\s+"
)
_ONE_OPENS = re.compile(r"\s*\(\s*(?:so\s*[:.]?\s*)?|\s+la\s+")
"""Between the issuer and one document: "Kế hoạch của xã (số …)", "quy định của tỉnh là Quyết định …"."""
_LIST_OPENS = re.compile(r"(?:\s+[^\W\d_]+){0,5}\s*:\s*(?:\d{1,2}\s+)?(?:so\s*[:.]?\s*)?")
_PAPERS_OPEN = re.compile(r"(?<![a-z])van ban(?:,?\s+[^\s:.;,]+){0,6}\s*:\s*[-–+•]?\s*\Z")
"""What announces documents of several kinds: "các văn bản gồm: Kế hoạch …, Công văn …"."""


def opens_papers(fold: str, at: int) -> bool:
    """Whether what begins at ``at`` is the first of documents of several kinds that are announced."""
    return ":" in fold[max(0, at - 8) : at] and _PAPERS_OPEN.search(fold, max(0, at - 90), at) is not None


def announced_by(text: str, fold: str, at: int, floor: int, number: Number) -> tuple[Kind, str] | None:
    """Kind and issuer of ``"các Công văn của UBND huyện: số 201/UBND-NV …, số 266/UBND-NV …"``."""
    window = fold[max(floor, at - 10) : at]
    many = ":" in window
    if not many and not window.endswith(("(", "( ", "la ")):
        return None
    found = _ANNOUNCES.search(fold, max(floor, at - 90), at)
    issuer = said_issuer(text, fold, found.end(), at, number) if found else None
    opens = _LIST_OPENS if many else _ONE_OPENS
    if found is None or issuer is None or not opens.fullmatch(fold, issuer[1], at):
        return None
    return KIND_BY_WORDS[" ".join(found["kind"].split())], issuer[0]


def follows(fold: str, before: Found, lead: Lead) -> bool:
    """Whether what ``lead`` begins amends the document before, or replaces it: "thay Quyết định … bằng …"."""
    if _FOLLOWS.fullmatch(fold, before.tail.end, lead.start):
        return True
    between = fold[before.number.end : lead.start]
    if len(between) < 160 and ". " not in between and _FOLLOWS_BEHIND.search(between):
        return True
    at = before.lead.start
    return _REPLACES.fullmatch(fold, before.tail.end, lead.start) is not None and bool(
        _REPLACED.search(fold, max(0, at - 12), at)
    )


def counted(fold: str, before: Found, lead: Lead) -> bool:
    """Whether it is one more paper of the same issuer: "văn bản thứ hai là …", "(đã có Công văn …)"."""
    return (
        _ORDINAL.search(fold, max(0, lead.start - 32), lead.start) is not None
        or _ALSO.fullmatch(fold, before.tail.end, lead.start) is not None
    )


def said_issuer(text: str, fold: str, at: int, limit: int, number: Number) -> tuple[str, int] | None:
    """The issuer that begins at ``at``; "của xã" is that of the committee which the number's symbol names."""
    issuer = read_issuer(text, fold, at, limit)
    if issuer is None and number.bodies and number.bodies[0].slug in ("ubnd", "hdnd"):
        return read_area(text, fold, at, limit, number.bodies[0].name)
    return issuer


def issuer_between(text: str, fold: str, lead: Lead, at: int) -> str | None:
    """The issuer of ``"Quyết định của UBND tỉnh số 1557/QĐ-UBND"``."""
    of = _OF_BETWEEN.match(fold, lead.start + len(lead.name), at) if lead.name else None
    issuer = read_issuer(text, fold, of.end(), at) if of else None
    return issuer[0] if issuer else None


def area_behind(text: str, fold: str, at: int, limit: int, number: Number) -> tuple[str, int] | None:
    """The committee of the place that a document is said to be of: "… ngày 30/01/2024 của xã"."""
    of = _OF_BETWEEN.match(fold, at, limit)
    return said_issuer(text, fold, of.end(), limit, number) if of else None
