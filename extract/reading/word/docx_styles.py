"""What a DOCX says about the look and rank of text, styles and defaults resolved.

python-docx gives only what is set on a run itself (``None`` where a style decides), so the chain
run, character style, paragraph style, its bases, document defaults is walked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.reading.legacy.encodings import encoding_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"heading (\d)")
Element = Any
"""An lxml element; lxml has no types."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set; ``size`` in points, ``caps`` for letters shown as capitals whatever is typed.

    ``raw`` is what the file holds for this letter, where an old encoding was converted.
    """

    bold: bool = False
    italic: bool = False
    font: str | None = None
    size: float | None = None
    hidden: bool = False
    caps: bool = False
    raw: str | None = None


def attribute(element: Element | None, name: str) -> str | None:
    """The ``w:`` attribute ``name`` of ``element``, ``None`` where either is missing."""
    if element is None:
        return None
    value = element.get(W + name)
    return None if value is None else str(value)


def is_on(element: Element) -> bool:
    """The value of a toggle such as ``<w:b/>``: on unless it says otherwise."""
    return attribute(element, "val") not in ("0", "false", "off", "none")


class Styles:
    """The styles part of a document; an absent part gives plain looks."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: Element | None = None
        self._default_paragraph: str | None = None
        self._looks: dict[tuple[str | None, str | None], Look] = {}
        self._asked: tuple[Element, str | None] | None = None
        if root is None:
            return
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in root.iter(W + "style"):
            identity = attribute(style, "styleId")
            if identity is None:
                continue
            self._styles[identity] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                self._default_paragraph = identity

    def chain(self, identity: str | None) -> Iterator[Element]:
        """The style and its bases, nearest first; a loop in a broken file ends the walk."""
        seen: set[str] = set()
        while identity is not None and identity not in seen and identity in self._styles:
            seen.add(identity)
            style = self._styles[identity]
            yield style
            identity = attribute(style.find(W + "basedOn"), "val")

    def paragraph_style(self, paragraph: Element) -> str | None:
        """The id of a paragraph's style, the default one where none is named."""
        # asked for every run: in a paragraph of a hundred thousand the search would cost their square
        if self._asked is None or self._asked[0] is not paragraph:
            named = attribute(paragraph.find(f"{W}pPr/{W}pStyle"), "val")
            self._asked = (paragraph, named if named in self._styles else self._default_paragraph)
        return self._asked[1]

    def look(self, run: Element, paragraph: Element) -> Look:
        """How ``run`` of ``paragraph`` is set."""
        properties = run.find(W + "rPr")
        character = attribute(properties.find(W + "rStyle"), "val") if properties is not None else None
        style = self.paragraph_style(paragraph)
        key = (style, character)
        if key not in self._looks:
            sources = [found.find(W + "rPr") for found in (*self.chain(character), *self.chain(style))]
            self._looks[key] = _resolve([*sources, self._defaults], Look())
        return self._looks[key] if properties is None else _resolve([properties], self._looks[key])

    def heading(self, paragraph: Element) -> int | None:
        """The heading level, 1 the highest, by outline level or by the name of the style."""
        own = attribute(paragraph.find(f"{W}pPr/{W}outlineLvl"), "val")
        if own is not None and own.isdigit():
            return int(own) + 1 if int(own) < 9 else None
        for style in self.chain(self.paragraph_style(paragraph)):
            name = (attribute(style.find(W + "name"), "val") or "").lower()
            if found := _HEADING_NAME.fullmatch(name):
                return int(found[1])
            if name == "title":
                return 1
            level = attribute(style.find(f"{W}pPr/{W}outlineLvl"), "val")
            if level is not None and level.isdigit():
                return int(level) + 1 if int(level) < 9 else None
        return None

    def centred(self, paragraph: Element) -> bool:
        """Whether a paragraph is set centred, by itself or by its style."""
        for source in (paragraph, *self.chain(self.paragraph_style(paragraph))):
            if set_as := attribute(source.find(f"{W}pPr/{W}jc"), "val"):
                return set_as == "center"
        return False

    def has_borders(self, table: Element) -> bool:
        """Whether a table draws lines, by its own borders, its cells' or its style's."""
        own = table.find(f"{W}tblPr/{W}tblBorders")
        cells = table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")
        if any(_draws(borders) for borders in cells):
            return True
        if own is not None:
            return _draws(own)
        style = attribute(table.find(f"{W}tblPr/{W}tblStyle"), "val")
        for found in self.chain(style):
            borders = found.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return _draws(borders)
        return False


def _draws(borders: Element) -> bool:
    return any(attribute(edge, "val") not in (None, "none", "nil") for edge in borders)


def _font(fonts: list[Element]) -> str | None:
    """The font of plain letters, nearest first; an old Vietnamese one wherever letters above ASCII have it.

    Word keeps one font for ASCII and one for other letters (``hAnsi``); a run may name ``.VnTime`` for the
    second only, which is where its Vietnamese letters are.
    """
    named = [
        next((name for found in fonts if (name := attribute(found, kind))), None)
        for kind in ("hAnsi", "ascii")
    ]
    return next((name for name in named if encoding_of(name)), named[1] or named[0])


def _resolve(sources: list[Element | None], base: Look) -> Look:
    """The look from ``sources``, nearest first, over ``base``."""
    present = [source for source in sources if source is not None]

    def first(tag: str) -> Element | None:
        return next((found for source in present if (found := source.find(W + tag)) is not None), None)

    bold, italic, hidden, caps = first("b"), first("i"), first("vanish"), first("caps")
    fonts = [found for source in present if (found := source.find(W + "rFonts")) is not None]
    size = attribute(first("sz"), "val")
    return Look(
        bold=base.bold if bold is None else is_on(bold),
        italic=base.italic if italic is None else is_on(italic),
        font=_font(fonts) or base.font,
        size=float(size) / 2 if size and size.replace(".", "", 1).isdigit() else base.size,
        hidden=base.hidden if hidden is None else is_on(hidden),
        caps=base.caps if caps is None else is_on(caps),
    )
