"""antiword: the only place that knows its command line, its version and the XML it prints.

It gives paragraphs, lists, tables and bold letters as DocBook, but no fonts, few borders of tables and no
numbers of lists. What it would lose of old Vietnamese text, ``word_binary.py`` makes visible before.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from xml.etree import ElementTree

from extract.reading.word.binary import prepared_for_antiword
from extract.reading.word.body_writer import CellShape, Paragraph, RowShape, Run, Writer
from extract.reading.word.outside import ConversionFailed, run
from extract.reading.word.wordml import Body

INSTALL = "sudo apt-get install antiword"
TIMEOUT = 60.0
"""Seconds for one file; antiword needs some milliseconds."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Antiword:
    """An installed antiword; made by :func:`find_antiword`."""

    program: str
    version: str
    timeout: float = TIMEOUT

    @property
    def name(self) -> str:
        """``antiword`` and its version."""
        return f"antiword {self.version}"

    def body(self, data: bytes) -> Body:
        """The body of a .doc file.

        Raises:
            ConversionFailed: antiword cannot read the file.
        """
        prepared, line = prepared_for_antiword(data)
        with tempfile.TemporaryDirectory(prefix="rasoat-", ignore_cleanup_errors=True) as name:
            source = Path(name) / "file.doc"
            source.write_bytes(prepared)
            printed = run([self.program, "-x", "db", str(source)], Path(name), self.timeout)
        text = _ILLEGAL.sub("", printed.decode("utf-8", errors="replace")).replace(_PICTURE, "")
        try:
            book = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text, count=1))
        except ElementTree.ParseError as error:
            raise ConversionFailed("printed broken XML") from error
        return _Book(line if line.strip() else "\n").body(book)


_BLOCKS = {"para", "simpara", "title", "informaltable", "table", "itemizedlist", "orderedlist", "listitem"}
_PICTURE = "[pic]"
"""What antiword prints for a picture."""


class _Book:
    """DocBook to a body; ``line`` is the sign that stands for soft line breaks."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._writer = Writer()

    def body(self, book: ElementTree.Element) -> Body:
        for part in book:
            if part.tag != "bookinfo":
                self._blocks(part)
        self._writer.end_table()
        return self._writer.body

    def _blocks(self, parent: ElementTree.Element, marker: str = "") -> None:
        """The paragraphs, lists and tables of ``parent``; ``marker`` stands before the first paragraph."""
        for block in parent:
            if block.tag in ("informaltable", "table"):
                self._table(block)
            elif block.tag in ("itemizedlist", "orderedlist"):
                for item in block.iterfind("listitem"):
                    # its lists begin anew after every other paragraph and mix numbers with bullets: a number
                    # counted here would often be wrong
                    self._blocks(item, "-")
            elif block.tag in ("para", "simpara", "title"):
                if paragraphs := self._paragraphs(block, marker):
                    self._writer.paragraph(_joined(paragraphs), in_table=False)
                    marker = ""
                for inner in block:
                    if inner.tag in _BLOCKS:
                        holder = ElementTree.Element("section")
                        holder.append(inner)
                        self._blocks(holder)
            else:
                self._blocks(block)

    def _paragraphs(self, block: ElementTree.Element, marker: str = "") -> list[Paragraph]:
        """The lines of a paragraph or cell: antiword wraps none, so a new line is a new paragraph of Word."""
        pieces: list[tuple[str, bool]] = []
        _inline(block, pieces, bold=False)
        rows: list[list[Run]] = [[]]
        for text, bold in pieces:
            for index, part in enumerate(text.split("\n")):
                if index:
                    rows.append([])
                rows[-1].append(Run(part.replace(self._line, "\n"), bold=bold))
        kept = [row for row in rows if "".join(run.text for run in row).strip()]
        if kept and marker:
            kept[0].insert(0, Run(marker + " "))
        return [Paragraph(row) for row in kept]

    def _table(self, block: ElementTree.Element) -> None:
        """Rows with the edges of their cells: rows with merged cells have columns of their own."""
        self._writer.end_table()
        for group in block.iter("tgroup"):
            edges = list(accumulate(_twips(column.get("colwidth", "")) for column in group.iter("colspec")))
            # antiword seldom says which tables have lines; those of data lose more by being read as a layout
            shape = RowShape([CellShape(edge) for edge in edges], borders=True)
            for row in group.iter("row"):
                for entry in row.iterfind("entry"):
                    *before, last = self._entry(entry) or [Paragraph()]
                    for paragraph in before:
                        self._writer.paragraph(paragraph, in_table=True)
                    self._writer.cell(last)
                self._writer.row(shape)
        self._writer.end_table()

    def _entry(self, entry: ElementTree.Element) -> list[Paragraph]:
        found = self._paragraphs(entry)
        for inner in entry.iter():
            if inner.tag in ("para", "simpara"):
                found += self._paragraphs(inner)
        return found


def _twips(width: str) -> int:
    found = re.match(r"\d+(?:\.\d+)?", width)
    return round(20 * float(found[0])) if found else 2000


def _joined(paragraphs: list[Paragraph]) -> Paragraph:
    """Lines of one paragraph, parted by soft breaks."""
    runs = list(paragraphs[0].runs)
    for paragraph in paragraphs[1:]:
        runs += [Run("\n"), *paragraph.runs]
    return Paragraph(runs)


def _inline(element: ElementTree.Element, pieces: list[tuple[str, bool]], *, bold: bool) -> None:
    """The text of ``element`` with what is bold in it; blocks inside it and notes are left to others."""
    pieces.append((element.text or "", bold))
    for child in element:
        # as in DOCX, a note's text is left out: it would stand in the middle of the sentence
        if child.tag not in _BLOCKS and child.tag != "footnote":
            _inline(child, pieces, bold=bold or child.get("role") == "bold")
        pieces.append((child.tail or "", bold))


def find_antiword() -> Antiword | None:
    """antiword from ``PATH``, ``None`` where it is not installed."""
    return _find(os.environ.get("PATH", ""))


@lru_cache(maxsize=8)
def _find(path: str) -> Antiword | None:
    program = shutil.which("antiword", path=path)
    if program is None:
        return None
    try:
        done = subprocess.run([program, "-h"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"Version:\s*(\d[\w.]*)", (done.stdout + done.stderr).decode("utf-8", "replace"))
    return Antiword(program, found[1] if found else "unknown")
