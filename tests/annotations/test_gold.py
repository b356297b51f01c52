"""The gold is what it claims to be: enough, varied, distinct, valid, and at its places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from annotations.anchor import anchor
from annotations.files import (
    Annotation,
    AnnotationFile,
    read_annotations,
    text_hash,
)
from annotations.labels import AREAS, POLARITIES, TYPES
from extract.reading.read import read
from extract.structure.build import structure
from extract.vietnamese import CAPITALISED
from models.examples import WRITTEN, gold_files, held_out_districts


@pytest.fixture(scope="module")
def gold() -> dict[str, AnnotationFile]:
    return {f"{path.parent.name}/{path.stem}": read_annotations(path) for path in gold_files()}


def masked(text: str) -> str:
    return re.sub(r"\W+", " ", re.sub(CAPITALISED, "_", re.sub(r"\d+", "0", text))).strip().lower()


def test_size_and_spread(gold: dict[str, AnnotationFile]) -> None:
    assert len(gold) >= 40
    assert len({name.split("/")[0] for name in gold}) >= 8
    years = {int(found[-1]) for name in gold if (found := re.findall(r"20\d\d", name))}
    assert min(years) <= 2009 and max(years) >= 2025


def test_statements_are_distinct_when_names_and_numbers_are_masked(gold: dict[str, AnnotationFile]) -> None:
    counts = Counter(masked(one.text) for content in gold.values() for one in content.annotations)
    assert len(counts) >= 1500
    repeated = sum(count - 1 for count in counts.values())
    assert repeated <= 0.01 * sum(counts.values())


def test_no_statement_stands_on_both_sides_of_the_split(gold: dict[str, AnnotationFile]) -> None:
    held_out = held_out_districts()
    sides: dict[str, set[bool]] = defaultdict(set)
    for name, content in gold.items():
        for one in content.annotations:
            if len(one.text.split()) > 5:
                sides[masked(one.text)].add(name.split("/")[0] in held_out)
    assert not [text for text, both in sides.items() if len(both) > 1]


def test_every_label_has_examples_on_both_sides(gold: dict[str, AnnotationFile]) -> None:
    held_out = held_out_districts()
    for side in (True, False):
        seen = Counter[str]()
        for name, content in gold.items():
            if (name.split("/")[0] in held_out) is side:
                for one in content.annotations:
                    seen.update([one.polarity, one.area or "", *one.types])
        assert all(seen[label] >= 10 for label in (*POLARITIES, *AREAS, *TYPES)), side


@pytest.mark.parametrize("path", gold_files()[::9], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_spans_are_verbatim(path: Path) -> None:
    content = read_annotations(path)
    text = structure(read(WRITTEN / content.document))[content.part - 1].document.text
    found, lost = anchor(content, text)
    assert not lost
    assert all(text[slice(*one.span)] == one.text for one in found)


def test_statements_are_found_again_after_the_text_changed() -> None:
    old = "Một. Chưa có sổ. Hai."
    content = AnnotationFile(
        "a",
        1,
        text_hash(old),
        (Annotation(1, (5, 16), "Chưa có sổ.", "deficiency", "procedures", ("not_issued",)),),
    )
    new = "Thêm một câu. Một. Chưa có\nsổ. Hai."
    (found,), lost = anchor(content, new)
    assert new[slice(*found.span)] == "Chưa có\nsổ."
    assert not lost
    assert anchor(content, "Không còn gì.")[1] == list(content.annotations)
