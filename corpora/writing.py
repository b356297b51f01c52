"""Single inserts, updates and removals in the dataset; always inside someone else's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from corpora.rows import DocumentRows, encode


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    """Insert ``row`` (column names come from the code, never from a user); its rowid is returned."""
    marks = ", ".join("?" * len(row))
    done = connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    assert done.lastrowid is not None
    return done.lastrowid


def update(connection: sqlite3.Connection, table: str, row_id: int, changes: Mapping[str, Any]) -> None:
    """Set the columns of ``changes`` in the row with this id."""
    columns = ", ".join(f"{name} = ?" for name in changes)
    connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*changes.values(), row_id))


def insert_document(connection: sqlite3.Connection, source_id: int, rows: DocumentRows) -> None:
    """Insert one document with everything that hangs on it."""
    document_id = rows.document["id"]
    insert(connection, "documents", {"source_id": source_id, **rows.document})
    for page in rows.pages:
        insert(connection, "pages", {"document_id": document_id, **page})
    units: dict[tuple[str, str, str | None, str | None], int] = {}
    for finding in rows.findings:
        columns = {
            name: value for name, value in finding.items() if name not in ("unit", "types", "citations")
        }
        unit = finding["unit"]
        if unit not in units:
            units[unit] = unit_id(connection, *unit)
        insert(connection, "findings", {"document_id": document_id, "unit_id": units[unit], **columns})
        for code in finding["types"]:
            insert_only(connection, "finding_types", (finding["id"], code))
    for measurement in rows.measurements:
        insert(connection, "measurements", {"document_id": document_id, **measurement})
    for citation in rows.citations:
        insert(connection, "citations", {"document_id": document_id, **citation})
    for finding in rows.findings:
        for citation_id in finding["citations"]:
            insert_only(connection, "finding_citations", (finding["id"], citation_id))
    for passage in rows.passages:
        place = {name: passage[name] for name in ("finding_id", "start", "stop", "page", "text")}
        index = {name: passage[name] for name in ("exact", "folded", "place", "place_folded", "symbols")}
        rowid = insert(connection, "passages", {"document_id": document_id, **place})
        insert(connection, "passages_fts", {"rowid": rowid, **index})


def insert_only(connection: sqlite3.Connection, table: str, values: tuple[Any, ...]) -> None:
    """Insert a row given by position."""
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def unit_id(
    connection: sqlite3.Connection, name: str, level: str, code: str | None, uid: str | None = None
) -> int:
    """The row of a unit, made if there is none; ``uid`` is the register's own id of it."""
    row = connection.execute(
        "SELECT id FROM units WHERE name = ? AND level = ? AND ifnull(code, '') = ? AND uid IS ?"
        if uid
        else "SELECT id FROM units WHERE name = ? AND level = ? AND ifnull(code, '') = ?",
        (name, level, code or "", uid)[: 4 if uid else 3],
    ).fetchone()
    if row is not None:
        return int(row["id"])
    if code or uid:
        connection.execute("DELETE FROM register")  # what became of the unit has to be looked up
    return insert(connection, "units", {"name": name, "level": level, "code": code, "uid": uid})


def remove_documents(connection: sqlite3.Connection, source_id: int) -> None:
    """Remove all documents of a source and what hangs on them; nothing else points at them after."""
    gone = [
        row["id"] for row in connection.execute("SELECT id FROM documents WHERE source_id = ?", (source_id,))
    ]
    if not gone:
        return
    for document_id in gone:
        # Measurements point at findings: theirs go first, the rest follows by cascade.
        connection.execute("DELETE FROM measurements WHERE document_id = ?", (document_id,))
        connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        _forget_original(connection, document_id)
    connection.execute(
        "DELETE FROM units WHERE registered = 0 "
        "AND NOT EXISTS (SELECT 1 FROM findings WHERE unit_id = units.id)"
    )


def _forget_original(connection: sqlite3.Connection, document_id: str) -> None:
    """A document that repeated a removed one repeats nothing any more."""
    copies = connection.execute(
        "SELECT id, record FROM documents WHERE duplicate_of = ?", (document_id,)
    ).fetchall()
    for copy in copies:
        record = json.loads(copy["record"])
        record["duplicate_of"] = None
        record["warnings"] = [warning for warning in record["warnings"] if warning["code"] != "duplicate"]
        connection.execute(
            "UPDATE documents SET duplicate_of = NULL, record = ? WHERE id = ?", (encode(record), copy["id"])
        )


def remove_source(connection: sqlite3.Connection, source_id: int) -> None:
    """Remove a source from the ledger with everything of it."""
    remove_documents(connection, source_id)
    connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))
