"""Whom running prose is about: the level above, an office, a list of places, or the one commune of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.find import find
from extract.reading.read import read as read_file
from extract.statements import Statement
from extract.structure.build import structure
from extract.units.headings import group_of
from extract.units.offices import find_offices
from extract.units.register import Register

HEADLINE = "Còn nhiều việc phải làm ở bộ phận một cửa"
COUNCIL = """\
NGHỊ QUYẾT

VỀ CHẤT VẤN VÀ TRẢ LỜI CHẤT VẤN TẠI KỲ HỌP THỨ BẢY HĐND TỈNH BÌNH LÃNG

HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH LÃNG
KHÓA XVI - KỲ HỌP THỨ BẢY

QUYẾT NGHỊ:
"""
DISTRICT = """\
ỦY BAN NHÂN DÂN
HUYỆN LŨNG VÀNG

Số: 233/UBND-VP
V/v chấn chỉnh việc giải quyết thủ tục hành chính

Lũng Vàng, ngày 27 tháng 9 năm 2023

"""


def stated(tmp_path: Path, text: str, beginning: str) -> Statement:
    """The one statement of ``text`` that begins so."""
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    part = structure(read_file(path))[0]
    found = find(part, Register()).statements
    (one,) = (one for one in found if part.document.text.startswith(beginning, one.span[0]))
    return one


def names(one: Statement) -> list[str]:
    return [unit.name for unit in one.units]


def of_words(tmp_path: Path, words: str, beginning: str = "", before: str = "") -> Statement:
    """The statement that ``words`` are in a text of the press, behind the paragraphs ``before``."""
    return stated(tmp_path, f"{HEADLINE}\n\n{before}\n\n{words}\n", beginning or words[:12])


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("Báo cáo kiểm toán nêu, UBND huyện đã để trống sổ công sản trong hai năm.", ["UBND huyện"]),
        ("Năm 2019, UBND tỉnh Bình Lãng đã thi tuyển viên chức sai thẩm quyền.", ["Tỉnh Bình Lãng"]),
        ("Đáng chú ý, việc HĐND và UBND tỉnh Bình Lãng lập thêm 4 phòng là trái quy định.", ["Tỉnh Bình Lãng"]),
        ("Thời gian qua, tỉnh Bình Lãng đã rút ngắn được nhiều thủ tục.", ["Tỉnh Bình Lãng"]),
        ("Hồ sơ được lưu đủ nhưng UBND tỉnh duyệt kế hoạch muộn ba tháng.", ["UBND tỉnh"]),
        ("Chủ tịch UBND huyện còn ký khống 6 giấy phép xây dựng.", ["UBND huyện"]),
        ("Đoàn giám sát đề nghị UBND tỉnh bố trí kinh phí số hóa.", ["UBND tỉnh"]),
        ("Đoàn ghi nhận tinh thần cầu thị của UBND tỉnh khi giải trình.", ["UBND tỉnh"]),
        ("Tháng 8, toàn tỉnh Bình Lãng có 277 hồ sơ trễ hạn.", ["Tỉnh Bình Lãng"]),
        ("Việc tiếp công dân tại tỉnh Bình Lãng còn ba hạn chế sau.", ["Tỉnh Bình Lãng"]),
        ("Các xã ở tỉnh Bình Lãng còn ba hạn chế sau.", ["all"]),
        ("Công an tỉnh tiếp tục rút ngắn thời gian cấp căn cước.", ["Công an tỉnh"]),
        ("Công an tỉnh cho biết nhiều người chờ lâu mới được cấp căn cước.", ["all"]),
        ("UBND tỉnh yêu cầu các địa phương niêm yết lại thủ tục.", ["all"]),
        ("Lãnh đạo UBND huyện không xem lại các hồ sơ cũ, yêu cầu ngành chuyên môn tự chịu trách nhiệm.", ["all"]),
        ("Theo UBND tỉnh, hồ sơ trễ hạn vẫn nhiều.", ["all"]),
        ("Hồ sơ phải báo cáo UBND tỉnh trước khi ký.", ["all"]),
        ("Việc này làm trái chỉ đạo của UBND tỉnh về tiếp công dân.", ["all"]),
        ("UBND huyện, UBND các xã và các phòng đã mở sổ tiếp công dân.", ["all"]),
        ("Lãnh đạo UBND thị xã, thành phố còn xem nhẹ việc lưu hồ sơ.", ["all"]),
    ],
)  # fmt: skip
def test_the_committee_above_acts_or_is_asked(tmp_path: Path, words: str, units: list[str]) -> None:
    one = of_words(tmp_path, words)
    assert names(one) == units
    assert units == ["all"] or one.unit_confidence <= 0.75


def test_the_committee_without_a_name_is_the_only_one_of_the_paper(tmp_path: Path) -> None:
    before = "Kiểm toán vừa công bố báo cáo về tỉnh Bình Lãng."
    one = of_words(tmp_path, "Báo cáo nêu, UBND tỉnh đã chi sai 3 tỷ đồng.", before=before)
    assert names(one) == ["Tỉnh Bình Lãng"] and one.units[0].level == "province"
    before += " Năm trước, tờ báo đã viết về tỉnh Đông Sậy."
    assert names(of_words(tmp_path, "Báo cáo nêu, UBND tỉnh đã chi sai.", before=before)) == ["UBND tỉnh"]


def test_the_committees_own_paper_does_not_name_it(tmp_path: Path) -> None:
    words = "Năm 2022, UBND huyện đã lập tổ kiểm tra. UBND tỉnh đã cấp thêm máy quét.\n"
    assert names(stated(tmp_path, DISTRICT + words, "Năm 2022")) == ["all"]
    assert names(stated(tmp_path, DISTRICT + words, "UBND tỉnh")) == ["all"]


def test_a_council_speaks_of_its_committee_and_asks_it(tmp_path: Path) -> None:
    text = COUNCIL + (
        "Điều 1. Thời gian qua, UBND tỉnh đã tập trung giải quyết nhiều kiến nghị.\n\n"
        "Điều 2. Hội đồng nhân dân tỉnh yêu cầu Ủy ban nhân dân tỉnh hoàn thành việc số hóa.\n\n"
        "Điều 3. Hội đồng nhân dân tỉnh đề nghị UBND tỉnh làm các việc sau:\n\n1. Về đất đai\n\na) Công khai bảng giá đất.\n\n"
        "3. Về cấp căn cước: Đề nghị UBND tỉnh chỉ đạo Công an tỉnh:\n\n"
        "- Niêm yết công khai mức thu lệ phí; không hẹn lại người dân quá một lần.\n\n"
        "- Xã Khe Mận chưa có điểm cấp lưu động.\n"
    )
    assert names(stated(tmp_path, text, "Thời gian qua")) == ["Tỉnh Bình Lãng"]
    assert names(stated(tmp_path, text, "Hội đồng nhân dân tỉnh yêu")) == ["Tỉnh Bình Lãng"]
    assert names(stated(tmp_path, text, "Công khai")) == ["all"]
    asked = stated(tmp_path, text, "Niêm yết")
    assert names(asked) == ["Công an tỉnh"] and asked.unit_confidence <= 0.75
    assert names(stated(tmp_path, text, "không hẹn lại")) == ["Công an tỉnh"]
    assert names(stated(tmp_path, text, "Xã Khe Mận")) == ["Xã Khe Mận"]


def test_only_the_sentence_that_opens_a_list_says_whom_it_is_about(tmp_path: Path) -> None:
    text = DISTRICT + (
        "Mưa lớn làm hỏng trụ sở xã Khe Mận. Sáu tháng cuối năm cần làm các việc sau:\n\n- Niêm yết 143 thủ tục.\n\n"
        "Mưa đã tạnh. Qua kiểm tra sổ sách, xã Khe Mận còn một số sai sót:\n\n- Thu phí không viết biên lai.\n"
    )
    assert names(stated(tmp_path, text, "Niêm yết")) == ["all"]
    found = stated(tmp_path, text, "Thu phí")
    assert names(found) == ["Xã Khe Mận"] and found.unit_confidence <= 0.75


def test_a_council_asks_its_committee_about_a_place(tmp_path: Path) -> None:
    text = COUNCIL + (
        "1. Về việc cấp giấy chậm trễ tại huyện Lũng Vàng:\n\n"
        "- Đề nghị UBND tỉnh lập đoàn kiểm tra. Trường hợp sai phạm, phải xử lý ngay.\n\n"
        "- Nêu rõ hạn trả lời từng hộ dân.\n\n"
        "- Hội đồng nhân dân tỉnh yêu cầu UBND tỉnh làm việc với huyện Lũng Vàng.\n"
    )
    assert names(stated(tmp_path, text, "Đề nghị UBND")) == ["Tỉnh Bình Lãng"]
    assert names(stated(tmp_path, text, "Trường hợp")) == ["Tỉnh Bình Lãng"]
    assert names(stated(tmp_path, text, "Nêu rõ")) == ["all"]  # the heading says where, not who
    assert names(stated(tmp_path, text, "Hội đồng nhân dân tỉnh yêu")) == [
        "Tỉnh Bình Lãng",
        "Huyện Lũng Vàng",
    ]


def test_the_place_of_an_audit_is_its_province(tmp_path: Path) -> None:
    before = "Kiểm toán vừa xong chuyên đề về đất đai tại tỉnh Bình Lãng."
    words = "Việc lập dự toán của địa phương đúng hạn."
    assert names(of_words(tmp_path, words, before=before)) == ["Tỉnh Bình Lãng"]
    before += " Huyện Lũng Vàng nộp sổ đủ."
    assert names(of_words(tmp_path, words, before=before)) == ["all"]


def test_a_district_that_finds_faults_with_a_commune_has_none(tmp_path: Path) -> None:
    words = "Kiểm tra quỹ của xã Khe Mận, UBND huyện Lũng Vàng đã chỉ ra nhiều khoản chi sai."
    assert names(of_words(tmp_path, words)) == ["Xã Khe Mận"]
    words = "Kiểm tra quỹ của xã Khe Mận, UBND huyện Lũng Vàng đã bỏ sót nhiều khoản chi sai."
    assert names(of_words(tmp_path, words)) == ["Xã Khe Mận", "Huyện Lũng Vàng"]


def test_what_follows_goes_on_about_the_place(tmp_path: Path) -> None:
    words = (
        "Những năm qua, tỉnh Bình Lãng đã cắt giảm nhiều giấy tờ. Sổ sách trên địa bàn tỉnh được ghi đều; "
        "kế hoạch được ban hành sớm. Có nơi còn thu thừa giấy tờ. Một số xã chưa mở sổ."
    )
    assert names(of_words(tmp_path, words, "Sổ sách")) == ["Tỉnh Bình Lãng"]
    later = of_words(tmp_path, words, "kế hoạch")
    assert names(later) == ["Tỉnh Bình Lãng"] and later.unit_confidence < 0.7
    assert names(of_words(tmp_path, words, "Có nơi")) == ["all"]
    assert names(of_words(tmp_path, words, "Một số")) == ["một số xã"]


@pytest.mark.parametrize(
    ("words", "offices"),
    [
        ("Thanh tra huyện đánh giá, xã Khe Mận ghi sổ đầy đủ.", []),
        ("Thanh tra huyện đánh giá cán bộ chưa đúng thẩm quyền.", ["Thanh tra huyện"]),
        ("Tiếp nhận hồ sơ tại Trung tâm Phục vụ hành chính công các cấp còn chậm.", []),
        ("Nhân viên Trung tâm Phục vụ hành chính công cấp tỉnh, cấp xã được tập huấn.", []),
        ("Ban Tiếp công dân của tỉnh, huyện trực đủ buổi.", []),
        ("Theo thống kê của phần mềm, Phòng Tư pháp đến ngày 23/11 mới chỉ có 6 xã gửi danh sách.", []),
        ("Trung tâm Phục vụ hành chính công tỉnh trả kết quả chậm.", ["Trung tâm Phục vụ hành chính công"]),
        ("Theo thống kê, Phòng Tư pháp hiện mới chỉ có 6 xã gửi danh sách.", []),
        ("Theo thống kê, Phòng Tư pháp còn 6 hồ sơ trễ hạn.", ["Phòng Tư pháp"]),
        ("Các xã báo cáo Sở Tư pháp (thông qua Văn phòng UBND tỉnh).", ["Sở Tư pháp"]),
    ],
)
def test_an_office_that_judges_or_stands_for_many_is_none(words: str, offices: list[str]) -> None:
    assert [office.name for office in find_offices(words, (0, len(words)))] == offices


def test_all_that_are_blamed_in_one_breath_are_meant(tmp_path: Path) -> None:
    words = (
        "Chủ tịch UBND tỉnh phê bình Giám đốc Sở Tư pháp, Sở Nội vụ, Chủ tịch UBND huyện Lũng Vàng "
        "và Trưởng phòng Y tế vì nộp báo cáo muộn."
    )
    assert names(of_words(tmp_path, words)) == ["Sở Tư pháp", "Sở Nội vụ", "Huyện Lũng Vàng", "Phòng Y tế"]


def test_the_divisions_of_a_district_are_a_group_of_their_own(tmp_path: Path) -> None:
    words = "Các cơ quan chuyên môn của UBND huyện chưa nắm chắc quy định; còn ký thay nhau trong sổ."
    group = ["các cơ quan chuyên môn của ubnd huyện"]
    assert names(of_words(tmp_path, words)) == group
    assert names(of_words(tmp_path, words, "còn ký")) == group


@pytest.mark.parametrize(
    ("words", "group"),
    [("Bộ phận này xếp thứ 5/14 xã phường.", None), ("Có 5/14 xã chưa mở sổ.", "5/14 xã")],
)
def test_a_rank_among_communes_is_no_group(words: str, group: str | None) -> None:
    found = group_of(words)
    assert (found.name if found else None) == group


@pytest.mark.parametrize(
    ("words", "units"),
    [
        (
            "Xã Khe Mận, huyện Lũng Vàng; xã Nà Pheo, huyện Nậm Tốc; xã Đá Sậy, huyện Cờ Lau chưa mở sổ.",
            ["Xã Khe Mận", "Xã Nà Pheo", "Xã Đá Sậy"],
        ),
        (
            "Xã Khe Mận, huyện Lũng Vàng, xã Nà Pheo, huyện Nậm Tốc chưa mở sổ.",
            ["Xã Khe Mận", "Xã Nà Pheo"],
        ),
        (
            "Tỉnh phê bình Chủ tịch UBND các huyện, thị, TP: Lũng Vàng, Nậm Tốc, thị xã Tam Sậy và TP Hạ Vọng.",
            ["Huyện Lũng Vàng", "Huyện Nậm Tốc", "Thị xã Tam Sậy", "Thành phố Hạ Vọng"],
        ),
        (
            "Hồ sơ trễ hạn tập trung ở các huyện, thị xã: Lũng Vàng, Nậm Tốc.",
            ["Huyện Lũng Vàng", "Huyện Nậm Tốc"],
        ),
        ("Văn bản gửi UBND các huyện, thị xã, thành phố Hạ Vọng.", ["Thành phố Hạ Vọng"]),
    ],
)
def test_lists_of_places(tmp_path: Path, words: str, units: list[str]) -> None:
    assert names(of_words(tmp_path, words)) == units


def test_what_follows_a_list_goes_on_about_it(tmp_path: Path) -> None:
    listed = ["Huyện Lũng Vàng", "Huyện Nậm Tốc"]
    words = (
        "Giám đốc Sở Tư pháp phê bình UBND các huyện: Lũng Vàng, Nậm Tốc. Lãnh đạo các địa phương này nộp báo cáo muộn. "
        "Biên bản họp không được lưu."
    )
    assert names(of_words(tmp_path, words, "Lãnh đạo các")) == listed
    assert names(of_words(tmp_path, words, "Biên bản")) == listed
    turned = f"{words}\n\nBên cạnh đó, chưa xử lý công chức ký khống."
    assert names(of_words(tmp_path, turned, "Bên cạnh đó")) == listed


ONCE = """\
Nhiều sai sót trong chi ngân sách ở xã Khe Mận

Qua kiểm tra, Thanh tra huyện Lũng Vàng phát hiện nhiều khoản chi không có chứng từ.

Trong hai năm, kế toán xã lập phiếu chi trùng số.

Quỹ tiền mặt không được kiểm kê.

Từ đó, Thanh tra huyện Lũng Vàng chỉ ra một số sai phạm như: để tiền quỹ ngoài két; cán bộ Phòng Tư pháp mượn 4 triệu đồng.

Toàn huyện còn 45 hồ sơ trễ hạn.
"""


def test_what_news_says_next_is_about_the_place_of_the_sentence_before(tmp_path: Path) -> None:
    first = "Xã Khe Mận chưa mở sổ. Bảng niêm yết đã cũ."
    for words, unit in [
        ("Theo Kết luận số 12/KL-TTr ngày 05/3/2019 về việc quản lý đất trên địa bàn huyện A, sổ bị sửa.", "Xã Khe Mận"),
        ("Bốn huyện chưa gửi số liệu.", "all"),
        ("Về xử lý sau thanh tra, 17 kết luận còn để ngỏ.", "all"),
        ("Toàn tỉnh còn 300 hồ sơ trễ hạn.", "all"),
    ]:  # fmt: skip
        before = f"{first} {words}\n\nXã Nà Pheo nộp sổ đúng hạn."
        assert names(of_words(tmp_path, before, words[:12])) == [unit], words
    after = f"{first}\n\nXã Nà Pheo nộp sổ đúng hạn.\n\nSở Xây dựng chậm trả lời. Hồ sơ nằm trong tủ."
    assert names(of_words(tmp_path, after, "Bảng niêm")) == ["Xã Khe Mận"]
    assert names(of_words(tmp_path, after, "Sở Xây dựng")) == ["Sở Xây dựng"]
    assert names(of_words(tmp_path, after, "Hồ sơ nằm")) == ["all"]


@pytest.mark.parametrize("head", ["Trần Minh Sậy", "Quản Thị Lau"])
def test_the_name_of_a_head_is_no_provinces(tmp_path: Path, head: str) -> None:
    words = f"Đoàn kiểm toán đề nghị Chủ tịch UBND tỉnh {head} kiểm điểm người ký."
    assert names(of_words(tmp_path, words)) == ["UBND tỉnh"]


@pytest.mark.parametrize("place", ["xã Khe Mận", "xã KLM"])
def test_a_text_about_one_commune_named_once(tmp_path: Path, place: str) -> None:
    text = ONCE.replace("xã Khe Mận", place)
    for beginning in ("Qua kiểm tra", "Trong hai năm", "Quỹ tiền", "Từ đó"):
        one = stated(tmp_path, text, beginning)
        assert names(one) == [f"X{place[1:]}"], beginning
    assert names(stated(tmp_path, text, "Toàn huyện")) == ["all"]


def test_a_ward_that_is_a_number(tmp_path: Path) -> None:
    text = "Sáng qua, đoàn kiểm tra tại UBND phường 3.\n\nBảng niêm yết của phường đã cũ.\n\nSổ không được khóa.\n"
    assert names(stated(tmp_path, text, "Sổ không")) == ["Phường 3"]


def test_a_commune_named_only_where_the_text_ends(tmp_path: Path) -> None:
    text = (
        "Năm qua, kinh tế của xã phát triển ổn định. Sổ đơn thư được ghi đều.\n\n"
        "Tại buổi làm việc, lãnh đạo xã đã giải trình về đơn thư trên địa bàn xã.\n\n"
        + "Kết quả thu ngân sách đạt khá, chi đúng nguồn, hồ sơ lưu đủ. " * 10
        + "\n\nĐoàn đánh giá cao cố gắng của xã KLM.\n"
    )
    assert names(stated(tmp_path, text, "Sổ đơn")) == ["Xã KLM"]
    plural = text.replace("của xã phát", "của các xã phát").replace("trên địa bàn xã", "ở nhiều xã")
    assert names(stated(tmp_path, plural, "Sổ đơn")) == ["all"]


def test_an_office_of_the_one_commune_is_the_commune(tmp_path: Path) -> None:
    text = (
        "Năm qua, phường Bến Sậy có 14 tổ hòa giải.\n\n"
        "Văn phòng UBND phường được thành phố xếp hạng nhì. Riêng Ban Tư pháp xếp vị trí thứ 4/13 xã phường.\n"
    )
    assert names(stated(tmp_path, text, "Văn phòng")) == ["Phường Bến Sậy"]
    assert names(stated(tmp_path, text, "Riêng Ban")) == ["Phường Bến Sậy"]


def test_a_commune_that_is_only_one_example_is_not_what_a_text_is_about(tmp_path: Path) -> None:
    text = (
        "Huyện Lũng Vàng rà soát thủ tục, trong đó xã Khe Mận làm xong sớm.\n\n"
        "Huyện Nậm Tốc còn 40 hồ sơ trễ hạn.\n\nSổ theo dõi không được khóa.\n"
    )
    assert names(stated(tmp_path, text, "Sổ theo")) == ["all"]


def test_the_list_behind_who_found_faults_is_of_the_one_just_named(tmp_path: Path) -> None:
    words = (
        "Xã Khe Mận chậm nộp sổ. Thanh tra huyện đã chỉ ra một số sai phạm: Thu phí không viết biên lai; "
        "kế toán Phòng Tài chính ứng tiền chưa hoàn trả.\n\nXã Nà Pheo nộp sổ đúng hạn."
    )
    assert names(of_words(tmp_path, words, "Thanh tra huyện")) == ["Xã Khe Mận"]


def test_the_order_that_closes_a_paper_is_not_the_last_offices(tmp_path: Path) -> None:
    text = DISTRICT + (
        "1. Phòng Nội vụ\n\na) Theo dõi việc chấm công hằng tháng.\n\n"
        "2. Văn phòng HĐND và UBND huyện\n\na) Đôn đốc các xã gửi báo cáo đúng hạn.\n\n"
        "Chủ tịch UBND huyện yêu cầu thủ trưởng các phòng, Chủ tịch UBND các xã thực hiện nghiêm. "
        "Nếu có vướng mắc, các cơ quan, đơn vị báo cáo UBND huyện (qua Văn phòng HĐND và UBND huyện).\n"
    )
    assert names(stated(tmp_path, text, "Đôn đốc")) == ["Văn phòng HĐND và UBND huyện"]
    assert names(stated(tmp_path, text, "Chủ tịch UBND")) == ["all"]
    assert names(stated(tmp_path, text, "Nếu có")) == ["all"]


def test_what_others_are_asked_for_and_counts_of_provinces_are_about_no_committee(tmp_path: Path) -> None:
    asked = "UBND TP Lũng Cát yêu cầu các phòng chấp hành nghiêm giờ làm việc."
    assert names(of_words(tmp_path, asked)) != ["Thành phố Lũng Cát"]
    assert names(of_words(tmp_path, asked.replace("yêu cầu các phòng", "chưa"))) == ["Thành phố Lũng Cát"]
    counted = "23/63 tỉnh đã xây dựng kho lưu trữ kiên cố."
    assert "UBND tỉnh" not in names(of_words(tmp_path, counted))


def test_an_abbreviation_behind_a_kind_is_no_commune(tmp_path: Path) -> None:
    before = "Công tác TCD ở xã Khe Mận được kiểm tra hai ngày."
    words = "Chủ tịch xã TCD vào thứ Ba hằng tuần."
    assert names(of_words(tmp_path, words, before=before)) == ["all"]
    assert names(of_words(tmp_path, words, before="Kết quả kiểm tra:")) == ["Xã TCD"]
