"""Learn the likeness of subjects: `python -m models.subject_training`.

From the statements of the written corpus (no held-out district) and the written wordings of the training
subjects: what is known of each term (:mod:`models.subject_vocabulary`). From the written pairs
(``annotations/deficiencies``): the weights of all this, by logistic regression on the training subjects, and
the thresholds, on the development subjects: for remedies where F1 of pairs is best; for deficiencies where
chains come out best (F0.5) in units put together at random, a dozen deficiencies each with one to four
wordings, grouped as :mod:`corpora.chains.grouping` does. The held-out subjects only give figures.

The pairs that weights are learned from are measured with a vocabulary that never saw their subjects, as it
will not have seen those of a user's reports: the training subjects take turns at being unseen.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from annotations.files import read_annotations
from corpora.chains.grouping import linked
from corpora.chains.likeness import Statement
from models.artefact import FOLDER, LABELS
from models.classify import Classifier, chances_of_several
from models.classify import default_classifier as labels_model
from models.examples import data_hash, gold_files, held_out_districts
from models.features import Input
from models.subject_artefact import Head, SubjectArtefact, save
from models.subject_pairs import Wording, read_wordings
from models.subject_pairs import data_hash as pairs_hash
from models.subject_vocabulary import DIMENSIONS, SHRINKAGE, SMALLEST_COUNT, vocabulary
from models.subjects import SAME, WORDING, SubjectLikeness

STRENGTH = 10.0
"""Inverse regularisation of the pair models, chosen by cross-validation over the training subjects."""
TURNS = 5
UNITS = 200
DEFICIENCIES_OF_UNIT = 12
WORDINGS_OF_DEFICIENCY = (1, 4)
SEED = 20_211_230
_AS_GOOD = 0.01
"""Of thresholds whose worth differs by no more the strictest is taken: rather two chains than a wrong one."""
_PRECISION_COUNTS = 2
"""How many times as much as recall precision counts for chains: who reads that a commune has not mended a
deficiency for years quotes it, and two chains for one can still be joined by hand."""
_THRESHOLDS = np.arange(-4.0, 2.01, 0.25)

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements: a row of features each, whether they belong together, and which split they are of.

    ``places`` says which two statements they are, of those that were measured together.
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
    classified = dict(zip(wordings, machine_labels(wordings, labels_model()), strict=True))
    taught = [one for one in wordings if one.split == "train"]
    artefact = vocabulary(statements, taught)
    measured = [_pairs(artefact, [one for one in wordings if one.split != "train"], classified)]
    turn = {subject: at % TURNS for at, subject in enumerate(sorted({one.subject for one in taught}))}
    for now in range(TURNS):
        seen = vocabulary(statements, [one for one in taught if turn[one.subject] != now])
        measured.append(_pairs(seen, [one for one in taught if turn[one.subject] == now], classified))
    scores = {}
    for name in measured[0]:
        pairs = _joined([part[name] for part in measured])
        artefact.heads[name], scores[name] = _head(pairs, grouped=name != "answer")
    artefact.card = {
        "data_sha256": data_hash(files),
        "pairs_sha256": pairs_hash(),
        "statements": len(statements) + len(taught),
        "wordings": dict(Counter(one.split for one in wordings)),
        "versions": {
            name: importlib.metadata.version(name)
            for name in ("scikit-learn", "scipy", "numpy", "underthesea")
        },
        "settings": {
            "dimensions": DIMENSIONS,
            "shrinkage": SHRINKAGE,
            "smallest_count": SMALLEST_COUNT,
            "C": STRENGTH,
            "turns": TURNS,
        },
        "features": {"same": list(SAME), "answer": list(WORDING)},
        "scores": scores,
    }
    return artefact


Given = tuple[str | None, tuple[str, ...]]
"""The area and types of a wording."""


def _pairs(
    artefact: SubjectArtefact, wordings: Sequence[Wording], classified: Mapping[Wording, Given]
) -> dict[str, Pairs]:
    """The pairs that each head is to decide, measured with what ``artefact`` knows of terms."""
    likeness = SubjectLikeness(artefact)
    given = [classified[one] for one in wordings]
    return {
        "machine": same_pairs(likeness, wordings, given, checked=False),
        "person": same_pairs(likeness, wordings, None, checked=True),
        "answer": answer_pairs(likeness, wordings),
    }


def _joined(parts: Sequence[Pairs]) -> Pairs:
    return Pairs(
        np.concatenate([one.features for one in parts]),
        np.concatenate([one.together for one in parts]),
        np.concatenate([one.split for one in parts]),
        np.concatenate([one.places for one in parts]),
    )


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
    good = [_worth(one, _PRECISION_COUNTS if grouped else 1) for one in deciding]
    chosen = max(
        one["threshold"] for one, at in zip(deciding, good, strict=True) if at >= max(good) - _AS_GOOD
    )
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


def _worth(figures: dict[str, float], counts: float) -> float:
    """The F measure in which precision counts ``counts`` times as much as recall."""
    precision, recall = figures["precision"], figures["recall"]
    share = 1 / counts**2
    return (1 + share) * precision * recall / max(1e-9, share * precision + recall)


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
