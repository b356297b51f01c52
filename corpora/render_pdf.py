"""Reports in Markdown as PDF pages in the form of Nghị định 30/2020/NĐ-CP, set in Tinos."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from corpora.render import Block, blocks, cell_lines, plain, runs

FONTS = Path(__file__).parent / "fonts"
_LEFT, _RIGHT, _TOP, _BOTTOM = 30 * mm, 16 * mm, 20 * mm, 20 * mm
_WIDTH = A4[0] - _LEFT - _RIGHT
_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


def markdown_to_pdf(text: str, path: Path, size: float = 13.0) -> None:
    """Lay ``text`` out on A4 pages with a text layer and embedded fonts and write them to ``path``.

    ``size`` is the size of the body text in points. The same text gives the same bytes.
    """
    _register()
    found = blocks(text)
    titles = [plain(block.text) for block in found if block.kind == "heading" and block.level == 1]
    document = BaseDocTemplate(
        str(path),
        pagesize=A4,
        invariant=1,
        lang="vi",
        title=" - ".join(titles[:2]) or None,
        author="rasoat",
    )
    frame = Frame(_LEFT, _BOTTOM, _WIDTH, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=_number_page))
    document.build([flowable for block in found for flowable in _flowables(block, size)])


def _register() -> None:
    if "Tinos-Regular" in pdfmetrics.getRegisteredFontNames():
        return
    for place, style in enumerate(_STYLES):
        pdfmetrics.registerFont(TTFont(f"Tinos-{style}", str(FONTS / f"Tinos-{style}.ttf")))
        addMapping("Tinos-Regular", place & 1, place >> 1, f"Tinos-{style}")


def _number_page(canvas: Any, document: Any) -> None:
    if document.page > 1:
        canvas.setFont("Tinos-Regular", 13)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 13 * mm, str(document.page))


def _style(size: float, alignment: int = TA_JUSTIFY, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        "text", fontName="Tinos-Regular", fontSize=size, leading=size * 1.22, alignment=alignment, **more
    )


def _markup(text: str, bold: bool = False) -> str:
    parts = []
    for run in runs(text):
        part = html.escape(run.text, quote=False)
        part = f"<i>{part}</i>" if run.italic else part
        parts.append(f"<b>{part}</b>" if run.bold or bold else part)
    return "".join(parts)


def _flowables(block: Block, size: float) -> Sequence[Flowable]:
    indent = {"firstLineIndent": 10 * mm, "spaceAfter": 4.5, "allowWidows": 0, "allowOrphans": 0}
    match block.kind:
        case "layout":
            return [Spacer(1, 4), _layout(block, size), Spacer(1, 3)]
        case "table":
            return [_table(block, size), Spacer(1, 6)]
        case "rule":
            return [_ShortRule(0.25), Spacer(1, 10)]
        case "heading" if block.centred:
            return [
                Paragraph(
                    _markup(block.text, bold=True),
                    _style(size + 0.5, TA_CENTER, spaceBefore=4, keepWithNext=1),
                )
            ]
        case "heading":
            return [
                Paragraph(
                    _markup(block.text, bold=True), _style(size, **indent, spaceBefore=3, keepWithNext=1)
                )
            ]
        case "centred":
            return [Paragraph(_markup(block.text), _style(size, TA_CENTER, spaceBefore=6, spaceAfter=8))]
        case "item":
            return [Paragraph("- " + _markup(block.text), _style(size, **indent))]
        case "numbered":
            return [Paragraph(f"{block.number}. " + _markup(block.text), _style(size, **indent))]
        case _:
            return [Paragraph(_markup(block.text), _style(size, **indent))]


class _ShortRule(Flowable):  # type: ignore[misc]
    """A thin line in the middle, a share of the width long: below an organ's name, the motto, a title."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._full = width
        return width, 6

    def draw(self) -> None:
        inset = self._full * (1 - self._share) / 2
        self.canv.setLineWidth(0.7)
        self.canv.line(inset, 2, self._full - inset, 2)


def _layout(block: Block, size: float) -> Table:
    columns = len(block.rows[0])
    widths = [_WIDTH * 0.4, _WIDTH * 0.6] if columns == 2 else [_WIDTH / columns] * columns
    cells = [[_cell(cell, size, place) for place, cell in enumerate(row)] for row in block.rows]
    table = Table(cells, colWidths=widths)
    pads = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")]
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *pads, ("BOTTOMPADDING", (0, 0), (-1, -1), 4)])
    )
    return table


def _cell(cell: str, size: float, place: int) -> list[Flowable]:
    lines = cell_lines(cell)
    if plain(lines[0]).startswith("Nơi nhận"):
        first = Paragraph(_markup(lines[0]), _style(12, TA_LEFT))
        return [first, *(Paragraph(_markup(line), _style(11, TA_LEFT)) for line in lines[1:])]
    made: list[Flowable] = []
    for line in lines:
        if line == "---":
            made.append(_ShortRule(0.56 if place else 0.38))
        elif line == "<sign>":
            made.append(_PenStroke())
        elif line:
            made.append(Paragraph(_markup(line), _style(min(size, 13), TA_CENTER)))
        else:
            made.append(Spacer(1, size * 1.1))
    return made


def _table(block: Block, size: float) -> Table:
    """A bordered table; columns of numbers are centred, the widest column of words takes what is left."""
    head, *body = block.rows
    longest = [max(len(row[place]) for row in block.rows) for place in range(len(head))]
    weights = [max(5, min(length, 24)) for length in longest]
    widths = [_WIDTH * weight / sum(weights) for weight in weights]
    words = [any(plain(row[place])[:1].isalpha() for row in body) for place in range(len(head))]
    small = size - 1
    cells = [[Paragraph(_markup(cell, bold=True), _style(small, TA_CENTER)) for cell in head]]
    for row in body:
        cells.append(
            [
                Paragraph(_markup(cell), _style(small, TA_LEFT if word else TA_CENTER))
                for cell, word in zip(row, words, strict=True)
            ]
        )
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


class _PenStroke(Flowable):  # type: ignore[misc]
    """A scribble where a paper is signed by hand."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._middle = width / 2
        return width, 48

    def draw(self) -> None:
        path = self.canv.beginPath()
        path.moveTo(self._middle - 46, 14)
        for step in range(1, 181):
            along = step / 180
            swing = 15 * (1 - 0.75 * along) * math.sin(2 * math.pi * 5.2 * along**0.8)
            back = 7 * math.cos(2 * math.pi * 5.2 * along**0.8)
            path.lineTo(self._middle - 46 + 92 * along + back - 7, 22 + swing + 6 * along)
        path.curveTo(self._middle + 60, 34, self._middle - 10, 2, self._middle - 40, 8)
        self.canv.setStrokeColorRGB(0.12, 0.15, 0.5)
        self.canv.setLineWidth(1.1)
        self.canv.drawPath(path)
