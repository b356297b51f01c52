"""Building the body of a Word document in memory, so that every old Word format is read by one reader.

RTF and what antiword prints become the same WordprocessingML that a DOCX holds (ISO/IEC 29500: ``w:p``,
``w:r``, ``w:tbl``); ``docx_file.read_body`` then knows letterheads, tables, fonts and old encodings for all.
"""

from __future__ import annotations

import re

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from extract.reading.word.docx_styles import Element

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = {"\t": "w:tab", "\n": "w:br"}


class Body:
    """A body under construction: paragraphs go into the innermost open cell, runs into the last paragraph."""

    def __init__(self) -> None:
        self.root: Element = OxmlElement("w:body")
        self._open: list[Element] = [self.root]
        self._paragraph: Element = None

    def paragraph(self, heading: int | None = None) -> None:
        """Begin a paragraph; ``heading`` is its outline level, 1 the highest."""
        self._paragraph = _sub(self._open[-1], "w:p")
        if heading is not None:
            _sub(_sub(self._paragraph, "w:pPr"), "w:outlineLvl", val=str(heading - 1))

    def run(
        self,
        text: str,
        *,
        font: str | None = None,
        size: float | None = None,
        bold: bool = False,
        italic: bool = False,
        caps: bool = False,
    ) -> None:
        """Text with its look; tabs and line breaks become what Word has for them. ``size`` in points."""
        text = _ILLEGAL.sub("", text)
        if not text:
            return
        if self._paragraph is None:
            self.paragraph()
        run = _sub(self._paragraph, "w:r")
        if font or size or bold or italic or caps:
            look = _sub(run, "w:rPr")
            if font:
                name = _ILLEGAL.sub("", font)
                _sub(look, "w:rFonts", ascii=name, hAnsi=name)
            if bold:
                _sub(look, "w:b")
            if italic:
                _sub(look, "w:i")
            if caps:
                _sub(look, "w:caps")
            if size:
                _sub(look, "w:sz", val=f"{2 * size:g}")
        for piece in re.findall(r"[\t\n]|[^\t\n]+", text):
            if piece in _BREAKS:
                _sub(run, _BREAKS[piece])
            else:
                _sub(run, "w:t").text = piece

    def begin_table(self, *, borders: bool) -> None:
        """Open a table in the innermost open cell or the body itself."""
        table = _sub(self._open[-1], "w:tbl")
        edges = _sub(_sub(table, "w:tblPr"), "w:tblBorders")
        _sub(edges, "w:top", val="single" if borders else "nil")
        self._open.append(table)
        self._paragraph = None

    def begin_row(self) -> None:
        """Open a row of the open table."""
        _sub(self._open[-1], "w:tr")

    def begin_cell(self, *, span: int = 1, continues: bool | None = None) -> None:
        """Open a cell ``span`` columns wide; ``continues`` tells a vertical merge from its beginning."""
        cell = _sub(self._open[-1][-1], "w:tc")
        if span > 1 or continues is not None:
            properties = _sub(cell, "w:tcPr")
            if span > 1:
                _sub(properties, "w:gridSpan", val=str(span))
            if continues is not None:
                _sub(properties, "w:vMerge", val="continue" if continues else "restart")
        self._open.append(cell)
        self._paragraph = None

    def end_cell(self) -> None:
        """Close the open cell."""
        self._open.pop()
        self._paragraph = None

    def end_table(self) -> None:
        """Close the open table."""
        self._open.pop()
        self._paragraph = None


def _sub(parent: Element, tag: str, **attributes: str) -> Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
