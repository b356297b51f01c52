"""Markdown and plain text files.

A line of the file is a line of the reading. Marks of Markdown leave the words and become what they
mean; list marks stay, because the outline of a report is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeVar

from extract.errors import DamagedFile, TooLarge, UnsupportedType
from extract.pages import Cell, Line, Page, Word
from extract.reading.base import EngineSource, Reading, clean, is_letterhead, is_marker, is_ornament
from extract.reading.layout.columns import reading_order
from extract.reading.legacy.text import Unicoded, from_bytes, unicoded
from extract.reading.markdown import BREAK, inline
from extract.reading.origin import Origin
from extract.reading.sniff import wide

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_FENCE = re.compile(r" {0,3}(?:`{3,}[^`]*|~{3,}[^~]*)$")
_COMMENT_LINES = re.compile(r"(?m)^[ \t]*<!--(?:(?!-->)[\s\S])*-->[ \t]*\n?")
_COMMENT = re.compile(r"<!--[\s\S]*?-->")
_BULLET = re.compile(r"\s*([*•–—▪●○◦·])(?=\s)")
_DASH = re.compile(r"\s*([•–—▪●○◦])(?=[^\s\-–—•])")
_DELIMITER = re.compile(r" {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*(?:\|\s*)?$")
MAX_LETTERS = 20_000_000
MAX_WORDS = 6_000_000
"""Of one file; read, a word takes about 400 bytes. 5 000 pages have fifteen million letters and three million
words."""
_TOO_LONG = TooLarge(
    f"Văn bản có quá {MAX_LETTERS // 10**6} triệu chữ cái hoặc {MAX_WORDS // 10**6} triệu từ.",
    "Cần kiểm tra có đúng tệp không, hoặc chia nhỏ tệp.",
)
_PIPE = re.compile(r"(?<!\\)\|")


_Text = TypeVar("_Text", str, bytes)


@dataclass(frozen=True, slots=True)
class _Row:
    """A stretch of the file on its way to a line; ``text`` is empty for a break between blocks.

    ``place`` is where it stands in the file's decoded text, as far as its letters are still those.
    """

    text: str
    starts: bool = False
    heading: int | None = None
    cell: Cell | None = None
    place: tuple[int, int] | None = None


def read_markdown(data: bytes, engine: EngineSource) -> Reading:
    """Read a Markdown file; see :func:`read_text` for what is raised."""
    decoded = _decode(data)
    text = _without_comments(decoded.text)
    return _reading(_lines(_markdown_rows(text.split("\n")), marks=True), decoded)


def read_text(data: bytes, engine: EngineSource) -> Reading:
    """Read a plain text file.

    Raises:
        DamagedFile: the bytes break off inside a character.
        UnsupportedType: the text is in no encoding known: UTF-8, UTF-16 with a byte order mark, Windows-1258,
            TCVN3, VNI.
    """
    return _read_plain(_decode(data))


def read_given(text: str) -> tuple[Reading, Origin]:
    """Read a text as :func:`read_text` reads a file that holds it, with the way back to its characters."""
    decoded = _cleaned(unicoded(_bounded(text)))
    return _read_plain(decoded), Origin(text, decoded.text)


def _read_plain(decoded: Unicoded) -> Reading:
    return _reading(_lines(_plain_rows(decoded.text.split("\n")), marks=False), decoded)


def _without_comments(text: str) -> str:
    # what is never closed is no comment, and looking for its end from each would take for ever
    end = text.rfind("-->") + 3
    if end < 3:
        return text
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    end += text[end : end + 1] == "\n"
    return _COMMENT.sub("", _COMMENT_LINES.sub("", text[:end])) + text[end:]


def _reading(lines: Iterator[Line], decoded: Unicoded) -> Reading:
    page = Page(None, list(lines))
    decoded.keep_raw(page)
    return Reading([page], decoded.cautions, conversion=decoded.conversion)


def _decode(data: bytes) -> Unicoded:
    if len(data) > 4 * MAX_LETTERS:
        raise _TOO_LONG
    return _cleaned(_characters(data))


def _cleaned(decoded: Unicoded) -> Unicoded:
    text = decoded.text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\f", "\n\n")
    return replace(decoded, text=clean(text))


def _characters(data: bytes) -> Unicoded:
    try:
        return unicoded(_bounded(_unicode(data)))
    except UnsupportedType:
        # a byte is a letter
        if (found := from_bytes(_bounded(data))) is not None:
            return found
        raise


def _bounded(text: _Text) -> _Text:
    blanks = " \t\n" if isinstance(text, str) else b" \t\n"
    many = sum(text.count(blanks[at : at + 1]) for at in range(3))
    if len(text) > MAX_LETTERS or many > MAX_WORDS:
        raise _TOO_LONG
    return text


def _unicode(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if (codec := wide(data)) is not None:
            return data.decode(codec)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.start > 0:
            raise DamagedFile(
                "Văn bản bị đứt ở ký tự cuối cùng.", "Cần lấy lại hoặc xuất lại tệp."
            ) from error
        raise UnsupportedType(
            "Văn bản không theo Unicode (UTF-8, hoặc UTF-16 có dấu thứ tự byte), cũng không rõ theo bảng mã "
            "tiếng Việt cũ nào (TCVN3, VNI, Windows-1258).",
            "Cần mở bằng phần mềm hiển thị đúng chữ rồi lưu theo UTF-8.",
        ) from error


def _plain_rows(rows: list[str]) -> Iterator[_Row]:
    begins = list(accumulate((len(row) + 1 for row in rows), initial=0))
    for piece in reading_order(rows):
        text = rows[piece.row][piece.start : piece.end]
        if is_ornament(text):
            # a line drawn under Quốc hiệu ends a block but not the column it stands in
            text = ""
        begin = begins[piece.row]
        yield _Row(text, starts=piece.first, place=(begin + piece.start, begin + piece.end))


def _markdown_rows(rows: list[str]) -> Iterator[_Row]:
    tables, at, held = 0, 0, 0
    before = False  # whether any text came before
    while at < len(rows):
        delimited = at + 1 < len(rows) and _is_table(rows[at], rows[at + 1])
        if delimited or _is_bare_row(rows[at]):
            yield from _text_rows(rows[held:at])
            before = before or any(row.strip() for row in rows[held:at])
            end = at + 2 if delimited else at + 1
            while end < len(rows) and rows[end].strip() and _PIPE.search(rows[end]):
                end += 1
            body = [rows[at], *rows[at + 2 if delimited else at + 1 : end]]
            columns = _layout_columns(body)
            if columns:
                yield from columns
            else:
                yield from _cells(body, tables)
                tables += 1
            yield _Row("")
            at = held = end
            before = True
            continue
        at += 1
    yield from _text_rows(rows[held:])


def _is_table(row: str, below: str) -> bool:
    return bool(_PIPE.search(row) and "|" in below and _DELIMITER.match(below))


def _is_bare_row(row: str) -> bool:
    """A row between bars without a delimiter below it, as some converters leave letterheads."""
    bare = row.strip()
    return bare.startswith("|") and bare.endswith("|") and len(_split(bare)) > 1


def _split(row: str) -> list[str]:
    bare = row.strip()
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(bare)]


def _cells(body: list[str], table: int) -> Iterator[_Row]:
    for row, source in enumerate(body):
        for column, text in enumerate(_split(source)):
            if text:
                yield _Row(text, starts=True, cell=Cell(table, row, column))


def _layout_columns(body: list[str]) -> list[_Row]:
    """The rows of a table that only sets the head or the end of a letter side by side, else nothing."""
    grid = [_split(row) for row in body]
    if not is_letterhead(" ".join(inline(cell).text for cells in grid for cell in cells)):
        return []
    if max(len(cells) for cells in grid) > 3 or len(grid) > 8:
        return []
    width = max(len(cells) for cells in grid)
    return [
        _Row(cells[column], starts=True)
        for column in range(width)
        for cells in grid
        if column < len(cells) and cells[column]
    ]


def _text_rows(rows: list[str]) -> Iterator[_Row]:
    """The rows between tables: quotes stripped, rules and fences dropped, columns in order."""
    bare = []
    for row in rows:
        row = _QUOTE.sub("", row)
        dropped = _RULE.match(row) or _FENCE.match(row)
        bare.append("" if dropped else row)
    forced = False
    for piece in reading_order(bare):
        row = bare[piece.row]
        text = row[piece.start : piece.end]
        starts = piece.first or forced
        hard = row.endswith("  ") or text.endswith("\\")
        if text.endswith("\\") and not text.endswith("\\\\"):
            text = text[:-1]
        plain = inline(text).text
        if is_ornament(plain):
            text = ""
        heading = _HEADING.match(row) if piece.start == len(row) - len(row.lstrip()) else None
        if heading and text:
            yield _Row("")
            yield _Row(_title(row[heading.end() :]), starts=True, heading=len(heading[1]))
            forced = True
            continue
        if set(text) == {"="} and len(text) >= 3:
            text = ""
        yield _Row(text, starts=starts)
        forced = hard and bool(text)


def _title(text: str) -> str:
    """The text of a heading without the ``#`` that may stand behind it, apart from the words."""
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return text if bare and bare[-1] not in " \t" else bare.rstrip(" \t")


def _lines(rows: Iterator[_Row], *, marks: bool) -> Iterator[Line]:
    """Group rows into paragraphs, so that emphasis may run over several of them, and make lines."""
    group: list[_Row] = []
    fresh = True
    for row in rows:
        text = _bullet(row.text)
        starts = bool(text) and (row.starts or fresh or row.heading is not None or _is_item(text, marks))
        apart = starts and (row.cell is not None or row.heading is not None or _is_item(text, marks))
        if (not text or apart) and group:
            yield from _paragraph(group, marks=marks)
            group = []
        if text:
            group.append(_Row(text, starts, row.heading, row.cell, row.place))
            if row.cell is not None or row.heading is not None:
                yield from _paragraph(group, marks=marks)
                group = []
        fresh = not text or row.heading is not None
    if group:
        yield from _paragraph(group, marks=marks)


def _bullet(text: str) -> str:
    """``text`` with the bullet at its start, whatever its shape, as ``-``; ``+`` is a level of its own."""
    text = text.strip()
    if found := _BULLET.match(text):
        return "-" + text[found.end() :]
    if found := _DASH.match(text):
        return "- " + text[found.end() :]
    return text


def _is_item(text: str, marks: bool) -> bool:
    head, blank, _ = text.partition(" ")
    head = head.partition("\t")[0]
    if marks:
        head = head.replace("\\", "")
    return bool(blank or "\t" in text) and is_marker(head)


def _paragraph(group: list[_Row], *, marks: bool) -> Iterator[Line]:
    source = "\n".join(row.text for row in group)
    if marks:
        marked = inline(source)
        text, bold, italic = marked.text, marked.bold, marked.italic
    else:
        text, bold, italic = source, [], []
    raw = "&" in source
    line_no, forced, words = 0, False, list[Word]()
    end = len(group[0].text)  # of the row, in the paragraph's text
    for match in re.finditer(rf"\n|{BREAK}|[^\s{BREAK}]+", text):
        if match[0] not in ("\n", BREAK):
            at = None if marks else _place(group[line_no], match.start() - end)
            words += _words(match, bold, italic, at, raw=raw)
            continue
        if words:
            yield _line(group[line_no], words, forced)
        forced = match[0] == BREAK or (forced and not words)
        words = []
        if match[0] == "\n":
            line_no += 1
            end = match.end() + len(group[line_no].text)
    if words:
        yield _line(group[line_no], words, forced)


def _place(row: _Row, from_end: int) -> int | None:
    """Where a word stands in the file; counted from the row's end, as a bullet at its start may grow."""
    return max(row.place[0], row.place[1] + from_end) if row.place else None


def _words(
    match: re.Match[str], bold: list[bool], italic: list[bool], at: int | None, *, raw: bool
) -> list[Word]:
    """The word of a match; ``raw`` text may hold what an entity stood for and is cleaned once more."""
    start, end = match.span()
    strong = 2 * sum(bold[start:end]) >= end - start if bold else False
    slanted = 2 * sum(italic[start:end]) >= end - start if italic else False
    if not raw:
        return [Word(match[0], bold=strong, italic=slanted, at=at)]
    return [Word(part, bold=strong, italic=slanted, at=at) for part in clean(match[0]).split()]


def _line(row: _Row, words: list[Word], forced: bool) -> Line:
    return Line(words, starts_block=row.starts or forced, heading=row.heading, cell=row.cell)
