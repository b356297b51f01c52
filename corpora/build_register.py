"""Builds the national register of administrative units from its source tables.

    python -m corpora.build_register ../shared/units    # rewrites extract/units/country/*.csv

What the tables do not say is left open or flagged, never filled in (``extract/units/country/README.md``).
The same tables give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from corpora.register.reform import Reform
from corpora.register.rounds import Rounds
from corpora.register.rows import Rows
from extract.units.national import FOLDER


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


def main(arguments: list[str] | None = None) -> int:
    """Rewrite the register's files and say what the tables left open."""
    parser = argparse.ArgumentParser(description="Build the national register of administrative units.")
    parser.add_argument("tables", type=Path, help="folder with the source tables")
    parser.add_argument("--notes", action="store_true", help="name all that was not used or differs")
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
    if given.notes:
        print("\n".join([*unused.no_kind, *unused.boundary, *notes]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
