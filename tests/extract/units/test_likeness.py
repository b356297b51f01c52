"""How far names are from each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.units.likeness import FAR, distance

SYLLABLES = [
    "Sơn",
    "Tiến",
    "Lễ",
    "Nghĩa",
    "Quỳnh",
    "Đức",
    "Hòa",
    "Krông",
    "1",
    "Trường",
    "Gia",
    "Giang",
    "Ía",
]
NAMES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("printed", "meant", "most"),
    [
        ("Sơn Tiên", "Sơn Tiến", 0.5),
        ("Sơn Lẽ", "Sơn Lễ", 0.5),
        ("Son Lê", "Sơn Lễ", 1.0),
        ("Thiện Chí", "Thiện Trí", 0.6),
        ("Ngbĩa Tiến", "Nghĩa Tiến", 0.6),
        ("Hoà Bình", "Hòa Bình", 0.0),
        ("Đưng K'Nớ", "Đưng KNớ", 0.0),
        ("SơnLễ", "Sơn Lễ", 0.5),
    ],
)
def test_slips_are_near(printed: str, meant: str, most: float) -> None:
    assert distance(printed, meant) <= most


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("Sơn Kim 1", "Sơn Kim 2"), ("Sơn Hà", "Sơn Trung"), ("Sơn", "Sơn Lễ"), ("Phường 3", "Phường 8")],
)
def test_other_names_are_far(printed: str, meant: str) -> None:
    assert distance(printed, meant) > 1.5


@given(NAMES, NAMES)
def test_distance_is_a_distance(a: str, b: str) -> None:
    assert 0 <= distance(a, b) == distance(b, a) <= FAR
    assert distance(a, a) == 0
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a.upper(), a) == 0
