"""The command for reviewers."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.shared import filters_of, note_unknown_unit, print_json, workspace_of
from pipelines.options import Area, Document, Json, Polarity, Type, Unit, WorkspaceOption, Year

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
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """List what a person should look at: least certain and most consequential first."""
    from corpora.review import review_order

    filters = filters_of(unit, year, area, type, polarity, document)
    with workspace_of(context, workspace).open() as dataset:
        items = review_order(dataset, filters, limit or LISTED)
        note_unknown_unit(dataset, unit)
    if as_json:
        print_json([item.to_record() for item in items])
    else:
        from pipelines.printing.review import show_items

        show_items(items)
