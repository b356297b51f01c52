"""What both forms of the annex show: numbers by unit and area, a chain's state in words, notes on method."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from annotations.labels import AREAS
from corpora.chains.records import Chain, Occurrence
from corpora.chains.states import OPEN, STATES
from corpora.overview.records import Followed, Key, Labels, Overview, Place
from extract.dates import day
from pipelines.annex.notes import STRICTER, years_said

LOW = 0.7
"""Below this confidence a statement should be read again before it is used."""


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one unit: deficiencies by area, chains still open, documents that speak of it."""

    place: Place
    areas: Mapping[str, int]
    open: int
    recurring: int

    @property
    def total(self) -> int:
        """All deficiencies."""
        return sum(self.areas.values())


def lines(overview: Overview) -> list[Line]:
    """Every unit that a document speaks of, by name, those without a deficiency too."""
    areas: dict[Key, Counter[str]] = defaultdict(Counter)
    still, again = Counter[Key](), Counter[Key]()
    for one in overview.chains:
        areas[one.place][one.chain.area] += len(one.chain.occurrences)
        still[one.place] += one.chain.state in OPEN
        again[one.place] += one.chain.documents > 1
    return [Line(place, areas[place.key], still[place.key], again[place.key]) for place in overview.places]


def areas_of(overview: Overview) -> list[str]:
    """The areas that the annex is about."""
    return list(AREAS) if overview.scope.area is None else [overview.scope.area]


def recurring(overview: Overview, place: Place) -> list[Followed]:
    """The unit's chains with more than one document, by area, the longest first."""
    rank = {area: at for at, area in enumerate(AREAS)}
    found = [one for one in overview.chains if one.place == place.key and one.chain.documents > 1]
    return sorted(
        found,
        key=lambda one: (
            rank.get(one.chain.area, len(rank)),
            one.chain.state not in OPEN,
            -one.chain.running,
            one.chain.years,
            one.chain.id,
        ),
    )


def state_said(chain: Chain) -> str:
    """The state with since when: ``kéo dài 3 năm liền, từ năm 2019``."""
    said = STATES.get(chain.state, chain.state)
    if chain.state == "persisting" and chain.since:
        return f"{said} {chain.running} năm có báo cáo liền nhau, từ năm {chain.since}"
    if chain.state == "returned" and chain.since and chain.first:
        return f"{said} năm {chain.since}; nêu lần đầu năm {chain.first}"
    if chain.state == "unknown" and chain.silent:
        return f"{said}: văn bản năm {', '.join(map(str, chain.silent))} không nhắc lại; từ năm {chain.first}"
    return f"{said}; từ năm {chain.first}" if chain.first else said


def place_said(one: Occurrence, overview: Overview) -> str:
    """Where a statement stands: number or file, date, page."""
    paper = overview.paper(one.document)
    called = one.number or one.source
    kind = f"{paper.kind[:1].upper()}{paper.kind[1:]} số " if paper and paper.kind and one.number else ""
    parts = [kind + called]
    parts.append(f"ngày {day(one.date)}" if one.date else f"năm {one.year}" if one.year else "không rõ ngày")
    copy = f" (bản {one.page_in})" if one.page_in else ""
    parts.append(f"trang {one.page}{copy}" if one.page is not None else "tệp không chia trang")
    return ", ".join(parts)


def method(overview: Overview, labels: Mapping[str, Labels]) -> list[str]:
    """How the numbers came about, in sentences for the end of an annex."""
    counted, years = overview.counted, overview.years
    copies = len(overview.papers) - len(counted)
    told = sum(1 for _ in overview.told())
    unsure = sum((one.polarity or 0.0) < LOW for one in labels.values() if one.polarity is not None)
    checked = sum(one.status in ("accepted", "corrected", "added") for one in labels.values())
    low = f"{LOW:.1f}".replace(".", ",")
    notes = [
        f"Số liệu dựa trên {len(counted)} văn bản"
        + (f", {years_said(years[0], years[-1])}" if years else "")
        + f"; đã bỏ {copies} bản trùng (một văn bản có nhiều bản chỉ tính một lần)."
        + (f" Dữ liệu đến ngày {day(overview.as_of)}." if overview.as_of else ""),
        STRICTER,
        "Văn bản do phần mềm đọc và phân loại; mỗi nhận định có độ tin cậy đã hiệu chỉnh từ 0 đến 1. "
        f"Trong {told} tồn tại có {unsure} tồn tại mà độ tin cậy về tính chất dưới {low}; "
        f"{checked} tồn tại đã được người kiểm tra xem lại. Trước khi sử dụng cần đối chiếu với văn bản.",
        "Một chuỗi là một tồn tại của một đơn vị: cùng lĩnh vực, loại và nội dung; nội dung có giống nhau "
        "hay không do mô hình học từ văn bản xác định, có thể sai.",
        "Tình trạng xét trên toàn bộ dữ liệu: mới phát hiện (chỉ nêu ở năm gần nhất có báo cáo); kéo dài "
        "(nêu ở năm gần nhất và năm có báo cáo liền trước); tái diễn (nêu lại sau năm không nêu hoặc sau khi "
        "đã khắc phục); đã khắc phục (văn bản sau nói như vậy); chưa rõ (sau đó không có báo cáo hoặc báo "
        "cáo không nhắc lại). Năm không có báo cáo về đơn vị thì không kết luận gì.",
        "Đơn vị ghi theo thời điểm của văn bản, không gộp khi sáp nhập."
        if overview.scope.units == "then"
        else "Tồn tại của đơn vị trước sáp nhập được tính cho đơn vị sau sáp nhập và ghi rõ đơn vị cũ. "
        "Đơn vị bị chia tách giữ chuỗi riêng.",
    ]
    if any(said.page_in for one in overview.chains for said in one.chain.occurrences):
        notes.append(
            "Tệp không chia trang (như DOCX) thì số trang lấy theo bản trùng có chia trang của cùng văn bản."
        )
    if overview.general:
        notes.append(
            f"Không tính {overview.general} tồn tại nói chung về các đơn vị, không nêu tên đơn vị nào."
        )
    if undated := sum(paper.year is None for paper in counted):
        notes.append(f"{undated} văn bản không rõ năm: tồn tại trong đó được tính, không xếp vào năm nào.")
    return notes
