"""An indicator's measured values over time, and deficiencies per year beside the number of documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, nan
from typing import TYPE_CHECKING, Any

from corpora.fold import fold
from corpora.names import same_unit
from corpora.overview.records import Measured, Overview
from extract.indicators import standard_indicators
from pipelines.pictures.canvas import (
    COLOURS,
    DASHES,
    GREY,
    INK,
    MARKERS,
    Choice,
    Page,
    plain_axes,
    some,
    titled,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TOGETHER = 6  # so many lines can be told apart in one panel
_A_ROW = 4

Series = dict[int, list[float]]
"""Values by year, in the order of the documents."""


def draw(overview: Overview, choice: Choice) -> Figure | None:
    """The picture; ``None`` where neither a value nor a deficiency is known by year.

    Without ``choice.indicator`` the indicator that most units have values of in more than one year, then the
    one measured most often. Up to six units share a panel, more have one each.
    """
    years = overview.years
    measured = _of_indicator(overview, choice.indicator)
    told = Counter(said.year for _, said in overview.told() if said.year is not None)
    if not years or not (measured or told):
        return None
    years = list(range(min([*years, *_years(measured)]), max([*years, *_years(measured)]) + 1))
    every = _series(overview, measured)
    names, notes = some(
        sorted(every, key=lambda name: (-len(every[name]), fold(name))), choice.limit, "đơn vị"
    )
    names = sorted(names, key=fold)
    one_panel = len(names) <= _TOGETHER
    rows = 0 if not names else 1 if one_panel else ceil(len(names) / _A_ROW)
    high = 3.0 if one_panel else 1.45
    above = rows * (high + 0.55) + 0.2 if names else 0.0
    title = f"{_first_upper(_called(measured))} qua các năm" if names else "Số tồn tại qua các năm"
    notes = [_key(measured) if names else _nothing(choice.indicator), *notes]
    sheet = Page(9.2, above + 2.8, titled(title, overview), overview, notes)
    papers = Counter(paper.year for paper in overview.counted if paper.year is not None)
    covered = [year for year in years if papers[year]]
    _yearly(sheet.axes(0.8, 0.6, 3.5, 1.9), years, {year: told[year] for year in covered}, "Số tồn tại", "")
    all_papers = {year: papers[year] for year in years}
    _yearly(sheet.axes(5.1, 0.6, 3.5, 1.9), years, all_papers, "Số văn bản", "....")
    if names and one_panel:
        axes = sheet.axes(0.8, 3.5, 5.6, high)
        _together(axes, years, {name: every[name] for name in names})
    elif names:
        for at, name in enumerate(names):
            row, column = divmod(at, _A_ROW)
            x, y = 0.7 + column * 2.12, 3.5 + (rows - 1 - row) * (high + 0.55)
            _alone(sheet.axes(x, y, 1.75, high - 0.15), years, name, every, labels=column == 0)
    return sheet.figure


def _of_indicator(overview: Overview, asked: str | None) -> list[Measured]:
    """The values of one indicator: the one asked for (in part, without marks too), or the commonest."""
    named = [one for one in overview.measured if one.indicator is not None and one.place is not None]
    groups: dict[str, list[Measured]] = defaultdict(list)
    for one in named:
        groups[_standard(one.indicator or "")].append(one)
    if asked is not None:
        groups = {name: group for name, group in groups.items() if fold(asked) in fold(name)}
    if not groups:
        return []
    return max(groups.items(), key=lambda item: (_followed(item[1]), len(item[1]), item[0]))[1]


def _standard(indicator: str) -> str:
    """What a table calls "Tỷ lệ văn bản đi được ký số" and a sentence "ký số văn bản" is one indicator."""
    named = standard_indicators(indicator)
    return (named[0] if len(named) == 1 and "–" not in indicator else indicator).casefold()


def _followed(measured: Sequence[Measured]) -> int:
    """How many units have values of more than one year."""
    years = defaultdict(set)
    for one in measured:
        years[one.place, one.unit].add(one.year)
    return sum(len(found) > 1 for found in years.values())


def _years(measured: Sequence[Measured]) -> list[int]:
    return [one.year for one in measured if one.year is not None]


def _series(overview: Overview, measured: Sequence[Measured]) -> dict[str, Series]:
    """The values by unit; those of a unit that has gone into another one stay its own.

    A rate of a part is none of the whole: deficiencies add up where communes merge, rates do not.
    """
    name_of = {place.key: place.name for place in overview.places}
    found: dict[str, Series] = defaultdict(lambda: defaultdict(list))
    for one in measured:
        if one.place in name_of and one.year is not None:
            now = name_of[one.place]
            name = now if one.unit is None or same_unit(one.unit, now) else f"{one.unit} (nay {now})"
            found[name][one.year].append(one.value)
    return dict(found)


def _called(measured: Sequence[Measured]) -> str:
    names = Counter(_standard(one.indicator or "") for one in measured)
    called = Counter(one.indicator or "" for one in measured)
    standard = names.most_common(1)[0][0]
    return next((name for name in called if name.casefold() == standard), called.most_common(1)[0][0])


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _key(measured: Sequence[Measured]) -> str:
    papers = len({one.document for one in measured})
    return (
        f"{len(measured)} giá trị trong {papers} văn bản. Đường đứt quãng ở năm không có số liệu; "
        "năm có nhiều giá trị thì vẽ mọi giá trị, đường đi qua giá trị của văn bản sau cùng."
    )


def _nothing(asked: str | None) -> str:
    return f"Không có số liệu về '{asked}'." if asked is not None else "Không có số liệu đo theo đơn vị."


def _line(series: Series, years: Sequence[int]) -> list[float]:
    return [series[year][-1] if year in series else nan for year in years]


def _points(series: Series) -> tuple[list[int], list[float]]:
    pairs = [(year, value) for year in sorted(series) for value in series[year]]
    return [year for year, _ in pairs], [value for _, value in pairs]


def _together(axes: Axes, years: Sequence[int], every: dict[str, Series]) -> None:
    plain_axes(axes)
    for at, (name, series) in enumerate(every.items()):
        look: dict[str, Any] = {"color": COLOURS[at], "marker": MARKERS[at]}
        axes.plot(
            years, _line(series, years), linestyle=DASHES[at % len(DASHES)], label=wrapped(name, 28), **look
        )
        axes.plot(*_points(series), linestyle="none", **look)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=9, handlelength=3.2)
    axes.set_ylabel("%")
    _percent(axes, [value for series in every.values() for values in series.values() for value in values])
    _year_ticks(axes, years)
    axes.set_xlabel("Năm")


def _alone(axes: Axes, years: Sequence[int], name: str, every: dict[str, Series], labels: bool) -> None:
    plain_axes(axes)
    for other, series in every.items():
        if other != name:
            axes.plot(years, _line(series, years), color="#cfcfcf", linewidth=0.6)
    axes.plot(years, _line(every[name], years), color=COLOURS[0], linewidth=1.4)
    axes.plot(*_points(every[name]), color=COLOURS[0], marker="o", markersize=3.5, linestyle="none")
    axes.set_title(wrapped(name, 27), size=9, loc="left", pad=3)
    _percent(axes, [value for series in every.values() for values in series.values() for value in values])
    _year_ticks(axes, years, few=True)
    axes.tick_params(labelsize=8, labelleft=labels)
    if labels:
        axes.set_ylabel("%", size=8)


def _percent(axes: Axes, values: Sequence[float]) -> None:
    """From nought to a hundred, further where values are; over 100 % is shown, not hidden."""
    axes.set_ylim(min(0.0, *values) - 3, max(100.0, *values) + 5)


def _yearly(axes: Axes, years: Sequence[int], counts: Mapping[int, int], name: str, hatch: str) -> None:
    """Bars by year; of a year that is not in ``counts`` nothing is known, which is no nought."""
    from matplotlib.ticker import MaxNLocator

    plain_axes(axes)
    fill = "white" if hatch else COLOURS[0]
    high = [counts.get(year, 0) for year in years]
    axes.bar(years, high, 0.62, color=fill, edgecolor=INK, linewidth=0.6, hatch=hatch)
    for year in years:
        said = str(counts[year]) if year in counts else "–"
        ink = INK if counts.get(year) else GREY
        place = (year, counts.get(year, 0))
        axes.annotate(said, place, (0, 2), textcoords="offset points", ha="center", size=9, color=ink)
    axes.set_ylim(0, max(1, *high) * 1.18)
    axes.set_title(f"{name} theo năm", size=11, loc="left", weight="bold")
    axes.set_ylabel(name, size=10)
    axes.set_xlabel("Năm", size=10)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    _year_ticks(axes, years)


def _year_ticks(axes: Axes, years: Sequence[int], few: bool = False) -> None:
    step = max(1, ceil(len(years) / (3 if few else 8)))
    shown = list(years[::-1][::step][::-1])
    axes.set_xticks(shown, [str(year) for year in shown])
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
