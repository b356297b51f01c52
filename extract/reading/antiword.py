"""antiword: the only place that knows its command line, its version and the XML it prints.

It gives paragraphs, lists, tables and bold letters as DocBook, but no fonts, no borders of tables and no
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
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from extract.reading.docx_numbering import spell
from extract.reading.outside import ConversionFailed, run
from extract.reading.word_binary import prepared_for_antiword
from extract.reading.wordml import Body

INSTALL = "sudo apt-get install antiword"
TIMEOUT = 60.0
"""Seconds for one file; antiword needs some milliseconds."""
_FORMS = {
    "arabic": ("decimal", "."),
    "loweralpha": ("lowerLetter", ")"),
    "upperalpha": ("upperLetter", "."),
    "lowerroman": ("lowerRoman", "."),
    "upperroman": ("upperRoman", "."),
}
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
        with tempfile.TemporaryDirectory(prefix="rasoat-", ignore_cleanup_errors=True) as name:
            source = Path(name) / "file.doc"
            source.write_bytes(prepared_for_antiword(data))
            printed = run([self.program, "-x", "db", str(source)], Path(name), self.timeout)
        text = _ILLEGAL.sub("", printed.decode("utf-8", errors="replace"))
        try:
            book = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text, count=1))
        except ElementTree.ParseError as error:
            raise ConversionFailed("printed broken XML") from error
        body = Body()
        for part in book:
            if part.tag != "bookinfo":
                _blocks(part, body)
        return body


_BLOCKS = {"para", "simpara", "title", "informaltable", "table", "itemizedlist", "orderedlist", "listitem"}


def _blocks(parent: ElementTree.Element, body: Body, marker: str = "") -> None:
    """The paragraphs, lists and tables of ``parent``; ``marker`` stands before the first paragraph."""
    count = 0
    for block in parent:
        if block.tag in ("informaltable", "table"):
            _table(block, body)
        elif block.tag in ("itemizedlist", "orderedlist"):
            form, end = _FORMS.get(block.get("numeration", ""), ("decimal", "."))
            for item in block.iterfind("listitem"):
                count += 1
                sign = "-" if block.tag == "itemizedlist" else spell(count, form) + end
                _blocks(item, body, sign)
            count = 0
        elif block.tag in ("para", "simpara", "title"):
            if block.tag == "title" and not "".join(block.itertext()).strip():
                continue
            _paragraph(block, body, marker)
            marker = ""
        else:
            _blocks(block, body)


def _paragraph(block: ElementTree.Element, body: Body, marker: str) -> None:
    """One paragraph; what DocBook puts inside it (tables, lists) comes after it."""
    pieces: list[tuple[str, bool]] = []
    inner: list[ElementTree.Element] = []
    _inline(block, pieces, inner, bold=False)
    if "".join(text for text, _ in pieces).strip():
        body.paragraph()
        if marker:
            body.run(marker + " ")
        for index, (text, bold) in enumerate(pieces):
            text = re.sub(r"\s*\n\s*", " ", text)
            body.run(text.lstrip() if index == 0 else text, bold=bold)
    if inner:
        holder = ElementTree.Element("section")
        holder.extend(inner)
        _blocks(holder, body)


def _inline(
    element: ElementTree.Element,
    pieces: list[tuple[str, bool]],
    inner: list[ElementTree.Element],
    *,
    bold: bool,
) -> None:
    pieces.append((element.text or "", bold))
    for child in element:
        if child.tag in _BLOCKS:
            inner.append(child)
        elif child.tag == "footnote":
            pass  # left out as in DOCX: a note's text would stand in the middle of the sentence
        else:
            _inline(child, pieces, inner, bold=bold or child.get("role") == "bold")
        pieces.append((child.tail or "", bold))


def _table(block: ElementTree.Element, body: Body) -> None:
    # antiword does not say which tables have lines; those of data lose more by being read as a layout
    body.begin_table(borders=True)
    for row in block.iter("row"):
        body.begin_row()
        for entry in row.iterfind("entry"):
            body.begin_cell()
            holder: Any = entry
            if any(child.tag in _BLOCKS for child in entry):
                _blocks(holder, body)
            else:
                _paragraph(holder, body, "")
            body.end_cell()
    body.end_table()


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
