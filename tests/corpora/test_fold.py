"""Folding: what a person without a Vietnamese keyboard types, and the way back to the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.fold import fold, fold_aligned, has_marks, index_words, spell

VIETNAMESE = st.text(alphabet="aàảãáạăằâầđeêệiìoôộơờuưựyỳỷ ĐẢÂỆỘƯ/-.,0123456789", max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chữ ký số", "chu ky so"),
        ("ĐOÀN KIỂM TRA", "doan kiem tra"),
        ("739/QĐ-UBND", "739/qd-ubnd"),
        ("Lũng Vàng, Khe Mận", "lung vang, khe man"),
        ("e\u0323\u0302", "e"),
        ("", ""),
    ],
)
def test_fold_drops_what_a_plain_keyboard_cannot_type(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_is_the_same_for_composed_and_decomposed_text(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_fold_and_spell_keep_the_length_of_vietnamese(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(spell(text)) == len(text)


@given(st.text())
def test_every_folded_letter_leads_back_to_its_place(text: str) -> None:
    folded = fold_aligned(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    for place, letter in enumerate(folded.text):
        start, end = folded.original(place, place + 1)
        assert letter in fold(text[start : max(end, start + 1)])


def test_a_hit_in_folded_text_is_shown_in_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "xã Khe Mận chậm")
    folded = fold_aligned(text)
    at = folded.text.index("man")
    start, end = folded.original(at, at + 3)
    assert unicodedata.normalize("NFC", text[start:end]) == "Mận"


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Thuỷ", "thủy"), ("kỹ", "kĩ"), ("tỷ lệ", "tỉ lệ"), ("quý", "quí"), ("khoẻ", "khỏe")],
)
def test_two_correct_spellings_are_one(one: str, other: str) -> None:
    assert spell(one) == spell(other)


@pytest.mark.parametrize("text", ["thể", "toàn", "quỹ", "hoàng", "nguyễn", "mây"])
def test_spell_touches_nothing_else(text: str) -> None:
    assert spell(text) in (text, "quĩ")


@given(st.text())
def test_spelling_twice_changes_nothing(text: str) -> None:
    assert spell(spell(text)) == spell(text)


@pytest.mark.parametrize(
    ("text", "marks"), [("thể", True), ("đoan", True), ("doan", False), ("12/QD", False)]
)
def test_marks_are_noticed(text: str, marks: bool) -> None:
    assert has_marks(text) is marks


@given(st.text())
def test_words_of_the_index_know_their_place(text: str) -> None:
    for word in index_words(text):
        assert spell(text[word.start : word.end]) == word.spelled
