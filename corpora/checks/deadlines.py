"""Dates that cannot be: a deadline before the document was issued, a report older than what it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpora.checks.found import Discrepancy, discrepancy, place
from corpora.checks.sheets import Said, Sheet, Span
from extract.dates import day, to_iso

_D = (
    r"(?P<day>\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*(?:/|-|\.|"
    r"\s+năm\s+)\s*(?P<year>(?:19|20)\d{2})"
)
_DEADLINE = re.compile(
    r"(?:(?:trước|chậm nhất(?: là)?(?: vào| đến| trước)?|muộn nhất(?: là)?|hạn cuối(?: là)?|thời "
    r"hạn(?: hoàn thành)?(?: là)?:?|xong trước|"
    r"không quá|hết)\s+(?:ngày\s+)?)" + _D,
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!\w)(?:đã|chưa|không|yêu cầu (?:tại|của)|theo (?:yêu cầu|kế hoạch|quy định|văn bản|công "
    r"văn|quyết định|thông báo)|giao tại|"
    r"có hiệu lực|được (?:cấp|ban hành|ký)|"
    r"(?:hồ sơ|văn bản|đơn)(?: [^\W\d_]+){0,3} (?:tiếp nhận|nhận|nộp|phát sinh|tồn đọng|ban hành|"
    r"ký)|tuyển dụng|kê khai năm|giai đoạn|hết hiệu lực)(?!\w)",
    re.IGNORECASE,
)
"""What makes a date one of the past: something done or missed by then, or another document's demand."""
_PLANS = frozenset({"kế hoạch", "chương trình", "đề án", "dự án", "phương án", "quyết định", "tờ trình"})
_ASKING = frozenset({"công văn", "công điện", "chỉ thị"})
_ITEM = re.compile(r"^\d{1,2}[.)/] .+$", re.MULTILINE)
_EARLY = 0.5
"""A report that comes before so much of its period has passed can hardly report on it."""


def deadlines(sheet: Sheet) -> Iterator[Discrepancy]:
    """Deadlines of one document that had passed when it was issued, and a period that had hardly begun."""
    if sheet.date is None:
        return
    for span, said in _demands(sheet):
        for hit in _DEADLINE.finditer(sheet.text, *span):
            until = to_iso(int(hit["year"]), int(hit["month"]), int(hit["day"]))
            before = sheet.text[span[0] : hit.start()]
            clause = re.split(r"[;,]\s", before)[-1]
            if until is None or until >= sheet.date or _PAST.search(clause):
                continue
            yield discrepancy(
                "deadline",
                "to_check" if sheet.scanned else "contradiction",
                f"Thời hạn {day(until)} đã qua khi văn bản ban hành ngày {day(sheet.date)}.",
                [
                    place(sheet, hit.span(), until, said.id if said else None),
                    place(sheet, sheet.spans.get("date"), sheet.date),
                ],
                unit=said.unit if said and said.level != "group" else None,
                year=sheet.year,
            )
    yield from _periods(sheet)


def _demands(sheet: Sheet) -> Iterator[tuple[Span, Said | None]]:
    """What the document asks for, once each; in a letter also the items that made no finding."""
    seen: set[Span] = set()
    for said in sheet.findings:
        if said.span not in seen and said.polarity == "recommendation":
            yield said.span, said
        seen.add(said.span)
    if sheet.kind in _ASKING:
        for hit in _ITEM.finditer(sheet.text):
            if not any(start < hit.end() and hit.start() < stop for start, stop in seen):
                yield hit.span(), None


def _periods(sheet: Sheet) -> Iterator[Discrepancy]:
    if sheet.period is None or sheet.date is None or sheet.kind in _PLANS or sheet.date >= sheet.period[1]:
        return
    issued, start, end = (date.fromisoformat(iso) for iso in (sheet.date, *sheet.period))
    passed = (issued - start).days / max(1, (end - start).days)
    # A report on the year goes out in November: usual, and no error.
    if passed >= _EARLY:
        return
    yield discrepancy(
        "period",
        "to_check",
        f"Văn bản ban hành ngày {day(sheet.date)}, trước khi hết kỳ {sheet.period_label} "
        f"({day(sheet.period[1])}).",
        [
            place(sheet, sheet.spans.get("date"), sheet.date),
            place(sheet, sheet.spans.get("period"), sheet.period[1]),
        ],
        year=sheet.year,
        sure="medium",
    )
