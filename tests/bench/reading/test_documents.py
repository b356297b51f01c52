"""The documents of the benchmark are whole letters in the form, and nothing that is fitted has seen them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.build_lexicon import WRITTEN, build
from corpora.forms import written_forms
from extract.reading.spelling.lexicon import FILE

from .run import DOCUMENTS, chosen

PATHS = sorted(path for path in DOCUMENTS.rglob("*") if path.is_file())
SEEN = (WRITTEN, WRITTEN.parent / "samples", WRITTEN.parents[1] / "annotations" / "gold")
"""What the lexicon, the samples' expectations and the models are made from."""


def pairs(text: str) -> set[str]:
    return {line for line in text.splitlines() if not line.startswith("#")}


def places(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]


def test_every_document_is_in_the_form() -> None:
    assert len(PATHS) == len(written_forms(DOCUMENTS)) == 8
    assert len({form.fields["kind"] for form in chosen(4)}) == 4


def test_lexicon_has_not_seen_them() -> None:
    with_them = {line.rsplit(" ", 1)[0] for line in pairs(build(places(WRITTEN) + places(DOCUMENTS)))}
    without = {line.rsplit(" ", 1)[0] for line in pairs(FILE.read_text(encoding="utf-8"))}
    assert with_them - without, "the documents say nothing new"
    assert pairs(FILE.read_text(encoding="utf-8")) == pairs(build(places(WRITTEN)))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_other_document_shares_its_place_its_signer_or_a_sentence(path: Path) -> None:
    seen = "\n".join(
        other.read_text(encoding="utf-8")
        for folder in SEEN
        for other in sorted(folder.rglob("*"))
        if other.suffix in (".md", ".txt", ".csv", ".json", ".jsonl", ".toml")
    )
    text = path.read_text(encoding="utf-8")
    own = [line.strip("*#|- ") for line in text.splitlines()]
    form = next(form for form in chosen(8) if form.name == f"{path.parent.name}/{path.stem}")
    assert form.fields["signer"] not in seen
    assert form.date_line.partition(",")[0] not in seen
    assert not [line for line in own if len(line) > 70 and line in seen]
