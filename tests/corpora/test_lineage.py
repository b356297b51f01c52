"""Who is who over codes that pass on, mergers, divisions and names without tone marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import document

from corpora.dataset import FILE_NAME, Dataset
from corpora.lineage import Lineage
from corpora.recurrence import recurring
from extract.document import Document
from extract.units.national import National
from extract.units.register import Register
from extract.units.unit import Succession, Unit

Put = Callable[..., str]

UNITS = """\
id,code,level,kind,name,parent,valid_from,valid_to,unsure,also,source
70,70,province,Tỉnh,Bình Khê,,,,,,list
701,701,district,Huyện,Suối Mơ,70,,2025-06-30,,,list
702,702,district,Huyện,Gò Trâm,70,,2025-06-30,,,list
70001,70001,commune,Xã,Khe Mận,701,2020-02-01,2025-06-30,,,list
70002,70002,commune,Xã,Bãi Sậy,701,,2025-06-30,,,list
70002@2025-07-01,70002,commune,Xã,Khe Mận,70,2025-07-01,,,,list
70003,70003,commune,Xã,Nà Pheo,701,,2025-06-30,,,list
70003@2025-07-01,70003,commune,Xã,Nà Pheo,70,2025-07-01,,,,list
70004,70004,commune,Xã,Nà Pheo,702,,2025-06-30,,,list
70004@2025-07-01,70004,commune,Xã,Lũng Chè,70,2025-07-01,,,,list
70005@2025-07-01,70005,commune,Xã,Tân Ninh,70,2025-07-01,,,,list
~701.xa-onglang,,commune,Xã,Onglang,701,,2020-01-31,marks,,s001
~701.xa-banvai,,commune,Xã,Banvai,701,,2020-01-31,marks,,s001
"""
SUCCESSIONS = """\
before,after,manner,date,unsure,source
70001,70002@2025-07-01,merged,2025-07-01,,list
70002,70002@2025-07-01,merged,2025-07-01,,list
70003,70003@2025-07-01,unchanged,2025-07-01,,list
70004,70004@2025-07-01,divided,2025-07-01,,list
70004,70005@2025-07-01,divided,2025-07-01,,list
~701.xa-banvai,70001,merged,2020-02-01,,s001
~701.xa-onglang,70001,merged,2020-02-01,,s001
"""


@pytest.fixture
def register(tmp_path: Path) -> Register:
    folder = tmp_path / "country"
    folder.mkdir()
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "successions.csv").write_text(SUCCESSIONS, encoding="utf-8")
    return Register(country=National(folder))


def report(register: Register, date: str, *names: str, district: str = "Huyện Suối Mơ") -> Document:
    """A report of one deficiency for each unit, linked to the register inside its district."""
    rows = [(name, "deficiency", "steering", "late", f"{name} gửi chậm.") for name in names]
    made = document(
        f"Ngày {date}", *rows, name=f"{date}.md", date=date, year=int(date[:4]), district=district
    )
    place = register.named(district, date)[0].id
    for finding in made.findings:
        (unit,) = [one for one in register.named(finding.unit.name, date) if one.parent == place]
        name = unit.name if unit.marked else finding.unit.name
        finding.unit = replace(finding.unit, name=name, code=unit.code or None, match="exact", id=unit.id)
    return made


def held(dataset: Dataset) -> list[str]:
    return sorted(row["uid"] for row in dataset.query("SELECT uid FROM units WHERE registered"))


def test_only_named_units_and_their_kin_are_held(dataset: Dataset, put: Put, register: Register) -> None:
    put(report(register, "2019-05-01", "Xã Ông Lãng"))
    dataset.settle_units(register, "1")
    assert held(dataset) == [
        "70", "70001", "70002", "70002@2025-07-01", "701", "~701.xa-banvai", "~701.xa-onglang"
    ]  # fmt: skip


def test_a_newly_named_unit_has_to_be_looked_up(dataset: Dataset, put: Put, register: Register) -> None:
    dataset.settle_units(register, "1")
    assert dataset.units_settled("1") and not dataset.units_settled("2")
    put(report(register, "2019-05-01", "Xã Nà Pheo"))
    assert not dataset.units_settled("1")
    dataset.settle_units(register, "1")
    assert dataset.units_settled("1")
    put(report(register, "2020-05-01", "Xã Nà Pheo"))
    assert dataset.units_settled("1")


def test_another_register_takes_the_place_of_the_first(
    dataset: Dataset, put: Put, register: Register
) -> None:
    put(report(register, "2019-05-01", "Xã Nà Pheo"))
    dataset.settle_units(register, "1")
    dataset.settle_units(Register([Unit("M1", "Xã Một", "commune")]), "2")
    assert held(dataset) == ["M1"]
    assert recurring(dataset) == []


def test_a_chain_runs_over_both_rounds_under_todays_commune(
    dataset: Dataset, put: Put, register: Register
) -> None:
    put(report(register, "2019-05-01", "Xã Ông Lãng"))
    put(report(register, "2021-05-01", "Xã Khe Mận"))
    put(report(register, "2026-05-01", "Xã Khe Mận", district="Tỉnh Bình Khê"))
    dataset.settle_units(register, "1")
    (chain,) = recurring(dataset)
    assert (chain.unit, chain.code, chain.years) == ("Xã Khe Mận", "70002", (2019, 2021, 2026))
    assert [(one.name, one.code) for one in chain.predecessors] == [
        ("Xã Khe Mận", "70001"),
        ("Xã Ông Lãng", None),
    ]
    assert recurring(dataset, "khe man") == [chain]


def test_one_name_before_and_after_is_two_units(dataset: Dataset, put: Put, register: Register) -> None:
    put(report(register, "2021-05-01", "Xã Khe Mận"))
    put(report(register, "2026-05-01", "Xã Khe Mận", district="Tỉnh Bình Khê"))
    dataset.settle_units(register, "1")
    lineage = Lineage.of(dataset)
    before = lineage.identify("Xã Khe Mận", "commune", "70001", None, uid="70001")
    after = lineage.identify("Xã Khe Mận", "commune", "70002", None, uid="70002@2025-07-01")
    assert before != after and lineage.heir(before) == after
    assert lineage.steps[before, after].manner == "merged"


def test_a_code_that_passed_on_is_told_by_the_day_or_the_name(
    dataset: Dataset, put: Put, register: Register
) -> None:
    put(report(register, "2021-05-01", "Xã Bãi Sậy"))
    dataset.settle_units(register, "1")
    lineage = Lineage.of(dataset)
    old = lineage.identify("Xã Bãi Sậy", "commune", "70002", None)
    assert old == lineage.identify("Xã Bãi Sậy", "commune", "70002", None, date="2021-05-01")
    new = lineage.identify("Xã Khe Mận", "commune", "70002", None)
    assert new == lineage.identify("Bai Say", "commune", "70002", None, date="2026-01-01") != old


def test_a_commune_that_only_got_another_parent_is_one(
    dataset: Dataset, put: Put, register: Register
) -> None:
    put(report(register, "2021-05-01", "Xã Nà Pheo"))
    put(report(register, "2026-05-01", "Xã Nà Pheo", district="Tỉnh Bình Khê"))
    dataset.settle_units(register, "1")
    (chain,) = recurring(dataset)
    assert (chain.unit, chain.years, chain.predecessors) == ("Xã Nà Pheo", (2021, 2026), ())


def test_a_divided_commune_has_no_one_heir(dataset: Dataset, put: Put, register: Register) -> None:
    put(report(register, "2021-05-01", "Xã Nà Pheo", district="Huyện Gò Trâm"))
    dataset.settle_units(register, "1")
    lineage = Lineage.of(dataset)
    unit = lineage.identify("Xã Nà Pheo", "commune", "70004", "Huyện Gò Trâm", uid="70004")
    assert lineage.divided(unit) and lineage.heir(unit) == unit
    (after,) = lineage.named("lung che")
    assert lineage.predecessors(after) == {unit}


def test_a_name_is_not_taken_for_that_of_another_district(
    dataset: Dataset, put: Put, register: Register
) -> None:
    put(report(register, "2021-05-01", "Xã Nà Pheo"))
    dataset.settle_units(register, "1")
    lineage = Lineage.of(dataset)
    assert lineage.identify("Xã Nà Pheo", "commune", None, "Huyện Suối Mơ")[0] == "unit"
    assert lineage.identify("Xã Nà Pheo", "commune", None, "Huyện Lũng Vàng")[0] == "name"
    assert lineage.identify("Xã Nà Pheo", "commune", None, "Xã Nà Pheo")[0] == "unit"


def test_a_part_that_went_nobody_knows_where_is_a_division(dataset: Dataset) -> None:
    units = [Unit("01", "Xã Một", "commune", successors=("02",)), Unit("02", "Xã Hai", "commune")]
    dataset.keep_units(units, [Succession("01", "02", "divided", unsure=True)])
    lineage = Lineage.of(dataset)
    one = lineage.identify("Xã Một", "commune", "01", None)
    assert lineage.divided(one) and lineage.heir(one) == one


def test_successions_that_lead_nowhere_or_round_are_borne(dataset: Dataset) -> None:
    units = [Unit("01", "Xã Một", "commune", successors=("99",)), Unit("02", "Xã Hai", "commune")]
    dataset.keep_units(units)
    assert {Lineage.of(dataset).heir(one) for one in Lineage.of(dataset).names} == {
        ("unit", "01"),
        ("unit", "02"),
    }
    dataset.keep_units(units, [Succession("01", "02", "unchanged"), Succession("02", "01", "unchanged")])
    lineage = Lineage.of(dataset)
    assert set(lineage.names) == {("unit", "01"), ("unit", "02")}
    assert lineage.predecessors(("unit", "01")) == {("unit", "02")}


def test_a_unit_without_marks_is_found_and_named_as_reports_name_it(
    dataset: Dataset, put: Put, register: Register
) -> None:
    put(report(register, "2019-05-01", "Xã Ông Lãng"))
    dataset.settle_units(register, "1")
    lineage = Lineage.of(dataset)
    (unit,) = lineage.named("ông lãng")
    assert lineage.names[unit] == "Xã Onglang" and unit in lineage.unmarked
    assert lineage.identify("Xã Ông Lãng", "commune", None, "Huyện Suối Mơ", date="2019-05-01") == unit
    assert lineage.names[unit] == "Xã Ông Lãng" and lineage.named("ong lang") == [unit]


def test_what_is_held_already_is_not_written_again(dataset: Dataset, put: Put, register: Register) -> None:
    put(report(register, "2019-05-01", "Xã Ông Lãng"))
    dataset.settle_units(register, "1")
    with Dataset.open(dataset.path) as other, other.transaction():
        dataset.settle_units(register, "1")


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_any_graph_comes_to_an_end(
    tmp_path_factory: pytest.TempPathFactory, edges: list[tuple[int, int]]
) -> None:
    units = [Unit(f"{one:02d}", f"Xã {one}", "commune") for one in range(10)]
    after = {one: tuple(sorted({f"{b:02d}" for a, b in edges if a == one != b})) for one in range(10)}
    units = [replace(unit, successors=after[place]) for place, unit in enumerate(units)]
    with Dataset.open(tmp_path_factory.mktemp("graph") / FILE_NAME, create=True) as dataset:
        dataset.keep_units(units)
        lineage = Lineage.of(dataset)
    for identity in list(lineage.names):
        lineage.heir(identity)
        assert identity not in lineage.predecessors(identity)
