"""Percentages of a statement in all printed forms, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.percentages import Percentage, find_percentages

# text, then value and printed form of each measurement, thresholds left out
VALUES: list[tuple[str, list[tuple[float, str]]]] = [
    ("đạt 12,5%", [(12.5, "12,5%")]),
    ("đạt 12.5 %", [(12.5, "12.5 %")]),
    ("thấp (8,59%)", [(8.59, "8,59%")]),
    ("thấp (7.5%).", [(7.5, "7.5%")]),
    ("đạt 36,4 %", [(36.4, "36,4 %")]),
    ("đạt 100 %", [(100, "100 %")]),
    ("đạt 0%", [(0, "0%")]),
    ("đạt 12, 5%", [(12.5, "12, 5%")]),
    ("đạt 12. 5 %", [(12.5, "12. 5 %")]),
    ("đạt 1.234%", [(1.234, "1.234%")]),
    ("đạt 1.234,5%", [(1234.5, "1.234,5%")]),
    ("vượt 128% dự toán", [(128, "128%")]),
    ("đạt 80 phần trăm", [(80, "80 phần trăm")]),
    ("đạt 12,5％", [(12.5, "12,5％")]),
    ("mức độ 3, 4 đạt 12%", [(12, "12%")]),
    ("mức độ 3, 12% hồ sơ", [(12, "12%")]),
    ("Xã A (49%), xã B (39%); xã C (36%)", [(49, "49%"), (39, "39%"), (36, "36%")]),
    ("Khe Mận (4,84), Nà Phin (4,94%)", [(4.84, "4,84"), (4.94, "4,94%")]),
    ("Khe Mận (4,84%), Nà Phin (8), Bản Lác (9,1)", [(4.84, "4,84%"), (8, "8"), (9.1, "9,1")]),
    ("Khe Mận (4,84), Nà Phin (8,1)", []),
    ("Khe Mận (4,84%). Có 3 hồ sơ trễ (2)", [(4.84, "4,84%")]),
    ("Khe Mận (4,84%), niêm yết thiếu (03) bộ", [(4.84, "4,84%")]),
    ("kiểm tra tại 25/25 xã, thị trấn", [(100, "25/25")]),
    ("20/25 đơn vị", [(80, "20/25")]),
    ("có 20/25 số xã", [(80, "20/25")]),
    ("giải quyết 1.170/1.300 hồ sơ", [(90, "1.170/1.300")]),
    ("45/50 hồ sơ (90%)", [(90, "90%")]),
    ("45/50 (90%) hồ sơ", [(90, "90%")]),
    ("đạt 90% (45/50 hồ sơ)", [(90, "90%")]),
    ("đạt 90% hồ sơ đúng hạn (45/50)", [(90, "90%")]),
    ("45/50 hồ sơ, đạt tỷ lệ 90%", [(90, "90%")]),
    ("Đã khắc phục 4/5 tồn tại của năm 2017 (80%)", [(80, "80%")]),
    ("đạt 80% tồn tại quý II/2019 (4/5 tồn tại)", [(80, "80%")]),
    ("25/25 xã có kế hoạch, 12 hồ sơ (5%)", [(100, "25/25"), (5, "5%")]),
    ("2/3 thủ tục", [(66.6667, "2/3")]),
    ("25/25 xã, trong đó 12% hồ sơ trực tuyến", [(100, "25/25"), (12, "12%")]),
    ("đạt trên 50%", [(50, "50%")]),
    ("chỉ đạt dưới 10%", [(10, "10%")]),
    ("chiếm trên 60% tổng số", [(60, "60%")]),
    ("đạt tỷ lệ trên 95%", [(95, "95%")]),
    ("đạt gần 50%", [(50, "50%")]),
    ("tăng từ 25% lên 30%", [(25, "25%"), (30, "30%")]),
    ("từ 8% năm 2020 lên 12%", [(8, "8%"), (12, "12%")]),
    ("đạt 12% so với chỉ tiêu 40%", [(12, "12%")]),
    ("đạt 85% kế hoạch", [(85, "85%")]),
    ("hoàn thành kế hoạch 100%", [(100, "100%")]),
    ("đáp ứng yêu cầu 98%", [(98, "98%")]),
    ("vốn đầu tư 32,23%", [(32.23, "32,23%")]),
    ("cán bộ, công chức đạt chuẩn 95%", [(95, "95%")]),
    ("3 nơi đạt từ 25% trở lên, gồm: Khe Mận (49%)", [(49, "49%")]),
    # no measurement
    ("từ 25% trở lên", []),
    ("trên 50% số hồ sơ", []),
    ("tối thiểu 30%", []),
    ("đạt tối thiểu 30%", []),
    ("ít nhất 20/25 xã", []),
    ("chỉ tiêu 40%", []),
    ("chỉ tiêu huyện giao 40%", []),
    ("kế hoạch giao 40%", []),
    ("≥ 98%", []),
    (">= 98%", []),
    ("dưới 10%: 0 điểm", []),
    ("không dưới 95%", []),
    ("từ 25% đến dưới 30%: 0,5 điểm", []),
    ("25% - 30%", []),
    ("25-30%", []),
    ("phấn đấu đạt 80%", []),
    ("phải đạt 90% trở lên", []),
    ("cần đạt tỷ lệ 90%", []),
    ("mục tiêu đến năm 2025 đạt 90%", []),
    ("mới có 21,4%, còn mục tiêu giao cho cả năm 2024 là 60%", [(21.4, "21,4%")]),
    ("con số ấy còn xa mục tiêu huyện tự đặt cho quý là 60%", []),
    ("đã đạt mục tiêu cho năm 2024 là 60%", [(60, "60%")]),
    ("khoản giữ lại nằm ngoài mức 3% đến 5% ghi trong quy chế", []),
    ("chưa đạt 50%", []),
    ("tiếp nhận 4163 hồ sơ", []),
    ("12,5 triệu đồng", []),
    ("ngày 12/5/2021", []),
    ("ngày 5/12 xã họp", []),
    ("tháng 6/2021", []),
    ("6/2021 đơn vị", []),
    ("26/25 xã", []),
    ("0/0 hồ sơ", []),
    ("Quyết định số 12/25 xã", []),
    ("85/100 điểm", []),
    ("trực 24/7", []),
    ("mục (3)", []),
    ("%", []),
    ("", []),
]


def found_in(text: str) -> list[Percentage]:
    return find_percentages(text, (0, len(text)))


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(one.value, one.as_printed) for one in found_in(text) if not one.threshold] == expected


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("25/25 xã", (25, 25)),
        ("45/50 hồ sơ (90%)", (45, 50)),
        ("đạt 90% (45/50 hồ sơ)", (45, 50)),
        ("45/50 hồ sơ, đạt 90%", (45, 50)),
        ("Đã khắc phục 4/5 tồn tại của năm 2017 (80%)", (4, 5)),
        ("1.170/1.300 hồ sơ", (1170, 1300)),
        # a rate that its own counts contradict keeps both: `rasoat check` reports it
        ("45/50 hồ sơ (80%)", (45, 50)),
        ("đạt 90%", (None, None)),
    ],
)
def test_counts_beside_a_rate(text: str, counts: tuple[float | None, float | None]) -> None:
    (one,) = found_in(text)
    assert (one.numerator, one.denominator) == counts


def test_thresholds_are_found_and_marked() -> None:
    assert [(one.value, one.threshold) for one in found_in("đạt 12%, chưa đủ mức tối thiểu 25%")] == [
        (12, False),
        (25, True),
    ]


def test_only_the_span_is_read() -> None:
    text = "đạt 5%; từ 25% trở lên; đạt 9%"
    (one,) = find_percentages(text, (7, 22))
    assert (one.value, one.threshold, text[slice(*one.span)]) == (25, True, "25%")


PIECES = st.sampled_from(
    [
        "12,5%",
        "(4,84)",
        "(9%)",
        "25/25 xã",
        "45/50 hồ sơ (90%)",
        "từ ",
        "đạt ",
        "trên ",
        ", ",
        "; ",
        "xã Khe Mận ",
        "\n",
    ]
)


@given(st.lists(PIECES | st.text(alphabet="0123456789.,%/() -xã", max_size=12), max_size=12))
def test_spans_are_verbatim_and_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for one in found_in(text):
        assert text[slice(*one.span)] == one.as_printed
        assert one.span[0] >= end
        assert one.value >= 0
        end = one.span[1]


@given(st.text(max_size=150), st.integers(0, 160), st.integers(0, 160))
def test_nothing_raises(text: str, start: int, end: int) -> None:
    find_percentages(text, (start, end))


@given(
    whole=st.integers(0, 999),
    part=st.none() | st.integers(0, 99),
    mark=st.sampled_from([",", "."]),
    sign=st.sampled_from(["%", " %", "\u00a0%"]),
    around=st.sampled_from(
        [("đạt ", ""), ("(", ")"), ("thấp (", ")."), ("tỷ lệ ", ","), ("", ";"), ("chỉ đạt ", " hồ sơ")]
    ),
)
def test_every_printed_rate_is_read(
    whole: int, part: int | None, mark: str, sign: str, around: tuple[str, str]
) -> None:
    number = str(whole) if part is None else f"{whole}{mark}{part}"
    (one,) = found_in(f"{around[0]}{number}{sign}{around[1]}")
    assert one.as_printed == number + sign
    assert one.value == float(number.replace(",", "."))
