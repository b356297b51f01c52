"""On how many documents an answer rests: those that could have told of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from invented import document

from corpora.basis import basis
from corpora.chains.build import refresh
from corpora.chains.likeness import ByLabels
from corpora.dataset import Dataset
from corpora.filters import Filters

Put = Callable[..., str]


@pytest.fixture
def told(dataset: Dataset, put: Put) -> Dataset:
    """Two reports on a commune, one of them silent on faults; one on another commune; a copy."""
    fault = ("Xã Khe Mận", "deficiency", "steering", "late", "Gửi báo cáo chậm.")
    praise = ("Xã Khe Mận", "achievement", "steering", "", "Gửi báo cáo đúng hạn.")
    other = ("Xã Bãi Sậy", "deficiency", "steering", "late", "Gửi báo cáo chậm.")
    for year, row in ((2019, fault), (2020, praise), (2021, other)):
        put(document(row, name=f"{year}.md", date=f"{year}-11-05", year=year, number=f"{year}/BC-UBND"))
    copy = document(fault, name="copy.md", content="copy", date="2019-11-05", year=2019)
    copy.duplicate_of = next(dataset.records("2019.md"))["id"]
    put(copy)
    refresh(dataset, ByLabels())
    return dataset


def test_all_documents_copies_once(told: Dataset) -> None:
    assert basis(told) == (3, 2019, 2021)


def test_with_a_unit_those_that_speak_of_it(told: Dataset) -> None:
    assert basis(told, "khe man") == (2, 2019, 2020)
    assert basis(told, "khe man", units="then") == (2, 2019, 2020)
    assert basis(told, "bai say") == (1, 2021, 2021)
    assert basis(told, "ba den") == (0, None, None)


def test_year_and_document_limit_it(told: Dataset) -> None:
    assert basis(told, filters=Filters(year=2021)) == (1, 2021, 2021)
    assert basis(told, "khe man", Filters(year=2020)) == (1, 2020, 2020)
    assert basis(told, "khe man", Filters(document="2021/BC-UBND")) == (0, None, None)
