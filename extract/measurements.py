"""Percentages of a statement, each tied to its unit, what it measures, its period and direction.

A percentage is read in every printed form: ``12,5%``, ``12.5 %``, ``(4,84)`` between neighbours that
carry a sign, ``25/25 xã``. A threshold ("từ 25% trở lên") is found and marked, but measures nothing.
Decimal comma and decimal point are the same, so ``1.234%`` is 1.234; only a number with both
(``1.234,5%``) has thousands. Cue words are compared with their tone marks where folding would make
two words one ("chỉ đạt", "dự toán chi đạt"); indicators are compared folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.dates import find_period
from extract.document import Measurement, Period, Span, UnitMention
from extract.indicators import BAD, DATA, Hit, indicators_in

Direction = Literal["low", "high", "neutral"]
_I = re.IGNORECASE

# --- the numbers ------------------------------------------------------------------------------------------

_SIGN = r"[ \u00a0]?(?:%|％|[ \u00a0]?phần trăm(?![^\W_]))"
_DECIMAL = r"\d{1,4}(?:[.,]\d{1,3})?"
_SIGNED = re.compile(
    rf"(?<![\w.,/])(?P<number>\d{{1,3}}(?:\.\d{{3}})+,\d{{1,3}}|{_DECIMAL}|"
    # "12, 5%": a blank that OCR put behind the comma. Not behind another number or a level.
    rf"(?<!\d[.,] )(?<!mức )(?<!mức độ )(?<!khoản )(?<!điều )\d{{1,3}}[.,] \d{{1,2}}){_SIGN}",
    _I,
)
_COUNT = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
_FRACTION = re.compile(rf"(?<![\w./,\-])(?P<part>{_COUNT})[ ]?/[ ]?(?P<whole>{_COUNT})(?![\w/]|[.,]\d)")
_NOUN = re.compile(
    r"[ \n]*(?:\([^()\n]{0,20}\)[ ]*)?(?:tổng số |số )?(?:lượt )?"
    rf"(?:{'|'.join(DATA['counted'])})(?![^\W_])",
    _I,
)
_WHEN = re.compile(r"(?:năm|quý|tháng|ngày)[ ]+(?:\d[\d/.\-]*|[IVX]+(?:/\d{4})?)(?!\w)|\d{1,2} tháng", _I)
_NO_FRACTION_BEFORE = re.compile(r"(?:ngày|tháng|quý|năm|lúc|hồi|(?<!tổng )(?<!ký )số)\s*$", _I)
_BRACKETED = re.compile(
    r"\(\s*(?:(?:đạt|chiếm|tỷ lệ|tỉ lệ)\s+){0,2}"
    rf"(?P<number>\d{{1,3}}(?:[.,]\d{{1,2}})?)(?P<sign>{_SIGN})?\s*\)",
    _I,
)
_LIST_GAP = re.compile(r"(?:(?![.!?]\s|\n)[^()]){1,60}")

# --- thresholds -------------------------------------------------------------------------------------------

_RESULT = re.compile(
    r"(?:đạt(?: được)?|chiếm|hoàn thành|còn|lên|xuống|bằng|là)(?: (?:tỷ|tỉ) lệ)? "
    r"(?:trên|dưới|khoảng|gần|hơn)\s*$",
    _I,
)
_BOUND = r"tối thiểu|tối đa|ít nhất|không dưới|không quá|không vượt quá|thấp nhất là"
_LIMIT_BEFORE = re.compile(r"(?<!\w)(?:trên|dưới|từ)(?: mức| là)?\s*$", _I)
_ALWAYS_LIMIT = re.compile(rf"(?:(?<!\w)(?:{_BOUND})(?: mức| là)?|[≥≤<>]=?)\s*$", _I)
_CHANGE_FROM = re.compile(r"(?:tăng|giảm|nâng|hạ|chuyển)(?: [^\W\d_]+){0,3} từ\s*$", _I)
_CHANGE_TO = re.compile(r"\s*(?:\(?(?:năm|quý|tháng)[^%;.]{0,20}\)?\s*)?(?:lên|xuống|còn)(?!\w)", _I)
_TARGET_BEFORE = re.compile(
    r"(?<!đáp ứng )(?<!đạt )(?<!vượt )(?<!đúng )(?<!bàn )"
    r"(?:chỉ tiêu|mục tiêu|kế hoạch (?:giao|đề ra|là)|yêu cầu|theo quy định|quy định là|định mức|đề ra|giao)"
    r"(?: (?:là|giao|đề ra|được giao|của huyện|của tỉnh|tỉnh|huyện|năm \d{4}|tối thiểu|trên)){0,3}\s*:?\s*$",
    _I,
)
_DUTY_BEFORE = re.compile(
    r"(?<!\w)(?:phấn đấu|phải|cần|mục tiêu|đề nghị|bảo đảm|đảm bảo cho)(?: \w+){0,8}?"
    r" (?:đạt|lên|hoàn thành)(?: (?:tỷ lệ|tỉ lệ|trên|từ|mức|hơn|khoảng|được)){0,2}\s*$|(?<!\w)phấn đấu\s*$"
    # "chưa đạt 50%" says what was missed, not what was reached.
    r"|(?<!\w)chưa (?:đạt|đảm bảo|bảo đảm|đủ|đến|tới)(?: (?:tỷ lệ|tỉ lệ|mức|được))?\s*$",
    _I,
)
_LIMIT_AFTER = re.compile(
    r"\s*(?:trở lên|trở xuống|trở đi|(?:đến|tới)(?: dưới)? \d|[ ]?[-–][ ]?\d[\d.,]*[ ]?%)", _I
)
_RANGE_BEFORE = re.compile(r"(?:từ\s+\d[\d.,]*\s*%?\s*(?:đến|tới)(?: dưới)?|\d[ ]?%?[ ]?[-–])\s*$", _I)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage as printed. ``value`` is in percent; ``span`` counts code points of the whole text.

    ``numerator`` and ``denominator`` are set where the counts stand beside it; ``threshold`` says that
    it is a criterion, a target or one end of a range and no one's value.
    """

    value: float
    as_printed: str
    span: Span
    numerator: float | None = None
    denominator: float | None = None
    threshold: bool = False


def find_percentages(text: str, span: Span) -> list[Percentage]:
    """All percentages of ``text[span]`` in reading order, none overlapping, thresholds marked."""
    a, b = max(0, span[0]), min(span[1], len(text))
    found = [_percentage(text, hit.span(), hit["number"]) for hit in _SIGNED.finditer(text, a, b)]
    found += _unsigned(text, a, b)
    found = _with_fractions(text, a, b, sorted(found, key=lambda one: one.span))
    return [replace(one, threshold=_is_threshold(text, one.span, a, b)) for one in found]


def _percentage(text: str, span: Span, number: str) -> Percentage:
    return Percentage(_number(number), text[slice(*span)], span)


def _number(printed: str) -> float:
    """``"12,5"``, ``"12.5"`` and ``"12, 5"`` as 12.5; ``"1.234,5"`` as 1234.5."""
    plain = printed.replace(" ", "")
    if "." in plain and "," in plain:
        plain = plain.replace(".", "")
    return float(plain.replace(",", "."))


def _unsigned(text: str, a: int, b: int) -> Iterator[Percentage]:
    """``"(8,21)"`` in a list of brackets of which another one carries a sign."""
    chain: list[re.Match[str]] = []
    for hit in (*_BRACKETED.finditer(text, a, b), None):
        if hit and (not chain or _LIST_GAP.fullmatch(text, chain[-1].end(), hit.start())):
            chain.append(hit)
            continue
        if any(one["sign"] for one in chain):
            for one in chain:
                # "(03)" is how counts are padded, never a rate.
                if (
                    not one["sign"]
                    and not re.fullmatch(r"0\d+", one["number"])
                    and _number(one["number"]) <= 100
                ):
                    yield _percentage(text, one.span("number"), one["number"])
        chain = [hit] if hit else []


def _with_fractions(text: str, a: int, b: int, found: list[Percentage]) -> list[Percentage]:
    """``found`` with the counts beside it, and the fractions that stand alone ("25/25 xã")."""
    for hit in _FRACTION.finditer(text, a, b):
        part, whole = (float(hit[name].replace(".", "")) for name in ("part", "whole"))
        if part <= 12 and re.fullmatch(r"(?:19|20)\d\d", hit["whole"]):
            continue  # a month and its year
        if (
            part > whole
            or not whole
            or _NO_FRACTION_BEFORE.search(text, max(a, hit.start() - 12), hit.start())
        ):
            continue
        noun = _NOUN.match(text, hit.end(), b)
        value = round(100 * part / whole, 4)
        place = next((at for at, one in enumerate(found) if _belongs(text, hit, one, value)), None)
        if place is not None and found[place].numerator is None:
            found[place] = replace(found[place], numerator=part, denominator=whole)
        elif noun:
            found.append(Percentage(value, hit.group(), hit.span(), part, whole))
    return sorted(found, key=lambda one: one.span)


def _belongs(text: str, fraction: re.Match[str], one: Percentage, value: float) -> bool:
    """Whether a percentage and a fraction are one measurement: beside each other in brackets, or equal."""
    behind = one.span[1] <= fraction.start()
    a, b = (one.span[1], fraction.start()) if behind else (fraction.end(), one.span[0])
    if not 0 <= b - a <= 80:
        return False
    # Figures of years and quarters count nothing: "4/5 tồn tại của năm 2017 (80%)".
    between = _WHEN.sub("", text[a:b])
    if re.fullmatch(r"[^\d()%;.]{0,48}\(\s*[^\d()%]{0,16}", between):
        return True
    return not behind and abs(one.value - value) < 1 and bool(re.fullmatch(r"[^\d%;.]{0,70}", between))


def _is_threshold(text: str, span: Span, a: int, b: int) -> bool:
    """Whether the words around a percentage make it a criterion or target and not a result."""
    before, after = text[max(a, span[0] - 70) : span[0]], text[span[1] : min(b, span[1] + 24)]
    before = re.split(r"[;\n]|\.\s", before)[-1]
    if _is_former(before, after):
        return False
    if _LIMIT_AFTER.match(after) or _RANGE_BEFORE.search(before) or _DUTY_BEFORE.search(before):
        return True
    if _ALWAYS_LIMIT.search(before) or _TARGET_BEFORE.search(before):
        return True
    return bool(_LIMIT_BEFORE.search(before)) and not _RESULT.search(before)


def _is_former(before: str, after: str) -> bool:
    """Whether a value is what another one went up or down from ("tăng từ 25% lên 30%")."""
    return bool(
        _CHANGE_FROM.search(before) or (re.search(r"(?<!\w)từ\s*$", before, _I) and _CHANGE_TO.match(after))
    )


# --- what they measure ------------------------------------------------------------------------------------

_RATE_OF = re.compile(
    r"(?:tỷ|tỉ) lệ (?P<noun>(?!cao|thấp|đạt|là|còn|chỉ|mới|từ|trên|dưới)[^\W\d_][^,.;:()%\d]{1,80}?)"
    r"(?=\s*(?:[,.;:()%]|\d|$)|\s+(?:đạt|là|còn|thấp|cao|chiếm|chỉ|mới|chưa|không|giảm|tăng|trên|dưới|của|"
    r"trong|tại|như|gồm)(?!\w))",
    _I,
)
_CLAUSE = re.compile(r"[;\n]|[.!?](?=\s)|,\s+(?:trong khi|tuy nhiên|nhưng)\b")
_CUES: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    ("low", re.compile(rf"(?<!\w)(?:{'|'.join(DATA['low'])})(?!\w)", _I)),
    ("high", re.compile(rf"(?<!\w)(?:{'|'.join(DATA['high'])})(?!\w)", _I)),
)
_ALL_TOGETHER = re.compile(
    r"(?:toàn (?:huyện|tỉnh|xã|thị xã|thành phố|quận)|bình quân|trung bình|tính chung|cả huyện)", _I
)
_LISTED = re.compile(r"\s*(?:,|và|,\s*và)\s*(?:ubnd\s*)?", _I)
_PLACED = re.compile(r"\s*(?:tại|ở|của|thuộc)\s*(?:ubnd\s*)?", _I)
_IN_TURN = re.compile(r"lần lượt", _I)
_OTHER_PERIOD = re.compile(
    r"(?:so với (?:cùng kỳ )?|cùng kỳ |"
    r"(?:kế hoạch|chỉ tiêu|dự toán|chương trình|nghị quyết)(?: [^\W\d_]+){0,5} )"
    r"(?:năm|quý \w+|6 tháng(?: đầu năm)?) ?\d{0,4}",
    _I,
)
_REACHED = re.compile(
    r"(?:chỉ|mới|đã|hiện)(?: [^\W\d_]+){0,3} (?:đạt|có|là|chiếm)?\s*$|(?:hiện nay|hiện tại)[^.;]{0,40}$", _I
)


def measure(
    text: str,
    span: Span,
    units: Sequence[UnitMention],
    *,
    polarity: str | None,
    before: str = "",
    heading: str = "",
    period: Period | None = None,
) -> list[Measurement]:
    """The measurements of one statement ``text[span]``; thresholds are none.

    ``units`` are the statement's units with their spans; a measurement that no name stands at has
    ``unit`` ``None``. One percentage of several names ("xã A, xã B đều đạt 12%") gives one measurement
    for each, with the same span. ``before`` is the text before the statement and ``heading`` its
    heading, asked for the indicator only; ``period`` holds where the statement names none. In a
    recommendation percentages are targets, except what is said to have been reached. What a value rose or
    fell from is measured only where its own time is said: else it would pass for the present value.
    """
    every = find_percentages(text, span)
    if not every:
        return []
    said = _Statement(text, span, before, heading)
    placed = sorted((unit for unit in units if unit.span), key=lambda unit: unit.span or span)
    found: list[Measurement] = []
    for at, one in enumerate(every):
        head = text[max(span[0], one.span[0] - 60) : one.span[0]]
        if one.threshold or (polarity == "recommendation" and not _REACHED.search(head)):
            continue
        left = every[at - 1].span[1] if at else span[0]
        right = every[at + 1].span[0] if at + 1 < len(every) else span[1]
        if _is_former(head, text[one.span[1] : right]):
            when = _period_in(text, (one.span[1], right), period)
            if when is None:
                continue
        else:
            risen = _CHANGE_TO.match(text, left, one.span[0])
            former = (every[at - 1].span[0], risen.end()) if risen and at else None
            when = said.period(one.span, risen.end() if risen else left, right, period, former)
        indicator, counts = said.indicator(one.span, left, right), (one.numerator, one.denominator)
        way = said.direction(one.span, right, indicator, polarity)
        found += [
            Measurement(one.value, one.as_printed, one.span, indicator, *counts, when, way, unit)
            for unit in _units_of(text, span, one, every, units, placed)
        ]
    return found


def _units_of(
    text: str,
    span: Span,
    one: Percentage,
    every: list[Percentage],
    units: Sequence[UnitMention],
    placed: list[UnitMention],
) -> list[UnitMention | None]:
    """The unit at a number: the name around it, directly before it, or the only one; ``[None]`` without."""
    spans = [unit.span or span for unit in placed]
    for unit, (a, b) in zip(placed, spans, strict=True):
        if a <= one.span[0] and one.span[1] <= b:
            return [unit]
    if len(units) < 2 or not placed:
        return [units[0] if len(units) == 1 else None]
    values = [value for value in every if not value.threshold]
    turn = _IN_TURN.search(text, *span)
    if turn and len(values) == len(placed):
        return [placed[values.index(one)]]
    earlier = [at for at, (_, b) in enumerate(spans) if b <= one.span[0]]
    later = [at for at, (a, _) in enumerate(spans) if a >= one.span[1]]
    if later and _PLACED.fullmatch(text, one.span[1], spans[later[0]][0]):
        return [placed[later[0]]]
    if not earlier:
        if _ALL_TOGETHER.search(text, span[0], one.span[0]):
            return [None]
        own = any(value.span[0] >= spans[0][1] for value in values)
        # "2 đơn vị đạt 90% gồm: xã A, xã B" says it of each name; the caller knows whose finding it is.
        return [placed[0] if own or len(placed) == 1 else None]
    last = earlier[-1]
    if _ALL_TOGETHER.search(text, spans[last][1], one.span[0]):
        return [None]
    first = last
    if "(" not in text[spans[last][1] : one.span[0]]:
        while first and _LISTED.fullmatch(text, spans[first - 1][1], spans[first][0]):
            first -= 1
    return list(placed[first : last + 1])


def _clause(text: str, a: int, b: int, *, last: bool) -> Span:
    """The first or the last clause of ``text[a:b]``."""
    ends = list(_CLAUSE.finditer(text, a, b))
    if not ends:
        return a, b
    return (ends[-1].end(), b) if last else (a, ends[0].start())


class _Statement:
    """The cues of one statement, looked for once for all its numbers."""

    def __init__(self, text: str, span: Span, before: str, heading: str) -> None:
        self._text, self._span = text, span
        self._named = indicators_in(text, span)
        self._rates = list(_RATE_OF.finditer(text, *span))
        self._cues = [(*hit.span(), way) for way, pattern in _CUES for hit in pattern.finditer(text, *span)]
        self._around = (before, heading)

    def indicator(self, number: Span, left: int, right: int) -> str | None:
        """What a number measures: nearest before it in its clause, then further and further away.

        ``left`` and ``right`` are where the numbers beside it end and begin.
        """
        clause = _clause(self._text, left, number[0], last=True)
        before, behind = self._last(*clause), self._first(*_clause(self._text, number[1], right, last=False))
        if before and behind and "," in self._text[before[1] : number[0]]:
            # "đúng hạn, 2% hồ sơ trễ hạn": what follows at once is nearer than what a comma closed.
            at_once = behind[0] - number[1] < 25 and "," not in self._text[number[1] : behind[0]]
            return behind[2] if at_once else before[2]
        # The sentence's own "tỷ lệ hộ nghèo" says more than the heading it stands under.
        near = before or behind or self._rate(*clause) or self._last(self._span[0], number[0])
        if near:
            return near[2]
        far = self._rate(self._span[0], number[0]) or self._first(number[1], self._span[1])
        if far:
            return far[2]
        for words in self._around:
            if found := indicators_in(words, (0, len(words))):
                return max(found, key=lambda hit: (hit[1], -hit[0]))[2]
        return None

    def _last(self, a: int, b: int) -> Hit | None:
        inside = [hit for hit in self._named if a <= hit[0] and hit[1] <= b]
        return max(inside, key=lambda hit: (hit[1], -hit[0]), default=None)

    def _first(self, a: int, b: int) -> Hit | None:
        inside = [hit for hit in self._named if a <= hit[0] and hit[1] <= b]
        return min(inside, key=lambda hit: (hit[0], -hit[1]), default=None)

    def _rate(self, a: int, b: int) -> Hit | None:
        inside = [hit for hit in self._rates if a <= hit.start() and hit.end() <= b]
        if not inside:
            return None
        noun = " ".join(inside[-1]["noun"].split())
        return (*inside[-1].span(), noun if noun[:2].isupper() else noun[0].lower() + noun[1:])

    def period(
        self, number: Span, left: int, right: int, given: Period | None, former: Span | None = None
    ) -> Period | None:
        """The period named nearest to a number, else ``given``; not that of a plan, a comparison, or the
        value it rose or fell from, which ``former`` speaks of."""
        behind = _clause(self._text, number[1], right, last=False)
        near = _period_in(self._text, (left, number[0]), given) or _period_in(self._text, behind, given)
        a, b = former or (self._span[1], self._span[1])
        far = _period_in(self._text, (self._span[0], a)) or _period_in(self._text, (b, self._span[1]))
        if near or far is None or given is None:
            return near or far or given
        # "… năm 2021" somewhere in the statement does not widen the half-year that is reported on.
        return given if far.start <= given.start and given.end <= far.end else far

    def direction(self, number: Span, right: int, indicator: str | None, polarity: str | None) -> Direction:
        """Low or high by the cue word nearest to the number, else by polarity and what is measured."""
        _, stop = _clause(self._text, number[1], min(right, number[1] + 28), last=False)
        near = [(max(0, number[0] - b), way) for _, b, way in self._cues if b <= number[1]]
        near += [(a - number[1], way) for a, b, way in self._cues if a >= number[1] and b <= stop]
        if near:
            return min(near, key=lambda cue: cue[0])[1]
        if polarity not in ("deficiency", "achievement"):
            return "neutral"
        # A high rate of late files is the deficiency, a low one the achievement.
        return "low" if (polarity == "deficiency") != (indicator in BAD) else "high"


def _period_in(text: str, span: Span, given: Period | None = None) -> Period | None:
    """The period named there; what is named without a year ("9 tháng") is of the year of ``given``."""
    part = _OTHER_PERIOD.sub(lambda hit: "#" * len(hit.group()), text[slice(*span)])
    found = find_period(part, int(given.end[:4]) if given else None)
    if found and given and (found[0].start, found[0].end) == (given.start, given.end):
        return given
    return found[0] if found else None
