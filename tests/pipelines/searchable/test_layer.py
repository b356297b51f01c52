"""The text layer lies where the words stand and reads back right, also on slanted and turned pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from paper import A4, LETTER, boxes, layer, placed, plain_text, slanted, texts

from extract.pages import Line, Word, Zone
from extract.reading.scan.ocr import turn_box
from pipelines.searchable.font import LayerFont
from pipelines.searchable.layer import leaf_of, put_under

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


def written(
    path: Path,
    lines: list[Line],
    *,
    turns: int = 0,
    rotate: int = 0,
    box: tuple[float, ...] | None = None,
    zones: list[Zone] | None = None,
) -> Path:
    """A page that holds nothing but the layer. ``turns``: quarters that the page needs to stand upright."""
    with pikepdf.new() as pdf:
        width, height = A4 if (turns + rotate) % 2 == 0 else A4[::-1]
        left, bottom = (0.0, 0.0) if box is None else box
        pdf.add_blank_page(page_size=(width, height))
        page = pdf.pages[0]
        if box is not None:
            page.MediaBox = pikepdf.Array([left - 20, bottom - 30, left + width + 40, bottom + height + 10])
            page.CropBox = pikepdf.Array([left, bottom, left + width, bottom + height])
        page.Rotate = 90 * ((rotate + turns) % 4)
        font = LayerFont(pdf)
        shown = A4 if turns % 2 == 0 else A4[::-1]
        leaf = leaf_of(lines, zones or [], shown, turns)
        put_under(pdf, page, leaf, font, rotate + turns)
        font.finish()
        pdf.save(path)
    return path


def lying(lines: list[Line], turns: int) -> list[Line]:
    """The lines on a page that has to be turned by so many quarters to stand upright."""
    return [
        Line([Word(word.text, box=turn_box(word.box, -turns)) for word in line.words if word.box], page=1)
        for line in lines
    ]


def kept_lines(text: str, lines: list[Line]) -> int:
    found = {line.strip() for line in text.splitlines()}
    return sum(line.text in found for line in lines)


def far(path: Path, lines: list[Line]) -> float:
    """By how much the worst edge of a word read back is off, as a fraction of the page."""
    found = layer(path)
    assert [word.text for word in found] == texts(lines)
    pairs = zip(found, boxes(lines), strict=True)
    return max(abs(a - b) for word, box in pairs if word.box for a, b in zip(word.box, box, strict=True))


@pytest.mark.parametrize("degrees", [0, 0.4, 1, 1.5, 2, 2.5, 3, 4, -1, -2, -3.5])
def test_words_and_lines_come_back_in_order_from_slanted_pages(degrees: float, tmp_path: Path) -> None:
    lines = slanted(placed(), degrees)
    path = written(tmp_path / "a.pdf", lines)
    text = plain_text(path)
    assert text.split() == texts(lines)
    assert kept_lines(text, lines) == len(lines)
    assert unicodedata.is_normalized("NFC", text)
    assert far(path, lines) < 0.02
    with pdfplumber.open(path) as pdf:
        assert pdf.pages[0].extract_text(use_text_flow=True).split() == texts(lines)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("degrees", [0, 1, 2, -3])
def test_poppler_reads_the_same_words(degrees: float, tmp_path: Path) -> None:
    lines = slanted(placed(), degrees)
    path = written(tmp_path / "a.pdf", lines)
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, env=os.environ)
    assert done.stdout.decode().split() == texts(lines)


@pytest.mark.parametrize("rotate", [0, 1, 2, 3])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_turned_pages_read_upright(turns: int, rotate: int, tmp_path: Path) -> None:
    lines = placed()
    path = written(tmp_path / "a.pdf", lying(lines, turns), turns=turns, rotate=rotate)
    assert kept_lines(plain_text(path), lines) == len(lines)
    assert far(path, lines) < 0.01


@pytest.mark.parametrize("rotate", [0, 1, 2, 3])
def test_the_layer_follows_the_visible_part_of_the_page(rotate: int, tmp_path: Path) -> None:
    lines = placed()
    path = written(tmp_path / "a.pdf", lines, rotate=rotate, box=(100.0, -50.0))
    assert far(path, lines) < 0.01


def test_columns_of_the_head_are_not_mixed(tmp_path: Path) -> None:
    text = plain_text(written(tmp_path / "a.pdf", placed()))
    assert text.index("Số: 27/BC-UBND") < text.index("CỘNG HÒA XÃ HỘI")
    assert "DÂN CỘNG" not in text.replace("\r\n", " ").replace("  ", " ")[:20]


def test_a_phrase_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", slanted(placed(), 1.2))
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        search = page.get_textpage().search("niêm yết công khai 98,5% số thủ tục")
        assert search.get_next() is not None
        assert search.get_next() is None


def test_letters_that_the_font_lacks_read_back(tmp_path: Path) -> None:
    lines = placed([(0.1, 0.1, "☑ Đạt → 12 漢字 😀 ≠ €5")])
    assert plain_text(written(tmp_path / "a.pdf", lines)).split() == texts(lines)


def test_words_much_wider_or_narrower_than_their_neighbours_stay_whole(tmp_path: Path) -> None:
    boxes = [(0.1, 0.15), (0.16, 0.42), (0.43, 0.46), (0.47, 0.50)]
    words = ["Nhóm", "GIẤY", "chuyên-môn-nghiệp-vụ", "xã"]
    line = Line([Word(w, box=(a, 0.1, b, 0.115)) for w, (a, b) in zip(words, boxes, strict=True)], page=1)
    for lines in ([line], slanted([line], 2)):
        path = written(tmp_path / "a.pdf", lines)
        assert [word.text for word in layer(path)] == words
        assert far(path, lines) < 0.01


def test_a_line_that_jumps_back_is_cut(tmp_path: Path) -> None:
    line = Line(
        [
            Word("Kết", box=(0.5, 0.2, 0.56, 0.215)),
            Word("luận", box=(0.57, 0.2, 0.63, 0.215)),
            Word("kiểm", box=(0.1, 0.23, 0.16, 0.245)),
            Word("tra", box=(0.17, 0.23, 0.2, 0.245)),
        ],
        page=1,
    )
    path = written(tmp_path / "a.pdf", [line])
    assert plain_text(path).split() == ["Kết", "luận", "kiểm", "tra"]
    assert far(path, [line]) < 0.01


def test_printed_zones_are_searchable_and_seals_are_not(tmp_path: Path) -> None:
    zones = [
        Zone("incoming_stamp", 1, (0.1, 0.5, 0.4, 0.58), "CÔNG VĂN ĐẾN\nSố: 318 Ngày: 16/3/2021"),
        Zone("seal", 1, (0.6, 0.7, 0.8, 0.85), "nOv BNn"),
    ]
    path = written(tmp_path / "a.pdf", placed(LETTER[:2]), zones=zones)
    text = plain_text(path)
    assert "CÔNG VĂN ĐẾN" in text
    assert "318 Ngày: 16/3/2021" in text
    assert "BNn" not in text
    inside = [word for word in layer(path) if word.text == "318"]
    assert inside and inside[0].box and 0.1 <= inside[0].box[0] <= 0.4 and 0.54 <= inside[0].box[1] <= 0.58


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.lists(
        some.lists(
            some.text(LETTERS + LETTERS.upper() + "0123456789.,;:%/()-", min_size=1, max_size=9),
            min_size=1,
            max_size=8,
        ),
        min_size=1,
        max_size=12,
    ),
    some.sampled_from([0.0, 0.7, -1.5]),
)
def test_any_words_come_back(tmp_path: Path, rows: list[list[str]], degrees: float) -> None:
    drawn = [(0.1, 0.06 + 0.03 * number, " ".join(row)) for number, row in enumerate(rows)]
    lines = slanted(placed(drawn), degrees)
    found = plain_text(written(tmp_path / "a.pdf", lines))
    assert "".join(found.replace("\x02", "-").replace("￾", "-").split()) == "".join(texts(lines))
