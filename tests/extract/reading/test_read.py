"""The door: dispatch, hashes, and every bad input with a reason and a remedy."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import docx
import pytest
from PIL import Image

from extract.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileProblem,
    NotVietnamese,
    TooLarge,
    UnsupportedType,
    WrongType,
)
from extract.reading import read as read_module
from extract.reading.read import SUPPORTED_SUFFIXES, read

from .conftest import BODY, PdfMaker, texts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TEXT = "\n".join(BODY).encode()


def problem(path: Path, data: bytes, kind: type[FileProblem]) -> FileProblem:
    path.write_bytes(data)
    with pytest.raises(FileProblem) as caught:
        read(path)
    error = caught.value
    assert type(error) is kind, str(error)
    assert error.reason.endswith(".") and error.remedy.endswith(".")
    assert str(path.parent) not in str(error)
    return error


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (300, 400), "white").save(buffer, kind)
    return buffer.getvalue()


def test_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "BC 07.TXT"
    path.write_bytes(TEXT)
    source = read(path, name="2019/BC 07.TXT")
    assert source.name == "2019/BC 07.TXT"
    assert source.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert source.format == "text"
    assert texts(source) == BODY


def test_markdown_endings(tmp_path: Path) -> None:
    for name in ("a.md", "a.markdown"):
        (tmp_path / name).write_bytes(TEXT)
        assert read(tmp_path / name).format == "markdown"


def test_supported_suffixes() -> None:
    expected = ".md .markdown .txt .docx .docm .doc .rtf .odt .pdf .jpg .jpeg .png .tif .tiff"
    assert set(SUPPORTED_SUFFIXES) == set(expected.split())


@pytest.mark.parametrize("suffix", [".txt", ".pdf", ".docx", ".png"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_empty(tmp_path: Path, suffix: str, data: bytes) -> None:
    problem(tmp_path / f"a{suffix}", data, EmptyFile)


def test_no_words(tmp_path: Path) -> None:
    problem(tmp_path / "a.txt", b"--- \n ... \n***", EmptyFile)
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    problem(tmp_path / "a.docx", buffer.getvalue(), EmptyFile)


def test_office_document_with_password(tmp_path: Path) -> None:
    problem(tmp_path / "a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile)


@pytest.mark.parametrize("name", ["a.doc", "a.docx"])
@pytest.mark.parametrize("inside", ["WordDocument", ""])
def test_old_word_document_that_is_broken(tmp_path: Path, name: str, inside: str) -> None:
    if inside or name == "a.doc":
        error = problem(tmp_path / name, OLE + inside.encode("utf-16-le"), DamagedFile)
        assert "lưu thành .docx" in error.remedy
    else:
        problem(tmp_path / name, OLE, WrongType)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", picture("PNG")),
        ("a.docx", b"<!DOCTYPE html>\n<html><body>B\xc3\xa1o c\xc3\xa1o</body></html>"),
        ("a.txt", b"%PDF-1.4\n" + b"x" * 100),
        ("a.docx", b"%PDF-1.4\n" + b"x" * 100),
        ("a.pdf", TEXT),
        ("a.png", TEXT),
        ("a.txt", b"<html><p>x</p></html>"),
        ("a.txt", bytes(range(256)) * 20),
        ("a.md", bytes(range(256)) * 20),
        ("a.pdf", bytes(range(256)) * 20),
        ("a.doc", picture("JPEG")),
    ],
)
def test_content_of_another_type(tmp_path: Path, name: str, data: bytes) -> None:
    problem(tmp_path / name, data, WrongType)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ods", b"PK\x03\x04" + b"\0" * 60),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18),
        ("a.csv", TEXT),
        ("a", TEXT),
        ("a.gif", b"GIF89a" + b"\0" * 50),
    ],
)
def test_types_that_are_not_read(tmp_path: Path, name: str, data: bytes) -> None:
    problem(tmp_path / name, data, UnsupportedType)


def test_spreadsheet_named_docx(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    problem(tmp_path / "a.docx", buffer.getvalue(), WrongType)


def test_damaged_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(BODY[0])
    buffer = io.BytesIO()
    document.save(buffer)
    problem(tmp_path / "a.docx", buffer.getvalue()[:-2000], DamagedFile)


def test_damaged_image(tmp_path: Path) -> None:
    problem(tmp_path / "a.png", picture("PNG")[:60], DamagedFile)
    problem(tmp_path / "b.jpg", picture("JPEG")[:-300], DamagedFile)


def test_pdf_with_password(tmp_path: Path, letter_pdf: PdfMaker) -> None:
    data = letter_pdf(password="bimat").read_bytes()
    problem(tmp_path / "a.pdf", data, EncryptedFile)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_pdf_cut_off(tmp_path: Path, letter_pdf: PdfMaker, share: float) -> None:
    data = letter_pdf(copies=3).read_bytes()
    problem(tmp_path / "a.pdf", data[: int(len(data) * share)], DamagedFile)


def test_pdf_whose_inside_is_broken(tmp_path: Path) -> None:
    problem(tmp_path / "a.pdf", b"%PDF-1.4\n" + b"rubbish " * 50 + b"\n%%EOF\n", DamagedFile)


def test_another_language(tmp_path: Path) -> None:
    english = (
        "The committee reviewed the work of the communes and found that most of the files were in order. " * 3
    )
    problem(tmp_path / "a.txt", english.encode(), NotVietnamese)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        read(tmp_path / "không có.txt")
    assert caught.value.code == "unreadable"
    assert str(tmp_path) not in str(caught.value)


def test_a_folder_is_a_problem_of_that_path_only(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(FileProblem):
        read(tmp_path / "a.pdf")


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_module, "MAX_BYTES", 10)
    problem(tmp_path / "a.txt", TEXT, TooLarge)
