"""Documents for the reading tests, written in the test itself. All places in them are invented."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from extract.pages import Line, Source

ROOT = Path(__file__).resolve().parents[3]

LEFT_HEAD = ["UBND HUYỆN LŨNG VÀNG", "ĐOÀN KIỂM TRA CCHC", "Số: 07/BC-ĐKT"]
RIGHT_HEAD = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Lũng Vàng, ngày 14 tháng 6 năm 2019",
]
TITLE = ["BÁO CÁO", "Kết quả kiểm tra công tác cải cách hành chính năm 2019"]
BODY = [
    "Thực hiện Kế hoạch số 31/KH-UBND ngày 05 tháng 3 năm 2019 của Ủy ban nhân dân huyện Lũng Vàng về "
    "kiểm tra công tác cải cách hành chính, từ ngày 13 đến ngày 24 tháng 5 năm 2019 Đoàn kiểm tra đã làm "
    "việc với 06 xã và 02 thị trấn. Đoàn báo cáo kết quả như sau:",
    "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    "1. Các xã Nà Lầu, Khe Mía và thị trấn Bến Đá đã ban hành kế hoạch ngay từ đầu năm, phân công rõ người, "
    "rõ việc và thời hạn hoàn thành; tỷ lệ hồ sơ giải quyết đúng hạn đạt 97,6%.",
    "2. Xã Suối Gạo chưa ban hành kế hoạch tuyên truyền, chưa mở sổ theo dõi hồ sơ; việc niêm yết thủ tục "
    "hành chính tại bộ phận tiếp nhận và trả kết quả còn sơ sài, nhiều thủ tục đã hết hiệu lực vẫn "
    "để trên bảng.",
    "II. KIẾN NGHỊ",
    "a) Đề nghị Ủy ban nhân dân xã Suối Gạo khắc phục xong các thiếu sót nêu trên trước ngày 30 tháng 7.",
    "b) Giao Phòng Nội vụ theo dõi, đôn đốc và tổng hợp kết quả khắc phục của các đơn vị./.",
]
LEFT_END = ["Nơi nhận:", "- Như trên;", "- Thường trực Huyện ủy;", "- Lưu: VT, ĐKT."]
RIGHT_END = ["TM. ĐOÀN KIỂM TRA", "TRƯỞNG ĐOÀN", "Hoàng Văn Mẫu"]


class Fonts:
    """The test font under three names that reportlab and Pillow take."""

    def __init__(self, folder: Path) -> None:
        self.regular = folder / "Tinos-Regular.ttf"
        self.bold = folder / "Tinos-Bold.ttf"
        self.italic = folder / "Tinos-Italic.ttf"

    def register(self) -> tuple[str, str, str]:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        names = ("Tinos", "Tinos-Bold", "Tinos-Italic")
        for name, path in zip(names, (self.regular, self.bold, self.italic), strict=True):
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, str(path)))
        return names


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    folder = Path(os.environ.get("RASOAT_TEST_FONTS", ROOT / "corpora" / "fonts"))
    if not (folder / "Tinos-Regular.ttf").exists():
        pytest.skip("corpora/fonts/Tinos-Regular.ttf is not there")
    return Fonts(folder)


@pytest.fixture(scope="session")
def tesseract() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")


def texts(lines: Source | Iterable[Line]) -> list[str]:
    """The lines of a source as strings."""
    return [line.text for line in (lines.lines if isinstance(lines, Source) else lines)]


def in_order(found: list[str], expected: list[str]) -> bool:
    """Whether the expected lines come one after the other, others allowed between them."""
    rest = iter(found)
    return all(any(line == wanted for line in rest) for wanted in expected)


def alike_in_order(found: list[str], expected: list[str]) -> bool:
    """:func:`in_order` for recognised text, which may have a letter wrong."""
    rest = iter(found)
    return all(any(SequenceMatcher(None, line, wanted).ratio() > 0.8 for line in rest) for wanted in expected)


PdfMaker = Callable[..., Path]


@pytest.fixture
def letter_pdf(tmp_path: Path, fonts: Fonts) -> PdfMaker:
    """Makes a letter as PDF: two-column head, justified body, optional table, two-column end."""
    return lambda **options: draw_letter(tmp_path / "letter.pdf", fonts, **options)


def draw_letter(
    path: Path,
    fonts: Fonts,
    *,
    table: list[list[str]] | None = None,
    copies: int = 1,
    rotation: int = 0,
    end: bool = True,
    password: str | None = None,
) -> Path:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph, Table

    regular, bold, italic = fonts.register()
    encryption = StandardEncryption(password, ownerPassword="chu") if password else None
    canvas = Canvas(str(path), pagesize=A4, encrypt=encryption)
    style = ParagraphStyle("body", fontName=regular, fontSize=14, leading=18, alignment=TA_JUSTIFY)
    for _ in range(copies):
        canvas.setPageRotation(rotation)
        y = 790.0
        for row, (left, right) in enumerate(zip(LEFT_HEAD, RIGHT_HEAD, strict=True)):
            canvas.setFont(bold if row < 2 else regular, 12)
            canvas.drawCentredString(165, y, left)
            canvas.setFont((bold, bold, italic)[row], 12)
            canvas.drawCentredString(420, y - 2, right)
            y -= 20
        canvas.line(360, 765, 480, 765)
        y -= 16
        for row, text in enumerate(TITLE):
            canvas.setFont(bold, 14)
            canvas.drawCentredString(310, y - 20 * row, text)
        y -= 50
        for text in BODY:
            paragraph = Paragraph(text, style)
            _, height = paragraph.wrap(480, 800)
            paragraph.drawOn(canvas, 85, y - height)
            y -= height + 6
        if table:
            drawn = Table(table, colWidths=[60, 220, 180])
            drawn.setStyle(
                [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), regular, 12)]
            )
            _, height = drawn.wrap(480, 800)
            drawn.drawOn(canvas, 85, y - height)
            y -= height + 10
        if end:
            _draw_end(canvas, y - 14, bold, italic, regular)
        canvas.showPage()
    canvas.save()
    return path


def _draw_end(canvas: Any, y: float, bold: str, italic: str, regular: str) -> None:
    for row, text in enumerate(LEFT_END):
        canvas.setFont(italic if row == 0 else regular, 12 if row == 0 else 11)
        canvas.drawString(90, y - 13 * row, text)
    canvas.setFont(bold, 14)
    canvas.drawCentredString(430, y - 2, RIGHT_END[0])
    canvas.drawCentredString(430, y - 19, RIGHT_END[1])
    canvas.drawCentredString(430, y - 90, RIGHT_END[2])
