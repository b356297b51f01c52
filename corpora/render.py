"""A report in Markdown as blocks in their order, for laying it out as PDF, DOCX or plain text.

What is understood beyond headings, ``- `` items, bold and italic:

* a table without a delimiter row is layout, not data: columns side by side without borders, ``<br>`` between
  lines, ``---`` as one of them for the short rule below the name of an organ, ``<sign>`` for a pen stroke;
* ``#. `` begins an item that the layout numbers by itself;
* ``<center>…</center>`` around a line.

Everything else is text. Nothing is dropped but comments and marks.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "numbered", "centred", "rule", "table", "layout"]

_OUTLINE = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*)[.)/]\s|\d+(?:\.\d+)+\s|[a-zđ][.)]\s")
_OWN_LINE = re.compile(r"\s*(?:#|[-+*•\u2013]\s|\||<|[-*_]{3,}\s*$|\*{0,3}(?:" + _OUTLINE.pattern + "))")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_DELIMITERS = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])(.*?[^\s\\*])\1(?!\*)")
_LONG = 60


_BOLD_OVER_LINES = re.compile(r"\*\*(?! )([^*\n]+(?:\n[^*\n]+)+)\*\*")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item, rule or table; ``number`` counts the items of a numbered list."""

    kind: Kind
    text: str = ""
    level: int = 0
    number: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def centred(self) -> bool:
        """Titles stand in the middle; headings that carry a number of the outline do not."""
        title = self.kind == "heading" and self.level == 1 and not _OUTLINE.match(plain(self.text))
        return title or self.kind == "centred"


def runs(text: str) -> list[Run]:
    """``text`` without its Markdown marks, cut where bold or italic begin or end."""
    return [
        Run(html.unescape(_ESCAPED.sub(r"\1", run.text)), run.bold, run.italic)
        for run in _runs(text, False, False)
    ]


def _runs(text: str, bold: bool, italic: bool) -> Iterator[Run]:
    place = 0
    for marked in _EMPHASIS.finditer(text):
        if marked.start() > place:
            yield Run(text[place : marked.start()], bold, italic)
        stars = len(marked[1])
        yield from _runs(marked[2], bold or stars > 1, italic or stars != 2)
        place = marked.end()
    if place < len(text):
        yield Run(text[place:], bold, italic)


def plain(text: str) -> str:
    """``text`` without its Markdown marks."""
    return "".join(run.text for run in runs(text))


def cell_lines(cell: str) -> list[str]:
    """The lines of a cell of a layout table."""
    return [line.strip() for line in cell.split("<br>")]


def blocks(markdown: str) -> list[Block]:
    """The blocks of ``markdown`` in reading order."""
    found: list[Block] = []
    number = 0
    markdown = re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL)
    for line in _joined(_BOLD_OVER_LINES.sub(_bold_by_line, markdown)):
        if line.startswith("|"):
            found.append(_table(line))
        elif _RULE.match(line):
            found.append(Block("rule"))
        elif heading := re.match(r"(#{1,6})\s+(.*?)\s*#*$", line):
            found.append(Block("heading", heading[2], level=len(heading[1])))
        elif line.startswith("#. "):
            number += 1
            found.append(Block("numbered", line[3:].strip(), number=number))
            continue
        elif item := re.match(r"[-+*•]\s+(.*)", line):
            found.append(Block("item", item[1]))
        elif centre := re.match(r"<center>(.*)</center>$", line):
            found.append(Block("centred", centre[1]))
        else:
            found.append(Block("paragraph", line))
        number = 0
    return found


def _bold_by_line(found: re.Match[str]) -> str:
    """Bold that spans printed lines ("**UBND  \\nHUYỆN**"), marked line by line."""
    return "\n".join(f"**{line.strip()}**" for line in found[1].split("\n"))


def _joined(markdown: str) -> Iterator[str]:
    """Lines as they were before hard wrapping; the rows of one table stay one string with line breaks.

    A line goes on the one before where it begins in lower case, or where that one is long and ends
    without a stop. Lines of a printed header stay apart.
    """
    waiting = ""
    for raw in markdown.replace("\f", "\n\n").splitlines():
        line = raw.strip()
        if not line:
            if waiting:
                yield waiting
            waiting = ""
        elif waiting.startswith("|") and line.startswith("|"):
            waiting += "\n" + line
        elif waiting and _goes_on(waiting, line):
            waiting += " " + line
        else:
            if waiting:
                yield waiting
            waiting = line
    if waiting:
        yield waiting


def _goes_on(before: str, line: str) -> bool:
    if before.startswith(("|", "# ", "<")) or _RULE.match(before) or _OWN_LINE.match(line):
        return False
    last = before.rsplit("\n", 1)[-1]
    return plain(line)[:1].islower() or (len(last) >= _LONG and last.rstrip("*")[-1:] not in ".;:!?")


def _table(text: str) -> Block:
    lines = text.splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    marked = [place for place, line in enumerate(lines) if _DELIMITERS.match(line)]
    width = max(len(row) for row in rows)
    kept = (row + ("",) * (width - len(row)) for place, row in enumerate(rows) if place not in marked)
    return Block("table" if marked else "layout", rows=tuple(kept))


def markdown_to_text(text: str, width: int = 88) -> str:
    """Plain text with hard wraps, the columns of layout tables set side by side with blanks."""
    lines: list[str] = []
    titles: list[str] = []
    for block in blocks(text):
        if block.kind == "layout":
            lines.extend(_columns(block, width))
        elif block.kind == "table":
            lines.extend("\t".join(plain(cell) for cell in row) for row in block.rows)
        elif block.kind == "rule":
            lines.append("-------".center(width).rstrip())
        elif block.centred:
            if block.kind == "heading" and titles and lines[-2:-1] == titles[-1:]:
                lines.pop()
            titles = [line.center(width).rstrip() for line in textwrap.wrap(plain(block.text), width - 20)]
            lines.extend(titles)
        else:
            lead = {"item": "- ", "numbered": f"{block.number}. "}.get(block.kind, "")
            lines.extend(textwrap.wrap(lead + plain(block.text), width, initial_indent="    "))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _columns(block: Block, width: int) -> Iterator[str]:
    left_width = width * 2 // 5
    for row in block.rows:
        left, right = (cell_lines(cell) for cell in (*row, "")[:2])
        notes = plain(left[0]).startswith("Nơi nhận")
        for place in range(max(len(left), len(right))):
            first, second = (_bare(cell[place]) if place < len(cell) else "" for cell in (left, right))
            placed = first.ljust(left_width) if notes else first.center(left_width)
            yield (placed + second.center(width - left_width)).rstrip()


def _bare(line: str) -> str:
    return {"---": "-------", "<sign>": ""}.get(line, plain(line))
