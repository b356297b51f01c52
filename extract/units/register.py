"""The units that are known: the national register, and over it the units files of a workspace.

A units file is CSV (UTF-8) with the columns ``code, name, level, parent, valid_from, valid_to,
successors``: ``name`` with its kind ("Xã Khe Mận"), ``level`` one of province, district, commune,
agency, dates as 2020-01-31 or 31/01/2020 or empty, ``successors`` codes separated by blanks. A row with
the level and code of a national unit, and its name or its time, corrects that unit, an empty cell leaving
what stood; any other row is one more unit.

Offices of a unit (phòng, ban, trung tâm) are no rows: :mod:`extract.units.offices` derives them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import UsageError
from extract.units.files import COLUMNS, overlap, read_files
from extract.units.names import Level, bare
from extract.units.national import National, national, squeezed, version_of_country
from extract.units.unit import Manner, Succession, Unit

__all__ = ["COLUMNS", "History", "Register", "Succession", "Unit", "version_of"]


@dataclass(frozen=True, slots=True)
class History:
    """A unit through time: all successions that lead to it and all that go on from it, oldest first.

    ``today`` are the units in which it, or a part of it, stands at the end of the register.
    """

    unit: Unit
    before: tuple[Succession, ...]
    after: tuple[Succession, ...]
    today: tuple[Unit, ...]

    @property
    def units(self) -> set[str]:
        """The ids of all units of the history, the unit itself included."""
        ends = {one for link in (*self.before, *self.after) for one in (link.before, link.after)}
        return ends | {self.unit.id}


class Register:
    """Units by id, name, code, parent and time, and what became of them.

    ``Register()`` is empty; ``Register.load(paths, country=True)`` holds the country. ``units`` are the
    user's own units by id (corrections included), with ids for parents and successors.
    """

    def __init__(self, units: Iterable[Unit] = (), country: National | None = None) -> None:
        self._country = country
        self.units: dict[str, Unit] = {}
        self._replaced: dict[str, str] = {}
        self._own_after: dict[str, list[Succession]] = {}
        self._by_key: dict[str, list[Unit]] = defaultdict(list)
        self._by_parent: dict[str, list[Unit]] = defaultdict(list)
        self._lay_over(list(units))
        for unit in self.units.values():
            self._by_parent[unit.parent].append(unit)
            for key in {squeezed(bare(name)) for name in (unit.name, *unit.also)}:
                self._by_key[key].append(unit)
        self._own_before: dict[str, list[Succession]] = defaultdict(list)
        for links in self._own_after.values():
            for link in links:
                self._own_before[link.after].append(link)

    @classmethod
    def load(cls, paths: Iterable[Path] = (), *, country: bool = False) -> Register:
        """Read units files, over the national register if ``country``.

        :class:`UsageError` names file and line of what is wrong.
        """
        return cls(read_files(paths), national() if country else None)

    @property
    def has_country(self) -> bool:
        """Whether the national register is part of it."""
        return self._country is not None

    # --- asking -----------------------------------------------------------------------

    def unit(self, id_: str) -> Unit | None:
        """The unit with this id, ``None`` if there is none."""
        own = self.units.get(self._replaced.get(id_, id_))
        return own or (self._country.unit(id_) if self._country else None)

    def named(self, name: str, date: str | None = None, level: Level | None = None) -> list[Unit]:
        """The units of a name, whatever kind, tone marks and blanks, that may have existed on ``date``."""
        key = squeezed(bare(name))
        found = list(self._by_key.get(key, ()))
        found += self._national(self._country.named(key) if self._country else ())
        return [unit for unit in found if unit.valid(date) and level in (None, unit.level)]

    def of_code(self, code: str, date: str | None = None) -> list[Unit]:
        """The units that had an official code, oldest first: a code may pass to another territory."""
        found = [unit for unit in self.units.values() if unit.code == code]
        found += self._national(self._country.of_code(code) if self._country else ())
        return sorted(
            (unit for unit in found if unit.valid(date)), key=lambda unit: (unit.valid_to or "9", unit.id)
        )

    def at(self, date: str, level: Level | None = None) -> Iterator[Unit]:
        """All units that may have existed on ``date``."""
        everything = [*self.units.values(), *self._national(self._country or ())]
        return (unit for unit in everything if unit.valid(date) and level in (None, unit.level))

    def children(self, id_: str, date: str | None = None) -> list[Unit]:
        """The units directly under one, that may have existed on ``date``.

        Which communes a district had that ended before July 2025 is not known: they stand under the districts
        that took it over (:meth:`reach`).
        """
        found = [
            *self._by_parent.get(id_, ()),
            *self._national(self._country.children(id_) if self._country else ()),
        ]
        return [unit for unit in found if unit.valid(date)]

    def reach(self, id_: str) -> list[str]:
        """The ids under which the communes of a unit stand: its own, and of a district that ended before July
        2025 those of the districts that took it over.
        """
        found = [id_]
        for one in found:
            unit = self.unit(one)
            if unit is not None and unit.level == "district" and not self.children(one):
                found.extend(link.after for link in self.successors(one) if link.after not in found)
        return found

    def parents(self, id_: str) -> list[Unit]:
        """The units above one, the nearest first."""
        found: list[Unit] = []
        unit = self.unit(id_)
        while unit is not None and unit.parent:
            unit = self.unit(unit.parent)
            if unit is None or unit in found:
                break
            found.append(unit)
        return found

    def successors(self, id_: str) -> list[Succession]:
        """How the unit went on; empty for one that stands today, and for one that only ended (a district)."""
        id_ = self._replaced.get(id_, id_)
        if id_ in self._own_after:
            return self._own_after[id_]
        return self._mapped(self._country.after(id_)) if self._country else []

    def predecessors(self, id_: str) -> list[Succession]:
        """What went into the unit."""
        id_ = self._replaced.get(id_, id_)
        found = list(self._own_before.get(id_, ()))
        if self._country:
            sources = [id_, *(old for old, new in self._replaced.items() if new == id_ and old != id_)]
            links = [link for one in sources for link in self._country.before(one)]
            found += [link for link in self._mapped(links) if link.before not in self._own_after]
        return found

    def history(self, id_: str) -> History:
        """The unit back to the beginning of the register and on to today.

        :class:`KeyError` for an unknown id.
        """
        unit = self.unit(id_)
        if unit is None:
            raise KeyError(id_)
        before = self._walk(unit.id, back=True)
        after = self._walk(unit.id, back=False)
        ends = dict.fromkeys([unit.id, *(link.after for link in after)])
        last = [found for one in ends if (found := self.unit(one)) and not found.valid_to]
        return History(unit, tuple(before), tuple(after), tuple(last))

    def _walk(self, start: str, *, back: bool) -> list[Succession]:
        found: dict[tuple[str, str], Succession] = {}
        queue = [start]
        seen = {start}
        while queue:
            one = queue.pop()
            for link in self.predecessors(one) if back else self.successors(one):
                found[link.before, link.after] = link
                other = link.before if back else link.after
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return sorted(found.values(), key=lambda link: (link.latest, link.before, link.after))

    # --- the user's units over the country ----------------------------------------------

    def _lay_over(self, units: list[Unit]) -> None:
        """Give the user's rows their ids and what they leave empty, then parents and successors by id."""
        rows: list[tuple[Unit, str, list[Unit]]] = []  # as written, its id, what it corrects
        for unit in _last_word(units):
            olds = self._corrects(unit)
            made = olds[0].id if olds else unit.id
            if not olds and (made in self.units or (self._country and self._country.unit(made))):
                made = f"{unit.code}@{unit.valid_from or f'..{unit.valid_to}'}"
            self.units[made] = replace(_filled(unit, olds) if olds else unit, id=made)
            self._replaced.update((old.id, made) for old in olds)
            rows.append((unit, made, olds))
        parts: dict[str, int] = defaultdict(int)
        for written, made, _ in rows:
            unit = self.units[made]
            parent = self._resolved(written.parent, unit.valid_from or unit.valid_to, made) or unit.parent
            after = tuple(self._successor(code, unit) for code in written.successors)
            self.units[made] = replace(unit, parent=parent, successors=after)
            for one in after:
                parts[one] += 1
        for _, made, olds in rows:
            unit = self.units[made]
            if unit.successors or not olds:
                links = [self._succession(unit, one, parts[one]) for one in unit.successors]
            else:
                links = self._mapped(link for old in olds for link in self._country_after(old.id))
                after = tuple(dict.fromkeys(link.after for link in links))
                self.units[made] = replace(unit, successors=after)
            self._own_after[made] = links

    def _corrects(self, unit: Unit) -> list[Unit]:
        """The national units that a row of the user stands for: same level and code, and name or time."""
        if self._country is None:
            return []
        found = [
            old
            for old in self._country.of_code(unit.code)
            if old.level == unit.level and overlap(unit, old) and old.id not in self._replaced
        ]
        same = [old for old in found if squeezed(bare(old.name)) == squeezed(bare(unit.name))]
        return same or [old for old in found if _same_time(unit, old)]

    def _resolved(self, code: str, date: str, own: str) -> str:
        """The id of the unit that a code in a units file means at ``date``, else the code itself."""
        found = [unit for unit in self.of_code(code, date or None) if unit.id != own] if code else []
        return found[-1].id if found else code

    def _successor(self, code: str, unit: Unit) -> str:
        found = [one for one in self.of_code(code) if one.id != unit.id]
        last = unit.valid_to
        later = [one for one in found if not last or not one.valid_to or one.valid_to > last]
        if not later:
            raise UsageError(
                f"Units files: {unit.name} ({unit.code}) names the successor {code}: no other unit."
            )
        return later[0].id

    def _succession(self, unit: Unit, after: str, parts: int) -> Succession:
        other = self.unit(after)
        assert other is not None
        manner: Manner = "merged"
        if len(unit.successors) > 1:
            manner = "divided"
        elif parts == 1 and not overlap(unit, other):
            if squeezed(bare(unit.name)) != squeezed(bare(other.name)):
                manner = "renamed"
            else:
                manner = "unchanged" if unit.name == other.name else "new_kind"
        return Succession(unit.id, after, manner, other.valid_from, other.valid_from, source="file")

    def _country_after(self, id_: str) -> list[Succession]:
        return self._country.after(id_) if self._country else []

    def _national(self, units: Iterable[Unit]) -> list[Unit]:
        """National units that no row of the user replaces."""
        return [unit for unit in units if unit.id not in self._replaced]

    def _mapped(self, links: Iterable[Succession]) -> list[Succession]:
        """Successions with the user's units in place of those that they replace."""
        if not self._replaced:
            return list(links)
        known = self._replaced
        mapped = (
            replace(link, before=known.get(link.before, link.before), after=known.get(link.after, link.after))
            for link in links
        )
        return [link for link in mapped if link.before != link.after]


def _last_word(units: list[Unit]) -> list[Unit]:
    """Of rows that give one code for one time (in several files) only the last."""
    kept: list[Unit] = []
    by_code: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for other in [one for one in by_code[unit.code] if overlap(one, unit)]:
            by_code[unit.code].remove(other)
            kept.remove(other)
        by_code[unit.code].append(unit)
        kept.append(unit)
    return kept


def version_of(paths: Iterable[Path]) -> str:
    """A short hash of the national register with these units files over it; no file is understood for it."""
    digest = hashlib.sha256(version_of_country().encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _same_time(unit: Unit, old: Unit) -> bool:
    """Whether the dates that a row gives may be those of a national unit."""
    begins = not unit.valid_from or old.valid_from <= unit.valid_from <= old.sure_from
    ends = not unit.valid_to or (bool(old.valid_to) and old.sure_to <= unit.valid_to <= old.valid_to)
    return begins and ends


def _filled(unit: Unit, olds: list[Unit]) -> Unit:
    """The user's row with what it leaves empty from the national units that it corrects."""
    first, last = olds[0], olds[-1]
    return replace(
        unit,
        parent=unit.parent or last.parent,
        valid_from=unit.valid_from or first.valid_from,
        sure_from=unit.valid_from or first.sure_from,
        valid_to=unit.valid_to or last.valid_to,
        sure_to=unit.valid_to or last.sure_to,
        also=first.also,
        unsure=tuple(one for one in first.unsure if one in ("date", "parent")),
    )
