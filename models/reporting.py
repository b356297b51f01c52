"""Does a statement report, that is: tell what somebody did or left undone?

A plan, a directive or rules say "không để hồ sơ quá hạn" and blame nobody; a poem, a guide or a weather
report say "chưa", "thiếu", "chậm" of other things. The classifiers of polarity have only seen reports and
read all of it as deficiencies. So a second, small model judges whether the paper reports at this place: from
the statement's words and headings, from how many of its word pairs reports have at all, from whether a
commune or district is named for it, and from the same of its neighbours, its section and the rest of the
document. The rest counts, but does not decide: the section "Tồn tại, hạn chế" of a plan reports, what the
plan then demands does not.

Trained by :mod:`models.reporting_training`. The artefact is arrays and a card, like that of the labels.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.vietnamese import fold
from models.artefact import FOLDER, Array, fingerprint, read_arrays, write_arrays
from models.features import Input, is_own, mask

NAME = "reporting"
FORMAT = 1
REPORTS = 0.2
"""From this probability on a statement is taken to report: to lose a finding is worse than to invent one. In
cross-validation none of 9,594 statements of reports loses its polarity, also with slips of OCR; 2 of 728 of
other texts keep one."""
_REMEMBERED = 50_000
_AROUND = 2
"""How many statements before and behind are neighbours."""
_SYLLABLE = re.compile(r"\w+|[%?!]")
_REMEDY = "Rebuild it with 'python -m models.reporting_training'."

Titles = tuple[str, ...]


@dataclass(slots=True)
class Weights:
    """The model: one column for the statement with its headings, one for its own words alone.

    ``weights`` is features × 2 with ``bias``; ``known`` marks the word pairs that reports have; ``judge`` and
    ``shift`` weigh a statement's evidence with that around it (:func:`look_around`) into a logit.
    """

    vocabulary: dict[str, int]
    idf: Array
    weights: Array
    bias: Array
    known: NDArray[np.bool_]
    judge: Array
    shift: Array
    card: dict[str, Any]


class Reporting:
    """Applies the model. Equal statements are looked at once however often they come."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        terms = sorted(weights.vocabulary, key=weights.vocabulary.__getitem__)
        self._is_own = np.fromiter(map(is_own, terms), dtype=bool, count=len(terms))
        self._known = {term for term, known in zip(terms, weights.known, strict=True) if known}
        self._look = lru_cache(maxsize=_REMEMBERED)(self._evidence_of)

    def __call__(self, inputs: Sequence[Input]) -> list[float]:
        """For each statement of one document, in their order, the probability that it reports."""
        if not inputs:
            return []
        around = look_around(self.evidence(inputs), [one.titles for one in inputs])
        logits = np.clip(around @ self.weights.judge + self.weights.shift, -30, 30)
        return [round(float(chance), 4) for chance in 1 / (1 + np.exp(-logits))]

    def evidence(self, inputs: Sequence[Input]) -> Array:
        """Statements × 4: scores of the whole and of the own words, share of known pairs, a unit named."""
        return np.stack([self._look(one) for one in inputs])

    def _evidence_of(self, one: Input) -> Array:
        model = self.weights
        features = features_of(one)
        find: Callable[[str], int | None] = model.vocabulary.get
        counts = Counter(map(find, features))
        del counts[None]  # features that the vocabulary lacks
        rows = np.fromiter(counts, dtype=np.int64, count=len(counts))
        tf = np.array([1 + math.log(count) for count in counts.values()], dtype=np.float32)
        values = tf * model.idf[rows]
        own = self._is_own[rows]
        return np.array(
            [
                _score(rows, values, model.weights[:, 0]) + model.bias[0],
                _score(rows[own], values[own], model.weights[:, 1]) + model.bias[1],
                share_known(features, self._known),
                float(one.named or "s:_" in features),
            ],
            dtype=np.float32,
        )


def features_of(one: Input) -> list[str]:
    """The features of one statement: syllables, their pairs, first and last ones, headings, lead, length.

    Syllables suffice here and cost little; the words of underthesea are the labels' business.
    """
    text = mask(one.text)
    syllables = _SYLLABLE.findall(text.lower())
    found = _grams("s", syllables)
    found += _grams("c", _SYLLABLE.findall(fold(text)))
    found += [f"f:{' '.join(syllables[:n])}" for n in (1, 2) if len(syllables) >= n]
    found += [f"l:{' '.join(syllables[-n:])}" for n in (1, 2) if len(syllables) >= n]
    for depth, title in enumerate(reversed(one.titles[-3:])):
        found += _of_context(f"h{min(depth, 1)}", title)
    found += _of_context("a", one.lead)
    found.append(f"n:{min(len(syllables) // 5, 8)}")
    return found


@lru_cache(maxsize=4096)
def _of_context(block: str, text: str) -> list[str]:
    """The features of a heading or lead: the same for many statements."""
    return _grams(block, _SYLLABLE.findall(mask(text).lower()))


def is_pair(feature: str) -> bool:
    """Whether the feature is a pair of syllables without tone marks, by which a text's own field is told."""
    return feature.startswith("c:") and " " in feature


def share_known(features: Sequence[str], known: Set[str]) -> float:
    """The share of a statement's pairs that are among ``known``, drawn to a half where there are few."""
    pairs = [name for name in features if is_pair(name)]
    return (sum(name in known for name in pairs) + 1) / (len(pairs) + 2)


def look_around(evidence: Array, titles: Sequence[Titles]) -> Array:
    """Statements × inputs of the judge: a statement's evidence and the mean of that around it.

    Around it are its neighbours, the rest of its section (equal headings) and the rest of the document; where
    there is none, zeros. The products let a document's rest weigh more where the statement itself is unclear.
    """
    count = len(evidence)
    neighbours, section = np.zeros_like(evidence), np.zeros_like(evidence)
    rest = (evidence.sum(axis=0) - evidence) / max(1, count - 1)
    for at in range(count):
        near = [by for by in range(at - _AROUND, at + _AROUND + 1) if by != at and 0 <= by < count]
        if near:
            neighbours[at] = evidence[near].mean(axis=0)
    rows_of: dict[Titles, list[int]] = defaultdict(list)
    for at, title in enumerate(titles):
        rows_of[title].append(at)
    for rows in rows_of.values():
        section[rows] = (evidence[rows].sum(axis=0) - evidence[rows]) / max(1, len(rows) - 1)
    alone = np.full((count, 1), float(count == 1), dtype=np.float32)
    return np.hstack([evidence, neighbours, section, rest, evidence * rest, alone]).astype(np.float32)


def save(weights: Weights, folder: Path = FOLDER) -> Path:
    """Write the artefact; returns the path of its arrays. The same model gives the same bytes."""
    terms = sorted(weights.vocabulary, key=weights.vocabulary.__getitem__)
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        **{name: getattr(weights, name) for name in ("idf", "weights", "bias", "known", "judge", "shift")},
    }
    return write_arrays(folder, NAME, arrays, {"format": FORMAT, **weights.card})


def version(folder: Path = FOLDER) -> str:
    """Which model lies in ``folder``, short; its arrays are not read for it."""
    return fingerprint(folder, NAME, _REMEDY)


def load_reporting(folder: Path = FOLDER) -> Reporting:
    """Read the artefact; :class:`models.artefact.ArtefactProblem` where it is missing or damaged."""
    card, arrays = read_arrays(folder, NAME, FORMAT, _REMEDY)
    terms = bytes(arrays.pop("vocabulary")).decode().split("\n")
    return Reporting(Weights({term: at for at, term in enumerate(terms)}, card=card, **arrays))


def _score(rows: NDArray[np.int64], values: Array, weights: Array) -> float:
    """The values, brought to unit length, times the weights of their rows."""
    length = math.sqrt(float(values @ values))
    return float(values @ weights[rows]) / length if length else 0.0


def _grams(block: str, items: Sequence[str]) -> list[str]:
    """The items and the pairs of neighbours, each named after its block."""
    return [f"{block}:{item}" for item in items] + [f"{block}:{a} {b}" for a, b in pairwise(items)]
