"""The model card's two pictures: how far confidence can be trusted, and what more documents would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from models.artefact import LABELS
from models.calibration import Judged, reliability

_COLOURS = {"polarity": "#1b6ca8", "area": "#c1571a", "types": "#3f7d3a"}
mpl.rcParams["svg.hashsalt"] = "rasoat"  # the same figures give the same bytes


def draw_reliability(values: Mapping[str, Sequence[Judged]], path: Path) -> None:
    """Accuracy against confidence per decision; a dot's area grows with the number of values behind it."""
    figure = Figure(figsize=(9.6, 3.4), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(LABELS), sharey=True), LABELS, strict=True):
        bins = reliability(values[name])
        most = max(one.count for one in bins)
        axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--")
        axes.plot(
            [one.confidence for one in bins],
            [one.accuracy for one in bins],
            color=_COLOURS[name],
            linewidth=1,
        )
        axes.scatter(
            [one.confidence for one in bins],
            [one.accuracy for one in bins],
            s=[20 + 180 * one.count / most for one in bins],
            color=_COLOURS[name],
            alpha=0.8,
        )
        axes.set(title=name, xlabel="confidence", xlim=(0, 1.02), ylim=(0, 1.02))
        axes.grid(alpha=0.25)
        if name == "polarity":
            axes.set_ylabel("share right")
    _save(figure, path)


def draw_learning_curve(points: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Macro-F1 on the held-out districts against the number of training documents."""
    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.subplots()
    for name in LABELS:
        documents = [point["documents"] for point in points]
        axes.plot(
            documents, [point[name] for point in points], "o-", color=_COLOURS[name], label=name, markersize=4
        )
    axes.set(xlabel="training documents", ylabel="macro-F1, held-out districts")
    axes.grid(alpha=0.25)
    axes.legend(frameon=False)
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": "rasoat"})
