"""The dataset's table layout, as named steps that are taken once, in order.

A step that was published is never edited: a change is a new step at the end of
:data:`MIGRATIONS`, in a file of its own. Each runs in a transaction of its own together with
the line that records it, so a dataset is always at the end of some step, never inside one.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from corpora.migrations.alike import ALIKE
from corpora.migrations.chains import CHAINS
from corpora.migrations.checked import CHECKED
from corpora.migrations.cited import CITED
from corpora.migrations.first_tables import FIRST_TABLES
from corpora.migrations.reviewed import REVIEWED
from corpora.migrations.standing import STANDING
from corpora.migrations.units_through_time import UNITS_THROUGH_TIME
from extract.citations.across import own_key
from extract.errors import WorkspaceProblem

MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("0001_first_tables", FIRST_TABLES),
    ("0002_units_through_time", UNITS_THROUGH_TIME),
    ("0003_reviewed", REVIEWED),
    ("0010_chains", CHAINS),
    ("0020_alike", ALIKE),
    ("0030_cited", CITED),
    ("0031_checked", CHECKED),
    ("0032_standing", STANDING),
)
"""Steps as (name, statements), oldest first."""


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Take the steps that the dataset has not taken yet; their names are returned.

    :class:`WorkspaceProblem` if the file belongs to a newer rasoat or to another program.
    """
    known = [name for name, _ in MIGRATIONS]
    if _taken(connection) == known:
        return []
    # What a step has to know of a record's grammar stands in the code, not in its SQL.
    connection.create_function("own_key", 5, own_key, deterministic=True)
    done = []
    for name, statements in MIGRATIONS:
        # Another process may be doing the same: look again under the write lock.
        connection.execute("BEGIN IMMEDIATE")
        try:
            if name not in _taken(connection):
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)"
                )
                for statement in statements:
                    connection.execute(statement)
                now = datetime.now(UTC).isoformat(timespec="seconds")
                connection.execute("INSERT INTO migrations VALUES (?, ?)", (name, now))
                done.append(name)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return done


def _taken(connection: sqlite3.Connection) -> list[str]:
    """The steps already recorded, in order, checked to be a beginning of what this version knows."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "migrations" not in tables:
        if tables:
            raise WorkspaceProblem(
                "The file rasoat.sqlite belongs to another program. Choose another workspace folder."
            )
        return []
    columns = {row[1] for row in connection.execute("PRAGMA table_info(migrations)")}
    if not {"name", "applied_at"} <= columns:
        raise WorkspaceProblem(
            "The file rasoat.sqlite belongs to another program. Choose another workspace folder."
        )
    taken = [row[0] for row in connection.execute("SELECT name FROM migrations ORDER BY name")]
    unknown = [name for name in taken if name not in {known for known, _ in MIGRATIONS}]
    if unknown:
        raise WorkspaceProblem(
            f"The dataset was made by a newer version of rasoat (it knows '{unknown[0]}'). "
            "Upgrade rasoat, or choose another workspace folder."
        )
    return taken
