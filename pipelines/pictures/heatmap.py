"""Communes by areas: how many deficiencies, or chains that are open, each area of each commune has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from annotations.labels import AREAS
from corpora.chains.states import OPEN
from corpora.fold import fold
from corpora.overview.records import Overview, Place
from pipelines.pictures.canvas import GREY, INK, Choice, Page, not_communes, some, text_width, titled, wrapped
from pipelines.printing.common import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CELL, _GAP, _HEAD, _FOOT = 0.46, 0.3, 1.85, 0.3
_WIDEST = 11  # inches of panels side by side
_NAME = 30
_KEY = (
    "Ô gạch chéo: không có văn bản nào nói đến đơn vị trong kỳ; "
    "số 0: có văn bản, không nêu tồn tại ở lĩnh vực đó."
)

Counts = Counter[tuple[Any, str]]


def draw(overview: Overview, choice: Choice) -> Figure | None:
    """The picture; ``None`` where nothing was found.

    One panel over all years, or with ``choice.each_year`` one a year. Numbers stand in the cells; a white 0
    is a unit that documents speak of, without a deficiency there, a hatched row one that none speaks of.
    """
    years: list[int | None] = list(overview.years) if choice.each_year else [None]
    every = _counts(overview, choice.count, None)
    if not every or not years:
        return None
    totals = Counter[Any]()
    for (key, _), number in every.items():
        totals[key] += number
    ranked = sorted(overview.communes(), key=lambda place: (-totals[place.key], fold(place.name)))
    places, notes = some(ranked, choice.limit, "đơn vị")
    if not places:
        return None
    panels = [(year, _counts(overview, choice.count, year)) for year in years]
    deepest = max(max(counts.values(), default=0) for _, counts in panels)
    areas = list(AREAS) if overview.scope.area is None else [overview.scope.area]
    a_row = int(_WIDEST / (_CELL * len(areas) + _GAP))
    rows = [panels[at : at + a_row] for at in range(0, len(panels), a_row)]
    names = [wrapped(place.name, _NAME) for place in places]
    line = 0.36 if any("\n" in name for name in names) else 0.24
    left = max(text_width(name, 10) for name in names) + 0.3
    wide, high = _CELL * len(areas), line * len(places)
    sums = 0.0 if choice.each_year else 1.15
    width = max(7.0, left + len(rows[0]) * (wide + _GAP) + sums)
    upper = len(rows) * (high + _HEAD)
    sheet = Page(width, upper, _title(overview, choice), overview, [_KEY, *notes, *not_communes(overview)])
    for row in rows:
        upper -= _HEAD + high
        for column, (year, counts) in enumerate(row):
            axes = sheet.axes(left + column * (wide + _GAP), upper + _FOOT, wide, high)
            _panel(axes, places, areas, counts, deepest, year)
            if column == 0:
                axes.set_yticks([at + 0.5 for at in range(len(places))], names, size=10)
            if year is not None:
                axes.set_xlabel(str(year), size=12, weight="bold", labelpad=4)
            else:
                _sums(axes, places, totals, len(areas))
    return sheet.figure


def _title(overview: Overview, choice: Choice) -> str:
    what = "Chuỗi tồn tại chưa khắc phục" if choice.count == "chains" else "Số tồn tại"
    each = ", từng năm" if choice.each_year else ""
    return titled(f"{what} theo đơn vị và lĩnh vực{each}", overview)


def _counts(overview: Overview, count: str, year: int | None) -> Counts:
    """Numbers by unit and area: deficiencies, or open chains told of in that year."""
    counts = Counts()
    for one in overview.chains:
        told = sum(year is None or said.year == year for said in one.chain.occurrences)
        if count == "chains":
            told = int(told > 0 and one.chain.state in OPEN)
        if told:
            counts[one.place, one.chain.area] += told
    return counts


def _panel(
    axes: Axes,
    places: Sequence[Place],
    areas: Sequence[str],
    counts: Counts,
    deepest: int,
    year: int | None,
) -> None:
    from matplotlib.patches import Rectangle

    shade = _shades(deepest)
    for y, place in enumerate(places):
        spoken = year is None or year in place.years
        for x, area in enumerate(areas):
            number = counts[place.key, area]
            look: dict[str, Any] = (
                {"facecolor": shade(number)} if spoken else {"facecolor": "white", "hatch": "////"}
            )
            axes.add_patch(Rectangle((x, y), 1, 1, edgecolor="#bdbdbd", linewidth=0.5, **look))
            if spoken:
                dark = number / max(deepest, 1) > 0.55
                ink = "white" if dark else (INK if number else GREY)
                axes.text(x + 0.5, y + 0.53, str(number), ha="center", va="center", size=9, color=ink)
    axes.set_xlim(0, len(areas))
    axes.set_ylim(len(places), 0)
    axes.set_yticks([])
    heads = [wrapped(label(AREAS, area), 27) for area in areas]
    axes.xaxis.tick_top()
    axes.set_xticks(
        [x + 0.5 for x in range(len(areas))],
        heads,
        rotation=90,
        size=8.5,
        va="bottom",
        ha="center",
        multialignment="left",
    )
    axes.tick_params(length=0)


def _shades(deepest: int) -> Callable[[int], Any]:
    """From white to dark blue: the same order in greyscale."""
    import matplotlib

    colours = matplotlib.colormaps["Blues"]
    return lambda number: "white" if not number else colours(0.15 + 0.85 * number / max(deepest, 1))


def _sums(axes: Axes, places: Sequence[Place], totals: Counter[Any], column: int) -> None:
    for x, head in ((column + 0.7, "Tổng"), (column + 1.7, "Số văn bản")):
        axes.text(x, -0.15, head, rotation=90, ha="center", va="bottom", size=8.5, weight="bold", color=INK)
    for y, place in enumerate(places):
        axes.text(
            column + 0.7, y + 0.53, str(totals[place.key]), ha="center", va="center", size=9, weight="bold"
        )
        axes.text(column + 1.7, y + 0.53, str(len(place.documents)), ha="center", va="center", size=9)
