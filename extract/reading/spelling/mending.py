"""Slips of the OCR in single marks are mended where the neighbours leave one reading: "kiếm tra", "kiểm tra".

Tesseract reads the hook over ê, ô, â as an acute and is sure of it: on blurred, faint and small scans that
is four in five of its errors, at 0.9 and more, so that confidence says nothing about them. The neighbours
do. A word is mended only where

* it is written in letters (never a figure; of symbols only "NĐĐ" for "NĐ"), and no name: a name is mended
  only after the same name elsewhere in the document;
* its own reading stands beside neither neighbour, in the lexicon as in the list of words;
* exactly one reading that differs by one mark does, often enough for how unlikely the slip is. Other slips
  than the usual one, and than those of a tone mark over a hat or a bow ("tôn tại"), are mended only in words
  that are unsure or no syllables.

Without a neighbour that helps, the one thing mended is a syllable that official texts never use for one
that they use all the time ("đế" for "để"). A name with a mark that is often misread stays, but is no
longer sure. ``Word.raw`` keeps what was read.

Measured on 16 pages of generated scans, their six places left out of the lexicon: of 373 words changed on
clean, mixed (150, 200 dpi), blurred and faint pages all were mended rightly, and the errors there fell by a
tenth (clean), a third (mixed), a half (150 dpi, blur, faint). On pages where one letter in four is wrong
two changes in 160 harmed a right word, and some eight hit what was no word at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from extract.pages import Line, Page, Word
from extract.reading.spelling.lexicon import Lexicon, key, lexicon, split_tone, with_tone
from extract.reading.spelling.vietnamese import kind
from extract.vietnamese import fold

MENDED_CONFIDENCE = 0.9
"""At most so sure is a mended word: on the worst pages about nine in ten are right."""
_SURE = 0.9
_OFTEN = 2
"""What the right reading must count where the slip is the usual one, a hook read as an acute, and the right
reading is the commoner syllable of the two."""
DOUBTED_NAME = 0.75
"""At most so sure is a part of a name with a mark that is often misread: nothing else says what it is."""
_DOUBTFUL = re.compile("[ấếốẤẾỐỉĩỈĨ]")
"""The acute that may be a hook ("Chuyến"), and the hook or tilde that may be the dot of an i ("Đỉnh")."""
_DOUBLED = re.compile(r"(?<![^\W\d_])([NQ])[ÑĐ]Đ+(?![^\W\d_])")
"""NĐ and QĐ with their stroke read as a letter more; no symbol of a document has ĐĐ."""
_KNOWN = 0.6
"""Less sure words may be anything: without help from a neighbour they stay."""
_COMMON = 20
"""So often stands a syllable in the lexicon that is put for one which never does, neighbours or not."""
_RARE = 8
"""The same for any other mark."""
_TIMES = 8
"""The right reading counts so many times more than the next."""
_NAMED = 3
"""A name must stand so often elsewhere in the document."""
_CORE = re.compile(r"^(\W*)([^\W\d_]+)(\W*)$")
_STOPS = frozenset('.,;:!?…()[]"“”/')
_ACUTE, _HOOK, _BELOW = "\u0301", "\u0309", "\u0323"
_HATS = frozenset("âêôă")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word's letters with what stands around them."""

    head: str
    core: str
    tail: str

    @property
    def opens(self) -> bool:
        return bool(set(self.head) & _STOPS)

    @property
    def stops(self) -> bool:
        return bool(set(self.tail) & _STOPS)


def mend_words(pages: Sequence[Page], words: Lexicon | None = None) -> None:
    """Mend the recognised words of a document in place."""
    read = [page for page in pages if page.origin in ("ocr", "mixed")]
    if not read:
        return
    known = words or lexicon()
    names = _names(pages)
    for page in read:
        for run in _runs(page.lines):
            _mend_run(run, known, names)


def _runs(lines: Sequence[Line]) -> Iterator[list[tuple[Line, int]]]:
    """Places of words that follow each other: a page's lines, each cell of a table by itself."""
    run: list[tuple[Line, int]] = []
    cell = None
    for line in lines:
        if run and line.cell != cell:
            yield run
            run = []
        cell = line.cell
        run += [(line, at) for at in range(len(line.words))]
    if run:
        yield run


def _mend_run(run: list[tuple[Line, int]], known: Lexicon, names: Counter[str]) -> None:
    tokens = [_token(line.words[at].text) for line, at in run]
    for index, (line, at) in enumerate(run):
        word, token = line.words[at], tokens[index]
        if word.confidence is None or word.hand:
            continue
        symbol = _DOUBLED.sub(r"\1Đ", word.text)
        if symbol != word.text:
            line.words[at] = _changed(word, symbol)
            continue
        if token is None:
            continue
        before = tokens[index - 1] if index and not token.opens else None
        after = tokens[index + 1] if index + 1 < len(run) and not token.stops else None
        before = None if before is None or before.stops else before
        after = None if after is None or after.opens else after
        mended = _mended(token, word.confidence, before, after, known, names)
        if mended is not None:
            tokens[index] = replace(token, core=mended)
            line.words[at] = _changed(word, token.head + mended + token.tail)
        elif _DOUBTFUL.search(token.core) and _may_be_name(token.core, before, after):
            line.words[at] = replace(word, confidence=min(word.confidence, DOUBTED_NAME))


def _changed(word: Word, text: str) -> Word:
    sure = min(word.confidence or 0.0, MENDED_CONFIDENCE)
    return replace(word, text=text, raw=word.raw or word.text, confidence=sure)


def _token(text: str) -> _Token | None:
    found = _CORE.match(text)
    return _Token(*found.groups()) if found and len(found[2]) >= 2 else None


def _mended(
    token: _Token,
    sure: float,
    before: _Token | None,
    after: _Token | None,
    known: Lexicon,
    names: Counter[str],
) -> str | None:
    """The letters as they should be, ``None`` where they may stand."""
    own = key(token.core)
    if own.startswith("ø"):
        own = "g" + own[1:]  # no Vietnamese letter; Tesseract's g
        return _in_case(own, token.core) if own in known.alike.get(fold(own), ()) else None
    slips = _slips(own, known.alike.get(fold(own), ()))
    if not slips:
        return None
    if _may_be_name(token.core, before, after):
        return _mended_name(token, before, after, slips, names)
    if token.core.istitle():
        before = None  # it begins a sentence, or a word that only goes with the next ("Thể thao")
    # the neighbours may have the same slip: "tống thế" is "tổng thể"
    left, right = _readings(before), _readings(after)
    if _support(known, left, own, right):
        return None
    counts = sorted(((_support(known, left, other, right), other) for other in slips), reverse=True)
    count, best = counts[0]
    odd = kind(token.core) == "foreign" or sure < _SURE or _is_mark_on_mark(own, best)
    if not count and sure >= _KNOWN:
        return _common(token.core, own, [other for other, usual in slips.items() if usual], known)
    usual = slips[best] and known.often.get(own, 0) < known.often.get(best, 0)
    if count < (_OFTEN if usual else _RARE) or not (slips[best] or odd):
        return None
    if len(counts) > 1 and counts[1][0] * _TIMES > count:
        return None
    return _in_case(best, token.core)


@lru_cache(maxsize=20_000)
def _slips(own: str, alike: tuple[str, ...]) -> dict[str, bool]:
    """The readings that differ by one mark, and whether the slip would be the usual one."""
    return {other: _is_usual(own, other) for other in alike if _one_mark(own, other)}


def _readings(token: _Token | None) -> list[str]:
    """A neighbour as it was read, and with a hook for its acute."""
    if token is None:
        return [""]
    own = key(token.core)
    return [own, with_tone(own, _HOOK)] if split_tone(own)[1] == _ACUTE else [own]


def _support(known: Lexicon, left: Sequence[str], syllable: str, right: Sequence[str]) -> int:
    return max(known.count(first, syllable) for first in left) + max(
        known.count(syllable, second) for second in right
    )


def _common(core: str, own: str, slips: list[str], known: Lexicon) -> str | None:
    """A syllable that is common where the one that was read is never used ("để" for "đế")."""
    if known.often.get(own, 0) or len(slips) != 1 or known.often.get(slips[0], 0) < _COMMON:
        return None
    return _in_case(slips[0], core)


def _is_usual(own: str, other: str) -> bool:
    """Whether ``own`` is ``other`` with its hook read as an acute."""
    bare, tone = split_tone(own)
    other_bare, other_tone = split_tone(other)
    return bare == other_bare and (tone, other_tone) == (_ACUTE, _HOOK)


def _is_mark_on_mark(own: str, other: str) -> bool:
    """Whether the tone mark over a letter with a hat or a bow was lost or taken for another: "tôn tại"."""
    bare, tone = split_tone(own)
    other_bare, other_tone = split_tone(other)
    return bare == other_bare and bool(set(bare) & _HATS) and _BELOW not in (tone, other_tone)


def _one_mark(own: str, other: str) -> bool:
    """Whether two syllables of the same letters differ in one: in its tone, or in its other mark."""
    if own == other or len(own) != len(other):
        return False
    bare, tone = split_tone(own)
    other_bare, other_tone = split_tone(other)
    marks = sum(a != b for a, b in zip(bare, other_bare, strict=True))
    return marks + (tone != other_tone) == 1


def _may_be_name(core: str, before: _Token | None, after: _Token | None) -> bool:
    """Whether a word may be part of a proper name: a capital with one beside it, or within a sentence."""
    if not core[0].isupper() or core.isupper():
        return False
    if after is None or not after.core.islower():
        return True
    return before is not None and before.core[0].isupper()


def _mended_name(
    token: _Token, before: _Token | None, after: _Token | None, slips: dict[str, bool], names: Counter[str]
) -> str | None:
    """A name as the document spells it everywhere else."""
    pairs = [(before, token)] if before and before.core[0].isupper() else []
    pairs += [(token, after)] if after and after.core[0].isupper() else []
    for first, second in pairs:
        own = names[f"{key(first.core)} {key(second.core)}"]
        if own > 1:
            return None
        spelt = {
            other
            for other, usual in slips.items()
            if usual
            and names[f"{other} {key(second.core)}" if first is token else f"{key(first.core)} {other}"]
            >= _NAMED
        }
        if len(spelt) == 1:
            return _in_case(spelt.pop(), token.core)
    return None


def _names(pages: Sequence[Page]) -> Counter[str]:
    """How often two words with capitals stand together in the document."""
    found: Counter[str] = Counter()
    for page in pages:
        for line in page.lines:
            tokens = [_token(word.text) for word in line.words]
            for first, second in pairwise(tokens):
                if (
                    first
                    and second
                    and not first.stops
                    and first.core[0].isupper()
                    and second.core[0].isupper()
                ):
                    found[f"{key(first.core)} {key(second.core)}"] += 1
    return found


def _in_case(syllable: str, like: str) -> str:
    if like.isupper():
        return syllable.upper()
    return syllable.capitalize() if like[0].isupper() else syllable
