"""Measurements tied to their unit, indicator, period and direction."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Measurement, Period, UnitMention
from extract.indicators import standard_indicators
from extract.measurements import measure

HALF = Period("6 tháng đầu năm 2021", "2021-01-01", "2021-06-30")
NAMES = ("Khe Mận", "Nà Phin", "Bản Lác", "Bến Giang")


def mentions(text: str) -> list[UnitMention]:
    found = [hit for name in NAMES for hit in re.finditer(rf"(?:[Xx]ã |[Tt]hị trấn )?{name}", text)]
    return [
        UnitMention(hit.group(), "commune", hit.group(), span=hit.span())
        for hit in sorted(found, key=lambda hit: hit.start())
    ]


def measured(text: str, polarity: str | None = "deficiency", **more: Any) -> list[Measurement]:
    return measure(text, (0, len(text)), mentions(text), polarity=polarity, **more)


UNITS: list[tuple[str, list[tuple[float, str | None]]]] = [
    ("Khe Mận (49%), Nà Phin (39%); Bản Lác (36%)", [(49, "Khe Mận"), (39, "Nà Phin"), (36, "Bản Lác")]),
    ("Khe Mận (4,84), Nà Phin (4,94%)", [(4.84, "Khe Mận"), (4.94, "Nà Phin")]),
    ("Xã Khe Mận đạt 12%, xã Nà Phin đạt 9%", [(12, "Xã Khe Mận"), (9, "xã Nà Phin")]),
    ("Xã Khe Mận: 12%; xã Nà Phin: 9%", [(12, "Xã Khe Mận"), (9, "xã Nà Phin")]),
    ("Khe Mận, Nà Phin (12%)", [(12, "Nà Phin")]),
    (
        "Xã Khe Mận và xã Nà Phin chậm xử lý 17/60 kiến nghị (28,3%)",
        [(28.3, "Xã Khe Mận"), (28.3, "xã Nà Phin")],
    ),
    (
        "Tỷ lệ giảm xuống 88,5% (Khe Mận) và 91% (Nà Phin, xã Bản Lác)",
        [(88.5, "Khe Mận"), (91, "Nà Phin"), (91, "xã Bản Lác")],
    ),
    (
        "Xã Khe Mận đạt 12% hồ sơ trực tuyến, 9% thanh toán trực tuyến",
        [(12, "Xã Khe Mận"), (9, "Xã Khe Mận")],
    ),
    ("Đạt 12% tại xã Khe Mận, 9% tại xã Nà Phin", [(12, "xã Khe Mận"), (9, "xã Nà Phin")]),
    ("Đạt 12% ở xã Khe Mận", [(12, "xã Khe Mận")]),
    ("Tỷ lệ hồ sơ dịch vụ công mức độ 3 rất thấp (6%)", [(6, None)]),
    ("Xã Khe Mận, xã Nà Phin đều đạt 12%", [(12, "Xã Khe Mận"), (12, "xã Nà Phin")]),
    ("Xã Khe Mận, xã Nà Phin (12%)", [(12, "xã Nà Phin")]),
    ("Xã Khe Mận và xã Nà Phin lần lượt đạt 12% và 9%", [(12, "Xã Khe Mận"), (9, "xã Nà Phin")]),
    (
        "Toàn huyện đạt 15%, xã Khe Mận đạt 12%, xã Nà Phin 9%",
        [(15, None), (12, "xã Khe Mận"), (9, "xã Nà Phin")],
    ),
    ("2 đơn vị đạt 90%, gồm: xã Khe Mận, xã Nà Phin", [(90, None)]),
    ("4 đơn vị đạt từ 25% trở lên: Khe Mận (49%), Nà Phin (25%)", [(49, "Khe Mận"), (25, "Nà Phin")]),
    ("Xã Khe Mận (45/50 hồ sơ, đạt 90%), xã Nà Phin (12/20 hồ sơ)", [(90, "Xã Khe Mận"), (60, "xã Nà Phin")]),
]


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_unit(text: str, expected: list[tuple[float, str | None]]) -> None:
    found = measured(text)
    assert [(one.value, one.unit.as_printed if one.unit else None) for one in found] == expected


def test_group_that_holds_the_number() -> None:
    text = "25/25 xã đã niêm yết, riêng xã Khe Mận đạt 80%"
    group = UnitMention("all", "group", "25/25 xã", span=(0, 8))
    found = measure(text, (0, len(text)), [group, *mentions(text)], polarity="achievement")
    assert [one.unit.name if one.unit else None for one in found] == ["all", "xã Khe Mận"]


def test_only_unit_without_a_place() -> None:
    unit = UnitMention("Xã Khe Mận", "commune", "Khe Mận")
    (found,) = measure("đạt 12%", (0, 7), [unit], polarity=None)
    assert found.unit is unit


INDICATORS: list[tuple[str, str | None]] = [
    ("Tỷ lệ hồ sơ dịch vụ công mức độ 3 rất thấp (6%)", "dịch vụ công trực tuyến mức độ 3"),
    ("DVC trực tuyến mức độ 3 còn thấp (6,3%)", "dịch vụ công trực tuyến mức độ 3"),
    ("DVC mức độ 3 đạt 8%", "dịch vụ công trực tuyến mức độ 3"),
    ("Hồ sơ trực tuyến mức độ 4 đạt 8%", "dịch vụ công trực tuyến mức độ 4"),
    ("Dịch vụ công trực tuyến mức độ 3, 4 đạt 8%", "dịch vụ công trực tuyến mức độ 3, 4"),
    ("Dịch vụ công mức độ 3 và mức độ 4 đạt 8%", "dịch vụ công trực tuyến mức độ 3, 4"),
    ("Tỷ lệ hồ sơ trực tuyến toàn trình đạt 51,79%", "dịch vụ công trực tuyến toàn trình"),
    ("Hồ sơ nộp qua mạng đạt 20%", "hồ sơ trực tuyến"),
    ("Giải quyết hồ sơ đúng hạn đạt 97,28%", "giải quyết hồ sơ đúng hạn"),
    ("Hồ sơ trễ hạn chiếm 15%", "hồ sơ trễ hạn"),
    ("Có 15% hồ sơ quá hạn", "hồ sơ trễ hạn"),
    ("Số hóa hồ sơ đạt 82%", "số hóa hồ sơ, kết quả giải quyết TTHC"),
    ("Thanh toán trực tuyến đạt 78,61%", "thanh toán trực tuyến"),
    ("Thanh toán phí, lệ phí trực tuyến đạt 5%", "thanh toán trực tuyến"),
    ("Thu ngân sách thấp (29,8%)", "thu ngân sách"),
    ("Giải ngân vốn đầu tư công đạt 32,23%", "giải ngân vốn đầu tư công"),
    ("Giải ngân kinh phí CCHC đạt 35%", None),
    ("Văn bản được ký số đạt 60%", "ký số văn bản"),
    ("Văn bản phát hành có chữ ký số đạt 60%", "ký số văn bản"),
    ("100% công chức được cấp chữ ký số", "cấp chữ ký số, chứng thư số"),
    ("Trả kết quả đúng hẹn 97%", "giải quyết hồ sơ đúng hạn"),
    ("Đúng và trước hạn 97%", "giải quyết hồ sơ đúng hạn"),
    ("Có 15% hồ sơ trễ hẹn", "hồ sơ trễ hạn"),
    ("Có 15% hồ sơ trả chậm", "hồ sơ trễ hạn"),
    ("Văn bản điện tử đạt 85%", "văn bản điện tử"),
    ("Tiếp nhận qua dịch vụ BCCI đạt 3%", "tiếp nhận, trả kết quả qua BCCI"),
    ("Mức độ hài lòng của người dân đạt 92%", "mức độ hài lòng"),
    ("Cán bộ, công chức đạt chuẩn 95%", "đạt chuẩn"),
    ("Hoàn thành 85% nhiệm vụ CCHC", "hoàn thành nhiệm vụ, kế hoạch CCHC"),
    ("Thực hiện kế hoạch CCHC đạt 85%", "hoàn thành nhiệm vụ, kế hoạch CCHC"),
    ("Niêm yết TTHC đạt 90%", "niêm yết, công khai TTHC"),
    ("Tỷ lệ hộ nghèo giảm còn 3,2%", "hộ nghèo"),
    ("Tỷ lệ BHYT đạt 95%", "BHYT"),
    ("Tỷ lệ đạt thấp (8%)", None),
    ("Đạt 12%", None),
]


YEAR = Period("năm 2022", "2022-01-01", "2022-12-31")


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Hồ sơ trực tuyến tăng từ 25% lên 30%", [(30, "2022-12-31")]),
        ("Hồ sơ trực tuyến tăng từ 25% năm 2021 lên 30%", [(25, "2021-12-31"), (30, "2022-12-31")]),
        ("Hồ sơ trễ hạn từ 18% (năm 2020) xuống còn 9%", [(18, "2020-12-31"), (9, "2022-12-31")]),
        ("Năm 2022, ký số giảm từ 64% quý I xuống 47% quý II", [(64, "2022-03-31"), (47, "2022-06-30")]),
        ("Ký số 11 tháng mới đạt 47%", [(47, "2022-11-30")]),
        ("Ký số 6 tháng liền mới đạt 47%", [(47, "2022-12-31")]),
        ("Trong 6 tháng đầu năm đạt 47%", [(47, "2022-06-30")]),
    ],
)
def test_value_of_another_time_is_not_of_this_one(text: str, periods: list[tuple[float, str]]) -> None:
    found = measured(text, period=YEAR)
    assert [(one.value, one.period and one.period.end) for one in found] == periods


def test_rate_of_signed_documents_has_its_counts() -> None:
    (one,) = measured("Văn bản đi ký số 312/690 văn bản, bằng 45,2%")
    assert (one.numerator, one.denominator) == (312, 690)
    assert measured("Công văn số 312/690 văn bản") == []


@pytest.mark.parametrize(("text", "indicator"), INDICATORS)
def test_indicator(text: str, indicator: str | None) -> None:
    assert [one.indicator for one in measured(text)] == [indicator]


def test_each_number_has_the_indicator_nearest_to_it() -> None:
    text = (
        "Hồ sơ trực tuyến đạt 12%, thanh toán trực tuyến đạt 5%; có 98% hồ sơ giải quyết đúng hạn, 2% trễ hạn"
    )
    assert [one.indicator for one in measured(text)] == [
        "hồ sơ trực tuyến",
        "thanh toán trực tuyến",
        "giải quyết hồ sơ đúng hạn",
        "hồ sơ trễ hạn",
    ]


def test_a_list_shares_the_indicator_before_it() -> None:
    text = "Dịch vụ công mức độ 3 thấp, gồm: Khe Mận (4,84), Nà Phin (4,94%)"
    assert {one.indicator for one in measured(text)} == {"dịch vụ công trực tuyến mức độ 3"}


def test_indicator_from_before_then_heading() -> None:
    before = measured("Khe Mận (12%)", before="Thu ngân sách còn thấp:", heading="Hiện đại hóa, chữ ký số")
    heading = measured("Khe Mận (12%)", heading="Hiện đại hóa, chữ ký số")
    assert [before[0].indicator, heading[0].indicator] == ["thu ngân sách", "cấp chữ ký số, chứng thư số"]


def test_own_rate_before_heading() -> None:
    (one,) = measured("Tỷ lệ hộ nghèo còn 3%", heading="Dịch vụ công mức độ 3")
    assert one.indicator == "hộ nghèo"


DIRECTIONS: list[tuple[str, str | None, str]] = [
    ("Tỷ lệ hồ sơ dịch vụ công mức độ 3 rất thấp (6%)", "deficiency", "low"),
    ("Tỷ lệ hồ sơ trực tuyến chỉ đạt 8%", "information", "low"),
    ("Tỷ lệ hồ sơ trực tuyến mới đạt 8%", None, "low"),
    ("Chưa đạt chỉ tiêu (45%)", "deficiency", "low"),
    ("Tỷ lệ chưa cao (45%)", "deficiency", "low"),
    ("Tỷ lệ hồ sơ đạt cao (49%)", "achievement", "high"),
    ("Thu ngân sách vượt 12%", "achievement", "high"),
    ("Niêm yết đạt 100%", "information", "high"),
    ("Nâng cao chất lượng, hồ sơ trực tuyến 8%", "deficiency", "low"),
    ("Hồ sơ trễ hạn 15%", "deficiency", "high"),
    ("Hồ sơ trễ hạn 0,5%", "achievement", "low"),
    ("Hồ sơ trễ hạn cao (15%)", "deficiency", "high"),
    ("Hồ sơ đúng hạn 80%", "deficiency", "low"),
    ("Hồ sơ đúng hạn 98%", "achievement", "high"),
    ("Hồ sơ đúng hạn 98%", "information", "neutral"),
    ("Hồ sơ đúng hạn 98%", None, "neutral"),
    ("Số hóa 45%, còn thấp", None, "low"),
]


@pytest.mark.parametrize(("text", "polarity", "direction"), DIRECTIONS)
def test_direction(text: str, polarity: str | None, direction: str) -> None:
    assert [one.direction for one in measured(text, polarity)] == [direction]


def test_direction_of_each_half() -> None:
    text = "Tỷ lệ cao: Khe Mận (49%); tỷ lệ thấp: Nà Phin (4%)"
    assert [one.direction for one in measured(text, "information")] == ["high", "low"]


def test_period_of_the_statement_before_the_given_one() -> None:
    text = "Quý I/2021 đạt 8%, quý II/2021 đạt 12%"
    assert [one.period.start if one.period else None for one in measured(text, period=HALF)] == [
        "2021-01-01",
        "2021-04-01",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ trực tuyến đạt 8%",
        "Thực hiện kế hoạch CCHC năm 2021 đạt 8%",
        "Đạt 8%, giảm so với cùng kỳ năm 2020",
    ],
)
def test_period_given(text: str) -> None:
    assert [one.period for one in measured(text, period=HALF)] == [HALF]


def test_the_year_far_away_does_not_widen_the_reported_half() -> None:
    text = "Hồ sơ đúng hạn 98%, trực tuyến 8%, theo chương trình của năm 2021"
    assert measured(text, period=HALF)[0].period == HALF


def test_targets_of_a_recommendation_are_none() -> None:
    text = "Đề nghị nâng tỷ lệ hồ sơ trực tuyến lên 50%; hiện mới đạt 8%"
    assert [one.value for one in measured(text, "recommendation")] == [8]


def test_record() -> None:
    text = "Xã Khe Mận giải quyết đúng hạn 45/50 hồ sơ (90%)"
    (one,) = measured(text, "achievement", period=HALF)
    record = one.to_record()
    assert (record["value"], record["as_printed"], record["numerator"], record["denominator"]) == (
        90,
        "90%",
        45,
        50,
    )
    assert text[slice(*record["span"])] == "90%"
    assert record["indicator"] == "giải quyết hồ sơ đúng hạn"
    assert record["period"] == HALF.to_record()


def test_a_unit_named_again_has_the_number_alone() -> None:
    text = "Các xã Khe Mận, Nà Phin, Bản Lác niêm yết đủ, riêng Nà Phin còn 12% thủ tục chưa niêm yết."
    firsts = {one.name: one for one in reversed(mentions(text))}
    (one,) = measure(text, (0, len(text)), list(firsts.values()), polarity="deficiency")
    assert one.unit is not None and one.unit.name == "Nà Phin"


DENIED: list[tuple[str, float, str | None]] = [
    ("Xã còn 12% hồ sơ chưa được số hóa.", 12, "chưa số hóa hồ sơ, kết quả giải quyết TTHC"),
    (
        "Phòng chưa thực hiện số hóa 1.120/1.604 hồ sơ đất đai.",
        69.8254,
        "chưa số hóa hồ sơ, kết quả giải quyết TTHC",
    ),
    ("Chưa niêm yết 24/129 thủ tục hành chính.", 18.6047, "chưa niêm yết, công khai TTHC"),
    ("Có 3,2% hồ sơ không giải quyết đúng hạn.", 3.2, "hồ sơ trễ hạn"),
    ("Chưa niêm yết đầy đủ, mới đạt 74,4% thủ tục.", 74.4, "niêm yết, công khai TTHC"),
    ("Chưa niêm yết đầy đủ 24/129 thủ tục.", 18.6047, None),
    ("Chưa thực hiện số hóa hồ sơ (0%).", 0, "số hóa hồ sơ, kết quả giải quyết TTHC"),
    ("Chưa thực hiện việc giải quyết đúng hạn, tỷ lệ 80%.", 80, "giải quyết hồ sơ đúng hạn"),
    ("Tỷ lệ số hóa chưa cao, đạt 31%.", 31, "số hóa hồ sơ, kết quả giải quyết TTHC"),
    ("Xã không có hồ sơ trễ hạn, 100% hồ sơ đúng hạn.", 100, "giải quyết hồ sơ đúng hạn"),
]


@pytest.mark.parametrize(("text", "value", "indicator"), DENIED)
def test_what_was_not_done_is_measured_as_missing(text: str, value: float, indicator: str | None) -> None:
    (one,) = measured(text)
    assert (one.value, one.indicator) == (value, indicator)


def test_a_high_rate_of_what_is_missing_is_the_fault() -> None:
    (one,) = measured("Xã còn 42% hồ sơ chưa số hóa.")
    assert one.direction == "high"


def test_what_is_missing_is_known_by_its_own_name() -> None:
    (one,) = measured("3/9 phòng chưa dùng chữ ký số cá nhân.")
    assert one.indicator == "chưa cấp, chưa dùng chữ ký số"
    assert one.direction == "high"
    assert standard_indicators(one.indicator) == [one.indicator]


def test_a_count_behind_a_comma_keeps_its_own_indicator() -> None:
    (one,) = measured("Đã giải quyết 15/17 đơn, đạt 88,2%, còn 02 đơn quá hạn.")
    assert one.indicator is None


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ toàn trình đạt 41%, vượt chỉ tiêu huyện giao (35%).",
        "Tỷ lệ hài lòng 41%, thấp hơn mức bình quân toàn huyện 94,5%.",
        "Tỷ lệ số hóa 41%, chưa đạt mục tiêu 80% của tỉnh.",
    ],
)
def test_what_a_value_is_held_against_is_no_value(text: str) -> None:
    assert [one.value for one in measured(text)] == [41]


def test_by_how_much_a_rate_changed_is_no_rate() -> None:
    now, change = measured("Giải quyết đúng hạn 7.886 hồ sơ (96%), tăng 1,8% so với quý II.")
    assert now.indicator == "giải quyết hồ sơ đúng hạn"
    assert (change.value, change.indicator) == (1.8, None)


def test_a_fraction_of_units_is_not_what_the_sentence_before_measured() -> None:
    (one,) = measured("Có 11/14 xã hoàn thành tốt.", before="Giải quyết đúng hạn 96% hồ sơ.")
    assert one.indicator is None


def test_counts_in_words_are_its_counts_where_they_give_the_rate() -> None:
    (one,) = measured("Giải quyết 118 trong tổng số 124 hồ sơ (95,2%).")
    assert (one.numerator, one.denominator) == (118, 124)
    (other,) = measured("Giải quyết 118 trong tổng số 124 hồ sơ (90,2%).")
    assert other.numerator is None


def test_months_said_once_hold_for_all_rates_behind() -> None:
    text = "Hồ sơ trễ hạn 9 tháng đầu năm còn cao: xã Khe Mận 21%, xã Nà Phin 7%."
    year = Period("năm 2022", "2022-01-01", "2022-12-31")
    assert [one.period.end for one in measured(text, period=year) if one.period] == ["2022-09-30"] * 2


def test_months_said_in_the_statement_are_more_than_the_month_of_the_visit() -> None:
    text = "Hồ sơ trễ hạn trong 8 tháng đầu năm 2023 đều trên 10%, cao nhất là xã Khe Mận (23,6%)."
    (one,) = measured(text, period=Period("tháng 8/2023", "2023-08-01", "2023-08-31"))
    assert one.period is not None
    assert (one.period.start, one.period.end) == ("2023-01-01", "2023-08-31")


PIECES = st.sampled_from(
    [
        "xã Khe Mận ",
        "Nà Phin ",
        "(12%)",
        "(4,5)",
        "đạt 9%",
        "25/25 xã ",
        ", ",
        "; ",
        "tỷ lệ ",
        "thấp ",
        "từ 5% ",
        "lần lượt ",
    ]
)


@given(st.lists(PIECES, max_size=14), st.sampled_from(["deficiency", "achievement", "recommendation", None]))
def test_measurements_are_verbatim(pieces: list[str], polarity: str | None) -> None:
    text = "".join(pieces)
    for one in measured(text, polarity, period=HALF):
        assert text[slice(*one.span)] == one.as_printed
        assert one.direction in ("low", "high", "neutral")


@pytest.mark.parametrize(
    "unit", ["1", "1/", "(1) ", "12, ", "tỷ lệ ", "a ", "từ ", "1 % ", "đạt ", "(", "phải a "]
)
def test_no_run_is_slow(unit: str) -> None:
    text = unit * (6000 // len(unit))
    begun = time.process_time()
    measure(text, (0, len(text)), [], polarity=None)
    assert time.process_time() - begun < 5
