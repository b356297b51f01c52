"""Paper for the tests of digitising: pages drawn with words whose places are known, and who reads them."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from extract.pages import Box, Line, Word
from extract.reading.base import OcrWord
from extract.reading.pdf.words import layer_words, sheet_of

FONT = Path(__file__).parents[3] / "corpora" / "fonts" / "Tinos-Regular.ttf"
A4 = (595.28, 841.89)

LETTER = [
    (0.12, 0.060, "ỦY BAN NHÂN DÂN"),
    (0.12, 0.080, "XÃ BÃI SẬY"),
    (0.14, 0.110, "Số: 27/BC-UBND"),
    (0.50, 0.060, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.58, 0.080, "Độc lập - Tự do - Hạnh phúc"),
    (0.55, 0.110, "Bãi Sậy, ngày 14 tháng 3 năm 2021"),
    (0.45, 0.150, "BÁO CÁO"),
    (0.15, 0.200, "Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân huyện về kiểm tra"),
    (0.12, 0.220, "công tác cải cách hành chính, Ủy ban nhân dân xã đã rà soát toàn bộ thủ tục"),
    (0.12, 0.240, "hành chính, niêm yết công khai 98,5% số thủ tục; còn 03 thủ tục về đất đai"),
    (0.12, 0.260, "chưa được cập nhật kịp thời tại bộ phận tiếp nhận và trả kết quả của xã."),
    (0.15, 0.290, "Đề nghị Chủ tịch Ủy ban nhân dân huyện xem xét, chỉ đạo."),
]
"""Two columns in the head, then lines close to each other: left edge, baseline as fractions, text."""


def placed(lines: Sequence[tuple[float, float, str]] = LETTER, size: float = 0.0155) -> list[Line]:
    """The lines with the boxes of their words on an A4 page; ``size`` is the letters' height."""
    font = ImageFont.truetype(str(FONT), 100)
    em = size * A4[1] / 100
    found = []
    for left, base, text in lines:
        words = []
        for at, word in _starts(text):
            x0 = left + font.getlength(text[:at]) * em / A4[0]
            x1 = left + font.getlength(text[: at + len(word)]) * em / A4[0]
            words.append(Word(word, box=(x0, base - 0.75 * size, x1, base + 0.2 * size), confidence=0.95))
        found.append(Line(words, page=1))
    return found


def _starts(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for word in text.split(" "):
        found.append((at, word))
        at += len(word) + 1
    return found


def draw(lines: Sequence[Line], dpi: int = 150, mode: str = "L") -> Image.Image:
    """The page as a picture."""
    width, height = round(A4[0] * dpi / 72), round(A4[1] * dpi / 72)
    image = Image.new("L", (width, height), 250)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), round(0.0155 * height))
    for line in lines:
        for word in line.words:
            assert word.box is not None
            base = word.box[3] - 0.2 * 0.0155
            pen.text((word.box[0] * width, base * height), word.text, font=font, fill=20, anchor="ls")
    return image.convert(mode)


def slanted(lines: Sequence[Line], degrees: float) -> list[Line]:
    """The lines on a page that lies aslant, clockwise; boxes keep their size."""
    turn = math.radians(degrees)
    made = []
    for line in lines:
        words = []
        for word in line.words:
            assert word.box is not None
            x0, y0, x1, y1 = word.box
            x, y = ((x0 + x1) / 2 - 0.5) * A4[0], ((y0 + y1) / 2 - 0.5) * A4[1]
            x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
            x, y = x / A4[0] + 0.5, y / A4[1] + 0.5
            half = (x1 - x0) / 2, (y1 - y0) / 2
            words.append(replace(word, box=(x - half[0], y - half[1], x + half[0], y + half[1])))
        made.append(Line(words, page=line.page))
    return made


@dataclass
class Knowing:
    """An engine that knows what stands on every page; sure only where the page stands upright."""

    lines: list[Line]
    turns: int = 0
    name: str = "knowing 1"
    asked: int = 0

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        """The words, unsure on a page that lies on its side; none on blank paper."""
        self.asked += 1
        width, height = image.size
        if float(np.asarray(image.convert("L")).std()) < 2:
            return []
        lies = self.turns % 2 == 1 and width > height
        return [
            OcrWord(
                word.text,
                word.box[0] * width,
                word.box[1] * height,
                word.box[2] * width,
                word.box[3] * height,
                0.3 if lies else 0.95,
                (number, 0, 0),
            )
            for number, line in enumerate(self.lines)
            for word in line.words
            if word.box is not None
        ]

    def quarter_turns(self, image: Image.Image) -> int:
        """As many as it was told."""
        return self.turns


def texts(lines: Sequence[Line]) -> list[str]:
    """The words in order."""
    return [word.text for line in lines for word in line.words]


def boxes(lines: Sequence[Line]) -> list[Box]:
    """The boxes in order."""
    return [word.box for line in lines for word in line.words if word.box is not None]


def layer(path: Path, index: int = 0) -> list[Word]:
    """The words of a written page as pdfium reads them."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[index]
        try:
            return layer_words(page, sheet_of(page))
        finally:
            page.close()


def plain_text(path: Path, index: int = 0) -> str:
    """The text of a written page as pdfium (and Chrome) gives it."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[index]
        text = page.get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
            page.close()


def picture(path: Path, index: int = 0, scale: float = 1.0) -> Image.Image:
    """The page as it is shown."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[index]
        try:
            return page.render(scale=scale).to_pil().convert("L").copy()
        finally:
            page.close()


def jpeg(image: Image.Image, **more: object) -> bytes:
    """The picture as JPEG data."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80, **more)
    return stream.getvalue()


def scanned_pdf(path: Path, pages: Sequence[bytes], before: bytes = b"", after: bytes = b"") -> Path:
    """A PDF of JPEG pages, with drawing operators before and after each picture; font /F is Helvetica."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        shared = pdf.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)))
        for data in pages:
            image = Image.open(io.BytesIO(data))
            stream = pikepdf.Stream(pdf, data)
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            stream.Width, stream.Height = image.size
            stream.BitsPerComponent = 8
            stream.ColorSpace = pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB
            stream.Filter = pikepdf.Name.DCTDecode
            pdf.add_blank_page(page_size=A4)
            page = pdf.pages[-1]
            page.Resources = pikepdf.Dictionary(
                Font=shared.Font, XObject=pikepdf.Dictionary(Im=pdf.make_indirect(stream))
            )
            drawn = f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im Do Q\n".encode()
            page.Contents = pdf.make_stream(before + drawn + after)
        pdf.save(path)
    return path
