"""The rounds before 2025: units known by their older names only, and what took them over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from corpora.register import tables
from corpora.register.dates import Span, taken_effect
from corpora.register.rows import Link, Row, Rows
from corpora.register.tables import Listed, Older, key
from extract.vietnamese import one_tone_place


class Rounds:
    """Reads the tables of older names in ``folder`` into ``rows``; ``notes`` are rows that name no unit."""

    def __init__(self, folder: Path, rows: Rows, listed: dict[str, dict[str, Listed]]) -> None:
        self.folder = folder
        self.rows = rows
        self.notes: list[str] = []
        self.unused = tables.Unused()
        self._by_key = _by_key(listed)

    def build(self) -> Rounds:
        """Districts first: communes stand under them."""
        standing = {(where[0], where[1]) for where in self._by_key if len(where) == 2}
        self._take(tables.older_districts(self.folder, standing, self.unused))
        self._take(tables.older_wards(self.folder, self.unused))
        self._doubt_parents()
        return self

    def _take(self, found: Iterable[Older]) -> None:
        by_target: dict[str, list[Older]] = defaultdict(list)
        for item in found:
            where = (item.province, item.district, item.target)
            place = where if item.level == "commune" else (item.province, item.target)
            target = self._by_key.get(place) or self._by_key.get((*place[:-1], key(place[-1])))
            if target:
                by_target[target].append(item)
            else:
                self.notes.append(f"{item.kind} {item.name}: there is no {'/'.join(place)}, or two of it")
        for target in sorted(by_target):
            self._round(self.rows.units[target], self._dated(by_target[target]))

    def _dated(self, items: list[Older]) -> list[tuple[Older, Span]]:
        """Each older unit once, with its day: a row with a year counts more than one without."""
        told: dict[tuple[str, str], list[Older]] = defaultdict(list)
        for item in items:
            told[item.kind, key(item.name)].append(item)
        dated = []
        for same in told.values():
            self.unused.spelling += len(same) - 1
            sure = [item for item in same if item.year] or same
            spans = [taken_effect(item) for item in sure]
            dated.append((sure[0], (min(one for one, _ in spans), max(one for _, one in spans))))
        return dated

    def _round(self, target: Row, parts: list[tuple[Older, Span]]) -> None:
        """The round that formed ``target``, and the units that went into it then and later.

        What its name took over earlier went into the unit that had the name before.
        """
        formed = self._formed(target, parts)
        earlier = [one for one in parts if formed and one[1][1] < formed[0]]
        before = None
        for item, day in parts:
            if (item, day) not in earlier:
                alone = len([one for one in parts if one[1] == day]) == 1
                row = self._ended(item, target, day, alone)
                if day == formed and key(item.name) == key(target.name):
                    before = row
        self._doubt_kinds(target, parts)
        if before is not None and earlier:
            self._round(before, earlier)

    def _doubt_kinds(self, target: Row, parts: list[tuple[Older, Span]]) -> None:
        """One name under two kinds, gone into one unit on one day, may be two units or one told twice."""
        told: dict[tuple[str, Span], set[str]] = defaultdict(set)
        for item, day in parts:
            told[key(item.name), day].add(item.kind)
        for (name, _), kinds in told.items():
            for kind in kinds if len(kinds) > 1 else ():
                self.rows.units[f"~{target.parent}.{key(kind)}-{name}"].unsure.add("kind")

    def _formed(self, target: Row, parts: list[tuple[Older, Span]]) -> Span | None:
        """When the target came to be out of its parts; ``None`` if it stood before, being only enlarged.

        Certain only where a part had its name under another kind. Else the first round counts, and that is
        flagged: where several went together under a name that none of them had, it is taken to be new then;
        where one went into it, to have stood.
        """
        rounds: dict[Span, list[Older]] = defaultdict(list)
        for item, day in parts:
            rounds[day].append(item)
        named = [day for day in rounds if any(key(item.name) == key(target.name) for item in rounds[day])]
        day = max(named) if named else min(rounds)
        if not named:
            target.unsure.add("formation")
            if len(rounds[day]) == 1:
                return None
        target.valid_from = day
        target.unsure |= {"date"} if day[0] != day[1] else set()
        return day

    def _ended(self, item: Older, target: Row, day: Span, alone: bool) -> Row:
        name, marked = _name(item, target)
        made = f"~{target.parent}.{key(item.kind)}-{key(name)}"
        source = self.rows.source(item.source)
        if made not in self.rows.units:
            row = Row(made, "", item.level, item.kind, name, target.parent, source=source)
            row.valid_to = (_day_before(day[0]), _day_before(day[1]))
            self.rows.units[made] = row
        row = self.rows.units[made]
        row.unsure |= set() if marked else {"marks"}
        row.unsure |= {"date"} if day[0] != day[1] else set()
        same = key(item.name) == key(target.name)
        manner = "divided" if item.divided else "new_kind" if alone and same else "merged"
        # One unit going into another that is not named among the parts may also have been renamed.
        unsure = alone and not same and not item.divided
        self.rows.link(Link(made, target.id, manner, day, source, unsure))
        self._divided(row)
        return row

    def _divided(self, row: Row) -> None:
        links = [link for link in self.rows.links.values() if link.before == row.id]
        if len(links) < 2:
            return
        row.valid_to = (
            min(_day_before(link.date[0]) for link in links),
            max(_day_before(link.date[1]) for link in links),
        )
        for link in links:
            link.manner = "divided"
            link.unsure = link.unsure or len({one.date for one in links}) > 1

    def _doubt_parents(self) -> None:
        """A district that took others in, or came out of them, may not be the one of an older commune."""
        units = self.rows.units
        changed = {after for _, after in self.rows.links if units[after].level == "district"}
        for row in units.values():
            if row.id.startswith("~") and row.parent in changed:
                row.unsure.add("parent")


def _by_key(listed: dict[str, dict[str, Listed]]) -> dict[tuple[str, ...], str]:
    """The codes of the listed units by the keys of the tables of older names, other spellings included.

    A key that two communes share (their names differ in tone) means none of them; the tables then give tones.
    """
    found: dict[tuple[str, ...], str] = {}
    provinces = {code: province.key for code, province in listed["province"].items()}
    for district in listed["district"].values():
        for name in (district.own, *district.also):
            found[provinces[district.parent], key(district.kind + name)] = district.code
    for commune in listed["commune"].values():
        district = listed["district"][commune.parent]
        for place in {key(district.kind + name) for name in (district.own, *district.also)}:
            for name in (commune.own, *commune.also):
                exact = (commune.kind + name).lower().replace(" ", "")
                found[provinces[district.parent], place, exact] = commune.code
                where = (provinces[district.parent], place, key(commune.kind + name))
                found[where] = commune.code if found.get(where, commune.code) == commune.code else ""
    return found


def _name(item: Older, target: Row) -> tuple[str, bool]:
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


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if day else ""
