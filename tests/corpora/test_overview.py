"""One reading of the dataset for pictures and annexes: what counts, where, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from invented import document

from corpora.dataset import Dataset
from corpora.overview.read import labels, overview
from corpora.overview.records import Overview, Place, Scope
from extract.document import Document
from extract.errors import UsageError
from extract.units.register import Unit

Put = Callable[..., str]

MERGED = [
    Unit("01", "Xã Khe Mận", "commune", "9", "", "2020-12-31", ("03",)),
    Unit("02", "Xã Bãi Sậy", "commune", "9", "", "2020-12-31", ("03",)),
    Unit("03", "Xã Mận Sậy", "commune", "9", "2021-01-01", "", ()),
]
CODES = {"Xã Khe Mận": "01", "Xã Bãi Sậy": "02", "Xã Mận Sậy": "03"}
LATE = ("deficiency", "steering", "late")


def report(when: int, *lines: tuple[str, ...], **more: Any) -> Document:
    return document(
        f"Năm {when}", *lines, name=f"{when}.md", year=when, date=f"{when}-11-01", codes=CODES, **more
    )


@pytest.fixture
def filled(dataset: Dataset, put: Put) -> Dataset:
    dataset.keep_units(MERGED)
    put(
        report(
            2019,
            ("Xã Khe Mận", *LATE, "Báo cáo gửi chậm."),
            ("Xã Bãi Sậy", "deficiency", "digital", "low_usage", "Chữ ký số mới đạt 12%."),
            ("all", *LATE, "Nhiều xã gửi báo cáo chậm."),
            ("Phòng Nội vụ", *LATE, "Phòng tổng hợp chậm."),
            number="1/BC-ĐKT",
            pages=2,
        )
    )
    put(report(2020, ("Xã Bãi Sậy", "achievement", "procedures", "", "Niêm yết đủ.")))
    put(report(2021, ("Xã Mận Sậy", *LATE, "Lại gửi chậm.")))
    copy = report(2021, ("Xã Mận Sậy", *LATE, "Lại gửi chậm, bản quét."))
    copy.id, copy.source, copy.source_sha256, copy.duplicate_of = "s" * 16, "scan.pdf", "s" * 64, "x" * 16
    for finding in copy.findings:
        finding.id, finding.document = f"s{finding.id}", copy.id
    put(copy)
    return dataset


def named(seen: Overview, name: str) -> Place:
    (place,) = [place for place in seen.places if place.name == name]
    return place


def test_units_of_today_hold_what_went_into_them(filled: Dataset) -> None:
    seen = overview(filled)
    place = named(seen, "Xã Mận Sậy")
    assert (place.years, len(place.documents)) == ({2019, 2020, 2021}, 3)
    told = [said.text for one, said in seen.told() if one.place == place.key]
    assert sorted(told) == ["Báo cáo gửi chậm.", "Chữ ký số mới đạt 12%.", "Lại gửi chậm."]
    assert [one.name for one in seen.communes()] == ["Xã Mận Sậy"]
    assert [one.name for one in seen.places] == ["Xã Mận Sậy", "Phòng Nội vụ"]


def test_units_as_they_were_stay_apart(filled: Dataset) -> None:
    seen = overview(filled, Scope(units="then"))
    assert {place.name: place.years for place in seen.communes()} == {
        "Xã Khe Mận": {2019},
        "Xã Bãi Sậy": {2019, 2020},
        "Xã Mận Sậy": {2021},
    }
    assert {named(seen, "Xã Khe Mận").key} == {
        one.place for one, said in seen.told() if said.text == "Báo cáo gửi chậm."
    }


def test_copies_and_general_statements_count_nowhere_but_are_told_of(filled: Dataset) -> None:
    seen = overview(filled)
    assert (len(seen.papers), len(seen.counted), seen.general) == (4, 3, 1)
    assert "Lại gửi chậm, bản quét." not in {said.text for _, said in seen.told()}
    assert seen.years == [2019, 2020, 2021]
    assert seen.as_of is not None


@pytest.mark.parametrize(
    ("scope", "texts", "papers"),
    [
        (Scope(years=(2020, 2021)), {"Lại gửi chậm."}, 2),
        (Scope(area="digital"), {"Chữ ký số mới đạt 12%."}, 3),
        (
            Scope(document="1/BC-ĐKT"),
            {"Báo cáo gửi chậm.", "Chữ ký số mới đạt 12%.", "Phòng tổng hợp chậm."},
            1,
        ),
        (Scope(unit="phong noi vu"), {"Phòng tổng hợp chậm."}, 1),
        (Scope(unit="khe man", units="then"), {"Báo cáo gửi chậm."}, 1),
        (Scope(years=(1990, 1991)), set(), 0),
        (Scope(unit="Xã Đâu Đó"), set(), 0),
    ],
)
def test_a_scope_limits_everything(filled: Dataset, scope: Scope, texts: set[str], papers: int) -> None:
    seen = overview(filled, scope)
    assert {said.text for _, said in seen.told()} == texts
    assert len(seen.counted) == papers
    assert {one.document for one in seen.measured} <= {paper.id for paper in seen.counted}


def test_who_asks_for_a_copy_means_the_original(filled: Dataset) -> None:
    (original,) = filled.find_documents("2021.md")
    with filled.transaction() as connection:
        connection.execute(
            "UPDATE documents SET duplicate_of = ? WHERE duplicate_of IS NOT NULL", (original,)
        )
    seen = overview(filled, Scope(document="scan.pdf"))
    assert {said.text for _, said in seen.told()} == {"Lại gửi chậm."}
    assert [paper.id for paper in seen.counted] == [original]


def test_silence_is_of_those_who_bore_it(filled: Dataset) -> None:
    """The 2020 report speaks of Bãi Sậy alone: about Khe Mận's deficiency it is not silent."""
    seen = overview(filled)
    of = {said.text: one.documents for one, said in seen.told()}
    year_of = {paper.id: paper.year for paper in seen.counted}
    assert {year_of[paper] for paper in of["Chữ ký số mới đạt 12%."]} == {2019, 2020, 2021}
    assert {year_of[paper] for paper in of["Báo cáo gửi chậm."]} == {2019, 2021}


def test_a_value_belongs_to_its_unit_and_page(filled: Dataset) -> None:
    seen = overview(filled)
    (value,) = seen.measured
    assert (value.place, value.value, value.year) == (named(seen, "Xã Mận Sậy").key, 12.0, 2019)
    assert value.page == 2


def test_labels_are_the_findings_own(filled: Dataset) -> None:
    seen = overview(filled, Scope(area="digital"))
    (own,) = labels(filled, seen).values()
    assert (own.area, own.types, own.polarity, own.status) == ("digital", ("low_usage",), 0.9, "machine")


def test_units_of_one_name_are_told_apart(dataset: Dataset, put: Put) -> None:
    for district in ("Huyện Lũng Vàng", "Huyện Nậm Cát"):
        put(
            document(
                ("Xã Khe Mận", *LATE, f"Chậm ở {district}."),
                name=f"{district}.md",
                year=2021,
                district=district,
            )
        )
    assert {place.name for place in overview(dataset).places} == {
        "Xã Khe Mận (Huyện Lũng Vàng)",
        "Xã Khe Mận (Huyện Nậm Cát)",
    }


def test_nothing_stored_and_wrong_calls(dataset: Dataset) -> None:
    seen = overview(dataset)
    assert (seen.papers, seen.places, seen.chains, seen.years, seen.as_of) == ((), (), (), [], None)
    with pytest.raises(UsageError, match="Unknown area"):
        overview(dataset, Scope(area="nothing"))
    with pytest.raises(UsageError, match="no document"):
        overview(dataset, Scope(document="9/BC"))
