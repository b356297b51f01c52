"""Near-duplicates: the quick way finds what comparing all pairs finds, and what a reader would call alike."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.duplicates import SHORT, masked, near_duplicates


def shingles(text: str) -> set[tuple[str, ...]]:
    words = masked(text).split()
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)} if len(words) > SHORT else set()


@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=14).map(" ".join), max_size=12),
    st.sampled_from([0.3, 0.5, 0.6, 0.8, 0.9, 1.0]),
)
def test_the_pairs_are_those_of_comparing_all(texts: list[str], threshold: float) -> None:
    sets = [shingles(text) for text in texts]
    wanted = {
        (a, b): len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        for a, b in combinations(range(len(texts)), 2)
        if sets[a] and sets[b]
    }
    found = {(near.first, near.second): near.likeness for near in near_duplicates(texts, threshold)}
    assert found == {pair: likeness for pair, likeness in wanted.items() if likeness >= threshold}


def test_who_when_and_how_much_make_no_difference() -> None:
    a = "Xã Khe Mận chưa niêm yết 12 thủ tục hành chính, tỷ lệ 8,5%;"
    b = "Xã Sín Pao chưa niêm yết 7 thủ tục hành chính – tỷ lệ 10,2%."
    assert masked(a) == masked(b)
    (near,) = near_duplicates([a, "Sổ theo dõi ghi không đủ cột theo mẫu.", b])
    assert (near.first, near.second, near.likeness) == (0, 2, 1.0)


def test_either_place_of_the_tone_mark_is_the_same() -> None:
    assert masked("hoà giải") == masked("hòa giải")


def test_short_statements_repeat_by_nature() -> None:
    assert not near_duplicates(["Chưa có sổ theo dõi."] * 2)
    assert near_duplicates(["Chưa có sổ theo dõi đơn."] * 2)


@pytest.mark.parametrize("threshold", [0.0, 1.1])
def test_a_threshold_that_means_nothing(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        near_duplicates([], threshold)
