"""The annex by the name of its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpora.overview.records import Labels, Overview
from extract.errors import UsageError


def check_name(path: Path, pictures: bool = False) -> None:
    """:class:`UsageError` for a file that cannot be made."""
    kind = path.suffix.lower()
    if kind not in (".docx", ".xlsx") or path.is_dir():
        raise UsageError(f"{path} is no name for a report. Name a file that ends in .docx or .xlsx.")
    if pictures and kind != ".docx":
        raise UsageError("Only a .docx report has pictures. For a picture alone: rasoat picture KIND")


def annex(overview: Overview, labels: Mapping[str, Labels], path: Path, pictures: bool = False) -> bool:
    """Write an annex; ``False``, and no file, where the overview rests on no document.

    :class:`UsageError` for a wrong name, :class:`extract.errors.WorkspaceProblem` if it cannot be written.
    """
    check_name(path, pictures)
    if not overview.counted:
        return False
    if path.suffix.lower() == ".xlsx":
        from pipelines.annex.workbook import write_workbook

        write_workbook(overview, labels, path)
    else:
        from pipelines.annex.letter import write_letter

        write_letter(overview, labels, path, pictures)
    return True
