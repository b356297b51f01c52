"""The judge of issuers: what it is trained on, that it is rebuilt the same, and what it scores on unseen hands."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest

from annotations.citation_cases import read_cases
from extract.citations.candidates import Candidate, Paper
from extract.citations.passage import Owner
from models.artefact import FOLDER, ArtefactProblem
from models.issuer_training import CASES, UNSEEN, cited, fit, questions, train
from models.issuers import Issuers, Weights, load, save

PAPER = Paper((0, 9), (0, 9), "12/KH-UBND", "kế hoạch", None, "ubnd")


def test_it_is_rebuilt_from_the_cases_and_knows_hands_it_has_not_seen() -> None:
    """The figures are those of judges that had seen no file of the same hand; today's are in the card."""
    model, found = train(CASES)
    stored = load()
    assert model.card["data"] == stored.card["data"]
    assert model.heat == pytest.approx(stored.heat, abs=0.02)
    assert model.weights.keys() == stored.weights.keys()
    assert all(math.isclose(w, stored.weights[term], abs_tol=0.02) for term, w in model.weights.items())
    asked, right, wrong, _ = (sum(row[at] for row in found.values()) for at in range(4))
    assert right / asked > 0.89 and wrong / asked < 0.04
    _, right, wrong, _ = found["papers"]
    assert right > 20 * wrong
    assert not set(found) & set(UNSEEN)


def test_what_measures_is_not_learned_from() -> None:
    assert all((CASES / f"{name}.txt").is_file() for name in UNSEEN)
    assert not set(load().card["data"]["files"]) & set(UNSEEN)


def test_chances_sum_to_one_and_follow_what_speaks_for_each() -> None:
    judge = Issuers(Weights({"good": 2.0, "bad": -2.0}, 1.0, {}))
    found = [
        Candidate(Owner("commune", "na-pe"), "xã Nà Pe", None, features)
        for features in (["good"], ["bad"], ["unknown"])
    ]
    chances = judge(PAPER, found)
    assert sum(chances) == pytest.approx(1)
    assert chances[0] > chances[2] > chances[1]
    cooler = Issuers(Weights({"good": 2.0, "bad": -2.0}, 4.0, {}))(PAPER, found)
    assert chances[0] > cooler[0] > cooler[1] > chances[1]


def test_a_few_cases_are_learned(tmp_path: Path) -> None:
    path = tmp_path / "few.txt"
    case = (
        "[huyen] Xã Nà Pe gửi Báo cáo số {NN/BC-UBND|bc:NN:ubnd-na-pe}.\n"
        "[huyen] Xã Nà Pe nhận Công văn số {NN/UBND-NV|cv:NN:ubnd}.\n"
    )
    rows = [case.replace("NN", str(number)) for number in range(20, 30)]
    path.write_text("".join(rows), encoding="utf-8")
    cases = list(read_cases(path))
    judge = Issuers(fit(questions(cases)))
    for one in cases:
        assert [found.key for found in cited(one, judge)] == [wanted.key for wanted in one.expected]


def test_the_artefact_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    save(Weights({"B|pre1=của": 0.5, "OPEN": -1.25}, 1.5, {"data": {}}), tmp_path)
    back = load(tmp_path)
    assert (back.weights, back.heat) == ({"B|pre1=của": 0.5, "OPEN": -1.25}, 1.5)


def test_a_damaged_artefact_says_how_to_rebuild_it(tmp_path: Path) -> None:
    for name in ("issuers.npz", "issuers.json"):
        shutil.copy(FOLDER / name, tmp_path)
    card = json.loads((tmp_path / "issuers.json").read_text(encoding="utf-8"))
    (tmp_path / "issuers.json").write_text(json.dumps({**card, "sha256": "0"}), encoding="utf-8")
    with pytest.raises(ArtefactProblem, match=r"models\.issuer_training"):
        load(tmp_path)
