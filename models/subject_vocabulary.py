"""What is learned of each term before pairs are looked at: a step of :mod:`models.subject_training`.

Rarity, which words are used alike, which terms tell of areas and which of types, and how a statement's words
read as labels: from labelled statements and from written wordings, which are labelled as well and tell more:
that their words stand for one deficiency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from scipy.sparse.linalg import svds
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from annotations.records import Annotation
from models.artefact import LABELS, Array
from models.subject_artefact import SubjectArtefact
from models.subject_pairs import Wording
from models.subject_terms import terms_of, words_of

DIMENSIONS = 100
SMALLEST_COUNT = 2
SHRINKAGE = 0.3
"""How much of the mean variance is added to the scatter of wordings, chosen as the features were: by
cross-validation over the training subjects."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def vocabulary(statements: Sequence[Annotation], wordings: Sequence[Wording]) -> SubjectArtefact:
    """What is known of each term of statements and wordings; without heads and card."""
    texts = [one.text for one in statements] + [one.text for one in wordings]
    found = [terms_of(words_of(text)) for text in texts]
    count = Counter(term for terms in found for term in terms)
    terms = sorted(term for term, many in count.items() if many >= SMALLEST_COUNT)
    idf = np.log((1 + len(texts)) / (1 + np.array([count[term] for term in terms]))) + 1
    held = _held(found, {term: at for at, term in enumerate(terms)})
    labelled = [at for at, one in enumerate(statements) if one.polarity == "deficiency" and one.area]
    written = [at for at, one in enumerate(wordings) if not one.remedy]
    given = [(statements[at].area, statements[at].types) for at in labelled]
    given += [(wordings[at].area, wordings[at].types) for at in written]
    areas = np.array([[label == area for label in LABELS["area"]] for area, _ in given])
    types = np.array([[label in several for label in LABELS["types"]] for _, several in given])
    rows = held[labelled + [len(statements) + at for at in written]]
    of_areas, of_types = _tells(rows, areas), _tells(rows, types)
    table = normalize(rows.multiply(idf).tocsr())
    types_weights, types_bias = _reading(table, types)
    areas_weights, areas_bias = _reading(table, areas)
    words = np.flatnonzero([term.startswith("w:") for term in terms])
    vectors = np.zeros((len(terms), DIMENSIONS))
    vectors[words] = _vectors(held[:, words], idf[words], wordings)
    return SubjectArtefact(
        terms=terms,
        idf=_half(idf),
        pointing=_half(of_areas),
        aboutness=_half((of_areas + 0.05) / (of_areas + of_types + 0.1)),
        vectors=_half(vectors),
        types=types_weights,
        types_bias=types_bias,
        areas=areas_weights,
        areas_bias=areas_bias,
        heads={},
        card={},
    )


def _held(found: Sequence[Sequence[str]], number: dict[str, int]) -> csr_matrix:
    places = [(row, number[term]) for row, terms in enumerate(found) for term in terms if term in number]
    rows, columns = np.array(places).T
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(found), len(number)))


def _tells(held: csr_matrix, labels: Bools) -> Floats:
    """How far the labels of statements with a term stray from those of all (relative entropy, smoothed)."""
    usual = labels.sum(axis=0) / labels.sum()
    counts = held.T @ labels.astype(float) + 5 * usual
    share = counts / counts.sum(axis=1, keepdims=True)
    told: Floats = (share * np.log(share / usual)).sum(axis=1)
    return told


def _vectors(held: csr_matrix, idf: Floats, wordings: Sequence[Wording]) -> Floats:
    """Words used alike get vectors alike, in the directions that do not change from wording to wording.

    Used alike: in one statement, or in two wordings of one deficiency. Directions in which the wordings of
    one deficiency differ among themselves are shortened, so that what is left parts deficiencies.
    """
    last = held[held.shape[0] - len(wordings) :]
    _, deficiency = np.unique([one.deficiency for one in wordings], return_inverse=True)
    member = csr_matrix((np.ones(len(wordings)), (deficiency, np.arange(len(wordings)))))
    joined = (member @ last).tocsr()
    joined.data[:] = 1
    vectors = _alike(vstack([held, joined]).tocsr())
    stated = np.array([not one.remedy for one in wordings])
    centres: Floats = normalize(last[stated].multiply(idf).tocsr() @ vectors)
    steadied: Floats = normalize(vectors @ _steadying(centres, deficiency[stated]))
    return steadied


def _alike(held: csr_matrix) -> Floats:
    """Positive pointwise mutual information of words in one row, reduced by singular values."""
    together = (held.T @ held).tocoo()
    each = np.asarray(together.sum(axis=1)).ravel()
    information = np.log(together.data * together.data.sum() / (each[together.row] * each[together.col]))
    kept = (information > 0) & (together.row != together.col)
    table = csr_matrix((information[kept], (together.row[kept], together.col[kept])), shape=together.shape)
    left, values, _ = svds(table, k=DIMENSIONS, v0=np.ones(together.shape[0]))
    vectors: Floats = normalize(left * np.sqrt(values))
    return vectors


def _steadying(centres: Floats, groups: NDArray[np.int64]) -> Floats:
    """The whitening of the scatter within groups (within-class covariance normalisation), shrunk."""
    sums = np.zeros((groups.max() + 1, centres.shape[1]))
    np.add.at(sums, groups, centres)
    means = sums / np.maximum(1, np.bincount(groups))[:, None]
    apart = centres - means[groups]
    scatter = apart.T @ apart / len(apart)
    scatter += SHRINKAGE * np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    values, directions = np.linalg.eigh(scatter)
    whitening: Floats = directions @ np.diag(values**-0.5) @ directions.T
    return whitening


def _reading(table: csr_matrix, labels: Bools) -> tuple[Array, Array]:
    """Weights and biases that read a statement's terms as chances of labels."""
    models = [
        LogisticRegression(C=20, solver="liblinear", random_state=0).fit(table, labels[:, at])
        for at in range(labels.shape[1])
    ]
    weights = np.stack([model.coef_[0] for model in models], axis=1)
    return _half(weights), _half(np.array([model.intercept_[0] for model in models]))


def _half(values: Any) -> Array:
    """Rounded as it will be stored, so that training and use see the same numbers."""
    rounded: Array = np.asarray(values).astype(np.float16).astype(np.float32)
    return rounded
