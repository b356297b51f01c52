"""The dataset: one SQLite file that holds all records, the ledger of files and the search index.

SQL stands only in this folder. Questions with a life of their own have their own files
(``search``, ``recurrence``, ``frames``) and go through :meth:`Dataset.query`.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unicodedata import normalize

from annotations import corrections
from annotations.corrections import Correction, Log, read_log
from corpora import ledger, reviewed, with_register, writing
from corpora.fold import fold
from corpora.ledger import Decision, Incoming, Stored, path_text
from corpora.migrations import migrate
from corpora.problems import problem_of
from corpora.reviewed import Merged
from corpora.rows import DocumentRows, prepare
from corpora.symbols import compact
from extract.document import Document
from extract.errors import UsageError, WorkspaceProblem
from extract.units.register import Register, Succession, Unit

FILE_NAME = "rasoat.sqlite"
"""The dataset's name in a workspace folder."""

_APPLICATION = 0x7261736F  # "raso": lets file(1) and other tools tell what the file is


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A line of the ledger. ``kept`` says that a failed file still has records of an earlier version."""

    name: str
    path: str
    sha256: str | None
    size: int | None
    status: str
    code: str | None
    reason: str | None
    remedy: str | None
    ingested_at: str
    versions: Mapping[str, str]
    pages: int | None
    kept: bool
    documents: tuple[Mapping[str, Any], ...]

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What :meth:`Dataset.forget` took away; ``answers`` are those of reviewers, ``sheets`` their files."""

    source: str
    documents: int
    findings: int
    answers: int = 0
    sheets: int = 0


class Dataset:
    """An open dataset. Use as a context manager, or call :meth:`close`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, writable: bool = True) -> None:
        self._connection = connection
        self.path = path
        self.writable = writable
        self._log: tuple[tuple[int, int] | None, Log] | None = None

    @classmethod
    def open(cls, path: Path, create: bool = False) -> Self:
        """Open the dataset at ``path``, bringing its tables up to date.

        :class:`WorkspaceProblem` if there is none (unless ``create``), if it is no SQLite file, of
        another program, or made by a newer rasoat.
        """
        if not path.exists():
            if not create:
                raise WorkspaceProblem(f"There is no dataset at {path}. Make one: rasoat ingest PATH")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise WorkspaceProblem(
                    f"The workspace {path.parent} cannot be made: {error.strerror}."
                ) from error
        elif not path.is_file():
            raise WorkspaceProblem(f"{path} is a folder, not a dataset. Choose another workspace folder.")
        connection = None
        try:
            if not create and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
                return cls(_read_only(path), path, writable=False)
            connection = sqlite3.connect(path, isolation_level=None, timeout=30)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves no bytes behind
            taken = migrate(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            if taken:
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        except (sqlite3.Error, WorkspaceProblem) as error:
            if connection is not None:
                connection.close()
            if isinstance(error, WorkspaceProblem):
                raise
            raise problem_of(path, error) from error
        return cls(connection, path)

    def close(self) -> None:
        """Close the file; the dataset cannot be used after."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; one writer at a time, others wait."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise problem_of(self.path, error) from error

    @property
    def aside(self) -> sqlite3.Connection:
        """For temporary tables, which a dataset that cannot be written may have too."""
        return self._connection

    def query(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[sqlite3.Row]:
        """Run a question written under ``corpora/``; rows by column name."""
        try:
            # No `yield from`: an abandoned question would close its cursor after the file is closed.
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row
        except sqlite3.DatabaseError as error:
            raise problem_of(self.path, error) from error

    # --- writing ------------------------------------------------------------------

    def begin(self, file: Incoming, again: bool = False) -> Decision:
        """What is to be done with ``file``; one to be processed is "not finished" in the ledger from now on.

        ``again`` processes it even if its content is stored already.
        """
        with self.transaction() as connection:
            return ledger.begin(connection, file, again)

    def store(
        self,
        source_id: int,
        documents: Iterable[Document | DocumentRows],
        versions: Mapping[str, str] | None = None,
        pages: int | None = None,
    ) -> Stored:
        """Replace what the source holds by ``documents``, in one transaction.

        :class:`ValueError` if they do not fit together (an id given twice, or named and not there).
        """
        rows = [prepare(item) if isinstance(item, Document) else item for item in documents]
        try:
            with self.transaction() as connection:
                stored = ledger.store(connection, source_id, rows, versions or {}, pages)
                merged = reviewed.merge_source(connection, source_id, self.log())
                return replace(stored, lost=sum(len(one.lost) for one in merged))
        except sqlite3.IntegrityError as error:
            raise ValueError(f"Records do not fit together: {error}.") from error

    def cautions(self, source_id: int) -> list[str] | None:
        """What was said of a file when it was read before with the same content; ``None`` if it was not."""
        with self.transaction() as connection:
            return ledger.cautions(connection, source_id)

    def fail(self, source_id: int, code: str, reason: str, remedy: str) -> str:
        """Write why a file could not be used, and return the reason as written; what it held before stays."""
        with self.transaction() as connection:
            return ledger.fail(connection, source_id, code, reason, remedy)

    @property
    def corrections(self) -> Path:
        """The file of people's answers, beside the dataset."""
        return self.path.parent / corrections.FILE_NAME

    def log(self) -> Log:
        """People's answers, as they stand on the disk."""
        place = self.corrections
        stamp = (place.stat().st_mtime_ns, place.stat().st_size) if place.exists() else None
        if self._log is None or self._log[0] != stamp:
            self._log = (stamp, read_log(place))
        return self._log[1]

    def answer(self, given: Sequence[Correction], documents: Iterable[str]) -> dict[str, Merged]:
        """Keep answers of people and show them; ``documents`` are the ids that they are about.

        The answers are on the disk before the dataset shows them, so none is lost on the way.
        """
        corrections.append(self.corrections, given)
        log = self.log()
        with self.transaction() as connection:
            return {one: reviewed.merge(connection, one, log) for one in dict.fromkeys(documents)}

    def keep_units(self, units: Iterable[Unit], successions: Iterable[Succession] | None = None) -> None:
        """Make ``units`` the register that questions about mergers use, with how they went on."""
        with_register.keep(self, list(units), successions)

    def settle_units(self, register: Register, version: str) -> None:
        """Keep of ``register`` what the documents name, with all that went into it or came out of it.

        ``version`` is remembered: :meth:`units_settled` is then true until a document names another unit.
        """
        with_register.settle(self, register, version)

    def units_settled(self, version: str) -> bool:
        """Whether the units held are those of this version of the register, none of them left to look up."""
        return [row["version"] for row in self.query("SELECT version FROM register")] == [version]

    def contents(self) -> set[str]:
        """The hashes of all files whose records are held."""
        rows = self.query("SELECT stored_sha256 FROM sources WHERE stored_sha256 IS NOT NULL")
        return {row["stored_sha256"] for row in rows}

    def forget(self, source: str) -> Forgotten:
        """Remove a source (its name, or its absolute path) and everything of it.

        :class:`UsageError` naming near ones if there is none.
        """
        asked = _source_name(source)
        with self.transaction() as connection:
            row = connection.execute(
                "SELECT id, name FROM sources WHERE name = ? OR path = ? ORDER BY name <> ?",
                (asked, _path_of(source), asked),
            ).fetchone()
            if row is None:
                names = [
                    found["name"] for found in connection.execute("SELECT name FROM sources ORDER BY name")
                ]
                raise UsageError(f"There is no source '{source}'.{_near(asked, names)}")
            count = connection.execute(
                """SELECT count(DISTINCT d.id) AS documents, count(f.id) AS findings
                FROM documents d LEFT JOIN findings f ON f.document_id = d.id WHERE d.source_id = ?""",
                (row["id"],),
            ).fetchone()
            writing.remove_source(connection, row["id"])
            connection.execute("DELETE FROM register")  # kin of units that nobody names any more
            # The index only marks words as deleted; rewriting it takes them out of the file.
            connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        answers = corrections.forget(self.corrections, row["name"])
        return Forgotten(row["name"], count["documents"], count["findings"], answers)

    # --- asking -------------------------------------------------------------------

    def sources(self) -> list[SourceEntry]:
        """The ledger, by name, with what each source holds."""
        held: dict[int, list[dict[str, Any]]] = {}
        for row in self.query(
            """SELECT source_id, id, part, kind, number, date, subject, first_page, last_page, duplicate_of,
            (SELECT count(*) FROM findings f WHERE f.document_id = documents.id
             AND f.status <> 'rejected') AS findings,
            (SELECT count(*) FROM findings f WHERE f.document_id = documents.id AND f.polarity = 'deficiency'
             AND f.status <> 'rejected') AS deficiencies
            FROM documents ORDER BY source_id, part"""
        ):
            document = dict(row)
            held.setdefault(document.pop("source_id"), []).append(document)
        return [
            SourceEntry(
                **{name: row[name] for name in SourceEntry.__dataclass_fields__ if name in row},
                kept=row["status"] == "failed" and row["stored_sha256"] is not None,
                documents=tuple(held.get(row["id"], ())),
            )
            for row in map(_with_versions, self.query("SELECT * FROM sources ORDER BY name"))
        ]

    def find_documents(self, reference: str) -> list[str]:
        """Ids of the documents meant by an id, a number (case, marks and blanks do not count) or a source.

        :class:`UsageError` naming near ones if there is none.
        """
        wanted, name = compact(reference), _source_name(reference)
        rows = list(
            self.query(
                """SELECT d.id, d.number, d.number_as_printed, s.name, s.path
                FROM documents d JOIN sources s ON s.id = d.source_id ORDER BY s.name, d.part"""
            )
        )
        ways = (
            [row["id"] for row in rows if row["id"] == reference],
            [row["id"] for row in rows if row["name"] == name or row["path"] == _path_of(reference)],
            [
                row["id"]
                for row in rows
                if wanted and wanted in {compact(row[2] or ""), compact(row[1] or "")}
            ],
        )
        if found := next((ids for ids in ways if ids), None):
            return found
        known = dict.fromkeys(
            value for row in rows for value in (row["number"], row["name"], row["id"]) if value
        )
        raise UsageError(f"There is no document '{reference}'.{_near(reference, list(known))}")

    def records(self, document: str | None = None) -> Iterator[dict[str, Any]]:
        """All records as they were stored: by source name, part, kind of record, place in the text.

        ``document`` (id, number or source) limits them; :class:`UsageError` if it is unknown.
        """
        every = "SELECT d.id FROM documents d JOIN sources s ON s.id = d.source_id ORDER BY s.name, d.part"
        ids = [row["id"] for row in self.query(every)] if document is None else self.find_documents(document)
        for document_id in ids:
            # One statement for the whole document: a writer at work cannot change half of it.
            for row in self.query(_DOCUMENT_RECORDS, {"id": document_id}):
                yield json.loads(row["record"])


_DOCUMENT_RECORDS = """
    SELECT record FROM (
        SELECT 0 AS rank, 0 AS start, 0 AS stop, 0 AS position, record FROM documents WHERE id = :id
        UNION ALL SELECT 1, start, stop, position, record FROM findings WHERE document_id = :id
        UNION ALL SELECT 2, start, stop, position, record FROM measurements WHERE document_id = :id
        UNION ALL SELECT 3, start, stop, position, record FROM citations WHERE document_id = :id
    ) ORDER BY rank, start, stop, position
"""


def _source_name(reference: str) -> str:
    return normalize("NFC", reference).replace("\\", "/").removeprefix("./")


def _path_of(reference: str) -> str:
    try:
        return path_text(Path(reference).resolve())
    except (OSError, ValueError):
        return reference


def _with_versions(row: sqlite3.Row) -> dict[str, Any]:
    return {**dict(row), "versions": json.loads(row["versions"] or "{}")}


def _near(asked: str, names: list[str]) -> str:
    """A sentence naming what may have been meant, or nothing."""
    folded = {fold(name): name for name in names}
    close = [folded[found] for found in get_close_matches(fold(asked), folded, n=3, cutoff=0.5)]
    holding = [name for name in names if fold(asked) in fold(name) and name not in close][:3]
    meant = [*close, *holding][:3]
    return f" Did you mean: {', '.join(meant)}?" if meant else ""


def _read_only(path: Path) -> sqlite3.Connection:
    """A dataset on a medium that cannot be written: nobody else writes it either, so no locks are needed."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    connection.execute("SELECT count(*) FROM sqlite_master")
    return connection
