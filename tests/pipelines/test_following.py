"""Chains kept up to date with the learned likeness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from invented import REPORT

from corpora.chains.build import built_with, refresh
from corpora.chains.likeness import ByLabels
from corpora.dataset import Dataset
from corpora.recurrence import recurring
from pipelines.following import follow, likeness
from pipelines.ingest import ingest
from pipelines.workspace import Workspace

Write = Callable[..., Path]


@pytest.fixture
def dataset(archive: Path, write: Write, workspace: Workspace) -> Iterator[Dataset]:
    for year in (2021, 2022):
        write(f"bc-{year}.md", REPORT.format(year=year).replace("45/", f"{year - 2000}/"))
    ingest([archive], workspace, 1)
    with workspace.open() as opened:
        yield opened


@pytest.mark.parametrize("known", ["labels", "an older one"])
def test_chains_built_with_another_likeness_are_built_anew(dataset: Dataset, known: str) -> None:
    before = recurring(dataset)
    assert before and built_with(dataset) == likeness().version
    if known == "labels":
        refresh(dataset, ByLabels())
    else:
        with dataset.transaction() as connection:
            connection.execute("UPDATE chain_likeness SET version = ?", (known,))
    assert built_with(dataset) == known
    assert follow(dataset)
    assert built_with(dataset) == likeness().version
    assert recurring(dataset) == before


def test_chains_that_cannot_be_written_are_said_to_be_old(dataset: Dataset) -> None:
    refresh(dataset, ByLabels())
    dataset.writable = False
    assert not follow(dataset)
    assert built_with(dataset) == ByLabels.version
