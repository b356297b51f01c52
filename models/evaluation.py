"""How good the labels are: precision, recall and F1 per label on districts no model has seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from annotations.records import AnnotationProblem
from models.artefact import FOLDER, LABELS, Artefact, ArtefactProblem, load
from models.calibration import Judged, calibration_error, sure_share
from models.classify import Classifier, Labels
from models.examples import (
    Example,
    data_hash,
    gold_files,
    held_out_districts,
    load_examples,
    load_folder,
)
from models.reporting import Reporting, load_reporting

Pair = tuple[Example, Labels]


def evaluate_command(*, model: Path = FOLDER) -> dict[str, Any]:
    """``rasoat evaluate``: the scores of a trained model on the held-out districts of the gold.

    :class:`ArtefactProblem` where the model beside the code was trained on another gold than lies here.
    """
    artefact = load(model)
    files = gold_files()
    if model.resolve() == FOLDER.resolve() and artefact.card.get("data_sha256") != data_hash(files):
        raise ArtefactProblem(
            "The trained model was trained on another gold than annotations/gold. "
            "Rebuild it with 'rasoat train'."
        )
    held_out = held_out_districts()
    examples = load_examples([path for path in files if path.parent.name in held_out])
    return score(artefact, examples, load_reporting())


def evaluate_folder(
    folder: Path, model: Path = FOLDER, sources: Mapping[str, Path] | None = None
) -> tuple[dict[str, Any], list[AnnotationProblem]]:
    """``rasoat evaluate FOLDER``: the same scores on any annotation folder, and what was left out of it."""
    artefact = load(model)
    examples, problems = load_folder(folder, sources)
    return score(artefact, examples, load_reporting()), problems


def score(
    artefact: Artefact, examples: Sequence[Example], reporting: Reporting | None = None
) -> dict[str, Any]:
    """Precision, recall, F1 and support per label, their macro means, and how far confidence can be trusted.

    Types are scored on the statements whose gold polarity is deficiency, by the types the model
    gives them, none where it takes them for something else: what a user would see.
    """
    pairs = labelled_pairs(artefact, examples, reporting)
    examples = [one for one, _ in pairs]
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


def labelled_pairs(
    artefact: Artefact, examples: Sequence[Example], reporting: Reporting | None = None
) -> list[Pair]:
    """The labelled examples with what the model gives them; those without labels are context only."""
    return [
        (one, got)
        for one, got in zip(examples, classified(artefact, examples, reporting), strict=True)
        if one.polarity
    ]


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
