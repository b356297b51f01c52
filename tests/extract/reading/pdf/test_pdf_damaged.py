"""PDFs that are cut off, lie about themselves, or go round in circles: bounded, and every page named."""

from __future__ import annotations

import io
import weakref
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from extract.errors import DamagedFile, EmptyFile, EncryptedFile, TooLarge
from extract.reading.base import OcrWord
from extract.reading.pdf import opening as pdf_open
from extract.reading.pdf.reader import read_pdf
from extract.reading.pdf.salvage import is_cut
from extract.reading.scan.reader import read_image
from tests.extract.reading.conftest import Fonts, PdfMaker, in_order, texts
from tests.extract.reading.hostile import WORDS, measured, page, stream, written
from tests.extract.reading.scan.test_scan import saved

from .test_pdf import ORDER, FakeEngine, grey_page, no_engine, scan_pdf


def packed(data: bytes) -> bytes:
    """The same PDF with its objects in packed streams and its table in one, as Word and qpdf write it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.fixture
def letter(letter_pdf: PdfMaker) -> bytes:
    return letter_pdf(copies=5).read_bytes()


@pytest.mark.parametrize("lost", [100, 300, 700])
def test_file_that_lost_its_end_is_read_whole(letter: bytes, lost: int) -> None:
    cut = letter[:-lost]
    assert is_cut(cut) and not is_cut(letter)
    reading = read_pdf(cut, no_engine)
    assert [len(page.lines) for page in reading.pages] == [31] * 5
    assert in_order(texts(reading.pages[4].lines), ORDER)
    assert reading.warnings == []


def test_pages_before_the_cut_are_read_and_the_others_named(letter: bytes) -> None:
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        out = io.BytesIO()
        pdf.save(out, linearize=True)  # the first pages come first
    data = out.getvalue()
    third = len(data) * 9 // 10
    reading = read_pdf(data[:third], no_engine)
    assert [page.number for page in reading.pages] == [1, 2, 3, 4, 5]
    assert in_order(texts(reading.pages[0].lines), ORDER)
    assert in_order(texts(reading.pages[1].lines), ORDER)
    assert 0 < len(reading.pages[2].lines) < 31
    assert [caution.message for caution in reading.warnings] == [
        "Trang 3 chỉ đọc được một phần. Tệp bị đứt giữa trang này. Cần lấy lại tệp.",
        "Trang 4 đến trang 5 không đọc được. Phần này đã mất khỏi tệp. Cần lấy lại tệp.",
    ]


def test_packed_objects_are_laid_open(letter: bytes) -> None:
    data = packed(letter)
    cut = data[: data.rfind(b"/XRef") - 60]
    reading = read_pdf(cut, no_engine)
    assert [len(page.lines) for page in reading.pages] == [31] * 5


def test_unknown_number_of_missing_pages_is_said() -> None:
    data = written({2: b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", 6: page()})
    lost = data[: data.rfind(b"xref")].replace(b"/Type/Pages", b"/Type/Pagxx")
    reading = read_pdf(lost, no_engine)
    assert [len(page.lines) for page in reading.pages] == [1, 1]
    assert "không rõ thiếu bao nhiêu trang" in reading.warnings[0].message


@pytest.mark.parametrize("share", [0.02, 0.3])
def test_nothing_left_is_damaged(letter: bytes, share: float) -> None:
    with pytest.raises(DamagedFile):
        read_pdf(letter[: int(len(letter) * share)], no_engine)


CIRCLES = {
    "page tree holds itself": {2: b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"},
    "tree goes up again": {
        2: b"<</Type/Pages/Kids[6 0 R 3 0 R]/Count 2>>",
        6: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>",
    },
    "count of a thousand million": {2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"},
    "count of none": {2: b"<</Type/Pages/Kids[3 0 R]/Count 0>>"},
    "count below none": {2: b"<</Type/Pages/Kids[3 0 R]/Count -5>>"},
    "form draws itself": {
        3: page(resources=b"/XObject<</X 6 0 R>>"),
        4: stream(WORDS + b" /X Do"),
        6: stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"),
    },
    "outline follows itself": {
        1: b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
        6: b"<</First 7 0 R/Last 7 0 R/Count 1>>",
        7: b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>",
    },
    "reference to itself": {3: page(resources=b"/XObject 6 0 R"), 6: b"6 0 R"},
    "contents hold themselves": {
        3: page().replace(b"/Contents 4 0 R", b"/Contents[4 0 R 6 0 R]"),
        6: b"[6 0 R 4 0 R]",
    },
    "arrays within arrays": {3: page(entries=b"/Foo " + b"[" * 100_000 + b"]" * 100_000)},
    "sheet of five metres": {3: page().replace(b"595 842", b"14400 14400")},
}


@pytest.mark.parametrize("name", CIRCLES)
def test_rules_broken_cost_no_words(name: str) -> None:
    reading = read_pdf(written(CIRCLES[name]), no_engine)
    assert "kiem tra cong tac" in " ".join(texts(line for page in reading.pages for line in page.lines))


def test_page_that_is_not_there_is_named() -> None:
    data = written({2: b"<</Type/Pages/Kids[3 0 R 7 0 R 8 0 R]/Count 3>>", 8: page()})
    reading = read_pdf(data, no_engine)
    assert [len(page.lines) for page in reading.pages] == [1, 0, 1]
    assert [caution.message[:22] for caution in reading.warnings] == ["Trang 2 không đọc được"]


def test_count_of_pages_that_are_not_there_is_bounded() -> None:
    reading = read_pdf(written({2: b"<</Type/Pages/Kids[3 0 R]/Count 900000>>"}), no_engine)
    assert len(reading.pages) < 1000
    assert [caution.message[:49] for caution in reading.warnings] == [
        "Trang 2 đến trang 900000 không đọc được. Nội dung"
    ]


def test_pages_past_the_bound_are_named(letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_open, "MAX_PAGES", 3)
    reading = read_pdf(letter, no_engine)
    assert len(reading.pages) == 3
    assert reading.warnings[0].message.startswith("Trang 4 đến trang 5 không đọc được. Mỗi tệp chỉ đọc")


def test_only_a_real_password_locks(letter: bytes) -> None:
    def locked(user: str) -> bytes:
        with pikepdf.open(io.BytesIO(letter)) as pdf:
            out = io.BytesIO()
            pdf.save(out, encryption=pikepdf.Encryption(user=user, owner="chu"))
        return out.getvalue()

    assert in_order(texts(read_pdf(locked(""), no_engine).pages[0].lines), ORDER)
    with pytest.raises(EncryptedFile):
        read_pdf(locked("mo"), no_engine)


COSTLY = {
    # name: what the page draws, the most megabytes and seconds
    "a hundred thousand strokes": (WORDS + b"0 0 m 9 9 l S 5 5 m 500 700 l S\n" * 50_000, 300, 30),
    "thirty megabytes of blanks": (WORDS + b"\n" * 30_000_000, 200, 20),
    "ten thousand words on one spot": (
        b"BT /F 1 Tf 50 700 Td " + b"(Uy ban nhan dan) Tj 0 0 Td " * 2_500 + b"ET",
        200,
        60,
    ),
}


@pytest.mark.parametrize("name", COSTLY)
def test_costly_pages_are_read_within_bounds(name: str, tmp_path: Path) -> None:
    content, megabytes, seconds = COSTLY[name]
    (tmp_path / "a.pdf").write_bytes(written({4: stream(content, packed=True)}))
    result = measured(tmp_path / "a.pdf")
    assert result["problem"] is None and result["pages"][0] >= 1
    assert result["megabytes"] < megabytes and result["seconds"] < seconds, result


def picture_bomb(side: int, components: int) -> bytes:
    row = b"\xff" * (side * components)
    colour = b"/DeviceRGB" if components == 3 else b"/DeviceGray"
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace" % (side, side)
    return written(
        {
            3: page(resources=b"/XObject<</X 6 0 R>>"),
            4: stream(b"q 500 0 0 500 0 0 cm /X Do Q " + WORDS),
            6: stream(row * side, entries + colour, packed=True),
        }
    )


def test_picture_that_would_fill_the_memory_leaves_the_typed_words(tmp_path: Path) -> None:
    # 20 000 x 20 000 in three colours, told only by its dictionary: nothing is unpacked
    data = picture_bomb(100, 3).replace(b"/Width 100/Height 100", b"/Width 20000/Height 20000")
    data = data.replace(b"500 0 0 500 0 0 cm", b"595 0 0 842 0 0 cm")
    (tmp_path / "a.pdf").write_bytes(data)
    result = measured(tmp_path / "a.pdf")
    assert result["pages"] == [1] and result["megabytes"] < 150
    assert result["cautions"][0].startswith(
        "Trang 1 chỉ đọc được một phần. Ảnh trên trang khi mở chiếm 1200 MB"
    )


class CountingEngine(FakeEngine):
    """Counts the pictures that are held at one time, and fails on most pages."""

    def __init__(self) -> None:
        super().__init__("Đoàn kiểm tra đã làm việc với các xã")
        self.seen: list[weakref.ref[Image.Image]] = []
        self.most = 0

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        self.seen.append(weakref.ref(image))
        self.most = max(self.most, sum(held() is not None for held in self.seen))
        if len(self.seen) % 6:
            raise TooLarge("Recognising a page took too long.", "Scan it again.")
        return super().words(image, dpi)


def test_pictures_of_many_scanned_pages_are_not_held(tmp_path: Path, fonts: Fonts) -> None:
    one = scan_pdf(tmp_path / "a.pdf", grey_page(), [], fonts)
    with pikepdf.open(io.BytesIO(one)) as pdf:
        for _ in range(11):
            pdf.pages.append(pdf.pages[0])
        out = io.BytesIO()
        pdf.save(out)
    engine = CountingEngine()
    reading = read_pdf(out.getvalue(), lambda: engine)
    assert len(reading.pages) == 12 and sum(bool(page.lines) for page in reading.pages) == 2
    assert engine.most <= 7

    frames = [Image.new("L", (300, 420), 200 + at) for at in range(12)]
    engine = CountingEngine()
    image = read_image(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]), lambda: engine)
    assert sum(bool(page.lines) for page in image.pages) == 2
    assert engine.most <= 7


@pytest.mark.long
def test_five_thousand_pages_cost_memory_for_their_words_only(letter_pdf: PdfMaker) -> None:
    path = letter_pdf(copies=5000)
    result = measured(path)
    assert len(result["pages"]) == 5000 and result["cautions"] == []
    assert result["megabytes"] < 900


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "content"), [("strokes", b"0 0 m 9 9 l S\n" * 1_000_000), ("blanks", b"\n" * 300_000_000)]
)
def test_very_costly_pages(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(written({4: stream(WORDS + b"\n" + content, packed=True)}))
    result = measured(tmp_path / "a.pdf")
    assert result["pages"] == [1] and result["megabytes"] < 1000 and result["seconds"] < 60, result


def test_cover_page_of_a_form_is_told(tmp_path: Path) -> None:
    cover = b"BT /F 12 Tf 50 700 Td (Please wait... If this message is not eventually replaced by the proper contents of the document, your PDF viewer may not be able to display this type of document.) Tj ET"
    data = written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 6 0 R/Fields[]>>>>",
            4: stream(cover),
            6: stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>"),
        }
    )
    with pytest.raises(EmptyFile, match="biểu mẫu"):
        read_pdf(data, no_engine)


def test_portfolio_says_what_it_holds() -> None:
    data = written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Collection<</View/T>>/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>>>",
            6: b"<</Type/Filespec/F(bao cao.pdf)/UF(bao cao.pdf)/EF<</F 7 0 R>>>>",
            7: stream(b"%PDF-1.4", b"/Type/EmbeddedFile"),
        }
    )
    reading = read_pdf(data, no_engine)
    assert [caution.code for caution in reading.warnings] == ["lines_lost"]
    assert "bao cao.pdf" in reading.warnings[0].message
