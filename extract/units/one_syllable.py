"""Communes of one syllable without their kind ("Gôi", "Lim"): only in one list with other communes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.document import Span
from extract.units.gazetteer import split_kind
from extract.units.learn import SURNAMES
from extract.vietnamese import LOWER, UPPER

_BETWEEN = re.compile(
    r"(?:\s*:?\s*\d(?:[^,;.\n]|[,.]\d){0,30}|\s*\([^()]{0,40}\))?\s*(?:,\s*và|,|;|và)\s+(?:UBND\s+)?"
)
"""Between two items of a list, with what is counted of the first: "Kim Thái 12 hồ sơ, "."""
_BEGINS = re.compile(r"(?:^|\n|[.:;]\s+|\b(?:[Tt]ại|[Ởở]|[Cc]ủa|UBND)\s)$")
_LOOK = 60
_LONGEST = len("Nghiêng")


def pattern_of(namesakes: Iterable[str]) -> re.Pattern[str] | None:
    """The names of one syllable among communes that only the kind tells; ``None`` without any."""
    owns = {split_kind(name)[1] for name in namesakes}
    owns = {own for own in owns if own.isalpha() and len(own) <= _LONGEST and own not in SURNAMES}
    if not owns:
        return None
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(owns))})(?![{UPPER}{LOWER}\d-]|[ ][{UPPER}])")


def in_lists(text: str, span: Span, pattern: re.Pattern[str], communes: list[Span]) -> Iterator[Span]:
    """Where such a name stands right behind one of ``communes`` in a list, or opens the list of one."""
    for hit in pattern.finditer(text, *span):
        at, end = hit.span()
        behind = any(0 < at - stop <= _LOOK and _BETWEEN.fullmatch(text, stop, at) for _, stop in communes)
        opens = _BEGINS.search(text[max(span[0], at - 8) : at]) and any(
            0 < start - end <= _LOOK and _BETWEEN.fullmatch(text, end, start) for start, _ in communes
        )
        if behind or opens:
            yield at, end
