"""Opening a dataset: new, old, newer, foreign and broken files."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from corpora import migrations
from corpora.chains.build import refresh
from corpora.chains.likeness import ByLabels
from corpora.copies.mark import mark_copies
from corpora.dataset import FILE_NAME, Dataset
from corpora.recurrence import recurring
from extract.errors import WorkspaceProblem


def test_a_new_dataset_has_every_step_recorded_and_wal(tmp_path: Path) -> None:
    with Dataset.open(tmp_path / "new" / FILE_NAME, create=True) as dataset:
        taken = [row["name"] for row in dataset.query("SELECT name FROM migrations")]
        assert taken == [name for name, _ in migrations.MIGRATIONS]
        assert next(dataset.query("PRAGMA journal_mode"))[0] == "wal"
        assert next(dataset.query("PRAGMA foreign_keys"))[0] == 1
        assert next(dataset.query("PRAGMA busy_timeout"))[0] > 0


def test_a_later_step_is_taken_once_on_an_older_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / FILE_NAME
    Dataset.open(path, create=True).close()
    steps = (*migrations.MIGRATIONS, ("0002_more", ("ALTER TABLE sources ADD COLUMN note TEXT",)))
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    for _ in range(2):
        with Dataset.open(path) as dataset:
            assert [row["note"] for row in dataset.query("SELECT note FROM sources")] == []


def test_a_dataset_of_the_first_layout_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / FILE_NAME
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        with Dataset.open(path, create=True) as dataset, dataset.transaction() as connection:
            for year in (2021, 2022):
                _put_as_before(connection, year)
    with Dataset.open(path) as dataset:
        (chain,) = recurring(dataset)
        assert (chain.unit, chain.years, chain.type) == ("Xã Bãi Sậy", (2021, 2022), "late")
        assert mark_copies(dataset).compared == 2
        assert {entry.status for entry in dataset.sources()} == {"ok"}
        for year in (2021, 2022):
            dataset.forget(f"{year}.md")
        refresh(dataset, ByLabels())
        tables = [row["name"] for row in dataset.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {name for name in tables if list(dataset.query(f"SELECT 1 FROM {name} LIMIT 1"))}
    # Of what was forgotten nothing is left in any table, those of later steps too.
    index = {"passages_fts_data", "passages_fts_config"}
    assert kept <= {"migrations", "chain_likeness", "sqlite_sequence", *index}


def _put_as_before(connection: sqlite3.Connection, year: int) -> None:
    """A report with one finding as the first layout held it."""
    text = "Xã Bãi Sậy gửi báo cáo chậm."
    document = {
        "id": f"d{year}", "record": "document", "source": f"{year}.md", "text": text, "warnings": [],
        "confidence": {}, "issuer_unit": None, "kind": "báo cáo", "duplicate_of": None,
        **dict.fromkeys(("number", "date", "issuer", "signer", "subject", "period")),
    }  # fmt: skip
    rows = {
        "sources": {
            "id": year, "name": f"{year}.md", "path": f"/x/{year}.md", "sha256": f"{year}",
            "stored_sha256": f"{year}", "status": "ok", "ingested_at": "2021", "stored_at": "2021",
            "versions": "{}",
        },
        "documents": {
            "id": f"d{year}", "source_id": year, "part": 1, "kind": "báo cáo", "year": year,
            "date": f"{year}-05-05", "text": text, "record": json.dumps(document),
        },
        "findings": {
            "id": f"f{year}", "document_id": f"d{year}", "unit_id": 1, "polarity": "deficiency",
            "area": "steering", "start": 0, "stop": len(text), "section": "", "status": "machine",
            "text": text, "position": 0, "record": "{}",
        },
        "finding_types": {"finding_id": f"f{year}", "type": "late"},
    }  # fmt: skip
    connection.execute("INSERT OR IGNORE INTO units (id, name, level) VALUES (1, 'Xã Bãi Sậy', 'commune')")
    for table, row in rows.items():
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE_NAME
    Dataset.open(path, create=True).close()
    broken = ("0002_broken", ("CREATE TABLE half (id INTEGER)", "CREATE TABLE sources (id INTEGER)"))
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    with pytest.raises(WorkspaceProblem):
        Dataset.open(path)
    monkeypatch.undo()
    with Dataset.open(path) as dataset:
        assert not list(dataset.query("SELECT 1 FROM sqlite_master WHERE name = 'half'"))


def test_a_dataset_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with Dataset.open(path, create=True) as dataset, dataset.transaction() as connection:
        connection.execute("INSERT INTO migrations VALUES ('0099_from_the_future', 'now')")
    with pytest.raises(WorkspaceProblem, match="newer version"):
        Dataset.open(path)


def test_a_missing_dataset_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceProblem, match="rasoat ingest"):
        Dataset.open(tmp_path / FILE_NAME)


def test_a_file_that_is_no_sqlite_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text("Báo cáo " * 200, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(WorkspaceProblem, match="no SQLite"):
        Dataset.open(path, create=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", ["photos (id INTEGER)", "migrations (version INTEGER)"])
def test_another_programs_sqlite_file_is_refused(tmp_path: Path, table: str) -> None:
    path = tmp_path / FILE_NAME
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE {table}")
    connection.commit()
    connection.close()
    with pytest.raises(WorkspaceProblem, match="another program"):
        Dataset.open(path, create=True)


def test_a_folder_in_the_datasets_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceProblem, match="folder"):
        Dataset.open(tmp_path, create=True)
