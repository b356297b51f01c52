"""How alike two texts are, and what of them differs: syllables, figures, names.

A report that was filled into last year's file shares nearly all syllables with it; what tells the two
apart are their figures and names. A bad scan shares fewer syllables with its own paper, but its figures and
names. So the three are compared apart. Tone marks do not count: scans and hurried typing lose them.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from extract.vietnamese import LOWER, UPPER, fold

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+")
_NAME = re.compile(rf"(?<!\w)[{UPPER}][{LOWER}]+(?:[ \n][{UPPER}][{LOWER}]*)+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHINGLE = 3
SKETCH = 16
"""Of the shingles with figures, and again of the others, so many smallest hashes stand for a text."""
_FEW = 5
"""With fewer figures or names than this their agreement says nothing."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is compared of a text: runs of three syllables as hashes, figures, pairs of a name's words."""

    shingles: frozenset[int]
    numbers: Counter[str]
    names: Counter[str]
    years: Counter[str]
    sketch: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two texts agree, each 0 to 1.

    ``text`` is the share of the larger one's shingles that both have, ``within`` that of the smaller one's.
    ``numbers`` and ``names`` are ``None`` where there are too few to say. ``differing`` counts the figures
    that only one of the two has, those of the one with more; ``replaced`` those of the one with fewer:
    figures that were lost are no other figures. ``one_time`` says that the year which one names most is no
    rare one in the other.
    """

    text: float
    within: float
    numbers: float | None
    names: float | None
    differing: int
    replaced: int
    one_time: bool


def imprint(text: str) -> Imprint:
    """The imprint of a document's text."""
    tokens = [token.replace(",", ".") for token in _TOKEN.findall(fold(text))]
    runs = {" ".join(tokens[at : at + _SHINGLE]) for at in range(len(tokens) - _SHINGLE + 1)}
    # A figure and the syllable before it: what two fillings of one form do not share.
    figures = {
        f"{before} {token}"
        for before, token in itertools.pairwise(tokens)
        if token[0].isdigit() and len(token) > 1
    }
    hashes = frozenset(map(_hash, runs))
    numbers = Counter(token for token in tokens if token[0].isdigit())
    names: Counter[str] = Counter()
    for found in _NAME.findall(text):
        words = fold(found).split()
        names.update(f"{left} {right}" for left, right in itertools.pairwise(words))
    sketch = (*sorted(map(_hash, figures))[:SKETCH], *sorted(hashes)[:SKETCH])
    years = Counter(_YEAR.findall(text))
    return Imprint(hashes, numbers, names, years, tuple(dict.fromkeys(sketch)))


def compare(one: Imprint, other: Imprint) -> Agreement:
    """How far two texts agree; the order of the two does not matter."""
    common = len(one.shingles & other.shingles)
    own, others = (one.numbers - other.numbers).total(), (other.numbers - one.numbers).total()
    sizes = sorted((len(one.shingles), len(other.shingles)))
    return Agreement(
        text=common / sizes[1] if sizes[1] else 0.0,
        within=common / sizes[0] if sizes[0] else 0.0,
        numbers=_agreement(one.numbers, other.numbers),
        names=_agreement(one.names, other.names),
        differing=max(own, others),
        replaced=min(own, others),
        one_time=_one_time(one.years, other.years) and _one_time(other.years, one.years),
    )


def _agreement(one: Counter[str], other: Counter[str]) -> float | None:
    largest = max(one.total(), other.total())
    return (one & other).total() / largest if largest >= _FEW else None


def _one_time(one: Counter[str], other: Counter[str]) -> bool:
    """Whether the year that ``one`` names most stands in the other at least half as often."""
    most = max(one.values(), default=0)
    return most < 2 or any(2 * other[year] >= count for year, count in one.items() if count == most)


def _hash(words: str) -> int:
    """63 bits, as SQLite's integers are signed."""
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest()) >> 1


def least(values: Iterable[float | None]) -> float:
    """The smallest of the values that say something, 1.0 if none does."""
    return min((value for value in values if value is not None), default=1.0)
