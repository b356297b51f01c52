"""Dashes at the front of list items that look like noise: read unsurely, or as "~".

A dash is so small that an engine is seldom sure of it, and without it an item runs into the one before.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.reading.base import OcrWord

_SURE = frozenset("-–—")
_DASHES = _SURE | frozenset("~_")
_SURE_FROM = 0.6


def list_dashes(words: Sequence[OcrWord], usual: float) -> set[int]:
    """The places in ``words`` of dashes that begin a row just where surer dashes of the page begin theirs.

    ``usual`` is the height of the page's words.
    """
    fronts = [at for at, word in enumerate(words) if word.text in _DASHES and _begins_row(word, words, usual)]
    sure = [words[at].left for at in fronts if words[at].text in _SURE and words[at].confidence >= _SURE_FROM]
    return {at for at in fronts if any(abs(words[at].left - left) < 0.5 * usual for left in sure)}


def _begins_row(dash: OcrWord, words: Sequence[OcrWord], usual: float) -> bool:
    """Whether nothing stands left of the dash in its row, and a word right behind it."""
    middle = (dash.top + dash.bottom) / 2
    row = [word for word in words if word is not dash and word.top < middle < word.bottom]
    behind = any(0 <= word.left - dash.right < usual and any(map(str.isalnum, word.text)) for word in row)
    return behind and dash.right - dash.left < 1.3 * usual and all(word.left > dash.left for word in row)
