"""The text layer of one PDF page: its words judged, and what of the page they leave to recognition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from extract.pages import Word
from extract.reading.pdf.layer import (
    Block,
    LayerWord,
    Trust,
    is_ocr_font,
    judge,
    page_reason,
    with_confidence,
)
from extract.reading.pdf.mixed import rows_of
from extract.reading.pdf.objects import Survey, address_of
from extract.reading.pdf.render import out_of_view, uncovered
from extract.reading.pdf.words import Ink

SCAN = 0.5
"""Share of the page that pictures cover on every scanned one."""
_FEW = 40
"""A page-wide picture with fewer words than this on it is a scan with a stamp or signature typed over it."""
_LETTERS = 60
_LETTERS_SHARE = 0.15
"""Specks as large as letters, and their share of all, that may stay uncovered by text that is believed: a
signature and a seal have some dozen."""
_INK = 0.001
HIDDEN_CONFIDENCE = 0.9
DOUBTED_CONFIDENCE = 0.6
"""Times the share of syllables in use: the confidence of words that another program recognised (it
never says how sure it was), where they are believed and where they only stand for want of better."""


@dataclass(slots=True)
class PageLayer:
    """The text layer of one page after it was judged."""

    blocks: list[Block]
    handles: dict[int, Any] = field(default_factory=dict)

    def having(self, trust: Trust) -> list[Block]:
        """The blocks with this verdict."""
        return [block for block in self.blocks if block.trust == trust]

    @property
    def words(self) -> list[Word]:
        """All words in the order of the file."""
        return words_of(self.blocks)

    @property
    def right(self) -> list[Word]:
        """The words that are believed."""
        return words_of(self.having("right"))

    @property
    def typed(self) -> list[Word]:
        """What somebody typed, be it doubted, and what is believed of another program's recognition."""
        return words_of(block for block in self.blocks if block.trust == "right" or not block.hidden)

    def visible_handles(self) -> list[Any]:
        """The text objects that need no recognition and would only disturb it."""
        seen = words_of(block for block in self.having("right") if not block.hidden)
        return [self.handles[id(word)] for word in seen if id(word) in self.handles]


def judged(words: list[Word], inks: list[Ink], survey: Survey) -> PageLayer:
    """The layer's words with the verdict on each block of them."""
    scan = survey.covered > SCAN
    entries = []
    handles: dict[int, Any] = {}
    for at, word in enumerate(words):
        ink = inks[at] if at < len(inks) else None
        hidden = is_ocr_font(word.font) or (ink is not None and ink.invisible)
        if ink is not None and ink.handle:
            handles[id(word)] = ink.handle
            if scan and word.box is not None:
                rank = survey.ranks.get(address_of(ink.handle))
                hidden = hidden or survey.lies_beneath(rank, word.box)
        pictured = scan and word.box is not None and survey.has_picture_at(word.box)
        entries.append(LayerWord(word, hidden, pictured))
    blocks = [
        with_confidence(block, HIDDEN_CONFIDENCE) if block.hidden and block.trust == "right" else block
        for block in judge(entries)
    ]
    return PageLayer(blocks, handles)


def lacking(page: Any, size: tuple[float, float], layer: PageLayer, survey: Survey) -> str:
    """Why the page has to be recognised beside what is right of its layer; empty when it has not."""
    if not layer.blocks:
        return "không có lớp chữ"
    wrong = layer.having("wrong")
    if wrong:
        return page_reason(wrong)
    if survey.covered <= SCAN:
        return ""
    hidden = [block for block in layer.blocks if block.hidden]
    with out_of_view(layer.visible_handles()):
        left = uncovered(page, size, rows_of(words_of(hidden)))
    if len(layer.words) < _FEW:
        return "chỉ có chữ ở dấu, chữ ký hoặc chân trang" if left.ink > _INK else ""
    if left.letters > _LETTERS and left.letters > _LETTERS_SHARE * left.all_letters:
        return "lớp chữ chỉ phủ một phần ảnh của trang"
    return ""


def words_of(blocks: Iterable[Block]) -> list[Word]:
    """The words of blocks, in their order."""
    return [entry.word for block in blocks for entry in block.words]


def is_scattered(words: list[Word]) -> bool:
    """Whether letters stand apart as "HUY N L NG V NG Ệ Ũ À": two fonts within words, told as two runs."""
    single = [word.text for word in words if len(word.text) == 1 and word.text.isalpha()]
    accented = sum(not letter.isascii() for letter in single)
    return len(single) > 0.08 * len(words) and accented >= 3
