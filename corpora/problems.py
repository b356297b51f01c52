"""What SQLite says, as sentences that tell a person what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from extract.errors import WorkspaceProblem


def problem_of(path: Path, error: sqlite3.Error) -> WorkspaceProblem:
    """The problem behind an error of SQLite, with its remedy."""
    said = str(error)
    if "not a database" in said:
        return WorkspaceProblem(
            f"{path} is not a rasoat dataset (no SQLite file). Choose another workspace folder."
        )
    if "no such" in said:  # table, column or index
        return WorkspaceProblem(
            f"The dataset {path} was made by an older rasoat and cannot be written here. "
            "Ask once where it can be written, which brings it up to date."
        )
    if "malformed" in said:
        return WorkspaceProblem(f"The dataset {path} is damaged. Move it away and ingest the archive again.")
    if "locked" in said:
        return WorkspaceProblem(f"The dataset {path} is being written by another program. Try again later.")
    if "full" in said:
        return WorkspaceProblem(f"The disk that holds {path} is full. Make room and run the command again.")
    return WorkspaceProblem(f"The dataset {path} cannot be used: {said}.")
