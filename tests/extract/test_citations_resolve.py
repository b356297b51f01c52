"""Citations resolved: keys of the contract, parts taken from other mentions, what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.citations import find_citations, resolve
from extract.document import Citation, UnitMention

HUYEN = UnitMention("Huyện Lũng Cát", "district", "HUYỆN LŨNG CÁT")
XA = UnitMention("Xã Khe Mận", "commune", "XÃ KHE MẬN")
TINH = UnitMention("Tỉnh Đông Lĩnh", "province", "TỈNH ĐÔNG LĨNH")
THANH_PHO = UnitMention("Thành phố Bến Giang", "district", "THÀNH PHỐ BẾN GIANG")


def resolved(text: str, **given: Any) -> list[Citation]:
    header: dict[str, Any] = {
        "document_number": None,
        "document_date": None,
        "issuer": None,
        "issuer_unit": None,
        "text": text,
    }
    return resolve(find_citations(text), **(header | given))


# text, unit of the issuer, for each citation: number, key, whether it rests on more than the mention
CASES: list[tuple[str, UnitMention | None, list[tuple[str, str, bool]]]] = [
    # the contract's own examples
    (
        "Nghị định số 30/NĐ-CP. Theo NĐ 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
        None,
        [("30/2020/NĐ-CP", "nd:30/2020:chinh-phu", True), ("30/2020/NĐ-CP", "nd:30/2020:chinh-phu", False)],
    ),
    (
        "Quyết định số 20/2019/QĐ-UBND ngày 19/4/2019 của UBND tỉnh Hà Tĩnh",
        None,
        [("20/2019/QĐ-UBND", "qd:20/2019:ubnd-ha-tinh", False)],
    ),
    (
        "Quyết định số 2005/QĐ-UBND ngày 12/5/2021 của UBND huyện",
        UnitMention("Huyện Hương Sơn", "district", "HUYỆN HƯƠNG SƠN"),
        [("2005/QĐ-UBND", "qd:2005:ubnd-huong-son:2021", True)],
    ),
    (
        "Kế hoạch số 48/KH-UBND ngày 18/3/2021 của UBND huyện Hương Sơn",
        None,
        [("48/KH-UBND", "kh:48:ubnd-huong-son:2021", False)],
    ),
    (
        "Nghị quyết 30c/NQ-CP ngày 08/11/2011 của Chính phủ",
        None,
        [("30c/NQ-CP", "nq:30c:chinh-phu:2011", False)],
    ),
    # each kind and body
    ("Quyết định số 93/2007/QĐ-TTg", None, [("93/2007/QĐ-TTg", "qd:93/2007:thu-tuong", False)]),
    ("80/2015/QH13", None, [("80/2015/QH13", "luat:80/2015:quoc-hoi", False)]),
    (
        "Nghị quyết số 30/2021/QH15",
        None,
        [("30/2021/QH15", "nq:30/2021:quoc-hoi", False)],
    ),
    (
        "Bộ luật Dân sự số 91/2015/QH13; 91/2015/QH13",
        None,
        [("91/2015/QH13", "luat:91/2015:quoc-hoi", False)] * 2,
    ),
    (
        "Nghị quyết số 30/2021/QH15. Theo 30/2021/QH15",
        None,
        [("30/2021/QH15", "nq:30/2021:quoc-hoi", False), ("30/2021/QH15", "nq:30/2021:quoc-hoi", True)],
    ),
    (
        "Thông tư liên tịch số 01/2015/TTLT-BNV-BTC",
        None,
        [("01/2015/TTLT-BNV-BTC", "ttlt:01/2015:bo-noi-vu-bo-tai-chinh", False)],
    ),
    ("Nghị quyết 29-NQ/TW", None, [("29-NQ/TW", "nq:29:trung-uong", False)]),
    ("Nghị quyết 29/NQ-TW", None, [("29/NQ-TW", "nq:29:trung-uong", False)]),
    ("Chỉ thị số 9/CT-TTg", None, [("9/CT-TTg", "ct:09:thu-tuong", False)]),
    ("Chỉ thị số 009/CT-TTg", None, [("009/CT-TTg", "ct:09:thu-tuong", False)]),
    ("141/KH-BCĐTKNQ18", None, [("141/KH-BCĐTKNQ18", "kh:141:bcdtknq18", False)]),
    ("415/CV-PA83", None, [("415/CV-PA83", "cv:415:pa83", False)]),
    ("Quyết định 52/2017/QĐ-UBND", None, [("52/2017/QĐ-UBND", "qd:52/2017:ubnd", False)]),
    ("Quyết định 52/2017/QĐ-UBND của UBND tỉnh", None, [("52/2017/QĐ-UBND", "qd:52/2017:ubnd-tinh", False)]),
    ("QĐ số 739 ngày 22/3/2017", None, [("739", "qd:739:khong-ro:2017", False)]),
    (
        "QĐ số 739 ngày 22/3/2017 của UBND huyện Lũng Cát",
        None,
        [("739", "qd:739:ubnd-lung-cat:2017", False)],
    ),
    ("Nghị định 30", None, [("30/NĐ-CP", "nd:30:chinh-phu", False)]),
    ("Nghị định 30/2020", None, [("30/2020/NĐ-CP", "nd:30/2020:chinh-phu", False)]),
    ("Kế hoạch số 12/KH-UBND năm 2021", None, [("12/KH-UBND", "kh:12:ubnd:2021", False)]),
    ("Thông tư số 01/2011 của Bộ Nội vụ", None, [("01/2011/TT-BNV", "tt:01/2011:bo-noi-vu", False)]),
    ("Nghị quyết 30c của Chính phủ", None, [("30c/NQ-CP", "nq:30c:chinh-phu:2011", True)]),
    (
        "Quyết định số 93/2007 của Thủ tướng Chính phủ",
        None,
        [("93/2007/QĐ-TTg", "qd:93/2007:thu-tuong", False)],
    ),
    # places of the document
    ("của UBND: Quyết định 12/QĐ-UBND của UBND huyện", HUYEN, [("12/QĐ-UBND", "qd:12:ubnd-lung-cat", True)]),
    ("Quyết định 12/QĐ-UBND của UBND xã", XA, [("12/QĐ-UBND", "qd:12:ubnd-khe-man", True)]),
    ("Quyết định 12/QĐ-UBND của UBND xã", HUYEN, [("12/QĐ-UBND", "qd:12:ubnd-xa", False)]),
    ("Quyết định 12/QĐ-UBND của UBND tỉnh", TINH, [("12/QĐ-UBND", "qd:12:ubnd-dong-linh", True)]),
    ("Quyết định 12/QĐ-UBND của UBND thành phố", THANH_PHO, [("12/QĐ-UBND", "qd:12:ubnd-ben-giang", True)]),
    (
        "Tại huyện Lũng Cát, Quyết định 12/QĐ-UBND của UBND huyện",
        None,
        [("12/QĐ-UBND", "qd:12:ubnd-lung-cat", True)],
    ),
    (
        "Tại huyện Lũng Cát và huyện Nà Phin, Quyết định 12/QĐ-UBND của UBND huyện",
        None,
        [("12/QĐ-UBND", "qd:12:ubnd-huyen", False)],
    ),
    (
        "phần mềm của tỉnh Đông Lĩnh; Quyết định 52/2017/QĐ-UBND của UBND tỉnh",
        HUYEN,
        [("52/2017/QĐ-UBND", "qd:52/2017:ubnd-dong-linh", True)],
    ),
    ("tỉnh Đông Lĩnh; 2231/SNV-CCHC", None, [("2231/SNV-CCHC", "cv:2231:so-noi-vu-dong-linh", True)]),
    (
        "2231/SNV-CCHC của Sở Nội vụ tỉnh Đông Lĩnh",
        None,
        [("2231/SNV-CCHC", "cv:2231:so-noi-vu-dong-linh", False)],
    ),
    ("Thông báo 496-TB/TU", TINH, [("496-TB/TU", "tb:496:tinh-uy-dong-linh", True)]),
    (
        "Nghị quyết 03-NQ/HU của Huyện ủy Lũng Cát",
        None,
        [("03-NQ/HU", "nq:03:huyen-uy-lung-cat", False)],
    ),
    ("Nghị quyết 03-NQ/HU", HUYEN, [("03-NQ/HU", "nq:03:huyen-uy-lung-cat", True)]),
    (
        "Quyết định 45/QĐ-UBND của Chủ tịch UBND huyện Lũng Cát",
        None,
        [("45/QĐ-UBND", "qd:45:ubnd-lung-cat", False)],
    ),
    ("Quyết định 45/QĐ-UBND của UBND thành phố Hà Nội", None, [("45/QĐ-UBND", "qd:45:ubnd-ha-noi", False)]),
    # taken from another mention
    (
        "QĐ 3417/QĐ-UBND ngày 09/9/2020 của UBND tỉnh Đông Lĩnh. QĐ số 3417/QĐ-UBND ngày 09/9/2020",
        None,
        [
            ("3417/QĐ-UBND", "qd:3417:ubnd-dong-linh:2020", False),
            ("3417/QĐ-UBND", "qd:3417:ubnd-dong-linh:2020", True),
        ],
    ),
    (
        "Quyết định 52/2017/QĐ-UBND của UBND tỉnh Đông Lĩnh. Quyết định 52/2017/QĐ-UBND về kỷ luật",
        None,
        [
            ("52/2017/QĐ-UBND", "qd:52/2017:ubnd-dong-linh", False),
            ("52/2017/QĐ-UBND", "qd:52/2017:ubnd-dong-linh", True),
        ],
    ),
    (
        "KH số 48/KH-UBND ngày 18/3/2021 của UBND huyện Lũng Cát. Chưa triển khai Kế hoạch số 48/KH-UBND",
        None,
        [("48/KH-UBND", "kh:48:ubnd-lung-cat:2021", False), ("48/KH-UBND", "kh:48:ubnd-lung-cat:2021", True)],
    ),
    (
        "Quyết định số 739/QĐ-UBND ngày 22/3/2017 của UBND tỉnh Đông Lĩnh; Quyết định số 739 của UBND tỉnh",
        None,
        [
            ("739/QĐ-UBND", "qd:739:ubnd-dong-linh:2017", False),
            ("739/QĐ-UBND", "qd:739:ubnd-dong-linh:2017", True),
        ],
    ),
    (
        "Nghị quyết 30c/NQ-CP ngày 08/11/2011; 30c/NQ-CP",
        None,
        [("30c/NQ-CP", "nq:30c:chinh-phu:2011", False), ("30c/NQ-CP", "nq:30c:chinh-phu:2011", True)],
    ),
    (
        "Nghị định 9/2010/NĐ-CP và Nghị định 09/2010/NĐ-CP",
        None,
        [("09/2010/NĐ-CP", "nd:09/2010:chinh-phu", False)] * 2,
    ),
    (
        "Nghị quyết 29-NQ/TW ngày 04/11/2013. Nghị quyết số 29",
        None,
        [("29-NQ/TW", "nq:29:trung-uong:2013", False), ("29-NQ/TW", "nq:29:trung-uong:2013", True)],
    ),
    # left alone
    (
        "30/NĐ-CP; 30/2020/NĐ-CP; 30/2015/NĐ-CP",
        None,
        [
            ("30/NĐ-CP", "nd:30:chinh-phu", False),
            ("30/2020/NĐ-CP", "nd:30/2020:chinh-phu", False),
            ("30/2015/NĐ-CP", "nd:30/2015:chinh-phu", False),
        ],
    ),
    (
        "Quyết định 52/QĐ-TTg và Quyết định 52/2017/QĐ-TTg",
        None,
        [("52/QĐ-TTg", "qd:52:thu-tuong", False), ("52/2017/QĐ-TTg", "qd:52/2017:thu-tuong", False)],
    ),
    (
        "KH số 12/KH-UBND ngày 05/01/2021 của UBND huyện Lũng Cát. Xã đã ban hành Kế hoạch số 12/KH-UBND",
        None,
        [("12/KH-UBND", "kh:12:ubnd-lung-cat:2021", False), ("12/KH-UBND", "kh:12:ubnd", False)],
    ),
    (
        "Kế hoạch số 12/KH-UBND ngày 05/01/2021 của UBND xã Khe Mận; Kế hoạch số 12/KH-UBND",
        None,
        [("12/KH-UBND", "kh:12:ubnd-khe-man:2021", False), ("12/KH-UBND", "kh:12:ubnd", False)],
    ),
    (
        "Quyết định số 7/QĐ-UBND của UBND xã Khe Mận; Quyết định số 7/QĐ-UBND của UBND xã Nà Phin",
        None,
        [("7/QĐ-UBND", "qd:07:ubnd-khe-man", False), ("7/QĐ-UBND", "qd:07:ubnd-na-phin", False)],
    ),
    (
        "Kế hoạch số 15/KH-UBND của UBND huyện Lũng Cát; Quyết định số 15/QĐ-UBND",
        None,
        [("15/KH-UBND", "kh:15:ubnd-lung-cat", False), ("15/QĐ-UBND", "qd:15:ubnd", False)],
    ),
]


@pytest.mark.parametrize(("text", "unit", "expected"), CASES, ids=[case[0][:60] for case in CASES])
def test_keys(text: str, unit: UnitMention | None, expected: list[tuple[str, str, bool]]) -> None:
    found = resolved(text, issuer_unit=unit)
    assert [(one.number, one.key, one.resolved) for one in found] == expected


def test_missing_date_and_issuer_come_from_the_other_mention() -> None:
    text = (
        "Quyết định 52/2017/QĐ-UBND của UBND tỉnh Đông Lĩnh. "
        "Quyết định 52/2017/QĐ-UBND ngày 20/9/2017 về kỷ luật. "
        "Theo 52/2017/QĐ-UBND"
    )
    assert {(one.date, one.issuer) for one in resolved(text)} == {("2017-09-20", "UBND tỉnh Đông Lĩnh")}


def test_conflicting_dates_stay() -> None:
    number = "QĐ 20/2019/QĐ-UBND"
    text = f"{number} ngày 19/4/2019 của UBND tỉnh; {number} ngày 14/9/2019; {number}"
    assert [one.date for one in resolved(text)] == ["2019-04-19", "2019-09-14", None]


def test_conflicting_dates_without_year_are_two_documents() -> None:
    text = "Kế hoạch số 48/KH-UBND ngày 18/3/2021 của UBND huyện; Kế hoạch số 48/KH-UBND ngày 20/4/2020"
    assert [one.key for one in resolved(text, issuer_unit=HUYEN)] == [
        "kh:48:ubnd-lung-cat:2021",
        "kh:48:ubnd:2020",
    ]


def test_issuer_gets_the_name_of_its_place() -> None:
    (found,) = resolved("Quyết định 12/QĐ-UBND của UBND huyện", issuer_unit=HUYEN)
    assert found.issuer == "UBND huyện Lũng Cát"


def test_district_from_the_issuer_line_alone() -> None:
    (found,) = resolved("Quyết định 12/QĐ-UBND của UBND huyện", issuer="ỦY BAN NHÂN DÂN HUYỆN LŨNG CÁT")
    assert found.key == "qd:12:ubnd-lung-cat"


def test_capitals_of_a_letterhead_are_no_place() -> None:
    (found,) = resolved("HUYỆN LŨNG CÁT CỘNG HÒA\nQuyết định 12/QĐ-UBND của UBND huyện")
    assert found.key == "qd:12:ubnd-huyen"


OWN = [
    ("Số: 1310 /UBND-NV", "1310/UBND-NV", []),
    ("Số: 02/BC-DKT", "02/BC-ĐKT", []),
    ("Báo cáo số 02/BC-ĐKT ngày 30/7/2021 của Đoàn kiểm tra", "02/BC-ĐKT", []),
    ("Kế hoạch số 12/KH-UBND ngày 05/01/2020", "12/KH-UBND", ["12/KH-UBND"]),
    ("Kế hoạch số 12/KH-UBND của UBND tỉnh", "12/KH-UBND", ["12/KH-UBND"]),
    ("Kế hoạch số 12/KH-UBND của UBND huyện", "12/KH-UBND", []),
    ("Kế hoạch số 13/KH-UBND", "12/KH-UBND", ["13/KH-UBND"]),
    ("Kế hoạch số 12/KH-UBND", None, ["12/KH-UBND"]),
]


@pytest.mark.parametrize(("text", "number", "expected"), OWN)
def test_own_number_is_dropped(text: str, number: str | None, expected: list[str]) -> None:
    found = resolved(
        text,
        document_number=number,
        document_date="2021-07-30",
        issuer="ỦY BAN NHÂN DÂN HUYỆN LŨNG CÁT",
        issuer_unit=HUYEN,
    )
    assert [one.number for one in found] == expected


def test_another_document_settles_what_this_one_leaves_open() -> None:
    letter = resolved("Quyết định số 2005/QĐ-UBND ngày 12/5/2021 của UBND huyện", issuer_unit=HUYEN)
    report = resolved("Quyết định số 2005/QĐ-UBND ngày 12/5/2021; Kế hoạch số 9/KH-UBND", known=letter)
    assert [(one.key, one.resolved) for one in report] == [
        ("qd:2005:ubnd-lung-cat:2021", True),
        ("kh:09:ubnd", False),
    ]


def test_another_document_with_another_date_settles_nothing() -> None:
    letter = resolved("Quyết định số 2005/QĐ-UBND ngày 12/5/2020 của UBND huyện", issuer_unit=HUYEN)
    (found,) = resolved("Quyết định số 2005/QĐ-UBND ngày 12/5/2021", known=letter)
    assert (found.key, found.resolved) == ("qd:2005:ubnd:2021", False)


def test_input_is_left_as_it_was() -> None:
    cited = find_citations("30/NĐ-CP và 30/2020/NĐ-CP")
    resolve(cited, document_number=None, document_date=None, issuer=None, issuer_unit=None, text="")
    assert [(one.number, one.key) for one in cited] == [("30/NĐ-CP", ""), ("30/2020/NĐ-CP", "")]


PIECES = st.sampled_from(
    [
        "Quyết định số 12/QĐ-UBND ",
        "Quyết định 12/2019/QĐ-UBND ",
        "ngày 1/2/2019 ",
        "ngày 1/2/2020 ",
        "của UBND huyện ",
        "của UBND tỉnh Đông Lĩnh. ",
        "Nghị định 30 ",
        "30/2020/NĐ-CP; ",
        "30/NĐ-CP, ",
        "Luật số 30/2020/QH14 ",
        "tại huyện Lũng Cát ",
        "12-QĐ/TU ",
        "; ",
    ]
)


@given(st.lists(PIECES, max_size=12), st.sampled_from([None, HUYEN, TINH, XA]))
def test_keys_are_ascii_and_whole(pieces: list[str], unit: UnitMention | None) -> None:
    text = "".join(pieces)
    cited = find_citations(text)
    found = resolve(cited, document_number=None, document_date=None, issuer=None, issuer_unit=unit, text=text)
    assert [one.span for one in found] == [one.span for one in cited]
    for one in found:
        assert one.key.isascii() and one.key.count(":") in (2, 3) and " " not in one.key
        assert all(one.key.split(":"))
        assert text[slice(*one.span)] == one.as_printed
