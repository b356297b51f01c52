"""On what a picture or an annex rests, in words."""

from __future__ import annotations

from annotations.labels import AREAS
from corpora.overview.records import Overview
from extract.dates import day
from pipelines.printing.common import label

STRICTER = "Nhiều nhận định hơn có thể do kiểm tra kỹ hơn, không hẳn do làm kém hơn."


def years_said(first: int, last: int) -> str:
    """``năm 2019`` or ``năm 2019–2021``."""
    return f"năm {first}" if first == last else f"năm {first}–{last}"


def scope_said(overview: Overview) -> str:
    """What the overview was limited to: for titles, empty where to nothing."""
    scope = overview.scope
    parts = []
    if scope.unit is not None:
        parts.append(", ".join(dict.fromkeys(place.name for place in overview.places)) or scope.unit)
    if scope.area is not None:
        parts.append(label(AREAS, scope.area))
    if scope.document is not None:
        parts.append(f"theo văn bản {scope.document}")
    if scope.years is not None:
        parts.append(years_said(*scope.years))
    return ", ".join(parts)


def footnote(overview: Overview) -> list[str]:
    """On how many documents of which years it rests, what does not count, the warning, the dataset's day."""
    counted = overview.counted
    years = overview.years
    said = f"Dựa trên {len(counted)} văn bản"
    said += f", {years_said(years[0], years[-1])}" if years else ""
    left_out = []
    if copies := len(overview.papers) - len(counted):
        left_out.append(f"đã bỏ {copies} bản trùng")
    if undated := sum(paper.year is None for paper in counted):
        left_out.append(f"{undated} văn bản không rõ năm")
    said += f" ({'; '.join(left_out)})" if left_out else ""
    until = f" Dữ liệu đến ngày {day(overview.as_of)}." if overview.as_of else ""
    lines = [f"{said}. {STRICTER}{until}"]
    if overview.scope.units == "then":
        lines.append("Đơn vị ghi theo thời điểm của văn bản, không gộp khi sáp nhập.")
    if overview.general:
        lines.append(
            f"Không tính {overview.general} tồn tại nói chung về các đơn vị, không nêu tên đơn vị nào."
        )
    return lines
