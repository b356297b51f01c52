"""Linking: the unit of a name at a date and a place, with what has to be said of the link."""

from __future__ import annotations

import pytest

from extract.document import UnitMention
from extract.units.find import Names, find_units
from extract.units.gazetteer import gazetteer_of
from extract.units.link import Linker
from extract.units.marks import MARKS, link_quality
from extract.units.register import Register, Unit
from extract.units.setting import setting_of

UNITS = [
    Unit("T1", "Tỉnh Đông Lĩnh", "province"),
    Unit("D1", "Huyện Suối Mơ", "district", "T1"),
    Unit("D2", "Huyện Gò Trâm", "district", "T1"),
    Unit("A", "Xã Đồng Lạng", "commune", "D1", "", "2020-01-31", ("C",)),
    Unit("B", "Xã Bản Vai", "commune", "D1", "", "2020-01-31", ("C",)),
    Unit("C", "Xã Đồng Bản", "commune", "D1", "2020-02-01"),
    Unit("E", "Xã Tân Lập", "commune", "D1"),
    Unit("F", "Xã Tân Lập", "commune", "D2"),
    Unit("G", "Thị trấn Suối Mơ", "commune", "D1"),
    Unit("H", "Xã Khe Mận", "commune", "D2"),
    Unit("I", "Xã Bến Sậy", "commune", "D1", "", "2021-05-31"),
    Unit("J", "Phường Bến Sậy", "commune", "D1", "2021-06-01"),
]


@pytest.fixture(scope="module")
def invented() -> Register:
    return Register(UNITS)


@pytest.fixture(scope="module")
def country() -> Register:
    return Register.load(country=True)


def mention(name: str, level: str = "commune", printed: str | None = None) -> UnitMention:
    return UnitMention(name, level, printed or name)  # type: ignore[arg-type]


def linked(
    register: Register, text: str, date: str | None, issuer: str | None = None, parent: str = ""
) -> list[UnitMention]:
    """The units of ``text`` as those of a document whose issuer is a district, or a commune if it says so."""
    gazetteer = gazetteer_of(register, date)
    unit = (
        mention(issuer, "commune" if issuer.startswith(("Xã", "Phường")) else "district") if issuer else None
    )
    setting = setting_of(gazetteer, date, issuer=unit, parent=parent or None, text=text)
    linker = Linker(gazetteer, setting, text)
    return [linker.link(one) for one in find_units(text, (0, len(text)), Names(text, linker.known_names()))]


def test_a_name_gets_the_code_valid_at_the_date(invented: Register) -> None:
    assert Linker.within(invented, "2019-11-25", "D1").link(mention("Xã Đồng Lạng")).code == "A"
    later = Linker.within(invented, "2023-11-25", "D1")
    assert later.link(mention("Xã Đồng Lạng")).code is None
    assert later.link(mention("Xã Đồng Bản")).code == "C"


def test_a_name_that_differs_in_tone_is_fuzzy_inside_the_district_only(invented: Register) -> None:
    found = Linker.within(invented, "2021-01-01", "D1").link(mention("Xã Đông Bản"))
    assert (found.name, found.code, found.match) == ("Xã Đồng Bản", "C", "fuzzy")
    assert found.as_printed == "Xã Đông Bản" and found.marks == ("misspelt",)
    for code in ("D2", None):
        assert Linker.within(invented, "2021-01-01", code).link(mention("Xã Đông Bản")).match == "none"


def test_a_slip_that_the_document_spells_right_elsewhere_is_still_one(country: Register) -> None:
    found = Linker.within(country, "2021-11-25", "439").link(mention("Xã Sơn Lễ", printed="Sơn Lẽ"))
    assert (found.code, found.match, found.marks) == ("18148", "fuzzy", ("misspelt",))


def test_homonyms_stay_candidates_unless_the_district_decides(invented: Register) -> None:
    open_ = Linker.within(invented, None).link(mention("Xã Tân Lập"))
    assert open_.code is None and open_.candidates == ("E", "F")
    assert Linker.within(invented, None, "D2").link(mention("Xã Tân Lập")).code == "F"
    assert Linker.within(invented, None, "T1").link(mention("Xã Tân Lập")).candidates == ("E", "F")


def test_kind_decides_between_district_and_town(invented: Register) -> None:
    linker = Linker.within(invented, None)
    assert linker.link(mention("Huyện Suối Mơ", "district")).code == "D1"
    assert linker.link(mention("Thị trấn Suối Mơ")).code == "G"


def test_a_unit_that_has_just_ended_is_meant_by_its_name_and_has_no_code_any_more(invented: Register) -> None:
    (found,) = linked(invented, "Tài liệu của xã Bản Vai.", "2020-06-01", "Huyện Suối Mơ")
    assert (found.id, found.code, found.match, found.marks) == ("B", None, "exact", ("ended",))


@pytest.mark.parametrize(
    "text",
    [
        "Tài liệu của xã Bản Vai (cũ).",
        "Tài liệu của xã Bản Vai trước sáp nhập.",
        "Xã Đồng Bản được thành lập từ xã Đồng Lạng và xã Bản Vai.",
        "Xã Đồng Bản do nhập xã Đồng Lạng, xã Bản Vai.",
    ],
)
def test_years_later_the_words_have_to_say_that_it_had_ended(invented: Register, text: str) -> None:
    assert linked(invented, text, "2024-06-01", "Huyện Suối Mơ")[-1].id == "B"
    plain = linked(invented, "Tài liệu của xã Bản Vai.", "2024-06-01", "Huyện Suối Mơ")
    assert (plain[0].id, plain[0].match, plain[0].marks) == (None, "none", ("unknown",))


@pytest.mark.parametrize(
    "text",
    [
        "Xã Đồng Bản tiếp nhận hồ sơ của xã Bản Vai.",
        "Xã Bản Vai nay thuộc địa bàn khác.",
        "Xã Đồng Lạng và xã Bản Vai đã nhập từ năm 2020.",
        "Xã Đồng Bản gộp từ xã Đồng Lạng và xã Bản Vai.",
    ],
)
def test_the_heir_beside_it_or_words_of_its_end_call_a_former_commune(invented: Register, text: str) -> None:
    found = {one.name: one.id for one in linked(invented, text, "2024-06-01", "Huyện Suối Mơ")}
    assert found["Xã Bản Vai"] == "B"


def test_the_name_of_a_former_commune_is_no_slip_of_a_neighbours(invented: Register) -> None:
    units = [*UNITS, Unit("K", "Xã Bản Vài", "commune", "D1"), Unit("L", "Xã Bản Lai", "commune", "D1")]
    later = Linker.within(Register(units[:-2] + units[-1:]), "2024-06-01", "D1")
    assert later.link(mention("Xã Bản Vai")).match == "none"
    assert later.link(mention("Xã Bản Lài")).code == "L"
    (found,) = linked(invented, "Xã Bến Sậy đã lên phường.", "2022-06-01", "Huyện Suối Mơ")
    assert (found.id, found.code, found.marks) == ("I", None, ("ended",))


def test_a_name_typed_without_marks_is_a_slip_where_one_unit_is_written_so(invented: Register) -> None:
    linker = Linker.within(invented, "2022-03-03", "D1")
    assert linker.link(mention("Xã Dong Ban")).code == "C"
    units = [*UNITS, Unit("K", "Xã Đông Bàn", "commune", "D1")]
    assert Linker.within(Register(units), "2022-03-03", "D1").link(mention("Xã Dong Ban")).match == "none"


def test_a_line_may_end_inside_a_name_of_the_district(invented: Register) -> None:
    for text in ("Yêu cầu xã Đồng\nBản báo cáo.", "Các xã: Tân Lập, Đồng\nBản báo cáo."):
        assert linked(invented, text, "2022-03-03", "Huyện Suối Mơ")[-1].code == "C"
    (plain,) = linked(invented, "Yêu cầu xã Tân Lập\nBản báo cáo kèm theo.", "2022-03-03", "Huyện Suối Mơ")
    assert plain.code == "E"


def test_in_a_line_of_capitals_a_name_ends_where_it_is_known_to(invented: Register) -> None:
    text = "KẾT QUẢ TẠI XÃ TÂN LẬP VÀ XÃ ĐỒNG BẢN CHƯA ĐẠT"
    assert [one.code for one in linked(invented, text, "2022-03-03", "Huyện Suối Mơ")] == ["E", "C"]


@pytest.mark.parametrize(
    "text", ["Vịnh Đồng Bản có khách.", "Đặc sản Đồng Bản bán chạy.", "Ngõ 12 Đồng Bản."]
)
def test_a_name_behind_a_noun_is_that_things_unless_the_paper_says_commune(
    invented: Register, text: str
) -> None:
    assert linked(invented, text, "2022-03-03", "Huyện Suối Mơ") == []
    assert linked(invented, "Tại Đồng Bản còn 2 vụ.", "2022-03-03", "Huyện Suối Mơ")[0].code == "C"
    said = linked(invented, "Xã Đồng Bản đạt. Trụ sở Đồng Bản rộng.", "2022-03-03", "Huyện Suối Mơ")
    assert [one.code for one in said] == ["C", "C"]


def test_what_a_merger_leads_to_has_not_ended(country: Register) -> None:
    text = "Nhập xã Sơn Lễ và xã An Hòa Thịnh vào xã Sơn Tiến."
    found = linked(country, text, "2025-09-01", "Xã Sơn Tiến", "TỈNH HÀ TĨNH")
    assert [(one.code, one.id) for one in found] == [
        (None, "18148"),
        (None, "18163"),
        ("18163", "18163@2025-07-01"),
    ]


def test_a_kind_that_was_raised_is_linked_and_said(invented: Register) -> None:
    linker = Linker.within(invented, "2022-03-03", "D1")
    found = linker.link(mention("Xã Bến Sậy"))
    assert (found.name, found.code, found.match, found.marks) == (
        "Phường Bến Sậy",
        "J",
        "fuzzy",
        ("other_kind",),
    )
    assert linker.link(mention("Phường Bến Sậy")).match == "exact"
    assert linker.link(mention("Bến Sậy")).match == "exact"


def test_without_a_date_a_code_has_to_be_that_of_all_periods(country: Register) -> None:
    open_ = Linker.within(country, None, "42")
    assert open_.link(mention("Xã Sơn Tây")).code == "18172"
    assert open_.link(mention("Xã Sơn Giang")).candidates == ("18157", "18184")
    # A huyện has ended on 30 June 2025 and cannot have named what came after it.
    assert Linker.within(country, None, "439").link(mention("Xã Sơn Giang")).code == "18157"


def test_a_mention_gets_the_code_of_its_time_inside_the_district(country: Register) -> None:
    found = Linker.within(country, "2021-11-25", "439").link(mention("Xã Sơn Giang"))
    assert (found.code, found.id, found.match) == ("18157", "18157", "exact")
    later = Linker.within(country, "2026-01-05", "42").link(mention("Xã Sơn Giang"))
    assert (later.code, later.id) == ("18184", "18184@2025-07-01")


def test_a_unit_without_code_keeps_the_printed_name_and_no_code(country: Register) -> None:
    found = Linker.within(country, "2019-11-25", "439").link(mention("Xã Sơn An"))
    assert (found.name, found.code, found.id) == ("Xã Sơn An", None, "~439.xa-sonan")
    record = found.to_record()
    assert record["code"] is None and "id" not in record and record["marks"] == []


def test_a_commune_is_not_linked_out_of_nowhere(country: Register) -> None:
    found = Linker.within(country, "2021-11-25").link(mention("Xã Sơn Giang"))
    assert found.code is None and len(found.candidates) > 1


def test_nothing_is_said_of_days_before_the_register_begins(country: Register) -> None:
    (found,) = linked(country, "Đoàn làm việc tại xã Sơn Lễ.", "2009-05-05", "Huyện Hương Sơn")
    assert (found.name, found.match, found.marks) == ("Xã Sơn Lễ", "none", ("before_register",))
    own = Register([Unit("D9", "Huyện Suối Mơ", "district"), Unit("E9", "Xã Khe Mận", "commune", "D9")])
    assert linked(own, "Đoàn làm việc tại xã Khe Mận.", "2009-05-05", "Huyện Suối Mơ")[0].code == "E9"


def test_a_place_that_the_register_does_not_know_has_no_namesakes(country: Register) -> None:
    """Thân Cửu Nghĩa stands once in the country, but not in a huyện that nobody knows."""
    text = "Đoàn làm việc tại xã Thân Cửu Nghĩa."
    assert linked(country, text, "2022-05-05", "Huyện Suối Mơ")[0].match == "none"
    assert linked(country, text, "2022-05-05", "Huyện Châu Thành", "TỈNH KHE LẠNG")[0].match == "none"
    assert linked(country, text, "2022-05-05", "Huyện Châu Thành", "TỈNH TIỀN GIANG")[0].match == "exact"


def test_a_slip_that_is_a_neighbours_name_stays_open(invented: Register) -> None:
    units = [*UNITS, Unit("K", "Xã Khe Màn", "commune", "D1")]
    found = Linker.within(Register(units), "2022-01-01", "D1").link(mention("Xã Khe Mận"))
    assert found.code is None and found.candidates == ("H", "K")
    assert Linker.within(invented, "2022-01-01", "D1").link(mention("Xã Khe Mận")).marks == ("outside",)


def test_two_units_as_near_leave_a_slip_open() -> None:
    units = [
        Unit("D", "Huyện Suối Mơ", "district"),
        Unit("1", "Xã Sơn Hà", "commune", "D"),
        Unit("2", "Xã Sơn Hạ", "commune", "D"),
    ]
    assert Linker.within(Register(units), None, "D").link(mention("Xã Sơn Há")).match == "none"


@pytest.mark.parametrize(
    "words",
    [
        "Xã Sơn Tiến mới ban hành kế hoạch.",
        "Xã Sơn Tiến trước ngày 15/9 gửi báo cáo.",
        "Xã Sơn Tiến đã nhập dữ liệu.",
        "Công chức nhập hồ sơ của xã Sơn Tiến trên hệ thống.",
        "Xã Sơn Tiến trước khi họp gửi tài liệu.",
    ],
)
def test_words_of_time_about_something_else_say_nothing_of_the_unit(country: Register, words: str) -> None:
    for date, code in (("2025-05-06", "18142"), ("2025-09-01", "18163")):
        issuer = ("Huyện Hương Sơn", "TỈNH HÀ TĨNH") if date < "2025-07" else ("Xã Sơn Tiến", "TỈNH HÀ TĨNH")
        assert linked(country, words, date, *issuer)[0].code == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Học tập kinh nghiệm của xã Tân Lập, huyện Gò Trâm.", ["F"]),
        ("Học tập kinh nghiệm của xã Tân Lập (huyện Gò Trâm).", ["F"]),
        ("Học tập kinh nghiệm của xã Tân Lập (Gò Trâm).", ["F"]),
        ("Học tập kinh nghiệm của xã Tân Lập thuộc huyện Gò Trâm.", ["F"]),
        ("Học tập kinh nghiệm của các xã: Tân Lập, Khe Mận thuộc huyện Gò Trâm.", ["F", "H"]),
        ("Xã Tân Lập và xã Đồng Bản gửi báo cáo.", ["E", "C"]),
        ("Xã Đồng Bản, xã Tân Lập (huyện Gò Trâm) gửi báo cáo.", ["C", "F"]),
    ],
)
def test_the_words_behind_a_name_say_where_it_lies(
    invented: Register, text: str, expected: list[str]
) -> None:
    found = linked(invented, text, "2022-01-01", "Huyện Suối Mơ")
    assert [one.code for one in found if one.level == "commune"] == expected


@pytest.mark.parametrize(
    ("text", "printed", "code"),
    [
        ("Đoàn làm việc tại phường Cam Ly - Đà Lạt.", "phường Cam Ly - Đà Lạt", "24787"),
        ("Đoàn làm việc tại phường Cam Ly – Đà Lạt.", "phường Cam Ly – Đà Lạt", "24787"),
        ("Đoàn làm việc tại phường 1 Bảo Lộc.", "phường 1 Bảo Lộc", "24823"),
    ],
)
def test_names_of_two_parts(country: Register, text: str, printed: str, code: str) -> None:
    gazetteer = gazetteer_of(country, "2025-09-01")
    issuer = mention("Tỉnh Lâm Đồng", "province")
    linker = Linker(gazetteer, setting_of(gazetteer, "2025-09-01", issuer=issuer), text)
    (found,) = [linker.link(one) for one in find_units(text, (0, len(text)), Names(text))]
    assert (found.as_printed, found.code) == (printed, code)
    assert found.span and text[slice(*found.span)] == printed


def test_groups_and_offices_are_no_communes(country: Register) -> None:
    linker = Linker.within(country, "2021-11-25", "439")
    group = UnitMention("all", "group", "25/25 xã, thị trấn")
    assert linker.link(group) == group
    assert linker.link(mention("Phòng Nội vụ", "agency")).match == "none"


def test_an_empty_register_changes_nothing() -> None:
    unit = mention("Xã Khe Mận")
    assert Linker.within(Register(), "2021-01-01").link(unit) == unit


@pytest.mark.parametrize(
    "words",
    [
        "Ông Hồ Thái Sơn làm thư ký.",
        "Hồ Thái Sơn, công chức, ghi biên bản.",
        "Bà Nguyễn Thị Thái Sơn ghi biên bản.",
        "Đồng chí Thái Sơn phát biểu.",
        "Trường Tiểu học Thái Sơn có 20 lớp.",
        "Hợp tác xã Thái Sơn có 12 thành viên.",
        "Thôn Thái Sơn có nhà văn hóa.",
        "Chợ Thái Sơn họp ngày lẻ.",
    ],
)
def test_people_and_other_places_are_not_communes(words: str) -> None:
    register = Register([Unit("D", "Huyện Gò Trâm", "district"), Unit("1", "Xã Thái Sơn", "commune", "D")])
    assert linked(register, words, "2021-01-01", "Huyện Gò Trâm") == []
    assert linked(register, "Đoàn làm việc tại Thái Sơn.", "2021-01-01", "Huyện Gò Trâm")[0].code == "1"


def test_a_list_of_communes_ends_where_people_follow(country: Register) -> None:
    text = "Dự họp có xã Sơn Lễ, Sơn Tây, Nguyễn Văn Bình, Trần Thị Hà và thư ký."
    found = linked(country, text, "2021-11-25", "Huyện Hương Sơn")
    assert [one.code for one in found] == ["18148", "18172"]


def test_every_mark_is_explained_and_lowers_the_confidence() -> None:
    unit = mention("Xã Khe Mận")
    assert link_quality(unit) == 1.0
    for mark in MARKS:
        assert link_quality(UnitMention("Xã A", "commune", "Xã A", marks=(mark,))) < 1.0
    assert link_quality(UnitMention("Xã A", "commune", "Xã A", candidates=("1", "2"))) < 0.85
