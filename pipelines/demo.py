"""The demonstration: read the bundled sample archive and ask it what users ask."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from annotations.printing import line, title
from corpora.filters import Filters
from corpora.recurrence import recurring
from corpora.search import search
from extract.errors import WorkspaceProblem
from pipelines.ingest import ingest
from pipelines.printing import answers, archive
from pipelines.progress import shown
from pipelines.workspace import DEFAULT, Workspace

ARCHIVE = Path(__file__).resolve().parent.parent / "corpora" / "samples" / "archive"
FOLDER = Path("demo-workspace")
MARK = "made-by-rasoat-demo"
QUERY = "niem yet"
UNIT = "Xã Khe Mận"


def run(workspace: Workspace) -> int:
    """Ingest the samples into a workspace of their own and print five answers; returns the exit status.

    The user's own workspace is never touched: without ``--workspace`` the demonstration has its own
    folder, and it only clears a folder that it made itself.
    """
    place = Workspace(FOLDER) if workspace.folder == Path(DEFAULT) else workspace
    _fresh(place)
    line("rasoat reads a sample archive: three years of an invented district, as PDF, scan,")
    line("photograph, DOCX, Markdown and text. Invented places and people throughout.")
    with shown() as progress:
        report = ingest([ARCHIVE], place, None, progress)
    with place.open() as dataset:
        title("1. What was read")
        archive.show_sources(dataset.sources())
        title("2. Findings by area")
        answers.show_areas(record for record in dataset.records() if record["record"] == "finding")
        title(f"3. Search, typed without tone marks: {QUERY}")
        answers.show_hits(search(dataset, QUERY, Filters(), 5))
        title(f"4. What recurs in {UNIT} over three years")
        answers.show_chains(recurring(dataset, UNIT, Filters()))
    title("5. Go on with")
    _next_steps(place.folder)
    return report.exit_status


def _fresh(place: Workspace) -> None:
    if place.folder.exists() and any(place.folder.iterdir()):
        if not (place.folder / MARK).exists():
            raise WorkspaceProblem(
                f"The folder {place.folder} is not a demonstration's. Name a new one: --workspace DIR"
            )
        shutil.rmtree(place.folder)
    place.units_folder.mkdir(parents=True)
    (place.folder / MARK).touch()
    shutil.copy(ARCHIVE / "units.csv", place.units_folder / "suoi-mo.csv")


def _next_steps(folder: Path) -> None:
    at = f"-w {shlex.quote(str(folder))}"
    for command, meaning in (
        (f'rasoat search {at} "chữ ký số" --year 2021', "what was said about digital signatures in 2021"),
        (f'rasoat search {at} "343/2016"', "who is measured against this circular"),
        (f'rasoat recurring {at} --unit "dong ban"', "a merged commune, with what its parts brought along"),
        (f"rasoat promises {at} --state broken", "what was asked for by a day and told of again after it"),
        (f"rasoat show {at} 07/BC-ĐKT", "one report: fields, warnings, findings by unit"),
        (f"rasoat export {at} --format xlsx --output demo.xlsx", "everything as a workbook"),
        ("rasoat ingest PATH-TO-YOUR-REPORTS", "your own files, into ./rasoat-workspace"),
    ):
        line(f"  .venv/bin/{command}")
        line(f"      {meaning}")
