"""Overviews of invented communes for the tests of pictures and annexes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from invented import document

from corpora.dataset import FILE_NAME, Dataset
from corpora.ledger import Incoming

LATE = ("deficiency", "steering", "late")


@contextlib.contextmanager
def stored(folder: Path, communes: list[str], years: range, text: str = "") -> Iterator[Dataset]:
    """A dataset with a report a year, each telling the same of every commune, with a value of an indicator."""
    with Dataset.open(folder / FILE_NAME, create=True) as dataset:
        for year in years:
            lines = [
                (name, *LATE, f"{text}{name} gửi báo cáo chậm, năm {year} chỉ đạt {at + 1}%.")
                for at, name in enumerate(communes)
            ]
            made = document(
                "BÁO CÁO",
                *lines,
                name=f"{year}.md",
                year=year,
                date=f"{year}-11-05",
                number=f"{year - 2000}/BC-ĐKT",
                pages=2,
            )
            decision = dataset.begin(Incoming(str(folder / made.source), made.source, made.source_sha256, 1))
            assert decision.source_id is not None
            dataset.store(decision.source_id, [made], {"rasoat": "0"}, 1)
        with dataset.transaction() as connection:
            connection.execute("UPDATE sources SET stored_at = '2024-02-01T08:00:00+00:00'")
        yield dataset
