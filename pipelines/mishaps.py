"""What is said of a file that a worker could not finish: what happened, at which page, what to do."""

from __future__ import annotations

import signal

from extract.errors import DamagedFile, FileProblem, TooLarge
from extract.reading.lost import Loss, lost_pages
from extract.reading.watch import Skips
from pipelines.bounds import MEMORY, PATIENCE
from pipelines.tasks import Failure
from pipelines.worker import Broken

_PRINT = "Open the file in a viewer, print that page to a new PDF at 300 dpi and read that."
_CODES = {"stalled": "stalled", "died": "crashed", "memory": "too_large"}


def of_page(end: Broken, patience: float | None, memory: int | None) -> FileProblem:
    """Why the pages that were at work are left out from now on."""
    if end.kind == "stalled":
        reason = f"Nothing came of it within {duration(patience)}, so it was broken off."
        return TooLarge(reason, f"{_PRINT} {PATIENCE}=SECONDS waits longer.")
    if end.kind == "memory":
        reason = f"Reading it takes more memory than a process may have ({_gigabytes(memory)})."
        return TooLarge(reason, f"{_PRINT} {MEMORY}=MEGABYTES allows more.")
    return DamagedFile(f"The process that read it {death(end.status)}, more than once.", _PRINT)


def of_rest(breaks: int) -> FileProblem:
    """Why pages are not tried any more."""
    reason = f"Reading the file was broken off {breaks} times at other pages, so this one was not tried."
    return TooLarge(reason, "Open the file in a viewer and print the pages that show to a new PDF.")


def said(skips: Skips) -> tuple[str, ...]:
    """A sentence for each run of pages that were left out."""
    losses = {page: Loss(why) for page, why in skips.pages.items()}
    sentences = [caution.message for caution in lost_pages(losses)]
    if skips.rest is not None:
        sentences.append(f"Other pages that were not read by then were left out: {skips.rest}")
    return tuple(sentences)


def of_file(end: Broken, patience: float | None, memory: int | None) -> Failure:
    """What is said of a file of which nothing came."""
    remedy = "Open it in its own program and save it anew, or as a PDF."
    where = _where(end)
    if end.kind == "stalled":
        reason = f"Nothing came of the file within {duration(patience)}{where}, so it was broken off."
        remedy += f" {PATIENCE}=SECONDS waits longer."
    elif end.kind == "memory":
        reason = f"Reading the file takes more memory than a process may have ({_gigabytes(memory)}){where}."
        remedy = f"Split the file, or allow more: {MEMORY}=MEGABYTES."
    else:
        reason = f"The process that read this file {death(end.status)}{where}."
        remedy = (
            "Check the file with another program; if it opens there, try again with more free memory or "
            "fewer --workers."
        )
    return Failure(_CODES[end.kind], reason, remedy)


def _where(end: Broken) -> str:
    pages = sorted(end.course.suspects)
    if pages:
        return f" (at page {' and '.join(map(str, pages))})"
    return f" (after page {max(end.course.finished)})" if end.course.finished else ""


def duration(seconds: float | None) -> str:
    """A number of seconds as a person says it."""
    if seconds is None:
        return "any time"
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:.0f} minutes"
    return "a second" if seconds == 1 else f"{seconds:g} seconds"


def death(status: int | None) -> str:
    """How a process ended, by its exit status (below 0: by that signal)."""
    if status == -getattr(signal, "SIGKILL", 9):
        return "was killed by the system, as it does when memory runs out"
    if status is not None and status < 0:
        return f"crashed in a library, as some do when memory runs out (signal {-status})"
    return f"died (status {'unknown' if status is None else status})"


def _gigabytes(memory: int | None) -> str:
    return "all there is" if memory is None else f"{memory / 1e9:.1f} GB"
