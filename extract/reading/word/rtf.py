"""Rich Text Format: an own small reader, so that the same file gives the same words on every machine.

Read are text with fonts, code pages and Unicode, paragraphs, tables, printed numbers of lists, text boxes and
results of fields. Left out, as in DOCX: headers, footers, notes, pictures, hidden and deleted text. After
the Rich Text Format Specification, version 1.9.1 (Microsoft, 2008).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.errors import DamagedFile
from extract.pages import Caution
from extract.reading.base import EngineSource, Reading
from extract.reading.legacy.encodings import encoding_of
from extract.reading.word.body_writer import CellShape, Paragraph, RowShape, Run, Writer
from extract.reading.word.docx_bounds import Growth
from extract.reading.word.docx_file import read_body
from extract.reading.word.rtf_fonts import Font, FontTable

_DEEP = 500
"""Nested groups in a file that was written by a program stay below thirty."""
_TAIL = 40
"""More signs than this behind the end of a file are no padding but lost text."""
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|(?P<junk>[\r\n]|\\)"
)
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "softline": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "qmspace": " ", "zwnj": "", "zwj": "", "zwbo": "", "zwnbo": "",
}  # fmt: skip
_SIGNS = {"~": "\u00a0", "_": "-", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}"}
_SKIPPED_WORDS = (
    "colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote "
    "listtable listoverridetable revtbl rsidtbl themedata colorschememapping datastore latentstyles xmlnstbl "
    "filetbl generator objdata objclass objname annotation atnid atnauthor nonshppict nonesttables sn sv sp "
    "shprslt bkmkstart bkmkend pgptbl txe rxe tc xe upr private comment author operator title subject "
    "keywords doccomm userprops docvar pnseclvl pn listlevel leveltext levelnumbers mmath"
)
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
_STARRED = {
    "shpinst": "container",
    "do": "container",
    "ud": "text",
    "fldinst": "instruction",
    "nesttableprops": "container",
}
_SYMBOL_FIELD = re.compile(r'SYMBOL\s+(\d{1,5}).*?\\f\s*"([^"]+)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Look:
    """Character formatting."""

    font: int | None = None
    other_font: int | None = None  # of letters above ASCII, where it differs
    size: float | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    deleted: bool = False


@dataclass(slots=True)
class _Group:
    """What ``{`` saves and ``}`` restores. ``kind`` says what text in the group is for."""

    kind: str = "text"
    look: _Look = field(default_factory=_Look)
    skip: int = 1  # characters after \u that stand in for it
    marker: int | None = None  # where the runs of a list's printed number begin
    box: tuple[Paragraph, bool] | None = None  # the paragraph around a text box, and whether in a table
    fresh: bool = True  # nothing but "{" or "{\*" so far


def read_rtf(data: bytes, engine: EngineSource) -> Reading:
    """Read an RTF file.

    Raises:
        DamagedFile: it is cut off, or its groups make no sense.
    """
    parser = _Parser(data.decode("latin-1"))
    reading = read_body(parser.body().body.root, None, None)
    if len(parser.rest) > _TAIL:
        message = "Tệp RTF sai cấu trúc: phần cuối tệp không đọc được. Cần mở bằng Word rồi lưu thành .docx."
        reading.warnings.append(Caution("lines_lost", message))
    return reading


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._writer = Writer()
        self._groups: list[_Group] = []
        self._now = _Group()
        self._fonts = FontTable()
        self._paragraph = Paragraph()
        self._in_table = False
        self._boxes: list[bool] = []
        self._shape = RowShape()
        self._pending_cell = CellShape(0)
        self._borders_of = ""
        self._letters: list[str] = []
        self._codes = bytearray()
        self._starred = False
        self._passed = 0
        self._associated = ""
        self._instruction = ""
        self.rest = ""
        self._growth = Growth()

    def body(self) -> Writer:
        """Parse the whole file."""
        place, end = 0, len(self._source)
        opened = False
        while place < end:
            match = _TOKEN.match(self._source, place)
            assert match is not None
            place = match.end()
            kind = match.lastgroup
            if kind == "number" or kind == "word":
                number = int(match["number"]) if match["number"] else None
                if match["word"] == "bin":
                    place += max(number or 0, 0)
                else:
                    self._word(match["word"], number)
            elif kind == "text":
                self._text(match["text"])
            elif kind == "hex":
                self._code(int(match["hex"], 16))
            elif kind == "sign":
                self._sign(match["sign"])
            elif match["brace"] == "{":
                self._open()
                opened = True
            elif match["brace"] == "}":
                if not self._groups:
                    break
                self._close()
                if not self._groups:
                    break
        if self._groups or not opened:
            raise DamagedFile("Tệp RTF bị thiếu phần cuối.", "Cần lấy lại tệp, hoặc lưu lại từ Word.")
        self.rest = self._source[place:].strip(" \r\n\0}")
        self._end_paragraph()
        self._writer.end_table()
        return self._writer

    def _open(self) -> None:
        self._flush()
        if len(self._groups) >= _DEEP:
            raise DamagedFile("Tệp RTF bị hỏng.", "Cần mở bằng Word rồi lưu thành .docx.")
        self._now.fresh = False
        self._groups.append(self._now)
        self._now = replace(self._now, marker=None, box=None, fresh=True)
        self._starred = False
        self._passed = 0

    def _close(self) -> None:
        self._flush()
        self._passed = 0
        gone, self._now = self._now, self._groups.pop()
        if gone.marker is not None:
            self._close_marker(gone.marker)
        if gone.box is not None:
            if self._paragraph.runs:
                self._end_paragraph()
            self._paragraph, self._in_table = gone.box
            self._boxes.pop()
        if gone.kind == "instruction" and self._now.kind != "instruction":
            self._close_instruction()

    def _close_marker(self, start: int) -> None:
        """A list's number as it is printed, bullets of any shape as ``-``, like those of DOCX."""
        printed = "".join(run.text for run in self._paragraph.runs[start:]).strip()
        if printed:
            shown = printed if any(map(str.isalnum, printed)) or printed == "+" else "-"
            self._paragraph.runs[start:] = [Run(shown + " ")]

    def _close_instruction(self) -> None:
        if found := _SYMBOL_FIELD.search(self._instruction):
            code = int(found[1])
            letter = chr(0xF000 + code) if code < 256 and not encoding_of(found[2]) else chr(code & 0xFFFF)
            if self._now.kind == "text":
                self._paragraph.runs.append(Run(letter, found[2]))
        self._instruction = ""

    def _word(self, word: str, number: int | None) -> None:
        fresh, self._now.fresh = self._now.fresh, False
        if self._passed and word in _CHARACTERS:
            self._passed -= 1  # \\bullet may stand in for a letter, too; other words never do in practice
            return
        if fresh and self._begins(word):
            return
        if word == "u" and number is not None:
            self._unicode(number)
            return
        if word in _CHARACTERS:
            self._text(_CHARACTERS[word])
            return
        self._flush()
        if self._now.kind == "fonts":
            self._fonts.word(word, number)
        elif word in ("ansicpg", *_PAGES, "deff", "uc"):
            self._header(word, number)
        elif not self._look(word, number):
            self._structure(word, number)

    def _begins(self, word: str) -> bool:
        """Take the first word of a group as what the group is for."""
        starred, self._starred = self._starred, False
        group = self._now
        if word == "fonttbl":
            group.kind = "fonts"
        elif word in _STARRED and (starred or word == "fldinst"):
            group.kind = _STARRED[word] if group.kind != "skip" or word == "ud" else "skip"
            if word == "fldinst":
                self._instruction = ""
        elif word in ("shptxt", "dptxbxtext") and group.kind != "skip":
            group.kind, group.box = "text", (self._paragraph, self._in_table)
            self._boxes.append(self._in_table)
            self._paragraph = Paragraph()
        elif word in ("listtext", "pntext") and group.kind == "text":
            group.marker = len(self._paragraph.runs)
        elif word in _SKIPPED or starred:
            group.kind = "skip"
        else:
            return False
        return True

    def _header(self, word: str, number: int | None) -> None:
        if word == "deff":
            self._fonts.default = number
        elif word == "uc":
            self._now.skip = max(number or 0, 0)
        else:
            self._fonts.set_page(f"cp{number}" if word == "ansicpg" else _PAGES[word])

    def _look(self, word: str, number: int | None) -> bool:
        """Character formatting; ``False`` where ``word`` is none."""
        look = self._now.look
        on = number != 0
        if word == "plain":
            look = _Look()
        elif word == "f":
            look = replace(look, font=number, other_font=None)
        elif word in ("loch", "hich", "dbch", "rtlch", "ltrch"):
            self._associated = word
        elif word == "af":
            if self._associated == "hich":
                look = replace(look, other_font=number)
        elif word == "fs":
            look = replace(look, size=number / 2 if number else None)
        elif word == "b":
            look = replace(look, bold=on)
        elif word == "i":
            look = replace(look, italic=on)
        elif word == "caps":
            look = replace(look, caps=on)
        elif word == "v":
            look = replace(look, hidden=on)
        elif word == "deleted":
            look = replace(look, deleted=on)
        else:
            return False
        self._now.look = look
        return True

    def _structure(self, word: str, number: int | None) -> None:
        if self._now.kind not in ("text", "container"):
            return
        if word in ("par", "cell"):
            self._growth.add(0)  # empty ones take their place too
        if word in ("par", "page", "sect", "column", "nestcell", "nestrow"):
            self._end_paragraph()
        elif word == "pard":
            self._in_table = bool(self._boxes and self._boxes[-1])
            self._paragraph.heading = None
        elif word == "intbl" or (word == "itap" and number):
            self._in_table = True
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            self._paragraph.heading = number + 1
        elif word == "cell":
            self._writer.cell(self._paragraph)
            self._paragraph = Paragraph()
        elif word == "row":
            self._writer.row(self._shape)
        elif self._now.kind == "text":
            self._row_shape(word, number)

    def _row_shape(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self._shape, self._pending_cell, self._borders_of = RowShape(), CellShape(0), ""
        elif word == "cellx" and number is not None:
            self._pending_cell.edge = number
            self._shape.cells.append(self._pending_cell)
            self._pending_cell = CellShape(0)
        elif word == "clmrg":
            self._pending_cell.across = True
        elif word in ("clvmgf", "clvmrg"):
            self._pending_cell.down = word == "clvmrg"
        elif word.startswith(("clbrdr", "trbrdr")):
            self._borders_of = "table"
        elif word in ("brdrt", "brdrb", "brdrl", "brdrr", "box"):
            self._borders_of = "paragraph"
        elif word.startswith("brdr") and word not in ("brdrw", "brdrcf", "brdrnone", "brdrnil", "brdrtbl"):
            self._shape.borders = self._shape.borders or self._borders_of == "table"

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = self._now.fresh
            return
        self._now.fresh = False
        if sign in "\r\n":
            self._word("par", None)
        elif sign in _SIGNS:
            self._text(_SIGNS[sign])

    def _text(self, text: str) -> None:
        self._now.fresh = False
        if self._passed:
            taken = min(self._passed, len(text))
            self._passed -= taken
            text = text[taken:]
        if not text:
            return
        kind = self._now.kind
        if kind == "fonts":
            self._fonts.name(text)
        elif kind == "instruction":
            self._instruction += text
        elif kind == "text":
            for letter in text if not text.isascii() else ():
                if ord(letter) < 256:
                    self._code(ord(letter))
                else:
                    self._add(letter)
            if text.isascii():
                self._add(text)

    def _code(self, code: int) -> None:
        """A letter by its code in the font's code page; codes are kept until no more of them follow."""
        self._now.fresh = False
        if self._passed:
            self._passed -= 1
        elif self._now.kind == "text":
            self._codes.append(code)
        elif self._now.kind == "fonts":
            self._fonts.name(chr(code))

    def _unicode(self, number: int) -> None:
        self._passed = self._now.skip
        if self._now.kind == "text":
            self._add(chr(number & 0xFFFF))

    def _add(self, text: str) -> None:
        self._decode()
        self._letters.append(text)

    def _decode(self) -> None:
        if not self._codes:
            return
        self._letters.append(self._fonts.decode(bytes(self._codes), self._font()))
        self._codes = bytearray()

    def _font(self) -> Font:
        look = self._now.look
        other = self._fonts.find(look.other_font) if look.other_font is not None else None
        return other if other and encoding_of(other.name) else self._fonts.find(look.font)

    def _flush(self) -> None:
        """Make a run of the letters so far, before their look changes."""
        self._decode()
        if not self._letters:
            return
        text = "".join(self._letters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._letters = []
        look = self._now.look
        self._growth.add(len(text))
        if not look.hidden and not look.deleted:
            self._paragraph.runs.append(
                Run(text, self._font().name, look.size, look.bold, look.italic, look.caps)
            )

    def _end_paragraph(self) -> None:
        self._flush()
        self._writer.paragraph(self._paragraph, in_table=self._in_table)
        self._paragraph = Paragraph(heading=self._paragraph.heading)
