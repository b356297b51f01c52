"""Hits, chains and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from annotations.printing import console, escaped, line, marked_text, on_terminal, table, title
from corpora.chains.records import Chain
from corpora.search import Hit
from pipelines.printing.common import label, labels_said, name_said, page_said, place_said, quoted
from pipelines.printing.units import about


def show_hits(hits: Sequence[Hit]) -> None:
    """Hits of a search, best first: where, about whom, what."""
    if not hits:
        line("Không tìm thấy.")
        return
    for place, hit in enumerate(hits, 1):
        where = place_said(hit.number or hit.source, hit.date, hit.page)
        if hit.unit:
            where.append(name_said(hit.unit["name"]))
        labels = labels_said(hit.polarity, hit.area, hit.types)
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
        line("Không có tồn tại nào lặp lại.")
        return
    for chain in chains:
        years = ", ".join(map(str, chain.years))
        title(f"{chain.unit}: {label(AREAS, chain.area)}, {label(TYPES, chain.type).lower()} ({years})")
        line(about(chain))
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
                    page_said(item),
                    item.unit,
                    item.text,
                )
                for item in chain.occurrences
            ],
        )
        if chain.state == "remedied" and chain.remedies:
            line(f"Nói đã khắc phục: {quoted(chain.remedies[-1])}")


def show_areas(findings: Iterable[dict[str, Any]]) -> None:
    """Findings counted by area and polarity (for the demo)."""
    counts = Counter((finding["area"], finding["polarity"]) for finding in findings)
    areas = [*AREAS, *([None] if any(area is None for area, _ in counts) else [])]
    table(
        ("Lĩnh vực", *(label.vi for label in POLARITIES.values())),
        [
            (label(AREAS, area) or "(chưa rõ)", *(str(counts[area, code]) for code in POLARITIES))
            for area in areas
        ],
    )
