"""Which office made a document, by the words before it: "Ngày 18/3/2021, Phòng Tư pháp có Công văn số 29/TP".

Only bodies that their symbol names are read here, for the place that their name has and for the day. Whose a
paper of a committee or an assembly is, which every commune has, is judged in :mod:`extract.citations.whose`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.citations.grammar import Body, folded
from extract.citations.issuers import ORGAN, is_body, read_issuer
from extract.citations.numbers import Number
from extract.citations.words import FOUR, TWO, iso_of

_REACH = 170
_SENTENCE_ENDS = re.compile(r"[;\n]|\.\s")
_DAY = re.compile(
    rf"ngay\s*(?P<day>{TWO})\s*(?:thang|[/.\-–])\s*(?P<month>{TWO})\s*(?:,?\s*nam|[/.\-–])\s*(?P<year>{FOUR})\s*,?\s*"
)
_DATED = re.compile(rf"{_DAY.pattern}\Z")
_MADE_HERE = re.compile(
    r"(?<![a-z])(?<!duoc )(?<!chua )(?<!khong )"
    r"(?:(?:co|ra|ban hanh|gui|lap|trinh|ky|phat hanh|xay dung|thong qua)"
    r"(?:\s+(?:cham|du|bo sung|lai|them|kip thoi|kem|cac|van ban|\d{1,3}))*|tai|kem(?:\s+theo)?|bang)"
    r"\s*[:(]?\s*\Z"
)
"""Right before a document: who is spoken of made it, or says something in it."""
_COMES_ON = re.compile(
    rf"{_DAY.pattern}(?:(?:xa|phuong|huyen|moi|da|lai)\s+)*(?:co|ra|ban hanh|ky|phat hanh|thong qua)"
    r"(?:\s+(?:cac|van ban))?\s*\Z"
)

_PARTY = {
    "tinh-uy": ("tinh uy", "thanh uy"),
    "huyen-uy": ("huyen uy",),
    "dang-uy": ("dang uy",),
}


@dataclass(frozen=True, slots=True)
class Maker:
    """The office that is the subject of the sentence, and the day it begins with."""

    issuer: str
    date: str | None


def read_maker(text: str, fold: str, at: int, floor: int, number: Number) -> Maker | None:
    """Which office of its symbol is said to have made the document whose citation begins at ``at``.

    Nothing before ``floor`` counts. A symbol that the grammar does not know is an organ's of these initials.
    """
    body = number.bodies[0] if number.bodies else None
    if body is None or body.slug in ("ubnd", "hdnd") or not _MADE_HERE.search(fold, max(floor, at - 40), at):
        return None
    low = max(floor, at - _REACH)
    for end in _SENTENCE_ENDS.finditer(fold, low, at):
        low = end.end()
    starts = [found.end() for found in _DAY.finditer(fold, low, at)]
    starts += [found.start() for found in ORGAN.finditer(fold, low, at)]
    for start in starts:
        named = read_issuer(text, fold, start, at)
        if named and (is_body(named[0], body) or _is_party(named[0], body)):
            return Maker(named[0], day_before(fold, low, start))
    return None


def _is_party(issuer: str, body: Body) -> bool:
    """Whether a name is that of the Party committee which a symbol means; "TU" is a Thành ủy's in a city."""
    return folded(issuer).startswith(_PARTY.get(body.slug, "-"))


def made_on(fold: str, start: int, at: int) -> str | None:
    """The day before the name at ``start``, where it is that of the document at ``at``, made by who is named.

    "Ngày 24/02/2014, UBND huyện nhắc lại bằng Công văn số 241/UBND-VP".
    """
    if _SENTENCE_ENDS.search(fold, start, at) or not _MADE_HERE.search(fold, max(start, at - 40), at):
        return None
    return day_before(fold, 0, start)


def made_on_that_day(fold: str, at: int) -> str | None:
    """The day on which the document at ``at`` came, nobody named between: "ngày 28/5/2015 có Quyết định"."""
    found = _COMES_ON.search(fold, max(0, at - _REACH), at)
    return iso_of(found) if found else None


def last_day(fold: str, at: int, stop: int) -> str | None:
    """The last day that is said between ``at`` and ``stop``."""
    days = [iso for found in _DAY.finditer(fold, at, stop) if (iso := iso_of(found))]
    return days[-1] if days else None


def day_before(fold: str, low: int, at: int) -> str | None:
    """The day that stands right before ``at``."""
    found = _DATED.search(fold, max(low, at - 40), at)
    return iso_of(found) if found else None
