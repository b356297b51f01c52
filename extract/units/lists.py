"""The names of a list behind the first: ``"các xã Khe Mận, Nà Pheo"``, ``"huyện Lũng Vàng, Bến Đá"``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.document import UnitMention
from extract.units.bare import PERSON
from extract.units.names import cased, level_of_kind
from extract.units.patterns import BETWEEN, CLOSES, NAME, NOT_PLACES, NUMBERED, TAIL_NAME, WITH_KIND

if TYPE_CHECKING:
    from extract.units.find import Names

_OTHERS = r"huyện|quận|thị xã|thị|thành phố|TX|TP"
DISTRICTS_BEFORE_LIST = re.compile(
    rf"(?<!\w)[Cc]ác\s+(?:huyện|quận|thị xã|thành phố)(?:(?:\s*,\s*|\s+và\s+)(?:{_OTHERS})\.?(?!\w))*"
    rf"(?:\s+(?:sau|như|gồm|là))?\s*:\s*(?={NAME})"
)
"""What opens a list of districts without a kind of their own: "các huyện, thị, TP: Lũng Vàng, Bến Đá"."""


def carry_on(
    text: str,
    at: int,
    end: int,
    kind: str,
    names: Names,
    found: dict[int, UnitMention],
    first: bool = False,
    several: bool = True,
) -> None:
    """Take the bare names of a list: ``"thị trấn Phố Châu, Sơn Hàm và Sơn Tây"``, ``"Phường 1, 2 và 3"``.

    The kind holds for all of ``several``; behind one commune ("xã Tân Hòa, Vũ Thư") its district may stand.
    """
    while at < end:
        if not first and (at := _next_item(text, at, end)) < 0:
            return
        first = False
        if WITH_KIND.match(text, at, end):
            return
        hit = TAIL_NAME.match(text, at, end) or (
            NUMBERED.match(text, at, end) if kind in ("phường", "quận") else None
        )
        if not hit:
            return
        name, stop = hit.group(), hit.end()
        if not name.isdigit():
            name = names.own_part(name, "")
            stop = hit.start() + len(name)
            known = name in names
            if not known and (whole := names.across_lines(text, hit.start())):
                name, stop, known = " ".join(whole.split()), hit.start() + len(whole), True
            if not known and PERSON.match(name):
                return
            if not (CLOSES.match(text, stop) or known or _looks_like_place(name, kind)):
                return
            if " " not in name and not known and not kind:
                return
        if not (kind and several) and (district := names.district(name)):
            found[hit.start()] = UnitMention(district, "district", name, span=(hit.start(), stop))
            at = stop
            continue
        own = name if name.isdigit() else names.full(name)
        if own == name and kind and (kind != "thị trấn" or name.isdigit()):
            own = f"{kind.capitalize()} {cased(own)}"
        printed = text[hit.start() : stop]
        found.setdefault(hit.start(), UnitMention(own, "commune", printed, span=(hit.start(), stop)))
        at = stop


def _next_item(text: str, at: int, end: int) -> int:
    """Where the item behind a comma or "và" begins, -1 where nothing joins one."""
    between = BETWEEN.match(text, at, end)
    return between.end() if between else -1


def carry_districts(
    text: str,
    at: int,
    end: int,
    kind: str,
    names: Names,
    found: dict[int, UnitMention],
    several: bool,
    first: bool = False,
) -> None:
    """Take the further districts of ``"huyện Lũng Vàng, Bến Đá"``, though a town may be called the same.

    Behind ``several`` ("các huyện", "2 huyện") they need not be known. ``first``: the list begins at ``at``.
    """
    while True:
        if not first and (at := _next_item(text, at, end)) < 0:
            return
        first = False
        numbered = NUMBERED.match(text, at, end) if kind == "quận" else None
        hit = numbered or TAIL_NAME.match(text, at, end)
        if not hit or WITH_KIND.match(text, at, end):
            return
        name = hit.group()
        known = numbered or names.is_above(name) or names.district(name)
        if not known and not (several and _looks_like_place(name, kind) and not PERSON.match(name)):
            return
        full = names.district(name) or f"{kind.capitalize()} {cased(name)}"
        found.setdefault(hit.start(), UnitMention(full, level_of_kind(kind), name, span=hit.span()))
        at = hit.end()


def _looks_like_place(name: str, kind: str) -> bool:
    """Two capitalised syllables in a list of communes, as place names have and organs have not."""
    return bool(kind) and " " in name and name.split()[0] not in NOT_PLACES
