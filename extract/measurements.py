"""Percentages of a statement, each tied to its unit, what it measures, its period and direction.

A threshold ("từ 25% trở lên") measures nothing. Cue words are compared with their tone marks where folding
would make two words one ("chỉ đạt", "dự toán chi đạt"); indicators are compared folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from extract.dates import find_period
from extract.document import Measurement, Period, Span, UnitMention
from extract.indicators import DATA, Hit, done, indicators_in, is_bad
from extract.percentages import CHANGE_TO, Percentage, find_percentages, is_former, is_of_units

Direction = Literal["low", "high", "neutral"]
_I = re.IGNORECASE

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
_OPENS = re.compile(r"\s*\(\s*(?:tại |ở )?(?:ubnd\s+)?", _I)
_CLOSES = re.compile(r"\s*\)")
_KIND = re.compile(r"^(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố)\s+", _I)
_PLACED = re.compile(r"\s*(?:tại|ở|của|thuộc)\s*(?:ubnd\s*)?", _I)
_COUNTED_APART = re.compile(r"[,;]\s*(?:[^\W\d_]+\s+){0,3}\d[\d.]*(?![\d/.,]*[%/])", _I)
_IS_THERE = re.compile(r"(?<!\w)(?:đạt|chỉ|mới|được|đã|tỷ lệ|tỉ lệ)(?!\w)", _I)
_NOTHING = re.compile(r"0+(?:[.,]0+)?\D*")
_NOT_WHOLE = re.compile(r"(?<!\w)(?:đầy đủ|hết|đủ|toàn bộ|đồng bộ)(?!\w)", _I)
_FINISHES = re.compile(r"(?<!\w)(?:hoàn thành|đạt)(?!\w)", _I)
_BY_HOW_MUCH = re.compile(r"(?<!\w)(?:tăng|giảm)(?: (?:thêm|gần|trên|khoảng|hơn|được|tới))?\s*$", _I)
_MOST = re.compile(r"\s+nhất(?!\w)", _I)
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
        if is_former(head, text[one.span[1] : right]):
            when = _period_in(text, (one.span[1], right), period)
            if when is None:
                continue
        else:
            risen = CHANGE_TO.match(text, left, one.span[0])
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
    if behind := _in_brackets_behind(text, one, placed, later):
        return behind
    if not earlier:
        if _ALL_TOGETHER.search(text, span[0], one.span[0]):
            return [None]
        own = any(value.span[0] >= spans[0][1] for value in values)
        # "2 đơn vị đạt 90% gồm: xã A, xã B" says it of each name; the caller knows whose finding it is.
        return [placed[0] if own or len(placed) == 1 else None]
    last = earlier[-1]
    again = _named_again(text, spans[last][1], one.span[0], placed)
    if again is not None:
        return [again]
    if _ALL_TOGETHER.search(text, spans[last][1], one.span[0]):
        return [None]
    first = last
    # "xã A, xã B (12%)" is B's; "xã A, xã B chậm xử lý 17 kiến nghị (28%)" is of both.
    if not text[spans[last][1] : one.span[0]].lstrip().startswith("("):
        while first and _LISTED.fullmatch(text, spans[first - 1][1], spans[first][0]):
            first -= 1
    return list(placed[first : last + 1])


def _in_brackets_behind(
    text: str, one: Percentage, placed: list[UnitMention], later: list[int]
) -> list[UnitMention | None]:
    """The names that fill the brackets behind a number: "88,5% (xã A) và 91% (xã B, xã C)"."""
    opens = _OPENS.match(text, one.span[1])
    at, found = (opens.end() if opens else 0), list[UnitMention | None]()
    for index in later if opens else ():
        a, b = placed[index].span or (0, 0)
        if a != at and not (found and _LISTED.fullmatch(text, at, a)):
            break
        found.append(placed[index])
        at = b
    return found if found and _CLOSES.match(text, at) else []


def _named_again(text: str, a: int, b: int, placed: list[UnitMention]) -> UnitMention | None:
    """The unit of a list that is named anew before a number: "xã A, xã B đạt; riêng B còn 12%"."""
    best: tuple[int, UnitMention] | None = None
    for unit in placed:
        own = _KIND.sub("", unit.as_printed)
        at = max(
            (hit.start() for hit in re.finditer(rf"(?<!\w){re.escape(own)}(?!\w)", text[a:b])), default=-1
        )
        if own and at >= 0 and (best is None or at > best[0]):
            best = at, unit
    return best[1] if best else None


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
        if _BY_HOW_MUCH.search(self._text, self._span[0], number[0]):
            return None  # "96%, tăng 1,8% so với quý II": 1,8% of the files are nothing
        near = self._near(number, left, right)
        if near:
            return self._reached(near, number)
        far = self._rate(self._span[0], number[0]) or self._own(number[1], self._span[1])
        if far:
            return self._reached(far, number)
        # How many units did something is no rate of what the sentence before measured.
        around = self._around[1:] if is_of_units(self._text, number) else self._around
        for words in around:
            found = [hit for hit in indicators_in(words, (0, len(words))) if not done(hit[2])]
            if found:
                return max(found, key=lambda hit: (hit[1], -hit[0]))[2]
        return None

    def _near(self, number: Span, left: int, right: int) -> Hit | None:
        clause = _clause(self._text, left, number[0], last=True)
        before, behind = self._last(*clause), self._own(*_clause(self._text, number[1], right, last=False))
        if before and behind and "," in self._text[before[1] : number[0]]:
            # "đúng hạn, 2% hồ sơ trễ hạn": what follows at once is nearer than what a comma closed.
            at_once = behind[0] - number[1] < 25 and "," not in self._text[number[1] : behind[0]]
            return behind if at_once else before
        # The sentence's own "tỷ lệ hộ nghèo" says more than the heading it stands under.
        return before or behind or self._rate(*clause) or self._last(self._span[0], number[0])

    def _reached(self, hit: Hit, number: Span) -> str | None:
        """The indicator of a hit; of what was denied and then counted, what the count is of.

        "Chưa niêm yết đầy đủ, mới đạt 74%" counts what is there, "chưa niêm yết 24/129" what is missing;
        "chưa niêm yết đầy đủ 24/129" leaves it open.
        """
        if done(hit[2]) is None or hit[1] > number[0]:
            return hit[2]
        between = self._text[hit[1] : number[0]]
        if _IS_THERE.search(between) or _NOTHING.fullmatch(self._text, *number):
            return done(hit[2])  # "chưa số hóa (0%)": nothing is there
        finishing = "(" in between and _FINISHES.search(self._text, max(self._span[0], hit[0] - 20), hit[1])
        return None if finishing or _NOT_WHOLE.search(between) else hit[2]

    def _last(self, a: int, b: int) -> Hit | None:
        inside = [hit for hit in self._named if a <= hit[0] and hit[1] <= b]
        return max(inside, key=lambda hit: (hit[1], -hit[0]), default=None)

    def _own(self, a: int, b: int) -> Hit | None:
        """The first behind a number, unless another count has it: "đạt 88,2%, còn 02 đơn quá hạn"."""
        inside = [hit for hit in self._named if a <= hit[0] and hit[1] <= b]
        first = min(inside, key=lambda hit: (hit[0], -hit[1]), default=None)
        return None if first is None or _COUNTED_APART.search(self._text, a, first[1]) else first

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
        if near:
            return near
        far = _period_in(self._text, (self._span[0], a)) or _period_in(self._text, (b, self._span[1]))
        if far is None and given is not None and (said := _period_in(self._text, (self._span[0], a), given)):
            return said if given.start <= said.start and said.end <= given.end else given
        if far is None or given is None:
            return far or given
        # "… năm 2021" somewhere in the statement does not widen the half-year that is reported on.
        widens = far.label.lower().startswith("năm") and far.start <= given.start and given.end <= far.end
        return given if widens else far

    def direction(self, number: Span, right: int, indicator: str | None, polarity: str | None) -> Direction:
        """Low or high by the cue word nearest to the number, else by polarity and what is measured."""
        _, stop = _clause(self._text, number[1], min(right, number[1] + 28), last=False)
        near = [(max(0, number[0] - b), way) for _, b, way in self._cues if b <= number[1]]
        near += [
            (a - number[1], way)
            for a, b, way in self._cues
            # "cao nhất là xã A (23%), thấp nhất là xã B (10%)": the second one is of the number behind it
            if a >= number[1] and b <= stop and not (right < self._span[1] and _MOST.match(self._text, b))
        ]
        if near:
            return min(near, key=lambda cue: cue[0])[1]
        if polarity not in ("deficiency", "achievement"):
            return "neutral"
        # A high rate of late files is the deficiency, a low one the achievement.
        bad = indicator is not None and is_bad(indicator)
        return "low" if (polarity == "deficiency") != bad else "high"


def _period_in(text: str, span: Span, given: Period | None = None) -> Period | None:
    """The period named there; what is named without a year ("9 tháng") is of the year of ``given``."""
    return _named_period(text[slice(*span)], given)


@lru_cache(maxsize=256)  # every number of a sentence asks for the whole sentence's period
def _named_period(part: str, given: Period | None) -> Period | None:
    part = _OTHER_PERIOD.sub(lambda hit: "#" * len(hit.group()), part)
    found = find_period(part, int(given.end[:4]) if given else None)
    if found and given and (found[0].start, found[0].end) == (given.start, given.end):
        return given
    return found[0] if found else None
