"""Commands for the classifiers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.commands.shared import print_json
from pipelines.options import Json, WorkspaceOption


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
        print_json(scores)
    else:
        from pipelines.printing.scores import show_scores

        show_scores(scores)
