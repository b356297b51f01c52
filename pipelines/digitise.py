"""Many scans become archive PDFs: find them, name the outputs, have them made, tell what came of each."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from corpora.ledger import path_text
from extract.errors import FileProblem, RasoatError, UsageError, cause
from extract.reading.engine.cache_bound import bound, trim
from pipelines.bounds import memory
from pipelines.bounds import patience as seconds
from pipelines.crew import Crew, Job
from pipelines.ingest import Found, collect
from pipelines.report import BatchReport
from pipelines.tasks import Failure, internal
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    from extract.reading.base import OcrEngine
    from pipelines.searchable.make import Made

SCANS = frozenset([".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"])
"""Suffixes of what can be a scan."""

ROAD = "pipelines.searchable.make"

Result = Literal["made", "copied", "exists", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    ``made``: a searchable PDF was written; ``copied``: the PDF was copied as it is; ``exists``: the
    output was there already and stays; ``skipped``: not a scan. ``recognised`` pages got a text layer,
    ``kept`` pages are as they were, ``turned`` ones are shown turned by so many degrees clockwise. ``pdfa``
    is the standard that the output was checked against (``"PDF/A-2b"``), ``pdfa_reason`` why it is a
    plain PDF.
    """

    result: Result
    name: str
    path: str
    output: str | None = None
    pages: int | None = None
    recognised: int = 0
    kept: int | None = None
    turned: tuple[dict[str, int], ...] = ()
    pdfa: str | None = None
    pdfa_reason: str | None = None
    engine: str | None = None
    warnings: tuple[dict[str, str], ...] = ()
    code: str | None = None
    reason: str | None = None
    remedy: str | None = None


Report = BatchReport[Outcome]

Progress = Callable[[int, int, Outcome], None]
"""Called after each file with how many are done, how many there are, and what became of it."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One scan and where its PDF goes."""

    path: Path
    target: Path
    room: Path
    engine: OcrEngine | None
    cache: Path | None
    alter_signed: bool
    road: str = ROAD


def digitise(
    paths: Iterable[Path | str],
    output: Path | str,
    engine: OcrEngine | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    cache: Path | None = None,
    overwrite: bool = False,
    alter_signed: bool = False,
    patience: float | None = None,
) -> Report:
    """Write a searchable archive PDF of every scan among ``paths`` into the folder ``output``.

    Scans are JPEG, PNG and TIFF pictures and PDF files; folders are gone through, and their inner folders
    stand in ``output`` again. A file is called like its source with ``.pdf``; where two would get
    one name, the later one keeps its whole name (``a.jpg.pdf``). A bad file is a line of the report;
    the batch goes on. An output that exists stays unless ``overwrite``; a source is never written over.

    ``workers`` processes (as many as there are processors if ``None``) work on several files at once.
    ``patience`` is that of :func:`pipelines.ingest.ingest`. ``engine`` recognises pictures, by default
    Tesseract; it is pickled. One that cannot be stays in this process, where nothing is ever broken off, and
    needs ``workers=1``. ``cache`` is the folder in which the default engine remembers what it recognised.

    :class:`UsageError` for a path that does not exist and a folder that cannot be written; nothing is
    written then.
    """
    if workers is not None and workers < 1:
        raise UsageError(f"At least one worker is needed, not {workers}.")
    limit = seconds(patience)
    if engine is not None:
        try:
            pickle.dumps(engine)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            if workers != 1:
                raise UsageError("This engine cannot go to other processes: ask for one worker.") from error
            limit = None
    folder = Path(output).expanduser()
    named = [Path(path).expanduser() for path in paths]
    found, skipped = collect(named, Workspace(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder '{folder}' cannot be written: {error.strerror}.") from error
    many = max(1, min(workers or os.cpu_count() or 1, len(found)))
    batch = _Batch(
        folder,
        Crew(many, _work, limit, memory(many)),
        engine,
        cache,
        overwrite,
        alter_signed,
        progress,
        total=len(found) + len(skipped),
    )
    for place, outcome in skipped:
        result: Result = "failed" if outcome.result == "failed" else "skipped"
        batch.done(
            place,
            Outcome(
                result,
                outcome.name,
                outcome.path,
                code=outcome.code,
                reason=outcome.reason,
                remedy=outcome.remedy,
            ),
        )
    return batch.run(found, {path.resolve() for path in named})


def name_outputs(found: Sequence[Found]) -> dict[int, PurePosixPath]:
    """The output of each file, relative to the output folder, by the file's place; no two are the same.

    Names that differ only in case count as one: some systems hold them for the same file.
    """
    taken: set[str] = set()
    names = {}
    for file in found:
        own = PurePosixPath(file.name)
        names[file.place] = _free(own.with_name(own.stem), own, taken)
    return names


def _free(short: PurePosixPath, long: PurePosixPath, taken: set[str]) -> PurePosixPath:
    number = 0
    while True:
        middle = ("", long.suffix)[number] if number < 2 else f"{long.suffix} ({number})"
        name = short.with_name(f"{short.name}{middle}.pdf")
        if str(name).casefold() not in taken:
            taken.add(str(name).casefold())
            return name
        number += 1


@dataclass(slots=True)
class _Batch:
    """One run: what is under way, what came out."""

    folder: Path
    crew: Crew[_Task, Made | Failure]
    engine: OcrEngine | None
    cache: Path | None
    overwrite: bool
    alter_signed: bool
    progress: Progress | None
    total: int
    cache_bound: int | None = field(default_factory=bound)
    begun: float = field(default_factory=time.time)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def run(self, found: Sequence[Found], named: set[Path]) -> Report:
        """Digitise in order; a bounded number of files is under way at once."""
        scans = [file for file in found if file.path.suffix.lower() in SCANS]
        for file in found:
            if file.path.suffix.lower() not in SCANS:
                self.done(file.place, _no_scan(file, file.path in named))
        with tempfile.TemporaryDirectory(
            prefix=".rasoat-", dir=self.folder, ignore_cleanup_errors=True
        ) as room:
            try:
                self._scans(scans, {file.path for file in found}, Path(room))
            except BaseException:
                self.crew.dismiss(now=True)
                raise
            self.crew.dismiss()
            if self.cache is not None:
                trim(self.cache, self.cache_bound, self.begun)
        return Report("digitise", [self.outcomes[place] for place in sorted(self.outcomes)])

    def _scans(self, scans: Sequence[Found], sources: set[Path], room: Path) -> None:
        outputs = name_outputs(scans)
        under_way: deque[tuple[Found, Job[_Task, Made | Failure]]] = deque()
        for file in scans:
            target = self.folder / outputs[file.place]
            refused = self._refused(file, target, sources)
            if refused is not None:
                self.done(file.place, refused)
                continue
            cache = self.cache
            if cache is None and self.crew.patience is not None:
                cache = room / "ocr"  # for this run: a file may have to be read again
            task = _Task(file.path, target, room, self.engine, cache, self.alter_signed)
            under_way.append((file, self.crew.submit(task)))
            if len(under_way) >= (1 if self.crew.workers == 1 else 2 * self.crew.workers):
                self._finish(*under_way.popleft())
        while under_way:
            self._finish(*under_way.popleft())

    def _refused(self, file: Found, target: Path, sources: set[Path]) -> Outcome | None:
        """Why this output is not written, ``None`` where it may be."""
        path, output = path_text(file.path), path_text(target)
        if target.resolve() in sources:
            reason = "PDF tạo ra sẽ ghi đè lên một tệp cần số hóa."
            return Outcome(
                "failed",
                file.name,
                path,
                code="own_source",
                reason=reason,
                remedy="Cần chọn thư mục khác: --output DIR.",
            )
        if target.exists() and not self.overwrite:
            reason = f"“{target.name}” đã có, giữ nguyên; muốn thay thì dùng --overwrite."
            return Outcome("exists", file.name, path, output, reason=reason)
        return None

    def _finish(self, file: Found, job: Job[_Task, Made | Failure]) -> None:
        answer = self.crew.answer(job)
        path = path_text(file.path)
        if isinstance(answer, Failure):
            if answer.trace and os.environ.get("RASOAT_DEBUG"):
                sys.stderr.write(answer.trace)
            outcome = Outcome(
                "failed", file.name, path, code=answer.code, reason=answer.reason, remedy=answer.remedy
            )
        else:
            outcome = Outcome(
                "copied" if answer.copied else "made",
                file.name,
                path,
                path_text(job.task.target),
                answer.pages,
                answer.recognised,
                None if answer.pages is None else answer.pages - answer.recognised,
                tuple({"page": page, "degrees": degrees} for page, degrees in answer.turned),
                answer.pdfa,
                answer.reason,
                answer.engine,
                tuple(caution.to_record() for caution in answer.warnings),
            )
        self.done(file.place, outcome)

    def done(self, place: int, outcome: Outcome) -> None:
        """Note what became of a file."""
        self.outcomes[place] = outcome
        if self.progress is not None:
            self.progress(len(self.outcomes), self.total, outcome)


def _no_scan(file: Found, named: bool) -> Outcome:
    """A file of another type is passed over in a folder, and has failed where it was named itself."""
    reason = f"Không phải bản quét: tên tệp có đuôi “{file.path.suffix}”."
    remedy = "Cần lưu hoặc in ra PDF; văn bản gõ trên máy không cần thêm lớp chữ."
    if named:
        return Outcome(
            "failed", file.name, path_text(file.path), code="unsupported", reason=reason, remedy=remedy
        )
    return Outcome("skipped", file.name, path_text(file.path), code="unsupported", reason=reason)


def _work(task: _Task) -> Made | Failure:
    """Digitise one file; every fault of the file, and every bug it wakes up, is an answer."""
    from pipelines.searchable.make import make

    try:
        task.target.parent.mkdir(parents=True, exist_ok=True)
        return make(
            task.path,
            task.target,
            engine=task.engine,
            cache=task.cache,
            alter_signed=task.alter_signed,
            room=task.room,
        )
    except FileProblem as problem:
        return Failure(problem.code, problem.reason, problem.remedy)
    except (RasoatError, MemoryError):
        raise
    except OSError as error:
        if error.strerror is None:
            return _internal(error)
        reason = f"Không ghi được PDF: {cause(error)}."
        return Failure("unwritable", reason, "Cần giải phóng chỗ ở thư mục đích, hoặc chọn thư mục khác.")
    except Exception as error:
        return _internal(error)


def _internal(error: Exception) -> Failure:
    remedy = "Cần báo cho nhóm phát triển rasoat; RASOAT_DEBUG=1 cho biết lỗi ở đâu."
    return replace(internal(error), remedy=remedy)
