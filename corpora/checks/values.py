"""One indicator of one unit and period with two values that rounding does not explain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from corpora.checks.context import around, content, is_another_count, is_another_time, sentence
from corpora.checks.figures import decimals, number, rounds_to, vietnamese
from corpora.checks.found import Discrepancy, Place, discrepancy, place
from corpora.checks.sheets import Measured, Owner, Sheet
from extract.indicators import standard_indicators

_APART = 45
"""Days between two documents whose figures can be of one day though their period still runs."""

_CHANGE_BEFORE = re.compile(
    r"(?<!\w)(?:(?:tăng|giảm|nâng|hạ|chênh(?: lệch)?|vượt|thiếu|cao hơn|thấp hơn|hơn|kém|từ)(?: "
    r"thêm| lên| được)?)\s*\(?$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"\s*\)?\s*(?:lên|xuống|điểm phần trăm|so với|tổng (?:số|biên chế))(?!\w)", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"(?<!\w)(?:(?:cả|toàn) )?(?:huyện|tỉnh|thành phố|quận|thị xã|bình quân|mức chung|trung bình)"
    r"(?: (?:mới|chỉ|là|đạt|còn))*\s*:?\s*\(?$",
    re.IGNORECASE,
)
_ROUGH = re.compile(r"(?<!\w)(?:khoảng|gần|hơn|trên|dưới|xấp xỉ|ngót|quá)\s*\(?$", re.IGNORECASE)
_ROUGHLY = 5.0


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that can be compared, with what it is about."""

    sheet: str
    date: str | None
    scanned: bool
    sentence: tuple[int, int]
    about: frozenset[str]
    period: tuple[str, str] | None
    printed: str
    figure: str
    """The value as a decimal figure: ``37/52`` has more digits than it needs."""
    numerator: float | None
    denominator: float | None
    rough: bool
    unit: str
    place: Place
    year: int | None


def values_of(sheet: Sheet) -> Iterator[tuple[Owner, str, Value]]:
    """The comparable figures of a document: who and what each is about, and the figure.

    Figures of groups ("all") are left out: a group is another one from sentence to sentence.
    """
    for one in sheet.measurements:
        if one.unit is None or one.level in (None, "group"):
            continue
        before = sheet.text[max(0, one.span[0] - 60) : one.span[0]]
        after = sheet.text[one.span[1] : one.span[1] + 40]
        clause = re.split(r"[;\n(]|\.\s|,\s", before)[-1]
        begin, end = sentence(sheet.text, one.span)
        if (
            _OF_ALL.search(clause)
            or _CHANGE_BEFORE.search(clause)
            or _CHANGE_AFTER.match(after)
            or _elsewhere(sheet.text[begin:end])
        ):
            continue
        # A cell of a table stands alone on its line; the heading of its column says what it is.
        cell = sheet.text[begin:end].strip() == one.as_printed
        words = (one.indicator or "") if cell else around(sheet.text, one.span)
        indicator = _indicator(one, words)
        if indicator is None:
            continue
        yield (
            Owner(one.unit, one.level or "commune", one.code, sheet.district),
            indicator,
            Value(
                sheet=sheet.id,
                date=sheet.date,
                scanned=sheet.scanned,
                sentence=sentence(sheet.text, one.span, whole=True),
                about=content(words),
                period=one.period or sheet.period,
                printed=one.as_printed,
                figure=vietnamese(one.value, 4) if "/" in one.as_printed else one.as_printed,
                numerator=one.numerator,
                denominator=one.denominator,
                rough=bool(_ROUGH.search(clause)),
                unit=one.unit,
                place=place(
                    sheet,
                    one.span,
                    one.as_printed,
                    one.id,
                    said=f"{words}: {one.as_printed}" if cell else None,
                ),
                year=sheet.year,
            ),
        )


def _elsewhere(words: str) -> bool:
    return is_another_time(words) or is_another_count(words)


def _indicator(one: Measured, words: str) -> str | None:
    """What is measured, in one wording: the standard indicator, else the bag of the narrowing words."""
    named = standard_indicators(one.indicator) if one.indicator else []
    if one.indicator and (named or one.indicator in standard_indicators(words)):
        return named[0] if named else one.indicator
    bag = content(one.indicator or "")
    return " ".join(sorted(bag)) or None


def values(found: Iterable[tuple[tuple[Any, ...], Value]]) -> Iterator[Discrepancy]:
    """Pairs of figures about one thing that cannot both be true; of one thing at most one pair a document."""
    groups: dict[tuple[Any, ...], list[Value]] = defaultdict(list)
    for key, value in found:
        groups[key].append(value)
    for (_, indicator), group in groups.items():
        told: set[tuple[str, str]] = set()
        for one, other in combinations(group, 2):
            pair = one.sheet, other.sheet
            if pair in told or not _about_one_thing(one, other) or _agree(one, other):
                continue
            told.add(pair)
            yield _told(indicator, one, other)


def _about_one_thing(one: Value, other: Value) -> bool:
    if one.about != other.about and not _only_repeats(one.about, other.about):
        return False
    # Nobody contradicts himself in one sentence: it compares ("5,1% trong khi cả huyện 22%").
    if one.sheet == other.sheet and one.sentence == other.sentence:
        return False
    if one.sheet == other.sheet:
        return one.period == other.period
    if one.period is None or one.period != other.period:
        return False
    return _of_one_day(one, other)


def _only_repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    """A heading gives what the other sentence spells out: one has no narrowing words at all."""
    return not one or not other


def _of_one_day(one: Value, other: Value) -> bool:
    """Whether the figures of two documents can be compared: the period was over, or they are near."""
    if one.date is None or other.date is None or one.period is None:
        return False
    if min(one.date, other.date) >= one.period[1]:
        return True
    return abs((date.fromisoformat(one.date) - date.fromisoformat(other.date)).days) <= _APART


def _agree(one: Value, other: Value) -> bool:
    if rounds_to(one.figure, other.figure):
        return True
    apart = abs(number(one.figure) - number(other.figure))
    if (one.rough or other.rough) and apart <= _ROUGHLY:
        return True
    return any(
        value.numerator is not None
        and value.denominator
        and rounds_to(vietnamese(100 * value.numerator / value.denominator, 4), against.figure)
        for value, against in ((one, other), (other, one))
    )


def _told(indicator: str, one: Value, other: Value) -> Discrepancy:
    exact = one.about == other.about and bool(one.about)
    coarse = min(decimals(one.figure), decimals(other.figure))
    close = abs(number(one.figure) - number(other.figure)) <= 10.0**-coarse + 1e-9
    scanned = one.scanned or other.scanned
    across = one.sheet != other.sheet
    return discrepancy(
        "values",
        "to_check" if scanned or across or not exact or close else "contradiction",
        f"{one.unit}, {indicator}: nơi ghi {one.printed.strip()}, nơi ghi {other.printed.strip()}.",
        [one.place, other.place],
        unit=one.unit,
        year=one.year,
        sure="high" if exact else "medium",
    )
