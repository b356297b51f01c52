"""The progress bar of a batch, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Done(Protocol):
    """What the bar has to know of a file."""

    @property
    def result(self) -> str:
        """What became of it; ``failed`` is counted."""
        ...

    @property
    def name(self) -> str:
        """How the file is called."""
        ...


@contextmanager
def shown(wanted: bool = True) -> Iterator[Callable[[int, int, Done], None] | None]:
    """A callback that moves a bar on standard error; ``None`` where no person is looking."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]} failed  {task.fields[name]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, failed=0, name="")
        failed = 0

        def moved(done: int, total: int, outcome: Done) -> None:
            nonlocal failed
            failed += outcome.result == "failed"
            bar.update(task, completed=done, total=total, failed=failed, name=outcome.name[-50:])

        yield moved
