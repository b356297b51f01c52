"""Lists of contents leave the body; what only looks like one stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extract.reading.read import read
from extract.structure.build import Structured, structure

Run = Callable[..., list[Structured]]
LAW = Path(__file__).resolve().parents[2] / "fixtures" / "law"
REPORT = (
    "BÁO CÁO\nKết quả kiểm tra năm 2022\n\nI. KẾT QUẢ\n\n"
    "1. Xã Khe Mận chưa niêm yết bộ thủ tục hành chính tại trụ sở.\n\n2. Xã Bản Lầu đã công khai đủ.\n"
)


def test_a_whole_list_of_contents_is_a_zone() -> None:
    path = LAW / "others" / "01-muc-luc-bao-cao.txt"
    (one,) = structure(read(path))
    (zone,) = one.document.zones
    assert zone.kind == "contents"
    assert one.document.text == ""
    assert "Trang thông tin điện tử chưa cập nhật" in zone.text


def test_the_report_behind_its_contents_stays(structured: Run) -> None:
    text = (
        "MỤC LỤC\n\nTrang\n\nI. KẾT QUẢ ..... 1\n1. Niêm yết, công khai thủ tục hành chính của các xã được kiểm\n"
        "tra trong năm …… 2\n2. Hồ sơ quá hạn, chưa trả ______ 17\nII. KIẾN NGHỊ . . . . . . 21\n\n" + REPORT
    )
    (one,) = structured(text, ".txt")
    assert one.document.text.startswith("BÁO CÁO")
    assert "Khe Mận" in one.document.text and "II. KIẾN NGHỊ" not in one.document.text
    assert [zone.kind for zone in one.document.zones] == ["contents"]


def test_contents_without_leaders_are_known_by_their_heading(structured: Run) -> None:
    lines = (
        "Kết quả đạt được\t1\nHồ sơ chưa trả, quá hạn\t3\nTrang thông tin chưa cập nhật\t3\nKiến nghị\t9\n\n"
    )
    (one,) = structured("MỤC LỤC\n" + lines + REPORT, ".txt")
    assert one.document.text.startswith("BÁO CÁO")
    assert structured(lines + REPORT, ".txt")[0].document.text.startswith("Kết quả đạt được")


def test_filled_in_forms_and_sums_are_no_contents(structured: Run) -> None:
    text = REPORT + (
        "\nSố hồ sơ tiếp nhận ........ 120\n\nSố hồ sơ đã giải quyết ........ 96\n\n"
        "Số hồ sơ quá hạn ........ 24\n\nSố hồ sơ trả lại ........ 3\n"
    )
    (one,) = structured(text, ".txt")
    assert "quá hạn" in one.document.text
    assert not one.document.zones


def test_a_heading_alone_takes_nothing_with_it(structured: Run) -> None:
    text = "MỤC LỤC\n\n" + REPORT + "\nKế hoạch năm 2021\n\nBáo cáo năm 2022\n"
    (one,) = structured(text, ".txt")
    assert "MỤC LỤC" in one.document.text
    assert "Báo cáo năm 2022" in one.document.text
