"""The annotation file: what people say about one document, as JSON lines.

The first entry names the document and the hash of the canonical text that the spans point into;
every further one is an annotated statement::

    {"record": "annotation_file", "schema": 1, "document": "lung-vang/01-bao-cao.md", "part": 1,
     "text_sha256": "…"}
    {"record": "annotation", "n": 1, "span": [310, 402], "text": "…", "polarity": "deficiency",
     "area": "steering", "types": ["incomplete"], "units": null}

``units`` are names with their kind, ``null`` (or an empty list) where the unit is the heading's. A file
for a reviewer (:mod:`annotations.sheets`) has a status on every line and the machine's answer beside the
person's. People write these files by hand and by script, so reading checks all that can be checked and
says file, line and reason of what is wrong.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from annotations.checking import (
    SCHEMA,
    WrongError,
    annotation_of,
    check_order,
    check_text,
    entries,
    head_of,
    overlap,
    row_of,
)
from annotations.records import Annotation, AnnotationFile, AnnotationProblem, MachineAnswer, text_hash
from extract.errors import UsageError

__all__ = [
    "Annotation",
    "AnnotationFile",
    "AnnotationProblem",
    "Folder",
    "MachineAnswer",
    "Taken",
    "files_about",
    "head_at",
    "read_annotations",
    "read_folder",
    "read_what_can_be",
    "text_hash",
    "write_annotations",
]


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder of annotation files gave: the good ones in the order of their paths, and the rest."""

    files: tuple[tuple[Path, AnnotationFile], ...]
    problems: tuple[AnnotationProblem, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be taken from one file: ``lines`` are the numbers of its annotations' first lines."""

    path: Path
    file: AnnotationFile
    lines: tuple[int, ...]
    problems: tuple[AnnotationProblem, ...]


def write_annotations(path: Path, content: AnnotationFile) -> None:
    """Write ``content``; the same content gives the same bytes.

    What :func:`read_annotations` would refuse is refused here, before anything is written.
    """
    rows = [head_row(content), *map(annotation_row, content.annotations)]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"
    _parsed(lines, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines, encoding="utf-8", newline="\n")


def head_row(content: AnnotationFile) -> dict[str, Any]:
    """The head of a file as its JSON object."""
    row = {
        "record": "annotation_file",
        "schema": SCHEMA,
        "document": content.document,
        "part": content.part,
        "text_sha256": content.text_sha256,
    }
    more = {"reviewer": content.reviewer, "model": content.model}
    return row | {name: value for name, value in more.items() if value is not None}


def annotation_row(one: Annotation) -> dict[str, Any]:
    """An annotation as its JSON object; what only a review has is left out where it is not given."""
    row = {"record": "annotation", **asdict(one), "units": one.units or None}
    for name in ("status", "machine", "reviewer", "reviewed_at"):
        if row[name] is None:
            del row[name]
    return row


def read_annotations(path: Path, text: str | None = None) -> AnnotationFile:
    """Read and check an annotation file; :class:`AnnotationProblem` names the line that is wrong.

    With ``text``, the canonical text of the document, the hash and the words at every span are
    checked too. Whoever expects the text to have changed uses :func:`annotations.anchor.anchor`.
    """
    return _parsed(_raw(path), path, text)


def head_at(path: Path) -> tuple[int, AnnotationFile]:
    """The line and content of a file's head alone, to find the document that the file is about."""
    for number, entry in entries(_raw(path)):
        try:
            return number, head_of(row_of(entry))
        except WrongError as wrong:
            raise AnnotationProblem(path, number + wrong.line, str(wrong)) from wrong
    raise AnnotationProblem(path, None, "the file is empty.")


def read_what_can_be(path: Path, text: str | None = None) -> Taken:
    """Read a file that a person worked on: each wrong line is told, the others are taken.

    With ``text``, lines need not stand in reading order, and those that a person added may leave out ``n``
    and ``span``. Of two statements that overlap the one that stands later in the file is refused; one
    that is rejected, or that nobody has answered, is in nobody's way. :class:`AnnotationProblem` where
    the head is wrong or belongs to another text: then nothing can be taken.
    """
    number, head = head_at(path)
    if text is not None:
        try:
            check_text(head, text)
        except WrongError as wrong:
            raise AnnotationProblem(path, number, str(wrong)) from wrong
    found: list[tuple[int, Annotation]] = []
    problems: list[AnnotationProblem] = []
    for at, entry in entries(_raw(path)):
        if at == number:
            continue
        try:
            one = annotation_of(row_of(entry), text)
            for _, other in found:
                if one.holds and other.holds and _overlap(one, other):
                    raise overlap(one, other)
        except WrongError as wrong:
            problems.append(AnnotationProblem(path, at + wrong.line, str(wrong)))
        else:
            found.append((at, one if text is None else replace(one, text=text[slice(*one.span)])))
    found.sort(key=lambda pair: pair[1].span)
    numbered = tuple(replace(one, n=place) for place, (_, one) in enumerate(found, start=1))
    content = replace(head, annotations=numbered)
    return Taken(path, content, tuple(at for at, _ in found), tuple(problems))


def _overlap(one: Annotation, other: Annotation) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def read_folder(folder: Path) -> Folder:
    """Read every ``*.jsonl`` below ``folder``: one bad file is told and does not hide the others.

    A second file about the same part of a document is a problem of that file. :class:`UsageError`
    where there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder '{folder}'.")
    good: dict[tuple[str, int], tuple[Path, AnnotationFile]] = {}
    problems: list[AnnotationProblem] = []
    for path in sorted(folder.rglob("*.jsonl")):
        try:
            content = read_annotations(path)
        except AnnotationProblem as problem:
            problems.append(problem)
            continue
        key = (content.document, content.part)
        if key in good:
            problems.append(
                AnnotationProblem(
                    path, 1, f"{key[0]}, part {key[1]}, is annotated in {good[key][0]} already."
                )
            )
        else:
            good[key] = (path, content)
    return Folder(tuple(good.values()), tuple(problems))


def files_about(folder: Path, document: str) -> list[Path]:
    """The annotation files below ``folder`` whose head names ``document``; none where there is no folder."""
    found = []
    for path in sorted(folder.rglob("*.jsonl")):
        try:
            _, head = head_at(path)
        except AnnotationProblem:
            continue
        if head.document == document:
            found.append(path)
    return found


def _raw(path: Path) -> str:
    try:
        data = path.read_bytes()
        # Editors on Windows put a byte order mark first; Word and Notepad's "Unicode" is UTF-16.
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        # Every line end becomes one sign, as when a text file is read.
        return re.sub("\r\n?", "\n", data.decode("utf-16" if wide else "utf-8-sig"))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 (byte {error.start}: {error.reason}). Save it as UTF-8 or as Unicode text."
        raise AnnotationProblem(path, None, reason) from error
    except OSError as error:
        raise AnnotationProblem(path, None, f"cannot be read ({error.strerror or error}).") from error


def _parsed(raw: str, path: Path, text: str | None = None) -> AnnotationFile:
    head: AnnotationFile | None = None
    found: list[Annotation] = []
    for number, entry in entries(raw):
        try:
            row = row_of(entry)
            if head is None:
                head = head_of(row)
                if text is not None:
                    check_text(head, text)
            else:
                one = annotation_of(row)
                check_order(one, found[-1] if found else None)
                if text is not None and text[slice(*one.span)] != one.text:
                    raise WrongError("the document has other words at the span, or ends before it.")
                found.append(one)
        except WrongError as wrong:
            raise AnnotationProblem(path, number + wrong.line, str(wrong)) from wrong
    if head is None:
        raise AnnotationProblem(path, None, "the file is empty.")
    return replace(head, annotations=tuple(found))
