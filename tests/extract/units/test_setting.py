"""Where a document speaks: from its header, its text, and the communes that it names together."""

from __future__ import annotations

import pytest

from extract.document import UnitMention
from extract.units.gazetteer import gazetteer_of
from extract.units.link import Linker
from extract.units.register import Register
from extract.units.setting import Setting, setting_of

DATE = "2021-11-25"
COMMUNES = (
    "Đoàn làm việc tại xã Sơn Lễ, xã Sơn Tây, xã Sơn Hồng, xã Sơn Kim 1, xã Quang Diệm và thị trấn Phố Châu."
)


@pytest.fixture(scope="module")
def country() -> Register:
    return Register.load(country=True)


def setting(
    country: Register,
    issuer: tuple[str, str] | None = None,
    parent: str | None = None,
    place: str | None = None,
    text: str = "",
    date: str | None = DATE,
) -> Setting:
    unit = UnitMention(issuer[0], issuer[1], issuer[0]) if issuer else None  # type: ignore[arg-type]
    return setting_of(gazetteer_of(country, date), date, issuer=unit, parent=parent, place=place, text=text)


def district(found: Setting) -> str | None:
    return found.district.id if found.district else None


@pytest.mark.parametrize(
    ("issuer", "parent", "place", "text", "expected"),
    [
        (("Huyện Hương Sơn", "district"), None, None, "", "439"),
        (("HUYỆN HƯƠNG SƠN", "district"), "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH", None, "", "439"),
        (("Xã Sơn Lễ", "commune"), "UBND HUYỆN HƯƠNG SƠN", "Sơn Lễ", "", "439"),
        (("Huyện Hương Sờn", "district"), "TỈNH HÀ TĨNH", None, "", "439"),
        (("Huyện Châu Thành", "district"), "TỈNH TIỀN GIANG", None, "", "821"),
        (("Huyện Châu Thành", "district"), None, None, "Nơi nhận: UBND tỉnh Tiền Giang.", "821"),
        (("Huyện Châu Thành", "district"), None, None, "Đoàn làm việc tại xã Thân Cửu Nghĩa.", "821"),
        (("Huyện Châu Thành", "district"), None, None, "", None),
        (("Thị xã Kỳ Anh", "district"), "TỈNH HÀ TĨNH", None, "", "449"),
        (("Huyện Kỳ Anh", "district"), "TỈNH HÀ TĨNH", None, "", "447"),
        (("Huyện Phú Vang", "district"), "TỈNH THỪA THIÊN HUẾ", None, "", "478"),
        (("Thành phố Vũng Tàu", "district"), "TỈNH BÀ RỊA - VŨNG TÀU", None, "", "747"),
        (("Tỉnh Hà Tĩnh", "province"), None, "Hà Tĩnh", COMMUNES, None),
        (None, None, "Hương Sơn", "", "439"),
        (None, None, None, "Đoàn kiểm tra của huyện Hương Sơn họp.", "439"),
        (None, None, None, COMMUNES, "439"),
        (None, None, None, "Các xã: Sơn Lễ, Sơn Tây, Sơn Hồng, Quang Diệm gửi báo cáo.", "439"),
        (None, None, None, "Đoàn làm việc tại xã Tân Lập.", None),
        # one name told twice is one witness, and a name like it none
        (None, None, None, "Đoàn làm việc tại Xã Văn Khê. Các xã: Văn Khê, Lũng Mơ nộp báo cáo.", None),
        (None, None, None, "Các xã: Sơn Lế, Sơn Tấy, Quang Diễm gửi báo cáo.", None),
        (("Huyện Suối Mơ", "district"), None, None, COMMUNES, None),
        (("Huyện Hương S0m", "district"), None, None, COMMUNES, "439"),
        (("Huyện Hương S0m", "district"), None, None, "Đoàn làm việc tại xã Sơn Lễ.", None),
    ],
)
def test_the_district_of_a_document(
    country: Register,
    issuer: tuple[str, str] | None,
    parent: str | None,
    place: str | None,
    text: str,
    expected: str | None,
) -> None:
    assert district(setting(country, issuer, parent, place, text)) == expected


def test_a_place_that_nobody_knows_is_said_to_be_unknown(country: Register) -> None:
    assert setting(country, ("Huyện Suối Mơ", "district"), text=COMMUNES).unknown
    assert setting(country, ("Huyện Hương Sơn", "district"), "TỈNH KHE LẠNG").unknown
    assert not setting(country, text=COMMUNES).unknown


def test_an_undated_paper_is_no_younger_than_its_issuers_unit(country: Register) -> None:
    found = setting(country, ("Huyện Hương Sơn", "district"), date=None)
    assert (found.since, found.until) == ("", "2025-06-30")
    found = setting(country, ("Xã Hương Sơn", "commune"), "TỈNH HÀ TĨNH", date=None)
    assert (found.since, found.until) == ("2025-07-01", "")


def test_an_undated_paper_of_a_province_that_took_in_others_keeps_its_place(country: Register) -> None:
    found = setting(country, ("Huyện Cư M'gar", "district"), "TỈNH ĐẮK LẮK", date=None)
    assert (district(found), found.unknown) == ("648", False)


def test_an_office_of_a_province_speaks_of_more_than_the_capital(country: Register) -> None:
    found = setting(country, None, "TỈNH QUẢNG NGÃI", "Quảng Ngãi", "Đoàn làm việc tại phường Nguyễn Nghiêm.")
    assert district(found) is None and "51" in found.provinces
    assert district(setting(country, None, "HUYỆN BÌNH SƠN", "Bình Sơn")) == "524"


def test_the_last_papers_of_a_district(country: Register) -> None:
    late = setting(country, ("Huyện Hương Sơn", "district"), date="2025-07-10")
    assert district(late) == "439"
    issuer = UnitMention("Huyện Hương Sơn", "district", "HUYỆN HƯƠNG SƠN")
    linked = Linker(gazetteer_of(country, "2025-07-10"), late).issuer(issuer)
    assert (linked.code, linked.id, linked.marks) == (None, "439", ("ended",))
    assert setting(country, ("Huyện Hương Sơn", "district"), date="2026-07-10").unknown


def test_the_capital_is_home_to_nobody(country: Register) -> None:
    """A ministry dates its papers at Hà Nội and speaks of everywhere."""
    assert setting(country, place="Hà Nội", text="Đoàn làm việc tại xã Tân Lập.").provinces == frozenset()


def test_hue_was_a_town_before_it_was_a_province(country: Register) -> None:
    for date, name, code in (
        ("2022-05-05", "Tỉnh Thừa Thiên Huế", "46"),
        ("2022-05-05", "Thành phố Huế", None),
        ("2025-05-05", "Thành phố Huế", "46"),
    ):
        level = "province" if name.startswith("Tỉnh") else "district"
        mention = UnitMention(name, level, name)  # type: ignore[arg-type]
        found = Linker.within(country, date).link(mention)
        assert (found.code, found.name) == (code, name)
