"""Coefficients of agreement between two annotators; ``None`` where chance alone explains everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa (1960) of two annotators' labels: 1 is full agreement, 0 what chance gives.

    ``None`` where it is not defined: no pairs, or one label that both gave throughout.
    """
    total = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(count * second[label] for label, count in first.items())
    if by_chance == total * total:
        return None
    equal = sum(a == b for a, b in pairs)
    return (equal * total - by_chance) / (total * total - by_chance)


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """The part of all labels that both gave, 0 to 1; 1 for two empty sets."""
    return len(a & b) / len(a | b) if a | b else 1.0


def f1(a: frozenset[str], b: frozenset[str]) -> float:
    """The harmonic mean of the parts of each set that the other shares, 0 to 1; 1 for two empty sets."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def masi_distance(a: frozenset[str], b: frozenset[str]) -> float:
    """Passonneau's MASI (LREC 2006) as a distance, 0 to 1: a subset is nearer than a mere overlap."""
    if a == b:
        return 0.0
    if not a & b:
        return 1.0
    return 1.0 - jaccard(a, b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def alpha_masi(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float | None:
    """Krippendorff's alpha of two annotators' label sets with MASI distance: 1 full agreement, 0 chance.

    ``None`` where it is not defined: no pairs, or one set that both gave throughout.
    """
    counts = Counter(one for pair in pairs for one in pair)
    total = 2 * len(pairs)
    expected = sum(
        many * more * masi_distance(a, b) for a, many in counts.items() for b, more in counts.items()
    )
    if expected == 0:
        return None
    observed = sum(masi_distance(a, b) for a, b in pairs) / len(pairs)
    return 1.0 - observed * total * (total - 1) / expected
