"""Whether words are Vietnamese: a measure built on the syllable, not on a dictionary.

Every Vietnamese word is written in syllables of one shape: an onset out of 28, a rime out of
about 170, at most one tone mark, and only sắc or nặng before a final c, ch, p, t. So a syllable
can be checked by rule. The rimes are those of the standard orthography (Quyết định 240/QĐ, 1984,
and the common dictionaries); rare ones of place names of the Central Highlands are not in it,
which is why every use of the measure is a share over many words.

The measure (:class:`Share`) counts, over all words that are written in letters:

* ``marked``: valid syllables with a Vietnamese letter (ă â đ ê ô ơ ư or a tone mark);
* ``plain``: words in plain letters that are a syllable when all marks are ignored ("huyen").

Left out of the count: single plain letters (``a)``), and abbreviations in capitals ("UBND").
Measured on our own sentences: administrative Vietnamese has ``marked`` about 0.8 and
``valid`` above 0.95; the same without tone marks ``plain`` above 0.95; English ``plain`` 0.3;
French, Italian, Portuguese ``marked`` 0.05 to 0.18; TCVN3 shown as Latin-1 0.14.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_ONSETS = ("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", *"bcdđghklmnprstvx")
_RIME_TABLE = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng êc
    i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uơ uê uêch uênh uêt uy uya uych uynh uyên uyêt uyt
    uyn uyu uân uât uâng uây ư ưc ưi ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu yt ynh ych yn yp yu
"""
_RIMES = frozenset(_RIME_TABLE.split())
_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_BARE_RIMES = frozenset(
    "".join(letter for letter in unicodedata.normalize("NFD", rime) if not unicodedata.combining(letter))
    for rime in _RIMES
)
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_WORDS = "the of and to is for that with was are by this be from which have has not or"
ENGLISH = frozenset(_ENGLISH_WORDS.split())
"""The commonest English words that no Vietnamese text has, but for names of programs."""
SHORT = 20
"""Below this many words a text is too short to say what language it is in."""


@dataclass(frozen=True, slots=True)
class Share:
    """Counts behind the measure; the properties are shares of ``words``, 0 to 1."""

    words: int
    marked_count: int
    plain_count: int
    english_count: int

    @property
    def marked(self) -> float:
        """Share of valid syllables with a Vietnamese letter."""
        return self.marked_count / self.words if self.words else 0.0

    @property
    def plain(self) -> float:
        """Share of words in plain letters that could be syllables."""
        return self.plain_count / self.words if self.words else 0.0

    @property
    def valid(self) -> float:
        """Share of all words that could be syllables."""
        return self.marked + self.plain

    @property
    def english(self) -> float:
        """Share of the commonest English words."""
        return self.english_count / self.words if self.words else 0.0


@lru_cache(maxsize=20_000)
def kind(word: str) -> str:
    """``"marked"``, ``"plain"``, ``"foreign"``, or ``"none"`` for a word that says nothing (abbreviation)."""
    lower = unicodedata.normalize("NFC", word).lower()
    toneless, tone = without_tone(lower)
    valid = tone is not None and _is_syllable(toneless, tone)
    if valid and not lower.isascii():
        return "marked"
    if len(word) == 1 or (word.isupper() and len(word) <= 6 and not valid):
        return "none"
    if valid or (lower.isascii() and _split_bare(lower)):
        return "plain"
    return "foreign"


def share(texts: Iterable[str]) -> Share:
    """The measure over all words of ``texts``."""
    counts = {"marked": 0, "plain": 0, "foreign": 0, "none": 0}
    english = 0
    for text in texts:
        for word in _WORD.findall(text):
            counts[kind(word)] += 1
            english += word.lower() in ENGLISH
    total = counts["marked"] + counts["plain"] + counts["foreign"]
    return Share(total, counts["marked"], counts["plain"], english)


def is_vietnamese(texts: Iterable[str]) -> bool:
    """Whether the text may be Vietnamese, with the doubt in favour of the text.

    Yes for fewer than ``SHORT`` words; for at least one marked syllable in four words (real text has
    three in four, badly recognised pages two, Portuguese and TCVN3 shown as Latin-1 less than one in
    five); and for text without any marks when three words in four could be syllables and it is not
    full of English.
    """
    found = share(texts)
    if found.words < SHORT or found.marked >= 0.25:
        return True
    return found.valid >= 0.75 and found.english < 0.08


def without_tone(word: str) -> tuple[str, str | None]:
    """``word`` without its tone mark, and the tone (``""`` for none, ``None`` for more than one)."""
    if word.isascii():
        return word, ""
    tones = ""
    rest = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tones += _TONES[letter]
        else:
            rest.append(letter)
    bare = unicodedata.normalize("NFC", "".join(rest))
    return bare, tones if len(tones) < 2 else None


def _is_syllable(toneless: str, tone: str) -> bool:
    if not _split(toneless):
        return False
    stopped = toneless.endswith(("c", "ch", "p", "t"))
    return not stopped or tone in ("", "s", "j")


def _split(word: str) -> bool:
    """Whether ``word`` is onset + rime, with k, gh, ngh only before e ê i y and c, g, ng elsewhere."""
    return _fits(word, _RIMES)


def _split_bare(word: str) -> bool:
    return _fits(word, _BARE_RIMES)


def _fits(word: str, rimes: frozenset[str]) -> bool:
    if word in rimes:
        return True
    for onset in _ONSETS:
        if not word.startswith(onset):
            continue
        rime = word[len(onset) :]
        if rime not in rimes:
            continue
        front = rime[0] in "eêiy"
        if onset in ("k", "gh", "ngh"):
            fits = front
        elif onset in ("c", "ng"):
            fits = not front
        elif onset == "g":
            fits = not front or rime[0] == "i"
        else:
            fits = True
        if fits:
            return True
    return False
