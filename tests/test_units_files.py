"""A units file that comes after the archive still gives its codes."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.ingest import ingest
from pipelines.workspace import Workspace

SAMPLES = Path(__file__).resolve().parents[1] / "corpora" / "samples" / "archive"


def codes(place: Workspace) -> set[str | None]:
    with place.open() as dataset:
        return {
            r["unit"]["code"]
            for r in dataset.records()
            if r["record"] == "finding" and r["unit"]["level"] == "commune"
        }


def test_files_are_read_anew_when_the_units_files_changed(tmp_path: Path) -> None:
    place = Workspace(tmp_path / "workspace")
    report = SAMPLES / "2021" / "bao-cao-khac-phuc-2021.txt"
    ingest([report], place, 1)
    assert codes(place) == {None}
    assert ingest([report], place, 1).counts == {"unchanged": 1}
    place.units_folder.mkdir(parents=True)
    shutil.copy(SAMPLES / "units.csv", place.units_folder)
    assert ingest([report], place, 1).counts == {"replaced": 1}
    assert "SM10" in codes(place)
    assert ingest([report], place, 1).counts == {"unchanged": 1}
