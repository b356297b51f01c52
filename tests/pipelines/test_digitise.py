"""Many scans: names of the outputs, what exists already, workers, and what the command says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from paper import Knowing, draw, jpeg, placed, plain_text, scanned_pdf, texts
from PIL import Image
from stubborn import Sleeper

from extract.errors import UsageError
from pipelines import cli
from pipelines.digitise import Report, digitise, name_outputs
from pipelines.ingest import Found
from pipelines.workspace import Workspace

LINES = placed()
SAMPLE = Path(__file__).parents[2] / "corpora" / "samples" / "archive" / "2019" / "bao-cao-kiem-tra-2019.pdf"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr("extract.reading.engine.find.find_inside", lambda: Knowing(LINES))

    def call(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call


def scan(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(jpeg(draw(LINES, dpi=100)))
    return path


def made(report: Report) -> dict[str, str]:
    return {outcome.name: outcome.result for outcome in report.outcomes}


def outputs(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_folders_stand_in_the_output_again(tmp_path: Path) -> None:
    scan(tmp_path / "in" / "2019" / "a.jpg")
    scan(tmp_path / "in" / "2020" / "a.jpeg")
    (tmp_path / "in" / "2020" / "ghi-chu.txt").write_text("Không phải bản quét.")
    (tmp_path / "in" / "2020" / "bang.xlsx").write_bytes(b"x")
    report = digitise([tmp_path / "in"], tmp_path / "out", Knowing(LINES), 1)
    assert made(report) == {
        "2019/a.jpg": "made",
        "2020/a.jpeg": "made",
        "2020/bang.xlsx": "skipped",
        "2020/ghi-chu.txt": "skipped",
    }
    assert outputs(tmp_path / "out") == ["2019/a.pdf", "2020/a.pdf"]
    assert report.exit_status == 0
    assert plain_text(tmp_path / "out" / "2020" / "a.pdf").split() == texts(LINES)


def test_names_never_meet() -> None:
    names = ["a.jpg", "A.png", "a.pdf", "b/a.jpg", "a.jpg.tif", "a.jpg"]
    found = [Found(place, Path("/in") / str(place), name) for place, name in enumerate(names)]
    given = [str(name) for name in name_outputs(found).values()]
    assert given == ["a.pdf", "A.png.pdf", "a.pdf.pdf", "b/a.pdf", "a.jpg.pdf", "a.jpg (2).pdf"]
    assert len({name.casefold() for name in given}) == len(names)


def test_an_output_that_exists_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    source, out = scan(tmp_path / "a.jpg"), tmp_path / "out"
    out.mkdir()
    (out / "a.pdf").write_bytes(b"kept")
    report = digitise([source], out, Knowing(LINES), 1)
    (outcome,) = report.outcomes
    assert (outcome.result, report.exit_status) == ("exists", 0)
    assert outcome.reason and "--overwrite" in outcome.reason
    assert (out / "a.pdf").read_bytes() == b"kept"
    assert made(digitise([source], out, Knowing(LINES), 1, overwrite=True)) == {"a.jpg": "made"}
    assert plain_text(out / "a.pdf").split() == texts(LINES)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_source_is_never_written_over(overwrite: bool, tmp_path: Path) -> None:
    source = scanned_pdf(tmp_path / "a.pdf", [jpeg(draw(LINES, dpi=100))])
    before = source.read_bytes()
    report = digitise([source], tmp_path, Knowing(LINES), 1, overwrite=overwrite)
    assert [outcome.code for outcome in report.outcomes] == ["own_source"]
    assert source.read_bytes() == before


def test_the_output_folder_is_no_input(tmp_path: Path) -> None:
    scan(tmp_path / "a.jpg")
    for _ in range(2):
        report = digitise([tmp_path], tmp_path / "out", Knowing(LINES), 1)
    assert made(report) == {"a.jpg": "exists"}


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (tmp_path / "in" / "b.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    (tmp_path / "in" / "c.png").write_bytes(b"")
    scan(tmp_path / "in" / "d.jpg")
    report = digitise([tmp_path / "in"], tmp_path / "out", Knowing(LINES), 1)
    assert made(report) == {"a.jpg": "failed", "b.pdf": "failed", "c.png": "failed", "d.jpg": "made"}
    assert report.exit_status == 1
    assert all(outcome.reason and outcome.remedy for outcome in report.failed)
    assert outputs(tmp_path / "out") == ["d.pdf"]


def test_several_workers_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("c", "a", "b"):
        shutil.copy(SAMPLE, tmp_path / "in" / f"{name}.pdf")
    (tmp_path / "in" / "d.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    reports = [digitise([tmp_path / "in"], tmp_path / f"out{n}", None, n) for n in (1, 2)]
    records = [report.to_record() for report in reports]
    assert [file["name"] for file in records[1]["files"]] == ["a.pdf", "b.pdf", "c.pdf", "d.pdf"]
    for record in records:
        for file in record["files"]:
            file.pop("output")
    assert records[0] == records[1]
    assert (tmp_path / "out2" / "a.pdf").read_bytes() == SAMPLE.read_bytes()


def test_an_engine_that_stays_in_its_process_needs_one_worker(tmp_path: Path) -> None:
    engine = Knowing(LINES)
    engine.words = lambda image, dpi: []  # type: ignore[method-assign]
    with pytest.raises(UsageError, match="one worker"):
        digitise([scan(tmp_path / "a.jpg")], tmp_path / "out", engine, 2)
    assert not (tmp_path / "out").exists()


def test_a_fault_of_ours_is_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.searchable.make.save", lambda *_, **__: 1 / 0)
    report = digitise(
        [scan(tmp_path / "a.jpg"), scan(tmp_path / "b.jpg")], tmp_path / "out", Knowing(LINES), 1
    )
    assert [outcome.code for outcome in report.outcomes] == ["internal_error"] * 2
    assert outputs(tmp_path / "out") == []


def test_an_interruption_keeps_what_is_finished_and_leaves_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int, outcome: object) -> None:
        raise KeyboardInterrupt

    sources = [scan(tmp_path / "a.jpg"), scan(tmp_path / "b.jpg")]
    with pytest.raises(KeyboardInterrupt):
        digitise(sources, tmp_path / "out", Knowing(LINES), 1, stop)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.pdf"]


def test_a_folder_that_cannot_be_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written"):
        digitise([scan(tmp_path / "a.jpg")], tmp_path / "file", Knowing(LINES), 1)


# --- the command --------------------------------------------------------------------


def test_the_command_says_what_became_of_each_file(run: Run, tmp_path: Path) -> None:
    scan(tmp_path / "in" / "a.jpg")
    shutil.copy(SAMPLE, tmp_path / "in" / "b.pdf")
    (tmp_path / "in" / "c.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    status, out, err = run("digitise", tmp_path / "in", "--output", tmp_path / "out", "--workers", 1)
    assert (status, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "3 files: 1 made, 1 copied, 1 failed."
    assert lines[1] == "made       a.jpg: 1 pages, 1 recognised, 0 as they were; PDF/A-2b"
    assert lines[2].startswith("copied     b.pdf: 4 pages, 0 recognised, 4 as they were")
    assert lines[3].startswith("FAILED     c.pdf: ")


def test_the_command_prints_json(run: Run, tmp_path: Path) -> None:
    source = scan(tmp_path / "a.jpg")
    status, out, err = run("digitise", source, "--output", tmp_path / "out", "--workers", 1, "--json")
    assert (status, err) == (0, "")
    record = json.loads(out)
    assert (record["record"], record["counts"], record["exit_status"]) == ("digitise", {"made": 1}, 0)
    (file,) = record["files"]
    assert file == {
        "result": "made",
        "name": "a.jpg",
        "path": str(source),
        "output": str(tmp_path / "out" / "a.pdf"),
        "pages": 1,
        "recognised": 1,
        "kept": 0,
        "turned": [],
        "pdfa": "PDF/A-2b",
        "pdfa_reason": None,
        "engine": "knowing 1",
        "warnings": [],
        "code": None,
        "reason": None,
        "remedy": None,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["digitise"], "SCAN"),
        (["digitise", "."], "output"),
        (["digitise", "/no/such/scan.pdf", "--output", "out"], "/no/such/scan.pdf"),
        (["digitise", ".", "--output", "out", "--workers", "0"], "workers"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said.lower() in err.lower()
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_pages_that_were_recognised_are_not_recognised_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path | None] = []
    engine = Knowing(LINES)
    monkeypatch.setattr("extract.reading.read.find_engine", lambda cache=None: asked.append(cache) or engine)
    source, folder = scan(tmp_path / "a.jpg"), tmp_path / "ws"
    call = [
        "digitise",
        str(source),
        "-o",
        str(tmp_path / "out"),
        "--overwrite",
        "--workers",
        "1",
        "-w",
        str(folder),
    ]
    assert cli.run(call) == 0
    assert not folder.exists()
    folder.mkdir()
    assert cli.run(call) == 0
    assert asked == [None, Workspace(folder).ocr_cache]


def test_a_named_file_that_is_no_scan_has_failed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK")
    status, out, _ = run("digitise", path, "-o", tmp_path / "out")
    assert status == 1
    assert "FAILED     a.docx: Không phải bản quét" in out


@pytest.mark.long
def test_a_page_that_hangs_costs_itself_only(tmp_path: Path) -> None:
    black = Image.effect_noise((827, 1170), 30).point(lambda level: level // 3)
    pages = [jpeg(draw(LINES, dpi=100)), jpeg(black), jpeg(draw(LINES, dpi=100))]
    (tmp_path / "in").mkdir()
    scanned_pdf(tmp_path / "in" / "a.pdf", pages)
    scan(tmp_path / "in" / "b.jpg")
    report = digitise([tmp_path / "in"], tmp_path / "out", Sleeper(LINES), 1, patience=4)
    assert made(report) == {"a.pdf": "made", "b.jpg": "made"}
    first = report.outcomes[0]
    assert (first.pages, first.recognised) == (3, 2)
    assert [warning["message"][:33] for warning in first.warnings if warning["code"] == "lines_lost"] == [
        "Trang 2 không đọc được. Quá 4 giây chưa"[:33]
    ]
    assert plain_text(tmp_path / "out" / "a.pdf", 2).split() == texts(LINES)
