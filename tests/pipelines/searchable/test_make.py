"""One scan at a time: the picture stays as it is, a wrong layer goes, a right one stays, trouble is named."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from paper import (
    A4,
    FONT,
    Knowing,
    boxes,
    draw,
    jpeg,
    layer,
    picture,
    placed,
    plain_text,
    scanned_pdf,
    texts,
)
from pikepdf.pdfa import validate_written
from PIL import Image, ImageChops

from extract.errors import DamagedFile, EncryptedFile, FileProblem
from pipelines.searchable.make import Made, make

LINES = placed()
ENGINE = Knowing(LINES)


def image_streams(path: Path) -> list[str]:
    """Hashes of the data of all pictures, as they lie in the file."""
    with pikepdf.open(path) as pdf:
        return sorted(
            hashlib.sha256(entry.read_raw_bytes()).hexdigest()
            for entry in pdf.objects
            if isinstance(entry, pikepdf.Stream) and entry.get("/Subtype") == "/Image"
        )


def codes(made: Made) -> list[str]:
    return [caution.code for caution in made.warnings]


def shows(path: Path, lines: list[str] | None = None) -> bool:
    """Whether every line stands in the layer as a line."""
    found = {line.strip() for line in plain_text(path).splitlines()}
    return all(line in found for line in lines or [line.text for line in LINES])


# --- pictures ----------------------------------------------------------------------


@pytest.mark.parametrize("dpi", [(150, 150), (72, 72), None])
def test_jpeg_data_are_copied_and_the_page_is_a4(dpi: tuple[int, int] | None, tmp_path: Path) -> None:
    source, target = tmp_path / "a.jpg", tmp_path / "a.pdf"
    source.write_bytes(jpeg(draw(LINES), **({"dpi": dpi} if dpi else {})))
    made = make(source, target, engine=ENGINE)
    assert image_streams(target) == [hashlib.sha256(source.read_bytes()).hexdigest()]
    with pikepdf.open(target) as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == pytest.approx([0, 0, *A4], abs=2)
    assert shows(target)
    assert (made.pages, made.recognised, made.pdfa, made.reason) == (1, 1, "PDF/A-2b", None)
    assert validate_written(target, "2b").passed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jpg", "a.pdf"]


@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
def test_a_photograph_stands_as_its_camera_says(orientation: int, turn: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    source, target = tmp_path / "a.jpg", tmp_path / "a.pdf"
    source.write_bytes(jpeg(draw(LINES).rotate(turn, expand=True), exif=exif))
    make(source, target, engine=ENGINE)
    assert image_streams(target) == [hashlib.sha256(source.read_bytes()).hexdigest()]
    assert shows(target)
    with pikepdf.open(target) as pdf:
        assert int(pdf.pages[0].Rotate) == turn


def test_a_page_on_its_side_is_shown_upright_and_its_picture_is_untouched(tmp_path: Path) -> None:
    source, target = tmp_path / "a.jpg", tmp_path / "a.pdf"
    source.write_bytes(jpeg(draw(LINES).rotate(90, expand=True), dpi=(150, 150)))
    made = make(source, target, engine=Knowing(LINES, turns=1))
    assert made.turned == ((1, 90),)
    assert image_streams(target) == [hashlib.sha256(source.read_bytes()).hexdigest()]
    assert shows(target)
    shown = picture(target)
    assert shown.height > shown.width
    upright = np.asarray(draw(LINES).resize(shown.size), dtype=float)
    assert float(np.abs(np.asarray(shown, dtype=float) - upright).mean()) < 8


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P"])
def test_png_keeps_every_pixel(mode: str, tmp_path: Path) -> None:
    source, target = tmp_path / "a.png", tmp_path / "a.pdf"
    drawn = draw(LINES, mode=mode)
    drawn.save(source, dpi=(150, 150))
    make(source, target, engine=ENGINE)
    assert shows(target)
    with pikepdf.open(target) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        kept = pikepdf.PdfImage(image).as_pil_image()
    assert ImageChops.difference(kept.convert("RGB"), drawn.convert("RGB")).getbbox() is None


def test_transparent_parts_become_paper(tmp_path: Path) -> None:
    source, target = tmp_path / "a.png", tmp_path / "a.pdf"
    ink = draw(LINES)
    seen = Image.merge("LA", (Image.new("L", ink.size, 0), ink.point(lambda grey: 255 - grey)))
    seen.save(source, dpi=(150, 150))
    make(source, target, engine=ENGINE)
    assert shows(target)
    assert picture(target).getpixel((5, 5)) > 240


def test_every_frame_of_a_tiff_is_a_page_with_its_own_pixels(tmp_path: Path) -> None:
    source, target = tmp_path / "a.tif", tmp_path / "a.pdf"
    frames = [draw(LINES, dpi=100, mode=mode) for mode in ("1", "L", "RGB", "1")]
    frames[0].save(source, save_all=True, append_images=frames[1:], dpi=(100, 100))
    made = make(source, target, engine=ENGINE)
    assert (made.pages, made.recognised, made.pdfa) == (4, 4, "PDF/A-2b")
    with pikepdf.open(target) as pdf:
        for page, frame in zip(pdf.pages, frames, strict=True):
            (image,) = page.get_images().values()
            kept = pikepdf.PdfImage(image).as_pil_image()
            assert ImageChops.difference(kept.convert("RGB"), frame.convert("RGB")).getbbox() is None
    assert all(plain_text(target, index).split() == texts(LINES) for index in range(4))


def test_a_broken_frame_is_named_and_its_page_is_empty(tmp_path: Path) -> None:
    source, target = tmp_path / "a.tif", tmp_path / "a.pdf"
    frames = [draw(LINES, dpi=100) for _ in range(3)]
    frames[0].save(source, save_all=True, append_images=frames[1:], compression="tiff_deflate")
    data = bytearray(source.read_bytes())
    with Image.open(io.BytesIO(data)) as image:
        image.seek(1)
        start = image.tag_v2[273][0]
    data[start : start + 40] = b"\xff" * 40
    source.write_bytes(data)
    made = make(source, target, engine=ENGINE)
    assert (made.pages, made.recognised) == (3, 2)
    assert "lines_lost" in codes(made)
    assert [caution.message.startswith("Trang 2 ") for caution in made.warnings] == [True]
    assert plain_text(target, 0).split() == plain_text(target, 2).split() == texts(LINES)
    assert plain_text(target, 1) == ""


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_what_is_left_of_a_cut_off_picture_is_stored(suffix: str, tmp_path: Path) -> None:
    source, target = tmp_path / f"a{suffix}", tmp_path / "a.pdf"
    draw(LINES).save(source, dpi=(150, 150))
    source.write_bytes(source.read_bytes()[: int(0.6 * source.stat().st_size)])
    made = make(source, target, engine=ENGINE)
    assert codes(made)[0] == "lines_lost"
    assert float(np.asarray(picture(target).crop((0, 40, 595, 150))).std()) > 10


def test_a_page_that_states_no_size_is_named(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(source, [jpeg(draw(LINES))] * 2)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 0, 0])
        pdf.save()
    made = make(source, target, engine=ENGINE)
    assert made.recognised == 1
    assert "Trang 1 không thêm được lớp chữ: trang không ghi kích thước." in [
        caution.message for caution in made.warnings
    ]
    assert plain_text(target, 1).split() == texts(LINES)


def test_a_picture_without_words_is_kept_and_said(tmp_path: Path) -> None:
    source, target = tmp_path / "a.png", tmp_path / "a.pdf"
    Image.new("L", (1240, 1754), 245).save(source, dpi=(150, 150))
    made = make(source, target, engine=ENGINE)
    assert (made.pages, made.recognised, codes(made)) == (1, 0, ["no_words"])
    assert target.exists()


# --- PDF ----------------------------------------------------------------------------


def test_pages_of_a_scanned_pdf_keep_picture_boxes_rotation_and_metadata(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "out" / "a.pdf"
    target.parent.mkdir()
    upright = jpeg(draw(LINES))
    scanned_pdf(source, [upright, upright])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Title"] = "Báo cáo 2021"
        pdf.docinfo["/Author"] = "Văn phòng"
        pdf.pages[1].CropBox = pikepdf.Array([0, 0, *A4])
        pdf.pages[1].TrimBox = pikepdf.Array([5, 5, 590, 830])
        pdf.save()
    before = image_streams(source)
    made = make(source, target, engine=ENGINE)
    assert (made.pages, made.recognised, made.copied, made.pdfa) == (2, 2, False, "PDF/A-2b")
    assert image_streams(target) == before
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Báo cáo 2021"
        assert str(pdf.docinfo["/Author"]) == "Văn phòng"
        assert [int(edge) for edge in pdf.pages[1].TrimBox] == [5, 5, 590, 830]
    for index in (0, 1):
        assert plain_text(target, index).split() == texts(LINES)
        assert ImageChops.difference(picture(source, index), picture(target, index)).getbbox() is None


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_words_lie_right_on_a_page_that_is_shown_turned(rotate: int, tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(source, [jpeg(draw(LINES).rotate(rotate, expand=True))])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        if rotate != 180:
            page.MediaBox = pikepdf.Array([0, 0, *A4[::-1]])
            page.Contents = pdf.make_stream(f"q {A4[1]} 0 0 {A4[0]} 0 0 cm /Im Do Q".encode())
        page.Rotate = rotate
        pdf.save()
    make(source, target, engine=ENGINE)
    found = layer(target)
    assert [word.text for word in found] == texts(LINES)
    pairs = zip(found, boxes(LINES), strict=True)
    assert (
        max(abs(a - b) for word, box in pairs if word.box for a, b in zip(word.box, box, strict=True)) < 0.01
    )


WRONG = (
    b"BT 3 Tr /F 11 Tf 60 780 Td 14 TL "
    + b"".join(
        b"(UV BxN NHbN DwN CQNG HQA XfA HQI CilU NGHlA VlQT NxM DQclgp Tvdq Hgnhphvc %d) Tj T* " % number
        for number in range(12)
    )
    + b"ET\n"
)


@pytest.mark.parametrize("name", ["invisible", "under the picture"])
def test_a_wrong_layer_is_replaced(name: str, tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    under = WRONG.replace(b"3 Tr", b"0 Tr")
    hidden = {"before": under} if name == "under the picture" else {"after": WRONG}
    scanned_pdf(source, [jpeg(draw(LINES))] * 2, **hidden)
    assert "HQI" in plain_text(source, 1)
    before = image_streams(source), picture(source)
    made = make(source, target, engine=ENGINE)
    assert made.recognised == 2
    for index in (0, 1):
        assert plain_text(target, index).split() == texts(LINES)
    assert image_streams(target) == before[0]
    assert ImageChops.difference(before[1], picture(target)).getbbox() is None
    assert made.pdfa == "PDF/A-2b"


def test_a_layer_in_a_form_that_pages_share_is_replaced(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(source, [jpeg(draw(LINES))] * 2)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        form = pikepdf.Stream(pdf, WRONG)
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, *A4])
        form.Resources = pikepdf.Dictionary(Font=pdf.pages[0].Resources.Font)
        form = pdf.make_indirect(form)
        for page in pdf.pages:
            page.Resources.XObject.Fm = form
            page.contents_add(b"/Fm Do\n")
        pdf.save()
    assert "HQI" in plain_text(source)
    make(source, target, engine=ENGINE)
    assert plain_text(target, 0).split() == plain_text(target, 1).split() == texts(LINES)


def test_visible_text_over_a_scan_stays_and_is_not_written_twice(tmp_path: Path) -> None:
    stamp = b"BT 0 Tr /F 9 Tf 300 30 Td (Signed by Van phong) Tj ET\n"
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(source, [jpeg(draw(LINES))], after=stamp)
    seen = [*LINES, *placed([(300 / A4[0], 1 - 30 / A4[1], "Signed by Van phong")], size=9 / A4[1])]
    made = make(source, target, engine=Knowing(seen))
    text = plain_text(target)
    assert text.split().count("Signed") == 1
    assert sorted(text.split()) == sorted(texts(seen))
    assert ImageChops.difference(picture(source), picture(target)).getbbox() is None
    # the stamp's Helvetica lies outside the file, which PDF/A does not allow
    assert made.pdfa is None and made.reason and "font" in made.reason.lower()


def test_typed_vietnamese_over_a_scan_stays_beside_what_was_recognised(tmp_path: Path) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    typed = [
        (0.12, 0.60 + 0.02 * n, "Văn phòng đã sao y bản chính, ký số ngày 16 tháng 3 năm 2021")
        for n in range(5)
    ]
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    pdfmetrics.registerFont(TTFont("Tinos", FONT))
    canvas = Canvas(str(source), pagesize=A4)
    canvas.drawImage(ImageReader(draw(LINES)), 0, 0, *A4)
    canvas.setFont("Tinos", 0.0155 * A4[1])
    for left, base, text in typed:
        canvas.drawString(left * A4[0], (1 - base) * A4[1], text)
    canvas.save()
    seen = [*LINES, *placed(typed)]
    make(source, target, engine=Knowing(seen))
    assert sorted(plain_text(target).split()) == sorted(texts(seen))
    assert shows(target)
    assert shows(target, [typed[0][2]])
    assert ImageChops.difference(picture(source), picture(target)).getbbox() is None


def test_what_a_zone_says_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature that is typed over the scan stays typed; the reader's copy of it is not laid beside it."""
    from extract.pages import Page, Source, Zone

    stamp = b"BT 0 Tr /F 9 Tf 300 30 Td (Signed by Van phong) Tj ET\n"
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(source, [jpeg(draw(LINES))], after=stamp)
    zones = [
        Zone("digital_signature", 1, (0.4, 0.94, 0.8, 0.98), "Signed by Van phong"),
        Zone("page_number", 1, (0.45, 0.02, 0.55, 0.04), "Trang 7"),
    ]
    page = Page(1, list(LINES), origin="mixed", width=A4[0], height=A4[1], zones=zones)
    monkeypatch.setattr(
        "pipelines.searchable.make.read", lambda *_, **__: Source("a.pdf", "", "pdf", [page], engine="e")
    )
    make(source, target)
    found = plain_text(target).split()
    assert (found.count("Signed"), found.count("Trang")) == (1, 1)


def test_typed_text_in_an_old_encoding_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.pages import Page, Source

    read = Source("a.pdf", "", "pdf", [Page(1, [], origin="layer")], conversion="TCVN3 (.VnTime)")
    monkeypatch.setattr("pipelines.searchable.make.read", lambda *_, **__: read)
    source = scanned_pdf(tmp_path / "a.pdf", [jpeg(draw(LINES))])
    made = make(source, tmp_path / "b.pdf")
    assert (made.copied, codes(made)) == (True, ["old_encoding"])
    assert "TCVN3 (.VnTime)" in made.warnings[0].message


def test_typed_pages_between_scanned_ones_are_untouched(archive_pdf: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scan = scanned_pdf(tmp_path / "scan.pdf", [jpeg(draw(LINES))])
    with pikepdf.open(archive_pdf) as pdf, pikepdf.open(scan) as more:
        del pdf.pages[1:]
        pdf.pages.extend(more.pages)
        pdf.save(source)
    before = plain_text(source)
    made = make(source, target, engine=ENGINE)
    assert (made.pages, made.recognised) == (2, 1)
    assert plain_text(target) == before
    assert plain_text(target, 1).split() == texts(LINES)
    with pikepdf.open(source) as one, pikepdf.open(target) as other:
        assert one.pages[0].Contents.read_bytes() == other.pages[0].Contents.read_bytes()


@pytest.fixture
def archive_pdf(archive: Path) -> Path:
    return (
        Path(__file__).parents[3] / "corpora" / "samples" / "archive" / "2019" / "bao-cao-kiem-tra-2019.pdf"
    )


def test_a_typed_pdf_is_copied_byte_for_byte(archive_pdf: Path, tmp_path: Path) -> None:
    engine = Knowing(LINES)
    made = make(archive_pdf, tmp_path / "b.pdf", engine=engine)
    assert (made.copied, made.recognised, engine.asked) == (True, 0, 0)
    assert (tmp_path / "b.pdf").read_bytes() == archive_pdf.read_bytes()


def signed(path: Path) -> Path:
    scanned_pdf(path, [jpeg(draw(LINES))])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        signature = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), Contents=pikepdf.String("x")
        )
        field = pdf.make_indirect(
            pikepdf.Dictionary(T=pikepdf.String("Ký"), FT=pikepdf.Name.Sig, V=pdf.make_indirect(signature))
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        pdf.save()
    return path


def test_a_signed_pdf_is_copied_as_it_is(tmp_path: Path) -> None:
    source, target = signed(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    engine = Knowing(LINES)
    made = make(source, target, engine=engine)
    assert (made.copied, codes(made), engine.asked) == (True, ["signed"], 0)
    assert target.read_bytes() == source.read_bytes()


def test_a_signed_pdf_gets_a_layer_when_that_is_asked_for(tmp_path: Path) -> None:
    source, target = signed(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    kept = source.read_bytes()
    made = make(source, target, engine=ENGINE, alter_signed=True)
    assert "signature_broken" in codes(made)
    assert shows(target)
    assert source.read_bytes() == kept


def test_an_empty_signature_field_is_no_signature(tmp_path: Path) -> None:
    source = signed(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        del pdf.Root.AcroForm.Fields[0].V
        pdf.save()
    assert not make(source, tmp_path / "b.pdf", engine=ENGINE).copied


def test_a_protected_pdf_is_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(tmp_path / "open.pdf", [jpeg(draw(LINES))])
    with pikepdf.open(tmp_path / "open.pdf") as pdf:
        pdf.save(source, encryption=pikepdf.Encryption(owner="secret", user=""))
    with pytest.raises(EncryptedFile, match="bị khóa"):
        make(source, target, engine=ENGINE)
    assert not target.exists()


def test_a_cut_off_pdf_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "out" / "b.pdf"
    target.parent.mkdir()
    scanned_pdf(source, [jpeg(draw(LINES))])
    source.write_bytes(source.read_bytes()[:-400])
    with pytest.raises(FileProblem):
        make(source, target, engine=ENGINE)
    assert list(target.parent.iterdir()) == []


class Failing(Knowing):
    """Fails on the second picture."""

    def words(self, image: Image.Image, dpi: int) -> list:
        if self.asked == 1:
            self.asked += 1
            raise DamagedFile("The recognition gave up.", "Scan it again.")
        return super().words(image, dpi)


def test_a_page_that_cannot_be_recognised_is_kept_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.reading.scan.ocr.THREADS", 1)
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(source, [jpeg(draw(LINES))] * 3)
    made = make(source, target, engine=Failing(LINES))
    assert (made.pages, made.recognised) == (3, 2)
    (lost,) = [caution.message for caution in made.warnings if caution.code == "lines_lost"]
    assert lost.startswith("Trang 2 không đọc được. The recognition gave up.")
    assert plain_text(target, 1) == ""
    assert image_streams(source) == image_streams(target)
    assert ImageChops.difference(picture(source, 1), picture(target, 1)).getbbox() is None


def test_a_hidden_note_is_worth_more_than_pdfa(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scanned_pdf(source, [jpeg(draw(LINES))])
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=pikepdf.Array([10, 10, 30, 30]),
            Contents=pikepdf.String("xem lại"),
            F=2,
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save()
    made = make(source, target, engine=ENGINE)
    assert made.pdfa is None and made.reason and "chú thích ẩn" in made.reason
    with pikepdf.open(target) as pdf:
        assert str(pdf.pages[0].Annots[0].Contents) == "xem lại"
    assert shows(target)


def test_words_that_do_not_read_back_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "a.jpg", tmp_path / "a.pdf"
    source.write_bytes(jpeg(draw(LINES)))
    monkeypatch.setattr("pipelines.searchable.layer.content", lambda leaf, font: b"")
    made = make(source, target, engine=ENGINE)
    assert codes(made) == ["text_layer_incomplete"]
    assert f"Trang 1: {len(texts(LINES))}/{len(texts(LINES))} từ" in made.warnings[0].message


def test_words_that_lie_elsewhere_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "a.jpg", tmp_path / "a.pdf"
    source.write_bytes(jpeg(draw(LINES)))
    monkeypatch.setattr("pipelines.searchable.layer._matrix", lambda box, quarters: (1, 0, 0, 1, 0, -40))
    made = make(source, target, engine=ENGINE)
    assert codes(made) == ["text_layer_misplaced"]


def test_a_real_scan_from_beginning_to_end(tesseract: bool, archive_pdf: Path, tmp_path: Path) -> None:
    if not tesseract:
        pytest.skip("Tesseract with Vietnamese is not installed")
    from corpora.render_scan import copier_scan

    first, source, target = tmp_path / "one.pdf", tmp_path / "a.pdf", tmp_path / "b.pdf"
    with pikepdf.open(archive_pdf) as pdf:
        del pdf.pages[1:]
        pdf.save(first)
    copier_scan(first, source, dpi=150)
    made = make(source, target)
    assert made.recognised == 1 and made.engine and made.pdfa == "PDF/A-2b"
    typed = {word for word in plain_text(first).split() if len(word) > 3}
    found = set(plain_text(target).split())
    assert len(typed & found) > 0.9 * len(typed)
    assert image_streams(source) == image_streams(target)
