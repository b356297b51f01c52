"""The annotation file: what people say about one document, as JSON lines.

The first line names the document and the hash of the canonical text that the spans point into;
every further line is one annotated statement::

    {"record": "annotation_file", "schema": 1, "document": "lung-vang/01-bao-cao.md", "part": 1,
     "text_sha256": "…"}
    {"record": "annotation", "n": 1, "span": [310, 402], "text": "…", "polarity": "deficiency",
     "area": "steering", "types": ["incomplete"], "units": null}

``units`` are names with their kind, ``null`` where the unit is the heading's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from extract.document import Span
from extract.errors import RasoatError

SCHEMA = 1


class AnnotationProblem(RasoatError):
    """An annotation file that cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One statement with the labels that a person gave it."""

    n: int
    span: Span
    text: str
    polarity: str
    area: str | None
    types: tuple[str, ...]
    units: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class AnnotationFile:
    """The annotations of one document, in reading order."""

    document: str
    part: int
    text_sha256: str
    annotations: tuple[Annotation, ...]


def text_hash(text: str) -> str:
    """The hash that ties spans to the text they point into."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_annotations(path: Path, content: AnnotationFile) -> None:
    """Write ``content``; the same content gives the same bytes."""
    head = {
        "record": "annotation_file",
        "schema": SCHEMA,
        "document": content.document,
        "part": content.part,
        "text_sha256": content.text_sha256,
    }
    rows: Iterable[dict[str, Any]] = ({"record": "annotation", **asdict(one)} for one in content.annotations)
    lines = [json.dumps(row, ensure_ascii=False) for row in (head, *rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_annotations(path: Path) -> AnnotationFile:
    """Read and check an annotation file; :class:`AnnotationProblem` names the line that is wrong."""
    head: dict[str, Any] | None = None
    found: list[Annotation] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise AnnotationProblem(f"{path.name}, line {number}: not JSON ({error.msg}).") from error
        if head is None:
            if (
                not isinstance(row, dict)
                or row.get("record") != "annotation_file"
                or row.get("schema") != SCHEMA
            ):
                raise AnnotationProblem(
                    f"{path.name}, line {number}: no head of an annotation file of schema {SCHEMA}."
                )
            head = row
            continue
        found.append(_checked(row, path.name, number, found[-1] if found else None))
    if head is None:
        raise AnnotationProblem(f"{path.name}: the file is empty.")
    return AnnotationFile(head["document"], int(head["part"]), head["text_sha256"], tuple(found))


def _checked(row: Any, name: str, number: int, before: Annotation | None) -> Annotation:
    def wrong(reason: str) -> AnnotationProblem:
        return AnnotationProblem(f"{name}, line {number}: {reason}")

    try:
        one = Annotation(
            int(row["n"]),
            (int(row["span"][0]), int(row["span"][1])),
            str(row["text"]),
            row["polarity"],
            row["area"],
            tuple(row["types"]),
            tuple(row["units"]) if row.get("units") else None,
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise wrong(f"a field is missing or of the wrong type ({error}).") from error
    if one.polarity not in POLARITIES:
        raise wrong(f"unknown polarity {one.polarity!r}; one of {', '.join(POLARITIES)}.")
    if (one.area is None and one.polarity != "information") or (
        one.area is not None and one.area not in AREAS
    ):
        raise wrong(f"unknown area {one.area!r}; one of {', '.join(AREAS)}.")
    if unknown := [code for code in one.types if code not in TYPES]:
        raise wrong(f"unknown type {unknown[0]!r}; one of {', '.join(TYPES)}.")
    if bool(one.types) != (one.polarity == "deficiency"):
        raise wrong("a deficiency has at least one type, and nothing else has any.")
    if one.span[0] >= one.span[1] or (before is not None and one.span[0] < before.span[1]):
        raise wrong("the span is empty or overlaps the one before.")
    return one
