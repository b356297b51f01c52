"""The annex as an Excel workbook: every number a number, every statement with a link to its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.labels import AREAS, TYPES
from corpora.chains.states import NOT_REPORTS, STATES
from corpora.export import fitting, whole_file
from corpora.overview.records import Labels, Overview
from extract.errors import WorkspaceProblem
from pipelines.annex.archive import without_clock
from pipelines.annex.tables import areas_of, lines, method
from pipelines.printing.common import label

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SUMMARY, _FINDINGS, _CHAINS, _VALUES, _PAPERS = "Tổng hợp", "Tồn tại", "Chuỗi", "Chỉ số", "Văn bản"
_NOTES = "Ghi chú"
_MOST = 1_048_575  # rows that a sheet holds below its heading
_STATUS = {
    "machine": "máy đọc",
    "accepted": "đã duyệt",
    "corrected": "đã sửa",
    "added": "người thêm",
}

Cell = Any
"""Text, a number, a date, ``None`` or a :class:`Link`."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text or a number that leads to a row of a sheet."""

    text: str | int
    sheet: str
    row: int


def write_workbook(overview: Overview, labels: Mapping[str, Labels], path: Path) -> None:
    """Write the workbook; :class:`WorkspaceProblem` if the place cannot be written."""
    from openpyxl import Workbook

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    row_of = {paper.id: at for at, paper in enumerate(overview.papers, 2)}
    order = {place.key: at for at, place in enumerate(overview.places)}
    told = sorted(overview.told(), key=lambda pair: order[pair[0].place])
    first_of: dict[Any, int] = {}
    for at, (one, _) in enumerate(told, 2):
        first_of.setdefault(one.place, at)
    chain_of = {
        (one.place, one.chain.occurrences[0].finding): at for at, one in enumerate(overview.chains, 2)
    }
    left_out = [
        _summary(book, overview, first_of),
        _findings(book, overview, told, labels, row_of, chain_of),
        _chains(book, overview, row_of),
        _values(book, overview, row_of),
        _papers(book, overview, row_of),
    ]
    notes = [*method(overview, labels), *(note for note in left_out if note)]
    _sheet(book, _NOTES, [("TT", 6), ("Ghi chú", 120)], [[at, note] for at, note in enumerate(notes, 1)], {1})
    book.properties.creator = "rasoat"

    def save(part: Path) -> None:
        book.save(part)
        without_clock(part, overview.as_of)

    try:
        whole_file(path, save)
    except OSError as error:
        raise WorkspaceProblem(f"{path} cannot be written: {error.strerror or error}.") from error


def _name(overview: Overview) -> dict[Any, str]:
    return {place.key: place.name for place in overview.places}


def _summary(book: Workbook, overview: Overview, first_of: Mapping[Any, int]) -> str | None:
    areas = areas_of(overview)
    heads = [("Đơn vị", 30), ("Mã", 10), *((label(AREAS, area), 16) for area in areas)]
    heads += [
        ("Tổng số tồn tại", 12),
        ("Chuỗi chưa khắc phục", 12),
        ("Chuỗi lặp lại", 12),
        ("Số văn bản", 12),
    ]
    rows = []
    for line in lines(overview):
        place = line.place
        found = first_of.get(place.key)
        rows.append(
            [
                place.name if found is None else Link(place.name, _FINDINGS, found),
                place.code,
                *(line.areas.get(area, 0) for area in areas),
                line.total,
                line.open,
                line.recurring,
                len(place.documents),
            ]
        )
    return _sheet(book, _SUMMARY, heads, rows)


def _findings(
    book: Workbook,
    overview: Overview,
    told: Sequence[Any],
    labels: Mapping[str, Labels],
    row_of: Mapping[str, int],
    chain_of: Mapping[Any, int],
) -> str | None:
    heads = [
        ("Đơn vị", 26),
        ("Đơn vị trong văn bản", 24),
        ("Năm", 8),
        ("Lĩnh vực", 30),
        ("Loại", 24),
        ("Nội dung", 80),
        ("Văn bản", 22),
        ("Ngày", 12),
        ("Trang", 8),
        ("Tình trạng của chuỗi", 18),
        ("Chuỗi", 9),
        ("Tin cậy: tính chất", 10),
        ("Tin cậy: đơn vị", 10),
        ("Xem xét", 12),
        ("Mã nhận định", 24),
    ]
    names = _name(overview)
    rows = []
    for one, said in told:
        own = labels.get(said.finding)
        chain = chain_of[one.place, one.chain.occurrences[0].finding]
        rows.append(
            [
                names[one.place],
                said.unit,
                said.year,
                label(AREAS, own.area if own else one.chain.area),
                "; ".join(label(TYPES, code) for code in (own.types if own else one.chain.types)),
                said.text,
                Link(said.number or said.source, _PAPERS, row_of[said.document]),
                _date(said.date),
                said.page,
                STATES.get(one.chain.state, one.chain.state),
                Link(chain - 1, _CHAINS, chain),
                own.polarity if own else None,
                own.unit if own else None,
                _STATUS.get(own.status, own.status) if own else None,
                said.finding,
            ]
        )
    return _sheet(book, _FINDINGS, heads, rows, {5})


def _chains(book: Workbook, overview: Overview, row_of: Mapping[str, int]) -> str | None:
    heads = [
        ("Chuỗi", 8),
        ("Đơn vị", 26),
        ("Lĩnh vực", 30),
        ("Loại", 24),
        ("Nội dung", 30),
        ("Lần nêu gần nhất", 80),
        ("Văn bản", 22),
        ("Trang", 8),
        ("Tình trạng", 16),
        ("Năm đầu", 9),
        ("Từ năm", 9),
        ("Năm cuối", 9),
        ("Số năm liền", 9),
        ("Các năm nêu", 20),
        ("Năm có báo cáo, không nêu", 20),
        ("Số văn bản nêu", 10),
        ("Khắc phục theo", 24),
        ("Câu nói đã khắc phục", 60),
        ("Đơn vị trước sáp nhập", 30),
    ]
    names = _name(overview)
    reports = {paper.id: paper.year for paper in overview.counted if paper.kind not in NOT_REPORTS}
    rows = []
    for at, one in enumerate(overview.chains, 1):
        chain, last = one.chain, one.chain.occurrences[-1]
        covered = {year for paper in one.documents if (year := reports.get(paper)) is not None}
        remedies = list(dict.fromkeys(said.number or said.source for said in chain.remedies))
        rows.append(
            [
                at,
                names[one.place],
                label(AREAS, chain.area),
                "; ".join(label(TYPES, code) for code in chain.types),
                chain.subject,
                last.text,
                Link(last.number or last.source, _PAPERS, row_of[last.document]),
                last.page,
                STATES.get(chain.state, chain.state),
                chain.first,
                chain.since,
                chain.last,
                chain.running,
                ", ".join(map(str, chain.years)),
                ", ".join(str(year) for year in sorted(covered - set(chain.years))),
                chain.documents,
                "; ".join(remedies),
                "\n".join(dict.fromkeys(said.text.strip() for said in chain.remedies)),
                "; ".join(unit.name + (" (một phần)" if unit.divided else "") for unit in chain.predecessors),
            ]
        )
    return _sheet(book, _CHAINS, heads, rows, {5, 17})


def _values(book: Workbook, overview: Overview, row_of: Mapping[str, int]) -> str | None:
    heads = [
        ("Đơn vị", 26),
        ("Đơn vị trong văn bản", 26),
        ("Chỉ số", 40),
        ("Giá trị (%)", 11),
        ("Như trong văn bản", 14),
        ("Tử số", 10),
        ("Mẫu số", 10),
        ("Năm", 8),
        ("Kỳ", 24),
        ("Văn bản", 22),
        ("Trang", 8),
        ("Câu", 80),
    ]
    names = _name(overview)
    rows = [
        [
            names.get(one.place, one.unit) if one.place else _all(one.unit),
            _all(one.unit),
            one.indicator,
            one.value,
            one.as_printed,
            one.numerator,
            one.denominator,
            one.year,
            one.period,
            Link(_called(overview, one.document), _PAPERS, row_of[one.document]),
            one.page,
            one.text,
        ]
        for one in overview.measured
    ]
    return _sheet(book, _VALUES, heads, rows, {11})


def _all(unit: str | None) -> str | None:
    return "Chung các đơn vị" if unit == "all" else unit


def _called(overview: Overview, document: str) -> str:
    paper = overview.paper(document)
    return paper.called if paper else document


def _papers(book: Workbook, overview: Overview, row_of: Mapping[str, int]) -> str | None:
    heads = [
        ("Số, ký hiệu", 22),
        ("Loại", 14),
        ("Ngày", 12),
        ("Năm", 8),
        ("Cơ quan ban hành", 34),
        ("Trích yếu", 60),
        ("Tệp", 40),
        ("Trang đầu", 8),
        ("Trang cuối", 8),
        ("Số nhận định", 10),
        ("Số tồn tại", 10),
        ("Bản trùng của", 22),
        ("Mã văn bản", 24),
    ]
    rows: list[list[Cell]] = []
    for paper in overview.papers:
        original = row_of.get(paper.repeats or "")
        rows.append(
            [
                paper.number,
                paper.kind,
                _date(paper.date),
                paper.year,
                paper.issuer,
                paper.subject,
                paper.source,
                paper.first_page,
                paper.last_page,
                paper.findings,
                paper.deficiencies,
                Link(_called(overview, paper.repeats or ""), _PAPERS, original)
                if original
                else paper.repeats,
                paper.id,
            ]
        )
    return _sheet(book, _PAPERS, heads, rows, {5})


def _sheet(
    book: Workbook,
    name: str,
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Cell]],
    wrapped: set[int] | None = None,
) -> str | None:
    """Fill a sheet; a sentence that says what did not fit, if something did not."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(name)
    head_look = Alignment(wrap_text=True, vertical="center", horizontal="center")
    for at, (head, width) in enumerate(heads, 1):
        cell = sheet.cell(1, at, head)
        cell.font, cell.alignment = Font(bold=True), head_look
        cell.fill = PatternFill("solid", fgColor="E7E6E6")
        sheet.column_dimensions[get_column_letter(at)].width = width
    folded, plain = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
    for y, row in enumerate(rows[:_MOST], 2):
        for x, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            filled = sheet.cell(y, x)
            filled.alignment = folded if wrapped and x - 1 in wrapped else plain
            _fill(filled, value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(2, min(len(rows), _MOST) + 1)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if len(rows) <= _MOST:
        return None
    return f"Trang '{name}' chỉ có {_MOST} trong {len(rows)} dòng: Excel không chứa hơn."


def _fill(cell: Any, value: Cell) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    text = value.text if isinstance(value, Link) else value
    if isinstance(text, str):
        # Set past the setter that would take "=…" for a formula and "#N/A" for an error.
        cell._value, cell.data_type = fitting(text), "s"
    else:
        cell.value = text
        if isinstance(text, date):
            cell.number_format = "DD/MM/YYYY"
    if isinstance(value, Link):
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{value.sheet}'!A{value.row}")
        cell.font = Font(color="0563C1", underline="single")


def _date(day: str | None) -> date | str | None:
    """A day that Excel knows; any other stays text."""
    try:
        return date.fromisoformat(day) if day and day >= "1900-03-01" else day
    except ValueError:
        return day
