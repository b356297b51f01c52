"""How good the labels are: precision, recall and F1 per label on districts no model has seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from models.artefact import FOLDER, LABELS, Artefact, load
from models.calibration import Judged, calibration_error, sure_share
from models.classify import Classifier, Labels
from models.examples import Example, gold_files, held_out_districts, load_examples
from models.reporting import Reporting, load_reporting

Pair = tuple[Example, Labels]


def evaluate_command(*, folder: Path = FOLDER) -> dict[str, Any]:
    """``rasoat evaluate``: the scores of the trained models on the held-out districts of the gold.

    Judged as in use: what :mod:`models.reporting` takes for no report counts as information.
    """
    held_out = held_out_districts()
    examples = load_examples([path for path in gold_files() if path.parent.name in held_out])
    return score(load(folder), examples, load_reporting())


def score(
    artefact: Artefact, examples: Sequence[Example], reporting: Reporting | None = None
) -> dict[str, Any]:
    """Precision, recall, F1 and support per label, their macro means, and how far confidence can be trusted.

    Types are scored on the statements whose gold polarity is deficiency, by the types the model
    gives them, none where it takes them for something else: what a user would see.
    """
    pairs = list(zip(examples, classified(artefact, examples, reporting), strict=True))
    tables = {
        "polarity": _table([({one.polarity}, {got.polarity}) for one, got in pairs], LABELS["polarity"]),
        "area": _table(
            [({one.area}, {got.area or ""}) for one, got in pairs if one.area is not None], LABELS["area"]
        ),
        "types": _table(
            [(set(one.types), set(got.types)) for one, got in pairs if one.polarity == "deficiency"],
            LABELS["types"],
        ),
    }
    values = judged(pairs)
    return {
        "statements": len(examples),
        "districts": sorted({one.district for one in examples}),
        "found": round(float(np.mean([one.found for one in examples])), 4) if examples else 0.0,
        **{
            name: table
            | {"calibration_error": calibration_error(values[name]), "at_0.9": sure_share(values[name])}
            for name, table in tables.items()
        },
        "at_0.9": sure_share([pair for pairs in values.values() for pair in pairs]),
    }


def classified(
    artefact: Artefact, examples: Sequence[Example], reporting: Reporting | None = None
) -> list[Labels]:
    """The labels that the model gives the examples, document by document as in use."""
    classifier = Classifier(artefact, reporting)
    return [
        label
        for _, group in groupby(examples, key=lambda one: (one.document, one.part))
        for label in classifier([one.input for one in group])
    ]


def judged(pairs: Sequence[Pair]) -> Mapping[str, list[Judged]]:
    """Every value the model gave, per decision: its confidence, and whether the annotator gave it too."""
    return {
        "polarity": [(got.polarity_confidence, got.polarity == one.polarity) for one, got in pairs],
        "area": [(got.area_confidence, got.area == one.area) for one, got in pairs if one.area is not None],
        "types": [
            (sure, label in one.types)
            for one, got in pairs
            if one.polarity == "deficiency"
            for label, sure in zip(got.types, got.types_confidence, strict=True)
        ],
    }


def _table(pairs: Sequence[tuple[set[str], set[str]]], order: Sequence[str]) -> dict[str, Any]:
    rows: dict[str, dict[str, float]] = {}
    for label in order:
        hits = sum(label in want and label in got for want, got in pairs)
        given = sum(label in got for _, got in pairs)
        wanted = sum(label in want for want, _ in pairs)
        precision = hits / given if given else 0.0
        recall = hits / wanted if wanted else 0.0
        f1 = 2 * hits / (given + wanted) if given + wanted else 0.0
        rows[label] = {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "support": wanted,
        }
    seen = [row["f1"] for row in rows.values() if row["support"]]
    return {"labels": rows, "macro_f1": round(float(np.mean(seen)), 4) if seen else 0.0}
