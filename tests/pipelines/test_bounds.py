"""Files that hang, kill their process or take all memory: told with their page, and the batch goes on."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import UsageError
from pipelines import bounds, cli, sessions
from pipelines.ingest import Outcome, Report, ingest
from pipelines.printing.archive import show_report
from pipelines.workspace import Workspace
from tests.extract.reading.hostile import forms, page, stream, written

Write = Callable[[str, str], Path]
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes and their memory are bounded on Linux")
PATIENCE = 1.0


def read(archive: Path, workspace: Workspace, workers: int = 1, *, patience: float = PATIENCE) -> Report:
    return ingest([archive], workspace, workers, road="stubborn", patience=patience)


def by_name(report: Report) -> dict[str, Outcome]:
    return {outcome.name: outcome for outcome in report.outcomes}


def texts(workspace: Workspace) -> dict[str, str]:
    with workspace.open() as dataset:
        return {
            record["source"]: record["text"] for record in dataset.records() if record["record"] == "document"
        }


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_page_that_hangs_costs_itself_only(
    workers: int,
    archive: Path,
    write: Write,
    workspace: Workspace,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("a.md", "Trang một\nHANG\nTrang ba")
    write("b.md", "Một tệp khác")
    write("c.md", "Thêm một tệp")
    begun = time.monotonic()
    report = read(archive, workspace, workers)
    assert time.monotonic() - begun < 15
    assert {outcome.result for outcome in report.outcomes} == {"stored"}
    assert texts(workspace)["a.md"].split("\n")[:2] == ["Trang một", "Trang ba"]
    (said,) = by_name(report)["a.md"].left_out
    assert said.startswith("Trang 2 không đọc được. Quá 1 giây chưa đọc xong trang nên đã dừng.")
    assert "in trang đó ra PDF mới" in said
    assert report.to_record()["files"][0]["left_out"] == (said,)
    with workspace.open() as dataset:
        (record,) = dataset.records("a.md")
    assert said in [warning["message"] for warning in record["warnings"]]
    show_report(report)
    assert f"PARTLY     a.md: {said}" in capsys.readouterr().out


def test_progress_counts_and_not_the_whole_time(archive: Path, write: Write, workspace: Workspace) -> None:
    write("a.md", "\n".join(["SLOW"] * 5))
    begun = time.monotonic()
    assert read(archive, workspace).counts == {"stored": 1}
    assert time.monotonic() - begun > PATIENCE


def test_a_file_of_pages_that_hang_is_given_up_in_time(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    write("a.md", "\n".join(["Trang một", *["HANG"] * 9]))
    report = read(archive, workspace)
    assert [outcome.result for outcome in report.outcomes] == ["stored"]
    said = report.outcomes[0].left_out
    assert said[0].startswith("Trang 2 đến trang 4 không đọc được. Quá 1 giây")
    assert said[1].startswith("Các trang khác chưa đọc đến lúc đó đều bị bỏ qua. Việc đọc tệp đã phải dừng")
    with workspace.open() as dataset:
        (record,) = dataset.records("a.md")
    assert any(
        warning["message"].startswith("Trang 5 đến trang 10 không đọc được. ")
        for warning in record["warnings"]
    )


def test_what_hangs_outside_of_pages_fails_its_file(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    write("a.md", "Trang một\nTrang hai\nHANG AFTER")
    write("b.md", "Một tệp khác")
    report = read(archive, workspace)
    assert report.counts == {"failed": 1, "stored": 1}
    (failed,) = report.failed
    assert failed.code == "stalled"
    assert failed.reason == "Quá 1 giây chưa đọc xong (sau trang 2) nên đã dừng."
    assert "RASOAT_PATIENCE" in (failed.remedy or "")


@linux
def test_what_a_worker_started_ends_with_it(
    archive: Path, write: Write, workspace: Workspace, tmp_path: Path
) -> None:
    write("a.md", f"Trang một\nCHILD {tmp_path / 'pid'}")
    read(archive, workspace)
    pid = int((tmp_path / "pid").read_text())
    assert not _is_alive(pid)


def _is_alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@linux
def test_a_session_is_ended_though_its_leader_is_dead(tmp_path: Path) -> None:
    leader = os.fork()
    if leader == 0:
        sessions.lead()
        child = os.fork()
        if child == 0:
            (tmp_path / "pid").write_text(str(os.getpid()))
            time.sleep(300)
        os._exit(0)
    os.waitpid(leader, 0)
    deadline = time.monotonic() + 5
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    sessions.end(leader)
    child_id, deadline = int((tmp_path / "pid").read_text()), time.monotonic() + 10
    while _is_alive(child_id) and time.monotonic() < deadline:
        time.sleep(0.02)  # a killed process dies when the system next runs it
    assert not _is_alive(child_id)


def test_a_page_that_kills_its_process_costs_itself_only(
    archive: Path, write: Write, workspace: Workspace
) -> None:
    write("a.md", "Trang một\nDIE\nTrang ba")
    write("b.md", "Một tệp khác")
    report = read(archive, workspace)
    assert report.counts == {"stored": 2}
    (said,) = by_name(report)["a.md"].left_out
    assert "bị hệ thống dừng, thường là do hết bộ nhớ, đã thử lại mà vẫn thế" in said
    assert texts(workspace)["a.md"].split("\n")[:2] == ["Trang một", "Trang ba"]


def test_a_process_that_dies_once_costs_nothing(
    archive: Path, write: Write, workspace: Workspace, tmp_path: Path
) -> None:
    write("a.md", f"Trang một\nDIE ONCE {tmp_path / 'died'}\nTrang ba")
    report = read(archive, workspace)
    assert report.counts == {"stored": 1}
    assert report.outcomes[0].left_out == ()


@linux
def test_memory_is_bounded_for_each_worker(
    archive: Path, write: Write, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASOAT_WORKER_MEMORY", "1500")
    write("a.md", "Trang một\nMEMORY\nTrang ba")
    report = read(archive, workspace, patience=30)
    (said,) = report.outcomes[0].left_out
    assert said.startswith("Trang 2 không đọc được. Đọc trang cần nhiều bộ nhớ hơn mức cho phép")
    assert "(1,5 GB)" in said


def test_a_page_read_before_is_not_lost_to_a_mishap(
    archive: Path, write: Write, workspace: Workspace, tmp_path: Path
) -> None:
    hungry = tmp_path / "hungry"
    write("a.md", f"Trang một\nDIE IF {hungry}\nTrang ba")
    read(archive, workspace)
    before = texts(workspace)
    hungry.touch()
    report = ingest([archive], workspace, 1, road="stubborn", patience=PATIENCE, again=True)
    (failed,) = report.failed
    assert failed.code == "partly_read"
    assert "vẫn được giữ" in (failed.reason or "")
    assert texts(workspace) == before


@pytest.mark.parametrize("said", ["Page 2 could not be read: Nothing came of it.", None])
def test_a_page_lost_before_may_be_lost_again(
    said: str | None, archive: Path, write: Write, workspace: Workspace
) -> None:
    """Also where the dataset says so in English, as it was made before messages were Vietnamese."""
    write("a.md", "Trang một\nHANG\nTrang ba")
    read(archive, workspace)
    if said is not None:
        with workspace.open() as dataset, dataset.transaction() as connection:
            connection.execute(
                "UPDATE documents SET record = json_set(record, '$.warnings', json(?))",
                (json.dumps([{"code": "lines_lost", "message": said}]),),
            )
    report = ingest([archive], workspace, 1, road="stubborn", patience=PATIENCE, again=True)
    assert report.counts == {"replaced": 1}


def test_an_interruption_ends_workers_that_hang(archive: Path, write: Write, workspace: Workspace) -> None:
    write("a.md", "Trang một")
    write("b.md", "HANG")

    def stop(done: int, total: int, outcome: Outcome) -> None:
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ingest([archive], workspace, 2, stop, road="stubborn", patience=60)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("given", "environment", "seconds"),
    [(None, "", bounds.PATIENT), (None, "30", 30.0), (5.0, "30", 5.0), (0.0, "30", None), (None, "0", None)],
)
def test_patience_is_told_or_found(
    given: float | None, environment: str, seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASOAT_PATIENCE", environment)
    assert bounds.patience(given) == seconds


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        *(("RASOAT_PATIENCE", value) for value in ("soon", "-1", "nan")),
        *(("RASOAT_WORKER_MEMORY", value) for value in ("much", "-1", "inf")),
        *(("RASOAT_OCR_CACHE", value) for value in ("big", "-1", "nan")),
    ],
)
def test_bounds_that_are_no_numbers_are_a_wrong_call(
    variable: str,
    value: str,
    archive: Path,
    write: Write,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable, value)
    write("a.md", "Trang một")
    with pytest.raises(UsageError):
        ingest([archive], workspace, 1)
    assert cli.run(["ingest", str(archive), "-w", str(workspace.folder)]) == 2


def test_every_worker_has_what_the_largest_file_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_machine", lambda: 16_000_000_000)
    assert bounds.memory(1) == 12_800_000_000
    assert bounds.memory(64) == 4_000_000_000
    monkeypatch.setattr(bounds, "_machine", lambda: None)
    monkeypatch.setenv("RASOAT_WORKER_MEMORY", "0")
    assert bounds.memory(1) is None


@linux
def test_how_a_process_ended_is_told() -> None:
    from pipelines.mishaps import death

    assert "tín hiệu 11" in death(-signal.SIGSEGV)
    assert "hết bộ nhớ" in death(-signal.SIGKILL)
    assert death(3) == "dừng bất thường (mã 3)"


@linux
@pytest.mark.long
@pytest.mark.parametrize(("memory", "said"), [("0", "Quá 4 giây"), ("1500", "do hết bộ nhớ")])
def test_forms_that_multiply_themselves(
    memory: str, said: str, archive: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kilobyte of forms that draw a hundred million others: pdfium's own work, which nothing interrupts."""
    kids = {2: b"<</Type/Pages/Kids[3 0 R 6 0 R 3 0 R]/Count 3>>"}
    bomb = {6: page(resources=b"/XObject<</X 20 0 R>>").replace(b"4 0 R", b"7 0 R"), 7: stream(b"/X Do")}
    (archive / "a.pdf").write_bytes(written({**kids, **bomb, **forms(8, 10)}))
    monkeypatch.setenv("RASOAT_WORKER_MEMORY", memory)
    patience = 4.0 if memory == "0" else 60.0
    report = ingest([archive], workspace, 1, patience=patience)
    assert report.counts == {"stored": 1}
    (sentence,) = report.outcomes[0].left_out
    assert sentence.startswith("Trang 2 không đọc được. ") and said in sentence
    with workspace.open() as dataset:
        record = next(dataset.records("a.pdf"))
    assert record["text"].count("kiem tra cong tac") == 2
