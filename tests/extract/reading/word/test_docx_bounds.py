"""DOCX files without end: entries that lie or inflate for ever, XML that explodes, nests or is one paragraph."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest

from extract.errors import DamagedFile, TooLarge
from extract.reading.archive import directory_size
from extract.reading.read import read
from extract.reading.word import docx_bounds
from extract.reading.word.docx_bounds import check_bounds
from extract.reading.word.docx_file import read_docx
from tests.extract.reading.conftest import BODY, texts
from tests.extract.reading.hostile import measured
from tests.extract.reading.pdf.test_pdf import no_engine

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>'.encode()
TAIL = b"</w:body></w:document>"


def report() -> bytes:
    document = docx.Document()
    for text in BODY:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(body: bytes, name: str = "word/document.xml") -> bytes:
    """The report with another document part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(report())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for member in old.infolist():
            new.writestr(member.filename, body if member.filename == name else old.read(member))
    return out.getvalue()


def lying(data: bytes, name: bytes, size: int) -> bytes:
    """The archive with another unpacked size stated for an entry, in its directory and before it."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(mark)
        while at >= 0:
            start = at + (30 if mark == b"PK\x03\x04" else 46)
            if changed[start : start + len(name)] == name:
                struct.pack_into("<I", changed, at + place, size)
            at = changed.find(mark, at + 4)
    return bytes(changed)


def test_ordinary_report_is_within_bounds() -> None:
    check_bounds(report())
    assert 500 < directory_size(report()) < 5_000


def test_entry_that_inflates_past_what_it_states(tmp_path: Path) -> None:
    # 90 MB of blanks that claim to be a thousand bytes
    data = lying(with_part(HEAD + b" " * 90_000_000 + TAIL), b"word/document.xml", 1000)
    assert len(data) < 150_000
    (tmp_path / "a.docx").write_bytes(data)
    result = measured(tmp_path / "a.docx")
    assert result["problem"] == "damaged"
    assert result["megabytes"] < 60 and result["seconds"] < 10, result


def test_entry_that_states_too_much_is_refused_unseen() -> None:
    with pytest.raises(TooLarge):
        read_docx(lying(report(), b"word/document.xml", 3_000_000_000), no_engine)


def test_entry_without_end(tmp_path: Path) -> None:
    """Deflate blocks that never say they are the last one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(HEAD + b"<w:p/>" * 4_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    data = with_part(HEAD + TAIL)
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w") as new:
        for member in old.infolist():
            content = body if member.filename == "word/document.xml" else old.read(member)
            new.writestr(zipfile.ZipInfo(member.filename), content)
    changed = bytearray(lying(stored.getvalue(), b"word/document.xml", 24_000_150))
    for mark, method, name in ((b"PK\x03\x04", 8, 30), (b"PK\x01\x02", 10, 46)):
        at = changed.find(mark)
        while at >= 0:
            if changed[at + name : at + name + 17] == b"word/document.xml":
                struct.pack_into("<H", changed, at + method, 8)
            at = changed.find(mark, at + 4)
    (tmp_path / "a.docx").write_bytes(bytes(changed))
    result = measured(tmp_path / "a.docx")
    assert result["problem"] in ("damaged", "too_large")
    assert result["megabytes"] < 60 and result["seconds"] < 20, result


def test_directory_of_a_million_entries_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = report()
    at = data.rfind(b"PK\x05\x06")
    changed = bytearray(data)
    struct.pack_into("<I", changed, at + 12, 80_000_000)
    with pytest.raises(TooLarge, match="quá nhiều mục"):
        read_docx(bytes(changed), no_engine)


def test_entries_that_share_their_bytes() -> None:
    """A bomb of many entries that all point at one body: the sum of what they state is bounded."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 150_000_000)
        first = archive.infolist()[0]
        for at in range(5):
            other = zipfile.ZipInfo(f"word/media/{at}.png")
            for name in ("header_offset", "file_size", "compress_size", "CRC", "compress_type"):
                setattr(other, name, getattr(first, name))
            archive.filelist.append(other)
            archive.NameToInfo[other.filename] = other
    with pytest.raises(TooLarge):
        read_docx(out.getvalue(), no_engine)


def test_entities_are_refused() -> None:
    levels = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{levels}]>'.encode()
    body += HEAD.split(b"?>")[1] + b"<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>" + TAIL
    with pytest.raises(DamagedFile, match="thực thể XML"):
        read_docx(with_part(body), no_engine)


@pytest.mark.parametrize(
    "body",
    [
        b"<w:tbl><w:tr><w:tc>" * 5_000 + b"</w:tc></w:tr></w:tbl>" * 5_000,
        b"<w:sdt><w:sdtContent>" * 60 + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * 60,
        b"<w:p>" * 100_000,
    ],
    ids=["tables in tables", "controls in controls", "never closed"],
)
def test_nesting_ends_in_a_sentence_or_in_text(body: bytes) -> None:
    try:
        reading = read_docx(with_part(HEAD + body + TAIL), no_engine)
    except DamagedFile as problem:
        assert "hỏng" in str(problem)
    else:
        assert reading.pages[0].lines == []


def test_paragraph_of_ten_thousand_runs_is_read(tmp_path: Path) -> None:
    sentence = "Đoàn kiểm tra đã làm việc với các xã. "
    run = f"<w:r><w:t xml:space='preserve'>{sentence}</w:t></w:r>".encode()
    body = HEAD + b"<w:p>" + run * 10_000 + b"</w:p>" + TAIL
    (tmp_path / "a.docx").write_bytes(with_part(body))
    result = measured(tmp_path / "a.docx")
    assert result["problem"] is None
    assert result["megabytes"] < 300 and result["seconds"] < 20, result


def test_more_text_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_bounds, "MAX_LETTERS", 1_000_000)
    with pytest.raises(TooLarge, match="chữ cái"):
        read_docx(
            with_part(HEAD + b"<w:p><w:r><w:t>" + b"a " * 600_000 + b"</w:t></w:r></w:p>" + TAIL), no_engine
        )


def test_more_elements_than_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(with_part(HEAD + b"<w:p/>" * 4_000_000 + TAIL))
    result = measured(tmp_path / "a.docx")
    assert result["problem"] == "too_large" and "phần tử" in result["cautions"][0]
    assert result["megabytes"] < 60 and result["seconds"] < 10, result


def test_table_of_five_thousand_cells(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>hồ sơ đúng hạn</w:t></w:r></w:p></w:tc>".encode()
    body = HEAD + b"<w:tbl>" + (b"<w:tr>" + cell * 10 + b"</w:tr>") * 500 + b"</w:tbl>" + TAIL
    (tmp_path / "a.docx").write_bytes(with_part(body))
    result = measured(tmp_path / "a.docx")
    assert result["problem"] is None and result["pages"] == [5_000]
    assert result["megabytes"] < 200 and result["seconds"] < 20, result


def test_report_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(report())
    assert texts(read(tmp_path / "a.docx"))[1] == BODY[1]
