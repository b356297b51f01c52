"""Scans and photographs: JPEG, PNG, TIFF with one frame a page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from concurrent.futures import Future

from PIL import Image, ImageOps, UnidentifiedImageError

from extract.errors import DamagedFile, FileProblem, MissingProgram, TooLarge
from extract.pages import Caution, Page
from extract.reading.base import EngineSource, Reading
from extract.reading.ocr import Recognised, Recogniser, lost_lines, low_confidence
from extract.reading.picture import MAX_PIXELS, guess_dpi, plausible_dpi

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, ZeroDivisionError)
_MAX_FRAMES = 2_000

Sheet = tuple[int, Future[Recognised] | None, tuple[float, float] | None]


def read_image(data: bytes, engine: EngineSource) -> Reading:
    """Recognise the frames of an image file, one page each.

    A broken frame is left out with the caution ``lines_lost`` when others can be read.

    Raises:
        DamagedFile: no frame can be read.
        TooLarge: a frame has more than ``MAX_PIXELS`` pixels.
        MissingProgram: Tesseract or its Vietnamese data is missing.
    """
    cautions: list[Caution] = []
    notes: list[Caution] = []
    pages: list[Page] = []
    sure: list[tuple[int, float | None]] = []
    problem: FileProblem | None = None
    with Recogniser(engine) as recogniser:
        for number, future, size in list(_submit(_open(data), recogniser)):
            page = Page(
                number, [], origin="ocr", width=size[0] if size else None, height=size[1] if size else None
            )
            pages.append(page)
            try:
                if future is None:
                    raise DamagedFile("The image is cut off or broken.", "Scan or fetch it again.")
                found = future.result()
            except MissingProgram:
                raise
            except FileProblem as error:
                problem = problem or error
                cautions.append(Caution("lines_lost", f"Frame {number} could not be read: {error.reason}"))
                continue
            page.lines, page.steps, page.confidence = found.lines, found.steps, found.confidence
            page.zones += found.zones
            notes += lost_lines(number, found)
            sure.append((number, found.confidence))
        if problem is not None and len(cautions) == len(pages):
            raise problem
        return Reading(pages, cautions + notes + low_confidence(sure), recogniser.engine_name)


def _open(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # the bound is checked by ourselves, with a sentence that helps
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise DamagedFile("The image is cut off or broken.", "Scan or fetch it again.") from error


def _too_large() -> TooLarge:
    return TooLarge(
        f"The image has more than {MAX_PIXELS // 1_000_000} million pixels.",
        "Scan it at 300 dpi, or cut it into pages.",
    )


def _submit(image: Image.Image, recogniser: Recogniser) -> Iterator[Sheet]:
    """Each frame as number, recognition under way (``None``: broken) and size in points."""
    for index in range(_MAX_FRAMES):
        try:
            if index:
                image.seek(index)
        except EOFError:
            return
        except _BROKEN:
            # the way to the next frame is broken too
            yield index + 1, None, None
            return
        if image.width * image.height > MAX_PIXELS:
            raise _too_large()
        recogniser.need()
        try:
            dpi = plausible_dpi(_dpi(image), image.size)
            frame = ImageOps.exif_transpose(image.copy())
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except _BROKEN:
            yield index + 1, None, None
            continue
        known = dpi or guess_dpi(frame.size)
        size = (frame.width * 72 / known, frame.height * 72 / known)
        yield index + 1, recogniser.submit(frame, dpi, index + 1), size


def _dpi(image: Image.Image) -> float | None:
    given = image.info.get("dpi")
    try:
        return float(given[0]) if given else None
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
