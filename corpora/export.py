"""Records out of the dataset: JSON lines, CSV, Parquet, one Excel workbook.

A file appears complete or not at all: it is written beside its place and renamed.
"""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from corpora.dataset import Dataset
from corpora.flat import COLUMNS, flatten
from corpora.rows import encode
from extract.errors import UsageError, WorkspaceProblem

FORMATS = ("jsonl", "csv", "xlsx", "parquet")

_CELL_LIMIT = 32_767  # what an Excel cell holds
_CUT = " […]"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no cell or paragraph of an Office file can hold."""


def export(
    dataset: Dataset,
    format: str = "jsonl",
    output: Path | None = None,
    document: str | None = None,
    stream: TextIO | None = None,
) -> list[Path]:
    """Write all records, or those of ``document`` (id, number or source); the files made are returned.

    jsonl goes to ``stream`` unless ``output`` names a file. csv and parquet make one file per
    record kind in the folder ``output``; xlsx one workbook. :class:`UsageError` for an unknown format or
    document or a missing ``output``, :class:`WorkspaceProblem` if the place cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"Unknown format '{format}'. Valid: {', '.join(FORMATS)}.")
    if document is not None:
        dataset.find_documents(document)  # a wrong call must not leave an empty file
    records = dataset.records(document)
    if format == "jsonl" and output is None:
        if stream is None:
            raise UsageError("jsonl needs a stream or an output file.")
        _write_lines(records, stream)
        return []
    if output is None:
        raise UsageError(f"Where to? Format {format} needs --output PATH.")
    try:
        if format == "jsonl":
            return whole_file(_as_file(output, "records.jsonl"), lambda path: _write_jsonl(records, path))
        if format == "xlsx":
            return whole_file(_as_file(output, "rasoat.xlsx"), lambda path: _write_workbook(records, path))
        if output.is_file():
            raise UsageError(
                f"{output} is a file. Format {format} needs a folder: it makes one file per record kind."
            )
        writer = _write_csv if format == "csv" else _write_parquet
        return writer(records, output)
    except OSError as error:
        raise WorkspaceProblem(f"{output} cannot be written: {error.strerror or error}.") from error


def _as_file(output: Path, name: str) -> Path:
    return output / name if output.is_dir() else output


@contextmanager
def _renamed(path: Path) -> Iterator[Path]:
    """A path to write to; it takes the place of ``path`` when everything went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        # mkstemp makes files for the owner only; the result should be readable like any other.
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def whole_file(path: Path, write: Callable[[Path], object]) -> list[Path]:
    """Have ``write`` make a file beside ``path`` that takes its place once it is complete."""
    with _renamed(path) as part:
        write(part)
    return [path]


def _write_lines(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    for record in records:
        stream.write(encode(record) + "\n")


def _write_jsonl(records: Iterable[dict[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        _write_lines(records, stream)


def _write_csv(records: Iterable[dict[str, Any]], folder: Path) -> list[Path]:
    made = []
    for table, rows in flatten(records).items():
        path = folder / f"{table}.csv"
        with _renamed(path) as part, part.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS[table])
            writer.writerows([_printed(value) for value in row.values()] for row in rows)
        made.append(path)
    return made


def _write_parquet(records: Iterable[dict[str, Any]], folder: Path) -> list[Path]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "text": pa.string(),
        "label": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "flag": pa.bool_(),
        "date": pa.date32(),
    }
    made = []
    for table, rows in flatten(records).items():
        columns = {}
        for name, kind in COLUMNS[table].items():
            values = [row[name] for row in rows]
            if kind == "list":
                # The type is given, not guessed: a column without values must look the same in every export.
                columns[name] = pa.array(
                    values, pa.list_(pa.float64() if name == "confidence_types" else pa.string())
                )
            elif kind == "date":
                columns[name] = pa.array(values, pa.string()).cast(pa.date32())
            else:
                columns[name] = pa.array(values, kinds[kind])
        path = folder / f"{table}.parquet"
        whole_file(path, lambda part, columns=columns: pq.write_table(pa.table(columns), part))  # type: ignore[misc]
        made.append(path)
    return made


def _write_workbook(records: Iterable[dict[str, Any]], path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for table, rows in flatten(records).items():
        sheet = book.create_sheet(table)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS[table]))}{len(rows) + 1}"
        head = []
        for name in COLUMNS[table]:
            cell = WriteOnlyCell(sheet, value=name)
            cell.font = Font(bold=True)
            head.append(cell)
        sheet.append(head)
        for row in rows:
            cells = []
            for value in map(_printed, row.values()):
                cell = WriteOnlyCell(sheet, value=fitting(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # text stays text: "=…" is no formula, "#N/A" no error
                cells.append(cell)
            sheet.append(cells)
    book.save(path)


def _printed(value: Any) -> Any:
    """A value for one cell: lists as text."""
    return "; ".join(str(item) for item in value) if isinstance(value, list) else value


def fitting(value: Any) -> Any:
    """A value as an Excel cell can hold it: no characters that XML forbids, not too long."""
    if not isinstance(value, str):
        return value
    value = NOT_IN_XML.sub("", value)
    return value if len(value) <= _CELL_LIMIT else value[: _CELL_LIMIT - len(_CUT)] + _CUT
