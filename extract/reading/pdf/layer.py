"""Whether the text layer of a page is to be believed: block by block right, wrong or absent, and why.

Words are judged together with those that share their origin, because one font or one program fails
as a whole:

* words that a scanner's program laid unseen over or under its picture (*hidden*): a recognition by
  someone else, believed only when it is as good as ours;
* words typed visibly upon a page-wide picture (*overlay*): a copy stamp, a signature, a footer;
* typed words (*typed*), font by font: right, unless the font's letters are lost.

Pure: words in, verdicts out. Nothing here opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal

from extract.pages import Box, Word, union
from extract.reading.spelling.plausible import Sense, sense_of

Trust = Literal["right", "wrong", "absent"]
_Origin = tuple[str, str]

_ENOUGH = 10
"""Words in letters from which on a group can be judged by its syllables."""
_BLOCK = 30
"""Words in letters from which on a hidden block is judged by itself and not by its page."""
_MANY = 60
"""Neighbours from which on their share of real words is steady enough to judge by."""
_ENGLISH = 0.08
"""Share of the commonest English words that says that a text is not Vietnamese."""

_TYPED_VALID = 0.75
"""Typed pages have possible syllables above 0.95; without the letters that a Latin font lacks, 0.71."""
_TYPED_MARKED = 0.2
_TYPED_LINKED = 0.13
_TYPED_LISTED = 0.90
"""Below both, letters were lost or scrambled though syllables remain: measured 0.08 and 0.85, against
at least 0.16 and 0.91 in right text of sixty words. Text typed without marks has no pairs to be judged by."""

_HIDDEN_MARKED = 0.4
_HIDDEN_VALID = 0.97
_HIDDEN_LISTED = 0.975
_HIDDEN_LINKED = 0.25
"""A hidden layer below any of these is recognised anew, and the better of the two stands. Measured on 226
pages of 350 words: of right ones 5 in a hundred are doubted (to be read a second time is their only
harm; most have foreign place names or slips of their writer), with a wrong mark on one word in ten 29, on
one in five all."""
_LOOSE = 0.03
"""By so much less a block of thirty words may have, as small numbers vary more."""
_UNMAPPED = 0.03
"""Share of words with letters that have no code from which on the font is to blame, not a bullet."""

_OCR_FONT = re.compile(r"glyphless|hiddenhorz|hidden-?ocr|invisible|\bocr", re.IGNORECASE)
# private use, no code, and the boxes drawn for a missing letter
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd■□▯]")


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word of a text layer and how it lies on its page.

    ``hidden``: drawn without ink, or covered by a picture that was drawn after it. ``pictured``: upon a
    picture that is (part of) the whole page.
    """

    word: Word
    hidden: bool = False
    pictured: bool = False


@dataclass(slots=True)
class Block:
    """Neighbouring words of one origin, what they are worth, and the sentence that says why."""

    words: list[LayerWord]
    trust: Trust
    reason: str
    sense: Sense = field(default_factory=Sense)

    @property
    def box(self) -> Box | None:
        """The box around the words."""
        return union([entry.word.box for entry in self.words if entry.word.box is not None])

    @property
    def hidden(self) -> bool:
        """Whether another program's recognition, not a typist, wrote the words."""
        return self.words[0].hidden


@lru_cache(maxsize=256)
def is_ocr_font(name: str | None) -> bool:
    """Whether a font is one that recognition programs write their unseen words in."""
    return bool(name and _OCR_FONT.search(name))


def judge(words: Sequence[LayerWord]) -> list[Block]:
    """The blocks of a page's text layer in the order of the file, each with its verdict."""
    verdicts = _verdicts(words)
    blocks = []
    for key, run in groupby(words, key=_origin):
        for part in _parts(list(run)):
            trust, reason = verdicts[key]
            # typed text that is right is not asked again
            sense = _sense(part) if key[0] == "hidden" or trust == "wrong" else Sense()
            if key[0] == "hidden" and sense.words >= _BLOCK:
                # a block differs from its page only when it clearly does
                own = _doubt(sense, 0.0 if trust == "wrong" else _LOOSE)
                trust, reason = ("wrong", own) if own else ("right", _hidden_reason(sense))
            blocks.append(Block(part, trust, reason, sense))
    return blocks


def _verdicts(words: Sequence[LayerWord]) -> dict[_Origin, tuple[Trust, str]]:
    groups = {key: _Group(key[0], group) for key, group in _groups(words).items()}
    verdicts = {key: group.verdict() for key, group in groups.items()}
    fonts = [key for key in groups if key[0] == "typed"]
    if len(fonts) > 1:
        # a page may be set in so many fonts that none has enough words by itself, and where one
        # font has lost its letters, its bold sister has lost them too
        whole = sum((groups[key] for key in fonts), _Group("typed", []))
        wrong = next((verdicts[key] for key in fonts if verdicts[key][0] == "wrong"), whole.verdict())
        if wrong[0] == "wrong":
            verdicts |= {key: wrong for key in fonts if not _is_beyond_doubt(groups[key].words)}
    return verdicts


def _is_beyond_doubt(words: list[LayerWord]) -> bool:
    """Whether words beside a broken font make sense, capitals ("HUYN" for "HUYỆN") included."""
    sense = sense_of(line.lower() for line in text_lines(entry.word for entry in words))
    return sense.of_words(sense.listed) >= _HIDDEN_LISTED - _LOOSE if sense.words else True


def with_confidence(block: Block, most: float) -> Block:
    """The block with a confidence on its words: ``most`` times the share of its syllables in use.

    Its words were recognised, by a program that did not keep how sure it was, or are doubted.
    """
    sure = round(most * (block.sense.of_words(block.sense.listed) if block.sense.words else 1.0), 4)
    words = [replace(entry, word=replace(entry.word, confidence=sure)) for entry in block.words]
    return replace(block, words=words)


def page_reason(blocks: Iterable[Block]) -> str:
    """Why a page is read as it is: the reason that holds for the most words."""
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.reason] = counts.get(block.reason, 0) + len(block.words)
    return max(counts, key=lambda reason: counts[reason], default="")


def _origin(entry: LayerWord) -> _Origin:
    if entry.hidden or is_ocr_font(entry.word.font):
        return "hidden", ""
    if entry.pictured:
        return "overlay", ""
    return "typed", entry.word.font or ""


def _groups(words: Sequence[LayerWord]) -> dict[_Origin, list[LayerWord]]:
    groups: dict[_Origin, list[LayerWord]] = {}
    for entry in words:
        groups.setdefault(_origin(entry), []).append(entry)
    return groups


class _Group:
    """Words of one origin, measured once."""

    def __init__(self, sort: str, words: list[LayerWord]) -> None:
        self.sort = sort
        self.words = words
        self.sense = _sense(words)

    def __add__(self, other: _Group) -> _Group:
        both = _Group(self.sort, [])
        both.words, both.sense = self.words + other.words, self.sense + other.sense
        return both

    def verdict(self) -> tuple[Trust, str]:
        sort, words, sense = self.sort, self.words, self.sense
        unmapped = sum(_is_unmapped(entry.word.text) for entry in words)
        if unmapped > 1 and unmapped > _UNMAPPED * len(words):
            return "wrong", "lớp chữ có chữ không rõ mã"
        if sort == "hidden":
            doubt = _doubt(sense, 0.0 if sense.pairs >= _MANY else _LOOSE)
            return ("wrong", doubt) if doubt else ("right", _hidden_reason(sense))
        if sense.words < _ENOUGH:
            return "right", "chữ gõ trên ảnh" if sort == "overlay" else "chữ gõ"
        if sense.of_words(sense.english) >= _ENGLISH:
            return "right", "chữ gõ bằng ngôn ngữ khác"
        if sort == "overlay" and sense.words >= 4 * _ENOUGH and sense.of_words(sense.marked) < _HIDDEN_MARKED:
            return "wrong", "lớp chữ trên ảnh không có dấu"
        if sense.valid_share < _TYPED_VALID:
            return "wrong", f"lớp chữ bị mất chữ: chỉ {_percent(sense)} là âm tiết tiếng Việt"
        if (
            sense.pairs >= _MANY
            and sense.of_words(sense.marked) >= _TYPED_MARKED
            and sense.linked_share < _TYPED_LINKED
            and sense.of_words(sense.listed) < _TYPED_LISTED
        ):
            return "wrong", "lớp chữ gồm các âm tiết không ghép thành từ"
        return "right", f"chữ gõ: {_percent(sense)} là âm tiết tiếng Việt"


def _doubt(sense: Sense, less: float) -> str:
    """What speaks against hidden text; empty when nothing does."""
    if sense.words < _ENOUGH:
        return "lớp chữ trên ảnh quá ít từ để xét"
    if sense.of_words(sense.english) >= _ENGLISH:
        return ""  # recognition in Vietnamese would read it no better
    if sense.of_words(sense.marked) < _HIDDEN_MARKED:
        return "lớp chữ trên ảnh không có dấu"
    if sense.valid_share < _HIDDEN_VALID - less:
        return f"lớp chữ trên ảnh: chỉ {_percent(sense)} là âm tiết tiếng Việt"
    if sense.of_words(sense.listed) < _HIDDEN_LISTED - less:
        return "lớp chữ trên ảnh có nhiều âm tiết không thông dụng"
    if sense.pairs >= _BLOCK and sense.linked_share < _HIDDEN_LINKED - less:
        return "lớp chữ trên ảnh gồm các âm tiết không ghép thành từ"
    return ""


def _hidden_reason(sense: Sense) -> str:
    return f"lớp chữ của bản quét: {_percent(sense)} là âm tiết tiếng Việt"


def _percent(sense: Sense) -> str:
    return f"{int(100 * sense.valid_share)}%"


def _is_unmapped(text: str) -> bool:
    """Whether letters have no code; a lone one is a bullet of a symbol font."""
    return len(text) > 1 and bool(_NO_LETTER.search(text))


def _sense(words: Iterable[LayerWord]) -> Sense:
    return sense_of(text_lines(entry.word for entry in words))


def text_lines(words: Iterable[Word]) -> list[str]:
    """The words as text, a new line where one does not follow the other on a row."""
    lines: list[list[str]] = []
    last: Box | None = None
    for word in words:
        box = word.box
        same = last is not None and box is not None and is_next(last, box)
        if same:
            lines[-1].append(word.text)
        else:
            lines.append([word.text])
        last = box
    return [" ".join(line) for line in lines]


def is_next(last: Box, box: Box) -> bool:
    """Whether ``box`` follows ``last`` on one row."""
    return abs((last[1] + last[3]) - (box[1] + box[3])) < (last[3] - last[1]) and box[0] >= last[0]


def _parts(words: list[LayerWord]) -> list[list[LayerWord]]:
    """Words cut where the next one stands more than three rows away."""
    parts = [[words[0]]]
    for before, entry in pairwise(words):
        if _is_far(before.word.box, entry.word.box):
            parts.append([])
        parts[-1].append(entry)
    return parts


def _is_far(last: Box | None, box: Box | None) -> bool:
    if last is None or box is None:
        return False
    high = max(last[3] - last[1], box[3] - box[1], 0.005)
    return abs((last[1] + last[3]) - (box[1] + box[3])) > 6 * high
