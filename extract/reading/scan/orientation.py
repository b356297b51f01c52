"""Which way up a page lies, found before it is read: how its lines run, and a strip of it read both ways."""

from __future__ import annotations

from PIL import Image

from extract.reading.base import OcrEngine, OcrWord
from extract.reading.scan.picture import (
    guess_dpi,
    look_at,
    looks_upside_down,
    plausible_dpi,
    strip,
    turned_sideways,
)


def upright_turns(image: Image.Image, dpi: float | None, engine: OcrEngine) -> int:
    """By how many quarters clockwise a page must be turned to stand upright, 0 for most.

    Only a page that looks turned costs more than a look: a strip of it is read both ways, which takes a
    tenth of the time of the page and tells also where there is too little print for the engine's own
    guess.
    """
    known = plausible_dpi(dpi, image.size) or guess_dpi(image.size)
    look = look_at(image, known)
    if turned_sideways(look):
        return _better(image, known, engine, (1, 3))
    if looks_upside_down(look):
        return _better(image, known, engine, (0, 2))
    return 0


def _better(image: Image.Image, dpi: float, engine: OcrEngine, choice: tuple[int, int]) -> int:
    readable = {}
    for turns in choice:
        part = strip(image.rotate(-90 * turns, expand=True), dpi)
        readable[turns] = _readable(engine.words(part, round(dpi)))
    first, second = choice
    return second if readable[second] > readable[first] else first


def _readable(words: list[OcrWord]) -> float:
    """Letters and digits read, each as much as it is sure."""
    return sum(word.confidence * sum(letter.isalnum() for letter in word.text) for word in words)
