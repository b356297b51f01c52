"""Units files of a workspace: CSV with units of the user's own, or corrections of the national register."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import cast, get_args

from extract.dates import to_iso
from extract.errors import UsageError
from extract.units.names import Level
from extract.units.unit import Unit

COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "successors")


def lists_units(path: Path) -> bool:
    """Whether the file begins like a units file: with its columns, whatever stands below."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {"code", "name", "level"} <= set(next(csv.reader(file), ()))
    except (OSError, UnicodeDecodeError, csv.Error):
        return False


def read_files(paths: Iterable[Path]) -> list[Unit]:
    """The units of all files; :class:`UsageError` names file and line of what is wrong.

    Parents and successors are the codes as written.
    """
    units: list[Unit] = []
    for path in paths:
        units.extend(_read(path))
    return units


def _read(path: Path) -> list[Unit]:
    """One units file; every wrong line is named, because a silent slip would lose codes and mergers."""
    units: list[Unit] = []
    lines: dict[str, list[tuple[int, Unit]]] = defaultdict(list)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = {"code", "name", "level"} - set(rows.fieldnames or ())
            if missing:
                raise UsageError(f"Units file {path.name} lacks the column(s) {', '.join(sorted(missing))}.")
            for row in rows:
                place = f"Units file {path.name}, line {rows.line_num}"
                unit = _unit({key: (value or "").strip() for key, value in row.items() if key}, place)
                for line, other in lines[unit.code]:
                    if overlap(unit, other):
                        raise UsageError(f"{place}: the code {unit.code} stands in line {line} already.")
                lines[unit.code].append((rows.line_num, unit))
                units.append(unit)
    except UnicodeDecodeError as error:
        raise UsageError(f"Units file {path.name} is not UTF-8: save it as CSV UTF-8.") from error
    except OSError as error:
        raise UsageError(f"Units file {path} cannot be read: {error.strerror or error}.") from error
    return units


def overlap(one: Unit, other: Unit) -> bool:
    """Whether there may have been a day on which both stood."""
    return (not one.valid_to or not other.valid_from or other.valid_from <= one.valid_to) and (
        not other.valid_to or not one.valid_from or one.valid_from <= other.valid_to
    )


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
        source="file",
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
