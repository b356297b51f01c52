"""Records in files: complete, typed, Vietnamese intact."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from invented import document
from openpyxl import load_workbook

from corpora import export as exporting
from corpora.dataset import Dataset
from corpora.export import export
from corpora.flat import COLUMNS
from corpora.frames import load_frames
from extract.errors import UsageError, WorkspaceProblem

Put = Callable[..., str]
TEXT = "=1+2 chưa đạt 40,5% theo 739/QĐ-UBND"


@pytest.fixture(autouse=True)
def archive(put: Put) -> None:
    finding = ("Xã Khe Mận", "deficiency", "digital", "low_rate late", TEXT)
    put(document("Số: 45/BC-ĐKT", finding, number="45/BC-ĐKT", date="2022-11-05", year=2022, pages=1))
    put(document("#N/A", "dài " * 10_000, name="khac.md"))


def test_jsonl_is_the_contract(dataset: Dataset) -> None:
    stream = io.StringIO()
    assert export(dataset, stream=stream) == []
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == list(dataset.records())
    assert "Xã Khe Mận" in stream.getvalue()


def test_jsonl_of_one_document_into_a_file(dataset: Dataset, tmp_path: Path) -> None:
    (path,) = export(dataset, "jsonl", tmp_path / "new/x.jsonl", "45/bc-đkt")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 4


def test_csv_has_one_file_per_kind(dataset: Dataset, tmp_path: Path) -> None:
    paths = export(dataset, "csv", tmp_path / "out")
    assert [path.name for path in paths] == [f"{table}.csv" for table in COLUMNS]
    with (tmp_path / "out/findings.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["unit"], row["types"], row["text"], row["page"]) == (
        "Xã Khe Mận",
        "low_rate; late",
        TEXT,
        "2",
    )
    assert not list((tmp_path / "out").glob(".*"))


def test_parquet_is_typed_the_same_with_and_without_rows(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, "parquet", tmp_path / "all")
    export(dataset, "parquet", tmp_path / "one", "khac.md")
    for table in COLUMNS:
        one, every = (pq.read_schema(tmp_path / folder / f"{table}.parquet") for folder in ("one", "all"))
        assert one.equals(every)
    findings = pd.read_parquet(tmp_path / "all/findings.parquet")
    assert list(findings["types"][0]) == ["low_rate", "late"]


def test_a_workbook_holds_text_as_text(dataset: Dataset, tmp_path: Path) -> None:
    (path,) = export(dataset, "xlsx", tmp_path / "so.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == list(COLUMNS)
    sheet = book["findings"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    names = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, names.index("text") + 1)
    assert (cell.value, cell.data_type) == (TEXT, "s")
    assert sheet.cell(2, names.index("unit") + 1).value == "Xã Khe Mận"
    text = next(row for row in book["documents"].iter_rows(min_row=3, values_only=True))[-1]
    assert str(text).startswith("#N/A")
    assert len(str(text)) <= 32_767


def test_a_failed_export_leaves_the_old_file(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("old")
    monkeypatch.setattr(exporting, "encode", lambda record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(dataset, "jsonl", path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("form", "output"), [("csv", None), ("xml", None), ("xlsx", None), ("csv", "a-file")]
)
def test_wrong_calls(dataset: Dataset, tmp_path: Path, form: str, output: str | None) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(UsageError):
        export(dataset, form, tmp_path / output if output else None)


def test_an_unknown_document_leaves_no_file(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        export(dataset, "jsonl", tmp_path / "x.jsonl", "99/KH-XX")
    assert not (tmp_path / "x.jsonl").exists()


def test_a_place_that_cannot_be_written_is_a_clear_problem(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceProblem, match="cannot be written"):
        export(dataset, "xlsx", tmp_path / "file/x.xlsx")


def test_frames_are_typed(dataset: Dataset) -> None:
    frames = load_frames(dataset.path.parent)
    assert list(frames) == list(COLUMNS)
    documents, findings = frames["documents"], frames["findings"]
    assert documents["date"].dtype.kind == "M"
    assert documents["part"].dtype == "Int64"
    assert isinstance(findings["polarity"].dtype, pd.CategoricalDtype)
    assert findings["types"][0] == ["low_rate", "late"]
    assert frames["measurements"]["value"][0] == 40.5
    assert frames["citations"]["resolved"].dtype == "boolean"
    assert isinstance(findings["unit_match"].dtype, pd.CategoricalDtype)
    unit = next(one for one in dataset.records() if one["record"] == "finding")["unit"]
    assert (findings["unit_match"][0], findings["unit_marks"][0]) == (unit["match"], unit.get("marks"))
    joined = findings.merge(documents, left_on="document", right_on="id")
    assert joined["number"][0] == "45/BC-ĐKT"


def test_frames_of_an_empty_dataset_have_their_columns(tmp_path: Path) -> None:
    Dataset.open(tmp_path / "rasoat.sqlite", create=True).close()
    for table, frame in load_frames(tmp_path).items():
        assert list(frame.columns) == list(COLUMNS[table])
    assert load_frames(tmp_path)["documents"]["date"].dtype.kind == "M"
