"""One report twice: noticed by number, date, issuer and text, and which of the two is the original.

:func:`mark_copies` runs at the end of a batch and after a source was forgotten. It compares the documents
that were not compared yet with those that share their number or parts of their text
(:mod:`corpora.copies.texts`), keeps what it found in the table ``alike`` and then decides anew who repeats
whom. The decision rests on the pairs and on the documents alone, so that the order of ingestion does not
matter.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpora.copies.judge import Paper, judge, number_key, paper
from corpora.copies.texts import Imprint, compare, imprint
from corpora.dataset import Dataset
from corpora.rows import encode

_COMMON = 300
"""A hash that more documents share is that of a form everyone fills in; it proposes nobody."""
_SHARED = 2
"""So many hashes must be shared before two texts are compared."""
_PART = 200
"""So many documents are compared in one transaction: other programs wait no longer than that."""
_HELD = 512
"""So many texts are kept with their imprints while pairs are compared."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was done: documents compared, pairs looked at, documents that repeat another one."""

    compared: int
    pairs: int
    duplicates: int


def mark_copies(dataset: Dataset) -> Marked:
    """Compare what is new, and mark every document that repeats another one.

    Comparing is done in parts, each kept when it is done: interrupted, the next run goes on there.
    """
    with dataset.transaction() as connection:
        held = _Held(connection)
        fresh = _fresh(connection)
    compared = pairs = 0
    for part in (fresh[at : at + _PART] for at in range(0, len(fresh), _PART)):
        with dataset.transaction() as connection:
            # Another program may have taken one away meanwhile, or compared it.
            still = set(_fresh(connection, part))
            documents = [document for document in part if document in still]
            for document in documents:
                _remember(connection, held[document])
            for document in documents:
                own = held[document]
                for other in _candidates(connection, document, own):
                    pairs += 1
                    _compare(connection, own, held[other])
            compared += len(documents)
    with dataset.transaction() as connection:
        return Marked(compared, pairs, _decide(connection))


def _fresh(connection: sqlite3.Connection, among: list[str] | None = None) -> list[str]:
    """The documents that were not compared yet."""
    limited = "" if among is None else "AND d.id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(
        f"""SELECT d.id FROM documents d WHERE
        NOT EXISTS (SELECT 1 FROM imprints i WHERE i.document_id = d.id) {limited} ORDER BY d.id""",
        () if among is None else (json.dumps(among),),
    )
    return [row["id"] for row in rows]


class _Held(dict[str, tuple[Paper, Imprint]]):
    """Documents with their imprints, read when first asked for; the oldest go when there are many."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __missing__(self, document: str) -> tuple[Paper, Imprint]:
        row = self._connection.execute(
            """SELECT d.text, d.record, s.name FROM documents d JOIN sources s ON s.id = d.source_id
            WHERE d.id = ?""",
            (document,),
        ).fetchone()
        if len(self) >= _HELD:
            del self[next(iter(self))]
        self[document] = found = paper(json.loads(row["record"]), row["name"]), imprint(row["text"])
        return found


def _remember(connection: sqlite3.Connection, own: tuple[Paper, Imprint]) -> None:
    document, marks = own
    row = connection.execute(
        "INSERT INTO imprints (document_id, number, date, standing) VALUES (?, ?, ?, ?)",
        (document.id, number_key(document.number), document.date, _standing(document)),
    )
    connection.executemany(
        "INSERT INTO sketch_hashes VALUES (?, ?)", ((value, row.lastrowid) for value in marks.sketch)
    )


_BY_TEXT = f"""
    SELECT i.document_id, i.number, i.date FROM sketch_hashes h JOIN imprints i ON i.id = h.imprint_id
    WHERE h.hash = ? LIMIT {_COMMON + 1}
"""
_BY_NUMBER = """
    SELECT i.document_id, i.date, d.issuer_unit FROM imprints i JOIN documents d ON d.id = i.document_id
    WHERE i.number = ? AND (i.date IS NULL OR ? IS NULL OR substr(i.date, 1, 4) = substr(?, 1, 4))
"""


def _candidates(connection: sqlite3.Connection, document: str, own: tuple[Paper, Imprint]) -> Iterable[str]:
    """Documents worth comparing with this one: with parts of its text, or of its number, year and office.

    What :func:`judge` would pass over for its head alone is not proposed: the many fillings of one form.
    """
    number, date = number_key(own[0].number), own[0].date
    shared: Counter[str] = Counter()
    for value in own[1].sketch:
        rows = connection.execute(_BY_TEXT, (value,)).fetchall()
        if len(rows) <= _COMMON:
            shared.update(
                row[0]
                for row in rows
                if not (number and date and row[1] and row[2] and number != row[1] and date != row[2])
            )
    found = {other for other, count in shared.items() if count >= _SHARED}
    if number is not None:
        for row in connection.execute(_BY_NUMBER, (number, date, date)):
            # Every district has its 07/BC-ĐKT: another office is proposed by its text, if at all.
            if not own[0].unit or not row["issuer_unit"] or row["issuer_unit"] == own[0].unit:
                found.add(row["document_id"])
    return sorted(found - {document})


def _compare(
    connection: sqlite3.Connection, one: tuple[Paper, Imprint], other: tuple[Paper, Imprint]
) -> None:
    first, second = sorted((one, other), key=lambda pair: pair[0].id)
    alike = compare(first[1], second[1])
    verdict = judge(first[0], second[0], alike)
    if verdict is not None:
        connection.execute(
            "INSERT OR REPLACE INTO alike VALUES (?, ?, ?, ?, ?)",
            (first[0].id, second[0].id, verdict, round(alike.text, 4), alike.differing),
        )


# --- who repeats whom -------------------------------------------------------------------------------------


def _decide(connection: sqlite3.Connection) -> int:
    """Write ``duplicate_of`` anew for all documents; how many repeat another one."""
    wanted = _originals(connection)
    rows = connection.execute(
        "SELECT id, duplicate_of, record FROM documents WHERE duplicate_of IS NOT NULL"
    ).fetchall()
    for row in rows:
        if wanted.get(row["id"]) != row["duplicate_of"]:
            _mark(connection, row["id"], row["record"], None)
    for document, original in sorted(wanted.items()):
        row = connection.execute(
            "SELECT duplicate_of, record FROM documents WHERE id = ?", (document,)
        ).fetchone()
        if row["duplicate_of"] != original:
            _mark(connection, document, row["record"], original)
    return len(wanted)


def _originals(connection: sqlite3.Connection) -> dict[str, str]:
    """Each repeating document with the one it repeats.

    The best of all alike stands first and takes those that are alike to itself; what is left goes on among
    itself. So nothing repeats a document that it is not alike to, and no original repeats another.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute("SELECT first, second FROM alike WHERE verdict = 'same'"):
        neighbours[row["first"]].add(row["second"])
        neighbours[row["second"]].add(row["first"])
    rank = {document: _rank(connection, document) for document in neighbours}
    found: dict[str, str] = {}
    originals: set[str] = set()
    for document in sorted(neighbours, key=rank.__getitem__):
        if document in found:
            continue
        originals.add(document)
        for other in neighbours[document] - originals:
            found.setdefault(other, document)
    return found


def _rank(connection: sqlite3.Connection, document: str) -> tuple[Any, ...]:
    """The smaller, the better a document stands for all that say the same.

    Issued before draft; then what people have answered most of, for their work shall count; typed, complete,
    first.
    """
    row = connection.execute(
        """SELECT i.standing, d.part, s.name FROM imprints i JOIN documents d ON d.id = i.document_id
        JOIN sources s ON s.id = d.source_id WHERE d.id = ?""",
        (document,),
    ).fetchone()
    standing = row["standing"]
    if standing is None:
        (record,) = connection.execute("SELECT record FROM documents WHERE id = ?", (document,)).fetchone()
        standing = _standing(paper(json.loads(record), row["name"]))
        connection.execute("UPDATE imprints SET standing = ? WHERE document_id = ?", (standing, document))
    (answers,) = connection.execute(
        "SELECT count(DISTINCT start) FROM findings WHERE document_id = ? AND status <> 'machine'",
        (document,),
    ).fetchone()
    return standing[0], -answers, standing[1:], row["name"], row["part"], document


def _standing(own: Paper) -> str:
    """Issued before draft, typed before scanned, complete before open: in the order of letters."""
    return f"{own.draft:d}{own.scanned:d}{own.open_fields:d}"


def _mark(connection: sqlite3.Connection, document: str, record_text: str, original: str | None) -> None:
    record = json.loads(record_text)
    record["duplicate_of"] = original
    record["warnings"] = [warning for warning in record["warnings"] if warning["code"] != "duplicate"]
    if original is not None:
        row = connection.execute(
            """SELECT d.number, d.date, s.name FROM documents d JOIN sources s ON s.id = d.source_id
            WHERE d.id = ?""",
            (original,),
        ).fetchone()
        called = f" số {row['number']}" if row["number"] else ""
        message = f"Trùng với văn bản{called} trong {row['name']}; chỉ tính một lần."
        record["warnings"].append({"code": "duplicate", "message": message})
    connection.execute(
        "UPDATE documents SET duplicate_of = ?, record = ? WHERE id = ?", (original, encode(record), document)
    )
