"""Whose a statement is in papers that no authority issues: of the place named, or of the one just named."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.find import find
from extract.reading.read import read as read_file
from extract.statements import Statement
from extract.structure.build import structure
from extract.units.register import Register


def stated(tmp_path: Path, news: str, beginning: str) -> Statement:
    """The one statement of ``news`` that begins so."""
    path = tmp_path / "news.txt"
    path.write_text(news, encoding="utf-8")
    part = structure(read_file(path))[0]
    found = find(part, Register()).statements
    (one,) = (one for one in found if part.document.text.startswith(beginning, one.span[0]))
    return one


NEWS = """\
Nhiều sai sót ở bộ phận một cửa

Theo Sở Nội vụ, tháng 10 có 45 công chức vắng mặt không lý do.

Chính quyền huyện Lũng Vàng chưa công khai danh mục thủ tục hành chính.

Trên địa bàn huyện Lũng Vàng, nhiều bảng niêm yết đã cũ.

Sở Nội vụ huyện Lũng Vàng cho biết: việc niêm yết thủ tục hành chính chưa đầy đủ.

Thanh tra tỉnh phát hiện công chức huyện Lũng Vàng ghi lùi ngày trong sổ tiếp dân.

Phòng họp của UBND huyện Lũng Vàng bị dùng làm kho chứa hồ sơ cũ.

Ban Chỉ đạo đề nghị kiểm điểm người đứng đầu huyện Lũng Vàng vì chậm số hóa.

Trường hợp cá biệt ở huyện Lũng Vàng phải đi lại 5 lần để sửa một giấy khai sinh.

Bà Vi Thị Sen, Phó Giám đốc Sở Tư pháp TP Lũng Vàng, nói nhiều sổ hộ tịch bị rách.

Công an huyện Lũng Vàng cho biết nhiều người đến làm thẻ bị hẹn lại.

Trước đó, Tòa án nhân dân huyện Lũng Vàng nhận được 3 đơn khởi kiện về đất đai.
"""


@pytest.mark.parametrize(
    ("beginning", "units"),
    [
        ("Chính quyền", ["Huyện Lũng Vàng"]),
        ("Trên địa bàn", ["all"]),  # where, not who
        ("Theo Sở", ["all"]),
        ("Sở Nội vụ huyện", ["all"]),
        ("Thanh tra tỉnh", ["Huyện Lũng Vàng"]),
        ("Phòng họp", ["Huyện Lũng Vàng"]),
        ("Ban Chỉ đạo", ["Huyện Lũng Vàng"]),
        ("Trường hợp", ["Huyện Lũng Vàng"]),
        ("Bà Vi", ["all"]),
        ("Công an huyện", ["all"]),  # no office of the committee: neither it nor the committee is blamed
        ("Trước đó", ["all"]),
    ],
)
def test_in_news_a_district_is_written_about(tmp_path: Path, beginning: str, units: list[str]) -> None:
    one = stated(tmp_path, NEWS, beginning)
    assert [unit.name for unit in one.units] == units


@pytest.mark.parametrize(
    ("words", "units"),
    [
        (
            "Hồ sơ quá hạn còn nhiều ở các huyện Lũng Vàng, Cờ Lau, TX.Tam Sậy và TP Hạ Vọng.",
            ["Huyện Lũng Vàng", "Huyện Cờ Lau", "Thị xã Tam Sậy", "Thành phố Hạ Vọng"],
        ),
        (
            "Một số đơn vị thuộc thị xã Tam Sậy, 2 huyện Cờ Lau và Lũng Vàng vi phạm giờ làm việc.",
            ["Thị xã Tam Sậy", "Huyện Cờ Lau", "Huyện Lũng Vàng"],
        ),
        (
            "Có 28 người vắng không lý do tại quận Bến Đá, phường Bình Sậy, huyện Cờ Lau, xã Mỹ Vọng.",
            ["Quận Bến Đá", "Phường Bình Sậy", "Huyện Cờ Lau", "Xã Mỹ Vọng"],
        ),
        ("Có 28 người vắng không lý do tại xã Mỹ Vọng, huyện Cờ Lau.", ["Xã Mỹ Vọng"]),
        ("Nhiều bảng cũ ở các huyện Cờ Lau, Sở Tư pháp chưa thay.", ["Huyện Cờ Lau", "Sở Tư pháp"]),
    ],
)
def test_all_of_a_list_of_districts_are_written_about(tmp_path: Path, words: str, units: list[str]) -> None:
    one = stated(tmp_path, f"Nhiều sai sót ở bộ phận một cửa\n\n{words}\n", words[:8])
    assert [unit.name for unit in one.units] == units


ONE_COMMUNE = """\
Nhiều hồ sơ trễ hạn ở cơ sở

Sáng 12/3, Tổ kiểm tra công vụ có mặt tại UBND xã Khe Mận, huyện Lũng Vàng. Cửa phòng tiếp dân khóa trái.

Đến 8 giờ, trụ sở UBND xã mới có 3 công chức.

Tuy nhiên, sổ theo dõi hồ sơ được ghi đều. Lãnh đạo xã Khe Mận hứa chấn chỉnh.

Bảng niêm yết đã cũ, rách.

Bộ phận một cửa cấp xã nơi nào cũng chật.

Toàn huyện còn 45 hồ sơ trễ hạn.

Các xã phải báo cáo trước ngày 20/3.
"""


@pytest.mark.parametrize(
    ("beginning", "units", "most"),
    [
        ("Cửa phòng", ["Xã Khe Mận"], 0.6),  # the only commune that the paper names
        ("Đến 8 giờ", ["Xã Khe Mận"], 0.75),  # "UBND xã": the one just named
        ("Tuy nhiên", ["Xã Khe Mận"], 0.6),
        ("Bảng niêm", ["Xã Khe Mận"], 0.6),
        ("Bộ phận", ["all"], 1.0),
        ("Toàn huyện", ["all"], 1.0),
        ("Các xã", ["all"], 1.0),
    ],
)
def test_news_goes_on_about_its_only_commune(
    tmp_path: Path, beginning: str, units: list[str], most: float
) -> None:
    one = stated(tmp_path, ONE_COMMUNE, beginning)
    assert [unit.name for unit in one.units] == units and one.unit_confidence <= most


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("UBND xã chưa lập sổ theo dõi.", ["Xã Nà Pheo"]),  # the nearest of two
        ("Địa phương này chưa lập sổ theo dõi.", ["Xã Nà Pheo"]),
        ("Xã chưa lập sổ theo dõi.", ["Xã Nà Pheo"]),
        ("Xã hội hóa việc sửa trụ sở chưa thực hiện.", ["all"]),
        ("Đơn vị nào để xảy ra vi phạm thì phải chịu trách nhiệm.", ["all"]),
        ("Nhiều UBND xã chưa lập sổ theo dõi.", ["all"]),
        ("UBND phường chưa lập sổ theo dõi.", ["all"]),  # neither is one
        ("Sổ theo dõi chưa lập.", ["all"]),  # of two nobody can tell
    ],
)
def test_the_one_just_named_of_two(tmp_path: Path, words: str, units: list[str]) -> None:
    before = "Xã Khe Mận chưa niêm yết thủ tục.\n\nXã Nà Pheo còn 12 hồ sơ trễ hạn."
    one = stated(tmp_path, f"Nhiều hồ sơ trễ hạn ở cơ sở\n\n{before}\n\n{words}\n", words[:12])
    assert [unit.name for unit in one.units] == units
