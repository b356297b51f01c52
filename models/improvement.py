"""Whether a newly trained model may take the place of the one in use: figures of both, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from models.artefact import Artefact
from models.evaluation import Pair, labelled_pairs, score
from models.examples import Example

MARGIN = 0.01
"""By how much a figure may fall if nobody says otherwise."""

Side = Literal["gold", "corrections"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the model in use and of the new one, on statements that neither was trained on.

    On the gold it is macro-F1. On corrections, which are few, it is the share of statements that are right
    (of types: F1 over all types together), and there one statement may always be lost: ``allowed`` is the
    margin, or the weight of one statement if that is more.
    """

    on: Side
    decision: str
    measure: str
    statements: int
    before: float
    after: float
    allowed: float

    @property
    def falls(self) -> bool:
        """Whether the new model is worse by more than is allowed."""
        return round(self.before - self.after, 4) > round(self.allowed, 4)


@dataclass(frozen=True, slots=True)
class Gain:
    """A label whose F1 rose, on the gold's or the corrections' held-out statements."""

    on: Side
    decision: str
    label: str
    support: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """All figures, and the labels most helped, those of the greatest gain first."""

    figures: tuple[Figure, ...]
    helped: tuple[Gain, ...]

    @property
    def falls(self) -> tuple[Figure, ...]:
        """The figures that forbid the new model."""
        return tuple(one for one in self.figures if one.falls)

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {
            "figures": [asdict(one) | {"falls": one.falls} for one in self.figures],
            "helped": [asdict(one) for one in self.helped],
        }


def compare(
    before: Artefact,
    after: Artefact,
    gold: Sequence[Example],
    corrections: Sequence[Example],
    margin: float = MARGIN,
) -> Comparison:
    """Compare two models on held-out statements of the gold and of corrections (which may be none)."""
    old, new = score(before, gold), score(after, gold)
    figures = [
        Figure(
            "gold", name, "macro-F1", old["statements"], old[name]["macro_f1"], new[name]["macro_f1"], margin
        )
        for name in ("polarity", "area", "types")
    ]
    helped = list(_gains("gold", old, new))
    if any(one.polarity for one in corrections):
        pairs = labelled_pairs(before, corrections), labelled_pairs(after, corrections)
        for name, (was, count), (now, _) in zip(
            ("polarity", "area", "types"), _shares(pairs[0]), _shares(pairs[1]), strict=True
        ):
            if count:
                measure = "F1" if name == "types" else "share right"
                allowed = max(margin, 1 / count)
                figures.append(Figure("corrections", name, measure, count, was, now, allowed))
        helped += _gains("corrections", score(before, corrections), score(after, corrections))
    helped.sort(key=lambda one: one.before - one.after)
    return Comparison(tuple(figures), tuple(helped))


def _shares(pairs: Sequence[Pair]) -> list[tuple[float, int]]:
    """The share of right values and how many there are: polarity, area, types."""
    polarity = [got.polarity == one.polarity for one, got in pairs]
    area = [got.area == one.area for one, got in pairs if one.area is not None]
    wanted = [(set(one.types), set(got.types)) for one, got in pairs if one.polarity == "deficiency"]
    hits = sum(len(want & got) for want, got in wanted)
    all_types = sum(len(want) + len(got) for want, got in wanted)
    return [
        (round(sum(polarity) / len(polarity), 4) if polarity else 0.0, len(polarity)),
        (round(sum(area) / len(area), 4) if area else 0.0, len(area)),
        (round(2 * hits / all_types, 4) if all_types else 0.0, len(wanted)),
    ]


def _gains(on: Side, old: dict[str, Any], new: dict[str, Any]) -> list[Gain]:
    return [
        Gain(on, name, label, row["support"], row["f1"], new[name]["labels"][label]["f1"])
        for name in ("polarity", "area", "types")
        for label, row in old[name]["labels"].items()
        if row["support"] and new[name]["labels"][label]["f1"] > row["f1"]
    ]
