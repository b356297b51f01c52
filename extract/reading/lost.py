"""What is said about pages that could not be read: every one is named, neighbours together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.errors import FileProblem
from extract.pages import Caution

_WHOLLY = re.compile(
    r"(?:Trang|Pages?|Frames?) (\d+)(?: (?:đến trang|to) (\d+))? (?:không đọc được\.|could not be read:)"
)
"""How :func:`lost_pages` begins; in English, as it stands in datasets made before."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a page could not be read, or only in part. ``last``: it holds for all pages up to this one."""

    problem: FileProblem
    partly: bool = False
    last: int = 0

    def __post_init__(self) -> None:
        # the frames that an error was raised through hold the picture of its page
        self.problem.__traceback__ = self.problem.__cause__ = self.problem.__context__ = None


def lost_pages(losses: Mapping[int, Loss]) -> list[Caution]:
    """Cautions that name every page (number to loss); neighbours lost for one reason share a sentence."""
    return [Caution("lines_lost", _sentence(first, last, losses[first])) for first, last in _runs(losses)]


def wholly_lost(message: str) -> range:
    """The pages of which a message of :func:`lost_pages` says that nothing was read; none for any other."""
    found = _WHOLLY.match(message)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)


def _runs(losses: Mapping[int, Loss]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in sorted(losses):
        if first is not None and last == number - 1 and _alike(losses[first], losses[number]):
            last = max(number, losses[number].last)
            continue
        if first is not None and last is not None:
            yield first, last
        first, last = number, max(number, losses[number].last)
    if first is not None and last is not None:
        yield first, last


def _alike(a: Loss, b: Loss) -> bool:
    return a.partly == b.partly and str(a.problem) == str(b.problem)


def _sentence(first: int, last: int, loss: Loss) -> str:
    pages = f"Trang {first}" if first == last else f"Trang {first} đến trang {last}"
    read = "chỉ đọc được một phần" if loss.partly else "không đọc được"
    return f"{pages} {read}. {loss.problem}"
