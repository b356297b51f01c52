"""The gold is what it claims to be: enough, varied, distinct, valid, and at its places."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from annotations.agreement import load_pairs
from annotations.anchor import anchor
from annotations.files import (
    Annotation,
    AnnotationFile,
    read_annotations,
    text_hash,
)
from extract.reading.read import read
from extract.structure.build import structure
from models.corpus import Place, label_counts, load_places, near_pairs
from models.duplicates import masked
from models.examples import GOLD, SECOND, WRITTEN, gold_files, held_out_districts


@pytest.fixture(scope="module")
def gold() -> dict[str, AnnotationFile]:
    return {f"{path.parent.name}/{path.stem}": read_annotations(path) for path in gold_files()}


@pytest.fixture(scope="module")
def places() -> list[Place]:
    found, problems = load_places()
    assert not problems
    return found


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


def test_no_near_duplicates_stand_on_both_sides_of_the_split(places: list[Place]) -> None:
    across = [
        f"{one.likeness:.2f}: "
        + " | ".join(
            f"{side.document}, n {side.annotation.n}: {side.annotation.text}"
            for side in (one.first, one.second)
        )
        for one in near_pairs(places)
        if one.across
    ]
    assert not across, "\n".join(across)


def test_every_label_has_enough_examples(places: list[Place]) -> None:
    counts = label_counts(places)
    assert not [f"{one.label}: {one.total}" for one in counts if one.rare]
    assert not [one for one in counts if min(one.training, one.held_out) < 10], "too few on one side"


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


def test_the_second_reading_is_of_held_out_documents_alone_and_large_enough() -> None:
    paired, problems = load_pairs(GOLD, SECOND)
    assert not problems
    assert {one.document.split("/")[0] for one in paired} <= set(held_out_districts())
    assert sum(len(one.both) for one in paired) >= 600
    assert not any(one.only_first or one.only_second for one in paired)
