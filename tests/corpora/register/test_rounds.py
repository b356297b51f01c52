"""Small tables of invented units: what is taken from them, and what is left open."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.build_register import Built, build
from corpora.register import tables
from corpora.register.dates import LATEST, taken_effect
from corpora.register.rows import Link, Row, printed
from corpora.register.tables import Older, Unused, key, kind_and_own, older_wards, source_title

ALIAS = "province_key,district_key,ward_key,alias_keyword,source,year\n"
LIST = (
    "Mã,Tên,Tên Tiếng Anh,Cấp,Mã QH,Quận Huyện,Mã TP,Tỉnh / Thành Phố\n"
    "70001,Xã Mận Sậy,,Xã,701,Huyện Suối Mơ,70,Tỉnh Bình Khê\n"
    "70002,Xã  Nà Phèo,,Xã,701,Huyện Suối Mơ,70,Tỉnh Bình Khê\n"
    "70003,Phường Lũng Hoà,,Phường,701,Huyện Suối Mơ,70,Tỉnh Bình Khê\n"
    "70004,Xã Bản Vai,,Xã,701,Huyện Suối Mơ,70,Tỉnh Bình Khê\n"
)
DISTRICTS = "Mã,Tên,Tên Tiếng Anh,Cấp,Mã TP,Tỉnh / Thành Phố\n701,Huyện Suối Mơ,,Huyện,70,Tỉnh Bình Khê\n"
CONVERSION_HEAD = (
    "provinceCode,isMergedProvince,districtCode,wardCode,isMergedWard,isDividedWard,province,district,ward,"
    "newProvince,newWard,newProvinceCode,newWardCode\n"
)
CONVERSION = CONVERSION_HEAD + "".join(
    f"70,False,701,{code}.0,{merged},{divided},Tỉnh Bình Khê,Huyện Suối Mơ,{name},Tỉnh Bình Khê,{new},70,{made}\n"
    for code, merged, divided, name, new, made in (
        (70001, True, False, "Xã Mận Sậy", "Xã Mận Sậy", 70001),
        (70002, True, True, "Xã Nà Phèo", "Xã Mận Sậy", 70001),
        (70002, True, True, "Xã Nà Phèo", "Phường Lũng Hòa", 70003),
        (70003, True, False, "Phường Lũng Hòa", "Phường Lũng Hòa", 70003),
        (70004, False, False, "Xã Bản Vải", "Xã Bản Vai", 70004),
    )
)
MAP = (
    "tentinh,loai,tenhc,truocsapnhap\n"
    'tỉnh Bình Khê,xã,Mận Sậy,"Xã Mận Sậy, Xã Nà Phèo (phần còn lại sau khi sáp nhập vào phường Lũng Hòa, xã A)"\n'
    'tỉnh Bình Khê,phường,Lũng Hòa,"Phường Lũng Hòa"\n'
    "tỉnh Bình Khê,xã,Bản Vai,Không sáp nhập\n"
)


PUBLISHED = "https://a.vn/sap-xep-102240731011800921.htm"


def built(folder: Path, alias: str = "", districts: str = "", divided: str = "") -> Built:
    files = {
        tables.WARDS: LIST,
        tables.DISTRICTS: DISTRICTS,
        tables.CONVERSION: CONVERSION,
        tables.AFTER: MAP,
        tables.OLDER_WARDS: ALIAS + alias,
        tables.OLDER_DISTRICTS: "province_key,district_key,alias_keyword,source\n" + districts,
        tables.DIVIDED_DISTRICTS: "provinceKey,dividedDistrictKey,districtKey,source\n" + divided,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return build(folder)


def alias(target: str, *keywords: str, source: str = "https://x", year: str = "2019") -> str:
    return "".join(f"tinhbinhkhe,huyensuoimo,{target},{word},{source},{year}\n" for word in keywords)


def test_the_reform_has_its_manners(tmp_path: Path) -> None:
    rows = built(tmp_path).rows
    manners = {ends: (link.manner, link.unsure) for ends, link in rows.links.items()}
    assert manners == {
        ("70001", "70001@2025-07-01"): ("merged", False),
        ("70002", "70001@2025-07-01"): ("divided", False),
        ("70002", "70003@2025-07-01"): ("divided", True),  # the map does not name it
        ("70003", "70003@2025-07-01"): ("merged", False),
        ("70004", "70004@2025-07-01"): ("unchanged", False),
    }
    assert rows.units["70002"].name == "Nà Phèo" and rows.units["70003"].name == "Lũng Hòa"
    assert rows.units["70004"].also == ["Bản Vải"]
    assert rows.units["70"].valid_to == ("", "") and rows.units["701"].valid_to == ("2025-06-30",) * 2


def test_several_units_under_a_name_that_none_had_are_taken_to_make_a_new_one(tmp_path: Path) -> None:
    rows = built(tmp_path, alias("xamansay", "xakheman", "kheman", "xabaisay", "baisay")).rows
    made = rows.units["70001"]
    assert made.valid_from == ("2020-01-01", "2020-03-01") and made.unsure == {"date", "formation"}
    old = rows.units["~701.xa-kheman"]
    assert (old.code, old.kind, old.name, old.valid_to) == ("", "Xã", "Kheman", ("2019-12-31", "2020-02-29"))
    assert old.unsure == {"date", "marks"}
    link = rows.links[old.id, "70001"]
    assert (link.manner, link.unsure, link.date) == ("merged", False, ("2020-01-01", "2020-03-01"))


def test_one_unit_that_went_into_another_may_have_been_renamed(tmp_path: Path) -> None:
    rows = built(tmp_path, alias("xamansay", "xakheman")).rows
    assert rows.units["70001"].valid_from == ("", "") and rows.units["70001"].unsure == {"formation"}
    assert rows.links["~701.xa-kheman", "70001"].unsure


def test_a_unit_raised_under_its_name_keeps_its_marks(tmp_path: Path) -> None:
    rows = built(tmp_path, alias("phuonglunghoa", "xalunghoa", "lunghoa")).rows
    old = rows.units["~701.xa-lunghoa"]
    assert (old.name, "marks" in old.unsure) == ("Lũng Hòa", False)
    link = rows.links[old.id, "70003"]
    assert (link.manner, link.unsure) == ("new_kind", False)
    assert "formation" not in rows.units["70003"].unsure


def test_what_a_name_took_over_earlier_went_to_the_unit_that_had_it_then(tmp_path: Path) -> None:
    text = alias("phuonglunghoa", "xakheman", "xabaisay") + alias("phuonglunghoa", "xalunghoa", year="2023")
    rows = built(tmp_path, text).rows
    assert set(rows.links) >= {
        ("~701.xa-kheman", "~701.xa-lunghoa"),
        ("~701.xa-baisay", "~701.xa-lunghoa"),
        ("~701.xa-lunghoa", "70003"),
    }
    assert ("~701.xa-kheman", "70003") not in rows.links
    assert rows.units["~701.xa-lunghoa"].valid_from == ("2020-01-01", "2020-03-01")


def test_later_additions_do_not_make_a_unit_new(tmp_path: Path) -> None:
    text = alias("xamansay", "xakheman", "xabaisay") + alias("xamansay", "xaco", "xahen", year="2023")
    rows = built(tmp_path, text).rows
    assert rows.units["70001"].valid_from == ("2020-01-01", "2020-03-01")


def test_a_row_with_a_year_counts_more_than_one_without(tmp_path: Path) -> None:
    text = alias("xamansay", "xakheman", year="", source="https://y") + alias("xamansay", "xakheman")
    rows = built(tmp_path, text).rows
    assert rows.units["~701.xa-kheman"].valid_to == ("2019-12-31", "2020-02-29")


def test_a_unit_that_went_to_two_is_divided(tmp_path: Path) -> None:
    text = alias("xamansay", "xakheman") + alias("xabanvai", "xakheman")
    rows = built(tmp_path, text).rows
    links = [link for link in rows.links.values() if link.before == "~701.xa-kheman"]
    assert {link.after for link in links} == {"70001", "70004"}
    assert {link.manner for link in links} == {"divided"}


def test_one_name_under_two_kinds_is_flagged(tmp_path: Path) -> None:
    rows = built(tmp_path, alias("xamansay", "xakheman", "thitrankheman")).rows
    assert "kind" in rows.units["~701.xa-kheman"].unsure & rows.units["~701.thitran-kheman"].unsure


def test_a_row_that_names_no_unit_is_noted(tmp_path: Path) -> None:
    found = built(tmp_path, alias("xakhongco", "xakheman"))
    assert len(found.rounds.notes) == 1 and "xakhongco" in found.rounds.notes[0]
    assert "~701.xa-kheman" not in found.rows.units


def test_districts_of_older_names(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        districts="tinhbinhkhe,huyensuoimo,thixasuoimo,\ntinhbinhkhe,huyensuoimo,txsuoimo,\n",
        divided=f"tinhbinhkhe,huyengotram,huyensuoimo,{PUBLISHED}\ntinhbinhkhe,huyensuoimo,huyensuoimo,\n",
    )
    rows = found.rows
    raised, gone = rows.units["~70.thixa-suoimo"], rows.units["~70.huyen-gotram"]
    assert (raised.name, raised.valid_to) == ("Suối Mơ", ("", "2025-06-29"))
    assert rows.links[raised.id, "701"].manner == "new_kind"
    assert rows.links[gone.id, "701"].manner == "divided"
    assert found.rounds.unused.boundary == ["huyensuoimo > huyensuoimo"]


def test_communes_of_a_district_that_took_others_in_may_have_lain_elsewhere(tmp_path: Path) -> None:
    rows = built(
        tmp_path, alias("xamansay", "xakheman"), divided="tinhbinhkhe,huyengotram,huyensuoimo,\n"
    ).rows
    assert "parent" in rows.units["~701.xa-kheman"].unsure


# --- keywords and names ---


def read_names(tmp_path: Path, *keywords: str) -> list[tuple[str, str]]:
    (tmp_path / tables.OLDER_WARDS).write_text(ALIAS + alias("xamansay", *keywords), encoding="utf-8")
    return [(one.kind, one.name) for one in older_wards(tmp_path, Unused())]


@pytest.mark.parametrize(
    ("keywords", "units"),
    [
        (("xakheman", "kheman"), [("Xã", "kheman")]),
        (("phuong6", "phuong06", "p6", "ward06", "f6"), [("Phường", "6")]),
        (("thitransuoimo", "suoimo", "ttsuoimo"), [("Thị trấn", "suoimo")]),
        (("xaxaphin", "xaphin"), [("Xã", "xaphin")]),
        (("xaamansay", "mansay"), [("Xã", "mansay")]),
        (("xakheman", "xãkhemận", "khemận"), [("Xã", "khemận")]),
        (("thitranntbanvai", "thitrannongtruongbanvai"), [("Thị trấn", "ntbanvai")]),
        (("donviquandoi",), []),
    ],
)
def test_keywords_are_units_once(
    tmp_path: Path, keywords: tuple[str, ...], units: list[tuple[str, str]]
) -> None:
    assert read_names(tmp_path, *keywords) == units


def test_the_title_of_an_encyclopedia_gives_marks() -> None:
    assert (
        source_title("https://vi.wikipedia.org/wiki/Su%E1%BB%91i_M%C6%A1_(huy%E1%BB%87n)")
        == "Suối Mơ (huyện)"
    )
    assert source_title("https://example.vn/suoi-mo") == ""


@pytest.mark.parametrize(
    ("name", "level", "parts"),
    [
        ("Thị Trấn Prao", "commune", ("Thị trấn", "Prao")),
        ("Xã  Lũng  Hoà", "commune", ("Xã", "Lũng Hòa")),
        ("Thành phố Huế", "district", ("Thành phố", "Huế")),
        ("Đặc khu Côn Đảo", "commune", ("Đặc khu", "Côn Đảo")),
    ],
)
def test_kind_and_own_name(name: str, level: str, parts: tuple[str, str]) -> None:
    assert kind_and_own(name, level) == parts


def test_a_name_without_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="No kind"):
        kind_and_own("Suối Mơ", "commune")


@given(st.text(alphabet="aáàảãạăâđeéêioóôơuúưyý XĐ-.'0123456789", max_size=20))
def test_a_key_is_plain_and_stays(name: str) -> None:
    assert key(name).isascii() and key(key(name)) == key(name)


# --- days ---


@pytest.mark.parametrize(
    ("source", "year", "span"),
    [
        ("https://a.vn/tu-1-2-2024-co-don-vi-moi-119231223123908615.htm", "", ("2024-02-01", "2024-02-01")),
        ("https://a.vn/tu-1-12-sap-xep-119241104111005442.htm", "", ("2024-12-01", "2024-12-01")),
        ("https://a.vn/tu-1-1-sap-xep-119241104111005442.htm", "", ("2025-01-01", "2025-01-01")),
        ("https://a.vn/duoc-sap-nhap-tu-thang-12-2024-10224.htm", "", ("2024-12-01", "2024-12-31")),
        ("https://a.vn/thanh-phuong-moi-tu-nam-2025-12406", "", ("2025-01-01", LATEST)),
        ("https://a.vn/tu-ngay-112-khong-con-phuong-4-1428687.ldo", "", ("2023-01-01", LATEST)),
        ("https://a.vn/sap-xep-102240731011800921.htm", "", ("2024-01-01", "2024-11-28")),
        ("https://a.vn/sap-xep-20241126130537301.htm", "", ("2024-01-01", "2025-03-26")),
        ("https://a.vn/sap-xep-102250601011800921.htm", "", ("2025-01-01", LATEST)),
        ("https://a.vn/lich-su", "2019", ("2020-01-01", "2020-03-01")),
        ("https://a.vn/lich-su", "2021", ("2021-01-01", "2022-03-01")),
        ("https://a.vn/lich-su", "2024", ("2024-01-01", "2025-03-01")),
        ("https://a.vn/lich-su", "", ("2023-01-01", LATEST)),
        ("https://a.vn/tu-31-2-2024-sap-xep", "", ("2023-01-01", LATEST)),
        ("", "", ("", LATEST)),
    ],
)
def test_the_days_that_a_source_leaves_possible(source: str, year: str, span: tuple[str, str]) -> None:
    assert taken_effect(Older("commune", "p", "d", "t", "Xã", "a", source, year)) == span


def test_a_table_of_districts_tells_no_round() -> None:
    assert taken_effect(Older("district", "p", "", "t", "Huyện", "a", "https://a.vn/x", "")) == ("", LATEST)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (("2025-06-30", "2025-06-30"), "2025-06-30"),
        (("2020-01-01", "2020-03-01"), "2020-01-01/2020-03-01"),
        (("", "2025-06-30"), "../2025-06-30"),
        (("", ""), ""),
    ],
)
def test_spans_are_written_and_read(span: tuple[str, str], text: str) -> None:
    from extract.units.national import span as read

    assert printed(span) == text and read(text) == span


def test_no_cell_is_quoted(tmp_path: Path) -> None:
    rows = built(tmp_path).rows
    rows.units["x"] = Row("x", "", "commune", "Xã", "Mận, Sậy", "701", source=rows.source("https://a.vn/b,c"))
    rows.link(Link("x", "70001", "merged", ("", ""), "s001"))
    files = rows.files()
    assert '"' not in "".join(files.values())
    for text in files.values():
        lines = list(csv.reader(text.splitlines()))
        assert {len(line) for line in lines} == {len(lines[0])}
