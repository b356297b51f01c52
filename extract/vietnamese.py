"""Small facts about written Vietnamese that several steps need: folding and letter classes."""

from __future__ import annotations

import re
import unicodedata

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Upper-case letters of Vietnamese, for use inside a character class of a regular expression."""

LOWER = "a-zà-ãè-êìíò-õùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""Lower-case letters of Vietnamese, for use inside a character class."""

CAPITALISED = rf"[{UPPER}][{UPPER}{LOWER}'’ʼ]*(?:-[{UPPER}{LOWER}]+)*"
"""A word that begins with a capital: ``Sơn``, ``K'Nớ``, ``UBND``, ``Đa-Krông``."""


def fold(text: str) -> str:
    """Lower case without tone marks, đ as d: ``"Chữ ký số"`` becomes ``"chu ky so"``.

    One code point of NFC Vietnamese text gives one of the result, so offsets stay good.
    """
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """The table of :func:`fold`, filled as letters come by."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()[:1] or letter
        self[code] = folded
        return folded


_FOLDED = _Folded()


def is_upper(text: str) -> bool:
    """Whether every letter of ``text`` is a capital, and there are at least two letters."""
    if not text.isupper():
        return False  # says so of nearly every line, and far sooner
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and all(letter.isupper() for letter in letters)


_NAME_PARTICLES = re.compile(r"(?<=\S)\b(Và|Của|Các)\b")


def title_case(text: str) -> str:
    """``"HUYỆN HƯƠNG SƠN"`` as ``"Huyện Hương Sơn"``; text that is not all capitals stays."""
    if not is_upper(text):
        return text
    cased = " ".join(word if any(c.isdigit() for c in word) else word.capitalize() for word in text.split())
    return _NAME_PARTICLES.sub(lambda found: found.group().lower(), cased)


_PLACED = re.compile(r"(o)([àáảãạèéẻẽẹ])(?!\w)|(?<!q)(u)([ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_OTHER_PLACE = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ", "o": "òóỏõọ", "u": "ùúủũụ"}
_BARE = {mark: (bare, rank) for bare, row in _OTHER_PLACE.items() for rank, mark in enumerate(row)}


def one_tone_place(text: str) -> str:
    """``text`` with the tone mark of open oa, oe, uy on the first letter: ``"hoà"`` as ``"hòa"``.

    Both are correct and old papers mix them. Offsets stay good: two letters give two.
    """
    return _PLACED.sub(_moved, text)


def _moved(found: re.Match[str]) -> str:
    glide, vowel = found[0][0], found[0][1]
    bare, rank = _BARE[vowel.lower()]
    first, second = _OTHER_PLACE[glide.lower()][rank], bare
    return (first.upper() if glide.isupper() else first) + (second.upper() if vowel.isupper() else second)


_FIRST_PLACE = re.compile(r"([òóỏõọ])([ae])(?!\w)|([ùúủũụ])(y)(?!\w)", re.IGNORECASE)


def either_tone_place(pattern: str) -> str:
    """A regular expression in which ``hòa`` and ``ủy`` also match ``hoà`` and ``uỷ``."""

    def both(found: re.Match[str]) -> str:
        glide, vowel = found[0][0], found[0][1]
        bare, rank = _BARE[glide.lower()]
        first, second = bare, _OTHER_PLACE[vowel.lower()][rank]
        moved = (first.upper() if glide.isupper() else first) + (
            second.upper() if vowel.isupper() else second
        )
        return f"(?:{found[0]}|{moved})"

    return _FIRST_PLACE.sub(both, pattern)
