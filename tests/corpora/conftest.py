"""Shared by the tests of this folder: an empty dataset, and a way to put documents into it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

from corpora.dataset import FILE_NAME, Dataset
from corpora.ledger import Incoming
from extract.document import Document

Put = Callable[..., str]


@pytest.fixture
def dataset(tmp_path: Path) -> Iterator[Dataset]:
    with Dataset.open(tmp_path / FILE_NAME, create=True) as opened:
        yield opened


@pytest.fixture
def put(dataset: Dataset, tmp_path: Path) -> Put:
    """Store documents as one file; what became of it is returned."""

    def store(*documents: Document) -> str:
        name, content = documents[0].source, documents[0].source_sha256
        path = tmp_path / "archive" / name
        decision = dataset.begin(Incoming(str(path), name, content, 1))
        if decision.action != "process":
            return decision.action
        return dataset.store(decision.source_id, documents, {"rasoat": "0"}, 1).outcome

    return store
