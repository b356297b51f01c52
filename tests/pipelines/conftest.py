"""Shared by the tests of this folder: the invented road in the real one's place, an archive, a workspace."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[1] / "corpora" / "support")
sys.path[:0] = [SUPPORT, str(Path(__file__).parent / "support")]

import invented  # noqa: E402

from pipelines import cli  # noqa: E402
from pipelines.workspace import Workspace  # noqa: E402

Write = Callable[[str, str], Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def road(monkeypatch: pytest.MonkeyPatch) -> None:
    """``pipelines.road`` is the invented road, in this process."""
    monkeypatch.setitem(sys.modules, "pipelines.road", invented)
    # one worker without patience is this process
    monkeypatch.setenv("RASOAT_PATIENCE", "0")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


@pytest.fixture
def write(archive: Path) -> Write:
    def run(name: str, text: str) -> Path:
        path = archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return run


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "ws")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command against the test's workspace; status, stdout and stderr."""
    monkeypatch.setenv("RASOAT_WORKSPACE", str(workspace.folder))

    def call(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def filled(archive: Path, write: Write, run: Run) -> Path:
    """The archive with one unit's reports of two years, ingested."""
    for year in (2021, 2022):
        write(f"bc-{year}.md", invented.REPORT.format(year=year).replace("45/", f"{year - 2000}/"))
    assert run("ingest", archive, "--workers", 1)[0] == 0
    return archive
