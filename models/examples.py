"""From the gold to examples: each labelled statement as the road itself finds it.

Training on the road's own statements, headings and leads (not on the annotator's) makes the
classifiers see in training what they will see in use.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotations.anchor import SAME, anchor, shared
from annotations.files import Annotation, AnnotationFile, read_annotations
from extract.find import find
from extract.reading.read import read
from extract.statements import Statement
from extract.structure.build import structure
from extract.units.register import Register
from models.features import Input

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "annotations" / "gold"
SECOND = ROOT / "annotations" / "second"
"""A second, blind reading of some held-out documents: only for measuring how far annotators agree."""
WRITTEN = ROOT / "corpora" / "written"


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled statement. ``found`` says whether the road found it with (nearly) the same bounds.

    ``part`` counts the documents of one file from 1: statements of one part are neighbours.
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
    """The annotation files of the written corpus, in a fixed order."""
    return sorted(GOLD.glob("*/*.jsonl"))


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
    return [_example(path.parent.name, content, one, statements, text) for one in labelled]


def _example(
    district: str, content: AnnotationFile, one: Annotation, statements: list[Statement], text: str
) -> Example:
    best = max(statements, key=lambda statement: shared(statement.span, one.span), default=None)
    found = best is not None and shared(best.span, one.span) > SAME
    context = best if best is not None and shared(best.span, one.span) > 0 else None
    words = text[slice(*best.span)] if best is not None and found else one.text
    return Example(
        district,
        content.document,
        content.part,
        Input(words, context.titles, context.lead, context.before if found else "", context.named)
        if context
        else Input(words),
        one.polarity,
        one.area,
        one.types,
        found,
    )
