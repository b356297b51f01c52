"""Printing for eyes: rich tables on a terminal, plain aligned text in a pipe, never cut.

Lives here because agreement is the leftmost command that prints; the commands of ``models`` and
``pipelines`` use the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any


def on_terminal() -> bool:
    """Whether standard output is a terminal: only then are colours, boxes and wrapping in place."""
    return sys.stdout.isatty()


def line(text: str = "") -> None:
    """Print one line as it is."""
    sys.stdout.write(text + "\n")


def title(text: str) -> None:
    """Print a heading."""
    if on_terminal():
        console().print(f"\n[bold cyan]{escaped(text)}[/]")
    else:
        line(f"\n{text}")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], marked: bool = False) -> None:
    """Print rows under ``columns``; long text belongs into the last one.

    ``marked`` says that cells hold the marks of :func:`marked_text`.
    """
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    if on_terminal():
        from rich.box import SIMPLE
        from rich.table import Table

        shown = Table(*columns, box=SIMPLE, header_style="bold", pad_edge=False)
        for row in rows:
            shown.add_row(*(cell if marked else escaped(cell) for cell in row))
        console().print(shown)
        return
    from rich.cells import cell_len

    every = [list(columns), *rows]
    widths = [max(cell_len(row[place]) for row in every) for place in range(len(columns))]
    for row in every:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        line("  ".join(cells).rstrip())


def marked_text(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """``text`` with ``ranges`` in bold on a terminal, in «…» in plain text."""
    out, at = [], 0
    terminal = on_terminal()
    for start, end in ranges:
        before, found = text[at:start], text[start:end]
        out.append(f"{escaped(before)}[bold yellow]{escaped(found)}[/]" if terminal else f"{before}«{found}»")
        at = end
    out.append(escaped(text[at:]) if terminal else text[at:])
    return "".join(out)


def console() -> Any:
    """rich's console on standard output; imported late, ``--help`` has no need of it."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def escaped(text: str) -> str:
    """``text`` as rich prints it, whatever brackets it holds."""
    from rich.markup import escape

    # A backslash before a tag of ours would make the tag text.
    return escape(text) + (" " if text.endswith("\\") else "")
