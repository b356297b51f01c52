"""Days by which something is demanded."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.deadlines import deadline


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("niêm yết ngay bộ thủ tục, xong trước ngày 31/12/2018.", "2018-12-31"),
        ("gửi báo cáo chậm nhất là ngày 5/3/2020", "2020-03-05"),
        ("chỉnh lý hồ sơ công chức xong trong quý I/2021.", "2021-03-31"),
        ("khắc phục trong quý IV năm 2022", "2022-12-31"),
        ("hoàn thành trong tháng 02/2024", "2024-02-29"),
        ("trước ngày 30.6.2020", "2020-06-30"),
        ("phấn đấu đến hết năm 2022; trong năm 2022 hoàn thành", "2022-12-31"),
        ("trước ngày 31/02/2020", None),
        ("trong tháng 13/2020", None),
        ("theo Thông tư số 343/2016/TT-BTC ngày 30/12/2016", None),
        ("thực hiện nghiêm túc", None),
    ],
)
def test_deadlines(text: str, day: str | None) -> None:
    assert deadline(text) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read(day: date) -> None:
    assert deadline(f"báo cáo trước ngày {day.day}/{day.month}/{day.year}") == day.isoformat()


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    found = deadline(text)
    assert found is None or date.fromisoformat(found)
