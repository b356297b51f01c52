"""Batches: what is read, what is passed over, what fails, and that the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import invented
import pytest

from extract.document import Document
from extract.errors import UsageError
from pipelines.ingest import Outcome, Report, ingest
from pipelines.workspace import Workspace

Write = Callable[[str, str], Path]
FINDING = "Xã Khe Mận | deficiency | steering | late | Gửi chậm báo cáo {}."


def results(report: Report) -> dict[str, str]:
    return {outcome.name: outcome.result for outcome in report.outcomes}


def stored(workspace: Workspace) -> list[dict[str, object]]:
    with workspace.open() as dataset:
        return list(dataset.records())


def test_a_folder_is_read_in_the_order_of_names(archive: Path, write: Write, workspace: Workspace) -> None:
    for name in ("b.md", "năm 2021/a.md", "a.txt"):
        write(name, FINDING.format(name))
    report = ingest([archive], workspace, workers=1)
    assert list(results(report).items()) == [
        ("a.txt", "stored"),
        ("b.md", "stored"),
        ("năm 2021/a.md", "stored"),
    ]
    assert report.exit_status == 0
    assert [outcome.findings for outcome in report.outcomes] == [1, 1, 1]
    assert ingest([archive], workspace, workers=1).counts == {"unchanged": 3}


def test_names_are_composed(archive: Path, write: Write, workspace: Workspace) -> None:
    write(normalize("NFD", "báo cáo.md"), FINDING)
    assert list(results(ingest([archive], workspace, 1))) == ["báo cáo.md"]


def test_hidden_lock_and_own_files_are_passed_over_and_unknown_ones_named(
    archive: Path, write: Write
) -> None:
    inside = Workspace(archive / "ws")
    for name in (
        ".git/a.md",
        ".a.md",
        "~$a.docx",
        "ws/errors.txt",
        "sheet.xlsx",
        "README",
        "a.md",
        "legacy.doc",
    ):
        write(name, FINDING.format(name))
    report = ingest([archive], inside, 1)
    assert results(report) == {
        "README": "skipped",
        "a.md": "stored",
        "legacy.doc": "stored",
        "sheet.xlsx": "skipped",
    }
    assert "“.xlsx”" in (report.outcomes[3].reason or "")
    assert ".docx hoặc .pdf" in (report.outcomes[3].remedy or "")
    assert report.exit_status == 0


def test_a_named_file_is_never_passed_over(write: Write, workspace: Workspace) -> None:
    assert results(ingest([write("a.dat", FINDING)], workspace, 1)) == {"a.dat": "stored"}


def test_a_path_given_twice_or_through_a_link_is_read_once(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    path = write("a.md", FINDING)
    (archive / "latest.md").symlink_to(path)
    assert results(ingest([archive, path], workspace, 1)) == {"a.md": "stored"}


def test_a_missing_path_ends_the_call_before_anything_is_done(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    write("a.md", FINDING)
    with pytest.raises(UsageError, match="nowhere"):
        ingest([archive, archive / "nowhere"], workspace, 1)
    assert not workspace.dataset.exists()


def test_bad_files_are_named_and_the_rest_is_stored(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    write("a.md", "!EMPTY")
    write("b.md", "!BUG")
    write("c.md", FINDING)
    report = ingest([archive], workspace, 1)
    assert results(report) == {"a.md": "failed", "b.md": "failed", "c.md": "stored"}
    assert report.exit_status == 1
    empty, bug = report.failed
    assert (empty.code, empty.reason, empty.remedy) == (
        "empty",
        "The file holds no words.",
        "Scan the paper again.",
    )
    assert (bug.code, bug.reason) == (
        "internal_error",
        "Lỗi bên trong rasoat: RuntimeError: a bug with two lines.",
    )
    assert "Traceback" in workspace.log.read_text(encoding="utf-8")
    with workspace.open() as dataset:
        assert [entry.status for entry in dataset.sources()] == ["failed", "failed", "ok"]
    assert ingest([archive], workspace, 1).counts == {"failed": 2, "unchanged": 1}


def test_a_changed_file_that_fails_keeps_what_it_held(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    write("a.md", FINDING)
    ingest([archive], workspace, 1)
    before = stored(workspace)
    write("a.md", "!EMPTY now")
    (failed,) = ingest([archive], workspace, 1).failed
    assert "vẫn được giữ" in (failed.reason or "")
    assert stored(workspace) == before


def test_records_that_do_not_fit_fail_their_file_only(
    archive: Path, write: Write, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", FINDING.format("a"))
    write("b.md", FINDING.format("b"))
    process = invented.process

    def twice(path: Path, name: str, units: list[Path]) -> list[Document]:
        return process(path, name, units) * (2 if name == "a.md" else 1)

    monkeypatch.setattr(invented, "process", twice)
    report = ingest([archive], workspace, 1)
    assert results(report) == {"a.md": "failed", "b.md": "stored"}
    assert report.failed[0].code == "internal_error"


def test_a_wrong_installation_ends_the_call(archive: Path, write: Write, workspace: Workspace) -> None:
    write("a.md", "!CALL")
    with pytest.raises(UsageError, match=r"units\.csv"):
        ingest([archive], workspace, 1)


def test_copies_are_stored_once(archive: Path, write: Write, workspace: Workspace) -> None:
    for name in ("a.md", "b/a.md", "c.md"):
        write(name, FINDING)
    write("x.md", "!EMPTY")
    write("y.md", "!EMPTY")
    report = ingest([archive], workspace, 1)
    assert report.counts == {"stored": 1, "duplicate": 2, "failed": 2}
    assert [outcome.original for outcome in report.outcomes if outcome.result == "duplicate"] == [
        "a.md",
        "a.md",
    ]


def test_two_folders_with_the_same_names_lose_nothing(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    write("2021/bc.md", FINDING.format(2021))
    write("2022/bc.md", FINDING.format(2022))
    report = ingest([archive / "2021", archive / "2022"], workspace, 1)
    assert results(report) == {"bc.md": "stored", "2022/bc.md": "stored"}
    again = ingest([archive / "2022"], workspace, 1)
    assert results(again) == {"2022/bc.md": "unchanged"}


def test_again_reads_what_did_not_change(archive: Path, write: Write, workspace: Workspace) -> None:
    write("a.md", FINDING)
    ingest([archive], workspace, 1)
    assert ingest([archive], workspace, 1, again=True).counts == {"replaced": 1}


def test_progress_hears_of_every_file(archive: Path, write: Write, workspace: Workspace) -> None:
    for name in ("a.md", "b.md", "c.xlsx"):
        write(name, FINDING.format(name))
    heard: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, outcome: Outcome) -> None:
        heard.append((done, total, outcome.name))

    ingest([archive], workspace, 1, progress)
    assert sorted(heard) == [(1, 3, "c.xlsx"), (2, 3, "a.md"), (3, 3, "b.md")]


def test_an_interrupted_batch_keeps_what_was_finished(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    for name in ("a.md", "b.md", "c.md"):
        write(name, FINDING.format(name))

    def stop(done: int, total: int, outcome: Outcome) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([archive], workspace, 1, stop)
    with workspace.open() as dataset:
        assert [entry.name for entry in dataset.sources()] == ["a.md", "b.md"]
    assert ingest([archive], workspace, 1).counts == {"unchanged": 2, "stored": 1}


def test_the_number_of_workers_changes_nothing(archive: Path, write: Write, tmp_path: Path) -> None:
    for place in range(12):
        write(f"{place:02}.md", ("!SLOW\n" if place % 5 == 0 else "") + FINDING.format(place))
    one, many = Workspace(tmp_path / "one"), Workspace(tmp_path / "many")
    first = ingest([archive], one, 1, road="invented")
    second = ingest([archive], many, 3, road="invented")
    assert first.to_record() == second.to_record()
    assert stored(one) == stored(many)


def test_a_worker_that_dies_fails_its_file_only(archive: Path, write: Write, workspace: Workspace) -> None:
    for place in range(8):
        write(f"{place}.md", "!DIE" if place in (2, 5) else FINDING.format(place))
    write("9.md", "!BUG")
    report = ingest([archive], workspace, 2, road="invented")
    assert report.counts == {"stored": 6, "failed": 3}
    assert [(outcome.name, outcome.code) for outcome in report.failed] == [
        *(("2.md", "crashed"), ("5.md", "crashed")),
        ("9.md", "internal_error"),
    ]


def test_a_wrong_installation_ends_the_call_from_a_worker_too(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    for place in range(4):
        write(f"{place}.md", "!CALL" if place == 1 else FINDING.format(place))
    with pytest.raises(UsageError, match=r"units\.csv"):
        ingest([archive], workspace, 2, road="invented")


@pytest.mark.parametrize("part", ["units", "model", "reporting", "issuers"])
def test_what_was_read_with_another_register_or_model_is_read_anew(
    archive: Path, write: Write, workspace: Workspace, part: str
) -> None:
    write("a.md", invented.REPORT.format(year=2021))
    ingest([archive], workspace, 1)
    assert ingest([archive], workspace, 1).counts == {"unchanged": 1}
    for change in (f"json_set(versions, '$.{part}', 'another')", f"json_remove(versions, '$.{part}')"):
        with workspace.open() as dataset, dataset.transaction() as connection:
            connection.execute(f"UPDATE sources SET versions = {change}")
        assert ingest([archive], workspace, 1).counts == {"replaced": 1}
