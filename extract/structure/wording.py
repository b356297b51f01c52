"""Whether the words of a recognised trích yếu follow each other as words of official papers do.

No grammar notices a wrong tone mark in free wording, and recognisers are sure of it ("tôn tại" for "tồn
tại"). The lexicon does: each word must stand beside one of its neighbours there. A name is in no lexicon;
it must stand elsewhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.document import PlacedWord
from extract.reading.spelling.lexicon import key, lexicon

_FIGURES = 0.88
"""Confidence from which figures within the wording are believed, as those of numbers and dates are."""
_COMMON = 10
"""So often a pair stands in the lexicon that begins the name of a body and not of a place ("Ủy ban")."""
_BEFORE_FIGURES = frozenset(("năm", "tháng", "quý", "ngày", "số"))
_ABBREVIATION = re.compile(r"V/v|[A-ZĐ]{2,6}|[IVX]+")


def is_official_wording(under: Sequence[PlacedWord], words: Sequence[PlacedWord]) -> bool:
    """Whether every word of the field is borne out by its neighbours, or as a name by the other text."""
    known = lexicon()
    bare = [one.word.text.strip(".,;:()\"'“”-–") for one in under]
    keys = [key(text) if text.isalpha() else "" for text in bare]
    for at, (text, spelt) in enumerate(zip(bare, keys, strict=True)):
        if not text or text in "/-–" or _ABBREVIATION.fullmatch(text):
            continue
        if not spelt:
            if (under[at].word.confidence or 1.0) < _FIGURES or not re.fullmatch(r"\d[\d/.]*", text):
                return False
            continue
        before = keys[at - 1] if at else ""
        behind = keys[at + 1] if at + 1 < len(keys) else ""
        if spelt in _BEFORE_FIGURES and at + 1 < len(bare) and bare[at + 1][:1].isdigit():
            continue
        if at and text[0].isupper() and not text.isupper() and known.count(spelt, behind) < _COMMON:
            if not _stands_elsewhere(at, bare, under, words):
                return False
        elif not (known.count(before, spelt) or known.count(spelt, behind)):
            return False
    return True


def _stands_elsewhere(
    at: int, bare: Sequence[str], under: Sequence[PlacedWord], words: Sequence[PlacedWord]
) -> bool:
    """Whether a name's word stands beside the same neighbour outside the field, capitals or not."""
    pairs = {tuple(text.lower() for text in bare[a : a + 2]) for a in (at - 1, at) if 0 <= a < len(bare) - 1}
    others = [one for one in words if one.end <= under[0].start or one.start >= under[-1].end]
    texts = [one.word.text.strip(".,;:()\"'“”-–").lower() for one in others]
    return any(pair in pairs for pair in pairwise(texts))
