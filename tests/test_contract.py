"""The invariants of the public record contract, over every sample document and every format."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.labels import AREAS, POLARITIES, TYPES
from corpora.build_samples import markdown_to_docx, markdown_to_pdf
from extract.document import Document
from pipelines.road import process

Records = list[dict[str, Any]]

FIELDS = {
    "document": "record schema id source source_sha256 part pages text kind number number_as_printed date place issuer "
    "issuer_parent issuer_unit subject recipients copies signer signer_title authority period fields confidence "
    "duplicate_of warnings",
    "finding": "record id document unit polarity area types text span section boxes measurements citations confidence "
    "status reviewer reviewed_at",
    "measurement": "record id document finding unit indicator value as_printed numerator denominator period direction span",
    "citation": "record id document findings kind number as_printed span date issuer subject key resolved boxes "
    "completed in_force replaced_by amended_by says_replaced",
}


def files(archive: Path) -> Iterator[Path]:
    yield from sorted(
        path for path in archive.rglob("*") if path.suffix in {".pdf", ".docx", ".md", ".txt", ".jpg"}
    )


@pytest.fixture(scope="module")
def samples(archive: Path, tesseract: bool) -> dict[str, list[Document]]:
    units = [archive / "units.csv"]
    scans = {"bao-cao-kiem-tra-2020.pdf", "cong-van-don-doc-2021.jpg"}
    read = [path for path in files(archive) if tesseract or path.name not in scans]
    return {path.name: process(path, path.name, units) for path in read}


@pytest.fixture(scope="module")
def records(samples: dict[str, list[Document]]) -> Records:
    return [record for documents in samples.values() for one in documents for record in one.to_records()]


def test_every_record_has_every_field_of_the_contract(records: Records) -> None:
    for record in records:
        assert set(FIELDS[record["record"]].split()) <= record.keys(), record["record"]


def test_spans_are_verbatim(records: Records) -> None:
    texts = {record["id"]: record["text"] for record in records if record["record"] == "document"}
    for record in records:
        if record["record"] == "document":
            continue
        words = record["text"] if record["record"] == "finding" else record["as_printed"]
        a, b = record["span"]
        assert texts[record["document"]][a:b] == words


def test_every_named_id_exists_from_both_sides(records: Records) -> None:
    ids = [record["id"] for record in records]
    assert not [one for one, count in Counter(ids).items() if count > 1], "ids are unique"
    by_id = {record["id"]: record for record in records}
    for record in records:
        if record["record"] == "finding":
            for name in record["measurements"]:
                assert by_id[name]["finding"] == record["id"]
            for name in record["citations"]:
                assert record["id"] in by_id[name]["findings"]
        elif record["record"] == "measurement" and record["finding"]:
            assert record["id"] in by_id[record["finding"]]["measurements"]
        elif record["record"] == "citation":
            for name in record["findings"]:
                assert record["id"] in by_id[name]["citations"]


def test_labels_are_of_the_taxonomy(records: Records) -> None:
    for record in records:
        if record["record"] != "finding":
            continue
        assert record["polarity"] in POLARITIES
        assert record["area"] in AREAS or (record["area"] is None and record["polarity"] == "information")
        assert set(record["types"]) <= set(TYPES)
        assert bool(record["types"]) == (record["polarity"] == "deficiency")
        assert len(record["confidence"]["types"]) == len(record["types"])
        assert all(0 <= record["confidence"][task] <= 1 for task in ("unit", "polarity", "area"))


def test_findings_of_pages_have_boxes_inside_the_page(records: Records) -> None:
    paged = {r["id"] for r in records if r["record"] == "document" and r["pages"]}
    assert paged
    for record in records:
        if record["record"] == "finding":
            assert bool(record["boxes"]) == (record["document"] in paged)
            for place in record["boxes"]:
                x0, y0, x1, y1 = place["box"]
                assert 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1


def test_records_are_json_and_nfc(records: Records) -> None:
    import unicodedata

    printed = json.dumps(records, ensure_ascii=False)
    assert unicodedata.is_normalized("NFC", printed)


def test_the_same_file_gives_the_same_records(archive: Path, samples: dict[str, list[Document]]) -> None:
    path = archive / "2021" / "cong-van-va-bao-cao-2021.md"
    again = [r for one in process(path, path.name, [archive / "units.csv"]) for r in one.to_records()]
    assert again == [r for one in samples[path.name] for r in one.to_records()]


def findings(documents: list[Document]) -> Counter[Any]:
    return Counter(
        (f.unit.name, " ".join(f.text.split()), f.polarity, f.area, f.types)
        for one in documents
        for f in one.findings
    )


def values(documents: list[Document]) -> Counter[Any]:
    return Counter(
        (m.as_printed, m.value, m.unit.name if m.unit else None, m.indicator)
        for one in documents
        for m in one.measurements
    )


@pytest.mark.parametrize("name", ["kiem-tra-2019", "kiem-tra-2020", "cong-van-va-bao-cao-2021"])
def test_markdown_docx_and_digital_pdf_give_the_same_findings(
    tmp_path: Path, archive: Path, name: str
) -> None:
    source = next(path for path in sorted((archive.parent / "source").glob("*.md")) if name in path.name)
    text = source.read_text(encoding="utf-8")
    markdown = tmp_path / "report.md"
    markdown.write_text(text, encoding="utf-8")
    markdown_to_docx(text, tmp_path / "report.docx")
    markdown_to_pdf(text, tmp_path / "report.pdf")
    first = process(markdown, markdown.name)
    assert sum(findings(first).values()) > 20
    for suffix in (".docx", ".pdf"):
        other = process(tmp_path / f"report{suffix}", f"report{suffix}")
        assert findings(other) == findings(first), suffix
        assert values(other) == values(first), suffix
        assert [c.key for d in other for c in d.citations] == [c.key for d in first for c in d.citations], (
            suffix
        )
