"""Training, the artefact, and that applying it is what scikit-learn computes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from extract.errors import UsageError
from models import examples
from models.artefact import ArtefactProblem, load, save
from models.classify import Classifier
from models.context import beside_rivals
from models.evaluation import score
from models.examples import Example, data_hash, gold_files, held_out_districts, load_examples
from models.features import Input, featurise
from models.reporting import load_reporting
from models.training import Trained, own_part, topic_part, train, train_command


@pytest.fixture(scope="module")
def some() -> list[Example]:
    """A few districts: enough to train on, quick."""
    files = [
        path for path in gold_files() if path.parent.name in {"lung-vang", "tan-khe", "phong-ha", "cam-tra"}
    ]
    return load_examples(files)


@pytest.fixture(scope="module")
def trained(some: list[Example]) -> Trained:
    return train(some)


def test_training_twice_gives_the_same_bytes(some: list[Example], trained: Trained, tmp_path: Path) -> None:
    first = save(trained.artefact, tmp_path / "a").read_bytes()
    assert save(train(some).artefact, tmp_path / "b").read_bytes() == first


def test_artefact_survives_the_disk(some: list[Example], trained: Trained, tmp_path: Path) -> None:
    save(trained.artefact, tmp_path)
    inputs = [one.input for one in some[:50]]
    assert Classifier(load(tmp_path))(inputs) == Classifier(trained.artefact)(inputs)


def test_applied_scores_are_those_of_scikit_learn(some: list[Example], trained: Trained) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    artefact = trained.artefact
    vectorizer = TfidfVectorizer(
        token_pattern=r"[^\t]+",
        lowercase=False,
        sublinear_tf=True,
        vocabulary=artefact.vocabulary,
        dtype=np.float32,
    )
    vectorizer.fit(["x"])
    vectorizer.idf_ = artefact.idf
    texts = [featurise(one.input) for one in some[:40]]
    matrix = vectorizer.transform(texts)
    names = vectorizer.get_feature_names_out()
    own, topic = own_part(matrix, names), topic_part(matrix, names)
    ours = Classifier(artefact).scores([one.input for one in some[:40]])
    for choice, features, own_features, whole, alone in (
        (artefact.polarity, matrix, own, ours.polarity, ours.own_polarity),
        (artefact.area, topic, own_part(topic, names), ours.area, ours.own_area),
    ):
        assert np.allclose(whole, features @ choice.weights + choice.bias, atol=1e-4)
        assert np.allclose(alone, own_features @ choice.own_weights + choice.own_bias, atol=1e-4)
    assert np.allclose(ours.types, own @ artefact.types.own_weights + artefact.types.own_bias, atol=1e-4)


def test_a_changed_artefact_is_refused_with_the_remedy(trained: Trained, tmp_path: Path) -> None:
    path = save(trained.artefact, tmp_path)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ArtefactProblem, match="rasoat train"):
        load(tmp_path)


def test_a_missing_artefact_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ArtefactProblem, match="rasoat train"):
        load(tmp_path)


def test_an_artefact_of_another_format_is_refused(trained: Trained, tmp_path: Path) -> None:
    save(trained.artefact, tmp_path)
    card = tmp_path / "labels.json"
    content = json.loads(card.read_text(encoding="utf-8"))
    card.write_text(json.dumps(content | {"format": 99}), encoding="utf-8")
    with pytest.raises(ArtefactProblem, match="format 99"):
        load(tmp_path)


def test_names_and_numbers_do_not_decide() -> None:
    a = featurise(Input("Xã Khe Mận mới đạt 12,5% hồ sơ trực tuyến của 204 hồ sơ."))
    b = featurise(Input("Xã Sín Pao mới đạt 30,1% hồ sơ trực tuyến của 97 hồ sơ."))
    assert a == b


def test_how_large_a_share_is_is_seen() -> None:
    none = featurise(Input("Xã trả lời 0/6 dự thảo."))
    assert none != featurise(Input("Xã trả lời 6/6 dự thảo."))


@pytest.mark.parametrize("labels", [3, 16])
def test_a_score_stands_beside_its_two_strongest_rivals(labels: int) -> None:
    scores = np.random.default_rng(5).normal(size=(40, labels)).astype(np.float32)
    beside = beside_rivals(scores)
    for row, given in zip(scores, beside, strict=True):
        for label in range(labels):
            others = sorted(np.delete(row, label), reverse=True)
            assert given[label].tolist() == [row[label], others[0], others[1]]


def test_committed_artefact_belongs_to_the_committed_gold() -> None:
    card = load().card
    assert card["data_sha256"] == data_hash(gold_files()), "the gold changed: run 'rasoat train'"
    assert card["held_out"] == sorted(held_out_districts())
    assert not set(card["districts"]) & set(card["held_out"])


def test_held_out_scores_are_reproduced_and_do_not_fall() -> None:
    """The card's scores are those of the labels alone; reporting, which evaluate adds, costs next to nothing.

    Both stay above what the first release reached.
    """
    held_out = held_out_districts()
    examples = load_examples([path for path in gold_files() if path.parent.name in held_out])
    scores = score(load(), examples)
    in_use = score(load(), examples, load_reporting())
    card = load().card["scores"]
    for task in ("polarity", "area", "types"):
        assert scores[task]["macro_f1"] == pytest.approx(card[task]["macro_f1"], abs=1e-4)
        assert in_use[task]["macro_f1"] >= card[task]["macro_f1"] - 0.001
    assert scores["polarity"]["macro_f1"] >= 0.87
    assert scores["area"]["macro_f1"] >= 0.87
    assert scores["types"]["macro_f1"] >= 0.77
    assert scores["found"] >= 0.97


def test_an_installation_without_the_gold_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "GOLD", tmp_path)
    with pytest.raises(UsageError, match="not part of this installation"):
        train_command(output=tmp_path)
