"""The annex as DOCX, laid out as Nghị định 30/2020/NĐ-CP lays out an annex to a document.

What only the issuing body knows (number, day, name) is left open as "…".
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.labels import AREAS, TYPES
from corpora.export import NOT_IN_XML, whole_file
from corpora.overview.records import Followed, Labels, Overview
from extract.dates import day
from extract.errors import WorkspaceProblem
from pipelines.annex import form
from pipelines.annex.archive import without_clock
from pipelines.annex.notes import scope_said, years_said
from pipelines.annex.tables import areas_of, lines, method, place_said, recurring, state_said
from pipelines.printing.common import label

if TYPE_CHECKING:
    from docx.document import Document

_OF = "(Kèm theo Báo cáo số … ngày … tháng … năm … của …)"
_TITLE = "TỒN TẠI, HẠN CHẾ LẶP LẠI TRONG CẢI CÁCH HÀNH CHÍNH"
_DRAWN = {"chains": 12, "heatmap": 15, "ranking": 15, "trend": 8}
"""So many units or chains of a picture can be read on one page."""


def write_letter(
    overview: Overview, labels: Mapping[str, Labels], path: Path, pictures: bool = False
) -> None:
    """Write the annex; :class:`WorkspaceProblem` if the place cannot be written."""
    document = form.new()
    _head(document, overview)
    form.heading(document, "I. TỔNG HỢP THEO ĐƠN VỊ VÀ LĨNH VỰC")
    _summary(document, overview)
    form.heading(document, "II. TỒN TẠI LẶP LẠI THEO ĐƠN VỊ")
    _units(document, overview)
    parts = iter(("III", "IV", "V"))
    if pictures and (drawn := _drawn(overview)):
        form.heading(document, f"{next(parts)}. HÌNH")
        for picture in drawn:
            form.picture(document, picture)
    form.heading(document, f"{next(parts)}. VĂN BẢN LÀM CĂN CỨ")
    _papers(document, overview)
    form.heading(document, f"{next(parts)}. GHI CHÚ VỀ PHƯƠNG PHÁP")
    for at, note in enumerate(method(overview, labels), 1):
        form.text(document, f"{at}. {note}")

    def save(part: Path) -> None:
        document.save(str(part))
        without_clock(part, overview.as_of)

    try:
        whole_file(path, save)
    except OSError as error:
        raise WorkspaceProblem(f"{path} cannot be written: {error.strerror or error}.") from error


def _head(document: Document, overview: Overview) -> None:
    form.centred(document, "Phụ lục", bold=True, size=14)
    form.centred(document, _TITLE, bold=True, size=14)
    scope, years = scope_said(overview), overview.years
    if overview.scope.years is None and years:
        scope = ", ".join(part for part in (scope, years_said(years[0], years[-1])) if part)
    if scope:
        form.centred(document, _clean(scope[:1].upper() + scope[1:]), bold=True)
    form.centred(document, _OF, italic=True)
    form.rule(document)


def _summary(document: Document, overview: Overview) -> None:
    found = lines(overview)
    areas = areas_of(overview)
    heads = ["TT", "Đơn vị", *(label(AREAS, area) for area in areas)]
    heads += ["Tổng", "Chuỗi chưa khắc phục", "Số văn bản"]
    rows = [
        [
            str(at),
            line.place.name,
            *(str(line.areas.get(area, 0)) for area in areas),
            str(line.total),
            str(line.open),
            str(len(line.place.documents)),
        ]
        for at, line in enumerate(found, 1)
    ]
    sums = [str(sum(line.areas.get(area, 0) for line in found)) for area in areas]
    total = str(sum(line.total for line in found))
    rows.append(["", "Tổng", *sums, total, str(sum(line.open for line in found)), str(len(overview.counted))])
    widths = [11, 42, *(26.0 if len(head) > 40 else 19.0 for head in heads[2 : 2 + len(areas)]), 18, 22, 17]
    grid = form.Grid(document, heads, widths, set(range(len(heads))) - {1})
    for at, row in enumerate(rows, 1):
        grid.row(list(map(_clean, row)), bold=at == len(rows))
    form.text(
        document,
        "Số trong bảng là số tồn tại được nêu. Số văn bản là số văn bản có nhận định về đơn vị; "
        "dòng tổng đếm mỗi văn bản một lần.",
        italic=True,
    )


def _units(document: Document, overview: Overview) -> None:
    without = []
    at = 0
    for place in overview.places:
        chains = recurring(overview, place)
        if not chains:
            without.append(place.name)
            continue
        at += 1
        years = sorted(place.years)
        said = f", {years_said(years[0], years[-1])}" if years else ""
        form.subheading(
            document,
            _clean(f"{at}. {place.name} ({len(chains)} chuỗi; {len(place.documents)} văn bản{said})"),
        )
        _chains(document, overview, chains)
    if not at:
        form.text(document, "Không có tồn tại nào được nêu trong nhiều hơn một văn bản.")
    if without:
        names = _clean(", ".join(without))
        form.text(document, f"Đơn vị không có tồn tại nào được nêu trong nhiều hơn một văn bản: {names}.")


def _chains(document: Document, overview: Overview, chains: Sequence[Followed]) -> None:
    heads = [
        "TT",
        "Lĩnh vực; loại",
        "Tình trạng, từ khi nào",
        "Nội dung nêu trong văn bản",
        "Văn bản, ngày, trang",
    ]
    grid = form.Grid(document, heads, [10, 45, 42, 95, 54], {0})
    for at, one in enumerate(chains, 1):
        chain = one.chain
        types = ", ".join(label(TYPES, code).lower() for code in chain.types)
        state = state_said(chain)
        if chain.state == "remedied" and chain.remedies:
            gone = chain.remedies[-1]
            state += f". Theo {place_said(gone, overview)}: “{gone.text.strip()}”"
        first = [str(at), f"{label(AREAS, chain.area)}; {types}", state]
        for turn, said in enumerate(chain.occurrences):
            where = place_said(said, overview)
            if said.unit != chain.unit:
                where += f" (nêu tại {said.unit})"
            cells = [*(first if turn == 0 else ["", "", ""]), said.text.strip(), where]
            merge: form.Merge = "continue" if turn else "restart"
            grid.row(list(map(_clean, cells)), merge=merge, columns=3)


def _papers(document: Document, overview: Overview) -> None:
    heads = ["TT", "Số, ký hiệu", "Ngày", "Loại", "Cơ quan ban hành", "Trích yếu", "Tệp", "Số tồn tại"]
    grid = form.Grid(document, heads, [10, 30, 22, 20, 42, 56, 46, 20], {0, 2, 7})
    for at, paper in enumerate(overview.papers, 1):
        original = overview.paper(paper.repeats) if paper.repeats else None
        copied = f" (bản trùng của {original.called}, không tính)" if original else ""
        copied = copied or (" (bản trùng, không tính)" if paper.repeats else "")
        cells = [
            str(at),
            (paper.number or "không rõ số") + copied,
            day(paper.date),
            paper.kind or "",
            paper.issuer or "",
            " ".join((paper.subject or "").split()),
            paper.source,
            str(paper.deficiencies),
        ]
        grid.row(list(map(_clean, cells)))


def _drawn(overview: Overview) -> list[io.BytesIO]:
    """The pictures that have something to show; of a unit its chains, else those of all units."""
    from pipelines.pictures.canvas import Choice
    from pipelines.pictures.kinds import drawn

    kinds = ("chains", "trend") if overview.scope.unit is not None else ("heatmap", "ranking", "trend")
    found = (drawn(kind, overview, Choice(limit=_DRAWN[kind])) for kind in kinds)
    return [picture for picture in found if picture is not None]


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", text)
