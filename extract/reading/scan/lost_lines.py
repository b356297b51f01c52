"""Lines of a page that gave no words: noticed by the ink they left over, read once more on their own.

Tesseract drops lines without a word about it: a short last line of a paragraph, one beside a stamp, one
that its page layout took for a picture. What is left when the recognised words, drawn lines, large
shapes and dust are taken off the page is looked at for rows of letters: shapes as high as the page's
letters, on a common base line.

All measures are in units of the page's usual word height (``usual``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.reading.base import Layout, OcrEngine, OcrWord, StripReader
from extract.reading.scan.part import Frame, covers, read_part
from extract.reading.scan.picture.pieces import pieces_of
from extract.reading.spelling.vietnamese import kind

_REDUCE = 3
"""The page is looked at in a third of its size: at 100 dpi letters are still apart."""
_USUAL = 40.0  # pixels: the height of a word in 13 pt at 300 dpi, for pages without words
_MOST = 12
"""So many stretches of a page are read again; more means that the page is no text at all."""
_READS = 0.45
"""Below this mean confidence the page lies on its side or is no text, and looking for lines is no use."""
NOISE = 0.4
"""Signs without a letter that the engine is less sure of are noise."""
_WIDE = 1.5
_DOUBT = 0.75
"""A number that was found only at the second look is never surer than this."""

Mask = NDArray[np.uint8]
Shape = tuple[int, int, int, int]
"""The box of a shape in pixels of the small picture."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of letters without words, in pixels of the page; ``level`` is the share on one base line."""

    left: float
    top: float
    right: float
    bottom: float
    letters: int
    level: float


def read_lost_lines(
    image: Image.Image, words: Sequence[OcrWord], engine: OcrEngine, dpi: int
) -> tuple[list[OcrWord], int]:
    """The words with those of lines that were lost, and how many lines are lost for good.

    Args:
        image: The grey page at about 300 dpi.
        words: All words that were recognised on it.
        engine: Reads each stretch that gave no words once more; one that cannot leaves the words as they are.
        dpi: What ``image`` is given to the engine as.
    """
    found = list(words)
    if not isinstance(engine, StripReader):
        return found, 0  # it cannot look at a part
    if words and sum(word.confidence for word in words) < _READS * len(words):
        return found, 0
    usual = usual_height(words)
    words = [word for word in words if not _hides_print(word, usual)]
    strips = lost_strips(image, words, usual)
    lost = 0
    block = max((word.line[0] for word in words), default=0)
    for number, stack in enumerate(_stacks(strips, usual)[:_MOST], start=1):
        new = _read_stack(image, stack, words, engine, dpi, usual)
        found += [replace(word, line=(block + number, *word.line[1:])) for word in new]
        lost += sum(_is_line(strip, usual) and not _is_read(strip, new) for strip in stack)
    return found, lost


def _hides_print(word: OcrWord, usual: float) -> bool:
    """Whether signs that the engine is unsure of stand where letters may: what is read along the base line of
    the other column becomes such ("PHÓ CHỦ" a quotation mark with a dot)."""
    bare = not any(letter.isalnum() for letter in word.text)
    return bare and word.confidence < NOISE and word.right - word.left > _WIDE * usual


def usual_height(words: Sequence[OcrWord]) -> float:
    """The median height of the page's words in pixels."""
    heights = [word.bottom - word.top for word in words if len(word.text) >= 2]
    return median(heights) if len(heights) >= 5 else _USUAL


def lost_strips(image: Image.Image, words: Sequence[OcrWord], usual: float) -> list[Strip]:
    """Rows of letter-like shapes outside all words, from top to bottom."""
    ink, unit = _ink(image, words), usual / _REDUCE
    if unit < 3:
        return []
    rest = _without_words(_without_rules(ink, unit), words, usual)
    letters, dashes = _letters(rest, unit)
    if not letters:
        return []
    rows = [_with_dash(row, dashes, unit) for row in _rows(letters, unit)]
    strips = [_strip(row) for row in rows]
    return [strip for strip in strips if _may_be_read(strip, usual) and not _ends_a_word(strip, words, usual)]


def _ink(image: Image.Image, words: Sequence[OcrWord]) -> Mask:
    """Where the page has strokes: darker than the paper around, as dark as the strokes of its words."""
    grey = np.asarray(image)
    height, width = grey.shape
    size = (max(1, width // _REDUCE), max(1, height // _REDUCE))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    around = cv2.getStructuringElement(cv2.MORPH_RECT, (15, 15))
    depth = cv2.subtract(cv2.morphologyEx(small, cv2.MORPH_CLOSE, around), small)
    peaks = [
        float(np.percentile(part, 85))
        for word in words[:400:5]
        if word.confidence > 0.6
        and (part := depth[slice(*_span(word.top, word.bottom)), slice(*_span(word.left, word.right))]).size
    ]
    usual = median(peaks) if len(peaks) >= 5 else 120.0
    return (depth > max(20.0, 0.45 * usual)).astype(np.uint8)


def _span(low: float, high: float) -> tuple[int, int]:
    return max(0, int(low / _REDUCE)), max(0, int(high / _REDUCE) + 1)


def _without_rules(ink: Mask, unit: float) -> Mask:
    """Without drawn lines: runs far longer than a stroke."""
    run = max(12, round(3.0 * unit))
    rest = ink.copy()
    for shape in ((run, 1), (1, run)):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        rest[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 0
    return rest


def _without_words(ink: Mask, words: Sequence[OcrWord], usual: float) -> Mask:
    rest = ink.copy()
    around = 0.25 * usual
    for word in words:
        if word.bottom - word.top > 2.5 * usual:
            continue  # a "word" over several lines is a frame or a picture, and may hide lost ones
        down = slice(*_span(word.top - around, word.bottom + around))
        across = slice(*_span(word.left - around, word.right + around))
        rest[down, across] = 0
    return rest


def _letters(rest: Mask, unit: float) -> tuple[list[Shape], list[Shape]]:
    """Boxes of shapes that are neither dust nor larger than a word; and of those that may be dashes."""
    _, _, stats, _ = pieces_of(rest)
    height, width = rest.shape
    found: list[Shape] = []
    dashes: list[Shape] = []
    for left, top, wide, high, area in stats[1:]:
        shape = (int(left), int(top), int(left + wide), int(top + high))
        if high < 0.25 * unit and 0.15 * unit <= wide <= 1.2 * unit:
            dashes.append(shape)
        if not 0.25 * unit <= high <= 1.7 * unit or wide > 14 * unit or area < 4:
            continue
        if left <= 1 or top <= 1 or left + wide >= width - 1 or top + high >= height - 1:
            continue  # the border of the sheet
        if wide > 1.5 * unit and area > 0.7 * wide * high:
            continue  # a bar
        found.append(shape)
    return found, dashes


def _with_dash(row: list[Shape], dashes: list[Shape], unit: float) -> list[Shape]:
    """The row with the dash of a list item before it, which stands half as high as its letters."""
    left, top, _, bottom = row[0]
    for dash in dashes:
        if 0 < left - dash[2] <= 1.2 * unit and top < dash[1] and dash[3] < bottom:
            return [(dash[0], top, dash[2], bottom), *row]
    return row


def _rows(letters: list[Shape], unit: float) -> list[list[Shape]]:
    """Letters chained to rows: next to each other, at one height."""
    rows: list[list[Shape]] = []
    for letter in sorted(letters):
        left, top, _, bottom = letter
        best: tuple[float, int] | None = None
        for index, row in enumerate(rows):
            _, last_top, last_right, last_bottom = row[-1]
            gap = left - last_right
            shared = min(bottom, last_bottom) - max(top, last_top)
            lower = min(bottom - top, last_bottom - last_top)
            if gap <= 1.5 * unit and shared >= 0.3 * lower and (best is None or gap < best[0]):
                best = (gap, index)
        if best is None:
            rows.append([letter])
        else:
            rows[best[1]].append(letter)
    return rows


def _strip(row: list[Shape]) -> Strip:
    bottoms = [letter[3] for letter in row]
    heights = [letter[3] - letter[1] for letter in row]
    base, usual = median(bottoms), median(heights)
    level = sum(abs(bottom - base) <= max(1.0, 0.2 * usual) for bottom in bottoms) / len(row)
    return Strip(
        _REDUCE * min(letter[0] for letter in row),
        _REDUCE * min(letter[1] for letter in row),
        _REDUCE * max(letter[2] for letter in row),
        _REDUCE * max(bottoms),
        len(row),
        level,
    )


def _may_be_read(strip: Strip, usual: float) -> bool:
    """Worth a second look: two letters, or one as high as a figure."""
    wide, high = strip.right - strip.left, strip.bottom - strip.top
    if high > 2.0 * usual:
        return False
    return (strip.letters >= 2 and wide >= 0.8 * usual and high >= 0.4 * usual) or (
        strip.letters == 1 and high >= 0.55 * usual and wide >= 0.2 * usual
    )


def _ends_a_word(strip: Strip, words: Sequence[OcrWord], usual: float) -> bool:
    """Whether it is a letter or two of a recognised word: the engine's boxes are often too narrow."""
    if strip.right - strip.left > 1.8 * usual:
        return False
    return any(
        min(strip.bottom, word.bottom) - max(strip.top, word.top) > 0.5 * (strip.bottom - strip.top)
        and max(strip.left - word.right, word.left - strip.right) < 0.45 * usual
        for word in words
    )


def _is_line(strip: Strip, usual: float) -> bool:
    """Certainly printed text, and no scribble: many letters on one base line."""
    wide, high = strip.right - strip.left, strip.bottom - strip.top
    return strip.letters >= 6 and wide >= 5 * usual and high <= 1.6 * usual and strip.level >= 0.6


def _stacks(strips: list[Strip], usual: float) -> list[list[Strip]]:
    """Strips that stand under each other, to be read as one block; the largest first."""
    stacks: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda entry: entry.top):
        for stack in stacks:
            above = stack[-1]
            shared = min(strip.right, above.right) - max(strip.left, above.left)
            shorter = min(strip.right - strip.left, above.right - above.left)
            if strip.top - above.bottom <= 1.2 * usual and shared >= 0.5 * shorter:
                stack.append(strip)
                break
        else:
            stacks.append([strip])
    stacks.sort(key=lambda stack: -sum(strip.right - strip.left for strip in stack))
    return stacks


def _read_stack(
    image: Image.Image,
    stack: list[Strip],
    words: Sequence[OcrWord],
    engine: StripReader,
    dpi: int,
    usual: float,
) -> list[OcrWord]:
    """What a second look at a stretch of the page gives; nothing where it makes no sense."""
    strip = (
        min(strip.left for strip in stack),
        min(strip.top for strip in stack),
        max(strip.right for strip in stack),
        max(strip.bottom for strip in stack),
    )
    tries = [(strip, 1.0), (strip, 0.8)]
    above: list[OcrWord] = []
    if strip[2] - strip[0] < 6 * usual:
        # a few letters alone are often not read at all; the line above shows their size
        above = _line_above(strip, words, usual)
        frame = (
            min([strip[0], *(word.left for word in above)]),
            min([strip[1], *(word.top for word in above)]),
            max([strip[2], *(word.right for word in above)]),
            strip[3],
        )
        tries = [(frame, 1.0), (frame, 0.8), *tries]
    for box, scale in tries:
        rows: dict[tuple[int, int, int], list[OcrWord]] = {}
        layout: Layout = "block" if box[3] - box[1] > 1.8 * usual else "line"
        for word in read_part(image, box, engine, dpi, layout, scale=scale):
            if not any(covers(other, word) for other in words):
                rows.setdefault(word.line, []).append(word)
        found = [_doubted(word) for row in rows.values() if _makes_sense(row) for word in row]
        if found:
            return [_cased(word, above) for word in found]
    return []


def _line_above(strip: Frame, words: Sequence[OcrWord], usual: float) -> list[OcrWord]:
    left, top, right, bottom = strip
    return [
        word
        for word in words
        if word.left < right + 8 * usual
        and word.right > left - 2 * usual
        and 0 < (top + bottom) / 2 - (word.top + word.bottom) / 2 < 2.2 * usual
        and word.bottom - word.top < 2 * usual
    ]


def _cased(word: OcrWord, above: Sequence[OcrWord]) -> OcrWord:
    """A syllable in capitals that ends a paragraph in small letters: alone, "vị" looks like "VỊ"."""
    small = sum(other.text.islower() for other in above)
    if word.text.isupper() and 2 * small > len(above) and kind(_letters_of(word.text.lower())) == "marked":
        return replace(word, text=word.text.lower())
    return word


def _makes_sense(row: Sequence[OcrWord]) -> bool:
    """Whether a row is text and no reading of a scribble."""
    telling = [word for word in row if any(letter.isalnum() for letter in word.text)]
    if not telling:
        return False
    sure = sum(word.confidence for word in telling) / len(telling)
    letters = sum(len(word.text) for word in telling)
    odd = sum(kind(spelt) == "foreign" for word in telling if (spelt := _letters_of(word.text)))
    return sure >= (0.55 if letters >= 8 else 0.7 if letters >= 3 else 0.85) and 2 * odd <= len(telling)


def _letters_of(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _doubted(word: OcrWord) -> OcrWord:
    if any(letter.isdigit() for letter in word.text):
        return replace(word, confidence=min(word.confidence, _DOUBT))
    return word


def _is_read(strip: Strip, words: Iterable[OcrWord]) -> bool:
    covered = sum(
        max(0.0, min(word.right, strip.right) - max(word.left, strip.left))
        for word in words
        if min(word.bottom, strip.bottom) > max(word.top, strip.top)
    )
    return covered >= 0.4 * (strip.right - strip.left)
