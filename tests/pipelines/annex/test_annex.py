"""The annex read again: DOCX and XLSX say the same as the dataset, and nothing in them runs."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document as read_docx
from docx.oxml.ns import qn
from openpyxl import load_workbook
from seen import stored

from corpora.overview.read import labels, overview
from corpora.overview.records import Labels, Overview, Scope
from extract.errors import UsageError, WorkspaceProblem
from pipelines.annex.kinds import annex, check_name

THREE = ["Xã Khe Mận", "Xã Bãi Sậy", "Phòng Nội vụ"]
Seen = tuple[Overview, dict[str, Labels]]


def seen_of(
    folder: Path,
    communes: list[str] = THREE,
    years: range = range(2019, 2022),
    scope: Scope | None = None,
    text: str = "",
) -> Seen:
    with stored(folder, communes, years, text) as dataset:
        seen = overview(dataset, scope)
        return seen, labels(dataset, seen)


def made(folder: Path, name: str, seen: Seen, pictures: bool = False) -> Path:
    assert annex(*seen, folder / name, pictures)
    return folder / name


def test_docx_has_the_form_of_an_annex(tmp_path: Path) -> None:
    document = read_docx(str(made(tmp_path, "a.docx", seen_of(tmp_path))))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[0] == "Phụ lục"
    assert said[3] == "(Kèm theo Báo cáo số … ngày … tháng … năm … của …)"
    assert "Năm 2019–2021" in said
    assert any("Số liệu dựa trên 3 văn bản, năm 2019–2021; đã bỏ 0 bản trùng" in line for line in said)
    assert any("có thể do kiểm tra kỹ hơn" in line for line in said)
    assert document.styles["Normal"].font.name == "Times New Roman"
    section = document.sections[0]
    header = section.header.paragraphs[0]
    assert header.alignment is not None and int(header.alignment) == 1
    (field,) = header._p.findall(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert section.different_first_page_header_footer
    for table in document.tables:
        for row in table.rows[:2]:
            assert [cell.width for cell in row.cells] == [column.width for column in table.columns]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_docx_tells_each_deficiency_with_document_date_and_page(tmp_path: Path) -> None:
    document = read_docx(str(made(tmp_path, "a.docx", seen_of(tmp_path))))
    summary, first = document.tables[0], document.tables[1]
    rows = [[cell.text for cell in row.cells] for row in summary.rows]
    assert rows[1][:3] == ["1", "Xã Bãi Sậy", "3"]
    assert rows[-1][1:3] == ["Tổng", "9"]
    assert rows[-1][-1] == "3"
    told = [[cell.text for cell in row.cells] for row in first.rows[1:]]
    assert len(told) == 3
    assert told[0][3] == "Xã Bãi Sậy gửi báo cáo chậm, năm 2019 chỉ đạt 2%."
    assert told[0][4] == "Báo cáo số 19/BC-ĐKT, ngày 05/11/2019, trang 2"
    assert "kéo dài 3 năm có báo cáo liền nhau, từ năm 2019" in told[0][2]


def test_docx_with_pictures(tmp_path: Path) -> None:
    path = made(tmp_path, "a.docx", seen_of(tmp_path), pictures=True)
    document = read_docx(str(path))
    assert len(document.inline_shapes) == 3
    room = (
        document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    )
    assert all(shape.width <= room for shape in document.inline_shapes)
    one = made(tmp_path, "b.docx", seen_of(tmp_path, scope=Scope(unit="khe man")), pictures=True)
    assert len(read_docx(str(one)).inline_shapes) == 2


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_xlsx_has_its_sheets_with_headings_and_filters(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path, "a.xlsx", seen_of(tmp_path)))
    assert book.sheetnames == ["Tổng hợp", "Tồn tại", "Chuỗi", "Chỉ số", "Văn bản", "Ghi chú"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert all(sheet.column_dimensions[cell.column_letter].width >= 6 for cell in sheet[1])


def test_xlsx_numbers_are_numbers_and_days_days(tmp_path: Path) -> None:
    found = sheets(made(tmp_path, "a.xlsx", seen_of(tmp_path)))
    heads = {sheet: rows[0] for sheet, rows in found.items()}

    def column(sheet: str, head: str) -> list[Any]:
        at = heads[sheet].index(head)
        return [row[at] for row in found[sheet][1:]]

    assert column("Tổng hợp", "Tổng số tồn tại") == [3, 3, 3]
    assert column("Tổng hợp", "Số văn bản") == [3, 3, 3]
    assert column("Tồn tại", "Năm")[:3] == [2019, 2020, 2021]
    assert column("Tồn tại", "Ngày")[0].isoformat().startswith("2019-11-05")
    assert column("Tồn tại", "Tin cậy: tính chất")[0] == 0.9
    assert column("Chỉ số", "Giá trị (%)")[:3] == [1, 2, 3]
    assert column("Chuỗi", "Số năm liền") == [3, 3, 3]
    assert "3 văn bản" in column("Ghi chú", "Ghi chú")[0]


def test_a_remedy_is_told_with_its_words_and_place(tmp_path: Path) -> None:
    seen, names = seen_of(tmp_path)
    first = seen.chains[0]
    gone = replace(first.chain.occurrences[-1], text="Đã gửi báo cáo đúng hạn.", page=1)
    chain = replace(first.chain, state="remedied", remedies=(gone,))
    said = replace(seen, chains=(replace(first, chain=chain), *seen.chains[1:]))
    document = read_docx(str(made(tmp_path, "a.docx", (said, names))))
    assert any(
        "Theo Báo cáo số 21/BC-ĐKT, ngày 05/11/2021, trang 1: “Đã gửi báo cáo đúng hạn.”" in cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    )
    heads, row = sheets(made(tmp_path, "a.xlsx", (said, names)))["Chuỗi"][:2]
    assert row[heads.index("Câu nói đã khắc phục")] == "Đã gửi báo cáo đúng hạn."


def test_xlsx_tells_whose_value_it_was_before_a_merger(tmp_path: Path) -> None:
    seen, names = seen_of(tmp_path)
    merged = replace(seen, measured=(replace(seen.measured[0], unit="Xã Nà Cũ"), *seen.measured[1:]))
    heads, row = sheets(made(tmp_path, "a.xlsx", (merged, names)))["Chỉ số"][:2]
    assert row[heads.index("Đơn vị")] in THREE
    assert row[heads.index("Đơn vị trong văn bản")] == "Xã Nà Cũ"


def test_xlsx_links_lead_to_the_document(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path, "a.xlsx", seen_of(tmp_path)))
    findings, papers = book["Tồn tại"], book["Văn bản"]
    at = [cell.value for cell in findings[1]].index("Văn bản") + 1
    for row in range(2, findings.max_row + 1):
        cell = findings.cell(row, at)
        sheet, place = cell.hyperlink.location.rsplit("!", 1)
        assert sheet == "'Văn bản'"
        assert papers[place].value == cell.value
    first = book["Tổng hợp"]["A2"]
    assert findings[first.hyperlink.location.rsplit("!", 1)[1]].value == first.value


@pytest.mark.parametrize("text", ["=1+1 ", '=HYPERLINK("x") ', "+1 ", "@A1 ", "#N/A ", "\x0b<w:b/>&amp; "])
def test_text_of_a_report_never_runs(tmp_path: Path, text: str) -> None:
    seen = seen_of(tmp_path, text=text)
    path = made(tmp_path, "a.xlsx", seen)
    (cell, *_) = [
        cell
        for row in load_workbook(path)["Tồn tại"].iter_rows(min_row=2, min_col=6, max_col=6)
        for cell in row
    ]
    assert (cell.data_type, cell.value) == (
        "s",
        text.replace("\x0b", "") + cell.value[len(text.replace("\x0b", "")) :],
    )
    with zipfile.ZipFile(path) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets" in name)
    read = read_docx(str(made(tmp_path, "a.docx", seen)))
    assert any(text.replace("\x0b", "").strip() in cell.text for cell in read.tables[1].columns[3].cells)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_the_same_dataset_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    seen = seen_of(tmp_path)
    first = made(tmp_path, name, seen, name == "a.docx").read_bytes()
    (tmp_path / name).unlink()
    assert made(tmp_path, name, seen, name == "a.docx").read_bytes() == first


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_empty_dataset_makes_no_file(tmp_path: Path, name: str) -> None:
    assert not annex(*seen_of(tmp_path, [], range(0)), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_one_document_has_nothing_recurring(tmp_path: Path) -> None:
    seen = seen_of(tmp_path, years=range(2021, 2022))
    document = read_docx(str(made(tmp_path, "a.docx", seen)))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "Không có tồn tại nào được nêu trong nhiều hơn một văn bản." in said
    assert any("Số liệu dựa trên 1 văn bản, năm 2021" in line for line in said)
    assert len(sheets(made(tmp_path, "a.xlsx", seen))["Tồn tại"]) == 4


def test_a_copy_is_named_and_not_counted(tmp_path: Path) -> None:
    with stored(tmp_path, THREE, range(2019, 2022)) as dataset:
        with dataset.transaction() as connection:
            original = connection.execute("SELECT id FROM documents WHERE year = 2020").fetchone()[0]
            connection.execute("UPDATE documents SET duplicate_of = ? WHERE year = 2021", (original,))
        seen = overview(dataset)
        found = seen, labels(dataset, seen)
    rows = sheets(made(tmp_path, "a.xlsx", found))["Văn bản"]
    assert [row[rows[0].index("Bản trùng của")] for row in rows[1:]] == [None, None, "20/BC-ĐKT"]
    document = read_docx(str(made(tmp_path, "a.docx", found)))
    assert any("2 văn bản, năm 2019–2020; đã bỏ 1 bản trùng" in one.text for one in document.paragraphs)
    assert "21/BC-ĐKT (bản trùng của 20/BC-ĐKT, không tính)" in [
        cell.text for cell in document.tables[-1].columns[1].cells
    ]


def test_wrong_names_and_places(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.docx or \.xlsx"):
        check_name(tmp_path / "a.pdf")
    with pytest.raises(UsageError, match=r"Only a \.docx report"):
        check_name(tmp_path / "a.xlsx", pictures=True)
    (tmp_path / "file").write_text("")
    seen = seen_of(tmp_path)
    for name in ("a.docx", "a.xlsx"):
        with pytest.raises(WorkspaceProblem, match="cannot be written"):
            annex(*seen, tmp_path / "file" / name)
