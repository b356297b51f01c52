"""Reports in Markdown as DOCX the way offices write them: bold paragraphs for headings, no styles."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from corpora.render import Block, blocks, cell_lines, plain, runs

_WIDTH = Mm(210 - 30 - 16)
_DATE = dt.datetime(2020, 11, 16, 8, 0, 0)
_ZIP_DATE = (2020, 11, 16, 8, 0, 0)


def markdown_to_docx(text: str, path: Path) -> None:
    """Lay ``text`` out as an editable document on A4 pages and write it to ``path``.

    Items that begin with ``#.`` get Word's automatic numbers; other numbers stay text. The same
    text gives the same bytes.
    """
    document = new_document()
    _set_up(document)
    found = blocks(text)
    number_id = 0
    for block in found:
        if block.kind == "layout":
            _layout(document, block)
        elif block.kind == "table":
            _table(document, block)
        elif block.kind == "rule":
            _rule(document.add_paragraph(), 58)
        elif block.kind == "numbered":
            number_id = _new_list(document) if block.number == 1 else number_id
            _number(_text(document.add_paragraph(), block), number_id)
        else:
            _text(document.add_paragraph(), block)
    titles = [plain(block.text) for block in found if block.kind == "heading" and block.level == 1]
    core = document.core_properties
    core.author = core.last_modified_by = "rasoat"
    core.title, core.comments = " - ".join(titles[:2])[:200], ""
    core.created = core.modified = _DATE
    core.revision = 1
    _save(document, path)


def _set_up(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(16)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), "Times New Roman")
    normal.paragraph_format.space_after = Pt(4)
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    header._p.append(field)


def _write(paragraph: Paragraph, text: str, bold: bool = False, size: float | None = None) -> None:
    for run in runs(text):
        made = paragraph.add_run(run.text)
        made.bold = True if run.bold or bold else None
        made.italic = True if run.italic else None
        if size:
            made.font.size = Pt(size)


def _text(paragraph: Paragraph, block: Block) -> Paragraph:
    heading = block.kind == "heading"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if block.centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    if not block.centred:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.keep_with_next = True if heading else None
    if block.centred and heading:
        paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, ("- " if block.kind == "item" else "") + block.text, bold=heading)
    return paragraph


def _rule(paragraph: Paragraph, indent: float) -> None:
    """A short line in the middle: the lower border of an empty paragraph with wide indents."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.space_after = Pt(6)
    form.line_spacing = Pt(4)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _layout(document: Document, block: Block) -> None:
    columns = len(block.rows[0])
    widths = [0.4, 0.6] if columns == 2 else [1 / columns] * columns
    table = document.add_table(rows=len(block.rows), cols=columns)
    table.autofit = False
    _no_margins(table)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Emu(int(_WIDTH * share))
    for row, cells in zip(block.rows, table.rows, strict=True):
        for place, (content, cell) in enumerate(zip(row, cells.cells, strict=True)):
            cell.width = Emu(int(_WIDTH * widths[place]))
            _fill(cell, content, 20 if place == 0 else 22)
    _gap(document)


def _no_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), "0")
        side.set(qn("w:type"), "dxa")
        margins.append(side)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _gap(document: Document) -> None:
    form = document.add_paragraph().paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(6)


def _fill(cell: _Cell, content: str, indent: float) -> None:
    lines = cell_lines(content)
    notes = plain(lines[0]).startswith("Nơi nhận")
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if notes else WD_ALIGN_PARAGRAPH.CENTER
        if line == "---":
            _rule(paragraph, indent)
        elif line != "<sign>":
            _write(paragraph, line, size=(12 if place == 0 else 11) if notes else None)


def _table(document: Document, block: Block) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for line, (row, cells) in enumerate(zip(block.rows, table.rows, strict=True)):
        for place, (content, cell) in enumerate(zip(row, cells.cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            words = plain(block.rows[-1][place])[:1].isalpha()
            if line == 0 or not words:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(paragraph, content, bold=line == 0, size=12)
    _gap(document)


def _new_list(document: Document) -> int:
    """A new automatic numbering ``1.``, ``2.``, … and its id."""
    numbering = document.part.numbering_part.element
    taken = [int(found.get(qn("w:abstractNumId"))) for found in numbering.findall(qn("w:abstractNum"))]
    abstract_id = max(taken, default=-1) + 1
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(abstract_id))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (
        ("start", "1"),
        ("numFmt", "decimal"),
        ("suff", "space"),
        ("lvlText", "%1."),
        ("lvlJc", "left"),
    ):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    return int(numbering.add_num(abstract_id).numId)


def _number(paragraph: Paragraph, number_id: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number_id


def _save(document: Document, path: Path) -> None:
    """Write with fixed dates in the archive, which python-docx takes from the clock."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in made.infolist():
            kept = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            kept.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(kept, made.read(entry))
