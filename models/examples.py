"""From annotations to examples: each labelled statement as the road itself finds it.

Training on the road's own statements, headings and leads (not on the annotator's) makes the
classifiers see in training what they will see in use.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotations.anchor import SAME, anchor, shared
from annotations.files import (
    Annotation,
    AnnotationProblem,
    head_at,
    read_annotations,
    read_what_can_be,
    text_hash,
)
from extract.errors import FileProblem, UsageError
from extract.find import find
from extract.reading.read import read
from extract.statements import Statement
from extract.structure.build import Structured, structure
from extract.units.register import Register
from models.features import Input

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "annotations" / "gold"
SECOND = ROOT / "annotations" / "second"
"""A second, blind labelling of some held-out documents: only for measuring how far annotators agree."""
READINGS = ROOT / "annotations" / "readings"
"""Two more of all held-out documents, of area and types: the gold has the types that two of the three say."""
WRITTEN = ROOT / "corpora" / "written"

Where = tuple[str, str, int]
"""District, document and part of an example."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled statement. ``found`` says whether the road found it with (nearly) the same bounds.

    ``part`` counts the documents of one file from 1: statements of one part are neighbours. One that nobody
    labelled has an empty polarity: it is a neighbour of others and teaches nothing.
    """

    district: str
    document: str
    part: int
    input: Input
    polarity: str
    area: str | None
    types: tuple[str, ...]
    found: bool


def held_out_districts(gold: Path = GOLD) -> tuple[str, ...]:
    """The districts that no model is trained on, from ``annotations/gold/split.toml``."""
    with (gold / "split.toml").open("rb") as file:
        return tuple(tomllib.load(file)["held_out"])


def gold_files() -> list[Path]:
    """The annotation files of the written corpus, in a fixed order.

    :class:`UsageError` where the installation has no gold corpus: packages carry none.
    """
    if not (files := sorted(GOLD.glob("*/*.jsonl"))):
        raise UsageError(
            "The gold corpus is not part of this installation. "
            "Train from the source folder; to evaluate, name an annotation folder."
        )
    return files


def data_hash(paths: Iterable[Path]) -> str:
    """The hash of annotation files and of the documents they speak of."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
        digest.update((WRITTEN / read_annotations(path).document).read_bytes())
    return digest.hexdigest()


def load_examples(paths: Iterable[Path] | None = None) -> list[Example]:
    """All labelled statements of ``paths`` (default: the whole gold)."""
    examples: list[Example] = []
    for path in paths if paths is not None else gold_files():
        examples.extend(_of_file(path))
    return examples


def _of_file(path: Path) -> list[Example]:
    content = read_annotations(path)
    parts = structure(read(WRITTEN / content.document))
    structured = parts[content.part - 1]
    statements = find(structured, Register()).statements
    text = structured.document.text
    labelled, _ = anchor(content, text)
    where = (path.parent.name, content.document, content.part)
    return [_example(where, one, statements, text) for one in labelled if one.holds]


def load_folder(
    folder: Path, sources: Mapping[str, Path] | None = None
) -> tuple[list[Example], list[AnnotationProblem]]:
    """The statements that people labelled in any folder of annotation files, and what had to be left out.

    A file's document is looked for below the folder, among ``sources`` (names to paths), and in the written
    corpus. Where its text reads otherwise than when it was annotated, statements are found by their words,
    and it is told how many are not. Lines that nobody answered, or that are rejected, are no examples.
    :class:`UsageError` where there is no such folder or no statement in it.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder '{folder}'.")
    examples: list[Example] = []
    problems: list[AnnotationProblem] = []
    for path in sorted(folder.rglob("*.jsonl")):
        try:
            found, told = _of_any_file(path, folder, sources or {})
        except AnnotationProblem as problem:
            problems.append(problem)
        else:
            examples += found
            problems += told
    if not examples and not problems:
        raise UsageError(f"'{folder}' holds no annotated statement.")
    return examples, problems


def _of_any_file(
    path: Path, folder: Path, sources: Mapping[str, Path]
) -> tuple[list[Example], Sequence[AnnotationProblem]]:
    number, head = head_at(path)
    places = [folder / head.document, path.parent / head.document, WRITTEN / head.document]
    if head.document in sources:
        places.insert(0, sources[head.document])
    place = next((one for one in places if one.is_file()), None)
    if place is None:
        reason = f"its document '{head.document}' is not there. Put it below {folder}."
        raise AnnotationProblem(path, number, reason)
    try:
        parts = structure(read(place, head.document))
    except FileProblem as problem:
        raise AnnotationProblem(path, number, f"its document cannot be read: {problem}") from problem
    if head.part > len(parts):
        raise AnnotationProblem(path, number, f"its document has {len(parts)} parts, not {head.part}.")
    structured = parts[head.part - 1]
    text = structured.document.text
    same = head.text_sha256 == text_hash(text)
    taken = read_what_can_be(path, text if same else None)
    problems = list(taken.problems)
    content = replace(taken.file, annotations=tuple(one for one in taken.file.annotations if one.holds))
    labelled, lost = anchor(content, text)
    if lost:
        reason = f"made on another text: {len(lost)} of {len(content.annotations)} statements are not in it."
        problems.append(AnnotationProblem(path, number, reason))
    where = (path.parent.name, head.document, head.part)
    return (with_neighbours(where, structured, labelled, Register()) if labelled else []), problems


def with_neighbours(
    where: Where, structured: Structured, annotations: Sequence[Annotation], register: Register
) -> list[Example]:
    """The annotated statements of one document among all that the road finds in it, in reading order.

    ``annotations`` are people's, with spans in the document's text. A statement that nobody labelled stands
    between them as a neighbour, for that is how the classifiers see a document.
    """
    text = structured.document.text
    statements = find(structured, register).statements
    placed = [(one.span, _example(where, one, statements, text)) for one in annotations]
    for statement in statements:
        if not any(shared(statement.span, one.span) > 0 for one in annotations):
            placed.append((statement.span, Example(*where, input_of(text, statement), "", None, (), True)))
    return [example for _, example in sorted(placed, key=lambda pair: pair[0])]


def input_of(text: str, statement: Statement) -> Input:
    """A statement of the road as the classifiers see it; a cell of a table by its reading."""
    if statement.cell is not None:
        return Input(statement.cell.reading, statement.titles, named=statement.named)
    words = text[slice(*statement.span)]
    return Input(words, statement.titles, statement.lead, statement.before, statement.named)


def _example(where: Where, one: Annotation, statements: Sequence[Statement], text: str) -> Example:
    best = max(statements, key=lambda statement: shared(statement.span, one.span), default=None)
    found = best is not None and shared(best.span, one.span) > SAME
    if best is not None and found:
        seen = input_of(text, best)
    elif best is not None and shared(best.span, one.span) > 0:
        seen = Input(one.text, best.titles, best.lead, named=best.named)
    else:
        seen = Input(one.text)
    return Example(*where, seen, one.polarity, one.area, one.types, found)
