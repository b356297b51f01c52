"""What the bytes of an old Word document (.doc) say before any program converts it.

Enough of [MS-CFB] (the OLE container) and [MS-DOC] (the file information block and the piece table) to tell
a password, a file that is cut off, and where its text lies. Nothing is displayed from here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from extract.reading.legacy.encodings import encoding_of

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks: free, end of chain, table sectors."""
_WORD_97 = 193


class BrokenContainer(Exception):
    """The OLE container or the file information block makes no sense."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of text in the main stream: offsets of bytes, and how many bytes a letter has."""

    start: int
    stop: int
    width: int


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    size: int


class WordBinary:
    """An OLE file that holds a Word document.

    Raises:
        BrokenContainer: it is cut off, or is no Word document at all.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise BrokenContainer(str(error)) from error

    def _open(self) -> None:
        data = self._data
        (shift,) = struct.unpack_from("<H", data, 0x1E)
        if shift not in (9, 12):
            raise BrokenContainer("sector size")
        self._sector = 1 << shift
        first_directory, _, self._cutoff, mini, _, difat, difats = struct.unpack_from("<7I", data, 0x30)
        tables = [sector for sector in struct.unpack_from("<109I", data, 0x4C) if sector < _END]
        for _ in range(min(difats, 10_000)):
            if difat >= _END:
                break
            *more, difat = struct.unpack(f"<{self._sector // 4}I", self._read(difat))
            tables += [sector for sector in more if sector < _END]
        self._fat: list[int] = []
        for table in tables:
            self._fat += struct.unpack(f"<{self._sector // 4}I", self._read(table))
        self._entries = self._directory(first_directory)
        self._minifat = self._words(self._chain(mini)) if mini < _END else []
        document = self._entries.get("WordDocument")
        if document is None:
            raise BrokenContainer("no WordDocument stream")
        self._sectors = self._chain(document.start)
        if document.size < self._cutoff:
            raise BrokenContainer("WordDocument in the small streams")
        self.stream = b"".join(self._read(sector) for sector in self._sectors)
        magic, self.version = struct.unpack_from("<HH", self.stream, 0)
        if magic not in (0xA5EC, 0xA5DC):
            raise BrokenContainer("magic number")
        (self._flags,) = struct.unpack_from("<H", self.stream, 0x0A)

    @property
    def encrypted(self) -> bool:
        """Whether the text opens only with a password."""
        return bool(self._flags & 0x0100)

    def text_pieces(self) -> list[TextPiece]:
        """Where the text lies in the main stream, in its order; empty where that cannot be told."""
        try:
            return self._pieces()
        except (struct.error, IndexError, ValueError, BrokenContainer):
            return []

    def _pieces(self) -> list[TextPiece]:
        if self.version < _WORD_97:
            start, stop = struct.unpack_from("<II", self.stream, 0x18)
            return [TextPiece(start, stop, 1)] if not self._flags & 0x0004 else []
        table = self._table(0x01A2)
        while table[:1] == b"\x01":
            table = table[3 + struct.unpack_from("<H", table, 1)[0] :]
        if table[:1] != b"\x02":
            return []
        (length,) = struct.unpack_from("<I", table, 1)
        count = (length - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", table, 5)
        found: list[TextPiece] = []
        for index in range(count):
            (code,) = struct.unpack_from("<I", table, 5 + 4 * (count + 1) + 8 * index + 2)
            letters = ends[index + 1] - ends[index]
            if code & 0x40000000:
                start = (code & 0x3FFFFFFF) // 2
                found.append(TextPiece(start, start + letters, 1))
            else:
                found.append(TextPiece(code, code + 2 * letters, 2))
        return found

    def font_runs(self) -> list[tuple[int, int, str]]:
        """Start and end in the main stream of text that is set in a font by itself, and the font's name.

        Fonts that text has from its style are not among them; nothing for Word 6 and 95.
        """
        try:
            return self._font_runs() if self.version >= _WORD_97 else []
        except (struct.error, IndexError, ValueError, BrokenContainer):
            return []

    def _font_runs(self) -> list[tuple[int, int, str]]:
        names = self._font_names()
        table = self._table(0x00FA)
        count = (len(table) - 4) // 8
        found = []
        for (page,) in struct.iter_unpack("<I", table[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
            start = (page & 0x3FFFFF) * 512
            sheet = self.stream[start : start + 512]
            runs = sheet[511]
            places = struct.unpack_from(f"<{runs + 1}I", sheet, 0)
            for index in range(runs):
                offset = 2 * sheet[4 * (runs + 1) + index]
                font = _font_in(sheet[offset + 1 : offset + 1 + sheet[offset]]) if offset else None
                if font is not None and font < len(names):
                    found.append((places[index], places[index + 1], names[font]))
        return found

    def _font_names(self) -> list[str]:
        table = self._table(0x0112)
        (count,) = struct.unpack_from("<H", table, 0)
        names, at = [], 4
        for _ in range(count):
            length = table[at]
            name = table[at + 40 : at + 1 + length].decode("utf-16-le", "replace")
            names.append(name.partition("\0")[0])
            at += 1 + length
        return names

    def _table(self, place: int) -> bytes:
        """The part of the table stream whose offset and size stand at ``place``."""
        start, size = struct.unpack_from("<II", self.stream, place)
        return self._stream("1Table" if self._flags & 0x0200 else "0Table")[start : start + size]

    def with_stream(self, stream: bytes) -> bytes:
        """The file with another main stream of the same length."""
        data = bytearray(self._data)
        for index, sector in enumerate(self._sectors):
            start = (sector + 1) * self._sector
            piece = stream[index * self._sector : (index + 1) * self._sector]
            data[start : start + self._sector] = piece[: len(data) - start]
        return bytes(data)

    def _read(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        found = self._data[start : start + self._sector]
        if not found:
            raise BrokenContainer("cut off")
        return found.ljust(self._sector, b"\0")

    def _chain(self, sector: int) -> list[int]:
        found: list[int] = []
        while sector < _END:
            found.append(sector)
            if len(found) > len(self._fat):
                raise BrokenContainer("a chain of sectors runs in a circle")
            sector = self._fat[sector]
        if found and (max(found) + 1) * self._sector >= len(self._data):
            raise BrokenContainer("cut off")
        return found

    def _words(self, sectors: list[int]) -> list[int]:
        data = b"".join(self._read(sector) for sector in sectors)
        return list(struct.unpack(f"<{len(data) // 4}I", data))

    def _directory(self, first: int) -> dict[str, _Entry]:
        data = b"".join(self._read(sector) for sector in self._chain(first))
        found: dict[str, _Entry] = {}
        for at in range(0, len(data), 128):
            (length,) = struct.unpack_from("<H", data, at + 64)
            name = data[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, at + 116)
            found.setdefault("root" if data[at + 66] == 5 else name, _Entry(start, size))
        return found

    def _stream(self, name: str) -> bytes:
        entry = self._entries[name] if name in self._entries else _Entry(_END, 0)
        if entry.size >= self._cutoff:
            return b"".join(self._read(sector) for sector in self._chain(entry.start))[: entry.size]
        small = b"".join(self._read(sector) for sector in self._chain(self._entries["root"].start))
        found: list[bytes] = []
        sector = entry.start
        while sector < _END and len(found) <= len(self._minifat):
            found.append(small[sector * 64 : sector * 64 + 64])
            sector = self._minifat[sector]
        return b"".join(found)[: entry.size]


def _font_in(properties: bytes) -> int | None:
    """The number of the font that character properties set (sprmCRgFtc0), the last one counting."""
    found, at = None, 0
    while at + 2 < len(properties):
        (operation,) = struct.unpack_from("<H", properties, at)
        if operation == 0x4A4F:
            (found,) = struct.unpack_from("<H", properties, at + 2)
        size = (1, 1, 2, 4, 2, 2, 0, 3)[operation >> 13]
        at += 2 + (size or 1 + properties[at + 2])
    return found


_SPARE = "^~`\\|{}#@$<>"
"""Signs of which a report lacks at least one, to stand for what antiword drops."""


def prepared_for_antiword(data: bytes) -> tuple[bytes, str]:
    """The file, as long as before, with what antiword would lose made visible; the sign for line breaks.

    Word's optional hyphen (code 31), the letter ư of TCVN3, becomes U+00AD: antiword drops the former and
    would turn "chưa" (not yet) into "cha" (father). A soft line break (code 11), dropped too with the words
    around it running together, becomes the sign that is returned, one that the text lacks. Plain
    letters in a font of capitals (``.VnTimeH``) become capitals, as antiword does not tell fonts.
    """
    document = WordBinary(data)
    pieces = document.text_pieces()
    stream = bytearray(document.stream)
    used = {stream[at] for piece in pieces for at in range(piece.start, min(piece.stop, len(stream)))}
    line = next((sign for sign in _SPARE if ord(sign) not in used), " ")
    codes = {31: 0xAD, 11: ord(line)}
    for piece in pieces:
        for at in range(piece.start, min(piece.stop, len(stream) - 1), piece.width):
            if stream[at] in codes and (piece.width == 1 or stream[at + 1] == 0):
                stream[at] = codes[stream[at]]
    for start, stop, font in document.font_runs():
        encoding = encoding_of(font)
        if encoding is not None and encoding.is_capital(font):
            for piece in pieces:
                _capitalise(stream, max(start, piece.start), min(stop, piece.stop), piece.width)
    return document.with_stream(bytes(stream)), line


def _capitalise(stream: bytearray, start: int, stop: int, width: int) -> None:
    """Plain letters as capitals; not where the text has Unicode letters, whatever its font is called."""
    codec = "latin-1" if width == 1 else "utf-16-le"
    letters = bytes(stream[start:stop]).decode(codec, "replace") if start < stop else ""
    if letters and all(ord(letter) < 256 for letter in letters):
        capitals = "".join(letter.upper() if letter.isascii() else letter for letter in letters)
        stream[start:stop] = capitals.encode(codec)
