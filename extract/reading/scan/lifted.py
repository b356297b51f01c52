"""Stamps of several lines that lie over print: read in their own ink, apart from the print under them."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image, ImageOps

from extract.pages import Zone
from extract.reading.base import OcrEngine, OcrWord, StripReader
from extract.reading.scan.picture import Prepared, ink_alone
from extract.stamps import inked

_PAPER = 30
"""Pixels of white around a part that is read."""
_READS = 0.3
"""Words less sure than this are what an engine makes of pieces of ink."""


def read_lifted(
    prepared: Prepared, engine: OcrEngine, dpi: int, page: int
) -> tuple[list[OcrWord], list[Zone]]:
    """The words of the stamps that were taken off the page's print, and the zones of those known as stamps.

    Words that no stamp is known to say are given back to the page, so that none is lost.
    """
    words: list[OcrWord] = []
    zones: list[Zone] = []
    for at, lifted in enumerate(prepared.lifted):
        frame = prepared.frame(lifted.box)
        colours = None if frame is None else prepared.colours(*frame)
        if frame is None or colours is None:
            continue
        part = ImageOps.expand(Image.fromarray(ink_alone(colours, lifted.channel)), _PAPER, 255)
        read = (
            engine.strip(part, dpi, "block") if isinstance(engine, StripReader) else engine.words(part, dpi)
        )
        read = [word for word in read if word.confidence >= _READS]
        text = _text(read)
        kind = inked(text)
        if kind is not None:
            zones.append(Zone(kind, page, lifted.box, text))
        else:
            words += [_moved(word, frame[0] - _PAPER, frame[1] - _PAPER, at) for word in read]
    return words, zones


def _text(words: list[OcrWord]) -> str:
    lines: dict[tuple[int, int, int], list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(line) for line in lines.values())


def _moved(word: OcrWord, across: float, down: float, stamp: int) -> OcrWord:
    """The word in pixels of the page, in lines of its own."""
    block, paragraph, line = word.line
    return replace(
        word,
        left=word.left + across,
        right=word.right + across,
        top=word.top + down,
        bottom=word.bottom + down,
        line=(-1 - stamp, 1000 * block + paragraph, line),
    )
