"""Scores on any annotation folder: what people labelled, among what the road finds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotations.files import read_annotations
from extract.errors import UsageError
from models import evaluation
from models.artefact import ArtefactProblem, fingerprint, load, save
from models.evaluation import evaluate_command, evaluate_folder
from models.examples import GOLD, WRITTEN, load_examples, load_folder

LETTER = "bau-sim/03-cong-van-phe-binh-2023"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "f" / "bau-sim").mkdir(parents=True)
    shutil.copy(GOLD / f"{LETTER}.jsonl", tmp_path / "f" / "bau-sim")
    return tmp_path / "f"


def edited(folder: Path, old: str, new: str) -> Path:
    path = folder / f"{LETTER}.jsonl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_folder_scores_as_the_gold_does(folder: Path) -> None:
    scores, problems = evaluate_folder(folder)
    count = len(read_annotations(folder / f"{LETTER}.jsonl").annotations)
    assert not problems and scores["statements"] == count
    of_the_gold = evaluation.score(load(), load_examples([GOLD / f"{LETTER}.jsonl"]))
    assert scores["polarity"] == of_the_gold["polarity"] and scores["types"] == of_the_gold["types"]
    assert scores["polarity"]["macro_f1"] > 0.7 and 0 < scores["at_0.9"]["of_all"] <= 1
    assert set(scores["types"]["labels"]) == set(load().card["labels"]["types"])


def test_a_document_may_lie_below_the_folder_or_anywhere(folder: Path, tmp_path: Path) -> None:
    path = edited(folder, "bau-sim/03", "elsewhere/03")
    (told,) = load_folder(folder)[1]
    assert (told.path, told.line) == (path, 1) and "is not there" in told.reason
    source = WRITTEN / f"{LETTER}.txt"
    examples, problems = load_folder(folder, {"elsewhere/03-cong-van-phe-binh-2023.txt": source})
    assert examples and not problems
    (folder / "elsewhere").mkdir()
    shutil.copy(source, folder / "elsewhere")
    assert load_folder(folder)[0] == examples


def test_wrong_lines_are_told_and_the_rest_is_scored(folder: Path) -> None:
    whole, _ = load_folder(folder)
    path = edited(folder, '"polarity": "', '"polarity": "un')
    examples, (problem,) = load_folder(folder)
    assert (problem.path, problem.line) == (path, 2)
    assert sum(bool(one.polarity) for one in examples) == sum(bool(one.polarity) for one in whole) - 1


def test_statements_of_another_text_are_found_by_their_words(folder: Path) -> None:
    digest = read_annotations(folder / f"{LETTER}.jsonl").text_sha256
    edited(folder, digest, "0" * 64)
    assert load_folder(folder) == (load_folder(folder)[0], [])
    path = folder / f"{LETTER}.jsonl"
    rows = path.read_text(encoding="utf-8").split("\n")
    row = json.loads(rows[1])
    row["text"] = "y" * len(row["text"])
    path.write_text("\n".join([rows[0], json.dumps(row), *rows[2:]]), encoding="utf-8")
    assert "1 of" in load_folder(folder)[1][0].reason


def test_only_what_people_answered_is_scored(folder: Path) -> None:
    path = folder / f"{LETTER}.jsonl"
    head, *rows = path.read_text(encoding="utf-8").strip().split("\n")
    unseen, rejected, accepted = (json.loads(row) for row in rows[:3])
    labels = {name: unseen[name] for name in ("polarity", "area", "types")}
    unseen |= {"status": "machine", "machine": labels}
    rejected |= {"status": "rejected"}
    accepted |= {"status": "accepted"}
    path.write_text("\n".join([head, *map(json.dumps, (unseen, rejected, accepted))]), encoding="utf-8")
    examples, problems = load_folder(folder)
    assert not problems and len(examples) > 3
    assert [one.input.text for one in examples if one.polarity] == [accepted["text"]]


def test_folders_that_hold_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UsageError):
            evaluate_folder(folder)


def test_a_model_of_another_gold_is_refused_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "data_hash", lambda files: "0" * 64)
    with pytest.raises(ArtefactProblem, match=r"another gold.*rasoat train"):
        evaluate_command()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"versions": {"underthesea": "0.1"}}, "words that underthesea 0.1 made"),
        ({"versions": {}}, "underthesea None"),
        ({"labels": {"polarity": ["good"]}}, "other labels of 'polarity'"),
        ({"labels": []}, "other labels"),
        ({"format": 1}, "format 1"),
        ({"sha256": "0"}, "does not match its card"),
    ],
)
def test_a_card_that_does_not_fit_is_refused_with_the_remedy(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    save(load(), tmp_path)
    path = tmp_path / "labels.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(card | change), encoding="utf-8")
    with pytest.raises(ArtefactProblem, match=said) as caught:
        load(tmp_path)
    assert "rasoat train --with-corrections" in str(caught.value) and str(tmp_path) in str(caught.value)


def test_the_same_model_has_the_same_fingerprint(tmp_path: Path) -> None:
    save(load(), tmp_path)
    assert fingerprint(tmp_path) == fingerprint()
