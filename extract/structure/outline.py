"""The outline: which blocks are headings, how they nest, and what each paragraph stands under.

Reports number their parts as they please ("II", then "2.1", bold or not, with ``#`` at any
level), so nesting follows the families of markers in the order in which they appear, not the
format's heading levels: a family that is already open closes everything below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.document import Section, Span
from extract.structure.headings import RANKS, is_aspect, is_caption, is_heading, states_something, title_level
from extract.structure.markers import Marker, is_first, marker_of
from extract.structure.paragraphs import Block
from extract.vietnamese import is_upper

_LIST = ("dash", "plus")
_MAJOR = ("part", "capital", "roman")


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
    """An entry of the way down from the root: a heading, or a numbered item that lists stand under."""

    family: str
    marker: str
    section: Section | None
    level: int = 0
    empty: Item | None = None


def build_outline(text: str, blocks: list[Block], *, official: bool = True) -> Outline:
    """Divide the body (and annex) into headings and items under them.

    One that is not ``official`` (no issuer, number or kind) also has a headline and captions in plain type.
    """
    outline = Outline()
    open_: list[_Open] = []
    lead: Item | None = None
    body = [block for block in blocks if block.zone in ("body", "annex")]
    repeated = Counter(text[slice(*block.span)].strip(" :").lower() for block in body)
    marked = [_marked(text, block) for block in body]
    ranks = _ranks([marker for marker, _ in marked if marker])
    title: Block | None = None
    for position, block in enumerate(body):
        if block is title:
            continue
        words = text[slice(*block.span)]
        marker, content = marked[position]
        following = body[position + 1] if position + 1 < len(body) else None
        title = _title_below(text, body, marked, position)
        before = body[position - 1] if position else None
        captions = not official and marker is None and is_caption(text, before, block, following)
        if title or captions or is_heading(text, block, marker, content, following):
            aspect = is_aspect(words) or repeated[words.strip(" :").lower()] > 1
            _open_section(outline, open_, ranks, text, title or block, marker, content, aspect)
            lead = None
            continue
        item = _item(open_, block, marker, content)
        ends_open = text[slice(*content)].rstrip().endswith(":") or is_aspect(words)
        if marker is None:
            lead = item if ends_open else None
        elif ends_open:
            lead = item if lead is None or marker.family != "plus" else lead
        elif lead is not None:
            item.lead = lead
        for entry in open_:
            entry.empty = None
        if marker and marker.family not in _LIST:
            open_.append(_Open(marker.family, marker.value, None))
        outline.items.append(item)
    _close_all(outline, open_, 0)
    outline.items.sort(key=lambda item: item.block.span)
    _stretch(outline)
    return outline


def _marker(block: Block, words: str) -> Marker | None:
    """The marker that the paragraph begins with, also where only the marks around say it."""
    if (mark := block.lines[0].mark) is not None:
        supplied = marker_of(f"{mark} {words}")
        return replace(supplied, length=0) if supplied else None
    return marker_of(words)


def _marked(text: str, block: Block) -> tuple[Marker | None, Span]:
    """The paragraph's marker and what stands behind it."""
    marker = _marker(block, text[slice(*block.span)])
    return marker, _trim(text, block.span[0] + (marker.length if marker else 0), block.span[1])


def _title_below(
    text: str, body: Sequence[Block], marked: Sequence[tuple[Marker | None, Span]], position: int
) -> Block | None:
    """The title that a part marker on a line of its own ("Phần thứ hai") stands over."""
    marker, (start, end) = marked[position]
    if marker is None or marker.family != "part" or start < end or position + 1 >= len(body):
        return None
    title, (below, content) = body[position + 1], marked[position + 1]
    after = body[position + 2] if position + 2 < len(body) else None
    return title if below is None and is_heading(text, title, None, content, after) else None


def _ranks(markers: Sequence[Marker]) -> Mapping[str, int]:
    """How deep the families stand in this document.

    Capitals stand over Roman numbers, unless the numbers come first and go on behind them ("II", "A", "B",
    "III"), without beginning anew.
    """
    major = [marker for marker in markers if marker.family in ("roman", "capital")]
    first = next((at for at, marker in enumerate(major) if marker.family == "capital"), 0)
    values = {marker.value for marker in major if marker.family == "capital"}
    anew = any(is_first(marker) for marker in major[first:] if marker.family == "roman")
    if not first or anew or not {"A", "B"} <= values:
        return RANKS
    return {**RANKS, "capital": RANKS["roman"], "roman": RANKS["capital"]}


def _open_section(
    outline: Outline,
    open_: list[_Open],
    ranks: Mapping[str, int],
    text: str,
    block: Block,
    marker: Marker | None,
    content: Span,
    aspect: bool,
) -> None:
    if content[0] == content[1]:
        content = block.span  # the title of a marker on a line of its own
    words = text[slice(*content)]
    family = marker.family if marker else "title"
    level = 0 if marker else title_level(block, aspect=aspect)
    _close(outline, open_, ranks, family, level, upper=is_upper(words))
    above = _path(open_)
    path = (*above, *((marker.value,) if marker else ()))
    section = Section(path, words.rstrip(" :."), block.span, block.span, above, family)
    # A "heading" with nothing under it that says something was a statement after all.
    item = _item(open_, block, marker, content) if states_something(words) else None
    for entry in open_:
        entry.empty = None
    open_.append(_Open(family, marker.value if marker else "", section, level, item))
    outline.sections.append(section)


def _item(open_: list[_Open], block: Block, marker: Marker | None, content: Span) -> Item:
    own: tuple[str, ...] = ()
    if marker and marker.family not in _LIST:
        for index, entry in enumerate(open_):
            if entry.family == marker.family:
                del open_[index:]
                break
        own = (marker.value,)
    sections = tuple(entry.section for entry in open_ if entry.section is not None)
    return Item(block, content, marker, (*_path(open_), *own), sections)


def _close(
    outline: Outline,
    open_: list[_Open],
    ranks: Mapping[str, int],
    family: str,
    level: int,
    *,
    upper: bool,
) -> None:
    """Close what a new heading ends: everything down to the last of its own family (and level)."""
    for index, entry in enumerate(open_):
        if entry.family == family and entry.level >= level:
            _close_all(outline, open_, index)
            return
    if family == "title":
        # An unmarked title ends numbered items below the last heading; one in capitals ends minor headings.
        while open_ and (open_[-1].section is None or (upper and open_[-1].family not in _MAJOR)):
            _close_all(outline, open_, len(open_) - 1)
    if family in _MAJOR:
        while open_ and ranks.get(open_[-1].family, 9) > ranks[family]:
            _close_all(outline, open_, len(open_) - 1)


def _close_all(outline: Outline, open_: list[_Open], index: int) -> None:
    for entry in open_[index:]:
        if entry.empty is not None:
            outline.items.append(entry.empty)
            if entry.section is not None:
                outline.sections.remove(entry.section)
    del open_[index:]


def _path(open_: list[_Open]) -> tuple[str, ...]:
    return tuple(entry.marker for entry in open_ if entry.marker)


def _stretch(outline: Outline) -> None:
    """Let each section reach to the end of its last item."""
    ends: dict[int, int] = {}
    for item in outline.items:
        for section in item.sections:
            ends[id(section)] = item.block.span[1]
    replaced = {
        id(section): replace(section, span=(section.span[0], ends[id(section)]))
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
