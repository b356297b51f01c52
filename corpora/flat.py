"""Records as flat rows for tables: one row per record, one column per value, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

Table = Literal["documents", "findings", "measurements", "citations"]
Kind = Literal["text", "number", "integer", "date", "label", "list", "flag"]

_UNIT: dict[str, Kind] = {
    "unit": "text",
    "unit_level": "label",
    "unit_code": "text",
    "unit_as_printed": "text",
    "unit_match": "label",
    "unit_marks": "list",
}
_PERIOD: dict[str, Kind] = {"period": "text", "period_start": "date", "period_end": "date"}
_SPAN: dict[str, Kind] = {"start": "integer", "end": "integer"}

COLUMNS: dict[Table, dict[str, Kind]] = {
    "documents": {
        "id": "text",
        "source": "text",
        "part": "integer",
        "kind": "label",
        "number": "text",
        "number_as_printed": "text",
        "date": "date",
        "place": "text",
        "issuer": "text",
        "issuer_parent": "text",
        "issuer_unit": "text",
        "subject": "text",
        "recipients": "list",
        "copies": "list",
        "signer": "text",
        "signer_title": "text",
        "authority": "text",
        **_PERIOD,
        "first_page": "integer",
        "last_page": "integer",
        "duplicate_of": "text",
        "warnings": "list",
        "engine": "text",
        "source_sha256": "text",
        "text": "text",
    },
    "findings": {
        "id": "text",
        "document": "text",
        **_UNIT,
        "polarity": "label",
        "area": "label",
        "types": "list",
        "text": "text",
        "section": "text",
        "page": "integer",
        **_SPAN,
        "measurements": "list",
        "citations": "list",
        "confidence_unit": "number",
        "confidence_polarity": "number",
        "confidence_area": "number",
        "confidence_types": "list",
        "status": "label",
        "reviewer": "text",
        "reviewed_at": "text",
    },
    "measurements": {
        "id": "text",
        "document": "text",
        "finding": "text",
        **_UNIT,
        "indicator": "text",
        "value": "number",
        "as_printed": "text",
        "numerator": "number",
        "denominator": "number",
        **_PERIOD,
        "direction": "label",
        **_SPAN,
    },
    "citations": {
        "id": "text",
        "document": "text",
        "findings": "list",
        "kind": "label",
        "number": "text",
        "as_printed": "text",
        "date": "date",
        "issuer": "text",
        "subject": "text",
        "key": "text",
        "resolved": "flag",
        "page": "integer",
        "completed": "list",
        "in_force": "flag",
        "replaced_by": "text",
        "amended_by": "list",
        "says_replaced": "flag",
        **_SPAN,
    },
}
"""Columns of each table with their kind. ``list`` columns hold lists of strings or numbers."""

_TABLES: dict[str, Table] = {
    "document": "documents",
    "finding": "findings",
    "measurement": "measurements",
    "citation": "citations",
}


def flatten(records: Iterable[dict[str, Any]]) -> dict[Table, list[dict[str, Any]]]:
    """Records of the contract as rows of the four tables; every row has every column of its table."""
    tables: dict[Table, list[dict[str, Any]]] = {table: [] for table in COLUMNS}
    for record in records:
        table = _TABLES[record["record"]]
        flat = {**record, **_spread(record)}
        tables[table].append({name: flat.get(name) for name in COLUMNS[table]})
    return tables


def _spread(record: dict[str, Any]) -> dict[str, Any]:
    """The values that stand inside other values of the record, under their column names."""
    flat: dict[str, Any] = {}
    if "unit" in record:
        unit = record["unit"] or {}
        flat.update(
            unit=unit.get("name"),
            **{f"unit_{name}": unit.get(name) for name in ("level", "code", "as_printed", "match", "marks")},
        )
    if "period" in record:
        period = record["period"] or {}
        flat.update(
            period=period.get("label"), period_start=period.get("start"), period_end=period.get("end")
        )
    if record.get("span"):
        flat.update(start=record["span"][0], end=record["span"][1])
    if record["record"] == "document":
        pages = record["pages"] or (None, None)
        unit = record["issuer_unit"] or {}
        flat.update(first_page=pages[0], last_page=pages[1], issuer_unit=unit.get("name"))
        flat.update(warnings=[warning["code"] for warning in record["warnings"]])
    if record["record"] == "citation":
        # .get: records of an earlier version have no boxes here.
        boxes = record.get("boxes")
        flat.update(page=boxes[0]["page"] if boxes else None)
    if record["record"] == "finding":
        boxes, confidence = record["boxes"], record["confidence"]
        flat.update(section=".".join(record["section"]), page=boxes[0]["page"] if boxes else None)
        flat.update({f"confidence_{name}": confidence.get(name) for name in ("unit", "polarity", "area")})
        types = confidence.get("types")
        # Either one number per type in their order, or by name: a column needs one form.
        flat.update(confidence_types=list(types.values()) if isinstance(types, dict) else types)
    return flat
