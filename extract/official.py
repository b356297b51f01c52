"""The words of titles and bodies: what of a recognised one is of the form, and how the form spells it.

Titles and bodies are made of a small stock of words (``offices.toml``), proper names apart. A recogniser's
slip in one ("CHỦ TICH", "PHO GIÁM ĐỐC") leaves one reading, as the stock has no two words that differ by
marks alone; what is not of the stock is a proper name or a slip that nobody can mend.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.reading.spelling.lexicon import key
from extract.vietnamese import fold

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("offices.toml").read_text(encoding="utf-8"))
_OFFICES: dict[str, str] = {
    name: entry.get("deputy", f"PHÓ {name}") for entry in _DATA["office"] for name in entry["names"]
}
_AREAS: tuple[str, ...] = tuple(_DATA["other"]["areas"])
_STOCK: tuple[str, ...] = (
    *_OFFICES,
    *_DATA["other"]["titles"],
    *_DATA["other"]["bodies"],
    *_DATA["other"]["branches"],
    *_AREAS,
)
_ROUND = ".,;:-–—/'\"()|"


@dataclass(frozen=True, slots=True)
class Official:
    """Words by the stock: ``text`` as the form spells them, ``rest`` those that are not of it, in order.

    ``name`` is where in the list of words the proper name of an area begins, ``None`` without one.
    """

    text: str
    rest: tuple[str, ...]
    name: int | None

    @property
    def whole(self) -> bool:
        """Whether every word is of the stock."""
        return not self.rest and self.name is None


def official(words: str) -> Official:
    """The words of a title, authority or body; what follows the kind of an area is its name."""
    parts = words.split()
    bare = [fold(part.strip(_ROUND)) for part in parts]
    out, rest, at = list(parts), [], 0
    name: int | None = None
    while at < len(parts):
        phrase = _phrase(bare, at)
        if phrase is None:
            if bare[at] and not bare[at].isdigit() and bare[at] not in ("q", "p", "tm", "kt", "tl", "tuq"):
                rest.append(parts[at])
            at += 1
            continue
        spelt = phrase.split()
        for place, right in enumerate(spelt, start=at):
            out[place] = _spelt(parts[place], right)
        at += len(spelt)
        if phrase in _AREAS and at < len(parts) and _phrase(bare, at) is None and bare[at]:
            name = at
            break
    return Official(" ".join(out), tuple(rest), name)


def office_in(words: str) -> str | None:
    """The first office that the words name, as the form spells it: ``"KT. CHỦ TICH"`` names "CHỦ TỊCH"."""
    bare = [fold(part.strip(_ROUND)) for part in words.split()]
    for at in range(len(bare)):
        phrase = _phrase(bare, at)
        if phrase in _OFFICES:
            return phrase
    return None


def deputy_of(office: str) -> str:
    """Who signs for the holder of an office: ``"PHÓ CHỦ TỊCH"``, ``"THỨ TRƯỞNG"``."""
    return _OFFICES[office]


def _phrase(bare: list[str], at: int) -> str | None:
    """The longest phrase of the stock that begins at a word."""
    for folded, phrase in _stock().get(bare[at], ()):
        if tuple(bare[at : at + len(folded)]) == folded:
            return phrase
    return None


@lru_cache(maxsize=1)
def _stock() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for phrase in _STOCK:
        folded = tuple(fold(phrase).split())
        found.setdefault(folded[0], {}).setdefault(folded, phrase)
    return {
        first: tuple(sorted(phrases.items(), key=lambda entry: -len(entry[0])))
        for first, phrases in found.items()
    }


def _spelt(read: str, right: str) -> str:
    """``read`` spelt right, its punctuation kept, and the old place of a tone mark ("UỶ")."""
    core = read.strip(_ROUND)
    if key(core) == key(right) or not core.isupper():
        return read
    return read.replace(core, right, 1)
