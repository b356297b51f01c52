"""Single marks that the OCR got wrong are mended where the neighbours leave one reading, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.build_lexicon import WRITTEN, build
from extract.pages import Cell, Line, Page, Word
from extract.reading.spelling.lexicon import FILE, key, lexicon, split_tone, with_tone
from extract.reading.spelling.mending import MENDED_CONFIDENCE, mend_words
from extract.reading.spelling.plausible import listed_pairs


def page(*lines: str, sure: float | None = 0.96, origin: str = "ocr") -> Page:
    words = [[Word(text, confidence=sure) for text in line.split()] for line in lines]
    return Page(1, [Line(row) for row in words], origin=origin)  # type: ignore[arg-type]


def mended(*lines: str, sure: float | None = 0.96, origin: str = "ocr") -> str:
    pages = [page(*lines, sure=sure, origin=origin)]
    mend_words(pages)
    return "\n".join(line.text for line in pages[0].lines)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Đoàn kiếm tra đã làm việc", "Đoàn kiểm tra đã làm việc"),
        ("theo thấm quyền, đúng quy định", "theo thẩm quyền, đúng quy định"),
        ("KẾT QUÁ ĐẠT ĐƯỢC", "KẾT QUẢ ĐẠT ĐƯỢC"),
        ("- Tố chức bộ máy hành chính", "- Tổ chức bộ máy hành chính"),
        ("nhìn tống thế, công tác này", "nhìn tổng thể, công tác này"),
        ("gửi các xã đế thực hiện", "gửi các xã để thực hiện"),
        ("thu thập ý kiến øóp ý", "thu thập ý kiến góp ý"),
        ("(kiếm tra lại)", "(kiểm tra lại)"),
        ("và Thế thao của huyện", "và Thể thao của huyện"),
        ("Nghị định 30/2020/NĐĐ-CP và NÑĐ 15", "Nghị định 30/2020/NĐ-CP và NĐ 15"),
    ],
)
def test_slips(read: str, printed: str) -> None:
    assert mended(read) == printed


@pytest.mark.parametrize(
    "right",
    [
        "Trong số 137 thủ tục được rà soát",
        "chi tiêu nội bộ, chỉ tiêu được giao",
        "xã Cấm Trà báo cáo đầy đủ",
        "ông Nguyễn Văn Tống phụ trách",
        "thị trấn Kiếm Tra",
        "kiếm sống, tìm kiếm thông tin",
        "12/ĐA-UBND, 07/KH-UBND và 2.345 hồ sơ",
        "tỉnh, tinh, tính, tình",
        "số liệu và sổ theo dõi",
        "",
    ],
)
@pytest.mark.parametrize("sure", [0.3, 0.96])
def test_what_may_be_right_stays(right: str, sure: float) -> None:
    assert mended(right, sure=sure) == " ".join(right.split())


def test_typed_and_handwritten_words_stay() -> None:
    slip = "Đoàn kiếm tra đã làm việc"
    assert mended(slip, sure=None) == mended(slip, origin="layer") == mended(slip, origin="text") == slip
    written = page(slip)
    written.lines[0].words = [replace(word, hand=True) for word in written.lines[0].words]
    mend_words([written])
    assert written.lines[0].text == slip


def test_raw_word_and_an_honest_confidence_stay() -> None:
    found = page("Đoàn kiếm tra,")
    found.lines[0].words[2] = replace(found.lines[0].words[2], raw="tra‚")
    mend_words([found])
    words = found.lines[0].words
    assert [(word.text, word.raw) for word in words] == [
        ("Đoàn", None),
        ("kiểm", "kiếm"),
        ("tra,", "tra‚"),
    ]
    assert [word.confidence for word in words] == [0.96, MENDED_CONFIDENCE, 0.96]
    unsure = page("Đoàn kiếm tra", sure=0.4)
    mend_words([unsure])
    assert unsure.lines[0].words[1].confidence == 0.4


def test_neighbours_across_lines_but_not_across_cells_or_stops() -> None:
    assert mended("tiến hành kiếm", "tra tại xã") == "tiến hành kiểm\ntra tại xã"
    assert mended("báo cáo kết", "quá trong năm") == "báo cáo kết\nquả trong năm"
    table = page("kết", "quá")
    table.lines[0].cell, table.lines[1].cell = Cell(0, 0, 0), Cell(0, 0, 1)
    mend_words([table])
    assert [line.text for line in table.lines] == ["kết", "quá"]
    assert mended("đoàn kết. quá nhiều") == "đoàn kết. quá nhiều"


def test_other_slips_need_a_doubt() -> None:
    assert mended("giấy hẹn trả kết quá", sure=0.96) == "giấy hẹn trả kết quả"
    assert mended("bộ thủ tuc hành chính", sure=0.96) == "bộ thủ tuc hành chính"
    assert mended("bộ thủ tuc hành chính", sure=0.6) == "bộ thủ tục hành chính"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("còn nhiều tôn tại, hạn chế", "còn nhiều tồn tại, hạn chế"),
        ("tỷ lệ hô sơ đúng hạn", "tỷ lệ hồ sơ đúng hạn"),
        ("Đoàn kiêm tra", "Đoàn kiểm tra"),
        ("hồ sơ câp huyện", "hồ sơ cấp huyện"),
    ],
)
def test_lost_mark_over_a_hat_is_mended_in_sure_words_too(read: str, printed: str) -> None:
    assert mended(read, sure=0.96) == printed


@pytest.mark.parametrize(
    "right", ["tôn giáo và dân tộc", "kiêm nhiệm công tác", "liên thông hồ sơ", "câu hỏi"]
)
def test_word_without_a_mark_over_its_hat_stays(right: str) -> None:
    assert mended(right, sure=0.96) == right


def test_name_as_the_document_spells_it_elsewhere() -> None:
    right = ["xã Cẩm Vực đã báo cáo", "tại xã Cẩm Vực có", "của Cẩm Vực, còn"]
    assert mended(*right, "UBND xã Cấm Vực chưa").splitlines()[-1] == "UBND xã Cẩm Vực chưa"
    # twice the same: it may be another commune
    two = mended(*right, "UBND xã Cấm Vực chưa", "đến Cấm Vực xem").splitlines()
    assert two[-2:] == ["UBND xã Cấm Vực chưa", "đến Cấm Vực xem"]
    assert mended("xã Cẩm Vực", "xã Cấm Vực") == "xã Cẩm Vực\nxã Cấm Vực"


def test_name_that_may_be_misread_is_not_sure() -> None:
    found = page("Phan Đình Chuyến", "Đỉnh Quang Tuých", "Lê Văn Mẫu, Tỉnh ủy họp")
    mend_words([found])
    sure = {word.text: word.confidence for line in found.lines for word in line.words}
    assert sure["Chuyến"] == sure["Đỉnh"] == 0.75
    assert {sure[text] for text in ("Phan", "Đình", "Tuých", "Mẫu,", "Tỉnh", "ủy")} == {0.96}


@given(st.text(max_size=60), st.floats(0, 1))
def test_figures_are_never_touched_and_no_word_is_lost(text: str, sure: float) -> None:
    before = text.split()
    after = mended(text, sure=sure).split()
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        if any(letter.isdigit() for letter in old):
            assert [c for c in old if c.isdigit()] == [c for c in new if c.isdigit()]
        assert len(old) == len(new) or "Đ" in old


@given(st.sampled_from(["kiếm", "tổng", "đạt", "hòa", "người", "kiem"]))
def test_tones_come_off_and_on(syllable: str) -> None:
    bare, tone = split_tone(syllable)
    assert split_tone(bare) == (bare, "")
    if tone:
        assert with_tone(syllable, tone) == syllable and with_tone(syllable, "") == bare


def test_old_spelling_is_the_same_syllable() -> None:
    assert [key(word) for word in ("Hoà", "UỶ", "hòa", "quý", "hoàn", "khoẻ")] == [
        "hòa",
        "ủy",
        "hòa",
        "quý",
        "hoàn",
        "khỏe",
    ]
    assert mended("UỶ BAN NHÂN DÂN") == "UỶ BAN NHÂN DÂN"


def test_lexicon_is_what_the_documents_give() -> None:
    assert build(path for path in WRITTEN.iterdir() if path.is_dir()) == FILE.read_text(encoding="utf-8")


def test_without_the_list_of_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert ("kiểm", "tra") in set(listed_pairs())
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    file = tmp_path / "lexicon.txt"
    file.write_text("# nothing else\nkiểm tra 50\n", encoding="utf-8")
    known = lexicon(file)
    assert not known.listed and known.count("kiểm", "tra") == 50
    pages = [page("Đoàn kiếm tra")]
    mend_words(pages, known)
    assert pages[0].lines[0].text == "Đoàn kiểm tra"
