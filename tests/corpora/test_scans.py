"""Made scans: their truth is the document's text, lies on the ink, and is the same every time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFont

from corpora.forms import WRITTEN, Form
from corpora.ink import FONTS, NOTE_HANDS
from corpora.render import blocks, cell_lines, plain
from corpora.scans import (
    DAMAGES,
    DIGIT_HANDS,
    FIELDS,
    Scan,
    TrueWord,
    make_scan,
    read_form,
    scan_pdf,
    written_forms,
)

LETTER = "cam-tra/02-cong-van-phe-binh-2018"
REPORT = "an-trach/01-bao-cao-6-thang-2016"
BLOCKS = 8


@pytest.fixture(scope="module")
def forms() -> dict[str, Form]:
    return {form.name: form for form in written_forms()}


def grey(scan: Scan, page: int = 0) -> np.ndarray:
    return np.asarray(scan.pages[page].convert("L"), dtype=float)


def cut(picture: np.ndarray, word: TrueWord) -> np.ndarray:
    height, width = picture.shape
    x0, y0, x1, y1 = word.box
    rows = slice(int(y0 * height), int(np.ceil(y1 * height)))
    return picture[rows, int(x0 * width) : int(np.ceil(x1 * width))]


def words_of(markdown: str) -> list[str]:
    """The words of a document in Markdown, by the blocks and not by any layout."""
    found: list[str] = []
    for block in blocks(markdown):
        if block.kind in ("layout", "table"):
            lines = (line for row in block.rows for cell in row for line in cell_lines(cell) if line != "---")
        elif block.kind == "rule":
            continue
        else:
            lead = {"item": "- ", "numbered": f"{block.number}. "}.get(block.kind, "")
            lines = iter([lead + plain(block.text)])
        found += [word for line in lines for word in plain(line).split()]
    return found


def test_most_written_documents_have_a_form(forms: dict[str, Form]) -> None:
    assert len(forms) >= 80
    assert {form.fields["kind"] for form in forms.values()} >= {
        "báo cáo",
        "công văn",
        "kết luận",
        "thông báo",
    }
    assert all(set(form.fields) == set(FIELDS) and all(form.fields.values()) for form in forms.values())


def test_fields_are_those_of_the_paper(forms: dict[str, Form]) -> None:
    assert forms[LETTER].fields == {
        "number": "933/UBND-NV",
        "date": "2018-08-17",
        "kind": "công văn",
        "issuer": "ỦY BAN NHÂN DÂN HUYỆN CẨM TRÀ",
        "subject": "V/v phê bình một số đơn vị thực hiện chưa nghiêm công tác cải cách hành chính",
        "signer": "Trần Duy Khoát",
        "signer_title": "PHÓ CHỦ TỊCH",
    }


@pytest.mark.parametrize(
    "name", [LETTER, REPORT, "sa-loc/03-thong-bao-ket-luan-2024", "phuoc-co/02-bao-cao-kiem-tra-2020"]
)
def test_truth_is_the_text_of_the_document(forms: dict[str, Form], name: str) -> None:
    scan = make_scan(forms[name], dpi=40)
    assert len(scan.pages) == len(scan.truth.pages) > 1
    assert scan.truth.text.split() == words_of(forms[name].markdown())


@pytest.mark.long
def test_truth_is_the_text_of_every_document(forms: dict[str, Form]) -> None:
    for form in forms.values():
        assert make_scan(form, dpi=40).truth.text.split() == words_of(form.markdown()), form.name
        by_hand = make_scan(form, dpi=40, hand=True, pages=[0])
        assert sum(word.hand for word in by_hand.truth.pages[0].words) == 2, form.name


def test_written_numbers_belong_to_the_truth(forms: dict[str, Form]) -> None:
    printed = make_scan(forms[REPORT], dpi=60, blocks=BLOCKS)
    by_hand = make_scan(forms[REPORT], dpi=60, blocks=BLOCKS, hand=True)
    assert by_hand.truth.text == printed.truth.text
    hands = [word for word in by_hand.truth.pages[0].words if word.hand]
    assert [(word.text, word.field) for word in hands] == [("143/BC-UBND", "number"), ("14", "date")]
    assert {name for name, field in by_hand.truth.fields.items() if field.hand} == {"number", "date"}
    assert not any(field.hand for field in printed.truth.fields.values())
    assert not any(word.hand for word in printed.truth.pages[0].words)


def test_a_page_number_is_no_text(forms: dict[str, Form]) -> None:
    scan = make_scan(forms[REPORT], dpi=40)
    for number, page in enumerate(scan.truth.pages[1:], start=2):
        assert [line.text for line in page.lines if line.part == "page_number"] == [str(number)]
        assert str(number) != page.text.split()[0]


def test_columns_of_the_head_are_apart(forms: dict[str, Form]) -> None:
    page = make_scan(forms[REPORT], dpi=40, blocks=BLOCKS).truth.pages[0]
    lines = {
        part: [line.text for line in page.lines if line.part == part] for part in ("head_left", "head_right")
    }
    assert lines["head_left"] == ["ỦY BAN NHÂN DÂN", "HUYỆN AN TRẠCH", "Số: 143/BC-UBND"]
    assert lines["head_right"][1:] == ["Độc lập - Tự do - Hạnh phúc", "An Trạch, ngày 14 tháng 6 năm 2016"]
    assert [line.text for line in page.lines][-1] == "Lương Đình Khoát"


@pytest.mark.parametrize("damage", DAMAGES)
def test_boxes_lie_on_the_ink(forms: dict[str, Form], damage: str) -> None:
    """Each box holds ink close to each of its four edges, and the paper between two lines holds none."""
    scan = make_scan(forms[REPORT], damage, dpi=110, seed=3, hand=True, blocks=BLOCKS)
    picture = grey(scan)
    assert scan.truth.pages[0].text == make_scan(forms[REPORT], dpi=40, blocks=BLOCKS).truth.text
    missed = 0
    words = [word for word in scan.truth.pages[0].words if len(word.text) > 2]
    for word in words:
        part = cut(picture, word)
        paper, ink = np.percentile(part, 90), np.percentile(part, 3)
        dark = part < (paper + ink) / 2
        reach = max(3, part.shape[0] // 4)
        wide = part.shape[1] // 3
        edges = (dark[:reach], dark[-reach:], dark[:, :wide], dark[:, -wide:])
        missed += paper - ink < 25 or not all(edge.any() for edge in edges) or dark.mean() > 0.6
    assert missed <= len(words) * 0.01


def test_boxes_are_tight(forms: dict[str, Form]) -> None:
    """On the clean page the ink of a word touches the edges of its box, to a pixel."""
    scan = make_scan(forms[LETTER], dpi=150, blocks=BLOCKS)
    picture = grey(scan)
    for word in scan.truth.pages[0].words:
        dark = cut(picture, word) < 170
        assert dark[:, :3].any() and dark[:, -3:].any() and dark[:3].any() and dark[-3:].any(), word


@pytest.mark.parametrize("damage", DAMAGES)
def test_same_seed_same_picture(forms: dict[str, Form], damage: str) -> None:
    made = [
        make_scan(forms[LETTER], damage, dpi=40, seed=seed, hand=True, blocks=BLOCKS) for seed in (5, 5, 6)
    ]
    first, again, other = (hashlib.sha256(scan.pages[0].tobytes()).hexdigest() for scan in made)
    assert first == again != other
    assert made[0].truth == made[1].truth


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name not in ("clean", "two_pages")])
def test_damage_leaves_a_trace(forms: dict[str, Form], damage: str) -> None:
    clean = make_scan(forms[LETTER], dpi=120, blocks=BLOCKS)
    hurt = make_scan(forms[LETTER], damage, dpi=120, blocks=BLOCKS)
    assert clean.pages[0].size != hurt.pages[0].size or not np.array_equal(grey(clean), grey(hurt))


def test_stamps_say_nothing_in_the_truth_and_colour_the_page(forms: dict[str, Form]) -> None:
    clean = make_scan(forms[LETTER], dpi=60, blocks=BLOCKS)
    assert clean.pages[0].mode == "L"
    for damage in ("red_seal", "margin_note", "signature"):
        stamped = make_scan(forms[LETTER], damage, dpi=60, blocks=BLOCKS)
        assert stamped.truth == clean.truth
        assert stamped.pages[0].mode == "RGB"


def test_seal_covers_the_signer_title(forms: dict[str, Form]) -> None:
    sealed = make_scan(forms[LETTER], "red_seal", dpi=100, blocks=BLOCKS)
    colours = np.asarray(sealed.pages[0].convert("HSV"), dtype=int)
    red = (colours[..., 1] > 60) & ((colours[..., 0] < 20) | (colours[..., 0] > 235))
    height, width = red.shape
    title = [word for word in sealed.truth.pages[0].words if word.field == "signer_title"]
    assert any(cut(red.astype(float), word).mean() > 0.05 for word in title)
    rows, columns = np.nonzero(red)
    across = (columns.max() - columns.min()) / width * 210
    assert 30 < across < 42  # a seal is 36 mm wide
    assert (rows.max() - rows.min()) / height * 297 == pytest.approx(across, abs=3)


def test_two_pages_stand_side_by_side(forms: dict[str, Form]) -> None:
    single = make_scan(forms[REPORT], dpi=40)
    double = make_scan(forms[REPORT], "two_pages", dpi=40)
    assert len(double.pages) == (len(single.pages) + 1) // 2
    assert double.pages[0].width == 2 * single.pages[0].width
    assert double.truth.text == single.truth.text
    left = [word.box[2] for word in double.truth.pages[0].words][: len(list(single.truth.pages[0].words))]
    assert max(left) <= 0.5


def test_turned_pages_read_upwards(forms: dict[str, Form]) -> None:
    words = list(make_scan(forms[LETTER], "turned_90", dpi=40, blocks=BLOCKS).truth.pages[0].words)
    first, second = words[0].box, words[1].box
    assert second[3] < first[1] and abs(second[0] - first[0]) < 0.01


def test_hands_are_many_and_know_their_letters() -> None:
    assert len(DIGIT_HANDS) >= 6
    letters = {name: "0123456789" for name in DIGIT_HANDS} | {
        name: "0123456789 Đđăâêôơư ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ" for name in NOTE_HANDS
    }
    for name, wanted in letters.items():
        font = ImageFont.truetype(str(FONTS / f"{name}.ttf"), 40)
        missing = font.getmask("\N{SNOWMAN}").getbbox(), font.getlength("\N{SNOWMAN}")
        for letter in wanted.replace(" ", ""):
            assert (font.getmask(letter).getbbox(), font.getlength(letter)) != missing, (name, letter)


def test_every_hand_writes_another_number(forms: dict[str, Form]) -> None:
    drawn = set()
    for hand in DIGIT_HANDS:
        scan = make_scan(forms[LETTER], dpi=100, hand=hand, blocks=BLOCKS)
        word = next(word for word in scan.truth.pages[0].words if word.field == "number")
        drawn.add(cut(grey(scan), word).tobytes())
    assert len(drawn) == len(DIGIT_HANDS)


@pytest.mark.parametrize("suffix", [".pdf", ".tif", ".png"])
def test_saved_scans_hold_the_picture_and_its_resolution(
    forms: dict[str, Form], tmp_path: Path, suffix: str
) -> None:
    scan = make_scan(forms[LETTER], dpi=100, blocks=BLOCKS, pages=[0])
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        scan.save(path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    if suffix == ".pdf":
        with pypdfium2.PdfDocument(paths[0]) as pdf:
            assert len(pdf) == 1 and not pdf[0].get_textpage().get_text_range()
            assert round(pdf[0].get_width()) in (595, 596)
    else:
        with Image.open(paths[0]) as image:
            assert [round(float(dpi)) for dpi in image.info["dpi"]] == [100, 100]
            assert np.array_equal(np.asarray(image), np.asarray(scan.pages[0]))


def test_what_cannot_be_made_is_said(forms: dict[str, Form], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no damage 'rust'; there are clean"):
        make_scan(forms[LETTER], "rust")
    plain_file = tmp_path / "ghi-chu.md"
    plain_file.write_text("Chỉ là ghi chú.", encoding="utf-8")
    assert read_form(plain_file) is None
    with pytest.raises(ValueError, match="no whole head"):
        make_scan(plain_file)
    with pytest.raises(ValueError, match="do not go into one"):
        make_scan(forms[REPORT], dpi=40).save(tmp_path / "a.png")


@pytest.mark.parametrize("damage", ["red_seal", "incoming_stamp", "copy_stamp", "two_pages", "hard"])
def test_any_pdf_can_be_scanned(forms: dict[str, Form], tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.pdf"
    make_scan(forms[LETTER], dpi=30, blocks=BLOCKS).save(path)
    first, again = (scan_pdf(path, damage, dpi=30, seed=2).pages for _ in range(2))
    assert len(first) == 1 and first[0].tobytes() == again[0].tobytes()


def test_a_path_is_as_good_as_a_form(forms: dict[str, Form]) -> None:
    path = WRITTEN / f"{REPORT}.md"
    assert (
        make_scan(path, dpi=40, blocks=BLOCKS).truth == make_scan(forms[REPORT], dpi=40, blocks=BLOCKS).truth
    )
