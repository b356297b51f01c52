"""Cited documents and their contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from annotations.printing import line, table, title
from corpora.cited import Cited
from corpora.cited_conflicts import Conflict, Side
from corpora.mentions import Mention
from extract.dates import day
from pipelines.printing.common import name_said

_WHAT = {"date": "ngày ban hành", "issuer": "cơ quan ban hành"}
_WITNESS = {"number": "theo số, ký hiệu", "register": "theo danh mục", "document": "theo chính văn bản"}


def show_cited(found: Sequence[Cited], *, mentions: bool, nothing: str = "No cited documents.") -> None:
    """Cited documents as one table, or each with its mentions; ``nothing`` is said where there are none."""
    if not found:
        line(nothing)
        return
    if not mentions:
        table(
            ("Số, ký hiệu", "Ngày", "Số lần", "Văn bản", "Năm", "Hiệu lực", "Cơ quan ban hành, nội dung"),
            [
                (
                    one.number,
                    day(one.date),
                    str(len(one.mentions)),
                    str(len(one.documents)),
                    _years(one.years),
                    _force(one),
                    ", ".join(part for part in (one.issuer, one.subject) if part),
                )
                for one in found
            ],
        )
        return
    for one in found:
        title(_head(one))
        for told in _told(one):
            line(told)
        table(
            ("Ngày", "Văn bản", "Trang", "Đơn vị", "Viện dẫn", "Nội dung"),
            [_row(mention) for mention in one.mentions],
        )


def show_conflicts(found: Sequence[Conflict]) -> None:
    """Contradictions, each with both places."""
    if not found:
        line("No conflicts among citations.")
        return
    for one in found:
        sure = "" if one.sure == "high" else " (cần xem: có thể là hai văn bản)"
        title(f"{one.number}: {_WHAT[one.what]} khác nhau{sure}")
        table(
            ("Giá trị", "Căn cứ", "Trang", "Nội dung"), [_side(one, side) for side in (one.first, one.second)]
        )


def _side(one: Conflict, side: Side) -> tuple[str, str, str, str]:
    value = day(side.value) if one.what == "date" and len(side.value) == 10 else side.value
    mention, witness = side.mention, _WITNESS.get(side.witness, "")
    if mention is None:
        return value, witness, "", ""
    says = "; ".join(said for said in (mention.number or mention.source, witness) if said)
    return value, says, _page(mention), mention.words


def _head(one: Cited) -> str:
    parts = [f"{(one.kind or 'văn bản').capitalize()} {one.number}"]
    if one.date:
        parts.append(f"ngày {day(one.date)}")
    if one.issuer:
        parts.append(one.issuer)
    return " · ".join(parts)


def _told(one: Cited) -> list[str]:
    """What is known of the document, a line each."""
    told = []
    if one.subject:
        told.append(one.subject)
    if one.ended:
        heir = f", thay bằng {one.replaced_by}" if one.replaced_by else ""
        since = (
            f"sau {day(one.until)}, chậm nhất từ {day(one.ended)}" if _open(one) else f"từ {day(one.ended)}"
        )
        told.append(f"Hết hiệu lực {since}{heir}. Căn cứ: {one.source}.")
    if one.amended_by:
        told.append(f"Được sửa đổi bởi {', '.join(one.amended_by)}.")
    if not one.resolved:
        told.append("Chưa xác định được văn bản: số viện dẫn thiếu năm, ngày hoặc cơ quan ban hành.")
    return told


def _open(one: Cited) -> bool:
    """Whether the register leaves the day of the document's end open."""
    if one.until is None or one.ended is None:
        return False
    return date.fromisoformat(one.until) + timedelta(days=1) < date.fromisoformat(one.ended)


def _force(one: Cited) -> str:
    if one.expired:
        return f"hết hiệu lực khi viện dẫn: {len(one.expired)}"
    return "có" if any(mention.in_force for mention in one.mentions) else ""


def _row(mention: Mention) -> tuple[str, ...]:
    return (
        day(mention.date),
        mention.number or mention.source,
        _page(mention),
        ", ".join(name_said(name) for name in mention.units),
        mention.as_printed,
        mention.words,
    )


def _page(mention: Mention) -> str:
    return "" if mention.page is None else str(mention.page)


def _years(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))
