"""The national register as it is shipped: whole, free of loops, and true to the worked example."""

from __future__ import annotations

import time
from collections import Counter, defaultdict

import pytest

from extract.units.names import bare
from extract.units.national import National, squeezed
from extract.units.register import Register
from extract.units.unit import Succession, Unit

REFORM = "2025-07-01"
EVE = "2025-06-30"


@pytest.fixture(scope="module")
def country() -> National:
    return National()


@pytest.fixture(scope="module")
def register(country: National) -> Register:
    return Register(country=country)


@pytest.fixture(scope="module")
def units(country: National) -> list[Unit]:
    return list(country)


def key(unit: Unit | None) -> str:
    assert unit is not None
    return squeezed(bare(unit.name))


# --- huyện Hương Sơn (439), Hà Tĩnh: the worked example of the source tables' README ---

ROUND_OF_2019 = {
    "An Hòa Thịnh": {"sonan", "sonhoa", "sonthinh"},
    "Tân Mỹ Hà": {"sontan", "sonmy", "sonha"},
    "Quang Diệm": {"sonquang", "sondiem"},
    "Kim Hoa": {"sonphuc", "sonmai", "sonthuy"},
}
ROUND_OF_2023 = {
    "Châu Bình": {"sonchau", "sonbinh"},
    "Mỹ Long": {"sontra", "sonlong"},
    "Hàm Trường": {"sonham", "sontruong"},
}
REFORM_OF_2025 = {
    "Hương Sơn": {"Phố Châu", "Sơn Ninh", "Sơn Trung", "Sơn Bằng", "Sơn Phú"},
    "Sơn Giang": {"Sơn Lâm", "Sơn Giang", "Quang Diệm"},
    "Sơn Hồng": {"Sơn Hồng", "Sơn Lĩnh"},
    "Sơn Tây": {"Tây Sơn", "Sơn Tây"},
    "Sơn Tiến": {"Sơn Tiến", "Sơn Lễ", "An Hòa Thịnh"},
    "Tứ Mỹ": {"Tân Mỹ Hà", "Châu Bình", "Mỹ Long"},
    "Kim Hoa": {"Kim Hoa", "Hàm Trường"},
    "Sơn Kim 1": {"Sơn Kim 1"},
    "Sơn Kim 2": {"Sơn Kim 2"},
}
STOOD_THROUGHOUT = {
    "Phố Châu", "Tây Sơn", "Sơn Hồng", "Sơn Tiến", "Sơn Lâm", "Sơn Lễ", "Sơn Giang", "Sơn Lĩnh", "Sơn Tây",
    "Sơn Ninh", "Sơn Trung", "Sơn Bằng", "Sơn Kim 1", "Sơn Kim 2", "Sơn Phú",
}  # fmt: skip


def own(unit: Unit) -> str:
    return unit.name.removeprefix("Thị trấn ").removeprefix("Xã ")


@pytest.mark.parametrize(
    ("date", "begun"),
    [
        ("2018-06-01", {}),
        ("2019-11-25", {}),
        ("2020-06-01", ROUND_OF_2019),
        ("2021-11-25", ROUND_OF_2019),
        ("2023-06-01", ROUND_OF_2019),
        (EVE, ROUND_OF_2019 | ROUND_OF_2023),
    ],
)
def test_huong_son_has_the_communes_of_the_year(
    register: Register, date: str, begun: dict[str, set[str]]
) -> None:
    gone = set().union(*begun.values())
    older = set().union(*(ROUND_OF_2019 | ROUND_OF_2023).values()) - gone
    expected = {squeezed(bare(name)) for name in STOOD_THROUGHOUT | set(begun)} | older
    found = register.children("439", date)
    assert {key(unit) for unit in found} == expected
    assert len(found) == len(expected)
    assert all(unit.level == "commune" for unit in found)


def test_the_district_ends_and_its_communes_come_under_the_province(register: Register) -> None:
    district = register.unit("439")
    assert district is not None and (district.name, district.valid_to) == ("Huyện Hương Sơn", EVE)
    assert register.successors("439") == []
    assert register.children("439", REFORM) == []
    of_province = {own(unit) for unit in register.children("42", "2026-01-01")}
    assert set(REFORM_OF_2025) <= of_province
    assert [unit.id for unit in register.parents("18163")] == ["439", "42"]
    assert [unit.id for unit in register.parents(f"18163@{REFORM}")] == ["42"]


@pytest.mark.parametrize(("name", "parts"), (ROUND_OF_2019 | ROUND_OF_2023).items())
def test_older_mergers_of_huong_son(register: Register, name: str, parts: set[str]) -> None:
    (unit,) = [one for one in register.named(name, EVE) if one.parent == "439"]
    links = register.predecessors(unit.id)
    assert {key(register.unit(link.before)) for link in links} == parts
    assert all(link.manner == "merged" and not link.unsure for link in links)
    day = ("2020-01-01", "2020-03-01") if name in ROUND_OF_2019 else ("2024-01-01", "2025-02-01")
    assert {(link.earliest, link.latest) for link in links} == {day}
    for link in links:
        before = register.unit(link.before)
        assert before is not None and before.code == "" and not before.marked
        assert before.id.startswith("~439.xa-")


@pytest.mark.parametrize(("name", "parts"), REFORM_OF_2025.items())
def test_the_reform_in_huong_son(register: Register, name: str, parts: set[str]) -> None:
    (unit,) = [one for one in register.named(name, REFORM) if one.parent == "42" and own(one) == name]
    links = register.predecessors(unit.id)
    before = [one for link in links if (one := register.unit(link.before))]
    assert {own(one) for one in before} == parts and len(before) == len(parts)
    assert {one.parent for one in before} == {"439"}
    assert {link.manner for link in links} == ({"unchanged"} if parts == {name} else {"merged"})
    assert {link.earliest for link in links} == {link.latest for link in links} == {REFORM}


@pytest.mark.parametrize("name", ["Sơn Giang", "Sơn Tây", "Sơn Tiến", "Kim Hoa", "Sơn Hồng"])
def test_one_name_with_two_territories_is_two_units(register: Register, name: str) -> None:
    (before,) = [one for one in register.named(name, EVE) if one.parent == "439"]
    (after,) = [one for one in register.named(name, REFORM) if one.parent == "42" and own(one) == name]
    assert before.id != after.id
    assert not before.valid(REFORM) and not after.valid(EVE)
    assert after.id in register.history(before.id).units


def test_one_code_that_passes_on_is_two_units(register: Register) -> None:
    assert [(unit.id, unit.name) for unit in register.of_code("18184")] == [
        ("18184", "Xã Quang Diệm"),
        (f"18184@{REFORM}", "Xã Sơn Giang"),
    ]


def test_a_commune_of_2018_is_followed_to_today_and_back(register: Register) -> None:
    (old,) = [one for one in register.named("Sơn An", "2018-06-01") if one.parent == "439"]
    history = register.history(old.id)
    assert [(link.before, link.after) for link in history.after] == [
        ("~439.xa-sonan", "18163"),
        ("18163", f"18163@{REFORM}"),
    ]
    assert [unit.name for unit in history.today] == ["Xã Sơn Tiến"]
    back = register.history(f"18163@{REFORM}")
    assert {key(register.unit(one)) for one in back.units} == {
        "sontien", "sonle", "anhoathinh", "sonan", "sonhoa", "sonthinh"
    }  # fmt: skip


# --- the whole country ---


def test_every_unit_stands_goes_on_or_ends(register: Register, units: list[Unit]) -> None:
    for unit in units:
        links = register.successors(unit.id)
        if not unit.valid_to:
            assert links == [], unit.id
        elif not links:
            # Districts were done away with; their tasks went to communes and provinces.
            assert (unit.level, unit.valid_to) == ("district", EVE), unit.id


def test_every_successor_exists_and_begins_when_the_other_ended(register: Register) -> None:
    for unit in register.at(EVE):
        for link in register.successors(unit.id):
            after = register.unit(link.after)
            assert after is not None and after.valid_from == link.earliest == REFORM


def test_every_chain_is_free_of_loops_and_ends_today_or_with_the_districts(
    register: Register, units: list[Unit]
) -> None:
    done: dict[str, bool] = {}

    def ends(one: str, path: tuple[str, ...]) -> bool:
        assert one not in path, f"a loop: {path}"
        if one not in done:
            links = register.successors(one)
            unit = register.unit(one)
            assert unit is not None
            done[one] = (
                all(ends(link.after, (*path, one)) for link in links) if links else unit.valid_to in ("", EVE)
            )
        return done[one]

    assert all(ends(unit.id, ()) for unit in units)


def test_spans_and_parents_fit_together(country: National, units: list[Unit]) -> None:
    for unit in units:
        assert unit.valid_from <= unit.sure_from, unit.id
        assert not unit.valid_to or unit.sure_to <= unit.valid_to, unit.id
        assert not unit.valid_to or unit.valid_from <= unit.valid_to, unit.id
        assert ("date" in unit.unsure) == (
            (unit.valid_from, unit.valid_to) != (unit.sure_from, unit.sure_to)
        ), unit.id
        if unit.level == "province":
            assert unit.parent == ""
            continue
        parent = country.unit(unit.parent)
        assert parent is not None
        assert parent.level == (
            "province" if unit.level == "district" or unit.valid_from == REFORM else "district"
        )
        assert not unit.valid_to or not parent.valid_to or unit.sure_to <= parent.valid_to, unit.id


def test_a_unit_that_the_tables_know_by_an_older_name_only_has_no_code(units: list[Unit]) -> None:
    for unit in units:
        assert (unit.code == "") == unit.id.startswith("~")
        assert unit.code == "" or unit.id in (unit.code, f"{unit.code}@{REFORM}")
        assert unit.marked or unit.id.startswith("~")
        assert unit.name == " ".join(unit.name.split())


def test_no_two_units_have_one_code_on_one_day(units: list[Unit]) -> None:
    for day in ("2018-01-01", "2021-01-01", EVE, REFORM):
        codes = Counter((unit.level, unit.code) for unit in units if unit.code and unit.valid(day))
        assert max(codes.values()) == 1


def test_known_totals(register: Register) -> None:
    def totals(date: str) -> Counter[str]:
        return Counter(unit.level for unit in register.at(date))

    assert totals(EVE) == {"commune": 10_035, "district": 696, "province": 63}
    assert totals(REFORM) == {"commune": 3_321, "province": 34}


def test_manners_agree_with_their_number_of_ends(register: Register, units: list[Unit]) -> None:
    parts: dict[str, list[Succession]] = defaultdict(list)
    for unit in units:
        for link in register.successors(unit.id):
            parts[link.after].append(link)
    for unit in units:
        links = register.successors(unit.id)
        assert len(links) < 2 or {link.manner for link in links} == {"divided"} or unit.level == "province"
        for link in links:
            if link.manner in ("unchanged", "renamed"):
                assert parts[link.after] == [link]


def test_a_district_that_ended_early_reaches_the_communes_of_its_successors(register: Register) -> None:
    (ended,) = register.named("Lộc Hà", "2021-01-01", "district")
    assert ended.id == "~42.huyen-locha" and register.children(ended.id) == []
    assert register.reach(ended.id) == [ended.id, "436", "445"]
    assert register.reach("439") == ["439"]


# --- as the pipeline uses it ---


def test_every_source_is_named(country: National, units: list[Unit]) -> None:
    used = {unit.source for unit in units} | {
        link.source for unit in units for link in country.after(unit.id)
    }
    assert used <= set(country.sources)


def test_reading_the_country_is_quick() -> None:
    spent = []
    for _ in range(3):
        begun = time.process_time()
        read = National()
        read.named("sonan")
        spent.append(time.process_time() - begun)
    assert len(read) > 16_000
    assert min(spent) < 0.5  # some 0.1 s; the bound leaves room for a slow machine


def test_an_empty_register_knows_nothing() -> None:
    assert Register().named("Sơn Giang") == []
    with pytest.raises(KeyError):
        Register().history("439")
