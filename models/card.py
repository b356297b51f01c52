"""The model card: what the shipped model was trained on, how it fares per label, and where it fails.

    python -m models.card                       # rewrites models/MODEL_CARD.md and its pictures

Figures come from ``trained/labels.json`` (``rasoat train``) and ``trained/comparison.json``
(``python -m models.comparison``); the sentences about use and limits stand in ``card_text.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotations.agreement import load_pairs, measure
from models.artefact import FOLDER, LABELS, load
from models.comparison import OUTPUT
from models.evaluation import classified, judged
from models.examples import GOLD, READINGS, SECOND, gold_files, held_out_districts, load_examples
from models.pictures import draw_learning_curve, draw_reliability

CARD = FOLDER.parent / "MODEL_CARD.md"
TEXT = FOLDER.parent / "card_text.md"


def write_card(card: Mapping[str, Any], comparison: Mapping[str, Any], path: Path = CARD) -> str:
    """Write the card; returns its text."""
    text = TEXT.read_text(encoding="utf-8").format(
        training=_training(card),
        scores=_scores(card["scores"]),
        labels="\n\n".join(_labels(name, card["scores"][name]["labels"]) for name in LABELS),
        comparison=_table(("model", *LABELS), [[row["model"], *_three(row)] for row in comparison["table"]]),
        curve=_table(
            ("documents", "statements", *LABELS),
            [[row["documents"], row["statements"], *_three(row)] for row in comparison["learning_curve"]],
        ),
        agreement=_agreement(GOLD, SECOND, "polarity"),
        readings=_agreement(READINGS / "first", READINGS / "second", "area", "types"),
    )
    path.write_text(text, encoding="utf-8")
    return text


def _training(card: Mapping[str, Any]) -> str:
    held_out, versions = card["held_out"], card["versions"].items()
    return (
        f"{card['statements']:,} statements of {card['documents']} documents from {len(card['districts'])} "
        f"invented districts. Held out are {card['scores']['statements']:,} statements of {len(held_out)} "
        f"further districts: {', '.join(held_out)}. Data hash `{card['data_sha256'][:16]}…`, versions "
        f"{', '.join(f'{name} {version}' for name, version in versions)}."
    )


def _scores(scores: Mapping[str, Any]) -> str:
    rows = [
        [
            name,
            f"{scores[name]['macro_f1']:.3f}",
            f"{scores[name]['calibration_error']:.3f}",
            f"{scores[name]['at_0.9']['right']:.1%}",
            f"{scores[name]['at_0.9']['of_all']:.1%}",
        ]
        for name in LABELS
    ]
    rows.append(
        ["all values", "", "", f"{scores['at_0.9']['right']:.1%}", f"{scores['at_0.9']['of_all']:.1%}"]
    )
    head = ("decision", "macro-F1", "calibration error", "right at confidence ≥ 0.9", "share at ≥ 0.9")
    return _table(head, rows)


def _agreement(first: Path, second: Path, *decisions: str) -> str:
    """Two annotators who did not see each other's labels, nor the machine's."""
    paired, _ = load_pairs(first, second)
    found = measure(paired)
    types = found.types
    one = {
        name: [name, told.statements, _part(told.agreement), _part(told.kappa)]
        for name, told in (("polarity", found.polarity), ("area", found.area))
    }
    several = [
        "types",
        types.statements,
        f"{_part(types.equal)} (F1 {_part(types.f1)})",
        _part(types.alpha_masi),
    ]
    rows = {**one, "types": several}
    head = ("decision", "statements", "equal", "kappa (types: alpha, MASI)")
    return f"{found.documents} held-out documents.\n\n{_table(head, [rows[name] for name in decisions])}"


def _part(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _labels(name: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    return _table(
        (name, "precision", "recall", "F1", "support"),
        [
            [label, *(f"{row[key]:.3f}" for key in ("precision", "recall", "f1")), int(row["support"])]
            for label, row in rows.items()
        ],
    )


def _three(row: Mapping[str, Any]) -> list[str]:
    return [f"{row[name]:.3f}" for name in LABELS]


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def main() -> None:
    """Rewrite the card and its pictures from the artefact and the comparison that lie beside it."""
    artefact = load()
    comparison = json.loads(OUTPUT.read_text(encoding="utf-8"))
    held_out = held_out_districts()
    examples = load_examples([path for path in gold_files() if path.parent.name in held_out])
    pairs = list(zip(examples, classified(artefact, examples), strict=True))
    draw_reliability(judged(pairs), FOLDER / "reliability.svg")
    draw_learning_curve(comparison["learning_curve"], FOLDER / "learning-curve.svg")
    write_card(artefact.card, comparison)


if __name__ == "__main__":
    main()
