"""The signer's name, looked at a second time: without the pen's ink over it, and whether it reads the same.

A signature runs through the name that stands below it, and a recogniser of whole pages gives garbage there
or nothing. The title says where to look: the name is centred under it. What is read at the second look has
to look like a name, or the first reading stays.

All measures are pixels at about 300 dpi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from extract.official import office_in
from extract.reading.base import OcrEngine, OcrWord, StripReader
from extract.reading.scan.picture import Prepared, without_pen
from extract.reading.spelling.vietnamese import kind
from extract.vietnamese import is_upper

_MM = 300 / 25.4
_WIDE = 38 * _MM
"""Half the width of a signature's column."""
_DEEP = 52 * _MM
"""How far below the title the name may stand."""
_OFF = 2.6 * _MM
"""How far the middle of a name may stand off the title's."""
_BLANK = 1.0
"""Heights of a word from which on a gap parts two rows of different columns."""
_READS = 0.6
_PAPER = 40
_MARGIN = 14
_SCALES = (1.0, 0.8)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)?")
_ONE_WORD = re.compile(r"(?:K|H|Ha|Y)['’ʼ-]\w{3,}")
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Signed:
    """The page's words after the second look, and those of them that it read the same."""

    words: list[OcrWord]
    twice: frozenset[OcrWord] = frozenset()


def look_again(prepared: Prepared, words: Sequence[OcrWord], engine: OcrEngine, dpi: int) -> Signed:
    """The page's words with the signer's name as a second look reads it, where that makes it better.

    Args:
        prepared: The page.
        words: All words that were recognised on it.
        engine: Reads the place of the name once more; one that cannot leaves the words as they are.
        dpi: What pictures are given to the engine as.
    """
    title = _title(words) if isinstance(engine, StripReader) else None
    if title is None or not isinstance(engine, StripReader):
        return Signed(list(words))
    axis, top = (title[0] + title[2]) / 2, title[3]
    region = (axis - _WIDE, top + 0.1 * _MM, axis + _WIDE, top + _DEEP)
    inside = [word for word in words if _is_inside(word, region)]
    name = _best(inside, axis)
    if name is not None:
        box = _around(name)
        again = (_best(found, axis) for found in _readings(prepared, box, engine, dpi, "line"))
        same = any(other is not None and _text(other) == _text(name) for other in again)
        return Signed(list(words), frozenset(name) if same else frozenset())
    found: list[OcrWord] | None = None
    for reading in _readings(prepared, region, engine, dpi, "block"):
        other = _best(reading, axis)
        if other is not None and found is not None and _text(other) == _text(found):
            return Signed([*_without(words, inside, found), *found], frozenset(found))
        found = found or other
    return Signed([*_without(words, inside, found), *found] if found else list(words))


def _title(words: Sequence[OcrWord]) -> Rect | None:
    """The box of the page's last row that names an office in capitals."""
    rows = [row for row in _rows(words) if is_upper(_text(row)) and office_in(_text(row))]
    return _around(max(rows, key=lambda row: row[0].bottom)) if rows else None


def _rows(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """Words side by side with no wide gap between them, each row from left to right."""
    rows: list[list[OcrWord]] = []
    for word in sorted(words, key=lambda one: one.left):
        middle, height = (word.top + word.bottom) / 2, word.bottom - word.top
        for row in rows:
            last = row[-1]
            if last.top < middle < last.bottom and -0.5 * height < word.left - last.right < _BLANK * height:
                row.append(word)
                break
        else:
            rows.append([word])
    return rows


def _best(words: Sequence[OcrWord], axis: float) -> list[OcrWord] | None:
    """The row that is most surely a person's name centred on the axis; ``None`` where none can be one."""
    rows = [row for row in _rows(words) if _is_name(row, axis)]
    return max(rows, key=lambda row: (len(row), sum(word.confidence for word in row)), default=None)


def _is_name(row: Sequence[OcrWord], axis: float) -> bool:
    text = _text(row)
    if len(row) < 2 and not _ONE_WORD.fullmatch(text):
        return False
    if len(row) > 6 or is_upper(text) or abs((row[0].left + row[-1].right) / 2 - axis) > _OFF:
        return False
    return all(
        word.confidence >= _READS
        and _NAME_WORD.fullmatch(word.text)
        and word.text[0].isupper()
        and (not word.text.isalpha() or not word.text[1:] or word.text[1:].islower())
        and (not word.text.isalpha() or kind(word.text.lower()) != "foreign")
        for word in row
    )


def _text(row: Sequence[OcrWord]) -> str:
    return " ".join(word.text for word in row)


def _is_inside(word: OcrWord, rect: Rect) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _around(row: Sequence[OcrWord]) -> Rect:
    return (
        min(word.left for word in row),
        min(word.top for word in row),
        max(word.right for word in row),
        max(word.bottom for word in row),
    )


def _without(
    words: Sequence[OcrWord], inside: Sequence[OcrWord], name: Sequence[OcrWord] | None
) -> list[OcrWord]:
    """The words without those that were read in the row of the name before."""
    if not name:
        return list(words)
    _, top, _, bottom = _around(name)
    old = {id(word) for word in inside if min(word.bottom, bottom) > max(word.top, top)}
    return [word for word in words if id(word) not in old]


def _readings(
    prepared: Prepared, rect: Rect, engine: StripReader, dpi: int, layout: str
) -> Iterator[list[OcrWord]]:
    """What the engine reads in a part of the page: the pen's ink taken out, as it is, and in other sizes."""
    image = prepared.image
    left, top = max(0, int(rect[0]) - _MARGIN), max(0, int(rect[1]) - _MARGIN)
    right, bottom = min(image.width, int(rect[2]) + _MARGIN), min(image.height, int(rect[3]) + _MARGIN)
    if right - left < 2 * _MARGIN or bottom - top < 2 * _MARGIN:
        return
    part = image.crop((left, top, right, bottom))
    colours = prepared.colours(left, top, right, bottom)
    clear = None if colours is None else without_pen(colours, np.asarray(part))
    pictures = [part] if clear is None else [Image.fromarray(clear), part]
    for scale in _SCALES:
        for picture in pictures:
            paper = int(np.percentile(np.asarray(picture), 90))
            framed = ImageOps.expand(picture, _PAPER, paper)
            size = (round(framed.width * scale), round(framed.height * scale))
            framed = framed if scale == 1.0 else framed.resize(size, Image.Resampling.LANCZOS)
            yield [
                OcrWord(
                    word.text.strip("'‘’`´.,|"),
                    word.left / scale + left - _PAPER,
                    word.top / scale + top - _PAPER,
                    word.right / scale + left - _PAPER,
                    word.bottom / scale + top - _PAPER,
                    word.confidence,
                    word.line,
                )
                for word in engine.strip(framed, dpi, "line" if layout == "line" else "block")
                if word.text.strip("'‘’`´.,|")
            ]
