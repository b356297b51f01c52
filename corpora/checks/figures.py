"""Figures as they are printed: their value, their precision, whether two can be one rounded."""

from __future__ import annotations

import re

PERCENT = r"\d{1,3}(?:[.,]\d{1,3})?\s?(?:%|％|phần trăm)"
"""A printed percentage inside a regular expression."""

_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")


def number(printed: str) -> float:
    """``"81,5 %"`` as 81.5."""
    found = _DIGITS.search(printed)
    if found is None:
        raise ValueError(f"no number in {printed!r}")
    return float(found[0].replace(",", "."))


def decimals(printed: str) -> int:
    """How many digits stand behind the comma of ``"8,21%"``."""
    found = _DIGITS.search(printed)
    return len(re.split("[.,]", found[0])[1]) if found and re.search("[.,]", found[0]) else 0


def rounds_to(one: str, other: str) -> bool:
    """Whether two printed figures can be the same value, one of them rounded or cut off: 8,21 and 8."""
    coarse = min(decimals(one), decimals(other))
    apart = abs(number(one) - number(other))
    return apart < 10.0**-coarse - 1e-9 if decimals(one) != decimals(other) else apart < 1e-9


def vietnamese(value: float, digits: int) -> str:
    """``81.46`` as ``"81,5"``."""
    return f"{value:.{digits}f}".replace(".", ",")
