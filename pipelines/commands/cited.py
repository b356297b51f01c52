"""The command that asks for cited documents."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.shared import filters_of, first, note_unknown_unit, print_json, workspace_of
from pipelines.options import Document, Json, Limit, Unit, WorkspaceOption, Year


def cited(
    context: typer.Context,
    number: Annotated[
        str | None,
        typer.Argument(metavar="[NUMBER|KEY]", help="A number as typed, or a key.", show_default=False),
    ] = None,
    expired: Annotated[
        bool, typer.Option("--expired", help="Only citations of documents no longer in force when cited.")
    ] = False,
    unresolved: Annotated[
        bool, typer.Option("--unresolved", help="Only numbers that leave open which document is meant.")
    ] = False,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Instead: documents cited with two dates or issuers.")
    ] = False,
    unit: Unit = None,
    year: Year = None,
    document: Document = None,
    limit: Limit = 50,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Cited documents: how often, by whom, and which were no longer in force."""
    from corpora.cited import cited as run
    from corpora.cited_conflicts import conflicts as contradictions
    from extract.errors import UsageError
    from pipelines.printing.cited import show_cited, show_conflicts

    if conflicts and (number or expired or unresolved or unit or year or document):
        raise UsageError("--conflicts looks at the whole dataset and takes no other limits.")
    filters = filters_of(unit, year, None, None, None, document)
    with workspace_of(context, workspace).open() as dataset:
        if conflicts:
            found = first(contradictions(dataset), limit)
            if as_json:
                print_json([one.to_record() for one in found])
            else:
                show_conflicts(found)
            return
        ranked = run(dataset, number, filters, expired=expired, unresolved=unresolved, limit=limit + 1)
        rows = first(ranked, limit)
        note_unknown_unit(dataset, unit)
    if as_json:
        print_json([one.to_record() for one in rows])
    else:
        mentions = number is not None or expired or unresolved
        show_cited(rows, mentions=mentions, nothing=_nothing(number, expired, unresolved))


def _nothing(number: str | None, expired: bool, unresolved: bool) -> str:
    """What an empty answer means: not that nothing is cited, where less was asked for."""
    if number is not None:
        return f"No citation of '{number}' that fits."
    if expired:
        return "No citation of a document that is known to have been no longer in force."
    return "No citation leaves its document open." if unresolved else "No cited documents."
