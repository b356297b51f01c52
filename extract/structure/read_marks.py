"""Marks of the outline on scans: misread ones mended, lost ones supplied, where their list leaves no choice.

A lost "II." puts all that stands under it into section I, a lost "10. Xã …" gives one commune's deficiencies
to another. So a mark is read anew where the marks before and behind ask for exactly it ("I", ?, "III") and
what was read fits nowhere. Typed text is never touched: there the paper may skip and repeat as it likes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.pages import Line
from extract.structure.headings import states_something
from extract.structure.markers import Marker, between, is_first
from extract.structure.page_shape import PageShape
from extract.structure.siblings import NO, PERHAPS, PROVEN, Marks, above, same_list
from extract.structure.slips import Reading
from extract.structure.zones import Zones
from extract.vietnamese import fold, is_upper

_MENDED = 0.9
"""Confidence of a mended word at most, as in :mod:`extract.reading.spelling.mending`."""
_ENDED = re.compile(r"[.;:,!?]$")
_LONGEST = 200
_FAMILIES = ("capital", "roman", "number", "letter", "many1", "many2")


def read_marks(lines: list[Line], zones: Zones) -> list[Line]:
    """The lines with the marks of body and annex mended; lines without a recognised word stay as they are."""
    if not any(word.confidence is not None for line in lines for word in line.words):
        return lines
    shape = PageShape(lines[zones.head : zones.closing])
    out = list(lines)
    for start, end in ((zones.head, zones.closing), (zones.annex, len(lines))):
        part = _mended(lines[start:end], shape)
        out[start:end] = _supplied(part, shape)
    return out


def _mended(lines: list[Line], shape: PageShape) -> list[Line]:
    marks = Marks(lines, shape.begins)
    out = list(lines)
    for at, line in enumerate(lines):
        reading = _only_reading(marks, at, line)
        if reading is not None:
            count = len(reading.texts)
            words = [
                word
                if word.text == text
                else replace(
                    word,
                    text=text,
                    raw=word.raw or word.text,
                    confidence=min(word.confidence or 0.0, _MENDED),
                )
                for word, text in zip(line.words[:count], reading.texts, strict=True)
            ]
            out[at] = replace(line, words=[*words, *line.words[count:]])
            marks.plain[at] = reading.marker
    return out


def _only_reading(marks: Marks, at: int, line: Line) -> Reading | None:
    """The one reading that the list asks for, ``None`` without one or where the plain one serves."""
    if not marks.slips[at] or len(line.words) < 2:
        return None
    if marks.in_place(at):
        return None
    fitting = [(fit, one) for one in marks.slips[at] if (fit := _fit(marks, at, line, one))]
    plain = marks.plain[at]
    if plain is not None and marks.half_in_place(at):
        # "I" behind "I": the first of a list that goes on with "2", else a stroke was lost
        first = [
            (fit, one) for fit, one in fitting if is_first(one.marker) and not same_list(plain, one.marker)
        ]
        again = marks.fit_before(at, plain, strictly=False) == NO
        fitting = first if first and again else [(fit, one) for fit, one in fitting if fit == 2 * PROVEN]
    best = [one for fit, one in fitting if fit == max(other for other, _ in fitting)]
    if len(best) != 1 or any(
        _is_rival(marks, at, index, best[0]) for index in marks.around(at, best[0].marker)
    ):
        return None
    return best[0]


def _is_rival(marks: Marks, at: int, index: int, reading: Reading) -> bool:
    """Whether another line between the same marks is as likely the mark that line ``at`` is read as."""
    if marks.in_place(index) or (marks.plain[at] is None and marks.plain[index] is not None):
        return False  # what is no mark as it was read is the likelier slip
    mark = reading.marker
    same = [
        one for one in marks.slips[index] if one.marker.value == mark.value and same_list(one.marker, mark)
    ]
    if not any(reading.doubtful or not one.doubtful for one in same):
        return False
    if marks.plain[at] is None and marks.goes_on(index, mark):
        return False  # it is the next one
    # "1." over "1.", "2.": with the first read as "I." the second is in place, not the other way round
    return not marks.assuming(at, mark).in_place(index)


def _fit(marks: Marks, at: int, line: Line, reading: Reading) -> int:
    """How well a reading fits on both sides, :data:`NO` where it is not proven."""
    before, after = marks.fit_before(at, reading.marker), marks.fit_after(at, reading.marker)
    if NO in (before, after) or before + after < PERHAPS + PROVEN:
        return NO
    plain = marks.plain[at]
    other_list = plain is not None and not same_list(plain, reading.marker) and reading.texts[0][-1] != ")"
    # what looks like the last mark of a list may be a word ("H. Lũng Vàng") or the first of another list
    if before + after < 2 * PROVEN and (
        reading.bare or (after != PROVEN and (reading.doubtful or other_list))
    ):
        return NO
    if marks.half_in_place(at) and not other_list and marks.title_before(at, reading.marker):
        return NO  # "I", then "I" and "II" under a title of their own
    if reading.bare and not line.words[1].text[:1].isupper():
        return NO  # "2 thủ tục" on a wrapped line
    return before + after


def _supplied(lines: list[Line], shape: PageShape) -> list[Line]:
    """The lines with the marks that were not read at all, where the form of their headings proves them."""
    marks = Marks(lines, shape.begins)
    out = list(lines)
    for at, marker in enumerate(marks.plain):
        if marker is None or marker.family not in _FAMILIES:
            continue
        after = _next(marks, at, marker)
        value = None if after is None else between(marker, marks.plain[after] or marker)
        if after is None or value is None:
            continue
        titles = [_Title.at(lines, marks, place) for place in (at, after)]
        found = [
            place
            for place in range(at + 1, after)
            if (title := _Title.at(lines, marks, place)) is not None
            and marks.plain[place] is None
            and lines[place].words[0].confidence is not None
            and any(other is not None and title.is_like(other) for other in titles)
        ]
        if len(found) == 1:
            end = lines[at].words[0].text[-1:]
            mark = value + (end if end in ".)" else ".")
            out[found[0]] = replace(lines[found[0]], mark=mark, starts_block=True)
    return out


def _next(marks: Marks, at: int, marker: Marker) -> int | None:
    """The place of the next mark in the list of ``marker``."""
    for index in range(at + 1, len(marks.plain)):
        plain = marks.plain[index]
        if plain is not None and same_list(plain, marker):
            return index
        if plain is not None and above(plain, marker):
            return None
    return None


@dataclass(frozen=True, slots=True)
class _Title:
    """A short paragraph that may be a heading: its words, and the mark of what stands under it.

    ``again`` says that the list under it begins anew.
    """

    words: str
    below: Marker
    again: bool

    @classmethod
    def at(cls, lines: list[Line], marks: Marks, at: int) -> _Title | None:
        """The title that begins at line ``at``, ``None`` where the paragraph can be none."""
        if not marks.begins[at]:
            return None
        end = at + 1
        while end < len(lines) and not marks.begins[end]:
            end += 1
        below = marks.plain[end] if end < len(lines) else None
        words = " ".join(line.text for line in lines[at:end])
        mark = marks.plain[at]
        words = words[mark.length if mark else 0 :].strip()
        if below is None or not words[:1].isupper() or len(words) > _LONGEST:
            return None
        if _ENDED.search(words):
            return None
        again = is_first(below) and marks.before(end, below) is not None
        return cls(words, below, again)

    def is_like(self, other: _Title) -> bool:
        """Whether both head the same kind of list, and it begins anew or they begin with the same word."""
        if self.below.family != other.below.family:
            return False
        if self.again and is_first(other.below):
            return True
        if states_something(self.words):
            return False
        if is_upper(self.words) or is_upper(other.words):
            return is_upper(self.words) and is_upper(other.words)
        return fold(self.words.split()[0]) == fold(other.words.split()[0])
