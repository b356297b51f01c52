"""Builds the national register of administrative units from its source tables.

    python -m corpora.build_register ../shared/units    # rewrites extract/units/country/*.csv

What the tables do not say is left open or flagged, never filled in (``extract/units/country/README.md``).
The same tables give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora.register.reform import Reform
from corpora.register.rounds import Rounds
from corpora.register.rows import Rows
from extract.units.national import FOLDER, National
from extract.units.register import Register, Unit


@dataclass(frozen=True, slots=True)
class Built:
    """The register's rows, with what the tables say twice or differently and what was not used."""

    rows: Rows
    reform: Reform
    rounds: Rounds


def build(tables: Path) -> Built:
    """The register from the tables in a folder."""
    rows = Rows()
    reform = Reform(tables, rows).build()
    rounds = Rounds(tables, rows, reform.listed).build()
    return Built(rows, reform, rounds)


def unsure(rows: Rows) -> Counter[str]:
    """How many rows are in doubt, by level and flag, and successions by manner."""
    found = Counter(f"{row.level} {flag}" for row in rows.units.values() for flag in row.unsure)
    return found + Counter(f"succession {link.manner}" for link in rows.links.values() if link.unsure)


def counts(register: Register) -> Iterator[tuple[str | int, ...]]:
    """Districts and communes of each province on the first of July of each year, with a head.

    Two numbers for a day: what certainly stood, and what may have stood (``11101-11122``).
    """
    days = [*(f"{year}-07-01" for year in range(2017, 2025)), "2025-06-30", "2025-07-01"]
    yield "province", "level", *days
    provinces = [unit for unit in register.at("2025-06-30") if unit.level == "province"]
    provinces += [unit for unit in register.at("2025-07-01") if unit.level == "province"]
    for province in dict.fromkeys(provinces):
        below = [unit for unit in register.children(province.id) if unit.level == "district"]
        communes = [unit for district in below for unit in register.children(district.id)]
        communes += [unit for unit in register.children(province.id) if unit.level == "commune"]
        for level, units in (("district", below), ("commune", communes)):
            yield f"{province.name} ({province.id})", level, *(_count(units, day) for day in days)


def _count(units: list[Unit], day: str) -> str | int:
    sure, possible = sum(unit.surely_valid(day) for unit in units), sum(unit.valid(day) for unit in units)
    return sure if sure == possible else f"{sure}-{possible}"


def main(arguments: list[str] | None = None) -> int:
    """Rewrite the register's files and say what the tables left open."""
    parser = argparse.ArgumentParser(description="Build the national register of administrative units.")
    parser.add_argument("tables", type=Path, help="folder with the source tables")
    parser.add_argument("--notes", action="store_true", help="name all that was not used or differs")
    parser.add_argument("--counts", action="store_true", help="count units by province and day")
    given = parser.parse_args(arguments)
    built = build(given.tables)
    for name, text in built.rows.files().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    unused, notes = built.rounds.unused, [*built.reform.notes, *built.rounds.notes]
    print(f"{len(built.rows.units)} units, {len(built.rows.links)} successions")
    print(f"not used: {unused.typing} rows of slips, {unused.spelling} told twice,")
    print(
        f"  {len(unused.no_kind)} names without a kind, {len(unused.boundary)} rows of districts that stand"
    )
    print(f"{len(notes)} differences between the tables")
    print("unsure: " + ", ".join(f"{count} {what}" for what, count in sorted(unsure(built.rows).items())))
    if given.counts:
        print("\n".join(",".join(map(str, line)) for line in counts(Register(country=National()))))
    if given.notes:
        print("\n".join([*unused.no_kind, *unused.boundary, *notes]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
