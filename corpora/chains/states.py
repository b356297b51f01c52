"""What became of a deficiency: the state of a chain, from the years that are known.

A year is *covered* for a chain when a report about the unit exists for it: a document other than a letter, a
plan or a decision, no copy of another, that says something about the unit that bore the deficiency, or about
what that unit has become. A year in which the deficiency itself is told of is covered by that. Only a
covered year without it is a gap; a year without a report says nothing.

=============  ==========================================================================================
``new``        told of in the latest covered year, never before
``persisting`` told of in the latest covered year and in the covered year before it
``returned``   told of in the latest covered year and earlier, but not in the covered year before it, or
               said to be remedied in between
``remedied``   a later document says so, and none tells of it again
``unknown``    nothing says what became of it: no later report covers the unit although reports on its
               district go on, or later reports are silent (those years are kept as ``silent``)
=============  ==========================================================================================

*Later* is by date where both documents have one, else by year; a remedy told in the same document is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STATES = {
    "new": "mới phát hiện",
    "persisting": "kéo dài",
    "returned": "tái diễn",
    "remedied": "đã khắc phục",
    "unknown": "chưa rõ",
}
"""States with what people see."""

OPEN = ("new", "persisting", "returned", "unknown")

NOT_REPORTS = frozenset(
    ["công văn", "công điện", "giấy mời", "kế hoạch", "quyết định", "tờ trình", "chương trình", "hướng dẫn"]
)
"""Kinds of documents that pick out single faults: what they leave unsaid says nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When a document speaks: the year it is about, and its date where known."""

    year: int
    date: str = ""

    def after(self, other: Moment) -> bool:
        """Whether this is surely later."""
        if self.date and other.date:
            return self.date > other.date
        return self.year > other.year


@dataclass(frozen=True, slots=True)
class Course:
    """The state with its years: ``since`` begins the present unbroken run of ``running`` years."""

    state: str
    first: int | None
    since: int | None
    last: int | None
    running: int
    silent: tuple[int, ...]


def course(told: Sequence[Moment], covered: Iterable[int], remedies: Sequence[Moment]) -> Course:
    """The course of a deficiency that was told of at ``told`` (dated moments only) and remedied at
    ``remedies``.

    Without a dated moment nothing is known. That the reports on the district go on is not asked here.
    """
    if not told:
        return Course("unknown", None, None, None, 0, ())
    years = sorted({moment.year for moment in told})
    every = sorted({*covered, *years})
    first, last = years[0], years[-1]
    since, running = _run(years, every, told, remedies)
    silent = tuple(year for year in every if year > last)
    if any(all(remedy.after(moment) for moment in told) for remedy in remedies):
        state = "remedied"
    elif silent:
        state = "unknown"
    elif running > 1:
        state = "persisting"
    else:
        state = "returned" if since > first else "new"
    return Course(state, first, since, last, running, silent)


def _run(
    years: list[int], every: list[int], told: Sequence[Moment], remedies: Sequence[Moment]
) -> tuple[int, int]:
    """The unbroken run that ends in the last year told of: its first year and how many years it counts."""
    since, running = years[-1], 1
    for year in reversed(every[: every.index(since)]):
        if year not in years or _remedied_between(year, since, told, remedies):
            break
        since, running = year, running + 1
    return since, running


def _remedied_between(before: int, after: int, told: Sequence[Moment], remedies: Sequence[Moment]) -> bool:
    earlier = [moment for moment in told if moment.year == before]
    later = [moment for moment in told if moment.year == after]
    return any(
        all(remedy.after(moment) for moment in earlier) and all(moment.after(remedy) for moment in later)
        for remedy in remedies
    )
