"""What a file really is, by its content. Names lie: mail programs, phones and portals rename freely."""

from __future__ import annotations

import io
import zipfile
import zlib

from extract.reading.archive import is_overfull

TEXT, DOCX, PDF, JPEG, PNG, TIFF = "text", "docx", "pdf", "jpeg", "png", "tiff"
DOC, RTF, ODT = "doc", "rtf", "odt"

NAMES = {
    TEXT: "văn bản thuần",
    DOCX: "văn bản Word (DOCX)",
    PDF: "tệp PDF",
    JPEG: "ảnh JPEG",
    PNG: "ảnh PNG",
    TIFF: "ảnh TIFF",
    DOC: "văn bản Word đời cũ (DOC)",
    "xls": "bảng tính Excel đời cũ",
    "ole": "tệp Office đời cũ",
    "encrypted": "tệp Office có mật khẩu",
    RTF: "văn bản RTF",
    "html": "trang web (HTML)",
    "mhtml": "trang web kèm ảnh (MHTML)",
    "wordxml": "văn bản Word 2003 dạng XML",
    "xlsx": "bảng tính Excel",
    "pptx": "tệp trình chiếu PowerPoint",
    ODT: "văn bản OpenDocument",
    "odf": "bảng tính, trình chiếu hoặc hình vẽ OpenDocument",
    "zip": "tệp nén ZIP",
    "rar": "tệp nén RAR",
    "7z": "tệp nén 7-Zip",
    "gif": "ảnh GIF",
    "bmp": "ảnh BMP",
    "webp": "ảnh WebP",
    "heic": "ảnh HEIC",
    "binary": "dữ liệu không rõ loại",
}
"""How each kind is called in a sentence; the keys are all the kinds that :func:`sniff` gives."""

_MAGIC = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"{\\rtf", RTF),
    (b"GIF8", "gif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
_PLAIN = 0.3
"""Share of the letters of a Vietnamese text that are blanks or plain Latin ones, at least."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes) -> str:
    """The kind of ``data``, a key of :data:`NAMES`. A broken ZIP counts as ``"zip"``."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip(data)
    # ISO 32000 lets junk stand before the header; viewers look through the first kilobyte
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"BM") and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif"):
        return "heic"
    return _text(data)


def _ole(data: bytes) -> str:
    """Tell the OLE containers apart by the names in their directory, which are UTF-16."""
    for stream, kind in (("EncryptedPackage", "encrypted"), ("WordDocument", DOC)):
        if stream.encode("utf-16-le") in data:
            return kind
    return "xls" if _has_entry(data, "Workbook") or _has_entry(data, "Book") else "ole"


def _has_entry(data: bytes, name: str) -> bool:
    """Whether the directory names a stream: entries are 128 bytes long, a name fills 64 up with zeros.

    The plain letters are not enough: "Book Title" is a style of Word.
    """
    wanted = name.encode("utf-16-le")
    place = data.find(wanted)
    while place >= 0:
        if place % 128 == 0 and not data[place + len(wanted) : place + 64].strip(b"\0"):
            return True
        place = data.find(wanted, place + 1)
    return False


def _zip(data: bytes) -> str:
    if is_overfull(data):
        return _overfull(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = _start(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, RuntimeError):
        return "zip"
    if "[Content_Types].xml" in names:
        # strict and macro-enabled documents keep the folder, whatever the main part is called
        for folder, kind in (("word/", DOCX), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return kind
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        return ODT if b".text" in mime else "odf"
    return "zip"


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of an entry, however long it is."""
    with archive.open(name) as entry:
        return entry.read(80)


def _overfull(data: bytes) -> str:
    """The kind of an archive that is not opened, by the names in it; its reader says what is wrong."""
    if b"[Content_Types].xml" in data:
        for folder, kind in ((b"word/", DOCX), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
            if folder in data:
                return kind
    # the specification of OpenDocument wants it first and not compressed
    head = data[:200]
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        return ODT if b".text" in head else "odf"
    return "zip"


def wide(data: bytes) -> str | None:
    """The codec of UTF-16 text that has no byte order mark, ``None`` for anything else.

    Vietnamese has plain letters and blanks in every word: every other byte of those is zero, none of the
    others.
    """
    head = data[:4096]
    if len(data) % 2 or len(data) < 8:
        return None
    first, second = head[::2].count(0), head[1::2].count(0)
    if min(first, second) or max(first, second) < _PLAIN * len(head) / 2:
        return None
    codec = "utf-16-le" if second else "utf-16-be"
    letters = data[: len(head)].decode(codec, "ignore")
    return codec if all(letter.isprintable() or letter.isspace() for letter in letters) else None


def _text(data: bytes) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return RTF
    if head.startswith(b"mime-version:") and b"multipart/related" in head:
        return "mhtml"
    if head.startswith(b"<?xml") and b"word.document" in head:
        return "wordxml"
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith(b"<?xml") and b"<html" in head:
        return "html"
    if data.startswith(_BOMS):
        return TEXT
    if wide(data) is not None:
        return TEXT
    # text has no control characters but blanks; a few are forgiven (form feed, DOS end-of-file)
    control = sum(
        data.count(bytes([code])) for code in (*range(0, 9), 11, *range(14, 26), *range(27, 32), 127)
    )
    return "binary" if control > len(data) // 500 else TEXT
