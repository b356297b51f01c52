"""Train the classifiers from the gold: scikit-learn linear models over TF-IDF, calibrated across districts.

The scores that calibration and thresholds are fitted on come from models that have not seen the
district (grouped cross-validation), so that confidence holds for a district nobody has seen.
"""

from __future__ import annotations

import importlib.metadata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from annotations.labels import AREAS, POLARITIES, TYPES
from models.artefact import FOLDER, Array, Artefact, Task, save
from models.evaluation import score
from models.examples import Example, data_hash, gold_files, held_out_districts, load_examples
from models.features import featurise

STRENGTH = 30.0
"""Inverse regularisation (``C``) of the linear models, chosen by district-wise cross-validation."""
FOLDS = 6
LARGEST_VOCABULARY = 60_000
SEED = 20_211_230
_THRESHOLDS = np.linspace(0.2, 0.6, 17)


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training run gives: the artefact and the scores on held-out districts."""

    artefact: Artefact
    scores: dict[str, Any]


def train(examples: Sequence[Example], held_out: Sequence[Example] = ()) -> Trained:
    """Fit, calibrate, and score on ``held_out``. The same examples give the same model."""
    texts = [featurise(one.input) for one in examples]
    groups = np.array([one.district for one in examples])
    vectorizer = TfidfVectorizer(
        token_pattern=r"[^\t]+",
        lowercase=False,
        min_df=2,
        sublinear_tf=True,
        max_features=LARGEST_VOCABULARY,
        dtype=np.float32,
    )
    features = csr_matrix(vectorizer.fit_transform(texts))
    polarity = np.array([one.polarity for one in examples])
    area = np.array([one.area or "" for one in examples])
    deficient = polarity == "deficiency"
    with_area = area != ""
    tasks = {
        "polarity": _choice(features, polarity, groups, tuple(POLARITIES)),
        "area": _choice(features[with_area], area[with_area], groups[with_area], tuple(AREAS)),
        "types": _several(
            features[deficient],
            [one.types for one in examples if one.polarity == "deficiency"],
            groups[deficient],
            tuple(TYPES),
        ),
    }
    artefact = Artefact(dict(vectorizer.vocabulary_), vectorizer.idf_.astype(np.float32), tasks, {})
    scores = score(artefact, held_out) if held_out else {}
    return Trained(artefact, scores)


def train_command(*, output: Path = FOLDER) -> dict[str, Any]:
    """``rasoat train``: rebuild the artefact from the gold and return its card."""
    files = gold_files()
    held_out = held_out_districts()
    examples = load_examples(files)
    seen = [one for one in examples if one.district not in held_out]
    unseen = [one for one in examples if one.district in held_out]
    trained = train(seen, unseen)
    trained.artefact.card = {
        "data_sha256": data_hash(files),
        "statements": len(seen),
        "documents": len({one.document for one in seen}),
        "districts": sorted({one.district for one in seen}),
        "held_out": sorted(held_out),
        "versions": {
            name: importlib.metadata.version(name)
            for name in ("scikit-learn", "numpy", "underthesea", "spacy")
        },
        "settings": {"C": STRENGTH, "folds": FOLDS, "largest_vocabulary": LARGEST_VOCABULARY},
        "scores": trained.scores,
    }
    save(trained.artefact, output)
    return trained.artefact.card


def _model(balanced: bool) -> LogisticRegression:
    return LogisticRegression(
        C=STRENGTH, max_iter=400, class_weight="balanced" if balanced else None, random_state=SEED
    )


def _out_of_district(
    model: LogisticRegression, features: csr_matrix, truth: NDArray[Any], groups: NDArray[Any]
) -> NDArray[Any]:
    """Scores of each example by a model that has not seen its district."""
    folds = GroupKFold(min(FOLDS, len(set(groups))))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        scores: NDArray[Any] = cross_val_predict(
            model, features, truth, groups=groups, cv=folds, method="decision_function", n_jobs=1
        )
    return scores


def _choice(features: csr_matrix, truth: NDArray[Any], groups: NDArray[Any], order: tuple[str, ...]) -> Task:
    """A task whose labels exclude each other."""
    numbers = np.array([order.index(label) for label in truth])
    model = _model(balanced=True)
    scores = _out_of_district(model, features, numbers, groups)
    calibration = LogisticRegression(C=1.0, max_iter=1000).fit(scores, numbers)
    model.fit(features, numbers)
    return Task(
        order,
        _narrow(model.coef_.T),
        _narrow(model.intercept_),
        _narrow(calibration.coef_.T),
        _narrow(calibration.intercept_),
        np.zeros(0, dtype=np.float32),
    )


def _several(
    features: csr_matrix, truth: Sequence[tuple[str, ...]], groups: NDArray[Any], order: tuple[str, ...]
) -> Task:
    """A task whose labels may hold together: one model a label, with its own threshold."""
    columns: list[tuple[Array, float, float, float, float]] = []
    for label in order:
        holds = np.array([label in types for types in truth], dtype=int)
        model = _model(balanced=True)
        scores = _out_of_district(model, features, holds, groups)
        calibration = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), holds)
        chances = calibration.predict_proba(scores.reshape(-1, 1))[:, 1]
        best = max(
            _THRESHOLDS, key=lambda at: (f1_score(holds, chances >= at, zero_division=0.0), -abs(at - 0.4))
        )
        model.fit(features, holds)
        columns.append(
            (
                _narrow(model.coef_[0]),
                float(model.intercept_[0]),
                float(calibration.coef_[0, 0]),
                float(calibration.intercept_[0]),
                float(best),
            )
        )
    return Task(
        order,
        np.stack([column[0] for column in columns], axis=1),
        *(np.array([column[at] for column in columns], dtype=np.float32) for at in range(1, 5)),
    )


def _narrow(values: NDArray[Any]) -> Array:
    return np.ascontiguousarray(values, dtype=np.float32)
