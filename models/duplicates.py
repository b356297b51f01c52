"""Statements that say the same in nearly the same words: what must not stand on both sides of a split.

Likeness is the Jaccard index of the sets of syllable 3-shingles of the masked statements. All pairs
above a threshold are found, exactly and without comparing all: two sets can only be that alike
where their rarest shingles meet (prefix filtering: Chaudhuri, Ganti, Kaushik, ICDE 2006; Bayardo,
Ma, Srikant, WWW 2007).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.vietnamese import CAPITALISED, one_tone_place

ALIKE = 0.8
"""Jaccard index from which two statements are near-duplicates."""

SHORT = 5
"""Statements of up to so many syllables repeat by nature ("Chưa có sổ theo dõi.") and are not compared."""

_SHINGLE = 3
_ROUNDING = 1e-9
"""0.8 of a count must not lie above the whole number that it is."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two statements by their places in the list given, ``first`` before ``second``; ``likeness`` 0 to 1."""

    first: int
    second: int
    likeness: float


def masked(text: str) -> str:
    """``text`` in small letters, numbers as ``0``, capitalised words as ``_``, without punctuation.

    Statements that differ in who, when and how much only are equal after it, and so are some that
    differ in their first word ("Có …", "Không …"). Harder than the masking of :mod:`models.features`,
    which keeps the names of laws and offices: it is to find what was written by filling in a form.
    """
    text = re.sub(CAPITALISED, "_", re.sub(r"\d+", "0", one_tone_place(text)))
    return re.sub(r"\W+", " ", text).strip().lower()


def near_duplicates(texts: Sequence[str], threshold: float = ALIKE) -> list[Near]:
    """All pairs of ``texts`` with a likeness of at least ``threshold``, above 0 and up to 1; likest first."""
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold above 0 and up to 1, not {threshold}")
    sets = [_shingles(text) for text in texts]
    frequency = Counter(shingle for one in sets for shingle in one)
    index: dict[str, list[int]] = defaultdict(list)
    found: list[Near] = []
    for second, ours in enumerate(sets):
        rarest = sorted(ours, key=lambda shingle: (frequency[shingle], shingle))
        prefix = rarest[: len(ours) - math.ceil(threshold * len(ours) - _ROUNDING) + 1]
        for first in {place for shingle in prefix for place in index[shingle]}:
            likeness = _jaccard(sets[first], ours)
            if likeness >= threshold - _ROUNDING:
                found.append(Near(first, second, likeness))
        for shingle in prefix:
            index[shingle].append(second)
    return sorted(found, key=lambda near: (-near.likeness, near.first, near.second))


def _shingles(text: str) -> frozenset[str]:
    """The runs of three syllables of the masked text; none for a short one."""
    syllables = masked(text).split()
    if len(syllables) <= SHORT:
        return frozenset()
    runs = zip(*(syllables[at:] for at in range(_SHINGLE)), strict=False)
    return frozenset(" ".join(run) for run in runs)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    common = len(a & b)
    return common / (len(a) + len(b) - common)
