"""Periods that titles name: what is reported on, not what is planned."""

from __future__ import annotations

import pytest

from extract.dates import find_period


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        (
            "Công tác CCHC 6 tháng đầu năm và nhiệm vụ trọng tâm 6 tháng cuối năm 2019",
            "2019-01-01",
            "2019-06-30",
        ),
        ("Kết quả 6 tháng đầu năm, phương hướng 6 tháng cuối năm 2016", "2016-01-01", "2016-06-30"),
        ("Công tác CCHC 9 tháng đầu năm, nhiệm vụ quý IV năm 2019", "2019-01-01", "2019-09-30"),
        ("Công tác CCHC 6 tháng cuối năm 2019", "2019-07-01", "2019-12-31"),
        ("Công tác CCHC quý IV năm 2019", "2019-10-01", "2019-12-31"),
        ("Công tác CCHC 6 tháng đầu năm 2021", "2021-01-01", "2021-06-30"),
    ],
)
def test_the_period_is_what_has_passed(title: str, start: str, end: str) -> None:
    found = find_period(title)
    assert found is not None
    assert (found[0].start, found[0].end) == (start, end)
    assert found[0].label in title
