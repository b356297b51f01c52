"""Cited documents with two dates or issuers, as the check tells of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from citing import citing

from corpora.checks.cited import cited
from corpora.checks.found import Discrepancy
from corpora.checks.noted import Noted
from corpora.checks.notes import refresh
from corpora.dataset import Dataset

Put = Callable[..., str]

# lines of two documents, then: severity, what the reason says, the files of the places
TOLD: list[tuple[str, str, list[tuple[str, str, list[str]]]]] = [
    (
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.",
        "Nghị định số 30/2020/NĐ-CP ngày 03/5/2020.",
        [("contradiction", "ngày 03/05/2020; danh mục văn bản ghi 05/03/2020.", ["a.md", "b.md"])],
    ),
    (
        "Không.",
        "Nghị định số 30/2020/NĐ-CP ngày 03/5/2020.",
        [("contradiction", "ngày 03/05/2020; danh mục văn bản ghi 05/03/2020.", ["b.md"])],
    ),
    (
        "Nghị định số 99/2019/NĐ-CP của Chính phủ.",
        "Nghị định số 99/2019/NĐ-CP của Thủ tướng Chính phủ.",
        [("contradiction", "số, ký hiệu cho biết là Chính phủ.", ["a.md", "b.md"])],
    ),
    (
        "Kế hoạch số 17/KH-UBND ngày 15/01/2021 của UBND huyện Lũng Vàng.",
        "Kế hoạch số 17/KH-UBND ngày 25/01/2021 của UBND huyện Lũng Vàng.",
        [("to_check", "với hai ngày: 15/01/2021 và 25/01/2021.", ["a.md", "b.md"])],
    ),
    ("Kế hoạch số 17/KH-UBND ngày 15/01/2021.", "Kế hoạch số 17/KH-UBND ngày 25/01/2020.", []),
]


def told(dataset: Dataset) -> list[Discrepancy]:
    refresh(dataset)
    return list(cited(dataset, Noted(dataset)))


@pytest.mark.parametrize(("first", "second", "expected"), TOLD)
def test_both_places_are_told(
    dataset: Dataset, put: Put, first: str, second: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    put(citing(first, name="a.md", date="2021-05-05"))
    put(citing(second, name="b.md", date="2021-06-05"))
    found = told(dataset)
    assert [(one.severity, [where.source for where in one.places]) for one in found] == [
        (severity, sources) for severity, _, sources in expected
    ]
    for one, (_, said, _) in zip(found, expected, strict=True):
        assert one.reason.endswith(said)
        assert all(where.span is not None and where.words and where.record for where in one.places)


def test_a_document_of_the_dataset_says_its_own_date(dataset: Dataset, put: Put) -> None:
    put(citing("Không.", name="a.md", date="2020-09-09", number="41/KL-UBND", kind="kết luận"))
    put(citing("Kết luận số 41/KL-UBND ngày 19/9/2020 của UBND huyện.", name="b.md", date="2020-10-10"))
    (one,) = told(dataset)
    assert one.reason == ("41/KL-UBND được viện dẫn với ngày 19/09/2020; chính văn bản đó ghi 09/09/2020.")
    assert [where.source for where in one.places] == ["a.md", "b.md"]


@pytest.mark.parametrize("issuer", ["", " của UBND huyện"])
def test_each_district_has_a_plan_of_that_number(dataset: Dataset, put: Put, issuer: str) -> None:
    for name, day, district in (("a", "15/01/2021", "Huyện Lũng Vàng"), ("b", "25/01/2021", "Huyện Gò Trám")):
        text = f"Kế hoạch số 17/KH-UBND ngày {day}{issuer}."
        put(citing(text, name=f"{name}.md", date="2021-05-05", district=district))
    assert told(dataset) == []
