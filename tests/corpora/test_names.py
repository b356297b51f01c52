"""Names of units as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.names import bare, nearest, same_unit


@pytest.mark.parametrize(
    ("asked", "name", "same"),
    [
        ("khe man", "Xã Khe Mận", True),
        ("Xã Khe Mận", "Khe Mận", True),
        ("xa khe man", "Khe Mận", True),
        ("UBND xã Khe Mận", "Xã Khe Mận", True),
        ("xã Khe Mận, huyện Lũng Vàng", "Xã Khe Mận", True),
        ("Khe Mân", "Xã Khe Mận", False),
        ("Khe", "Xã Khe Mận", False),
        ("thị xã Bến Lau", "Xã Bến Lau", False),
        ("TT Bến Lau", "Thị trấn Bến Lau", True),
        ("bến lau", "Thị xã Bến Lau", True),
        ("quan sơn", "Huyện Quan Sơn", True),
        ("quan son", "Huyện Quan Sơn", True),
        ("Hoà Lạc", "Xã Hòa Lạc", True),
        ("", "Xã Khe Mận", False),
        ("all", "all", True),
    ],
)
def test_a_unit_is_meant(asked: str, name: str, same: bool) -> None:
    assert same_unit(asked, name) is same


def test_the_bare_name_keeps_its_marks() -> None:
    assert bare("UBND xã Khe Mận") == "khe mận"
    assert bare("Xã") == "xã"


@given(st.text(), st.text())
def test_any_text_can_be_asked(asked: str, name: str) -> None:
    same_unit(asked, name)


def test_nearest_names_are_found_without_kinds_and_marks() -> None:
    names = ["Xã Khe Mận", "Xã Đồng Bản", "Thị trấn Suối Mơ"]
    assert nearest("khe mun", names) == ["Xã Khe Mận"]
    assert nearest("xã Đồng Bãn", names) == ["Xã Đồng Bản"]
    assert nearest("Phòng Tài chính", names) == []
    assert nearest("", names) == []
