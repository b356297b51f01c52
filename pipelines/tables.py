"""Answers for eyes: rich tables on a terminal, plain aligned text in a pipe, never cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from annotations.printing import console, escaped, line, marked_text, on_terminal, table, title
from corpora.dataset import SourceEntry
from corpora.recurrence import Chain
from corpora.search import Hit
from pipelines.digitise import Report as Digitised
from pipelines.ingest import Report

_HEADER = {
    "kind": "Tên loại",
    "number": "Số, ký hiệu",
    "date": "Ngày",
    "place": "Địa danh",
    "issuer_parent": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành",
    "issuer_unit": "Đơn vị",
    "subject": "Trích yếu",
    "period": "Kỳ báo cáo",
    "recipients": "Kính gửi",
    "copies": "Nơi nhận",
    "authority": "Thẩm quyền ký",
    "signer_title": "Chức vụ",
    "signer": "Người ký",
}


# --- answers ----------------------------------------------------------------------


def show_report(report: Report) -> None:
    """What became of a batch: a line of counts, then every file that needs a person's eye."""
    counts = report.counts
    order = ("stored", "replaced", "unchanged", "duplicate", "skipped", "failed")
    said = [f"{counts[result]} {result}" for result in order if counts.get(result)]
    documents = sum(outcome.documents for outcome in report.outcomes)
    findings = sum(outcome.findings for outcome in report.outcomes)
    line(f"{len(report.outcomes)} files: {', '.join(said) or 'nothing to read'}.")
    if documents:
        line(f"Read {documents} documents with {findings} findings.")
    for outcome in report.outcomes:
        if outcome.result == "duplicate":
            line(f"duplicate  {outcome.path}: the same content as {outcome.original}")
        elif outcome.result == "skipped":
            line(f"skipped    {outcome.name}: {outcome.reason}")
    for outcome in report.failed:
        line(f"FAILED     {outcome.name}: {outcome.reason} {outcome.remedy}")


def show_digitised(report: Digitised) -> None:
    """What became of a batch of scans: a line of counts, then a line for each file and its warnings."""
    counts = report.counts
    said = [
        f"{counts[result]} {result}"
        for result in ("made", "copied", "exists", "skipped", "failed")
        if counts.get(result)
    ]
    line(f"{len(report.outcomes)} files: {', '.join(said) or 'no scans'}.")
    for outcome in report.outcomes:
        if outcome.result == "failed":
            continue
        parts = [outcome.reason] if outcome.reason else []
        if outcome.pages is not None:
            parts.append(
                f"{outcome.pages} pages, {outcome.recognised} recognised, {outcome.kept} as they were"
            )
        parts += [f"page {turn['page']} shown turned by {turn['degrees']} degrees" for turn in outcome.turned]
        if outcome.result == "made":
            parts.append(outcome.pdfa or f"plain PDF ({outcome.pdfa_reason})")
        line(f"{outcome.result:<10} {outcome.name}: {'; '.join(parts) or 'as it is'}")
        for warning in outcome.warnings:
            line(f"{'':10} {warning['message']}")
    for outcome in report.failed:
        line(f"FAILED     {outcome.name}: {outcome.reason} {outcome.remedy}")


def show_hits(hits: Sequence[Hit]) -> None:
    """Hits of a search, best first: where, about whom, what."""
    if not hits:
        line("No hits.")
        return
    for place, hit in enumerate(hits, 1):
        where = [hit.number or hit.source]
        if hit.date:
            where.append(_day(hit.date))
        if hit.page is not None:
            where.append(f"trang {hit.page}")
        if hit.unit:
            where.append("tất cả đơn vị" if hit.unit["name"] == "all" else hit.unit["name"])
        labels = _labels(hit.polarity, hit.area, hit.types)
        head = f"{place}. {' · '.join(where)}"
        text = marked_text(hit.text.replace("\n", " "), hit.highlights)
        if on_terminal():
            screen = console()
            screen.print(f"[bold]{escaped(head)}[/]")
            screen.print(f"   {text}")
            screen.print(f"   [dim]{escaped(' · '.join([labels, hit.source]).strip(' ·'))}[/]")
        else:
            line(head)
            line(f"   {text}")
            line(f"   {' · '.join(part for part in (labels, hit.source) if part)}")


def show_chains(chains: Sequence[Chain]) -> None:
    """Recurring deficiencies, a block for each."""
    if not chains:
        line("No recurring deficiencies.")
        return
    for chain in chains:
        years = ", ".join(map(str, chain.years))
        title(f"{chain.unit}: {_label(AREAS, chain.area)}, {_label(TYPES, chain.type).lower()} ({years})")
        if chain.predecessors:
            names = ", ".join(
                unit.name + (" (một phần)" if unit.divided else "") for unit in chain.predecessors
            )
            line(f"Gồm cả đơn vị trước sáp nhập: {names}")
        table(
            ("Năm", "Văn bản", "Trang", "Đơn vị", "Nội dung"),
            [
                (
                    str(item.year or ""),
                    item.number or item.source,
                    "" if item.page is None else str(item.page),
                    item.unit,
                    item.text,
                )
                for item in chain.occurrences
            ],
        )


def show_document(records: Sequence[dict[str, Any]]) -> None:
    """One document: its header, its warnings, its findings unit by unit."""
    document, findings = records[0], [record for record in records if record["record"] == "finding"]
    title(f"{document['source']}, part {document['part']}  [{document['id']}]")
    fields = [
        (name, _value(document[field]), document["confidence"].get(field)) for field, name in _HEADER.items()
    ]
    pages = document["pages"]
    rows = [(name, "" if sure is None else f"{sure:.2f}", text) for name, text, sure in fields if text]
    if pages:
        rows.append(("Trang", "", f"{pages[0]}–{pages[1]}"))
    table(("", "Độ tin cậy", ""), rows)
    for field, proposals in document.get("proposals", {}).items():
        for one in proposals:
            said = f"{one['value']} ({_source(one['source'])}, {one['confidence']:.2f})"
            line(f"? {_HEADER.get(field, field)}, đề xuất: {said}")
    for warning in document["warnings"]:
        line(f"! {warning['code']}: {warning['message']}")
    if document["duplicate_of"]:
        line(f"! Repeats document {document['duplicate_of']}")
    if not findings:
        line("No findings.")
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        by_unit.setdefault(finding["unit"]["name"], []).append(finding)
    for unit, items in by_unit.items():
        title(f"{'Tất cả đơn vị' if unit == 'all' else unit}: {len(items)}")
        table(
            ("Nhận định", "Lĩnh vực", "Loại", "Nội dung"),
            [
                (
                    _label(POLARITIES, item["polarity"]),
                    _label(AREAS, item["area"]),
                    ", ".join(_label(TYPES, code) for code in item["types"]),
                    item["text"],
                )
                for item in items
            ],
        )


def show_sources(sources: Sequence[SourceEntry]) -> None:
    """The ledger: what is stored and what failed."""
    if not sources:
        line("Nothing is stored yet.")
        return
    rows = []
    for source in sources:
        for document in source.documents or ({},):
            rows.append(
                (
                    source.status,
                    document.get("number") or "",
                    _day(document.get("date")),
                    str(document.get("findings", "")),
                    source.name + (f" ({document['part']})" if len(source.documents) > 1 else ""),
                )
            )
    table(("", "Số, ký hiệu", "Ngày", "Findings", "Source"), rows)
    for source in sources:
        if source.status == "failed":
            line(f"FAILED  {source.name}: {source.reason} {source.remedy}")


def show_areas(findings: Iterable[dict[str, Any]]) -> None:
    """Findings counted by area and polarity (for the demo)."""
    counts = Counter((finding["area"], finding["polarity"]) for finding in findings)
    areas = [*AREAS, *([None] if any(area is None for area, _ in counts) else [])]
    table(
        ("Lĩnh vực", *(label.vi for label in POLARITIES.values())),
        [
            (_label(AREAS, area) or "(chưa rõ)", *(str(counts[area, code]) for code in POLARITIES))
            for area in areas
        ],
    )


def show_scores(scores: dict[str, Any]) -> None:
    """What a training or an evaluation gave: plain values as lines, scores per label as tables."""
    for name, value in scores.items():
        if isinstance(value, dict) and "labels" in value:
            title(f"{name}: macro-F1 {value['macro_f1']:.3f}")
            rows = [(code, row) for code, row in value["labels"].items()]
            table(
                ("precision", "recall", "F1", "support", "label"),
                [
                    (
                        *(f"{row[part]:.3f}" for part in ("precision", "recall", "f1")),
                        str(row["support"]),
                        code,
                    )
                    for code, row in rows
                ],
            )
            for part in value.keys() - {"labels", "macro_f1"}:
                line(f"{part}: {value[part]}")
        elif isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            title(name)
            show_scores(value)
        else:
            line(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")


def _label(labels: Any, code: str | None) -> str:
    return "" if code is None else labels[code].vi if code in labels else code


def _labels(polarity: str | None, area: str | None, types: Sequence[str]) -> str:
    kinds = ", ".join(_label(TYPES, code) for code in types)
    return " · ".join(part for part in (_label(POLARITIES, polarity), _label(AREAS, area), kinds) if part)


def _source(source: str) -> str:
    """Where a proposal comes from, in Vietnamese."""
    named = {
        "file name": "tên tệp",
        "digital signature": "chữ ký số",
        "handwriting": "chữ viết tay",
        "text layer": "lớp văn bản của máy quét",
    }
    return named.get(source, source.replace("cited by", "được viện dẫn trong", 1))


def _day(date: str | None) -> str:
    return "/".join(reversed(date.split("-"))) if date else ""


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("label") or value.get("name") or "")
    return "" if value is None else str(value)
