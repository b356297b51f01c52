"""The second look: what stands around a statement, and nothing of another document."""

from __future__ import annotations

import numpy as np

from models.context import look_around
from models.features import Input

LABELS = 3
SCORES = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 2], [2, 0, 0]], dtype=np.float32)
OTHER = np.arange(8, dtype=np.float32).reshape(4, 2)
CHANCE = float(np.exp(6) / (np.exp(6) + 2))
"""Of a label two points before the two others."""


def blocks(titles: list[tuple[str, ...]]) -> list[np.ndarray]:
    return split(look_around(SCORES, -SCORES, OTHER, [Input("Có sổ.", title) for title in titles]))


def split(around: np.ndarray) -> list[np.ndarray]:
    sizes = [LABELS, LABELS, 2, *[LABELS] * 4, LABELS, LABELS, 2]
    assert around.shape == (4, sum(sizes))
    return list(np.split(around, np.cumsum(sizes)[:-1], axis=1))


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
    section = blocks([("I",), ("I",), ("II",), ("I",)])[-3]
    low = (1 - CHANCE) / 2
    assert np.allclose(section[0], [(low + CHANCE) / 2, (CHANCE + low) / 2, low])
    assert np.allclose(section[1], [CHANCE, low, low])
    assert not section[2].any()


def test_a_turn_is_seen_from_the_statements_that_it_takes_back_and_from_no_other_section() -> None:
    texts = ["Có kế hoạch.", "Có sổ theo dõi.", "Tuy nhiên, sổ ghi thiếu cột.", "Song song với đó, đã họp."]
    sections = [("I",), ("I",), ("I",), ("I",)]
    one = [Input(text, title) for text, title in zip(texts, sections, strict=True)]
    assert split(look_around(SCORES, -SCORES, OTHER, one))[-1].tolist() == [[0, 1], [1, 1], [0, 0], [0, 0]]
    apart = [Input(text, (str(at // 2),)) for at, text in enumerate(texts)]
    assert not split(look_around(SCORES, -SCORES, OTHER, apart))[-1].any()
