"""The shipped register is what its source tables give, and counts what they count."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora.build_register import build, counts
from corpora.register.tables import key
from extract.units.national import FOLDER, National
from extract.units.register import Register

REFORM, EVE = "2025-07-01", "2025-06-30"


@pytest.fixture(scope="module")
def tables(shared: Path) -> Path:
    if not (shared / "units").is_dir():
        pytest.skip("the source tables of the register are not in ../shared")
    return shared / "units"


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(country=National())


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_the_shipped_register_is_what_the_tables_give(tables: Path) -> None:
    first, again = build(tables).rows.files(), build(tables).rows.files()
    assert first == again
    for name, text in first.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: run corpora.build_register"


def test_counts_of_each_province_just_before_the_reform(tables: Path, register: Register) -> None:
    wards = rows(next(tables.glob("*_ward_2025-07-18.csv")))
    districts = rows(next(tables.glob("*_district_2025-07-18.csv")))
    expected = {
        "commune": Counter(row["Mã TP"] for row in wards),
        "district": Counter(row["Mã TP"] for row in districts),
    }
    found: dict[str, Counter[str]] = {"commune": Counter(), "district": Counter()}
    for unit in register.at(EVE):
        if unit.level in found:
            found[unit.level][register.parents(unit.id)[-1].id] += 1
    assert found == expected


def test_counts_of_each_province_after_the_reform(tables: Path, register: Register) -> None:
    """Against the map of the mergers, which the register is not built from: numbers and names agree.

    They differ in the kind of four communes (flagged), and in how some names are spelt.
    """
    made = list(rows(next(tables.glob("sapnhap*.csv"))))
    province = {row["tentinh"]: key(row["tentinh"]).removeprefix("thudo") for row in made}
    by_map = Counter(province[row["tentinh"]].removeprefix("tinh").removeprefix("thanhpho") for row in made)
    units = list(register.at(REFORM, "commune"))
    by_register = Counter(
        key(register.parents(unit.id)[-1].name).removeprefix("tinh").removeprefix("thanhpho")
        for unit in units
    )
    assert by_register == by_map and sum(by_map.values()) == 3_321
    kinds = Counter(row["loai"].capitalize() for row in made)
    assert Counter(unit.name.split()[0].replace("Đặc", "Đặc khu") for unit in units) == kinds
    assert sorted(unit.code for unit in units if "kind" in unit.unsure) == [
        "10543",
        "11848",
        "31213",
        "31299",
    ]


def test_every_conversion_of_the_table_is_a_succession(tables: Path, register: Register) -> None:
    told = set()
    for row in rows(tables / "convert_legacy_2025_simple.csv"):
        ward = row["wardCode"]
        before = f"{int(float(ward)):05d}" if ward else f"{int(row['districtCode']):03d}"
        told.add((before, row["newWardCode"]))
    found = set()
    for unit in register.at(EVE):
        if unit.level != "province":
            for link in register.successors(unit.id):
                after = register.unit(link.after)
                assert after is not None
                found.add((unit.code, after.code))
    assert found == told


NOT_UNITS = {
    # Names without a kind that begin like one: "Phương Cách", "Phượng Kỳ", "Phường Xá".
    *("phuongcach", "phuonglien", "phuongky", "phuongchieu", "phuongson", "phuonglinh", "phuongdo"),
    *("phuongmy", "phuongdien", "phuonghung", "phuonghoang", "phuongxa", "phuongthinh", "phuongtrung"),
    "phuongmao",
    "thitrannongtruongnghialo",  # thitranntnghialo written out
    "xabinhphu",  # its successor is listed under another district
}
"""Keywords with what looks like a kind that are no unit of their own."""
SLIPS = {"xaamocnam": "xamocnam"}


def test_every_older_name_with_its_kind_is_a_unit(tables: Path, register: Register) -> None:
    """Independently of how the tables are read: each keyword leads to the unit that took it over.

    And each province has as many units that ended early as it has such names.
    """
    left_out, told, found = set(), set(), Counter[str]()
    for row in rows(tables / "alias_ward.csv"):
        keyword = key(row["alias_keyword"])
        keyword = SLIPS.get(keyword, keyword)
        kind = next((one for one in ("thitran", "phuong", "xa") if keyword.startswith(one)), None)
        if kind is None or row["source"] in ("typing", "default"):
            continue
        name = keyword.removeprefix(kind)
        name = str(int(name)) if name.isdigit() else name
        known = [unit for unit in register.named(name, level="commune") if not unit.code]
        if key(row["ward_key"]) not in {one for unit in known for one in _taken_over(register, unit.id)}:
            left_out.add(keyword)
        else:
            told.add((key(row["province_key"]), key(row["district_key"]), kind, name))
    assert left_out == NOT_UNITS
    for unit in (unit for unit in National() if unit.level == "commune" and not unit.code):
        found[key(register.parents(unit.id)[-1].name)] += 1
    assert found == Counter(province for province, *_ in told)


def _taken_over(register: Register, id_: str) -> Iterator[str]:
    for link in register.history(id_).after:
        unit = register.unit(link.after)
        assert unit is not None
        if unit.valid(EVE):
            yield from (key(name) for name in (unit.name, *unit.also))


def test_counts_by_province_and_year(register: Register) -> None:
    """Where no day is open, what stood is what stands later, with what ended, less what began."""
    head, *lines = counts(register)
    assert len(lines) == 2 * (63 + 23)
    table = {(line[0], line[1]): dict(zip(head[2:], line[2:], strict=True)) for line in lines}
    ha_tinh = table["Tỉnh Hà Tĩnh (42)", "commune"]
    assert [ha_tinh[day] for day in ("2018-07-01", "2021-07-01", EVE, REFORM)] == [263, 216, 209, 69]
    districts = table["Tỉnh Hà Tĩnh (42)", "district"]
    assert [districts[day] for day in ("2018-07-01", "2024-07-01", EVE, REFORM)] == [13, "12-13", 12, 0]
    totals = Counter[str]()
    for (_, level), days in table.items():
        totals[level] += int(str(days[EVE]))
        totals[f"{level} today"] += int(str(days[REFORM]))
    assert totals == {"commune": 10_035, "district": 696, "commune today": 3_321, "district today": 0}
