"""Drafts, annexes and forms behind a signature never change what was signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.structure.build import Structured

from .test_outside import END, HEAD, stays_itself

Run = Callable[..., list[Structured]]

DRAFT = """\
DỰ THẢO

UBND HUYỆN LŨNG VÀNG
ĐOÀN KIỂM TRA CCHC

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số:      /BC-ĐKT

Lũng Vàng, ngày      tháng 3 năm 2018

BÁO CÁO
Kết quả kiểm tra cải cách hành chính quý I năm 2018
(Kèm theo Công văn số 415/UBND-NV ngày 05/3/2018)

Xã Khe Mận chưa ban hành kế hoạch.

TRƯỞNG ĐOÀN

Vi Văn Thượng
"""
ANNEX = """\
PHỤ LỤC I
DANH SÁCH CÁC XÃ CHƯA GỬI BÁO CÁO
(Kèm theo Công văn số 415/UBND-NV ngày 05/3/2018 của UBND huyện)

Xã Khe Mận chưa gửi báo cáo tháng 01 và tháng 02 năm 2018.

Lũng Vàng, ngày 04 tháng 3 năm 2018
NGƯỜI LẬP BIỂU

Vi Văn Thượng
"""
FORM = """\
BIỂU MẪU 01

TÊN CƠ QUAN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

….., ngày … tháng … năm 2018

BÁO CÁO
Kết quả cải cách hành chính

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
UNMARKED_END = """\
PHÓ CHỦ TỊCH

Lò Văn Pánh
"""


def test_draft_is_its_own_part_and_says_so(structured: Run) -> None:
    letter, draft = (one.document for one in structured(f"{HEAD}{END}\n{DRAFT}", ".txt"))
    stays_itself(letter)
    assert "draft" not in {warning.code for warning in letter.warnings}
    assert (draft.value("kind"), draft.value("number"), draft.value("date")) == ("báo cáo", None, None)
    assert draft.number_as_printed == "/BC-ĐKT"
    assert draft.value("signer") == "Vi Văn Thượng"
    assert "draft" in {warning.code for warning in draft.warnings}
    assert draft.text.startswith("DỰ THẢO")


@pytest.mark.parametrize("mark", ["DỰ THẢO", "(Dự thảo lần 2)"])
def test_draft_without_letterhead_is_its_own_part(structured: Run, mark: str) -> None:
    bare = f"{mark}\n\nQUYẾT ĐỊNH\nVề việc kiểm tra cải cách hành chính\n\nĐiều 1. Thành lập Đoàn kiểm tra.\n"
    letter, draft = (one.document for one in structured(f"{HEAD}{END}\n{bare}", ".txt"))
    stays_itself(letter)
    assert draft.value("kind") == "quyết định"
    assert draft.value("number") is None


@pytest.mark.parametrize("annex", [ANNEX, FORM, ANNEX + FORM])
@pytest.mark.parametrize("end", [END, UNMARKED_END])
def test_annex_stays_with_its_document(structured: Run, annex: str, end: str) -> None:
    (one,) = structured(f"{HEAD}{end}\n{annex}", ".txt")
    stays_itself(one.document)
    assert annex.strip().split("\n")[-1] in one.document.text


def test_attached_report_with_a_number_stays_its_own_document(structured: Run) -> None:
    report = DRAFT.replace("DỰ THẢO\n\n", "").replace("Số:      /BC", "Số: 02/BC")
    letter, attached = (one.document for one in structured(f"{HEAD}{END}\n{report}", ".txt"))
    stays_itself(letter)
    assert attached.value("number") == "02/BC-ĐKT"
