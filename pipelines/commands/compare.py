"""Commands that set documents against each other."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.shared import filters_of, note_unknown_unit, print_json, workspace_of
from pipelines.options import Document, Json, Unit, WorkspaceOption, Year


def check(
    context: typer.Context,
    unit: Unit = None,
    year: Year = None,
    document: Document = None,
    kind: Annotated[
        str | None,
        typer.Option(help="Kind of contradiction, e.g. values, rate, maybe_same.", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """List contradictions, each with its places, and what could not be resolved."""
    from corpora.consistency import check as run

    filters = filters_of(unit, year, None, None, None, document)
    with workspace_of(context, workspace).open() as dataset:
        found = run(dataset, filters, kind)
        note_unknown_unit(dataset, unit)
    if as_json:
        print_json([one.to_record() for one in found])
    else:
        from pipelines.printing.compare import show_discrepancies

        show_discrepancies(found)
