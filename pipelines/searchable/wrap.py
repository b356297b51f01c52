"""Pictures become pages of a PDF without losing a pixel: img2pdf copies JPEG and PNG data as they are."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageFile, ImageOps

from extract.errors import DamagedFile
from extract.pages import Caution, Page

_ORIENTATION = 274
_QUARTERS = {0: 0, 1: 0, 3: 2, 6: 1, 8: 3}
"""EXIF orientations that a page can have, as quarter turns clockwise; the others are mirrored."""
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, ZeroDivisionError)
_A4 = (595.28, 841.89)
_CHUNK = 16
"""Frames that are held in memory before they go to a file of their own."""


def wrap(
    data: bytes, format: str, pages: Sequence[Page], folder: Path, files: ExitStack
) -> tuple[pikepdf.Pdf, list[Caution]]:
    """A PDF of the picture, page by page as large as ``pages`` say, and what is to be said about it.

    JPEG and PNG data are copied. A TIFF's frames are stored anew without loss: CCITT group 4 for black
    and white, deflated otherwise. What is cut off is stored as far as it goes;
    a broken frame leaves its page empty.

    Args:
        data: A file that was read already.
        format: ``jpeg``, ``png`` or ``tiff``.
        pages: Its pages as they were read.
        folder: Takes what does not fit into memory.
        files: Closes the PDF, after it was saved.

    Raises:
        DamagedFile: img2pdf cannot take the picture.
    """
    cautions: list[Caution] = []
    held: list[bytes] = []
    parts: list[Path] = []
    with _no_bounds():
        for index, frame in enumerate(_frames(data, format, len(pages))):
            page = pages[index]
            size = (page.width or _A4[0], page.height or _A4[1])
            if frame is None and page.lines:
                said = (
                    f"Trang {index + 1} có ảnh bị hỏng, trong PDF chỉ có chữ. Cần quét lại hoặc lấy lại tệp."
                )
                cautions.append(Caution("lines_lost", said))
            held.append(_empty(size) if frame is None else _page(frame, size))
            if len(held) == _CHUNK:
                parts.append(_written(held, folder / f"part-{index}.pdf"))
                held = []
    if held:
        parts.append(_written(held, folder / "part-last.pdf"))
    return files.enter_context(pikepdf.open(_joined(parts, folder))), cautions


@contextmanager
def _no_bounds(*, cut: bool = False) -> Iterator[None]:
    """Pillow without its bound on pixels: what is too large was refused when it was read.

    ``cut``: and content with a picture that is cut off.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kept = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, cut
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = kept


def _frames(data: bytes, format: str, count: int) -> Iterator[bytes | None]:
    """The frames as files of their own, ``None`` for a broken one."""
    if format != "tiff" or count == 1:
        yield data
        return
    image = Image.open(io.BytesIO(data))
    for index in range(count):
        try:
            image.seek(index)
            exif = Image.Exif()
            exif[_ORIENTATION] = image.getexif().get(_ORIENTATION, 1)
            kept = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
            yield _saved(image.copy(), exif=exif, **kept)
        except _BROKEN:
            yield _what_is_left(data, index)


def _what_is_left(data: bytes, index: int = 0) -> bytes | None:
    """A frame that is cut off, as far as it goes, as a file of its own."""
    try:
        with _no_bounds(cut=True), Image.open(io.BytesIO(data)) as image:
            image.seek(index)
            return _saved(ImageOps.exif_transpose(image.copy()))
    except _BROKEN:
        return None


def _saved(image: Image.Image, **more: object) -> bytes:
    stream = io.BytesIO()
    packed = {"compression": "group4"} if image.mode == "1" else {}
    image.save(stream, "TIFF", **packed, **more)
    return stream.getvalue()


def _page(data: bytes, size: tuple[float, float]) -> bytes:
    """A PDF of one page that is shown ``size`` points large."""
    try:
        return _as_pdf(data, size)
    except (*_BROKEN, *_REFUSED) as error:
        left = _what_is_left(data)
        with suppress(*_BROKEN, *_REFUSED):
            if left is not None:
                return _as_pdf(left, size)
        said = " ".join(str(error).split())
        raise DamagedFile(
            f"Không đưa được ảnh vào PDF: {said}.", "Cần lưu lại ảnh thành JPEG hoặc PNG."
        ) from error


def _as_pdf(data: bytes, size: tuple[float, float]) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        turned = int(image.getexif().get(_ORIENTATION, 1))
        seen = image.mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in image.info
        if seen or turned not in _QUARTERS:
            # a PDF page cannot be mirrored, and img2pdf takes no transparent pictures
            data, turned = _saved(_on_white(ImageOps.exif_transpose(image))), 1
    quarters = _QUARTERS[turned]
    width, height = size if quarters % 2 == 0 else (size[1], size[0])
    made: bytes = img2pdf.convert(
        data,
        layout_fun=lambda *_: (width, height, width, height),
        rotation=img2pdf.Rotation.none,
        first_frame_only=True,
        nodate=True,
    )
    if not quarters:
        return made
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.pages[0].Rotate = 90 * quarters
        return _bytes(pdf)


_REFUSED = (
    img2pdf.AlphaChannelError,
    img2pdf.ImageOpenError,
    img2pdf.JpegColorspaceError,
    img2pdf.PdfTooLargeError,
    img2pdf.UnsupportedColorspaceError,
)


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparent parts, as it looks on paper."""
    if image.mode not in ("LA", "RGBA", "PA", "La", "RGBa") and "transparency" not in image.info:
        return image
    layer = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _empty(size: tuple[float, float]) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        return _bytes(pdf)


def _bytes(pdf: pikepdf.Pdf) -> bytes:
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def _written(held: Sequence[bytes], path: Path) -> Path:
    """The pages held in memory as one file."""
    with ExitStack() as opened, pikepdf.new() as part:
        for data in held:
            part.pages.extend(opened.enter_context(pikepdf.open(io.BytesIO(data))).pages)
        part.save(path)
    return path


def _joined(parts: Sequence[Path], folder: Path) -> Path:
    """One file of all parts. qpdf joins them from file to file; pikepdf's pages would go through memory."""
    if len(parts) == 1:
        return parts[0]
    made = folder / "pages.pdf"
    pikepdf.Job(["qpdf", "--empty", "--pages", *map(str, parts), "--", str(made)]).run()
    return made
