"""Kinds of administrative units and how names of them are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from extract.vietnamese import fold

Level = Literal["province", "district", "commune", "agency", "group"]

KIND_LEVELS: dict[str, Level] = {
    "tỉnh": "province",
    "thành phố": "district",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
"""Kinds of units to their level. A thành phố under a tỉnh is a district; a register says better."""

SHORT_KINDS = {
    "tt": "thị trấn",
    "tp": "thành phố",
    "tx": "thị xã",
    "p": "phường",
    "x": "xã",
    "h": "huyện",
    "q": "quận",
    "t": "tỉnh",
}

_VOWEL = re.compile("[aeiouy]")
_KIND = re.compile(
    r"^(?:ubnd\s+|uy ban nhan dan\s+)?(?:(xa|phuong|thi tran|tt|huyen|quan|thi xa|thanh pho|tp|"
    r"tinh|dac khu)\.?\s+)?"
)


def level_of_kind(kind: str) -> Level:
    """The level of a kind in lower case; ``"commune"`` for an unknown one."""
    return KIND_LEVELS.get(kind.lower(), "commune")


@lru_cache(maxsize=32768)
def bare(name: str) -> str:
    """A name folded, without its kind and "UBND": ``"UBND xã Sơn Lễ"`` and ``"Sơn Lễ"`` are ``"son le"``."""
    folded = re.sub(r"[^\w'\s-]", " ", fold(name).replace("’", "'"))
    folded = re.sub(r"\s+", " ", folded).strip()
    return _KIND.sub("", folded).strip()


def cased(name: str) -> str:
    """``"KIM SƠN HẠ"`` as ``"Kim Sơn Hạ"``; initials ("xã BĐ") and a name that is not all capitals stay."""
    if not name.isupper() or len(name) < 2 or not _VOWEL.search(fold(name)):
        return name
    return " ".join(word.capitalize() for word in name.split())
