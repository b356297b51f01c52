"""What a training or an evaluation gave."""

from __future__ import annotations

from typing import Any

from annotations.printing import line, table, title


def show_scores(scores: dict[str, Any]) -> None:
    """What a training or an evaluation gave: plain values as lines, scores per label as tables."""
    for name, value in scores.items():
        if isinstance(value, dict) and "labels" in value:
            title(f"{name}: macro-F1 {value['macro_f1']:.3f}")
            rows = [(code, row) for code, row in value["labels"].items()]
            table(
                ("precision", "recall", "F1", "support", "label"),
                [
                    (
                        *(f"{row[part]:.3f}" for part in ("precision", "recall", "f1")),
                        str(row["support"]),
                        code,
                    )
                    for code, row in rows
                ],
            )
            for part in value.keys() - {"labels", "macro_f1"}:
                line(f"{part}: {value[part]}")
        elif isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            title(name)
            show_scores(value)
        else:
            line(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
