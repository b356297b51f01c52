"""Whose paper is it: a judge over the bodies that a passage names, for papers of committees and assemblies.

"13/KH-UBND" may be the plan of any commune. Who issued it often stands in other words than "của UBND xã …":
"xã Khe Mận chậm gửi …", "được yêu cầu giải trình tại …". :mod:`extract.citations.candidates` lists who could
be meant with what speaks for each; here a log-linear model weighs that. A body may be named in several
places: its probability is the sum over them, and which place tells is not labelled but learned.

Trained by :mod:`models.issuer_training`. The artefact is arrays and a card, like that of the labels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from extract.citations.candidates import Candidate, Paper
from models.artefact import FOLDER, Array, fingerprint, read_arrays, write_arrays

NAME = "issuers"
FORMAT = 1
_REMEDY = "Rebuild it with 'python -m models.issuer_training'."


@dataclass(slots=True)
class Weights:
    """A weight for each feature; logits are divided by ``heat``, so that the probabilities are calibrated."""

    weights: dict[str, float]
    heat: float
    card: dict[str, Any]


class Issuers:
    """The judge that :func:`extract.citations.resolve` is handed."""

    def __init__(self, model: Weights) -> None:
        self._weights, self._heat = model.weights, model.heat

    def __call__(self, paper: Paper, found: Sequence[Candidate]) -> list[float]:
        """How likely each of ``found`` is the place that tells who issued ``paper``."""
        weight = self._weights.get
        logits = [sum(weight(one, 0.0) for one in each.features) / self._heat for each in found]
        highest = max(logits)
        odds = [math.exp(logit - highest) for logit in logits]
        total = sum(odds)
        return [one / total for one in odds]


def save(model: Weights, folder: Path = FOLDER) -> Path:
    """Write the artefact; returns the path of the arrays."""
    terms = sorted(model.weights)
    arrays: dict[str, Array] = {
        "vocabulary": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        "weights": np.array([model.weights[term] for term in terms], dtype=np.float32),
        "heat": np.array([model.heat], dtype=np.float32),
    }
    return write_arrays(folder, NAME, arrays, {"format": FORMAT, **model.card})


def load(folder: Path = FOLDER) -> Weights:
    """Read the artefact; :class:`models.artefact.ArtefactProblem` where it cannot be used."""
    card, arrays = read_arrays(folder, NAME, FORMAT, _REMEDY)
    terms = bytes(arrays["vocabulary"]).decode().split("\n")
    weights = dict(zip(terms, map(float, arrays["weights"]), strict=True))
    return Weights(weights, float(arrays["heat"][0]), card)


def version() -> str:
    """Which judge of issuers comes with rasoat, as :func:`models.artefact.fingerprint` tells it."""
    return fingerprint(FOLDER, NAME, _REMEDY)


@cache
def default_issuers() -> Issuers:
    """The judge that comes with rasoat, loaded once."""
    return Issuers(load())
