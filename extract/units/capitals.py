"""Known names in headings of capitals, where a capital letter tells nothing: "TỒN TẠI CỦA KHE MẬN"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.document import Span
from extract.vietnamese import LOWER, UPPER

_WORD = rf"[{UPPER}][{UPPER}'’]*"
_LEADS = re.compile(
    rf"(?<![{UPPER}{LOWER}])(?:TẠI|Ở|CỦA|ĐỐI VỚI|GỒM|ĐƠN VỊ|ĐỊA PHƯƠNG)\s*:?[ ](?={_WORD}[ ]{_WORD})"
    rf"|^[^\w\n]*(?:[\dIVX]+[.)][ ]*)?(?={_WORD}(?:[ ]{_WORD}){{1,3}}[ ]?:)",
    re.MULTILINE,
)
"""What stands before a place in a line of capitals; one that begins the line has a colon behind it."""
_RUN = re.compile(rf"{_WORD}(?:[ ]{_WORD}){{1,4}}(?![{LOWER}])")
_ENDS = re.compile(rf"[ ]?(?:[,;.:()–-]|\n|$|VÀ[ ]{_WORD})")
_NEXT = re.compile(r"[ ]?(?:[,;]|VÀ\b)[ ]?(?:UBND[ ])?")


def names_in_capitals(text: str, span: Span, known: Callable[[str], bool]) -> Iterator[Span]:
    """Where a name that is ``known`` stands in capitals behind a word that places have, or in their list."""
    for lead in _LEADS.finditer(text, *span):
        at = lead.end()
        while found := _longest(text, at, span[1], known):
            yield found
            more = _NEXT.match(text, found[1], span[1])
            if not more:
                break
            at = more.end()


def _longest(text: str, at: int, end: int, known: Callable[[str], bool]) -> Span | None:
    run = _RUN.match(text, at, end)
    words = run.group().split(" ") if run else []
    for count in range(len(words), 1, -1):
        stop = at + len(" ".join(words[:count]))
        if known(text[at:stop]) and _ENDS.match(text, stop, end):
            return at, stop
    return None
