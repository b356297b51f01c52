"""Chains over years: one line a chain, a mark where it was told of, its state by shape and colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from annotations.labels import AREAS
from corpora.chains.records import Chain
from corpora.chains.states import NOT_REPORTS, OPEN, STATES
from corpora.fold import fold
from corpora.overview.records import Followed, Overview
from pipelines.pictures.canvas import (
    COLOURS,
    GREY,
    INK,
    PALE,
    Choice,
    Page,
    plain_axes,
    some,
    titled,
    wrapped,
)
from pipelines.printing.common import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOOKS = {
    "new": ("o", COLOURS[5]),
    "persisting": ("s", COLOURS[1]),
    "returned": ("^", COLOURS[3]),
    "remedied": ("P", COLOURS[2]),
    "unknown": ("D", GREY),
}
_LABEL = 70
_YEAR, _LEFT, _RIGHT = 0.75, 4.5, 1.5
_KEY = (
    "Dấu đặc: văn bản nêu tồn tại. Vòng rỗng: có báo cáo về đơn vị nhưng không nêu. Để trống: không có "
    "báo cáo về đơn vị. Dấu ×: văn bản nói đã khắc phục. Nét liền nối hai năm liền nhau, nét chấm đi qua năm "
    "không nêu hoặc không có báo cáo. Tình trạng ở cột phải xét trên toàn bộ dữ liệu."
)


def draw(overview: Overview, choice: Choice) -> Figure | None:
    """The picture; ``None`` where there is no chain with a year.

    With one unit all its deficiencies, those told of once too; else what came back in more than one document.
    """
    alone = overview.scope.unit is not None
    found = [one for one in overview.chains if one.chain.years and (alone or one.chain.documents > 1)]
    found.sort(key=lambda one: (-len(one.chain.years), -one.chain.documents, one.chain.area, one.chain.id))
    chosen, notes = some(found, choice.limit, "chuỗi")
    if not chosen:
        return None
    rows = _grouped(overview, chosen, alone)
    heights = [0.3 if one is None else 0.2 + 0.15 * (1 + text.count("\n")) for text, one in rows]
    years = overview.years
    wide, high = max(2.2, _YEAR * len(years)), sum(heights)
    title = titled("Chuỗi tồn tại qua các năm", overview)
    sheet = Page(_LEFT + wide + _RIGHT, high + 1.1, title, overview, [_KEY, *notes])
    axes = sheet.axes(_LEFT, 0.75, wide, high)
    _rows(axes, rows, heights, overview)
    _legend(axes, {one.chain.state for one in chosen}, high)
    return sheet.figure


_Rows = list[tuple[str, Followed | None]]
"""Lines with their words; a heading has no chain."""


def _grouped(overview: Overview, chosen: Sequence[Followed], alone: bool) -> _Rows:
    """The chains under headings: of one unit by area, else by unit; in each those still open first."""
    name_of = {place.key: place.name for place in overview.places}
    rank = {label(AREAS, area): at for at, area in enumerate(AREAS)}
    groups: dict[str, list[Followed]] = {}
    for one in chosen:
        head = label(AREAS, one.chain.area) if alone else name_of[one.place]
        groups.setdefault(head, []).append(one)
    rows: _Rows = []
    for head in sorted(groups, key=lambda name: (rank.get(name, len(rank)), fold(name))):
        rows.append((head, None))
        order = sorted(groups[head], key=lambda one: (one.chain.state not in OPEN, one.chain.years[0]))
        rows += [(_said(one.chain, alone), one) for one in order]
    return rows


def _said(chain: Chain, alone: bool) -> str:
    """What a chain is about: its last wording, shortened, with whose it was where a merger hides that."""
    text = " ".join(chain.occurrences[-1].text.split()).rstrip(" ;.")
    bearers = ", ".join(unit.name for unit in chain.predecessors)
    text = f"[{bearers}] {text}" if bearers else text
    text = text if alone else f"{label(AREAS, chain.area)}: {text}"
    lines = wrapped(text, _LABEL).split("\n")
    return "\n".join(lines[:2]) + (" …" if len(lines) > 2 else "")


def _rows(axes: Axes, rows: _Rows, heights: Sequence[float], overview: Overview) -> None:
    years = overview.years
    reports = {paper.id: paper.year for paper in overview.counted if paper.kind not in NOT_REPORTS}
    plain_axes(axes)
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_xlabel("Năm", size=10)
    axes.tick_params(top=True, labeltop=True, length=3)
    y = 0.0
    for (text, one), height in zip(rows, heights, strict=True):
        middle = y + height / 2
        if one is None:
            _beside(axes, text, middle, 0, 12 - _LEFT * 72, size=10, weight="bold")
        else:
            covered = {reports[paper] for paper in one.documents if paper in reports}
            _beside(axes, text, middle, 0, 20 - _LEFT * 72, size=9)
            axes.axhline(y, color=PALE, linewidth=0.4)
            _chain(axes, middle, one.chain, [year for year in years if year in covered], years)
        y += height


def _beside(axes: Axes, text: str, y: float, edge: int, shift: float, **look: Any) -> None:
    """Words on a row beside the axes: ``shift`` points from the left (0) or right (1) edge."""
    axes.annotate(
        text,
        (edge, y),
        (shift, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        va="center",
        color=INK,
        **look,
    )


def _chain(axes: Axes, y: float, chain: Chain, covered: Sequence[int], years: Sequence[int]) -> None:
    marker, colour = _LOOKS.get(chain.state, _LOOKS["unknown"])
    for before, after in zip(chain.years, chain.years[1:], strict=False):
        line = "-" if after == before + 1 else ":"
        axes.plot([before, after], [y, y], color=colour, linestyle=line, linewidth=1.6, zorder=2)
    gone = sorted({one.year for one in chain.remedies if one.year is not None and one.year in years})
    silent = [year for year in covered if year not in chain.years and year not in gone]
    ring: dict[str, Any] = {"marker": "o", "markersize": 6, "color": "white", "markeredgecolor": GREY}
    told: dict[str, Any] = {"marker": marker, "markersize": 8, "color": colour, "markeredgecolor": INK}
    cross: dict[str, Any] = {"marker": "x", "markersize": 7, "color": INK, "markeredgewidth": 1.6}
    for where, look in ((silent, ring), (list(chain.years), {**told, "markeredgewidth": 0.5}), (gone, cross)):
        axes.plot(where, [y] * len(where), linestyle="none", zorder=3, **look)
    said = STATES.get(chain.state, chain.state)
    if chain.state == "persisting" and chain.running > 1:
        said += f" {chain.running} năm"
    _beside(axes, said, y, 1, 6, size=9)


def _legend(axes: Axes, states: set[str], high: float) -> None:
    from matplotlib.lines import Line2D

    marks = [
        Line2D(
            [], [], marker=marker, color=colour, markeredgecolor=INK, markeredgewidth=0.5, label=STATES[state]
        )
        for state, (marker, colour) in _LOOKS.items()
        if state in states
    ]
    axes.legend(
        handles=marks,
        loc="upper right",
        bbox_to_anchor=(1.0, -0.42 / high),
        ncols=len(marks),
        frameon=False,
        fontsize=9,
        columnspacing=1.4,
    )
