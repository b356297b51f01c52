"""The road of a picture: each repair in its order, where its measure asks for it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from extract.reading.scan.picture import light, specks
from extract.reading.scan.picture.colour import BLUE, RED, coloured, ink_over_print, to_picture, without_ink
from extract.reading.scan.picture.direction import SLANT, print_only, slant
from extract.reading.scan.picture.dirt import lone_specks, without_dirt
from extract.reading.scan.picture.prepared import Lifted, Matrix, Prepared, moved, scaling, shift, turning
from extract.reading.scan.picture.resolution import (
    MEASURED,
    Grey,
    Mask,
    Picture,
    guess_dpi,
    plausible_dpi,
    reading_scale,
    reduced,
)
from extract.reading.scan.picture.spread import gutter
from extract.reading.scan.picture.streaks import creases, streaks, without_creases, without_streaks
from extract.reading.scan.picture.surroundings import painted_white, surroundings


def prepare(image: Image.Image, dpi: float | None) -> list[Prepared]:
    """Make a picture ready for recognition: one page, or two where it shows two side by side.

    Args:
        image: The page, any mode, upright.
        dpi: Its resolution, ``None`` where it has to be guessed from the size of an A4 sheet.
    """
    known = plausible_dpi(dpi, image.size) or guess_dpi(image.size)
    picture = to_picture(image)
    steps: list[str] = []
    grey, colours, lifted = _without_coloured_ink(picture, known, steps)
    grey = _without_noise(grey, steps)
    grey, small = _on_white_paper(grey, colours, known, steps)
    sheet = _Sheet(grey, None if colours is None else picture, known, tuple(steps), lifted)
    return [_laid(sheet, part, small) for part in _parts(small)]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A picture in its own pixels whose light and ink are repaired."""

    grey: Grey
    colour: Picture | None
    dpi: float
    steps: tuple[str, ...]
    lifted: tuple[Lifted, ...]


def _without_coloured_ink(
    picture: Picture, dpi: float, steps: list[str]
) -> tuple[Grey, Mask | None, tuple[Lifted, ...]]:
    """The picture in grey, where at 100 dpi it has colours (``None``: nowhere), and the stamps taken out."""
    if picture.ndim == 2:
        return picture, None, ()
    small, _ = reduced(picture, dpi)
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    colours = coloured(small)
    if colours is None:
        return grey, None, ()
    lifted: list[Lifted] = []
    for channel, name in ((RED, "red ink removed"), (BLUE, "blue ink removed")):
        ink = ink_over_print(small, channel)
        if ink is not None:
            grey = without_ink(picture, grey, ink)
            lifted += [Lifted(box, channel) for box in ink.writing]
            steps.append(name)
    return grey, colours, tuple(lifted)


def _without_noise(grey: Grey, steps: list[str]) -> Grey:
    # before the size changes: enlarged dust is no longer one pixel wide
    noisy = specks.NOISY
    if specks.speckle(grey) > specks.SPECKLED:
        grey, noisy = specks.without_specks(grey), specks.NOISY_SPECKS
        steps.append("median filter")
    if specks.grain(grey) > noisy:
        grey = specks.smoothed(grey)
        steps.append("noise smoothed")
    return grey


def _on_white_paper(grey: Grey, colours: Mask | None, dpi: float, steps: list[str]) -> tuple[Grey, Grey]:
    """The picture on white paper, and the same at 100 dpi."""
    small, _ = reduced(grey, dpi)
    lines = streaks(small)
    if lines:
        grey = without_streaks(grey, lines, dpi)
        small, _ = reduced(grey, dpi)
        steps.append("streaks removed")
    folds = creases(small)
    if folds:
        grey = without_creases(grey, folds, dpi)
        small, _ = reduced(grey, dpi)
        steps.append("creases removed")
    measured = grey
    around = surroundings(small)
    if around is not None:
        paper = float(np.median(small[~around]))
        grey, small = painted_white(grey, around, paper), painted_white(small, around, paper)
        steps.append("borders removed")
    if light.unevenness(small) > light.UNEVEN:
        grey = measured = light.even_light(grey, small)
        small, _ = reduced(grey, dpi)
        steps.append("light evened")
    # paper that is coloured itself says nothing
    stamps = colours if colours is not None and float(colours.mean()) < 0.2 else None
    found = light.levels(small, grey, stamps)
    if found.ghosts > light.GHOSTS and found.ghost > found.paper - light.PALE * found.contrast:
        steps.append("show-through removed")
        grey, small = (light.stretched(one, found.ink, found.ghost - 10) for one in (grey, small))
    # faint print stays as it is: raising its contrast raises the grain as well, and did not read better
    alone = lone_specks(small, found.contrast)
    if alone is not None:
        steps.append("dirt removed")
        grey = without_dirt(grey, alone)
    # where grey and small were painted apart from each other they are no longer quite the same
    return grey, small if grey is measured else reduced(grey, dpi)[0]


@dataclass(frozen=True, slots=True)
class _Part:
    """One page of a sheet: its name, its slant, and the shares of the level sheet's width around it."""

    name: str = ""
    slant: float = 0.0
    left: float = 0.0
    right: float = 1.0
    rest: float = 0.0
    """Slant of this page against the other one."""


def _parts(small: Grey) -> list[_Part]:
    angle = _worth_turning(slant(small))
    level = _turned(small, angle) if angle else small
    at = gutter(level)
    if at is None:
        return [_Part(slant=angle)]
    middle = round(at * level.shape[1])
    halves = (level[:, :middle], level[:, middle:])
    rest = [_worth_turning(slant(np.ascontiguousarray(half))) for half in halves]
    return [
        _Part("left page of two", angle, 0.0, at, rest[0]),
        _Part("right page of two", angle, at, 1.0, rest[1]),
    ]


def _worth_turning(angle: float) -> float:
    return angle if SLANT[0] <= abs(angle) <= SLANT[1] else 0.0


def _turned(grey: Grey, angle: float) -> Grey:
    height, width = grey.shape
    matrix = turning(angle, (width, height))[:2]
    return np.asarray(cv2.warpAffine(grey, matrix, (width, height), borderValue=(255,)), dtype=np.uint8)


def _laid(sheet: _Sheet, part: _Part, small: Grey) -> Prepared:
    """One page of the sheet, level and at the resolution in which it is read, by one interpolation."""
    height, width = sheet.grey.shape
    steps = [*sheet.steps, *([part.name] if part.name else [])]
    turn = part.slant + part.rest
    there = turning(part.slant, (width, height))
    left, right = part.left * width, part.right * width
    there = turning(part.rest, (right - left, height)) @ shift(-left, 0.0) @ there
    size = (right - left, float(height))
    if turn:
        steps.append(f"deskewed {abs(turn):.1f} degrees")
        there, size = _with_room(there, size, small, sheet.dpi)
    factor = reading_scale(sheet.dpi, (round(size[0]), round(size[1])))
    if factor != 1.0:
        steps.append(f"{'enlarged' if factor > 1 else 'reduced'} from {sheet.dpi:.0f} dpi")
    pixels = (max(1, round(size[0] * factor)), max(1, round(size[1] * factor)))
    there = scaling(pixels[0] / size[0], pixels[1] / size[1]) @ there
    image = moved(sheet.grey, there, pixels)
    third = (max(1, pixels[0] // 3), max(1, pixels[1] // 3))
    colour = None
    if sheet.colour is not None:
        smaller = scaling(third[0] / pixels[0], third[1] / pixels[1])
        colour = Image.fromarray(moved(sheet.colour, smaller @ there, third))
    back = scaling(1 / width, 1 / height) @ np.linalg.inv(there)
    return Prepared(
        Image.fromarray(image),
        turn,
        tuple(steps),
        colour,
        sheet.dpi * factor,
        back,
        sheet.colour,
        sheet.lifted,
    )


def _with_room(
    there: Matrix, size: tuple[float, float], small: Grey, dpi: float
) -> tuple[Matrix, tuple[float, float]]:
    """Room for print that turning would push over the edge of the page."""
    factor = min(1.0, MEASURED / dpi)
    rows, columns = np.nonzero(print_only(small))
    if not len(rows):
        return there, size
    x, y, _ = there @ np.stack([columns / factor, rows / factor, np.ones(len(rows))])
    margin = 0.1 * dpi
    # print of the other page of two is outside on purpose
    inside = (x > -margin) & (x < size[0] + margin)
    left, right = min(0.0, x[inside].min() - margin), max(size[0], x[inside].max() + margin)
    top, bottom = min(0.0, y[inside].min() - margin), max(size[1], y[inside].max() + margin)
    return shift(-left, -top) @ there, (right - left, bottom - top)
