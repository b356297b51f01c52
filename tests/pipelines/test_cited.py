"""``rasoat cited`` over small files on the real road."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[str, str], Path]
Run = Callable[..., tuple[int, str, str]]

REPORT = """\
UBND HUYỆN LŨNG CÁT
ĐOÀN KIỂM TRA

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}

Lũng Cát, ngày 14 tháng 9 năm {year}

BÁO CÁO
Kết quả kiểm tra công tác cải cách hành chính năm {year}

1. Xã Khe Mận
- Văn bản của xã chưa đúng thể thức, còn trình bày theo Thông tư số 01/2011/TT-BNV ngày 19/01/2011 của Bộ Nội vụ.
- Chưa niêm yết thủ tục theo Quyết định số 1147/QĐ-UBND ngày {day} của UBND tỉnh Đông Lĩnh.

TRƯỞNG ĐOÀN

Lò Văn Pảo
"""


@pytest.fixture
def run(run: Run, write: Write, archive: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Two reports that cite, read by the real road."""
    monkeypatch.delitem(sys.modules, "pipelines.road")
    importlib.import_module("pipelines.road")
    write("2019.txt", REPORT.format(number="05/BC-ĐKT", year=2019, day="22/5/2018"))
    write("2021.txt", REPORT.format(number="07/BC-ĐKT", year=2021, day="25/5/2018"))
    assert run("ingest", archive, "--workers", 1)[0] == 0
    return run


def test_cited(run: Run) -> None:
    status, out, _ = run("cited")
    assert status == 0 and "01/2011/TT-BNV" in out and "hết hiệu lực khi viện dẫn: 1" in out
    status, out, _ = run("cited", "--expired")
    assert status == 0
    assert "Hết hiệu lực sau 04/03/2020, chậm nhất từ 01/06/2020, thay bằng 30/2020/NĐ-CP." in out
    assert "07/BC-ĐKT" in out and "05/BC-ĐKT" not in out and "Xã Khe Mận" in out
    (one,) = json.loads(run("cited", "01/2011", "--json")[1])
    assert (one["key"], one["times"], one["years"]) == ("tt:01/2011:bo-noi-vu", 2, [2019, 2021])
    status, out, _ = run("cited", "--conflicts")
    assert status == 0 and "1147/QĐ-UBND: ngày ban hành khác nhau" in out
    assert "22/05/2018" in out and "25/05/2018" in out
    (conflict,) = json.loads(run("cited", "--conflicts", "--json")[1])
    assert (conflict["what"], conflict["sure"]) == ("date", "high")
    assert run("cited", "--unresolved")[1] == "No citation leaves its document open.\n"
    status, out, _ = run("cited", "--year", "2019", "--expired")
    assert status == 0 and out.startswith("No citation of a document that is known to have been no longer")
    assert run("cited", "999/2031")[1] == "No citation of '999/2031' that fits.\n"
    assert run("cited", "--year", "1990")[1] == "No cited documents.\n"
    status, _, err = run("cited", "--conflicts", "--expired")
    assert status == 2 and "takes no other limits" in err
    assert "no unit of the dataset" in run("cited", "--unit", "Xã Đâu Đó")[2]
