"""Archives that lie about their directory, or whose directory has no end: never opened."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from extract.errors import TooLarge, UnsupportedType
from extract.reading import sniff
from extract.reading.archive import MAX_DIRECTORY, directory_size, is_overfull
from extract.reading.read import read


def archive(names: list[bytes], end: bytes | None = None) -> bytes:
    """An archive of empty entries, written by hand; ``end`` in the place of its end record."""
    first = b"PK\x03\x04" + struct.pack("<5H3I2H", 20, 0, 0, 0, 0, 0, 0, 0, len(names[0]), 0) + names[0]
    directory = b"".join(
        b"PK\x01\x02"
        + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    return first + directory + (end or end_record(len(names), len(directory), len(first)))


def end_record(count: int, size: int, start: int, comment: bytes = b"") -> bytes:
    count &= 0xFFFF
    return b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count, count, size, start, len(comment)) + comment


def many(first: bytes, second: bytes = b"word/document.xml", count: int = 120_000) -> bytes:
    return archive([first, second, *(b"%08d" % number for number in range(count))])


@pytest.fixture
def no_zipfile(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the archive was opened")

    monkeypatch.setattr(zipfile, "ZipFile", refuse)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (b"[Content_Types].xml", b"word/document.xml", "docx"),
        (b"[Content_Types].xml", b"xl/workbook.xml", "xlsx"),
        (b"mimetypeapplication/vnd.oasis.opendocument.text", b"content.xml", "odt"),
        (b"a.txt", b"b.txt", "zip"),
    ],
)
def test_directory_without_end_is_not_opened(
    first: bytes, second: bytes, kind: str, no_zipfile: None
) -> None:
    assert sniff.sniff(many(first, second)) == kind


def test_names_without_end_are_not_opened(no_zipfile: None) -> None:
    assert sniff.sniff(archive([b"[Content_Types].xml", b"word/", *[b"a" * 60_000] * 100])) == "docx"


def test_document_with_such_a_directory_is_told(tmp_path: Path, no_zipfile: None) -> None:
    (tmp_path / "a.docx").write_bytes(many(b"[Content_Types].xml"))
    with pytest.raises(TooLarge, match="quá nhiều mục"):
        read(tmp_path / "a.docx")
    (tmp_path / "a.zip").write_bytes(many(b"a.txt", b"b.txt"))
    with pytest.raises(UnsupportedType, match="tệp nén ZIP"):
        read(tmp_path / "a.zip")


def test_end_record_that_holds_another_does_not_hide_the_directory() -> None:
    size = int.from_bytes(b"PK\x05\x06", "little")
    assert directory_size(archive([b"a"], end_record(1, size, 0))) == size


def test_comment_that_looks_like_an_end_does_not_hide_the_directory() -> None:
    data = archive([b"a"], end_record(1, 80_000_000, 0, end_record(0, 0, 0)))
    assert directory_size(data) == 80_000_000


def test_new_records_count_beside_the_old_one() -> None:
    """``zipfile`` believes ZIP64 records whatever the old end record says."""
    new = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, 1, 1, 90_000_000, 0)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)
    assert is_overfull(archive([b"a"], new + locator + end_record(1, 47, 0)))


def test_endless_type_entry_is_read_from_its_start_only() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", b"application/vnd.oasis.opendocument.text" + b"a" * 5_000_000)
    taken: list[int] = []

    class Watched(zipfile.ZipExtFile):
        def read(self, n: int | None = -1) -> bytes:
            found = super().read(n)
            taken.append(len(found))
            return found

    original, zipfile.ZipExtFile = zipfile.ZipExtFile, Watched  # type: ignore[misc]
    try:
        assert sniff.sniff(out.getvalue()) == "odt"
    finally:
        zipfile.ZipExtFile = original  # type: ignore[misc]
    assert taken == [80]


def test_an_ordinary_archive_is_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<a/>")
    assert 0 < directory_size(out.getvalue()) < MAX_DIRECTORY
    assert sniff.sniff(out.getvalue()) == "docx"
