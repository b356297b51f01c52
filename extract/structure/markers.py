"""List markers of the outline: ``I.``, ``1.``, ``1.2.``, ``a)``, ``-``, ``+``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.vietnamese import UPPER, is_upper

_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_MARKER = re.compile(
    rf"""(?P<part>(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+\w+|THỨ\s+\w+|{_ROMAN}|\d{{1,2}})\s*[.:\-–]?)(?=\s|$)
      |(?P<article>(?:Điều|ĐIỀU)\s+\d{{1,3}}\s*[.:])(?=\s|$)
      |(?P<mixed>{_ROMAN}(?:\.\d{{1,2}}){{1,2}})[.)]?(?=\s)
      |(?P<roman>{_ROMAN})\s*[.)/\-–](?=\s|$)
      |(?P<letter>[A-EĐa-zđ])\s*[.)/](?=\s|$)
      |(?P<many>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})[.)]?(?=\s)
      |(?P<number>\d{{1,2}})\s*[.)/](?=\s|$|[^\W\d_])
      |(?P<dash>[-–—•*](?=\s|[^\W\d_]))
      |(?P<plus>\+(?=\s|[^\W\d_]))""",
    re.VERBOSE,
)

_SLIPPED = re.compile(rf"(?P<mark>[IlH1|]{{1,4}}|IV|V|VI{{1,3}})\s*[.,]?\s+(?=[{UPPER}])")
"""A Roman numeral of a title in capitals as OCR may read it: without its dot, "H" for "II"."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its ``family`` (of which list), bare ``value`` and ``length`` in code points."""

    family: str
    value: str
    length: int


def marker_of(text: str) -> Marker | None:
    """The marker that ``text`` begins with, ``None`` when there is none.

    Percentages, dates and years are none: ``"36,4 %"``, ``"30/7/2021"``, ``"2021. Trong …"``.
    """
    found = _MARKER.match(text)
    if not found or (found.lastgroup == "letter" and found["letter"].isupper()):
        slipped = _slipped_roman(text)
        if slipped or not found:
            return slipped
    family = found.lastgroup or ""
    value = re.sub(r"[.)/:\-–\s]+$", "", found.group(family)) or found.group(family)
    if family == "many":
        if re.match(r"\s*%", text[found.end() :]):
            return None
        family = f"many{value.count('.')}"
    elif family == "mixed":
        value = value.split(".")[-1]
    elif family == "letter":
        family = "letter" if value.islower() else "capital"
    elif (
        family == "number"
        and found.group().rstrip().endswith("/")
        and text[found.end() : found.end() + 1].isalpha()
    ):
        return None
    elif family in ("part", "article"):
        value = value.split()[-1]
    return Marker(family, value, found.end())


_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def in_sequence(marker: Marker, last: Marker | None) -> Marker:
    """A Roman numeral that OCR read as its forerunner ("II" for "III") is the next one."""
    if last is None or marker.value != last.value or last.value not in _ROMANS[:-1]:
        return marker
    return replace(marker, value=_ROMANS[_ROMANS.index(last.value) + 1])


def _slipped_roman(text: str) -> Marker | None:
    found = _SLIPPED.match(text)
    if not found or len(text) > 200 or not is_upper(text[found.end() :]) or len(text) - found.end() < 6:
        return None
    value = re.sub(r"[l1|]", "I", found["mark"]).replace("H", "II")
    return Marker("roman", value, found.end()) if re.fullmatch(_ROMAN, value) else None
