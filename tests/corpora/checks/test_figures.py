"""Figures as they are printed, and the rates, lists and sums made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.checks.counts import unit_counts
from corpora.checks.figures import decimals, number, rounds_to, vietnamese
from corpora.checks.rates import rates
from corpora.checks.sheets import Sheet


def sheet(text: str) -> Sheet:
    return Sheet(
        "d1",
        "a.md",
        1,
        1,
        "báo cáo",
        "1/BC-UBND",
        "2021-05-05",
        2021,
        None,
        None,
        None,
        None,
        False,
        (),
        text,
    )


@given(st.floats(0, 100), st.integers(0, 3))
def test_a_figure_rounds_to_itself(value: float, digits: int) -> None:
    exact, short = vietnamese(value, 5), vietnamese(value, digits)
    assert rounds_to(exact + "%", short + "%")
    assert decimals(short) == digits
    assert abs(number(short) - value) <= 0.5 * 10.0**-digits + 1e-9


@pytest.mark.parametrize(("one", "other", "same"), [("8,21%", "8%", True), ("8,59%", "8,5 %", True), ("49%", "39%", False), ("8,21%", "8,2%", True), ("8%", "9%", False), ("8,05%", "8,5%", False)])  # fmt: skip
def test_rounding_explains_some_differences(one: str, other: str, same: bool) -> None:
    assert rounds_to(one, other) is rounds_to(other, one) is same


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Có 37/52 hồ sơ, đạt 81,5%.", 1),
        ("Có 37/52 hồ sơ, đạt 71,2%.", 0),
        ("Có 37/52 hồ sơ, đạt 71%.", 0),
        ("Đạt 81,5% (37/52 hồ sơ).", 1),
        ("Có 37 trong tổng số 52 hồ sơ (81,5%).", 1),
        ("Có 37/52 hồ sơ, trong đó 81,5% là hồ sơ đất đai.", 0),
        ("Có 37/52 hồ sơ, đạt 81,5% kế hoạch.", 0),
        ("Có 37/52 hồ sơ, đạt gần 70%.", 0),
        ("Ngày 5/12, đạt 81,5%.", 0),
        ("Tháng 6/2021 đạt 81,5%.", 0),
        ("Theo Quyết định số 37/52 đạt 81,5%.", 0),
        ("Nhỉnh hơn 1/3 một chút (35,02%).", 0),
        ("Có 6/11 phường, xã đạt loại tốt, chiếm 45,5%.", 1),
        ("Dịch vụ công mức độ 3/4 đạt 20%.", 0),
    ],
)
def test_a_rate_is_held_against_its_counts(text: str, many: int) -> None:
    assert len(list(rates(sheet(text)))) == many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Có 3 xã gửi chậm, gồm: Khe Mận, Bãi Sậy.", 1),
        ("Có 3 xã gửi chậm, gồm: Khe Mận, Bãi Sậy và Nà Pheo.", 0),
        ("Có 3 xã gửi chậm, trong đó có: Khe Mận, Bãi Sậy.", 0),
        ("Có 3 xã gửi chậm như: Khe Mận, Bãi Sậy.", 0),
        ("Có 3 xã gửi chậm, gồm: Khe Mận, Bãi Sậy...", 0),
        ("Có 2 phòng gửi chậm, gồm: Phòng Văn hóa và Thông tin, Phòng Lao động - Thương binh và Xã hội.", 0),
        ("Có 3 phòng gửi chậm, gồm: Phòng Văn hóa và Thông tin, Phòng Lao động - Thương binh và Xã hội.", 1),
        ("18/25 xã có sổ, gồm: Khe Mận (12%), Bãi Sậy (15%).", 1),
        ("Kiểm tra 14 đơn vị, gồm 10 xã và 05 phòng.", 1),
        ("Kiểm tra 15 đơn vị, gồm 10 xã và 05 phòng.", 0),
        ("25/25 xã có kế hoạch.\n20/24 xã có báo cáo.", 1),
        ("25/25 xã có kế hoạch.\n4/6 xã được kiểm tra có báo cáo.", 0),
        ("25/25 xã có kế hoạch.\n20/24 xã, thị trấn có báo cáo.", 0),
    ],
)
def test_numbers_of_units_are_held_against_their_lists(text: str, many: int) -> None:
    assert len(list(unit_counts(sheet(text)))) == many


def test_both_places_are_told() -> None:
    (found,) = rates(sheet("Kết quả:\nCó 37/52 hồ sơ, đạt 81,5%."))
    assert [where.value for where in found.places] == ["37/52", "81,5%"]
    assert found.reason == "37/52 là 71,2%, văn bản ghi 81,5%."
    assert (found.kind, found.severity, found.year) == ("rate", "contradiction", 2021)
