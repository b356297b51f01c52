"""Shared by the tests of this folder: the invented road in the real one's place, an archive, a workspace."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[1] / "corpora" / "support")
sys.path[:0] = [SUPPORT, str(Path(__file__).parent / "support")]

import invented  # noqa: E402

from pipelines.workspace import Workspace  # noqa: E402

Write = Callable[[str, str], Path]


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
