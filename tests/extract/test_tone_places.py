"""hoà or hòa, uỷ or ủy: both are correct, old papers mix them, and nothing may depend on which was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import UnitMention
from extract.units.link import Linker
from extract.units.names import bare
from extract.units.offices import find_offices
from extract.units.patterns import AGENCY, BETWEEN, BODY
from extract.units.register import Register, Unit
from extract.vietnamese import either_tone_place, one_tone_place
from models.features import Input, features_of

PAIRS = [
    ("Hoà", "Hòa"),
    ("thuỷ", "thủy"),
    ("UỶ", "ỦY"),
    ("khoẻ", "khỏe"),
    ("TOÀ", "TÒA"),
    ("luỹ", "lũy"),
    ("hoạ", "họa"),
]


@pytest.mark.parametrize(("second", "first"), PAIRS)
def test_one_place(second: str, first: str) -> None:
    assert one_tone_place(second) == first
    assert one_tone_place(first) == first


@pytest.mark.parametrize(
    "word", ["quý", "quỹ", "Quỳnh", "hoàn", "huyện", "thuyền", "hoa", "xoay", "loại", "khoán"]
)
def test_words_with_one_spelling_stay(word: str) -> None:
    assert one_tone_place(word) == word


@given(st.text())
def test_offsets_stay(text: str) -> None:
    assert len(one_tone_place(text)) == len(text)
    assert one_tone_place(one_tone_place(text)) == one_tone_place(text)


@pytest.mark.parametrize(("second", "first"), PAIRS)
def test_patterns(second: str, first: str) -> None:
    pattern = re.compile(either_tone_place(first))
    assert pattern.fullmatch(first) and pattern.fullmatch(second)
    assert not pattern.fullmatch(bare(first).title())


def test_units_of_the_register() -> None:
    units = [Unit("01", "Xã Hòa Khe", "commune"), Unit("02", "Xã Hoa Khe", "commune")]
    mention = UnitMention("Xã Hoà Khe", "commune", "xã Hoà Khe")
    found = Linker.within(Register(units), None).link(mention)
    assert (found.code, found.match, found.name) == ("01", "exact", "Xã Hòa Khe")


@pytest.mark.parametrize("name", ["Phòng Văn hoá và Thông tin", "Phòng Văn hóa và Thông tin"])
def test_offices(name: str) -> None:
    text = f"{name} chưa mở sổ theo dõi."
    assert [office.as_printed for office in find_offices(text, (0, len(text)))] == [name]


def test_agencies_and_lists() -> None:
    assert AGENCY.match("Toà án huyện") and AGENCY.match("Nhà văn hoá xã")
    assert BODY.match("Uỷ ban Mặt trận")
    assert BETWEEN.fullmatch(" và uỷ ban nhân dân ")


def test_features_of_the_classifiers() -> None:
    old, new = Input("Công chức văn hoá chưa uỷ quyền"), Input("Công chức văn hóa chưa ủy quyền")
    assert features_of(old) == features_of(new)
