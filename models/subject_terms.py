"""The terms by which two statements are compared: words and pairs of syllables, abbreviations written out.

What a commune is called and how many cases there were says nothing about what a statement is about: names of
places and numbers are masked (:func:`models.features.mask`), and documents cited by number are left out: that
two statements point to an earlier report does not make them one.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from extract.citations import find_citations
from models.features import mask
from models.tokens import word_spans

_FILE = Path(__file__).with_name("abbreviations.toml")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[,;:.!?…()\[\]\d_]+")
_NUMBERED = re.compile(r"\d\s*[/-]\s*[^\W_]|\bsố\s+\d")
"""Without this no document is cited by its number; asked first, as most statements cite none."""


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    with _FILE.open("rb") as file:
        known: dict[str, str] = tomllib.load(file)["abbreviations"]
    longest_first = sorted(known, key=len, reverse=True)
    pattern = "|".join(re.escape(short).replace(r"\ ", r"\s+") for short in longest_first)
    return re.compile(rf"(?<![\w&])(?:{pattern})(?![\w&])"), {
        " ".join(k.split()): v for k, v in known.items()
    }


def expand(text: str) -> str:
    """``text`` with the known abbreviations written out: ``"bộ TTHC"`` gives ``"bộ thủ tục hành chính"``."""
    pattern, known = _abbreviations()
    return pattern.sub(lambda found: known[" ".join(found.group().split())], text)


def without_citations(text: str) -> str:
    """``text`` without the documents it cites; what a cited document is about stays.

    ``"… như đã nêu tại Báo cáo số 12/BC-UBND ngày 03/4/2020 của UBND huyện"`` gives ``"… như đã nêu tại "``.
    """
    if not _NUMBERED.search(text):
        return text
    kept, at = [], 0
    for cited in find_citations(text):
        start, end = cited.extent
        if start < at:
            continue
        kept += [text[at:start], cited.subject or ""]
        at = end
    return "".join((*kept, text[at:]))


def words_of(text: str) -> list[str]:
    """underthesea's words in lower case, syllables joined by ``_``.

    Numbers, places, signs and cited documents are left out.
    """
    return [word.lower() for clause in clauses_of(text) for word in clause]


def clauses_of(text: str) -> list[list[str]]:
    """The words of ``words_of`` as printed, apart where a comma, bracket, number or place stands between."""
    text = mask(expand(without_citations(text)))
    clauses: list[list[str]] = [[]]
    for word in (text[a:b] for a, b in word_spans(text)):
        if _BREAK.fullmatch(word):
            clauses.append([])
        elif _SYLLABLE.search(word):
            clauses[-1].append("_".join(word.split()))
    return [clause for clause in clauses if clause]


def terms_of(words: list[str]) -> list[str]:
    """The terms of a statement, each once, sorted: ``w:`` words, ``s:`` pairs of neighbouring syllables."""
    syllables = [syllable for word in words for syllable in word.split("_") if syllable]
    found = {f"w:{word}" for word in words} | {f"s:{a} {b}" for a, b in pairwise(syllables)}
    return sorted(found)
