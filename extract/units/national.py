"""The national register that comes with rasoat: its files, read only as far as they are asked for.

``units.csv`` and ``successions.csv`` hold no quoted cells, so that a line is taken apart when its unit is
wanted: most of the country never is. What the columns mean stands in ``country/README.md``.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from extract.units.names import Level
from extract.units.unit import Manner, Succession, Unit
from extract.vietnamese import fold

FOLDER = Path(__file__).parent / "country"
_NEVER = "0001-01-01"
"""The last sure day of a unit of which only the latest possible end is known."""
_NOT_NAME = re.compile(r"[^\w\n]|_")


def squeezed(own_name: str) -> str:
    """A name without its kind, folded and without blanks: ``"Sơn An"`` is ``"sonan"``.

    Older names are known only so, and all names are compared so.
    """
    return _NOT_NAME.sub("", fold(own_name))


class National:
    """The units of the whole country, by id, name, code and parent."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder = folder or FOLDER
        self._lines = (folder / "units.csv").read_text(encoding="utf-8").splitlines()[1:]
        self._place: dict[str, int] = {}
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._by_parent: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._known: dict[int, Unit] = {}
        names = []
        others: list[tuple[int, str]] = []
        for place, line in enumerate(self._lines):
            made, code, _, _, name, parent, _, _, _, also, _ = line.split(",")
            self._place[made] = place
            if code:
                self._by_code[code].append(place)
            self._by_parent[parent].append(place)
            names.append(name)
            if also:
                others.extend((place, one) for one in also.split(";"))
        # All names are folded in one go: one by one would take most of the time.
        for place, key in enumerate(squeezed("\n".join(names)).split("\n")):
            self._by_key[key].append(place)
        for place, name in others:
            if place not in (known := self._by_key[squeezed(name)]):
                known.append(place)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Unit]:
        return map(self._unit, range(len(self._lines)))

    def unit(self, id_: str) -> Unit | None:
        """The unit with this id."""
        place = self._place.get(id_)
        return None if place is None else self._unit(place)

    def named(self, key: str) -> list[Unit]:
        """The units of this :func:`squeezed` name."""
        return self._units(self._by_key.get(key, ()))

    def of_code(self, code: str) -> list[Unit]:
        """The units that had this official code, one after the other."""
        return self._units(self._by_code.get(code, ()))

    def children(self, id_: str) -> list[Unit]:
        """The units directly under this one, of all times."""
        return self._units(self._by_parent.get(id_, ()))

    def after(self, id_: str) -> list[Succession]:
        """How the unit went on."""
        lines, forward, _ = self._successions
        return [_succession(lines[place]) for place in forward.get(id_, ())]

    def before(self, id_: str) -> list[Succession]:
        """What went into the unit."""
        lines, _, back = self._successions
        return [_succession(lines[place]) for place in back.get(id_, ())]

    @cached_property
    def sources(self) -> dict[str, tuple[str, str]]:
        """The sources by their short name: address, and what they tell."""
        lines = (self._folder / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]
        return {name: (address, what) for name, address, what in (line.split(",") for line in lines)}

    @cached_property
    def _successions(self) -> tuple[list[str], dict[str, list[int]], dict[str, list[int]]]:
        """The lines of the file, and where a unit stands in them as the one before and as the one after."""
        forward: dict[str, list[int]] = defaultdict(list)
        back: dict[str, list[int]] = defaultdict(list)
        lines = (self._folder / "successions.csv").read_text(encoding="utf-8").splitlines()[1:]
        for place, line in enumerate(lines):
            before, after, _ = line.split(",", 2)
            forward[before].append(place)
            back[after].append(place)
        return lines, forward, back

    def _units(self, places: Iterable[int]) -> list[Unit]:
        return [self._unit(place) for place in places]

    def _unit(self, place: int) -> Unit:
        known = self._known.get(place)
        if known is not None:
            return known
        cells = self._lines[place].split(",")
        made, code, level, kind, name, parent, since, until, unsure, also, source = cells
        earliest_from, latest_from = span(since)
        earliest_to, latest_to = span(until)
        unit = Unit(
            code,
            f"{kind} {name}",
            cast(Level, level),
            parent,
            earliest_from,
            latest_to,
            tuple(link.after for link in self.after(made)),
            made,
            latest_from,
            earliest_to or (_NEVER if latest_to else ""),
            tuple(f"{kind} {one}" for one in also.split(";") if one),
            tuple(unsure.split()),
            source,
        )
        self._known[place] = unit
        return unit


def _succession(line: str) -> Succession:
    before, after, manner, day, unsure, source = line.split(",")
    earliest, latest = span(day)
    return Succession(before, after, cast(Manner, manner), earliest, latest, bool(unsure), source)


def span(printed: str) -> tuple[str, str]:
    """``"2020-01-01/2020-03-01"`` as its two days; one day as twice the same; ``..`` is open."""
    if not printed:
        return "", ""
    first, _, last = printed.partition("/")
    last = last or first
    return ("" if first == ".." else first), ("" if last == ".." else last)


@lru_cache(maxsize=1)
def version_of_country() -> str:
    """A short hash of the content of the national register."""
    content = (FOLDER / "units.csv").read_bytes() + (FOLDER / "successions.csv").read_bytes()
    return hashlib.sha256(content).hexdigest()[:16]


@lru_cache(maxsize=1)
def national() -> National:
    """The register of the country, read once in a process."""
    return National()
