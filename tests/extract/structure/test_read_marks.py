"""Marks of the outline that OCR misread or lost, in reports with all kinds of outlines; typed ones stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.pages import Line, Page, Source, Word
from extract.reading.read import read
from extract.structure.build import Structured, structure
from extract.structure.furniture import body_of
from extract.structure.read_marks import read_marks
from extract.structure.slips import readings
from extract.structure.zones import find_zones

LEFT, DEEP, STEP = 0.1, 0.15, 0.02


def source(rows: str, *, sure: float | None = 0.95) -> Source:
    """A page with a line for each row of text, indented where it begins a paragraph; recognised if ``sure``."""
    lines = []
    for at, row in enumerate(rows.strip().splitlines()):
        left, top = DEEP if row.startswith(" ") else LEFT, 0.05 + STEP * at
        words = []
        for text in row.split():
            right = left + 0.009 * len(text)
            words.append(Word(text, box=(left, top, right, top + 0.012), confidence=sure))
            left = right + 0.008
        lines.append(Line(words, page=1))
    return Source("a.pdf", "0" * 64, "pdf", [Page(1, lines, origin="ocr", width=595, height=842)])


def scan(rows: str, *, sure: float | None = 0.95) -> Structured:
    (found,) = structure(source(rows, sure=sure))
    return found


def outline(rows: str, *, sure: float | None = 0.95) -> list[str]:
    return [f"{'.'.join(section.path)} {section.title}" for section in scan(rows, sure=sure).outline.sections]


REPORT = """
    {} Những việc đã làm
    1. Công tác chỉ đạo
Các xã đã ban hành kế hoạch và giao việc cho từng công chức phụ trách trong năm nay.
    2. Thủ tục hành chính
Các xã đã niêm yết đủ thủ tục tại nơi tiếp nhận hồ sơ theo quy định của tỉnh ta nay.
    {} Những việc chưa làm được tại các đơn vị
    1. Xã Khe Mận
    - Chưa niêm yết thủ tục về đất đai.
    2. Xã Sín Pao
    - Sổ theo dõi hồ sơ ghi thiếu ngày trả.
    {} Kiến nghị
    - Các xã báo cáo trước ngày 30 tháng 6.
"""
WHOLE = [
    "I Những việc đã làm",
    "I.1 Công tác chỉ đạo",
    "I.2 Thủ tục hành chính",
    "II Những việc chưa làm được tại các đơn vị",
    "II.1 Xã Khe Mận",
    "II.2 Xã Sín Pao",
    "III Kiến nghị",
]


@pytest.mark.parametrize("read", ["H.", "IL.", "Il.", "1I.", "11.", "I1.", "IIL.", "H", "III.", "N.", "ll,"])
def test_roman_between_its_neighbours_is_mended(read: str) -> None:
    assert outline(REPORT.format("I.", read, "III.")) == WHOLE


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("l.", "II.", "III."),
        ("1.", "II.", "III."),
        ("I.", "II.", "I1I."),
        ("I.", "II.", "HI."),
        ("I.", "II.", "IH."),
        ("I.", "II.", "II."),  # a stroke lost
        ("I.", "IL.", "IIl."),
        ("I.", "I.", "II."),  # a stroke lost in each
        ("I.", "H.", "1II."),
    ],
)
def test_first_last_and_two_misread_romans_are_mended(first: str, second: str, third: str) -> None:
    assert outline(REPORT.format(first, second, third)) == WHOLE


def test_raw_word_is_kept_and_the_mended_one_is_less_sure() -> None:
    document = scan(REPORT.format("I.", "H.", "III."), sure=0.97).document
    (mended,) = [placed for placed in document.words if placed.word.raw is not None]
    assert (mended.word.raw, mended.word.text, mended.word.confidence) == ("H.", "II.", 0.9)
    assert document.text[mended.start : mended.end] == "II."


def test_typed_text_keeps_its_marks() -> None:
    found = scan(REPORT.format("I.", "H.", "III."), sure=None)
    assert "H. Những việc chưa làm được" in found.document.text
    assert all(placed.word.raw is None for placed in found.document.words)


def lists(rows: list[str]) -> str:
    """Headings as rows of a scan, each with an item under it."""
    return "\n".join(f"    {row}\n    - Các xã đã làm đủ việc này trong năm." for row in rows)


@pytest.mark.parametrize(
    ("read", "marks"),
    [
        (["A. Kết quả", "8. Tồn tại", "C. Kiến nghị"], ["A.", "B.", "C."]),
        (["a) Kết quả", "b) Tồn tại", "C) Nguyên nhân", "d) Đề nghị"], ["a)", "b)", "c)", "d)"]),
        (["c) Kết quả", "d) Tồn tại", "d) Nguyên nhân", "e) Đề nghị"], ["c)", "d)", "đ)", "e)"]),
        (["c) Kết quả", "đ) Tồn tại", "đ) Nguyên nhân", "e) Đề nghị"], ["c)", "d)", "đ)", "e)"]),
        (["1.1. Kết quả", "l.2. Tồn tại", "1.3. Đề nghị"], ["1.1.", "1.2.", "1.3."]),
        (["9. Xã Khe Mận", "lO. Xã Sín Pao", "11. Xã Nậm Lúc"], ["9.", "10.", "11."]),
        (
            ["I. Tồn tại", "10. Xã Khe Mận", "11. Xã Sín Pao", "ll. Kiến nghị"],
            ["I.", "10.", "11.", "II."],
        ),
        (["8. Xã Khe Mận", "9, Xã Sín Pao", "10. Xã Nậm Lúc"], ["8.", "9.", "10."]),
        (["8. Xã Khe Mận", "9 Xã Sín Pao", "10. Xã Nậm Lúc"], ["8.", "9.", "10."]),
        (["a) Kết quả", "b, Tồn tại", "c) Đề nghị"], ["a)", "b)", "c)"]),
        (["1. Kết quả", "Z. Tồn tại", "3. Đề nghị"], ["1.", "2.", "3."]),
        (["l. Kết quả", "2. Tồn tại", "3. Đề nghị"], ["1.", "2.", "3."]),
        (["III. Kết quả", "1V. Tồn tại", "Y. Đề nghị", "VL. Khác"], ["III.", "IV.", "V.", "VI."]),
        (
            ["Phần thứ nhất: Kết quả", "Phân thứ hal: Tồn tại", "Phần thứ ba: Đề nghị"],
            ["Phần thứ nhất:", "Phần thứ hai:", "Phần thứ ba:"],
        ),
        (["PHẦN I. KẾT QUẢ", "PHẦN 1I. TỒN TẠI", "PHẦN III. ĐỀ NGHỊ"], ["PHẦN I.", "PHẦN II.", "PHẦN III."]),
    ],
)
def test_every_kind_of_list_is_mended(read: list[str], marks: list[str]) -> None:
    text = scan(lists(read)).document.text
    heads = [row for row in text.splitlines() if not row.startswith("-")]
    assert [head.startswith(mark) for head, mark in zip(heads, marks, strict=True)] == [True] * len(read), (
        heads
    )


@pytest.mark.parametrize(
    "rows",
    [
        ["I. Kết quả", "II. Tồn tại", "H. Lũng Vàng", "III. Kiến nghị"],  # nothing is missing
        ["I. Kết quả", "H. Lũng Vàng"],  # nothing behind proves it
        ["I. Kết quả", "H. Lũng Vàng", "H. Mường Tè", "III. Kiến nghị"],  # which of both?
        ["c) Kết quả", "đ) Tồn tại", "e) Đề nghị"],  # d may be lost as well
        ["1. Kết quả", "2. Tồn tại", "2. Nguyên nhân", "4. Đề nghị"],  # a number is never made another
        ["2.1. Kết quả", "2.3. Đề nghị"],
        ["1. Kết quả", "3. Tồn tại", "4. Đề nghị"],
        ["A. Kết quả", "I. Việc đã làm", "B. Tồn tại", "I. Việc chưa làm"],
        ["I. Kết quả", "CÁC ĐƠN VỊ SỰ NGHIỆP", "I. Kết quả", "II. Tồn tại"],
        ["8. Xã Khe Mận", "9 thôn chưa có sổ", "10. Xã Nậm Lúc"],
    ],
)
def test_what_is_not_proven_stays(rows: list[str]) -> None:
    found = scan(lists(rows))
    assert all(placed.word.raw is None for placed in found.document.words)
    assert all(row in found.document.text for row in rows)


def test_roman_lists_under_capitals_begin_anew() -> None:
    rows = ["A. Kết quả", "I. Thể chế", "B. Tồn tại", "I. Thể chế", "IL. Tổ chức", "III. Tài chính"]
    paths = [section.path for section in scan(lists(rows)).outline.sections]
    assert paths == [("A",), ("A", "I"), ("B",), ("B", "I"), ("B", "II"), ("B", "III")]


def test_lost_roman_is_supplied_where_the_numbers_begin_anew() -> None:
    rows = REPORT.format("I.", "", "III.")
    assert outline(rows) == WHOLE
    text = scan(rows).document.text
    assert "\nNhững việc chưa làm được tại các đơn vị\n" in text  # nothing is put into the text


def test_lost_number_among_units_is_supplied() -> None:
    rows = ["9. Xã Khe Mận", "Xã Sín Pao", "11. Xã Nậm Lúc"]
    assert outline(lists(rows)) == ["9 Xã Khe Mận", "10 Xã Sín Pao", "11 Xã Nậm Lúc"]
    assert "10" not in [section.split()[0] for section in outline(lists(rows), sure=None)]


@pytest.mark.parametrize(
    "rows",
    [
        ["9. Xã Khe Mận", "Xã Sín Pao", "12. Xã Nậm Lúc"],  # two are missing
        ["9. Xã Khe Mận", "Xã Sín Pao", "10. Xã Nậm Lúc"],  # none is
        ["9. Xã Khe Mận", "Xã Sín Pao", "Xã Bản Ngò", "11. Xã Nậm Lúc"],  # which of both?
        ["9. Xã Khe Mận", "Việc khác", "11. Xã Nậm Lúc"],  # another kind of title
        ["9. Xã Khe Mận", "Xã Sín Pao chưa có sổ", "11. Xã Nậm Lúc"],  # says something
    ],
)
def test_nothing_is_supplied_without_proof(rows: list[str]) -> None:
    assert not any(line.mark for line in marked(source(lists(rows))))


def marked(read_source: Source) -> list[Line]:
    lines = body_of(read_source.pages).lines
    return read_marks(lines, find_zones(lines))


def test_whole_reports_stay_as_they_are_though_recognised(archive: Path) -> None:
    """The written reports of all outlines, as if an engine had read them without a fault."""
    folder = archive.parent.parent / "written"
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt"))[::4]
    assert len(files) > 20
    for path in files:
        found = read(path, any_text=True)
        for page in found.pages:
            for line in page.lines:
                line.words = [replace(word, confidence=0.95) for word in line.words]
        before = [line.text for line in body_of(found.pages).lines]
        after = marked(found)
        assert [line.text for line in after] == before and not any(line.mark for line in after), path.name


def test_readings_of_one_word() -> None:
    def of(text: str) -> set[tuple[str, str]]:
        return {(one.marker.family, one.marker.value) for one in readings(text.split())}

    assert ("roman", "II") in of("H. Tồn tại")
    assert ("letter", "đ") in of("d) Tồn tại")
    assert {("letter", "c"), ("letter", "e")} <= of("C) Tồn tại")
    assert ("many1", "2.1") in of("Z.l. Tồn tại")
    assert ("part", "hai") in of("Phân thứ hal Tồn tại")
    assert of("5. Tồn tại") == set() and of("Tồn tại") == set() and of("") == set()
