"""Whether confidence means what it says: of the values given at 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10
SURE = 0.9
"""The confidence from which a value may be used without looking: :func:`sure_share` is measured there."""

Judged = tuple[float, bool]
"""A value's confidence, and whether the value is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The values whose confidence falls between ``low`` and ``high``: how many, how sure, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(pairs: Sequence[Judged], bins: int = BINS) -> list[Bin]:
    """The filled bins of equal width over 0 to 1.

    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
    """
    sure = np.array([pair[0] for pair in pairs])
    right = np.array([pair[1] for pair in pairs], dtype=float)
    at = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        Bin(
            number / bins,
            (number + 1) / bins,
            int(inside.sum()),
            float(sure[inside].mean()),
            float(right[inside].mean()),
        )
        for number in range(bins)
        if (inside := at == number).any()
    ]


def calibration_error(pairs: Sequence[Judged], bins: int = BINS) -> float:
    """Expected calibration error: mean distance of confidence and accuracy, weighted by the bins' sizes."""
    if not pairs:
        return 0.0
    gaps = (one.count * abs(one.confidence - one.accuracy) for one in reliability(pairs, bins))
    return round(sum(gaps) / len(pairs), 4)


def sure_share(pairs: Sequence[Judged], sure: float = SURE) -> dict[str, float]:
    """Of the values with confidence ``sure`` or more: the share ``right``, and their share ``of_all``."""
    kept = [right for confidence, right in pairs if confidence >= sure]
    return {
        "right": round(sum(kept) / len(kept), 4) if kept else 0.0,
        "of_all": round(len(kept) / len(pairs), 4) if pairs else 0.0,
    }
