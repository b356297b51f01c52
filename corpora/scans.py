"""Scans of the written documents with named damage, and the truth of what stands on them.

>>> scan = make_scan(written_forms()[0], "rotation", dpi=200, seed=1)
>>> scan.truth.text            # what a perfect reader reads, in reading order
>>> scan.pages[0].save("page.png")

The truth is known, not read: words and boxes come from the layout that printed the page and go through the
same geometry as the picture. Text of stamps, seals and notes is on the picture and not in the truth, page
numbers are in it as their own part and not in its text. The same arguments give the same pixels.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from corpora.damage import DAMAGES, Damage, hurt, side_by_side
from corpora.forms import FIELDS, Form, read_form, written_forms
from corpora.ink import DIGIT_HANDS, fill_in
from corpora.sheets import Part, Sheet, print_form, print_pdf
from extract.pages import Box

__all__ = [
    "DAMAGES",
    "DIGIT_HANDS",
    "FIELDS",
    "Damage",
    "Form",
    "Scan",
    "TrueField",
    "TrueLine",
    "TruePage",
    "TrueWord",
    "Truth",
    "make_scan",
    "read_form",
    "scan_pdf",
    "written_forms",
]


@dataclass(frozen=True, slots=True)
class TrueWord:
    """A word with its box as fractions of the damaged picture, cut at its edges.

    ``hand`` says that it, or a piece of it, is written by hand; ``field`` names the header field it prints.
    """

    text: str
    box: Box
    part: Part = "body"
    field: str = ""
    hand: bool = False


@dataclass(frozen=True, slots=True)
class TrueLine:
    """The words of one printed line of one column."""

    words: tuple[TrueWord, ...]

    @property
    def text(self) -> str:
        """The words, parted by single blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def part(self) -> Part:
        """The part of the form that the line stands in."""
        return self.words[0].part


@dataclass(frozen=True, slots=True)
class TruePage:
    """The lines of a picture in reading order: left column of the head, right one, body, and so on."""

    lines: tuple[TrueLine, ...]

    @property
    def words(self) -> Iterator[TrueWord]:
        """The words in reading order, page numbers left out."""
        for line in self.lines:
            yield from (word for word in line.words if word.part != "page_number")

    @property
    def text(self) -> str:
        """The words in reading order, parted by single blanks, page numbers left out."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class TrueField:
    """The value of a header field; ``hand`` says that it is written by hand, wholly or in part."""

    value: str
    hand: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands on the pages, and the header fields of :data:`FIELDS` by name (dates in ISO)."""

    pages: tuple[TruePage, ...]
    fields: dict[str, TrueField]

    @property
    def text(self) -> str:
        """The text of all pages, parted by single blanks."""
        return " ".join(page.text for page in self.pages)


@dataclass(frozen=True, slots=True)
class Scan:
    """Pictures of a document's pages: mode ``L`` without colour, else ``RGB``."""

    document: str
    damage: str
    dpi: int
    pages: list[Image.Image]
    truth: Truth

    def save(self, path: Path) -> None:
        """Write all pages to a ``.pdf`` or ``.tif``, or the only one to a ``.png`` or ``.jpg``."""
        first, *others = self.pages
        if path.suffix == ".pdf":
            # Pillow stamps the hour into a PDF unless told otherwise.
            first.save(
                path,
                save_all=True,
                append_images=others,
                resolution=self.dpi,
                quality=88,
                title=self.document,
                creationDate=_EPOCH,
                modDate=_EPOCH,
            )
        elif path.suffix in (".tif", ".tiff"):
            first.save(
                path,
                save_all=True,
                append_images=others,
                dpi=(self.dpi,) * 2,
                compression="tiff_adobe_deflate",
            )
        elif others:
            raise ValueError(f"{len(self.pages)} pages do not go into one {path.suffix}")
        else:
            first.save(path, dpi=(self.dpi,) * 2)


_EPOCH = time.struct_time((2020, 11, 2, 8, 0, 0, 0, 307, 0))


def make_scan(
    document: Form | Path,
    damage: str | Damage = "clean",
    dpi: int = 200,
    seed: int = 0,
    *,
    hand: bool | str = False,
    blocks: int | None = None,
    pages: Sequence[int] | None = None,
) -> Scan:
    """A scan of ``document``.

    Args:
        document: A form, or the path of a written document that has one.
        damage: A name of :data:`DAMAGES`, or steps of one's own.
        dpi: Resolution of the pictures.
        seed: Another seed, another angle, another hand; also the document's name enters.
        hand: Number and day are written by hand; a name of :data:`DIGIT_HANDS` says by whose.
        blocks: Cut the body to its first blocks: 8 to 12 give one page with head, body and closing.
        pages: Only these, counted from 0.

    Raises:
        ValueError: the path is no document in the form, or there is no such damage.
    """
    form = document if isinstance(document, Form) else read_form(document)
    if form is None:
        raise ValueError(f"{document} has no whole head and closing in the form of a decree")
    damage = _known(damage)
    sheets = print_form(form, dpi, blocks=blocks, open_digits=bool(hand))
    made: list[Sheet] = []
    for number, sheet in enumerate(sheets):
        if pages is not None and number not in pages:
            continue
        chance = np.random.default_rng([seed, number, zlib.crc32(f"{form.name} {damage.name}".encode())])
        if hand:
            # its own generator: the same hand under every damage
            pen = np.random.default_rng([seed, zlib.crc32(form.name.encode())])
            sheet = fill_in(sheet, pen, hand if isinstance(hand, str) else None)
        made.append(hurt(sheet, damage, chance))
    made = _bound(made, damage, np.random.default_rng([seed, zlib.crc32(form.name.encode())]))
    fields = {
        name: TrueField(form.fields[name], bool(hand) and name in ("number", "date")) for name in FIELDS
    }
    truth = Truth(tuple(_true_page(sheet) for sheet in made), fields)
    return Scan(form.name, damage.name, dpi, [_image(sheet) for sheet in made], truth)


def scan_pdf(pdf: Path, damage: str | Damage, dpi: int = 200, seed: int = 0) -> Scan:
    """A scan of any PDF, without truth; stamps that need a known head or signature are left out."""
    damage = _known(damage)
    made = [
        hurt(sheet, damage, np.random.default_rng([seed, number, zlib.crc32(damage.name.encode())]))
        for number, sheet in enumerate(print_pdf(pdf, dpi))
    ]
    made = _bound(made, damage, np.random.default_rng(seed))
    return Scan(pdf.stem, damage.name, dpi, [_image(sheet) for sheet in made], Truth((), {}))


def _known(damage: str | Damage) -> Damage:
    if isinstance(damage, Damage):
        return damage
    if damage not in DAMAGES:
        raise ValueError(f"no damage {damage!r}; there are {', '.join(DAMAGES)}")
    return DAMAGES[damage]


def _bound(sheets: list[Sheet], damage: Damage, chance: np.random.Generator) -> list[Sheet]:
    """``sheets`` two on a picture where the damage says so; the last of an odd number stays alone."""
    if not damage.two_up:
        return sheets
    return [
        side_by_side(sheets[at], sheets[at + 1], chance) if len(sheets) > at + 1 else sheets[at]
        for at in range(0, len(sheets), 2)
    ]


def _image(sheet: Sheet) -> Image.Image:
    image = Image.fromarray(sheet.image)
    red, green, blue = (sheet.image[..., at] for at in range(3))
    grey = np.array_equal(red, green) and np.array_equal(green, blue)
    return image.getchannel(0) if grey else image


def _true_page(sheet: Sheet) -> TruePage:
    width, height = sheet.size
    corners = np.clip(sheet.quads / np.array([width, height]), 0, 1)
    lines: dict[int, list[TrueWord]] = {}
    for word, quad in zip(sheet.words, corners, strict=True):
        (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
        box = (float(x0), float(y0), float(x1), float(y1))
        lines.setdefault(word.line, []).append(TrueWord(word.text, box, word.part, word.field, word.hand))
    return TruePage(tuple(TrueLine(tuple(words)) for words in lines.values()))
