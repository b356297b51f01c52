"""What is stored comes back; what is replaced or forgotten is gone; the ledger never flatters."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from invented import document

from corpora.dataset import Dataset
from corpora.ledger import Incoming
from extract.document import Document
from extract.errors import UsageError, WorkspaceProblem
from extract.pages import Caution

LATE = ("Xã Khe Mận", "deficiency", "steering", "late", "Báo cáo quý gửi chậm 12 ngày, đạt 40,5% kế hoạch.")
OLD = ("Xã Bãi Sậy", "deficiency", "digital", "low_usage", "Ít dùng chữ ký số theo 739/QĐ-UBND.")

Put = Callable[..., str]


def report(*lines: object, **more: object) -> Document:
    return document("BÁO CÁO", *(lines or (LATE, OLD)), number="12/BC-ĐKT", date="2022-03-04", **more)  # type: ignore[arg-type]


def test_records_come_back_exactly_in_order_of_name_part_and_place(dataset: Dataset, put: Put) -> None:
    later, letter = (
        report(name="b/thu.md", pages=2),
        document("Kính gửi: các xã", name="a.md", content="x", part=2),
    )
    first = document("Công văn", name="a.md", content="x", number="1/UBND-NV")
    put(later)
    put(first, letter)
    expected = [record for made in (first, letter, later) for record in made.to_records()]
    assert list(dataset.records()) == expected
    assert list(dataset.records("12/bc-dkt")) == list(later.to_records())
    assert [record["part"] for record in dataset.records("a.md")] == [1, 2]


def test_the_same_file_again_changes_nothing(dataset: Dataset, put: Put) -> None:
    assert put(report()) == "stored"
    before = list(dataset.query("SELECT * FROM sources"))
    assert put(report()) == "unchanged"
    assert list(dataset.query("SELECT * FROM sources")) == before


def test_a_changed_file_replaces_its_own_records_and_no_others(dataset: Dataset, put: Put) -> None:
    put(report())
    put(report(OLD, name="khac.md"))
    assert put(report(LATE, content="new")) == "replaced"
    assert [record["text"] for record in dataset.records("bao-cao.md") if record["record"] == "finding"] == [
        LATE[-1]
    ]
    assert len(list(dataset.records("khac.md"))) == 3
    # two texts of a heading, a finding and a number that stands only in the header
    assert next(dataset.query("SELECT count(*) FROM passages_fts"))[0] == 6


def test_a_new_version_that_cannot_be_read_keeps_the_old_records(
    dataset: Dataset, put: Put, tmp_path: Path
) -> None:
    put(report())
    before = list(dataset.records())
    decision = dataset.begin(Incoming(str(tmp_path / "archive/bao-cao.md"), "bao-cao.md", "f" * 64, 3))
    dataset.fail(decision.source_id, "damaged", "The file is cut off.", "Copy it again.")
    assert list(dataset.records()) == before
    entry = dataset.sources()[0]
    assert (entry.status, entry.code, entry.kept) == ("failed", "damaged", True)
    assert "vẫn được giữ" in (entry.reason or "")
    assert put(report()) == "unchanged"  # the old version is back
    assert dataset.sources()[0].status == "ok"


def test_failure_is_written_first(dataset: Dataset, tmp_path: Path) -> None:
    dataset.begin(Incoming(str(tmp_path / "a.md"), "a.md", "a" * 64, 3))
    assert (dataset.sources()[0].status, dataset.sources()[0].code) == ("failed", "interrupted")


def test_records_that_do_not_fit_are_refused_whole(dataset: Dataset, put: Put) -> None:
    put(report())
    before = list(dataset.records())
    broken = report(LATE, content="new")
    broken.findings[0].citations.append("c-nowhere")
    with pytest.raises(ValueError, match="fit together"):
        put(broken)
    assert list(dataset.records()) == before


def test_the_ledger_tells_what_is_held_and_with_which_tools(dataset: Dataset, put: Put) -> None:
    put(report())
    entry = dataset.sources()[0]
    assert entry.versions == {"rasoat": "0"}
    assert entry.documents[0]["findings"] == 2
    assert entry.ingested_at.endswith("+00:00")


def test_pages_hold_their_words(dataset: Dataset, put: Put) -> None:
    put(report(pages=2))
    rows = list(dataset.query("SELECT number, text FROM pages ORDER BY number"))
    assert [row["number"] for row in rows] == [1, 2]
    assert rows[1]["text"] == OLD[-1]


def test_forget_takes_everything_of_a_source(dataset: Dataset, put: Put, tmp_path: Path) -> None:
    put(report(("Xã Ngàn Sim", "deficiency", "steering", "late", "Ngoắtngoéo chưa gửi báo cáo.")))
    put(report(OLD, name="khac.md"))
    gone = dataset.forget("bao-cao.md")
    assert (gone.documents, gone.findings) == (1, 1)
    assert {record["source"] for record in dataset.records() if record["record"] == "document"} == {"khac.md"}
    assert [row["name"] for row in dataset.query("SELECT name FROM units")] == ["Xã Bãi Sậy"]
    path = dataset.path
    dataset.close()
    left = b"".join(file.read_bytes() for file in path.parent.glob("rasoat.sqlite*"))
    for word in ("Ngoắtngoéo", "ngoatngoeo"):
        assert word.encode() not in left


def test_forgetting_what_is_not_there_names_near_ones(dataset: Dataset, put: Put) -> None:
    put(report(name="2022/báo-cáo-lũng-vàng.md"))
    with pytest.raises(UsageError, match=r"2022/báo-cáo-lũng-vàng\.md"):
        dataset.forget("bao-cao-lung-vang.md")


def test_a_document_that_repeated_a_forgotten_one_repeats_nothing(dataset: Dataset, put: Put) -> None:
    original = report()
    put(original)
    copy = report(OLD, name="scan.md")
    copy.duplicate_of = original.id
    copy.warnings.append(Caution("duplicate", "The same report as bao-cao.md."))
    put(copy)
    dataset.forget("bao-cao.md")
    record = next(dataset.records())
    assert (record["duplicate_of"], record["warnings"]) == (None, [])


def test_an_unknown_document_names_near_ones(dataset: Dataset, put: Put) -> None:
    put(report())
    with pytest.raises(UsageError, match="12/BC-ĐKT"):
        dataset.find_documents("13/BC-ĐKT")


def test_a_reader_is_not_stopped_by_a_writer(dataset: Dataset, put: Put) -> None:
    put(report())
    with Dataset.open(dataset.path) as reader, dataset.transaction() as connection:
        connection.execute("DELETE FROM documents WHERE 0")
        assert len(list(reader.records())) == 5


def test_a_damaged_dataset_is_a_clear_problem(dataset: Dataset, put: Put) -> None:
    put(report())
    path = dataset.path
    dataset.close()
    path.write_bytes(path.read_bytes()[:4096] + b"\x00" * 40960)
    with pytest.raises((WorkspaceProblem, sqlite3.ProgrammingError)) as caught, Dataset.open(path) as broken:
        list(broken.records())
    assert caught.type is WorkspaceProblem
