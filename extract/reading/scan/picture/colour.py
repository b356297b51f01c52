"""Pictures in any mode become grey, and coloured ink over print is taken out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.pages import Box
from extract.reading.scan.picture.pieces import pieces_of
from extract.reading.scan.picture.resolution import MEASURED, Grey, Mask, Picture

_DEEP = ("I;16", "I;16B", "I;16L", "I", "F")


def to_picture(image: Image.Image) -> Picture:
    """The picture in 8 bits, grey where its colours are equal everywhere; transparent parts white."""
    if image.mode in _DEEP:
        values = np.asarray(image, dtype=np.float32)
        top = float(values.max()) or 1.0
        return (values / max(top, 255.0) * 255).astype(np.uint8)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    picture = np.asarray(image.convert("RGB"))
    red, green, blue = cv2.split(picture)
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return np.asarray(red, dtype=np.uint8)  # a PDF shows its grey pages in three equal colours
    return picture


COLOURED = 25
"""Levels between the strongest and the weakest colour from which on a pixel is coloured."""
_SOME = 0.0003
"""Share of a page that must be coloured to call it so: a signature has ten times as much."""


def coloured(small: Picture) -> Mask | None:
    """Where a page at 100 dpi shows colour, ``None`` for the traces that JPEG leaves on grey pages."""
    red, green, blue = cv2.split(small)
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    mask = np.asarray(spread > COLOURED)
    return mask if float(mask.mean()) > _SOME else None


RED, BLUE = 0, 2
_INK = 40
"""Levels by which its own channel stands out, from which on a pixel is red (or blue) ink."""
_MM = MEASURED / 25.4
_PRINT = 0.6
"""Share of the paper's light below which an uncoloured pixel is print."""
_HIGH = 9
"""Millimetres: handwritten numbers are less high, signatures and stamps higher."""
_UNDER = {RED: 12, BLUE: 100}
"""Pixels of print at 100 dpi beside ink, from which on the ink lies over print.

A signature crosses its signer's title at up to 61 pixels and reads better when left whole; a stamp over text
covers 140 and more.
"""

_LINE = 6.5
"""Millimetres: a word of a stamp and what its letters hang over and under the line are not higher."""
_WORD_GAP, _LINE_GAP = 4.0, 2.5
"""Millimetres between the words and between the lines of one stamp at most."""
_BLOCK, _WORDS, _LEAST_LINE = 25.0, 3, 2.5
"""Width in millimetres, pieces, and height of a line from which on words in ink are a block of lines."""

_PENNED = 0.002
"""Share of a part of a page that must be blue to hold a pen's stroke."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Ink of one colour on a page that is to be taken out.

    ``channel`` is the colour that shows it lightest, ``mask`` where it is at 100 dpi, ``strength`` by how
    many levels the channel stands out in full ink, ``light`` how light full ink is in it, ``writing``
    the boxes of what is lines of words in it, as fractions of the page.
    """

    channel: int
    mask: Mask
    strength: float
    light: float
    writing: tuple[Box, ...] = ()


def ink_over_print(small: Picture, channel: int) -> Ink | None:
    """Seals and strokes of red or blue ink that cover black print on a page at 100 dpi.

    A seal is taken out also where it covers nothing, as its ring reads as garbage. Other red or blue is
    left: it may be text of its own (a stamp of the registry, a heading). Blue is taken out only where it
    is larger than handwritten numbers are, as those are for who looks for handwriting.
    """
    own = _own(small, channel)
    inked = own > _INK
    if float(inked.mean()) < _SOME:
        return None
    light = small[..., channel]
    paper = float(np.percentile(light[::2, ::2], 75))
    # where two inks cross it is as dark as print
    other = cv2.dilate((_own(small, BLUE - channel) > _INK).astype(np.uint8), np.ones((5, 5), np.uint8))
    print_ = (light < _PRINT * paper) & ~inked & (np.asarray(other) == 0)
    side = round(1.2 * _MM) | 1
    joined = cv2.morphologyEx(inked.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    count, blobs, stats, _ = pieces_of(joined)
    # print that ink runs over stands less than a stroke away from it
    beside = cv2.dilate(np.where(inked, blobs, 0).astype(np.float32), np.ones((5, 5), np.uint8))
    under = np.bincount(beside[print_].astype(np.int64), minlength=count)
    boxes = stats[:, : cv2.CC_STAT_AREA].astype(np.float64) / _MM
    width, height = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    taken = under >= _UNDER[channel]
    if channel == BLUE:
        taken &= np.minimum(width, height) >= _HIGH
    else:
        taken |= (np.abs(width - 39) < 21) & (np.abs(height - 39) < 21) & (np.abs(width - height) < 12)
    taken[0] = False
    stamps = _stamped_lines(boxes, under)
    for stamp in stamps:
        # a stamp of which only some words are gone reads as garbage
        taken |= stamp
    if not taken.any():
        return None
    taken = _with_pieces(boxes, taken)
    chosen = taken[blobs]
    full = own[chosen & inked]
    strength = float(np.percentile(full, 70))
    at_full = chosen & (own >= strength)
    mask = cv2.dilate(chosen.astype(np.uint8), np.ones((side, side), np.uint8)).astype(np.bool_)
    size = (small.shape[1] / _MM, small.shape[0] / _MM)
    writing = tuple(_around(boxes[stamp], size) for stamp in stamps)
    return Ink(channel, mask, strength, float(np.median(light[at_full])), writing)


def _stamped_lines(boxes: NDArray[np.float64], under: NDArray[np.int64]) -> list[Mask]:
    """The blobs of each stamp of several lines of words that lies over print; ``boxes`` in millimetres.

    A pen fills in a word here and there and is no such block; where it writes lines it is higher. Lines
    inside a frame or a ring belong to that.
    """
    words = (boxes[:, 3] <= _LINE) & (boxes[:, 3] >= 1.2)
    words[0] = False
    found: list[Mask] = []
    left = words.copy()
    while left.any():
        block = np.zeros_like(words)
        block[int(np.argmax(left))] = True
        while True:
            x, y, right, bottom = _edges(boxes[block])
            near = words & (boxes[:, 0] < right + _WORD_GAP) & (boxes[:, 0] + boxes[:, 2] > x - _WORD_GAP)
            near &= (boxes[:, 1] < bottom + _LINE_GAP) & (boxes[:, 1] + boxes[:, 3] > y - _LINE_GAP)
            if (near == block).all():
                break
            block |= near
        left &= ~block
        rows = bottom - y >= 2 * _LEAST_LINE
        drawn = _near(boxes[1:][~words[1:] & (boxes[1:, 2:].max(axis=1) > _LINE)], (x, y, right, bottom))
        if (
            rows
            and not drawn
            and right - x >= _BLOCK
            and int(block.sum()) >= _WORDS
            and under[block].sum() >= _UNDER[RED]
        ):
            found.append(block)
    return found


def _near(boxes: NDArray[np.float64], edges: tuple[float, float, float, float]) -> bool:
    """Whether one of ``boxes`` lies around ``edges``, or next to them."""
    x, y, right, bottom = edges
    across = (boxes[:, 0] < right + _WORD_GAP) & (boxes[:, 0] + boxes[:, 2] > x - _WORD_GAP)
    down = (boxes[:, 1] < bottom + _WORD_GAP) & (boxes[:, 1] + boxes[:, 3] > y - _WORD_GAP)
    return bool((across & down).any())


def _edges(boxes: NDArray[np.float64]) -> tuple[float, float, float, float]:
    x, y, width, height = boxes.T
    return float(x.min()), float(y.min()), float((x + width).max()), float((y + height).max())


def _around(boxes: NDArray[np.float64], size: tuple[float, float]) -> Box:
    """The box around blobs, a millimetre larger, as fractions of a page of ``size`` millimetres."""
    x, y, right, bottom = _edges(boxes)
    return (
        max(0.0, x - 1) / size[0],
        max(0.0, y - 1) / size[1],
        min(size[0], right + 1) / size[0],
        min(size[1], bottom + 1) / size[1],
    )


def ink_alone(part: Picture, channel: int) -> Grey:
    """What is written in one ink on a part of a page, black on white, without the print under it."""
    own = _own(part, channel)
    strength = max(float(np.percentile(own[own > _INK], 70)) if (own > _INK).any() else 255.0, 1.0)
    return np.asarray(255 - np.clip(own.astype(np.float32) * (255 / strength), 0, 255), dtype=np.uint8)


def without_pen(part: Picture, grey: Grey) -> Grey | None:
    """A small part of a page without the blue ink in it, ``None`` where there is none."""
    own = _own(part, BLUE)
    inked = own > _INK
    if float(inked.mean()) < _PENNED:
        return None
    strength = float(np.percentile(own[inked], 70))
    light = float(np.median(part[..., BLUE][own >= strength]))
    around = cv2.dilate(inked.astype(np.uint8), np.ones((9, 9), np.uint8)).astype(np.bool_)
    return without_ink(part, grey, Ink(BLUE, around, strength, light))


def _with_pieces(boxes: NDArray[np.float64], taken: Mask) -> Mask:
    """The blobs taken and those within the box of a large one: the ink of a seal is broken."""
    result = taken.copy()
    left, top, width, height = boxes.T
    for x, y, across, down in boxes[taken & (np.minimum(width, height) >= _HIGH)]:
        inside = (left >= x - 3) & (left + width <= x + across + 3)
        result |= inside & (top >= y - 3) & (top + height <= y + down + 3)
    result[0] = False
    return result


def _own(picture: Picture, channel: int) -> Picture:
    """By how many levels ``channel`` stands out over both others."""
    others = cv2.max(picture[..., (channel + 1) % 3], picture[..., (channel + 2) % 3])
    return np.asarray(cv2.subtract(picture[..., channel], others), dtype=np.uint8)


def without_ink(picture: Picture, grey: Grey, ink: Ink) -> Grey:
    """``grey`` with the ink faded to paper.

    In its own channel ink is nearly as light as paper while print under it stays black; what the ink
    still darkens there is given back in the measure of how coloured the pixel is.
    """
    height, width = grey.shape
    rows, columns = np.nonzero(ink.mask)
    down, across = height / ink.mask.shape[0], width / ink.mask.shape[1]
    top, bottom = int(rows.min() * down), int(np.ceil((rows.max() + 1) * down))
    left, right = int(columns.min() * across), int(np.ceil((columns.max() + 1) * across))
    part = np.ascontiguousarray(picture[top:bottom, left:right])
    mask = cv2.resize(ink.mask.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    lost = max(0.0, 250.0 - ink.light) / max(ink.strength, 1.0)
    clear = cv2.addWeighted(part[..., ink.channel], 1.0, _own(part, ink.channel), lost, 0.0)
    result = grey.copy()
    there = result[top:bottom, left:right]
    # the lighter of both: ink of another colour may have been taken out there before
    np.copyto(there, cv2.max(there, clear), where=mask[top:bottom, left:right].astype(np.bool_))
    return result
