"""What people put on a printed page: seals, stamps, signatures, notes, numbers written by hand.

Everything is ink on paper: it darkens what lies below and hides nothing, as real ink does. Texts that are
written here (names of clerks, notes) are invented. Sizes are millimetres of paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from corpora.sheets import Picture, Sheet

FONTS = Path(__file__).parent / "fonts"
DIGIT_HANDS = (
    "Caveat-Digits",
    "CedarvilleCursive-Digits",
    "Kalam-Digits",
    "NothingYouCouldDo-Digits",
    "PatrickHand-Vietnamese",
    "ReenieBeanie-Digits",
)
"""Hands that write numbers."""
NOTE_HANDS = ("PatrickHand-Vietnamese", "Sriracha-Vietnamese")
"""Hands that know all letters of Vietnamese."""
_NOTES = (
    "Đ/c Hà xử lý",
    "Chuyển P. Nội vụ",
    "Tham mưu, b/c trước 15/9",
    "Đ/c Lâm xem",
    "Sao gửi các xã",
    "Lưu hồ sơ CCHC",
    "Đôn đốc gấp",
)

Colour = tuple[int, int, int]
Mask = NDArray[np.floating[Any]]
"""How much ink lies on each pixel, 0 to 1."""

RED: Colour = (205, 32, 48)
_BLUE: Colour = (28, 52, 150)
_BLACK: Colour = (28, 28, 32)


@lru_cache(maxsize=64)
def _font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), max(4, pixels))


def press(
    image: Picture, mask: Mask, place: tuple[float, float], colour: Colour, strength: float = 1.0
) -> None:
    """Darken ``image`` with ink where ``mask`` says, its top left corner at ``place``; the rest is cut."""
    x, y = round(place[0]), round(place[1])
    height, width = mask.shape
    x0, y0, x1, y1 = max(0, x), max(0, y), min(image.shape[1], x + width), min(image.shape[0], y + height)
    if x0 >= x1 or y0 >= y1:
        return
    part = mask[y0 - y : y1 - y, x0 - x : x1 - x, None] * strength
    pigment = 1 - np.array(colour, dtype=np.float32) / 255
    below = image[y0:y1, x0:x1].astype(np.float32)
    image[y0:y1, x0:x1] = np.clip(below * (1 - part * pigment), 0, 255).astype(np.uint8)


def turned(mask: Mask, degrees: float) -> Mask:
    """``mask`` turned counter-clockwise, grown as far as it needs."""
    picture = Image.fromarray((mask * 255).astype(np.uint8))
    return np.asarray(picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True), dtype=np.float32) / 255


def worn(mask: Mask, chance: Generator, least: float = 0.55) -> Mask:
    """``mask`` as a stamp leaves it: pressed unevenly, with small gaps."""
    height, width = mask.shape
    coarse = chance.uniform(least, 1.0, (5, 5)).astype(np.float32)
    press_on = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    fine = cv2.resize(
        chance.random((max(2, height // 2), max(2, width // 2)), dtype=np.float32), (width, height)
    )
    return np.asarray(np.clip(mask * press_on * np.where(fine < 0.12, 0.45, 1.0), 0, 1))


def lettered(lines: Sequence[str], font: str, pixels: float, spacing: float = 1.25) -> Mask:
    """Lines of text, one below the other, left-aligned, as a mask."""
    face = _font(font, round(pixels))
    step = round(pixels * spacing)
    width = round(max(face.getlength(line) for line in lines)) + 8
    picture = Image.new("L", (width, step * len(lines) + 8), 0)
    draw = ImageDraw.Draw(picture)
    for at, line in enumerate(lines):
        draw.text((4, 2 + at * step), line, font=face, fill=255)
    return np.asarray(picture, dtype=np.float32) / 255


def seal_mask(text: str, pixels: int) -> Mask:
    """A round office seal: two rings, ``text`` between them, a star inside."""
    size = pixels * 2
    centre, radius = size / 2, size / 2 - 4
    picture = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(picture)
    for share, width in ((1.0, 0.055), (0.93, 0.015), (0.62, 0.02)):
        reach = radius * share
        draw.ellipse(
            (centre - reach, centre - reach, centre + reach, centre + reach),
            outline=255,
            width=max(2, round(radius * width)),
        )
    face = _font("Tinos-Bold", round(radius * 0.2))
    letters = f"{text}  *"
    step = min(0.2, 2 * math.pi / (len(letters) + 1))
    for at, letter in enumerate(letters):
        angle = -math.pi / 2 + (at - (len(letters) - 1) / 2) * step
        tile = Image.new("L", (round(radius * 0.4),) * 2, 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), letter, font=face, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        middle = (centre + radius * 0.775 * math.cos(angle), centre + radius * 0.775 * math.sin(angle))
        corner = (round(middle[0] - tile.width / 2), round(middle[1] - tile.height / 2))
        picture.paste(255, corner, tile)
    star = [
        (
            centre + radius * reach * math.sin(math.pi * at / 5),
            centre - radius * reach * math.cos(math.pi * at / 5),
        )
        for at, reach in enumerate((0.5, 0.2) * 5)
    ]
    draw.polygon(star, fill=255)
    return np.asarray(picture.resize((pixels, pixels), Image.Resampling.LANCZOS), dtype=np.float32) / 255


def seal(sheet: Sheet, chance: Generator, colour: Colour = RED) -> Sheet:
    """The seal of the issuer over the left third of the signature, with the signature in blue ink.

    On a page without signature it lies over the right margin and the ends of lines (dấu giáp lai).
    """
    image = sheet.image.copy()
    wide = round(sheet.mm(float(chance.uniform(34, 38))))
    mask = worn(turned(seal_mask(_seal_text(sheet), wide), float(chance.uniform(-9, 9))), chance)
    title, signer = sheet.box(field="signer_title"), sheet.box(field="signer")
    if title and signer:
        _sign(image, sheet, chance, _BLUE if colour == RED else colour)
        middle = title[0] + (title[2] - title[0]) * float(chance.uniform(0.0, 0.25))
        centre = (middle, title[3] + (signer[1] - title[3]) * float(chance.uniform(0.15, 0.5)))
    else:
        centre = (sheet.size[0] - sheet.mm(14), sheet.size[1] * float(chance.uniform(0.3, 0.7)))
    corner = (centre[0] - mask.shape[1] / 2, centre[1] - mask.shape[0] / 2)
    press(image, mask, corner, colour, float(chance.uniform(0.65, 0.95)))
    return sheet.painted(image)


def _seal_text(sheet: Sheet) -> str:
    return " ".join(sheet.form.organs[-2:]).replace("ỦY BAN NHÂN DÂN", "UBND")


def signature(sheet: Sheet, chance: Generator) -> Sheet:
    """A signature in blue ink between the signer's title and name."""
    image = sheet.image.copy()
    _sign(image, sheet, chance, _BLUE)
    return sheet.painted(image)


def _sign(image: Picture, sheet: Sheet, chance: Generator, colour: Colour) -> None:
    title, signer = sheet.box(field="signer_title"), sheet.box(field="signer")
    if not title or not signer:
        return
    across = np.linspace(0, 1, int(chance.integers(12, 18)))
    x = signer[0] + sheet.mm(4) + across * sheet.mm(float(chance.uniform(26, 38)))
    middle, reach = (title[3] + signer[1]) / 2, (signer[1] - title[3]) * 0.42
    y = middle + np.where(np.arange(len(x)) % 2, 1, -1) * chance.uniform(0.2, 1.2, len(x)) * reach
    _stroke(image, x + chance.normal(0, sheet.mm(3), len(x)), y, sheet.mm(0.4), colour)


def _stroke(
    image: Picture, x: NDArray[np.float64], y: NDArray[np.float64], width: float, colour: Colour
) -> None:
    """A pen's way through the points, rounded."""
    dense = np.linspace(0, len(x) - 1, 40 * len(x))
    kernel = np.hanning(31) / np.hanning(31).sum()
    path = [
        np.convolve(np.pad(np.interp(dense, np.arange(len(v)), v), 15, "edge"), kernel, "valid")
        for v in (x, y)
    ]
    points = np.stack(path, axis=-1)
    corner = points.min(axis=0) - 8
    extent = np.ceil(points.max(axis=0) + 8 - corner).astype(int)
    picture = np.zeros((extent[1], extent[0]), np.uint8)
    line = np.round((points - corner) * 16).astype(np.int32)
    cv2.polylines(picture, [line], False, 255, max(1, round(width)), cv2.LINE_AA, shift=4)
    press(image, picture.astype(np.float32) / 255, (corner[0], corner[1]), colour, 0.9)


def written(text: str, hand: str, height: float, chance: Generator) -> Mask:
    """``text`` written by hand, digits about ``height`` pixels high; size, slant and baseline waver."""
    face = _font(hand, round(height))
    reach = face.getbbox("0123456789")
    size = height * height / max(1.0, float(reach[3] - reach[1]))
    tiles: list[tuple[Image.Image, float, float]] = []
    x = size * 0.2
    for letter in text:
        own = _font(hand, round(size * float(chance.uniform(0.92, 1.1))))
        tile = Image.new("L", (round(size * 2.2),) * 2, 0)
        ImageDraw.Draw(tile).text(
            (tile.width / 2, tile.height * 0.68), letter, font=own, fill=255, anchor="ms"
        )
        tile = tile.rotate(float(chance.uniform(-7, 7)), Image.Resampling.BICUBIC)
        advance = own.getlength(letter)
        tiles.append((tile, x + advance / 2 - tile.width / 2, float(chance.normal(0, size * 0.035))))
        x += advance * float(chance.uniform(0.96, 1.12))
    picture = np.zeros((round(size * 2.6), round(x + size * 1.4)), np.float32)
    for tile, left, drop in tiles:
        drawn = np.asarray(tile, dtype=np.float32) / 255
        at_x, at_y = round(left + size * 0.6), round(size * 0.2 + drop)
        shown = drawn[:, max(0, -at_x) : picture.shape[1] - at_x]
        place = picture[at_y : at_y + shown.shape[0], max(0, at_x) : max(0, at_x) + shown.shape[1]]
        np.maximum(place, shown, out=place)
    return _trimmed(picture)


def _trimmed(mask: Mask) -> Mask:
    rows, columns = np.flatnonzero(mask.max(axis=1) > 0.1), np.flatnonzero(mask.max(axis=0) > 0.1)
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def fill_in(sheet: Sheet, chance: Generator, hand: str | None = None) -> Sheet:
    """Write number and day into the gaps that :func:`corpora.sheets.print_form` left open.

    The number's digits become one word with the printed symbol behind them, as it is read.
    """
    if not sheet.first:
        return sheet
    hand = hand or str(chance.choice(DIGIT_HANDS))
    colour = _BLUE if chance.random() < 0.75 else _BLACK
    image, words, quads = sheet.image.copy(), list(sheet.words), sheet.quads.copy()
    date = [at for at, word in enumerate(words) if word.field == "date"]
    box = _write_between(image, quads[date[0]], quads[date[1]], sheet.form.day, hand, colour, sheet, chance)
    words.insert(date[1], replace(words[date[0]], text=sheet.form.day, hand=True))
    quads = np.insert(quads, date[1], box, axis=0)
    number = next(at for at, word in enumerate(words) if word.field == "number")
    box = _write_between(
        image, quads[number - 1], quads[number], sheet.form.digits, hand, colour, sheet, chance
    )
    both = np.concatenate([box, quads[number]])
    quads[number] = _quad(*both.min(axis=0), *both.max(axis=0))
    symbol = words[number]
    words[number] = replace(symbol, text=sheet.form.digits + symbol.text, hand=True)
    return replace(sheet, image=image, words=words, quads=quads)


def _write_between(
    image: Picture,
    before: NDArray[np.float64],
    behind: NDArray[np.float64],
    text: str,
    hand: str,
    colour: Colour,
    sheet: Sheet,
    chance: Generator,
) -> NDArray[np.float64]:
    """Write into the gap between two words of a line; the corners of what was written."""
    left, right = before[1, 0], behind[0, 0]
    mask = written(text, hand, sheet.mm(float(chance.uniform(3.2, 4.6))), chance)
    if mask.shape[1] > (right - left) * 0.96:
        share = (right - left) * 0.96 / mask.shape[1]
        shape = (round(mask.shape[1] * share), round(mask.shape[0] * share))
        mask = np.asarray(cv2.resize(mask, shape, interpolation=cv2.INTER_AREA), dtype=np.float32)
    height, width = mask.shape
    x = left + (right - left - width) * float(chance.uniform(0.3, 0.7))
    y = before[2, 1] - height * 0.93 + float(chance.normal(0, sheet.mm(0.35)))
    press(image, mask, (x, y), colour, 0.92)
    return _quad(x, y, x + width, y + height)


def _quad(x0: float, y0: float, x1: float, y1: float) -> NDArray[Any]:
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def margin_note(sheet: Sheet, chance: Generator) -> Sheet:
    """Bút phê: a leader's note in blue ink above the head or in the left margin, signed."""
    image = sheet.image.copy()
    hand = str(chance.choice(NOTE_HANDS))
    lines = [str(line) for line in chance.choice(_NOTES, 2, replace=False)]
    above = sheet.first and chance.random() < 0.5
    if not above:
        lines = [word for line in lines for word in _pairs(line)]
    height = sheet.mm(float(chance.uniform(2.8, 3.6) if above else chance.uniform(2.3, 2.9)))
    x = sheet.mm(float(chance.uniform(60, 90) if above else chance.uniform(3, 5)))
    y = sheet.mm(float(chance.uniform(4, 6))) if above else sheet.size[1] * float(chance.uniform(0.3, 0.6))
    for line in lines:
        mask = turned(written(line, hand, height, chance), float(chance.uniform(1, 5)))
        press(image, mask, (x, y), _BLUE, 0.9)
        y += height * 1.75
    across = np.linspace(0, sheet.mm(14), 6)
    _stroke(image, x + across, y + chance.uniform(0, sheet.mm(6), 6), sheet.mm(0.4), _BLUE)
    return sheet.painted(image)


def _pairs(line: str) -> list[str]:
    words = line.split()
    return [" ".join(words[at : at + 2]) for at in range(0, len(words), 2)]


def framed(lines: Sequence[tuple[str, float]], width: float, height: float, pen: float, mm: float) -> Mask:
    """A rectangular stamp: lines of text (with sizes in mm) in a frame; all in mm, ``mm`` in pixels."""
    picture = Image.new("L", (round(width * mm), round(height * mm)), 0)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, picture.width - 1, picture.height - 1), outline=255, width=max(1, round(pen * mm)))
    y = 1.6 * mm
    for text, size in lines:
        font = _font("Tinos-Bold" if text.isupper() else "Tinos-Regular", round(size * mm))
        x = (picture.width - font.getlength(text)) / 2 if text.isupper() else 2.5 * mm
        draw.text((x, y), text, font=font, fill=255)
        y += size * mm * 1.45
    return np.asarray(picture, dtype=np.float32) / 255


def later(sheet: Sheet, days: int) -> tuple[int, int, int]:
    """Day, month and year of some days after the document's own date, never in the next month."""
    year, month, day = (int(part) for part in sheet.form.fields["date"].split("-"))
    return min(28, day + days) if day < 28 else day, month, year
