"""What a check answers: a contradiction, or something to look at, with its places."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpora.checks.context import sentence
from corpora.checks.sheets import Sheet

Kind = Literal[
    "values",
    "praise_and_blame",
    "unit_counts",
    "rate",
    "cited",
    "letter_and_report",
    "deadline",
    "period",
    "unit_unknown",
    "unit_unsure",
    "citation_form",
    "undated",
    "unnumbered",
    "before_register",
    "file",
    "one_number",
    "amended",
    "maybe_same",
]

KINDS: dict[Kind, str] = {
    "values": "Một chỉ tiêu, hai số liệu",
    "praise_and_blame": "Vừa khen vừa chê một việc",
    "unit_counts": "Số đơn vị không khớp",
    "rate": "Tỷ lệ không khớp tử số và mẫu số",
    "cited": "Viện dẫn không khớp",
    "letter_and_report": "Công văn phê bình, báo cáo không nêu",
    "deadline": "Thời hạn trước ngày ban hành",
    "period": "Ban hành trước khi hết kỳ báo cáo",
    "unit_unknown": "Đơn vị không có trong danh mục",
    "unit_unsure": "Đơn vị chưa xác định được",
    "citation_form": "Số, ký hiệu viện dẫn không đúng mẫu",
    "undated": "Văn bản không có ngày",
    "unnumbered": "Văn bản không có số",
    "before_register": "Ngày trước thời điểm danh mục bắt đầu",
    "file": "Tệp cần xem lại",
    "one_number": "Hai văn bản trùng số",
    "amended": "Ban hành lại có sửa đổi",
    "maybe_same": "Có thể là một văn bản",
}
"""Every kind of result with its Vietnamese name, in the order in which results are listed."""

Severity = Literal["contradiction", "to_check"]
"""What cannot both be true; what a person should look at."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one side of a contradiction stands.

    ``words`` are the document's own: the sentence around ``span``; ``value`` is what is at odds with the
    other place. ``span`` is ``None`` for what is said of a whole document, ``page`` where the document has no
    pages. ``record`` is the finding, measurement or citation meant, if one is.
    """

    document: str
    number: str | None
    date: str | None
    source: str
    page: int | None
    span: tuple[int, int] | None
    words: str
    value: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One result: ``reason`` is the sentence that says why, ``sure`` how well the two sides fit together."""

    id: str
    kind: Kind
    severity: Severity
    sure: Literal["high", "medium"]
    unit: str | None
    year: int | None
    reason: str
    places: tuple[Place, ...]

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {"record": "discrepancy", **asdict(self)}


def place(
    sheet: Sheet,
    span: tuple[int, int] | None,
    value: str | None = None,
    record: str | None = None,
    *,
    said: str | None = None,
) -> Place:
    """A place of ``sheet``, with its page and words: those of its sentence, or ``said`` where it has none."""
    words = said if said is not None else sheet.text[slice(*sentence(sheet.text, span))] if span else ""
    return Place(
        document=sheet.id,
        number=sheet.number,
        date=sheet.date,
        source=sheet.source,
        page=sheet.page(span[0]) if span else None,
        span=span,
        words=" ".join(words.split()),
        value=value,
        record=record,
    )


def discrepancy(
    kind: Kind,
    severity: Severity,
    reason: str,
    places: Sequence[Place],
    *,
    unit: str | None = None,
    year: int | None = None,
    sure: Literal["high", "medium"] = "high",
) -> Discrepancy:
    """A result with its id, which rests on kind and places alone: the same archive gives the same ids."""
    # a file that could not be read has no document, only its name
    told = "|".join(f"{one.document or one.source}:{one.span}:{one.value}" for one in places)
    digest = hashlib.sha256(f"{kind}|{unit}|{told}".encode()).hexdigest()[:15]
    return Discrepancy(f"x{digest}", kind, severity, sure, unit, year, reason, tuple(places))
