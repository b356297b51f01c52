"""Statements of one unit to chains: which of them tell of one deficiency."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpora.chains.likeness import Likeness, Matrix, Statement

_FURTHEST = 8.0
"""Scores beyond this count no more: one sure pair shall not outweigh many doubts."""
_ONE_LIST = 2.0
"""A list of faults does not tell one twice: two of its items have to be so much liker to be one."""
_AT_ONCE = 2500
"""More statements of one unit are grouped area by area, which keeps memory in bounds."""


def group(statements: Sequence[Statement], lists: Sequence[str], likeness: Likeness) -> list[list[int]]:
    """The places of the statements, chain by chain, in the order of their first statement.

    Average linkage: two groups become one while the mean score of their pairs is above zero, the highest mean
    first. ``lists`` names the list that each statement stands in. The order given decides
    ties, so it has to be one that does not depend on when files were ingested.
    """
    if len(statements) <= _AT_ONCE:
        return _grouped(list(range(len(statements))), statements, lists, likeness)
    areas = sorted({one.area or "" for one in statements})
    found = [
        chain
        for area in areas
        for chain in _grouped(
            [at for at, one in enumerate(statements) if (one.area or "") == area], statements, lists, likeness
        )
    ]
    return sorted(found)


def _grouped(
    places: list[int], statements: Sequence[Statement], lists: Sequence[str], likeness: Likeness
) -> list[list[int]]:
    if len(places) < 2:
        return [places] if places else []
    scores = likeness.same([statements[at] for at in places])
    listed = np.array([lists[at] for at in places])
    scores = scores - _ONE_LIST * (listed[:, None] == listed[None])
    return [[places[at] for at in chain] for chain in linked(scores)]


def linked(scores: Matrix) -> list[list[int]]:
    """Groups of a matrix of scores by average linkage, cut at zero."""
    from scipy.cluster.hierarchy import fcluster, linkage

    upper = np.triu_indices(len(scores), 1)
    far = _FURTHEST - np.clip((scores[upper] + scores.T[upper]) / 2, -_FURTHEST, _FURTHEST)
    named = fcluster(linkage(far, "average"), _FURTHEST, "distance")
    chains: dict[int, list[int]] = {}
    for at, name in enumerate(named):
        chains.setdefault(int(name), []).append(at)
    return sorted(chains.values())
