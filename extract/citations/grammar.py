"""The citation grammar as lookups: ``grammar.toml`` read once, and folding fast enough for a page.

Nothing here knows about text; :mod:`extract.citations.numbers` and :mod:`extract.citations.words`
are the engine.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from extract.vietnamese import fold

Reach = Literal["national", "local", "province", "district", "commune", "other"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A tên loại. ``code`` stands in keys; ``yearly`` kinds never have a number without a year."""

    name: str
    symbol: str
    code: str
    issuer: str | None = None
    yearly: bool = False
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """An issuing body as symbols name it; ``reach`` says whose place tells two of them apart."""

    symbol: str
    name: str
    slug: str
    reach: Reach


class _Folding(dict[int, int]):
    """``str.translate`` table that does what :func:`extract.vietnamese.fold` does, filled as letters come."""

    def __missing__(self, code: int) -> int:
        folded = ord(fold(chr(code))[:1] or chr(code))
        self[code] = folded
        return folded


_LOOKALIKES = str.maketrans("ÐƉðАВЕКМНОРСТХУΑΒΕΗΙΚΜΝΟΡΤΥΧ", "ĐĐđABEKMHOPCTXYABEHIKMNOPTYX")
_FOLDING = _Folding()
_FOLDING_SEEN = _Folding({code: ord(fold(chr(letter))) for code, letter in _LOOKALIKES.items()})


def folded(text: str) -> str:
    """``fold(text)``, code point for code point, about ten times as fast: whole documents come here."""
    return text.translate(_FOLDING)


@lru_cache(maxsize=2)
def folded_as_seen(text: str) -> str:
    """The same with letters of other scripts taken for those they look like: ``"Quyết Ðịnh"``.

    A whole document comes here once for its citations and once for their issuers.
    """
    return text.translate(_FOLDING_SEEN)


_DATA = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))

KINDS: tuple[Kind, ...] = tuple(
    Kind(
        row["name"],
        row["symbol"],
        row["code"],
        row.get("issuer"),
        row.get("yearly", False),
        row.get("joint", False),
    )
    for row in _DATA["kind"]
)
"""All kinds of ``grammar.toml``, in its order."""

BODIES: dict[str, Body] = {
    symbol: Body(symbol, name, slug, reach)
    for reach, table in _DATA["body"].items()
    for symbol, (name, slug) in table.items()
}
"""All issuing bodies by their symbol."""

MATTERS: frozenset[str] = frozenset(_DATA["matters"])
"""Parts of a symbol that say what is decided, in the place of the body: ``"XPHC"``."""

ISSUER_STOPS: frozenset[str] = frozenset(_DATA["issuer_stops"])
"""Words in lower case that end the name of an issuer."""

_KIND_BY_NAME = {kind.name: kind for kind in KINDS}
_KIND_BY_SYMBOL: dict[str, tuple[str, Kind]] = {}
KIND_BY_WORDS: dict[str, Kind] = {}
"""Kinds by their words in running text, folded: ``"bo luat"``, ``"quyet dinh"``."""

for _row, _kind in zip(_DATA["kind"], KINDS, strict=True):
    KIND_BY_WORDS[fold(_kind.name)] = _kind
    for _words in _row.get("words", ()):
        KIND_BY_WORDS[fold(_words)] = _kind
    for _symbol in (_kind.symbol, *_row.get("also", ())):
        _KIND_BY_SYMBOL[_symbol] = (_symbol, _kind)


def _by_fold(symbols: list[str]) -> dict[str, str]:
    """Folded spellings that only one symbol has."""
    readings: dict[str, set[str]] = {}
    for symbol in symbols:
        readings.setdefault(fold(symbol), set()).add(symbol)
    return {spelling: next(iter(found)) for spelling, found in readings.items() if len(found) == 1}


_KIND_FOLDED = _by_fold(list(_KIND_BY_SYMBOL))
_BODY_FOLDED = _by_fold(list(BODIES))
_SESSION = re.compile(r"(QH|UBTVQH)(?:\d{1,2}|[IVX]{1,5})", re.IGNORECASE)


def repaired(symbol: str) -> str:
    """One part of a symbol with foreign letters that look like its own (Eth, Cyrillic, Greek) as these."""
    return symbol.translate(_LOOKALIKES)


@lru_cache(maxsize=4096)
def kind_of_symbol(part: str) -> tuple[str, Kind] | None:
    """The kind that a part of a symbol stands for, with the spelling meant: ``"QD"`` is ``("QĐ", …)``."""
    part = repaired(part)
    found = _KIND_BY_SYMBOL.get(part)
    if found or part == "LUAT":
        return found
    spelling = _KIND_FOLDED.get(fold(part))
    return _KIND_BY_SYMBOL[spelling] if spelling else None


@lru_cache(maxsize=4096)
def body_of_symbol(part: str) -> tuple[str, Body] | None:
    """The body that a part of a symbol names, with the spelling meant: ``"QH13"``, ``"TTG"`` as ``"TTg"``."""
    part = repaired(part)
    if part in BODIES:
        return part, BODIES[part]
    session = _SESSION.fullmatch(part)
    if session:
        return part.upper(), BODIES[session[1].upper()]
    spelling = _BODY_FOLDED.get(fold(part))
    return (spelling, BODIES[spelling]) if spelling else None


def _misread(symbols: Iterable[str]) -> dict[str, str]:
    """Spellings that one misread letter makes of one symbol only, and that are no symbols themselves."""
    letters, more = _DATA["misread"]["letters"], _DATA["misread"]["letters_of_long"]
    known = {fold(symbol) for symbol in (*_KIND_BY_SYMBOL, *BODIES)}
    readings: dict[str, set[str]] = {}
    for symbol in symbols:
        for place, letter in enumerate(symbol):
            for wrong in letters.get(letter, "") + (more.get(letter, "") if len(symbol) > 2 else ""):
                spelling = symbol[:place] + wrong + symbol[place + 1 :]
                if fold(spelling) not in known:
                    readings.setdefault(spelling, set()).add(symbol)
                    readings.setdefault(spelling.replace("Đ", "D"), set()).add(symbol)
    return {spelling: next(iter(meant)) for spelling, meant in readings.items() if len(meant) == 1}


_MISREAD_KINDS = _misread(symbol for symbol in _KIND_BY_SYMBOL if len(symbol) > 1)
_MISREAD_BODIES = {
    **_misread(symbol for symbol in BODIES if len(symbol) > 1),
    **_DATA["misread"]["symbols"],
}
_MISREAD_SESSION = re.compile(r"(?P<body>UBTV)?[QO0]H(?P<number>[\dIlO]{1,2})")
_DIGITS = str.maketrans("OoIil", "00111")

ISSUER_SLUGS: dict[str, str] = _DATA["issuer_slugs"]
"""Slugs of organs that issue under the symbol of another: ``bo-chinh-tri`` under ``trung-uong``."""

OLD_BODIES: dict[str, str] = _DATA["old"]["body_by_kind"]
"""Symbols of bodies by kind and an old symbol that now means something else: ``"quyết định CT"``."""


def digits_meant(printed: str) -> str:
    """Digits with the letters that an OCR engine takes them for put right, blanks out: ``"2O2l"``."""
    return printed.translate(_DIGITS).replace(" ", "")


@lru_cache(maxsize=4096)
def misread_kind(part: str) -> tuple[str, Kind] | None:
    """The kind whose symbol with one letter misread is ``part``: ``"OĐ"`` is ``("QĐ", …)``."""
    meant = _MISREAD_KINDS.get(repaired(part))
    return (meant, _KIND_BY_SYMBOL[meant][1]) if meant else None


@lru_cache(maxsize=4096)
def is_misread(part: str) -> bool:
    """Whether ``part`` is known as a wrong spelling of one symbol."""
    return misread_body(part) is not None or misread_kind(part) is not None


@lru_cache(maxsize=4096)
def misread_body(part: str) -> tuple[str, Body] | None:
    """The body whose symbol with one letter misread is ``part``: ``"TTq"``, ``"GP"``, ``"QHl3"``."""
    part = repaired(part)
    meant = _MISREAD_BODIES.get(part) or (wide if (wide := part.replace("VV", "W")) in BODIES else None)
    if meant and meant != part:
        return meant, BODIES[meant]
    session = _MISREAD_SESSION.fullmatch(part)
    if session:
        symbol = f"{session['body'] or ''}QH"
        return symbol + digits_meant(session["number"]), BODIES[symbol]
    return None


def one_letter_off(part: str, symbol: str) -> bool:
    """Whether ``part`` is ``symbol`` with one letter changed, lost or put in."""
    if abs(len(part) - len(symbol)) > 1 or part == symbol:
        return False
    same = next(
        (at for at, (a, b) in enumerate(zip(part, symbol, strict=False)) if a != b),
        min(len(part), len(symbol)),
    )
    rest, other = part[same:], symbol[same:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def kind_named(name: str | None) -> Kind | None:
    """The kind of a record's ``kind`` field: ``"nghị định"``; "bộ luật" and "văn bản" are known too."""
    if name is None:
        return None
    return _KIND_BY_NAME.get(name) or KIND_BY_WORDS.get(fold(name))


def slug(words: str) -> str:
    """ASCII letters and digits of ``words``, joined by hyphens: ``"Sở Nội vụ"`` is ``"so-noi-vu"``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
