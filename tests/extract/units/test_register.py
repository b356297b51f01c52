"""Units files: read, and every slip named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.units.register import Register

HEAD = "code,name,level,parent,valid_from,valid_to,successors\n"
ROWS = (
    "D1,Huyện Suối Mơ,district,,,,\n"
    "D2,Huyện Gò Trâm,district,,,,\n"
    "A,Xã Đồng Lạng,commune,D1,,31/01/2020,C\n"
    "B,Xã Bản Vai,commune,D1,,2020-01-31,C\n"
    "C,Xã Đồng Bản,commune,D1,2020-02-01,,\n"
    "E,Xã Tân Lập,commune,D1,,,\n"
    "F,Xã Tân Lập,commune,D2,,,\n"
    "G,Thị trấn Suối Mơ,commune,D1,,,\n"
)


def register(tmp_path: Path, rows: str = ROWS) -> Register:
    path = tmp_path / "units.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return Register.load([path])


def test_a_vietnamese_date_is_read_like_an_iso_one(tmp_path: Path) -> None:
    units = register(tmp_path)
    assert units.units["A"].valid_to == units.units["B"].valid_to == "2020-01-31"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,Xã Một,commune,,2020-13-01,,\n", "line 2.*2020-13-01"),
        ("A,Xã Một,commune,,,hôm qua,\n", "line 2.*hôm qua"),
        ("A,Xã Một,làng,,,,\n", "line 2.*level"),
        ("A,,commune,,,,\n", "line 2.*name"),
        ("A,Xã Một,commune,,,,\nA,Xã Hai,commune,,,,\n", "line 3.*line 2"),
        ("A,Xã Một,commune,,,,Z\n", "successor Z"),
        ("A,Xã Một,commune,,,,A\n", "successor A"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        register(tmp_path, row)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("ma,ten\n1,Xã Một\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"units\.csv lacks.*code"):
        Register.load([path])


def test_a_units_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nope\.csv cannot be read"):
        Register.load([tmp_path / "nope.csv"])
