"""The units that a workspace knows, from units files: names, codes, validity, successors.

A units file is CSV (UTF-8) with the columns ``code, name, level, parent, valid_from, valid_to,
successors``: ``name`` with its kind ("Xã Khe Mận"), ``level`` one of province, district, commune,
agency, dates as 2020-01-31 or 31/01/2020 or empty, ``successors`` codes separated by blanks.
Without a file a unit has its printed name and no code.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from extract.dates import to_iso
from extract.document import UnitMention
from extract.errors import UsageError
from extract.units.names import Level, bare
from extract.vietnamese import fold, one_tone_place

COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "successors")


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit during its life; dates are ISO, empty where open."""

    code: str
    name: str
    level: Level
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""
    successors: tuple[str, ...] = ()

    def valid(self, date: str | None) -> bool:
        """Whether the unit existed on ``date``; an unknown date rules nothing out."""
        if date is None:
            return True
        return (not self.valid_from or self.valid_from <= date) and (
            not self.valid_to or date <= self.valid_to
        )


class Register:
    """Units by name. Empty when the workspace has no units file."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        self.units = {unit.code: unit for unit in units}
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            self._by_name[bare(unit.name)].append(unit)

    @classmethod
    def load(cls, paths: Iterable[Path]) -> Register:
        """Read units files; :class:`UsageError` names file and line of what is wrong."""
        units: list[Unit] = []
        for path in paths:
            units.extend(_read(path))
        _check_successors(units)
        return cls(units)

    def link(self, mention: UnitMention, date: str | None, within: str | None = None) -> UnitMention:
        """Give ``mention`` the register's name and code at ``date``.

        ``within`` is the code of the unit to look inside first. A name that only differs in tone
        marks is ``fuzzy``; where several units stand, the code stays ``None`` and they are candidates.
        """
        if mention.level == "group":
            return mention
        named = [
            unit
            for unit in self._by_name.get(bare(mention.name), ())
            if unit.valid(date) and _fits(unit, mention)
        ]
        inside = [unit for unit in named if within and unit.parent == within]
        named = inside or named
        exact = [unit for unit in named if _own_name(unit.name) == _own_name(mention.name)]
        found = exact or named
        if not found:
            return mention
        if len(found) > 1:
            return replace(mention, candidates=tuple(sorted(unit.code for unit in found)))
        unit = found[0]
        return replace(
            mention, name=unit.name, level=unit.level, code=unit.code, match="exact" if exact else "fuzzy"
        )

    def names_within(self, code: str | None, date: str | None) -> list[str]:
        """The names, with kind, of the units directly under ``code`` at ``date``."""
        if code is None:
            return []
        return [unit.name for unit in self.units.values() if unit.parent == code and unit.valid(date)]


def _own_name(name: str) -> str:
    """The name without its kind, tone marks kept (wherever they stand), lower case."""
    kept = len(bare(name))
    name = one_tone_place(name.lower())
    return name.strip()[-kept:] if kept else name


def _fits(unit: Unit, mention: UnitMention) -> bool:
    """Level and, where the mention was printed with one, kind must agree."""
    if unit.level != mention.level and {unit.level, mention.level} != {"province", "district"}:
        return False
    printed = fold(mention.as_printed)
    for kind in ("xa", "phuong", "thi tran", "huyen", "thi xa", "quan", "tinh"):
        if printed.startswith(f"{kind} "):
            return fold(unit.name).startswith(kind)
    return True


def _read(path: Path) -> list[Unit]:
    """One units file; every wrong line is named, because a silent slip would lose codes and mergers."""
    units: list[Unit] = []
    lines: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = {"code", "name", "level"} - set(rows.fieldnames or ())
            if missing:
                raise UsageError(f"Units file {path.name} lacks the column(s) {', '.join(sorted(missing))}.")
            for row in rows:
                place = f"Units file {path.name}, line {rows.line_num}"
                unit = _unit({key: (value or "").strip() for key, value in row.items() if key}, place)
                if unit.code in lines:
                    raise UsageError(
                        f"{place}: the code {unit.code} stands in line {lines[unit.code]} already."
                    )
                lines[unit.code] = rows.line_num
                units.append(unit)
    except UnicodeDecodeError as error:
        raise UsageError(f"Units file {path.name} is not UTF-8: save it as CSV UTF-8.") from error
    return units


def _unit(row: dict[str, str], place: str) -> Unit:
    level = row.get("level", "")
    if level not in get_args(Level) or not row.get("code") or not row.get("name"):
        raise UsageError(f"{place}: needs a code, a name and a level of {', '.join(get_args(Level))}.")
    return Unit(
        row["code"],
        row["name"],
        cast(Level, level),
        row.get("parent", ""),
        _date(row.get("valid_from", ""), place),
        _date(row.get("valid_to", ""), place),
        tuple(row.get("successors", "").split()),
    )


def _date(printed: str, place: str) -> str:
    """An ISO date from ``2020-01-31`` or ``31/01/2020``, empty for an open one."""
    if not printed:
        return ""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", printed)
    parts = found.groups() if found else None
    if parts is None and (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", printed)):
        parts = (found[3], found[2], found[1])
    iso = to_iso(*map(int, parts)) if parts else None
    if iso is None:
        raise UsageError(f"{place}: '{printed}' is no date; write 2020-01-31 or 31/01/2020.")
    return iso


def _check_successors(units: list[Unit]) -> None:
    known = {unit.code for unit in units}
    for unit in units:
        for code in unit.successors:
            if code not in known or code == unit.code:
                raise UsageError(
                    f"Units files: {unit.name} ({unit.code}) names the successor {code}: no other unit."
                )
