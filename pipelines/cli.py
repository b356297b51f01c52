"""The command ``rasoat``: arguments, one library call, printing.

Exit status: 0 done (also with no hits), 1 done with files that failed, 2 the call was wrong.
Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from extract.errors import RasoatError
from pipelines import options
from pipelines.options import Area, Document, Json, Limit, Polarity, Type, Unit, WorkspaceOption, Year

if TYPE_CHECKING:
    from corpora.filters import Filters
    from pipelines.workspace import Workspace

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("rasoat")
        except PackageNotFoundError:
            number = "(not installed)"
        sys.stdout.write(f"rasoat {number}\n")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """Vietnamese administrative inspection reports as findings that can be searched and compared."""
    context.obj = workspace


def _workspace(context: typer.Context, own: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.locate(own or context.obj)


def _filters(
    unit: str | None,
    year: int | None,
    area: str | None,
    type: str | None,
    polarity: str | None,
    document: str | None,
) -> Filters:
    from corpora.filters import Filters

    filters = Filters(unit, year, area, type, polarity, document)
    filters.check()
    return filters


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@app.command()
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
        place = _workspace(context, workspace)
        report = run(paths, place, workers, progress, again=again, patience=patience)
    if as_json:
        _print_json(report.to_record())
    else:
        from pipelines.tables import show_report

        show_report(report)
    return report.exit_status


@app.command()
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

    place = _workspace(context, workspace)
    cache = place.ocr_cache if place.folder.is_dir() else None
    with shown(not as_json) as progress:
        found = (scans, output, None, workers, progress)
        report = run(*found, cache=cache, overwrite=overwrite, alter_signed=alter_signed, patience=patience)
    if as_json:
        _print_json(report.to_record())
    else:
        from pipelines.tables import show_digitised

        show_digitised(report)
    return report.exit_status


@app.command()
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

    filters = _filters(unit, year, area, type, polarity, document)
    with _workspace(context, workspace).open() as dataset:
        hits = run(dataset, " ".join(query), filters, limit)
        _note_unknown_unit(dataset, unit)
    if as_json:
        _print_json([hit.to_record() for hit in hits])
    else:
        from pipelines.tables import show_hits

        show_hits(hits)


@app.command()
def recurring(
    context: typer.Context,
    unit: Unit = None,
    year: Year = None,
    area: Area = None,
    type: Type = None,
    polarity: Polarity = None,
    document: Document = None,
    limit: Limit = 50,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Deficiencies of one unit that come back in more than one document or year."""
    from corpora.recurrence import recurring as run

    filters = _filters(None, year, area, type, polarity, document)
    with _workspace(context, workspace).open() as dataset:
        chains = run(dataset, unit, filters)[:limit]
        _note_unknown_unit(dataset, unit)
    if as_json:
        _print_json([chain.to_record() for chain in chains])
    else:
        from pipelines.tables import show_chains

        show_chains(chains)


def _note_unknown_unit(dataset: Any, unit: str | None) -> None:
    """No hits because of a name nobody has is worth a word; it is no error."""
    from corpora.filters import unit_ids

    if unit is not None and not unit_ids(dataset, unit):
        sys.stderr.write(f"rasoat: note: no unit of the dataset is called '{unit}'.\n")


@app.command()
def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id, number or source of a document.")],
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Show a document: header, warnings, findings by unit."""
    with _workspace(context, workspace).open() as dataset:
        documents = [list(dataset.records(found)) for found in dataset.find_documents(document)]
    if as_json:
        _print_json([{"document": records[0], "records": records[1:]} for records in documents])
    else:
        from pipelines.tables import show_document

        for records in documents:
            show_document(records)


@app.command()
def documents(context: typer.Context, workspace: WorkspaceOption = None, as_json: Json = False) -> None:
    """List what is stored and which files failed."""
    with _workspace(context, workspace).open() as dataset:
        sources = dataset.sources()
    if as_json:
        _print_json([source.to_record() for source in sources])
    else:
        from pipelines.tables import show_sources

        show_sources(sources)


@app.command()
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

    with _workspace(context, workspace).open() as dataset:
        made = run(dataset, format, output, document, sys.stdout)
    if as_json and made:
        _print_json([str(path) for path in made])
    else:
        for path in made:
            sys.stderr.write(f"{path}\n")


@app.command()
def forget(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Name of a source, as 'documents' lists it.")
    ],
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Remove a source and everything read from it."""
    gone = _workspace(context, workspace).forget(source)
    if as_json:
        _print_json({"source": gone.source, "documents": gone.documents, "findings": gone.findings})
    else:
        sys.stdout.write(
            f"Forgotten: {gone.source} ({gone.documents} documents, {gone.findings} findings).\n"
        )


@app.command()
def train(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(help="Folder of the artefact; rasoat's own if not given.", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Rebuild the classifiers from the gold corpus."""
    from models.training import train_command

    card = train_command(**({} if output is None else {"output": output}))
    _print_scores(card, as_json)


@app.command()
def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(help="Folder of the artefact; rasoat's own if not given.", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Print what the classifiers score on held-out districts."""
    from models.evaluation import evaluate_command

    _print_scores(evaluate_command(**({} if folder is None else {"folder": folder})), as_json)


def _print_scores(scores: dict[str, Any], as_json: bool) -> None:
    if as_json:
        _print_json(scores)
    else:
        from pipelines.tables import show_scores

        show_scores(scores)


@app.command()
def demo(context: typer.Context, workspace: WorkspaceOption = None) -> Any:
    """Ingest the sample archive and show what can be asked."""
    from pipelines.demo import run

    return run(_workspace(context, workspace))


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        status = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has enough (| head). Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + 13
    sys.exit(status)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; its exit status is returned and every error is one line on standard error."""
    try:
        done = app(arguments, prog_name="rasoat", standalone_mode=False)
        if done == 130:
            return _complain("interrupted. What was finished is stored; run the command again to go on.", 130)
        return done if isinstance(done, int) else 0
    except typer.TyperException as error:
        return _wrong_call(error)
    except typer.Abort:
        return _complain("interrupted.", 130)
    except KeyboardInterrupt:
        return _complain("interrupted. What was finished is stored; run the command again to go on.", 130)
    except RasoatError as error:
        return _complain(str(error), 2)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("RASOAT_DEBUG"):
            raise
        said = " ".join(str(error).split())
        return _complain(f"internal error: {type(error).__name__}: {said} (RASOAT_DEBUG=1 shows where)", 2)


def _wrong_call(error: typer.TyperException) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(error.format_message() + "\n")
        return 2
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "rasoat"
    return _complain(f"{message} See: {command} --help", 2)


def _complain(message: str, status: int) -> int:
    sys.stderr.write(f"rasoat: {message}\n")
    return status


if __name__ == "__main__":
    main()
