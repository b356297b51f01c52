"""When a new model may take the place of the old one."""

from __future__ import annotations

import pytest

from models.improvement import Figure


@pytest.mark.parametrize(
    ("before", "after", "allowed", "falls"),
    [
        (0.90, 0.95, 0.01, False),
        (0.90, 0.89, 0.01, False),
        (0.90, 0.8899, 0.01, True),
        (0.90, 0.90, 0.0, False),
        (0.90, 0.8999, 0.0, True),
    ],
)
def test_a_figure_falls_where_it_loses_more_than_is_allowed(
    before: float, after: float, allowed: float, falls: bool
) -> None:
    assert Figure("gold", "area", "macro-F1", 100, before, after, allowed).falls is falls
