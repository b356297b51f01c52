"""The machine's records of a document, kept aside while people's answers lie over them, and put back."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from corpora import writing
from corpora.rows import encode, indexed

Record = dict[str, Any]

_ROW = "unit_id"
"""Kept with a finding: several rows of the register may have one name and code."""


def keep(
    connection: sqlite3.Connection, document_id: str, kind: str, record: Record, unit_id: int | None = None
) -> None:
    """Keep a record aside as it is now, if it is not kept already; ``unit_id`` is a finding's unit's row."""
    connection.execute(
        "INSERT OR IGNORE INTO machine_records (id, document_id, kind, record) VALUES (?, ?, ?, ?)",
        (record["id"], document_id, kind, encode(record if unit_id is None else {**record, _ROW: unit_id})),
    )


def take_back(connection: sqlite3.Connection, document_id: str) -> None:
    """Make the document what the machine made of it."""
    connection.execute("DELETE FROM findings WHERE document_id = ? AND status = 'added'", (document_id,))
    kept = connection.execute(
        "SELECT id, kind, record FROM machine_records WHERE document_id = ?", (document_id,)
    ).fetchall()
    for row in kept:
        record = json.loads(row["record"])
        if row["kind"] == "finding":
            unit_id = record.pop(_ROW, None)
            write_finding(connection, record)
            if unit_id is not None:
                place(connection, record, _row_of(connection, record["unit"], unit_id))
        else:
            write(connection, row["kind"], record)
    connection.execute("DELETE FROM machine_records WHERE document_id = ?", (document_id,))


def _row_of(connection: sqlite3.Connection, unit: Record, row: int) -> int:
    """The row that the unit had, or another one where that is gone: nobody may have named it meanwhile."""
    key = (unit["name"], unit["level"], unit["code"])
    found = connection.execute("SELECT name, level, code FROM units WHERE id = ?", (row,)).fetchone()
    return row if found is not None and tuple(found) == key else writing.unit_id(connection, *key)


def write_finding(connection: sqlite3.Connection, record: Record) -> None:
    """Write a finding that is there as its record says, its unit's row left as it is."""
    connection.execute(
        "UPDATE findings SET polarity = ?, area = ?, status = ?, record = ? WHERE id = ?",
        (record["polarity"], record["area"], record["status"], encode(record), record["id"]),
    )
    connection.execute("DELETE FROM finding_types WHERE finding_id = ?", (record["id"],))
    for code in record["types"]:
        writing.insert_only(connection, "finding_types", (record["id"], code))


def place(connection: sqlite3.Connection, record: Record, unit_id: int) -> None:
    """Lay a finding at the door of its record's unit, whose row is ``unit_id``, also for the search."""
    changed = connection.execute(
        "UPDATE findings SET unit_id = ? WHERE id = ? AND unit_id <> ?", (unit_id, record["id"], unit_id)
    )
    if changed.rowcount:
        unit = record["unit"]
        words = indexed("", "" if unit["level"] == "group" else unit["name"], set())
        connection.execute(
            "UPDATE passages_fts SET place = ?, place_folded = ? "
            "WHERE rowid IN (SELECT id FROM passages WHERE finding_id = ?)",
            (words["place"], words["place_folded"], record["id"]),
        )


def write(connection: sqlite3.Connection, kind: str, record: Record) -> None:
    """Write a measurement or a citation that is there as its record says."""
    if kind == "measurement":
        connection.execute(
            "UPDATE measurements SET finding_id = ?, unit = ?, record = ? WHERE id = ?",
            (record["finding"], record["unit"] and record["unit"]["name"], encode(record), record["id"]),
        )
    else:
        connection.execute("UPDATE citations SET record = ? WHERE id = ?", (encode(record), record["id"]))
