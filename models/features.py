"""A statement as the classifiers see it: named features, one string a statement.

Every feature is ``block:value``, divided by tabs, so that scikit-learn's own vectorizer can count
them and an artefact needs no code. Numbers and place names are masked: what a commune is called
must not decide what it is blamed for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.vietnamese import CAPITALISED, fold, one_tone_place
from models.clauses import BLOCKS, form_of
from models.figures import figures
from models.tokens import word_spans

SEPARATOR = "\t"
CONTEXT = frozenset({"h0", "h1", "a", "b"})
"""The blocks of headings, lead and preceding sentence; all others are the statement's own words."""
_NUMBER = re.compile(r"\d+")
_PLACE = re.compile(
    rf"\b([Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Qq]uận|[Tt]hị xã|"
    rf"[Tt]ỉnh)\s+{CAPITALISED}(?:\s{CAPITALISED}){{0,3}}(?:\s\d{{1,2}}\b(?!\s*%))?"
)
_CONTRAST = re.compile(
    r"\b(?:tuy nhiên|tuy vậy|nhưng|song(?! song)|tuy vẫn|trong khi|mặc dù|dù|chỉ có điều|có điều|"
    r"vậy mà|thế nhưng|riêng|bên cạnh đó|ngược lại)\b",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"\w+|%")
_VISIBLE = re.compile(r"\w|%")


@dataclass(frozen=True, slots=True)
class Input:
    """What is classified: the statement and the words around it that are evidence.

    ``titles`` are the headings above, outermost first, ``lead`` the item's opening label, ``before``
    the preceding sentence of the same paragraph. ``named`` says that a commune or district is named for it;
    the labels' features leave it out.
    """

    text: str
    titles: tuple[str, ...] = ()
    lead: str = ""
    before: str = ""
    named: bool = False


@lru_cache(maxsize=4096)
def mask(text: str) -> str:
    """``text`` with numbers as ``0`` and named places as their kind: ``"xã _ (0,0%)"``.

    "hoá" counts as "hóa", as the gold mostly writes it.
    """
    return one_tone_place(_NUMBER.sub("0", _PLACE.sub(lambda found: f"{found.group(1)} _", text)))


def featurise(one: Input) -> str:
    """The features of one statement, divided by :data:`SEPARATOR`."""
    return SEPARATOR.join(features_of(one))


def is_own(feature: str) -> bool:
    """Whether the feature comes from the statement's own words, not from what stands around it."""
    return feature.partition(":")[0] not in CONTEXT


def is_topic(feature: str) -> bool:
    """Whether the feature may say what a statement is about: its form only says how it is said."""
    return feature.partition(":")[0] not in BLOCKS


def features_of(one: Input) -> list[str]:
    """The features of one statement; a feature stands as often as it occurs."""
    text = mask(one.text)
    syllables = [word for word in _SYLLABLE.findall(text.lower()) if word != "_"]
    words = _words(text)
    found = _grams("w", [word for word in words if word[0].isalnum() or _VISIBLE.search(word)], 2)
    found += form_of(words)
    found += _grams("s", syllables, 3)
    found += [f"f:{' '.join(syllables[:n])}" for n in (1, 2) if len(syllables) >= n]
    found += [f"l:{' '.join(syllables[-n:])}" for n in (1, 2) if len(syllables) >= n]
    # Without tone marks: robust to slips of tone ("gốp ý") and to OCR.
    found += _grams("c", fold(SEPARATOR.join(syllables)).split(SEPARATOR) if syllables else [], 2)
    turn = list(_CONTRAST.finditer(text))
    tail = text[turn[-1].end() :] if turn and turn[-1].end() < len(text) - 8 else text
    found += _grams("t", _SYLLABLE.findall(tail.lower()), 2)
    if turn:
        found.append("x:contrast")
    for depth, title in enumerate(reversed(one.titles[-3:])):
        found += _grams(f"h{min(depth, 1)}", _of_context(title), 2)
    found += _grams("a", _of_context(one.lead), 2)
    found += _grams("b", _of_context(one.before), 1)
    found.append(f"n:{min(len(syllables) // 5, 8)}")
    found += [f"r:{figure}" for figure in figures(one.text)]
    return found


def _words(text: str) -> list[str]:
    """underthesea's words and marks, lower case, syllables joined by ``_``."""
    return ["_".join(text[a:b].lower().split()) for a, b in word_spans(text)]


@lru_cache(maxsize=4096)
def _of_context(text: str) -> list[str]:
    """The syllables of a heading, lead or preceding sentence: the same for many statements."""
    return re.findall(r"\w+", mask(text).lower())


def _grams(block: str, items: Sequence[str], longest: int) -> list[str]:
    """The runs of up to ``longest`` items, each named after its block."""
    found = [f"{block}:{item}" for item in items]
    if longest > 1:
        found += [f"{block}:{a} {b}" for a, b in pairwise(items)]
    if longest > 2:
        found += [f"{block}:{a} {b} {c}" for a, b, c in zip(items, items[1:], items[2:], strict=False)]
    return found
