"""Documents that may be one: two under one number, one issued again with changes, one perhaps twice."""

from __future__ import annotations

from collections.abc import Iterator

from corpora.checks.found import Discrepancy, Kind, Severity, discrepancy
from corpora.checks.noted import Noted
from corpora.dataset import Dataset

_SAID: dict[str, tuple[Kind, Severity]] = {
    "one_number": ("one_number", "contradiction"),
    "amended": ("amended", "to_check"),
    "unsure": ("maybe_same", "to_check"),
}


def repeats(dataset: Dataset, noted: Noted) -> Iterator[Discrepancy]:
    """What :func:`corpora.copies.mark.mark_copies` found and did not mark; copies are left out."""
    rows = list(
        dataset.query(
            """SELECT a.first, a.second, a.verdict, a.likeness, a.differing FROM alike a
            JOIN documents one ON one.id = a.first JOIN documents other ON other.id = a.second
            JOIN sources s ON s.id = one.source_id JOIN sources t ON t.id = other.source_id
            WHERE a.verdict <> 'same' AND one.duplicate_of IS NULL AND other.duplicate_of IS NULL
            ORDER BY min(s.name, t.name), max(s.name, t.name), a.first, a.second"""
        )
    )
    for row in rows:
        kind, severity = _SAID[row["verdict"]]
        one, other = sorted(
            (noted.heads[row[name]] for name in ("first", "second")), key=lambda head: head.order
        )
        share, differing = round(100 * row["likeness"]), row["differing"]
        reason = {
            "one_number": f"Hai văn bản khác nhau cùng mang số {one.number or other.number}.",
            "amended": f"Số {one.number or other.number} được ban hành lại có sửa đổi: "
            f"{differing} số liệu khác nhau, "
            f"{share}% câu chữ giống nhau.",
            "unsure": f"Có thể là một văn bản: {share}% câu chữ giống nhau, {differing} số liệu khác nhau.",
        }[row["verdict"]]
        yield discrepancy(
            kind,
            "to_check" if one.brief.scanned or other.brief.scanned else severity,
            reason,
            [
                one.place(one.number_place, one.number),
                other.place(other.number_place, other.number),
            ],
            year=one.brief.year,
            sure="medium" if kind == "maybe_same" else "high",
        )
