"""Whether a cited document was still in force when it was cited, as far as the register knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.citations.grammar import folded
from extract.citations.register import Known, documents
from extract.document import Citation

_BEFORE = re.compile(
    # "bãi bỏ vì trái Luật …", "bãi bỏ theo Nghị định …": what is gone is another document.
    r"(?<![a-z])(?:(?:thay the|thay cho|bai bo|huy bo|het hieu luc)(?![a-z])"
    r"(?:(?!(?<![a-z])(?:trai|theo|can cu)(?![a-z]))[^.,;\n]){0,40}|"
    r"(?:thay vi|truoc day|truoc kia|khong con (?:ap dung|theo))(?![a-z])[^.,;\n]{0,40})\Z"
)
_AND = re.compile(r"\s*(?:,|;|(?:,\s*)?(?:va|hoac|cung)(?![a-z]))\s*")
_BEHIND = re.compile(
    # No digits between: behind another number the words are about that one.
    r"(?P<between>[^.;\n\d]{0,60}?)(?<![a-z])(?:"
    r"(?:duoc|bi)\s+(?:\w+\s+)?(?:thay the|thay bang|bai bo|huy bo)|"
    r"het (?:hieu luc|gia tri|thoi han)|khong con (?:hieu luc|phu hop|gia tri)|da (?:cu|het han))(?![a-z])"
)
_NOT_YET = re.compile(r"(?<![a-z])(?:chua|khong)(?![a-z])[^.,;\n]{0,40}\Z")
_REACH = 160


def mark_in_force(citations: Iterable[Citation], text: str, day: str | None) -> None:
    """Say of each citation whether its document was in force on ``day``, the citing document's.

    ``in_force`` stays ``None`` where the register does not know or the day is not known; ``replaced_by`` is
    the number of what stood in its place on that day. ``says_replaced`` is set where the sentence itself
    says that the document was replaced: such a citation is no one's mistake. ``text`` is what the spans
    point into.
    """
    known, before = documents(), None
    for one in citations:
        one.says_replaced = _says_replaced(text, one, before)
        before = one
        entry = known.get(one.key)
        if entry is None or day is None:
            continue
        one.in_force = entry.in_force(day)
        one.amended_by = [
            known[key].number for key in entry.amended_by if (known[key].starts or known[key].date) <= day
        ]
        if one.in_force is False:
            one.replaced_by = _in_place_of(entry, day, known)


def _in_place_of(entry: Known, day: str, known: dict[str, Known]) -> str | None:
    """The number of the document that had come, step by step, into the place of ``entry`` by ``day``."""
    heir = known.get(entry.replaced_by or "")
    while heir and heir.ended is not None and day >= heir.ended and heir.replaced_by in known:
        heir = known[heir.replaced_by]
    return heir.number if heir else None


def _says_replaced(text: str, one: Citation, other: Citation | None) -> bool:
    """Whether the words around say so, or said so of the one before: "thay thế Nghị định … và …"."""
    start, end = one.extent
    if other and other.says_replaced and _AND.fullmatch(folded(text[other.extent[1] : start])):
        return True
    low = max(0, start - _REACH)
    words = folded(text[low:start])
    before, behind = _BEFORE.search(words), _BEHIND.match(folded(text[end : end + _REACH]))
    if before and not _NOT_YET.search(words, 0, before.start()):
        return True
    return bool(behind and not _NOT_YET.search(behind["between"]))
