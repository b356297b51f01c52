"""Where the workspace is."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import UsageError, WorkspaceProblem
from pipelines.workspace import Workspace

UNITS = "code,name,level,parent,valid_from,valid_to,successors\n01,Xã Khe Mận,commune,,,,02\n02,Xã Đồng Bản,commune,,,,\n"


def test_the_folder_given_wins_over_the_variable_over_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASOAT_WORKSPACE", raising=False)
    assert Workspace.locate().folder == Path("rasoat-workspace")
    monkeypatch.setenv("RASOAT_WORKSPACE", "/srv/reports")
    assert Workspace.locate().folder == Path("/srv/reports")
    assert Workspace.locate("here").dataset == Path("here/rasoat.sqlite")


def test_units_files_are_csv_by_name_and_become_the_register(workspace: Workspace) -> None:
    assert workspace.units() == []
    workspace.units_folder.mkdir(parents=True)
    for name in ("b.csv", "a.CSV", ".hidden.csv", "~$b.csv", "note.txt"):
        (workspace.units_folder / name).write_text(UNITS, encoding="utf-8")
    assert [path.name for path in workspace.units()] == ["a.CSV", "b.csv"]
    with workspace.open(create=True) as dataset:
        assert [tuple(row) for row in dataset.query("SELECT code, successors FROM units")] == [
            ("01", "02"),
            ("02", ""),
        ]


def test_a_wrong_units_file_is_a_wrong_call(workspace: Workspace) -> None:
    workspace.units_folder.mkdir(parents=True)
    (workspace.units_folder / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match=r"x\.csv"):
        workspace.open(create=True)


def test_a_file_in_the_workspaces_place_is_refused(workspace: Workspace) -> None:
    workspace.folder.write_text("")
    with pytest.raises(WorkspaceProblem, match="is a file"):
        workspace.open(create=True)
