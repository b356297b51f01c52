"""Words that several answers share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from corpora.chains.records import Occurrence
from extract.dates import day


def label(labels: Any, code: str | None) -> str:
    """The Vietnamese name of a code; a code that nobody knows stays as it is."""
    return "" if code is None else labels[code].vi if code in labels else code


def name_said(unit: str) -> str:
    """The name of a unit, and words for the group of all units."""
    return "tất cả đơn vị" if unit == "all" else unit


def labels_said(polarity: str | None, area: str | None, types: Sequence[str]) -> str:
    """Polarity, area and types in one line."""
    kinds = ", ".join(label(TYPES, code) for code in types)
    return " · ".join(part for part in (label(POLARITIES, polarity), label(AREAS, area), kinds) if part)


def place_said(document: str, date: str | None, page: int | None) -> list[str]:
    """Where something stands, as far as it is known: document, day, page."""
    return [document, *([day(date)] if date else []), *([] if page is None else [f"trang {page}"])]


def page_said(one: Occurrence) -> str:
    """The page of a statement, with the copy that has it where its own file has no pages."""
    if one.page is None:
        return ""
    return f"{one.page} (bản {one.page_in})" if one.page_in else str(one.page)


def where_said(one: Occurrence, *, dated: bool = False) -> str:
    """Where a statement stands: ``07/BC-ĐKT · 05/11/2021 · trang 2``."""
    parts = place_said(one.number or one.source, one.date if dated else None, None)
    if page := page_said(one):
        parts.append(f"trang {page}")
    return " · ".join(parts)


def quoted(one: Occurrence) -> str:
    """A statement with where it stands: ``07/BC-ĐKT · 05/11/2021 · trang 2: “…”``."""
    return f"{where_said(one, dated=True)}: “{one.text.strip()}”"
