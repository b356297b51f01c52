"""Commands for the classifiers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from extract.errors import UsageError
from pipelines.commands.shared import print_json, workspace_of
from pipelines.options import Json, WorkspaceOption


def train(
    context: typer.Context,
    with_corrections: Annotated[
        bool,
        typer.Option(
            "--with-corrections",
            help="Learn from the workspace's reviewers too; the model goes into WORKSPACE/model.",
        ),
    ] = False,
    margin: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="With corrections: no figure may fall by more, else nothing is replaced (0.01).",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Folder of the artefact; rasoat's own if not given.", show_default=False),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> int:
    """Rebuild the classifiers from the gold corpus, or from it and what reviewers answered.

    With corrections, exit status 1: the model in use was kept, or lines of annotation files were refused.
    """
    if not with_corrections:
        if margin is not None:
            raise UsageError("--margin belongs to --with-corrections.")
        from models.training import train_command

        _print_scores(train_command(**({} if output is None else {"output": output})), as_json)
        return 0
    if output is not None:
        raise UsageError("With corrections the model goes into WORKSPACE/model; leave out --output.")
    from models.improvement import MARGIN
    from pipelines.learning import learn

    learned = learn(workspace_of(context, workspace), MARGIN if margin is None else margin)
    if as_json:
        print_json(learned.to_record())
    else:
        from pipelines.printing.scores import show_learned

        show_learned(learned)
    return learned.exit_status


def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="Annotation files, their documents below it or in the workspace; "
            "else the gold's held-out districts.",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of the artefact; else the workspace's, else rasoat's own.",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> int:
    """Print what the classifiers score on held-out districts, or on any annotation folder."""
    place = workspace_of(context, workspace)
    if model is not None:
        from models.artefact import check_folder

        check_folder(model)
    used = model or place.own_model()
    if folder is None:
        from models.evaluation import evaluate_command

        _print_scores(evaluate_command(**({} if used is None else {"model": used})), as_json)
        return 0
    from models.artefact import FOLDER
    from models.evaluation import evaluate_folder

    sources = {}
    if place.dataset.exists():
        with place.open() as dataset:
            sources = {entry.name: Path(entry.path) for entry in dataset.sources()}
    scores, problems = evaluate_folder(folder, used or FOLDER, sources)
    _print_scores(scores, as_json)
    for problem in problems:
        sys.stderr.write(f"rasoat: {problem}\n")
    return 1 if problems else 0


def _print_scores(scores: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(scores)
    else:
        from pipelines.printing.scores import show_scores

        show_scores(scores)
