"""Statements to labels with calibrated confidence.

The linear models are trained by scikit-learn (``models/training.py``); here they are applied as
what they are, a weighted sum of features. A test holds both ways of computing equal.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.artefact import FOLDER, LABELS, Array, Artefact, Choice, Several, fingerprint, load
from models.context import beside_rivals, look_around
from models.features import Input, features_of, is_own, is_topic
from models.reporting import REPORTS, Reporting, load_reporting

AREA_OF_INFORMATION = 0.5
"""Below this confidence a piece of information keeps no area."""
_REMEMBERED = 50_000
"""Statements whose scores are kept: reports of one district repeat each other word by word."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one statement; confidences are calibrated, ``types`` parallel to ``types_confidence``.

    ``area`` is ``None`` where a piece of information has no sure one; ``likely_area`` is the best one always.
    ``reports`` is the probability that the paper tells here what somebody did (:mod:`models.reporting`).
    """

    polarity: str
    polarity_confidence: float
    area: str | None
    area_confidence: float
    likely_area: str
    types: tuple[str, ...]
    types_confidence: tuple[float, ...]
    reports: float = 1.0

    @property
    def judges(self) -> bool:
        """Whether somebody is praised or blamed."""
        return self.polarity in ("deficiency", "achievement")


@dataclass(frozen=True, slots=True)
class Scores:
    """Raw scores of statements, one row each, before neighbours and calibration."""

    polarity: Array
    area: Array
    own_polarity: Array
    own_area: Array
    types: Array


class Classifier:
    """Applies a trained artefact. Equal statements are scored once however often they come.

    With ``reporting``, a statement that does not report is information, whatever its words sound like.
    """

    def __init__(self, artefact: Artefact, reporting: Reporting | None = None) -> None:
        self.artefact = artefact
        self._reporting = reporting
        self._own = np.concatenate([artefact.polarity.own_weights, artefact.types.own_weights], axis=1)
        self._bias = np.concatenate(
            [
                artefact.polarity.bias,
                artefact.area.bias,
                artefact.polarity.own_bias,
                artefact.types.own_bias,
                artefact.area.own_bias,
            ]
        )
        terms = sorted(artefact.vocabulary, key=artefact.vocabulary.__getitem__)
        self._is_own = np.fromiter(map(is_own, terms), dtype=bool, count=len(terms))
        self._is_topic = np.fromiter(map(is_topic, terms), dtype=bool, count=len(terms))
        self._score = lru_cache(maxsize=_REMEMBERED)(self._score_one)

    def __call__(self, inputs: Sequence[Input]) -> list[Labels]:
        """The labels of the statements of one document, given in their order: neighbours are evidence."""
        if not inputs:
            return []
        scores = self.scores(inputs)
        model = self.artefact
        polarity = chances_of_choice(
            model.polarity, look_around(scores.polarity, scores.own_polarity, scores.area, inputs)
        )
        area = chances_of_choice(
            model.area, look_around(scores.area, scores.own_area, scores.polarity, inputs)
        )
        types = chances_of_several(model.types, scores.types)
        labels = [_labels(model.types, *row) for row in zip(polarity, area, types, strict=True)]
        if self._reporting is None:
            return labels
        return [_heard(label, sure) for label, sure in zip(labels, self._reporting(inputs), strict=True)]

    def scores(self, inputs: Sequence[Input]) -> Scores:
        """The raw scores of statements, each by itself."""
        rows = np.stack([self._score(one) for one in inputs])
        polarities, areas, types = map(len, LABELS.values())
        ends = np.cumsum([polarities, areas, polarities, types])
        polarity, area, own_polarity, of_types, own_area = np.split(rows, ends, axis=1)
        return Scores(polarity, area, own_polarity, own_area, of_types)

    def _score_one(self, one: Input) -> Array:
        """TF-IDF (sublinear, unit length) times the weights of all models at once."""
        find: Callable[[str], int | None] = self.artefact.vocabulary.get
        counts = Counter(map(find, features_of(one)))
        del counts[None]  # features that the vocabulary lacks
        rows = np.fromiter(counts, dtype=np.int64, count=len(counts))
        tf = [1.0 if count == 1 else 1 + math.log(count) for count in counts.values()]
        weights = np.array(tf, dtype=np.float32) * self.artefact.idf[rows]
        own, topic = self._is_own[rows], self._is_topic[rows]
        model = self.artefact
        looks = (
            (topic, model.area.weights),
            (own, self._own),
            (own & topic, model.area.own_weights),
        )
        sums = [_sum(rows[kept], weights[kept], columns) for kept, columns in looks]
        scores: Array = np.concatenate([_sum(rows, weights, model.polarity.weights), *sums]) + self._bias
        return scores


def _sum(rows: NDArray[np.int64], values: Array, weights: Array) -> Array:
    """The values, brought to unit length, times the weights of their rows."""
    if not len(rows):
        return np.zeros(weights.shape[1], dtype=np.float32)
    unit = values.copy()
    unit /= math.sqrt(float(values @ values))
    scores: Array = unit @ weights[rows]
    return scores


def chances_of_choice(choice: Choice, inputs: Array) -> Array:
    """Calibrated probabilities (statements × labels) from the inputs of the second look."""
    logits = inputs @ choice.judge + choice.shift
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: Array = powers / powers.sum(axis=1, keepdims=True)
    return chances


def chances_of_several(several: Several, scores: Array) -> Array:
    """Calibrated probabilities (statements × labels) that a label holds, whether or not others do."""
    logits = np.einsum("nli,il->nl", beside_rivals(scores), several.judge) + several.shift
    chances: Array = 1 / (1 + np.exp(-logits))
    return chances


def _labels(several: Several, polarities: Array, areas: Array, chances: Array) -> Labels:
    polarity, sure = _best("polarity", polarities)
    likely_area, area_sure = _best("area", areas)
    unsure = polarity == "information" and area_sure < AREA_OF_INFORMATION
    types: list[tuple[str, float]] = []
    if polarity == "deficiency":
        types = [
            (label, round(float(chance), 4))
            for label, chance, threshold in zip(LABELS["types"], chances, several.thresholds, strict=True)
            if chance >= threshold
        ] or [_best("types", chances)]
    return Labels(
        polarity,
        sure,
        None if unsure else likely_area,
        area_sure,
        likely_area,
        tuple(label for label, _ in types),
        tuple(chance for _, chance in types),
    )


def _heard(label: Labels, reports: float) -> Labels:
    """The label where the paper reports; where it does not, nobody is praised or blamed."""
    if reports >= REPORTS or not label.judges:
        return replace(label, reports=reports)
    area = label.area if label.area_confidence >= AREA_OF_INFORMATION else None
    sure = round(1 - reports, 4)
    return Labels("information", sure, area, label.area_confidence, label.likely_area, (), (), reports)


def _best(decision: str, chances: Array) -> tuple[str, float]:
    at = int(chances.argmax())
    return LABELS[decision][at], round(float(chances[at]), 4)


def default_classifier() -> Classifier:
    """The classifier of the artefact that lies beside the code, loaded once a process."""
    return classifier_in(FOLDER)


def classifier_in(folder: Path) -> Classifier:
    """The classifier of the artefact in a folder, loaded once a process and anew when it was replaced."""
    return _loaded(folder, fingerprint(folder))


@lru_cache(maxsize=2)
def _loaded(folder: Path, _: str) -> Classifier:
    return Classifier(load(folder), load_reporting())
