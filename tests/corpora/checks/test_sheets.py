"""A document as the checks look at it."""

from __future__ import annotations

import json
from collections.abc import Callable

from invented import document

from corpora.checks.sheets import load
from corpora.dataset import Dataset

Put = Callable[..., str]


def test_what_a_person_rejected_is_not_looked_at(dataset: Dataset, put: Put) -> None:
    report = document(
        ("Xã Khe Mận", "deficiency", "digital", "low_rate", "Chữ ký số đạt 40%."),
        ("Xã Bãi Sậy", "deficiency", "digital", "low_rate", "Chữ ký số đạt 30%."),
        name="a.md",
    )
    put(report)
    sheet = load(dataset, report.id)
    assert [one.unit for one in sheet.measurements] == [one.unit for one in sheet.findings]
    assert len(sheet.findings) == 2
    first = sheet.findings[0].id
    with dataset.transaction() as connection:
        (record,) = connection.execute("SELECT record FROM findings WHERE id = ?", (first,)).fetchone()
        text = json.dumps({**json.loads(record), "status": "rejected"})
        connection.execute("UPDATE findings SET status = 'rejected', record = ? WHERE id = ?", (text, first))
    sheet = load(dataset, report.id)
    assert [one.unit for one in sheet.findings] == ["Xã Bãi Sậy"]
    assert [one.unit for one in sheet.measurements] == ["Xã Bãi Sậy"]
