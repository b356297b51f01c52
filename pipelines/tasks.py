"""What goes to a worker and what comes back: plain values.

The road is named, not passed: a worker imports it by itself, so that nothing heavy is loaded in the process
that writes the dataset. What is done with a task is a function of a module, :func:`work` where files become
documents.
"""

from __future__ import annotations

import importlib
import inspect
import traceback
from dataclasses import dataclass
from pathlib import Path

from corpora.rows import DocumentRows, prepare
from extract.errors import FileProblem, RasoatError, cause
from extract.reading.watch import current


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read. ``road`` is the module whose ``process`` does it.

    ``cache`` is the folder that remembers recognised pages, ``model`` that of the workspace's own model.
    """

    path: Path
    name: str
    units: tuple[Path, ...]
    road: str
    cache: Path | None = None
    model: Path | None = None


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

    Goes through: a wrong call or installation (:class:`RasoatError` that is no :class:`FileProblem`), which
    would be the same for every file, and want of memory, which is for whoever started the process.
    """
    try:
        process = importlib.import_module(task.road).process
        current().alive()
        # a road that recognises nothing has no use for a cache, one that does not learn none for a model
        known = inspect.signature(process).parameters
        given = {"cache": task.cache, "model": task.model}
        more = {name: value for name, value in given.items() if value is not None and name in known}
        documents = process(task.path, task.name, list(task.units), **more)
        return Success([prepare(document) for document in documents])
    except FileProblem as problem:
        return Failure(problem.code, problem.reason, problem.remedy)
    except (RasoatError, MemoryError):
        raise
    except OSError as error:
        if Path(str(error.filename or "")) != task.path:
            return internal(error)
        reason = f"Không đọc được tệp: {cause(error)}."
        return Failure("unreadable", reason, "Cần kiểm tra tệp còn ở đó và có quyền đọc.")
    except Exception as error:
        return internal(error)


def internal(error: Exception) -> Failure:
    """A fault of rasoat's own as an answer, with its traceback for the log."""
    said = " ".join(str(error).split())[:300]
    return Failure(
        "internal_error",
        f"Lỗi bên trong rasoat: {type(error).__name__}{': ' + said if said else ''}.",
        "Cần báo cho nhóm phát triển rasoat, kèm tệp errors.log trong thư mục làm việc.",
        "".join(traceback.format_exception(error)),
    )
