"""The marks inside a Markdown paragraph: emphasis, escapes, entities, links, HTML tags.

Only what people and converters write in letters is undone; it follows CommonMark's rules for
emphasis so that "5 * 3" and "(*) Ghi chú" keep their stars.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_MARKED = re.compile(r"[\\*_&<\[!\]]")
"""Without any of these a paragraph has no inline marks."""
BREAK = "\u2028"
"""Stands in :attr:`Marked.text` where the source forces a new line (``<br>``)."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_IMAGE = re.compile(
    r"!\[[^\]]{0,1000}\](?:\([^()]{0,4000}(?:\([^()]{0,1000}\)[^()]{0,1000}){0,20}\)|\[[^\]]{0,1000}\])"
)
"""Bounded, as one that never ends would be looked for from every beginning."""
_MOST_RUNS = 2_000
"""Runs of stars in one paragraph beyond which they are no emphasis; the time grows with their square."""
_LINK_END = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_ESCAPABLE = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_INLINE_TAGS = {"b", "strong", "i", "em", "u", "s", "span", "font", "sub", "sup", "a", "small", "mark", "ins"}


@dataclass(slots=True)
class Marked:
    """Text without its marks; ``bold`` and ``italic`` hold one flag a character, or nothing at all."""

    text: str
    bold: list[bool]
    italic: list[bool]


@dataclass(slots=True)
class _Run:
    """A run of ``*`` or ``_``: ``at`` is its place in the output, ``left`` how many are not used up."""

    at: int
    mark: str
    left: int
    opens: bool
    closes: bool


def inline(source: str) -> Marked:
    """``source`` (a paragraph, lines parted by line feeds) without its marks.

    Never fails: a mark that has no partner stays as it was typed.
    """
    if not _MARKED.search(source):
        return Marked(source, [], [])
    out: list[str] = []
    runs: list[_Run] = []
    tags: list[tuple[int, str, bool]] = []
    opened: list[int] = []  # places of "[" that a link end may take back
    source = _IMAGE.sub("", source)
    at = 0
    while at < len(source):
        letter = source[at]
        if letter == "\\" and at + 1 < len(source) and source[at + 1] in _ESCAPABLE:
            out.append(source[at + 1])
            at += 2
            continue
        if letter in "*_":
            end = at
            while end < len(source) and source[end] == letter:
                end += 1
            runs.append(_run(source, at, end, len(out)))
            out += [letter] * (end - at)
            at = end
            continue
        if letter == "&" and (entity := _ENTITY.match(source, at)):
            out += list(html.unescape(entity[0]).replace("\u00a0", " "))
            at = entity.end()
            continue
        if letter == "<" and (link := _AUTOLINK.match(source, at)):
            out += list(link[1])
            at = link.end()
            continue
        if letter == "<" and (tag := _TAG.match(source, at)):
            name = tag[1].lower()
            if name == "br":
                out.append(BREAK)
            elif name not in _INLINE_TAGS:
                out.append(" ")
            tags.append((len(out), name, tag[0].startswith("</")))
            at = tag.end()
            continue
        if letter == "[":
            opened.append(len(out))
        elif letter == "]" and opened:
            place = opened.pop()
            if link_end := _LINK_END.match(source, at):
                out[place] = ""
                at = link_end.end()
                continue
        elif letter == "`":
            at += 1
            continue
        out.append(letter)
        at += 1
    return _flag(out, runs if len(runs) <= _MOST_RUNS else [], tags)


def _run(source: str, start: int, end: int, at: int) -> _Run:
    before = source[start - 1] if start else " "
    after = source[end] if end < len(source) else " "
    left_flanking = not after.isspace() and (
        not _punctuation(after) or before.isspace() or _punctuation(before)
    )
    right_flanking = not before.isspace() and (
        not _punctuation(before) or after.isspace() or _punctuation(after)
    )
    if source[start] == "_":
        # snake_case and "Số: ___/BC" are words, not emphasis
        opens = left_flanking and (not right_flanking or _punctuation(before))
        closes = right_flanking and (not left_flanking or _punctuation(after))
        return _Run(at, "_", end - start, opens, closes)
    return _Run(at, "*", end - start, left_flanking, right_flanking)


def _punctuation(letter: str) -> bool:
    return not letter.isalnum() and not letter.isspace()


def _flag(out: list[str], runs: list[_Run], tags: list[tuple[int, str, bool]]) -> Marked:
    bold = [False] * len(out)
    italic = [False] * len(out)
    for place, closer in enumerate(runs):
        if not closer.closes:
            continue
        for before in range(place - 1, -1, -1):
            opener = runs[before]
            if not closer.left:
                break
            if opener.mark != closer.mark or not opener.opens or not opener.left:
                continue
            while opener.left and closer.left:
                used = 2 if opener.left >= 2 and closer.left >= 2 else 1
                _drop(out, opener.at + opener.left - used, used)
                _drop(out, closer.at, used)
                flags = bold if used == 2 else italic
                flags[opener.at : closer.at] = [True] * (closer.at - opener.at)
                opener.left -= used
                closer.left -= used
                closer.at += used
            # what stood open between the two has lost its partner
            for between in runs[before + 1 : place]:
                between.opens = False
    _flag_tags(tags, bold, italic)
    text: list[str] = []
    kept_bold: list[bool] = []
    kept_italic: list[bool] = []
    for letter, strong, slanted in zip(out, bold, italic, strict=True):
        for part in letter:
            text.append(part)
            kept_bold.append(strong)
            kept_italic.append(slanted)
    return Marked("".join(text), kept_bold, kept_italic)


def _drop(out: list[str], start: int, count: int) -> None:
    for place in range(start, start + count):
        out[place] = ""


def _flag_tags(tags: list[tuple[int, str, bool]], bold: list[bool], italic: list[bool]) -> None:
    for names, flags in ((("b", "strong"), bold), (("i", "em"), italic)):
        start: int | None = None
        for at, name, closing in tags:
            if name not in names:
                continue
            if not closing and start is None:
                start = at
            elif closing and start is not None:
                flags[start:at] = [True] * (at - start)
                start = None
