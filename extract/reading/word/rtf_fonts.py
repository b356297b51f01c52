"""The font table of an RTF file, and letters by their codes in the code page of a font."""

from __future__ import annotations

from dataclasses import dataclass

from extract.reading.legacy.encodings import encoding_of

_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
_SYMBOL = 2
_DEFAULT = 1


@dataclass(frozen=True, slots=True)
class Font:
    """A font with its character set as Windows counts them (1: the file's own code page)."""

    name: str | None = None
    charset: int = _DEFAULT


class FontTable:
    """Filled while ``{\\fonttbl`` is read, asked afterwards."""

    def __init__(self) -> None:
        self.default: int | None = None
        self._page = "cp1252"
        self._fonts: dict[int, Font] = {}
        self._number: int | None = None
        self._charset = _DEFAULT

    def set_page(self, page: str) -> None:
        """The code page of the file; one that is not known counts as Windows-1252."""
        try:
            "".encode(page)
        except LookupError:
            page = "cp1252"
        self._page = page

    def word(self, word: str, number: int | None) -> None:
        """A control word of the table."""
        if word == "f":
            self._number, self._charset = number or 0, _DEFAULT
        elif word == "fcharset" and number is not None:
            self._charset = number

    def name(self, text: str) -> None:
        """A piece of a font's name, which ends with a semicolon."""
        if self._number is None:
            return
        piece, end, _ = text.partition(";")
        before = self._fonts.get(self._number, Font()).name or ""
        self._fonts[self._number] = Font(before + piece, self._charset)
        if end:
            self._number = None

    def find(self, number: int | None) -> Font:
        """The font with this number, by default the file's default font."""
        number = self.default if number is None else number
        return self._fonts.get(number, Font()) if number is not None else Font()

    def decode(self, codes: bytes, font: Font) -> str:
        """Letters in the code page of ``font``; in old Vietnamese fonts and symbol fonts their bare codes."""
        if encoding_of(font.name):
            return _decoded(codes, "cp1252")
        if font.charset == _SYMBOL:
            return "".join(chr(0xF000 + code) for code in codes)
        return _decoded(codes, _CHARSETS.get(font.charset, self._page))


def _decoded(codes: bytes, page: str) -> str:
    try:
        return codes.decode(page)
    except UnicodeDecodeError:
        # codes that the page leaves free
        return "".join(bytes([code]).decode(page, "ignore") or chr(code) for code in codes)
