"""The rows of the register while it is built, and how they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpora.register import tables
from corpora.register.dates import Span
from corpora.register.tables import key

UNIT_COLUMNS = (
    "id", "code", "level", "kind", "name", "parent", "valid_from", "valid_to", "unsure", "also", "source",
)  # fmt: skip
SUCCESSION_COLUMNS = ("before", "after", "manner", "date", "unsure", "source")
SOURCE_COLUMNS = ("source", "address", "what")

LIST, CONVERSION = "list", "conversion"
_TABLES = {
    LIST: ("danhmuchanhchinh.gso.gov.vn", "list of 2025-07-18: units just before 1 July 2025"),
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
    source: str = LIST

    @property
    def keys(self) -> set[str]:
        """The own name and its other spellings as the tables key them."""
        return {key(name) for name in (self.name, *self.also)}

    def cells(self) -> list[str]:
        """The row as it is written."""
        return [
            self.id, self.code, self.level, self.kind, self.name, self.parent, printed(self.valid_from),
            printed(self.valid_to), " ".join(sorted(self.unsure)), ";".join(self.also), self.source,
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
        return [self.before, self.after, self.manner, printed(self.date), unsure, self.source]


class Rows:
    """Units by id, successions by both ends, sources by their short name."""

    def __init__(self) -> None:
        self.units: dict[str, Row] = {}
        self.links: dict[tuple[str, str], Link] = {}
        self._sources: dict[str, tuple[str, str]] = dict(_TABLES)
        self._named = {address: name for name, (address, _) in _TABLES.items()}

    def link(self, link: Link) -> None:
        """Add a succession, unless the two are linked already."""
        self.links.setdefault((link.before, link.after), link)

    def source(self, address: str) -> str:
        """The short name of a source, given to it when it first comes."""
        if address not in self._named:
            name = f"s{len(self._named) - len(_TABLES) + 1:03d}"
            self._named[address] = name
            self._sources[name] = (address, "older names" if address else "the table names no source")
        return self._named[address]

    def files(self) -> dict[str, str]:
        """The files of the register by name."""
        sources = ([name, *more] for name, more in sorted(self._sources.items()))
        return {
            "units.csv": _csv(UNIT_COLUMNS, (self.units[one].cells() for one in sorted(self.units))),
            "successions.csv": _csv(
                SUCCESSION_COLUMNS, (self.links[one].cells() for one in sorted(self.links))
            ),
            "sources.csv": _csv(SOURCE_COLUMNS, sources),
        }


def printed(span: Span) -> str:
    """``2025-06-30``, ``2020-01-01/2020-02-29``, ``../2025-06-30`` where the beginning is open."""
    first, last = span
    return first if first == last else f"{first or '..'}/{last or '..'}"


def _csv(columns: tuple[str, ...], lines: Iterable[list[str]]) -> str:
    """CSV without a quoted cell: the register is read by splitting lines."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONE)
    writer.writerow(columns)
    writer.writerows([cell.replace(",", "%2C") for cell in line] for line in lines)
    return text.getvalue()
