"""Whether words make sense as Vietnamese: syllables that are in use, and pairs that make words.

Valid syllables are not enough: "KIẺM SỐT THỦ TỤC … QN LÝ CỊNG" is mostly made of them. Two more
counts tell such a text from a right one. ``listed``: of about 17 000 syllables that the rules allow
about 7 000 are in use. ``linked``: about two in five neighbours in official prose are a word of
two syllables ("kiểm soát", "thủ tục"), and one wrong letter parts them.

The words are the list Viet74K in the wheel of underthesea (a dependency of this project); its file is
read without importing the package, at the first page that has to be judged by it.

Measured, 187 paragraphs of our own documents and one real report: ``listed`` above 0.975 and
``linked`` above 0.23 in nineteen of twenty, medians 1.0 and 0.35; with one wrong mark in every tenth,
fifth, second word of the real one ``listed`` 0.96, 0.93, 0.81 and ``linked`` 0.34, 0.28, 0.12 (from 0.42);
its words in random order: ``linked`` 0.06.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from extract.reading.spelling.vietnamese import ENGLISH, kind, without_tone

_LIST = Path("corpus", "data", "Viet74K.txt")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Sense:
    """Counts over a stretch of text, and the shares that follow from them, 0 to 1.

    ``words`` are those written in letters, abbreviations left out, of which ``marked`` are possible
    syllables with a Vietnamese letter, ``plain`` possible ones without, ``listed`` syllables in use,
    ``english`` the commonest English words. ``pairs`` are neighbours within a line, ``linked`` those that
    are a word together.
    """

    words: int = 0
    marked: int = 0
    plain: int = 0
    listed: int = 0
    english: int = 0
    pairs: int = 0
    linked: int = 0

    def of_words(self, count: int) -> float:
        """``count`` as a share of the words; 0 when there are none."""
        return count / self.words if self.words else 0.0

    @property
    def valid_share(self) -> float:
        """Share of possible syllables."""
        return self.of_words(self.marked + self.plain)

    @property
    def linked_share(self) -> float:
        """Share of neighbours that are a word together."""
        return self.linked / self.pairs if self.pairs else 0.0

    @property
    def worth(self) -> int:
        """How much right text there is: of two readings of one place the one worth more is the better."""
        return self.listed + 2 * self.linked

    def __add__(self, other: Sense) -> Sense:
        return Sense(
            self.words + other.words,
            self.marked + other.marked,
            self.plain + other.plain,
            self.listed + other.listed,
            self.english + other.english,
            self.pairs + other.pairs,
            self.linked + other.linked,
        )


def sense_of(lines: Iterable[str]) -> Sense:
    """The measure over lines of text; only words on one line are neighbours.

    A name that no list holds ("Krông Mrê") counts once, however often the text has it: misreadings vary.
    """
    syllables, words_of_two = _lexicon()
    total = marked = plain = listed = english = pairs = linked = 0
    names: set[str] = set()
    for line in lines:
        before = ""
        for word in _WORD.findall(line):
            sort = kind(word)
            if sort == "none":
                before = ""
                continue
            lower = word.lower()
            key = _key(lower)
            if word.istitle() and (sort == "foreign" or (syllables and key not in syllables)):
                if lower in names:
                    before = ""
                    continue
                names.add(lower)
            total += 1
            marked += sort == "marked"
            plain += sort == "plain"
            # without the list every possible syllable counts
            listed += key in syllables if syllables else sort != "foreign"
            english += lower in ENGLISH
            if before:
                pairs += 1
                linked += f"{before} {key}" in words_of_two
            before = key
    return Sense(total, marked, plain, listed, english, pairs if words_of_two else 0, linked)


@lru_cache(maxsize=20_000)
def _key(lower: str) -> str:
    """A syllable with its tone at the end, so that "hòa" and "hoà" are one."""
    bare, tone = without_tone(unicodedata.normalize("NFC", lower))
    return bare if tone is None else bare + tone


def listed_pairs() -> Iterator[tuple[str, str]]:
    """Neighbours within the words of the list, in small letters; none where the list is missing."""
    for line in _list().splitlines():
        yield from pairwise(line.split())


@lru_cache(maxsize=1)
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """The syllables in use and the pairs of them within words; both empty where the list is missing."""
    syllables: set[str] = set()
    pairs: set[str] = set()
    for line in _list().splitlines():
        parts = [_key(part) for part in line.split()]
        syllables.update(parts)
        pairs.update(f"{a} {b}" for a, b in pairwise(parts))
    return frozenset(syllables), frozenset(pairs)


def _list() -> str:
    """Viet74K in small letters, NFC, one word a line; empty where it is missing."""
    found = importlib.util.find_spec("underthesea")
    if found is None or found.origin is None:
        return ""
    try:
        text = (Path(found.origin).parent / _LIST).read_text("utf-8")
    except OSError:
        return ""
    return unicodedata.normalize("NFC", text).lower()
