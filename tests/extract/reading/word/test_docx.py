"""DOCX: order, tables, automatic numbers, changes, text boxes, looks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import DamagedFile, TooLarge
from extract.pages import Cell, Line
from extract.reading.read import read
from extract.reading.word import docx_bounds
from extract.reading.word.docx_file import read_docx
from extract.reading.word.docx_numbering import spell
from extract.structure.build import structure
from tests.extract.reading.conftest import BODY, LEFT_END, LEFT_HEAD, RIGHT_END, RIGHT_HEAD, texts


def data_of(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines_of(document: Any) -> list[Line]:
    return read_docx(data_of(document), None).pages[0].lines  # type: ignore[arg-type]


def fill(cell: Any, rows: list[str]) -> None:
    cell.paragraphs[0].text = rows[0]
    for row in rows[1:]:
        cell.add_paragraph(row)


def add(document: Any, xml: str) -> Any:
    """Append raw XML before the section properties."""
    element = parse_xml(xml.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1))
    document.element.body.insert(len(document.element.body) - 1, element)
    return element


def test_letter_with_layout_tables(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(1, 2)
    fill(head.cell(0, 0), LEFT_HEAD)
    fill(head.cell(0, 1), RIGHT_HEAD)
    for text in BODY:
        document.add_paragraph(text)
    table = document.add_table(2, 3, style="Table Grid")
    for at, text in enumerate(["TT", "Đơn vị", "Tỷ lệ", "1", "Xã Nà Lầu", "97,6%"]):
        table.cell(at // 3, at % 3).text = text
    end = document.add_table(1, 2)
    fill(end.cell(0, 0), LEFT_END)
    fill(end.cell(0, 1), RIGHT_END)
    path = tmp_path / "báo cáo.docx"
    document.save(str(path))
    source = read(path)
    assert texts(source) == [
        *LEFT_HEAD, *RIGHT_HEAD, *BODY,
        "TT", "Đơn vị", "Tỷ lệ", "1", "Xã Nà Lầu", "97,6%",
        *LEFT_END, *RIGHT_END,
    ]  # fmt: skip
    cells = [line.cell for line in source.lines if line.cell]
    assert cells == [Cell(0, at // 3, at % 3) for at in range(6)]
    assert (source.format, source.name, source.engine, source.pages[0].number) == (
        "docx",
        "báo cáo.docx",
        None,
        None,
    )


def test_head_in_several_rows_is_read_left_column_first() -> None:
    document = docx.Document()
    head = document.add_table(3, 2)
    for row in range(3):
        head.cell(row, 0).text, head.cell(row, 1).text = LEFT_HEAD[row], RIGHT_HEAD[row]
    document.add_paragraph("Nội dung")
    assert texts(lines_of(document)) == [*LEFT_HEAD, *RIGHT_HEAD, "Nội dung"]


def test_bordered_data_table_at_the_very_start_keeps_its_cells() -> None:
    document = docx.Document()
    table = document.add_table(2, 3, style="Table Grid")
    for at, text in enumerate(["TT", "Đơn vị", "Tỷ lệ", "1", "Xã Nà Lầu", "97,6%"]):
        table.cell(at // 3, at % 3).text = text
    assert [line.cell for line in lines_of(document)] == [Cell(0, at // 3, at % 3) for at in range(6)]


def test_merged_cells_come_once() -> None:
    document = docx.Document()
    document.add_paragraph("Bảng")
    table = document.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Ngang"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "Dọc"
    table.cell(2, 1).text = "Dưới"
    found = [(line.text, line.cell) for line in lines_of(document)[1:]]
    assert found == [("Ngang", Cell(0, 0, 0)), ("Dọc", Cell(0, 1, 2)), ("Dưới", Cell(0, 2, 1))]


def test_cells_say_how_far_they_reach() -> None:
    document = docx.Document()
    document.add_paragraph("Bảng")
    table = document.add_table(4, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Ngang"
    table.cell(1, 2).merge(table.cell(3, 2)).text = "Dọc"
    table.cell(2, 0).merge(table.cell(3, 1)).text = "Khối"
    cells = {line.text: line.cell for line in lines_of(document)[1:]}
    reach = {text: (cell.rows, cell.columns) for text, cell in cells.items() if cell}
    assert reach == {"Ngang": (1, 2), "Dọc": (3, 1), "Khối": (2, 2)}


def test_two_columns_without_borders_are_a_table_where_one_holds_figures() -> None:
    document = docx.Document()
    document.add_paragraph("Tỷ lệ của các xã như sau:")
    table = document.add_table(3, 2)
    for row, words in enumerate([("Đơn vị", "Tỷ lệ"), ("Xã Nà Lầu", "97,6%"), ("Xã Suối Gạo", "81,2%")]):
        table.cell(row, 0).text, table.cell(row, 1).text = words
    document.add_paragraph("Hết.")
    found = [line.cell for line in lines_of(document)]
    assert found == [None, *(Cell(0, at // 2, at % 2) for at in range(6)), None]


def test_head_set_with_tabs() -> None:
    document = docx.Document()
    for left, right in zip(LEFT_HEAD, RIGHT_HEAD, strict=True):
        document.add_paragraph(f"{left}\t\t{right}")
    document.add_paragraph("BÁO CÁO")
    document.add_paragraph("1.\tXã Nà Lầu")
    assert texts(lines_of(document)) == [*LEFT_HEAD, *RIGHT_HEAD, "BÁO CÁO", "1. Xã Nà Lầu"]


def test_letters_shown_as_capitals() -> None:
    document = docx.Document()
    head = document.add_table(2, 2)
    for row in range(2):
        for column, side in enumerate((LEFT_HEAD, RIGHT_HEAD)):
            run = head.cell(row, column).paragraphs[0].add_run(side[row].lower())
            run.font.all_caps = True
    paragraph = document.add_paragraph()
    paragraph.add_run("xã Nà Lầu ").font.all_caps = True
    paragraph.add_run("đạt")
    assert texts(lines_of(document)) == [
        *(side[row].upper() for side in (LEFT_HEAD, RIGHT_HEAD) for row in range(2)),
        "XÃ NÀ LẦU đạt",
    ]


def test_soft_breaks_are_lines_of_one_block() -> None:
    document = docx.Document()
    document.add_paragraph("Dòng một\nDòng hai")
    document.add_paragraph("Đoạn sau")
    assert [(line.text, line.starts_block) for line in lines_of(document)] == [
        ("Dòng một", True),
        ("Dòng hai", False),
        ("Đoạn sau", True),
    ]


def test_looks_are_inherited() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(14)
    bold = document.styles.add_style("Đậm", 1)
    bold.base_style = document.styles["Normal"]
    bold.font.bold = True
    paragraph = document.add_paragraph("đậm", style="Đậm")
    paragraph.add_run(" thường").bold = False
    paragraph.add_run(" nghiêng").italic = True
    words = lines_of(document)[0].words
    assert [(w.text, w.bold, w.italic, w.font, w.size) for w in words] == [
        ("đậm", True, False, "Times New Roman", 14.0),
        ("thường", False, False, "Times New Roman", 14.0),
        ("nghiêng", True, True, "Times New Roman", 14.0),
    ]


def test_headings() -> None:
    document = docx.Document()
    document.add_heading("BÁO CÁO", 0)
    document.add_heading("I. Kết quả", 1)
    document.add_heading("1. Chỉ đạo", 2)
    add(document, '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>a) Kế hoạch</w:t></w:r></w:p>')
    document.add_paragraph("Nội dung")
    assert [line.heading for line in lines_of(document)] == [1, 1, 2, 3, None]


NUMBERS = """
<w:abstractNum {ns} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61623;"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
<w:lvlText w:val="%1.%2.%5"/></w:lvl>
</w:abstractNum>"""


def numbered(document: Any) -> None:
    """Give the document a list of four levels as num 70, and num 71 that starts level 0 at 5."""
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERS.format(ns=nsdecls("w"))))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="70"><w:abstractNumId w:val="77"/></w:num>'))
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="71"><w:abstractNumId w:val="77"/>{override}</w:num>')
    )


def item(document: Any, level: int, text: str, num: int = 70) -> None:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    add(document, f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")


def test_automatic_numbers() -> None:
    document = docx.Document()
    numbered(document)
    for level, text in [
        (0, "Kết quả"), (1, "Chỉ đạo"), (2, "Kế hoạch"), (2, "Tuyên truyền"), (3, "Xã"), (1, "Thể chế"),
        (2, "Ban hành"), (4, "Chi tiết"), (0, "Kiến nghị"), (1, "Huyện"),
    ]:  # fmt: skip
        item(document, level, text)
    item(document, 0, "Bắt đầu lại", num=71)
    item(document, 0, "Tiếp", num=71)
    assert texts(lines_of(document)) == [
        "I. Kết quả", "1. Chỉ đạo", "a) Kế hoạch", "b) Tuyên truyền", "- Xã", "2. Thể chế", "a) Ban hành",
        "1.2.1 Chi tiết", "II. Kiến nghị", "1. Huyện", "V. Bắt đầu lại", "VI. Tiếp",
    ]  # fmt: skip


def test_numbers_by_style_and_taken_away_again() -> None:
    document = docx.Document()
    numbered(document)
    style = document.styles.add_style("Mục", 1)
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="1"/><w:numId w:val="70"/></w:numPr>')
    )
    document.add_paragraph("Chỉ đạo", style="Mục")
    off = document.add_paragraph("Không số", style="Mục")
    off._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'))
    document.add_paragraph("", style="Mục")
    document.add_paragraph("Thể chế", style="Mục")
    assert texts(lines_of(document)) == ["1. Chỉ đạo", "Không số", "3. Thể chế"]


def test_word_lists_of_the_default_template() -> None:
    document = docx.Document()
    for style in ("List Bullet", "List Number", "List Number"):
        document.add_paragraph("Xã Nà Lầu", style=style)
    assert texts(lines_of(document)) == ["- Xã Nà Lầu", "1. Xã Nà Lầu", "2. Xã Nà Lầu"]


def test_changes_links_controls_and_hidden_text() -> None:
    document = docx.Document()
    add(
        document,
        "<w:p><w:r><w:t>Xã</w:t></w:r>"
        '<w:ins w:id="1" w:author="x"><w:r><w:t xml:space="preserve"> thêm</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText> bớt</w:delText></w:r></w:del>'
        '<w:hyperlink><w:r><w:t xml:space="preserve"> liên kết</w:t></w:r></w:hyperlink>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:tab/><w:t>ô</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:t>-</w:t><w:noBreakHyphen/><w:t>X</w:t></w:r></w:p>",
    )
    add(document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert texts(lines_of(document)) == ["Xã thêm liên kết ô--X", "Trong khung"]


def test_text_box_comes_once() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>SAO Y BẢN CHÍNH</w:t></w:r></w:p></w:txbxContent>"
    names = (
        f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    xml = (
        f"<w:p {names}><w:r><w:t>Thân bài</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>'
        "</mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    document.element.body.insert(0, parse_xml(xml))
    assert texts(lines_of(document)) == ["Thân bài", "SAO Y BẢN CHÍNH"]


def test_page_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    document.add_paragraph("Nội dung")
    assert texts(lines_of(document)) == ["Nội dung"]


def test_document_without_styles_and_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data_of(document))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name in ("word/styles.xml", "word/numbering.xml", "word/stylesWithEffects.xml"):
                continue
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                for part in (b"styles.xml", b"numbering.xml", b"stylesWithEffects.xml"):
                    at = data.find(b'Target="' + part)
                    start, end = data.rfind(b"<Relationship ", 0, at), data.find(b"/>", at) + 2
                    data = data[:start] + data[end:] if at > 0 else data
            new.writestr(name, data)
    assert texts(read_docx(buffer.getvalue(), None).pages[0].lines) == ["Nội dung"]  # type: ignore[arg-type]


def test_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_bounds, "MAX_MEMBER", 1000)
    with pytest.raises(TooLarge):
        lines_of(docx.Document())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_cut_off(share: float) -> None:
    data = data_of(docx.Document())
    with pytest.raises(DamagedFile):
        read_docx(data[: int(len(data) * share)], None)  # type: ignore[arg-type]


def test_broken_xml_inside() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data_of(docx.Document()))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    with pytest.raises(DamagedFile):
        read_docx(buffer.getvalue(), None)  # type: ignore[arg-type]


@given(st.integers(1, 3000))
def test_roman_numbers_read_back(value: int) -> None:
    digits = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    signs = [digits[sign] for sign in spell(value, "upperRoman")]
    total = sum(-a if a < b else a for a, b in zip(signs, [*signs[1:], 0], strict=True))
    assert total == value


@pytest.mark.parametrize(("value", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb")])
def test_letters_go_on_as_word_counts(value: int, letters: str) -> None:
    assert spell(value, "lowerLetter") == letters
    assert spell(value, "upperLetter") == letters.upper()


def test_bold_headings_below_a_centred_title_are_not_part_of_it(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("Số: 88/BC-UBND", "Khe Mận, ngày 14 tháng 6 năm 2023"):
        document.add_paragraph(text)
    for text, centred in (
        ("BÁO CÁO", True),
        ("Công tác cải cách hành chính 6 tháng đầu năm 2023", True),
        ("Cải cách thể chế", False),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else None
    document.add_paragraph("Xã ban hành 02 văn bản, không có văn bản trái thẩm quyền.")
    path = tmp_path / "self.docx"
    document.save(path)
    (only,) = structure(read(path))
    assert only.document.value("subject") == "Công tác cải cách hành chính 6 tháng đầu năm 2023"
    assert [section.title for section in only.outline.sections] == ["Cải cách thể chế"]
