"""Pictures: their words, the same bytes twice, odd names, much and little and nothing to show."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from seen import stored

from corpora.overview.read import overview
from corpora.overview.records import Overview, Scope
from extract.errors import UsageError
from pipelines.pictures.canvas import Choice
from pipelines.pictures.kinds import KINDS, picture

THREE = ["Xã Khe Mận", "Xã Bãi Sậy", "Thị trấn Lũng Vàng"]
YEARS = range(2019, 2022)


def drawn(
    tmp_path: Path, kind: str, communes: list[str], scope: Scope | None = None, **choice: object
) -> str:
    """The words of an SVG, one a line."""
    (tmp_path / "d").mkdir(exist_ok=True)
    with stored(tmp_path / "d", communes, YEARS) as dataset:
        seen = overview(dataset, scope)
    return words(tmp_path, kind, seen, Choice(**choice))  # type: ignore[arg-type]


def words(tmp_path: Path, kind: str, seen: Overview, choice: Choice | None = None) -> str:
    path = tmp_path / f"{kind}.svg"
    assert picture(kind, seen, path, choice)
    tree = ElementTree.parse(path)
    return "\n".join("".join(found.itertext()) for found in tree.iter("{http://www.w3.org/2000/svg}text"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_says_on_what_it_rests(tmp_path: Path, kind: str) -> None:
    said = drawn(tmp_path, kind, THREE)
    assert "Dựa trên 3 văn bản, năm 2019–2021" in said
    assert "có thể do kiểm tra kỹ hơn" in said
    assert "01/02/2024" in said
    assert "Xã Bãi Sậy" in said


def test_heatmap_has_units_areas_and_numbers(tmp_path: Path) -> None:
    said = drawn(tmp_path, "heatmap", THREE).split("\n")
    assert "Chỉ đạo, điều hành CCHC" in said
    assert said.count("0") == 3 * 6
    assert said.count("3") == 3 * 3  # deficiencies of the one area, their sum, documents


def test_heatmap_by_year_and_of_one_area(tmp_path: Path) -> None:
    said = drawn(tmp_path, "heatmap", THREE, Scope(area="steering", years=(2020, 2021)), each_year=True)
    assert {"2020", "2021"} <= set(said.split("\n"))
    assert "2019" not in said.split("\n")
    assert said.split("\n").count("1") == 6
    assert "Cải cách thể chế" not in said


def test_heatmap_of_open_chains(tmp_path: Path) -> None:
    said = drawn(tmp_path, "heatmap", THREE, count="chains").split("\n")
    assert "Chuỗi tồn tại chưa khắc phục theo đơn vị và lĩnh vực" in said
    assert said.count("1") == 3 * 2  # one chain each, and the sum


def test_ranking_sorts_by_number(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    with stored(tmp_path / "d", THREE, YEARS) as dataset:
        with dataset.transaction() as connection:
            connection.execute(
                "UPDATE findings SET status = 'rejected' WHERE document_id IN (SELECT id FROM documents WHERE year > 2019)"
                " AND unit_id IN (SELECT id FROM units WHERE name = 'Xã Bãi Sậy')"
            )
        said = words(tmp_path, "ranking", overview(dataset)).split("\n")
    assert said.index("Thị trấn Lũng Vàng") < said.index("Xã Khe Mận") < said.index("Xã Bãi Sậy")
    assert "Số văn bản nói đến" in said


def test_trend_shows_the_indicator_asked_for(tmp_path: Path) -> None:
    said = drawn(tmp_path, "trend", THREE, indicator="ty le")
    assert "Tỷ lệ qua các năm" in said
    assert "9 giá trị trong 3 văn bản" in said
    assert "Số văn bản theo năm" in said
    other = drawn(tmp_path, "trend", THREE, indicator="xyz")
    assert "Không có số liệu về 'xyz'." in other
    assert "Số tồn tại theo năm" in other


def test_trend_keeps_the_rates_of_merged_communes_apart(tmp_path: Path) -> None:
    with stored(tmp_path, THREE[:1], YEARS) as dataset:
        seen = overview(dataset)
    before = [replace(one, unit="Xã Đồng Cũ") if one.year == 2019 else one for one in seen.measured]
    said = words(tmp_path, "trend", replace(seen, measured=tuple(before)))
    assert "\nXã Khe Mận\n" in said
    assert "Xã Đồng Cũ (nay Xã Khe Mận)" in " ".join(said.split())


def test_trend_takes_an_indicator_s_wordings_together(tmp_path: Path) -> None:
    with stored(tmp_path, THREE[:1], YEARS) as dataset:
        seen = overview(dataset)
    wordings = ("ký số văn bản", "Tỷ lệ văn bản đi được ký số", "Hồ sơ trực tuyến – Tỷ lệ văn bản ký số")
    named = [replace(one, indicator=name) for one, name in zip(seen.measured, wordings, strict=True)]
    said = words(tmp_path, "trend", replace(seen, measured=tuple(named)), Choice(indicator="ký số văn bản"))
    assert "Ký số văn bản qua các năm" in said
    assert "2 giá trị trong 2 văn bản" in said


def test_a_year_without_documents_is_no_nought(tmp_path: Path) -> None:
    with stored(tmp_path, THREE, range(2019, 2020)):
        pass
    with stored(tmp_path, THREE, range(2021, 2022)) as dataset:
        said = words(tmp_path, "trend", overview(dataset)).split("\n")
    assert said.count("–") == 1
    assert "2020" in said


def test_chains_of_one_unit(tmp_path: Path) -> None:
    said = drawn(tmp_path, "chains", THREE, Scope(unit="khe man"))
    assert "Chuỗi tồn tại qua các năm (Xã Khe Mận)" in said
    assert "kéo dài 3 năm" in said
    assert "Bãi Sậy" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_dataset_gives_the_same_bytes(tmp_path: Path, kind: str) -> None:
    with stored(tmp_path, THREE, YEARS) as dataset:
        seen = overview(dataset)
    for form in ("svg", "png"):
        first, second = tmp_path / f"1.{form}", tmp_path / f"2.{form}"
        assert picture(kind, seen, first)
        assert picture(kind, seen, second)
        assert first.read_bytes() == second.read_bytes()
    assert not re.search(r"<dc:date>", (tmp_path / "1.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_are_markup_stay_names(tmp_path: Path, kind: str) -> None:
    odd = ["Xã $\\frac{A}$ & <b>Bản</b>", "Xã _Cầu_ ^2 %"]
    said = drawn(tmp_path, kind, odd)
    assert "<b>Bản</b>" in said
    assert "$\\frac{A}$" in said


@pytest.mark.parametrize("kind", KINDS)
def test_forty_communes_with_long_names(tmp_path: Path, kind: str) -> None:
    long = [f"Xã Tân Ninh Thượng Hạ Đông Bắc {at:02} Nguyễn Thị Minh Khai" for at in range(40)]
    with stored(tmp_path, long, YEARS) as dataset:
        seen = overview(dataset)
    assert picture(kind, seen, tmp_path / "a.svg")
    view = ElementTree.parse(tmp_path / "a.svg").getroot().get("viewBox") or ""
    _, _, width, height = map(float, view.split())  # in points
    assert 450 < width < 1000
    assert height < 3000


def test_units_as_they_were_are_said(tmp_path: Path) -> None:
    assert "không gộp khi sáp nhập" in drawn(tmp_path, "heatmap", THREE, Scope(units="then"))
    assert "không gộp khi sáp nhập" not in drawn(tmp_path, "heatmap", THREE)


def test_a_limit_is_said(tmp_path: Path) -> None:
    said = drawn(tmp_path, "ranking", THREE, limit=2)
    assert "Chỉ vẽ 2 trong 3 đơn vị." in said


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_show_makes_no_file(tmp_path: Path, kind: str) -> None:
    with stored(tmp_path, [], range(0)) as dataset:
        seen = overview(dataset)
    assert not picture(kind, seen, tmp_path / "a.svg")
    assert not (tmp_path / "a.svg").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_one_document_is_enough(tmp_path: Path, kind: str) -> None:
    with stored(tmp_path, THREE, range(2021, 2022)) as dataset:
        seen = overview(dataset, Scope(unit="khe man"))
    assert picture(kind, seen, tmp_path / "a.svg")
    assert "Dựa trên 1 văn bản, năm 2021" in words(tmp_path, kind, seen)


def test_offices_are_left_out_and_said(tmp_path: Path) -> None:
    said = drawn(tmp_path, "heatmap", ["Xã Khe Mận", "Phòng Nội vụ"])
    assert "Phòng Nội vụ" not in said
    assert "Không vẽ 3 tồn tại của 1 đơn vị không phải cấp xã" in said


@pytest.mark.parametrize(
    ("kind", "name", "choice", "message"),
    [
        ("pie", "a.svg", Choice(), "Valid: heatmap, trend, ranking, chains"),
        ("heatmap", "a.pdf", Choice(), "ends in .svg or .png"),
        ("heatmap", "a.svg", Choice(count="words"), "Valid: findings, chains"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    tmp_path: Path, kind: str, name: str, choice: Choice, message: str
) -> None:
    with stored(tmp_path, THREE, YEARS) as dataset:
        seen = overview(dataset)
    with pytest.raises(UsageError, match=re.escape(message)):
        picture(kind, seen, tmp_path / name, choice)
    assert not (tmp_path / name).exists()


def test_every_letter_of_vietnamese_has_a_glyph() -> None:
    from fontTools.ttLib import TTFont

    root = Path(__file__).resolve().parents[3]
    letters = "aăâeêioôơuưyđ"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    from unicodedata import normalize

    every = {
        normalize("NFC", letter + mark)
        for letter in letters + letters.upper()
        for mark in marks
        if letter not in "đĐ"
    }
    for face in ("Regular", "Bold"):
        held = TTFont(root / "corpora" / "fonts" / f"Tinos-{face}.ttf").getBestCmap()
        assert not {letter for letter in {*every, *"đĐ…–×%"} if ord(letter) not in held}
