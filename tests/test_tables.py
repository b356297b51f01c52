"""What tables say, through the whole road: rates, answers and sentences of rows. All places are invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest

from corpora.build_samples import markdown_to_docx, markdown_to_pdf, pdf_to_scan
from extract.document import Document, Measurement
from pipelines.road import process

HEAD = """| UBND HUYỆN LŨNG VÀNG<br>**ĐOÀN KIỂM TRA CCHC**<br>--- | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>**Độc lập - Tự do - Hạnh phúc**<br>--- |
| Số: 04/BC-ĐKT | *Lũng Vàng, ngày 30 tháng 10 năm 2021* |

# BÁO CÁO

# Kết quả kiểm tra công tác cải cách hành chính 9 tháng đầu năm 2021

Thực hiện kế hoạch kiểm tra, Đoàn kiểm tra báo cáo kết quả như sau:

**I. KẾT QUẢ KIỂM TRA**

1. Đoàn đã làm việc với các xã, thị trấn theo đúng kế hoạch.

"""
TAIL = """

**II. KIẾN NGHỊ**

1. Đề nghị các xã, thị trấn khắc phục tồn tại trước ngày 30/11/2021.

| ***Nơi nhận:***<br>- Như trên;<br>- Lưu: ĐKT. | **TRƯỞNG ĐOÀN**<br><sign><br><br>**PHÓ CHỦ TỊCH UBND HUYỆN**<br>**Hà Thị Mẫu** |
"""
COMMUNES = [
    "Nà Lầu",
    "Suối Gạo",
    "Khe Mía",
    "Đồng Lạc",
    "Lũng Cao",
    "Thác Bạc",
    "Pá Kheo",
    "Tà Sáng",
    "Nậm Lúa",
]
RATES = """**Biểu 1. Kết quả tiếp nhận hồ sơ**

| STT | Đơn vị | Tổng số hồ sơ | Hồ sơ trực tuyến | Tỷ lệ hồ sơ trực tuyến | Tỷ lệ đúng hạn (%) |
|---|---|---|---|---|---|
| 1 | Xã Nà Lầu | 2378 | 310 | 13,04% | 97,6 |
| 2 | Xã Suối Gạo | 2503 | 215 | 8,59% | 81,2 |
| 3 | Thị trấn Bến Đá | 1.200 | 600 | 50% | 100 |
| | Tổng cộng | 6081 | 1125 | 18,5% | 93,3 |
"""


def report(tmp_path: Path, table: str, suffix: str = ".md") -> Document:
    path = tmp_path / f"report{suffix}"
    text = HEAD + table + TAIL
    if suffix == ".md":
        path.write_text(text, encoding="utf-8")
    else:
        (markdown_to_docx if suffix == ".docx" else markdown_to_pdf)(text, path)
    (document,) = process(path, path.name)
    return document


def test_bare_name_among_columns_of_communes_is_one_too(tmp_path: Path) -> None:
    table = """**Biểu 1. Kết quả 11 tháng năm 2021**

(Kèm theo Báo cáo số 04/BC-ĐKT ngày 30/10/2021)

| TT | Chỉ tiêu | Mục tiêu | Xã Nà Lầu | Xã Suối Gạo | Khe Mía |
|---|---|---|---|---|---|
| 1 | Tỷ lệ hồ sơ đúng hạn | 98% | 81,6% | 96,9% | 99,4% |
| 2 | Tỷ lệ hồ sơ trực tuyến | 70% | 33,0% | 52,5% | 88,1% |
"""
    document = report(tmp_path, table)
    rates = {(m.unit and m.unit.name, m.value) for m in document.measurements}
    assert {("Xã Nà Lầu", 81.6), ("Xã Suối Gạo", 52.5)} <= rates
    assert {m.period and m.period.end for m in document.measurements} == {"2021-11-30"}
    assert {unit for unit, value in rates if value in (99.4, 88.1)} == {"Khe Mía"}


def told(document: Document) -> list[tuple[Any, ...]]:
    return [(m.unit and m.unit.name, m.as_printed, m.indicator) for m in document.measurements]


def of_cells(document: Document) -> list[tuple[str, str, str]]:
    """Unit, words and polarity of the findings that are no sentence of the frame."""
    frame = ("Thực hiện kế hoạch", "Đoàn đã làm việc", "Đề nghị các xã")
    return [(f.unit.name, f.text, f.polarity) for f in document.findings if not f.text.startswith(frame)]


def one(document: Document, printed: str) -> Measurement:
    (found,) = [m for m in document.measurements if m.as_printed == printed]
    return found


@pytest.mark.parametrize("suffix", [".md", ".docx", ".pdf"])
def test_a_row_gives_its_rates_to_its_unit_under_the_heading(tmp_path: Path, suffix: str) -> None:
    document = report(tmp_path, RATES, suffix)
    online, in_time = "Tỷ lệ hồ sơ trực tuyến", "Tỷ lệ đúng hạn"
    assert told(document) == [
        ("Xã Nà Lầu", "13,04%", online),
        ("Xã Nà Lầu", "97,6", in_time),
        ("Xã Suối Gạo", "8,59%", online),
        ("Xã Suối Gạo", "81,2", in_time),
        ("Thị trấn Bến Đá", "50%", online),
        ("Thị trấn Bến Đá", "100", in_time),
        ("all", "18,5%", online),
        ("all", "93,3", in_time),
    ]
    assert {(text, polarity) for _, text, polarity in of_cells(document)} == {
        (m.as_printed, "information") for m in document.measurements
    }
    low = one(document, "8,59%")
    assert (low.value, low.numerator, low.denominator, low.direction) == (8.59, 215, 2503, "neutral")
    assert low.period and low.period.label == "9 tháng đầu năm 2021"
    finding = next(f for f in document.findings if f.id == low.finding)
    assert (finding.area, document.text[slice(*finding.span)]) == ("digital", "8,59%")
    assert document.text[slice(*low.span)] == "8,59%"
    assert one(document, "50%").denominator == 1200
    assert one(document, "97,6").numerator is None, "two counts do not give it"


def test_counts_that_do_not_give_the_rate_are_not_taken(tmp_path: Path) -> None:
    document = report(tmp_path, RATES.replace("| 215 |", "| 251 |"))
    assert all(m.numerator is None for m in document.measurements)


def test_counts_alone_are_no_measurement(tmp_path: Path) -> None:
    table = "| STT | Đơn vị | Số hồ sơ | Điểm |\n|---|---|---|---|\n| 1 | Xã Nà Lầu | 2378 | 87,5 |\n| 2 | Xã Suối Gạo | 25 | 60 |\n"
    document = report(tmp_path, table)
    assert document.measurements == [] and of_cells(document) == []


def test_measure_of_the_whole_table(tmp_path: Path) -> None:
    table = """**Biểu 2. Mức độ hài lòng của người dân**

(Đơn vị tính: %)

| TT | Xã, thị trấn | Quý I | Quý II | Số phiếu |
|---|---|---|---|---|
| 1 | Nà Lầu | 91,5 | 88 | 120 |
| 2 | Bến Đá | 70 | 75,25 | 90 |
"""
    assert told(report(tmp_path, table)) == [
        ("Nà Lầu", "91,5", "Quý I"),
        ("Nà Lầu", "88", "Quý II"),
        ("Bến Đá", "70", "Quý I"),
        ("Bến Đá", "75,25", "Quý II"),
    ]


TWO_ROWS = """| TT | Đơn vị | Hồ sơ trực tuyến | | Đúng hạn | |
|---|---|---|---|---|---|
| | | Số lượng | Tỷ lệ | Số lượng | Tỷ lệ |
| (1) | (2) | (3) | (4) | (5) | (6) |
| 1 | Xã Nà Lầu | 31 | 13,5 | 200 | 87 |
| 2 | Xã Suối Gạo | 12 | 6,25 | 190 | 99,1 |
"""


@pytest.mark.parametrize("suffix", [".md", ".docx", ".pdf"])
def test_two_header_rows_give_one_heading(tmp_path: Path, suffix: str) -> None:
    assert told(report(tmp_path, TWO_ROWS, suffix)) == [
        ("Xã Nà Lầu", "13,5", "Hồ sơ trực tuyến – Tỷ lệ"),
        ("Xã Nà Lầu", "87", "Đúng hạn – Tỷ lệ"),
        ("Xã Suối Gạo", "6,25", "Hồ sơ trực tuyến – Tỷ lệ"),
        ("Xã Suối Gạo", "99,1", "Đúng hạn – Tỷ lệ"),
    ]


def test_merged_cells_of_word(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("BÁO CÁO", "Kết quả kiểm tra năm 2021", "Kết quả của các xã như sau:"):
        document.add_paragraph(line)
    table = document.add_table(6, 5, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "STT"
    table.cell(0, 1).merge(table.cell(1, 1)).text = "Đơn vị"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "Lĩnh vực"
    table.cell(0, 3).merge(table.cell(0, 4)).text = "Hồ sơ"
    table.cell(1, 3).text, table.cell(1, 4).text = "Số hóa (%)", "Tỷ lệ trực tuyến"
    for row, (number, name) in ((2, ("1", "Xã Nà Lầu")), (4, ("2", "Xã Suối Gạo"))):
        table.cell(row, 0).merge(table.cell(row + 1, 0)).text = number
        table.cell(row, 1).merge(table.cell(row + 1, 1)).text = name
    for row, cells in enumerate(
        [
            ("Hộ tịch", "80,5", "1%"),
            ("Đất đai", "70,5", "2%"),
            ("Hộ tịch", "60,5", "3%"),
            ("Đất đai", "50,5", "4%"),
        ]
    ):
        for column, words in enumerate(cells):
            table.cell(row + 2, column + 2).text = words
    path = tmp_path / "merged.docx"
    document.save(str(path))
    (read,) = process(path, path.name)
    assert told(read) == [
        ("Xã Nà Lầu", "80,5", "Hộ tịch – Số hóa"),
        ("Xã Nà Lầu", "1%", "Hộ tịch – Tỷ lệ trực tuyến"),
        ("Xã Nà Lầu", "70,5", "Đất đai – Số hóa"),
        ("Xã Nà Lầu", "2%", "Đất đai – Tỷ lệ trực tuyến"),
        ("Xã Suối Gạo", "60,5", "Hộ tịch – Số hóa"),
        ("Xã Suối Gạo", "3%", "Hộ tịch – Tỷ lệ trực tuyến"),
        ("Xã Suối Gạo", "50,5", "Đất đai – Số hóa"),
        ("Xã Suối Gạo", "4%", "Đất đai – Tỷ lệ trực tuyến"),
    ]


def test_units_over_the_columns(tmp_path: Path) -> None:
    table = """| TT | Nội dung | ĐVT | Xã Nà Lầu | Xã Suối Gạo |
|---|---|---|---|---|
| 1 | Hồ sơ giải quyết đúng hạn | % | 98,5 | 77 |
| 2 | Số hồ sơ tiếp nhận | hồ sơ | 120 | 95 |
| 3 | Tỷ lệ thanh toán trực tuyến | % | 12 | 4,5 |
"""
    assert told(report(tmp_path, table)) == [
        ("Xã Nà Lầu", "98,5", "Hồ sơ giải quyết đúng hạn"),
        ("Xã Suối Gạo", "77", "Hồ sơ giải quyết đúng hạn"),
        ("Xã Nà Lầu", "12", "Tỷ lệ thanh toán trực tuyến"),
        ("Xã Suối Gạo", "4,5", "Tỷ lệ thanh toán trực tuyến"),
    ]


def test_a_rate_under_its_target_is_a_deficiency_and_one_over_it_an_achievement(tmp_path: Path) -> None:
    table = """| TT | Đơn vị | Tỷ lệ thanh toán trực tuyến | |
|---|---|---|---|
| | | Chỉ tiêu giao | Thực hiện |
| 1 | Xã Nà Lầu | 60% | 78,6% |
| 2 | Xã Suối Gạo | 60% | 12,5% |
"""
    document = report(tmp_path, table)
    assert told(document) == [
        ("Xã Nà Lầu", "78,6%", "Tỷ lệ thanh toán trực tuyến – Thực hiện"),
        ("Xã Suối Gạo", "12,5%", "Tỷ lệ thanh toán trực tuyến – Thực hiện"),
    ], "a target is no unit's value"
    assert of_cells(document) == [
        ("Xã Nà Lầu", "78,6%", "achievement"),
        ("Xã Suối Gạo", "12,5%", "deficiency"),
    ]
    assert [f.types for f in document.findings if f.text == "12,5%"] == [("low_rate",)]
    assert [m.direction for m in document.measurements] == ["high", "low"]


def test_a_caption_that_calls_the_rates_low(tmp_path: Path) -> None:
    table = """**Biểu 3. Các đơn vị có tỷ lệ hồ sơ trực tuyến còn thấp**

| TT | Đơn vị | Tỷ lệ |
|---|---|---|
| 1 | Xã Nà Lầu | 4,6% |
| 2 | Xã Suối Gạo | 2,5% |
"""
    document = report(tmp_path, table)
    assert {f.types for f in document.findings if f.text in ("4,6%", "2,5%")} == {("low_rate",)}
    assert [(m.direction, m.indicator) for m in document.measurements] == [("low", "hồ sơ trực tuyến")] * 2


def test_answers_under_a_duty(tmp_path: Path) -> None:
    table = """| TT | Đơn vị | Niêm yết công khai TTHC | Ban hành kế hoạch CCHC | Vi phạm kỷ luật | Ghi chú |
|---|---|---|---|---|---|
| 1 | Xã Nà Lầu | Có | Chưa | Không | Có |
| 2 | Xã Suối Gạo | Chưa | x | Có | Không |
"""
    document = report(tmp_path, table)
    assert of_cells(document) == [
        ("Xã Nà Lầu", "Có", "achievement"),
        ("Xã Nà Lầu", "Chưa", "deficiency"),
        ("Xã Suối Gạo", "Chưa", "deficiency"),
    ]


def test_answers_of_units_over_the_columns(tmp_path: Path) -> None:
    table = """| Tiêu chí | Xã Nà Lầu | Xã Suối Gạo |
|---|---|---|
| Niêm yết công khai TTHC | Có | Chưa |
| Ban hành kế hoạch CCHC | Có | Chưa |
"""
    assert of_cells(report(tmp_path, table)) == [
        ("Xã Nà Lầu", "Có", "achievement"),
        ("Xã Suối Gạo", "Chưa", "deficiency"),
        ("Xã Nà Lầu", "Có", "achievement"),
        ("Xã Suối Gạo", "Chưa", "deficiency"),
    ]


def test_a_name_stands_for_the_rows_below_it_that_have_labels(tmp_path: Path) -> None:
    table = """| Xã | Chỉ tiêu | Kết quả |
|---|---|---|
| Xã Nà Lầu | Hồ sơ đúng hạn | 95% |
| | Hồ sơ trực tuyến | 12% |
"""
    document = report(tmp_path, table)
    assert told(document) == [
        ("Xã Nà Lầu", "95%", "Hồ sơ đúng hạn"),
        ("Xã Nà Lầu", "12%", "Hồ sơ trực tuyến"),
    ]
    sure = {f.text: f.confidence["unit"] for f in document.findings}
    assert sure["12%"] < sure["95%"]


def test_a_row_whose_unit_is_not_sure_keeps_its_rate_without_an_owner(tmp_path: Path) -> None:
    table = """| TT | Đơn vị | Tỷ lệ đúng hạn |
|---|---|---|
| 1 | Xã Nà Lầu | 91% |
| 2 | | 72% |
| 3 | Xã Suối Gạo | 93% |
"""
    document = report(tmp_path, table)
    lost = one(document, "72%")
    assert lost.unit is None and lost.finding is None and lost.indicator == "Tỷ lệ đúng hạn"
    assert lost.id and lost.document == document.id
    assert ("72%") not in [f.text for f in document.findings]


def test_what_only_looks_like_a_rate(tmp_path: Path) -> None:
    table = """| TT | Đơn vị | Tỷ lệ đúng hạn | Số lượng | Tỷ lệ số hóa |
|---|---|---|---|---|
| 1 | Xã Nà Lầu | 25/25 | 25/25 | 03 |
| 2 | Xã Suối Gạo | 12/10 | 8,5 | 1.234 |
| 3 | Xã Khe Mía | 3/4 | từ 25% trở lên | 12,5 |
"""
    document = report(tmp_path, table)
    assert [(m.as_printed, m.value, m.numerator, m.denominator) for m in document.measurements] == [
        ("25/25", 100.0, 25.0, 25.0),
        ("3/4", 75.0, 3.0, 4.0),
        ("12,5", 12.5, None, None),
    ]


def test_a_commune_s_own_report_owns_its_table(tmp_path: Path) -> None:
    text = HEAD.replace("UBND HUYỆN LŨNG VÀNG<br>**ĐOÀN KIỂM TRA CCHC**", "ỦY BAN NHÂN DÂN<br>XÃ NÀ LẦU")
    table = "| TT | Lĩnh vực | Tiếp nhận | Tỷ lệ đúng hạn |\n|---|---|---|---|\n| 1 | Tư pháp - hộ tịch | 120 | 98,3% |\n| 2 | Đất đai | 40 | 77,5% |\n"
    path = tmp_path / "own.md"
    path.write_text(text.replace("BC-ĐKT", "BC-UBND") + table, encoding="utf-8")
    (document,) = process(path, path.name)
    assert told(document) == [
        ("Xã Nà Lầu", "98,3%", "Tư pháp - hộ tịch – Tỷ lệ đúng hạn"),
        ("Xã Nà Lầu", "77,5%", "Đất đai – Tỷ lệ đúng hạn"),
    ]


def test_names_of_what_is_measured_are_no_statements(tmp_path: Path) -> None:
    table = """**1. Xã Suối Gạo**

| TT | Tiêu chí | Năm 2020 | Năm 2021 | Đánh giá |
|---|---|---|---|---|
| 1 | Tỷ lệ hồ sơ trực tuyến (chỉ tiêu từ 25% trở lên) | 12% | 14% | |
| 2 | Số văn bản chưa ban hành đúng thể thức | 12 | 15 | |
| 3 | Công khai thủ tục hành chính | | | Đạt |
| 4 | Chưa cập nhật trang thông tin điện tử | | | Trừ 1,5 điểm |
"""
    document = report(tmp_path, table)
    assert of_cells(document) == [
        ("Xã Suối Gạo", "12%", "information"),
        ("Xã Suối Gạo", "14%", "deficiency"),
        ("Xã Suối Gạo", "Đạt", "achievement"),
        ("Xã Suối Gạo", "Chưa cập nhật trang thông tin điện tử", "deficiency"),
    ]
    indicator = "Tỷ lệ hồ sơ trực tuyến (chỉ tiêu từ 25% trở lên)"
    assert [(m.indicator, m.period and m.period.start) for m in document.measurements] == [
        (indicator, "2020-01-01"),
        (indicator, "2021-01-01"),
    ]


def test_a_unit_that_the_words_over_the_table_name(tmp_path: Path) -> None:
    table = """Kết quả thu ngân sách của xã Nà Lầu:

| TT | Nội dung | Dự toán | Thực hiện | So với dự toán (%) |
|---|---|---|---|---|
| 1 | Thu tiền sử dụng đất | 1.200 | 1.500 | 125 |
| 2 | Thu phí, lệ phí | 100 | 82 | 82 |
| | Cộng | 1.300 | 1.582 | 121,7 |
"""
    document = report(tmp_path, table)
    assert told(document) == [
        ("Xã Nà Lầu", "125", "Thu tiền sử dụng đất – So với dự toán"),
        ("Xã Nà Lầu", "82", "Thu phí, lệ phí – So với dự toán"),
        ("Xã Nà Lầu", "121,7", "So với dự toán"),
    ]
    assert {text for _, text, _ in of_cells(document)} == {"125", "82", "121,7"}
    assert (one(document, "82").numerator, one(document, "82").denominator) == (82, 100)


def test_rows_of_nobody_have_no_finding(tmp_path: Path) -> None:
    table = "| TT | Lĩnh vực | Tỷ lệ đúng hạn |\n|---|---|---|\n| 1 | Hộ tịch | 98,3% |\n| 2 | Đất đai | 77,5% |\n"
    document = report(tmp_path, table)
    assert told(document) == [
        (None, "98,3%", "Hộ tịch – Tỷ lệ đúng hạn"),
        (None, "77,5%", "Đất đai – Tỷ lệ đúng hạn"),
    ]
    assert of_cells(document) == []


def test_a_table_of_tasks_keeps_its_sentences(tmp_path: Path) -> None:
    table = """| TT | Nhiệm vụ | Đơn vị | Thời hạn |
|---|---|---|---|
| 1 | Rà soát, niêm yết lại thủ tục hành chính tại bộ phận một cửa | Xã Nà Lầu | 30/12/2021 |
| 2 | Xây dựng kế hoạch tuyên truyền cải cách hành chính năm 2022 | Xã Khe Mía | 12/2021 |
"""
    assert [(unit, text[:7]) for unit, text, _ in of_cells(report(tmp_path, table))] == [
        ("Xã Nà Lầu", "Rà soát"),
        ("Xã Khe Mía", "Xây dựn"),
    ]


def long_table() -> str:
    rates = "".join(
        f"| {at} | Xã {name} {at} | {50 + at},{at % 10}% | Chưa mở sổ theo dõi hồ sơ của bộ phận tiếp nhận và trả kết quả |\n"
        for at, name in enumerate(COMMUNES * 6, start=1)
    )
    return "| STT | Đơn vị | Tỷ lệ đúng hạn | Tồn tại, hạn chế |\n|---|---|---|---|\n" + rates


def test_a_table_over_page_breaks_says_the_same_as_one_without(tmp_path: Path) -> None:
    markdown, pdf = (report(tmp_path, long_table(), suffix) for suffix in (".md", ".pdf"))
    assert pdf.pages and pdf.pages[1] > 2
    assert told(pdf) == told(markdown) and len(told(pdf)) == 54
    assert Counter(of_cells(pdf)) == Counter(of_cells(markdown))
    assert pdf.text.count("STT") == markdown.text.count("STT") == 1


def test_a_scan_says_the_same(tmp_path: Path, tesseract: bool) -> None:
    if not tesseract:
        pytest.skip("Tesseract is not installed")
    report(tmp_path, RATES, ".pdf")
    pdf_to_scan(tmp_path / "report.pdf", tmp_path / "scan.pdf")
    (digital,) = process(tmp_path / "report.pdf", "report.pdf")
    (scan,) = process(tmp_path / "scan.pdf", "scan.pdf")
    assert told(scan) == told(digital)
    assert of_cells(scan) == of_cells(digital)
    assert (one(scan, "8,59%").numerator, one(scan, "8,59%").denominator) == (215, 2503)
    sure = [f.confidence["unit"] for f in scan.findings if f.text == "8,59%"]
    assert 0.7 < sure[0] < 0.95, "a recognised name is less sure than a typed one"


def test_a_table_without_lines_says_the_same(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    markdown_to_pdf("chữ", tmp_path / "fonts.pdf")  # registers the fonts
    canvas = Canvas(str(tmp_path / "bare.pdf"), pagesize=A4)
    canvas.setFont("Tinos-Regular", 13)
    for at, text in enumerate(
        ("BÁO CÁO", "Kết quả kiểm tra năm 2021", "Đoàn kiểm tra báo cáo kết quả như sau:")
    ):
        canvas.drawString(85, 800 - 20 * at, text)
    rows = [("STT", "Đơn vị", "Số hồ sơ", "Tỷ lệ số hóa (%)"), ("1", "Xã Nà Lầu", "120", "97,6")]
    rows += [("2", "Xã Suối Gạo", "95", "81,2"), ("3", "Thị trấn Bến Đá", "104", "70")]
    for number, texts in enumerate(rows):
        for place, text in zip((85, 140, 330, 430), texts, strict=True):
            canvas.drawString(place, 730 - 20 * number, text)
    canvas.showPage()
    canvas.save()
    (document,) = process(tmp_path / "bare.pdf", "bare.pdf")
    assert told(document) == [
        ("Xã Nà Lầu", "97,6", "Tỷ lệ số hóa"),
        ("Xã Suối Gạo", "81,2", "Tỷ lệ số hóa"),
        ("Thị trấn Bến Đá", "70", "Tỷ lệ số hóa"),
    ]


VERDICTS = """**Biểu 1. Kết quả theo từng chỉ tiêu**

| TT | Đơn vị | Niêm yết TTHC | Đánh giá |
|---|---|---|---|
| 1 | Xã Nà Lầu | Đạt | Hoàn thành tốt |
| 2 | Xã Suối Gạo | Không đạt | Không hoàn thành |
| 3 | Thị trấn Bến Đá | Đạt | Hoàn thành |
"""


def test_a_verdict_is_what_it_says(tmp_path: Path) -> None:
    findings = report(tmp_path, VERDICTS).findings
    found = {
        (one.unit.name, one.text): one.polarity for one in findings if "thành" in one.text or "ạt" in one.text
    }
    assert found["Xã Suối Gạo", "Không đạt"] == found["Xã Suối Gạo", "Không hoàn thành"] == "deficiency"
    assert found["Xã Nà Lầu", "Hoàn thành tốt"] == found["Thị trấn Bến Đá", "Đạt"] == "achievement"


CHECKLIST = """**Biểu 1. Nội dung kiểm tra tại xã Nà Lầu**

| STT | Nội dung | Có | Không | Ghi chú |
|---|---|---|---|---|
| 1 | Mở sổ theo dõi hồ sơ | x | | |
| 2 | Công chức đeo thẻ khi làm việc | | x | 2/5 công chức không đeo thẻ |
| 3 | Có phiếu xin lỗi đối với hồ sơ trễ hạn | | x | Còn 7 hồ sơ trễ hạn đã có lý do |
"""


def test_what_is_noted_beside_a_no_is_no_praise(tmp_path: Path) -> None:
    findings = report(tmp_path, CHECKLIST).findings
    notes = [one for one in findings if "công chức không" in one.text or "7 hồ sơ" in one.text]
    assert len(notes) == 2
    assert all(one.polarity != "achievement" for one in notes)
    assert sum(one.text == "x" for one in findings) == 3


BOXES = """1. Chấp hành giờ giấc làm việc của xã Nà Lầu: ☐ Tốt ☒ Chưa tốt

2. Xử lý đơn thư tại xã Nà Lầu: Đúng hạn ☑ Quá hạn ☐

3. Giữ gìn trụ sở tại xã Nà Lầu: ☐ Tốt ☐ Chưa tốt
"""


def test_a_line_of_boxes_says_what_is_ticked(tmp_path: Path) -> None:
    findings = report(tmp_path, BOXES).findings
    found = {one.text[:6]: one.polarity for one in findings if "☐" in one.text}
    assert found == {"Chấp h": "deficiency", "Xử lý ": "achievement", "Giữ gì": "information"}
