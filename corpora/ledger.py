"""Which file is which: the same, changed, moved, a copy, or another one of the same name.

The principle: **failure is written first, success last.** Before a file is read its line says
that the run ended early; only the transaction that stores its records turns the line to ``ok``.
Whatever happens in between, the ledger is never better than the truth.

Functions here run inside a transaction of :class:`corpora.dataset.Dataset`.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Literal
from unicodedata import normalize

from corpora import writing
from corpora.rows import DocumentRows
from extract.dates import day


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as found: absolute path, name relative to the ingested root, content.

    ``sha256`` and ``size`` are ``None`` where the file could not even be opened.
    """

    path: str
    name: str
    sha256: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a file. ``name`` is the one it is stored under.

    ``duplicate``: its content is stored already as ``original``.
    """

    action: Literal["process", "unchanged", "duplicate"]
    name: str
    source_id: int
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of storing: ``duplicate`` if another file with this content was stored meanwhile.

    ``lost`` are answers of reviewers that found no place in the text as it is read now.
    """

    outcome: Literal["stored", "replaced", "duplicate"]
    original: str | None = None
    lost: int = 0


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content; :class:`OSError` if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def path_text(path: PurePath) -> str:
    """A path as the ledger keeps it: names that are no UTF-8 are escaped: SQLite has no bytes in text."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def clean_name(name: PurePath) -> str:
    """A relative path as a source's name: forward slashes, NFC."""
    return normalize("NFC", path_text(PurePath(name.as_posix())))


def now() -> str:
    """The time for ledger lines: UTC, ISO, seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def begin(connection: sqlite3.Connection, file: Incoming, again: bool = False) -> Decision:
    """Decide about ``file`` and, if it is to be processed, write its line as not finished."""
    own = connection.execute("SELECT * FROM sources WHERE path = ?", (file.path,)).fetchone()
    if own is not None and file.sha256 is not None and own["stored_sha256"] == file.sha256 and not again:
        _confirm(connection, own, file)
        return Decision("unchanged", own["name"], own["id"])
    twin = _twin(connection, file, own)
    if twin is not None and _holds(twin["path"], file.sha256):
        if own is not None:
            writing.remove_source(connection, own["id"])
        return Decision("duplicate", twin["name"], twin["id"], twin["name"])
    if own is None:
        own = connection.execute("SELECT * FROM sources WHERE name = ?", (file.name,)).fetchone()
        if own is not None and _exists(own["path"]):
            own = None
        elif (
            own is not None and file.sha256 is not None and own["stored_sha256"] == file.sha256 and not again
        ):
            # The archive was moved: same name, same content, the old place is gone.
            _confirm(connection, own, file)
            return Decision("unchanged", own["name"], own["id"])
    kept = own["stored_at"] if own is not None and own["stored_sha256"] else None
    line = {
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "status": "failed",
        "code": "interrupted",
        "reason": _with_kept("Lần nạp trước dừng khi chưa đọc xong tệp này.", kept),
        "remedy": "Cần nạp lại tệp.",
        "ingested_at": now(),
    }
    if own is not None:
        writing.update(connection, "sources", own["id"], line)
        return Decision("process", own["name"], own["id"])
    name = _free_name(connection, file)
    return Decision("process", name, writing.insert(connection, "sources", {"name": name, **line}))


def store(
    connection: sqlite3.Connection,
    source_id: int,
    documents: Sequence[DocumentRows],
    versions: Mapping[str, str],
    pages: int | None,
) -> Stored:
    """Put ``documents`` in the place of what the source held before, and say ``ok``."""
    own = connection.execute("SELECT * FROM sources WHERE id = ?", (source_id,)).fetchone()
    file = Incoming(own["path"], own["name"], own["sha256"], own["size"])
    twin = _twin(connection, file, own)
    if twin is not None:
        if _holds(twin["path"], own["sha256"]):
            writing.remove_source(connection, source_id)
            return Stored("duplicate", twin["name"])
        _give_up(connection, twin)
    writing.remove_documents(connection, source_id)
    for rows in documents:
        writing.insert_document(connection, source_id, rows)
    writing.update(
        connection,
        "sources",
        source_id,
        {
            "stored_sha256": own["sha256"],
            "status": "ok",
            "code": None,
            "reason": None,
            "remedy": None,
            "ingested_at": now(),
            "stored_at": now(),
            "versions": json.dumps(dict(versions), ensure_ascii=False),
            "pages": pages,
        },
    )
    return Stored("replaced" if own["stored_sha256"] else "stored")


def cautions(connection: sqlite3.Connection, source_id: int) -> list[str] | None:
    """The messages of the warnings on what a source holds of its present content; ``None`` for nothing."""
    rows = connection.execute(
        """SELECT d.record FROM documents d JOIN sources s ON s.id = d.source_id
        WHERE s.id = ? AND s.stored_sha256 = s.sha256""",
        (source_id,),
    ).fetchall()
    records = [json.loads(row["record"]) for row in rows]
    return [warning["message"] for record in records for warning in record["warnings"]] if rows else None


def fail(connection: sqlite3.Connection, source_id: int, code: str, reason: str, remedy: str) -> str:
    """Write why the file could not be used; what it held before stays. The reason as written is returned."""
    own = connection.execute("SELECT * FROM sources WHERE id = ?", (source_id,)).fetchone()
    reason = _with_kept(reason, own["stored_at"] if own["stored_sha256"] else None)
    line = {"status": "failed", "code": code, "reason": reason, "remedy": remedy, "ingested_at": now()}
    writing.update(connection, "sources", source_id, line)
    return reason


def _with_kept(reason: str, stored_at: str | None) -> str:
    if not stored_at:
        return reason
    return f"{reason} Dữ liệu đã đọc từ bản trước (ngày {day(stored_at[:10])}) vẫn được giữ."


def _confirm(connection: sqlite3.Connection, own: sqlite3.Row, file: Incoming) -> None:
    """The stored content is what the file holds: put the line right if it said otherwise."""
    if own["status"] == "ok" and own["path"] == file.path:
        return
    line = {"path": file.path, "sha256": file.sha256, "size": file.size, "status": "ok"}
    writing.update(connection, "sources", own["id"], {**line, "code": None, "reason": None, "remedy": None})


def _twin(connection: sqlite3.Connection, file: Incoming, own: sqlite3.Row | None) -> sqlite3.Row | None:
    """Another source whose stored records came from the same content."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM sources WHERE stored_sha256 = ? AND id <> ? ORDER BY name LIMIT 1",
        (file.sha256, own["id"] if own is not None else -1),
    ).fetchone()
    return row


def _give_up(connection: sqlite3.Connection, twin: sqlite3.Row) -> None:
    """Take the records from a source whose file has moved on: the content now lives elsewhere."""
    writing.remove_documents(connection, twin["id"])
    if not _exists(twin["path"]):
        writing.remove_source(connection, twin["id"])
        return
    line = {
        "stored_sha256": None,
        "stored_at": None,
        "status": "failed",
        "code": "changed",
        "reason": "Tệp đã thay đổi; nội dung cũ nay nằm ở tệp khác.",
        "remedy": "Cần nạp lại tệp.",
    }
    writing.update(connection, "sources", twin["id"], line)


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:
        return True


def _holds(path: str, sha256: str | None) -> bool:
    try:
        return sha256_of(Path(path)) == sha256
    except OSError:
        return False


def _free_name(connection: sqlite3.Connection, file: Incoming) -> str:
    """The file's name, with as many folders above it in front as it takes to tell it from others."""
    parents = [part for part in PurePath(file.path).parts[:-1] if part != PurePath(file.path).anchor]
    above = len(parents) + 1 - len(PurePath(file.name).parts)
    names = [file.name]
    for count in range(1, max(above, 0) + 1):
        names.append(normalize("NFC", "/".join([*parents[above - count : above], file.name])))
    names.extend(f"{names[-1]}~{number}" for number in range(2, 1000))
    for name in names:
        if connection.execute("SELECT 1 FROM sources WHERE name = ?", (name,)).fetchone() is None:
            return name
    raise AssertionError("no free name among a thousand")
