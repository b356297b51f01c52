"""What helps, shown: the shipped models beside baselines, and scores against the number of documents.

    python -m models.comparison                 # the table and the curve, into models/trained/comparison.json

Every row is trained on the districts that may be trained on and scored on the held-out ones. Baselines differ
in one thing at a time, so that the difference is that thing's worth. For maintainers: it takes some forty
minutes, a quarter of them the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from models.artefact import FOLDER, LABELS
from models.cues import cue_labels
from models.evidence import EvidenceSVC
from models.examples import Example, held_out_districts, load_examples
from models.features import SEPARATOR, features_of, mask
from models.training import CHOICE_STRENGTH, LARGEST_VOCABULARY, SEED, TYPES_STRENGTH, train

OUTPUT = FOLDER / "comparison.json"
_STEP = 30
"""Documents between two points of the learning curve."""


@dataclass(frozen=True, slots=True)
class Row:
    """A model's name and its macro-F1 per decision on the held-out districts."""

    name: str
    polarity: float
    area: float
    types: float


def compare(seen: Sequence[Example], unseen: Sequence[Example]) -> list[Row]:
    """The table, from the simplest baseline to the shipped models."""
    rows = [_row("majority", partial(_fitted, _majority), seen, unseen), _cue_row(unseen)]
    for name, words in (
        ("plain TF-IDF, syllables", _syllables),
        ("plain TF-IDF, pyvi words", _pyvi),
        ("plain TF-IDF, underthesea words", _underthesea),
    ):
        rows.append(_row(name, partial(_fitted, partial(_linear, words)), seen, unseen))
    rows.append(_row("network of one hidden layer, all features", partial(_fitted, _network), seen, unseen))
    for left_out, blocks in (
        ("underthesea words", "w"),
        ("reach of negations, first and last clause", "no yes k z kn kf"),
        ("letters without tone marks", "c"),
        ("headings", "h0 h1"),
        ("lead and preceding sentence", "a b"),
    ):
        without = partial(_without, frozenset(blocks.split()))
        rows.append(
            _row(f"all features but {left_out}", partial(_fitted, partial(_linear, without)), seen, unseen)
        )
    rows.append(
        _row("all features, each statement by itself", partial(_fitted, partial(_linear, _all)), seen, unseen)
    )
    rows.append(_row("the same, features weighed by evidence", partial(_fitted, _weighed), seen, unseen))
    rows.append(_shipped("shipped: all features, then neighbours", seen, unseen))
    return rows


def learning_curve(seen: Sequence[Example], unseen: Sequence[Example]) -> list[dict[str, Any]]:
    """Scores of the shipped kind of model against the number of documents, added in a fixed mixed order."""
    documents = sorted({one.document for one in seen})
    order = np.random.default_rng(SEED).permutation(len(documents))
    points = []
    for count in [*range(_STEP, len(documents), _STEP), len(documents)]:
        kept = {documents[at] for at in order[:count]}
        some = [one for one in seen if one.document in kept]
        row = _shipped(f"{count} documents", some, unseen)
        points.append(
            {"documents": count, "statements": len(some)} | {name: getattr(row, name) for name in LABELS}
        )
    return points


def _shipped(name: str, seen: Sequence[Example], unseen: Sequence[Example]) -> Row:
    scores = train(seen, unseen).scores
    return Row(name, *(scores[decision]["macro_f1"] for decision in LABELS))


Fit = Callable[[Sequence[Example], NDArray[Any], str], Any]


def _fitted(
    make: Callable[[str], Pipeline], seen: Sequence[Example], truth: NDArray[Any], decision: str
) -> Any:
    return make(decision).fit(seen, truth)


def _row(name: str, fit: Fit, seen: Sequence[Example], unseen: Sequence[Example]) -> Row:
    """The macro-F1 of a baseline; types on the statements that are deficiencies."""
    scores = []
    for decision, labels in LABELS.items():
        some, others = _asked(decision, seen), _asked(decision, unseen)
        model = fit(some, _truth(decision, some), decision)
        given = model.predict(others)
        truth = _truth(decision, others)
        scores.append(_macro(truth, given, labels))
    return Row(name, *scores)


def _cue_row(unseen: Sequence[Example]) -> Row:
    scores = []
    for decision, labels in LABELS.items():
        asked = _asked(decision, unseen)
        given = [cue_labels(decision, one.input.text) for one in asked]
        if decision == "types":
            found: NDArray[Any] = np.array(
                [[label in types for label in labels] for types in given], dtype=int
            )
        else:
            found = np.array([labels.index(types[0]) for types in given])
        scores.append(_macro(_truth(decision, asked), found, labels))
    return Row("cue words", *scores)


def _asked(decision: str, examples: Sequence[Example]) -> list[Example]:
    if decision == "area":
        return [one for one in examples if one.area is not None]
    if decision == "types":
        return [one for one in examples if one.polarity == "deficiency"]
    return list(examples)


def _truth(decision: str, examples: Sequence[Example]) -> NDArray[Any]:
    labels = LABELS[decision]
    if decision == "types":
        return np.array([[label in one.types for label in labels] for one in examples], dtype=int)
    return np.array([labels.index(getattr(one, decision)) for one in examples])


def _macro(truth: NDArray[Any], given: NDArray[Any], labels: Sequence[str]) -> float:
    return round(
        float(f1_score(truth, given, average="macro", labels=range(len(labels)), zero_division=0.0)), 4
    )


def _majority(decision: str) -> Pipeline:
    model: ClassifierMixin = DummyClassifier(strategy="most_frequent")
    if decision == "types":
        model = OneVsRestClassifier(DummyClassifier(strategy="prior"))
    return make_pipeline(FunctionTransformer(lambda examples: np.zeros((len(examples), 1))), model)


def _tfidf(terms: Callable[[Example], Iterable[str]]) -> Pipeline:
    return make_pipeline(
        FunctionTransformer(lambda examples: [SEPARATOR.join(terms(one)) for one in examples]),
        TfidfVectorizer(
            token_pattern=r"[^\t]+",
            lowercase=False,
            min_df=2,
            sublinear_tf=True,
            max_features=LARGEST_VOCABULARY,
        ),
    )


def _linear(terms: Callable[[Example], Iterable[str]], decision: str) -> Pipeline:
    if decision == "types":
        model = OneVsRestClassifier(LinearSVC(C=TYPES_STRENGTH, random_state=SEED))
    else:
        model = LinearSVC(C=CHOICE_STRENGTH, class_weight="balanced", random_state=SEED)
    return make_pipeline(_tfidf(terms), model)


def _weighed(decision: str) -> Pipeline:
    if decision == "types":
        return _linear(_all, decision)
    return make_pipeline(_tfidf(_all), EvidenceSVC(C=CHOICE_STRENGTH, random_state=SEED))


def _network(decision: str) -> Pipeline:
    network = MLPClassifier((96,), early_stopping=True, max_iter=12, random_state=SEED)
    return make_pipeline(_tfidf(_all), network)


@cache
def _all(one: Example) -> tuple[str, ...]:
    """All features; every row of the table asks for those of the same statements."""
    return tuple(features_of(one.input))


def _without(blocks: frozenset[str], one: Example) -> list[str]:
    return [feature for feature in _all(one) if feature.partition(":")[0] not in blocks]


def _underthesea(one: Example) -> list[str]:
    return [feature for feature in _all(one) if feature.startswith("w:") and " " not in feature]


def _syllables(one: Example) -> list[str]:
    return re.findall(r"\w+", mask(one.input.text).lower())


def _pyvi(one: Example) -> list[str]:
    from pyvi import ViTokenizer

    return re.findall(r"\w+", ViTokenizer.tokenize(mask(one.input.text)).lower())


def main(output: Path = OUTPUT) -> None:
    """Compute table and curve, print them and keep them beside the artefact."""
    examples = load_examples()
    held_out = held_out_districts()
    seen = [one for one in examples if one.district not in held_out]
    unseen = [one for one in examples if one.district in held_out]
    rows = compare(seen, unseen)
    for row in rows:
        print(f"{row.name:45} {row.polarity:.4f} {row.area:.4f} {row.types:.4f}", flush=True)
    curve = learning_curve(seen, unseen)
    for point in curve:
        print(point, flush=True)
    content = {
        "table": [{"model": row.name, **{name: getattr(row, name) for name in LABELS}} for row in rows],
        "learning_curve": curve,
    }
    output.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
