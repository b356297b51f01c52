"""The pictures by name."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from corpora.overview.records import Overview
from extract.errors import UsageError
from pipelines.pictures import chains, heatmap, ranking, trend
from pipelines.pictures.canvas import Choice, format_of, save, style, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS: dict[str, Callable[[Overview, Choice], Figure | None]] = {
    "heatmap": heatmap.draw,
    "trend": trend.draw,
    "ranking": ranking.draw,
    "chains": chains.draw,
}


def check_kind(kind: str) -> None:
    """:class:`UsageError` with the valid names if there is no such picture."""
    if kind not in KINDS:
        raise UsageError(f"There is no picture '{kind}'. Valid: {', '.join(KINDS)}.")


def picture(kind: str, overview: Overview, path: Path, choice: Choice | None = None) -> bool:
    """Draw one of :data:`KINDS` into a file; ``False``, and no file, where the dataset has nothing to show.

    :class:`UsageError` for an unknown kind, count or format, :class:`extract.errors.WorkspaceProblem` if the
    file cannot be written.
    """
    choice = choice or Choice()
    check_kind(kind)
    choice.check()
    format_of(path)
    with style():
        figure = KINDS[kind](overview, choice)
        if figure is None:
            return False
        save(figure, path)
    return True


def drawn(kind: str, overview: Overview, choice: Choice) -> io.BytesIO | None:
    """One of :data:`KINDS` as PNG; ``None`` where the dataset has nothing to show."""
    with style():
        figure = KINDS[kind](overview, choice)
        if figure is None:
            return None
        made = io.BytesIO()
        write(figure, made, "png")
    made.seek(0)
    return made
