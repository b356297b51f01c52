"""The units just before and after 1 July 2025, and which became which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from corpora.register import tables
from corpora.register.rows import CONVERSION, Link, Row, Rows
from corpora.register.tables import Listed, key

REFORM = "2025-07-01"
LAST_DAY = "2025-06-30"
_DAY = (REFORM, REFORM)


class Reform:
    """Reads list, conversion and map in ``folder`` into ``rows``; ``notes`` are where they differ."""

    def __init__(self, folder: Path, rows: Rows) -> None:
        self.rows = rows
        self.notes: list[str] = []
        self.listed = tables.listed(folder)
        self._conversions = tables.conversions(folder)
        self._made = tables.made(folder)

    def build(self) -> Reform:
        """Units before, units after, successions, and a look at the map."""
        for item in self._conversions:
            if item.level == "commune":
                _other_spelling(self.listed["commune"][item.before], item.before_name)
            _other_spelling(self.listed["district"][item.district], item.district_name)
        self._before()
        self._after()
        self._compare_with_map()
        return self

    def _before(self) -> None:
        changed = {item.province for item in self._conversions if item.province_changes}
        for level in ("province", "district", "commune"):
            for unit in self.listed[level].values():
                stays = level == "province" and unit.code not in changed
                last = "" if stays else LAST_DAY
                self.rows.units[unit.code] = Row(
                    unit.code, unit.code, level, unit.kind, unit.own, unit.parent,
                    valid_to=(last, last), also=list(unit.also),
                )  # fmt: skip

    def _after(self) -> None:
        parts: dict[str, set[str]] = defaultdict(set)
        goes: dict[str, set[str]] = defaultdict(set)
        for item in self._conversions:
            parts[item.after].add(item.before)
            goes[item.before].add(item.after)
        for item in self._conversions:
            after = self._new(item.after, "commune", item.after_name, self._province_after(item))
            before = self.rows.units[item.before]
            manner, unsure = _manner(item, before, after, len(parts[item.after]), len(goes[item.before]))
            self.rows.link(Link(before.id, after.id, manner, _DAY, CONVERSION, unsure))

    def _province_after(self, item: tables.Converted) -> str:
        if not item.province_changes:
            return item.after_province
        new = self._new(item.after_province, "province", item.after_province_name, "")
        self.rows.link(Link(item.province, new.id, "merged", _DAY, CONVERSION))
        return new.id

    def _new(self, code: str, level: str, name: str, parent: str) -> Row:
        made = f"{code}@{REFORM}"
        if made not in self.rows.units:
            kind, own = tables.kind_and_own(name, level)
            self.rows.units[made] = Row(made, code, level, kind, own, parent, _DAY, source=CONVERSION)
        return self.rows.units[made]

    def _compare_with_map(self) -> None:
        """Where the map of the mergers says otherwise than the conversion table, that is marked."""
        by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows.units.values():
            if row.level == "commune" and row.valid_from[0] == REFORM:
                by_name[key(self.rows.units[row.parent].name), key(row.name)].append(row)
        parts: dict[str, list[str]] = defaultdict(list)
        for before, after in sorted(self.rows.links):
            parts[after].append(before)
        rests: list[tuple[Row, set[str]]] = []
        for made in self._made:
            found = by_name[made.province, key(made.own)]
            found = [row for row in found if row.kind == made.kind] or found
            named = {part for part, _ in made.parts}
            if not found:
                self.notes.append(f"{made.kind} {made.own} ({made.province}): only on the map")
                continue
            # One name twice in a province: the one that has the parts.
            row = max(found, key=lambda row: len(named & self._keys(parts[row.id])))
            self._compare(row, made, parts[row.id])
            rests.append((row, {part for part, rest in made.parts if rest}))
        self._doubt_rests(rests, parts)

    def _compare(self, row: Row, made: tables.Made, parts: Iterable[str]) -> None:
        if row.kind != made.kind:
            row.unsure.add("kind")
            self.notes.append(f"{row.id} {row.kind} {row.name}: {made.kind} on the map")
        if made.own.lower() != row.name.lower():
            row.also.append(made.own)
        named = {part for part, _ in made.parts}
        for before in parts:
            unit = self.rows.units[before]
            # Islands stand on the map as the district that they were all communes of.
            if made.parts and not named & (unit.keys | self.rows.units[unit.parent].keys):
                self.rows.links[before, row.id].unsure = True
                self.notes.append(f"{before} {unit.kind} {unit.name} > {row.name}: not on the map")

    def _doubt_rests(self, rests: list[tuple[Row, set[str]]], parts: dict[str, list[str]]) -> None:
        """A unit of which only the rest came, while the conversion table knows no other successor."""
        goes = Counter(before for before, _ in self.rows.links)
        for row, named in rests:
            for before in parts[row.id]:
                if named & self.rows.units[before].keys and goes[before] == 1:
                    link = self.rows.links[before, row.id]
                    link.manner, link.unsure = "divided", True
                    self.notes.append(f"{before} > {row.id}: only a rest, the other part is not told")

    def _keys(self, ids: Iterable[str]) -> set[str]:
        return set().union(*(self.rows.units[one].keys for one in ids))


def _other_spelling(unit: Listed, name: str) -> None:
    _, own = tables.kind_and_own(name, unit.level)
    if own.lower() != unit.own.lower() and own not in unit.also:
        unit.also.append(own)


def _manner(item: tables.Converted, before: Row, after: Row, parts: int, goes: int) -> tuple[str, bool]:
    """How a unit went on on 1 July 2025, and whether the table leaves a doubt."""
    if goes > 1 or item.divided:
        return "divided", goes == 1  # a part went elsewhere, the table does not say where
    if parts > 1:
        return "merged", not item.merged
    if not item.merged:
        return "unchanged", before.kind != after.kind
    if before.level == after.level and key(before.name) != key(after.name):
        return "renamed", False
    return "new_kind", False
