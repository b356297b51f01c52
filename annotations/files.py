"""The annotation file: what people say about one document, as JSON lines.

The first line names the document and the hash of the canonical text that the spans point into;
every further line is one annotated statement::

    {"record": "annotation_file", "schema": 1, "document": "lung-vang/01-bao-cao.md", "part": 1,
     "text_sha256": "…"}
    {"record": "annotation", "n": 1, "span": [310, 402], "text": "…", "polarity": "deficiency",
     "area": "steering", "types": ["incomplete"], "units": null}

``units`` are names with their kind, ``null`` (or an empty list) where the unit is the heading's.
People write these files by hand and by script, so reading checks all that can be checked and says
file, line and reason of the first thing that is wrong.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from extract.document import Span
from extract.errors import RasoatError, UsageError

SCHEMA = 1
_HASH = re.compile(r"[0-9a-f]{64}")


class AnnotationProblem(RasoatError):
    """An annotation file that cannot be used.

    ``path`` is the file as the caller named it, ``line`` counts from 1 and is ``None`` where the
    whole file is meant, ``reason`` is a sentence; ``str(error)`` holds all three.
    """

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        super().__init__(f"{path}{'' if line is None else f', line {line}'}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Annotation:
    """One statement with the labels that a person gave it.

    ``n`` counts from 1 in reading order, ``span`` is start and end in code points of the canonical
    text, ``text`` the words between them. Only information may have no area, and a deficiency
    alone has types, at least one.
    """

    n: int
    span: Span
    text: str
    polarity: str
    area: str | None
    types: tuple[str, ...]
    units: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class AnnotationFile:
    """The annotations of one document, in reading order; their spans do not overlap.

    ``part`` counts the documents of one source file from 1.
    """

    document: str
    part: int
    text_sha256: str
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder of annotation files gave: the good ones in the order of their paths, and the rest."""

    files: tuple[tuple[Path, AnnotationFile], ...]
    problems: tuple[AnnotationProblem, ...]


def text_hash(text: str) -> str:
    """The hash that ties spans to the text they point into."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_annotations(path: Path, content: AnnotationFile) -> None:
    """Write ``content``; the same content gives the same bytes.

    What :func:`read_annotations` would refuse is refused here, before anything is written.
    """
    head = {
        "record": "annotation_file",
        "schema": SCHEMA,
        "document": content.document,
        "part": content.part,
        "text_sha256": content.text_sha256,
    }
    rows = (
        {"record": "annotation", **asdict(one), "units": one.units or None} for one in content.annotations
    )
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in (head, *rows)) + "\n"
    _parsed(lines, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines, encoding="utf-8", newline="\n")


def read_annotations(path: Path, text: str | None = None) -> AnnotationFile:
    """Read and check an annotation file; :class:`AnnotationProblem` names the line that is wrong.

    With ``text``, the canonical text of the document, the hash and the words at every span are
    checked too. Whoever expects the text to have changed uses :func:`annotations.anchor.anchor`.
    """
    try:
        # Editors on Windows put a byte order mark first.
        raw = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnnotationProblem(path, None, f"not UTF-8 (byte {error.start}: {error.reason}).") from error
    except OSError as error:
        raise AnnotationProblem(path, None, f"cannot be read ({error.strerror or error}).") from error
    return _parsed(raw, path, text)


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


class _WrongError(Exception):
    """The reason why a line is refused; becomes an :class:`AnnotationProblem` with file and line."""


def _parsed(raw: str, path: Path, text: str | None = None) -> AnnotationFile:
    head: tuple[str, int, str] | None = None
    found: list[Annotation] = []
    # Not splitlines(): a text may hold U+2028 and its like, which JSON leaves as they are.
    for number, line in enumerate(raw.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = _json(line)
            if head is None:
                head = _head(row, text)
            else:
                found.append(_annotation(row, found[-1] if found else None, text))
        except _WrongError as wrong:
            raise AnnotationProblem(path, number, str(wrong)) from wrong
    if head is None:
        raise AnnotationProblem(path, None, "the file is empty.")
    return AnnotationFile(*head, tuple(found))


def _json(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is a plain ValueError, deep nesting a RecursionError.
        raise _WrongError(f"not JSON ({getattr(error, 'msg', error)}).") from error
    if not isinstance(row, dict):
        raise _WrongError("not a JSON object.")
    return row


def _head(row: dict[str, Any], text: str | None) -> tuple[str, int, str]:
    if row.get("record") != "annotation_file" or row.get("schema") != SCHEMA:
        raise _WrongError(f"no head of an annotation file of schema {SCHEMA}.")
    _only(row, ("record", "schema", "document", "part", "text_sha256"))
    document, part, digest = _string(row, "document"), _whole(row, "part"), _string(row, "text_sha256")
    if part < 1:
        raise _WrongError(f"part is {part}; parts count from 1.")
    if not _HASH.fullmatch(digest):
        raise _WrongError("text_sha256 is not 64 hexadecimal digits in small letters.")
    if text is not None and digest != text_hash(text):
        raise _WrongError("made on another text than the document has now (text_sha256 differs).")
    return document, part, digest


def _annotation(row: dict[str, Any], before: Annotation | None, text: str | None) -> Annotation:
    if row.get("record") != "annotation":
        raise _WrongError(f"record is {row.get('record')!r}, not 'annotation'.")
    _only(row, ("record", *(field.name for field in fields(Annotation))))
    one = Annotation(
        _whole(row, "n"),
        _span(row),
        _string(row, "text"),
        _string(row, "polarity"),
        _string(row, "area") if _field(row, "area") is not None else None,
        _strings(row, "types"),
        (_strings(row, "units") or None) if row.get("units") is not None else None,
    )
    _check_labels(one)
    _check_place(one, before, text)
    return one


def _check_labels(one: Annotation) -> None:
    _known("polarity", one.polarity, POLARITIES)
    if one.area is not None:
        _known("area", one.area, AREAS)
    elif one.polarity != "information":
        raise _WrongError("unknown area null; only information may have no area.")
    for code in one.types:
        _known("type", code, TYPES)
    if len(set(one.types)) < len(one.types):
        raise _WrongError("a type stands twice.")
    if bool(one.types) != (one.polarity == "deficiency"):
        raise _WrongError("a deficiency has at least one type, and nothing else has any.")


def _check_place(one: Annotation, before: Annotation | None, text: str | None) -> None:
    start, end = one.span
    if start < 0 or start >= end:
        raise _WrongError(f"the span is empty or begins before the text ({start}, {end}).")
    if end - start != len(one.text):
        raise _WrongError(f"the span is {end - start} code points long and the text {len(one.text)}.")
    if one.n < 1 or (before is not None and one.n <= before.n):
        raise _WrongError(f"n is {one.n}; n counts up from 1.")
    if before is not None and start < before.span[1]:
        how = "overlaps" if end > before.span[0] else "stands before"
        raise _WrongError(f"the span ({start}, {end}) {how} that of n {before.n} {before.span}.")
    if text is not None and text[start:end] != one.text:
        raise _WrongError("the document has other words at the span, or ends before it.")


def _known(kind: str, code: str, labels: Collection[str]) -> None:
    if code not in labels:
        raise _WrongError(f"unknown {kind} {code!r}; one of {', '.join(labels)}.")


def _only(row: dict[str, Any], names: Collection[str]) -> None:
    # A misspelt field would be lost in silence when the file is written again.
    if unknown := sorted(row.keys() - set(names)):
        raise _WrongError(f"unknown field {unknown[0]!r}; the fields are {', '.join(names)}.")


def _field(row: dict[str, Any], name: str) -> Any:
    if name not in row:
        raise _WrongError(f"the field {name!r} is missing.")
    return row[name]


def _string(row: dict[str, Any], name: str) -> str:
    value = _field(row, name)
    if not isinstance(value, str) or not value:
        raise _WrongError(f"{name} is no text, or empty.")
    return value


def _strings(row: dict[str, Any], name: str) -> tuple[str, ...]:
    value = _field(row, name)
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one for one in value):
        raise _WrongError(f"{name} is no list of texts.")
    return tuple(value)


def _whole(row: dict[str, Any], name: str) -> int:
    value = _field(row, name)
    if type(value) is not int:  # True is an int to isinstance()
        raise _WrongError(f"{name} is no whole number.")
    return value


def _span(row: dict[str, Any]) -> Span:
    value = _field(row, "span")
    if not isinstance(value, list | tuple) or len(value) != 2 or any(type(at) is not int for at in value):
        raise _WrongError("span is no pair of whole numbers.")
    return value[0], value[1]
