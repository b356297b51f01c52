"""A unit's page, in the terms of today's communes and of then."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from invented import document

from corpora.chains.likeness import ByLabels, Matrix, Statement
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.promises import promises
from corpora.unit_page import UnitPage, unit_pages
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


def report(when: int, *lines: tuple[str, ...], **more: Any) -> Document:
    return document(
        f"Năm {when}", *lines, name=f"{when}.md", year=when, date=f"{when}-11-01", codes=CODES, **more
    )


@pytest.fixture
def filled(dataset: Dataset, put: Put) -> Dataset:
    dataset.keep_units(MERGED)
    late = ("deficiency", "steering", "late")
    put(
        report(
            2019,
            ("Xã Khe Mận", *late, "Báo cáo gửi chậm."),
            ("Xã Bãi Sậy", "deficiency", "digital", "low_usage", "Chữ ký số ít dùng."),
            ("Xã Bãi Sậy", "achievement", "procedures", "", "Niêm yết đủ."),
            number="1/BC-ĐKT",
        )
    )
    put(report(2020, ("Xã Bãi Sậy", *late, "Báo cáo nộp trễ.")))
    put(
        report(
            2021,
            ("Xã Mận Sậy", *late, "Lại gửi chậm."),
            ("Xã Mận Sậy", "recommendation", "steering", "", "Gửi báo cáo trước ngày 31/12/2021."),
        )
    )
    scan = report(2021, ("Xã Mận Sậy", *late, "Lại gửi chậm, bản quét."))
    scan.id, scan.source, scan.source_sha256, scan.duplicate_of = "s" * 16, "scan.pdf", "s" * 64, "x" * 16
    for finding in scan.findings:
        finding.id, finding.document = f"s{finding.id}", scan.id
    put(scan)
    return dataset


def page(dataset: Dataset, *asked: Any) -> UnitPage:
    (found,) = unit_pages(dataset, *asked)
    return found


def test_todays_unit_has_what_its_parts_had(filled: Dataset) -> None:
    found = page(filled, "man say")
    assert (found.unit, found.code) == ("Xã Mận Sậy", "03")
    assert [(unit.name, unit.valid_to) for unit in found.was] == [
        ("Xã Bãi Sậy", "2020-12-31"),
        ("Xã Khe Mận", "2020-12-31"),
    ]
    assert found.became == ()
    assert found.counts == {"digital": {2019: 1}, "steering": {2019: 1, 2020: 1, 2021: 1}}
    assert [one.unit for one in found.documents] == [
        "Xã Khe Mận, Xã Bãi Sậy",
        "Xã Bãi Sậy",
        "Xã Mận Sậy",
        "Xã Mận Sậy",
    ]
    assert found.rests_on == 3
    chain = found.chains[0]
    assert (chain.state, chain.years) == ("persisting", (2019, 2020, 2021))
    assert [unit.name for unit in chain.predecessors] == ["Xã Bãi Sậy", "Xã Khe Mận"]
    assert [one.text for one in found.strengths] == ["Niêm yết đủ."]
    assert [(one.deadline, one.kept) for one in found.demands] == [("2021-12-31", None)]


def test_an_old_name_leads_to_today_or_stays_then(filled: Dataset) -> None:
    assert page(filled, "Xã Bãi Sậy").unit == "Xã Mận Sậy"
    then = page(filled, "Xã Bãi Sậy", "then")
    assert (then.unit, then.rests_on) == ("Xã Bãi Sậy", 2)
    assert [unit.name for unit in then.became] == ["Xã Mận Sậy"]
    assert then.counts == {"digital": {2019: 1}, "steering": {2020: 1}}
    assert all(chain.predecessors == () for chain in then.chains)


def test_nobody_has_no_page(filled: Dataset) -> None:
    assert unit_pages(filled, "Xã Đâu Đó") == []


def test_a_page_is_plain_json(filled: Dataset) -> None:
    record = json.loads(json.dumps(page(filled, "man say").to_record()))
    assert record["record"] == "unit"
    assert record["rests_on"] == 3
    assert record["chains"][0]["state"] == "persisting"


class Answering(ByLabels):
    """Every remedy and demand is about every deficiency."""

    version = "answering"

    def answers(self, deficiencies: Sequence[Statement], others: Sequence[Statement]) -> Matrix:
        return np.ones((len(deficiencies), len(others)), dtype=np.float32)


WRONG = ("Xã Mận Sậy", "deficiency", "procedures", "not_published", "Chưa niêm yết.")
ASKED = ("Xã Mận Sậy", "recommendation", "procedures", "", "Niêm yết xong trước ngày 28/02/2022.")
DONE = ("Xã Mận Sậy", "achievement", "procedures", "", "Đã niêm yết.")


@pytest.mark.parametrize(
    ("later", "kept", "shown"),
    [
        ([("2021-12-05", WRONG)], None, None),  # told again while there was time yet
        (
            [("2021-12-05", WRONG), ("2022-11-01", ("Xã Mận Sậy", "information", "", "", "Có 3 thôn."))],
            False,
            None,
        ),
        ([("2022-11-01", WRONG)], False, "2022-11-01"),
        ([("2022-01-10", DONE)], True, "2022-01-10"),
    ],
)
def test_what_became_of_a_demand_leads_to_the_statement_that_says_so(
    dataset: Dataset, put: Put, later: list[tuple[str, tuple[str, ...]]], kept: bool | None, shown: str | None
) -> None:
    dataset.keep_units(MERGED)
    put(report(2021, WRONG, ASKED))
    for day, line in later:
        put(document(line, name=f"{day}.md", content=day, year=int(day[:4]), date=day, codes=CODES))
    (found,) = unit_pages(dataset, "man say", "today", Answering)
    (demand,) = found.demands
    assert demand.kept is kept
    (promise,) = promises(dataset, likeness=Answering)
    assert (promise.unit, promise.demand) == ("Xã Mận Sậy", demand)
    assert (demand.shown_by.date if demand.shown_by else None) == shown


def test_promises_of_all_units_come_the_worst_first(dataset: Dataset, put: Put) -> None:
    dataset.keep_units(MERGED)
    other = ("Xã Hồ Sim", "recommendation", "digital", "", "Cấp chữ ký số trước ngày 30/06/2021.")
    both = [
        (unit, "recommendation", "steering", "", "Hai xã bàn giao sổ.")
        for unit in ("Xã Khe Mận", "Xã Bãi Sậy")
    ]
    group = ("all", "recommendation", "steering", "", "Các xã rà soát thủ tục.")
    put(report(2020, *both))
    put(report(2021, WRONG, ASKED, other, group))
    put(report(2022, WRONG))
    found = promises(dataset, likeness=Answering)
    assert [(one.unit, one.demand.state) for one in found] == [
        ("Xã Mận Sậy", "broken"),
        ("Xã Hồ Sim", "open"),
        ("Xã Mận Sậy", "open"),  # asked of two communes that are one today: told once
    ]
    assert [one.unit for one in promises(dataset, units="then", likeness=Answering)].count("Xã Bãi Sậy") == 1
    assert [one.unit for one in promises(dataset, state="open", filters=Filters(area="digital"))] == [
        "Xã Hồ Sim"
    ]
    assert [one.demand.said.year for one in promises(dataset, "man say", Filters(year=2020))] == [2020]
    record = json.loads(json.dumps(found[0].to_record()))
    assert (record["record"], record["state"], record["deadline"]) == ("promise", "broken", "2022-02-28")
    with pytest.raises(UsageError, match="Valid: broken, overdue, open, kept"):
        promises(dataset, state="late")
