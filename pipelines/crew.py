"""Worker processes that may hang or die: each task gets an answer whatever happens to the process.

Each process has an attendant, a thread that gives it tasks, hears how far it has come, kills it when nothing
comes of a file any more, and sees to it that the other pages of that file are read all the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Generic, Protocol, TypeVar

from extract.errors import FileProblem
from extract.reading.watch import Skips
from pipelines import mishaps
from pipelines.tasks import Failure
from pipelines.worker import Broken, Done, Worker

MOST_BREAKS = 3
"""Times that reading a file is broken off before its unread pages are given up: a file of a thousand pages
that hang must not take a week."""


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
    """A task under way; without a ``future`` it is done where its answer is asked for.

    ``left_out`` names, once there is an answer, the pages that had to be left out for it, each with the
    reason and what to do.
    """

    task: T
    future: Future[A | Failure] | None = None
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class Crew(Generic[T, A]):
    """``workers`` processes that ``do`` tasks.

    ``patience`` are the seconds without a finished page after which a file is broken off, ``memory`` the
    bytes that a process may take; ``None`` is no bound. One worker without patience is this process itself.
    """

    workers: int
    do: Callable[[T], A]
    patience: float | None = None
    memory: int | None = None
    _jobs: SimpleQueue[Job[T, A] | None] = field(default_factory=SimpleQueue, init=False)
    _attendants: list[threading.Thread] = field(default_factory=list, init=False)
    _at_work: set[Worker] = field(default_factory=set, init=False)
    _alone: threading.Lock = field(default_factory=threading.Lock, init=False)
    _over: bool = field(default=False, init=False)

    def submit(self, task: T) -> Job[T, A]:
        """Give a task to the crew."""
        if self.workers == 1 and self.patience is None:
            return Job(task)
        job = Job[T, A](task, Future())
        self._jobs.put(job)
        if len(self._attendants) < self.workers:
            attendant = threading.Thread(target=self._attend, name="attendant", daemon=True)
            self._attendants.append(attendant)
            attendant.start()
        return job

    def answer(self, job: Job[T, A]) -> A | Failure:
        """Wait for what came of a task; what it raised is raised."""
        return self.do(job.task) if job.future is None else job.future.result()

    def dismiss(self, now: bool = False) -> None:
        """End the workers, ``now`` without letting them finish."""
        if now:
            self._over = True
            for worker in list(self._at_work):
                worker.stop()
        for _ in self._attendants:
            self._jobs.put(None)
        for attendant in self._attendants:
            attendant.join()
        self._attendants = []

    def _attend(self) -> None:
        worker: Worker | None = None
        while (job := self._jobs.get()) is not None and not self._over:
            assert job.future is not None
            try:
                answer, worker = self._see_through(job, worker)
                job.future.set_result(answer)
            except BaseException as error:
                worker = None
                job.future.set_exception(error)
        if worker is not None:
            worker.dismiss()

    def _see_through(self, job: Job[T, A], worker: Worker | None) -> tuple[A | Failure, Worker | None]:
        """What comes of a job, and the worker if it can be used again.

        A page at which a process hung or ran out of memory is left out when the file is read again. A process
        that died may have fallen to another one's hunger for memory: first its task is done again as it is.
        """
        skips: dict[int, FileProblem] = {}
        finished: set[int] = set()
        breaks, died = 0, False
        left_out = Skips()
        while True:
            end, worker = self._once(job.task, left_out, worker, alone=died)
            if isinstance(end, Done):
                if end.error is not None:
                    if worker is not None:
                        worker.dismiss()
                    raise end.error
                job.left_out = mishaps.said(left_out)
                return end.value, worker
            if self._over:
                raise RuntimeError("The work was stopped.")
            worker = None
            finished |= end.course.finished
            if end.kind == "died" and not died:
                died = True
                continue
            suspects = end.course.suspects
            if not suspects or left_out.rest is not None:
                return mishaps.of_file(end, self.patience, self.memory), None
            breaks += 1
            skips.update(dict.fromkeys(suspects, mishaps.of_page(end, self.patience, self.memory)))
            left_out = Skips(dict(skips))
            if breaks >= MOST_BREAKS:
                left_out = Skips(dict(skips), frozenset(finished - skips.keys()), mishaps.of_rest(breaks))

    def _once(
        self, task: T, skips: Skips, worker: Worker | None, *, alone: bool
    ) -> tuple[Done | Broken, Worker | None]:
        """One attempt; those after a death one at a time, as memory may have run out."""
        if not alone:
            return self._attempt(task, skips, worker)
        with self._alone:
            return self._attempt(task, skips, worker)

    def _attempt(self, task: T, skips: Skips, worker: Worker | None) -> tuple[Done | Broken, Worker]:
        worker = worker or Worker(self.do, task.road, self.memory)
        self._at_work.add(worker)
        try:
            return worker.see(task, skips, self.patience), worker
        finally:
            self._at_work.discard(worker)
