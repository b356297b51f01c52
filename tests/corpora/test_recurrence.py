"""What comes back: over years, documents and mergers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from invented import document

from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.recurrence import Question, recurring
from extract.errors import UsageError
from extract.units.register import Unit

Put = Callable[..., str]


def late(name: str, text: str = "Gửi báo cáo quý chậm.") -> tuple[str, ...]:
    return (name, "deficiency", "steering", "late", text)


def year(when: int, *lines: tuple[str, ...], **more: object) -> object:
    return document(f"Năm {when}", *lines, name=f"{when}.md", year=when, **more)  # type: ignore[arg-type]


def test_the_same_deficiency_in_two_years_is_a_chain(dataset: Dataset, put: Put) -> None:
    unpublished = ("Xã Khe Mận", "deficiency", "public_finance", "not_published", "Chưa công khai dự toán.")
    praised = ("Xã Khe Mận", "achievement", "steering", "", "Gửi báo cáo đúng hạn.")
    put(
        year(
            2021, late("Xã Khe Mận", "Báo cáo năm gửi chậm."), late("Xã Bãi Sậy"), pages=2, number="1/BC-ĐKT"
        )
    )
    put(year(2022, praised, unpublished))
    put(year(2023, late("Khe Mận", "Lại gửi chậm.")))
    chains = recurring(dataset)
    assert [(chain.unit, chain.area, chain.type, chain.years) for chain in chains] == [
        ("Xã Khe Mận", "steering", "late", (2021, 2023))
    ]
    first = chains[0].occurrences[0]
    assert (first.year, first.number, first.page, first.text) == (
        2021,
        "1/BC-ĐKT",
        1,
        "Báo cáo năm gửi chậm.",
    )
    assert recurring(dataset, "khe man") == chains
    assert recurring(dataset, "bai say") == recurring(dataset, "nobody") == []


def test_the_year_is_the_periods_else_the_dates(dataset: Dataset, put: Put) -> None:
    put(document(late("Xã Khe Mận"), name="a.md", year=2020, date="2021-02-01"))
    put(document(late("Xã Khe Mận"), name="b.md", date="2021-09-01"))
    assert recurring(dataset)[0].years == (2020, 2021)


def test_two_documents_of_one_year_are_a_chain_and_one_document_is_none(dataset: Dataset, put: Put) -> None:
    put(year(2021, late("Xã Khe Mận"), late("Xã Khe Mận", "Báo cáo năm cũng chậm.")))
    assert recurring(dataset) == []
    put(document(late("Xã Khe Mận"), name="b.md", year=2021))
    assert recurring(dataset)[0].documents == 2


def test_a_copy_of_a_report_is_no_recurrence(dataset: Dataset, put: Put) -> None:
    original = year(2021, late("Xã Khe Mận"))
    scan = document("scan", late("Xã Khe Mận"), name="scan.pdf", year=2021)
    scan.duplicate_of = original.id  # type: ignore[attr-defined]
    put(original)
    put(scan)
    assert recurring(dataset) == []


def test_rejected_findings_and_the_group_of_all_units_make_no_chain(dataset: Dataset, put: Put) -> None:
    for number in (2021, 2022):
        made = year(number, late("all"), late("Xã Khe Mận"))
        made.findings[1].status = "rejected"  # type: ignore[attr-defined]
        put(made)
    assert recurring(dataset) == []
    assert [chain.unit for chain in recurring(dataset, "all")] == ["all"]


def test_units_of_one_name_in_two_districts_are_two(dataset: Dataset, put: Put) -> None:
    put(year(2021, late("Xã Khe Mận")))
    put(year(2022, late("Xã Khe Mận"), district="Huyện Gò Trám"))
    assert recurring(dataset) == []
    put(year(2023, late("Xã Khe Mận"), district="Huyện Gò Trám"))
    assert [chain.years for chain in recurring(dataset)] == [(2022, 2023)]


def test_a_report_that_names_no_district_belongs_to_the_only_one(dataset: Dataset, put: Put) -> None:
    put(year(2021, late("Xã Khe Mận")))
    put(year(2022, late("Xã Khe Mận"), district=None))
    assert recurring(dataset)[0].years == (2021, 2022)


def test_a_commune_s_own_report_belongs_to_the_only_district_that_names_it(
    dataset: Dataset, put: Put
) -> None:
    put(year(2021, late("Xã Khe Mận")))
    put(year(2022, late("Xã Khe Mận"), district="Xã Khe Mận"))
    assert recurring(dataset)[0].years == (2021, 2022)
    put(year(2023, late("Xã Khe Mận"), district="Huyện Gò Trám"))  # two districts: whose it was is open
    assert recurring(dataset) == []


MERGED = [
    Unit("01", "Xã Khe Mận", "commune", "9", "", "2021-12-31", ("03",)),
    Unit("02", "Xã Bãi Sậy", "commune", "9", "", "2021-12-31", ("03",)),
    Unit("03", "Xã Mận Sậy", "commune", "9", "2022-01-01", "", ()),
]
CODES = {"Xã Khe Mận": "01", "Xã Bãi Sậy": "02", "Xã Mận Sậy": "03"}


def merger(put: Put, codes: dict[str, str] | None = CODES) -> None:
    put(year(2020, late("Xã Khe Mận"), codes=codes))
    put(year(2021, late("Xã Bãi Sậy"), codes=codes))
    put(year(2022, late("Xã Mận Sậy"), codes=codes))


@pytest.mark.parametrize("codes", [CODES, None])
def test_a_chain_follows_a_unit_into_its_successor(
    dataset: Dataset, put: Put, codes: dict[str, str] | None
) -> None:
    dataset.keep_units(MERGED)
    merger(put, codes)
    for chains in (recurring(dataset), recurring(dataset, "man say")):
        (chain,) = chains
        assert (chain.unit, chain.code, chain.years) == ("Xã Mận Sậy", "03", (2020, 2021, 2022))
        assert [unit.name for unit in chain.predecessors] == ["Xã Bãi Sậy", "Xã Khe Mận"]
        assert [item.unit for item in chain.occurrences] == ["Xã Khe Mận", "Xã Bãi Sậy", "Xã Mận Sậy"]
    assert recurring(dataset, "Xã Khe Mận") == []


def test_a_successor_that_keeps_the_name_of_one_part_is_asked_as_a_whole(dataset: Dataset, put: Put) -> None:
    units = [
        Unit("01", "Xã Khe Mận", "commune", successors=("03",)),
        Unit("02", "Xã Bãi Sậy", "commune", successors=("03",)),
        Unit("03", "Xã Khe Mận", "commune"),
    ]
    dataset.keep_units(units)
    put(year(2020, late("Xã Bãi Sậy"), codes={"Xã Bãi Sậy": "02"}))
    put(year(2021, late("Xã Khe Mận"), codes={"Xã Khe Mận": "01"}))
    put(year(2022, late("Xã Khe Mận"), codes={"Xã Khe Mận": "03"}))
    (chain,) = recurring(dataset, "khe mận")
    assert (chain.code, chain.years) == ("03", (2020, 2021, 2022))


def test_a_divided_unit_has_no_one_heir_but_is_told_of(dataset: Dataset, put: Put) -> None:
    units = [Unit("01", "Xã Khe Mận", "commune", successors=("03", "04")), *MERGED[2:]]
    dataset.keep_units([*units, Unit("04", "Xã Ngàn Sim", "commune")])
    put(year(2021, late("Xã Khe Mận"), codes=CODES))
    put(year(2022, late("Xã Mận Sậy"), codes=CODES))
    assert recurring(dataset) == []
    (chain,) = recurring(dataset, "Mận Sậy")
    assert [(unit.name, unit.divided) for unit in chain.predecessors] == [("Xã Khe Mận", True)]


def test_units_that_follow_each_other_in_a_circle_end(dataset: Dataset, put: Put) -> None:
    dataset.keep_units(
        [
            Unit("01", "Xã Khe Mận", "commune", successors=("02",)),
            Unit("02", "Xã Bãi Sậy", "commune", successors=("01",)),
        ]
    )
    put(year(2021, late("Xã Khe Mận"), codes=CODES))
    put(year(2022, late("Xã Khe Mận"), codes=CODES))
    assert recurring(dataset)
    assert recurring(dataset, "khe mận")


def test_a_changed_register_changes_the_chains(dataset: Dataset, put: Put) -> None:
    merger(put)
    assert recurring(dataset) == []
    dataset.keep_units(MERGED)
    assert len(recurring(dataset)) == 1
    dataset.keep_units([])
    assert recurring(dataset) == []


def test_filters_limit_the_chains(dataset: Dataset, put: Put) -> None:
    row = ("Xã Khe Mận", "deficiency", "steering", "late incomplete", "Báo cáo chậm và thiếu phụ lục.")
    for number in (2021, 2022):
        put(year(number, row))
    # One statement, late and incomplete at once, is one deficiency of two types.
    (chain,) = recurring(dataset)
    assert set(chain.types) == {"late", "incomplete"}
    assert [chain.type for chain in recurring(dataset, filters=Filters(type="late"))] == ["late"]
    assert recurring(dataset, filters=Filters(area="digital")) == []
    assert recurring(dataset, filters=Filters(year=2021)) == []
    assert len(recurring(dataset, filters=Filters(unit="khe man", type="late"))) == 1
    with pytest.raises(UsageError):
        recurring(dataset, filters=Filters(type="nothing"))


def test_in_the_terms_of_then_nothing_crosses_a_merger(dataset: Dataset, put: Put) -> None:
    dataset.keep_units(MERGED)
    merger(put)
    put(document(late("Xã Khe Mận"), name="b.md", year=2019, codes=CODES))
    then = Question(units="then")
    for chains in (recurring(dataset, question=then), recurring(dataset, "khe man", question=then)):
        (chain,) = chains
        assert (chain.unit, chain.code, chain.years) == ("Xã Khe Mận", "01", (2019, 2020))
        assert chain.predecessors == ()
    (chain,) = recurring(dataset, "khe man", question=Question(units="today"))
    assert (chain.unit, chain.years) == ("Xã Mận Sậy", (2019, 2020, 2021, 2022))


def test_a_year_limits_the_occurrences(dataset: Dataset, put: Put) -> None:
    for name, number in (("a.md", 2020), ("b.md", 2021), ("c.md", 2021)):
        put(document(late("Xã Khe Mận"), name=name, year=number))
    (chain,) = recurring(dataset, filters=Filters(year=2021), question=Question(limit=5))
    assert (chain.years, chain.documents, chain.first) == ((2021,), 2, 2020)
    assert recurring(dataset, filters=Filters(year=2020)) == []
    assert recurring(dataset, filters=Filters(document="a.md")) == []
