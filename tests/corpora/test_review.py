"""The review order: the formula of the module, held on documents of known confidences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from invented import document

from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.review import doubt, review_order
from extract.document import Document
from extract.errors import UsageError

Put = Callable[..., str]


def report(
    number: str = "01/BC-ĐKT", year: int = 2021, name: str = "a.md", text: str = "Gửi chậm."
) -> Document:
    return document(
        ("Xã Khe Mận", "deficiency", "steering", "late", text), name=name, number=number, year=year
    )


def with_confidence(made: Document, **given: object) -> Document:
    for finding in made.findings:
        finding.confidence = {**finding.confidence, **given}
    return made


def test_doubt_is_the_chance_that_something_is_wrong() -> None:
    sure = {"unit": 0.5, "polarity": 0.8, "area": 0.5, "types": [0.9, 0.5]}
    assert doubt(sure, "steering") == pytest.approx(1 - 0.5 * 0.8 * 0.5 * 0.5)
    assert doubt(sure, None) == pytest.approx(1 - 0.5 * 0.8 * 0.5)


def test_the_least_certain_come_first(dataset: Dataset, put: Put) -> None:
    put(with_confidence(report(text="Một.", name="a.md"), polarity=0.99, types=[0.99]))
    put(with_confidence(report(text="Hai.", name="b.md", number="2/BC-ĐKT"), polarity=0.5))
    items = review_order(dataset)
    assert [item.text for item in items] == ["Hai.", "Một."]
    assert [item.source for item in review_order(dataset, limit=1)] == ["b.md"]


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        (("Xã Khe Mận", "deficiency", "steering", "late", "Gửi chậm."), ("named",)),
        (("Xã Khe Mận", "deficiency", "steering", "late", "Chậm 40% số việc."), ("named", "figures")),
        (("all", "deficiency", "steering", "late", "Chậm 40% số việc."), ("figures",)),
        (("Xã Khe Mận", "achievement", "digital", "", "Đạt 80%."), ()),
    ],
)
def test_what_a_deficiency_weighs(
    dataset: Dataset, put: Put, row: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    put(document(row, number="01/BC-ĐKT", year=2021))
    (item,) = review_order(dataset)
    assert item.reasons == reasons
    assert item.score == pytest.approx(item.doubt * (1 + len(reasons)), abs=1e-3)


def test_what_comes_back_and_what_a_letter_cites_weighs_more(dataset: Dataset, put: Put) -> None:
    put(report("01/BC-ĐKT", 2020, "a.md"))
    put(report("02/BC-ĐKT", 2021, "b.md"))
    letter = ("Xã Bãi Sậy", "recommendation", "steering", "", "Theo báo cáo 02/BC-ĐKT, yêu cầu khắc phục.")
    put(document(letter, name="c.md", kind="công văn", number="9/UBND-NV", year=2021))
    reasons = {item.source: item.reasons for item in review_order(dataset)}
    assert reasons == {"a.md": ("named", "recurs"), "b.md": ("named", "recurs", "cited"), "c.md": ()}


def test_a_report_that_another_report_cites_is_not_cited_by_a_letter(dataset: Dataset, put: Put) -> None:
    put(report("02/BC-ĐKT", 2021, "b.md"))
    other = ("Xã Bãi Sậy", "information", "steering", "", "Theo báo cáo 02/BC-ĐKT.")
    put(document(other, name="c.md", number="9/BC-UBND", year=2021))
    assert {item.reasons for item in review_order(dataset)} == {("named",), ()}


def test_a_statement_about_several_units_is_one_item(dataset: Dataset, put: Put) -> None:
    made = document(("Xã Khe Mận", "deficiency", "steering", "late", "Gửi chậm."), year=2021)
    other = document(("Xã Bãi Sậy", "deficiency", "steering", "late", "Gửi chậm."), year=2021).findings[0]
    other.document, other.id = made.id, "f-other"
    made.findings.append(other)
    put(made)
    (item,) = review_order(dataset)
    assert item.units == ("Xã Khe Mận", "Xã Bãi Sậy")
    assert item.findings == (made.findings[0].id, "f-other")
    (one,) = review_order(dataset, Filters(unit="bai say"))
    assert one.units == ("Xã Bãi Sậy",)


def test_what_a_person_answered_is_not_asked_again(dataset: Dataset, put: Put) -> None:
    made = report()
    made.findings[0].status = "accepted"
    put(made)
    assert review_order(dataset) == []


def test_filters_are_those_of_search(dataset: Dataset, put: Put) -> None:
    put(report(year=2020))
    assert review_order(dataset, Filters(year=2021)) == []
    assert len(review_order(dataset, Filters(document="01/BC-ĐKT", type="late"))) == 1
    with pytest.raises(UsageError):
        review_order(dataset, Filters(area="nowhere"))
