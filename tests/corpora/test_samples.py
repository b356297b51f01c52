"""The bundled archive is what its README says, and the layout functions that tests rely on keep their promises."""

from __future__ import annotations

import csv
import unicodedata
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from PIL import Image

from corpora.build_samples import SAMPLES, markdown_to_docx, markdown_to_pdf, pdf_to_scan
from corpora.render import blocks, markdown_to_text, plain

ARCHIVE = SAMPLES / "archive"
MARKDOWN = """**UBND HUYỆN THỬ NGHIỆM**
Số: 05/BC-UBND
# II. TỒN TẠI
#### 1. Xã Cây Quế
- Chưa niêm yết **đầy đủ** thủ tục
hành chính tại bộ phận một cửa;

a) Tỷ lệ đạt 8,59 %.

| Đơn vị | Tỷ lệ |
|---|---|
| Xã Cây Quế | 8,59% |

#. Yêu cầu khắc phục.
#. Báo cáo trước ngày 01/12.
"""


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("2019/bao-cao-kiem-tra-2019.pdf", 200_000),
        ("2020/bao-cao-kiem-tra-2020.pdf", 1_500_000),
        ("2020/thong-bao-ket-luan-2020.docx", 100_000),
        ("2021/cong-van-va-bao-cao-2021.md", 30_000),
        ("2021/cong-van-don-doc-2021.jpg", 900_000),
        ("2021/bao-cao-khac-phuc-2021.txt", 30_000),
        ("units.csv", 5_000),
    ],
)
def test_archive_is_complete_and_small(name: str, most: int) -> None:
    assert 0 < (ARCHIVE / name).stat().st_size < most


def test_every_source_is_composed_unicode() -> None:
    for path in [*(SAMPLES / "source").iterdir(), *ARCHIVE.glob("*/*.txt"), *ARCHIVE.glob("*/*.md")]:
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_digital_pdf_has_vietnamese_text() -> None:
    text = " ".join(text_of(ARCHIVE / "2019/bao-cao-kiem-tra-2019.pdf").split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "chưa niêm yết bộ TTHC lĩnh vực Lao động - Thương binh và Xã hội" in text


def test_scan_has_pages_but_no_text() -> None:
    scan = ARCHIVE / "2020/bao-cao-kiem-tra-2020.pdf"
    assert text_of(scan).strip() == ""
    with pypdfium2.PdfDocument(scan) as document:
        assert len(document) == 3
        assert document[0].get_width() == pytest.approx(595, abs=2)


def test_docx_opens_with_header_table_and_automatic_numbers() -> None:
    document = docx.Document(str(ARCHIVE / "2020/thong-bao-ket-luan-2020.docx"))
    assert "Số: 318/TB-UBND" in document.tables[0].cell(1, 0).text
    assert len(document.tables) == 3
    numbered = [
        part.text for part in document.paragraphs if part._p.pPr is not None and part._p.pPr.numPr is not None
    ]
    assert len(numbered) == 6
    assert not numbered[0].startswith("1.")


def test_photo_is_a_page_at_reading_size() -> None:
    with Image.open(ARCHIVE / "2021/cong-van-don-doc-2021.jpg") as picture:
        assert picture.size == pytest.approx((2480, 3508), abs=4)


def test_markdown_holds_a_letter_and_a_report() -> None:
    text = (ARCHIVE / "2021/cong-van-va-bao-cao-2021.md").read_text(encoding="utf-8")
    assert text.index("1542/UBND-NV") < text.index("Số: 07/BC-ĐKT")


def test_units_know_the_merger() -> None:
    with (ARCHIVE / "units.csv").open(encoding="utf-8", newline="") as lines:
        units = {row["name"]: row for row in csv.DictReader(lines)}
    merged = units["Xã Đồng Bản"]
    assert merged["valid_from"] == "2020-02-01"
    for part in ("Xã Đồng Lạng", "Xã Bản Vai"):
        assert units[part]["valid_to"] == "2020-01-31"
        assert units[part]["successors"] == merged["code"]
    assert {row["level"] for row in units.values()} == {"province", "district", "commune", "agency"}


def test_any_report_becomes_pdf_docx_and_scan_with_its_lines_in_order(tmp_path: Path) -> None:
    pdf, word, scan = tmp_path / "a.pdf", tmp_path / "a.docx", tmp_path / "scan.pdf"
    markdown_to_pdf(MARKDOWN, pdf)
    markdown_to_docx(MARKDOWN, word)
    pdf_to_scan(pdf, scan, dpi=72)
    item = "- Chưa niêm yết đầy đủ thủ tục hành chính tại bộ phận một cửa;"
    lines = [
        "UBND HUYỆN THỬ NGHIỆM",
        "Số: 05/BC-UBND",
        "II. TỒN TẠI",
        "1. Xã Cây Quế",
        item,
        "a) Tỷ lệ đạt 8,59 %.",
    ]
    assert [part.text for part in docx.Document(str(word)).paragraphs][:6] == lines
    read = text_of(pdf)
    assert [line.strip() for line in read.splitlines()][:6] == lines
    assert "2. Báo cáo trước ngày 01/12." in read
    assert text_of(scan).strip() == ""


def test_same_text_gives_same_bytes(tmp_path: Path) -> None:
    for made in (tmp_path / "1", tmp_path / "2"):
        made.mkdir()
        markdown_to_pdf(MARKDOWN, made / "a.pdf")
        markdown_to_docx(MARKDOWN, made / "a.docx")
        pdf_to_scan(made / "a.pdf", made / "scan.pdf", dpi=72)
    for name in ("a.pdf", "a.docx", "scan.pdf"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    with zipfile.ZipFile(tmp_path / "1" / "a.docx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {2020}


def test_text_built_here_is_the_text_in_the_archive() -> None:
    source = (SAMPLES / "source/bao-cao-khac-phuc-2021.md").read_text(encoding="utf-8")
    built = (ARCHIVE / "2021/bao-cao-khac-phuc-2021.txt").read_text(encoding="utf-8")
    assert markdown_to_text(source) == built


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("Xã chưa ban hành kế hoạch\nkiểm tra.", ["Xã chưa ban hành kế hoạch kiểm tra."]),
        ("đã nộp đủ;\nb) chưa ký.", ["đã nộp đủ;", "b) chưa ký."]),
        ("a * b, 3*4 và 5\\*6", ["a * b, 3*4 và 5*6"]),
        ("***Nơi nhận:***", ["Nơi nhận:"]),
    ],
)
def test_lines_and_marks(markdown: str, expected: list[str]) -> None:
    assert [plain(block.text) for block in blocks(markdown)] == expected
