"""Contradictions for eyes: by kind, each with its reason and its places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from annotations.printing import line, title
from corpora.consistency import KINDS, Discrepancy, Place
from extract.dates import day

_LONGEST = 160


def show_discrepancies(found: Sequence[Discrepancy]) -> None:
    """Results by kind, and how many there are."""
    if not found:
        line("Không thấy mâu thuẫn nào.")
        return
    for kind, group in groupby(found, key=lambda one: one.kind):
        held = list(group)
        title(f"{KINDS[kind]} ({len(held)})")
        for one in held:
            doubt = "" if one.severity == "contradiction" else "  [cần xem]"
            line(f"- {one.reason}{doubt}")
            for where in one.places:
                line(f"    {_place(where)}")
    certain = sum(one.severity == "contradiction" for one in found)
    line("")
    line(f"{certain} mâu thuẫn, {len(found) - certain} chỗ cần xem lại.")


def _place(where: Place) -> str:
    parts = [where.number or where.source]
    if where.date:
        parts.append(day(where.date))
    if where.page is not None:
        parts.append(f"trang {where.page}")
    if where.number:
        parts.append(where.source)
    words = where.words if len(where.words) <= _LONGEST else where.words[: _LONGEST - 2] + " …"
    return " · ".join(parts) + (f": {words}" if words else "")
