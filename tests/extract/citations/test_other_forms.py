"""Laws by name, numbers that fit no grammar, and what must be neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.citations import find_citations, resolve
from extract.citations.across import Joined, key_parts, own_key
from extract.citations.grammar import misread_body, misread_kind
from extract.document import Citation


def cited(text: str) -> list[Citation]:
    found = find_citations(text, day="2021-06-30")
    return resolve(
        found, document_number=None, document_date="2021-06-30", issuer=None, issuer_unit=None, text=text
    )


# text, as printed, key
NAMED: list[tuple[str, list[tuple[str, str]]]] = [
    ("theo Luật Lưu trữ năm 2011", [("Luật Lưu trữ năm 2011", "luat:01/2011:quoc-hoi")]),
    ("theo Luật Lưu trữ 2011", [("Luật Lưu trữ 2011", "luat:01/2011:quoc-hoi")]),
    ("Bộ luật Dân sự năm 2005", [("Bộ luật Dân sự năm 2005", "luat:33/2005:quoc-hoi")]),
    ("Luật Thư viện năm 2019", [("Luật Thư viện năm 2019", "luat:thu-vien-2019:quoc-hoi")]),
    ("Luật Đất đai năm 1993", [("Luật Đất đai năm 1993", "luat:dat-dai-1993:quoc-hoi")]),
    ("Luật Tiếp công dân năm 2013 số 42/2013/QH13", [("42/2013/QH13", "luat:42/2013:quoc-hoi")]),
    ("Luật Lưu trữ ngày 11/11/2011", [("Luật Lưu trữ ngày 11/11/2011", "luat:01/2011:quoc-hoi")]),
    ("Luật Lưu trữ ngày 12/11/2011", []),
    ("Luật lưu trữ ngày 11/11/2011", [("Luật lưu trữ ngày 11/11/2011", "luat:01/2011:quoc-hoi")]),
    ("Luật lưu trữ năm 2011", [("Luật lưu trữ năm 2011", "luat:01/2011:quoc-hoi")]),
    ("Luật lưu trữ năm 1994", []),
    (
        "Luật sửa đổi Luật Ban hành VBQPPL 2020",
        [("Luật sửa đổi Luật Ban hành VBQPPL 2020", "luat:63/2020:quoc-hoi")],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức ngày 25/11/2019",
        [
            (
                "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức ngày 25/11/2019",
                "luat:52/2019:quoc-hoi",
            )
        ],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Viên chức năm 2019, Luật Viên chức năm 2010",
        [
            (
                "Luật sửa đổi, bổ sung một số điều của Luật Viên chức năm 2019",
                "luat:sua-doi-bo-sung-mot-so-dieu-cua-luat-vien-chuc-2019:quoc-hoi",
            ),
            ("Luật Viên chức năm 2010", "luat:58/2010:quoc-hoi"),
        ],
    ),
    ("Luật Lưu trữ giai đoạn 2011-2015", []),
    ("Luật Lưu trữ", []),
    ("luật Lưu trữ năm 2011", []),
    ("phổ biến Luật Thư viện đến các thôn năm 2019", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_laws_by_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.as_printed, one.key) for one in cited(text)] == expected


UNFIT: list[tuple[str, list[tuple[str, str]]]] = [
    ("Công văn số 45.NV/2020 chưa trả lời.", [("45.NV/2020", "cv:45-nv-2020:khong-ro")]),
    ("Quyết định số 15//QĐ của xã", [("15//QĐ", "qd:15-qd:khong-ro")]),
    ("Kế hoạch số A12/UBND.", [("A12/UBND", "kh:a12-ubnd:khong-ro")]),
    ("Quyết định số 12-34-56", [("12-34-56", "qd:12-34-56:khong-ro")]),
    ("Thông báo số 1.234 hồ sơ", []),
    ("Báo cáo số 6/2021", []),
    ("Báo cáo số liệu 6/2021, quyết định số lượng 12", []),
    ("Quyết định số 12/QĐ-UBND", [("12/QĐ-UBND", "qd:12:ubnd")]),
]


@pytest.mark.parametrize(("text", "expected"), UNFIT)
def test_numbers_that_fit_no_grammar_are_kept(text: str, expected: list[tuple[str, str]]) -> None:
    found = cited(text)
    assert [(one.as_printed, one.key) for one in found] == expected
    assert all(text[slice(*one.span)] == one.as_printed for one in found)


def test_a_misread_symbol_has_one_reading() -> None:
    assert misread_kind("OĐ") is not None and misread_body("TTq") is not None
    assert [found[0] for part in ("GP", "TIg", "QHl3", "UBTVOH14") if (found := misread_body(part))] == [
        "CP",
        "TTg",
        "QH13",
        "UBTVQH14",
    ]
    assert misread_kind("ND") is None, "a spelling that folds to a known symbol is no misreading"
    assert misread_body("UBND") is None


@given(st.text(alphabet="Luật năm 2013,Đấtđai sốQĐ/-.12IlO(\n", max_size=80))
def test_spans_stay_apart_and_verbatim(text: str) -> None:
    end = 0
    for one in cited(text):
        assert text[slice(*one.span)] == one.as_printed
        assert one.span[0] >= end and one.key
        end = one.span[1]


# key, cited on, the dataset's keys, the key it joins
JOINS: list[tuple[str, str | None, list[str], str]] = [
    ("nd:30:chinh-phu", "2021-06-30", ["nd:30/2020:chinh-phu"], "nd:30/2020:chinh-phu"),
    ("nd:30:chinh-phu", "2019-06-30", ["nd:30/2020:chinh-phu"], "nd:30:chinh-phu"),
    ("nd:30:chinh-phu", "2021-06-30", ["nd:30/2020:chinh-phu", "nd:30/2015:chinh-phu"], "nd:30:chinh-phu"),
    ("nd:30:chinh-phu", None, ["nd:30/2020:chinh-phu"], "nd:30/2020:chinh-phu"),
    ("qd:1064:thu-tuong", "2020-01-01", ["qd:1064:thu-tuong:2018"], "qd:1064:thu-tuong:2018"),
    ("qd:52:thu-tuong", "2020-01-01", ["qd:52/2017:thu-tuong"], "qd:52:thu-tuong"),
    ("qd:45:khong-ro", "2020-01-01", ["qd:45:thu-tuong:2019"], "qd:45:khong-ro"),
    ("kh:148:ubnd-lung-cat", "2021-06-01", ["kh:148:ubnd-lung-cat:2021"], "kh:148:ubnd-lung-cat:2021"),
    ("kh:148:ubnd-lung-cat", "2024-06-01", ["kh:148:ubnd-lung-cat:2021"], "kh:148:ubnd-lung-cat"),
    ("kh:12:ubnd-lung-cat", "2021-06-01", ["kh:12:ubnd-lung-cat:2021"], "kh:12:ubnd-lung-cat"),
    ("kh:148:ubnd", "2021-06-01", ["kh:148:ubnd-lung-cat:2021"], "kh:148:ubnd"),
    ("kh:148:ubnd:2021", "2021-06-01", ["kh:148:ubnd-lung-cat:2021"], "kh:148:ubnd:2021"),
    ("739/qđ-ubnd", "2021-06-01", ["qd:739:ubnd-lung-cat:2021"], "739/qđ-ubnd"),
]


@pytest.mark.parametrize(("key", "day", "keys", "expected"), JOINS)
def test_an_incomplete_key_joins_the_only_one_that_fits(
    key: str, day: str | None, keys: list[str], expected: str
) -> None:
    assert Joined([key, *keys]).key_of(key, day) == expected
    assert Joined([*reversed(keys), key]).key_of(key, day) == expected, "order decides nothing"


def test_key_parts() -> None:
    key = key_parts("qd:20/2019:ubnd-ha-tinh")
    assert (key.kind, key.serial, key.year, key.issuer, key.dated) == ("qd", "20", 2019, "ubnd-ha-tinh", None)
    assert key.complete
    assert not key_parts("qd:12:ubnd-huyen:2021").named
    assert not key_parts("nd:30:chinh-phu").complete


def test_own_key() -> None:
    own = own_key("kết luận", "41/KL-UBND", "2018-07-09", "Huyện Cao Sa", "district")
    assert own == "kl:41:ubnd-cao-sa:2018"
    assert own_key("kết luận", "41/KL-UBND", "2018-07-09", None, None) is None
    assert own_key("báo cáo", None, "2018-07-09", "Huyện Cao Sa", "district") is None
