"""What stands around a number: the subject, the extent of the whole citation, the limits of a search."""

from __future__ import annotations

import pytest

from extract.citations import find_citations

SUBJECTS: list[tuple[str, str | None]] = [
    (
        "Kế hoạch số 31/KH-UBND ngày 17/5/2022 của UBND huyện về kiểm tra, chấm điểm CCHC; Đoàn đã",
        "về kiểm tra, chấm điểm CCHC",
    ),
    ("QĐ số 20/QĐ-UBND ngày 1/2/2021 về việc thành lập Đoàn kiểm tra.", "về việc thành lập Đoàn kiểm tra"),
    ("NĐ 30/2020/NĐ-CP của Chính phủ về công tác văn thư", "về công tác văn thư"),
    ("QĐ 766/QĐ-TTg của Thủ tướng về bộ chỉ số", "về bộ chỉ số"),
    ("QĐ 7/QĐ-UBND về chuyển đổi số theo Nghị định 30/2020/NĐ-CP", "về chuyển đổi số"),
    ("Công văn số 415/UBND-NV V/v nộp báo cáo; đề nghị", "V/v nộp báo cáo"),
    ("Quyết định 12/QĐ-UBND về lĩnh vực Đất đai, một số bộ thủ tục chưa đúng", "về lĩnh vực Đất đai"),
    ("Quyết định 12/QĐ-UBND về văn hóa công sở nhưng chưa triển khai", "về văn hóa công sở"),
    ("Quyết định 12/QĐ-UBND chưa được triển khai", None),
    ("Luật Cán bộ, công chức số 22/2008/QH12", "Cán bộ, công chức"),
    (
        "KH số 1/KH-UBND của UBND huyện về CCHC năm 2021 và Quyết định số 2/QĐ-UBND",
        "về CCHC năm 2021",
    ),
    ("Nghị định 61/2018/NĐ-CP quy định về cơ chế một cửa.", "quy định về cơ chế một cửa"),
    ("Quyết định 12/QĐ-UBND về " + "rất dài " * 60, None),
]


@pytest.mark.parametrize(("text", "subject"), SUBJECTS)
def test_subject(text: str, subject: str | None) -> None:
    assert find_citations(text)[0].subject == subject


EXTENTS = [
    "Quyết định số 2005/QĐ-UBND ngày 12/5/2021 của UBND huyện",
    "Kế hoạch số 48/KH-UBND ngày 18 tháng 3 năm 2021 của UBND huyện Lũng Cát",
    "NĐ 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
    "Luật Cán bộ, công chức số 22/2008/QH12 ngày 13/11/2008",
    "Báo cáo kết quả tự kiểm tra số 12/BC-UBND ngày 3/4/2021",
    "2231/SNV-CCHC",
]


@pytest.mark.parametrize("words", EXTENTS)
def test_extent_covers_kind_to_issuer(words: str) -> None:
    text = f"Đơn vị chưa thực hiện {words}, còn chậm."
    (found,) = find_citations(text)
    assert text[slice(*found.extent)] == words


def test_spans_count_from_the_whole_text() -> None:
    text = "Số: 1310/UBND-NV\nTheo Quyết định số 2005/QĐ-UBND; Kế hoạch số 48/KH-UBND"
    start, end = text.index("Theo"), text.index(";")
    (found,) = find_citations(text, start, end)
    assert text[slice(*found.span)] == found.as_printed == "2005/QĐ-UBND"
    assert text[slice(*found.extent)] == "Quyết định số 2005/QĐ-UBND"


def test_nothing_beyond_the_end_is_read() -> None:
    text = "Quyết định số 2005/QĐ-UBND ngày 12/5/2021"
    assert [one.date for one in find_citations(text, 0, text.index(" ngày"))] == [None]
