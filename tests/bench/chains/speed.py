"""Time to build chains and to ask for them, over many made findings.

    python -m tests.bench.chains.speed                       # a million findings, some minutes
    python -m tests.bench.chains.speed --findings 50000

Invented communes in invented districts, a report a district and year, statements drawn from the written wordings
with new numbers in them; a fifth of the communes merge in 2020. All times are process times.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.dataset import Dataset
from corpora.recurrence import Question, recurring
from corpora.unit_page import unit_pages
from extract.units.register import version_of
from models.subject_pairs import read_wordings
from models.subjects import default_likeness
from pipelines.following import follow
from pipelines.workspace import Workspace

YEARS = range(2006, 2026)
MERGED = 2020
COMMUNES_OF_DISTRICT = 10
FINDINGS_OF_REPORT = 10
SEED = 7


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of process time. ``build`` and ``batch`` are for all findings and for one more report."""

    findings: int
    chains: int
    build: float
    encode: float
    batch: float
    all_units: float
    persisting: float
    one_unit: float
    page: float
    command: float

    def lines(self) -> list[str]:
        many = self.findings / 10_000
        return [
            f"{self.findings} findings, {self.chains} chains",
            f"building: {self.build / many:.2f} s per 10,000 findings, and {self.encode:.2f} s to take the terms of"
            " 10,000 new statements",
            f"one more report of {COMMUNES_OF_DISTRICT * FINDINGS_OF_REPORT} findings: {self.batch:.2f} s",
            f"recurring, all units: {self.all_units:.3f} s; persisting for three years: {self.persisting:.3f} s; "
            f"as a command, with Python's start: {self.command:.2f} s",
            f"recurring, one unit: {1000 * self.one_unit:.0f} ms; its page: {1000 * self.page:.0f} ms",
        ]


def measure(findings: int, folder: Path) -> Times:
    """Fill a dataset in ``folder``, build, ask."""
    workspace = Workspace(folder)
    districts = max(1, findings // (len(YEARS) * COMMUNES_OF_DISTRICT * FINDINGS_OF_REPORT))
    with Dataset.open(workspace.dataset, create=True) as dataset:
        fill = Filling(dataset)
        for district in range(districts):
            fill.district(district)
        with dataset.transaction() as connection:
            # The made units are the register: nothing is to be looked up in the country's.
            connection.execute("INSERT INTO register VALUES (?)", (version_of([]),))
        likeness = default_likeness()
        new = [f"{one.text} Lần thứ {at}." for at, one in enumerate(read_wordings())]
        encode = _timed(lambda: [likeness.encode(text) for text in new]) * 10_000 / len(new)
        build = _timed(lambda: follow(dataset))
        with dataset.transaction() as connection:
            fill.report(connection, 0, YEARS[-1] + 1)
        batch = _timed(lambda: follow(dataset))
        asked = Question(limit=50)
        name = fill.names[0, 0]
        times = [
            _timed(lambda: recurring(dataset, question=asked)),
            _timed(lambda: recurring(dataset, question=Question("persisting", 3, limit=50))),
            _timed(lambda: recurring(dataset, name, question=asked)),
            _timed(lambda: unit_pages(dataset, name)),
        ]
        (row,) = dataset.query("SELECT count(*) AS chains FROM chains")
        (many,) = dataset.query("SELECT count(*) AS findings FROM findings")
    return Times(many["findings"], row["chains"], build, encode, batch, *times, _command(folder))


def _timed(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _command(folder: Path) -> float:
    """Processor time of ``rasoat recurring``, the second time: the first reads the file from the disk."""
    call = [sys.executable, "-m", "pipelines.cli", "recurring", "-w", str(folder), "--json"]
    used = []
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(call, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return used[-1]


class Filling:
    """Writes made reports straight into the tables."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.names: dict[tuple[int, int], str] = {}
        self._chance = random.Random(SEED)
        wordings = read_wordings()
        self._deficiencies = [one for one in wordings if not one.remedy]
        self._remedies = [one for one in wordings if one.remedy]
        self._number = 0

    def district(self, district: int) -> None:
        """A district: its units, and a report a year."""
        with self.dataset.transaction() as connection:
            for commune in range(COMMUNES_OF_DISTRICT):
                self.names[district, commune] = f"Xã Làng {district}x{commune}"
                self._unit(connection, district, commune)
            self.names[district, -1] = f"Xã Làng {district}xMới"
            self._unit(connection, district, -1)
            connection.executemany(
                "INSERT INTO successions VALUES (?, ?, 'merged', '', '', 0)",
                [(f"u{district}.{one}", f"u{district}.-1") for one in (0, 1)],
            )
            for year in YEARS:
                self.report(connection, district, year)

    def _unit(self, connection: Any, district: int, commune: int) -> None:
        connection.execute(
            "INSERT INTO units (name, level, code, uid, registered) VALUES (?, 'commune', ?, ?, 1)",
            (self.names[district, commune], f"{district}.{commune}", f"u{district}.{commune}"),
        )

    def report(self, connection: Any, district: int, year: int) -> None:
        """One report about all communes of a district."""
        self._number += 1
        name = f"{self._number:016x}"
        connection.execute(
            "INSERT INTO sources (name, path, status, ingested_at) VALUES (?, ?, 'ok', '')", (name, name)
        )
        (source,) = connection.execute("SELECT last_insert_rowid()").fetchone()
        connection.execute(
            "INSERT INTO documents (id, source_id, part, kind, number, date, year, issuer_unit, text, record) "
            "VALUES (?, ?, 1, 'báo cáo', ?, ?, ?, ?, '', '{}')",
            (name, source, f"{district}/BC-UBND", f"{year}-11-20", year, f"Huyện Làng {district}"),
        )
        for commune in range(COMMUNES_OF_DISTRICT):
            here = -1 if commune < 2 and year >= MERGED else commune
            (unit,) = connection.execute(
                "SELECT id FROM units WHERE uid = ?", (f"u{district}.{here}",)
            ).fetchone()
            for place in range(FINDINGS_OF_REPORT):
                self._finding(connection, name, unit, commune, place)

    def _finding(self, connection: Any, document: str, unit: int, commune: int, place: int) -> None:
        praised = place < 3
        # A commune has its own forty or so faults: they come back.
        pool = self._remedies if praised else self._deficiencies
        one = pool[(self._chance.randrange(60) * 11 + 17 * commune) % len(pool)]
        finding = f"f{document}{commune}.{place}"
        polarity = "achievement" if praised else "deficiency"
        connection.execute(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, 'machine', ?, ?, '{}')",
            (finding, document, unit, polarity, one.area, place, place, f"II.{commune}", one.text, place),
        )
        if not praised:
            connection.executemany(
                "INSERT INTO finding_types VALUES (?, ?)", [(finding, code) for code in one.types]
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument(
        "--folder", type=Path, help="where the dataset is left (a folder that is not there yet)"
    )
    asked = parser.parse_args()
    if asked.folder:
        print("\n".join(measure(asked.findings, asked.folder).lines()))
        return
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(measure(asked.findings, Path(folder) / "workspace").lines()))


if __name__ == "__main__":
    main()
