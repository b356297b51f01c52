"""What is noted of each document once, so that a question compares notes instead of reading documents.

Triggers (``corpora/migrations/checked.py``) take away the notes of a document that changed or went;
:func:`refresh` makes those that are missing. A note rests on its document alone: what the register or other
documents say is settled when a question is asked (:mod:`corpora.checks.noted`).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpora.checks.counts import unit_counts
from corpora.checks.deadlines import deadlines
from corpora.checks.found import Discrepancy, Place, place
from corpora.checks.letters import blamed, cites, named
from corpora.checks.praise import statements_of
from corpora.checks.rates import rates
from corpora.checks.sheets import Sheet, Span, load
from corpora.checks.unresolved import strangers, unresolved
from corpora.checks.values import values_of
from corpora.dataset import Dataset
from corpora.migrations.checked import CHECKED_TABLES

_PART = 200
"""So many documents are noted in one transaction: other programs wait no longer than that."""


def refresh(dataset: Dataset) -> int:
    """Make the notes that are missing, those of all documents if the rules changed; how many those were.

    Of a dataset that cannot be written the notes are kept beside it as long as it is open.
    """
    if not dataset.writable:
        _copy_aside(dataset)
    made = 0
    # Looked at first without a lock: mostly there is nothing to do, and a batch may be at work.
    while _outdated(dataset.query("SELECT version FROM check_rules")) or list(dataset.query(_MISSING)):
        with dataset.transaction() if dataset.writable else nullcontext(dataset.aside) as connection:
            if _outdated(connection.execute("SELECT version FROM check_rules")):
                _begin_anew(connection)
            missing = [row["id"] for row in connection.execute(_MISSING)]
            _write(dataset, connection, missing)
        made += len(missing)
    return made


def _outdated(versions: Iterable[sqlite3.Row]) -> bool:
    return [row["version"] for row in versions] != [rules()]


_MISSING = f"""
    SELECT d.id FROM documents d INDEXED BY documents_listed
    WHERE d.duplicate_of IS NULL AND NOT EXISTS (SELECT 1 FROM check_notes n WHERE n.document_id = d.id)
    LIMIT {_PART}
"""


def _begin_anew(connection: sqlite3.Connection) -> None:
    for table in ("check_notes", *_PARTS, "check_rules"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO check_rules VALUES (?)", (rules(),))


_PARTS = ("check_values", "check_statements", "check_citations", "check_letters")


def _copy_aside(dataset: Dataset) -> None:
    """Tables of this connection alone, which stand before those of the file."""
    if list(dataset.query("SELECT 1 FROM temp.sqlite_master WHERE name = 'check_notes'")):
        return
    for statement in CHECKED_TABLES:
        dataset.aside.execute(
            statement.replace("CREATE TABLE ", "CREATE TEMP TABLE ").replace(
                "CREATE INDEX ", "CREATE INDEX temp."
            )
        )
    for table in ("check_rules", "check_notes", *_PARTS):
        list(dataset.query(f"INSERT INTO temp.{table} SELECT * FROM main.{table}"))


@lru_cache(maxsize=1)
def rules() -> str:
    """The version of what notes are made by: the checks, and what they read words and names with."""
    here = Path(__file__).resolve()
    folders = (here.parent, here.parents[2] / "extract")
    files = [path for folder in folders for path in folder.iterdir() if path.suffix in (".py", ".toml")]
    files += [here.parents[1] / name for name in ("names.py", "fold.py", "copies/judge.py")]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _write(dataset: Dataset, connection: sqlite3.Connection, documents: list[str]) -> None:
    for document in documents:
        sheet = load(dataset, document)
        note = connection.execute(
            "INSERT INTO check_notes (document_id, scanned, number_place, date_place, found, strangers, "
            "statements, words, blamed, cites, named) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (document, *_note(sheet)),
        ).lastrowid
        connection.executemany(
            "INSERT INTO check_values (note_id, owner, indicator, period, figure, detail) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(note, *row) for row in _values(sheet)],
        )
        connection.executemany(
            "INSERT INTO check_statements (note_id, owner, polarity, area, aspects, period, detail) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(note, *row) for row in _statements(sheet)],
        )
        saying = connection.execute(
            "SELECT id, start, stop FROM citations WHERE document_id = ? "
            "AND (own_date IS NOT NULL OR own_issuer IS NOT NULL)",
            (document,),
        ).fetchall()
        where = ((row["id"], place(sheet, (row["start"], row["stop"]))) for row in saying)
        connection.executemany(
            "INSERT INTO check_citations VALUES (?, ?, ?, ?)",
            [(citation, note, one.page, one.words) for citation, one in where],
        )


def _note(sheet: Sheet) -> tuple[Any, ...]:
    found = [
        *rates(sheet),
        *unit_counts(sheet),
        *deadlines(sheet),
        *unresolved(sheet),
    ]
    words: Counter[str] = Counter()
    statements = 0
    for _, statement in statements_of(sheet):
        statements += 1
        words.update(statement.subject)
    blames = sorted(blamed(sheet))
    return (
        sheet.scanned,
        _head_place(sheet, sheet.spans.get("number")),
        _head_place(sheet, sheet.spans.get("date")),
        told(found),
        told(strangers(sheet)),
        statements,
        _json(dict(sorted(words.items()))),
        _json(blames) if blames else None,
        _json(cites(sheet)) if blames else None,
        _json(sorted(named(sheet))) if sheet.kind == "báo cáo" else None,
    )


def _head_place(sheet: Sheet, span: Span | None) -> str | None:
    return None if span is None else _json(_where(place(sheet, span)))


def _where(one: Place) -> list[Any]:
    """Of a place what the document's head does not say."""
    return [one.page, one.span, one.words, one.value, one.record]


def _values(sheet: Sheet) -> list[tuple[Any, ...]]:
    return [
        (
            _json(owner),
            indicator,
            None if value.period is None else " ".join(value.period),
            value.figure,
            _json(
                [
                    value.sentence,
                    sorted(value.about),
                    value.printed,
                    value.numerator,
                    value.denominator,
                    value.rough,
                    _where(value.place),
                ]
            ),
        )
        for owner, indicator, value in values_of(sheet)
    ]


def _statements(sheet: Sheet) -> list[tuple[Any, ...]]:
    return [
        (
            _json(owner),
            one.polarity,
            one.area,
            sum(1 << aspect for aspect in one.aspects),
            None if sheet.period is None else " ".join(sheet.period),
            _json([one.span, one.sentence, sorted(one.subject), sorted(one.aspects), _where(one.place)]),
        )
        for owner, one in statements_of(sheet)
    ]


def told(found: Any) -> str:
    """Results as they are kept."""
    return _json([asdict(one) for one in found])


def again(kept: str) -> list[Discrepancy]:
    """Results that were kept."""
    return [
        Discrepancy(
            **{**one, "places": tuple(Place(**{**at, "span": _span(at["span"])}) for at in one["places"])}
        )
        for one in json.loads(kept)
    ]


def _span(kept: list[int] | None) -> Span | None:
    return None if kept is None else (kept[0], kept[1])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
