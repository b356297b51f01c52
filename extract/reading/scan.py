"""Scans and photographs: JPEG, PNG, TIFF with one frame a page."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

from extract.errors import FileProblem, MissingProgram
from extract.pages import Caution, Page
from extract.reading.base import EngineSource, Reading
from extract.reading.frames import Frame, frames
from extract.reading.lost import Loss, lost_pages
from extract.reading.ocr import Recognised, Recogniser, lost_lines, low_confidence
from extract.reading.picture import guess_dpi

Sheet = tuple[Page, Future[Recognised] | None, Loss | None]


def read_image(data: bytes, engine: EngineSource) -> Reading:
    """Recognise the frames of an image file, one page each.

    A frame that is broken, cut off or too large is named with the caution ``lines_lost`` when
    others can be read.

    Raises:
        DamagedFile: no frame can be read.
        TooLarge: the only frame takes more than can be unpacked.
        MissingProgram: Tesseract or its Vietnamese data is missing.
    """
    pages: list[Page] = []
    sure: list[tuple[int, float | None]] = []
    lost: dict[int, Loss] = {}
    notes: list[Caution] = []
    with Recogniser(engine) as recogniser:
        for page, future, loss in list(_submit(data, recogniser)):
            pages.append(page)
            number = page.number or 0
            if loss is not None:
                lost[number] = loss
            if future is None:
                continue
            try:
                found = future.result()
            except MissingProgram:
                raise
            except FileProblem as error:
                lost[number] = Loss(error)
                continue
            page.lines, page.steps, page.confidence = found.lines, found.steps, found.confidence
            page.zones += found.zones
            notes += lost_lines(number, found)
            sure.append((number, found.confidence))
        if lost and not sure:
            raise next(iter(lost.values())).problem
        cautions = lost_pages(lost, "Frame") + notes + low_confidence(sure)
        return Reading(pages, cautions, recogniser.engine_name)


def _submit(data: bytes, recogniser: Recogniser) -> Iterator[Sheet]:
    """Each frame as the page to be, recognition under way (``None``: nothing to recognise), what is lost."""
    for frame in frames(data):
        page = Page(frame.number, [], origin="ocr", reason="an image")
        if frame.image is None or frame.size is None:
            page.reason = frame.loss.problem.reason if frame.loss else page.reason
            yield page, None, frame.loss
            continue
        page.width, page.height = _points(frame)
        recogniser.need()
        yield page, recogniser.submit(frame.image, frame.dpi, frame.number), frame.loss


def _points(frame: Frame) -> tuple[float, float]:
    assert frame.image is not None
    known = frame.dpi or guess_dpi(frame.image.size)
    return frame.image.width * 72 / known, frame.image.height * 72 / known
