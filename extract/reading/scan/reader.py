"""Scans and photographs: JPEG, PNG, TIFF with one frame a page."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future

from extract.errors import FileProblem, MissingProgram
from extract.pages import Caution, Page
from extract.reading.base import EngineSource, Reading
from extract.reading.lost import Loss, lost_pages
from extract.reading.scan.frames import Frame, frames
from extract.reading.scan.ocr import THREADS, Recognised, Recogniser, lost_lines, low_confidence
from extract.reading.scan.picture import guess_dpi


def read_image(data: bytes, engine: EngineSource) -> Reading:
    """Recognise the frames of an image file, one page each.

    A frame that is broken, cut off or too large is named with the caution ``lines_lost`` when
    others can be read.

    Raises:
        DamagedFile: no frame can be read.
        TooLarge: the only frame takes more than can be unpacked.
        MissingProgram: Tesseract or its Vietnamese data is missing.
    """
    with Recogniser(engine) as recogniser:
        file = _File()
        for frame in frames(data):
            file.take(frame, recogniser)
        return file.reading(recogniser)


class _File:
    """The pages of one image file, a few of them under recognition."""

    def __init__(self) -> None:
        self._pages: list[Page] = []
        self._pending: deque[tuple[Page, Future[Recognised]]] = deque()
        self._sure: list[tuple[int, float | None]] = []
        self._lost: dict[int, Loss] = {}
        self._notes: list[Caution] = []

    def take(self, frame: Frame, recogniser: Recogniser) -> None:
        """Start on a frame, and finish those that were started long before."""
        page = Page(frame.number, [], origin="ocr", reason="tệp ảnh")
        self._pages.append(page)
        if frame.loss is not None:
            self._lost[frame.number] = frame.loss
        if frame.image is None:
            page.reason = frame.loss.problem.reason if frame.loss else page.reason
            return
        page.width, page.height = _points(frame)
        recogniser.need()
        self._pending.append((page, recogniser.submit(frame.image, frame.dpi, frame.number)))
        self._settle(2 * THREADS)

    def _settle(self, most: int) -> None:
        while len(self._pending) > most:
            page, future = self._pending.popleft()
            number = page.number or 0
            try:
                found = future.result()
            except MissingProgram:
                raise
            except FileProblem as error:
                self._lost[number] = Loss(error)
                continue
            page.lines, page.steps, page.confidence = found.lines, found.steps, found.confidence
            page.zones += found.zones
            self._notes += lost_lines(number, found)
            self._sure.append((number, found.confidence))

    def reading(self, recogniser: Recogniser) -> Reading:
        """What was read, when all frames are finished."""
        self._settle(0)
        if self._lost and not any(page.lines for page in self._pages):
            raise next(iter(self._lost.values())).problem
        cautions = lost_pages(self._lost) + self._notes + low_confidence(self._sure)
        return Reading(self._pages, cautions, recogniser.engine_name)


def _points(frame: Frame) -> tuple[float, float]:
    assert frame.image is not None
    known = frame.dpi or guess_dpi(frame.image.size)
    return frame.image.width * 72 / known, frame.image.height * 72 / known
