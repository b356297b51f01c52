"""DOCX and PDF files written with old Vietnamese fonts."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from extract.errors import UnsupportedType
from extract.pages import Source, Word
from extract.reading.read import read
from tests.extract.reading.conftest import BODY, LEFT_HEAD, RIGHT_HEAD, Fonts, texts
from tests.extract.reading.old_fonts import encode, renamed_font

FONTS = [("TCVN3", ".VnTime"), ("VNI", "VNI-Times")]
LOWER = [text[0] + text[1:].replace("Ủy", "ủy") for text in BODY]
"""The body as TCVN3 can hold it: no capital with a mark but Ă Â Ê Ô Ơ Ư Đ."""


def set_font(run: Any, ascii_font: str | None, other_font: str | None = None) -> None:
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for kind, name in (("w:ascii", ascii_font), ("w:hAnsi", other_font or ascii_font)):
        if name:
            fonts.set(qn(kind), name)


def add(document: Any, text: str, font: str | None) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if font:
        set_font(run, font)
    return paragraph


def save(document: Any, tmp_path: Path) -> Source:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return read(path)


def words_of(source: Source) -> list[Word]:
    return [word for line in source.lines for word in line.words]


@pytest.mark.parametrize(("name", "font"), FONTS)
def test_docx_by_the_font_of_its_runs(tmp_path: Path, name: str, font: str) -> None:
    document = docx.Document()
    for text in LOWER:
        add(document, encode(text, name), font)
    source = save(document, tmp_path)
    assert texts(source) == LOWER
    assert source.conversion == f"{name} ({font})"
    assert [caution.code for caution in source.warnings] == ["encoding_converted"]
    first = words_of(source)[0]
    assert (first.text, first.raw, first.font) == ("Thực", encode("Thực", name), font)
    assert all(word.raw is None for word in words_of(source) if word.text.isascii())
    raw = " ".join(word.raw or word.text for word in words_of(source))
    assert raw == " ".join(encode(text, name) for text in LOWER)


def test_docx_with_the_font_in_a_style(tmp_path: Path) -> None:
    document = docx.Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(kind), ".VnTime")
    heads = document.styles["Heading 1"].element.get_or_add_rPr().get_or_add_rFonts()
    for kind in list(heads.attrib):
        del heads.attrib[kind]
    for kind in ("w:ascii", "w:hAnsi"):
        heads.set(qn(kind), ".VnTimeH")
    document.add_heading(encode("i. công tác chỉ đạo, điều hành", "TCVN3"), 1)
    for text in LOWER[2:4]:
        document.add_paragraph(encode(text, "TCVN3"))
    source = save(document, tmp_path)
    assert texts(source) == ["I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", *LOWER[2:4]]
    assert source.conversion == "TCVN3 (.VnTime, .VnTimeH)"


def test_letterhead_table_in_the_font_of_capitals(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(2, 2, style="Table Grid")
    for row in range(2):
        for column, text in enumerate((LEFT_HEAD[row], RIGHT_HEAD[row])):
            capitals = text.isupper() or "CCHC" in text
            cell = head.cell(row, column).paragraphs[0]
            set_font(
                cell.add_run(encode(text.lower() if capitals else text, "TCVN3")),
                ".VnTimeH" if capitals else ".VnTime",
            )
    add(document, encode(LOWER[0], "TCVN3"), ".VnTime")
    assert texts(save(document, tmp_path)) == [*LEFT_HEAD[:2], *RIGHT_HEAD[:2], LOWER[0]]


def test_vni_letters_cut_from_their_marks(tmp_path: Path) -> None:
    """Word cuts runs anywhere, also when only spell checking or a change of looks lies between."""
    codes = encode(BODY[3], "VNI")
    document = docx.Document()
    paragraph = document.add_paragraph()
    for at, letter in enumerate(codes):
        run = paragraph.add_run(letter)
        set_font(run, "VNI-Times")
        run.bold = at % 2 == 0
    assert texts(save(document, tmp_path)) == [BODY[3]]


def test_font_of_the_marked_letters_only(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    set_font(paragraph.add_run(encode(BODY[3], "VNI")), "Times New Roman", "VNI-Times")
    assert texts(save(document, tmp_path)) == [BODY[3]]


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times"])
def test_unicode_in_an_old_font_stays(tmp_path: Path, font: str) -> None:
    document = docx.Document()
    for text in BODY:
        add(document, text, font)
    source = save(document, tmp_path)
    assert texts(source) == BODY
    assert source.conversion is None and source.warnings == []
    assert all(word.raw is None for word in words_of(source))


def test_mixed_document(tmp_path: Path) -> None:
    document = docx.Document()
    add(document, LOWER[0], "Times New Roman")
    add(document, encode(LOWER[2], "TCVN3"), ".VnTime")
    add(document, encode(LOWER[3], "VNI"), "VNI-Times")
    add(document, "Đã có báo cáo gửi lại cho xã, phường", ".VnTime")
    paragraph = add(document, encode("Tỷ lệ ", "TCVN3"), ".VnTime")
    set_font(paragraph.add_run("đúng hạn"), "Times New Roman")
    set_font(paragraph.add_run(encode(" đạt 97,6% của UBND", "TCVN3")), ".VnTime")
    source = save(document, tmp_path)
    assert texts(source) == [
        LOWER[0], LOWER[2], LOWER[3], "Đã có báo cáo gửi lại cho xã, phường", "Tỷ lệ đúng hạn đạt 97,6% của UBND",
    ]  # fmt: skip
    assert source.conversion == "TCVN3 (.VnTime), VNI (VNI-Times)"


def test_symbols_between_old_letters(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    set_font(paragraph.add_run("Xã Nà Lầu "), "Times New Roman")
    for font, char in (("Wingdings", "F0FC"), ("Symbol", "F0A3"), (".VnTime", "00AE")):
        run = paragraph.add_run("")
        run._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="{font}" w:char="{char}"/>'))
        paragraph.add_run(" ")
    set_font(paragraph.add_run(encode("được duyệt th", "TCVN3")), ".VnTime")
    run = paragraph.add_run("")
    set_font(run, ".VnTime")
    run._r.append(parse_xml(f"<w:softHyphen {nsdecls('w')}/>"))
    assert texts(save(document, tmp_path)) == ["Xã Nà Lầu ✓ ≤ đ được duyệt thư"]


def pdf(path: Path, font: Path, name: str, lines: list[str]) -> Path:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont(name, str(font)))
    canvas = Canvas(str(path))
    canvas.setFont(name, 12)
    for row, text in enumerate(lines):
        canvas.drawString(60, 780 - 18 * row, text)
    canvas.showPage()
    canvas.save()
    return path


LINES = [text[:70].rsplit(" ", 1)[0] for text in LOWER]


@pytest.mark.parametrize(("name", "font"), [*FONTS, ("TCVN3", "Renamed"), ("VNI", "Renamed")])
def test_pdf(tmp_path: Path, fonts: Fonts, name: str, font: str) -> None:
    file = renamed_font(fonts.regular, tmp_path / "font.ttf", font)
    path = pdf(tmp_path / "a.pdf", file, f"{name}{font}", [encode(text, name) for text in LINES])
    source = read(path)
    assert texts(source) == LINES
    assert source.engine is None
    told = f"{name} ({font})" if font != "Renamed" else f"{name} (nhận biết qua âm tiết)"
    assert source.conversion == told
    assert [caution.code for caution in source.warnings] == ["encoding_converted"]
    word = next(word for word in words_of(source) if word.text == "hạn" or word.text == "của")
    assert word.raw == encode(word.text, name) and word.box is not None


def test_pdf_in_unicode_with_an_old_font(tmp_path: Path, fonts: Fonts) -> None:
    file = renamed_font(fonts.regular, tmp_path / "font.ttf", ".VnTime")
    source = read(pdf(tmp_path / "a.pdf", file, "UnicodeVnTime", LINES))
    assert texts(source) == LINES and source.conversion is None


def test_pdf_words_by_the_second_reader(tmp_path: Path, fonts: Fonts) -> None:
    from extract.reading.legacy.encodings import Converter, convert_words
    from extract.reading.pdf.words import Plumber

    file = renamed_font(fonts.regular, tmp_path / "font.ttf", ".VnTime")
    path = pdf(tmp_path / "a.pdf", file, "PlumbedVnTime", [encode(text, "TCVN3") for text in LINES])
    plumber = Plumber(path.read_bytes())
    words = convert_words(Converter(), plumber.words(0))
    plumber.close()
    assert " ".join(word.text for word in words) == " ".join(LINES)


@pytest.mark.parametrize("name", ["TCVN3", "VNI"])
@pytest.mark.parametrize("ending", [".txt", ".md"])
@pytest.mark.parametrize("stored", ["utf-8", "latin-1"])
def test_plain_text(tmp_path: Path, name: str, ending: str, stored: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes("\n\n".join(encode(text, name) for text in LOWER).encode(stored))
    source = read(path)
    assert texts(source) == LOWER
    assert source.conversion == f"{name} (nhận biết qua âm tiết)"
    assert [caution.code for caution in source.warnings] == ["encoding_converted"]
    raw = " ".join(word.raw or word.text for word in words_of(source))
    assert raw == " ".join(encode(text, name) for text in LOWER)


def test_markdown_marks_around_converted_words(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    rows = [f"# {LOWER[0]}", "", f"**{LOWER[2]}**", "", f"- {LOWER[3]}"]
    path.write_text("\n".join(encode(row, "TCVN3") for row in rows), encoding="utf-8")
    source = read(path)
    assert texts(source) == [LOWER[0], LOWER[2], f"- {LOWER[3]}"]
    bold = next(line for line in source.lines if line.bold)
    assert [word.raw for word in bold.words if word.text == "đã"] == [encode("đã", "TCVN3")]


def test_windows_1258_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    composed = unicodedata.normalize("NFD", LOWER[3])
    for mark, base in (("\u0302", "aeo"), ("\u0306", "a"), ("\u031b", "ou")):
        for letter in base + base.upper():
            whole = unicodedata.normalize("NFC", letter + mark)
            for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"):
                taken_apart = unicodedata.normalize("NFD", letter + mark + tone)
                composed = composed.replace(taken_apart, whole + tone) if tone else composed
            composed = composed.replace(letter + mark, whole)
    path.write_bytes(composed.encode("cp1258"))
    source = read(path)
    assert texts(source) == [LOWER[3]]
    assert source.conversion == "Windows-1258"


def test_text_in_another_language_is_not_converted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    french = "Les élections générales ont été annoncées à Paris où le président déjà élu créa un comité. " * 5
    path.write_bytes(french.encode("cp1252"))
    with pytest.raises(UnsupportedType):
        read(path)
