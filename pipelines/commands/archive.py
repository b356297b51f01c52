"""Commands that fill and keep the dataset."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipelines import options
from pipelines.commands.shared import print_json, workspace_of
from pipelines.options import Document, Json, WorkspaceOption


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Files and folders.", show_default=False)
    ],
    workers: options.Workers = None,
    again: Annotated[bool, typer.Option("--again", help="Read files anew that did not change.")] = False,
    patience: options.Patience = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> int:
    """Read files and folders into the dataset."""
    from pipelines.ingest import ingest as run
    from pipelines.progress import shown

    with shown(not as_json) as progress:
        place = workspace_of(context, workspace)
        report = run(paths, place, workers, progress, again=again, patience=patience)
    if as_json:
        print_json(report.to_record())
    else:
        from pipelines.printing.archive import show_report

        show_report(report)
    return report.exit_status


def digitise(
    context: typer.Context,
    scans: options.Scans,
    output: options.Output,
    workers: options.Workers = None,
    overwrite: options.Overwrite = False,
    alter_signed: options.AlterSigned = False,
    patience: options.Patience = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> int:
    """Make searchable archive PDFs of scans; their pictures stay as they are."""
    from pipelines.digitise import digitise as run
    from pipelines.progress import shown

    place = workspace_of(context, workspace)
    cache = place.ocr_cache if place.folder.is_dir() else None
    with shown(not as_json) as progress:
        found = (scans, output, None, workers, progress)
        report = run(*found, cache=cache, overwrite=overwrite, alter_signed=alter_signed, patience=patience)
    if as_json:
        print_json(report.to_record())
    else:
        from pipelines.printing.archive import show_digitised

        show_digitised(report)
    return report.exit_status


def documents(context: typer.Context, workspace: WorkspaceOption = None, as_json: Json = False) -> None:
    """List what is stored and which files failed."""
    with workspace_of(context, workspace).open() as dataset:
        sources = dataset.sources()
    if as_json:
        print_json([source.to_record() for source in sources])
    else:
        from pipelines.printing.archive import show_sources

        show_sources(sources)


def export(
    context: typer.Context,
    format: Annotated[str, typer.Option("--format", "-f", help="jsonl, csv, xlsx or parquet.")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File (jsonl, xlsx) or folder (csv, parquet).")
    ] = None,
    document: Document = None,
    workspace: WorkspaceOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the paths of the files made as JSON.")
    ] = False,
) -> None:
    """Write the records: jsonl to standard output, or files."""
    from corpora.export import export as run

    with workspace_of(context, workspace).open() as dataset:
        made = run(dataset, format, output, document, sys.stdout)
    if as_json and made:
        print_json([str(path) for path in made])
    else:
        for path in made:
            sys.stderr.write(f"{path}\n")


def forget(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Name of a source, as 'documents' lists it.")
    ],
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Remove a source and everything read from it."""
    gone = workspace_of(context, workspace).forget(source)
    if as_json:
        print_json(asdict(gone))
    else:
        answers = f", {gone.answers} answers of reviewers" if gone.answers else ""
        answers += f", {gone.sheets} files of reviewers" if gone.sheets else ""
        sys.stdout.write(
            f"Forgotten: {gone.source} ({gone.documents} documents, {gone.findings} findings{answers}).\n"
        )
