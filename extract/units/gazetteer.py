"""The units of a register by name, by the unit above them and by time. Built once, asked by every document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extract.units.likeness import letters_of
from extract.units.names import KIND_LEVELS, SHORT_KINDS
from extract.units.register import Register, Unit
from extract.vietnamese import fold

_KIND = re.compile(
    r"^(?:(?:ubnd|hđnd|[uủ]ỷ? ban nhân dân)\s+)?"
    rf"(?:(?P<kind>{'|'.join(sorted(KIND_LEVELS, key=len, reverse=True))})\s+"
    r"|(?P<short>(?:tt|tp|tx)(?=[.\s])|[pxhqt](?=\.))\.?\s*(?=\S))?",
    re.IGNORECASE,
)
_WORDS = (("nt ", "nông trường "),)
"""Abbreviated words inside names as the official lists print them."""


@lru_cache(maxsize=32768)
def split_kind(name: str) -> tuple[str, str]:
    """Kind (lower case, in full, empty if there is none) and own name: ``("xã", "Sơn Lễ")``."""
    found = _KIND.match(name.strip())
    if not found:
        return "", name.strip()
    kind = (found["kind"] or "").lower() or SHORT_KINDS.get((found["short"] or "").lower(), "")
    own = name.strip()[found.end() :].strip()
    return (kind, own) if own else ("", name.strip())


@lru_cache(maxsize=32768)
def own_letters(name: str) -> str:
    """The own name of a unit as it is compared, tone marks kept: no kind, no leading zero, words in full."""
    own = letters_of(split_kind(name)[1])
    own = re.sub(r"^0+(?=\d+$)", "", own)
    for short, full in _WORDS:
        if own.startswith(short):
            own = full + own[len(short) :]
    return own


@lru_cache(maxsize=32768)
def squash(name: str) -> str:
    """The key that spellings of one name share: folded, no kind, no blanks."""
    return fold(own_letters(name)).replace(" ", "")


class Gazetteer:
    """A register's units, indexed."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: dict[str, Unit] = {}
        self._named: dict[str, list[Unit]] = defaultdict(list)
        self._under: dict[str, list[Unit]] = defaultdict(list)
        self._before: dict[str, list[str]] = defaultdict(list)
        self._provinces: dict[str, str] = {}
        for unit in units:
            self.units[unit.code] = unit
            self._named[squash(unit.name)].append(unit)
            self._under[unit.parent].append(unit)
            for successor in unit.successors:
                self._before[successor].append(unit.code)

    def __bool__(self) -> bool:
        return bool(self.units)

    def named(self, name: str, *levels: str) -> list[Unit]:
        """The units of all times and places that are called ``name``, tone marks or not."""
        return [unit for unit in self._named.get(squash(name), ()) if unit.level in levels]

    def under(self, key: str) -> list[Unit]:
        """The units directly under one, of all times."""
        return self._under.get(key, [])

    def province_of(self, unit: Unit) -> str:
        """The key of the province that a unit lay in, empty where the register does not say."""
        known = self._provinces.get(unit.code)
        if known is None:
            above: Unit | None = unit
            for _ in range(4):
                if above is None or above.level == "province":
                    break
                above = self.units.get(above.parent)
            known = above.code if above is not None and above.level == "province" else ""
            self._provinces[unit.code] = known
        return known

    def family(self, key: str) -> frozenset[str]:
        """The unit and those of its level that became it, over any number of mergers and changes of kind."""
        if key not in self.units:
            return frozenset((key,))
        level = self.units[key].level
        found, queue = {key}, [key]
        while queue:
            for before in self._before.get(queue.pop(), ()):
                if before not in found and self.units[before].level == level:
                    found.add(before)
                    queue.append(before)
        return frozenset(found)

    def forerunners(self, key: str) -> Iterator[Unit]:
        """The units that went into this one, itself not included."""
        for before in self.family(key) - {key}:
            yield self.units[before]


@lru_cache(maxsize=4)
def gazetteer_of(register: Register) -> Gazetteer:
    """The index of ``register``, remembered while it is in use."""
    return Gazetteer(register.units.values())
