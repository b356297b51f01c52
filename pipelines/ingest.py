"""Many files into the dataset: find them, give them to workers, write what comes back in order."""

from __future__ import annotations

import os
import platform
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from corpora.checks.notes import refresh
from corpora.copies.mark import mark_copies
from corpora.dataset import Dataset
from corpora.ledger import Incoming, clean_name, now, path_text, sha256_of
from corpora.rows import DocumentRows
from extract.errors import UsageError, cause
from extract.reading.engine.cache_bound import bound, trim
from extract.reading.lost import wholly_lost
from extract.units.files import lists_units
from extract.units.register import version_of
from pipelines import originals
from pipelines.bounds import memory
from pipelines.bounds import patience as seconds
from pipelines.crew import Crew, Job
from pipelines.following import follow
from pipelines.report import BatchReport
from pipelines.tasks import Answer, Failure, Success, Task, internal, work
from pipelines.workspace import Workspace

_TEXTS = (".md", ".markdown", ".txt", ".text", ".docx", ".docm", ".doc", ".rtf", ".odt")
_PICTURES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
READ = frozenset([*_TEXTS, *_PICTURES])
"""Suffixes that rasoat reads."""

WRITTEN = frozenset([".html", ".htm", ".bmp", ".gif", ".webp", ".heic"])
"""Suffixes of documents that the road has to judge: a report among them must not go unnoticed."""

MAYBE_A_REPORT = "Nếu là văn bản thì cần lưu thành .docx hoặc .pdf rồi nạp."
UNITS_BELONG = "Đây có vẻ là danh mục đơn vị: cần chép vào WORKSPACE/units/ rồi nạp lại."

ROAD = "pipelines.road"

Result = Literal["stored", "replaced", "unchanged", "duplicate", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``name`` is the source's name; ``original`` what a duplicate repeats.

    ``left_out`` names the pages of a file that had to be left out, as reading them never ended or took
    the process with it, each with the reason and what to do. ``lost`` counts answers of reviewers whose words
    the text does not have as it is read now.
    """

    result: Result
    name: str
    path: str
    documents: int = 0
    findings: int = 0
    code: str | None = None
    reason: str | None = None
    remedy: str | None = None
    original: str | None = None
    left_out: tuple[str, ...] = ()
    lost: int = 0


Report = BatchReport[Outcome]

Progress = Callable[[int, int, Outcome], None]
"""Called after each file with how many are done, how many there are, and what became of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk with the name it would like to be stored under."""

    place: int
    path: Path
    name: str


def ingest(
    paths: Iterable[Path | str],
    workspace: Workspace | Path | str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    again: bool = False,
    patience: float | None = None,
    road: str = ROAD,
) -> Report:
    """Read files and folders into the workspace's dataset.

    A bad file is a line of the report and of the ledger; the batch goes on. ``workers`` processes
    read (as many as there are processors if ``None``), one writer stores, in the order of names whatever the
    number of workers. ``again`` reads files whose content is stored already. ``patience`` are the seconds
    without a finished page after which a file is broken off and the page left out (``None``: those of
    :func:`pipelines.bounds.patience`; 0: never, and one worker is then this process itself). ``road`` names
    the module whose ``process`` reads a file.

    :class:`UsageError` for a path that does not exist, :class:`WorkspaceProblem` for a dataset and
    :class:`ArtefactProblem` for a model of the workspace that cannot be used; nothing is read then.
    Interrupted, the dataset holds every file that was finished.
    """
    place = workspace if isinstance(workspace, Workspace) else Workspace.locate(workspace)
    if workers is not None and workers < 1:
        raise UsageError(f"At least one worker is needed, not {workers}.")
    limit = seconds(patience)
    found, skipped = collect(paths, place)
    many = max(1, min(workers or os.cpu_count() or 1, len(found)))
    with place.open(create=True) as dataset:
        crew = Crew[Task, Answer](many, work, limit, memory(many))
        return _Batch(dataset, place, crew, road, again, progress).run(found, skipped)


def collect(
    paths: Iterable[Path | str], workspace: Workspace
) -> tuple[list[Found], list[tuple[int, Outcome]]]:
    """The files under ``paths`` in the order of their names, and what is passed over with its reason.

    Hidden files, lock files of office programs and the workspace itself are passed over in silence.
    A file that is named itself is never passed over.
    """
    roots = [Path(path).expanduser() for path in paths]
    for root in roots:
        if not root.exists():
            raise UsageError(f"There is no file or folder '{root}'.")
    own, seen = workspace.folder.resolve(), set[Path]()
    found: list[Found] = []
    skipped: list[tuple[int, Outcome]] = []
    for root in roots:
        base = root if root.is_dir() else root.parent
        closed: list[OSError] = []
        for path in _walk(root, own, closed) if root.is_dir() else [root]:
            real = path.resolve()
            if real in seen:
                continue
            seen.add(real)
            place = len(found) + len(skipped)
            name = clean_name(path.relative_to(base))
            if root.is_dir() and path.suffix.lower() not in READ | WRITTEN:
                kind = f"có đuôi “{path.suffix}”" if path.suffix else "không có đuôi"
                reason = f"Tên tệp {kind}, không thuộc loại văn bản đọc được."
                units = path.suffix.lower() == ".csv" and lists_units(path)
                remedy = UNITS_BELONG if units else MAYBE_A_REPORT
                outcome = Outcome(
                    "skipped", name, path_text(real), code="unknown", reason=reason, remedy=remedy
                )
                skipped.append((place, outcome))
            else:
                found.append(Found(place, real, name))
        for error in closed:
            skipped.append((len(found) + len(skipped), _closed(error, base)))
    return found, skipped


def _closed(error: OSError, base: Path) -> Outcome:
    """A folder that may not be opened: nobody knows what is missed, so it counts as failed."""
    path = Path(error.filename)
    name = clean_name(path.relative_to(base)) if path.is_relative_to(base) else path.name
    reason = f"Không mở được thư mục: {cause(error)}."
    remedy = "Cần xin quyền đọc thư mục rồi nạp lại."
    return Outcome("failed", name, path_text(path), code="unreadable", reason=reason, remedy=remedy)


def _walk(root: Path, workspace: Path, closed: list[OSError]) -> Iterator[Path]:
    """Files below ``root``, folder by folder, sorted by name; ``closed`` takes what cannot be opened."""
    for folder, folders, files in os.walk(root, onerror=closed.append):
        here = Path(folder)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).resolve() != workspace
        )
        if here.resolve() == workspace:
            folders.clear()
            continue
        for name in sorted(files):
            if not name.startswith((".", "~$")) and (here / name).is_file():
                yield here / name


@dataclass(slots=True)
class _Batch:
    """One run: what is under way, what came out."""

    dataset: Dataset
    workspace: Workspace
    crew: Crew[Task, Answer]
    road: str
    again: bool
    progress: Progress | None
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    total: int = 0
    basis: dict[str, str] = field(default_factory=dict)
    cache_bound: int | None = field(default_factory=bound)
    begun: float = field(default_factory=time.time)
    stale: frozenset[str] = frozenset()

    def run(self, found: Sequence[Found], skipped: Sequence[tuple[int, Outcome]]) -> Report:
        self.total = len(found) + len(skipped)
        self.basis = _basis(self.workspace)
        # Files read with another register, other units files or another model are read anew: units may have
        # codes now, labels may be better. So are those of which it was not written down.
        self.stale = frozenset(
            source.path
            for source in self.dataset.sources()
            if source.status == "ok" and _of_basis(source.versions) != self.basis
        )
        for place, outcome in skipped:
            self._done(place, outcome)
        try:
            # Copies wait until the first of them is stored, or has failed.
            for file in self._pass(found, set()):
                self._pass([file], None)
        except BaseException:
            self.crew.dismiss(now=True)
            raise
        self.crew.dismiss()
        self.workspace.settle_units(self.dataset)
        mark_copies(self.dataset)
        follow(self.dataset)
        refresh(self.dataset)
        trim(self.workspace.ocr_cache, self.cache_bound, self.begun)
        originals.sweep(self.workspace.originals, self.dataset.contents())
        return Report("ingest", [self.outcomes[place] for place in sorted(self.outcomes)])

    def _pass(self, found: Sequence[Found], contents: set[str] | None) -> list[Found]:
        """Process ``found`` in order; files whose content is in ``contents`` already are returned."""
        copies = []
        under_way: deque[tuple[Found, int, Job[Task, Answer]]] = deque()
        for file in found:
            incoming, unreadable = _look(file)
            if contents is not None and incoming.sha256 is not None:
                if incoming.sha256 in contents:
                    copies.append(file)
                    continue
                contents.add(incoming.sha256)
            decision = self.dataset.begin(incoming, self.again or incoming.path in self.stale)
            if unreadable is not None:
                self._fail(file, decision.name, decision.source_id, unreadable)
            elif decision.action == "process":
                units, cache = tuple(self.workspace.units()), self.workspace.ocr_cache
                model = self.workspace.own_model()
                task = Task(file.path, decision.name, units, self.road, cache, model)
                under_way.append((file, decision.source_id, self.crew.submit(task)))
                # A bounded queue: answers wait in memory until their turn to be written.
                if len(under_way) >= (1 if self.crew.workers == 1 else 4 * self.crew.workers):
                    self._finish(*under_way.popleft())
            else:
                outcome = Outcome(decision.action, decision.name, incoming.path, original=decision.original)
                self._done(file.place, outcome)
        while under_way:
            self._finish(*under_way.popleft())
        return copies

    def _finish(self, file: Found, source_id: int, job: Job[Task, Answer]) -> None:
        answer = self.crew.answer(job)
        if isinstance(answer, Success):
            answer = self._worse(source_id, job) or self._store(file, source_id, job, answer)
        if isinstance(answer, Failure):
            self._fail(file, job.task.name, source_id, answer)

    def _worse(self, source_id: int, job: Job[Task, Answer]) -> Failure | None:
        """A failure where a page had to be left out that was read from the same content before."""
        held = self.dataset.cautions(source_id) if job.left_out else None
        if held is None:
            return None
        lost = {page for caution in held for page in wholly_lost(caution)}
        for said in job.left_out:
            pages = wholly_lost(said)
            if not pages or not lost.issuperset(pages):
                return Failure(
                    "partly_read", said, "Lần trước đã đọc được: cần nạp lại với --workers nhỏ hơn."
                )
        return None

    def _store(self, file: Found, source_id: int, job: Job[Task, Answer], answer: Success) -> Answer:
        documents = answer.documents
        pages = [last for rows in documents if (last := rows.document["last_page"])]
        if (problem := self._keep_original(file, documents)) is not None:
            return problem
        try:
            made_with = versions(documents) | self.basis
            stored = self.dataset.store(source_id, documents, made_with, max(pages, default=None))
        except (ValueError, ArithmeticError, LookupError, TypeError) as error:
            return internal(error)
        outcome = Outcome(
            stored.outcome,
            job.task.name,
            path_text(file.path),
            documents=len(documents),
            findings=sum(len(rows.findings) for rows in documents),
            original=stored.original,
            left_out=job.left_out,
            lost=stored.lost,
        )
        self._done(file.place, outcome)
        return answer

    def _keep_original(self, file: Found, documents: Sequence[DocumentRows]) -> Failure | None:
        """Copy a file whose text was converted into the workspace, before its records are there."""
        converted = {rows.source_sha256 for rows in documents if rows.conversion and rows.source_sha256}
        try:
            for content in converted:
                originals.keep(file.path, content, self.workspace.originals)
        except originals.Changed:
            return Failure("unreadable", "Tệp bị thay đổi trong khi đang đọc.", "Cần nạp lại tệp.")
        except OSError as error:
            reason = f"Không chép được tệp gốc vào thư mục làm việc: {cause(error)}."
            return Failure("unreadable", reason, "Cần giải phóng ổ đĩa hoặc xin quyền ghi, rồi nạp lại.")
        return None

    def _fail(self, file: Found, name: str, source_id: int, failure: Failure) -> None:
        reason = self.dataset.fail(source_id, failure.code, failure.reason, failure.remedy)
        if failure.trace:
            with self.workspace.log.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(f"{now()} {name}\n{failure.trace}\n")
        outcome = Outcome(
            "failed",
            name,
            path_text(file.path),
            code=failure.code,
            reason=reason,
            remedy=failure.remedy,
        )
        self._done(file.place, outcome)

    def _done(self, place: int, outcome: Outcome) -> None:
        self.outcomes[place] = outcome
        if self.progress is not None:
            self.progress(len(self.outcomes), self.total, outcome)


def _look(file: Found) -> tuple[Incoming, Failure | None]:
    """The file's content by its hash; a failure if it cannot even be opened."""
    try:
        size, content = file.path.stat().st_size, sha256_of(file.path)
    except OSError as error:
        reason = f"Không đọc được tệp: {cause(error)}."
        failure = Failure("unreadable", reason, "Cần kiểm tra tệp còn ở đó và có quyền đọc.")
        return Incoming(path_text(file.path), file.name, None, None), failure
    return Incoming(path_text(file.path), file.name, content, size), None


def _basis(workspace: Workspace) -> dict[str, str]:
    """What files are read with now, beside rasoat itself.

    :class:`models.artefact.ArtefactProblem` if the workspace's own model cannot be used.
    """
    from models import issuers, reporting
    from models.artefact import FOLDER, fingerprint, load

    own = workspace.own_model()
    if own is not None:
        load(own)
    return {
        "units": version_of(workspace.units()),
        "model": fingerprint(own or FOLDER),
        "reporting": reporting.version(),
        "issuers": issuers.version(),
    }


def _of_basis(made_with: Mapping[str, str]) -> dict[str, str]:
    return {name: made_with[name] for name in ("units", "model", "reporting", "issuers") if name in made_with}


def versions(documents: Sequence[Any] = ()) -> dict[str, str]:
    """What the records were made with: rasoat, Python, the libraries that decide results, OCR, conversion."""
    found = {"python": platform.python_version()}
    for package in ("rasoat", "underthesea", "scikit-learn", "pypdfium2", "python-docx", "tesserocr"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    engines = sorted({rows.engine for rows in documents if rows.engine})
    if engines:
        found["ocr"] = ", ".join(engines)
    conversions = sorted({rows.conversion for rows in documents if rows.conversion})
    if conversions:
        found["conversion"] = "; ".join(conversions)
    return found
