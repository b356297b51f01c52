"""Statements to labels with calibrated confidence.

The linear models are trained by scikit-learn (``models/training.py``); here they are applied as
what they are, a weighted sum of features. A test holds both ways of computing equal.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from models.artefact import Array, Artefact, Task, load
from models.features import Input, features_of

AREA_OF_INFORMATION = 0.5
"""Below this confidence a piece of information keeps no area."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one statement; confidences are calibrated, ``types`` parallel to ``types_confidence``."""

    polarity: str
    polarity_confidence: float
    area: str | None
    area_confidence: float
    types: tuple[str, ...]
    types_confidence: tuple[float, ...]


class Classifier:
    """Applies a trained artefact. Equal statements are computed once however often they come."""

    def __init__(self, artefact: Artefact) -> None:
        self._vocabulary = artefact.vocabulary
        self._idf = artefact.idf
        self._tasks = artefact.tasks
        self._weights = np.concatenate([task.weights for task in artefact.tasks.values()], axis=1)
        self._seen: dict[Input, Labels] = {}

    def __call__(self, inputs: Sequence[Input]) -> list[Labels]:
        """The labels of each statement, in order."""
        for one in inputs:
            if one not in self._seen:
                self._seen[one] = self._label(features_of(one))
        return [self._seen[one] for one in inputs]

    def probabilities(self, features: Iterable[str]) -> dict[str, Array]:
        """The calibrated probabilities of every task's labels for the features of one statement."""
        scores = self._scores(features)
        result: dict[str, Array] = {}
        at = 0
        for name, task in self._tasks.items():
            size = len(task.labels)
            result[name] = calibrated(task, scores[at : at + size] + task.bias)
            at += size
        return result

    def _scores(self, features: Iterable[str]) -> Array:
        """TF-IDF (sublinear, unit length) times the weights of all tasks at once."""
        find = self._vocabulary.get
        counts = Counter(at for feature in features if (at := find(feature)) is not None)
        if not counts:
            return np.zeros(self._weights.shape[1], dtype=np.float32)
        rows = np.array(list(counts), dtype=np.int64)
        tf = [1.0 if count == 1 else 1 + math.log(count) for count in counts.values()]
        weights = np.array(tf, dtype=np.float32) * self._idf[rows]
        weights /= math.sqrt(float(weights @ weights))
        scores: Array = weights @ self._weights[rows]
        return scores

    def _label(self, features: Iterable[str]) -> Labels:
        chances = self.probabilities(features)
        polarity, sure = _best(self._tasks["polarity"], chances["polarity"])
        area: str | None
        area, area_sure = _best(self._tasks["area"], chances["area"])
        if polarity == "information" and area_sure < AREA_OF_INFORMATION:
            area = None
        types: list[tuple[str, float]] = []
        if polarity == "deficiency":
            task, values = self._tasks["types"], chances["types"]
            types = [
                (label, float(value))
                for label, value, threshold in zip(task.labels, values, task.thresholds, strict=True)
                if value >= threshold
            ] or [_best(task, values)]
        return Labels(
            polarity,
            sure,
            area,
            area_sure,
            tuple(label for label, _ in types),
            tuple(round(value, 4) for _, value in types),
        )


def calibrated(task: Task, scores: Array) -> Array:
    """Probabilities from a task's raw scores: softmax over calibrated scores, or a sigmoid per label."""
    if task.several:
        several: Array = 1 / (1 + np.exp(-(task.calibration * scores + task.shift)))
        return several
    logits = scores @ task.calibration + task.shift
    chances: Array = np.exp(logits - logits.max())
    chances /= chances.sum()
    return chances


def _best(task: Task, chances: Array) -> tuple[str, float]:
    at = int(chances.argmax())
    return task.labels[at], round(float(chances[at]), 4)


@lru_cache(maxsize=1)
def default_classifier() -> Classifier:
    """The classifier of the artefact that lies beside the code, loaded once a process."""
    return Classifier(load())
