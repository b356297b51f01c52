"""Printed pages as pictures whose words are known: what a scanner is given, before anything happens to it.

Every word carries its four corners through whatever the picture goes through, so that the truth about a
damaged page lies on the damaged picture.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from corpora.forms import Form
from corpora.render_pdf import markdown_to_pdf

Picture = NDArray[np.uint8]
"""Rows, columns, red-green-blue."""
Matrix = NDArray[Any]
"""3 x 3, from pixels before to pixels after."""
Corners = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels."""

Part = Literal["head_left", "head_right", "body", "closing_left", "closing_right", "page_number"]

PAPER = 255


@dataclass(frozen=True, slots=True)
class Printed:
    """A word of the document: its printed line (counted from 0 over the page), its part of the form, the
    header field it belongs to (``""`` for none), and whether it, or a piece of it, is written by hand."""

    text: str
    line: int
    part: Part = "body"
    field: str = ""
    hand: bool = False


@dataclass(slots=True)
class Sheet:
    """A page of ``form`` as a picture at ``dpi`` and the words on it; ``quads`` are their corners, n x 4 x 2
    pixels, clockwise from the top left as the word is read."""

    image: Picture
    words: list[Printed]
    quads: NDArray[np.float64]
    dpi: float
    form: Form
    first: bool = True
    last: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[1], self.image.shape[0]

    def mm(self, length: float) -> float:
        """``length`` millimetres in pixels."""
        return length * self.dpi / 25.4

    def box(self, *, field: str = "", part: str = "") -> Corners | None:
        """The box around the words of a header field or a part of the form; ``None`` if not on this page."""
        chosen = [
            at
            for at, word in enumerate(self.words)
            if (not field or word.field == field) and (not part or word.part == part)
        ]
        if not chosen:
            return None
        points = self.quads[chosen].reshape(-1, 2)
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return float(x0), float(y0), float(x1), float(y1)

    def painted(self, image: NDArray[Any]) -> Sheet:
        """The sheet with another picture of the same geometry."""
        return replace(self, image=np.clip(image, 0, 255).astype(np.uint8))

    def warped(self, matrix: Matrix, size: tuple[int, int], ground: int = PAPER) -> Sheet:
        """The sheet under a projective map, on a picture of ``size`` over a ground of one grey."""
        image = cv2.warpPerspective(
            self.image,
            matrix,
            size,
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(ground,) * 3,
        )
        quads = self.quads
        if len(quads):
            quads = np.asarray(cv2.perspectiveTransform(quads.reshape(1, -1, 2), matrix), dtype=np.float64)
        return replace(self, image=np.asarray(image, dtype=np.uint8), quads=quads.reshape(-1, 4, 2))


_UNKNOWN = Form("", ("",), "", "", "", "", (), (), (), {})


def print_pdf(path: Path, dpi: float) -> list[Sheet]:
    """The pages of any PDF as sheets without known words: whatever seeks a head or signature finds none."""
    cv2.setNumThreads(1)
    with pypdfium2.PdfDocument(path) as pdf:
        images = [_picture(page, dpi) for page in pdf]
    nothing = np.zeros((0, 4, 2))
    last = len(images) - 1
    return [Sheet(image, [], nothing, dpi, _UNKNOWN, at == 0, at == last) for at, image in enumerate(images)]


def print_form(
    form: Form, dpi: float, *, blocks: int | None = None, open_digits: bool = False
) -> list[Sheet]:
    """The document laid out on A4 and rendered, page by page; see :meth:`Form.markdown`."""
    cv2.setNumThreads(1)
    with pypdfium2.PdfDocument(_pdf(form.markdown(blocks=blocks, open_digits=open_digits))) as pdf:
        pages = [_page(page, dpi, number) for number, page in enumerate(pdf)]
    total = sum(word.part != "page_number" for _, words, _ in pages for word in words)
    parts = iter(_parts(form, total, open_digits))
    sheets = []
    for number, (image, words, quads) in enumerate(pages):
        words = [word if word.part == "page_number" else replace(word, part=next(parts)) for word in words]
        sheets.append(Sheet(image, words, quads, dpi, form, number == 0, number == len(pages) - 1))
    _mark_fields(form, sheets, open_digits)
    return sheets


@lru_cache(maxsize=16)
def _pdf(markdown: str) -> bytes:
    # one layout serves a document's damages, resolutions and seeds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        markdown_to_pdf(markdown, path)
        return path.read_bytes()


def _page(page: Any, dpi: float, number: int) -> tuple[Picture, list[Printed], NDArray[np.float64]]:
    height = page.get_height()
    words: list[Printed] = []
    quads: list[list[tuple[float, float]]] = []
    for text, line, (x0, y0, x1, y1) in _words(page.get_textpage()):
        foot = number > 0 and text == str(number + 1) and y0 > height - 60
        words.append(Printed(text, line, "page_number" if foot else "body"))
        top, bottom = (height - y1) * dpi / 72, (height - y0) * dpi / 72
        left, right = x0 * dpi / 72, x1 * dpi / 72
        quads.append([(left, top), (right, top), (right, bottom), (left, bottom)])
    return _picture(page, dpi), words, np.array(quads, dtype=np.float64).reshape(-1, 4, 2)


def _picture(page: Any, dpi: float) -> Picture:
    return np.ascontiguousarray(page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[..., :3])


def _words(page: Any) -> Iterator[tuple[str, int, Corners]]:
    """The words of a text layer in the order of printing, with their line and tight box in points.

    Every line of print is one string of the layer, so the layer's own line ends are exact.
    """
    text = page.get_text_range()
    count = page.count_chars()
    assert len(text) == count, "the layer holds characters outside the basic plane"
    line, letters, boxes = 0, "", []
    for at, letter in enumerate(text + "\n"):
        if not letter.isspace():
            letters += letter
            boxes.append(page.get_charbox(at))
            continue
        if letters:
            edges = np.array(boxes)
            yield (
                letters,
                line,
                (edges[:, 0].min(), edges[:, 1].min(), edges[:, 2].max(), edges[:, 3].max()),
            )
        letters, boxes = "", []
        line += letter == "\n"


def _parts(form: Form, total: int, open_digits: bool) -> list[Part]:
    """The part of the form of every word in the order of printing, page numbers left out.

    Cells are printed one after the other, so counting words tells where a column ends.
    """
    left, right = (len(" ".join(column).split()) for column in form.head(open_digits=open_digits))
    copies, signature = (len(" ".join(column).split()) for column in form.closing())
    counts: dict[Part, int] = {
        "head_left": left,
        "head_right": right,
        "body": max(0, total - left - right - copies - signature),
        "closing_left": copies,
        "closing_right": signature,
    }
    return [part for part, count in counts.items() for _ in range(count)]


_FIELD_PARTS: dict[str, tuple[Part, ...]] = {
    "issuer": ("head_left",),
    "number": ("head_left",),
    "date": ("head_right",),
    "kind": ("body",),
    "subject": ("body", "head_left"),
    "signer_title": ("closing_right",),
    "signer": ("closing_right",),
}


def _mark_fields(form: Form, sheets: Sequence[Sheet], open_digits: bool) -> None:
    """Name the header field of the words that print one."""
    number = form.number[len(form.digits) :] if open_digits else form.number
    date = form.date_line[form.date_line.index("ngày") :]
    printed = {
        "issuer": form.fields["issuer"],
        "number": number,
        "date": date.replace(f" {form.day} ", " ") if open_digits else date,
        "kind": form.kind_line,
        "subject": form.subject,
        "signer_title": form.fields["signer_title"],
        "signer": form.fields["signer"],
    }
    for name, value in printed.items():
        wanted = value.split()
        for sheet in sheets if wanted else ():
            here = [at for at, word in enumerate(sheet.words) if word.part in _FIELD_PARTS[name]]
            texts = [sheet.words[at].text for at in here]
            found = next((at for at in range(len(here)) if texts[at : at + len(wanted)] == wanted), None)
            if found is not None:
                for at in here[found : found + len(wanted)]:
                    sheet.words[at] = replace(sheet.words[at], field=name)
                break
        else:
            assert not wanted, f"{form.name}: {name} is not printed on the page"
