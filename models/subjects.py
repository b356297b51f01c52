"""Whether two statements are about the same deficiency: the likeness that chains are built with.

A statement is kept as the numbers of its terms. For the statements of one unit, all features of all pairs are
worked out at once as matrices; a trained weighted sum of them (a head) says how likely each pair belongs
together, with its threshold at zero. Training: :mod:`models.subject_training`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpora.chains.likeness import Encoded, Statement
from models.artefact import LABELS, Array
from models.subject_artefact import TERMS, SubjectArtefact, load
from models.subject_terms import clauses_of, terms_of

WORDING = (
    "words",
    "syllable pairs",
    "aligned",
    "aligned, weaker side",
    "aligned, stronger side",
    "contained",
    "centre",
    "areas read",
    "subject aligned",
    "subject aligned, weaker side",
    "subject aligned, stronger side",
    "subject words",
    "subject centre",
)
"""Features of the wording that do not ask what is wrong; enough to match a remedy."""
FAULT = ("types read", "fault aligned")
LABELLED = ("types shared", "areas differ")
SAME = (*WORDING, *FAULT, *LABELLED)
_TERM = np.uint16
_LONGEST_SUBJECT = 7
_SUBJECT_WORD = 0.15
"""How much a word has to point at a subject to lengthen the phrase that names a statement's subject."""

Matrix = NDArray[np.float32]


class SubjectLikeness:
    """Applies a trained artefact; the likeness that :mod:`corpora.chains` asks for."""

    def __init__(self, artefact: SubjectArtefact) -> None:
        self._model = artefact
        self._number = {term: at for at, term in enumerate(artefact.terms)}
        self._is_word = np.array([term.startswith("w:") for term in artefact.terms])
        self.version = f"{str(artefact.card.get('sha256', ''))[:16] or 'untrained'}.{TERMS}"
        self._encode = lru_cache(maxsize=50_000)(self._encode_one)

    def encode(self, text: str) -> Encoded:
        """The terms of a statement, and the phrase that names its subject."""
        return self._encode(text)

    def same(self, statements: Sequence[Statement]) -> Matrix:
        """For each pair the log-odds, above the threshold, that both tell of one deficiency."""
        features = self.features(statements, statements)
        scores = self._score("machine", features, SAME)
        checked = np.array([one.checked for one in statements], dtype=bool)
        both = np.outer(checked, checked)
        if both.any():
            scores = np.where(both, self._score("person", features, SAME), scores)
        return scores

    def answers(self, deficiencies: Sequence[Statement], others: Sequence[Statement]) -> Matrix:
        """For each deficiency and each remedy or demand the log-odds that they are about the same thing."""
        return self._score("answer", self.features(deficiencies, others), WORDING)

    def features(self, left: Sequence[Statement], right: Sequence[Statement]) -> dict[str, Matrix]:
        """All features of all pairs, each a matrix left × right."""
        model = self._model
        rows = [np.frombuffer(one.terms, dtype=_TERM) for one in (*left, *right)]
        many = len(left)
        terms, places = np.unique(np.concatenate(rows) if rows else [], return_inverse=True)
        held = np.zeros((len(rows), len(terms)), dtype=np.float32)
        held[np.repeat(np.arange(len(rows)), [len(row) for row in rows]), places] = 1
        terms = terms.astype(np.int64)
        idf, about, words = model.idf[terms], model.aboutness[terms], self._is_word[terms]
        weighted = held * idf
        all_words, pairs = weighted[:, words], weighted[:, ~words]
        near = _near(model.vectors[terms[words]])
        best = _best(held[:, words], near)
        subject, fault = all_words * about[words] ** 2, all_words * (1 - about[words]) ** 2
        types = _chances(_unit(weighted) @ model.types[terms] + model.types_bias)
        areas = _chances(_unit(weighted) @ model.areas[terms] + model.areas_bias)
        vectors = model.vectors[terms[words]]

        def alike(values: Any) -> Matrix:
            unit = _unit(values)
            return (unit[:many] @ unit[many:].T).astype(np.float32)

        found: dict[str, Matrix] = {
            "words": alike(all_words),
            "syllable pairs": alike(pairs),
            "contained": _contained(all_words, held[:, words], many),
            "types read": alike(np.sqrt(types)),
            "areas read": alike(areas),
            "centre": alike(all_words @ vectors),
            "subject words": alike(subject),
            "subject centre": alike(_unit(subject @ vectors)),
        }
        for name, values in (("aligned", all_words), ("subject aligned", subject), ("fault aligned", fault)):
            there, back = _covered(values, best, many)
            found[name] = ((there + back) / 2).astype(np.float32)
            found[f"{name}, weaker side"] = np.minimum(there, back)
            found[f"{name}, stronger side"] = np.maximum(there, back)
        return found | _labels_of_pairs(left, right)

    def _score(self, name: str, features: dict[str, Matrix], order: Sequence[str]) -> Matrix:
        head = self._model.heads[name]
        total = np.full(features[order[0]].shape, head.bias, dtype=np.float32)
        for weight, feature in zip(head.weights, order, strict=True):
            total += weight * features[feature]
        return total

    def _encode_one(self, text: str) -> Encoded:
        clauses = clauses_of(text)
        terms = terms_of([word.lower() for clause in clauses for word in clause])
        numbers = [self._number[term] for term in terms if term in self._number]
        return Encoded(np.array(numbers, dtype=_TERM).tobytes(), self._phrase(clauses))

    def _phrase(self, clauses: list[list[str]]) -> str:
        """The run of words, within one clause, that says most of what the statement is about."""
        best, run = 0.0, clauses[0][:3] if clauses else []
        for clause in clauses:
            gains = [self._gain(word.lower()) for word in clause]
            for start in range(len(clause)):
                total = 0.0
                for end in range(start, min(start + _LONGEST_SUBJECT, len(clause))):
                    total += gains[end]
                    if total > best:
                        best, run = total, clause[start : _end_of_name(clause, end)]
        parts = "_".join(run).lower().split("_")
        return " ".join(part for part in parts if any(sign.isalpha() for sign in part))

    def _gain(self, word: str) -> float:
        place = self._number.get(f"w:{word}")
        if place is None:
            return 0.0
        return float(self._model.idf[place] * (self._model.pointing[place] - _SUBJECT_WORD))


def _end_of_name(clause: list[str], at: int) -> int:
    """Behind the word ``at``, or behind the name it stands in: "Lao động - Thương binh và Xã hội"."""
    end = at + 1
    while clause[at][0].isupper():
        # underthesea reads "và Xã hội" as one word or as two
        linked, *name = "_".join(clause[end : end + 2]).split("_")
        if linked != "và" or not name or not name[0][0].isupper():
            break
        end += 1 if "_" in clause[end] else 2
    return end


@lru_cache(maxsize=1)
def default_likeness() -> SubjectLikeness:
    """The likeness of the artefact that lies beside the code, loaded once a process."""
    return SubjectLikeness(load())


def _unit(values: Any) -> Matrix:
    """Rows brought to unit length; a row of zeros stays."""
    length = np.linalg.norm(values, axis=1, keepdims=True)
    done: Matrix = (values / np.maximum(length, 1e-6)).astype(np.float32)
    return done


def _chances(logits: Any) -> Matrix:
    done: Matrix = (1 / (1 + np.exp(-logits))).astype(np.float32)
    return done


def _near(vectors: Array) -> Matrix:
    """How near words are to each other, 0 to 1; each is itself."""
    near: Matrix = np.clip(vectors @ vectors.T, 0, 1).astype(np.float32)
    np.fill_diagonal(near, 1)
    return near


def _best(held: Matrix, near: Matrix) -> Matrix:
    """For each statement and each word how near the statement's nearest word is to it."""
    best = np.zeros_like(held)
    for row, words in enumerate(held):
        mine = np.flatnonzero(words)
        if len(mine):
            best[row] = near[mine].max(axis=0)
    return best


def _covered(weights: Matrix, best: Matrix, many: int) -> tuple[Matrix, Matrix]:
    """How much of the left statement the right one covers, and the other way round."""
    share = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-6)
    return share[:many] @ best[many:].T, best[:many] @ share[many:].T


def _contained(weights: Matrix, held: Matrix, many: int) -> Matrix:
    """The weight of shared words as a part of the shorter statement."""
    shared = weights[:many] @ held[many:].T
    size = weights.sum(axis=1)
    done: Matrix = shared / np.maximum(np.minimum(size[:many, None], size[None, many:]), 1e-6)
    return done


def _labels_of_pairs(left: Sequence[Statement], right: Sequence[Statement]) -> dict[str, Matrix]:
    types = [np.array([[t in one.types for t in LABELS["types"]] for one in side]) for side in (left, right)]
    if not (len(left) and len(right)):
        empty = np.zeros((len(left), len(right)), dtype=np.float32)
        return dict.fromkeys(LABELLED, empty)
    shared = types[0].astype(np.float32) @ types[1].astype(np.float32).T > 0
    areas = [np.array([one.area or "" for one in side]) for side in (left, right)]
    differ = (areas[0][:, None] != areas[1][None]) & (areas[0] != "")[:, None] & (areas[1] != "")[None]
    return {
        "types shared": shared.astype(np.float32),
        "areas differ": differ.astype(np.float32),
    }
