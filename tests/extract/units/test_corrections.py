"""A user's rows over the national register: one more unit, or a correction of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.units.national import National
from extract.units.register import Register, version_of

UNITS = """\
id,code,level,kind,name,parent,valid_from,valid_to,unsure,also,source
70,70,province,Tỉnh,Bình Khê,,,,,,list
701,701,district,Huyện,Suối Mơ,70,,2025-06-30,,,list
70001,70001,commune,Xã,Khe Mận,701,2020-01-01/2020-03-01,2025-06-30,date,Khe Mân,list
70001@2025-07-01,70001,commune,Xã,Mận Sậy,70,2025-07-01,,,,list
70002,70002,commune,Xã,Bãi Sậy,701,,2025-06-30,,,list
70003,70003,commune,Xã,Nà Pheo,701,,2025-06-30,,,list
70003@2025-07-01,70003,commune,Xã,Nà Pheo,70,2025-07-01,,,,list
~701.xa-kheman,,commune,Xã,Kheman,701,,2019-12-31/2020-02-29,date marks,,s001
"""
SUCCESSIONS = """\
before,after,manner,date,unsure,source
70001,70001@2025-07-01,merged,2025-07-01,,list
70002,70001@2025-07-01,merged,2025-07-01,,list
70003,70003@2025-07-01,unchanged,2025-07-01,,list
~701.xa-kheman,70001,merged,2020-01-01/2020-03-01,unsure,s001
"""
HEAD = "code,name,level,parent,valid_from,valid_to,successors\n"


@pytest.fixture
def country(tmp_path: Path) -> National:
    folder = tmp_path / "country"
    folder.mkdir()
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "successions.csv").write_text(SUCCESSIONS, encoding="utf-8")
    return National(folder)


def laid_over(country: National, tmp_path: Path, rows: str) -> Register:
    from extract.units.files import read_files

    path = tmp_path / "own.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return Register(read_files([path]), country)


def test_without_rows_the_country_stands(country: National) -> None:
    register = Register(country=country)
    assert [unit.name for unit in register.children("701", "2021-01-01")] == [
        "Xã Khe Mận", "Xã Bãi Sậy", "Xã Nà Pheo"
    ]  # fmt: skip
    assert [unit.name for unit in register.named("khe mân", "2018-01-01")] == ["Xã Kheman"]


def test_a_span_is_open_both_ways(country: National) -> None:
    register = Register(country=country)
    new, old = register.unit("70001"), register.unit("~701.xa-kheman")
    assert new is not None and old is not None
    assert new.valid("2020-02-01") and old.valid("2020-02-01")
    assert not new.surely_valid("2020-02-01") and not old.surely_valid("2020-02-01")
    assert new.surely_valid("2020-03-01") and old.surely_valid("2019-12-31")
    assert not new.valid("2019-12-31") and not old.valid("2020-03-01")


def test_a_row_corrects_the_unit_of_its_code_and_time(country: National, tmp_path: Path) -> None:
    register = laid_over(country, tmp_path, "70001,Xã Khe Mạn,commune,,2020-02-01,,\n")
    unit = register.unit("70001")
    assert unit is not None
    assert (unit.name, unit.valid_from, unit.valid_to, unit.parent) == (
        "Xã Khe Mạn", "2020-02-01", "2025-06-30", "701"
    )  # fmt: skip
    assert [unit.name for unit in register.of_code("70001")] == ["Xã Khe Mạn", "Xã Mận Sậy"]
    assert [link.after for link in register.successors("70001")] == ["70001@2025-07-01"]
    assert [link.before for link in register.predecessors("70001")] == ["~701.xa-kheman"]
    assert [one.id for one in register.children("701", "2021-01-01")] == ["70001", "70002", "70003"]


def test_the_name_tells_which_of_two_units_of_a_code_is_meant(country: National, tmp_path: Path) -> None:
    register = laid_over(country, tmp_path, "70001,Xã Mận Sậy,commune,,2025-08-01,,\n")
    after = register.unit("70001@2025-07-01")
    assert after is not None and after.valid_from == "2025-08-01"
    assert [link.after for link in register.successors("70002")] == [after.id]


def test_a_row_without_dates_may_stand_for_both(country: National, tmp_path: Path) -> None:
    register = laid_over(country, tmp_path, "70003,Xã Nà Pheo,commune,,,,\n")
    (unit,) = register.of_code("70003")
    assert (unit.valid_from, unit.valid_to, unit.parent) == ("", "", "70")
    assert register.successors(unit.id) == [] and register.predecessors(unit.id) == []


def test_another_name_for_an_earlier_time_is_one_more_unit(country: National, tmp_path: Path) -> None:
    rows = "70,Tỉnh Khê Sơn,province,,,31/12/2018,70\n70,Tỉnh Bình Khê,province,,2019-01-01,,\n"
    register = laid_over(country, tmp_path, rows)
    older, now = register.of_code("70")
    assert (older.name, older.id, now.name, now.id) == (
        "Tỉnh Khê Sơn", "70@..2018-12-31", "Tỉnh Bình Khê", "70"
    )  # fmt: skip
    assert (older.valid_to, now.valid_from, now.valid_to) == ("2018-12-31", "2019-01-01", "")
    assert [(link.after, link.manner) for link in register.successors(older.id)] == [("70", "renamed")]
    assert [unit.id for unit in register.parents("701")] == ["70"]


def test_successors_of_a_row_replace_those_that_stood(country: National, tmp_path: Path) -> None:
    register = laid_over(country, tmp_path, "70002,Xã Bãi Sậy,commune,,,2025-06-30,70003 70001\n")
    links = register.successors("70002")
    assert {link.after for link in links} == {"70003@2025-07-01", "70001@2025-07-01"}
    assert {link.manner for link in links} == {"divided"}
    assert "70002" in {link.before for link in register.predecessors("70003@2025-07-01")}


def test_one_more_unit_goes_on_in_a_national_one(country: National, tmp_path: Path) -> None:
    register = laid_over(country, tmp_path, "M01,Xã Lũng Chè,commune,701,,31/12/2019,70002\n")
    assert next(unit.name for unit in register.children("701", "2018-01-01")) == "Xã Lũng Chè"
    assert [unit.name for unit in register.history("M01").today] == ["Xã Mận Sậy"]
    assert "M01" in register.history("70001@2025-07-01").units


def test_one_code_may_be_given_for_two_times(country: National, tmp_path: Path) -> None:
    rows = "M01,Xã Một,commune,701,,2021-12-31,M01\nM01,Xã Hai,commune,701,2022-01-01,,\n"
    register = laid_over(country, tmp_path, rows)
    assert [unit.id for unit in register.of_code("M01")] == ["M01", "M01@2022-01-01"]
    assert [(link.after, link.manner) for link in register.successors("M01")] == [
        ("M01@2022-01-01", "renamed")
    ]


def test_a_successor_that_nobody_knows_is_a_slip(country: National, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="successor 99999"):
        laid_over(country, tmp_path, "M01,Xã Một,commune,701,,2021-12-31,99999\n")


def test_of_two_files_the_later_has_the_last_word(country: National) -> None:
    from extract.units.unit import Unit

    register = Register([Unit("M1", "Xã Một", "commune"), Unit("M1", "Xã Hai", "commune")], country)
    assert [unit.name for unit in register.units.values()] == ["Xã Hai"]


def test_the_version_changes_with_the_files(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEAD, encoding="utf-8")
    empty = version_of([path])
    assert empty == version_of([path]) and empty != version_of([])
    path.write_text(HEAD + "M1,Xã Một,commune,,,,\n", encoding="utf-8")
    assert version_of([path]) != empty
