"""A number that stands at the name of a place which the statement is not about is nobody's here."""

from __future__ import annotations

import pytest

from extract.document import UnitMention
from extract.other_places import is_of_another_place

OURS = UnitMention("Xã Khe Mận", "commune", "xã Khe Mận")
TEXT = "Riêng Khe Mận đạt 12%, Lũng Vài đạt 93,7%, phường Gò Sim (40/50 hồ sơ, 80%); tỷ lệ chung 49,9%."


@pytest.mark.parametrize(
    ("number", "strange"), [("12%", False), ("93,7%", True), ("80%", True), ("49,9%", False)]
)
def test_the_name_directly_before_a_number_says_whose_it_is(number: str, strange: bool) -> None:
    at = TEXT.index(number)
    assert is_of_another_place(TEXT, (at, at + len(number)), [OURS]) is strange


@pytest.mark.parametrize(
    "text",
    ["Trung Tâm đạt 9%", "UBND xã Khe Mận chỉ đạt 9%", "tỷ lệ của Cổng Dịch vụ đạt 9%", "CCHC đạt 9%", "9%"],
)
def test_organs_abbreviations_and_our_own_name_are_no_strangers(text: str) -> None:
    assert not is_of_another_place(text, (text.index("9%"), len(text)), [OURS])


def test_without_units_every_named_place_is_a_stranger() -> None:
    assert is_of_another_place("Gò Sim 40%", (7, 10), [])
