"""Automatic numbers of a DOCX: "1.", "a)", "II." stand in no run of text, Word counts them up.

Follows ISO/IEC 29500-1, 17.9: a paragraph names a ``num`` and a level, the ``num`` an
``abstractNum`` with one definition a level; counters belong to the ``abstractNum``, a
``startOverride`` restarts them once, and a higher level restarts the lower ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.reading.word.docx_styles import Element, Styles, W, attribute, is_on

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  # restarts after this level (1-based); 0 never; None after any higher
    legal: bool = False  # all numbers in it as Arabic ones
    style: str | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Counts through a document; :meth:`marker` must be called once a paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._used: set[tuple[str, int]] = set()
        if root is None:
            return
        links: dict[str, str] = {}
        owners: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            identity = attribute(abstract, "abstractNumId") or ""
            self._lists[identity] = _List(
                {_index(level): _level(level) for level in abstract.iterfind(W + "lvl")}
            )
            if owner := attribute(abstract.find(W + "styleLink"), "val"):
                owners[owner] = identity
            if link := attribute(abstract.find(W + "numStyleLink"), "val"):
                links[identity] = link
        for identity, link in links.items():
            if link in owners:
                self._lists[identity] = self._lists[owners[link]]
        for num in root.iterfind(W + "num"):
            starts: dict[int, int] = {}
            levels: dict[int, _Level] = {}
            for override in num.iterfind(W + "lvlOverride"):
                index = _index(override)
                start = attribute(override.find(W + "startOverride"), "val")
                if start is not None and start.isdigit():
                    starts[index] = int(start)
                own = override.find(W + "lvl")
                if own is not None:
                    levels[index] = _level(own)
            abstract_id = attribute(num.find(W + "abstractNumId"), "val") or ""
            self._nums[attribute(num, "numId") or ""] = (abstract_id, starts, levels)

    def marker(self, paragraph: Element) -> str:
        """The mark that Word prints before ``paragraph``, bullets as ``-``; empty where it has none."""
        named = self._named(paragraph)
        if named is None:
            return ""
        num, index = named
        abstract, starts, overrides = self._nums[num]
        counted = self._lists[abstract]
        levels = counted.levels | overrides
        level = levels.get(index)
        if level is None:
            return ""
        if (num, index) not in self._used:
            self._used.add((num, index))
            if index in starts:
                counted.counters[index] = starts[index] - 1
        before = counted.counters[index]
        counted.counters[index] = level.start if before is None else before + 1
        for lower in range(index + 1, _LEVELS):
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart and index < restart):
                counted.counters[lower] = None
                if lower in starts:
                    counted.counters[lower] = starts[lower] - 1
        return _print(level, levels, counted.counters)

    def _named(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's; numId 0 takes a style's away."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        num = attribute(own.find(W + "numId"), "val") if own is not None else None
        level = attribute(own.find(W + "ilvl"), "val") if own is not None else None
        style: str | None = None
        if num is None:
            for found in self._styles.chain(self._styles.paragraph_style(paragraph)):
                properties = found.find(f"{W}pPr/{W}numPr")
                if properties is None:
                    continue
                num = attribute(properties.find(W + "numId"), "val")
                level = level or attribute(properties.find(W + "ilvl"), "val")
                style = attribute(found, "styleId")
                if num is not None:
                    break
        if num is None or num not in self._nums or self._nums[num][0] not in self._lists:
            return None
        index = int(level) if level and level.isdigit() else 0
        if style is not None and level is None:
            levels = self._lists[self._nums[num][0]].levels
            index = next((at for at, entry in levels.items() if entry.style == style), 0)
        return (num, index) if index < _LEVELS else None


def _index(level: Element) -> int:
    value = attribute(level, "ilvl") or "0"
    return min(int(value), _LEVELS - 1) if value.isdigit() else 0


def _level(element: Element) -> _Level:
    start = attribute(element.find(W + "start"), "val") or "1"
    restart = attribute(element.find(W + "lvlRestart"), "val")
    legal = element.find(W + "isLgl")
    return _Level(
        start=int(start) if start.isdigit() else 1,
        format=attribute(element.find(W + "numFmt"), "val") or "decimal",
        text=attribute(element.find(W + "lvlText"), "val") or "",
        restart=int(restart) if restart and restart.isdigit() else None,
        legal=legal is not None and is_on(legal),
        style=attribute(element.find(W + "pStyle"), "val"),
    )


def _print(level: _Level, levels: dict[int, _Level], counters: list[int | None]) -> str:
    if level.format == "bullet":
        return "+" if level.text.strip() == "+" else "-"
    if level.format == "none":
        return _PLACE.sub("", level.text).strip()

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        entry = levels.get(index, _Level())
        value = counters[index]
        form = "decimal" if level.legal else entry.format
        return spell(entry.start if value is None else value, form)

    return _PLACE.sub(number, level.text).strip()


def spell(value: int, form: str) -> str:
    """``value`` as Word prints it in the number format ``form``; unknown formats as Arabic numbers."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and value > 0:
        roman = ""
        for size, sign in _ROMAN:
            roman += sign * (value // size)
            value %= size
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{value:02d}"
    return str(value)
