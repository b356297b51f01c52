"""Numbers that need the words beside them, and the forms with a blank where a mark or a figure belongs."""

from __future__ import annotations

import pytest

from extract.citations import find_citations, resolve
from extract.document import Citation, UnitMention
from models.issuers import default_issuers


def cited(text: str, unit: UnitMention | None = None) -> list[Citation]:
    return resolve(
        find_citations(text, day="2021-12-31"),
        document_number=None,
        document_date="2021-12-31",
        issuer=unit.as_printed if unit else None,
        issuer_unit=unit,
        text=text,
        judge=default_issuers(),
    )


# text, then for each citation: as printed, number, key
CASES: list[tuple[str, list[tuple[str, str, str]]]] = [
    # the year of a kind whose numbers carry it
    ("Nghị định 83 năm 2019 của Chính phủ", [("83", "83/2019/NĐ-CP", "nd:83/2019:chinh-phu")]),
    ("Thông tư số 05/TT-BNV ngày 12/3/2003", [("05/TT-BNV", "05/2003/TT-BNV", "tt:05/2003:bo-noi-vu")]),
    ("Nghị định số 24/CP ngày 12/3/1996", [("24/CP", "24/CP", "nd:24:chinh-phu:1996")]),
    ("Kế hoạch số 12/KH-UBND ngày 12/3/2021", [("12/KH-UBND", "12/KH-UBND", "kh:12:ubnd:2021")]),
    ("Thông tư 77/2019 của Bộ Y tế", [("77/2019", "77/2019/TT-BYT", "tt:77/2019:bo-y-te")]),
    (
        "Quyết định 181 năm 2003 của Thủ tướng Chính phủ",
        [("181", "181/2003/QĐ-TTg", "qd:181/2003:thu-tuong")],
    ),
    ("Quyết định 182 năm 2003 của Thủ tướng Chính phủ", [("182", "182", "qd:182:thu-tuong:2003")]),
    # a symbol that the named body settles, and one that nothing does
    ("Thông tư 08/2011/TT-BNH của Bộ Nội vụ", [("08/2011/TT-BNH", "08/2011/TT-BNV", "tt:08/2011:bo-noi-vu")]),
    ("Thông tư 08/2011/TT-BNX", [("08/2011/TT-BNX", "08/2011/TT-BNX", "tt:08/2011:bnx")]),
    ("Nghị định 61/2018/NĐ-CX", [("61/2018/NĐ-CX", "61/2018/NĐ-CP", "nd:61/2018:chinh-phu")]),
    ("Đề án số 03-DA/HU", [("03-DA/HU", "03-ĐA/HU", "da:03:huyen-uy")]),
    ("Dự án số 03/DA-UBND", [("03/DA-UBND", "03/DA-UBND", "dan:03:ubnd")]),
    # a blank for the mark, and in the first figures
    ("Kế hoạch số 21 KH/TU của Tỉnh ủy", [("21 KH/TU", "21-KH/TU", "kh:21:tinh-uy")]),
    ("đã ban hành 12 QĐ-UBND và 05 KH của xã", []),
    ("Quyết định số 402 QĐ/UB của UBND huyện", [("402 QĐ/UB", "402/QĐ-UB", "qd:402:ubnd-huyen")]),
    ("Nghị định 30/\n\n2020/NĐ-CP", [("30/\n\n2020/NĐ-CP", "30/2020/NĐ-CP", "nd:30/2020:chinh-phu")]),
    ("theo Quyết định số 12/QĐ\n\n- UBND xã chậm", [("12/QĐ", "12/QĐ", "qd:12:khong-ro")]),
    ("Kế hoạch số 14 5/KH-UBND", [("14 5/KH-UBND", "145/KH-UBND", "kh:145:ubnd")]),
    ("các Kế hoạch số 3 12/KH-UBND", [("12/KH-UBND", "12/KH-UBND", "kh:12:ubnd")]),
    ("Công văn số 88/SNV - CCHC ngày 3/3/2021", [("88/SNV - CCHC", "88/SNV-CCHC", "cv:88:so-noi-vu:2021")]),
    ("Công văn số 12/UBND - VP huyện báo cáo", [("12/UBND", "12/UBND", "cv:12:ubnd")]),
    # a number given in full before
    (
        "Công văn số 745/UBND-NV ngày 3/4/2021 của UBND huyện; Công văn 745 chưa trả lời, đã nhắc 745 lần.",
        [
            ("745/UBND-NV", "745/UBND-NV", "cv:745:ubnd-huyen:2021"),
            ("745", "745/UBND-NV", "cv:745:ubnd-huyen:2021"),
        ],
    ),
    ("Báo cáo số 10/BC-UBND. Báo cáo 10 ngày một lần.", [("10/BC-UBND", "10/BC-UBND", "bc:10:ubnd")]),
    ("Kế hoạch số 12/KH-UBND. Kế hoạch 12 tháng.", [("12/KH-UBND", "12/KH-UBND", "kh:12:ubnd")]),
    # a list whose items have their years
    (
        "Nghị định 34/2016, 154/2020 của Chính phủ",
        [
            ("34/2016", "34/2016/NĐ-CP", "nd:34/2016:chinh-phu"),
            ("154/2020", "154/2020/NĐ-CP", "nd:154/2020:chinh-phu"),
        ],
    ),
    # neither kind nor body of the grammar, and no word that says what it is
    ("Bản án số 11/2021/HC-ST và số 7/TLPT-HC", []),
    (
        "Công văn số 1912/TCT-KK của Tổng cục Thuế",
        [("1912/TCT-KK", "1912/TCT-KK", "cv:1912:tong-cuc-thue")],
    ),
    ("Báo cáo số 12/BC-TCT của Tổ công tác", [("12/BC-TCT", "12/BC-TCT", "bc:12:to-cong-tac")]),
    ("Công văn số 1127/TTPTQĐ-KH", [("1127/TTPTQĐ-KH", "1127/TTPTQĐ-KH", "cv:1127:ttptqd")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_numbers_with_the_words_beside_them(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.as_printed, one.number, one.key) for one in cited(text)] == expected


DATES: list[tuple[str, list[str | None]]] = [
    ("Biên bản số 02/BB-ĐKT lập ngày 19/5/2021", ["2021-05-19"]),
    ("Thông báo số 12/TB-UBND ngày 12/3/21.", ["2021-03-12"]),
    ("Quyết định số 12/QĐ-UB ngày 1.2.98 của UBND tỉnh", ["1998-02-01"]),
    ("Kế hoạch số 12/KH-UBND ngày 05/6/21/7", [None]),
    ("Quyết định số 64/QĐ-UBND và Quyết định số 65/QĐ-UBND cùng ngày 19/02/2021", ["2021-02-19"] * 2),
    ("Quyết định số 64/QĐ-UBND. Quyết định số 65/QĐ-UBND cùng ngày 19/02/2021", [None, "2021-02-19"]),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_days_in_other_forms(text: str, expected: list[str | None]) -> None:
    assert [one.date for one in cited(text)] == expected


ISSUERS: list[tuple[str, str]] = [
    ("Theo ý kiến của Chủ tịch UBND tỉnh (Công văn số 318/UBND-NC), xã phải sửa.", "cv:318:ubnd-tinh"),
    ("Chưa làm theo yêu cầu của UBND huyện (Báo cáo số 312/BC-UBND).", "bc:312:ubnd"),
    ("Trách nhiệm của UBND huyện (Quyết định số 15/2018/QĐ-UBND)", "qd:15/2018:ubnd"),
    ("HĐND xã Bàu Đưng thông qua Nghị quyết số 15/NQ-HĐND", "nq:15:hdnd-bau-dung"),
    ("Ban Thường vụ Thành ủy Hòa Sơn ban hành Nghị quyết số 15-NQ/TU", "nq:15:tinh-uy-hoa-son"),
    ("Huyện ủy Sông Rế có Kế hoạch số 15-KH/HU", "kh:15:huyen-uy-song-re"),
    ("Đảng ủy xã Bàu Đưng ra Nghị quyết số 15-NQ/ĐU", "nq:15:dang-uy-bau-dung"),
    ("Tỉnh ủy khen Huyện ủy Sông Rế. Có Kế hoạch số 15-KH/HU", "kh:15:huyen-uy"),
    ("Hướng dẫn số 07/HD-STC của Sở Tài chính vê khoán chi", "hd:07:so-tai-chinh"),
    ("Quyết định số 2290/QĐ-CT của Chủ tịch UBND tỉnh", "qd:2290:ubnd-tinh"),
]


@pytest.mark.parametrize(("text", "key"), ISSUERS)
def test_issuers_by_the_words_around(text: str, key: str) -> None:
    assert [one.key for one in cited(text)] == [key]


def test_the_party_committee_of_a_commune_is_its_own_in_its_documents() -> None:
    commune = UnitMention("Xã Khe Mận", "commune", "XÃ KHE MẬN")
    district = UnitMention("Huyện Lũng Cát", "district", "HUYỆN LŨNG CÁT")
    for text in ("Nghị quyết số 04-NQ/ĐU của Đảng ủy xã", "Nghị quyết số 04-NQ/ĐU"):
        assert [one.key for one in cited(text, commune)] == ["nq:04:dang-uy-khe-man"]
        assert [one.key for one in cited(text, district)] == ["nq:04:dang-uy"]
