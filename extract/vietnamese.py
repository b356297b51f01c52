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
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and all(letter.isupper() for letter in letters)


_NAME_PARTICLES = re.compile(r"(?<=\S)\b(Và|Của|Các)\b")


def title_case(text: str) -> str:
    """``"HUYỆN HƯƠNG SƠN"`` as ``"Huyện Hương Sơn"``; text that is not all capitals stays."""
    if not is_upper(text):
        return text
    cased = " ".join(word if any(c.isdigit() for c in word) else word.capitalize() for word in text.split())
    return _NAME_PARTICLES.sub(lambda found: found.group().lower(), cased)
