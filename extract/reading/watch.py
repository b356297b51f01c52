"""Telling whoever watches over a file which pages are at work, and leaving out pages that must not be tried.

Reading calls pdfium, Tesseract and OpenCV: native code that nothing in the process itself can interrupt
and that may take the process with it. Only another process can see that a page never ends, and only if it
is told where reading stands. Who reads without a watch tells nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from extract.errors import FileProblem


@dataclass(slots=True)
class Skips:
    """Pages (from 1) that are not to be tried, each with the problem that is told in its place.

    Where ``rest`` is given, every page outside of ``good`` is left out with that problem.
    """

    pages: Mapping[int, FileProblem] = field(default_factory=dict)
    good: frozenset[int] = frozenset()
    rest: FileProblem | None = None

    def get(self, page: int) -> FileProblem | None:
        """Why a page is left out; ``None`` where it is to be read."""
        problem = self.pages.get(page)
        return problem if problem is not None or page in self.good else self.rest


class Watch:
    """Hears of every page; this one does nothing with it."""

    skips = Skips()

    def begins(self, page: int, thread: int) -> None:
        """A thread of this process begins to work at a page (from 1)."""

    def ends(self, page: int, thread: int) -> None:
        """That thread works at the page no more; the page may still wait for other work on it."""

    def alive(self) -> None:
        """Something that belongs to no page was finished."""

    @contextmanager
    def at_work(self, page: int | None) -> Iterator[None]:
        """Around the work of one page.

        A page that ends in another error than a problem of the file (no memory left) stays begun: it is
        the one to be left out.
        """
        if page is None:
            yield
            return
        self.begins(page, threading.get_ident())
        try:
            yield
        except FileProblem:
            self.rests(page)
            raise
        self.rests(page)

    def rests(self, page: int) -> None:
        """This thread works at the page no more."""
        self.ends(page, threading.get_ident())


_NOBODY = Watch()
_CURRENT: ContextVar[Watch] = ContextVar("watch", default=_NOBODY)


def current() -> Watch:
    """Who watches over what this thread reads. Threads started meanwhile have to be handed it."""
    return _CURRENT.get()


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Around the reading of a file that ``watch`` is to hear of."""
    token = _CURRENT.set(watch)
    try:
        yield
    finally:
        _CURRENT.reset(token)
