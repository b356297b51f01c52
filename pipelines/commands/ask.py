"""Commands that ask the dataset."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pipelines.commands.shared import filters_of, first, note_unknown_unit, print_json, workspace_of
from pipelines.options import Area, Document, Json, Limit, Polarity, Type, Unit, WorkspaceOption, Year


def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, "phrases", document numbers.')],
    unit: Unit = None,
    year: Year = None,
    area: Area = None,
    type: Type = None,
    polarity: Polarity = None,
    document: Document = None,
    limit: Limit = 20,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Find words in findings and documents, typed with or without tone marks."""
    from corpora.search import search as run

    filters = filters_of(unit, year, area, type, polarity, document)
    with workspace_of(context, workspace).open() as dataset:
        hits = first(run(dataset, " ".join(query), filters, limit + 1), limit)
        note_unknown_unit(dataset, unit)
    if as_json:
        print_json([hit.to_record() for hit in hits])
    else:
        from pipelines.printing.answers import show_hits

        show_hits(hits)


def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id, number or source of a document.")],
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Show a document: header, warnings, findings by unit."""
    with workspace_of(context, workspace).open() as dataset:
        documents = [list(dataset.records(found)) for found in dataset.find_documents(document)]
    if as_json:
        print_json([{"document": records[0], "records": records[1:]} for records in documents])
    else:
        from pipelines.printing.document import show_documents

        show_documents(documents)


def demo(context: typer.Context, workspace: WorkspaceOption = None) -> Any:
    """Ingest the sample archive and show what can be asked."""
    from pipelines.demo import run

    return run(workspace_of(context, workspace))
