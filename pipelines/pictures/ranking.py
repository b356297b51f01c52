"""Communes by the number of their deficiencies, beside the number of documents that speak of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpora.chains.states import OPEN
from corpora.fold import fold
from corpora.overview.records import Overview
from pipelines.pictures.canvas import (
    COLOURS,
    INK,
    Choice,
    Page,
    not_communes,
    plain_axes,
    some,
    text_width,
    titled,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAME = 34
_BARS, _PAPERS, _GAP = 4.6, 1.7, 0.35
_KEY = (
    "Phần đậm của cột: tồn tại thuộc chuỗi chưa thấy khắc phục; phần gạch chéo: "
    "văn bản sau nói đã khắc phục. Số tồn tại chỉ so sánh được khi số văn bản và cách kiểm tra tương đương."
)


def draw(overview: Overview, choice: Choice) -> Figure | None:
    """The picture; ``None`` where no unit has a deficiency."""
    still, gone = Counter[Any](), Counter[Any]()
    for one, _ in overview.told():
        (still if one.chain.state in OPEN else gone)[one.place] += 1
    total = still + gone
    ranked = sorted(overview.communes(), key=lambda place: (-total[place.key], fold(place.name)))
    places, notes = some(ranked, choice.limit, "đơn vị")
    if not places or not total[places[0].key]:
        return None
    names = [wrapped(place.name, _NAME) for place in places]
    line = 0.38 if any("\n" in name for name in names) else 0.26
    left = max(text_width(name, 10) for name in names) + 0.3
    high = line * len(places)
    sheet = Page(
        left + _BARS + _GAP + _PAPERS + 0.3,
        high + 0.7,
        titled("Đơn vị xếp theo số tồn tại", overview),
        overview,
        [_KEY, *notes, *not_communes(overview)],
    )
    bars = sheet.axes(left, 0.6, _BARS, high)
    keys = [place.key for place in places]
    _bars(bars, [[still[key] for key in keys], [gone[key] for key in keys]], "Số tồn tại", ("", "////"))
    bars.set_yticks(range(len(places)), names, size=10)
    papers = sheet.axes(left + _BARS + _GAP, 0.6, _PAPERS, high)
    _bars(papers, [[len(place.documents) for place in places]], "Số văn bản nói đến", ("....",))
    papers.set_yticks([])
    return sheet.figure


def _bars(axes: Axes, parts: Sequence[Sequence[int]], name: str, hatches: Sequence[str]) -> None:
    from matplotlib.ticker import MaxNLocator

    plain_axes(axes)
    ends = [0] * len(parts[0])
    for part, hatch in zip(parts, hatches, strict=True):
        fill = COLOURS[0] if not hatch else "white"
        axes.barh(
            range(len(part)),
            part,
            left=ends,
            height=0.66,
            color=fill,
            edgecolor=INK,
            linewidth=0.6,
            hatch=hatch,
        )
        ends = [end + number for end, number in zip(ends, part, strict=True)]
    for y, end in enumerate(ends):
        axes.annotate(str(end), (end, y), (4, 0), textcoords="offset points", va="center", size=9, color=INK)
    axes.set_ylim(len(ends) - 0.4, -0.6)
    axes.set_xlim(0, max(ends) * 1.12)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_xlabel(name, size=10)
    axes.tick_params(axis="y", length=0)
