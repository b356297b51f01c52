"""Parts of a number's symbol that were run together or torn apart: "QĐUBND", "UB ND", "UBNI)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.citations.grammar import body_of_symbol, kind_of_symbol, repaired
from extract.citations.heads import PART

_SPLIT = re.compile(rf"[ \u00a0\n](?P<rest>{PART})(?![^\W_])")
_SESSION_SPLIT = re.compile(r"[ \u00a0](?P<session>1[0-9]|[89])(?![\d/.,%])")


def unglued(part: str) -> list[str] | None:
    """``"QĐUBND"`` as ``["QĐ", "UBND"]``: the dash was never typed."""
    part = repaired(part)
    if len(part) < 4 or kind_of_symbol(part) or body_of_symbol(part):
        return None
    for cut in range(2, len(part) - 1):
        kind, body = kind_of_symbol(part[:cut]), body_of_symbol(part[cut:])
        if kind and body and part[:cut].isupper() and body[0] == part[cut:]:
            return [part[:cut], part[cut:]]
    return None


def rejoined(text: str, part: str, end: int, before: Sequence[str]) -> tuple[str, int]:
    """``"UB ND"`` and ``"Q Đ"`` as one part where only the whole is in the grammar; ``"QH 13"`` too.

    Behind a kind (the part ``before``) only a body can stand, so that "HĐ ND" there is no hợp đồng.
    """
    if part.endswith("I") and text.startswith(")", end) and not body_of_symbol(part):
        whole, line = f"{part[:-1]}D", text.rfind("\n", 0, end) + 1
        if body_of_symbol(whole) and text.count("(", line, end) <= text.count(")", line, end):
            return whole, end + 1  # "UBNI)": what closes no bracket is the round of a D
    if part in ("QH", "UBTVQH") and (session := _SESSION_SPLIT.match(text, end)):
        return part + session["session"], session.end()
    split = _SPLIT.match(text, end)
    if not split or len(part) > 6 or not split["rest"][0].isupper():
        return part, end
    whole = part + split["rest"]
    found = body_of_symbol(whole) or kind_of_symbol(whole)
    if found is None or found[0] != repaired(whole):
        return part, end
    if kind_of_symbol(part) and len(part) > 1 and not (before and kind_of_symbol(before[0])):
        return part, end
    return whole, split.end()
