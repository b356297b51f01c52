"""What stands around a statement, and around a score, as numbers for the second look.

Reports set praise beside praise and one area's faults one below the other, so a statement's neighbours are
evidence where its own words are few ("Có biên bản kiểm kê cuối năm."), and so is a turn to come: what stands
before "Tuy nhiên" is the praise that it takes back. The first look scores every statement
alone; the second weighs these scores with those of the two statements before, the two behind, and of the rest
of the section. It is trained on scores of models that had not seen the district, so it also calibrates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from models.artefact import Array
from models.features import Input

_SHARPNESS = 3.0
"""How scores of a linear support vector machine (margins near ±1) become rough chances."""
_NEIGHBOURS = (-1, 1, -2, 2)
_TURNS = re.compile(
    r"\W*(?:tuy nhiên|tuy vậy|tuy thế|nhưng|song(?! song)|thế nhưng|mặc dù vậy|bên cạnh (?:đó|những|các)|"
    r"ngược lại|vậy mà)\b",
    re.IGNORECASE,
)
"""How a statement opens that turns against what stands before it."""

Titles = tuple[str, ...]


def look_around(scores: Array, own: Array, other: Array, inputs: Sequence[Input]) -> Array:
    """The inputs of a decision's second look for the statements of one document, in their order.

    Args:
        scores: statements × labels, from all features; ``own`` the same from the statements' own words.
        other: statements × labels of the other decision (area for polarity, polarity for area).
        inputs: the statements; those of equal headings are one section.

    Returns:
        statements × inputs of the second look, where a missing neighbour gives zeros.
    """
    titles = [one.titles for one in inputs]
    chances, own_chances = _chances(scores), _chances(own)
    around = [_shifted(chances, by) for by in _NEIGHBOURS]
    sections = [_rest_of_section(values, titles) for values in (chances, own_chances)]
    return np.hstack([scores, own, other, *around, *sections, _turns_ahead(inputs)]).astype(np.float32)


def beside_rivals(scores: Array) -> Array:
    """Each label's score beside the two highest of the other labels: statements × labels × 3.

    A deficiency mostly has one type. What speaks for a second one is judged by how well another already
    explains the words; without this nearly every tenth type given was one too many.
    """
    order = np.argsort(-scores, axis=1, kind="stable")
    first, second, third = (np.take_along_axis(scores, order[:, [place]], axis=1) for place in range(3))
    labels = np.arange(scores.shape[1])
    best, next_best = labels == order[:, [0]], labels == order[:, [1]]
    rival = np.where(best, second, first)
    after = np.where(best | next_best, third, second)
    return np.stack([scores, rival, after], axis=2).astype(np.float32)


def _chances(scores: Array) -> Array:
    powers = np.exp(_SHARPNESS * (scores - scores.max(axis=1, keepdims=True)))
    chances: Array = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _turns_ahead(inputs: Sequence[Input]) -> Array:
    """Whether the next statement turns against this one, and whether any later one of the section does."""
    turns = [bool(_TURNS.match(one.text)) for one in inputs]
    ahead = np.zeros((len(inputs), 2), dtype=np.float32)
    turning: set[Titles] = set()
    for at in reversed(range(len(inputs))):
        titles = inputs[at].titles
        if at + 1 < len(inputs) and inputs[at + 1].titles == titles:
            ahead[at, 0] = turns[at + 1]
        ahead[at, 1] = titles in turning
        if turns[at]:
            turning.add(titles)
    return ahead


def _shifted(values: Array, by: int) -> Array:
    """Row ``n + by`` at row ``n``, zeros beyond the ends."""
    moved = np.zeros_like(values)
    if by < 0:
        moved[-by:] = values[:by]
    else:
        moved[:-by] = values[by:]
    return moved


def _rest_of_section(values: Array, titles: Sequence[Titles]) -> Array:
    """The mean over the other statements below the same headings."""
    sections: dict[Titles, list[int]] = defaultdict(list)
    for at, title in enumerate(titles):
        sections[title].append(at)
    means = np.zeros_like(values)
    for rows in sections.values():
        total = values[rows].sum(axis=0)
        for at in rows:
            means[at] = (total - values[at]) / max(1, len(rows) - 1)
    return means
