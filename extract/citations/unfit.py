"""Numbers that fit no grammar: ``"Công văn số 45.NV/2020"``. Kept as printed and unresolved, to be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.citations.grammar import KIND_BY_WORDS, slug
from extract.citations.keys import UNKNOWN
from extract.document import Citation, Span

_KINDS = (
    "quyet dinh",
    "nghi dinh",
    "nghi quyet",
    "thong tu",
    "chi thi",
    "thong bao",
    "ke hoach",
    "cong van",
    "bao cao",
    "huong dan",
    "ket luan",
    "to trinh",
)
_UNFIT = re.compile(
    r"so\s*:?\s*(?P<number>(?=[^\s,;()]*\d)(?=[^\s,;()]*[^\W_][^\s,;()\w]+[^\W_]|[^\s,;()]*[a-z])[^\s,;()“”\"]{3,40})"
)
_END = re.compile(r"[.:]+\Z")
_NO_NUMBER = re.compile(r"\d{1,2}/\d{4}|\d{1,3}(?:\.\d{3})+|[\doil]+[a-h]?")


def find_unfit(text: str, fold: str, taken: Sequence[Span]) -> list[Citation]:
    """What stands where a number has to stand and is none; ``taken`` are the places of read citations."""
    found = []
    for hit in _UNFIT.finditer(fold):
        a, b = hit.span("number")
        b -= len(hit["number"]) - len(_END.sub("", hit["number"]))
        words = _words_before(fold, hit.start())
        if words is None or _NO_NUMBER.fullmatch(fold, a, b):
            continue
        if any(a < end and start < b for start, end in taken):
            continue
        name, begin = words
        kind, printed = KIND_BY_WORDS[name], text[a:b]
        key = f"{kind.code}:{slug(printed) or 'so'}:{UNKNOWN}"
        found.append(Citation(kind.name, printed, printed, (a, b), (begin, b), key=key))
    return found


def _words_before(fold: str, at: int) -> tuple[str, int] | None:
    """The kind whose words end before ``at``, and where they begin."""
    before = fold[max(0, at - 16) : at]
    bare = before.rstrip()
    kind = next((one for one in _KINDS if bare.endswith(one)), None)
    if kind is None or bare == before or bare[: -len(kind)][-1:].isalnum():
        return None
    return kind, at - len(before) + len(bare) - len(kind)
