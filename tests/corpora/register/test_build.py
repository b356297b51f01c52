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


def test_every_older_name_with_its_kind_is_a_unit_or_named_as_unused(
    tables: Path, register: Register
) -> None:
    """Independently of how the tables are read: each keyword with a kind leads to the unit that took it over."""
    missing = []
    for row in rows(tables / "alias_ward.csv"):
        keyword = key(row["alias_keyword"])
        kind = next((one for one in ("thitran", "phuong", "xa") if keyword.startswith(one)), None)
        if kind is None or row["source"] in ("typing", "default"):
            continue
        name = keyword.removeprefix(kind)
        name = str(int(name)) if name.isdigit() else name
        known = [unit for unit in register.named(name, level="commune") if unit.id.startswith("~")]
        ends = [end.name for unit in known for end in _taken_over(register, unit.id)]
        if not any(key(end) == key(row["ward_key"]) for end in ends):
            missing.append((row["ward_key"], row["alias_keyword"]))
    # Slips, other spellings of one name, names without kind that begin like one ("Xà ..."), and a
    # town that the list has as Bình Phú under another district.
    assert len(missing) <= 40, missing


def _taken_over(register: Register, id_: str):  # type: ignore[no-untyped-def]
    for link in register.history(id_).after:
        unit = register.unit(link.after)
        if unit is not None and unit.valid(EVE):
            yield unit


def test_counts_by_year_are_balanced(register: Register) -> None:
    """What stood in a year is what stood before, less what ended, with what began."""
    lines = list(counts(register))
    assert len(lines) == 1 + 2 * (63 + 23)
    communes = [unit for unit in register.at("2018-01-01", "commune")]
    later = {unit.id for unit in register.at(EVE, "commune")}
    ended = [unit for unit in communes if unit.id not in later]
    begun = [one for one in later if one not in {unit.id for unit in communes}]
    assert len(communes) - len(ended) + len(begun) == 10_035
