"""Whose a document is said to be, with "của": "các Công văn của UBND huyện: số 201 …", "ngày 3/1 của xã".

A place may stand for its committee.
"""

from __future__ import annotations

import re

from extract.citations.grammar import KIND_BY_WORDS, Kind, folded
from extract.citations.issuers import LEVELS, read_issuer
from extract.citations.numbers import Number
from extract.citations.words import Lead

_AREAS = "|".join(
    sorted((level for level in LEVELS if len(level) > 2 or level == "xa"), key=len, reverse=True)
)
AREA = re.compile(rf"(?<![a-z])(?:{_AREAS})(?![a-z])")
AREAS_WRITTEN = frozenset(("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"))
"""As they have to be written: folded, "tính" and "quản" are "tỉnh" and "quận" as well."""
_SYMBOL = re.compile(r"[a-z0-9][ ]?[-/–—~][ ]?\Z")
_OF = re.compile(r"\s+(?:cua|do)\s+")
_ANNOUNCES = re.compile(
    rf"(?<![a-z])(?P<kind>{'|'.join(map(re.escape, KIND_BY_WORDS))})"
    r"(?:\s+(?!theo|tai|so)[^\s,;:.()]+){0,4}?\s+(?:cua|do)\s+"
)
_ONE_OPENS = re.compile(r"\s*\(\s*(?:so\s*[:.]?\s*)?|\s+la\s+")
"""Between the issuer and one document: "Kế hoạch của xã (số …)", "quy định của tỉnh là Quyết định …"."""
_LIST_OPENS = re.compile(r"(?:\s+[^\W\d_]+){0,5}\s*:\s*(?:\d{1,2}\s+)?(?:so\s*[:.]?\s*)?")


def in_symbol(fold: str, at: int) -> bool:
    """Whether a body at ``at`` is part of a number, "97/TB- UBND"; a dash before an item is none's."""
    return _SYMBOL.search(fold[max(0, at - 4) : at]) is not None


def issuer_between(text: str, fold: str, lead: Lead, at: int) -> str | None:
    """The issuer of ``"Quyết định của UBND tỉnh số 1557/QĐ-UBND"``."""
    of = _OF.match(fold, lead.start + len(lead.name), at) if lead.name else None
    issuer = read_issuer(text, fold, of.end(), at) if of else None
    return issuer[0] if issuer else None


def area_behind(text: str, fold: str, at: int, limit: int, number: Number) -> tuple[str, int] | None:
    """The committee of the place that a document is said to be of: "… ngày 30/01/2024 của xã"."""
    of = _OF.match(fold, at, limit)
    return _issuer_or_area(text, fold, of.end(), limit, number) if of else None


def announced_by(text: str, fold: str, at: int, floor: int, number: Number) -> tuple[Kind, str] | None:
    """Kind and issuer of ``"các Công văn của UBND huyện: số 201/UBND-NV …, số 266/UBND-NV …"``."""
    window = fold[max(floor, at - 10) : at]
    many = ":" in window
    if not many and not window.endswith(("(", "( ", "la ")):
        return None
    found = _ANNOUNCES.search(fold, max(floor, at - 90), at)
    issuer = _issuer_or_area(text, fold, found.end(), at, number) if found else None
    opens = _LIST_OPENS if many else _ONE_OPENS
    if found is None or issuer is None or not opens.fullmatch(fold, issuer[1], at):
        return None
    return KIND_BY_WORDS[" ".join(found["kind"].split())], issuer[0]


def _issuer_or_area(text: str, fold: str, at: int, limit: int, number: Number) -> tuple[str, int] | None:
    issuer = read_issuer(text, fold, at, limit)
    if issuer is None and number.bodies and number.bodies[0].slug in ("ubnd", "hdnd"):
        return _committee(text, fold, at, limit, number.bodies[0].name)
    return issuer


def _committee(text: str, fold: str, at: int, limit: int, body: str) -> tuple[str, int] | None:
    """The committee of the place that is named at ``at``, and where its name ends."""
    area = AREA.match(fold, at, limit)
    if area is None or text[at : area.end()].lower() not in AREAS_WRITTEN:
        return None
    words = f"{body} {text[at:limit]}"
    named = read_issuer(words, folded(words), 0, len(words))
    return (named[0], at + named[1] - len(body) - 1) if named else None
