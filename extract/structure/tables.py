"""The tables of a document: cells, header rows, headings of the columns, caption.

What a table says stands in its geometry: "8,59%" means nothing without the words above it. The header is
told from the body by merged cells, weight and wording, never by a fixed number of rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.document import Span
from extract.structure.answers import is_answer
from extract.structure.outline import Item, Outline
from extract.vietnamese import UPPER

_TITLE = re.compile(
    r"^(?:stt|tt|số tt|số thứ tự|đơn vị|tên|cơ quan|địa phương|nội dung|tiêu chí|chỉ tiêu|chỉ số|lĩnh vực|"
    r"tồn tại|hạn chế|ưu điểm|kết quả|tỷ lệ|tỉ lệ|ghi chú|nhiệm vụ|thời gian|kiến nghị|yêu cầu|điểm|xếp|"
    r"số|tổng|hồ sơ|"
    r"đvt|kế hoạch|thực hiện|năm|quý|tháng|mức|niêm yết|trong đó|đánh giá|đạt|không đạt|công khai|ban hành|"
    r"%|giải trình|nguyên nhân|lý do|hạng mục|văn bản|họ (?:và )?tên|chức vụ|chức danh|trình độ|thời hạn|"
    rf"(?:các )?(?:xã|phường|thị trấn)(?!\s+(?-i:[{UPPER}])))(?![^\W_])",
    re.IGNORECASE,
)
"""How headings of columns begin in reports of administrative reform."""
_SERIAL = re.compile(r"^(?:stt|tt|số tt|số thứ tự|#)\.?$", re.IGNORECASE)
_DATE = re.compile(r"^\d{1,2}\s*[/.]\s*(?:\d{1,2}\s*[/.]\s*)?(?:19|20)\d\d$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_FIGURE = re.compile(r"^[(≥≤<>]?\s*[\d.,/\s]*\d[\d.,/\s]*%?\s*\)?$")
_NUMBERED = re.compile(
    r"^[(\[]?(?:(?P<number>\d{1,2})|(?P<letter>[A-H]))[)\]]?(?:\s*[=:][\d\s=:+\-*/x×().%]*)?$"
)
_CAPTION = re.compile(r"^(?:biểu|bảng|phụ lục|phụ biểu)(?![^\W_])", re.IGNORECASE)
_ATTACHED = re.compile(r"^\(?\s*(?:ban hành )?kèm theo(?![^\W_])", re.IGNORECASE)
"""What stands below an annex's title: "(Kèm theo Công văn số …)"."""
_MEASURE = re.compile(
    r"(?:đvt|đơn vị(?: tính)?)\s*[:.]\s*\(?\s*"
    r"(?P<measure>%|phần trăm|tỷ lệ %|tỉ lệ %|[^\W\d_][\w ,/%]{0,24})",
    re.IGNORECASE,
)
_LONGEST_TITLE = 30
"""Words of a heading; more are a sentence."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with words: its place, what it covers, its paragraphs. ``recognised``: read by OCR."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    items: tuple[Item, ...]
    bold: bool
    recognised: bool

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell, merged or not, lies over this place."""
        down, across = row - self.row, column - self.column
        return 0 <= down < self.rows and 0 <= across < self.columns


@dataclass(slots=True)
class Table:
    """One table of a document, joined over page breaks.

    ``head`` counts the header rows from row 0; ``caption`` are the words above the table or in its first,
    merged row, the ``title`` ("Biểu 1. …"); ``measure`` is the unit of measure of the whole table ("%");
    ``introduced`` are the paragraphs above it that are nothing but its name or measure; ``repeated`` the
    rows below the header that say it once more.
    """

    number: int
    cells: list[TableCell]
    head: int = 0
    caption: str = ""
    measure: str = ""
    title: TableCell | None = None
    introduced: tuple[Span, ...] = ()
    repeated: frozenset[int] = frozenset()
    _over: dict[tuple[int, int], TableCell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self._over.setdefault((row, column), cell)

    @property
    def columns(self) -> list[int]:
        """The columns that hold words below the header."""
        return sorted({cell.column for cell in self.cells if not self.is_header(cell.row)})

    @property
    def body(self) -> list[int]:
        """The rows below the header that hold words."""
        return sorted({cell.row for cell in self.cells if not self.is_header(cell.row)})

    def is_header(self, row: int) -> bool:
        """Whether a row belongs to the header, or repeats it."""
        return row < self.head or row in self.repeated

    def at(self, row: int, column: int) -> TableCell | None:
        """The cell at a place, a merged one at every place that it covers."""
        return self._over.get((row, column))

    def column(self, column: int) -> list[TableCell]:
        """The cells of the body that begin in a column."""
        return [cell for cell in self.cells if cell.column == column and not self.is_header(cell.row)]

    def heading(self, column: int) -> tuple[str, ...]:
        """The words above a column, outermost first: ``("Hồ sơ trực tuyến", "Tỷ lệ")``."""
        found: list[TableCell] = []
        for row in range(self.head):
            cell = self.at(row, column) or self._carried(row, column)
            if cell and cell not in found and cell is not self.title and not _NUMBERED.match(cell.text):
                found.append(cell)
        return tuple(cell.text for cell in found)

    def is_serial(self, column: int) -> bool:
        """Whether a column only counts the rows."""
        heading = self.heading(column)
        if heading:
            return bool(_SERIAL.match(heading[-1]))
        cells = self.column(column)
        counted = [int(cell.text.rstrip(".")) for cell in cells if cell.text.rstrip(".").isdigit()]
        return bool(counted) and counted == list(range(1, len(cells) + 1))

    def _carried(self, row: int, column: int) -> TableCell | None:
        """The heading left of an empty one, where both stand over sub-headings: merged, but not marked so."""
        while column > 0 and self._has_heading_below(row, column):
            column -= 1
            cell = self.at(row, column)
            if cell is not None:
                return cell if cell.columns == 1 and self._has_heading_below(row, column) else None
        return None

    def _has_heading_below(self, row: int, column: int) -> bool:
        over = self.at(row, column)
        below = [self.at(one, column) for one in range(row + 1, self.head)]
        return any(one and one is not over and not _NUMBERED.match(one.text) for one in below)


def find_tables(text: str, outline: Outline) -> dict[int, Table]:
    """The tables of a document by their number."""
    places: dict[int, dict[tuple[int, int], list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in outline.items:
        if item.block.cell is not None:
            number, row, column = item.block.cell
            places[number][row, column].append(item)
    above = _words_above(text, outline, places)
    found: dict[int, Table] = {}
    for number, cells in places.items():
        table = Table(number, [_cell(text, place, items) for place, items in sorted(cells.items())])
        spans = above.get(number, [])
        captions = [text[slice(*span)].strip() for span in spans]
        table.title = _title_row(table)
        if table.title:
            captions = [*captions, table.title.text]
        table.caption = " ".join(one for one in captions if not _is_note(one))
        table.measure = next((hit["measure"] for one in captions if (hit := _MEASURE.search(one))), "")
        table.head = _head(table)
        table.repeated = _repeated(table)
        table.introduced = tuple(
            span
            for span, words in zip(spans, captions, strict=False)
            if _CAPTION.match(words) or _is_note(words)
        )
        found[number] = table
    return found


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, a rate or a fraction and nothing else; years and dates are none."""
    return bool(_FIGURE.match(text)) and not _YEAR.match(text) and not _DATE.match(text)


def is_date(text: str) -> bool:
    """Whether a cell is a day or a month with its year: ``30/6/2021``, ``6/2021``."""
    return bool(_DATE.match(text))


def looks_like_header(texts: Sequence[str]) -> bool:
    """Whether the cells of a row read as headings of columns, by their wording alone."""
    if len(texts) < 2 or any(map(is_figure, texts)):
        return False
    titles = sum(bool(_TITLE.match(text) or _YEAR.match(text)) for text in texts)
    return bool(_SERIAL.match(texts[0])) or 2 * titles >= len(texts)


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether a row counts the columns: ``A B 1 2 3``, ``(1) (2) (3=2/1)``."""
    found = [_NUMBERED.match(text) for text in texts]
    if len(texts) < 3 or not all(found):
        return False
    numbers = [int(hit["number"]) for hit in found if hit and hit["number"]]
    return not numbers or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _cell(text: str, place: tuple[int, int], items: list[Item]) -> TableCell:
    words = " ".join(" ".join(text[slice(*item.block.span)] for item in items).split())
    line = items[0].block.lines[0]
    reach = (line.cell.rows, line.cell.columns) if line.cell else (1, 1)
    recognised = any(
        word.confidence is not None for item in items for one in item.block.lines for word in one.words
    )
    return TableCell(*place, *reach, words, tuple(items), all(item.block.bold for item in items), recognised)


def _words_above(
    text: str, outline: Outline, places: dict[int, dict[tuple[int, int], list[Item]]]
) -> dict[int, list[Span]]:
    """What stands directly above each table and speaks of it: captions, headings, "như sau:", the measure."""
    entries = [(item.block.span, item.block.cell is not None, False) for item in outline.items]
    entries += [(section.heading, False, True) for section in outline.sections]
    entries.sort()
    starts = {
        min(item.block.span for items in cells.values() for item in items): number
        for number, cells in places.items()
    }
    found: dict[int, list[Span]] = {}
    for at, (span, _, _) in enumerate(entries):
        if span not in starts:
            continue
        captions: list[Span] = []
        for above, in_table, heading in reversed(entries[max(0, at - 3) : at]):
            words = text[slice(*above)].strip()
            if in_table or len(words) > 220:
                break
            if _ATTACHED.match(words):
                continue
            speaks = _CAPTION.match(words) or heading or words.endswith(":") or _is_note(words)
            if not speaks:
                break
            captions.insert(0, above)
            if not _is_note(words):
                break
        found[starts[span]] = captions
    return found


def _is_note(words: str) -> bool:
    """Whether the words only give the unit of measure: "ĐVT: %", "(Đơn vị tính: hồ sơ)"."""
    return bool(_MEASURE.match(words.strip("(").strip())) and len(words) < 40


def _title_row(table: Table) -> TableCell | None:
    """The first row where it is one cell over all columns: a caption drawn inside the table."""
    first = [cell for cell in table.cells if cell.row == 0]
    wide = max((cell.column + cell.columns for cell in table.cells), default=0)
    if len(first) == 1 and wide > 1 and (first[0].columns >= wide or _CAPTION.match(first[0].text)):
        return first[0]
    return None


def _head(table: Table) -> int:
    """How many rows the header has."""
    rows: dict[int, list[TableCell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    first = 1 if table.title else 0
    head = 0
    for row in sorted(rows):
        if row < first:
            continue
        cells = rows[row]
        if head and counts_columns([cell.text for cell in cells]):
            return row + 1
        if any(is_figure(cell.text) for cell in cells) or any(_is_long(cell.text) for cell in cells):
            break
        if row == first:
            below = [one for at, ones in rows.items() if at > row for one in ones]
            if not _is_header(cells, below) and not _is_over_figures(cells, below):
                break
        elif not _goes_on(rows, row, first):
            break
        head = row + 1
    return head if head and any(row >= head for row in rows) else 0


def _is_header(cells: list[TableCell], below: list[TableCell]) -> bool:
    if looks_like_header([cell.text for cell in cells]):
        return True
    return len(cells) > 1 and all(cell.bold for cell in cells) and not all(cell.bold for cell in below)


def _is_over_figures(cells: list[TableCell], below: list[TableCell]) -> bool:
    """Whether words stand over a column that holds nothing but figures or answers."""
    if any(is_answer(cell.text) for cell in cells):
        return False
    for cell in cells[1:]:
        column = [one.text for one in below if one.column == cell.column]
        if len(cells) > 1 and len(column) > 1 and all(is_figure(one) or is_answer(one) for one in column):
            return True
    return False


def _repeated(table: Table) -> frozenset[int]:
    """The rows of the body that are one of the header's word for word."""
    rows: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append((cell.column, cell.text))
    header = [rows[row] for row in range(table.head) if len(rows[row]) > 1]
    return frozenset(row for row, cells in rows.items() if row >= table.head and cells in header)


def _goes_on(rows: dict[int, list[TableCell]], row: int, first: int) -> bool:
    """Whether a row without figures still belongs to the header that begins in row ``first``."""
    above = [cell for at in range(first, row) for cell in rows.get(at, [])]
    if any(cell.row + cell.rows > row for cell in above):
        return True
    # merged cells that the format does not mark: sub-headings fill what the row above leaves empty
    own, over = {cell.column for cell in rows[row]}, {cell.column for cell in above}
    return len(own) >= 2 and min(own) > min(over) and bool(own - over) and row == first + 1


def _is_long(text: str) -> bool:
    return len(text.split()) > _LONGEST_TITLE or text.endswith((";", "."))
