"""The dataset for pandas users: one call, four data frames."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpora.dataset import FILE_NAME, Dataset
from corpora.flat import COLUMNS, Kind, Table, flatten

if TYPE_CHECKING:
    import pandas as pd


def load_frames(workspace: str | Path) -> dict[str, pd.DataFrame]:
    """The records of a workspace as data frames: documents, findings, measurements, citations.

    Columns are those of :data:`corpora.flat.COLUMNS`: dates are ``datetime64``, labels are
    categories, counts and places nullable integers, lists Python lists (``explode`` them). Join
    ``findings.document`` and the like with ``documents.id``. Findings that a reviewer rejected are there too,
    by their ``status``.

        from corpora.frames import load_frames
        findings = load_frames("rasoat-workspace")["findings"]
        findings[findings.polarity == "deficiency"].explode("types").groupby(["unit", "types"]).size()

    :class:`WorkspaceProblem` if the workspace has no dataset.
    """
    with Dataset.open(Path(workspace) / FILE_NAME) as dataset:
        return frames_of(dataset.records())


def frames_of(records: Iterable[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Any records of the contract as the four data frames of :func:`load_frames`."""
    return {table: _frame(table, rows) for table, rows in flatten(records).items()}


_DTYPES: dict[Kind, str] = {
    "text": "string",
    "number": "Float64",
    "integer": "Int64",
    "label": "category",
    "flag": "boolean",
}


def _frame(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(COLUMNS[table]), dtype="object")
    for name, kind in COLUMNS[table].items():
        if kind == "date":
            frame[name] = pd.to_datetime(frame[name], errors="coerce", format="%Y-%m-%d")
        elif kind != "list":
            frame[name] = frame[name].astype(_DTYPES[kind])  # type: ignore[call-overload]
    return frame
