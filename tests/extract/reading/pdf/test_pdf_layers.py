"""Text layers of real PDFs: whose fonts lose letters, and what scanners and stamps lay over pictures."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from extract.errors import DamagedFile, MissingProgram
from extract.pages import Page
from extract.reading.base import OcrWord, Reading
from extract.reading.pdf.reader import read_pdf
from extract.reading.read import read
from tests.extract.reading.conftest import (
    BODY,
    LEFT_HEAD,
    ROOT,
    Fonts,
    PdfMaker,
    alike_in_order,
    in_order,
    texts,
)
from tests.extract.reading.hostile import page, stream, written

from .test_pdf import GOOD, ORDER, FakeEngine, grey_page, no_engine, scan_pdf

LAYERS = ROOT / "tests" / "fixtures" / "layers"


def codes(reading: Reading) -> list[str]:
    return [caution.code for caution in reading.warnings]


def confidences(page: Page) -> set[float | None]:
    return {word.confidence for line in page.lines for word in line.words}


def over(data: bytes, rows: list[str], y: float, fonts: Fonts, x: float = 330) -> bytes:
    """Rows typed visibly upon the first page, in a form of their own as stamping programs do it."""
    from reportlab.pdfgen.canvas import Canvas

    regular, _, _ = fonts.register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(regular, 9)
    for at, row in enumerate(rows):
        canvas.drawString(x, y - 11 * at, row)
    canvas.save()
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(buffer) as stamp:
        pdf.pages[0].add_overlay(stamp.pages[0])
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def scanned(letter: Path, dpi: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(letter) as pdf:
        picture: Image.Image = pdf[0].render(scale=dpi / 72).to_pil().convert("L")
    return picture


def test_letters_of_two_fonts_are_put_together_by_pdfplumber() -> None:
    reading = read_pdf((LAYERS / "two-fonts.pdf").read_bytes(), no_engine)
    page = reading.pages[0]
    assert (page.origin, page.reason) == ("layer", "chữ bị xáo trộn do hai phông; đọc bằng pdfplumber")
    assert confidences(page) == {None} and reading.warnings == []
    everything = " ".join(texts(page.lines))
    assert all(text in everything for text in (*LEFT_HEAD, *BODY))


@pytest.mark.parametrize("name", ["lost-letters.pdf", "boxes.pdf"])
def test_letters_that_are_nowhere_leave_the_rest_doubted(name: str) -> None:
    # the page shows boxes in their place, so recognition cannot know them either
    reading = read_pdf((LAYERS / name).read_bytes(), lambda: FakeEngine("LILI LIL"))
    page = reading.pages[0]
    assert page.origin == "layer" and codes(reading) == ["text_layer_doubted"]
    assert all(sure is not None and sure <= 0.6 for sure in confidences(page))
    assert "06 xã và 02 th" in " ".join(texts(page.lines))


def without_codes(data: bytes) -> bytes:
    """The same page, whose fonts no longer say which letters their Vietnamese glyphs are."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Stream) and b"beginbfchar" in (old := entry.read_bytes()):
                kept = [row for row in old.split(b"\n") if not re.match(rb"<..>\s*<(1E|01)", row)]

                def counted(match: re.Match[bytes]) -> bytes:
                    rows = match[1]
                    return b"%d beginbfchar%bendbfchar" % (len(re.findall(rb"<..> <", rows)), rows)

                text = b"\n".join(kept)
                entry.write(re.sub(rb"\d+ beginbfchar(.*?)endbfchar", counted, text, flags=re.DOTALL))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_letters_without_codes_are_recognised(letter_pdf: PdfMaker, tesseract: None, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(without_codes(letter_pdf().read_bytes()))
    source = read(path)
    assert source.pages[0].origin == "ocr"
    assert source.pages[0].reason.startswith("lớp chữ bị mất chữ")
    assert [caution.code for caution in source.warnings] == ["text_layer_replaced"]
    assert alike_in_order(texts(source), ORDER)


def test_typed_words_stay_when_the_engine_is_missing(letter_pdf: PdfMaker) -> None:
    data = without_codes(letter_pdf().read_bytes())
    with pytest.raises(MissingProgram):
        read_pdf(data, no_engine)


def test_stamps_typed_over_a_scan_stay_verbatim(
    letter_pdf: PdfMaker, fonts: Fonts, tmp_path: Path, tesseract: None
) -> None:
    copy = ["SAO Y 20/06/2019 08:11:02 +07:00"]
    signature = ["Người ký: Ủy ban nhân dân huyện Lũng Vàng", "Thời gian ký: 14.06.2019 16:05:22 +07:00"]
    path = tmp_path / "a.pdf"
    data = scan_pdf(path, scanned(letter_pdf()), [], fonts)
    # the one lies upon the national heading: recognition is shown the page without it
    path.write_bytes(over(over(data, copy, 790, fonts, x=340), signature, 26, fonts))
    source = read(path)
    page = source.pages[0]
    assert (page.origin, page.reason) == ("mixed", "chỉ có chữ ở dấu, chữ ký hoặc chân trang")
    found = texts(source)
    assert in_order(found, [*copy, *signature])
    assert alike_in_order(found, ORDER)
    # the stamps once, and nothing else of them
    assert sum("SAO" in text for text in found) == sum("ký:" in text for text in found) - 1 == 1
    typed = [line for line in page.lines if line.text in (*copy, *signature)]
    assert {word.confidence for line in typed for word in line.words} == {None}


def test_garbage_goes_and_the_signature_stays(fonts: Fonts, tmp_path: Path) -> None:
    garbage = ["CONG HOA xA HQI CilU NGHIA VIT NAM", "Thvc hi~n K~ ho\\lch s6 31 KH ciia Uy ban nhan dan"] * 6
    signature = ["Người ký: Ủy ban nhân dân huyện Lũng Vàng", "Thời gian ký: 14.06.2019 16:05:22 +07:00"]
    data = over(scan_pdf(tmp_path / "a.pdf", grey_page(), garbage, fonts), signature, 60, fonts)
    reading = read_pdf(data, lambda: FakeEngine(" ".join(GOOD * 4)))
    page = reading.pages[0]
    assert (page.origin, page.reason) == ("mixed", "lớp chữ trên ảnh không có dấu")
    assert codes(reading) == ["text_layer_replaced"]
    found = texts(page.lines)
    assert found[-2:] == signature
    assert not any("HQI" in text for text in found)


def test_text_under_the_picture_is_no_typing(fonts: Fonts, tmp_path: Path) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    regular, _, _ = fonts.register()
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.setFont(regular, 12)
    for at in range(8):
        canvas.drawString(60, 780 - 15 * at, "Doan kiem tra da lam viec voi cac xa va thi tran tren dia ban")
    canvas.drawImage(ImageReader(grey_page()), 0, 0, 595, 842)
    canvas.save()
    reading = read_pdf((tmp_path / "a.pdf").read_bytes(), lambda: FakeEngine(" ".join(GOOD * 4)))
    assert reading.pages[0].reason == "lớp chữ trên ảnh không có dấu"
    assert reading.pages[0].origin == "ocr"


def test_picture_in_strips_is_a_page_picture(fonts: Fonts, tmp_path: Path) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    regular, _, _ = fonts.register()
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    picture = grey_page()
    for at in range(10):
        strip = picture.crop((0, 42 * at, 300, 42 * at + 42))
        canvas.drawImage(ImageReader(strip), 0, 842 - 84.2 * (at + 1), 595, 84.2)
    canvas.setFont(regular, 12)
    canvas.drawString(350, 40, "SAO Y BẢN CHÍNH")
    canvas.save()
    engine = FakeEngine(" ".join(GOOD))
    reading = read_pdf((tmp_path / "a.pdf").read_bytes(), lambda: engine)
    assert (reading.pages[0].origin, engine.pages) == ("mixed", 1)


def test_right_layer_of_a_scan_needs_no_engine_and_is_no_typing(
    letter_pdf: PdfMaker, fonts: Fonts, tmp_path: Path
) -> None:
    # what a good recognition left: the page's words unseen upon its picture
    letter = letter_pdf()
    data = unseen(letter.read_bytes(), scanned(letter))
    reading = read_pdf(data, no_engine)
    page = reading.pages[0]
    assert (page.origin, page.reason) == ("layer", "lớp chữ của bản quét: 100% là âm tiết tiếng Việt")
    assert in_order(texts(page.lines), ORDER)
    assert all(sure is not None and 0.85 <= sure <= 0.9 for sure in confidences(page))


def unseen(data: bytes, picture: Image.Image) -> bytes:
    """The page's text in render mode 3 over a picture of it."""
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=60)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        image = pikepdf.Stream(pdf, b"")
        image.write(jpeg.getvalue(), filter=pikepdf.Name.DCTDecode)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = picture.size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page.Resources["/XObject"] = pikepdf.Dictionary(Scan=image)
        text = page.Contents.read_bytes().replace(b"BT ", b"BT 3 Tr ")
        page.Contents = pikepdf.Stream(pdf, b"q 595 0 0 842 0 0 cm /Scan Do Q\n" + text)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_right_layer_over_half_of_a_scan_is_filled_up(letter_pdf: PdfMaker) -> None:
    letter = letter_pdf()
    picture = scanned(letter)
    sheet = Image.new("L", picture.size, 255)
    half = picture.resize((picture.width, picture.height // 2))
    sheet.paste(half, (0, 0))
    covered = half_layer(letter.read_bytes(), sheet)
    assert read_pdf(covered, no_engine).pages[0].origin == "layer"

    sheet.paste(half, (0, picture.height // 2))
    engine = FakeEngine(" ".join(GOOD * 12))
    reading = read_pdf(half_layer(letter.read_bytes(), sheet), lambda: engine)
    page = reading.pages[0]
    assert (page.origin, page.reason) == ("mixed", "lớp chữ chỉ phủ một phần ảnh của trang")
    assert in_order(texts(page.lines), ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    assert sum(line.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" for line in page.lines) == 1


def half_layer(data: bytes, picture: Image.Image) -> bytes:
    """The unseen text pressed into the upper half of the page."""
    pressed = unseen(data, picture)
    with pikepdf.open(io.BytesIO(pressed)) as pdf:
        page = pdf.pages[0]
        head, _, text = page.Contents.read_bytes().partition(b"Do Q\n")
        page.Contents = pikepdf.Stream(pdf, head + b"Do Q\nq 1 0 0 .5 0 421 cm\n" + text + b"\nQ")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


class NoTesseract:
    """Like an installation without Tesseract."""

    def __call__(self) -> Any:
        raise MissingProgram("Tesseract is not installed.", "Install it with: apt-get.")


def two_pages(first: bytes, second: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(first)) as pdf, pikepdf.open(io.BytesIO(second)) as more:
        pdf.pages.extend(more.pages)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_missing_engine_costs_only_the_pages_that_need_it(
    letter_pdf: PdfMaker, fonts: Fonts, tmp_path: Path
) -> None:
    data = two_pages(letter_pdf().read_bytes(), scan_pdf(tmp_path / "a.pdf", grey_page(), [], fonts))
    reading = read_pdf(data, NoTesseract())
    assert [bool(page.lines) for page in reading.pages] == [True, False]
    assert codes(reading) == ["lines_lost"]
    message = reading.warnings[0].message
    assert message == "Trang 2 không đọc được. Tesseract is not installed. Install it with: apt-get."


def test_stamps_alone_do_not_stand_for_scans_without_an_engine(fonts: Fonts, tmp_path: Path) -> None:
    data = scan_pdf(tmp_path / "a.pdf", grey_page(), ["SAO Y BẢN CHÍNH"], fonts, visible=True)
    with pytest.raises(MissingProgram):
        read_pdf(data, NoTesseract())


class FailingEngine(FakeEngine):
    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        raise DamagedFile("Tesseract could not work on a page.", "Scan it again.")


def test_failed_recognition_leaves_the_typed_words_and_says_so(fonts: Fonts, tmp_path: Path) -> None:
    data = scan_pdf(tmp_path / "a.pdf", grey_page(), ["SAO Y BẢN CHÍNH"], fonts, visible=True)
    reading = read_pdf(data, lambda: FailingEngine(""))
    assert texts(reading.pages[0].lines) == ["SAO Y BẢN CHÍNH"]
    assert [caution.message for caution in reading.warnings] == [
        "Trang 1 chỉ đọc được một phần. Tesseract could not work on a page. Scan it again."
    ]


def appearance(text: str) -> bytes:
    shown = b"BT /F 10 Tf 2 5 Td (%b) Tj ET" % text.encode()
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 5 0 R>>>>"
    return stream(shown, form)


def marked(first: int) -> dict[int, bytes]:
    """Four annotations: a number filled in, a signature, a link, and a note that is not shown."""
    mark = b"<</Type/Annot/Subtype/%b/Rect[%b]/F %d/AP<</N %d 0 R>>>>"
    return {
        first: mark % (b"FreeText", b"300 750 500 770", 4, first + 1),
        first + 1: appearance("So: 123/BC-UBND"),
        first + 2: mark % (b"Widget/FT/Sig/T(S)", b"300 50 500 70", 132, first + 3),
        first + 3: appearance("Nguoi ky: UBND huyen"),
        first + 4: b"<</Type/Annot/Subtype/Link/Rect[0 0 10 10]>>",
        first + 5: mark % (b"FreeText", b"300 450 500 470", 2, first + 6),
        first + 6: appearance("khong hien"),
    }


def test_signature_and_number_laid_upon_the_page_are_read() -> None:
    data = written({3: page(entries=b"/Annots[6 0 R 8 0 R 10 0 R 11 0 R]"), **marked(6)})
    found = texts(read_pdf(data, no_engine).pages[0].lines)
    assert found[0] == "So: 123/BC-UBND" and found[-1] == "Nguoi ky: UBND huyen" and len(found) == 3


def test_signature_laid_upon_a_scan_stays_verbatim(fonts: Fonts, tmp_path: Path) -> None:
    scan = scan_pdf(tmp_path / "a.pdf", grey_page(), [], fonts)
    with pikepdf.open(io.BytesIO(scan)) as pdf:
        form = pikepdf.Stream(pdf, b"BT /F 10 Tf 2 5 Td (Nguoi ky: UBND huyen) Tj ET")
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = [0, 0, 200, 20]
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        mark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig)
        mark.T, mark.F, mark.Rect = "S", 132, [300, 50, 500, 70]
        mark.AP = pikepdf.Dictionary(N=form)
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(mark)]))
        out = io.BytesIO()
        pdf.save(out)
    reading = read_pdf(out.getvalue(), lambda: FakeEngine(" ".join(GOOD * 2)))
    assert reading.pages[0].origin == "mixed"
    assert texts(reading.pages[0].lines)[-1] == "Nguoi ky: UBND huyen"
