"""Numbers in one list: what stands once, before the first or behind the last, is everyone's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from extract.citations.numbers import Number
from extract.citations.words import Lead, Tail


@dataclass(slots=True)
class Found:
    """A number with what was read around it, while lists are still being put together.

    ``chained`` to the number before as an item of one list, ``joined`` to it with its own kind
    ("… và QĐ số 1181/QĐ-UBND"), ``apart`` with a semicolon, ``further`` with words of the one before between
    them ("… gửi các thôn và Thông báo số 31/TB-UBND"); ``made``: the issuer is said before the kind;
    ``between``: it is said between kind and number ("Quyết định của UBND tỉnh số 12, 13");
    ``listed``: it stands in a list behind a colon, up to a semicolon.
    """

    number: Number
    lead: Lead
    tail: Tail
    chained: bool
    joined: bool = False
    apart: bool = False
    further: bool = False
    made: bool = False
    between: bool = False
    listed: bool = False


def share(found: list[Found]) -> None:
    """In a list the kind before the first number and the date and issuer behind the last are everyone's."""
    for before, one in pairwise(found):
        if (
            one.chained
            and one.lead.kind is None
            and (one.number.kind is None or one.number.kind is before.number.kind)
        ):
            kind = before.lead.kind
            one.lead = Lead(kind, one.number.start, before.lead.name)
    _hand_out_days(found)
    for one, behind in reversed(list(pairwise(found))):
        last = behind.tail
        one_day = last.same_day and (behind.joined or behind.further)
        linked = behind.chained or behind.joined or one_day or last.for_all
        linked = linked or (last.same_day and behind.apart)
        if not linked or behind.made or behind.between or one.tail.subject:
            continue
        if one.tail.issuer and last.issuer and one.tail.issuer != last.issuer:
            continue
        alike = _same_series(one.number, behind.number) or _same_papers(one, behind)
        # "cùng ngày 24/5/2021" is said of papers of all kinds.
        if one.tail.date is None and ((alike and behind.chained) or one_day):
            one.tail.date = last.date
            one.tail.same_day = last.same_day
        if alike:
            one.tail.issuer = one.tail.issuer or last.issuer
            one.tail.for_all = last.for_all and (behind.chained or behind.joined or behind.apart)
    for one, behind in pairwise(found):
        # "UBND xã đã ban hành Kế hoạch số 3/KH-UBND và Quyết định số 5/QĐ-UBND": it made both.
        goes_on = behind.chained or (one.made and (behind.joined or behind.apart or behind.further))
        same = goes_on and one.number.bodies == behind.number.bodies
        if (one.made or one.between) and same and behind.tail.issuer is None:
            behind.made, behind.between = one.made, one.between
            behind.tail.issuer = one.tail.issuer


def _hand_out_days(found: list[Found]) -> None:
    """Days said "lần lượt" behind a list go to its numbers in turn, where there are as many of both."""
    for last, one in enumerate(found):
        days, first = one.tail.in_turn, last
        while first and found[first].chained:
            first -= 1
        items = found[first : last + 1]
        if not days:
            continue
        if len(days) == len(items) and not any(item.tail.date for item in items[:-1]):
            for item, day in zip(items, days, strict=True):
                item.tail.date = day
        elif not one.tail.each:
            one.tail.date = None


def _same_series(one: Number, other: Number) -> bool:
    return one.kind is other.kind and one.bodies == other.bodies


def _same_papers(one: Found, behind: Found) -> bool:
    """Whether one list of documents of several kinds, of the same bodies, holds both."""
    listed = behind.tail.for_all or (one.listed and behind.listed and not behind.apart)
    return listed and one.number.bodies[:1] == behind.number.bodies[:1]
