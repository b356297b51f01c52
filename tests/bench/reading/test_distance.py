from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from .distance import distance, whereabouts


def by_table(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for at, x in enumerate(a, start=1):
        before, row[0] = row[0], at
        for to, y in enumerate(b, start=1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (x != y))
    return row[-1]


@given(st.text("abă ", max_size=60), st.text("abă ", max_size=60))
def test_distance_is_that_of_the_textbook(a: str, b: str) -> None:
    assert distance(a, b) == by_table(a, b)


def test_distance_counts_words_too() -> None:
    assert distance(["một", "hai", "ba"], ["một", "ba", "bốn", "năm"]) == 3


def test_a_line_is_found_where_it_stands() -> None:
    text = "Số: 12/BC-UBND Độc lâp - Tự do - Hạnh phúc BÁO CÁO"
    end, edits = whereabouts("Độc lập - Tự do - Hạnh phúc", text)
    assert text[:end].endswith("Hạnh phúc") and edits == 1
    assert whereabouts("abc", "") == (0, 3)


@given(st.text("abă ", min_size=1, max_size=8), st.text("abă ", max_size=20))
def test_the_place_is_the_best_of_all(wanted: str, text: str) -> None:
    stretches = [text[a:b] for a in range(len(text) + 1) for b in range(a, len(text) + 1)]
    assert whereabouts(wanted, text)[1] == min(distance(wanted, stretch) for stretch in stretches)
