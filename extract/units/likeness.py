"""How far a printed name is from a register's: tone marks, confusable letters, slips of key and OCR."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extract.vietnamese import fold, one_tone_place

FAR = 9.0
"""The distance of names that are not alike at all."""

_VARIANT = 0.3
"""i for y: both are written ("Mỹ", "Mĩ"); "Đắk" of the highlands is also "Đăk", "Đak" and "Dak"."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARK, _TONE, _ALIKE, _LETTER, _OTHER, _BLANK = 0.5, 0.5, 0.6, 1.0, 1.2, 0.5
_ONSETS = [
    # told apart neither by ear in some region nor by every typist
    {"ch", "tr"},
    {"s", "x"},
    {"l", "n"},
    {"d", "gi", "r"},
    {"v", "d"},
    {"c", "k", "q"},
    {"g", "gh"},
    {"ng", "ngh"},
]
_SHAPES = [
    # told apart by a stroke on a bad scan
    set("ilj1t"),
    set("ceo"),
    set("hbn"),
    set("nmru"),
    set("gqy"),
    set("uvy"),
    set("iy"),
    set("fst"),
]
_FUSED = {"rn": "m", "cl": "d", "ii": "n", "vv": "w"}
"""Pairs that no Vietnamese syllable has: one letter that OCR took for two."""
_ONSET = re.compile(r"^(?:ngh|gh|gi(?=[^\W\d_])|kh|ch|nh|ng|ph|qu|th|tr|[bcdđghklmnpqrstvx])")


@lru_cache(maxsize=4096)
def letters_of(name: str) -> str:
    """A name as it is compared: lower case, one place for tone marks, no apostrophes, blanks for hyphens."""
    name = one_tone_place(unicodedata.normalize("NFC", name).lower())
    name = re.sub(r"['’ʼ.]", "", name)
    return re.sub(r"[\s–-]+", " ", name).strip()


def distance(printed: str, meant: str, *, marked: bool = True) -> float:
    """The cost of reading ``meant`` where ``printed`` stands; 0 for the same name, :data:`FAR` at most.

    A tone or letter mark costs half a letter, a letter of like shape or sound little more, a letter of
    another shape more than a letter lost.
    ``marked`` is false where ``meant`` has no marks of its own to compare.
    """
    one, other = letters_of(printed), letters_of(meant)
    if not marked:
        one, other = fold(one), fold(other)
    if one == other:
        return 0.0
    mine, theirs = one.split(), other.split()
    if len(mine) != len(theirs):
        if one.replace(" ", "") == other.replace(" ", ""):
            return _BLANK * abs(len(mine) - len(theirs))
        return FAR
    total = 0.0
    for a, b in zip(mine, theirs, strict=True):
        total += _of_syllables(a, b)
        if total >= FAR:
            return FAR
    return total


@lru_cache(maxsize=65536)
def _of_syllables(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a.isdigit() or b.isdigit():
        return FAR  # "Sơn Kim 1" is no misprint of "Sơn Kim 2"
    if fold(a) == fold(b) == "dak":
        return _VARIANT
    (onset_a, rime_a, tone_a), (onset_b, rime_b, tone_b) = _split(a), _split(b)
    cost = 0.0 if tone_a == tone_b else _TONE
    apart = _edits(onset_a + rime_a, onset_b + rime_b)
    if any(fold(onset_a) in pair and fold(onset_b) in pair for pair in _ONSETS):
        apart = min(apart, _ALIKE + _edits(rime_a, rime_b))
    for pair, letter in _FUSED.items():
        if pair in a:
            apart = min(apart, _ALIKE + _edits((onset_a + rime_a).replace(pair, letter), onset_b + rime_b))
    return min(FAR, cost + apart)


def _split(syllable: str) -> tuple[str, str, str]:
    """Onset, rime with its letter marks, tone."""
    plain, tone = [], ""
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TONES:
            tone = letter
        else:
            plain.append(letter)
    bare = unicodedata.normalize("NFC", "".join(plain))
    found = _ONSET.match(bare)
    cut = found.end() if found and found.end() < len(bare) else 0
    return bare[:cut], bare[cut:], tone


def _edits(a: str, b: str) -> float:
    """Weighted edit distance of two strings of letters."""
    if a == b:
        return 0.0
    above = [float(column) * _LETTER for column in range(len(b) + 1)]
    for row, mine in enumerate(a, start=1):
        line = [row * _LETTER]
        for column, theirs in enumerate(b, start=1):
            line.append(
                min(
                    above[column - 1] + _of_letters(mine, theirs),
                    above[column] + _LETTER,
                    line[column - 1] + _LETTER,
                )
            )
        above = line
    return above[-1]


def _of_letters(a: str, b: str) -> float:
    if a == b:
        return 0.0
    a, b = fold(a), fold(b)
    if a == b:
        return _MARK
    if {a, b} == {"i", "y"}:
        return _VARIANT
    return _ALIKE if any(a in shape and b in shape for shape in _SHAPES) else _OTHER
