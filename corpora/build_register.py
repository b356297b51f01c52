"""Builds the national register of administrative units from its source tables.

    python -m corpora.build_register ../shared/units    # rewrites extract/units/country/*.csv

What the tables do not say is left open or flagged, never filled in (``extract/units/country/README.md``).
The same tables give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from corpora import unit_tables as tables
from corpora.unit_dates import Span, taken_effect
from corpora.unit_tables import Listed, Older, key
from extract.units.national import FOLDER
from extract.vietnamese import one_tone_place

REFORM = "2025-07-01"
LAST_DAY = "2025-06-30"

UNIT_COLUMNS = (
    "id", "code", "level", "kind", "name", "parent", "valid_from", "valid_to", "unsure", "also", "source",
)  # fmt: skip
SUCCESSION_COLUMNS = ("before", "after", "manner", "date", "unsure", "source")

GSO, CONVERSION = "gso", "conversion"
_TABLES = {
    GSO: ("danhmuchanhchinh.gso.gov.vn, 2025-07-18", "list just before 1 July 2025"),
    CONVERSION: (tables.CONVERSION, "units before and after 1 July 2025"),
}


@dataclass(slots=True)
class Row:
    """A unit of the register; the columns of ``units.csv``."""

    id: str
    code: str
    level: str
    kind: str
    name: str
    parent: str
    valid_from: Span = ("", "")
    valid_to: Span = ("", "")
    unsure: set[str] = field(default_factory=set)
    also: list[str] = field(default_factory=list)
    source: str = GSO

    def cells(self) -> list[str]:
        """The row as it is written."""
        return [
            self.id, self.code, self.level, self.kind, self.name, self.parent, _span(self.valid_from),
            _span(self.valid_to), " ".join(sorted(self.unsure)), ";".join(self.also), self.source,
        ]  # fmt: skip


@dataclass(slots=True)
class Link:
    """One unit going on in another; the columns of ``successions.csv``. ``date`` is the first day after."""

    before: str
    after: str
    manner: str
    date: Span
    source: str
    unsure: bool = False

    def cells(self) -> list[str]:
        """The row as it is written."""
        unsure = "unsure" if self.unsure else ""
        return [self.before, self.after, self.manner, _span(self.date), unsure, self.source]


class Builder:
    """Reads the tables in ``folder`` and works out units and successions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.units: dict[str, Row] = {}
        self.links: dict[tuple[str, str], Link] = {}
        self.sources = dict(_TABLES)
        self.unused = tables.Unused()
        self.notes: list[str] = []
        self.listed = tables.listed(folder)
        self._conversions = tables.conversions(folder)
        self._by_key: dict[tuple[str, ...], str] = {}

    def build(self) -> Builder:
        """Everything, in the order in which one thing needs another."""
        self._spellings()
        self._before()
        self._after()
        self._check_with_map()
        self._older(tables.older_districts(self.folder, self._current_districts(), self.unused))
        self._older(tables.older_wards(self.folder, self.unused))
        self._doubt_parents()
        return self

    # --- 1 July 2025 ------------------------------------------------------------------

    def _spellings(self) -> None:
        """Other spellings of the conversion table, and the keys under which the alias tables mean a unit."""
        for item in self._conversions:
            if item.level == "commune":
                _other(self.listed["commune"][item.before], item.before_name)
            _other(self.listed["district"][item.district], item.district_name)
        provinces = self.listed["province"]
        for district in self.listed["district"].values():
            for name in (district.own, *district.also):
                where = (provinces[district.parent].key, key(district.kind + name))
                self._by_key[where] = district.code
        for commune in self.listed["commune"].values():
            district = self.listed["district"][commune.parent]
            for place in (district.own, *district.also):
                for name in (commune.own, *commune.also):
                    where = (provinces[district.parent].key, key(district.kind + place))
                    exact = (commune.kind + name).lower().replace(" ", "")
                    self._by_key[(*where, exact)] = commune.code
                    plain = (*where, key(commune.kind + name))
                    # Two units of one key (differing in tone) cannot be told apart by it.
                    known = self._by_key.get(plain, commune.code)
                    self._by_key[plain] = commune.code if known == commune.code else ""

    def _current_districts(self) -> set[tuple[str, str]]:
        return {where for where in self._by_key if len(where) == 2}

    def _before(self) -> None:
        changed = {item.province for item in self._conversions if item.province_changes}
        for level in ("province", "district", "commune"):
            for unit in self.listed[level].values():
                stays = level == "province" and unit.code not in changed
                last = "" if stays else LAST_DAY
                self.units[unit.code] = Row(
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
            province = self._province_after(item)
            after = self._new(item.after, "commune", item.after_name, province)
            before = self.units[item.before]
            manner, unsure = _manner(item, before, after, len(parts[item.after]), len(goes[item.before]))
            self._link(Link(before.id, after.id, manner, (REFORM, REFORM), CONVERSION, unsure))

    def _province_after(self, item: tables.Converted) -> str:
        if not item.province_changes:
            return item.after_province
        new = self._new(item.after_province, "province", item.after_province_name, "")
        self._link(Link(item.province, new.id, "merged", (REFORM, REFORM), CONVERSION))
        return new.id

    def _new(self, code: str, level: str, name: str, parent: str) -> Row:
        made = f"{code}@{REFORM}"
        if made not in self.units:
            kind, own = tables.kind_and_own(name, level)
            self.units[made] = Row(made, code, level, kind, own, parent, (REFORM, REFORM), source=CONVERSION)
        return self.units[made]

    def _check_with_map(self) -> None:
        """Where the map of the mergers says otherwise than the conversion table, what it says is noted."""
        after: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.units.values():
            if row.level == "commune" and row.valid_from[0] == REFORM:
                province = key(self.units[row.parent].name)
                after[province, key(row.name)].append(row)
        parts: dict[str, set[str]] = defaultdict(set)
        for link in self.links.values():
            parts[link.after].add(link.before)
        rests: list[tuple[Row, str]] = []
        for made in tables.made(self.folder):
            found = after[made.province, key(made.own)]
            found = [row for row in found if row.kind == made.kind] or found
            if len(found) > 1:  # one name twice in a province: the one that has the parts
                named = {part for part, _ in made.parts}
                found = [max(found, key=lambda row: len(named & self._part_keys(parts[row.id])))]
            if not found:
                self.notes.append(f"the map's {made.kind} {made.own} ({made.province}) is not in the table")
                continue
            row = found[0]
            if row.kind != made.kind:
                row.unsure.add("kind")
                self.notes.append(f"{row.id} {row.kind} {row.name}: {made.kind} on the map")
            if made.own != row.name and one_tone_place(made.own).lower() != row.name.lower():
                row.also.append(made.own)
            named = {part for part, _ in made.parts}
            for before in sorted(parts[row.id]):
                if made.parts and not named & self._part_keys({before}):
                    self.links[before, row.id].unsure = True
                    unit = self.units[before]
                    self.notes.append(f"{before} {unit.kind} {unit.name} > {row.name}: not on the map")
            rests.extend((row, part) for part, rest in made.parts if rest)
        self._doubt_rests(rests, parts)

    def _doubt_rests(self, rests: Iterable[tuple[Row, str]], parts: dict[str, set[str]]) -> None:
        """A unit of which only the rest came, while the conversion table knows no other successor."""
        after = Counter(link.before for link in self.links.values())
        for row, part in rests:
            for before in sorted(parts[row.id]):
                if part in self._part_keys({before}) and after[before] == 1:
                    link = self.links[before, row.id]
                    link.manner, link.unsure = "divided", True
                    self.notes.append(f"{before} > {row.id}: only the rest, the other part is not told")

    def _part_keys(self, ids: Iterable[str]) -> set[str]:
        units = [self.units[one] for one in ids]
        return {key(unit.kind + name) for unit in units for name in (unit.name, *unit.also)}

    # --- older rounds -----------------------------------------------------------------

    def _older(self, found: list[Older]) -> None:
        by_target: dict[str, list[tuple[Older, Span]]] = defaultdict(list)
        for item in found:
            where = (item.province, item.target)
            if item.level == "commune":
                where = (item.province, item.district, item.target)  # type: ignore[assignment]
            target = self._by_key.get(where) or self._by_key.get((*where[:-1], key(where[-1])))
            if not target:
                self.notes.append(f"older {item.kind} {item.name}: no unit {'/'.join(where)}")
                continue
            by_target[target].append((item, taken_effect(item.source, item.year)))
        for target in sorted(by_target):
            self._formed(self.units[target], by_target[target])
        for target in sorted(by_target):
            for item, day in by_target[target]:
                self._ended(item, self.units[target], day, by_target[target])

    def _formed(self, target: Row, parts: list[tuple[Older, Span]]) -> None:
        """When the target came to be: out of its parts, or long before, being only enlarged.

        Certain only where one part had its name under another kind. Where several went together under a name
        that none of them had, it is taken to be new, and flagged; where one went into it, it stood before.
        """
        rounds: dict[Span, list[Older]] = defaultdict(list)
        for item, day in parts:
            rounds[day].append(item)
        for day in sorted(rounds, reverse=True):
            same = any(key(item.name) == key(target.name) for item in rounds[day])
            divided = all(item.divided for item in rounds[day])
            if same or len(rounds[day]) > 1 or (divided and not same):
                target.valid_from = day
                if not same:
                    target.unsure.add("formation")
                if day[0] != day[1]:
                    target.unsure.add("date")
                return
        target.unsure.add("formation")

    def _ended(self, item: Older, target: Row, day: Span, parts: list[tuple[Older, Span]]) -> None:
        name, marked = self._name(item, target)
        level_parent = target.parent
        made = f"~{level_parent}.{key(item.kind)}-{key(name)}"
        source = self._source(item.source)
        row = self.units.get(made)
        if row is None:
            row = Row(made, "", item.level, item.kind, name, level_parent, source=source)
            row.valid_to = (_day_before(day[0]), _day_before(day[1]))
            self.units[made] = row
        elif (made, target.id) in self.links:
            self.unused.spelling += 1  # the same told by two sources
            return
        if not marked:
            row.unsure.add("marks")
        if day[0] != day[1]:
            row.unsure.add("date")
        alone = len([one for one in parts if one[1] == day]) == 1
        same = key(item.name) == key(target.name)
        gap = bool(target.valid_from[0]) and day[1] < target.valid_from[0]
        manner = "divided" if item.divided else "new_kind" if alone and same else "merged"
        # One unit going into another that is not named among the parts may also have been renamed.
        unsure = gap or (alone and not same)
        link = Link(made, target.id, manner, day, source, unsure)
        self._link(link)
        others = [one for one in self.links.values() if one.before == made]
        if len(others) > 1:
            for one in others:
                one.manner = "divided"
                one.unsure = one.unsure or one.date != day
            row.valid_to = (
                min(_day_before(one.date[0]) for one in others),
                max(_day_before(one.date[1]) for one in others),
            )

    def _name(self, item: Older, target: Row) -> tuple[str, bool]:
        """The own name, and whether its tone marks are certain: a number, or a name that the tables hold."""
        if item.name.isdigit():
            return item.name, True
        if not item.name.isascii():
            return _capitalised(item.name), True
        if key(item.name) == key(target.name):
            return target.name, True
        title = tables.source_title(item.source).split(" (")[0]
        if title and key(title) == key(item.name):
            return one_tone_place(title), True
        return _capitalised(item.name), False

    def _doubt_parents(self) -> None:
        """A district that took others in, or came out of them, may not be the one of an older commune."""
        changed = {link.after for link in self.links.values() if self.units[link.after].level == "district"}
        for row in self.units.values():
            if row.id.startswith("~") and row.parent in changed:
                row.unsure.add("parent")

    def _source(self, address: str) -> str:
        if not address:
            return self._source_named("", "no source given")
        return self._source_named(address, "older names")

    def _source_named(self, address: str, what: str) -> str:
        for name, (known, _) in self.sources.items():
            if known == address:
                return name
        name = f"s{len(self.sources) - len(_TABLES) + 1:03d}"
        self.sources[name] = (address, what)
        return name

    def _link(self, link: Link) -> None:
        self.links.setdefault((link.before, link.after), link)

    # --- writing ----------------------------------------------------------------------

    def files(self) -> dict[str, str]:
        """The files of the register by name."""
        return {
            "units.csv": _csv(UNIT_COLUMNS, (self.units[one].cells() for one in sorted(self.units))),
            "successions.csv": _csv(
                SUCCESSION_COLUMNS, (self.links[one].cells() for one in sorted(self.links))
            ),
            "sources.csv": _csv(
                ("source", "address", "what"), ([name, *more] for name, more in sorted(self.sources.items()))
            ),
        }


def _other(unit: Listed, name: str) -> None:
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


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if day else ""


def _span(span: Span) -> str:
    """``2025-06-30``, ``2020-01-01/2020-02-29``, ``../2025-06-30`` where the beginning is open."""
    first, last = span
    if first == last:
        return first
    return f"{first or '..'}/{last or '..'}"


def _csv(columns: tuple[str, ...], lines: Iterable[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for line in lines:
        if any("," in cell or '"' in cell or "\n" in cell for cell in line):
            line = [cell.replace(",", "%2C") for cell in line]
        writer.writerow(line)
    return text.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Rewrite the register's files and say what the tables left open."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("tables", type=Path, help="folder with the source tables")
    parser.add_argument("--notes", action="store_true", help="name every difference between the tables")
    given = parser.parse_args(arguments)
    builder = Builder(given.tables).build()
    for name, text in builder.files().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    unused = builder.unused
    print(f"{len(builder.units)} units, {len(builder.links)} successions, {len(builder.sources)} sources")
    print(f"not used: {unused.typing} typing variants, {unused.spelling} further spellings,")
    print(
        f"  {len(unused.no_kind)} names without a kind, {len(unused.boundary)} rows of districts that stand"
    )
    print(f"{len(builder.notes)} differences between the tables")
    if given.notes:
        print("\n".join([*unused.no_kind, *unused.boundary, *builder.notes]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
