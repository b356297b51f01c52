"""Errors of a reading against the truth of a made scan, and what became of the header fields.

What is compared. The truth of a page is all that its document prints on it, number and day written by hand
included, as far as the page goes. Page numbers are neither truth nor error: a line that holds the number of the
page and nothing else is taken out of every engine's text. Text of seals, stamps, notes, watermarks and of a
page's other side is no truth: whoever reads it into the text makes errors. White space is collapsed, text is
NFC, and the forms of quotation marks, dashes and dots are not told apart, for all engines alike.

Order. Plain Tesseract and OCRmyPDF mostly read the two columns of the head and of the closing row by row. What they
know is not less for that, so there every engine is granted its own order of lines: the lines of these two zones are
sought in what was read and put into the order in which they stand there. The body has one order for all. ``strict``
counts against the one right order, left column, then right column, and tells who interleaves.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpora.scans import FIELDS, TrueField, TrueLine, TruePage
from extract.document import Document

from .distance import distance, whereabouts

SURE = 0.8
"""A value above this confidence is stated; when it is wrong, it misleads."""
_FOUND_AGAIN = 0.5
"""A line of which more than this share would have to be edited was not found again."""
_ALIKE = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "..."}
)


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits against the truth: of letters, of words, of letters in the one right order; and the truth's size."""

    letters: int = 0
    edits: int = 0
    strict: int = 0
    words: int = 0
    word_edits: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.letters + other.letters,
            self.edits + other.edits,
            self.strict + other.strict,
            self.words + other.words,
            self.word_edits + other.word_edits,
        )

    @property
    def cer(self) -> float:
        """Character error rate."""
        return self.edits / self.letters if self.letters else 0.0

    @property
    def strict_cer(self) -> float:
        """Character error rate against the one right order."""
        return self.strict / self.letters if self.letters else 0.0

    @property
    def wer(self) -> float:
        """Word error rate."""
        return self.word_edits / self.words if self.words else 0.0


def normal(text: str) -> str:
    """``text`` as it is compared."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split())


def page_errors(truth: TruePage, read: str) -> Errors:
    """The errors of what an engine read on a page, line ends kept."""
    numbers = {line.text for line in truth.lines if line.part == "page_number"}
    lines = [line for line in read.splitlines() if line.strip(" -|_.") not in numbers]
    text = normal("\n".join(lines))
    lines_of_truth = [line for line in truth.lines if line.part != "page_number"]
    strict = normal(" ".join(line.text for line in lines_of_truth))
    in_order = distance(strict, text)
    own = normal(" ".join(line.text for line in _as_found(lines_of_truth, text)))
    edits = distance(own, text)
    wanted = own if edits < in_order else strict
    words = distance(wanted.split(), text.split())
    return Errors(len(strict), min(edits, in_order), in_order, len(wanted.split()), words)


def _as_found(lines: list[TrueLine], text: str) -> list[TrueLine]:
    """``lines`` with those of the head, and those of the closing, in the order in which ``text`` holds them.

    A line that is not found again goes where the one before it went.
    """
    ordered = list(lines)
    for zone in ("head", "closing"):
        places = [at for at, line in enumerate(lines) if line.part.startswith(zone)]
        found: list[tuple[int, int]] = []
        for at in places:
            wanted = normal(lines[at].text)
            end, edits = whereabouts(wanted, text)
            known = edits <= _FOUND_AGAIN * len(wanted)
            found.append((end if known else found[-1][0] if found else 0, at))
        for place, (_, at) in zip(places, sorted(found), strict=True):
            ordered[place] = lines[at]
    return ordered


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one header field: ``verdict`` is ``"right"``, ``"open"`` or ``"wrong"``."""

    field: str
    hand: bool
    verdict: str
    confidence: float
    truth: str
    value: str

    @property
    def misleads(self) -> bool:
        """Wrong, and sure of it."""
        return self.verdict == "wrong" and self.confidence > SURE


def field_outcomes(truth: dict[str, TrueField], document: Document | None) -> list[Outcome]:
    """Each field of the truth against what the document says; without a document all are open.

    Equal means equal to the letter, but for case and white space: a trích yếu with one wrong mark is wrong.
    """
    outcomes = []
    for name in FIELDS:
        found = document.header.get(name) if document else None
        value = _plain(str(found.value)) if found else ""
        wanted = _plain(truth[name].value)
        verdict = "open" if not value else "right" if value == wanted else "wrong"
        sure = found.confidence if found else 0.0
        outcomes.append(Outcome(name, truth[name].hand, verdict, sure, truth[name].value, value))
    return outcomes


def _plain(text: str) -> str:
    return re.sub(r"\s*([/-])\s*", r"\1", normal(text)).casefold().strip(" .,;:")
