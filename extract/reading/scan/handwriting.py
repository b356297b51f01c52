"""Whether number and day in a scan's head are printed, by the ink of the printed words in their row.

A clerk fills them in: "Số:  415  /BC-UBND", "ngày  31  tháng 8 năm 2021". Digits count as printed only where
their height, foot, width, stroke, shade and spacing are those of the letters of the same row; a single doubt
is enough to call them hand-written, because a misread hand-written number looks as sure as a printed one.

All lengths are in heights of a capital letter of the row. Digits of book faces are as high as capitals and
all equally wide (Times 0.74, Arial 0.78 of that height).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.reading.base import OcrWord
from extract.reading.scan.glyphs import Glyph, Rect, around, chroma_of, glyphs_in, paper_shade
from extract.vietnamese import UPPER, fold

_SO = re.compile(r"^s[o06](?![a-z])\s*[:.;,]?")
_SYMBOL = re.compile(rf"[/|]|[{UPPER}]{{2,}}\s*[-–]|^[-–]\s*[{UPPER}]")
_DIGITS = re.compile(r"\d+")
_HEIGHT = 0.13
"""How far a digit's height may differ from a capital's."""
_FOOT = 0.13
"""How far a digit's foot may stand off the row's."""
_STROKE = (0.62, 1.6)
"""How thin or thick a digit's stroke may be beside the row's."""
_SHADE = 0.22
"""How far the ink's shade may differ, as a share of the contrast with the paper."""
_CHROMA = 34.0
"""How much more coloured than the row's ink a digit may be (0 to 255)."""
_LEAD = 1.3
"""Room between "Số:" or "ngày" and the first digit."""
_TRAIL = 0.85
"""Room behind the last digit."""
_PITCH = (0.55, 0.92)
"""Width that a printed digit takes, with its share of the gap."""


@dataclass(slots=True)
class Hand:
    """Places of hand-written words among the words, and boxes of ink that gave no word, in pixels."""

    words: set[int] = field(default_factory=set)
    ink: list[Rect] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of one row from left to right, with their places in the page's list."""

    places: list[int]
    words: list[OcrWord]


def written_by_hand(grey: Image.Image, colour: NDArray[np.uint8] | None, words: Sequence[OcrWord]) -> Hand:
    """The number's and the day's digits that are not surely printed, on the whole page.

    Args:
        grey: The page at about 300 dpi.
        colour: The same page in colours at a third of the size, ``None`` for grey scans.
        words: Its recognised words, in pixels of ``grey``.
    """
    found = Hand()
    for row in _rows(words):
        for at, word in enumerate(row.words):
            if _is_so(word.text) and _opens(row, at):
                _number(grey, colour, row, at, found)
        _date(grey, colour, row, found)
    return found


def _rows(words: Sequence[OcrWord]) -> list[_Row]:
    """Words side by side; only rows that may hold a number or a date line."""
    wanted = [
        at
        for at, word in enumerate(words)
        if fold(word.text).startswith(("ngay", "thang"))
        or (word.text[:1] == "S" and _SO.match(fold(word.text)))
    ]
    rows: list[_Row] = []
    seen: set[int] = set()
    for at in wanted:
        if at in seen:
            continue
        anchor = words[at]
        middle, height = (anchor.top + anchor.bottom) / 2, anchor.bottom - anchor.top
        places = [
            place
            for place, word in enumerate(words)
            if word.top < middle < word.bottom or abs((word.top + word.bottom) / 2 - middle) < 0.6 * height
        ]
        places.sort(key=lambda place: words[place].left)
        seen.update(place for place in places if place in wanted)
        rows.append(_Row(places, [words[place] for place in places]))
    return rows


def _is_so(text: str) -> bool:
    """Whether the word is "Số:" as engines read it; "Sở" is an office."""
    if not _SO.match(fold(text)) or re.match(r"[sS][ơờớởỡợƠỜỚỞỠỢ]", text):
        return False
    return text[:1] == "S" or ":" in text


def _opens(row: _Row, at: int) -> bool:
    """Whether the word begins its stretch of the row, as "Số:" does and "Quyết định số" does not."""
    if at == 0:
        return True
    before, word = row.words[at - 1], row.words[at]
    return word.left - before.right > 1.2 * (word.bottom - word.top) or not before.text[-1:].isalpha()


def _number(grey: Image.Image, colour: NDArray[np.uint8] | None, row: _Row, at: int, found: Hand) -> None:
    start = row.words[at]
    usual = start.bottom - start.top
    stretch = [at]
    for place in range(at + 1, len(row.words)):
        if row.words[place].left - row.words[stretch[-1]].right > 4.5 * usual:
            break
        stretch.append(place)
    symbol = next((p for p in stretch if _SYMBOL.search(_behind_so(row.words[p].text, p == at))), None)
    if symbol is None:
        # nothing printed to compare with
        found.words.update(row.places[p] for p in stretch[:4] if _DIGITS.search(row.words[p].text))
        return
    word = row.words[symbol]
    behind = _behind_so(word.text, symbol == at)
    offset = len(word.text) - len(behind)
    mark = _SYMBOL.search(behind)
    assert mark is not None
    cut = offset + mark.start()
    letters = glyphs_in(grey, _grown(word, usual))
    slash = _edge(word, letters, cut)
    left = start.right if symbol != at else _edge(word, letters, offset)
    capitals = [glyph for glyph in letters if glyph.left >= slash + 0.1 * usual]
    area = (
        left,
        min(start.top, word.top) - 0.35 * usual,
        slash,
        max(start.bottom, word.bottom) + 0.35 * usual,
    )
    between = [p for p in stretch if at < p < symbol]
    said = "".join(row.words[p].text for p in between) + word.text[offset:cut]
    count = sum(letter.isdigit() for letter in said)
    # a mark cut by the area's edge has another shape: look further, then leave out the slash itself
    wide = (area[0], area[1], slash + 0.5 * usual, area[3])
    inked = [g for g in glyphs_in(grey, wide) if _is_ink(g, capitals) and (g.left + g.right) / 2 < slash]
    if not inked:
        _faded(colour, area, found)
        return
    if (
        count
        and said.strip(" .:").isdigit()
        and _is_print(grey, colour, inked, capitals, area, count, trail=_TRAIL)
    ):
        return
    touched = [p for p in between if row.words[p].right > left]
    touched += [symbol] if word.text[offset:cut].strip() else []
    found.words.update(row.places[p] for p in touched)
    found.ink.append(around(inked))


def _behind_so(text: str, opens: bool) -> str:
    """The text of the number line's word behind its own "Số:"."""
    if not opens:
        return text
    found = _SO.match(fold(text))
    return text[found.end() :] if found else text


def _date(grey: Image.Image, colour: NDArray[np.uint8] | None, row: _Row, found: Hand) -> None:
    plain = [fold(word.text).strip(" ,.;:") for word in row.words]
    for at, text in enumerate(plain):
        if text not in ("ngay", "ngày"):
            continue
        month = next((p for p in range(at + 1, min(at + 5, len(plain))) if plain[p].startswith("than")), None)
        if month is None:
            continue
        year = next(
            (p for p in range(month + 1, min(month + 5, len(plain))) if plain[p] in ("nam", "nãm")), None
        )
        if year is None or not re.fullmatch(
            r"\d{4}\D?", row.words[year + 1].text if year + 1 < len(plain) else ""
        ):
            # without a printed year there is nothing to compare with
            stop = year if year is not None else month + 2
            digits = [p for p in range(at + 1, min(stop, len(plain))) if _DIGITS.search(row.words[p].text)]
            if _line_is_date(row, at):
                found.words.update(row.places[p] for p in digits)
            continue
        if not _line_is_date(row, at):
            continue
        word = row.words[year + 1]
        figures = [g for g in glyphs_in(grey, _grown(word, word.bottom - word.top)) if _is_figure(g, word)][
            :4
        ]
        if len(figures) < 3:
            found.words.update(
                row.places[p] for p in range(at + 1, year) if _DIGITS.search(row.words[p].text)
            )
            continue
        for first, last in ((at, month), (month, year)):
            _slot(grey, colour, row, first, last, figures, found)


def _line_is_date(row: _Row, at: int) -> bool:
    """Whether "ngày" stands in a date line: behind a place and a comma, or at the front of its stretch."""
    before = row.words[at - 1].text if at else ""
    return _opens(row, at) or before.endswith((",", ".", ";")) or before[:1].isupper()


def _slot(
    grey: Image.Image,
    colour: NDArray[np.uint8] | None,
    row: _Row,
    first: int,
    last: int,
    figures: list[Glyph],
    found: Hand,
) -> None:
    """The digits between two printed words of the date line."""
    a, b = row.words[first], row.words[last]
    tall = median(glyph.height for glyph in figures)
    area = (a.right, min(a.top, b.top) - 0.3 * tall, b.left, max(a.bottom, b.bottom) + 0.3 * tall)
    between = list(range(first + 1, last))
    said = "".join(row.words[p].text for p in between)
    inked = [glyph for glyph in glyphs_in(grey, area) if _is_ink(glyph, figures)]
    if not inked:
        _faded(colour, area, found)
        return
    if said.isdigit() and _is_print(grey, colour, inked, figures, area, len(said), trail=_LEAD):
        return
    found.words.update(row.places[p] for p in between)
    found.ink.append(around(inked))


def _faded(colour: NDArray[np.uint8] | None, area: Rect, found: Hand) -> None:
    """Note a pen's blue that was taken out of the grey picture together with the ink of stamps."""
    if colour is None:
        return
    x0, y0, x1, y1 = (max(int(edge / 3), 0) for edge in area)
    cut = colour[y0 : y1 + 1, x0 : x1 + 1].astype(np.int16)
    if cut.size and int((cut[..., 2] - cut[..., :2].min(axis=2) > _CHROMA).sum()) > 8:
        found.ink.append(area)


def _is_print(
    grey: Image.Image,
    colour: NDArray[np.uint8] | None,
    inked: list[Glyph],
    printed: list[Glyph],
    area: Rect,
    count: int,
    *,
    trail: float,
) -> bool:
    """Whether the ink in ``area`` is ``count`` digits of the row's own print."""
    full = _capitals(printed)
    if not full:
        return False
    tall, foot = median(g.height for g in full), median(g.bottom for g in full)
    stroke, shade = median(g.stroke for g in full), median(g.shade for g in full)
    digits = sorted((g for g in inked if g.height > 0.3 * tall), key=lambda g: g.left)
    if not digits or len(digits) > count:
        return False
    if any(abs(g.height / tall - 1) > _HEIGHT or abs(g.bottom - foot) > _FOOT * tall for g in digits):
        return False
    wide = digits[-1].right - digits[0].left
    if not _PITCH[0] * tall * (count - 0.45) <= wide <= _PITCH[1] * tall * count:
        return False
    if digits[0].left - area[0] > _LEAD * tall or area[2] - digits[-1].right > trail * tall:
        return False
    if any(not _STROKE[0] <= g.stroke / stroke <= _STROKE[1] for g in digits):
        return False
    contrast = max(paper_shade(grey, area) - shade, 1.0)
    if any(abs(g.shade - shade) > _SHADE * contrast for g in digits):
        return False
    return colour is None or chroma_of(colour, digits) - chroma_of(colour, full) <= _CHROMA


def _capitals(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs of capital height: dashes, dots, accents and ascending slips left out."""
    tallest = sorted((g.height for g in glyphs), reverse=True)
    if not tallest:
        return []
    usual = median(tallest[: max(1, (2 * len(tallest) + 2) // 3)])
    return [g for g in glyphs if 0.85 * usual <= g.height <= 1.15 * usual]


def _is_figure(glyph: Glyph, word: OcrWord) -> bool:
    return glyph.height > 0.45 * (word.bottom - word.top)


def _is_ink(glyph: Glyph, printed: list[Glyph]) -> bool:
    """Whether a mark in the gap is more than dust or the dot of a dotted line."""
    full = _capitals(printed)
    if not full:
        return True
    tall = median(g.height for g in full)
    return max(glyph.height, glyph.right - glyph.left) > 0.3 * tall


def _edge(word: OcrWord, glyphs: list[Glyph], cut: int) -> float:
    """Where letter ``cut`` of the word begins: by its glyphs if they tell letters apart, else by share."""
    if cut <= 0:
        return word.left
    own = [g for g in glyphs if g.right > word.left and g.left < word.right]
    tallest = max((g.height for g in own), default=0.0)
    own = [g for g in own if g.height > 0.5 * tallest]
    full = [at for at, letter in enumerate(word.text) if letter.isalnum() or letter in "/|"]
    if cut in full and (ahead := full.index(cut)) < len(own):
        digits = own[:ahead]
        if len(own) == len(full) or all(0.15 < (g.right - g.left) / tallest < 0.9 for g in digits):
            return own[ahead].left
    return word.left + (word.right - word.left) * cut / max(len(word.text), 1)


def _grown(word: OcrWord, usual: float) -> Rect:
    return (word.left - 1, word.top - 0.1 * usual, word.right + 1, word.bottom + 0.1 * usual)
