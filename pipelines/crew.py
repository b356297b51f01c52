"""Worker processes that may die: each task gets an answer whatever happens to the process.

Tasks and answers are plain values. The road is named, not passed: a worker imports it by itself,
so that nothing heavy is loaded in the process that writes the dataset. What is done with a task is a function
of a module, :func:`work` where files become documents.
"""

from __future__ import annotations

import importlib
import inspect
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from corpora.rows import DocumentRows, prepare
from extract.errors import FileProblem, RasoatError


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read. ``road`` is the module whose ``process`` does it.

    ``cache`` is the folder that remembers recognised pages.
    """

    path: Path
    name: str
    units: tuple[Path, ...]
    road: str
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Success:
    """The documents of a file, ready to be stored."""

    documents: list[DocumentRows]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be used. ``trace`` is for the log, where the fault is rasoat's own."""

    code: str
    reason: str
    remedy: str
    trace: str | None = None


Answer = Success | Failure


def work(task: Task) -> Answer:
    """Read one file; every fault of the file, and every bug it wakes up, is an answer.

    A wrong call or installation (:class:`RasoatError` that is no :class:`FileProblem`) goes through:
    it would be the same for every file.
    """
    try:
        process = importlib.import_module(task.road).process
        # a road that recognises nothing has no use for a cache
        takes_cache = task.cache and "cache" in inspect.signature(process).parameters
        more = {"cache": task.cache} if takes_cache else {}
        documents = process(task.path, task.name, list(task.units), **more)
        return Success([prepare(document) for document in documents])
    except FileProblem as problem:
        return Failure(problem.code, problem.reason, problem.remedy)
    except RasoatError:
        raise
    except OSError as error:
        if Path(str(error.filename or "")) != task.path:
            return internal(error)
        reason = f"The file cannot be read: {error.strerror}."
        return Failure("unreadable", reason, "Check that it still exists and that you may read it.")
    except Exception as error:
        return internal(error)


def internal(error: Exception) -> Failure:
    """A fault of rasoat's own as an answer, with its traceback for the log."""
    said = " ".join(str(error).split())[:300]
    return Failure(
        "internal_error",
        f"Internal error: {type(error).__name__}{': ' + said if said else ''}.",
        "This is a fault of rasoat. Please report it with errors.log of the workspace.",
        "".join(traceback.format_exception(error)),
    )


_DIED = Failure(
    "crashed",
    "The process that read this file died (out of memory, or a crash in a library).",
    "Check the file with another program; if it opens there, try again with more free memory.",
)


class Errand(Protocol):
    """What a task has to tell the crew: the module that its worker loads first."""

    @property
    def road(self) -> str:
        """The module's name."""
        ...


T = TypeVar("T", bound=Errand)
A = TypeVar("A")


@dataclass(slots=True)
class Job(Generic[T, A]):
    """A task under way."""

    task: T
    future: Future[A] | None = None
    pool: ProcessPoolExecutor | None = None


@dataclass(slots=True)
class Crew(Generic[T, A]):
    """``workers`` processes that ``do`` tasks; with one, the work is done in this process."""

    workers: int
    do: Callable[[T], A]
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    def submit(self, task: T) -> Job[T, A]:
        """Give a task to the crew."""
        if self.workers == 1:
            return Job(task)
        for _ in range(2):
            pool = self._pool = self._pool or _pool(self.workers, task.road)
            try:
                return Job(task, pool.submit(self.do, task), pool)
            except BrokenProcessPool:
                self._drop(pool)
        return Job(task)

    def answer(self, job: Job[T, A]) -> A | Failure:
        """Wait for what came of a task.

        When a worker dies, nobody can tell which task killed it: every task that was under way is
        done again, alone, and only the one that kills its process alone as well has failed.
        """
        if self.workers == 1:
            return self.do(job.task)
        if job.future is not None:
            try:
                return job.future.result()
            except BrokenProcessPool:
                if job.pool is not None:
                    self._drop(job.pool)
        alone = _pool(1, job.task.road)
        try:
            return alone.submit(self.do, job.task).result()
        except BrokenProcessPool:
            return _DIED
        finally:
            alone.shutdown(wait=False, cancel_futures=True)

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        if self._pool is pool:
            self._pool = None
        pool.shutdown(wait=False, cancel_futures=True)

    def dismiss(self, now: bool = False) -> None:
        """End the workers, ``now`` without letting them finish."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # The executor has no public way to stop a running task before Python 3.14.
        processes = list((getattr(pool, "_processes", None) or {}).values()) if now else []
        pool.shutdown(wait=not now, cancel_futures=True)
        for process in processes:
            process.terminate()


def _pool(workers: int, road: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_context(road), initializer=_start)


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
