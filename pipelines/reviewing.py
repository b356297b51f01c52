"""Between the dataset and the files that people correct: write them, take them in."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from annotations.anchor import SAME, places, shared
from annotations.corrections import Correction, standing, words_before
from annotations.files import Taken, annotation_row, head_at, read_what_can_be
from annotations.records import UNANSWERED, Annotation, AnnotationFile, AnnotationProblem, text_hash
from annotations.sheets import sheet
from corpora.copies.mark import mark_copies
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.judged import Judged, Statement, find_judged, judged, settled
from corpora.ledger import now
from corpora.names import folded_bare, nearest, same_unit
from corpora.review import review_order
from extract.document import Span
from extract.errors import UsageError, WorkspaceProblem

SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """One file for a reviewer: how many statements it holds, how many of them are answered already."""

    path: str
    document: str
    statements: int
    answered: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A statement that two people answered otherwise; the answer of ``reviewer``, the later one, holds."""

    document: str
    text: str
    reviewer: str
    other: str


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that only an answer names; a slip of the pen would look the same. ``like`` are known names."""

    document: str
    name: str
    like: list[str]


@dataclass(frozen=True, slots=True)
class OfCopy:
    """A file about a document that repeats ``original``.

    What is answered there counts nowhere until it is more than in the original.
    """

    document: str
    original: str


@dataclass(slots=True)
class ReviewReport:
    """What came of writing or of taking in files. Problems are files or lines that were left alone."""

    written: list[Written] = field(default_factory=list)
    read: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    new_units: list[NewUnit] = field(default_factory=list)
    copies: list[OfCopy] = field(default_factory=list)
    problems: list[AnnotationProblem] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """1 where something was refused, else 0."""
        return 1 if self.problems else 0

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {
            "written": [_plain(one) for one in self.written],
            "read": self.read,
            "taken": dict(self.taken),
            "repeated": self.repeated,
            "disagreements": [_plain(one) for one in self.disagreements],
            "new_units": [_plain(one) for one in self.new_units],
            "copies": [_plain(one) for one in self.copies],
            "problems": [
                {"path": str(one.path), "line": one.line, "reason": one.reason} for one in self.problems
            ],
        }


def _plain(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


# --- writing ----------------------------------------------------------------------


def write_sheets(
    dataset: Dataset,
    target: Path,
    filters: Filters | None = None,
    limit: int | None = None,
    reviewer: str | None = None,
) -> ReviewReport:
    """Write files for a reviewer, one a document, with the machine's answers filled in.

    Without filters (or with a document alone) and limit they hold whole documents, else the first ``limit``
    statements of the review order. ``target`` is a folder, or a ``.jsonl`` file for one document. What
    a person has answered, in the dataset or in a file that is there already, stays as it is; a file that is
    there and cannot be read whole is left alone and told.

    :class:`UsageError` where one file is asked for and several documents are meant.
    """
    filters = filters or Filters()
    chosen = _chosen(dataset, filters, limit)
    if target.suffix == SUFFIX and len(chosen) > 1:
        raise UsageError(f"{len(chosen)} documents do not fit into one file. Name a folder: --write FOLDER")
    report = ReviewReport()
    for document_id, spans in chosen.items():
        document = judged(dataset, document_id)
        path = target if target.suffix == SUFFIX else target / _name(document)
        try:
            _write(dataset, document, spans, path, reviewer, report)
        except AnnotationProblem as problem:
            report.problems.append(problem)
        except OSError as error:
            raise WorkspaceProblem(f"{path} cannot be written: {error.strerror or error}.") from error
    return report


def _chosen(dataset: Dataset, filters: Filters, limit: int | None) -> dict[str, set[Span] | None]:
    """Documents with the places of the statements that are asked for, ``None`` for all of them."""
    if limit is None and replace(filters, document=None) == Filters():
        if filters.document is not None:
            return dict.fromkeys(dataset.find_documents(filters.document))
        rows = dataset.query(
            "SELECT d.id FROM documents d JOIN sources s ON s.id = d.source_id "
            "WHERE d.duplicate_of IS NULL ORDER BY s.name, d.part"
        )
        return dict.fromkeys(str(row["id"]) for row in rows)
    chosen: dict[str, set[Span] | None] = {}
    for item in review_order(dataset, filters, limit):
        spans = chosen.setdefault(item.document, set())
        assert spans is not None
        spans.add(item.span)
    return dict(sorted(chosen.items()))


def _name(document: Judged) -> PurePosixPath:
    parts = [part for part in PurePosixPath(document.source).parts if part not in ("/", "..")]
    more = f".{document.part}" if document.parts > 1 else ""
    return PurePosixPath(*parts[:-1], f"{parts[-1]}{more}{SUFFIX}")


def _write(
    dataset: Dataset,
    document: Judged,
    spans: set[Span] | None,
    path: Path,
    reviewer: str | None,
    report: ReviewReport,
) -> None:
    placed, _ = dataset.log().of(document.source, document.part, document.text)
    own, lost, named = _of_file(path, document) if path.exists() else ([], [], None)
    if named and reviewer and named != reviewer:
        raise AnnotationProblem(path, None, f"is the file of {named}. Choose another one for {reviewer}.")
    answers = [one.annotation for one in standing(placed)]
    lines = [*own, *(one for one in answers if _is_new(one, own))]
    lines += [_asked(one) for one in document.statements if _is_new(one, lines)]
    if spans is not None:
        lines = [one for one in lines if one in own or any(shared(one.span, span) > SAME for span in spans)]
    lines = [replace(one, n=n) for n, one in enumerate(sorted(lines, key=lambda one: one.span), start=1)]
    content = AnnotationFile(
        document.source,
        document.part,
        text_hash(document.text),
        tuple(lines),
        named or reviewer or "",
        document.model,
    )
    called = f"{document.called or document.source} (nguồn: {document.source}, phần {document.part})"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(sheet(content, called, _notes(document, lines), lost), encoding="utf-8", newline="\n")
    part.replace(path)
    answered = sum(one.answer is not None for one in lines)
    report.written.append(Written(str(path), document.id, len(lines), answered))
    report.copies += _of_copy(dataset, document)


def _of_copy(dataset: Dataset, document: Judged) -> list[OfCopy]:
    sql = """SELECT s.name FROM documents d JOIN documents o ON o.id = d.duplicate_of
        JOIN sources s ON s.id = o.source_id WHERE d.id = ?"""
    return [OfCopy(document.source, str(row["name"])) for row in dataset.query(sql, (document.id,))]


def _of_file(path: Path, document: Judged) -> tuple[list[Annotation], list[str], str | None]:
    """The answers in a file that is there, those whose words the document lacks now, and the reviewer."""
    number, head = head_at(path)
    if (head.document, head.part) != (document.source, document.part):
        reason = f"is about {head.document}, part {head.part}, not {document.source}, part {document.part}."
        raise AnnotationProblem(path, number, reason)
    same = head.text_sha256 == text_hash(document.text)
    taken = read_what_can_be(path, document.text if same else None)
    if taken.problems:
        wrong = taken.problems[0]
        raise AnnotationProblem(path, wrong.line, f"{wrong.reason} The file is left as it is; mend the line.")
    answered = [one for one in taken.file.annotations if one.answer is not None]
    if same:
        return answered, [], head.reviewer
    kept: list[Annotation] = []
    lost: list[str] = []
    for one in answered:
        found = places(one.text, document.text)
        if len(found) == 1:
            kept.append(replace(one, span=found[0], text=document.text[slice(*found[0])]))
        else:
            lost.append(json.dumps(annotation_row(one), ensure_ascii=False))
    return kept, lost, head.reviewer


def _is_new(one: Annotation | Statement, lines: Iterable[Annotation]) -> bool:
    return not any(shared(one.span, other.span) > SAME for other in lines)


def _asked(statement: Statement) -> Annotation:
    said = statement.machine
    return Annotation(
        0, statement.span, statement.text, said.polarity, said.area, said.types, said.units, UNANSWERED, said
    )


def _notes(document: Judged, lines: Sequence[Annotation]) -> Mapping[int, str]:
    """What stands above each statement: its place, and how sure the machine is or who has answered."""
    from pipelines.printing.review import sureness

    notes = {}
    for one in lines:
        statement = document.statement(one.span)
        said = [f"{one.n}/{len(lines)}"]
        if statement is not None and statement.page is not None:
            said.append(f"trang {statement.page}")
        if statement is not None and statement.section:
            said.append(f"mục {'.'.join(statement.section)}")
        if one.reviewer and one.reviewed_at:
            said.append(f"đã duyệt: {one.reviewer}, {'/'.join(reversed(one.reviewed_at[:10].split('-')))}")
        elif statement is not None:
            said.append(sureness(statement.confidence, statement.machine.area))
        notes[one.n] = " · ".join(said)
    return notes


# --- taking in --------------------------------------------------------------------


def read_sheets(dataset: Dataset, paths: Iterable[Path], reviewer: str | None = None) -> ReviewReport:
    """Take in the answers of annotation files, of reviews and of a person's own.

    ``paths`` are files, or folders whose ``*.jsonl`` are meant. Who answered is ``reviewer``, else whom
    the file names, else who is logged in. A file about a document that the dataset lacks or has another text
    of is refused, a wrong line by itself; the rest is taken. To read a file twice adds nothing.

    :class:`UsageError` for a path that does not exist.
    """
    report = ReviewReport(problems=list(dataset.log().problems))
    given: list[Correction] = []
    documents: list[str] = []
    answered: list[Judged] = []
    for path in _files(paths):
        report.read += 1
        try:
            number, head = head_at(path)
            found = find_judged(dataset, head.document, head.part, head.text_sha256)
            if found is None:
                reason = f"the dataset has no document '{head.document}', part {head.part}. Ingest it first."
                raise AnnotationProblem(path, number, reason)
            document = judged(dataset, found)
            if head.text_sha256 != text_hash(document.text):
                reason = (
                    "made on another text than the document has now (text_sha256 differs). "
                    f"Write it anew, answers are carried over by their words: rasoat review --write {path} "
                    f"--document {document.source}"
                )
                raise AnnotationProblem(path, number, reason)
            taken = read_what_can_be(path, document.text)
        except AnnotationProblem as problem:
            report.problems.append(problem)
            continue
        report.problems.extend(taken.problems)
        documents.append(document.id)
        who = reviewer or (head.reviewer or "").strip() or _login()
        before, _ = dataset.log().of(document.source, document.part, document.text)
        new = _answers(document, taken, who, [*before, *given], report)
        given.extend(new)
        answered += [document] if new else []
    report.new_units = _new_units(dataset, given)
    dataset.answer(given, documents)
    if answered:
        mark_copies(dataset)  # what people have answered most of stands for its copies
        report.copies = [copy for document in answered for copy in _of_copy(dataset, document)]
    return report


def _new_units(dataset: Dataset, given: Iterable[Correction]) -> list[NewUnit]:
    """The units that answers name and nothing else in the dataset does."""
    names = [str(row["name"]) for row in dataset.query("SELECT DISTINCT name FROM units")]
    known: dict[str, list[str]] = {}
    for name in names:
        known.setdefault(folded_bare(name), []).append(name)
    found = {
        (one.document, name): NewUnit(one.document, name, nearest(name, names))
        for one in given
        for name in one.annotation.units or ()
        if one.annotation.answer != "rejected"
        and not any(same_unit(name, other) for other in known.get(folded_bare(name), ()))
    }
    return list(found.values())


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder '{path}'.")
        found += sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _answers(
    document: Judged, taken: Taken, who: str, before: Sequence[Correction], report: ReviewReport
) -> list[Correction]:
    """The new answers of one file; what was said before, by whomever, is not said again."""
    time, changed = now(), datetime.fromtimestamp(taken.path.stat().st_mtime, UTC).isoformat()
    digest = text_hash(document.text)
    same = (document.source, document.part)
    about = [one for one in before if one.text_sha256 == digest or (one.document, one.part) == same]
    found: list[Correction] = []
    for one in taken.file.annotations:
        answer = settled(one, document.statement(one.span))
        if answer is None:
            continue
        earlier = [old for old in about if shared(old.annotation.span, one.span) > SAME]
        mine = Correction(
            *same,
            digest,
            words_before(document.text, one.span[0]),
            replace(answer, reviewer=who, reviewed_at=time),
            taken.file.model or document.model,
        )
        # A line that tells of an answer taken in before is that person's, in whosever file it stands.
        told = [old for old in earlier if old.annotation.reviewer == (one.reviewer or who)]
        if _known(mine, told, changed, one.reviewer is not None):
            report.repeated += 1
            continue
        report.taken[str(answer.status)] += 1
        found.append(mine)
        others = [old for old in earlier if old.annotation.reviewer != who and old.says != mine.says]
        if others:
            other = str(others[-1].annotation.reviewer)
            report.disagreements.append(Disagreement(document.source, one.text, who, other))
    return found


def _known(mine: Correction, told: Sequence[Correction], changed: str, retold: bool) -> bool:
    """Whether an answer was taken in before: the last one, or an earlier one that an old file still holds.

    ``told`` are that person's answers to the statement; ``changed`` is when the file was last changed,
    ``retold`` says that the line itself tells of an answer taken in before.
    """
    if not any(old.says == mine.says for old in told):
        return False
    newer = (told[-1].annotation.reviewed_at or "") > changed
    return told[-1].says == mine.says or newer or retold


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
