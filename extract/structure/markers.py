"""List markers of the outline (``I.``, ``1.``, ``1.2.``, ``a)``, ``-``, ``+``) and the order they come in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.vietnamese import UPPER, is_upper

_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_GLUED_ROMAN = rf"(?:(?![VX]\.){_ROMAN}(?=[.)][{UPPER}][^\W\d_])|{_ROMAN}(?=[.)][{UPPER}]{{2}}))"
"""Typed or read without a blank ("I.KẾT QUẢ"); "X.Sơn" and "V.Hà" are shortened words."""
_MORE = r"[.)/\-–]?"
"""A second sign, as many offices type it: "1/.", "a/-", "I.-"."""
_MARKER = re.compile(
    rf"""(?P<part>(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+\w+|THỨ\s+\w+|{_ROMAN}|\d{{1,2}})\s*[.:\-–]?)(?=\s|$)
      |(?P<article>(?:Điều|ĐIỀU)\s+\d{{1,3}}\s*[.:])(?=\s|$)
      |(?P<mixed>{_ROMAN}(?:\.\d{{1,2}}){{1,2}})[.)]?(?=\s)
      |(?P<roman>{_ROMAN}(?=\s*[.)/\-–]{_MORE}(?:\s|$))|{_GLUED_ROMAN})\s*[.)/\-–](?:{_MORE}(?=\s|$))?
      |(?P<letter>[A-GĐa-zđ](?=\s*[.)/]{_MORE}(?:\s|$))|[a-zđ](?=\)[{UPPER}][^\W\d_]))\s*[.)/](?:{_MORE}(?=\s|$))?
      |(?P<many>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:(?:[.)/]{_MORE})?(?=\s)|[.)](?=[{UPPER}][^\W\d_]))
      |(?P<number>\d{{1,2}})\s*(?:[.)/]{_MORE}(?=\s|$)|[.)/](?=[^\W\d_]))
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


ROMANS = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""Values of "Phần thứ nhất" and its like."""
_ORDERS = {
    "roman": (ROMANS,),
    "part": (ROMANS, ORDINALS),
    "capital": (tuple("ABCDĐEG"), tuple("ABCDEFG")),
    "letter": (tuple("abcdđeghiklmnopqrstuvxy"), tuple("abcdefghijklmnopqrstuvwxyz")),
}
"""The Vietnamese order first; lists of letters also go by the English one."""


def place_of(family: str, value: str) -> tuple[str, tuple[int, ...]]:
    """Which list ``value`` counts, and its places (from 1) in the orders that know it.

    The list is what stands before the last number of "1.2", else the kind of the values: "II" and "hai".
    """
    before, _, last = value.rpartition(".")
    if last.isdecimal():
        return before, (int(last),)
    value = value.lower() if family == "part" and value.lower() in ORDINALS else value
    if value == "bốn" and family == "part":
        value = "tư"
    kind = "words" if family == "part" and value in ORDINALS else "signs"
    orders = _ORDERS.get(family, ())
    return kind, tuple(order.index(value) + 1 if value in order else 0 for order in orders)


def follows(before: Marker, after: Marker, *, strictly: bool = False) -> bool:
    """Whether ``after`` is the next of the list of ``before``; ``strictly`` by the Vietnamese order alone."""
    if before.family != after.family:
        return False
    (one, these), (other, those) = (place_of(mark.family, mark.value) for mark in (before, after))
    pairs = list(zip(these, those, strict=True))[: 1 if strictly and before.family != "part" else None]
    return one == other and any(a and b == a + 1 for a, b in pairs)


def between(before: Marker, after: Marker) -> str | None:
    """The value of the one mark that is missing between two of a list, ``None`` when not exactly one is."""
    (one, these), (other, those) = (place_of(mark.family, mark.value) for mark in (before, after))
    if before.family != after.family or one != other or not these or not these[0] or those[0] != these[0] + 2:
        return None
    if before.family in _ORDERS:
        orders = _ORDERS[before.family]
        return (orders[1] if one == "words" else orders[0])[these[0]]
    return ".".join([*([one] if one else []), str(these[0] + 1)])


def is_first(marker: Marker) -> bool:
    """Whether ``marker`` begins a list."""
    return 1 in place_of(marker.family, marker.value)[1]


def _slipped_roman(text: str) -> Marker | None:
    found = _SLIPPED.match(text)
    if not found or len(text) > 200 or not is_upper(text[found.end() :]) or len(text) - found.end() < 6:
        return None
    value = re.sub(r"[l1|]", "I", found["mark"]).replace("H", "II")
    return Marker("roman", value, found.end()) if re.fullmatch(_ROMAN, value) else None
