"""The command for reviewers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.errors import UsageError
from pipelines.commands.shared import filters_of, note_unknown_unit, print_json, workspace_of
from pipelines.options import Area, Document, Json, Polarity, Type, Unit, WorkspaceOption, Year

if TYPE_CHECKING:
    from corpora.dataset import Dataset
    from corpora.filters import Filters

LISTED = 20
"""Statements that are listed if no limit is given."""


def review(
    context: typer.Context,
    unit: Unit = None,
    year: Year = None,
    area: Area = None,
    type: Type = None,
    polarity: Polarity = None,
    document: Document = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=f"At most so many; else {LISTED} are listed.")
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Write them into files to be corrected: a folder, or a .jsonl file for one document.",
            show_default=False,
        ),
    ] = None,
    read: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="Take in corrected files or folders of them.", show_default=False),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option(help="Who answers; else the file says, else the login.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> int:
    """List what a person should look at, least certain and most consequential first; exchange files of it.

    Files written and not limited hold whole documents. Answers are kept in WORKSPACE/corrections.jsonl.
    """
    if write is not None and read:
        raise UsageError("Either --write or --read.")
    filters = filters_of(unit, year, area, type, polarity, document)
    from pipelines.following import follow

    with workspace_of(context, workspace).open() as dataset:
        if not read:
            follow(dataset)  # what comes back weighs more
        if write is None and not read:
            _list(dataset, filters, limit or LISTED, as_json)
            note_unknown_unit(dataset, unit)
            return 0
        from pipelines.reviewing import read_sheets, write_sheets

        if write is not None:
            report = write_sheets(dataset, write, filters, limit, reviewer)
        else:
            report = read_sheets(dataset, read or [], reviewer)
    if as_json:
        print_json(report.to_record())
    else:
        from pipelines.printing.review import show_review

        show_review(report)
    return report.exit_status


def _list(dataset: Dataset, filters: Filters, limit: int, as_json: bool) -> None:
    from corpora.review import review_order

    items = review_order(dataset, filters, limit)
    if as_json:
        print_json([item.to_record() for item in items])
    else:
        from pipelines.printing.review import show_items

        show_items(items)
