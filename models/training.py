"""Train the classifiers from the gold: linear support vector machines over TF-IDF, judged across districts.

Whatever is fitted on scores (the second look, calibration, thresholds) is fitted on scores of models that
have not seen the district (grouped cross-validation): confidence holds for a district nobody has seen.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from models.artefact import FOLDER, LABELS, Array, Artefact, Choice, Several, save
from models.context import beside_rivals, look_around
from models.evaluation import score
from models.evidence import EvidenceSVC
from models.examples import Example, data_hash, gold_files, held_out_districts, load_examples
from models.features import featurise, is_own, is_topic

CHOICE_STRENGTH = 1.0
TYPES_STRENGTH = 1.0
"""Inverse regularisation (``C``) of the linear models, chosen by district-wise cross-validation."""
FOLDS = 6
LARGEST_VOCABULARY = 120_000
SEED = 20_211_230
_THRESHOLDS = np.linspace(0.2, 0.6, 17)

Truth = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training run gives: the artefact and the scores on held-out districts."""

    artefact: Artefact
    scores: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """TF-IDF for one decision: ``whole``, and of the ``own`` words alone; ``folds`` part districts."""

    whole: csr_matrix
    own: csr_matrix
    folds: list[tuple[Truth, Truth]]


def train(examples: Sequence[Example], held_out: Sequence[Example] = ()) -> Trained:
    """Fit, calibrate, and score on ``held_out``. The same examples give the same model.

    An example without labels is its neighbours' context only.
    """
    vectorizer = TfidfVectorizer(
        token_pattern=r"[^\t]+",
        lowercase=False,
        min_df=2,
        sublinear_tf=True,
        max_features=LARGEST_VOCABULARY,
        dtype=np.float32,
    )
    whole = csr_matrix(vectorizer.fit_transform([featurise(one.input) for one in examples]))
    names = vectorizer.get_feature_names_out()
    own, topic = own_part(whole, names), topic_part(whole, names)
    districts = np.array([one.district for one in examples])
    folds = list(GroupKFold(min(FOLDS, len(set(districts)))).split(whole, groups=districts))
    tables = {"polarity": Table(whole, own, folds), "area": Table(topic, own_part(topic, names), folds)}
    polarity = np.array([LABELS["polarity"].index(one.polarity) if one.polarity else -1 for one in examples])
    area = np.array([LABELS["area"].index(one.area) if one.area else -1 for one in examples])
    choices = _choices(tables, examples, {"polarity": polarity, "area": area})
    types = np.array([[label in one.types for label in LABELS["types"]] for one in examples])
    deficient = np.array([one.polarity == "deficiency" for one in examples])
    artefact = Artefact(
        dict(vectorizer.vocabulary_),
        _narrow(vectorizer.idf_),
        choices["polarity"],
        choices["area"],
        _several(own[deficient], types[deficient], districts[deficient]),
        {},
    )
    return Trained(artefact, score(artefact, held_out) if held_out else {})


def own_part(whole: csr_matrix, names: Sequence[str]) -> csr_matrix:
    """The features of the statements' own words alone, at their columns, again of unit length."""
    return _part(whole, names, is_own)


def topic_part(whole: csr_matrix, names: Sequence[str]) -> csr_matrix:
    """The features without the statements' form, at their columns, again of unit length.

    Area is decided without the form: in cross-validation over districts it gains nothing from it (.918 with
    and without).
    """
    return _part(whole, names, is_topic)


def _part(whole: csr_matrix, names: Sequence[str], keeps: Callable[[str], bool]) -> csr_matrix:
    kept = diags(np.array([keeps(name) for name in names], dtype=np.float32))
    return csr_matrix(normalize(whole @ kept))


def train_command(*, output: Path = FOLDER) -> dict[str, Any]:
    """``rasoat train``: rebuild the artefact from the gold and return its card."""
    files = gold_files()
    held_out = held_out_districts()
    examples = load_examples(files)
    seen = [one for one in examples if one.district not in held_out]
    unseen = [one for one in examples if one.district in held_out]
    trained = train(seen, unseen)
    trained.artefact.card = card(seen, held_out, data_hash(files), trained.scores)
    save(trained.artefact, output)
    return trained.artefact.card


def card(
    seen: Sequence[Example], held_out: Sequence[str], digest: str, scores: dict[str, Any]
) -> dict[str, Any]:
    """What an artefact says of itself: what it was trained on, with which versions, and how it scores."""
    return {
        "data_sha256": digest,
        "statements": sum(bool(one.polarity) for one in seen),
        "documents": len({one.document for one in seen}),
        "districts": sorted({one.district for one in seen}),
        "held_out": sorted(held_out),
        "versions": {
            name: importlib.metadata.version(name)
            for name in ("scikit-learn", "numpy", "underthesea", "spacy")
        },
        "settings": {
            "C": {"choice": CHOICE_STRENGTH, "types": TYPES_STRENGTH},
            "folds": FOLDS,
            "largest_vocabulary": LARGEST_VOCABULARY,
        },
        "scores": scores,
    }


def _choices(
    tables: dict[str, Table], examples: Sequence[Example], truths: dict[str, Truth]
) -> dict[str, Choice]:
    """Polarity and area: linear models, then the second look over scores of unseen districts."""
    firsts = {name: _FirstLook(tables[name], truth, len(LABELS[name])) for name, truth in truths.items()}
    result: dict[str, Choice] = {}
    for name, truth in truths.items():
        first, other = firsts[name], firsts["area" if name == "polarity" else "polarity"]
        blocks = []
        at = 0
        for _, group in groupby(examples, key=lambda one: (one.document, one.part)):
            inputs = [one.input for one in group]
            rows = slice(at, at + len(inputs))
            blocks.append(look_around(first.unseen[rows], first.own_unseen[rows], other.unseen[rows], inputs))
            at += len(inputs)
        around = np.concatenate(blocks)
        known = truth >= 0
        judge = LogisticRegression(C=1.0, max_iter=5000).fit(around[known], truth[known])
        result[name] = Choice(
            *first.weights, *first.own_weights, _narrow(judge.coef_.T), _narrow(judge.intercept_)
        )
    return result


class _FirstLook:
    """The linear models of one choice, and the scores that models without the district would have given."""

    def __init__(self, table: Table, truth: Truth, labels: int) -> None:
        weighed = EvidenceSVC(C=CHOICE_STRENGTH, random_state=SEED)
        plain = LinearSVC(C=CHOICE_STRENGTH, class_weight="balanced", random_state=SEED)
        self.weights, self.unseen = self._fit(weighed, table, table.whole, truth, labels)
        # Of the own words alone evidence says no more than the machine finds: up to .2 points less with it.
        self.own_weights, self.own_unseen = self._fit(plain, table, table.own, truth, labels)

    @staticmethod
    def _fit(
        kind: EvidenceSVC | LinearSVC, table: Table, features: csr_matrix, truth: Truth, labels: int
    ) -> tuple[tuple[Array, Array], Array]:
        def fitted(rows: Truth) -> EvidenceSVC | LinearSVC:
            rows = rows[truth[rows] >= 0]
            return clone(kind).fit(features[rows], truth[rows])

        unseen = np.zeros((len(truth), labels), dtype=np.float32)
        for seen, hidden in table.folds:
            unseen[hidden] = fitted(seen).decision_function(features[hidden])
        model = fitted(np.arange(len(truth)))
        return (_narrow(model.coef_.T), _narrow(model.intercept_)), unseen


def _several(features: csr_matrix, truth: NDArray[np.bool_], districts: NDArray[Any]) -> Several:
    """Types: one model a label, then the second look beside the rivals, with a threshold a label."""
    folds = list(GroupKFold(min(FOLDS, len(set(districts)))).split(features, groups=districts))
    unseen = np.zeros(truth.shape, dtype=np.float32)
    models = []
    for label, holds in enumerate(truth.T.astype(int)):
        for seen, hidden in folds:
            unseen[hidden, label] = _one_type(features[seen], holds[seen]).decision_function(features[hidden])
        models.append(_one_type(features, holds))
    inputs = beside_rivals(unseen)
    judges, thresholds = [], []
    for label, holds in enumerate(truth.T.astype(int)):
        judge = LogisticRegression(C=1e6, max_iter=5000).fit(inputs[:, label], holds)
        judges.append(judge)
        thresholds.append(_best_threshold(holds, judge.predict_proba(inputs[:, label])[:, 1]))
    return Several(
        np.stack([_narrow(model.coef_[0]) for model in models], axis=1),
        _narrow(np.array([model.intercept_[0] for model in models])),
        np.stack([_narrow(judge.coef_[0]) for judge in judges], axis=1),
        _narrow(np.array([judge.intercept_[0] for judge in judges])),
        _narrow(np.array(thresholds)),
    )


def _best_threshold(holds: Truth, chances: NDArray[np.float64]) -> float:
    """The chance from which a label is given, for the best F1; of equal ones the nearest to 0.4."""
    return float(
        max(_THRESHOLDS, key=lambda at: (f1_score(holds, chances >= at, zero_division=0.0), -abs(at - 0.4)))
    )


def _one_type(features: csr_matrix, holds: Truth) -> LinearSVC:
    return LinearSVC(C=TYPES_STRENGTH, random_state=SEED).fit(features, holds)


def _narrow(values: NDArray[Any]) -> Array:
    return np.ascontiguousarray(values, dtype=np.float32)
