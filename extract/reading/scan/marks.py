"""What stands on a scanned page without being printed text: seals, stamps, handwriting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages import Zone, ZoneKind
from extract.reading.base import OcrWord
from extract.reading.scan import seals
from extract.reading.scan.handwriting import Hand, written_by_hand
from extract.reading.scan.picture import Prepared
from extract.reading.spelling.vietnamese import kind as syllable_kind
from extract.stamps import begins
from extract.vietnamese import fold

Rect = tuple[float, float, float, float]
_THIRD = 3
_EDGE = 0.01
"""Share of a sheet along its edges where ink may be missing."""
_UNSURE = 0.6
"""Confidence below which what stands inside a seal or under a pen's stroke is taken for its garbage."""
_SURE = 0.85
"""The same for what stands alone inside a seal."""
_ARRIVED = frozenset(("ĐẾN", "ĐÉN", "ĐỀN", "ĐỂN", "ĐÊN", "DẾN"))
"""The stamp's word and how engines misread it."""
_FOR = re.compile(r"(?:TM|KT|TL|TUQ|T/M|Q)\.")
"""For whom someone signs: stands under the seal and is no syllable."""
_STOPS = frozenset(".,;:-–—+")
"""Signs that print ends and begins its words with."""
_BESIDE = re.compile(r"^[\W_]+|[\W_]+$")
_BLANK = (6, 0.45)
"""A page with fewer words than this, all less sure than this, is blank: dust and show-through."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found on one page.

    ``hand`` are the places in the list of words of those written by hand, ``outside`` of those that
    belong to a zone and not to the text (the words of a stamp).
    """

    zones: list[Zone] = field(default_factory=list)
    hand: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()


def find_marks(prepared: Prepared, words: Sequence[OcrWord], page: int) -> Marks:
    """Find seals, stamps and handwriting on a page; boxes of zones are fractions of the page as given."""
    cv2.setNumThreads(1)
    return _Marker(prepared, words, page).marks()


class _Marker:
    """One page under the eye: what was found so far."""

    def __init__(self, prepared: Prepared, words: Sequence[OcrWord], page: int) -> None:
        self._prepared = prepared
        self._words = words
        self._page = page
        self._colour = None if prepared.colour is None else np.asarray(prepared.colour.convert("RGB"))
        self._outside: set[int] = set()
        self._zones: list[Zone] = []
        self._usual = median(word.bottom - word.top for word in words) if words else 40.0

    def marks(self) -> Marks:
        if self._is_blank():
            self._put_apart("handwriting", (), range(len(self._words)))
            return Marks(self._zones, frozenset(), frozenset(self._outside))
        small = np.asarray(self._prepared.image.reduce(_THIRD))
        paper = float(np.percentile(small[::4, ::4], 80))
        ink = ((small < 0.72 * paper) * 255).astype(np.uint8)
        if min(small.shape) < 100:
            return Marks()  # an inch of paper holds no seal and no head
        hand = written_by_hand(self._prepared.image, self._colour, self._words)
        self._number_and_day(hand)
        known = [*self._seals(ink), *self._arrivals(ink)]
        self._pen(ink, known, hand)
        return Marks(self._zones, frozenset(hand.words - self._outside), frozenset(self._outside))

    def _is_blank(self) -> bool:
        letters = [word for word in self._words if any(letter.isalnum() for letter in word.text)]
        return (
            len(self._words) > 0
            and len(letters) < _BLANK[0]
            and all(word.confidence < _BLANK[1] for word in letters)
        )

    def _number_and_day(self, hand: Hand) -> None:
        for rect in hand.ink:
            self._zone("handwriting", rect, "")  # what was read of it stays in the text

    def _seals(self, ink: NDArray[np.uint8]) -> list[Rect]:
        red = None if self._colour is None else seals.red_ink(self._colour)
        if red is not None and red.any():
            circles = seals.red_seals(red)
            cut = seals.cut_seals(
                red, self._prepared.sheet(red.shape, _EDGE), self._prepared.dpi / _THIRD / 25.4
            )
            circles += [one for one in cut if not any(other.holds(one.x, one.y) for other in circles)]
        else:
            circles = seals.dark_seals(ink)
        for circle in circles:
            inside = [
                at
                for at, word in enumerate(self._words)
                if circle.holds((word.left + word.right) / 2 / _THIRD, (word.top + word.bottom) / 2 / _THIRD)
            ]
            through = self._through(inside)
            taken = [at for at in inside if self._is_of_seal(self._words[at], red, printed=at in through)]
            self._put_apart("seal", _large(circle.box), taken)
        return [circle.box for circle in circles]

    def _is_of_seal(self, word: OcrWord, red: NDArray[np.uint8] | None, *, printed: bool) -> bool:
        """Whether a word inside a seal is what its ring and star were read as; ``printed`` ones end a row.

        Under a star print looks red: of a printed row only what is no word is taken.
        """
        if not any(letter.isalnum() for letter in word.text):
            return not printed or not set(word.text) <= _STOPS
        coloured = red is not None and self._share(red, word) > 0.6
        if printed:
            return coloured and self._is_garbage(word)
        return coloured or self._is_garbage(word, _SURE)

    def _arrivals(self, ink: NDArray[np.uint8]) -> list[Rect]:
        """Incoming stamps with a frame, and what was read of them; print that they cover stays."""
        half = int(0.5 * ink.shape[0])
        kept: list[Rect] = []
        coloured = [] if self._colour is None else [seals.red_ink(self._colour), seals.blue_ink(self._colour)]
        for mask in coloured:
            for rect in seals.coloured_frames(mask[:half]) if mask.any() else ():
                if any(_near(rect, one) for one in kept):
                    continue
                texts = self._take_frame(rect, mask, kept)
                copied = any(fold(text) in ("sao", "luc") for text in texts)
                self._zones[-1:] = (
                    [replace(self._zones[-1], kind="copy_stamp")] if copied else self._zones[-1:]
                )
        for rect in seals.frames(ink[:half]):
            texts = [self._words[at].text for at in self._inside(rect)]
            arrived = any(text.strip(".,:;") in _ARRIVED for text in texts)
            starts = {fold(text)[:4] for text in texts}
            fields = "chuy" in starts and "ngay" in starts and any(text[:2] == "so" for text in starts)
            if (arrived or fields) and len(texts) < 30 and not any(_near(rect, one) for one in kept):
                self._take_frame(rect, None, kept)
        return kept

    def _inside(self, rect: Rect) -> list[int]:
        large = _large(rect)
        return [at for at, word in enumerate(self._words) if _centre_in(word, large)]

    def _take_frame(self, rect: Rect, mask: NDArray[np.uint8] | None, kept: list[Rect]) -> list[str]:
        """The stamp in the frame as a zone; the words taken."""
        inside = self._inside(rect)
        through = self._through(inside)
        taken = [
            at
            for at in inside
            if at not in through
            or self._is_garbage(self._words[at])
            or (mask is not None and self._share(mask, self._words[at]) > 0.6)
        ]
        kept.append(rect)
        self._put_apart("incoming_stamp", _large(rect), taken)
        return [self._words[at].text for at in taken]

    def _through(self, inside: Sequence[int]) -> set[int]:
        """Of the words inside a frame those of print that runs on outside: the stamp was put over it."""
        chosen = set(inside)
        found: set[int] = set()
        for at in inside:
            word = self._words[at]
            line = [
                other
                for place, other in enumerate(self._words)
                if place not in chosen
                and min(other.bottom, word.bottom) - max(other.top, word.top) > 0.5 * (word.bottom - word.top)
            ]
            run = [place for place in inside if _overlap_in_height(self._words[place], word) > 0.5]
            edges = [(self._words[place].left, self._words[place].right) for place in run]
            right, left = max(edge[1] for edge in edges), min(edge[0] for edge in edges)
            near, gap = -0.5 * self._usual, 0.8 * self._usual
            if any(near < other.left - right < gap or near < left - other.right < gap for other in line):
                found.add(at)
        return found

    def _pen(self, ink: NDArray[np.uint8], known: Sequence[Rect], hand: Hand) -> None:
        """Signatures and notes: large strokes, and words in a pen's blue, with the garbage read in them."""
        rects = [_large(rect) for rect in seals.strokes(ink, self._usual / _THIRD, known)]
        places: dict[int, Rect] = {}
        for at, word in enumerate(self._words):
            if at in self._outside or at in hand.words or not self._is_garbage(word):
                continue
            for rect in rects:
                if _overlap(word, rect) > 0.5:
                    places[at] = rect
        for cluster in self._blue_notes(hand.words | set(places)):
            box = _rect(self._words[cluster[0]])
            for at in cluster[1:]:
                box = _joined(box, _rect(self._words[at]))
            self._put_apart("handwriting", box, cluster)
        for rect in rects:
            inside = [at for at, one in places.items() if one == rect]
            self._put_apart("handwriting", rect, inside)

    def _blue_notes(self, known: set[int]) -> list[list[int]]:
        """Words in a pen's blue that stand apart from print, in clusters; printed blocks in blue are none."""
        if self._colour is None:
            return []
        mask = seals.blue_ink(self._colour)
        if not mask.any():
            return []
        blue = {
            at
            for at, word in enumerate(self._words)
            if at not in self._outside and at not in known and self._share(mask, word) > 0.6
        }
        if len(blue) > 0.25 * len(self._words):
            return []  # a page printed in blue
        reach = 1.2 * self._usual
        alone = [
            at
            for at in sorted(blue)
            if self._is_garbage(self._words[at])
            or not any(
                place not in blue and place not in self._outside and _beside(word, self._words[at], reach)
                for place, word in enumerate(self._words)
            )
        ]
        clusters: list[list[int]] = []
        for at in alone:
            near = [c for c in clusters if any(_close(self._words[at], self._words[one], reach) for one in c)]
            clusters = [c for c in clusters if c not in near] + [[*(one for c in near for one in c), at]]
        return [sorted(cluster) for cluster in clusters if not self._is_stamp(cluster)]

    def _is_stamp(self, cluster: Sequence[int]) -> bool:
        """Whether words of one colour are a stamp's or a digital signature's, which their wording shows."""
        words = [self._words[at] for at in sorted(cluster)]
        heads = {word.line: " ".join(one.text for one in words if one.line == word.line) for word in words}
        return any(begins(text) is not None for text in heads.values())

    def _share(self, mask: NDArray[np.uint8], word: OcrWord) -> float:
        """Share of the word's ink that has the colour of the mask; black print beside it is no colour."""
        x0, y0, x1, y1 = (int(edge / _THIRD) for edge in _rect(word))
        assert self._colour is not None
        cut = self._colour[y0 : y1 + 1, x0 : x1 + 1]
        coloured = mask[y0 : y1 + 1, x0 : x1 + 1] > 0
        black = (cut.max(axis=2) < 125) & ~coloured
        return int(coloured.sum()) / max(int(coloured.sum()) + 3 * int(black.sum()), 1)

    def _is_garbage(self, word: OcrWord, unsure: float = _UNSURE) -> bool:
        """Whether the word is less than ``unsure`` and no Vietnamese: what an engine makes of strokes."""
        bare = _BESIDE.sub("", word.text)
        if word.confidence >= unsure or _FOR.match(word.text):
            return False
        if not bare.isalpha():
            return not re.fullmatch(r"\d[\d./-]*%?", bare) or word.confidence < 0.4
        syllable = syllable_kind(bare.lower()) in ("marked", "plain") and len(bare) > 1
        return not syllable or word.confidence < 0.3

    def _put_apart(self, kind: ZoneKind, rect: Rect | tuple[()], places: Iterable[int]) -> None:
        inside = [at for at in places if at not in self._outside]
        self._outside.update(inside)
        text = " ".join(self._words[at].text for at in inside)
        self._zone(kind, rect or None, text)

    def _zone(self, kind: ZoneKind, rect: Rect | None, text: str) -> None:
        box = None if rect is None else self._prepared.box(*rect)
        self._zones.append(Zone(kind, self._page, box, text))


def _rect(word: OcrWord) -> Rect:
    return (word.left, word.top, word.right, word.bottom)


def _joined(a: Rect, b: Rect) -> Rect:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


def _beside(a: OcrWord, b: OcrWord, reach: float) -> bool:
    """Whether two words follow each other in one row."""
    return _overlap_in_height(a, b) > 0.5 and -5 < max(a.left, b.left) - min(a.right, b.right) < reach


def _close(a: OcrWord, b: OcrWord, reach: float) -> bool:
    """Whether two words are neighbours in any direction."""
    across = max(a.left, b.left) - min(a.right, b.right)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    return across < 2 * reach and down < reach


def _large(rect: Rect) -> Rect:
    """A box of the small picture in pixels of the large one."""
    return (rect[0] * _THIRD, rect[1] * _THIRD, rect[2] * _THIRD, rect[3] * _THIRD)


def _centre_in(word: OcrWord, rect: Rect) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _overlap(word: OcrWord, rect: Rect) -> float:
    across = min(word.right, rect[2]) - max(word.left, rect[0])
    down = min(word.bottom, rect[3]) - max(word.top, rect[1])
    area = max((word.right - word.left) * (word.bottom - word.top), 1.0)
    return across * down / area if across > 0 and down > 0 else 0.0


def _overlap_in_height(a: OcrWord, b: OcrWord) -> float:
    lower = max(min(a.bottom - a.top, b.bottom - b.top), 1.0)
    return (min(a.bottom, b.bottom) - max(a.top, b.top)) / lower


def _near(a: Rect, b: Rect) -> bool:
    """Whether two frames are one, found twice."""
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if across <= 0 or down <= 0:
        return False
    smaller = min((one[2] - one[0]) * (one[3] - one[1]) for one in (a, b))
    return across * down > 0.6 * smaller
