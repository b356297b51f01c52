"""The register as linking asks it: units by spelling, by the unit above them, with what became of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from extract.units.likeness import letters_of
from extract.units.names import KIND_LEVELS, SHORT_KINDS
from extract.units.patterns import NAME
from extract.units.register import Register, Unit
from extract.vietnamese import fold

BEGINS = "2018-01-01"
"""The first day of which the national register tells: a unit without a beginning is not older for certain."""

_KIND = re.compile(
    r"^(?:(?:ubnd|hđnd|[uủ]ỷ? ban nhân dân)\s+)?"
    rf"(?:(?P<kind>{'|'.join(sorted(KIND_LEVELS, key=len, reverse=True))})\s+"
    r"|(?P<short>(?:tt|tp|tx)(?=[.\s])|[pxhqt](?=\.))\.?\s*(?=\S))?",
    re.IGNORECASE,
)
_HUE = ("Tỉnh Thừa Thiên Huế", "2024-12-31", "2025-01-01")
"""The register has one row of the province that became a city; its older name, and when the name changed."""
_GOES_ON = re.compile(rf"(?:\s?(?P<dash>[-–])\s?|[ ])(?P<more>{NAME})")
_NUMBERS = ("I", "II", "III", "IV", "V")
_ROMAN = re.compile(r"(?<=\s)(?:I{1,3}|IV|V)$")
_FARM = re.compile(r"^(?:nt|n\.t|nông trường)\s+", re.IGNORECASE)
"""Towns that grew around a state farm; lists shorten the word."""


@lru_cache(maxsize=32768)
def split_kind(name: str) -> tuple[str, str]:
    """Kind (lower case, in full, empty if there is none) and own name: ``("xã", "Sơn Lễ")``."""
    name = " ".join(name.split())  # a line may end inside it
    found = _KIND.match(name)
    if not found:
        return "", name
    kind = (found["kind"] or "").lower() or SHORT_KINDS.get((found["short"] or "").lower(), "")
    own = name[found.end() :].strip()
    return (kind, own) if own else ("", name)


def _arabic(own: str) -> str:
    """``"Đại Ân I"`` as ``"Đại Ân 1"``: older papers count in Roman numbers."""
    return _ROMAN.sub(lambda found: str(_NUMBERS.index(found[0]) + 1), own) if own[-1:] in "IV" else own


@lru_cache(maxsize=32768)
def own_letters(name: str) -> str:
    """The own name as it is compared, tone marks kept: no kind, no blanks, no leading zero, no state farm."""
    own = _FARM.sub("", letters_of(_arabic(split_kind(name)[1])))
    return re.sub(r"^0+(?=\d+$)", "", own).replace(" ", "")


def squash(name: str) -> str:
    """What all spellings of one name share: the letters of its own name, folded."""
    return fold(own_letters(name))


def spellings(unit: Unit) -> tuple[str, ...]:
    """The names that the register gives a unit."""
    return (unit.name, *unit.also)


def called(unit: Unit, name: str) -> bool:
    """Whether ``name`` is the unit's, kind apart; one known without tone marks has every spelling of it."""
    if not unit.marked:
        return squash(unit.name) == squash(name)
    return own_letters(name) in map(own_letters, spellings(unit))


def run_together(unit: Unit) -> bool:
    """Whether the register may have the name without its blanks; one of a single syllable looks alike."""
    return not unit.marked or " " not in split_kind(unit.name)[1]


class Gazetteer:
    """Questions to a register, their answers remembered.

    With ``country`` false only the user's own units are there, as for days of which the national
    register does not tell; ``early`` says that it was left out.
    """

    def __init__(self, register: Register, *, country: bool = True) -> None:
        self.register = register
        self._own_only = not country
        self.early = not country and register.has_country
        self._named: dict[str, list[Unit]] = {}
        self._under: dict[str, list[Unit]] = {}
        self._provinces: dict[str, str] = {}
        self._families: dict[str, frozenset[str]] = {}

    def __bool__(self) -> bool:
        return bool(self.register.units) or (not self._own_only and self.register.has_country)

    def unit(self, id_: str) -> Unit | None:
        """The unit with this id."""
        return self.register.unit(id_)

    def named(self, name: str, *levels: str) -> list[Unit]:
        """The units of all times and places that are called ``name``, whatever its kind and tone marks."""
        own = _arabic(split_kind(name)[1])
        known = self._named.get(own)
        if known is None:
            number = re.sub(r"^0+(?=\d+$)", "", own)
            farm = _FARM.sub("", number)
            asked = {number, farm, f"NT {farm}", f"Nông Trường {farm}"} if farm != number else {number}
            found = {unit.id: unit for one in sorted(asked) for unit in self.register.named(f"Xã {one}")}
            known = self._named[own] = self._told(_with_hue(self.register, own, list(found.values())))
        return [unit for unit in known if unit.level in levels]

    def longer(self, name: str, after: str) -> int:
        """How many letters of ``after`` still belong to ``name``.

        "Tỉnh Bà Rịa" goes on in " - Vũng Tàu …", "Phường 1" in " Bảo Lộc …".
        """
        found = _GOES_ON.match(after)
        if not found or not (found["dash"] or name[-1].isdigit()):
            return 0
        whole = f"{name}{' - ' if found['dash'] else ' '}{found['more']}"
        return (
            found.end()
            if any(called(unit, whole) for unit in self.named(whole, *KIND_LEVELS.values()))
            else 0
        )

    def under(self, id_: str) -> list[Unit]:
        """The units directly under one, of all times."""
        known = self._under.get(id_)
        if known is None:
            known = self._under[id_] = self._told(self.register.children(id_))
        return known

    def province_of(self, unit: Unit) -> str:
        """The id of the province that a unit lay in, empty where the register does not say."""
        if unit.level == "province":
            return unit.id
        known = self._provinces.get(unit.id)
        if known is None:
            above = [one.id for one in self.register.parents(unit.id) if one.level == "province"]
            known = self._provinces[unit.id] = above[0] if above else ""
        return known

    def lies_in(self, unit: Unit, keys: Collection[str]) -> bool:
        """Whether a commune lay in one of the districts or provinces with these ids."""
        return unit.parent in keys or self.province_of(unit) in keys

    def came_from(self, unit: Unit, keys: Collection[str]) -> bool:
        """Whether something that went into the unit lay there."""
        before = (self.unit(link.before) for link in self.register.predecessors(unit.id))
        return any(self.lies_in(one, keys) for one in before if one is not None)

    def family(self, id_: str) -> frozenset[str]:
        """The unit and those of its level that became it, wholly or in part."""
        known = self._families.get(id_)
        if known is None:
            unit = self.unit(id_)
            found, queue = {id_}, [id_]
            while queue:
                for link in self.register.predecessors(queue.pop()):
                    before = self.unit(link.before)
                    if before and unit and before.level == unit.level and before.id not in found:
                        found.add(before.id)
                        queue.append(before.id)
            known = self._families[id_] = frozenset(found)
        return known

    def _told(self, units: list[Unit]) -> list[Unit]:
        return [unit for unit in units if unit.id in self.register.units] if self._own_only else units


def _with_hue(register: Register, own: str, units: list[Unit]) -> list[Unit]:
    """``units`` called ``own``, the province of Huế under the name that it had at each time."""
    former, last, first = _HUE
    if squash(own) == squash(former):
        cities = [unit for unit in register.of_code("46") if unit.name == "Thành phố Huế"]
        return [*units, *(replace(unit, name=former, valid_to=last, sure_to=last) for unit in cities)]
    if squash(own) == "hue":
        return [
            replace(unit, valid_from=first, sure_from=first)
            if unit.code == "46" and unit.level == "province" and not unit.valid_from
            else unit
            for unit in units
        ]
    return units


def gazetteer_of(register: Register, date: str | None) -> Gazetteer:
    """What can be asked of ``register`` in a document of ``date``; remembered while it is in use."""
    return _gazetteer(register, date is None or date >= BEGINS)


@lru_cache(maxsize=8)
def _gazetteer(register: Register, country: bool) -> Gazetteer:
    return Gazetteer(register, country=country)
