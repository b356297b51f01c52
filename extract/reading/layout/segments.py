"""Words placed on a page, the stretches they form, and what stands beside the page's own rows."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from extract.pages import Word
from extract.stamps import begins, extent

_GIANT = 3.0
"""Times the median word height from which a word may be a watermark's."""


@dataclass(slots=True)
class Placed:
    """A word with its box in units of the page's median word height."""

    word: Word
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Segment:
    """Words close to each other on one baseline."""

    words: list[Placed]
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0

    def __post_init__(self) -> None:
        self.x0 = min(word.x0 for word in self.words)
        self.x1 = max(word.x1 for word in self.words)
        # tall outliers (a bracket, a stamp's letter) must not make rows overlap
        self.y0 = median(word.y0 for word in self.words)
        self.y1 = max(median(word.y1 for word in self.words), self.y0)

    @property
    def middle(self) -> float:
        """Half-way between its upper and lower edge."""
        return (self.y0 + self.y1) / 2

    @property
    def text(self) -> str:
        """The words, parted by single blanks."""
        return " ".join(placed.word.text for placed in self.words)


def giants_of(placed: list[Placed]) -> list[Placed]:
    """Words that tower over the page's others and lie across them: a watermark, no part of any row."""
    tall = [entry for entry in placed if entry.y1 - entry.y0 > _GIANT]
    return [
        entry
        for entry in tall
        if sum(
            other.x0 < entry.x1 and entry.x0 < other.x1 and other.y0 < entry.y1 and entry.y0 < other.y1
            for other in placed
            if other.y1 - other.y0 < _GIANT / 2
        )
        >= (1 if len(entry.word.text) == 1 else 2)
    ]


def stamps_of(segments: list[Segment]) -> list[list[Segment]]:
    """Blocks that someone put on the page beside its columns (:mod:`extract.stamps`), top to bottom."""
    found: list[list[Segment]] = []
    taken: set[int] = set()
    # from the top: "Email:" could begin a block too, but belongs to the one above it
    for first in sorted(segments, key=lambda entry: entry.y0):
        if id(first) in taken or begins(first.text) is None:
            continue
        block = [first]
        below = sorted((s for s in segments if s.y0 > first.middle), key=lambda entry: entry.y0)
        for segment in below:
            if segment.y0 - block[-1].y1 > 1.2 or len(block) > 10:
                break
            shared = min(first.x1, segment.x1) - max(first.x0, segment.x0)
            if shared > 0.3 * min(first.x1 - first.x0, segment.x1 - segment.x0) and id(segment) not in taken:
                block.append(segment)
        extents = extent([segment.text for segment in block])
        if extents is not None:
            found.append(block[: extents[1]])
            taken |= {id(segment) for segment in found[-1]}
    return found
