"""The form of a statement: what a negation reaches, and where clauses begin and end."""

from __future__ import annotations

import pytest

from models.clauses import form_of, split
from models.features import Input, features_of


def reached(text: str) -> set[str]:
    return {one for one in form_of(text.split()) if one.startswith("no:") and " " in one}


def outside(text: str) -> set[str]:
    return {one for one in form_of(text.split()) if one.startswith("yes:")}


def test_what_is_denied_is_told_from_what_stands() -> None:
    denied = "xã không có hồ_sơ trễ_hạn"
    stands = "hồ_sơ trễ_hạn , xã không có sổ"
    assert "no:không trễ_hạn" in reached(denied) and "yes:trễ_hạn" not in outside(denied)
    assert "no:không trễ_hạn" not in reached(stands) and "yes:trễ_hạn" in outside(stands)


@pytest.mark.parametrize("end", [",", ";", "nhưng", "nên"])
def test_a_negation_ends_with_its_clause(end: str) -> None:
    text = f"chưa có sổ {end} trả đúng_hẹn"
    assert reached(text) == {"no:chưa có", "no:chưa sổ"}
    assert {"yes:trả", "yes:đúng_hẹn"} <= outside(text)


def test_a_negation_reaches_only_so_far() -> None:
    words = [f"từ{n}" for n in range(20)]
    text = " ".join(["không", *words])
    assert len(reached(text)) == 7
    assert outside(text) == {f"yes:{word}" for word in words[7:]}


def test_the_nearest_negation_counts() -> None:
    assert reached("chưa nơi nào không có bảng") == {
        "no:chưa nơi",
        "no:chưa nào",
        "no:không có",
        "no:không bảng",
    }


def test_clauses_part_at_marks_and_before_conjunctions() -> None:
    assert split(["sổ", "có", "đủ", "nhưng", "ghi", "thiếu", ",", "dân", "chờ"]) == [
        ["sổ", "có", "đủ"],
        ["nhưng", "ghi", "thiếu"],
        ["dân", "chờ"],
    ]


def test_a_conjunction_close_to_the_beginning_opens_nothing() -> None:
    assert split(["xã", "còn", "nợ", "báo_cáo"]) == [["xã", "còn", "nợ", "báo_cáo"]]


def test_nothing_but_marks_has_no_clause() -> None:
    assert form_of([";", "."]) == ["kn:0"]


def test_the_order_of_concession_is_seen() -> None:
    """The same words with the clauses turned round are another statement."""
    first = features_of(Input("Sổ sách đầy đủ, phòng chờ chật hẹp."))
    turned = features_of(Input("Phòng chờ chật hẹp, sổ sách đầy đủ."))
    assert "z:chật_hẹp" in first and "z:chật_hẹp" not in turned
    assert "k:chật_hẹp" in turned and "k:chật_hẹp" not in first
