"""The way back from the canonical text to the characters that were given, for plain text.

A reader puts text into NFC, makes every blank a plain one, drops invisible characters. None of this cuts a
word in two or makes one of two, so the words of both texts, counted in order, are the same ones; inside a
word a letter and its combining marks stay together. What the reader then does to lines and columns each
word's own place outlives.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from extract.document import PlacedWord, Span
from extract.reading.base import clean

_GIVEN_WORD = re.compile("[^\\s]+(?:[\u001c-\u001f]+[^\\s]+)*")
"""A word before cleaning: U+001C to U+001F count as blanks in Python, and cleaning closes up over them."""
_WORD = re.compile(r"\S+")


class Origin:
    """Leads places in a decoded plain text back to the characters of the text as it was given.

    ``given`` is the text as it came, ``decoded`` what the reader made of it: the one that
    :attr:`extract.pages.Word.at` counts in.
    """

    def __init__(self, given: str, decoded: str) -> None:
        self.given = given
        self._given = [hit.span() for hit in _GIVEN_WORD.finditer(given) if clean(hit.group()).strip()]
        self._decoded = [hit.span() for hit in _WORD.finditer(decoded)]
        self._starts = [start for start, _ in self._decoded]

    @property
    def holds(self) -> bool:
        """Whether the two texts have their words in common; if not, no place can be told."""
        return len(self._given) == len(self._decoded)

    def span(self, words: Sequence[PlacedWord], span: Span) -> Span:
        """The given characters from the first to the last of the stretch ``span`` of the canonical text.

        ``words`` are those of the document. Raises :class:`ValueError` where no word of the stretch has
        a place: its document was not read from a plain text.
        """
        places = [place for placed in _within(words, span) if (place := self._place(placed, span))]
        if not places:
            raise ValueError(f"No word between {span[0]} and {span[1]} has a place in the given text.")
        return min(start for start, _ in places), max(end for _, end in places)

    def _place(self, placed: PlacedWord, span: Span) -> Span | None:
        word = placed.word
        if word.at is None:
            return None
        number = max(0, bisect_right(self._starts, word.at) - 1)
        if word.raw is not None and len(word.raw) != len(word.text):
            return self._given[number]
        skipped = word.at - self._starts[number]
        first = max(span[0], placed.start) - placed.start + skipped
        last = min(span[1], placed.end) - placed.start + skipped
        return self._inside(number, first, last)

    def _inside(self, number: int, first: int, last: int) -> Span:
        """The characters of the given word ``number`` behind a stretch of the decoded one."""
        start, end = self._given[number]
        bounds = _bounds(self.given[start:end])
        if bounds[-1][1] != self._decoded[number][1] - self._decoded[number][0]:
            return start, end  # converted from an old encoding: only the word as a whole is known
        before = max(given for given, decoded in bounds if decoded <= first)
        behind = min(given for given, decoded in bounds if decoded >= min(last, bounds[-1][1]))
        return start + before, start + behind


def _within(words: Sequence[PlacedWord], span: Span) -> Iterator[PlacedWord]:
    first = bisect_right(words, span[0], key=lambda placed: placed.end)
    for placed in islice(words, first, None):
        if placed.start >= span[1]:
            break
        yield placed


@lru_cache(maxsize=4096)
def _bounds(word: str) -> tuple[tuple[int, int], ...]:
    """Where a letter with its marks may end: offsets in ``word`` and in the cleaned word, from 0 on."""
    found = [(0, 0)]
    at = decoded = 0
    while at < len(word):
        end = at + 1
        while end < len(word) and (unicodedata.combining(word[end]) or not clean(word[end])):
            end += 1
        decoded += len(clean(word[at:end]))
        found.append((end, decoded))
        at = end
    return tuple(found)
