"""What the commands share: the workspace asked for, filters, JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

if TYPE_CHECKING:
    from corpora.filters import Filters
    from pipelines.workspace import Workspace

T = TypeVar("T")


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


def first(found: list[T], limit: int) -> list[T]:
    """The first ``limit`` of what was asked for with one more; that there are others is said."""
    if len(found) > limit:
        sys.stderr.write(f"rasoat: note: these are the first {limit}, there are more: --limit N shows N.\n")
    return found[:limit]


def note_unknown_unit(dataset: Any, unit: str | None) -> None:
    """No hits because of a name nobody has is worth a word; it is no error."""
    from corpora.filters import unit_ids

    if unit is not None and not unit_ids(dataset, unit):
        say_unknown(dataset, unit)


def say_unknown(dataset: Any, unit: str) -> None:
    """That no unit has this name, and which names are like it."""
    from corpora.names import nearest

    names = nearest(unit, [row["name"] for row in dataset.query("SELECT DISTINCT name FROM units")])
    like = f" Like it: {', '.join(names)}." if names else ""
    sys.stderr.write(f"rasoat: note: no unit of the dataset is called '{unit}'.{like}\n")
