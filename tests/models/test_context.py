"""The second look: what stands around a statement, and nothing of another document."""

from __future__ import annotations

import numpy as np

from models.context import look_around

LABELS = 3
SCORES = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 2], [2, 0, 0]], dtype=np.float32)
OTHER = np.arange(8, dtype=np.float32).reshape(4, 2)
CHANCE = float(np.exp(6) / (np.exp(6) + 2))
"""Of a label two points before the two others."""


def blocks(titles: list[tuple[str, ...]]) -> list[np.ndarray]:
    inputs = look_around(SCORES, -SCORES, OTHER, titles)
    sizes = [LABELS, LABELS, 2, *[LABELS] * 4, LABELS, LABELS]
    assert inputs.shape == (4, sum(sizes))
    return list(np.split(inputs, np.cumsum(sizes)[:-1], axis=1))


def test_a_statement_keeps_its_own_scores_first() -> None:
    whole, own, other, *_ = blocks([("I",)] * 4)
    assert np.array_equal(whole, SCORES)
    assert np.array_equal(own, -SCORES)
    assert np.array_equal(other, OTHER)


def test_neighbours_stand_at_their_places_and_beyond_the_ends_is_nothing() -> None:
    _, _, _, before, behind, second_before, second_behind, *_ = blocks([("I",)] * 4)
    assert not before[0].any() and not behind[3].any()
    assert not second_before[:2].any() and not second_behind[2:].any()
    assert np.allclose(before[1, 0], CHANCE) and np.allclose(behind[1, 2], CHANCE)
    assert np.allclose(second_before[2, 0], CHANCE) and np.allclose(second_behind[1, 0], CHANCE)


def test_the_rest_of_a_section_leaves_the_statement_itself_out() -> None:
    section = blocks([("I",), ("I",), ("II",), ("I",)])[-2]
    low = (1 - CHANCE) / 2
    assert np.allclose(section[0], [(low + CHANCE) / 2, (CHANCE + low) / 2, low])
    assert np.allclose(section[1], [CHANCE, low, low])
    assert not section[2].any()
