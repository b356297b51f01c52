"""Whose a statement is: of the heading over it, of the line that opens its list, of its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Document
from extract.units.find import Names
from extract.units.headings import group_of, units_of_heading, units_opened_with
from extract.units.offices import find_offices
from pipelines.road import process

HEAD = """\
ỦY BAN NHÂN DÂN
HUYỆN LŨNG VÀNG

Số: 1033/UBND-VP
V/v chấn chỉnh việc giải quyết thủ tục hành chính

Lũng Vàng, ngày 27 tháng 9 năm 2023

Kính gửi: Ủy ban nhân dân các xã, thị trấn.

Qua kiểm tra đột xuất, Chủ tịch UBND huyện nhận thấy:

"""
PROVINCE = """\
UBND TỈNH BÌNH LÃNG
SỞ NỘI VỤ
Số: 1187/TB-SNV

Bình Lãng, ngày 14 tháng 11 năm 2022

THÔNG BÁO
Kết luận kiểm tra cải cách hành chính tại huyện Lũng Vàng

"""
SEVERAL = ("Xã Nà Lầu", "Xã Suối Gạo", "Thị trấn Bến Đá")


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = process(path, path.name)
    return document


def units_of(document: Document, beginning: str) -> list[str]:
    return [one.unit.name for one in document.findings if one.text.startswith(beginning)]


def test_one_list_of_communes_holds_for_all_items_below(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        HEAD
        + """\
1. Các xã Nà Lầu, Suối Gạo và thị trấn Bến Đá còn các tồn tại sau:
a) Công chức nhận hồ sơ giấy nhưng không nhập lên Hệ thống;
b) Tỷ lệ hồ sơ trễ hạn đều trên 10%, cao nhất là xã Suối Gạo (23,6%), thấp nhất là xã Nà Lầu (10,4%);
c) Riêng thị trấn Bến Đá không có sổ theo dõi hồ sơ.
2. Các xã còn lại cơ bản thực hiện đúng quy định.
""",
    )
    assert units_of(document, "Công chức nhận") == [*SEVERAL]
    assert units_of(document, "Tỷ lệ hồ sơ") == [*SEVERAL]
    assert units_of(document, "Riêng thị trấn") == ["Thị trấn Bến Đá"]
    assert units_of(document, "Các xã còn lại") == ["các xã còn lại"]
    rates = [(one.unit.name, one.value, one.direction) for one in document.measurements if one.unit]
    assert rates == [("Xã Suối Gạo", 23.6, "high"), ("Xã Nà Lầu", 10.4, "low")]


def test_whose_fault_it_is_is_not_whose_merit_stood_before(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        HEAD + "Các xã Nà Lầu, Suối Gạo niêm yết đủ; riêng Nà Lầu còn 12% thủ tục chưa niêm yết.\n",
    )
    assert units_of(document, "Các xã") == ["Xã Nà Lầu", "Xã Suối Gạo"]
    assert units_of(document, "riêng") == ["Xã Nà Lầu"]


def test_communes_under_a_districts_heading_keep_their_own(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        PROVINCE.replace("tại huyện Lũng Vàng", "tại các huyện Lũng Vàng, Nậm Tốc")
        + """\
I. HUYỆN LŨNG VÀNG
1. Tỷ lệ hồ sơ trễ hạn tại xã Nà Lầu, Suối Gạo lần lượt là 31% và 44,5%.
2. UBND huyện chưa kiểm tra xã Nà Lầu.
3. Việc công khai còn chậm.
4. Chưa đôn đốc xã Nà Lầu khắc phục.
II. HUYỆN NẬM TỐC
1. Tại UBND huyện:
- Chưa công khai kết quả giải quyết.
2. Tại xã Khe Mía và xã Đồng Lạc:
- Công chức xã Khe Mía nhận hồ sơ không viết phiếu hẹn.
- Không mở sổ theo dõi.
""",
    )
    assert units_of(document, "Tỷ lệ") == ["Xã Nà Lầu", "Xã Suối Gạo"]
    assert units_of(document, "UBND huyện chưa") == ["Huyện Lũng Vàng"]
    assert units_of(document, "Chưa đôn đốc") == ["Huyện Lũng Vàng"]
    assert units_of(document, "Việc công khai") == ["Huyện Lũng Vàng"]
    assert units_of(document, "Chưa công khai") == ["Huyện Nậm Tốc"]
    assert units_of(document, "Công chức xã") == ["Xã Khe Mía"]
    assert units_of(document, "Không mở sổ") == ["Xã Khe Mía", "Xã Đồng Lạc"]
    rates = {one.unit.name: one.value for one in document.measurements if one.unit}
    assert rates == {"Xã Nà Lầu": 31, "Xã Suối Gạo": 44.5}


def test_another_village_is_not_of_the_former_commune_before(tmp_path: Path) -> None:
    head = HEAD.replace("HUYỆN LŨNG VÀNG", "XÃ LŨNG HƯƠNG").replace("các xã, thị trấn", "huyện")
    document = read(
        tmp_path,
        head
        + "1. Tại thôn Cổ Rùa (xã Tiến Xá cũ), điểm hỗ trợ không có người trực; "
        + "thôn Ao Sen không có sóng nên tỷ lệ nộp trực tuyến chỉ đạt 22%.\n",
    )
    assert units_of(document, "Tại thôn") == ["Xã Tiến Xá"]
    assert units_of(document, "thôn Ao Sen") == ["Xã Lũng Hương"]


def test_a_heading_about_a_communes_duty_is_the_communes(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        HEAD
        + """\
I. Về trách nhiệm của UBND xã Nà Lầu
1. Trong 2 năm, UBND xã chưa mở sổ tiếp công dân.
II. Kết quả kiểm tra tại UBND xã Suối Gạo
1. Lịch tiếp công dân không được niêm yết.
""",
    )
    assert units_of(document, "Trong 2 năm") == ["Xã Nà Lầu"]
    assert units_of(document, "Lịch tiếp") == ["Xã Suối Gạo"]


def test_a_province_writes_to_one_district_about_that_district(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        PROVINCE
        + """\
1. UBND huyện đã ban hành kế hoạch cải cách hành chính đúng thời hạn.
2. Xã Nà Lầu chưa cập nhật thủ tục hành chính.
3. Chất lượng hồ sơ của từng đơn vị còn thấp.
""",
    )
    assert units_of(document, "UBND huyện") == ["Huyện Lũng Vàng"]
    assert units_of(document, "Xã Nà Lầu") == ["Xã Nà Lầu"]
    assert units_of(document, "Chất lượng") == ["all"]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("Các xã Nà Lầu, Suối Gạo còn các tồn tại sau", ["Xã Nà Lầu", "Xã Suối Gạo"]),
        ("UBND xã Nà Lầu và UBND xã Suối Gạo chưa thực hiện", ["Xã Nà Lầu", "Xã Suối Gạo"]),
        ("Xã Nà Lầu và các xã còn lại", []),
        ("Phê bình Chủ tịch UBND xã Nà Lầu và yêu cầu", []),
        ("Huyện Lũng Vàng còn các tồn tại sau", []),
    ],
)
def test_units_that_a_line_opens_with(words: str, units: list[str]) -> None:
    assert [unit.name for unit in units_opened_with(words, Names(words))] == units


@pytest.mark.parametrize(
    ("title", "units"),
    [
        ("Về trách nhiệm của UBND xã Nà Lầu", ["Xã Nà Lầu"]),
        ("Tồn tại, hạn chế của các xã Nà Lầu, Suối Gạo", ["Xã Nà Lầu", "Xã Suối Gạo"]),
        ("Sai phạm của Chủ tịch UBND thị trấn Bến Đá", ["Thị trấn Bến Đá"]),
        ("Kết quả rà soát văn bản của huyện Lũng Vàng", []),
        ("Đường giao thông tại xã Nà Lầu đã được nâng cấp", []),
    ],
)
def test_units_that_a_heading_ends_with(title: str, units: list[str]) -> None:
    assert [unit.name for unit in units_of_heading(title, Names(title))] == units


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Các xã chưa gửi báo cáo.", "all"),
        ("Các xã còn lại thực hiện tốt.", "các xã còn lại"),
        ("UBND các xã, thị trấn nêu tại mục 1 khắc phục.", "các xã, thị trấn nêu tại mục 1"),
        ("Các xã này chưa gửi báo cáo.", "các xã này"),
        ("Đối với 3 xã nêu trên, tỷ lệ còn thấp.", "3 xã nêu trên"),
    ],
)
def test_some_communes_are_not_all(words: str, group: str) -> None:
    found = group_of(words)
    assert found is not None and found.name == group


@pytest.mark.parametrize(
    ("words", "offices"),
    [
        ("Đồng chí Trưởng phòng Tài nguyên - Môi trường chưa chỉ đạo.", ["Phòng Tài nguyên - Môi trường"]),
        ("Giao phòng Nội vụ - LĐTBXH chủ trì kiểm tra.", ["Phòng Nội vụ - LĐTBXH"]),
        ("Các phòng Tư pháp, Nội vụ và Tài chính - Kế hoạch chậm tham mưu.",
         ["Phòng Tư pháp", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"]),
        ("Công tác văn phòng, tư pháp còn chậm.", []),
        ("Trưởng phòng Tư pháp, Nội vụ huyện làm chậm.", ["Phòng Tư pháp"]),
        ("Sở Nội vụ phát hiện 14 hộp thư công vụ bỏ không.", []),
        ("Phòng Tư pháp huyện không phát hiện văn bản trái thẩm quyền.", []),
        ("Thanh tra tỉnh Bình Lãng phát hiện xã chi sai 40 triệu đồng.", []),
        ("Phòng Nội vụ cho biết còn 9 người chưa nộp bản kê khai.", []),
        ("Sở Nội vụ yêu cầu các địa phương chấn chỉnh.", []),
        ("Phòng Tư pháp đã kiểm tra 24 văn bản, phát hiện 2 văn bản sai.", ["Phòng Tư pháp"]),
        ("Phòng Tư pháp yêu cầu công dân nộp thêm giấy tờ.", ["Phòng Tư pháp"]),
        ("Theo Sở Nội vụ, 45 công chức vắng mặt không lý do.", []),
        ("Theo kết luận của Thanh tra tỉnh, khoản thu này để ngoài sổ sách.", []),
        ("Theo Chánh Văn phòng UBND huyện, việc số hóa còn chậm.", []),
        ("Theo Phó Trưởng phòng Nội vụ, nhiều sổ chưa khóa.", []),
        ("Theo lãnh đạo Sở Tư pháp TP Bến Đá, 3 xã làm sai mẫu.", []),
        ("Chánh Văn phòng UBND huyện chưa trình quy chế.", ["Văn phòng UBND huyện"]),
        ("Sở Tư pháp TP Bến Đá chậm trả lời.", ["Sở Tư pháp TP Bến Đá"]),
        ("Thanh tra tỉnh kết luận UBND xã chi sai 40 triệu đồng.", []),
        ("Thanh tra tỉnh kết luận chậm 4 cuộc.", ["Thanh tra tỉnh"]),
        ("Sở Nội vụ chỉ ra 12 trường hợp nâng lương sai.", []),
        ("Sở Nội vụ theo dõi chưa sát.", ["Sở Nội vụ"]),
        ("Theo ông Lù A Páo, Giám đốc Sở Nội vụ, nhiều người đi làm muộn.", []),
        ("Ông Lù A Páo, Giám đốc Sở Nội vụ, chậm ký báo cáo.", ["Sở Nội vụ"]),
    ],
)  # fmt: skip
def test_offices_in_text(words: str, offices: list[str]) -> None:
    assert [office.name for office in find_offices(words, (0, len(words)))] == offices


def test_who_finds_a_fault_is_not_whose_fault_it_is(tmp_path: Path) -> None:
    document = read(tmp_path, HEAD + "Phòng Nội vụ yêu cầu xã Nà Lầu niêm yết lại các thủ tục đã thay.\n")
    assert units_of(document, "Phòng Nội vụ yêu cầu") == ["Xã Nà Lầu"]


def test_an_office_that_opens_a_list_with_committees_is_one_of_them(tmp_path: Path) -> None:
    words = "Trung tâm Phục vụ hành chính công, UBND xã Nà Lầu và UBND xã Suối Gạo chưa đổi mật khẩu hộp thư."
    document = read(tmp_path, HEAD + words + "\n")
    assert units_of(document, "Trung tâm") == [
        "Trung tâm Phục vụ hành chính công",
        "Xã Nà Lầu",
        "Xã Suối Gạo",
    ]


def test_names_behind_a_district_that_has_a_namesake_stay_districts(tmp_path: Path) -> None:
    words = (
        "Đoàn đã làm việc tại huyện Lũng Vàng và huyện Bến Đá; sau đó đến thị trấn Bến Đá.\n\n"
        "Các phòng thuộc UBND huyện Lũng Vàng, Bến Đá chưa cử người dự họp.\n"
    )
    document = read(tmp_path, PROVINCE + words)
    assert units_of(document, "Các phòng thuộc") == ["Huyện Lũng Vàng", "Huyện Bến Đá"]


def test_all_of_as_many_as_were_just_named_are_these(tmp_path: Path) -> None:
    named = "UBND các xã Nà Lầu, Suối Gạo và thị trấn Bến Đá nộp sổ tay đúng hạn. "
    document = read(tmp_path, HEAD + named + "Cả 03 đơn vị chưa gửi ảnh chụp kho.\n")
    assert units_of(document, "Cả 03") == list(SEVERAL)
    document = read(tmp_path, HEAD + named + "Cả 12 đơn vị chưa gửi ảnh chụp kho.\n")
    assert units_of(document, "Cả 12") != list(SEVERAL)


@pytest.mark.parametrize(
    ("before", "words", "units"),
    [
        ("Đoàn đã đến các xã Nà Lầu, Suối Gạo, Khe Mía.", "Cả 03 xã đều chưa mở sổ.", "Nà Lầu, Suối Gạo, Khe Mía"),
        (
            "Đoàn đã đến các xã Nà Lầu, Suối Gạo và thị trấn Bến Đá.",
            "Tại cả hai xã, hòm thư góp ý bị khóa; cả 03 đơn vị không có camera.",
            "Nà Lầu, Suối Gạo",
        ),
        ("Hai xã Nà Lầu và Suối Gạo nộp thừa biểu.", "Kho của cả 2 xã đều ẩm.", "Nà Lầu, Suối Gạo"),
        ("Nộp chậm có xã Nà Lầu, xã Suối Gạo.", "Đề nghị 02 xã nêu trên rút kinh nghiệm.", "Nà Lầu, Suối Gạo"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n", "\nViệc này đã được ghi vào biên bản.\n"])
def test_all_of_as_many_as_the_paragraph_before_names(
    tmp_path: Path, before: str, words: str, units: str, between: str
) -> None:
    document = read(tmp_path, f"{HEAD}{before}\n{between}\n{words}\n")
    assert ", ".join(units_of(document, words.split(",")[0].rstrip("."))) == ", ".join(
        f"Xã {name}" for name in units.split(", ")
    )


@pytest.mark.parametrize(
    "before",
    [
        "Đoàn đã đến các xã Nà Lầu, Suối Gạo, Khe Mía và Đồng Lạc.",
        "Ngoại trừ xã Nà Lầu, các xã đều có kế hoạch.",
        "Xã Nà Lầu, xã Suối Gạo và xã Khe Mía đã có sổ.\n\nRiêng xã Đồng Lạc thì không.",
    ],
)
def test_all_of_a_number_that_nothing_before_makes_up_are_not_told(tmp_path: Path, before: str) -> None:
    document = read(tmp_path, f"{HEAD}{before}\n\nCả 03 xã đều chưa mở sổ.\n")
    assert units_of(document, "Cả 03") == ["all"]


def test_district_names_itself_only_where_it_issues(tmp_path: Path) -> None:
    document = read(tmp_path, HEAD + "Tại huyện Lũng Vàng, nhiều bảng niêm yết đã cũ, rách, chưa thay.\n")
    assert units_of(document, "Tại huyện") == ["all"]
