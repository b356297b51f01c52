"""The real letter and report in ../shared, scored by the tool beside them. Skipped where they are absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.document import Document
from pipelines.road import process


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[Document]:
    path = shared / "real" / "huong-son-2021.md"
    return process(path, path.name)


def score(shared: Path, documents: list[Document], folder: Path) -> dict[str, Any]:
    export = folder / "export.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for one in documents for record in one.to_records()]
    export.write_text("\n".join(lines), encoding="utf-8")
    tool, labels = shared / "tools" / "score.py", shared / "real" / "huong-son-2021.labels.jsonl"
    done = subprocess.run(
        [sys.executable, str(tool), str(export), str(labels)], capture_output=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_scores_reach_what_the_first_release_promises(
    shared: Path, documents: list[Document], tmp_path: Path
) -> None:
    found = score(shared, documents, tmp_path)
    assert found["deficiency_recall"] >= 0.97
    assert found["false_deficiencies"] == 0
    assert found["stray"] <= 3
    assert found["duplicates"] == found["broken_spans"] == 0
    assert found["area"] >= 0.92
    assert found["types_f1"] >= 0.86
    assert found["percentages_f1"] == found["citations_f1"] == 1.0


def test_every_printed_header_field_is_read(documents: list[Document]) -> None:
    letter, report = documents
    assert letter.value("number") == "1310/UBND-NV"
    assert letter.value("signer") == "Nguyễn Quang Thọ"
    assert letter.value("issuer_unit").name == "Huyện Hương Sơn"
    assert (report.value("number"), report.number_as_printed) == ("02/BC-ĐKT", "02/BC-DKT")
    assert (report.value("signer"), report.value("signer_title")) == (
        "Hồ Thái Sơn",
        "PHÓ CHỦ TỊCH UBND HUYỆN",
    )
    assert report.value("period").end == "2021-06-30"
    assert (letter.value("date"), report.value("date")) == ("2021-08-30", "2021-07-30")
