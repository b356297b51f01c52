"""What the words beside a number settle in the number itself: its year, and a letter of its symbol."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from extract.citations.grammar import BODIES, Body, Kind, folded, kind_of_symbol, one_letter_off, repaired
from extract.citations.issuers import describe
from extract.citations.numbers import Number

_PART = re.compile(r"[^\W\d_][^\W_]*")
_YEARS_SINCE = 1997
"""Since then rule-making numbers carry their year (Luật Ban hành văn bản quy phạm pháp luật of 1996)."""


def settled(
    number: Number, printed: str, kind: Kind | None, date: str | None, year: int | None, issuer: str | None
) -> Number:
    """``number`` with what its sentence says: ``kind``, ``date``, ``year`` and ``issuer`` of the document.

    ``"Nghị định 61 năm 2018"`` is ``61/2018/NĐ-CP``: documents of its kind are numbered by the year of
    their day. ``"08/2011/TT-BNY của Bộ Nội vụ"`` is a misread ``08/2011/TT-BNV``.
    """
    number = _dated(_stroked(number, kind), int(date[:4]) if date else year)
    return _whole(number, issuer) if number.bare else _respelled(number, printed, issuer)


def _stroked(number: Number, kind: Kind | None) -> Number:
    """The kind that is named, where only the stroke of a Đ parts its symbol from the printed one."""
    own = number.kind
    if own is None or kind is None or kind is own or folded(kind.symbol) != folded(own.symbol):
        return number
    return replace(number, kind=kind, text=number.text.replace(own.symbol, kind.symbol, 1))


def _dated(number: Number, year: int | None) -> Number:
    kind = number.kind
    if year is None or year < _YEARS_SINCE or number.year is not None or not (kind and kind.yearly):
        return number
    if any(not body.slug for body in number.bodies):
        return number
    return replace(number, year=year, text=f"{number.serial}/{year}{number.text.removeprefix(number.serial)}")


def _whole(number: Number, issuer: str | None) -> Number:
    """A number of one year without symbol, given the named body's: "Thông tư 13/2019 của Bộ Nội vụ"."""
    named = [one for one in _named(issuer) if one.reach == "national"] if issuer else []
    if number.kind is None or number.year is None or number.bodies or len(named) != 1:
        return number
    text = f"{number.text}/{number.kind.symbol}-{named[0].symbol}"
    return replace(number, text=text, bodies=(named[0],), bare=False)


def _respelled(number: Number, printed: str, issuer: str | None) -> Number:
    """The symbol of the body that is named, where the ``printed`` one is no symbol and one letter another."""
    if not issuer or len(number.bodies) != 1:
        return number
    body = number.bodies[0]
    if body.slug and body.symbol in printed:
        return number
    named = [one for one in _named(issuer) if len(one.symbol) > 2]
    if body.slug in {one.slug for one in named}:
        return number
    # A letter more or less is an office's own way ("BC-TP"); a symbol of a kind is not misread ("KL-TTr").
    parts = [part for part in _PART.findall(repaired(printed)) if not kind_of_symbol(part)]
    meant = [
        one
        for one in named
        if any(len(part) == len(one.symbol) and one_letter_off(part, one.symbol) for part in parts)
    ]
    if len(meant) != 1:
        return number
    head, found, tail = number.text.rpartition(body.symbol)
    return replace(number, text=head + meant[0].symbol + tail, bodies=(meant[0],)) if found else number


@lru_cache(maxsize=1024)
def _named(issuer: str) -> list[Body]:
    """The bodies that an issuer's name can mean: all symbols of one."""
    said, name = describe(issuer).body, folded(issuer)
    return [body for body in BODIES.values() if body.slug == said or folded(body.name) == name]
