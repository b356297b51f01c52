"""What people answered to the machine: a layer of its own that is only ever added to.

One file beside the dataset, one JSON line for each answer: who, when, what, about which words of which
document, and what the machine of which version had said. Nothing here is changed when a file is
read anew or a model is replaced; the dataset shows the machine's answers with these laid over them
(``corpora.reviewed``). Of several answers to one statement the latest holds, the others stay readable.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from annotations.anchor import CONTEXT, SAME, place_by_context, shared
from annotations.checking import WrongError, annotation_of, row_of
from annotations.files import annotation_row
from annotations.records import Annotation, AnnotationProblem, text_hash

FILE_NAME = "corrections.jsonl"
"""The layer's name in a workspace folder."""

_OWN = ("document", "part", "text_sha256", "before", "model")


@dataclass(frozen=True, slots=True)
class Correction:
    """One answer of one person.

    ``document`` is the source's name, ``part`` counts its documents from 1, ``text_sha256`` is the text that
    ``annotation.span`` points into and ``before`` what stands in it before the statement. The annotation
    names reviewer and time; its status is never that of an unanswered line. ``model`` is the version of the
    machine whose answer was judged, ``None`` where it is not known.
    """

    document: str
    part: int
    text_sha256: str
    before: str
    annotation: Annotation
    model: str | None = None

    @property
    def says(self) -> object:
        """What is said of the statement, equal for equal answers whoever gave them and whenever."""
        said = self.annotation
        if said.answer == "rejected":
            return "rejected"
        return said.polarity, said.area, frozenset(said.types), frozenset(said.units or ())


@dataclass(frozen=True)
class Log:
    """All answers in the order in which they were given, and the lines that cannot be read."""

    corrections: tuple[Correction, ...] = ()
    problems: tuple[AnnotationProblem, ...] = ()

    def of(self, document: str, part: int, text: str) -> tuple[list[Correction], list[Correction]]:
        """The answers about one document with their places in ``text``, and those whose words it lacks.

        A document is known by its source and part, or by having the very text that was judged: a file
        may have been moved.
        """
        digest = text_hash(text)
        placed: list[Correction] = []
        lost: list[Correction] = []
        about = {*self._about.get((document, part), ()), *self._about.get(digest, ())}
        for one in (self.corrections[at] for at in sorted(about)):
            if one.text_sha256 == digest:
                placed.append(one)
            else:
                span = place_by_context(one.annotation.text, one.before, text)
                if span is None:
                    lost.append(one)
                    continue
                found = replace(one.annotation, span=span, text=text[slice(*span)])
                placed.append(replace(one, annotation=found))
        return placed, lost

    @cached_property
    def _about(self) -> dict[object, list[int]]:
        """The answers by the document, and by the text, that they are about."""
        found: dict[object, list[int]] = defaultdict(list)
        for at, one in enumerate(self.corrections):
            found[one.document, one.part].append(at)
            found[one.text_sha256].append(at)
        return found


def read_log(path: Path) -> Log:
    """The layer of a workspace; empty where nobody has answered yet.

    A line that cannot be read (a disk was full, a hand slipped) is told and hides no other.
    """
    try:
        raw = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Log()
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationProblem(path, None, f"cannot be read ({error}).") from error
    found: list[Correction] = []
    problems: list[AnnotationProblem] = []
    for number, line in enumerate(raw.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(_correction(row_of(line)))
        except WrongError as wrong:
            problems.append(AnnotationProblem(path, number, str(wrong)))
    return Log(tuple(found), tuple(problems))


def append(path: Path, corrections: Sequence[Correction]) -> None:
    """Add answers to the layer; they are on the disk when this returns."""
    if not corrections:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            whole = file.read(1) == b"\n"
            file.write(b"" if whole else b"\n")  # a line that was cut off stays alone
        file.write("".join(_line(one) for one in corrections).encode())
        file.flush()
        os.fsync(file.fileno())


def forget(path: Path, document: str) -> int:
    """Take out the answers about a source that is to be forgotten; how many there were.

    The one thing that takes from the layer: whoever forgets a document wants its words gone.
    """
    if not path.exists():
        return 0
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not _is_about(line, document)]
    if gone := len(lines) - len(kept):
        part = path.with_suffix(".part")
        part.write_text("\n".join(kept), encoding="utf-8", newline="\n")
        part.replace(path)
    return gone


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """The answers that hold, in reading order, of all about one text in the order in which they came.

    A later answer takes the place of those about the same statement, and one that cuts the statement
    otherwise takes the place of all that it covers in part. To reject a statement takes away no other.
    """
    held: list[Correction] = []
    for one in corrections:
        held = [other for other in held if not _replaces(one.annotation, other.annotation)]
        held.append(one)
    return sorted(held, key=lambda one: one.annotation.span)


def _replaces(later: Annotation, earlier: Annotation) -> bool:
    if shared(later.span, earlier.span) > SAME:
        return True
    both = later.holds and earlier.holds
    return both and later.span[0] < earlier.span[1] and earlier.span[0] < later.span[1]


def words_before(text: str, start: int) -> str:
    """What is kept of the text before a statement."""
    return text[max(0, start - CONTEXT) : start]


def _line(one: Correction) -> str:
    row = annotation_row(one.annotation)
    del row["record"], row["n"]
    own = {name: value for name, value in asdict(one).items() if name in _OWN}
    return json.dumps({"record": "correction", **own, **row}, ensure_ascii=False) + "\n"


def _correction(row: dict[str, Any]) -> Correction:
    if row.get("record") != "correction":
        raise WrongError(f"record is {row.get('record')!r}, not 'correction'.")
    rest = {name: value for name, value in row.items() if name not in _OWN}
    one = annotation_of({**rest, "record": "annotation", "n": 1})
    if one.answer in (None, "given") or not one.reviewer or not one.reviewed_at:
        raise WrongError("an answer needs a status, a reviewer and a time.")
    document, part, before = row.get("document"), row.get("part"), row.get("before")
    if not isinstance(document, str) or not isinstance(before, str) or type(part) is not int:
        raise WrongError("document, part or before is missing.")
    return Correction(document, part, str(row.get("text_sha256")), before, one, row.get("model"))


def _is_about(line: str, document: str) -> bool:
    try:
        return bool(line.strip()) and row_of(line).get("document") == document
    except WrongError:
        return False
