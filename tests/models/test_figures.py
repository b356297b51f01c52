"""What the figures of a statement say to the classifiers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã trả lời 0/6 dự thảo.", {"share none"}),
        ("12/12 thôn có sổ.", {"share all"}),
        ("Giải quyết 1.180/1.204 hồ sơ.", {"share most"}),
        ("Mới đạt 8,59%.", {"percent low"}),
        ("Đạt 100 %.", {"percent all"}),
        ("Sổ trực: 212 ca, 212 chữ ký.", {"repeated"}),
        ("Tài sản thiếu 00.", {"nought"}),
    ],
)
def test_shares_percentages_noughts_and_repeats(text: str, expected: set[str]) -> None:
    assert {one for one in figures(text) if not one.startswith("numbers")} == expected


@pytest.mark.parametrize(
    "text", ["Quyết định số 12/2021/QĐ-UBND", "ngày 15/8/2021", "tháng 9/2020", "lần 7/5"]
)
def test_document_numbers_and_dates_are_no_shares(text: str) -> None:
    assert not [one for one in figures(text) if one.startswith("share")]


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_share_is_named_after_its_size(whole: int, part: int) -> None:
    (said,) = [one for one in figures(f"đạt {part}/{whole} đơn vị") if one.startswith("share")] or [""]
    assert said == "" if part > whole else (said == "share all") == (part == whole)
    assert part > whole or (said == "share none") == (part == 0)


@given(st.text(alphabet="0123456789/.,% ađ-", max_size=40))
def test_never_fails(text: str) -> None:
    assert figures(text)
