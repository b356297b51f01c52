"""Linking in whole documents: the header's unit, findings with their confidence, citations by their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Document, UnitMention
from pipelines.road import process

REPORT = """\
ỦY BAN NHÂN DÂN
HUYỆN HƯƠNG SƠN
ĐOÀN KIỂM TRA CẢI CÁCH HÀNH CHÍNH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 07/BC-ĐKT

Hương Sơn, ngày 25 tháng 11 năm 2021

BÁO CÁO
Kết quả kiểm tra công tác cải cách hành chính năm 2021

Thực hiện Kế hoạch số 48/KH-UBND ngày 12/01/2021 của UBND tỉnh, Đoàn đã làm việc với các đơn vị.

I. KẾT QUẢ KIỂM TRA

1. Xã Sơn Lẽ
- Đã ban hành kế hoạch cải cách hành chính năm 2021.

2. Xã Sơn Tiến
- Đã niêm yết đầy đủ thủ tục hành chính tại bộ phận một cửa.

3. Xã Sơn Hàm
- Đã trả kết quả đúng hẹn.

4. Xã Khe Mận
- Đã trả kết quả đúng hẹn.

5. Xã Phố Châu
- Đã trả kết quả đúng hẹn.

II. ĐÁNH GIÁ CHUNG

- 25/25 xã, thị trấn đã gửi báo cáo đúng hạn.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("linking") / "bao-cao.md"
    path.write_text(REPORT, encoding="utf-8")
    (document,) = process(path, path.name)
    return document


def test_the_issuers_unit_is_linked(report: Document) -> None:
    unit = report.value("issuer_unit")
    assert (unit.name, unit.code, unit.match) == ("Huyện Hương Sơn", "439", "exact")


def test_findings_carry_the_link_and_how_sure_it_is(report: Document) -> None:
    found: dict[str, tuple[UnitMention, float]] = {}
    for finding in report.findings:
        found.setdefault(finding.unit.as_printed, (finding.unit, finding.confidence["unit"]))
    unit, exact = found["Xã Sơn Tiến"]
    assert (unit.code, unit.match, unit.marks) == ("18142", "exact", ())
    unit, slip = found["Xã Sơn Lẽ"]
    assert (unit.name, unit.code, unit.match, unit.marks) == ("Xã Sơn Lễ", "18148", "fuzzy", ("misspelt",))
    unit, early = found["Xã Sơn Hàm"]
    assert (unit.name, unit.code, unit.match, unit.id) == ("Xã Sơn Hàm", None, "exact", "~439.xa-sonham")
    unit, nobody = found["Xã Khe Mận"]
    assert (unit.name, unit.code, unit.match, unit.marks) == ("Xã Khe Mận", None, "none", ("unknown",))
    unit, raised = found["Xã Phố Châu"]
    assert (unit.name, unit.code, unit.marks) == ("Thị trấn Phố Châu", "18133", ("other_kind",))
    assert exact == early > raised > slip > nobody
    assert next(one for one in report.findings if "25/25" in one.text).unit.level == "group"


def test_a_citation_of_the_province_is_that_of_the_districts_own(report: Document) -> None:
    """The report never names its province; the register knows it."""
    assert [cited.key for cited in report.citations] == ["kh:48:ubnd-ha-tinh:2021"]


def test_the_same_text_in_an_invented_place_is_linked_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.md"
    path.write_text(REPORT.replace("HƯƠNG SƠN", "SUỐI MƠ").replace("Hương Sơn", "Suối Mơ"), encoding="utf-8")
    (document,) = process(path, path.name)
    assert {finding.unit.code for finding in document.findings} == {None}
    assert {finding.unit.match for finding in document.findings} == {"none"}
    assert all(not finding.unit.marks for finding in document.findings)
