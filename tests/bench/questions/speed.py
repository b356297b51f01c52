"""Time to ask what a large dataset cites and where it contradicts itself.

    python -m tests.bench.questions.speed                        # 4,000 documents, some minutes to fill
    python -m tests.bench.questions.speed --districts 20 --folder /some/new/folder

All times are process times; as in the command, fifty cited documents are asked for; "again" is the second question to a dataset of which nothing changed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpora.cited import cited
from corpora.cited_conflicts import conflicts
from corpora.consistency import check
from corpora.dataset import FILE_NAME, Dataset
from corpora.filters import Filters
from tests.bench.questions.made import YEARS, Archive, store


def fill(dataset: Dataset, archive: Archive) -> None:
    """All documents of the archive, with its register."""
    dataset.keep_units(archive.units())
    for made in archive.documents():
        store(dataset, made)


def questions(archive: Archive) -> dict[str, Callable[[Dataset], list[Any]]]:
    """What is asked, by what a person would type."""
    unit = archive.commune(0, 0)
    return {
        "cited": lambda dataset: cited(dataset, limit=51),
        "cited 30/2020": lambda dataset: cited(dataset, "30/2020", limit=51),
        "cited --expired": lambda dataset: cited(dataset, expired=True, limit=51),
        "cited --unresolved": lambda dataset: cited(dataset, unresolved=True, limit=51),
        "cited --unit": lambda dataset: cited(dataset, filters=Filters(unit=unit), limit=51),
        "cited --year 2020": lambda dataset: cited(dataset, filters=Filters(year=2020), limit=51),
        "cited --conflicts": conflicts,
        "check": check,
        "check --unit": lambda dataset: check(dataset, Filters(unit=unit)),
    }


def measure(dataset: Dataset, archive: Archive) -> None:
    """Ask everything twice, then again after one more document."""
    (row,) = dataset.query(
        "SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM findings) AS findings, "
        "(SELECT count(*) FROM citations) AS citations"
    )
    print(", ".join(f"{row[name]} {name}" for name in ("documents", "findings", "citations")))
    asked = questions(archive)
    for name, ask in asked.items():
        first, many = _timed(lambda: ask(dataset))  # noqa: B023
        again, _ = _timed(lambda: ask(dataset))  # noqa: B023
        print(f"{name}: {first:.2f} s, again {again:.2f} s ({many} answers)")
    spent, _ = _timed(lambda: [store(dataset, archive.report(0, YEARS[-1] + 1))])
    print(f"storing one more document: {spent:.3f} s")
    for name in ("cited", "cited --conflicts", "check"):
        spent, _ = _timed(lambda: asked[name](dataset))  # noqa: B023
        print(f"{name} after it: {spent:.2f} s")


def _timed(work: Callable[[], list[Any]]) -> tuple[float, int]:
    start = time.process_time()
    answers = work()
    return time.process_time() - start, len(answers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--districts", type=int, default=200, help="twenty documents each")
    parser.add_argument("--folder", type=Path, help="where the dataset is, or is left if it is not there yet")
    asked = parser.parse_args()
    archive = Archive(asked.districts)
    with tempfile.TemporaryDirectory() as other:
        path = (asked.folder or Path(other)) / FILE_NAME
        there = path.exists()
        with Dataset.open(path, create=True) as dataset:
            if not there:
                spent, _ = _timed(lambda: [fill(dataset, archive)])
                print(f"filled in {spent:.0f} s")
            measure(dataset, archive)


if __name__ == "__main__":
    main()
