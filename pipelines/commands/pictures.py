"""Commands that make pictures and annexes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.follow import As, notes, units_of
from pipelines.commands.shared import print_json, workspace_of
from pipelines.options import Area, Document, Unit, WorkspaceOption

if TYPE_CHECKING:
    from corpora.dataset import Dataset
    from corpora.overview.records import Overview, Scope

Years = Annotated[
    str | None,
    typer.Option(
        "--year", metavar="YEAR[-YEAR]", help="Year reported on, or first and last.", show_default=False
    ),
]
Made = Annotated[bool, typer.Option("--json", help="Print the path of the file made as JSON.")]


def picture(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="heatmap, trend, ranking or chains.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write: .svg or .png.", show_default=False)
    ],
    unit: Unit = None,
    year: Years = None,
    area: Area = None,
    document: Document = None,
    units: As = None,
    count: Annotated[
        str, typer.Option(help="heatmap: findings (deficiencies), or chains that are open.")
    ] = "findings",
    each_year: Annotated[bool, typer.Option("--each-year", help="heatmap: one panel a year.")] = False,
    indicator: Annotated[
        str | None,
        typer.Option(help="trend: what is measured; else what is measured most often.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many units or chains.")] = 60,
    workspace: WorkspaceOption = None,
    as_json: Made = False,
) -> None:
    """Draw communes by area, values over time, a ranking, or chains over years. Nothing found: no file."""
    from pipelines.pictures.canvas import Choice, format_of
    from pipelines.pictures.kinds import check_kind
    from pipelines.pictures.kinds import picture as run

    choice = Choice(count, each_year, indicator, limit)
    check_kind(kind)
    choice.check()
    format_of(output)
    with _seen(context, workspace, _scope(unit, year, area, document, units)) as (_, seen):
        made = run(kind, seen, output, choice)
    _tell(output, made, as_json)


def report(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write: .docx or .xlsx.", show_default=False)
    ],
    unit: Unit = None,
    year: Years = None,
    area: Area = None,
    document: Document = None,
    units: As = None,
    pictures: Annotated[bool, typer.Option("--pictures", help="With pictures (.docx).")] = False,
    workspace: WorkspaceOption = None,
    as_json: Made = False,
) -> None:
    """Write an annex of recurring deficiencies, each with document and page. Nothing found: no file."""
    from corpora.overview.read import labels
    from pipelines.annex.kinds import annex, check_name

    check_name(output, pictures)
    with _seen(context, workspace, _scope(unit, year, area, document, units)) as (dataset, seen):
        made = annex(seen, labels(dataset, seen), output, pictures)
    _tell(output, made, as_json)


def _scope(
    unit: str | None, year: str | None, area: str | None, document: str | None, units: str | None
) -> Scope:
    from corpora.overview.records import Scope

    return Scope(unit, years_of(year), area, document, units_of(units))


def years_of(asked: str | None) -> tuple[int, int] | None:
    """First and last year of ``2021`` or ``2019-2021``; :class:`UsageError` for anything else."""
    from extract.errors import UsageError

    if asked is None:
        return None
    found = re.fullmatch(r"([12]\d{3})(?:\s*[-–]\s*([12]\d{3}))?", asked.strip(), re.ASCII)
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise UsageError(f"'{asked}' is no year. Name a year (2021), or the first and the last (2019-2021).")
    return int(found[1]), int(found[2] or found[1])


@contextmanager
def _seen(context: typer.Context, workspace: Path | None, scope: Scope) -> Iterator[tuple[Dataset, Overview]]:
    from corpora.overview.read import overview
    from pipelines.following import follow, likeness

    with workspace_of(context, workspace).open() as dataset:
        current = follow(dataset)
        seen = overview(dataset, scope, likeness)
        notes(dataset, scope.unit, current)
        yield dataset, seen


def _tell(output: Path, made: bool, as_json: bool) -> None:
    if as_json:
        print_json([str(output)] if made else [])
    if not made:
        sys.stderr.write(
            "rasoat: note: the dataset has nothing of what was asked for; no file was written.\n"
        )
    elif not as_json:
        sys.stderr.write(f"{output}\n")
