"""What a later sentence says of a document: "Quyết định này do Chủ tịch UBND huyện ký ngày 24/02/2022"."""

from __future__ import annotations

import re

from extract.citations.grammar import KIND_BY_WORDS
from extract.citations.issuers import read_issuer
from extract.citations.lists import Found
from extract.citations.words import read_day

_KINDS = "|".join(re.escape(words) for words in sorted(KIND_BY_WORDS, key=len, reverse=True))
_ISSUED = r"(?:ban hanh|phat hanh|ky ban hanh|ky|thong qua|phe duyet|lap|gui)(?![a-z])"
_AGAIN = re.compile(
    rf"(?:(?<=[.;] )|(?<=[\n,(] )|(?<=\())(?P<kind>{_KINDS})\s+"
    r"(?P<refers>(?:nay|do|tren|neu tren|noi tren|da neu)\s+)?"
    rf"(?=(?:la\s+)?(?:do|duoc|cua)\s|{_ISSUED})"
)
_BY = re.compile(r"(?:la\s+)?(?:duoc\s+)?(?:do|cua)\s+")
_BY_IT = re.compile(r"(?<![a-z])(?:da\s+)?duoc\s+(?=ubnd|hdnd|uy ban|hoi dong|chu tich)")
_MADE = re.compile(rf"\s*(?:da\s+)?(?:duoc\s+)?{_ISSUED}")
_ENDS = re.compile(r"[;\n]|\.\s")
_CLAUSE = 140
_REACH = 600


def tell_back(text: str, fold: str, found: list[Found]) -> None:
    """Give each document the issuer and day that a sentence after it says of "văn bản này", "Quyết định này".

    The nearest document of that kind before it in the same paragraph is meant; only what it lacks is taken.
    """
    for said in _AGAIN.finditer(fold):
        if not text[said.start("kind")].isupper():
            continue
        meant = _meant(text, said, found)
        if meant is None:
            continue
        _tell(meant, *_predicate(text, fold, said.end(), bool(said["refers"])))
    for place, one in enumerate(found):
        if one.tail.issuer is None:
            limit = found[place + 1].number.start if place + 1 < len(found) else len(text)
            limit = min(limit, one.number.end + _CLAUSE)
            passive = _BY_IT.search(fold, one.number.end, limit)
            if passive and not _ENDS.search(fold, one.number.end, passive.start()):
                _tell(one, *_predicate(text, fold, passive.start(), False))


def _tell(one: Found, issuer: str | None, day: str | None) -> None:
    if one.tail.issuer is None and issuer:
        one.tail.issuer = issuer
    if one.tail.date is None and day and (issuer is None or issuer == one.tail.issuer):
        one.tail.date = day


def _meant(text: str, said: re.Match[str], found: list[Found]) -> Found | None:
    name = " ".join(said["kind"].split())
    kind = None if name == "van ban" else KIND_BY_WORDS[name]
    for one in reversed(found):
        if one.number.end < said.start() - _REACH:
            return None
        if one.number.end > said.start() or (kind and kind not in (one.number.kind, one.lead.kind)):
            continue
        return one if "\n" not in text[one.number.end : said.start()] else None
    return None


def _predicate(text: str, fold: str, at: int, refers: bool) -> tuple[str | None, str | None]:
    """Issuer and day of "do UBND xã ban hành ngày …", "được UBND xã ký ngày …", "được phát hành ngày …"."""
    issuer = None
    limit = min(len(text), at + 160)
    by = _BY.match(fold, at, limit) or _BY_IT.match(fold, at, limit)
    if by and (named := read_issuer(text, fold, by.end(), limit)):
        issuer, at = named
    made = _MADE.match(fold, at, limit)
    if not made and not (issuer and refers):
        return None, None
    day = read_day(fold, made.end() if made else at, limit)
    return issuer, day[0] if day else None
