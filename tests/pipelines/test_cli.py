"""The command line: exit statuses, one clear line for errors, JSON, plain output in a pipe."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import types
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from invented import REPORT

from pipelines.workspace import Workspace

Write = Callable[[str, str], Path]
Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


def test_ingest_tells_what_happened(archive: Path, write: Write, run: Run) -> None:
    write("a.md", REPORT.format(year=2021))
    write("b.md", "!EMPTY")
    status, out, err = run("ingest", archive, "--workers", 1)
    assert status == 1
    assert "2 files: 1 stored, 1 failed." in out
    assert "FAILED     b.md: The file holds no words. Scan the paper again." in out
    assert err == ""
    status, out, _ = run("ingest", archive, "--workers", 1, "--json")
    assert (status, json.loads(out)["counts"]) == (1, {"unchanged": 1, "failed": 1})


def test_search_marks_hits_in_plain_text(filled: Path, run: Run) -> None:
    status, out, _ = run("search", "chu ky so", "--year", 2022)
    assert status == 0
    assert "Dùng «chữ ký số» đạt 80% theo 739/QĐ-UBND." in out
    assert "1. 22/BC-ĐKT · 05/11/2022 · Xã Bãi Sậy" in out
    assert "\x1b" not in out
    hits = json.loads(run("search", "739/qd-ubnd", "--json")[1])
    assert [hit["unit"]["name"] for hit in hits] == ["Xã Bãi Sậy"] * 2
    assert hits[0]["highlights"] == [[hits[0]["text"].index("739"), hits[0]["text"].index("739") + 11]]


def test_no_hits_are_no_error(filled: Path, run: Run) -> None:
    assert run("search", "ngoắt ngoéo")[:2] == (0, "Không tìm thấy.\n")
    assert run("search", "ngoắt ngoéo", "--json")[:2] == (0, "[]\n")
    assert run("search", '"*(')[0] == 0
    status, _, err = run("recurring", "--unit", "Xã Đâu Đó")
    assert status == 0
    assert "no unit of the dataset is called 'Xã Đâu Đó'" in err


def test_recurring(filled: Path, run: Run) -> None:
    status, out, _ = run("recurring", "--unit", "khe man")
    assert status == 0
    assert "Xã Khe Mận: Chỉ đạo, điều hành CCHC, chậm (2021, 2022)" in out
    (chain,) = json.loads(run("recurring", "--json")[1])
    assert (chain["unit"], chain["years"]) == ("Xã Khe Mận", [2021, 2022])


def test_check(filled: Path, run: Run) -> None:
    status, out, _ = run("check")
    assert status == 0
    assert out.strip().endswith("chỗ cần xem lại.") or "Không thấy mâu thuẫn nào." in out
    assert all(one["kind"] == "undated" for one in json.loads(run("check", "--kind", "undated", "--json")[1]))
    status, _, err = run("check", "--kind", "nothing")
    assert status == 2
    assert "maybe_same" in err


def test_show_by_number_and_by_source(filled: Path, run: Run) -> None:
    status, out, _ = run("show", "21/bc-dkt")
    assert status == 0
    assert "Lò Văn Pảo" in out
    assert "Xã Khe Mận: 1" in out
    shown = json.loads(run("show", "bc-2022.md", "--json")[1])
    assert shown[0]["document"]["number"] == "22/BC-ĐKT"
    assert {record["record"] for record in shown[0]["records"]} == {"finding", "measurement", "citation"}


def test_documents_lists_failures_too(filled: Path, write: Write, run: Run) -> None:
    write("z.md", "!BUG")
    run("ingest", filled, "--workers", 1)
    out = run("documents")[1]
    assert "22/BC-ĐKT" in out
    assert "Không đọc được z.md: Lỗi bên trong rasoat: RuntimeError" in out
    assert [entry["status"] for entry in json.loads(run("documents", "--json")[1])] == ["ok", "ok", "failed"]


def test_export_to_standard_output_and_files(filled: Path, run: Run, tmp_path: Path) -> None:
    out = run("export")[1]
    assert [json.loads(line)["record"] for line in out.splitlines()].count("document") == 2
    assert len(run("export", "--document", "22/BC-ĐKT")[1].splitlines()) == 5
    status, out, err = run("export", "--format", "csv", "--output", tmp_path / "out")
    assert (status, out) == (0, "")
    assert "findings.csv" in err


def test_forget(filled: Path, run: Run) -> None:
    assert run("forget", "bc-2021.md")[:2] == (0, "Forgotten: bc-2021.md (1 documents, 2 findings).\n")
    status, _, err = run("forget", "bc-2021.md")
    assert status == 2
    assert "Did you mean: bc-2022.md?" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest", "/no/such/place"], "/no/such/place"),
        (["ingest"], "PATH"),
        (["ingest", ".", "--workers", "0"], "workers"),
        (["nonsense"], "nonsense"),
        (["search", "x", "--nonsense"], "--nonsense"),
        (["search", "x", "--year", "last"], "year"),
        (["search", "x", "--area", "sport"], "Valid: steering"),
        (["search", "x", "--polarity", "bad"], "Valid: deficiency"),
        (["recurring", "--type", "bad"], "Valid: not_issued"),
        (["show", "99/KH-XX"], "no document '99/KH-XX'"),
        (["export", "--format", "xml"], "Valid: jsonl"),
        (["export", "--format", "csv"], "--output"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(
    filled: Path, run: Run, arguments: list[str], said: str
) -> None:
    status, out, err = run(*arguments)
    assert status == 2
    assert said in err
    assert err.startswith("rasoat: ")
    assert err.count("\n") == 1
    assert out == ""


@pytest.mark.parametrize(
    "command", [["search", "x"], ["recurring"], ["show", "x"], ["documents"], ["export"]]
)
def test_a_question_without_a_workspace_is_a_wrong_call(
    run: Run, workspace: Workspace, command: list[str]
) -> None:
    status, _, err = run(*command)
    assert status == 2
    assert "rasoat ingest" in err
    assert not workspace.folder.exists()


def test_the_workspace_may_stand_before_or_after_the_command(
    filled: Path, run: Run, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RASOAT_WORKSPACE")
    assert run("--workspace", workspace.folder, "documents")[0] == 0
    assert run("documents", "--workspace", workspace.folder)[0] == 0
    assert run("--workspace", "/nowhere", "documents", "-w", workspace.folder)[0] == 0


def test_an_unexpected_error_is_one_line(filled: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import corpora.search

    monkeypatch.setattr(corpora.search, "search", lambda *_: 1 / 0)
    status, _, err = run("search", "x")
    assert status == 2
    assert "internal error: ZeroDivisionError" in err
    assert err.count("\n") == 1


# --- as a process -----------------------------------------------------------------


def process(*arguments: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C", "LC_ALL": "C", **more}
    command = [sys.executable, "-m", "pipelines.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)


def test_vietnamese_under_the_c_locale(filled: Path, workspace: Workspace) -> None:
    done = process("search", "chữ ký số", "--workspace", workspace.folder)
    assert done.returncode == 0
    assert "«chữ ký số»" in done.stdout.decode("utf-8")


def test_help_is_light_and_version_known() -> None:
    done = process("--help", PYTHONPROFILEIMPORTTIME="1")
    heavy = [
        name
        for name in ("pandas", "sklearn", "spacy", "rich.", "sqlite3")
        if f"| {name}" in done.stderr.decode()
    ]
    assert done.returncode == 0
    assert heavy == []
    assert process("--version").stdout.startswith(b"rasoat ")


def test_a_reader_that_has_enough_is_no_error(
    archive: Path, write: Write, run: Run, workspace: Workspace
) -> None:
    for place in range(40):
        write(f"{place}.md", f"Lần {place}. " + "Một văn bản dài hơn ống dẫn. " * 300)
    run("ingest", archive, "--workers", 1)
    for command in ("export", "search văn --limit 40"):
        line = f"'{sys.executable}' -m pipelines.cli {command} -w '{workspace.folder}' | head -c 10"
        done = subprocess.run(line, shell=True, cwd=ROOT, capture_output=True, timeout=60, check=False)
        assert done.stderr == b""


def test_no_text_is_cut_in_a_pipe(archive: Path, write: Write, run: Run) -> None:
    said = "Chưa gửi báo cáo " + "và kế hoạch " * 40
    write("a.md", f"number: 1/BC-ĐKT\nXã Khe Mận | deficiency | steering | late | {said}")
    run("ingest", archive, "--workers", 1)
    for command in (["search", "kế hoạch"], ["show", "1/BC-ĐKT"]):
        out = run(*command)[1].replace("«", "").replace("»", "")
        assert said.strip() in out


def _stored(path: Path) -> int:
    """How many files are stored so far, looked up without the work of opening a workspace."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM sources WHERE status = 'ok'").fetchone()
            return int(count)
    except sqlite3.OperationalError:  # not there yet, or without tables
        return 0


def test_ctrl_c_leaves_a_consistent_dataset(archive: Path, write: Write, workspace: Workspace) -> None:
    for place in range(120):
        write(f"{place:03}.md", f"!SLOW\nXã Khe Mận | deficiency | steering | late | Gửi chậm lần {place}.")
    code = (
        "import sys; sys.path[:0] = ['tests/corpora/support', '.']\n"
        "import pipelines.ingest as i; i.ingest.__kwdefaults__['road'] = 'invented'\n"
        "from pipelines.cli import main\n"
        f"main(['ingest', {str(archive)!r}, '-w', {str(workspace.folder)!r}, '--workers', '2'])"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        # a shell starts what it puts in the background with interrupts ignored, and children inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and running.poll() is None:
        time.sleep(0.05)
        if _stored(workspace.dataset):
            break
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in said
    with workspace.open() as dataset:
        finished = [entry for entry in dataset.sources() if entry.status == "ok"]
        assert 0 < len(finished) < 120
        assert all(entry.code == "interrupted" for entry in dataset.sources() if entry.status == "failed")
        assert len([record for record in dataset.records() if record["record"] == "finding"]) == len(finished)
        assert next(dataset.query("PRAGMA integrity_check"))[0] == "ok"


def test_training_and_evaluation_print_what_they_give(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"late": {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "support": 3}}
    scores = {"statements": 7, "types": {"labels": rows, "macro_f1": 0.6667, "calibration_error": 0.02}}
    asked: list[dict[str, object]] = []
    training, evaluation = types.ModuleType("models.training"), types.ModuleType("models.evaluation")
    training.train_command = lambda **options: asked.append(options) or scores  # type: ignore[attr-defined]
    evaluation.evaluate_command = lambda **options: scores  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "models.training", training)
    monkeypatch.setitem(sys.modules, "models.evaluation", evaluation)
    assert json.loads(run("train", "--output", "here", "--json")[1]) == scores
    assert asked == [{"output": Path("here")}]
    out = run("evaluate")[1]
    assert "types: macro-F1 0.667" in out
    assert "0.500" in out


def test_review_lists_what_a_person_should_look_at(filled: Path, run: Run) -> None:
    status, out, _ = run("review", "--limit", 1)
    assert status == 0
    assert out.startswith("1. ") and "Xã Khe Mận" in out and "chắc chắn: đơn vị 100%" in out
    status, out, _ = run("review", "--unit", "bai say", "--json")
    assert (status, {tuple(item["units"]) for item in json.loads(out)}) == (0, {("Xã Bãi Sậy",)})
    assert run("review", "--area", "nowhere")[0] == 2
    assert run("review", "--year", 1999)[:2] == (0, "Không có gì cần xem lại.\n")


def test_review_writes_files_and_takes_them_in(filled: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    status, out, _ = run("review", "--write", folder, "--reviewer", "An")
    assert status == 0 and "bc-2021.md.jsonl: 2 statements, 0 of them answered" in out
    path = folder / "bc-2021.md.jsonl"
    legend, _, rows = path.read_text(encoding="utf-8").partition('{"status": "machine"')
    path.write_text(f'{legend}{{"status": "accepted"{rows}', encoding="utf-8")
    assert run("review", "--read", folder)[:2] == (0, "2 files: 1 accepted.\n")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"late"], "units"', '"tardy"], "units"'), "utf-8"
    )
    status, out, _ = run("review", "--read", path, "--json")
    assert (status, len(json.loads(out)["problems"])) == (1, 1)
    assert run("review", "--read", path, "--write", folder)[0] == 2
    assert run("review", "--read", tmp_path / "none")[0] == 2
    assert run("review", "--write", tmp_path / "all.jsonl")[0] == 2
    assert "đã xác nhận" in run("show", "21/BC-ĐKT")[1]
    exported = [json.loads(row) for row in run("export")[1].splitlines()]
    assert [row["status"] for row in exported if row.get("reviewer") == "An"] == ["accepted"]


def test_an_answer_that_is_cut_off_says_so(filled: Path, run: Run) -> None:
    for command in (["search", "chu ky so"], ["cited"]):
        every = json.loads(run(*command, "--json")[1])
        if len(every) > 1:
            _, out, err = run(*command, "--json", "--limit", len(every) - 1)
            assert json.loads(out) == every[:-1]
            assert f"these are the first {len(every) - 1}, there are more" in err
        assert run(*command, "--limit", len(every) or 1)[2] == ""
    assert len(json.loads(run("search", "chu ky so", "--json")[1])) > 1


def test_a_units_file_among_the_documents_is_told_where_it_belongs(
    archive: Path, write: Write, run: Run
) -> None:
    write("a.md", REPORT.format(year=2021))
    write("units.csv", "code,name,level\nX1,Xã Khe Mận,commune\n")
    write("other.csv", "a,b\n1,2\n")
    status, out, _ = run("ingest", archive, "--workers", 1)
    assert status == 0
    assert (
        "units.csv: Tên tệp có đuôi “.csv”, không thuộc loại văn bản đọc được. Đây có vẻ là danh mục đơn vị"
        in out
    )
    assert "other.csv: Tên tệp có đuôi “.csv”, không thuộc loại văn bản đọc được. Nếu là văn bản" in out


def test_a_folder_without_a_model_is_named_and_not_to_be_removed(tmp_path: Path, run: Run) -> None:
    status, _, err = run("evaluate", "--model", tmp_path)
    assert status == 2
    assert "holds no trained model" in err and "remove" not in err
