"""What bare cells of a table say: rates with their indicator, and answers such as "Đạt" or "Chưa".

The words over a column make a figure speak; nothing is concluded from the figure alone. That a rate is
low is said by the table itself (a heading, a caption, a target beside it) or by nobody.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import permutations

from extract.dates import find_period
from extract.document import Measurement, Period, Span
from extract.indicators import is_bad, standard_indicators
from extract.measurements import Direction
from extract.percentages import COUNT, Percentage, find_percentages
from extract.readings import ONLY_INFORMATION, CellReading, answered
from extract.structure.answers import is_no, is_tick, is_yes, says_of_what
from extract.structure.tables import Table, TableCell, is_date
from extract.table_rows import Rows

_I = re.IGNORECASE
_RATE = re.compile(r"%|(?:tỷ|tỉ) lệ|phần trăm", _I)
_PER_MILLE = re.compile(r"‰|phần nghìn|điểm %|điểm phần trăm", _I)
_COUNT = re.compile(
    r"^(?:trong đó\s*:?\s*)?(?:tổng(?! (?:tỷ|tỉ) lệ)|số(?! (?:hóa|hoá))|sl|điểm|kinh phí|số tiền|dự toán|"
    r"xếp|thứ|hạng|thời gian|ngày|hồ sơ$|hs$)(?![^\W_])",
    _I,
)
_TARGET = re.compile(
    r"^(?:(?:tỷ|tỉ) lệ )?(?:chỉ tiêu|mục tiêu|kế hoạch|định mức|yêu cầu)(?![^\W_])"
    r"(?!.*(?:thực hiện|đạt được))|"
    r"(?:chỉ tiêu|mục tiêu|kế hoạch)(?: (?:được|đề ra|huyện|tỉnh))* (?:giao|đề ra)(?![^\W_])|"
    r"theo (?:kế hoạch|chỉ tiêu|quy định)",
    _I,
)
_ACHIEVED = re.compile(
    r"so với|hoàn thành|thực hiện|đạt(?![^\W_])|vượt|/\s*(?:kế hoạch|chỉ tiêu)|kết quả", _I
)
_UPPER_BOUND = re.compile(r"không quá|tối đa|dưới|[≤<]", _I)
_LOW = re.compile(
    r"(?:(?:tỷ|tỉ) lệ|kết quả|đạt|mức|còn|hồ sơ)(?: [^\W\d_]+){0,4} (?P<way>thấp|cao)"
    r"(?![^\W_])(?! (?:nhất|hơn))",
    _I,
)
_RAISE = re.compile(r"(?:nâng|đề|không|chưa) cao|hạ thấp", _I)
_BARE_RATE = re.compile(r"^(?:đạt )?(?:(?:tỷ|tỉ) lệ|phần trăm)?(?: đạt)?$", _I)
_GENERAL = re.compile(
    r"^(?:kết quả|thực hiện|đạt|số liệu|giá trị|mức đạt|đánh giá|(?:tỷ|tỉ) lệ|"
    r"kết quả (?:thực hiện|đạt được|kiểm tra|"
    r"đánh giá)|có\s*/\s*không|đạt\s*/\s*không đạt|hiện trạng|tình trạng)$",
    _I,
)
_EMPTY = re.compile(r"^(?:trong đó|gồm|kết quả(?: thực hiện)?(?: (?:các )?(?:chỉ tiêu|nội dung))?)$", _I)
"""Headings that say nothing of what is measured."""
_SIGN_NOTE = re.compile(
    r"\(\s*(?:ĐVT\s*:?\s*|đơn vị(?: tính)?\s*:?\s*)?%\s*\)|(?<!\d)\s*%|(?:ĐVT|Đơn vị tính)\s*:?\s*$", _I
)
_BARE = re.compile(r"\(?\s*(?P<number>\d{1,4}(?:[.,]\d{1,3})?)\s*\)?")
_FRACTION = re.compile(rf"(?P<part>{COUNT})\s*/\s*(?P<whole>{COUNT})")
_INTEGER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,9}")
_UNWANTED = re.compile(
    r"tồn tại|hạn chế|vi phạm|sai|thiếu|chậm|trễ|quá hạn|khiếu nại|tố cáo|kỷ luật|phát sinh|không|chưa|"
    r"sách nhiễu",
    _I,
)
"""Headings under which "không" is no fault."""
_QUALIFIED = re.compile(r"\s(?:đối với|về|của|cho|khi|trong|theo|tại)\s", _I)
"""Behind it stands what a duty is about, not the duty: "Có phiếu xin lỗi đối với hồ sơ trễ hạn"."""
_OTHER_PERIOD = re.compile(r"cùng kỳ|kỳ trước|năm trước", _I)
_HIGHEST = 400.0
"""Percent above which bare numbers under a rate's heading are doubted: it is the heading that misleads."""


class Values:
    """Reads the bare cells of one table. ``period`` holds where the table names none."""

    def __init__(self, text: str, rows: Rows, period: Period | None) -> None:
        self._text = text
        self._rows = rows
        self._table: Table = rows.table
        self._period = period
        self._percentages: dict[tuple[int, int], Percentage | None] = {}
        self._counts: dict[int, tuple[int, int] | None] = {}

    def read(self, cell: TableCell) -> CellReading | None:
        """The rate or the answer that a cell of the body holds, ``None`` for all other cells."""
        if self._table.is_header(cell.row) or not self._rows.is_value_column(cell.column):
            return None
        one = self._percentage(cell)
        return self._rate(cell, one) if one else self._answer(cell)

    # --- rates ----------------------------------------------------------------------

    def _percentage(self, cell: TableCell) -> Percentage | None:
        """The only thing in the cell, when that is a percentage; no target."""
        key = (cell.row, cell.column)
        if key not in self._percentages:
            self._percentages[key] = None if self._is_target(cell) else self._number(cell)
        return self._percentages[key]

    def _number(self, cell: TableCell) -> Percentage | None:
        if len(cell.items) != 1:
            return None
        span = cell.items[0].block.span
        words = self._text[slice(*span)]
        signed = find_percentages(self._text, span)
        if len(signed) == 1 and "%" in signed[0].as_printed:
            return None if signed[0].threshold or not _is_alone(words, signed[0].as_printed) else signed[0]
        if signed or not self._is_rate(cell):
            return None
        if fraction := _FRACTION.fullmatch(words.strip()):
            part, whole = (float(fraction[name].replace(".", "")) for name in ("part", "whole"))
            if whole <= 0 or part > whole or is_date(fraction.group()):
                return None
            at = span[0] + words.index(fraction.group())
            end = at + len(fraction.group())
            return Percentage(round(100 * part / whole, 4), fraction.group(), (at, end), part, whole)
        bare = _BARE.fullmatch(words.strip())
        if bare is None or re.fullmatch(r"0\d+|\d+\.\d{3}", bare["number"]):
            return None  # "03" is a count, "1.234" may be a thousand
        value = float(bare["number"].replace(",", "."))
        if value > _HIGHEST or (cell.recognised and value > 100):
            return None  # a comma that was not recognised
        at = span[0] + words.index(bare["number"])
        return Percentage(value, bare["number"], (at, at + len(bare["number"])))

    def _is_rate(self, cell: TableCell) -> bool:
        """Whether a bare number is in percent, by the words over it, beside it, or over the table."""
        heading = self._table.heading(cell.column)
        leaf, over = (heading[-1] if heading else ""), " ".join(heading)
        row = f"{self._rows.label(cell.row)} {self._rows.measure(cell.row)}"
        if _PER_MILLE.search(f"{over} {row}") or (_COUNT.match(leaf) and not leaf.rstrip(" )").endswith("%")):
            return False
        said = _RATE.search(over) or _RATE.search(row)
        if said is None:
            measure = self._rows.measure(cell.row) or self._table.measure
            said = _RATE.match(measure)
        return said is not None and self._is_plausible(cell.column)

    def _is_plausible(self, column: int) -> bool:
        if _RATE.search(" ".join(self._table.heading(column))):
            numbers = [_BARE.fullmatch(cell.text) for cell in self._table.column(column)]
            values = [float(hit["number"].replace(",", ".")) for hit in numbers if hit]
            return sum(value > _HIGHEST for value in values) * 4 <= len(values)
        return True

    def _rate(self, cell: TableCell, one: Percentage) -> CellReading:
        counts = self._counts_of(cell, one)
        if counts and one.numerator is None:
            part, whole = (self._integer(cell.row, column) for column in counts)
            one = replace(one, numerator=part, denominator=whole)
        indicator = self._indicator(cell, counts)
        way, reading, allowed, settled = self._judged(cell, one, indicator or "Tỷ lệ")
        measurement = Measurement(
            one.value,
            one.as_printed,
            one.span,
            indicator,
            one.numerator,
            one.denominator,
            self._period_of(cell),
            way,
        )
        return CellReading(_span(cell), reading, allowed, self._table.caption, measurement, settled)

    def _judged(
        self, cell: TableCell, one: Percentage, indicator: str
    ) -> tuple[Direction, str, frozenset[str], str | None]:
        """Direction, clause, what a word over the value or a target beside it bears out, what is settled."""
        printed = one.as_printed if "%" in one.as_printed else f"{one.as_printed}%"
        way = self._way_said(cell)
        bad = is_bad(indicator)
        if way is not None:
            fault = (way == "low") != bad
            clause = f"{indicator} đạt thấp ({printed})" if way == "low" else f"{indicator} cao ({printed})"
            return way, clause, frozenset(("information", "deficiency" if fault else "achievement")), None
        target = None if bad else self._target(cell)
        if target is None:
            return "neutral", f"{indicator}: {printed}", ONLY_INFORMATION, None
        goal = f"chỉ tiêu giao {target:g}%".replace(".", ",")
        if one.value < target:
            clause = f"{indicator} đạt {printed}, chưa đạt {goal}"
            return "low", clause, frozenset(("information", "deficiency")), "deficiency"
        verb = "vượt" if one.value > target else "bằng"
        clause = f"{indicator} đạt {printed}, {verb} {goal}"
        return "high", clause, frozenset(("information", "achievement")), "achievement"

    def _way_said(self, cell: TableCell) -> Direction | None:
        words = " ".join((self._table.caption, *self._table.heading(cell.column)))
        found = {hit["way"].lower() for hit in _LOW.finditer(_RAISE.sub(" ", words))}
        if len(found) != 1:
            return None
        return "low" if found == {"thấp"} else "high"

    # --- targets --------------------------------------------------------------------

    def _is_target(self, cell: TableCell) -> bool:
        return self._is_target_column(cell.column) or self._is_target_row(cell.row)

    def _is_target_column(self, column: int) -> bool:
        heading = self._table.heading(column)
        leaf = heading[-1] if heading else ""
        return bool(_TARGET.search(leaf)) and not _ACHIEVED.search(leaf)

    def _is_target_row(self, row: int) -> bool:
        unit = self._table.at(row, self._rows.units) if self._rows.units is not None else None
        return bool(unit and _TARGET.search(unit.text))

    def _target(self, cell: TableCell) -> float | None:
        """The rate that the value should reach: in its heading, beside it, or in a row of targets."""
        heading = (*self._table.heading(cell.column), self._rows.label(cell.row))
        named = [told[0] for words in heading if (told := find_period(words))]
        if named and self._period is not None and named[-1].end < self._period.start:
            return None  # the target of this year says nothing of the last
        in_heading = [one for words in heading for one in find_percentages(words, (0, len(words)))]
        if in_heading:
            bound = " ".join(heading)
            names_goal = re.search(r"chỉ tiêu|mục tiêu|kế hoạch|tối thiểu|[≥>]|trở lên|yêu cầu", bound, _I)
            if len(in_heading) == 1 and names_goal and not _UPPER_BOUND.search(bound):
                return in_heading[0].value
            return None
        places = [(cell.row, column) for column in self._targets_beside(cell.column)]
        places += [(row, cell.column) for row in self._table.body if self._is_target_row(row)]
        goals = [found for place in places if (found := self._table.at(*place)) is not None]
        if len(goals) != 1 or _UPPER_BOUND.search(goals[0].text):
            return None
        bare = re.fullmatch(
            r"(?:≥|>|>=|từ|trên|tối thiểu)?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(%)?(?: trở lên)?", goals[0].text
        )
        if bare is None or not (bare[2] or self._is_rate(goals[0]) or self._is_rate(cell)):
            return None
        value = float(bare[1].replace(",", "."))
        return value if value <= 100 else None

    def _targets_beside(self, column: int) -> list[int]:
        """The target columns of the same thing: under the same heading, or the only pair there is."""
        targets = [one for one in self._table.columns if self._is_target_column(one)]
        own = self._table.heading(column)[:-1]
        beside = [one for one in targets if own and self._table.heading(one)[:-1] == own]
        rates = [one for one in self._table.columns if one not in targets and self._has_rates(one)]
        if len(beside) == 1:
            same = [one for one in rates if self._table.heading(one)[:-1] == own]
            return beside if same == [column] else []
        return targets if len(targets) == 1 and rates == [column] else []

    def _has_rates(self, column: int) -> bool:
        return any(self._percentage(cell) for cell in self._table.column(column))

    # --- counts ---------------------------------------------------------------------

    def _counts_of(self, cell: TableCell, one: Percentage) -> tuple[int, int] | None:
        """The columns of numerator and denominator, where exactly one pair of columns gives the rates."""
        column = cell.column
        if column not in self._counts:
            self._counts[column] = self._find_counts(column)
        counts = self._counts[column]
        return counts if counts and self._fits(cell.row, one, *counts) else None

    def _find_counts(self, column: int) -> tuple[int, int] | None:
        rates = {one.row: found for one in self._table.column(column) if (found := self._percentage(one))}
        if len({one.value for one in rates.values()}) < 2:
            return None
        numbers = [one for one in self._table.columns if one != column and not self._table.is_serial(one)]
        numbers = [one for one in numbers if any(self._integer(row, one) for row in rates)][:14]
        pairs = [pair for pair in permutations(numbers, 2) if self._give(rates, *pair)]
        return pairs[0] if len(pairs) == 1 else None

    def _give(self, rates: dict[int, Percentage], part: int, whole: int) -> bool:
        """Whether two columns of counts give the rates: all of them, or nearly all of many (one misprint)."""
        tried = [row for row in rates if self._integer(row, part) is not None and self._integer(row, whole)]
        fit = sum(self._fits(row, rates[row], part, whole) for row in tried)
        return (fit >= 2 and fit == len(tried)) or (fit >= 5 and fit >= 0.8 * len(tried))

    def _fits(self, row: int, one: Percentage, part: int, whole: int) -> bool:
        top, bottom = self._integer(row, part), self._integer(row, whole)
        if top is None or not bottom:
            return False
        digits = re.search(r"[.,](\d+)", one.as_printed)
        return abs(100 * top / bottom - one.value) <= 0.5001 * 10.0 ** -(len(digits[1]) if digits else 0)

    def _integer(self, row: int, column: int) -> float | None:
        cell = self._table.at(row, column)
        if cell is None or cell.row != row or not _INTEGER.fullmatch(cell.text):
            return None
        return float(cell.text.replace(".", ""))

    # --- what is measured -----------------------------------------------------------

    @cached_property
    def _across(self) -> bool:
        return self._rows.across

    def _indicator(self, cell: TableCell, counts: tuple[int, int] | None) -> str | None:
        """What the value measures: the headings over it, or the row's label where those say nothing."""
        heading = [_named(words) for words in self._table.heading(cell.column)]
        label = _named(self._rows.label(cell.row))
        if self._across and label:
            return label
        parts = [words for words in heading if words and not _EMPTY.match(words)]
        if label and self._rows.labels is not None:
            own = [words for words in parts if not _GENERAL.match(words) and not find_period(words)]
            return " – ".join([label, *own[-1:]])
        if parts and not (len(parts) == 1 and _BARE_RATE.match(parts[0])):
            return " – ".join(parts)
        if counts:
            above = [_named(words) for words in self._table.heading(counts[0])]
            return " – ".join([*above, "Tỷ lệ"])
        told = standard_indicators(self._table.caption)
        return told[0] if len(told) == 1 else (parts[0] if parts else None)

    def _period_of(self, cell: TableCell) -> Period | None:
        heading = self._table.heading(cell.column)
        for words in (*reversed(heading), self._table.caption):
            if found := find_period(words):
                return found[0]
            if _OTHER_PERIOD.search(words):
                return None
        return self._period

    # --- answers --------------------------------------------------------------------

    def _answer(self, cell: TableCell) -> CellReading | None:
        """ "Đạt", "Không", "Chưa" under a duty, or a tick under one of these."""
        if len(cell.items) != 1:
            return None
        heading = [_named(words) for words in self._table.heading(cell.column)]
        words = cell.text
        if is_tick(words) and heading and (is_no(heading[-1]) or is_yes(heading[-1])):
            words = heading.pop()
        no, yes = is_no(words), is_yes(words)
        if not no and not yes:
            return None
        label = _named(self._rows.label(cell.row))
        duty = label or (heading[-1] if heading else "")
        general = len(duty.split()) < 2 or bool(_GENERAL.match(duty))
        if (general and not says_of_what(words)) or _UNWANTED.search(_QUALIFIED.split(duty)[0]):
            return None
        return answered(_span(cell), duty or "Đánh giá", words, self._table.caption)

    def over(self, row: int, column: int) -> tuple[tuple[str, ...], bool]:
        """The words that a sentence in a cell stands under, and whether the row's answer to a duty is no.

        What is noted beside a no explains it, whatever it says: it stands under the duty too.
        """
        cells = [self._table.at(row, one) for one in self._table.columns]
        readings = [self.read(cell) for cell in cells if cell is not None and cell.row == row]
        denied = any(one and "deficiency" in one.allowed and not one.measurement for one in readings)
        label = self._rows.label(row) if denied and column != self._rows.labels else ""
        return (*self._table.heading(column), *([label] if label else [])), denied


def _span(cell: TableCell) -> Span:
    return cell.items[0].block.span


def _is_alone(words: str, printed: str) -> bool:
    """Whether a cell says nothing beside a percentage but its counts: "215/2503 (8,59%)"."""
    rest = words.replace(printed, " ", 1)
    return not re.search(r"[^\W\d_]|%", rest) and len(_FRACTION.findall(rest)) * 2 == len(
        re.findall(r"\d[\d.]*", rest)
    )


def _named(words: str) -> str:
    """A heading without its unit of measure: "Tỷ lệ (%)" is "Tỷ lệ"."""
    bare = " ".join(_SIGN_NOTE.sub(" ", words).split()).strip(" :;,-–.")
    return bare
