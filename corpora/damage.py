"""What copiers, scanners, cameras and years do to a page; each kind of damage under its name.

Lengths are millimetres of paper, so that a damage means the same at every resolution; only noise belongs to
the pixel. Everything is drawn from the given generator: the same seed gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from corpora import ink, stamps
from corpora.sheets import Sheet

Step = Callable[[Sheet, Generator], Sheet]
Grey = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Damage:
    """Steps in their order, under a name; ``two_up`` puts two pages on one picture at the end."""

    name: str
    steps: tuple[Step, ...] = ()
    two_up: bool = False


def rotation(sheet: Sheet, chance: Generator, least: float = 0.3, most: float = 3.0) -> Sheet:
    """The paper lay askew on the glass, by ``least`` to ``most`` degrees to either side."""
    angle = float(chance.uniform(least, most)) * (1 if chance.random() < 0.5 else -1)
    width, height = sheet.size
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0, 0, 1]])
    return sheet.warped(matrix, sheet.size)


def quarter_turn(sheet: Sheet, chance: Generator, turns: int) -> Sheet:
    """The picture turned counter-clockwise by ``turns`` quarters, exactly."""
    quads = sheet.quads
    width, height = sheet.size
    for _ in range(turns):
        quads = np.stack([quads[..., 1], width - quads[..., 0]], axis=-1)
        width, height = height, width
    return replace(sheet, image=np.ascontiguousarray(np.rot90(sheet.image, turns)), quads=quads)


def blur(sheet: Sheet, chance: Generator, least: float = 0.10, most: float = 0.15) -> Sheet:
    """Out of focus: a Gaussian of standard deviation ``least`` to ``most`` mm."""
    sigma = sheet.mm(float(chance.uniform(least, most)))
    return sheet.painted(cv2.GaussianBlur(sheet.image, (0, 0), sigma))


def gaussian_noise(sheet: Sheet, chance: Generator, deviation: float = 25) -> Sheet:
    """Noise of the sensor, the same in all colours."""
    noise = chance.standard_normal(sheet.image.shape[:2], dtype=np.float32) * deviation
    return sheet.painted(sheet.image + noise[..., None])


def salt_and_pepper(sheet: Sheet, chance: Generator, share: float) -> Sheet:
    """``share`` of the pixels turned black or white, half each."""
    image = sheet.image.copy()
    drawn = chance.random(image.shape[:2], dtype=np.float32)
    image[drawn < share / 2] = 0
    image[drawn > 1 - share / 2] = 255
    return sheet.painted(image)


def jpeg(sheet: Sheet, chance: Generator, least: int = 20, most: int = 30) -> Sheet:
    """Saved as JPEG of low quality and opened again."""
    quality = int(chance.integers(least, most + 1))
    done, data = cv2.imencode(".jpg", sheet.image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    opened = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert opened is not None
    image = np.asarray(opened)[..., ::-1]
    if _is_grey(sheet.image):
        image = np.repeat(image[..., 1:2], 3, axis=-1)
    return sheet.painted(image)


def _is_grey(image: NDArray[np.uint8]) -> bool:
    return bool((image[..., 0] == image[..., 1]).all() and (image[..., 1] == image[..., 2]).all())


def fold(sheet: Sheet, chance: Generator) -> Sheet:
    """Creases where the paper was folded to a letter, dark with a shade beside, one upright or two across."""
    width, height = sheet.size
    light = np.ones((height, width), np.float32)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    upright = chance.random() < 0.4
    places = [float(chance.uniform(0.4, 0.6))] if upright else [1 / 3, 2 / 3]
    for place in places:
        lean = float(chance.uniform(-0.012, 0.012))
        if upright:
            away = across - (width * place + lean * down)
        else:
            away = down - (height * (place + float(chance.uniform(-0.03, 0.03))) + lean * across)
        waver = cv2.resize(chance.uniform(0.35, 1, (23, 17)).astype(np.float32), (width, height))
        light -= 0.62 * waver * np.exp(-((away / sheet.mm(0.22)) ** 2))
        light -= 0.16 * np.where(away > 0, np.exp(-away / sheet.mm(9)), 0)
    return sheet.painted(sheet.image * np.clip(light, 0.15, 1)[..., None])


def black_border(sheet: Sheet, chance: Generator) -> Sheet:
    """The lid stood open: the paper lies on black, uneven on every side and a little askew."""
    width, height = sheet.size
    left, right, top, bottom = (
        sheet.mm(float(chance.uniform(*reach))) for reach in ((6, 22), (2, 16), (3, 18), (4, 20))
    )
    lean = sheet.mm(float(chance.uniform(-3, 3)))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    laid = corners + np.array(
        [(left, top), (left, top + lean), (left - lean, top + lean), (left - lean, top)], np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners, laid)
    size = (round(width + left + right), round(height + top + bottom))
    ground = sheet.warped(matrix, size, ground=18)
    noise = chance.standard_normal(ground.image.shape[:2], dtype=np.float32) * 5
    dark = ground.image.max(axis=-1) <= 20
    return ground.painted(np.where(dark[..., None], ground.image + noise[..., None], ground.image))


def low_resolution(sheet: Sheet, chance: Generator, content: float = 100) -> Sheet:
    """Scanned at ``content`` dpi and enlarged to the resolution of the picture."""
    width, height = sheet.size
    small = (round(width * content / sheet.dpi), round(height * content / sheet.dpi))
    image = cv2.resize(sheet.image, small, interpolation=cv2.INTER_AREA)
    return sheet.painted(cv2.resize(image, sheet.size, interpolation=cv2.INTER_CUBIC))


def copied(sheet: Sheet, chance: Generator, times: int = 2) -> Sheet:
    """A copy of a copy: black and white only, strokes grown or worn thin, dirt that adds up."""
    grey: Grey = cv2.cvtColor(sheet.image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    height, width = grey.shape
    for _ in range(times):
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), sheet.mm(0.07)), dtype=np.float32)
        toner = cv2.resize(chance.normal(0, 14, (9, 7)).astype(np.float32), (width, height))
        grain = chance.standard_normal(grey.shape, dtype=np.float32) * 12
        grey = np.where(grey + toner + grain > float(chance.uniform(120, 175)), 250, 12).astype(np.float32)
        _dirt(grey, sheet, chance)
    return sheet.painted(np.repeat(cv2.GaussianBlur(grey, (0, 0), sheet.mm(0.045))[..., None], 3, axis=-1))


def _dirt(grey: Grey, sheet: Sheet, chance: Generator) -> None:
    height, width = grey.shape
    for _ in range(int(chance.integers(90, 160))):
        x, y = int(chance.integers(width)), int(chance.integers(height))
        reach = max(1, round(sheet.mm(float(chance.uniform(0.03, 0.22)))))
        cv2.ellipse(
            grey, (x, y), (reach, max(1, reach // 2)), float(chance.uniform(0, 180)), 0, 360, 20.0, -1
        )
    for _ in range(int(chance.integers(0, 3))):
        x = int(chance.integers(width))
        cv2.line(grey, (x, 0), (x + int(chance.integers(-4, 5)), height), 90.0, max(1, round(sheet.mm(0.08))))


def faint(sheet: Sheet, chance: Generator) -> Sheet:
    """An empty cartridge: a fifth to a third of the ink, in bands, on paper that is not white."""
    width, height = sheet.size
    ink_left = float(chance.uniform(0.2, 0.32))
    bands = cv2.resize(chance.uniform(0.7, 1.15, (14, 3)).astype(np.float32), (width, height))
    image = 242 - (255 - sheet.image.astype(np.float32)) * ink_left * bands[..., None]
    return sheet.painted(image + (chance.standard_normal((height, width), dtype=np.float32) * 3.5)[..., None])


def show_through(sheet: Sheet, chance: Generator) -> Sheet:
    """The print on the back of thin paper: mirrored, pale, blurred, its lines between those in front."""
    width, height = sheet.size
    mirrored = np.ascontiguousarray(sheet.image[:, ::-1])
    shift = np.array(
        [[1, 0, sheet.mm(float(chance.uniform(-6, 6)))], [0, 1, sheet.mm(float(chance.uniform(6, 14)))]],
        np.float32,
    )
    back = cv2.warpAffine(
        cv2.GaussianBlur(mirrored, (0, 0), sheet.mm(0.16)),
        shift,
        (width, height),
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255,) * 3,
    )
    share = float(chance.uniform(0.22, 0.4))
    return sheet.painted(sheet.image * (1 - share * (1 - back / 255)) * 0.985)


def uneven_light(sheet: Sheet, chance: Generator) -> Sheet:
    """A lamp from one side and the shadow of a hand."""
    width, height = sheet.size
    down, across = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    angle = float(chance.uniform(0, 2 * math.pi))
    ramp = 0.5 + 0.5 * ((across - 0.5) * math.cos(angle) + (down - 0.5) * math.sin(angle)) / 0.7
    x, y = chance.uniform(0, 1, 2)
    shadow = 1 / (1 + np.exp((np.hypot(across - x, (down - y) * 1.4) - 0.28) * 22))
    return sheet.painted(sheet.image * ((0.52 + 0.46 * ramp) * (1 - 0.3 * shadow))[..., None])


def photograph(sheet: Sheet, chance: Generator) -> Sheet:
    """Taken by hand over a desk: perspective, light from one side, the warm tone of a lamp."""
    width, height = sheet.size
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    reach = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], np.float32)
    inset = reach * chance.uniform(0.012, 0.06, (4, 2)) * np.array([width, height])
    matrix = cv2.getPerspectiveTransform(corners, (corners + inset).astype(np.float32))
    taken = sheet.warped(matrix, sheet.size, ground=92)
    inside = cv2.warpPerspective(np.ones((height, width), np.uint8), matrix, sheet.size)
    grain = cv2.resize(chance.normal(0, 7, (height // 6, width)).astype(np.float32), sheet.size)
    image = np.where(inside[..., None] == 1, taken.image, 92 + grain[..., None])
    lit = uneven_light(taken.painted(image), chance)
    toned = (
        lit.image * np.array([0.985, 0.96, 0.9], np.float32)
        + (chance.standard_normal((height, width), dtype=np.float32) * 2.5)[..., None]
    )
    return lit.painted(cv2.GaussianBlur(toned, (0, 0), sheet.mm(0.05)))


def stain(sheet: Sheet, chance: Generator) -> Sheet:
    """Rings of a cup and a patch of damp, brown, over the text."""
    width, height = sheet.size
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    ink_on = np.zeros((height, width), np.float32)
    for _ in range(2):
        x, y = chance.uniform(0.15, 0.85, 2) * np.array([width, height])
        away = np.hypot(across - x, down - y)
        radius = sheet.mm(float(chance.uniform(34, 44)))
        ink_on += 0.55 * np.exp(-(((away - radius) / sheet.mm(1.6)) ** 2)) + 0.12 * (away < radius)
    x, y = chance.uniform(0.1, 0.9, 2) * np.array([width, height])
    edge = cv2.resize(
        chance.normal(0, sheet.mm(9), (9, 9)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    damp = sheet.mm(42) + edge - np.hypot(across - x, down - y)
    ink_on += 0.22 / (1 + np.exp(-damp / sheet.mm(1.2))) + 0.3 * np.exp(-((damp / sheet.mm(1.0)) ** 2))
    brown = 1 - np.array([168, 128, 78], np.float32) / 255
    return sheet.painted(sheet.image * (1 - np.clip(ink_on, 0, 0.8)[..., None] * brown))


_MIXED: tuple[Step, ...] = (
    partial(rotation, least=0.6, most=1.8),
    partial(blur, least=0.05, most=0.08),
    partial(gaussian_noise, deviation=12),
    partial(jpeg, least=30, most=30),
)
_HARD: tuple[Step, ...] = (
    partial(rotation, least=1.2, most=2.5),
    partial(blur, least=0.08, most=0.11),
    partial(gaussian_noise, deviation=20),
    partial(salt_and_pepper, share=0.01),
    partial(jpeg, least=30, most=30),
)


def _of(name: str, *steps: Step, two_up: bool = False) -> tuple[str, Damage]:
    return name, Damage(name, steps, two_up)


DAMAGES: dict[str, Damage] = dict(
    [
        _of("clean"),
        _of("rotation", rotation),
        _of("turned_90", partial(quarter_turn, turns=1)),
        _of("turned_180", partial(quarter_turn, turns=2)),
        _of("turned_270", partial(quarter_turn, turns=3)),
        _of("blur", blur),
        _of("gaussian_noise", gaussian_noise),
        _of("salt_and_pepper_1", partial(salt_and_pepper, share=0.01)),
        _of("salt_and_pepper_3", partial(salt_and_pepper, share=0.03)),
        _of("jpeg", jpeg),
        _of("red_seal", ink.seal),
        _of("black_seal", partial(ink.seal, colour=(70, 70, 72))),
        _of("signature", ink.signature),
        _of("fold", fold),
        _of("black_border", black_border),
        _of("low_resolution", low_resolution),
        _of("copy_of_copy", copied),
        _of("faint", faint),
        _of("show_through", show_through),
        _of("uneven_light", uneven_light),
        _of("photograph", photograph),
        _of("stain", stain),
        _of("incoming_stamp", stamps.incoming_stamp),
        _of("copy_stamp", stamps.copy_stamp),
        _of("digital_signature", stamps.digital_signature),
        _of("watermark", stamps.watermark),
        _of("margin_note", ink.margin_note),
        _of("two_pages", two_up=True),
        _of("mixed", *_MIXED),
        _of("mixed_seal", ink.seal, *_MIXED),
        _of("hard", *_HARD),
    ]
)
"""Every kind of damage by its name; ``clean`` is none."""


def hurt(sheet: Sheet, damage: Damage, chance: Generator) -> Sheet:
    """``sheet`` after all steps of ``damage``."""
    for step in damage.steps:
        sheet = step(sheet, chance)
    return sheet


def side_by_side(left: Sheet, right: Sheet, chance: Generator) -> Sheet:
    """Two pages of an open file on one picture, with the shade of the gutter between them."""
    height = max(left.size[1], right.size[1])
    width = left.size[0] + right.size[0]
    image = np.full((height, width, 3), 255, np.uint8)
    image[: left.size[1], : left.size[0]] = left.image
    image[: right.size[1], left.size[0] :] = right.image
    away = np.abs(np.arange(width) - left.size[0]).astype(np.float32)
    shade: NDArray[Any] = 1 - float(chance.uniform(0.35, 0.6)) * np.exp(-away / left.mm(4))
    lines = max((word.line for word in left.words), default=-1) + 1
    return replace(
        left,
        image=(image * shade[None, :, None]).astype(np.uint8),
        words=[*left.words, *(replace(word, line=word.line + lines) for word in right.words)],
        quads=np.concatenate([left.quads, right.quads + np.array([left.size[0], 0])]),
        last=right.last,
    )
