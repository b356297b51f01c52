"""Spelling without differences that do not matter: case, tone marks, đ, where a tone mark stands.

Two forms are made. :func:`fold` drops everything that a person typing without a Vietnamese
keyboard drops. :func:`spell` keeps the marks and only removes variation between two correct
spellings of one syllable ("hoà"/"hòa", "kỹ"/"kĩ"), so that an exact search is not too exact.
Both give one code point for each code point of NFC Vietnamese text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


class _Letters(dict[int, str]):
    """A table for ``str.translate`` that works its entries out when first asked for."""

    def __missing__(self, code: int) -> str:
        folded = _fold_letter(chr(code))
        self[code] = folded
        return folded


def _fold_letter(letter: str) -> str:
    # Taken apart before and after lowering: some capitals only show their marks once lowered.
    lowered = unicodedata.normalize("NFD", letter).lower()
    parts = unicodedata.normalize("NFD", lowered)
    return "".join("d" if part == "đ" else part for part in parts if unicodedata.category(part) != "Mn")


_LETTERS = _Letters()


def fold(text: str) -> str:
    """``text`` in lower case, without tone marks, with d for đ: ``"Đã ký"`` gives ``"da ky"``.

    Composed and decomposed spellings give the same result, and folding twice changes nothing.
    """
    return text.translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows the way back: ``offsets[i]`` is where its letter i began."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text behind ``[start, end)`` of the folded one."""
        return self.offsets[start], self.offsets[end]


def fold_aligned(text: str) -> Folded:
    """:func:`fold` with offsets, so that a hit in folded text can be shown in the original.

    A mark that stands alone as a code point belongs to the letter before it.
    """
    folded = fold(text)
    if len(folded) == len(text):
        return Folded(folded, tuple(range(len(text) + 1)))
    offsets = [place for place, letter in enumerate(text) for _ in _LETTERS[ord(letter)]]
    return Folded(folded, (*offsets, len(text)))


def has_marks(text: str) -> bool:
    """Whether ``text`` was typed with tone marks (đ and the marks of ă, â, ê, ô, ơ, ư count)."""
    return any(
        fold(letter) != letter for letter in unicodedata.normalize("NFC", text).lower() if letter.isalpha()
    )


_OPEN = str.maketrans("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy")
_TONES = {"o": "oòóỏõọ", "u": "uùúủũụ"}
_RANK = {letter: rank for row in ("àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ") for rank, letter in enumerate(row, 1)}
_PLACED = re.compile(r"(o)([àáảãạèéẻẽẹ])(?!\w)|(?<!q)(u)([ỳýỷỹỵ])(?!\w)")
_Y = re.compile(r"(?<!\w)([hklmst]|qu|v)([yỳýỷỹỵ])(?!\w)")
_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def _place(found: re.Match[str]) -> str:
    glide, vowel = (found[1], found[2]) if found[1] else (found[3], found[4])
    return _TONES[glide][_RANK[vowel]] + vowel.translate(_OPEN)


def spell(text: str) -> str:
    """``text`` in lower case with one spelling for each syllable, marks kept.

    ``"Hoà"`` and ``"Hòa"`` give ``"hòa"``, ``"kỹ"`` and ``"kĩ"`` give ``"kĩ"``.
    """
    composed = unicodedata.normalize("NFC", text)
    lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in composed)
    return _Y.sub(lambda found: found[1] + found[2].translate(_I), _PLACED.sub(_place, lowered))


WORD = re.compile(r"[^\W_]+")
"""A word of the search index in composed text: letters and digits, nothing else."""

_LOOSE_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class IndexWord:
    """A word as the index knows it, both forms, with its place in the text it came from."""

    spelled: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, str]:
    spelled = spell(word)
    return spelled, fold(spelled)


def index_words(text: str) -> list[IndexWord]:
    """The words of ``text`` in both forms of the index, with offsets into ``text`` as it stands."""
    return [IndexWord(*_forms(found[0]), found.start(), found.end()) for found in _LOOSE_WORD.finditer(text)]
