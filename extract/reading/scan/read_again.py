"""Stretches of a line that are read once more by themselves: beside another column, and unsure ones.

Tesseract takes the two columns of a head or a closing for one line. Where their base lines differ it reads
the one along the base line of the other: "ĐOÀN KIỂM TRA 1406" becomes garbage beside the date, and the dots
under "NỘI VỤ" end up below. A stretch cut out reads well. Kept is whichever reading the engine is surer of;
a figure in which the two differ is doubted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from PIL import Image

from extract.reading.base import Layout, OcrEngine, OcrWord, StripReader
from extract.reading.scan.part import around, covers, read_part

_APART = 1.3
"""Heights of a word from which on a gap parts two columns."""
_COLUMN_SURE = 0.9
_OFF_SURE = 0.94
_WORD_SURE = 0.6
"""A stretch with a word less sure than these is read again: beside another column, beside one whose base line
is another, in a line of its own.

Between the first two lay 307 stretches of 60 damaged pages at 150 to 300 dpi; one changed, of the 48 that
stand off the base line.
"""
_OFF = 0.4
"""Heights of a word between two base lines that are not one."""
_MOST = 16
"""So many stretches of a page at most, the least sure first."""
_READS = 0.6
"""Below this mean confidence the page is no text, or one damaged all over."""
_TALLEST = 2.2
"""Heights of a word from which on a stretch is no line of text."""
_TALL = 1.5
_BETTER = 0.01
_SHORTER = 0.6
"""A reading with fewer than this share of the letters, each counted as it is sure, has lost some of them."""
_GARBAGE = 0.4
"""The same for letters however unsure: a heading was read as twice as many signs."""
_DOUBT = 0.75


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words ``start`` to ``stop`` of the page, side by side with no wide gap, and how sure they are."""

    start: int
    stop: int
    sure: float


def read_again(
    image: Image.Image, words: Sequence[OcrWord], engine: OcrEngine, dpi: int, usual: float
) -> list[OcrWord]:
    """The words with those of unsure stretches as a second reading gives them, where it is surer.

    Args:
        image: The grey page.
        words: All words that were recognised on it, line by line.
        engine: Reads the stretches once more; one that cannot leaves the words as they are.
        dpi: What ``image`` is given to the engine as.
        usual: The usual height of a word.
    """
    if not isinstance(engine, StripReader) or _sure(words) < _READS:
        return list(words)
    chosen = sorted(_unsure(words, usual), key=lambda stretch: stretch.sure)[:_MOST]
    result: list[OcrWord] = []
    at = 0
    for stretch in sorted(chosen, key=lambda one: one.start):
        old = list(words[stretch.start : stretch.stop])
        others = [*words[: stretch.start], *words[stretch.stop :]]
        result += [*words[at : stretch.start], *_better(image, old, others, engine, dpi, usual)]
        at = stretch.stop
    return [*result, *words[at:]]


def _unsure(words: Sequence[OcrWord], usual: float) -> Iterator[_Stretch]:
    start = 0
    for stop in range(1, len(words) + 1):
        if stop < len(words) and words[stop].line == words[start].line:
            continue
        stretches = list(_stretches(words, start, stop, usual))
        for stretch in stretches:
            own = words[stretch.start : stretch.stop]
            if len(stretches) == 1:
                least = _WORD_SURE
            else:
                others = [*words[start : stretch.start], *words[stretch.stop : stop]]
                least = _OFF_SURE if abs(_foot(own) - _foot(others)) >= _OFF * usual else _COLUMN_SURE
            _, top, _, bottom = around(own)
            if stretch.sure < least and bottom - top < _TALLEST * usual:
                yield stretch
        start = stop


def _foot(words: Sequence[OcrWord]) -> float:
    """The height at which most of the words end."""
    return median(word.bottom for word in words)


def _stretches(words: Sequence[OcrWord], start: int, stop: int, usual: float) -> Iterator[_Stretch]:
    first, right = start, words[start].right
    for at in range(start + 1, stop + 1):
        if at < stop and words[at].left - right <= _APART * usual:
            right = max(right, words[at].right)
            continue
        telling = [word.confidence for word in words[first:at] if _tells(word)]
        if telling:
            yield _Stretch(first, at, min(telling))
        if at < stop:
            first, right = at, words[at].right


def _better(
    image: Image.Image,
    old: list[OcrWord],
    others: Sequence[OcrWord],
    engine: StripReader,
    dpi: int,
    usual: float,
) -> list[OcrWord]:
    frame = around(old)
    # read along the wrong base line its box takes in a drawn rule, or pieces of the next line
    layout: Layout = "block" if frame[3] - frame[1] > _TALL * usual else "line"
    new = read_part(image, frame, engine, dpi, layout, margin=(12, 6))
    # the frame may take in the upper halves of the next line, which read as words of their own
    if new:
        _, top, _, bottom = around(new)
        near = [other for other in others if other.bottom > top and other.top < bottom]
        new = [word for word in new if not any(covers(other, word) for other in near)]
    if _lost(new, old) or _sure(new) < _sure(old) + _BETTER:
        return old
    figures = {word.text for word in old if _has_figure(word)}
    return [
        replace(
            word,
            line=old[0].line,
            confidence=min(word.confidence, _DOUBT)
            if _has_figure(word) and word.text not in figures
            else word.confidence,
        )
        for word in new
    ]


def _sure(words: Sequence[OcrWord]) -> float:
    telling = [word.confidence for word in words if _tells(word)]
    return fmean(telling) if telling else 0.0


def _lost(new: Sequence[OcrWord], old: Sequence[OcrWord]) -> bool:
    """Whether the new reading has lost letters of the old one; unsure ones count less: they may be none."""
    if _letters(new) < _GARBAGE * _letters(old):
        return True
    return _sure_letters(new) < _SHORTER * _sure_letters(old)


def _letters(words: Sequence[OcrWord]) -> int:
    return sum(len(word.text) for word in words if _tells(word))


def _sure_letters(words: Sequence[OcrWord]) -> float:
    return sum(len(word.text) * word.confidence for word in words if _tells(word))


def _tells(word: OcrWord) -> bool:
    return any(letter.isalnum() for letter in word.text)


def _has_figure(word: OcrWord) -> bool:
    return any(letter.isdigit() for letter in word.text)
