"""PDF files, page by page: the text layer where it is right, recognition where it is wrong or absent.

pypdfium2 opens every file. pdfplumber, fifty times slower, is asked only for pages with drawn
tables and for pages whose letters come in several fonts within one word. What is believed of a
layer is decided by :mod:`extract.reading.pdf.layer`, and put together by :mod:`extract.reading.pdf.mixed`.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from extract.errors import FileProblem, MissingProgram, TooLarge
from extract.pages import Caution, Line, Page, Word
from extract.reading.base import EngineSource, Reading
from extract.reading.layout.order import lines_of
from extract.reading.legacy.encodings import Converter, convert_words
from extract.reading.lost import Loss, lost_pages
from extract.reading.pdf.layer import (
    page_reason,
    text_lines,
    with_confidence,
)
from extract.reading.pdf.mixed import Contest, contest, merged, rows, rows_of, without_words_under
from extract.reading.pdf.objects import Survey, is_bearable, survey_page
from extract.reading.pdf.opening import Opened, open_pdf
from extract.reading.pdf.page_layer import (
    DOUBTED_CONFIDENCE,
    SCAN,
    PageLayer,
    is_scattered,
    judged,
    lacking,
    words_of,
)
from extract.reading.pdf.render import check_decoded, out_of_view, render
from extract.reading.pdf.tables import drawn_grids, has_grid, lines_with_tables
from extract.reading.pdf.words import MAX_LETTERS, Ink, Plumber, is_overfull, layer_words, sheet_of
from extract.reading.scan.ocr import THREADS, Recognised, Recogniser, lost_lines, low_confidence, turn_box
from extract.reading.spelling.plausible import sense_of
from extract.reading.watch import current

_ORDINARY = 3_000
"""Objects or words up to which a page is not asked for the number of its letters."""
_MAX_ARRANGED = 8_000
"""Words of a page that are put into reading order; more stand as they are in the file. An A4 page full
of 8 point print has 1 500; the time for thousands upon one spot grows with their square."""
_UNDER_WAY = 2 * THREADS
"""Pages that may wait for their recognition before the first of them is finished."""
_ENOUGH = 10
"""Words in letters that a text layer had at least, when its being replaced is worth a word."""
_CLEARLY = 1.1
"""pdfplumber's reading is taken when it makes so much more sense."""
_OVERFULL = TooLarge(
    f"Trang có quá {MAX_LETTERS} chữ cái.",
    "Cần mở bằng phần mềm xem PDF để kiểm tra có phải trang chữ không.",
)


@dataclass(slots=True)
class _Pending:
    """A page under recognition, with what is known of its layer."""

    page: Page
    future: Future[Recognised]
    layer: PageLayer
    lines: list[Line]
    scan: bool


def read_pdf(data: bytes, engine: EngineSource) -> Reading:
    """Read a PDF.

    Pages of the result have ``origin`` ``"layer"``, ``"ocr"`` or ``"mixed"``, and a ``reason``. A page that
    cannot be opened or recognised is left empty, or with its layer alone, with the caution
    ``lines_lost``, when others can.

    Raises:
        EncryptedFile: it opens only with a password.
        DamagedFile: no page of it can be read.
        MissingProgram: Tesseract is missing, and no page has text that can do without.
    """
    opened = open_pdf(data)
    plumber = Plumber(opened.data)
    try:
        with Recogniser(engine) as recogniser:
            return _File(opened, plumber, recogniser).read()
    finally:
        plumber.close()
        opened.pdf.close()


class _File:
    def __init__(self, opened: Opened, plumber: Plumber, recogniser: Recogniser) -> None:
        self._opened = opened
        self._plumber = plumber
        self._recogniser = recogniser
        self._pages: list[Page] = []
        self._pending: deque[_Pending] = deque()
        self._sure: list[tuple[int, float | None]] = []
        self._cautions: list[Caution] = []
        self._lost: dict[int, Loss] = {}
        self._problem: FileProblem | None = None
        self._missing: MissingProgram | None = None
        self._tables = 0
        self._converter = Converter()
        self._watch = current()

    def read(self) -> Reading:
        for opening in self._opened.pages():
            result = Page(opening.number, [], origin="layer")
            self._pages.append(result)
            if opening.loss is not None:
                result.reason = opening.loss.problem.reason
                self._lose(opening.number, opening.loss.problem, partly=opening.loss.partly)
            if opening.page is None:
                continue
            with self._watch.at_work(opening.number):
                try:
                    self._read_page(opening.index, opening.page, result)
                finally:
                    opening.page.close()
            # a failed recognition keeps its picture until it is looked at
            self._settle(_UNDER_WAY)
        self._settle(0)
        whole = [page for page in self._pages if page.lines and page.number not in self._lost]
        if self._missing is not None and not whole:
            raise self._missing
        if self._problem is not None and all(not page.lines for page in self._pages):
            raise self._problem
        warnings = (
            self._opened.cautions
            + lost_pages({**self._lost, **self._opened.rest})
            + self._cautions
            + self._converter.cautions()
            + low_confidence(self._sure)
        )
        engine = self._recogniser.engine_name
        return Reading(self._pages, warnings, engine, self._converter.conversion)

    def _settle(self, most: int) -> None:
        """Finish pages, in their order, until no more than ``most`` are under recognition."""
        while len(self._pending) > most:
            self._sure.append(self._finish(self._pending.popleft()))

    def _lose(self, number: int, problem: FileProblem, *, partly: bool = False) -> None:
        self._problem = self._problem or problem
        if isinstance(problem, MissingProgram):
            self._missing = self._missing or problem
        self._lost[number] = Loss(problem, partly)

    def _read_page(self, index: int, page: Any, result: Page) -> None:
        number = result.number or index + 1
        sheet = sheet_of(page)
        size = page.get_size()
        result.width, result.height = size
        survey = survey_page(page, sheet)
        inks: list[Ink] = []
        words = convert_words(self._converter, layer_words(page, sheet, inks))
        if max(survey.objects, len(words)) > _ORDINARY and is_overfull(page):
            self._lose(number, _OVERFULL, partly=True)
        layer = judged(words, inks, survey)
        plumbed = self._plumbed(index, layer, survey)
        if plumbed:
            layer = plumbed
        result.reason = page_reason(layer.blocks) or "không có lớp chữ"
        try:
            check_decoded(survey.decoded)
            reason = lacking(page, size, layer, survey)
            if not reason:
                result.lines = self._lines(number, index, page, layer.words, size, survey)
                return
            result.reason = reason
            with out_of_view(layer.visible_handles()):
                picture, dpi = render(page, size)
            if picture is None:
                result.lines = self._lines(number, index, page, layer.words, size, survey)
                result.reason = result.reason if result.lines else "trang trắng"
                return
            self._recogniser.need()
        except FileProblem as problem:
            # what is typed on the page does not depend on its picture
            result.lines = self._lines(number, index, page, layer.typed, size, survey)
            self._lose(number, problem, partly=bool(result.lines))
            return
        result.origin = "ocr"
        lines = self._lines(number, index, page, layer.words, size, survey)
        future = self._recogniser.submit(picture, dpi, number)
        self._pending.append(_Pending(result, future, layer, lines, survey.covered > SCAN))

    def _plumbed(self, index: int, layer: PageLayer, survey: Survey) -> PageLayer | None:
        """The layer as pdfplumber reads it, where pdfium's is scrambled and this makes more sense."""
        typed = [block for block in layer.blocks if not block.hidden]
        if not is_scattered(words_of(typed)) and all(block.trust == "right" for block in typed):
            return None
        if not is_bearable(survey, len(layer.words)):
            return None
        try:
            words = convert_words(self._converter, self._plumber.words(index))
        except Exception:  # pdfminer raises whatever its parser trips over; then the first reading has to do
            return None
        before, after = (sense_of(text_lines(entry)) for entry in (layer.words, words))
        if after.worth <= _CLEARLY * before.worth:
            return None
        plumbed = judged(words, [], survey)
        for block in plumbed.having("right"):
            block.reason = "chữ bị xáo trộn do hai phông; đọc bằng pdfplumber"
        return plumbed

    def _lines(
        self,
        number: int,
        index: int,
        page: Any,
        words: list[Word],
        size: tuple[float, float],
        survey: Survey,
    ) -> list[Line]:
        if not words:
            return []
        if len(words) > _MAX_ARRANGED:
            return [Line(row, page=number) for row in rows(words)]
        turns = _turns(words, size)
        if turns:
            lines = lines_of([_turned(word, turns) for word in words], size[1], size[0], number)
            for line in lines:
                line.words = [_turned(word, -turns) for word in line.words]
            return lines
        # a scanner's layer may run aslant like its picture
        level = survey.covered <= SCAN
        drawn = is_bearable(survey, len(words)) and has_grid(page)
        grids = drawn_grids(self._plumber, index) if drawn else []
        lines, count = lines_with_tables(grids, words, size, number, self._tables, level=level)
        self._tables += count
        return lines

    def _finish(self, pending: _Pending) -> tuple[int, float | None]:
        """Put together what was recognised and what is believed of the layer."""
        page = pending.page
        number = page.number or 0
        try:
            found = pending.future.result()
        except FileProblem as problem:
            page.lines, page.origin = pending.lines, "layer"
            self._lose(number, problem, partly=bool(pending.lines))
            return number, None
        with self._watch.at_work(number):
            self._put_together(pending, found)
        return number, None if page.origin == "layer" else found.confidence

    def _put_together(self, pending: _Pending, found: Recognised) -> None:
        page, layer = pending.page, pending.layer
        number = page.number or 0
        hidden = [block for block in layer.having("right") if block.hidden]
        lines = without_words_under(found.lines, rows_of(words_of(hidden)))
        result = contest(layer.having("wrong"), lines, scan=pending.scan)
        doubted = [with_confidence(block, DOUBTED_CONFIDENCE) for block in result.kept]
        words = layer.right + words_of(result.confirmed) + words_of(doubted)
        self._say(number, layer, result)
        if not result.lines:
            # rows and tables of the layer are known better than two sources together tell
            page.lines, page.origin = _only(pending.lines, words), "layer"
            return
        turned = any(step.startswith("turned") for step in found.steps)
        page.lines = merged(result.lines, words, (page.width or 1.0, page.height or 1.0), number, turned)
        page.origin = "mixed" if words else "ocr"
        page.steps, page.confidence = found.steps, found.confidence
        page.zones += found.zones
        self._cautions += lost_lines(number, found)

    def _say(self, number: int, layer: PageLayer, result: Contest) -> None:
        """The cautions about doubted text: that it was replaced, or that it stands for want of better."""
        stands = [id(block) for block in (*result.kept, *result.confirmed)]
        gone = [block for block in layer.having("wrong") if id(block) not in stands]
        if sum(block.sense.words for block in gone) >= _ENOUGH:
            whole = len(gone) == len(layer.blocks)
            message = (
                f"Trang {number} có lớp chữ vô nghĩa; đã nhận dạng lại cả trang."
                if whole
                else f"Trang {number} có một phần lớp chữ vô nghĩa; đã nhận dạng lại phần đó."
            )
            self._cautions.append(Caution("text_layer_replaced", message))
        if result.kept:
            message = (
                f"Trang {number} có lớp chữ đáng ngờ ({page_reason(result.kept)}), "
                "nhận dạng lại cũng không tốt hơn. Cần đối chiếu bản gốc."
            )
            self._cautions.append(Caution("text_layer_doubted", message))


def _only(lines: list[Line], words: list[Word]) -> list[Line]:
    """The lines with ``words`` in their places, and no others."""
    by_place = {(word.text, word.box): word for word in words}
    kept = []
    for line in lines:
        found = [by_place[word.text, word.box] for word in line.words if (word.text, word.box) in by_place]
        if found:
            kept.append(replace(line, words=found))
    return kept


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
