"""What a training or an evaluation gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.printing import line, table, title

if TYPE_CHECKING:
    from pipelines.learning import Learned

_SIDES = {"gold": "held-out districts", "corrections": "held-out corrections"}
_HELPED = 5
"""Labels most helped that are named."""


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


def show_learned(learned: Learned) -> None:
    """What a training with corrections gave: what it learned from, figures before and after, the verdict."""
    line(
        f"{learned.statements} answered statements: {len(learned.trained_documents)} documents to learn from "
        f"beside the gold, {len(learned.held_out_documents)} held out"
        + (f"; {learned.rejected} rejected ones teach nothing" if learned.rejected else "")
    )
    if not learned.held_out_documents:
        line("A single corrected document is learned from: none is held out to be compared.")
    if learned.words_only:
        line(f"Learned by their words alone, as the file is gone or changed: {', '.join(learned.words_only)}")
    title("Figures on statements that neither model was trained on")
    table(
        ("before", "after", "statements", "", "figure"),
        [
            (
                f"{one.before:.4f}",
                f"{one.after:.4f}",
                str(one.statements),
                "FALLS" if one.falls else "",
                f"{one.decision}, {one.measure}, {_SIDES[one.on]}",
            )
            for one in learned.comparison.figures
        ],
    )
    helped = learned.comparison.helped[:_HELPED]
    if helped:
        title("Labels most helped (F1)")
        table(
            ("before", "after", "support", "label"),
            [
                (
                    f"{one.before:.3f}",
                    f"{one.after:.3f}",
                    str(one.support),
                    f"{one.label} ({one.decision}, {_SIDES[one.on]})",
                )
                for one in helped
            ],
        )
    for problem in learned.problems:
        line(f"REFUSED    {problem}")
    if learned.replaced:
        line(f"\nThe workspace's model is now {learned.model}. Ingest the archive again to read it with it.")
        return
    named = ", ".join(f"{one.decision} ({_SIDES[one.on]})" for one in learned.comparison.falls)
    line(
        f"\nNOT replaced: {named} fell by more than {learned.margin:g}. Look at the answers (rasoat review "
        "--write), or state another --margin. The model in use stays."
    )
