"""What the words beside a number settle in the number itself: its year, and a letter of its symbol."""

from __future__ import annotations

from dataclasses import replace

from extract.citations.grammar import BODIES, Body, folded
from extract.citations.issuers import describe
from extract.citations.numbers import Number, one_letter_off

_YEARS_SINCE = 1997
"""Since then rule-making numbers carry their year (Luật Ban hành văn bản quy phạm pháp luật of 1996)."""


def settled(number: Number, date: str | None, year: int | None, issuer: str | None) -> Number:
    """``number`` with what its sentence says: ``date`` and ``year`` of the document, its ``issuer``.

    ``"Nghị định 61 năm 2018"`` is ``61/2018/NĐ-CP``: documents of its kind are numbered by the year of
    their day. ``"08/2011/TT-BNY của Bộ Nội vụ"`` is a misread ``08/2011/TT-BNV``.
    """
    return _respelled(_dated(number, int(date[:4]) if date else year), issuer)


def _dated(number: Number, year: int | None) -> Number:
    kind = number.kind
    if year is None or year < _YEARS_SINCE or number.year is not None or not (kind and kind.yearly):
        return number
    if any(not body.slug for body in number.bodies):
        return number
    return replace(number, year=year, text=f"{number.serial}/{year}{number.text.removeprefix(number.serial)}")


def _respelled(number: Number, issuer: str | None) -> Number:
    """The symbol of the body that is named, where the printed one is unknown and one letter off."""
    if not issuer or len(number.bodies) != 1 or number.bodies[0].slug:
        return number
    printed = number.bodies[0].symbol
    meant = [one for one in _named(issuer) if len(one.symbol) > 2 and one_letter_off(printed, one.symbol)]
    if len(meant) != 1:
        return number
    head, found, tail = number.text.rpartition(printed)
    return replace(number, text=head + meant[0].symbol + tail, bodies=(meant[0],)) if found else number


def _named(issuer: str) -> list[Body]:
    """The bodies that an issuer's name can mean: all symbols of one."""
    said = describe(issuer).body
    return [body for body in BODIES.values() if folded(body.name) == folded(issuer) or body.slug == said]
