"""Converted files are kept byte for byte, as long as something that was read from them is stored."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import invented
import pytest

from pipelines import originals
from pipelines.ingest import Report, ingest
from pipelines.workspace import Workspace

FINDING = "Xã Khe Mận chưa niêm yết thủ tục hành chính ({})."
Write = Callable[[str, str], Path]


@pytest.fixture
def converting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A road that says of every .doc that it was converted."""

    def process(path: Path, name: str, units: Any = ()) -> list[Any]:
        documents = invented.process(path, name, units)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        told = "antiword 0.37" if path.suffix == ".doc" else None
        return [replace(document, conversion=told, source_sha256=sha256) for document in documents]

    monkeypatch.setitem(sys.modules, "pipelines.road", SimpleNamespace(process=process))  # type: ignore[misc]


def copies(workspace: Workspace) -> list[bytes]:
    folder = workspace.originals
    return sorted(path.read_bytes() for path in folder.iterdir()) if folder.exists() else []


def results(report: Report) -> dict[str, str]:
    return {outcome.name: outcome.result for outcome in report.outcomes}


def test_only_converted_files_are_kept(
    converting: None, archive: Path, write: Write, workspace: Workspace
) -> None:
    write("a.md", FINDING.format("a"))
    path = write("b.doc", FINDING.format("b"))
    assert ingest([archive], workspace, 1).exit_status == 0
    (copy,) = workspace.originals.iterdir()
    assert copy.name == f"{hashlib.sha256(path.read_bytes()).hexdigest()}.doc"
    assert copy.read_bytes() == path.read_bytes()
    with workspace.open() as dataset:
        told = {source.name: source.versions.get("conversion") for source in dataset.sources()}
    assert told == {"a.md": None, "b.doc": "antiword 0.37"}


def test_a_changed_file_has_its_new_copy_only(
    converting: None, archive: Path, write: Write, workspace: Workspace
) -> None:
    write("b.doc", FINDING.format("b"))
    ingest([archive], workspace, 1)
    path = write("b.doc", FINDING.format("changed"))
    assert results(ingest([archive], workspace, 1)) == {"b.doc": "replaced"}
    assert copies(workspace) == [path.read_bytes()]


def test_forget_takes_the_copy_along(
    converting: None, archive: Path, write: Write, workspace: Workspace
) -> None:
    write("b.doc", FINDING.format("b"))
    other = write("c.doc", FINDING.format("c"))
    ingest([archive], workspace, 1)
    assert len(copies(workspace)) == 2
    gone = workspace.forget("b.doc")
    assert gone.source == "b.doc" and gone.documents == 1
    assert copies(workspace) == [other.read_bytes()]


def test_the_copy_stays_when_the_archive_is_gone(
    converting: None, archive: Path, write: Write, workspace: Workspace
) -> None:
    path = write("b.doc", FINDING.format("b"))
    data = path.read_bytes()
    ingest([archive], workspace, 1)
    path.unlink()
    write("a.md", FINDING.format("a"))
    ingest([archive], workspace, 1)
    assert copies(workspace) == [data]


def test_no_record_without_its_copy(
    converting: None, archive: Path, write: Write, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("b.doc", FINDING.format("b"))

    def full(*_: Any) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(originals, "keep", full)
    report = ingest([archive], workspace, 1)
    assert results(report) == {"b.doc": "failed"}
    assert "ổ đĩa đã đầy" in (report.outcomes[0].reason or "")
    with workspace.open() as dataset:
        assert not dataset.contents()


def test_a_file_that_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"new")
    with pytest.raises(originals.Changed):
        originals.keep(path, hashlib.sha256(b"old").hexdigest(), tmp_path / "originals")
    assert list((tmp_path / "originals").iterdir()) == []


def test_sweep_leaves_what_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / f"{'0' * 64}.doc").write_text("old")
    originals.sweep(tmp_path, [])
    originals.sweep(tmp_path / "no such folder", [])
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
