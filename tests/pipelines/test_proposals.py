"""Proposals travel the road and are shown, apart from values."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.printing.document import show_document
from pipelines.road import process

LETTER = """\
UBND HUYỆN LŨNG VÀNG

Số: 415/UBND-NV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lũng Vàng, ngày 02 tháng 9 năm 2021

Kính gửi: Ủy ban nhân dân các xã.

Theo Báo cáo số 07/BC-ĐKT ngày 31/8/2021 của Đoàn kiểm tra, xã Khe Mận chưa ban hành kế hoạch.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Lò Văn Pánh

UBND HUYỆN LŨNG VÀNG
ĐOÀN KIỂM TRA

Số:     /BC-ĐKT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lũng Vàng, ngày     tháng 8 năm 2021

BÁO CÁO
Kết quả kiểm tra cải cách hành chính năm 2021

Xã Khe Mận chưa ban hành kế hoạch cải cách hành chính.

TRƯỞNG ĐOÀN

Vi Văn Thượng
"""


def test_letter_proposes_number_and_day_of_the_report_behind_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LETTER, encoding="utf-8")
    letter, report = process(path, "88.BC-ĐKT.txt")
    assert letter.proposals == {}
    assert (report.value("number"), report.value("date")) == (None, None)
    record = report.to_record()
    assert record["number"] is None and "number" not in record["fields"]
    assert [(one["value"], one["source"]) for one in record["proposals"]["number"]] == [
        ("07/BC-ĐKT", "cited by 415/UBND-NV"),
        ("88/BC-ĐKT", "file name"),
    ]
    assert [one["value"] for one in record["proposals"]["date"]] == ["2021-08-31"]
    show_document(list(report.to_records()))
    shown = capsys.readouterr().out
    assert "? Số, ký hiệu, đề xuất: 07/BC-ĐKT (được viện dẫn trong 415/UBND-NV, 0.60)" in shown
    assert "? Số, ký hiệu, đề xuất: 88/BC-ĐKT (tên tệp, 0.30)" in shown
