"""The register of the country under a workspace: from a report's words to a chain over a merger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora.dataset import Dataset
from corpora.recurrence import recurring
from extract.units import national
from pipelines import road
from pipelines.ingest import ingest
from pipelines.workspace import Workspace

UNITS = """\
id,code,level,kind,name,parent,valid_from,valid_to,unsure,also,source
70,70,province,Tỉnh,Bình Khê,,,,,,list
701,701,district,Huyện,Lũng Sậy,70,,2025-06-30,,,list
70001,70001,commune,Xã,Mận Lãng,701,2020-01-01/2020-03-01,2025-06-30,date,,list
70002,70002,commune,Xã,Nà Pheo,701,,2025-06-30,,,list
70001@2025-07-01,70001,commune,Xã,Mận Pheo,70,2025-07-01,,,,list
~701.xa-kheman,,commune,Xã,Kheman,701,,2019-12-31/2020-02-29,date marks,,s001
"""
SUCCESSIONS = """\
before,after,manner,date,unsure,source
70001,70001@2025-07-01,merged,2025-07-01,,list
70002,70001@2025-07-01,merged,2025-07-01,,list
~701.xa-kheman,70001,merged,2020-01-01/2020-03-01,unsure,s001
"""
REPORT = """| **ỦY BAN NHÂN DÂN**<br>**HUYỆN LŨNG SẬY** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |
| --- | --- |
| Số: {number}/BC-UBND | *Lũng Sậy, ngày 12 tháng 11 năm {year}* |

# BÁO CÁO
# Kết quả kiểm tra công tác cải cách hành chính năm {year}

Thực hiện kế hoạch kiểm tra năm {year}, UBND huyện báo cáo kết quả kiểm tra như sau:

## I. TỒN TẠI, HẠN CHẾ CỦA TỪNG ĐƠN VỊ

### 1. Xã {name}
- Tại trụ sở chưa niêm yết bộ thủ tục hành chính, công dân phải hỏi trực tiếp công chức;
- Báo cáo cải cách hành chính quý III gửi chậm 12 ngày.

### 2. Xã Nà Pheo
- Chưa lập sổ theo dõi hồ sơ một cửa.
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    folder = tmp_path / "country"
    folder.mkdir()
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "successions.csv").write_text(SUCCESSIONS, encoding="utf-8")
    monkeypatch.setattr(national, "FOLDER", folder)
    _forget()
    yield Workspace(tmp_path / "workspace")
    _forget()


def _forget() -> None:
    for cached in (national.national, national.version_of_country, road._register):
        cached.cache_clear()


def read(workspace: Workspace, folder: Path, **years: str) -> None:
    archive = folder / "archive"
    archive.mkdir(exist_ok=True)
    for place, (year, name) in enumerate(years.items()):
        text = REPORT.format(number=place + 20, year=year.removeprefix("in_"), name=name)
        (archive / f"{year}.md").write_text(text, encoding="utf-8")
    assert ingest([archive], workspace, 1, patience=0).failed == []


def codes(dataset: Dataset) -> set[tuple[str, str | None]]:
    """The communes of all findings with their codes."""
    return {
        (record["unit"]["name"], record["unit"]["code"])
        for record in dataset.records()
        if record["record"] == "finding" and record["unit"]["level"] == "commune"
    }


def test_a_report_is_linked_and_its_chain_runs_over_the_merger(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, in_2018="Khe Mận", in_2022="Mận Lãng")
    with workspace.open() as dataset:
        assert codes(dataset) == {("Xã Khe Mận", None), ("Xã Mận Lãng", "70001"), ("Xã Nà Pheo", "70002")}
        assert not any("~" in str(record.get("unit")) for record in dataset.records())
        chains = recurring(dataset)
        assert {(chain.unit, chain.years) for chain in chains} == {("Xã Mận Pheo", (2018, 2022))}
        assert ["Xã Khe Mận", "Xã Mận Lãng"] in [[one.name for one in chain.predecessors] for chain in chains]
        held = {row["uid"] for row in dataset.query("SELECT uid FROM units WHERE registered")}
        assert held == {line.split(",")[0] for line in UNITS.splitlines()[1:]}


def test_a_changed_register_has_files_read_anew(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(workspace, tmp_path, in_2022="Mận Lãng")
    assert ingest([tmp_path / "archive"], workspace, 1, patience=0).counts == {"unchanged": 1}
    path = national.FOLDER / "units.csv"
    path.write_text(UNITS.replace("Mận Lãng", "Bãi Sậy"), encoding="utf-8")
    _forget()
    assert ingest([tmp_path / "archive"], workspace, 1, patience=0).counts == {"replaced": 1}
    with workspace.open() as dataset:
        assert codes(dataset) == {("Xã Mận Lãng", None), ("Xã Nà Pheo", "70002")}


def test_a_user_corrects_the_register(workspace: Workspace, tmp_path: Path) -> None:
    workspace.units_folder.mkdir(parents=True)
    rows = "code,name,level,parent,valid_from,valid_to,successors\n70001,Xã Mận Làng,commune,,15/02/2020,,\n"
    (workspace.units_folder / "own.csv").write_text(rows, encoding="utf-8")
    read(workspace, tmp_path, in_2022="Mận Làng")
    with workspace.open() as dataset:
        (row,) = dataset.query("SELECT * FROM units WHERE uid = '70001'")
        assert (row["name"], row["valid_from"], row["parent"]) == ("Xã Mận Làng", "2020-02-15", "701")


def test_what_is_forgotten_takes_its_kin_along(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, in_2022="Mận Lãng")
    workspace.forget("in_2022.md")
    with workspace.open() as dataset:
        assert list(dataset.query("SELECT name FROM units")) == []
