"""The citation grammar as lookups: ``grammar.toml`` read once, and folding fast enough for a page.

Nothing here knows about text; :mod:`extract.citations.numbers` and :mod:`extract.citations.words`
are the engine.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from extract.vietnamese import fold

Reach = Literal["national", "local", "province", "district", "other"]


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


_FOLDING = _Folding()


def folded(text: str) -> str:
    """``fold(text)``, code point for code point, about ten times as fast: whole documents come here."""
    return text.translate(_FOLDING)


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
_STRAY_D = str.maketrans("ÐƉð", "ĐĐđ")


def repaired(symbol: str) -> str:
    """One part of a symbol with the foreign letters that look like Đ (Eth, African D) as Đ."""
    return symbol.translate(_STRAY_D)


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


def kind_named(name: str | None) -> Kind | None:
    """The kind of a record's ``kind`` field: ``"nghị định"``; "bộ luật" and "văn bản" are known too."""
    if name is None:
        return None
    return _KIND_BY_NAME.get(name) or KIND_BY_WORDS.get(fold(name))


def slug(words: str) -> str:
    """ASCII letters and digits of ``words``, joined by hyphens: ``"Sở Nội vụ"`` is ``"so-noi-vu"``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
