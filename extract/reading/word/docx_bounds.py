"""What a DOCX file may hold, looked at before any of it is unpacked into memory.

A DOCX is a ZIP archive of XML. Both can be small and yet without end: an entry that inflates for ever,
a directory of millions of entries, elements that need a hundred times their bytes once parsed. ``zipfile``
never gives more of an entry than its directory states (measured; what follows fails its checksum), so
the stated sizes can be relied upon as bounds, and XML is counted while it streams by.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from extract.errors import DamagedFile, TooLarge
from extract.reading.archive import is_overfull

MAX_MEMBER = 200_000_000
MAX_TOTAL = 600_000_000
"""Unpacked bytes allowed in one member and in all; a real report stays below a tenth of it."""
MAX_XML = 100_000_000
"""Bytes of one XML part; 250 pages have three million."""
MAX_ELEMENTS = 3_000_000
"""Tags of all XML parts, about 250 bytes each once parsed; 250 pages have sixty thousand."""
MAX_LETTERS = 20_000_000
"""Bytes between the tags; read, each costs about a hundred in memory. 5 000 pages have fifteen million."""
MAX_RUNS = 1_000_000
"""Stretches of text in one look, a kilobyte each in memory; 5 000 pages have three hundred thousand."""
_CHUNK = 1 << 18
_HEAD = 4096
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_TAG = re.compile(rb"<[^>]*>?")
_OWN_DEFINITIONS = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(slots=True)
class Growth:
    """How much text came of a file whose size says nothing of it, such as RTF."""

    runs: int = 0
    letters: int = 0

    def add(self, letters: int) -> None:
        """Count a run, or a paragraph without one.

        Raises:
            TooLarge: there are more of them than are read.
        """
        self.runs, self.letters = self.runs + 1, self.letters + letters
        if self.runs > MAX_RUNS or self.letters > MAX_LETTERS:
            raise TooLarge(
                f"Tệp có quá {MAX_LETTERS / 10**6:g} triệu chữ cái hoặc {MAX_RUNS / 10**6:g} triệu đoạn chữ.",
                "Cần mở bằng Word rồi lưu thành nhiều tệp.",
            )


def check_bounds(data: bytes, called: str = "Tệp DOCX") -> None:
    """Look through a DOCX or ODT file, ``called`` so in sentences, without keeping any of it.

    Raises:
        DamagedFile: it is no archive, a part of it is broken, or it defines its own XML entities.
        TooLarge: unpacked and parsed it would pass the bounds.
    """
    if is_overfull(data):
        raise _too_large(called, "có quá nhiều mục bên trong")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            sizes = [member.file_size for member in members]
            if max(sizes, default=0) > MAX_MEMBER or sum(sizes) > MAX_TOTAL:
                raise _too_large(called, "lớn quá mức đọc được")
            elements = letters = 0
            for member in members:
                # which part is XML is said by the archive itself, under any name
                if not member.filename.endswith((".xml", ".rels")) and not _looks_like_xml(archive, member):
                    continue
                more = _count(archive, member, called)
                elements, letters = elements + more[0], letters + more[1]
                if elements > MAX_ELEMENTS:
                    raise _too_large(called, f"có quá {MAX_ELEMENTS // 10**6} triệu phần tử")
                if letters > MAX_LETTERS:
                    raise _too_large(called, f"có quá {MAX_LETTERS // 10**6} triệu chữ cái")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DamagedFile(f"{called} bị thiếu hoặc hỏng.", "Cần lấy lại tệp.") from error


def _looks_like_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as stream:
        return stream.read(_HEAD).lstrip(_BEFORE_XML).startswith(b"<")


def _count(archive: zipfile.ZipFile, member: zipfile.ZipInfo, called: str) -> tuple[int, int]:
    """Tags of an XML part, and bytes between them."""
    tags = letters = 0
    rest = b""
    if member.file_size > MAX_XML:
        raise _too_large(called, "lớn quá mức đọc được")
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if any(mark in rest + chunk for mark in _OWN_DEFINITIONS):
                raise DamagedFile(
                    f"{called} tự định nghĩa thực thể XML, phần mềm soạn thảo không làm như vậy.",
                    "Cần mở bằng Word rồi lưu lại.",
                )
            tags += chunk.count(b"<")
            letters += len(chunk) - sum(len(tag) for tag in _TAG.findall(chunk))
            rest = chunk[-16:]
    return tags, letters


def _too_large(called: str, what: str) -> TooLarge:
    return TooLarge(
        f"{called} khi giải nén {what}.",
        "Cần lưu lại từ Word với ảnh nhỏ hơn, hoặc lưu thành nhiều tệp.",
    )
