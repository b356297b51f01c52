"""A statement as the classifiers see it: named features, one string a statement.

Every feature is ``block:value``, divided by tabs, so that scikit-learn's own vectorizer can count
them and an artefact needs no code. Numbers and place names are masked: what a commune is called
must not decide what it is blamed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.vietnamese import CAPITALISED, fold
from models.tokens import word_spans

SEPARATOR = "\t"
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
_VISIBLE = re.compile(r"\w|%")
_PUNCTUATION = re.compile(r"[\"“”'‘’()\[\]]")


@dataclass(frozen=True, slots=True)
class Input:
    """What is classified: the statement and the words around it that are evidence.

    ``titles`` are the headings above, outermost first, ``lead`` the item's opening label, ``before``
    the preceding sentence of the same paragraph.
    """

    text: str
    titles: tuple[str, ...] = ()
    lead: str = ""
    before: str = ""


def mask(text: str) -> str:
    """``text`` with numbers as ``0`` and named places as their kind: ``"xã _ (0,0%)"``."""
    return _NUMBER.sub("0", _PLACE.sub(lambda found: f"{found.group(1)} _", text))


def featurise(one: Input) -> str:
    """The features of one statement, divided by :data:`SEPARATOR`."""
    return SEPARATOR.join(features_of(one))


def features_of(one: Input) -> Iterator[str]:
    """The features of one statement, one by one."""
    text = mask(one.text)
    words = _words(text)
    syllables = [s for s in (w.lower() for w in re.findall(r"\w+|%", text)) if s != "_"]
    yield from _grams("w", words, 2)
    yield from _grams("s", syllables, 3)
    yield from (f"f:{' '.join(syllables[:n])}" for n in (1, 2) if len(syllables) >= n)
    yield from (f"l:{' '.join(syllables[-n:])}" for n in (1, 2) if len(syllables) >= n)
    yield from (f"c:{gram}" for gram in _characters(syllables))
    turn = list(_CONTRAST.finditer(text))
    tail = text[turn[-1].end() :] if turn and turn[-1].end() < len(text) - 8 else text
    yield from _grams("t", re.findall(r"\w+|%", tail.lower()), 2)
    if turn:
        yield "x:contrast"
    for depth, title in enumerate(reversed(one.titles[-3:])):
        yield from _grams(f"h{min(depth, 1)}", re.findall(r"\w+", mask(title).lower()), 2)
    yield from _grams("a", re.findall(r"\w+", mask(one.lead).lower()), 2)
    yield from _grams("b", re.findall(r"\w+", mask(one.before).lower()), 1)
    yield f"n:{min(len(syllables) // 5, 8)}"


def _words(text: str) -> list[str]:
    """underthesea's words, lower case, syllables joined by ``_``."""
    words = (text[a:b] for a, b in word_spans(text))
    return [re.sub(r"\s+", "_", word.lower()) for word in words if _VISIBLE.search(word)]


def _grams(block: str, items: Sequence[str], longest: int) -> Iterable[str]:
    for size in range(1, longest + 1):
        for at in range(len(items) - size + 1):
            yield f"{block}:{' '.join(items[at : at + size])}"


def _characters(syllables: Sequence[str]) -> Iterable[str]:
    """Syllables without tone marks: robust to slips of tone ("gốp ý") and to OCR."""
    folded = [fold(syllable) for syllable in syllables]
    for size in (1, 2):
        for at in range(len(folded) - size + 1):
            yield " ".join(folded[at : at + size])
