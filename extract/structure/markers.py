"""List markers of the outline: ``I.``, ``1.``, ``1.2.``, ``a)``, ``-``, ``+``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_MARKER = re.compile(
    rf"""(?P<part>(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+\w+|THỨ\s+\w+|{_ROMAN}|\d{{1,2}})\s*[.:\-–]?)(?=\s|$)
      |(?P<roman>{_ROMAN})\s*[.)/\-–](?=\s|$)
      |(?P<letter>[A-EĐa-zđ])\s*[.)/](?=\s|$)
      |(?P<many>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})[.)]?(?=\s)
      |(?P<number>\d{{1,2}})\s*[.)/](?=\s|$|[^\W\d_])
      |(?P<dash>[-–—•*](?=\s|[^\W\d_]))
      |(?P<plus>\+(?=\s|[^\W\d_]))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its ``family`` (which list it can belong to), bare ``value`` and ``length`` in code points."""

    family: str
    value: str
    length: int


def marker_of(text: str) -> Marker | None:
    """The marker that ``text`` begins with, ``None`` when there is none.

    Percentages, dates and years are none: ``"36,4 %"``, ``"30/7/2021"``, ``"2021. Trong …"``.
    """
    found = _MARKER.match(text)
    if not found:
        return None
    family = found.lastgroup or ""
    value = re.sub(r"[.)/:\-–\s]+$", "", found.group(family)) or found.group(family)
    if family == "many":
        if re.match(r"\s*%", text[found.end() :]):
            return None
        family = f"many{value.count('.')}"
    elif family == "letter":
        family = "letter" if value.islower() else "capital"
    elif family == "number" and found.group().rstrip().endswith("/") and text[found.end() : found.end() + 1].isalpha():
        return None
    elif family == "part":
        value = value.split()[-1]
    return Marker(family, value, found.end())
