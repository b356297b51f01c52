"""A person's name behind an officer's title is no commune's."""

from __future__ import annotations

import pytest

from extract.units.find import Names, find_units


def found(text: str) -> list[str]:
    return [unit.as_printed for unit in find_units(text, (0, len(text)), Names(text))]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Chủ tịch UBND xã Hoàng Thế Ước cho biết phòng làm việc đã dột.", []),
        ("Chủ tịch HĐND, UBND phường Đỗ Đình Quý thừa nhận hồ sơ trễ hẹn.", []),
        ("Công chức tư pháp xã Nguyễn Thị Lụa vắng không lý do.", []),
        ("Bí thư Đảng ủy xã Lý Thị Mẩy chủ trì buổi làm việc.", []),
        # places that are called after people
        ("Phó Chủ tịch UBND xã Lê Minh Xuân cho biết phòng làm việc đã dột.", ["xã Lê Minh Xuân"]),
        ("Chủ tịch UBND xã Phan Thanh cho biết phòng làm việc đã dột.", ["xã Phan Thanh"]),
        # no title: a place as long as nothing says otherwise
        ("UBND xã Hoàng Thế Ước báo cáo trước ngày 15.", ["xã Hoàng Thế Ước"]),
        # the commune's name and then its chairman's
        ("Chủ tịch UBND xã Khe Mận Trần Văn Út nhận khuyết điểm.", ["xã Khe Mận"]),
        ("UBND xã Trần Văn Ơn báo cáo trước ngày 15.", ["xã Trần Văn Ơn"]),
    ],
)
def test_person_behind_a_title_is_no_unit(text: str, units: list[str]) -> None:
    assert found(text) == units


def test_commune_of_a_persons_name_is_found_where_the_document_says_that_it_is_one() -> None:
    text = "UBND xã Hoàng Thế Ước báo cáo chậm. Phê bình Chủ tịch UBND xã Hoàng Thế Ước."
    assert found(text) == ["xã Hoàng Thế Ước", "Hoàng Thế Ước"]
