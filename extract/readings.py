"""What a bare cell or a line of boxes says, as a clause that can be judged."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Measurement, Span
from extract.structure.answers import is_bad, is_good, is_no, is_yes, ticked

ONLY_INFORMATION = frozenset(("information",))


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell says together with the words over it.

    ``reading`` is that as a clause ("Tỷ lệ hồ sơ trực tuyến: 8,59%"), for those who judge it; the cell's
    own words are ``span``. ``allowed`` are the polarities that the table bears out; any other judgement is
    no more than ``information``. ``settled`` is the polarity that the table itself decides: a rate against
    its target, a verdict ("Đạt"). ``measurement`` has no unit yet; ``None`` for an answer in words.
    """

    span: Span
    reading: str
    allowed: frozenset[str]
    caption: str = ""
    measurement: Measurement | None = None
    settled: str | None = None


def answered(span: Span, duty: str, words: str, caption: str = "") -> CellReading:
    """The reading of an answer in words to what ``duty`` asks."""
    fault, merit = is_no(words), is_yes(words)
    allowed = {"information", *(["deficiency"] if not merit else []), *(["achievement"] if not fault else [])}
    settled = "achievement" if is_good(words) else "deficiency" if is_bad(words) else None
    return CellReading(
        span, f"{duty}: {words[:1].lower()}{words[1:]}", frozenset(allowed), caption, settled=settled
    )


def answered_by_tick(text: str, span: Span) -> CellReading | None:
    """What a line of boxes says by the one that is ticked; where none is, it only asks."""
    line = ticked(text[slice(*span)])
    if line is None:
        return None
    if line.answer is None:
        return CellReading(span, line.question, ONLY_INFORMATION)
    return answered(span, line.question, line.answer)
