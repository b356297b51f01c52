"""What became of files: batches, scans, the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.printing import line, table
from corpora.dataset import SourceEntry
from extract.dates import day
from pipelines.digitise import Report as Digitised
from pipelines.ingest import Report


def show_report(report: Report) -> None:
    """What became of a batch: a line of counts, then every file that needs a person's eye."""
    counts = report.counts
    order = ("stored", "replaced", "unchanged", "duplicate", "skipped", "failed")
    counted = [f"{counts[result]} {result}" for result in order if counts.get(result)]
    documents = sum(outcome.documents for outcome in report.outcomes)
    findings = sum(outcome.findings for outcome in report.outcomes)
    line(f"{len(report.outcomes)} files: {', '.join(counted) or 'nothing to read'}.")
    if documents:
        line(f"Read {documents} documents with {findings} findings.")
    for outcome in report.outcomes:
        if outcome.result == "duplicate":
            line(f"duplicate  {outcome.path}: the same content as {outcome.original}")
        elif outcome.result == "skipped":
            line(
                f"skipped    {outcome.name}: {outcome.reason}"
                + (f" {outcome.remedy}" if outcome.remedy else "")
            )
        for missing in outcome.left_out:
            line(f"PARTLY     {outcome.name}: {missing}")
        if outcome.lost:
            why = "answers of reviewers found no place in the text as it is read now; they are kept"
            line(f"ANSWERS    {outcome.name}: {outcome.lost} {why} (rasoat show names them)")
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


def show_sources(sources: Sequence[SourceEntry]) -> None:
    """The ledger: what is stored and what failed."""
    if not sources:
        line("Chưa lưu văn bản nào.")
        return
    rows = []
    for source in sources:
        for document in source.documents or ({},):
            rows.append(
                (
                    "=" if document.get("duplicate_of") else source.status,
                    document.get("number") or "",
                    day(document.get("date")),
                    str(document.get("findings", "")),
                    source.name + (f" ({document['part']})" if len(source.documents) > 1 else ""),
                )
            )
    table(("", "Số, ký hiệu", "Ngày", "Nhận định", "Tệp"), rows)
    copies = sum(document["duplicate_of"] is not None for source in sources for document in source.documents)
    if copies:
        line(f"{copies} văn bản trùng với văn bản khác, chỉ tính một lần (dấu =).")
    for source in sources:
        if source.status == "failed":
            line(f"Không đọc được {source.name}: {source.reason} {source.remedy}")
