"""Where a document's number may begin: the digits, the year, the mark and the first part of the symbol.

Four forms: as it has to be printed; as an OCR engine may print it; with a blank for the mark, as the Party's
offices typed ("17 NQ/TW"); and with a blank among the first digits ("số 3 3/KH-UBND"). What any but the first
finds counts only where the rest of the number is known to the grammar.
"""

from __future__ import annotations

import re

DASHES = "-‐‑‒–—−"
SLASHES = "/⁄∕"
LIKE_DIGITS = "OoIl"
GAP = r"[ \t\u00a0]{0,2}(?:\n[ \t\u00a0]{0,2})?"
GAP_BEHIND = r"[ \t\u00a0]{0,2}(?:\n[ \t\u00a0]{0,2}){0,2}"
"""Behind a mark, which says that the number goes on, a line may stand empty."""
PART = r"[^\W\d_][^\W_]{0,15}"
DASH_CLASS = rf"\{DASHES}"

_LIKE = rf"[\d{LIKE_DIGITS}]"
_ALONE = rf"(?:(?<![^\W_])|(?<=[sS][ốoô]))(?<!\d[.:/{DASH_CLASS}])(?<!\d[:/] )"

HEAD = re.compile(
    rf"{_ALONE}(?<![\dOoIl][OoIl]/)"
    rf"(?P<serial>\d{{1,5}}(?P<letter>[a-hA-H](?![^\W_]))?)"
    rf"(?:(?:{GAP}[{SLASHES}]{GAP_BEHIND}(?P<year>(?:19|20)\d\d))?"
    rf"{GAP}(?P<mark>[{SLASHES}{DASH_CLASS}]){GAP_BEHIND}(?P<part>{PART}))?"
)
"""A digit run that may begin a number; without ``part`` it has no symbol."""

_MISREAD_REST = (
    rf"(?:{GAP}[{SLASHES}Il]{GAP_BEHIND}(?P<year>[12Il](?:[ ]?{_LIKE}){{3}}))?"
    rf"{GAP}(?P<mark>[{SLASHES}{DASH_CLASS}~Il]){GAP_BEHIND}(?P<part>[^\W_]{{1,16}})"
)
_MISREAD_SERIAL = rf"(?P<serial>{_LIKE}{{1,5}})(?:[ ]?(?P<letter>[a-hA-H])(?![^\W_]))?"

MISREAD_HEAD = re.compile(_ALONE + _MISREAD_SERIAL + _MISREAD_REST)
"""The same as an OCR engine may print it: letters for digits, a blank inside the year, a slash read as I."""

BROKEN_HEAD = re.compile(
    rf"{_ALONE}(?P<serial>{_LIKE}[ ]{_LIKE}{{1,4}}|{_LIKE}{{2,4}}[ ]{_LIKE})(?P<letter>(?!))?{_MISREAD_REST}"
)
"""A serial broken by a blank beside a lone figure, which a number of its own would pad: "3 3/KH"."""

BLANK_HEAD = re.compile(rf"{_ALONE}{_MISREAD_SERIAL}(?P<year>(?!))?(?P<mark>[ \u00a0])(?P<part>{PART})")
"""A blank where the mark has to stand: "17 NQ/TW"."""

MISREAD_BARE = re.compile(rf"(?<![^\W_])(?<!\d[.:/{DASH_CLASS}])(?P<serial>{_LIKE}{{2,4}}[a-h]?)(?![^\W_])")
"""Digits without a symbol, some read as letters."""
