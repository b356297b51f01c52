"""Old Word documents: both roads, what is said when none is there, and files that are not what they seem."""

from __future__ import annotations

import io
import os
import stat
import struct
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import DamagedFile, EncryptedFile, MissingProgram, WrongType
from extract.pages import Cell
from extract.reading.read import read
from extract.reading.word import antiword, libreoffice
from extract.reading.word.antiword import find_antiword
from extract.reading.word.binary import BrokenContainer, WordBinary, prepared_for_antiword
from extract.reading.word.libreoffice import LibreOffice, find_libreoffice
from extract.reading.word.outside import ConversionFailed
from tests.extract.reading.conftest import texts
from tests.extract.reading.old_fonts import ITEMS, LETTER

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "old_word"
WITHOUT_NUMBERS = [*LETTER[: -len(ITEMS)], *(f"- {text}" for text in ITEMS)]
KINDS = [("unicode", ""), ("tcvn3", "TCVN3"), ("vni", "VNI")]
needs_antiword = pytest.mark.skipif(find_antiword() is None, reason="antiword is not installed")
needs_office = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)


@pytest.fixture
def no_antiword(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antiword, "find_antiword", lambda: None)


@needs_office
@pytest.mark.long
@pytest.mark.parametrize(("name", "encoding"), KINDS)
def test_by_libreoffice(tmp_path: Path, name: str, encoding: str) -> None:
    source = read(FIXTURES / f"{name}.doc")
    assert texts(source) == LETTER
    assert source.format == "doc" and source.conversion
    program, _, rest = source.conversion.partition(", ")
    assert program.startswith("LibreOffice ")
    assert rest.startswith(encoding) and bool(rest) == bool(encoding)
    cells = [line.cell for line in source.lines if line.cell]
    assert cells == [Cell(0, at // 3, at % 3) for at in range(9)]


@needs_antiword
@pytest.mark.parametrize(("name", "encoding"), KINDS)
def test_by_antiword(no_office: None, name: str, encoding: str) -> None:
    source = read(FIXTURES / f"{name}.doc")
    assert texts(source) == WITHOUT_NUMBERS
    assert source.conversion and source.conversion.startswith("antiword ")
    assert (f", {encoding} (nhận biết qua âm tiết)" in source.conversion) == bool(encoding)
    codes = [caution.code for caution in source.warnings]
    assert codes == (["encoding_converted"] if encoding else []) + ["layout_lost"]
    cells = [line.cell for line in source.lines if line.cell]
    assert cells == [Cell(0, at // 3, at % 3) for at in range(9)]


def narrow(data: bytes) -> bytes:
    """The document with its text at one byte a letter, as Word stores text without Unicode letters."""
    document = WordBinary(data)
    stream = bytearray(document.stream)
    (piece,) = document.text_pieces()
    start, stop = piece.start, piece.stop
    letters = bytes(stream[start:stop]).decode("utf-16-le")
    stream[start:stop] = letters.encode("latin-1").ljust(stop - start, b"\0")

    def move(place: int) -> int:
        return start + (place - start) // 2 if start <= place <= stop else place

    name = "1Table" if document._flags & 0x0200 else "0Table"
    entry = document._entries[name]
    assert entry.size >= document._cutoff
    sectors = document._chain(entry.start)
    table = bytearray(document._stream(name))
    for at in (0x00FA, 0x0102):
        begin, size = struct.unpack_from("<II", stream, at)
        count = (size - 4) // 8
        for index in range(count + 1):
            (place,) = struct.unpack_from("<I", table, begin + 4 * index)
            struct.pack_into("<I", table, begin + 4 * index, move(place))
        for index in range(count):
            (page,) = struct.unpack_from("<I", table, begin + 4 * (count + 1) + 4 * index)
            page = (page & 0x3FFFFF) * 512
            for run in range(stream[page + 511] + 1):
                (place,) = struct.unpack_from("<I", stream, page + 4 * run)
                struct.pack_into("<I", stream, page + 4 * run, move(place))
    clx, _ = struct.unpack_from("<II", stream, 0x01A2)
    while table[clx] == 1:
        clx += 3 + struct.unpack_from("<H", table, clx + 1)[0]
    (length,) = struct.unpack_from("<I", table, clx + 1)
    pieces = (length - 4) // 12
    assert pieces == 1
    struct.pack_into("<I", table, clx + 5 + 8 + 2, 0x40000000 | (2 * start))
    struct.pack_into("<I", stream, 0x1C, move(stop))
    out = bytearray(document.with_stream(bytes(stream)))
    for index, sector in enumerate(sectors):
        place = (sector + 1) * document._sector
        part = table[index * document._sector : (index + 1) * document._sector]
        out[place : place + len(part)] = part
    return bytes(out)


@pytest.mark.parametrize("hyphen", [31, 0xAD])
@needs_antiword
def test_one_byte_a_letter_by_antiword(tmp_path: Path, no_office: None, hyphen: int) -> None:
    data = narrow((FIXTURES / "tcvn3.doc").read_bytes())
    document = WordBinary(data)
    (piece,) = document.text_pieces()
    assert piece.width == 1
    stream = document.stream
    text = stream[piece.start : piece.stop].replace(b"\x1f", bytes([hyphen]))
    path = tmp_path / "a.doc"
    path.write_bytes(document.with_stream(stream[: piece.start] + text + stream[piece.stop :]))
    assert texts(read(path)) == WITHOUT_NUMBERS


@pytest.mark.long
@needs_office
def test_one_byte_a_letter_by_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(narrow((FIXTURES / "tcvn3.doc").read_bytes()))
    assert texts(read(path)) == LETTER


LAYOUT = [
    ("Kết quả kiểm tra", None), ("các xã", None),
    ("Đơn vị", (0, 0)), ("Tỷ lệ năm", (0, 1)), ("Ghi chú", (0, 3)),
    ("Xã Nà Lầu", (1, 0)), ("97,6%", (1, 1)), ("98,1%", (1, 2)), ("đạt", (1, 3)),
    ("Xã Suối Gạo", (2, 0)), ("81,2%", (2, 1)), ("80%", (2, 2)), ("giảm", (2, 3)), ("so với năm trước", (2, 3)),
    ("Hết./.", None),
]  # fmt: skip


def layout(name: str) -> list[tuple[str, tuple[int, int] | None]]:
    lines = read(FIXTURES / name).lines
    return [(line.text, line.cell and (line.cell.row, line.cell.column)) for line in lines]


@needs_antiword
def test_breaks_and_merged_cells_by_antiword(no_office: None) -> None:
    assert layout("layout.doc") == LAYOUT


@needs_office
@pytest.mark.long
def test_breaks_and_merged_cells_by_libreoffice() -> None:
    assert layout("layout.doc") == LAYOUT


def test_breaks_and_merged_cells_in_rtf() -> None:
    assert layout("layout.rtf") == LAYOUT


@needs_antiword
def test_not_yet_does_not_become_father(no_office: None) -> None:
    """ư is Word's optional hyphen in TCVN3 fonts; antiword drops it: "chưa ban hành" would be "cha ban hành"."""
    source = read(FIXTURES / "tcvn3.doc")
    words = [word for line in source.lines for word in line.words if word.text == "chưa"]
    assert len(words) == 3
    assert {word.raw for word in words} == {"ch\u00ada"}


@needs_antiword
def test_antiword_when_libreoffice_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: LibreOffice("/bin/false", "9.9"))
    source = read(FIXTURES / "unicode.doc")
    assert texts(source) == WITHOUT_NUMBERS
    assert source.conversion and source.conversion.startswith("antiword ")


def test_neither_program(no_office: None, no_antiword: None) -> None:
    with pytest.raises(MissingProgram) as caught:
        read(FIXTURES / "unicode.doc")
    assert "LibreOffice" in caught.value.reason and "antiword" in caught.value.reason
    assert "apt-get install antiword" in caught.value.remedy


def test_both_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: LibreOffice("/bin/false", "9.9"))
    monkeypatch.setattr(antiword, "find_antiword", lambda: None)
    with pytest.raises(DamagedFile):
        read(FIXTURES / "unicode.doc")
    monkeypatch.setattr(antiword, "find_antiword", lambda: antiword.Antiword("/bin/false", "9.9"))
    with pytest.raises(DamagedFile):
        read(FIXTURES / "unicode.doc")


def with_flag(data: bytes, flag: int) -> bytes:
    """The document with a bit of its file information block set."""
    place = WordBinary(data)._sectors[0] * 512 + 512 + 0x0A
    (flags,) = struct.unpack_from("<H", data, place)
    return data[:place] + struct.pack("<H", flags | flag) + data[place + 2 :]


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.rtf"])
def test_password(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(with_flag((FIXTURES / "unicode.doc").read_bytes(), 0x0100))
    with pytest.raises(EncryptedFile):
        read(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_cut_off(tmp_path: Path, share: float) -> None:
    data = (FIXTURES / "tcvn3.doc").read_bytes()
    path = tmp_path / "a.doc"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DamagedFile):
        read(path)


@settings(max_examples=200)
@given(st.integers(0, 22_000), st.binary(min_size=1, max_size=200))
def test_damage_anywhere_is_no_crash(place: int, junk: bytes) -> None:
    data = (FIXTURES / "tcvn3.doc").read_bytes()
    data = data[:place] + junk + data[place + len(junk) :]
    try:
        WordBinary(data).text_pieces()
        assert len(prepared_for_antiword(data)[0]) == len(data)
    except BrokenContainer:
        pass


def test_only_hyphens_and_letters_of_the_text_are_patched() -> None:
    data = (FIXTURES / "tcvn3.doc").read_bytes()
    before = WordBinary(data)
    after = WordBinary(prepared_for_antiword(data)[0])
    changed = [at for at in range(len(before.stream)) if before.stream[at] != after.stream[at]]
    hyphens = [at for at in changed if before.stream[at] == 31]
    assert len(hyphens) == sum(text.count("ư") for text in LETTER)
    (piece,) = before.text_pieces()
    assert all(piece.start <= at < piece.stop for at in changed)
    for at in set(changed) - set(hyphens):
        assert chr(before.stream[at]).islower() and chr(before.stream[at]).upper() == chr(after.stream[at])
    plain = (FIXTURES / "unicode.doc").read_bytes()
    assert prepared_for_antiword(plain)[0] == plain


def test_fonts_of_the_runs() -> None:
    document = WordBinary((FIXTURES / "tcvn3.doc").read_bytes())
    fonts = {font for _, _, font in document.font_runs()}
    assert {".VnTime", ".VnTimeH"} <= fonts
    for start, stop, font in document.font_runs():
        if font == ".VnTimeH":
            text = document.stream[start:stop].decode("utf-16-le")
            assert not any(letter.isupper() and letter.isascii() for letter in text)


def test_other_kinds_named_doc(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Xã Nà Lầu")
    document.save(buffer)
    path = tmp_path / "a.doc"
    path.write_bytes(buffer.getvalue())
    assert (read(path).format, texts(read(path))) == ("docx", ["Xã Nà Lầu"])
    path.write_bytes(b"<html><body>x</body></html>")
    with pytest.raises(WrongType, match="trang web"):
        read(path)
    path.write_bytes(b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n')
    with pytest.raises(WrongType, match="MHTML"):
        read(path)
    path.write_bytes(b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>')
    with pytest.raises(WrongType, match="Word 2003 dạng XML"):
        read(path)
    path.write_bytes(b"\r\n" + (FIXTURES / "unicode.rtf").read_bytes())
    assert read(path).format == "rtf"
    path.write_bytes(b"%PDF-1.4 x")
    with pytest.raises(WrongType, match="tệp PDF"):
        read(path)


def test_document_with_macros(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Xã Nà Lầu")
    document.save(buffer)
    path = tmp_path / "a.docm"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                assert plain in data
                data = data.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
            new.writestr(name, data)
    assert texts(read(path)) == ["Xã Nà Lầu"]


def script(folder: Path, text: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    program = script(tmp_path, f"(sleep 60; touch {tmp_path}/alive) & echo $! > {tmp_path}/child; wait")
    begin = time.monotonic()
    with pytest.raises(ConversionFailed, match="longer than"):
        LibreOffice(program, "9.9", timeout=1.0).to_docx(b"x", "doc")
    assert time.monotonic() - begin < 20
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().split(")")[1][:3]
    except OSError:
        return False


def test_nothing_is_left_behind_and_the_settings_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    keep = 'for a in "$@"; do case $a in -env:*) cp "${a#-env:UserInstallation=file://}/user/registrymodifications.xcu"'
    program = script(
        tmp_path, f'{keep} "{tmp_path}/settings";; esac; done; mkdir made; printf made > made/file.docx'
    )
    assert LibreOffice(program, "9.9").to_docx(b"x", "doc") == b"made"
    assert os.listdir(tmp_path / "temp") == []
    settings_text = (tmp_path / "settings").read_text()
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true' in settings_text


def test_open_document_needs_libreoffice(tmp_path: Path, no_office: None) -> None:
    path = tmp_path / "a.odt"
    _odt(path, "")
    with pytest.raises(MissingProgram, match="LibreOffice"):
        read(path)
    _odt(path, "<manifest:encryption-data/>")
    with pytest.raises(EncryptedFile):
        read(path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises((DamagedFile, WrongType)):
        read(path)


def _odt(path: Path, inside: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest>{inside}</manifest:manifest>")
