"""The outline: which blocks are headings, how they nest, and what each paragraph stands under.

Reports number their parts as they please ("II", then "2.1", bold or not, with ``#`` at any
level), so nesting follows the families of markers in the order in which they appear, not the
format's heading levels: a family that is already open closes everything below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.document import Section, Span
from extract.structure.markers import Marker, marker_of
from extract.structure.paragraphs import Block
from extract.vietnamese import is_upper

_LIST = ("dash", "plus")
_RANKS = {
    family: rank
    for rank, family in enumerate(
        ("part", "capital", "roman", "number", "many1", "many2", "many3", "letter", "dash", "plus")
    )
}
"""How deep a family of markers usually stands; only the order counts."""
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LONGEST_HEADING = 260
_LONGEST_ENDED = 12
"""Words from which a paragraph that ends like a sentence is one, not a heading with a stop."""


@dataclass(slots=True)
class Item:
    """A body paragraph with its place in the outline.

    ``content`` is the span behind the marker; ``sections`` are the headings above it, outermost first.
    """

    block: Block
    content: Span
    marker: Marker | None
    path: tuple[str, ...]
    sections: tuple[Section, ...]
    lead: Item | None = None


@dataclass(slots=True)
class Outline:
    """Headings and items of one document, both in reading order."""

    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    family: str
    marker: str
    section: Section | None


def build_outline(text: str, blocks: list[Block]) -> Outline:
    """Divide the body (and annex) into headings and items under them."""
    outline = Outline()
    open_: list[_Open] = []
    lead: Item | None = None
    last_roman: Marker | None = None
    body = [block for block in blocks if block.zone in ("body", "annex")]
    for position, block in enumerate(body):
        words = text[slice(*block.span)]
        marker = marker_of(words)
        start = block.span[0] + (marker.length if marker else 0)
        content = _trim(text, start, block.span[1])
        if marker and marker.family == "roman":
            marker = last_roman = _in_sequence(marker, last_roman, block)
        following = body[position + 1] if position + 1 < len(body) else None
        if _is_heading(text, block, marker, content, following):
            family = marker.family if marker else ("title" if block.heading or block.bold else "plain")
            _close(open_, family)
            path = (*_path(open_), *((marker.value,) if marker else ()))
            section = Section(path, text[slice(*content)].rstrip(" :."), block.span, block.span)
            open_.append(_Open(family, marker.value if marker else "", section))
            outline.sections.append(section)
            lead = None
            continue
        own: tuple[str, ...] = ()
        if marker and marker.family not in _LIST:
            _close(open_, marker.family)
            own = (marker.value,)
        item = Item(
            block,
            content,
            marker,
            (*_path(open_), *own),
            tuple(entry.section for entry in open_ if entry.section is not None),
        )
        if marker and marker.family not in _LIST:
            open_.append(_Open(marker.family, marker.value, None))
        if marker is None:
            lead = item if text[slice(*content)].rstrip().endswith(":") else None
        elif text[slice(*content)].rstrip().endswith(":"):
            lead = item if lead is None or marker.family != "plus" else lead
        elif lead is not None and lead is not item:
            item.lead = lead
        outline.items.append(item)
    _stretch(outline)
    return outline


def _is_heading(
    text: str, block: Block, marker: Marker | None, content: Span, following: Block | None
) -> bool:
    if block.cell is not None:
        return False
    words = text[slice(*content)]
    if not words or len(words) > _LONGEST_HEADING:
        return False
    if block.heading is not None:
        return True
    if marker and marker.family in _LIST:
        return False
    ended = words.rstrip().endswith((".", ";", ","))
    if ended and len(words.split()) > _LONGEST_ENDED:
        return False
    if marker is None:
        if block.bold or is_upper(words):
            return not words.rstrip().endswith((";", ",")) and len(words) < 160
        return False
    if marker.family in ("part", "roman", "capital") and len(words) < 200:
        return not words.rstrip().endswith((";", ","))
    if block.bold:
        return not words.rstrip().endswith(";") and len(words) < 200
    if following is None:
        return False
    goes_deeper = _deeper(text, marker, following)
    if words.rstrip().endswith(":"):
        return goes_deeper and len(words) < 160
    sentence = bool(re.search(r"\b(?:đã|chưa|không|còn|được|phải|cần|đạt|tiếp tục|tăng cường)\b", words))
    return goes_deeper and len(words) < 160 and not (ended and sentence)


def _in_sequence(marker: Marker, last: Marker | None, block: Block) -> Marker:
    """A Roman numeral that OCR read as its forerunner ("II" for "III") is the next one."""
    recognised = any(word.confidence is not None for word in block.lines[0].words)
    if not recognised or last is None or marker.value != last.value or last.value not in _ROMANS[:-1]:
        return marker
    return replace(marker, value=_ROMANS[_ROMANS.index(last.value) + 1])


def _deeper(text: str, marker: Marker, following: Block) -> bool:
    """Whether the next paragraph stands below this one: another list, or running text."""
    below = marker_of(text[slice(*following.span)])
    return below is None or _RANKS.get(below.family, 9) > _RANKS.get(marker.family, 9)


def _close(open_: list[_Open], family: str) -> None:
    """Close what the new heading ends: everything down to the last of its own family."""
    for index, entry in enumerate(open_):
        if entry.family == family:
            del open_[index:]
            return
    # An unmarked title ends numbered items below the last marked heading, not the headings.
    if family in ("title", "plain"):
        while open_ and open_[-1].section is None:
            open_.pop()
    if family in ("roman", "part", "capital"):
        while open_ and _RANKS.get(open_[-1].family, 9) > _RANKS[family]:
            open_.pop()


def _path(open_: list[_Open]) -> tuple[str, ...]:
    path: list[str] = []
    for entry in open_:
        if entry.marker:
            path.append(entry.marker)
    return tuple(path)


def _stretch(outline: Outline) -> None:
    """Let each section reach to the end of its last item."""
    ends: dict[int, int] = {}
    for item in outline.items:
        for section in item.sections:
            ends[id(section)] = item.block.span[1]
    replaced = {
        id(section): Section(
            section.path, section.title, section.heading, (section.span[0], ends[id(section)])
        )
        for section in outline.sections
        if id(section) in ends
    }
    outline.sections = [replaced.get(id(section), section) for section in outline.sections]
    for item in outline.items:
        item.sections = tuple(replaced.get(id(section), section) for section in item.sections)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
