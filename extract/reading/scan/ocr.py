"""Pictures of pages become lines of words, two at a time, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from statistics import median
from threading import BoundedSemaphore
from types import TracebackType

from PIL import Image

from extract.pages import Box, Caution, Line, Word, Zone
from extract.reading.base import EngineSource, OcrEngine, OcrWord
from extract.reading.pdf.tables import lines_with_tables
from extract.reading.scan.cell_words import page_words
from extract.reading.scan.lifted import read_lifted
from extract.reading.scan.list_dashes import list_dashes
from extract.reading.scan.lost_lines import NOISE, read_lost_lines, usual_height
from extract.reading.scan.marks import find_marks
from extract.reading.scan.orientation import upright_turns
from extract.reading.scan.picture import DPI, Prepared, prepare
from extract.reading.scan.read_again import read_again
from extract.reading.scan.signed import look_again
from extract.reading.scan.tables import find_ruling
from extract.reading.watch import current

THREADS = 2
LOW_CONFIDENCE = 0.75
"""A page whose words are on average less sure than this gets a caution."""
_TURN_BELOW = 0.6
_RULES = frozenset("|_¦~‗ˆ`´")
"""Signs that drawn lines, and marks without their letter, are read as."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one picture holds.

    ``confidence`` is the mean of its words, ``None`` without words; ``steps`` name what was done to the
    picture; ``zones`` stand on it outside the text; ``lost`` counts lines of print that could not be read.
    """

    lines: list[Line]
    confidence: float | None
    steps: tuple[str, ...] = ()
    zones: list[Zone] = field(default_factory=list)
    lost: int = 0


def recognise(image: Image.Image, dpi: float | None, engine: OcrEngine, page: int) -> Recognised:
    """Read one picture of a page. Boxes are fractions of the picture as given.

    A page that lies on its side or head is turned before it is read. A page that reads badly all the same
    is tried once more as the engine says it lies; the better of the two is kept.
    """
    turns = upright_turns(image, dpi, engine)
    best = _turned_attempt(image, dpi, engine, page, turns)
    if best.confidence is not None and best.confidence >= _TURN_BELOW:
        return best
    other = engine.quarter_turns(image.convert("L"))
    if other == turns:
        return best
    turned = _turned_attempt(image, dpi, engine, page, other)
    return turned if (turned.confidence or 0.0) > (best.confidence or 0.0) else best


def _turned_attempt(
    image: Image.Image, dpi: float | None, engine: OcrEngine, page: int, turns: int
) -> Recognised:
    """The picture read after ``turns`` quarters clockwise, its boxes turned back."""
    if not turns:
        return _attempt(image, dpi, engine, page)
    turned = _attempt(image.rotate(-90 * turns, expand=True), dpi, engine, page)
    return replace(
        turned,
        lines=[_turn_back(line, turns) for line in turned.lines],
        steps=(f"turned {90 * turns} degrees", *turned.steps),
        zones=[replace(zone, box=turn_box(zone.box, -turns) if zone.box else None) for zone in turned.zones],
    )


def _attempt(image: Image.Image, dpi: float | None, engine: OcrEngine, page: int) -> Recognised:
    """The picture as it stands, its pages one after the other."""
    parts = [_read_part(part, engine, page) for part in prepare(image, dpi)]
    sure = [(len(part.lines), part.confidence) for part in parts if part.confidence is not None]
    lines = sum(count for count, _ in sure)
    return Recognised(
        [line for part in parts for line in part.lines],
        sum(count * value for count, value in sure) / lines if lines else None,
        tuple(dict.fromkeys(step for part in parts for step in part.steps)),
        [zone for part in parts for zone in part.zones],
        sum(part.lost for part in parts),
    )


def _read_part(prepared: Prepared, engine: OcrEngine, page: int) -> Recognised:
    """The road of one page: recognise, take out what is no text, find tables, put into reading order."""
    ruling = find_ruling(prepared.image)
    read = page_words(prepared.image, ruling, lambda picture: engine.words(picture, DPI))
    bare = ruling.without_lines(prepared.image)
    read = read_again(bare, read, engine, DPI, usual_height(read))
    read, lost = read_lost_lines(bare, read, engine, DPI)
    stamped, stamps = read_lifted(prepared, engine, DPI, page)
    signed = look_again(prepared, [*read, *stamped], engine, DPI)
    found = without_noise(signed.words)
    marks = find_marks(prepared, found, page)
    sure = [
        word.confidence
        for at, word in enumerate(found)
        if at not in marks.outside and any(letter.isalnum() for letter in word.text)
    ]
    words = [
        _word(word, prepared.image, hand=at in marks.hand, twice=word in signed.twice)
        for at, word in enumerate(found)
        if at not in marks.outside
    ]
    # tables are counted anew over the whole file by the caller
    lines, _ = lines_with_tables(ruling.grids, words, prepared.image.size, page, 0)
    for line in lines:
        line.words = [_placed(word, prepared) for word in line.words]
    return Recognised(
        lines, sum(sure) / len(sure) if sure else None, prepared.steps, stamps + marks.zones, lost
    )


def without_noise(words: list[OcrWord]) -> list[OcrWord]:
    """The words without drawn lines, specks taken for signs, and ghosts.

    A ghost is a flat word laid over another one, unsure or without a letter: the marks of a row ("ủ", "ệ")
    read once more as a row of their own.
    """
    usual = median(word.bottom - word.top for word in words) if words else 0.0
    dashes = list_dashes(words, usual)
    kept = []
    for at, word in enumerate(words):
        if at in dashes:
            kept.append(word)
            continue
        if not set(word.text) - _RULES:
            continue
        bare = not any(letter.isalnum() for letter in word.text)
        if word.confidence < NOISE and bare:
            continue
        flat = word.bottom - word.top < 0.4 * usual and (bare or word.confidence < 0.6)
        if flat and any(other is not word and _touch(other, word) for other in words):
            continue
        kept.append(word)
    return kept


def _touch(a: OcrWord, b: OcrWord) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _word(word: OcrWord, image: Image.Image, *, hand: bool, twice: bool) -> Word:
    """The word in fractions of the prepared picture, in which rows are level."""
    width, height = image.size
    box = (word.left / width, word.top / height, word.right / width, word.bottom / height)
    slipped = word.text in ("~", "_")  # as noise leaves only those that stand for the dash of a list
    return Word(
        "-" if slipped else word.text,
        box=box,
        confidence=round(word.confidence, 4),
        raw=word.text if slipped else None,
        hand=hand,
        twice=twice,
    )


def _placed(word: Word, prepared: Prepared) -> Word:
    """The word in fractions of the picture as given."""
    if word.box is None:
        return word
    width, height = prepared.image.size
    left, top, right, bottom = word.box
    return replace(word, box=prepared.box(left * width, top * height, right * width, bottom * height))


def _turn_back(line: Line, turns: int) -> Line:
    words = [
        word if word.box is None else replace(word, box=turn_box(word.box, -turns)) for word in line.words
    ]
    return replace(line, words=words)


def turn_box(box: Box, turns: int) -> Box:
    """``box`` after its page was turned by ``turns`` quarters clockwise."""
    x0, y0, x1, y1 = box
    for _ in range(turns % 4):
        x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
    return (x0, y0, x1, y1)


def low_confidence(numbers: Iterable[tuple[int, float | None]]) -> list[Caution]:
    """A caution for every page (number, confidence) that reads badly."""
    return [
        Caution(
            "low_ocr_confidence",
            f"Trang {number} nhận dạng kém: độ tin cậy trung bình {sure:.0%}. Cần đối chiếu bản gốc.",
        )
        for number, sure in numbers
        if sure is not None and sure < LOW_CONFIDENCE
    ]


def lost_lines(number: int, found: Recognised) -> list[Caution]:
    """A caution for a page with lines of print that could not be read, and how many they are."""
    if not found.lost:
        return []
    many = "một" if found.lost == 1 else f"khoảng {found.lost}"
    said = f"Trang {number} có {many} dòng chữ in không đọc được. Cần đối chiếu bản gốc."
    return [Caution("lines_lost", said)]


class Recogniser:
    """Recognises pages in the background; a few at a time, so that their pictures fit in memory.

    Used as a context: leaving it waits for what is under way. The engine is looked for at the
    first picture.
    """

    def __init__(self, source: EngineSource) -> None:
        self._source = source
        self._engine: OcrEngine | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._room = BoundedSemaphore(THREADS + 1)
        self._watch = current()

    @property
    def engine_name(self) -> str | None:
        """The engine's name when it was needed."""
        return self._engine.name if self._engine else None

    def need(self) -> None:
        """Look for the engine now.

        Raises:
            MissingProgram: there is none.
        """
        if self._engine is None:
            self._engine = self._source()

    def submit(self, image: Image.Image, dpi: float | None, page: int) -> Future[Recognised]:
        """Start on a page, waiting while too many are under way."""
        self.need()
        engine = self._engine
        assert engine is not None
        if self._pool is None:
            self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="ocr")
        self._watch.rests(page)  # the page waits now for those before it
        self._room.acquire()

        def work() -> Recognised:
            try:
                with self._watch.at_work(page):
                    return recognise(image, dpi, engine, page)
            finally:
                self._room.release()

        return self._pool.submit(work)

    def __enter__(self) -> Recogniser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=kind is not None)
