"""What stands on a scanned page without being printed text: seals, stamps, handwriting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.pages import Zone
from extract.reading.base import OcrWord
from extract.reading.picture import Prepared


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
    return Marks()
