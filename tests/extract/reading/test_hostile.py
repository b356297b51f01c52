"""Files made to take for ever: each of these took minutes or gigabytes, or was an error of ours."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from extract.errors import DamagedFile, FileProblem, TooLarge
from extract.reading import text as text_reader
from extract.reading.pdf.reader import read_pdf
from extract.reading.read import read
from extract.reading.scan.reader import read_image
from extract.reading.sniff import sniff, wide
from extract.reading.text import read_markdown, read_text
from extract.reading.word import docx_bounds
from extract.reading.word.docx_file import read_docx
from extract.reading.word.rtf import read_rtf
from tests.extract.reading.hostile import WORDS, forms, measured, page, stream, written

from .pdf.test_pdf import FakeEngine, no_engine

SENTENCE = "Uỷ ban nhân dân xã Khe Mận chưa niêm yết thủ tục hành chính."
SECONDS = 3.0
"""Each takes some tenths; where the time grows with the square of the length it takes more than ten."""


def bounded(begun: float) -> bool:
    return time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    "before",
    [
        "<!--" * 30_000,
        "# " + " " * 40_000 + "#" + "\t " * 5_000 + "x\n",
        "*a **b " * 30_000,
        "![" * 30_000,
        "|a|b\n|-" + " " * 40_000 + "x\n",
        "<a " * 60_000,
    ],
    ids=["comments", "heading", "stars", "images", "table", "tags"],
)
def test_markdown_takes_time_by_its_length(before: str) -> None:
    begun = time.process_time()
    reading = read_markdown(f"{before}\n\n{SENTENCE}".encode(), no_engine)
    assert bounded(begun)
    assert reading.pages[0].lines[-1].text == SENTENCE


def test_comments_are_left_out_and_what_is_never_closed_is_text() -> None:
    source = "<!-- một -->\nhai <!-- ba --> bốn\n\n<!-- năm"
    lines = read_markdown(source.encode(), no_engine).pages[0].lines
    assert [line.text for line in lines] == ["hai bốn", "<!-- năm"]


@pytest.mark.parametrize(
    ("row", "words"), [("## Hai ##", "Hai"), ("# C#", "C#"), ("### Ba #x", "Ba #x"), ("# a  #\t", "a")]
)
def test_headings_end_where_their_words_end(row: str, words: str) -> None:
    (line,) = read_markdown(row.encode(), no_engine).pages[0].lines
    assert (line.text, line.heading) == (words, row.index(" "))


def test_marks_upon_marks_are_cut() -> None:
    begun = time.process_time()
    reading = read_text(("a" + "\u0301\u0323" * 200_000 + " " + SENTENCE).encode(), no_engine)
    assert bounded(begun)
    assert len(reading.pages[0].lines[0].words[0].text) < 40


def test_lines_without_a_break_take_time_by_their_number() -> None:
    begun = time.process_time()
    reading = read_text(f"{SENTENCE}\n".encode() * 8_000, no_engine)
    assert bounded(begun)
    assert len(reading.pages[0].lines) == 8_000


def test_more_text_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_reader, "MAX_LETTERS", 10_000)
    monkeypatch.setattr(text_reader, "MAX_WORDS", 1_000)
    for data in (b"a" * 10_001, b"a\n" * 1_001, b"a" * 50_000, b"\xb8 " * 1_001):
        with pytest.raises(TooLarge, match="chia nhỏ"):
            read_text(data, no_engine)
    assert read_text(b"a " * 900, no_engine).pages[0].lines


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_its_mark_is_read(codec: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((SENTENCE * 5).encode(codec))
    assert read(tmp_path / "a.txt").pages[0].lines[0].text.startswith(SENTENCE)


@pytest.mark.parametrize(
    "data", [b"\0" * 100, b"\0\1" * 50, bytes(range(256)) * 4, b"plain text!" * 9, b"a\0"]
)
def test_other_bytes_are_no_wide_text(data: bytes) -> None:
    assert wide(data) is None


def test_rtf_of_too_many_pieces_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_bounds, "MAX_RUNS", 1_000)
    monkeypatch.setattr(docx_bounds, "MAX_LETTERS", 10_000)
    for body in (b"{\\b a}" * 1_001, b"\\par " * 1_001, b"a\\cell " * 1_001, b"huyen " * 2_000):
        with pytest.raises(TooLarge, match="triệu"):
            read_rtf(b"{\\rtf1 " + body + b"}", no_engine)


@pytest.mark.parametrize(
    "body", [b"\\bin2147483647 abc}", b"{" * 100_000, b"a}\\bin-5 b", b"\\uc1000000000\\u7845?abc}"]
)
def test_rtf_without_end_is_read_or_refused(body: bytes) -> None:
    begun = time.process_time()
    with contextlib.suppress(FileProblem):
        read_rtf(b"{\\rtf1 Uy ban\\par " + body, no_engine)
    assert bounded(begun)


def test_docx_whose_xml_has_another_name_is_bounded(tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.bin" ContentType="{kind}"/></Types>',
        )
        made.writestr("word/document.bin", "\ufeff<w:p/>" + "<w:p/>" * 3_000_001)
    begun = time.process_time()
    with pytest.raises(TooLarge, match="phần tử"):
        read_docx(out.getvalue(), no_engine)
    assert bounded(begun)


BOXES = {
    "thousand million points": b"1000000000 1000000000",
    "a hair": b"0.001 100000000",
    "nothing": b"0 0",
    "no numbers": b"/a (b)",
    "beyond numbers": b"1e39 " + b"9" * 50,
}


@pytest.mark.parametrize("name", BOXES)
def test_page_of_any_size_is_rendered_within_bounds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.reading.pdf.render.MAX_RENDER", 1_000_000)
    picture = b"/Type/XObject/Subtype/Image/Width 20/Height 20/BitsPerComponent 8/ColorSpace/DeviceGray"
    data = written(
        {
            3: page(resources=b"/XObject<</I 6 0 R>>").replace(b"595 842", BOXES[name]),
            4: stream(b"q 900000000 0 0 900000000 0 0 cm /I Do Q"),
            6: stream(b"\x20" * 400, picture),
        }
    )
    with contextlib.suppress(FileProblem):
        assert len(read_pdf(data, lambda: FakeEngine("")).pages) == 1


OBJECTS = {
    "table that follows itself": written({}).replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"),
    "a million pages": written({2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>"}),
    "font of itself": written({5: b"<</Type/Font/Subtype/Type0/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"}),
    "font of rubbish": written(
        {
            5: b"<</Type/Font/Subtype/TrueType/FontDescriptor<</FontFile2 6 0 R/Flags 4>>/LastChar 100000000>>",
            6: stream(b"\0\1\0\0" + b"\xff" * 5_000),
        }
    ),
    "forms within forms": written(
        {3: page(resources=b"/XObject<</X 20 0 R>>"), 4: stream(WORDS + b" /X Do"), **forms(4, 10)}
    ),
}


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_that_lead_nowhere_cost_no_words(name: str) -> None:
    begun = time.process_time()
    reading = read_pdf(OBJECTS[name], no_engine)
    assert bounded(begun)
    assert reading.pages[0].number == 1


def tiff(follows: int, width: int = 64, height: int = 64) -> bytes:
    """A grey frame whose directory names the one at ``follows`` as the next."""
    entries = (
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 400),
        (278, height),
        (279, 4096),
    )
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    directory = struct.pack("<H", len(entries)) + rows + struct.pack("<I", follows)
    return (b"II*\0" + struct.pack("<I", 8) + directory).ljust(400, b"\0") + b"\xff" * 4096


def test_frames_that_follow_themselves_end() -> None:
    assert len(read_image(tiff(8), lambda: FakeEngine("")).pages) == 1


def test_frame_without_end_is_refused_by_its_directory() -> None:
    with pytest.raises(TooLarge, match="60000 x 60000"):
        read_image(tiff(0, 60_000, 60_000), no_engine)


def png(width: int, height: int, *more: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *more, (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def test_picture_with_a_text_without_end_is_refused() -> None:
    begun = time.process_time()
    with pytest.raises(DamagedFile):
        read_image(png(9, 9, (b"zTXt", b"k\0\0" + zlib.compress(b"a" * 50_000_000))), no_engine)
    assert bounded(begun)


@pytest.mark.long
def test_picture_that_unpacks_a_thousandfold(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(b"\0" + b"\xff" * 20_000) for _ in range(20_000)) + packer.flush()
    (tmp_path / "a.png").write_bytes(png(20_000, 20_000, (b"IDAT", rows)))
    result = measured(tmp_path / "a.png")
    assert result["megabytes"] < 600 and result["seconds"] < 20, result


@pytest.mark.long
def test_a_text_of_200_megabytes_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((SENTENCE + " ").encode() * 2_500_000)
    result = measured(tmp_path / "a.txt")
    assert result["problem"] == "too_large"
    assert result["megabytes"] < 600 and result["seconds"] < 20, result


def test_kinds_are_told_quickly() -> None:
    begun = time.process_time()
    assert sniff(b"PK\x05\x06" * 20_000) == "zip"
    assert bounded(begun)


def test_picture_for_which_memory_is_lacking_is_not_called_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("PIL.TiffImagePlugin.TiffImageFile.load", refuse)
    with pytest.raises(TooLarge, match="bộ nhớ"):
        read_image(tiff(0), no_engine)
