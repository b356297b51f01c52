"""A text as one reads it who asks for a paper's issuer: the bodies and places it names, and what is between.

A committee, an assembly or a place that is named is resolved to its :class:`Owner`, of which there is one for
"UBND xã Khe Mận", "UBND xã" and "xã" in the paper of that commune. Between two places of the text stand
tokens: syllables without tone marks, with citations, bodies, days and figures as one token each.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extract.citations.areas import AREA, AREAS_WRITTEN, in_symbol
from extract.citations.focus import place_of
from extract.citations.grammar import folded_as_seen, slug
from extract.citations.issuers import GOVERNMENT, LEVELS, ORGAN, describe, end_of_name
from extract.citations.places import Places
from extract.citations.words import FOUR, TWO
from extract.document import Span, UnitMention
from extract.vietnamese import title_case

_DAY = re.compile(
    rf"(?:ngay\s*)?(?<!\d){TWO}\s*(?:thang|[/.\-–])\s*{TWO}\s*(?:,?\s*nam|[/.\-–])\s*{FOUR}|"
    r"cung ngay(?![a-z])"
)
_TOKEN = re.compile(r"[a-z]+|\d+|[^\sa-z\d]|\n")
_OFFICE_BEFORE = re.compile(
    r"(?:dang uy|dang bo|phong [a-z ]{3,20}|van phong|so [a-z ]{3,20}|thanh tra|cong an|doan kiem tra|"
    r"nhan dan|mttq|cong chuc|can bo|lanh dao)\s+\Z"
)
"""Before a place: it belongs to an office or to people, and is not spoken of itself."""
_BLANK = re.compile(r"[ \u00a0]+")
_SIGNS = {"\n": "LINE", **dict.fromkeys("0123456789", "#")}
_FIGURE = re.compile(r"[ \u00a0]?(?<!\d)\d{1,2}\Z")
_COUNTED = re.compile(r"[,.]?\d*[ \u00a0]?(?:%|[^\W\d_])")
_CAPITALS = 3
"""Syllables at most of a name in capitals: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA" names none."""
BEFORE, BEHIND = 400, 120
"""So many characters before and behind a citation a body may stand that issued it."""


class Owner(NamedTuple):
    """Whose committee or assembly: level and slug of the place, ``None`` where it has no name here."""

    level: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A body or place in a text; ``words`` are its place as an issuer's name has it: "xã Khe Mận", "tỉnh".

    ``told`` says how the owner is known: ``named``; ``own``, the document's; ``only``, the document's
    superior; ``focus``, the one spoken of; ``last``, the one named before; ``level``, by its level alone;
    ``bare``, without even that. ``head`` is who signs for the body: "Chủ tịch".
    """

    start: int
    end: int
    kind: Literal["ubnd", "hdnd", "place", "office"]
    owner: Owner
    words: str
    told: str
    head: str = ""


class Passage:
    """The bodies, places and tokens of ``text`` around what is ``asked``: a long report is read there alone.

    ``unit`` is whose document it is. ``spans`` are the numbers of all its citations, ``asked`` where those
    begin and end that are asked for, both in order.
    """

    def __init__(
        self,
        text: str,
        places: Places,
        unit: UnitMention | None,
        spans: Sequence[Span],
        asked: Sequence[Span],
    ) -> None:
        self.text, self.fold, self.places = text, folded_as_seen(text), places
        level, name = places.of(unit.level) if unit else (None, None)
        self.own = Owner(level, slug(name)) if level and name else None
        self.own_words = unit.name[:1].lower() + unit.name[1:] if unit else ""
        self._windows = _joined((max(0, a - BEFORE), min(len(text), b + BEHIND)) for a, b in asked)
        self.named = self._resolved(self._mentioned(spans))
        self._starts = [one.start for one in self.named]
        self._tokens = self._read_tokens(spans)
        self._token_starts = [start for start, _, _ in self._tokens]

    def before(self, at: int) -> list[Named]:
        """What is named in reach before ``at``, the nearest first."""
        found = self.named[bisect_left(self._starts, at - BEFORE) : bisect_left(self._starts, at)]
        return [one for one in reversed(found) if one.end <= at]

    def behind(self, at: int) -> list[Named]:
        """What is named in reach from ``at`` on, in order."""
        return self.named[bisect_left(self._starts, at) : bisect_right(self._starts, at + BEHIND)]

    def between(self, start: int, end: int) -> list[str]:
        """The tokens that stand whole between two places of the text."""
        first, last = bisect_left(self._token_starts, start), bisect_left(self._token_starts, end)
        return [word for _, stop, word in self._tokens[first:last] if stop <= end]

    def _all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for start, end in self._windows:
            yield from pattern.finditer(self.fold, start, end)

    def _mentioned(self, spans: Sequence[Span]) -> list[_Mentioned]:
        fold, text = self.fold, self.text
        taken = _Taken(spans)
        found: list[_Mentioned] = []
        for hit in self._all(GOVERNMENT):
            start = hit.start()
            if fold[max(0, start - 1) : start].isalpha() or in_symbol(fold, start):
                continue
            level = hit["level"]
            stop = self._end_of_name(hit.end()) if level else None
            end = stop or (hit.end("level") if level else hit.end("body"))
            if taken.add(start, end):
                name = text[hit.end() : stop] if stop else None
                kind: Literal["ubnd", "hdnd"] = "ubnd" if hit["body"].startswith("u") else "hdnd"
                words = text[hit.start("level") : hit.end("level")].lower() if level else ""
                head = " ".join(text[start : hit.end("head")].split()) if hit["head"] else ""
                found.append(_Mentioned(start, end, kind, level, words, name, head))
        for hit in self._all(AREA):
            start, printed = hit.start(), text[hit.start() : hit.end()]
            if in_symbol(fold, start) or printed.lower() not in AREAS_WRITTEN:
                continue
            blank = _BLANK.match(text, hit.end())
            stop = self._end_of_name(blank.end()) if blank else None
            if printed.isupper() and not (blank and stop and _in_capitals(text[blank.end() : stop])):
                continue
            if taken.add(start, stop or hit.end()):
                name = text[blank.end() : stop] if blank and stop else None
                office = _OFFICE_BEFORE.search(fold, max(0, start - 30), start)
                found.append(
                    _Mentioned(
                        start,
                        stop or hit.end(),
                        "office" if office else "place",
                        hit.group(),
                        printed.lower(),
                        name,
                        "",
                    )
                )
        return sorted(found, key=lambda one: one.start)

    def _end_of_name(self, at: int) -> int | None:
        """Where a place's name ends; a figure that counts something is no part of it: "xã Nà Pe 60%"."""
        stop = end_of_name(self.text, at)
        if stop is None:
            return None
        figure = _FIGURE.search(self.text, at, stop)
        if figure and _COUNTED.match(self.text, stop):
            return figure.start() if figure.start() > at else None
        return stop

    def _resolved(self, found: list[_Mentioned]) -> list[Named]:
        last: dict[str, tuple[Owner, str]] = {}
        spoken: tuple[Owner, str] | None = None
        resolved = []
        for one in found:
            whose = self._owner_of(one, last) if one.level else None
            if one.level is None and spoken:
                whose = (*spoken, "bare")
            elif one.level is None and self.own:
                whose = (self.own, self.own_words, "bare")
            if whose is None:
                continue
            owner, words, told = whose
            if one.name:
                last[owner.level] = (owner, words)
            if one.kind != "office":
                spoken = (owner, words)
            resolved.append(Named(one.start, one.end, one.kind, owner, words, told, one.head))
        return resolved

    def _owner_of(self, one: _Mentioned, last: dict[str, tuple[Owner, str]]) -> tuple[Owner, str, str]:
        """Owner, its words and how it is told, of what is named with its level."""
        level = LEVELS[one.level or ""]
        if one.name:
            name = title_case(one.name) if one.name.isupper() else one.name
            words = f"{one.words} {' '.join(name.split())}"
            said = describe(f"UBND {words}").level if level == "city" else level
            return Owner(said or level, slug(name)), words, "named"
        real, known = self.places.of(level)
        level = real or ("district" if level == "city" else level)
        if self.own and level == self.own.level:
            return self.own, self.own_words, "own"
        if known:
            return Owner(level, slug(known)), f"{one.words} {known}", "only"
        focus = place_of(self.text, one.start, level) if level != "province" else None
        if focus:
            return Owner(level, slug(focus.name)), f"{focus.kind} {focus.name}", "focus"
        if level in last:
            return *last[level], "last"
        return Owner(level, None), one.words, "level"

    def _read_tokens(self, spans: Sequence[Span]) -> list[tuple[int, int, str]]:
        fold, text = self.fold, self.text
        marks = [(start, end, "CITED") for start, end in spans]
        marks += [
            (one.start, one.end, "BODY" if one.kind in ("ubnd", "hdnd") else "PLACE") for one in self.named
        ]
        marks += [(*hit.span(), "DAY") for hit in self._all(_DAY)]
        marks += [
            (*hit.span(), "OFFICE")
            for hit in self._all(ORGAN)
            if text[hit.start()].isupper() and not fold[max(0, hit.start() - 1) : hit.start()].isalpha()
        ]
        marks.sort(key=lambda one: (one[0], -one[1]))
        tokens: list[tuple[int, int, str]] = []
        for begin, stop in self._windows:
            at = begin
            first = bisect_left(marks, begin, key=_start)
            for start, end, mark in (*marks[first : bisect_left(marks, stop, key=_start)], (stop, stop, "")):
                if start < at:
                    continue
                for hit in _TOKEN.finditer(fold, at, start):
                    word = hit.group()
                    tokens.append((*hit.span(), _SIGNS.get(word[0], word)))
                if mark:
                    tokens.append((start, end, mark))
                at = end
        return tokens


def _start(mark: tuple[int, int, str]) -> int:
    return mark[0]


def _in_capitals(name: str) -> bool:
    return name.isupper() and len(name.split()) <= _CAPITALS


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class _Mentioned(NamedTuple):
    """A body or place before it is known whose it is; ``words`` are its level as printed."""

    start: int
    end: int
    kind: Literal["ubnd", "hdnd", "place", "office"]
    level: str | None
    words: str
    name: str | None
    head: str


class _Taken:
    """Spans that are apart from each other."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def add(self, start: int, end: int) -> bool:
        """Take ``start`` to ``end``, unless a part of it is taken."""
        place = bisect_left(self._spans, (start, start))
        if place and self._spans[place - 1][1] > start:
            return False
        if place < len(self._spans) and self._spans[place][0] < end:
            return False
        self._spans.insert(place, (start, end))
        return True
