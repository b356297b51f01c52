"""A page from two sources: words of its text layer beside words that were recognised in its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.pages import Box, Line, Word, union
from extract.reading.layout.order import lines_of
from extract.reading.pdf.layer import Block, is_next
from extract.reading.spelling.plausible import Sense, sense_of

_BETTER = 1.05
"""A recognition has to be worth this much more than doubted text to take its place."""
_LOST = 2.0
"""On a page that recognition reads better, a block of the layer stays where it is worth this many times
what was recognised in its place: there lines were lost."""
_KNOWN = 0.5
"""Share of a block's neighbouring words that, found elsewhere in the recognition, say that it was not lost
but lies beside its picture."""


_COLLIDE = 0.25
"""Words that share this much of their height and any width lie upon each other."""
_AGREED = 0.8
"""Share of typed words that, recognised alike, prove them right: an unusual text, not a broken font."""


@dataclass(slots=True)
class Contest:
    """What became of doubted blocks, and the ``lines`` that were recognised elsewhere.

    ``confirmed``: typed ones that recognition reads alike; ``kept``: those that it reads no better.
    """

    confirmed: list[Block]
    kept: list[Block]
    lines: list[Line]


def rows_of(words: Iterable[Word]) -> list[Box]:
    """The boxes of the rows that the words, in the order of the file, stand on."""
    boxes = (union([word.box for word in row if word.box is not None]) for row in rows(words))
    return [box for box in boxes if box]


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """The words in the order of the file, cut where one does not follow the other on a row."""
    found: list[list[Word]] = []
    last: Box | None = None
    for word in words:
        box = word.box
        follows = last is not None and box is not None and is_next(last, box)
        if follows:
            found[-1].append(word)
        else:
            found.append([word])
        last = box
    return found


def without_words_under(lines: Sequence[Line], rows: Sequence[Box]) -> list[Line]:
    """The lines less the words whose middle lies in one of ``rows``."""
    kept = []
    for line in lines:
        words = [word for word in line.words if not _is_under(word, rows)]
        if words:
            kept.append(line if len(words) == len(line.words) else replace(line, words=words))
    return kept


def contest(blocks: Sequence[Block], lines: Sequence[Line], *, scan: bool) -> Contest:
    """Doubted blocks against what was recognised in their place: the one that makes more sense stands.

    Where the page is no ``scan``, all that can be recognised is in the layer too: if that is
    worth more as a whole, nothing beside it is lost text.
    """
    layer = sum((block.sense for block in blocks), Sense())
    found = sense_of(line.text for line in lines)
    wins = found.worth >= _BETTER * layer.worth
    known = {pair for line in lines for pair in pairwise(line.text.lower().split())}
    result = Contest([], [], list(lines))
    for block in blocks:
        rows = rows_of(entry.word for entry in block.words)
        under = _words_under(result.lines, rows)
        inside = sense_of(line.text for line in under)
        if not block.hidden and _agree(block, under):
            result.confirmed.append(block)
            result.lines = without_words_under(result.lines, rows)
            continue
        if not wins and not scan:
            stands = True
        elif wins:
            stands = block.sense.worth > _LOST * inside.worth + 4 and _is_sound(block.sense)
            stands = stands and not _is_elsewhere(block, known)
        else:
            stands = inside.worth < _BETTER * block.sense.worth
        if stands:
            result.kept.append(block)
            result.lines = without_words_under(result.lines, rows)
    if blocks and not wins and not scan:
        result.lines = []
    return result


def merged(
    lines: Sequence[Line], words: Sequence[Word], size: tuple[float, float], page: int, turned: bool
) -> list[Line]:
    """Recognised lines and words of the layer in one reading order.

    Recognised tables stay together and come where their first row stands. On a picture that was
    ``turned`` for recognition the layer's words, which stand upright, follow at the end.
    """
    if not words:
        return list(lines)
    if turned:
        return [*lines, *lines_of(words, *size, page=page)]
    loose = [word for line in lines if line.cell is None for word in line.words]
    beside, upon = _parted(words, loose)
    result = lines_of([*loose, *beside], *size, page=page)
    for row in upon:
        stamp = Line(row, page=page)
        struck = (
            at for at, line in enumerate(result) if any(_collide(a, b) for a in row for b in line.words)
        )
        result.insert(next(struck, len(result)), stamp)
    for table in _tables(lines):
        top = min((line.box[1] for line in table if line.box), default=0.0)
        below = (at for at, line in enumerate(result) if line.box and _middle(line.box)[1] > top)
        at = next(below, len(result))
        result[at:at] = table
    return result


def _parted(words: Sequence[Word], others: Sequence[Word]) -> tuple[list[Word], list[list[Word]]]:
    """Words that stand beside the others, as a number typed into a form, and rows stamped upon them."""
    beside: list[Word] = []
    upon: list[list[Word]] = []
    for row in rows(words):
        if any(_collide(word, other) for word in row for other in others):
            upon.append(row)
        else:
            beside += row
    return beside, upon


def _collide(a: Word, b: Word) -> bool:
    if a.box is None or b.box is None:
        return False
    wide = min(a.box[2], b.box[2]) - max(a.box[0], b.box[0])
    high = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    return wide > 0 and high > _COLLIDE * min(a.box[3] - a.box[1], b.box[3] - b.box[1])


def _tables(lines: Sequence[Line]) -> list[list[Line]]:
    tables: dict[int, list[Line]] = {}
    for line in lines:
        if line.cell is not None:
            tables.setdefault(line.cell.table, []).append(line)
    return list(tables.values())


def _words_under(lines: Sequence[Line], rows: Sequence[Box]) -> list[Line]:
    inside = [replace(line, words=[word for word in line.words if _is_under(word, rows)]) for line in lines]
    return [line for line in inside if line.words]


def _is_under(word: Word, rows: Sequence[Box]) -> bool:
    if word.box is None:
        return False
    x, y = _middle(word.box)
    high = word.box[3] - word.box[1]
    return any(
        box[0] - 0.4 * high <= x <= box[2] + 0.4 * high
        and box[1] - 0.2 * (box[3] - box[1]) <= y <= box[3] + 0.2 * (box[3] - box[1])
        for box in rows
    )


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _is_sound(sense: Sense) -> bool:
    return sense.words >= 4 and sense.valid_share >= 0.9 and sense.of_words(sense.marked) >= 0.5


def _agree(block: Block, under: Sequence[Line]) -> bool:
    found = Counter(word.text.lower() for line in under for word in line.words)
    typed = Counter(entry.word.text.lower() for entry in block.words)
    return (typed & found).total() >= _AGREED * typed.total()


def _is_elsewhere(block: Block, known: set[tuple[str, str]]) -> bool:
    pairs = list(pairwise(entry.word.text.lower() for entry in block.words))
    return sum(pair in known for pair in pairs) > _KNOWN * len(pairs)
