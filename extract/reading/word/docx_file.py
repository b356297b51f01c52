"""DOCX files: the body in its order, with automatic numbers, text boxes and tables.

The XML is walked directly: python-docx's own paragraphs leave out content controls, inserted text,
text boxes and numbers, which real reports are full of.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart

from extract.errors import DamagedFile
from extract.pages import Cell, Line, Page, Word
from extract.reading.base import EngineSource, Reading, clean, is_figure, is_letterhead, is_ornament
from extract.reading.layout.columns import reading_order
from extract.reading.legacy.encodings import Converter
from extract.reading.word.docx_bounds import check_bounds
from extract.reading.word.docx_legacy import asks_for_conversion, converted, learn, shown
from extract.reading.word.docx_numbering import Numbering
from extract.reading.word.docx_styles import Element, Look, Styles, W, attribute

# python-docx takes these for documents only when told so: those with macros (never looked at), templates
for _kind in (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
):
    PartFactory.part_type_for.setdefault(_kind, DocumentPart)

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TRANSPARENT = {
    W + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
}
_TRANSPARENT |= {W + "fldSimple", W + "dir", W + "bdo", _MC + "AlternateContent", _MC + "Choice"}
_BROKEN = (
    OpcError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, OSError,
    SyntaxError, EOFError, NotImplementedError, RecursionError,
)  # fmt: skip
_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}  # fmt: skip


@dataclass(slots=True)
class _Row:
    """One line to be: characters with the look of each, and what its paragraph says."""

    text: str
    looks: list[Look]
    starts: bool
    heading: int | None = None
    centred: bool = False


@dataclass(slots=True)
class _State:
    """What is known while walking: rows not yet put in order, the lines so far, tables counted."""

    rows: list[_Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tables: int = 0

    def flush(self) -> None:
        """Turn the rows into lines; heads set with tabs are read column by column."""
        for piece in reading_order([row.text for row in self.rows], aligned=False):
            row = self.rows[piece.row]
            text, looks = row.text[piece.start : piece.end], row.looks[piece.start : piece.end]
            words = [] if is_ornament(text) else _words(text, looks)
            if words:
                starts = row.starts or piece.first
                self.lines.append(Line(words, starts_block=starts, heading=row.heading, centred=row.centred))
        self.rows = []


def read_docx(data: bytes, engine: EngineSource) -> Reading:
    """Read a DOCX file.

    Raises:
        DamagedFile: the container or its XML is broken.
        TooLarge: unpacked it would pass the bounds.
    """
    check_bounds(data)
    try:
        document: Element = Package.open(io.BytesIO(data)).main_document_part
        return read_body(document.element.body, _part(document, "styles"), _part(document, "numbering"))
    except _BROKEN as error:
        raise DamagedFile(
            "Tệp DOCX bị hỏng.",
            "Cần lấy lại tệp, hoặc mở bằng Word cho Word sửa rồi lưu lại.",
        ) from error


def read_body(body: Element, styles_part: Element | None, numbering_part: Element | None) -> Reading:
    """The lines of a document's body, for every reader that has its file as WordprocessingML."""
    styles = Styles(styles_part)
    walker = _Walker(styles, Numbering(numbering_part, styles))
    if asks_for_conversion([body, styles_part]):
        walker.learn(body)
    state = _State()
    walker.blocks(body, state)
    state.flush()
    converter = walker.converter
    return Reading([Page(None, state.lines)], warnings=converter.cautions(), conversion=converter.conversion)


def _part(package: Element, kind: str) -> Element | None:
    """The root of the styles or numbering part. python-docx would make up a missing one."""
    for relation in package.rels.values():
        if relation.reltype.endswith("/" + kind) and not relation.is_external:
            return relation.target_part.element
    return None


class _Walker:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.converter = Converter()

    def learn(self, body: Element) -> None:
        """Look through all text for old encodings before any of it is converted."""
        for paragraph in body.iter(W + "p"):
            text, looks, _ = self._letters(paragraph)
            learn(self.converter, text, looks)

    def blocks(self, parent: Element, state: _State) -> None:
        """Paragraphs and tables of ``parent`` in order, through content controls."""
        for block in _inside(parent):
            if block.tag == W + "p":
                rows, boxes = self._paragraph(block)
                state.rows += rows
                for box in boxes:
                    self.blocks(box, state)
            elif block.tag == W + "tbl":
                state.flush()
                self._table(block, state)

    def _paragraph(self, paragraph: Element) -> tuple[list[_Row], list[Element]]:
        """The lines of a paragraph, parted at soft breaks, and the text boxes anchored in it."""
        whole, looks, boxes = self._letters(paragraph)
        heading, centred = self._styles.heading(paragraph), self._styles.centred(paragraph)
        marker = self._numbering.marker(paragraph)
        if marker and whole.strip():
            # the mark is printed in the look of the paragraph's first letter
            first = next(look for letter, look in zip(whole, looks, strict=True) if not letter.isspace())
            whole = f"{marker} {whole.lstrip()}"
            looks = [first] * (len(marker) + 1) + looks[len(looks) - (len(whole) - len(marker) - 1) :]
        if not self.converter.idle:
            whole, looks = converted(self.converter, whole, looks)
        whole = shown(whole, looks)
        rows: list[_Row] = []
        start = 0
        for end in (*(match.start() for match in re.finditer("\n", whole)), len(whole)):
            rows.append(_Row(whole[start:end], looks[start:end], not rows, heading, centred))
            start = end + 1
        return rows, boxes

    def _letters(self, paragraph: Element) -> tuple[str, list[Look], list[Element]]:
        """The text of a paragraph, the look of each of its letters, the text boxes anchored in it."""
        text: list[str] = []
        looks: list[Look] = []
        boxes: list[Element] = []
        for run in _runs(paragraph):
            run_look = self._styles.look(run, paragraph)
            for part in _inside(run):
                look = run_look
                if part.tag in (W + "drawing", W + "pict", W + "object"):
                    boxes += _boxes(part)
                    continue
                if part.tag == W + "sym":
                    piece = _symbol(part)
                    look = replace(look, font=attribute(part, "font") or look.font)
                else:
                    piece = (part.text or "") if part.tag == W + "t" else _CHARACTERS.get(part.tag, "")
                if not look.hidden:
                    text.append(piece)
                    looks += [look] * len(piece)
        return "".join(text), looks, boxes

    def _table(self, table: Element, state: _State) -> None:
        cells = list(_cells(table))
        columns = 1 + max((place.column for place, _ in cells), default=0)
        count = 1 + max((place.row for place, _ in cells), default=0)
        if self._is_layout(table, columns, count, first=not state.lines):
            # left column wholly, then the right one; sorting keeps rows in order within a column
            for _, cell in sorted(cells, key=lambda entry: entry[0].column):
                self.blocks(cell, state)
                state.flush()
            return
        index = state.tables
        state.tables += 1
        for inside, cell in cells:
            place = replace(inside, table=index)
            for line_row in self._cell_rows(cell):
                words = _words(line_row.text, line_row.looks)
                if words:
                    state.lines.append(
                        Line(words, starts_block=line_row.starts, heading=line_row.heading, cell=place)
                    )

    def _is_layout(self, table: Element, columns: int, rows: int, *, first: bool) -> bool:
        """Whether a table only sets things side by side, as at the head and the end of a letter."""
        if not self._styles.has_borders(table):
            if rows > 2 and _has_figures(table, rows):
                return False
            return rows == 1 or columns <= 2 or (first and columns <= 3)
        if columns > 3 or rows > 8:
            return False
        return (first and columns <= 2) or is_letterhead(self._text(table))

    def _text(self, table: Element) -> str:
        letters = (self._letters(paragraph)[:2] for paragraph in table.iter(W + "p"))
        if not self.converter.idle:
            letters = (converted(self.converter, text, looks) for text, looks in letters)
        return "\n".join(shown(text, looks) for text, looks in letters)

    def _cell_rows(self, cell: Element) -> Iterator[_Row]:
        for block in _inside(cell):
            if block.tag == W + "p":
                rows, boxes = self._paragraph(block)
                yield from rows
                for box in boxes:
                    yield from self._cell_rows(box)
            elif block.tag == W + "tbl":
                for _, nested in _cells(block):
                    yield from self._cell_rows(nested)


def _inside(parent: Element) -> Iterator[Element]:
    """The children, looking through wrappers.

    Of alternatives only the first is taken, so that a text box and its fallback for old programs
    do not both come out.
    """
    for child in parent:
        if child.tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            if chosen is None:
                chosen = child.find(_MC + "Fallback")
            if chosen is not None:
                yield from _inside(chosen)
        elif child.tag in _TRANSPARENT:
            yield from _inside(child)
        else:
            yield child


def _runs(paragraph: Element) -> Iterator[Element]:
    """The runs that are there when all changes are accepted: inserted text in, deleted text out."""
    return (child for child in _inside(paragraph) if child.tag == W + "r")


def _boxes(drawing: Element) -> list[Element]:
    """The contents of text boxes in a drawing, outermost only and never a fallback's copy."""
    found: list[Element] = []
    stack: list[Element] = [drawing]
    while stack:
        element = stack.pop(0)
        if element.tag == W + "txbxContent":
            found.append(element)
        else:
            stack = list(_inside(element)) + stack
    return found


def _cells(table: Element) -> Iterator[tuple[Cell, Element]]:
    """Place and element of each cell, a merged one once, where it begins; deleted rows out."""
    found: list[tuple[Cell, Element]] = []
    above: dict[int, int] = {}  # by column: the place in ``found`` of the cell that may go on downwards
    row = 0
    for line in _inside(table):
        if line.tag != W + "tr" or line.find(f"{W}trPr/{W}del") is not None:
            continue
        column = _number(line.find(f"{W}trPr/{W}gridBefore"), 0)
        reached: dict[int, int] = {}
        for cell in _inside(line):
            if cell.tag != W + "tc":
                continue
            across = max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is None or attribute(merge, "val") == "restart":
                reached[column] = len(found)
                found.append((Cell(0, row, column, 1, across), cell))
            elif column in above:
                reached[column] = at = above[column]
                begun, element = found[at]
                found[at] = (replace(begun, rows=row - begun.row + 1), element)
            column += across
        above = reached
        row += 1
    yield from found


def _has_figures(table: Element, rows: int) -> bool:
    """Whether a column behind the first holds nothing but figures below its heading."""
    figures: Counter[int] = Counter()
    for place, cell in _cells(table):
        if is_figure("".join(text.text or "" for text in cell.iter(W + "t")).strip()):
            figures[place.column] += 1
    return any(column and count >= rows - 1 for column, count in figures.items())


def _number(element: Element | None, default: int) -> int:
    value = attribute(element, "val")
    return int(value) if value and value.isdigit() else default


def _symbol(element: Element) -> str:
    """The letter of ``<w:sym>``: a code of its font, mostly written as a code of the private use area."""
    code = attribute(element, "char") or ""
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) and int(code, 16) >= 32 else ""


def _words(text: str, looks: Iterable[Look]) -> list[Word]:
    """Words with the look that most of their letters have."""
    by_letter = list(looks)
    words = []
    for match in re.finditer(r"\S+", text):
        span = by_letter[match.start() : match.end()]
        first = span[0]
        bold = 2 * sum(look.bold for look in span) >= len(span)
        italic = 2 * sum(look.italic for look in span) >= len(span)
        raw = "".join(
            letter if look.raw is None else look.raw for look, letter in zip(span, match[0], strict=True)
        )
        kept = None if raw == match[0] else raw
        for part in clean(match[0]).split():
            words.append(Word(part, bold=bold, italic=italic, font=first.font, size=first.size, raw=kept))
    return words
