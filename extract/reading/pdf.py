"""PDF files, page by page: the text layer where it can be trusted, recognition where it cannot.

pypdfium2 opens every file. pdfplumber, fifty times slower, is asked only for pages with drawn
tables and for pages whose letters come in several fonts within one word.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extract.errors import DamagedFile, EncryptedFile, FileProblem, MissingProgram
from extract.pages import Caution, Line, Page, Word
from extract.reading.base import EngineSource, Reading
from extract.reading.layout import lines_of
from extract.reading.legacy import Converter, convert_words
from extract.reading.ocr import Recognised, Recogniser, low_confidence, turn_box
from extract.reading.pdf_tables import drawn_grids, has_grid, lines_with_tables
from extract.reading.pdf_words import Plumber, Sheet, layer_words, sheet_of
from extract.reading.picture import DPI
from extract.reading.vietnamese import Share, share

_ENOUGH = 10
"""Words (in letters) from which on the language of a page's text layer can be judged."""
_TRUSTED = 0.75
_TRUSTED_OVER_PICTURE = 0.90
"""Shares of possible syllables below which a layer is doubted. Typed pages have above 0.95; the layer
of a scanned page is some scanner's own recognition and has to be better than "possible"."""
_FEW = 40
"""A full-page picture with fewer words than this is a scan with a stamp or signature typed over it."""
_MAX_RENDER = 60_000_000

_DAMAGED_REMEDY = "Fetch it again, or open it in a viewer and print it to a new PDF."


@dataclass(slots=True)
class _Pending:
    """A page under recognition, with the layer it may fall back to."""

    page: Page
    future: Future[Recognised]
    layer: list[Line]
    measure: Share


def read_pdf(data: bytes, engine: EngineSource) -> Reading:
    """Read a PDF.

    Pages of the result have ``origin`` ``"layer"`` or ``"ocr"``. A page that cannot be opened or
    recognised is left empty, with the caution ``lines_lost``, when others can.

    Raises:
        EncryptedFile: it opens only with a password.
        DamagedFile: it is cut off or broken.
        MissingProgram: a page has to be recognised and Tesseract is missing.
    """
    _check_whole(data)
    pdf = _open(data)
    plumber = Plumber(data)
    try:
        with Recogniser(engine) as recogniser:
            return _File(pdf, plumber, recogniser).read()
    finally:
        plumber.close()
        pdf.close()


def _check_whole(data: bytes) -> None:
    """pdfium rebuilds a cut-off file from what is left and says nothing; so look at the end."""
    end = data.rfind(b"%%EOF")
    if end < 0 and b"startxref" in data[-2048:]:
        return  # only the last line is missing
    if end < 0 or b" obj" in data[end + 5 :]:
        raise DamagedFile("The PDF is cut off.", "Fetch it again.")


def _open(data: bytes) -> Any:
    try:
        pdf = pypdfium2.PdfDocument(data)
        if len(pdf) == 0:
            raise DamagedFile("The PDF has no pages.", _DAMAGED_REMEDY)
        return pdf
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedFile(
                "The PDF opens only with a password.",
                "Open it in a viewer and print it to a new PDF without one.",
            ) from error
        raise DamagedFile("The PDF is broken.", _DAMAGED_REMEDY) from error


class _File:
    def __init__(self, pdf: Any, plumber: Plumber, recogniser: Recogniser) -> None:
        self._pdf = pdf
        self._plumber = plumber
        self._recogniser = recogniser
        self._pages: list[Page] = []
        self._pending: list[_Pending] = []
        self._cautions: list[Caution] = []
        self._problem: FileProblem | None = None
        self._lost = 0
        self._tables = 0
        self._over_picture = False
        self._converter = Converter()

    def read(self) -> Reading:
        for index in range(len(self._pdf)):
            try:
                page = self._pdf[index]
            except pypdfium2.PdfiumError:
                self._pages.append(Page(index + 1, [], origin="layer"))
                self._lose(index + 1, DamagedFile("The page is broken.", _DAMAGED_REMEDY))
                continue
            try:
                self._read_page(index, page)
            finally:
                page.close()
        sure = [self._finish(pending) for pending in self._pending]
        if self._problem is not None and self._lost == len(self._pages):
            raise self._problem
        warnings = self._cautions + self._converter.cautions() + low_confidence(sure)
        engine = self._recogniser.engine_name
        return Reading(self._pages, warnings, engine, self._converter.conversion)

    def _lose(self, number: int, problem: FileProblem) -> None:
        self._problem = self._problem or problem
        self._lost += 1
        self._cautions.append(Caution("lines_lost", f"Page {number} could not be read: {problem.reason}"))

    def _read_page(self, index: int, page: Any) -> None:
        sheet = sheet_of(page)
        size = page.get_size()
        result = Page(index + 1, [], origin="layer", width=size[0], height=size[1])
        self._pages.append(result)
        words = layer_words(page, sheet)
        if words and _is_scattered(words):
            words = self._plumbed(index) or words
        words = convert_words(self._converter, words)
        measure = share(word.text for word in words)
        self._over_picture = _has_page_picture(page, sheet)
        if words and _is_trusted(measure, len(words), self._over_picture):
            result.lines = self._lines(index, page, words, size)
            return
        layer = self._lines(index, page, words, size) if words else []
        picture = _render(page, size)
        if picture is None:
            result.lines = layer
            return
        result.origin = "ocr"
        future = self._recogniser.submit(picture, DPI, index + 1)
        self._pending.append(_Pending(result, future, layer, measure))

    def _plumbed(self, index: int) -> list[Word]:
        # a file that pdfium mends may still break pdfminer; then the first reading has to do
        try:
            return self._plumber.words(index)
        except Exception:  # pdfminer raises whatever its parser trips over
            return []

    def _lines(self, index: int, page: Any, words: list[Word], size: tuple[float, float]) -> list[Line]:
        number = index + 1
        turns = _turns(words, size)
        if turns:
            lines = lines_of([_turned(word, turns) for word in words], size[1], size[0], number)
            for line in lines:
                line.words = [_turned(word, -turns) for word in line.words]
            return lines
        # a scanner's layer may run aslant like its picture
        level = not self._over_picture
        if has_grid(page):
            try:
                grids = drawn_grids(self._plumber, index)
                lines, count = lines_with_tables(grids, words, size, number, self._tables)
            except Exception:  # as above: without the table the words are still there
                return lines_of(words, *size, number, level=level)
            self._tables += count
            return lines
        return lines_of(words, *size, number, level=level)

    def _finish(self, pending: _Pending) -> tuple[int, float | None]:
        """Take over what was recognised, unless the page's own layer makes better sense."""
        page = pending.page
        number = page.number or 0
        try:
            found = pending.future.result()
        except MissingProgram:
            raise
        except FileProblem as problem:
            page.lines, page.origin = pending.layer, "layer"
            if not pending.layer:
                self._lose(number, problem)
            return number, None
        measure = share(line.text for line in found.lines)
        if pending.layer and measure.words * measure.valid < pending.measure.words * pending.measure.valid:
            page.lines, page.origin = pending.layer, "layer"
            return number, None
        page.lines, page.steps, page.confidence = found.lines, found.steps, found.confidence
        page.zones += found.zones
        if pending.measure.words >= _ENOUGH:
            message = f"Page {number} has a text layer that makes no sense; the page was recognised anew."
            self._cautions.append(Caution("text_layer_replaced", message))
        return number, found.confidence


def _is_scattered(words: list[Word]) -> bool:
    """Whether letters stand apart as "HUY N L NG V NG Ệ Ũ À": two fonts within words, told as two runs."""
    single = [word.text for word in words if len(word.text) == 1 and word.text.isalpha()]
    accented = sum(not letter.isascii() for letter in single)
    return len(single) > 0.08 * len(words) and accented >= 3


def _is_trusted(measure: Share, count: int, picture: bool) -> bool:
    if picture and count < _FEW:
        return False
    if measure.words < _ENOUGH or measure.english >= 0.08:
        return True  # too little to judge, or another language: no use in recognising that
    if picture:
        return measure.valid >= _TRUSTED_OVER_PICTURE and measure.marked >= 0.4
    return measure.valid >= _TRUSTED


def _has_page_picture(page: Any, sheet: Sheet) -> bool:
    """Whether one picture covers more than half of the page, as on every scanned one."""
    for entry in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = entry.get_bounds()
        if (right - left) * (top - bottom) > 0.5 * sheet.width * sheet.height:
            return True
    return False


def _turns(words: list[Word], size: tuple[float, float]) -> int:
    """Quarter turns that make the text upright: words standing on their side are higher than wide."""
    long = [word for word in words if word.box is not None and len(word.text) >= 4][:60]
    upright = [word for word in long if word.box and _ratio(word.box, size) < 0.8]
    if len(long) < 5 or len(upright) < 0.8 * len(long):
        return 0
    # text in the file's order runs up the page when it was turned anticlockwise
    steps = [
        b.box[1] - a.box[1]
        for a, b in pairwise(words)
        if a.box and b.box and abs(a.box[0] - b.box[0]) * size[0] < 4
    ]
    return 1 if sum(step < 0 for step in steps) > len(steps) / 2 else 3


def _turned(word: Word, turns: int) -> Word:
    return replace(word, box=turn_box(word.box, turns)) if word.box else word


def _ratio(box: tuple[float, float, float, float], size: tuple[float, float]) -> float:
    return (box[2] - box[0]) * size[0] / max((box[3] - box[1]) * size[1], 0.1)


def _render(page: Any, size: tuple[float, float]) -> Any:
    """The page as a picture at 300 dpi, ``None`` when it is blank."""
    scale = DPI / 72
    if size[0] * size[1] * scale * scale > _MAX_RENDER:
        scale = (_MAX_RENDER / (size[0] * size[1])) ** 0.5
    bitmap = page.render(scale=scale)
    try:
        picture = bitmap.to_pil().copy()
    finally:
        bitmap.close()
    darkest = picture.convert("L").getextrema()[0]
    return None if darkest > 200 else picture
