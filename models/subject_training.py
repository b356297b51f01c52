"""Learn the likeness of subjects: `python -m models.subject_training`.

From the statements of the written corpus (no held-out district): rarity of terms, which words are used alike
(positive pointwise mutual information of words in one statement, reduced by singular values), which terms
tell of areas and which of types, and what areas and types a statement's words suggest. From the written pairs
(``annotations/deficiencies``): the weights of all this, by logistic regression on the training subjects, and
the thresholds, on the development subjects: for remedies where F1 of pairs is best; for deficiencies where
chains come out best in units put together at random, a dozen deficiencies each with one to four wordings,
grouped as :mod:`corpora.chains.grouping` does. The held-out subjects only give figures.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from annotations.files import read_annotations
from corpora.chains.grouping import linked
from corpora.chains.likeness import Statement
from models.artefact import FOLDER, LABELS, Array
from models.classify import Classifier, chances_of_several
from models.classify import default_classifier as labels_model
from models.examples import data_hash, gold_files, held_out_districts
from models.features import Input
from models.subject_artefact import Head, SubjectArtefact, save
from models.subject_pairs import Wording, read_wordings
from models.subject_pairs import data_hash as pairs_hash
from models.subject_terms import terms_of, words_of
from models.subjects import SAME, WORDING, SubjectLikeness

DIMENSIONS = 100
STRENGTH = 10.0
"""Inverse regularisation of the pair models, chosen by cross-validation over the training subjects."""
SMALLEST_COUNT = 2
UNITS = 200
DEFICIENCIES_OF_UNIT = 12
WORDINGS_OF_DEFICIENCY = (1, 4)
SEED = 20_211_230
_AS_GOOD = 0.01
"""Of thresholds whose F1 differs by no more the strictest is taken: rather two chains than a wrong one."""
_THRESHOLDS = np.arange(-4.0, 2.01, 0.25)

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements: a row of features each, whether they belong together, and which split they are of.

    ``places`` says which two statements they are.
    """

    features: NDArray[np.float64]
    together: Bools
    split: NDArray[Any]
    places: NDArray[np.int64]

    def of(self, split: str) -> Pairs:
        """The pairs of one split."""
        mine = self.split == split
        return Pairs(self.features[mine], self.together[mine], self.split[mine], self.places[mine])


def train() -> SubjectArtefact:
    """Learn everything; the same texts give the same artefact."""
    files = [path for path in gold_files() if path.parent.name not in held_out_districts()]
    statements = [one for path in files for one in read_annotations(path).annotations]
    wordings = read_wordings()
    texts = [one.text for one in statements]
    texts += [one.text for one in wordings if one.split == "train"]
    artefact = _terms(texts, statements)
    likeness = SubjectLikeness(artefact)
    classified = machine_labels(wordings, labels_model())
    kinds = {
        "machine": same_pairs(likeness, wordings, classified, checked=False),
        "person": same_pairs(likeness, wordings, None, checked=True),
        "answer": answer_pairs(likeness, wordings),
    }
    scores = {}
    for name, pairs in kinds.items():
        artefact.heads[name], scores[name] = _head(pairs, grouped=name != "answer")
    artefact.card = {
        "data_sha256": data_hash(files),
        "pairs_sha256": pairs_hash(),
        "statements": len(texts),
        "wordings": dict(Counter(one.split for one in wordings)),
        "versions": {
            name: importlib.metadata.version(name)
            for name in ("scikit-learn", "scipy", "numpy", "underthesea")
        },
        "settings": {"dimensions": DIMENSIONS, "C": STRENGTH, "smallest_count": SMALLEST_COUNT},
        "features": {"same": list(SAME), "answer": list(WORDING)},
        "scores": scores,
    }
    return artefact


Given = tuple[str | None, tuple[str, ...]]
"""The area and types of a wording."""


def machine_labels(wordings: Sequence[Wording], classifier: Classifier) -> list[Given]:
    """Area and types that the classifier gives each wording by itself, taken for a deficiency."""
    several = classifier.artefact.types
    inputs = [Input(one.text) for one in wordings]
    chances = chances_of_several(several, classifier.scores(inputs).types)
    return [
        (
            classifier([one])[0].likely_area,
            tuple(LABELS["types"][at] for at in np.flatnonzero(row >= several.thresholds))
            or (LABELS["types"][int(row.argmax())],),
        )
        for one, row in zip(inputs, chances, strict=True)
    ]


def same_pairs(
    likeness: SubjectLikeness,
    wordings: Sequence[Wording],
    given: Sequence[Given] | None,
    checked: bool,
) -> Pairs:
    """All pairs of deficiencies of one split, with the labels given or else those of the files."""
    kept = [at for at, one in enumerate(wordings) if not one.remedy]
    chosen = [wordings[at] for at in kept]
    labels = [given[at] if given else (wordings[at].area, wordings[at].types) for at in kept]
    statements = [
        Statement(likeness.encode(one.text).terms, *label, checked)
        for one, label in zip(chosen, labels, strict=True)
    ]
    features = likeness.features(statements, statements)
    rows, columns = np.triu_indices(len(chosen), 1)
    split = np.array([one.split for one in chosen])
    deficiency = np.array([one.deficiency for one in chosen])
    inside = split[rows] == split[columns]
    rows, columns = rows[inside], columns[inside]
    table = np.stack([features[name][rows, columns] for name in SAME], axis=1).astype(float)
    places = np.stack([rows, columns], axis=1)
    return Pairs(table, deficiency[rows] == deficiency[columns], split[rows], places)


def answer_pairs(likeness: SubjectLikeness, wordings: Sequence[Wording]) -> Pairs:
    """Each deficiency with each remedy of its split.

    A remedy of another deficiency of the same subject is left out: whether "niêm yết đủ" also answers "niêm
    yết bản cũ" has no one answer.
    """
    deficiencies = [one for one in wordings if not one.remedy]
    remedies = [one for one in wordings if one.remedy]
    sides = [
        [Statement(likeness.encode(one.text).terms, one.area, one.types) for one in side]
        for side in (deficiencies, remedies)
    ]
    features = likeness.features(*sides)
    grid = [
        (row, column)
        for row, one in enumerate(deficiencies)
        for column, other in enumerate(remedies)
        if one.split == other.split and (one.deficiency == other.deficiency or one.subject != other.subject)
    ]
    rows, columns = np.array(grid).T
    table = np.stack([features[name][rows, columns] for name in WORDING], axis=1).astype(float)
    together = np.array([deficiencies[a].deficiency == remedies[b].deficiency for a, b in grid])
    split = np.array([deficiencies[a].split for a, _ in grid])
    return Pairs(table, together, split, np.stack([rows, columns], axis=1))


def _terms(texts: Sequence[str], statements: Sequence[Any]) -> SubjectArtefact:
    """What is known of each term, from all ``texts``; labels from ``statements``, the first of them."""
    found = [terms_of(words_of(text)) for text in texts]
    count = Counter(term for terms in found for term in terms)
    terms = sorted(term for term, many in count.items() if many >= SMALLEST_COUNT)
    number = {term: at for at, term in enumerate(terms)}
    idf = np.log((1 + len(texts)) / (1 + np.array([count[term] for term in terms]))) + 1
    held = _held(found, number)
    labelled = [at for at, one in enumerate(statements) if one.polarity == "deficiency" and one.area]
    types = np.array([[label in statements[at].types for label in LABELS["types"]] for at in labelled])
    areas = np.array([[label == statements[at].area for label in LABELS["area"]] for at in labelled])
    rows = held[labelled]
    of_areas, of_types = _tells(rows, areas), _tells(rows, types)
    table = normalize(rows.multiply(idf).tocsr())
    is_word = np.array([term.startswith("w:") for term in terms])
    vectors = np.zeros((len(terms), DIMENSIONS))
    vectors[is_word] = _vectors(held[:, np.flatnonzero(is_word)])
    types_weights, types_bias = _reading(table, types)
    areas_weights, areas_bias = _reading(table, areas)
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


def _tells(held: csr_matrix, labels: Bools) -> NDArray[np.float64]:
    """How far the labels of statements with a term stray from those of all (relative entropy, smoothed)."""
    usual = labels.sum(axis=0) / labels.sum()
    counts = held.T @ labels.astype(float) + 5 * usual
    share = counts / counts.sum(axis=1, keepdims=True)
    told: NDArray[np.float64] = (share * np.log(share / usual)).sum(axis=1)
    return told


def _vectors(held: csr_matrix) -> NDArray[np.float64]:
    """Words used alike get vectors alike."""
    together = (held.T @ held).tocoo()
    each = np.asarray(together.sum(axis=1)).ravel()
    information = np.log(together.data * together.data.sum() / (each[together.row] * each[together.col]))
    kept = (information > 0) & (together.row != together.col)
    table = csr_matrix((information[kept], (together.row[kept], together.col[kept])), shape=together.shape)
    left, values, _ = svds(table, k=DIMENSIONS, v0=np.ones(together.shape[0]))
    vectors: NDArray[np.float64] = normalize(left * np.sqrt(values))
    return vectors


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


def _head(pairs: Pairs, grouped: bool) -> tuple[Head, dict[str, Any]]:
    """The weights from the training subjects, the threshold from the development ones, the figures of all."""
    seen, tried, unseen = (pairs.of(split) for split in ("train", "development", "held-out"))
    model = LogisticRegression(C=STRENGTH, max_iter=10_000).fit(seen.features, seen.together)
    figures: dict[str, Any] = {}
    for name, part in (("development", tried), ("held_out", unseen)):
        figures[name] = [_at(model, part, at) for at in _THRESHOLDS]
        if grouped:
            figures[f"{name}_units"] = _in_units(model, part)
    deciding = figures["development_units" if grouped else "development"]
    enough = max(one["f1"] for one in deciding) - _AS_GOOD
    chosen = max(one["threshold"] for one in deciding if one["f1"] >= enough)
    sizes = (("train", seen), ("development", tried), ("held-out", unseen))
    figures["threshold"] = chosen
    figures["pairs"] = {name: [len(part.together), int(part.together.sum())] for name, part in sizes}
    return Head(model.coef_[0].astype(np.float32), float(model.intercept_[0] - chosen)), figures


def _in_units(model: LogisticRegression, pairs: Pairs) -> list[dict[str, float]]:
    """Precision and recall of pairs after grouping, over units put together at random, for each threshold."""
    names, places = np.unique(pairs.places, return_inverse=True)
    places = places.reshape(-1, 2)
    scores, same = np.zeros((2, len(names), len(names)), dtype=np.float32)
    scores[places[:, 0], places[:, 1]] = model.decision_function(pairs.features)
    same[places[:, 0], places[:, 1]] = pairs.together
    scores, same = scores + scores.T, same + same.T + np.eye(len(names), dtype=np.float32)
    deficiencies = sorted({tuple(np.flatnonzero(row)) for row in same})
    chance = np.random.default_rng(SEED)
    counts = np.zeros((len(_THRESHOLDS), 3))
    for _ in range(UNITS):
        taken = chance.choice(len(deficiencies), DEFICIENCIES_OF_UNIT, replace=False)
        unit = np.concatenate(
            [
                chance.permutation(deficiencies[at])[
                    : chance.integers(*WORDINGS_OF_DEFICIENCY, endpoint=True)
                ]
                for at in taken
            ]
        )
        inside = np.ix_(unit, unit)
        for row, threshold in enumerate(_THRESHOLDS):
            joined = np.zeros((len(unit), len(unit)), dtype=bool)
            for chain in linked(scores[inside] - threshold):
                joined[np.ix_(chain, chain)] = True
            upper = np.triu_indices(len(unit), 1)
            said, true = joined[upper], same[inside][upper] > 0
            counts[row] += (said & true).sum(), said.sum(), true.sum()
    return [_figures(at, *count) for at, count in zip(_THRESHOLDS, counts, strict=True)]


def _figures(threshold: float, right: float, said: float, true: float) -> dict[str, float]:
    precision, recall = right / max(1, said), right / max(1, true)
    return {
        "threshold": round(float(threshold), 2),
        "precision": round(float(precision), 4),
        "recall": round(float(recall), 4),
        "f1": round(float(2 * precision * recall / max(1e-9, precision + recall)), 4),
    }


def _at(model: LogisticRegression, pairs: Pairs, threshold: float) -> dict[str, float]:
    said = model.decision_function(pairs.features) >= threshold
    return _figures(threshold, (said & pairs.together).sum(), said.sum(), pairs.together.sum())


def table(card: dict[str, Any]) -> Iterator[str]:
    """Precision and recall against the threshold, as Markdown."""
    titles = {
        "machine": "One deficiency or two, types as the classifier gives them",
        "person": "One deficiency or two, labels checked by a person",
        "answer": "A remedy or demand and the deficiency it is about",
    }
    for name, title in titles.items():
        scores = card["scores"][name]
        many = ", ".join(
            f"{split} {pairs} pairs ({same} same)" for split, (pairs, same) in scores["pairs"].items()
        )
        chosen = scores["threshold"]
        yield f"## {title}\n\nThreshold {chosen} (log-odds), chosen on the development subjects; {many}.\n"
        parts = [part for part in _PARTS if part in scores]
        yield f"| threshold | {' | '.join(f'{_PARTS[part]} P | R | F1' for part in parts)} |"
        yield "| --- |" + " --- | --- | --- |" * len(parts)
        for row in zip(*(scores[part] for part in parts), strict=True):
            at = row[0]["threshold"]
            if at * 2 == round(at * 2) or at == chosen:
                cells = [f"{one[value]:.3f}" for one in row for value in ("precision", "recall", "f1")]
                yield f"| {at:.2f}{' **chosen**' if at == chosen else ''} | {' | '.join(cells)} |"
        yield ""


_PARTS = {
    "development": "development, pairs",
    "development_units": "development, grouped",
    "held_out": "held out, pairs",
    "held_out_units": "held out, grouped",
}


def main(folder: Path = FOLDER) -> None:
    """Train, save, and write the table of errors beside the artefact."""
    path = save(train(), folder)
    card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    head = (
        "# Likeness of subjects: errors against the threshold\n\nBy `python -m models.subject_training`"
        " from the pairs of `annotations/deficiencies`; a subject is in one split only.\n"
        '"Grouped" are pairs of statements in one chain, in units put together at random.\n'
    )
    path.with_suffix(".md").write_text("\n".join([head, *table(card)]), encoding="utf-8")


if __name__ == "__main__":
    main()
