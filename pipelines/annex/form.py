"""The parts of an official annex in Word: page, headings, tables whose heading comes again on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_BODY, _CELL = 13, 11
_WIDTH, _HEIGHT = 297 - 30 - 20, 210 - 20 - 20  # what the margins leave of A4 on its side, in millimetres

Merge = Literal["restart", "continue"]


def new() -> Document:
    """A4 on its side, as wide tables need; margins and typeface of the decree, page numbers at top centre."""
    from docx import Document as new_document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # the first page bears no number
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(_BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), "Times New Roman")
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    header._p.append(field)
    core = document.core_properties
    core.author = core.last_modified_by = "rasoat"
    core.title, core.comments, core.language = "Phụ lục", "", "vi-VN"
    return document


def centred(
    document: Document, words: str, *, bold: bool = False, italic: bool = False, size: float = _BODY
) -> None:
    """A line of the head."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, words, bold, italic, size)


def rule(document: Document) -> None:
    """The short line under the head."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(95)
    form.space_after, form.line_spacing = Pt(8), Pt(4)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def heading(document: Document, words: str) -> None:
    """A part's heading; never alone at the foot of a page."""
    _heading(document, words, 10)


def subheading(document: Document, words: str) -> None:
    """A unit's heading."""
    _heading(document, words, 6)


def _heading(document: Document, words: str, before: float) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, words, True, False, _BODY)


def text(document: Document, words: str, *, italic: bool = False) -> None:
    """A paragraph of running text."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = Pt(4)
    _run(paragraph, words, False, italic, _BODY if not italic else _CELL)


class Grid:
    """A table with its heading on every page; ``widths`` in proportion, the columns ``middle`` centred."""

    def __init__(
        self, document: Document, heads: Sequence[str], widths: Sequence[float], middle: set[int]
    ) -> None:
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        self._middle = middle
        self._table: Any = document.add_table(rows=1, cols=len(heads), style="Table Grid")
        self._table.autofit = False
        for column, width in zip(self._table.columns, widths, strict=True):
            column.width = Mm(_WIDTH * width / sum(widths))
            column.cells[0].width = column.width  # Word believes the cells of the first row
        head = self._table.rows[0]
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._fill(head, heads, True, set(range(len(heads))))

    def row(
        self, cells: Sequence[str], *, bold: bool = False, merge: Merge | None = None, columns: int = 0
    ) -> None:
        """One more row; with ``merge`` its first ``columns`` cells are one with those of its neighbours."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        made = self._table.add_row()
        made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self._fill(made, cells, bold, self._middle)
        for cell in made._tr.tc_lst[:columns] if merge is not None else ():
            part = OxmlElement("w:vMerge")
            part.set(qn("w:val"), str(merge))
            cell.get_or_add_tcPr().append(part)

    def _fill(self, row: Any, cells: Sequence[str], bold: bool, middle: set[int]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        for at, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if at in middle:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, words, bold, False, _CELL)


def picture(document: Document, content: BinaryIO) -> None:
    """A picture as wide as the page, or as high."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Emu, Mm

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(content)
    scale = min(1.0, Mm(_WIDTH) / shape.width, Mm(_HEIGHT - 8) / shape.height)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))


def _run(paragraph: Paragraph, words: str, bold: bool, italic: bool, size: float) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.bold, run.italic = bold or None, italic or None
    run.font.size = Pt(size)
