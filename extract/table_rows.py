"""Whose row it is: the units that a table gives to its rows or columns.

A unit is taken from the cell that is nothing but its name. A row whose unit is not sure has none: a figure
laid at the wrong commune's door is worse than one without an owner.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from extract.document import UnitMention
from extract.structure.answers import is_answer
from extract.structure.tables import Table, TableCell, is_figure
from extract.units.headings import ALL

Owner = tuple[tuple[UnitMention, ...], float]
"""Units and how sure it is that the row is theirs, 0 to 1."""
FindOwner = Callable[[str, bool], Owner | None]
"""The units that words name and nothing else; the flag says that the words beside them are names too."""

_UNIT_HEADING = re.compile(
    r"^(?:tên )?(?:các )?(?:đơn vị|xã|phường|thị trấn|huyện|địa phương|cơ quan|cấp xã|ubnd|địa bàn)"
    r"(?!\s+(?:tính|đo|chủ trì|phối hợp|theo dõi|ban hành|cung cấp|soạn thảo|tham mưu|đạt|có|chưa|thực hiện))"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_NO_UNIT_HEADING = re.compile(r"chủ trì|phối hợp|theo dõi|ban hành|tính$|tham mưu|soạn thảo", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:tổng(?: số| cộng)?|cộng|toàn (?:huyện|thị xã|thành phố|quận|tỉnh|xã)|bình quân|trung bình|"
    r"tính chung)"
    r"(?:\s+(?:chung|cộng|số|chung toàn huyện|toàn (?:huyện|thị xã|thành phố|quận|tỉnh|xã)|"
    r"các (?:xã|phường|đơn vị)(?:, (?:phường|thị trấn))*))*\s*[:.]?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:tên )?(?:các )?(?:chỉ tiêu|nội dung|tiêu chí|chỉ số|nhiệm vụ|lĩnh vực|hạng mục|loại|"
    r"thủ tục|nhóm|danh mục)"
    r"(?![^\W_])(?!.*(?:%|tỷ lệ|tỉ lệ|tồn tại|hạn chế|kiến nghị))",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"^(?:đvt|đơn vị tính)\b", re.IGNORECASE)
_NOTE = re.compile(r"^(?:ghi chú|giải trình|lý do|nguyên nhân|căn cứ)(?![^\W_])", re.IGNORECASE)
_STATES = re.compile(r"\b(?:chưa|không|thiếu|chậm|sai|đã|còn)\b|[.;]$", re.IGNORECASE)
_MEASURED = re.compile(r"^(?:tỷ lệ|tỉ lệ|số|tổng|mức|chỉ số)(?![^\W_])", re.IGNORECASE)
_SURE, _MERGED, _CARRIED, _TOGETHER = 0.95, 0.93, 0.8, 0.9


class Rows:
    """The rows of one table with their units and labels.

    ``find_owner`` finds the units of a cell, ``default`` is the unit that the whole document is about.
    """

    def __init__(self, table: Table, find_owner: FindOwner, default: UnitMention | None) -> None:
        self.table = table
        self._find_owner = find_owner
        self._default = default

    def owner(self, row: int, column: int) -> Owner | None:
        """The units that a cell's value is of; ``None`` where the table does not say it for sure."""
        if not self.names_units:
            return None
        total = self._total(row)
        if total is not None:
            return total
        return self._of_row(row) if self.units is not None else self._of_column(column)

    @property
    def names_units(self) -> bool:
        """Whether the table itself says whose its values are."""
        return self.units is not None or self.across

    @cached_property
    def units(self) -> int | None:
        """The column of the units' names."""
        best: tuple[float, int] | None = None
        for column in self.table.columns:
            leaf = (self.table.heading(column) or ("",))[-1]
            if _NO_UNIT_HEADING.search(leaf) or self.table.is_serial(column):
                continue
            cells = [cell for cell in self.table.column(column) if not _TOTAL.match(cell.text)]
            headed = bool(_UNIT_HEADING.match(leaf))
            named = sum(self._named(cell, among=headed) is not None for cell in cells)
            share = named / len(cells) if cells else 0.0
            if share >= 0.5 and (best is None or share > best[0]):
                best = (share, column)
        return best[1] if best else None

    @cached_property
    def across(self) -> bool:
        """Whether the columns are the units: "Nội dung | Xã A | Xã B"."""
        return self.units is None and sum(self._of_column(column) is not None for column in self._tops()) >= 2

    @cached_property
    def labels(self) -> int | None:
        """The column that says what each row is about, beside that of the units."""
        texts: list[int] = []
        for column in self.table.columns:
            cells = self.table.column(column)
            if column == self.units or self.table.is_serial(column):
                continue
            if 2 * sum(is_figure(cell.text) for cell in cells) >= len(cells):
                continue
            heading = self.table.heading(column)
            if heading and _LABEL.match(heading[-1]):
                return column
            if not (heading and (_NOTE.match(heading[-1]) or _MEASURE.match(heading[-1]))):
                texts.append(column)
        return texts[0] if texts and self.units is None else None

    def label(self, row: int) -> str:
        """What the row is about, ``""`` when the table has no such column."""
        cell = self.table.at(row, self.labels) if self.labels is not None else None
        return cell.text if cell and not _TOTAL.match(cell.text) else ""

    def only_labels(self, cell: TableCell) -> bool:
        """Whether a cell does nothing but name what the figures or answers of its row are about."""
        if cell.column != self.labels or (_STATES.search(cell.text) and not _MEASURED.match(cell.text)):
            return False
        beside = [one.text for one in self.table.cells if one.row == cell.row and one is not cell]
        return any(
            is_figure(text) or is_answer(text) for text in beside[0 if not self.table.is_serial(0) else 1 :]
        )

    def measure(self, row: int) -> str:
        """The unit of measure of a row ("%"), ``""`` when the table gives none."""
        for column in self.table.columns:
            heading = self.table.heading(column)
            if heading and _MEASURE.match(heading[-1]):
                cell = self.table.at(row, column)
                return cell.text if cell else ""
        return ""

    def is_value_column(self, column: int) -> bool:
        """Whether a column may hold values: not names, labels, row numbers or notes."""
        heading = self.table.heading(column)
        aside = bool(heading) and bool(_NOTE.match(heading[-1]) or _MEASURE.match(heading[-1]))
        return not aside and column not in (self.units, self.labels) and not self.table.is_serial(column)

    def is_total(self, row: int) -> bool:
        """Whether the row sums up or averages the others."""
        return self._total(row) is not None

    def _of_row(self, row: int) -> Owner | None:
        assert self.units is not None
        cell = self.table.at(row, self.units)
        if cell is not None:
            found = self._named(cell, among=True)
            return self._sure(found, cell, _SURE if cell.row == row else _MERGED) if found else None
        if not self.label(row) or self._has_serial(row):
            return None
        # "Xã A | tỷ lệ đúng hạn | …", next row without a name: merged, but not marked so
        above = [one for one in self.table.column(self.units) if one.row < row]
        if not above or self.is_total(above[-1].row):
            return None
        found = self._named(above[-1], among=True)
        return self._sure(found, above[-1], _CARRIED) if found else None

    def _of_column(self, column: int) -> Owner | None:
        for row in reversed(range(self.table.head)):
            cell = self.table.at(row, column)
            among = cell is not None and row in self._rows_of_names and not _TOTAL.match(cell.text)
            found = self._named(cell, among=among) if cell else None
            if cell and found:
                return self._sure(found, cell, _MERGED)
        return None

    @cached_property
    def _rows_of_names(self) -> frozenset[int]:
        """The rows of the header that name units in several cells: a bare name among them is one too."""
        return frozenset(
            row
            for row in range(self.table.head)
            if sum(
                cell.row == row and self._named(cell, among=False) is not None for cell in self.table.cells
            )
            >= 2
        )

    def _tops(self) -> list[int]:
        return sorted({cell.column for cell in self.table.cells if cell.row < self.table.head})

    def _total(self, row: int) -> Owner | None:
        for cell in self.table.cells:
            if cell.row != row or not _TOTAL.match(cell.text):
                continue
            if cell.column <= (self.units if self.units is not None else 1):
                if self._default is not None:
                    return (self._default,), _TOGETHER
                return (replace(ALL, as_printed=cell.text),), _TOGETHER
        return None

    def _named(self, cell: TableCell, *, among: bool) -> Owner | None:
        if is_figure(cell.text) or len(cell.text) > 160:
            return None
        found = self._find_owner(cell.text, among)
        if found is None or (found[0][0].level == "group" and found[0][0].name != "all"):
            return None
        return found

    def _has_serial(self, row: int) -> bool:
        return any(self.table.is_serial(cell.column) and cell.row == row for cell in self.table.cells)

    @staticmethod
    def _sure(found: Owner, cell: TableCell, sure: float) -> Owner:
        """The owner, less sure where its name was recognised only doubtfully."""
        read = [
            word.confidence
            for item in cell.items
            for line in item.block.lines
            for word in line.words
            if word.confidence is not None
        ]
        return found[0], sure * (sum(read) / len(read) if read else 1.0)
