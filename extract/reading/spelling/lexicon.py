"""Which syllables follow each other in official Vietnamese, and which readings look alike.

``lexicon.txt`` counts pairs in the documents written for this project (``corpora/build_lexicon.py``); beside
it stand the words of two and more syllables of the list Viet74K, where underthesea is installed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extract.reading.spelling.plausible import listed_pairs
from extract.vietnamese import fold

FILE = Path(__file__).parent / "lexicon.txt"
WORD = re.compile(r"[^\W\d_]+")
_LISTED = 2
"""What a word of the list counts: it is a word, but nobody knows how common."""
_TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
_OLD = re.compile("^(.*?)(o[aàáảãạeèéẻẽẹ]|u[yỳýỷỹỵ])$")


@dataclass(frozen=True)
class Lexicon:
    """Counts of ``pairs``, and the pairs within ``listed`` words.

    ``alike`` are the syllables of both by their letters without marks, ``often`` counts those of ``pairs``.
    """

    pairs: dict[tuple[str, str], int]
    alike: dict[str, tuple[str, ...]]
    listed: frozenset[tuple[str, str]]
    often: dict[str, int]

    def count(self, first: str, second: str) -> int:
        """How often these follow each other, both in the form of :func:`key`; ``""`` is no neighbour."""
        if not first or not second:
            return 0
        pair = (first, second)
        return self.pairs.get(pair, 0) + (_LISTED if pair in self.listed else 0)


@lru_cache(maxsize=2)
def lexicon(file: Path = FILE) -> Lexicon:
    """The lexicon, read once."""
    pairs: dict[tuple[str, str], int] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            first, second, count = line.split()
            pairs[first, second] = int(count)
    listed = frozenset((key(first), key(second)) for first, second in listed_pairs())
    alike: dict[str, set[str]] = defaultdict(set)
    for pair in (*pairs, *listed):
        for syllable in pair:
            alike[fold(syllable)].add(syllable)
    often: Counter[str] = Counter()
    for pair, times in pairs.items():
        for syllable in pair:
            often[syllable] += times
    return Lexicon(pairs, {bare: tuple(sorted(found)) for bare, found in alike.items()}, listed, often)


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """A syllable in small letters, its tone where today's spelling puts it: "hoà" as "hòa", "uỷ" as "ủy"."""
    lower = unicodedata.normalize("NFC", word).lower()
    if not _OLD.match(lower) or lower.startswith("qu"):
        return lower
    bare, tone = split_tone(lower)
    # the mark goes on the last vowel but one: o of oa, u of uy
    return unicodedata.normalize("NFC", bare[:-1] + tone + bare[-1])


def with_tone(syllable: str, tone: str) -> str:
    """``syllable`` with another mark in the place of its tone."""
    letters = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(tone if letter in _TONES else letter for letter in letters))


@lru_cache(maxsize=20_000)
def split_tone(word: str) -> tuple[str, str]:
    """``word`` without tone mark (NFC), and the mark (``""`` for none)."""
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)), tone
