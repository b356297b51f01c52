"""Answers laid over findings: which unit a person means."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from invented import document

from annotations.corrections import Correction
from annotations.records import Annotation, MachineAnswer, text_hash
from corpora.dataset import Dataset
from extract.units.register import Unit

Put = Callable[..., str]


@pytest.mark.parametrize(
    ("date", "code", "match"),
    [("2019-05-05", "01", "exact"), ("2021-05-05", "02", "exact"), (None, None, "none")],
)
def test_a_name_means_the_unit_of_the_documents_day(
    dataset: Dataset, put: Put, date: str | None, code: str | None, match: str
) -> None:
    dataset.keep_units(
        [
            Unit("01", "Xã Khe Mận", "commune", "", "", "2019-12-31", ()),
            Unit("02", "Xã Khe Mận", "commune", "", "2020-01-01", "", ()),
        ]
    )
    report = document(("Xã Bãi Sậy", "deficiency", "steering", "late", "Gửi chậm."), name="a.md", date=date)
    put(report)
    said = Annotation(
        1, report.findings[0].span, "Gửi chậm.", "deficiency", "steering", ("late",), ("Xã Khe Mận",),
        status="corrected", machine=MachineAnswer("deficiency", "steering", ("late",), ("Xã Bãi Sậy",)), reviewer="người duyệt", reviewed_at="2026-01-01T00:00:00+00:00",
    )  # fmt: skip
    dataset.answer([Correction("a.md", 1, text_hash(report.text), "", said)], [report.id])
    assert not dataset.log().problems
    told = {
        one["unit"]["name"]: one
        for one in dataset.records()
        if one["record"] == "finding" and one["status"] != "rejected"
    }
    assert set(told) == {"Xã Khe Mận"}
    unit = told["Xã Khe Mận"]["unit"]
    assert (unit["code"], unit["match"]) == (code, match)
    assert unit["candidates"] == ([] if code else ["01", "02"])
