"""The real letter and report in ../shared, scored by the tool beside them. Skipped where they are absent."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpora.build_samples import markdown_to_docx, markdown_to_pdf, pdf_to_scan
from corpora.scans import scan_pdf
from extract.document import Document
from pipelines.road import process


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[Document]:
    path = shared / "real" / "huong-son-2021.md"
    return process(path, path.name)


SCORES = ("found", "deficiency_recall", "area", "types_f1", "percentages_f1", "citations_f1")


def findings(documents: list[Document]) -> Counter[Any]:
    return Counter(
        (f.unit.name, f.text, f.polarity, f.area, f.types) for one in documents for f in one.findings
    )


def values(documents: list[Document]) -> Counter[Any]:
    return Counter(
        (m.as_printed, m.value, m.unit.name if m.unit else None)
        for one in documents
        for m in one.measurements
    )


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


def text_of(shared: Path) -> str:
    return (shared / "real" / "huong-son-2021.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_other_digital_formats_give_the_same_findings(
    shared: Path, documents: list[Document], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"report{suffix}"
    (markdown_to_docx if suffix == ".docx" else markdown_to_pdf)(text_of(shared), path)
    other = process(path, path.name)
    assert findings(other) == findings(documents)
    assert values(other) == values(documents)
    assert [c.key for d in other for c in d.citations] == [c.key for d in documents for c in d.citations]
    for here, there in zip(documents, other, strict=True):
        assert {k: f.value for k, f in here.header.items()} == {k: f.value for k, f in there.header.items()}


@pytest.mark.long
def test_a_clean_scan_scores_within_two_points(
    shared: Path, documents: list[Document], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    markdown_to_pdf(text_of(shared), tmp_path / "report.pdf")
    pdf_to_scan(tmp_path / "report.pdf", tmp_path / "scan.pdf", dpi=300)
    scanned = process(tmp_path / "scan.pdf", "scan.pdf")
    digital, scan = score(shared, documents, tmp_path), score(shared, scanned, tmp_path)
    with capsys.disabled():
        print(f"\ndigital {digital}\nscan    {scan}")
    assert all(abs(digital[name] - scan[name]) <= 0.02 for name in SCORES)
    assert scan["false_deficiencies"] == 0 and scan["stray"] <= 3


@pytest.mark.long
@pytest.mark.parametrize("damage", ["hard", "mixed_seal"])
def test_a_hard_scan_scores_within_three_points(
    shared: Path, documents: list[Document], tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    """Every figure of the scoring tool, at 200 dpi: what is lost on paper must not change what is found."""
    markdown_to_pdf(text_of(shared), tmp_path / "report.pdf")
    scan_pdf(tmp_path / "report.pdf", damage, dpi=200, seed=1).save(tmp_path / "scan.pdf")
    scanned = process(tmp_path / "scan.pdf", "scan.pdf")
    digital, scan = score(shared, documents, tmp_path), score(shared, scanned, tmp_path)
    with capsys.disabled():
        print(f"\ndigital {digital}\n{damage:7} {scan}")
    shares = [name for name, value in digital.items() if isinstance(value, float)]
    assert set(SCORES) <= set(shares)
    assert not {
        name: (digital[name], scan[name]) for name in shares if abs(digital[name] - scan[name]) > 0.03
    }
    assert scan["false_deficiencies"] == 0 and scan["stray"] <= 3
