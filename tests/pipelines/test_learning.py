"""The loop closed: reviewers' answers train a model, which is used only where it is no worse."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from annotations.anchor import anchor
from annotations.files import AnnotationFile, read_annotations, text_hash, write_annotations
from annotations.labels import AREAS, POLARITIES, TYPES
from corpora.judged import judged
from extract.errors import UsageError
from models.artefact import ArtefactProblem, fingerprint, load, save
from models.examples import WRITTEN, Example, gold_files, load_examples
from models.training import card, train
from pipelines import learning
from pipelines.ingest import ingest
from pipelines.learning import held_out_documents, learn
from pipelines.reviewing import read_sheets
from pipelines.workspace import Workspace

SEEN, UNSEEN, OFFICE = ("lung-vang", "cam-tra"), ("phong-ha",), "bau-sim"
WIDE = 0.5
"""A margin that lets a model of a gold this small pass; whether one gains is measured in tests/bench."""


@pytest.fixture(autouse=True)
def road(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real road, in this process."""
    monkeypatch.setenv("RASOAT_PATIENCE", "0")


@pytest.fixture(autouse=True)
def small_gold(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A gold of a few districts: enough to learn from, quick."""
    files = [path for path in gold_files() if path.parent.name in (*SEEN, *UNSEEN)]
    monkeypatch.setattr(learning, "gold_files", lambda: files)
    monkeypatch.setattr(learning, "held_out_districts", lambda: UNSEEN)
    monkeypatch.setattr(learning, "load_examples", lambda paths: _examples(tuple(paths)))
    return files


@lru_cache(maxsize=1)
def _examples(paths: tuple[Path, ...]) -> list[Example]:
    """The gold does not change between tests."""
    return load_examples(paths)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the small gold alone."""
    files = [path for path in gold_files() if path.parent.name in SEEN]
    examples = load_examples(files)
    made = train(examples).artefact
    made.card = card(examples, UNSEEN, "0", {})
    save(made, folder := tmp_path_factory.mktemp("base"))
    return folder


@pytest.fixture
def office(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with the documents of one office, read with the small model."""
    monkeypatch.setattr(learning, "FOLDER", base)
    workspace = Workspace(tmp_path / "ws")
    assert not ingest([WRITTEN / OFFICE], workspace, 1).failed
    return workspace


def answers(workspace: Workspace, folder: Path, wrong: random.Random | None = None) -> list[Path]:
    """What a reviewer would say who labels as the gold does, or at random."""
    made = []
    with workspace.open() as dataset:
        for path in (path for path in gold_files() if path.parent.name == OFFICE):
            gold = read_annotations(path)
            (document_id,) = dataset.find_documents(Path(gold.document).name)
            document = judged(dataset, document_id)
            found, _ = anchor(gold, document.text)
            if wrong is not None:
                found = [replace(one, **_any_labels(wrong)) for one in found]
            found = sorted(found, key=lambda one: one.span)
            content = AnnotationFile(document.source, 1, text_hash(document.text), tuple(found))
            write_annotations(folder / f"{path.stem}.jsonl", content)
            made.append(folder / f"{path.stem}.jsonl")
    return made


def _any_labels(wrong: random.Random) -> dict[str, Any]:
    polarity = wrong.choice(list(POLARITIES))
    types = (wrong.choice(list(TYPES)),) if polarity == "deficiency" else ()
    return {"polarity": polarity, "area": wrong.choice(list(AREAS)), "types": types}


def test_a_better_model_takes_the_place_and_files_are_read_anew(office: Workspace) -> None:
    answers(office, office.annotations)
    learned = learn(office, WIDE)
    assert learned.replaced and learned.exit_status == 0, learned.comparison.falls
    assert len(learned.trained_documents) + len(learned.held_out_documents) == 4
    assert learned.held_out_documents and learned.trained_documents and not learned.words_only
    assert learned.statements > 250
    figures = {(one.on, one.decision): one for one in learned.comparison.figures}
    assert len(figures) == 6 and figures["corrections", "polarity"].statements > 20
    assert learned.comparison.helped
    made = load(office.model).card
    assert made["corrections"]["trained_documents"] == learned.trained_documents
    assert made["statements"] > 500
    report = ingest([WRITTEN / OFFICE], office, 1)
    assert report.counts == {"replaced": 4}
    with office.open() as dataset:
        assert {entry.versions["model"] for entry in dataset.sources()} == {fingerprint(office.model)}
        assert {record["status"] for record in dataset.records() if record["record"] == "finding"} >= {
            "accepted"
        }
    assert ingest([WRITTEN / OFFICE], office, 1).counts == {"unchanged": 4}
    # the model was made with these very answers: the same answers give the same model
    assert learn(office, WIDE).model == learned.model


def test_random_answers_are_refused_and_nothing_is_replaced(office: Workspace) -> None:
    answers(office, office.annotations, random.Random(7))
    learned = learn(office)
    assert not learned.replaced and learned.exit_status == 1
    assert learned.comparison.falls
    assert all(one.before - one.after > learned.margin for one in learned.comparison.falls)
    assert office.own_model() is None


def test_wrong_lines_are_told_and_the_rest_is_learned_from(office: Workspace) -> None:
    path, *others = answers(office, office.annotations)
    rows = path.read_text(encoding="utf-8").split("\n")
    rows[3] = rows[3].replace('"polarity": "', '"polarity": "un')
    path.write_text("\n".join(rows), encoding="utf-8")
    others[0].write_text(
        others[0].read_text("utf-8").replace('"text_sha256": "', '"text_sha256": "0'), "utf-8"
    )
    learned = learn(office, WIDE)
    assert learned.replaced and learned.exit_status == 1
    assert [(one.path, one.line) for one in learned.problems] == [(path, 4), (others[0], 1)]
    assert learned.statements > 100


def test_the_machine_never_learns_its_own_answers(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a document that is half answered the other half is there without labels."""
    path = answers(office, office.annotations)[0]
    rows = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(rows[:11]), encoding="utf-8")
    for other in sorted(office.annotations.iterdir())[1:]:
        other.unlink()
    seen: list[Any] = []
    monkeypatch.setattr(learning, "train", lambda examples: seen.extend(examples) or train(examples))
    learned = learn(office, WIDE)
    mine = [one for one in seen if one.district.startswith("workspace")]
    assert learned.statements == len([one for one in mine if one.polarity]) == 10
    assert len(mine) > 50 and learned.held_out_documents == []


def test_a_file_that_is_gone_is_learned_from_by_its_words(office: Workspace) -> None:
    answers(office, office.annotations)
    with office.open() as dataset:
        read_sheets(dataset, [office.annotations])
        with dataset.transaction() as connection:
            connection.execute("UPDATE sources SET path = path || '.gone'")
    learned = learn(office, WIDE)
    assert len(learned.words_only) == 4 and learned.replaced


def test_nothing_to_learn_from(office: Workspace) -> None:
    with pytest.raises(UsageError, match="review --write"):
        learn(office)


def test_a_model_that_does_not_fit_names_the_remedy(office: Workspace, base: Path) -> None:
    save(load(base), office.model)
    path = office.model / "labels.json"
    path.write_text(path.read_text("utf-8").replace('"underthesea": "', '"underthesea": "0.'), "utf-8")
    with pytest.raises(ArtefactProblem, match=r"underthesea 0\.\d.*train --with-corrections.*remove"):
        ingest([WRITTEN / OFFICE], office, 1)
    path.unlink()
    with pytest.raises(ArtefactProblem, match="train --with-corrections"):
        ingest([WRITTEN / OFFICE], office, 1)


def test_what_is_held_out_never_changes_sides(office: Workspace) -> None:
    with office.open() as dataset:
        one = judged(dataset, dataset.find_documents("01-bao-cao-6-thang-2018.txt")[0])
    documents = [replace(one, source=f"{number}.md") for number in range(40)]
    whole = held_out_documents(documents)
    assert 4 <= len(whole) <= 16
    for count in range(2, 40):
        held = held_out_documents(documents[:count])
        assert held and (len(held) == 1 or held <= whole)
        assert len(held) < count
    assert held_out_documents(documents[:1]) == set()
