"""One working process: what runs in it, and the handle that its attendant has on it.

The process tells of every page that it begins and ends. From that its attendant knows when nothing comes of
a file any more, and which page was at work when the process was killed or died.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from extract.reading.watch import Skips, Watch, watched
from pipelines import sessions
from pipelines.bounds import keep_within

_SLICE = 5.0
"""Seconds that are waited at once. A longer gap between two looks is no time of the worker's: the machine
slept, or the whole program was stopped."""
_SOON = 5.0
_STARTS = 120.0
"""Seconds that a process may take until it begins, however impatient its user is."""
_STARTING = threading.Lock()
"""Starting a process looks after all others, and two threads must not ask one for its end at once."""


@dataclass(slots=True)
class Course:
    """How far a file has come: pages begun, and those that a thread works at just now."""

    begun: set[int] = field(default_factory=set)
    at_work: set[tuple[int, int]] = field(default_factory=set)

    @property
    def suspects(self) -> frozenset[int]:
        """The pages at work."""
        return frozenset(page for page, _ in self.at_work)

    @property
    def finished(self) -> frozenset[int]:
        """The pages that nobody works at any more."""
        return frozenset(self.begun) - self.suspects


@dataclass(frozen=True, slots=True)
class Done:
    """The work came to its end: with a value, or with an error that is for the caller."""

    value: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """The work did not come to its end, and the process is gone. ``status`` is how a dead one ended."""

    kind: Literal["stalled", "died", "memory"]
    course: Course
    status: int | None = None


class Worker:
    """A process that does one task after the other."""

    def __init__(self, do: Callable[[Any], Any], road: str, memory: int | None) -> None:
        context = _context(road)
        with _STARTING:
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, do, road, memory), daemon=True)  # type: ignore[attr-defined]
            self._process.start()
            theirs.close()

    def see(self, task: Any, skips: Skips, patience: float | None) -> Done | Broken:
        """Have a task done. After :class:`Broken` the worker cannot be used again."""
        try:
            self._connection.send((task, skips))
        except OSError:  # it died while it was idle
            return Broken("died", Course(), self._bury(dying=True))
        course, quiet, before = Course(), 0.0, time.monotonic()
        most = patience and max(patience, _STARTS)
        while True:
            left = _SLICE if most is None else max(0.0, min(_SLICE, most - quiet))
            ready = wait([self._connection, self._process.sentinel], left)
            now = time.monotonic()
            quiet, before = quiet + min(now - before, _SLICE), now
            if self._connection in ready:
                quiet, most = 0.0, patience
                if (end := self._hear(course)) is not None:
                    return end
            elif ready:
                return Broken("died", course, self._bury(dying=True))
            elif most is not None and quiet >= most:
                self._bury()
                return Broken("stalled", course)

    def _hear(self, course: Course) -> Done | Broken | None:
        try:
            kind, *more = self._connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return Broken("died", course, self._bury(dying=True))
        if kind == "begins":
            course.begun.add(more[0])
            course.at_work.add((more[0], more[1]))
        elif kind == "ends":
            course.at_work.discard((more[0], more[1]))
        elif kind == "memory":
            self._bury()
            return Broken("memory", course)
        elif kind != "alive":
            return Done(more[0]) if kind == "value" else Done(error=more[0])
        return None

    def stop(self) -> None:
        """Kill the process and everything it started; whoever sees to it notices. For any thread."""
        if self._process.pid is not None:
            sessions.end(self._process.pid)
        self._process.kill()

    def _bury(self, *, dying: bool = False) -> int | None:
        """Be rid of the process; how it ended (below 0: by that signal). One that is dying is let die."""
        status: int | None = None
        if dying:
            wait([self._process.sentinel], _SOON)
            with _STARTING:
                status = self._process.exitcode
        self.stop()
        wait([self._process.sentinel], _SOON)
        with _STARTING:
            status = status if dying else int(self._process.exitcode or 0)
            self._process.join(_SOON)
        self._connection.close()
        return status

    def dismiss(self) -> None:
        """Let the process end, as it has nothing to do."""
        self._connection.close()
        wait([self._process.sentinel], _SOON)
        self._bury()


class _Reporter(Watch):
    """Tells the attendant; threads take turns."""

    def __init__(self, connection: Connection, skips: Skips) -> None:
        self.skips = skips
        self._connection = connection
        self._turn = threading.Lock()
        self._last = 0.0

    def begins(self, page: int, thread: int) -> None:
        """Tell it."""
        self.send("begins", page, thread)

    def ends(self, page: int, thread: int) -> None:
        """Tell it."""
        self.send("ends", page, thread)

    def alive(self) -> None:
        """Tell it, but not a thousand times a second."""
        if time.monotonic() > self._last + 1:
            self._last = time.monotonic()
            self.send("alive")

    def send(self, *message: Any) -> None:
        """Send one message whole."""
        with self._turn:
            self._connection.send(message)


def _serve(connection: Connection, do: Callable[[Any], Any], road: str, memory: int | None) -> None:
    _start()
    keep_within(memory)
    with suppress(Exception):  # what is wrong with it is an answer to its first task
        importlib.import_module(road)
    while True:
        try:
            task, skips = connection.recv()
        except (EOFError, OSError):
            return
        except Exception as error:  # a task that cannot be unpacked here
            connection.send(("error", _portable(error)))
            continue
        reporter = _Reporter(connection, skips)
        reporter.alive()
        try:
            with watched(reporter):
                value = do(task)
            reporter.send("value", value)
        except MemoryError:
            reporter.send("memory")
            return
        except BaseException as error:
            reporter.send("error", _portable(error))


def _portable(error: BaseException) -> BaseException:
    """The error, or one that says the same where it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _context(road: str) -> BaseContext:
    """Processes that begin clean: forking a process with threads (a progress bar) can hang.

    Where there is a fork server it loads the road once for all workers.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([road])
    return context


def _start() -> None:
    """Leave Ctrl-C to the writer, and end with it even if it is killed."""
    sessions.lead()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    sessions.end(os.getpid())
    os._exit(1)
