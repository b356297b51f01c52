"""What the commands share: the workspace asked for, filters, JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from corpora.filters import Filters
    from pipelines.workspace import Workspace


def workspace_of(context: typer.Context, own: Path | None) -> Workspace:
    """The workspace that a command works on: its own option, else the program's."""
    from pipelines.workspace import Workspace

    return Workspace.locate(own or context.obj)


def filters_of(
    unit: str | None,
    year: int | None,
    area: str | None,
    type: str | None,
    polarity: str | None,
    document: str | None,
) -> Filters:
    """The filters asked for, checked."""
    from corpora.filters import Filters

    filters = Filters(unit, year, area, type, polarity, document)
    filters.check()
    return filters


def print_json(value: Any) -> None:
    """Print ``value`` as indented JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def note_unknown_unit(dataset: Any, unit: str | None) -> None:
    """No hits because of a name nobody has is worth a word; it is no error."""
    from corpora.filters import unit_ids

    if unit is not None and not unit_ids(dataset, unit):
        sys.stderr.write(f"rasoat: note: no unit of the dataset is called '{unit}'.\n")
