"""Recognised words become an invisible text layer: each word at its place, lines in our order."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from extract.pages import Line, Word, Zone
from extract.reading.scan.ocr import turn_box
from pipelines.searchable.font import LayerFont
from pipelines.searchable.resources import with_drawn

_LEVEL = 0.005
"""Slopes below this (0.3 degrees) are laid level."""
_LOOSE = 0.07
"""Letters set wider or closer than this part of their size are read as words of their own."""
_STEEP = math.tan(math.radians(15))
_SEARCHED = frozenset(["incoming_stamp", "copy_stamp", "digital_signature", "page_number", "running_line"])
"""Zones whose text is printed and worth finding; seals, handwriting and watermarks read as noise."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word on the page as it is shown upright, in points, origin top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side on one straight line.

    ``slope`` is how far the line falls per point to the right; ``top`` and ``bottom`` are its edges at
    ``x = 0``.
    """

    words: tuple[Place, ...]
    slope: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """The text of one page: its runs, and the page's size in points when it stands upright."""

    runs: tuple[Run, ...]
    width: float
    height: float


def leaf_of(lines: Iterable[Line], zones: Iterable[Zone], size: tuple[float, float], turns: int) -> Leaf:
    """Place the words of a page that is ``size`` points large and stands upright after ``turns`` quarters.

    Boxes of ``lines`` and ``zones`` are fractions of the page before it is turned.
    """
    width, height = size if turns % 2 == 0 else (size[1], size[0])
    rows = [_places(line.words, width, height, turns) for line in lines]
    rows += [row for zone in zones for row in _zone_rows(zone, width, height, turns)]
    pieces = [piece for row in rows for piece in _pieces(row)]
    slopes = [slope for piece in pieces if (slope := _slope(piece)) is not None]
    usual = median(slopes) if slopes else 0.0
    return Leaf(tuple(_run(piece, usual) for piece in pieces), width, height)


def _places(words: Iterable[Word], width: float, height: float, turns: int) -> list[Place]:
    found = []
    for word in words:
        if word.box is None:
            continue
        left, top, right, bottom = turn_box(word.box, turns)
        if right > left and bottom > top:
            found.append(Place(word.text, left * width, top * height, right * width, bottom * height))
    return found


def _zone_rows(zone: Zone, width: float, height: float, turns: int) -> list[list[Place]]:
    """The lines of a printed zone, spread over its box: where its words stand exactly is not known."""
    if zone.kind not in _SEARCHED or zone.box is None or not zone.text.strip():
        return []
    left, top, right, bottom = turn_box(zone.box, turns)
    lines = [line.split() for line in zone.text.splitlines() if line.strip()]
    step = (bottom - top) / len(lines)
    rows = []
    for number, words in enumerate(lines):
        letter = (right - left) / (sum(map(len, words)) + len(words) - 1)
        at, row = left, []
        for word in words:
            end = at + letter * len(word)
            box = (at, top + number * step, end, top + (number + 1) * step)
            row.append(Word(word, box=box))
            at = end + letter
        rows.append(_places(row, width, height, 0))
    return rows


def _pieces(row: Sequence[Place]) -> list[list[Place]]:
    """The row cut where its words do not go on to the right of each other on one line."""
    pieces: list[list[Place]] = []
    for word in row:
        last = pieces[-1][-1] if pieces else None
        if last is None or word.left <= last.left or _jumps(last, word):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _jumps(last: Place, word: Place) -> bool:
    (x0, y0), (x1, y1) = last.middle, word.middle
    tall = max(last.bottom - last.top, word.bottom - word.top)
    return abs(y1 - y0) > 0.6 * tall + _STEEP * (x1 - x0)


def _slope(words: Sequence[Place]) -> float | None:
    """The slope of the line through the words' middles, ``None`` where the line is too short to tell."""
    if len(words) < 4:
        return None
    points = [word.middle for word in words]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    tall = median(word.bottom - word.top for word in words)
    if words[-1].right - words[0].left < 10 * tall or spread <= 0:
        return None
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def _run(words: Sequence[Place], usual: float) -> Run:
    slope = _slope(words) if len(words) >= 6 else None
    slope = usual if slope is None else slope
    slope = 0.0 if abs(slope) < _LEVEL else slope
    tops = [word.top - slope * word.middle[0] for word in words]
    bottoms = [word.bottom - slope * word.middle[0] for word in words]
    return Run(tuple(words), slope, min(tops), max(bottoms))


# --- into a PDF -------------------------------------------------------------------


def content(leaf: Leaf, font: LayerFont) -> bytes:
    """The drawing operators of the text, invisible, origin bottom left."""
    shown = []
    for run, after in zip_longest(leaf.runs, leaf.runs[1:]):
        strokes = [part for words in _strokes(run, after) for part in _even(words, run, font)]
        for number, words in enumerate(strokes):
            ahead = strokes[number + 1][0].left if number + 1 < len(strokes) else None
            shown.append(_shown(run, words, ahead, leaf.height, font))
    return b"\n".join(shown)


def _strokes(run: Run, after: Run | None) -> list[tuple[Place, ...]]:
    """A line is one text object; on a slanted page it is three.

    pdfium (the reader in Chrome) sorts neighbouring text objects by x when they begin about equally
    high, and breaks a line only between objects whose boxes lie apart. Word by word, as well as line by
    line, a slanted page would come back in a muddle or without line breaks; so the line's last third
    begins neither as high as the next line nor above that one's first third.
    """
    if run.slope == 0 or len(run.words) < 3:
        return [run.words]
    left, right = run.words[0].left, run.words[-1].right
    tall = run.bottom - run.top
    first = next((n for n, word in enumerate(run.words) if n and word.right > left + 0.4 * (right - left)), 0)
    rest = [n for n in range(first + 1, len(run.words)) if run.words[n].left > left + 0.45 * (right - left)]
    if not first or not rest:
        return [run.words]
    if after is None:
        last = rest[0]
    else:
        start = after.bottom + after.slope * after.words[0].left
        last = max(
            rest, key=lambda n: min(abs(run.bottom + run.slope * run.words[n].left - start), 0.8 * tall)
        )
    return [run.words[:first], run.words[first:last], run.words[last:]]


def _even(words: Sequence[Place], run: Run, font: LayerFont) -> list[Sequence[Place]]:
    """The words, those apart whose letters would have to stand much wider or closer than the others'."""
    size, scale = _size(run, font), _scale(words, run, font)
    parts: list[list[Place]] = []
    was_odd = True
    for word in words:
        own = sum(font.width(letter) for letter in word.text) * size * scale
        odd = len(word.text) > 1 and abs(word.right - word.left - own) / (len(word.text) - 1) > _LOOSE * size
        if odd or was_odd:
            parts.append([word])
        else:
            parts[-1].append(word)
        was_odd = odd
    return list(parts)


def _size(run: Run, font: LayerFont) -> float:
    """The size that makes the letters' boxes as high as the line's ink."""
    return max(1.0, (run.bottom - run.top) / (font.ascent + font.descent))


def _scale(words: Sequence[Place], run: Run, font: LayerFont) -> float:
    """How much wider than the font's own the letters of the words are."""
    natural = sum(font.width(letter) for word in words for letter in word.text) * _size(run, font)
    wanted = sum(word.right - word.left for word in words) * math.hypot(1.0, run.slope)
    return min(max(wanted / natural, 0.1), 10.0)


def _shown(run: Run, words: Sequence[Place], ahead: float | None, height: float, font: LayerFont) -> bytes:
    """Words as one text object: letters as high as the line's ink, each word from its left to its right.

    ``ahead`` is where the line goes on after the words. The letters' size stands in the text matrix:
    else pdfium takes slanted text for level.
    """
    size, scale = _size(run, font), _scale(words, run, font)
    first = words[0].left
    base = run.bottom - size * font.descent + run.slope * first
    stretch = math.hypot(1.0, run.slope)
    cos, sin = size / stretch, -run.slope * size / stretch
    em = size * scale

    def along(x: float) -> float:
        """How far from the beginning of the words ``x`` is, in widths of an em."""
        return (x - first) * stretch / em

    parts: list[str] = []
    at = 0.0

    def show(letter: str, end: float | None = None) -> None:
        """Show a letter and move on to ``end``, or as far as it is wide."""
        nonlocal at
        at += font.width(letter)
        parts.append(f"<{font.code(letter):04X}>")
        if end is not None and abs(at - end) > 0.0005:
            back = round(1000 * (at - end), 1)
            parts.append(f"{back:g}")
            at -= back / 1000

    for place, word in enumerate(words):
        own = [font.width(letter) for letter in word.text]
        gap = (along(word.right) - along(word.left) - sum(own)) / max(1, len(own) - 1)
        end = along(word.left)
        for letter, width in zip(word.text[:-1], own, strict=False):
            end += width + gap
            show(letter, end)
        show(word.text[-1])
        if place + 1 < len(words):
            show(" ", along(words[place + 1].left))
    if ahead is not None:
        # so far that the next object touches this one: else pdfium breaks a slanted line here
        show(" ", along(ahead) - 0.1)
    # the last blank parts the line from the next for readers that join what they find
    show(" ")
    return (
        f"BT 3 Tr /T 1 Tf {100 * scale:.2f} Tz {cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} "
        f"{first:.2f} {height - base:.2f} Tm [{''.join(parts)}] TJ ET"
    ).encode()


def put_under(pdf: pikepdf.Pdf, page: pikepdf.Page, leaf: Leaf, font: LayerFont, quarters: int) -> None:
    """Put the text under a page of ``pdf`` that is shown turned clockwise by ``quarters``.

    The leaf is as large as the visible part of the page when it is shown.
    """
    # thousands of pages wait in memory until the file is saved
    form = Stream(pdf, zlib.compress(content(leaf, font)))
    form.Filter = Name.FlateDecode
    form.Type, form.Subtype, form.FormType = Name.XObject, Name.Form, 1
    form.BBox = Array([0, 0, round(leaf.width, 3), round(leaf.height, 3)])
    form.Resources = Dictionary(Font=Dictionary(T=font.object))
    name = Name.random(prefix="Text-")
    resources = page.obj.get(Name.Resources, Dictionary())
    page.obj[Name.Resources] = with_drawn(resources, {str(name): pdf.make_indirect(form)})
    matrix = " ".join(f"{number:.4f}" for number in _matrix(visible(page), quarters))
    page.contents_add(f"q {matrix} cm {name} Do Q\n".encode(), prepend=True)


def visible(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is shown of a page: its crop box inside its media box."""
    media = [float(edge) for edge in page.mediabox]
    crop = [float(edge) for edge in page.cropbox]
    boxes = [(min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])) for b in (media, crop)]
    (l0, b0, r0, t0), (l1, b1, r1, t1) = boxes
    inner = (max(l0, l1), max(b0, b1), min(r0, r1), min(t0, t1))
    return inner if inner[0] < inner[2] and inner[1] < inner[3] else boxes[0]


def _matrix(box: tuple[float, float, float, float], quarters: int) -> tuple[float, ...]:
    """What takes a point of the page as it is shown (origin bottom left) to where it lies in the page."""
    left, bottom, right, top = box
    return (
        (1.0, 0.0, 0.0, 1.0, left, bottom),
        (0.0, 1.0, -1.0, 0.0, right, bottom),
        (-1.0, 0.0, 0.0, -1.0, right, top),
        (0.0, -1.0, 1.0, 0.0, left, top),
    )[quarters % 4]
