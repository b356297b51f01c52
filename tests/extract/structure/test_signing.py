"""What the form of a signature, of a head and of official wording say about recognised fields."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.document import Document
from extract.official import official
from extract.pages import Line, Page, Source, Word, Zone
from extract.structure.build import structure
from extract.structure.signing import judged_title

Row = tuple[str, float, float]
"""Text, the axis that it is centred on, top."""
HEAD: list[Row] = [
    ("UBND HUYỆN LŨNG VÀNG", 0.25, 0.05),
    ("PHÒNG NỘI VỤ", 0.25, 0.07),
    ("Số: 415/BC-PNV", 0.25, 0.09),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.7, 0.05),
    ("Độc lập - Tự do - Hạnh phúc", 0.7, 0.07),
    ("Lũng Vàng, ngày 31 tháng 8 năm 2021", 0.7, 0.09),
    ("BÁO CÁO", 0.5, 0.13),
    ("Kết quả kiểm tra cải cách hành chính năm 2021", 0.5, 0.15),
]
BODY: Row = ("Xã Khe Mận chưa ban hành kế hoạch cải cách hành chính.", 0.5, 0.2)
END: list[Row] = [
    ("KT. TRƯỞNG PHÒNG", 0.75, 0.5),
    ("PHÓ TRƯỞNG PHÒNG", 0.75, 0.52),
    ("Lò Văn Pánh", 0.75, 0.6),
]
_LETTER = 0.009


def scan(
    rows: Sequence[Row] = (*HEAD, BODY, *END), sure: float | None = 0.95, zones: Sequence[Zone] = ()
) -> Document:
    """A recognised page (typed without ``sure``), every row centred on its axis."""
    lines = []
    for text, axis, top in rows:
        left, words = axis - _LETTER * len(text) / 2, []
        for word in text.split():
            words.append(Word(word, (left, top, left + _LETTER * len(word), top + 0.014), sure))
            left += _LETTER * (len(word) + 1)
        lines.append(Line(words, page=1))
    page = Page(1, lines, origin="ocr", width=595, height=842, zones=list(zones))
    (found,) = structure(Source("a.pdf", "0" * 64, "pdf", [page], engine="fake 1"))
    return found.document


def with_end(*end: Row) -> Document:
    return scan([*HEAD, BODY, *end])


@pytest.mark.parametrize(
    ("authority", "title", "value", "sure"),
    [
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH", True),
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", False),
        ("KT. BỘ TRƯỞNG", None, "THỨ TRƯỞNG", False),
        ("KT. GIÁM ĐỐC", "ĐỐC", "PHÓ GIÁM ĐỐC", False),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TICH", "CHỦ TỊCH", True),
        ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG", True),
        ("TL. CHỦ TỊCH", "CHỦ TỊCH", "CHỦ TỊCH", False),
        ("TL. GIÁM ĐỐC", "VĂN PHÒNG", "VĂN PHÒNG", False),
        (None, "PHO TRƯỞNG ĐOÀN", "PHÓ TRƯỞNG ĐOÀN", True),
        (None, "TRƯỞNG ĐOÀN XICH BUN", "TRƯỞNG ĐOÀN XICH BUN", False),
        ("TM. ĐOÀN KIỂM TRA", None, None, False),
    ],
)
def test_title_against_its_authority(
    authority: str | None, title: str | None, value: str | None, sure: bool
) -> None:
    found, most = judged_title(authority, title)
    assert found == value
    assert value is None or (most > 0.8) is sure


def test_title_that_lost_pho_is_completed_but_not_sure() -> None:
    document = with_end(END[0], ("TRƯỞNG PHÒNG", 0.77, 0.52), END[2])
    assert document.value("signer_title") == "PHÓ TRƯỞNG PHÒNG"
    assert document.header["signer_title"].confidence <= 0.8
    assert scan().header["signer_title"].confidence > 0.8


def test_title_off_the_axis_lost_a_word_that_nothing_names() -> None:
    whole = with_end(("TRƯỞNG PHÒNG", 0.75, 0.52), END[2])
    assert whole.header["signer_title"].confidence > 0.8
    for moved in (0.77, 0.73):
        broken = with_end(("TRƯỞNG PHÒNG", moved, 0.52), END[2])
        assert broken.header["signer_title"].confidence <= 0.5


def test_room_for_a_line_between_authority_and_title() -> None:
    end = [("TM. ĐOÀN KIỂM TRA", 0.75, 0.5), ("TRƯỞNG ĐOÀN", 0.75, 0.52), END[2]]
    assert with_end(*end).header["signer_title"].confidence > 0.8
    end[1] = ("TRƯỞNG ĐOÀN", 0.75, 0.54)
    assert with_end(*end).header["signer_title"].confidence <= 0.5


def test_name_that_lost_a_word_is_left_open_and_proposed() -> None:
    again = ("Người ký văn bản này là đồng chí Lò Văn Pánh của phòng.", 0.5, 0.22)
    end = [*END[:2], ("Văn Pánh", 0.77, 0.6)]
    assert scan([*HEAD, BODY, again, *END]).header["signer"].confidence > 0.8
    document = scan([*HEAD, BODY, again, *end])
    assert document.value("signer") is None
    assert [one.value for one in document.proposals["signer"]] == ["Văn Pánh"]


def test_what_a_seal_left_of_a_title_is_no_name() -> None:
    document = with_end(("TM. ĐOÀN KIỂM TRA", 0.75, 0.5), ("UNG OAN", 0.75, 0.52), END[2])
    assert document.value("signer") in (None, "Lò Văn Pánh")


def test_typed_signature_stays_as_it_is() -> None:
    rows = [*HEAD, BODY, END[0], ("TRƯỞNG PHÒNG", 0.79, 0.52), END[2]]
    document = scan(rows, sure=None)
    assert document.value("signer_title") == "TRƯỞNG PHÒNG"
    assert document.header["signer_title"].confidence > 0.9


@pytest.mark.parametrize("left", [("HUYỆN LŨNG VÀNG",), ("ỦY BAN NHÂN DÂN",), ("PHÒNG NỘI VỤ", "ĐAX PHONH")])
def test_issuer_that_lost_a_line_or_won_one_is_not_sure(left: tuple[str, ...]) -> None:
    assert scan().header["issuer"].confidence > 0.8  # no proper name: it need not stand twice
    rows = [(text, 0.25, 0.05 + 0.02 * at) for at, text in enumerate(left)]
    document = scan([*rows, *HEAD[2:], BODY, *END])
    assert document.header["issuer"].confidence <= 0.5


def test_superior_in_the_place_of_the_issuer_is_not_sure() -> None:
    document = scan([HEAD[0], *HEAD[2:], BODY, ("TRƯỞNG PHÒNG", 0.75, 0.52), END[2]])
    assert document.value("issuer") == "UBND HUYỆN LŨNG VÀNG"
    assert document.header["issuer"].confidence <= 0.5


def test_slip_that_leaves_a_syllable_is_not_official_wording() -> None:
    subject = "Kết quả khắc phục tồn tại, hạn chế năm 2021"
    sure = scan([*HEAD[:-1], (subject, 0.5, 0.15), BODY, *END]).header["subject"]
    slip = scan([*HEAD[:-1], (subject.replace("tồn", "tôn"), 0.5, 0.15), BODY, *END]).header["subject"]
    assert sure.confidence > 0.8 >= slip.confidence


@pytest.mark.parametrize(("place", "sure"), [("Khe Mận", True), ("Khe Mân", False)])
def test_name_in_a_subject_has_to_stand_again(place: str, sure: bool) -> None:
    subject = f"Kết quả kiểm tra cải cách hành chính tại xã {place}"
    document = scan([*HEAD[:-1], (subject, 0.5, 0.15), BODY, *END])
    assert (document.header["subject"].confidence > 0.8) is sure


def test_stamp_over_the_room_below_a_subject() -> None:
    stamp = Zone("incoming_stamp", 1, (0.4, 0.168, 0.6, 0.2), "ĐẾN")
    assert scan().header["subject"].confidence > 0.8
    assert scan(zones=[stamp]).header["subject"].confidence <= 0.8


@pytest.mark.parametrize(
    ("read", "spelt", "rest"),
    [
        ("PHO CHU TICH UBND HUYỆN", "PHÓ CHỦ TỊCH UBND HUYỆN", ()),
        ("TRUNG TÂM VĂN HOÁ - THỂ THAO", "TRUNG TÂM VĂN HOÁ - THỂ THAO", ()),
        ("UBND XÃ CHU TICH", "UBND XÃ CHỦ TỊCH", ()),
        ("SỞ NÔI VU QX", "SỞ NỘI VỤ QX", ("QX",)),
    ],
)
def test_words_of_the_form(read: str, spelt: str, rest: tuple[str, ...]) -> None:
    found = official(read)
    assert (found.text, found.rest) == (spelt, rest)


def test_name_behind_a_kind_of_place_is_left_alone() -> None:
    found = official("ỦY BAN NHÂN DÂN XÃ BÉN ĐOÁC")
    assert (found.name, found.whole, found.rest) == (5, False, ())
    assert found.text.endswith("XÃ BÉN ĐOÁC")


def test_slip_in_an_issuer_is_spelt_as_the_form_spells_it() -> None:
    head = [("UBND TỈNH LŨNG VÀNG", 0.25, 0.05), ("SỞ LAO ĐỘNG - THƯƠNG BỊNH VÀ XÃ HỘI", 0.25, 0.07)]
    assert scan([*head, *HEAD[2:], BODY, *END]).value("issuer") == "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"
    assert scan([*head, *HEAD[2:], BODY, *END], sure=None).value("issuer") == head[1][0]


def test_letter_of_a_thanh_tra_is_no_to_trinh() -> None:
    head = [*HEAD[:2], ("Số: 41/TTr-NV", 0.25, 0.09), ("V/v khắc phục thiếu sót", 0.25, 0.11), *HEAD[3:6]]
    assert (
        scan([*head, ("Kính gửi: Ủy ban nhân dân các xã.", 0.5, 0.16), BODY, *END]).value("kind")
        == "công văn"
    )


def test_page_on_its_side_has_no_axis_to_stand_off() -> None:
    # boxes are those of the picture as given, words run downwards in it
    upright = [*HEAD[:-1], ("Kết quả kiểm tra cải cách hành chính", 0.5, 0.15), ("năm 2021", 0.5, 0.17), BODY]
    lines = []
    for text, axis, top in [*upright, *END]:
        words, at = [], axis - _LETTER * len(text) / 2
        for word in text.split():
            words.append(Word(word, (1 - top, at, 1.01 - top, at + _LETTER * len(word)), 0.95))
            at += _LETTER * (len(word) + 1)
        lines.append(Line(words, page=1))
    page = Page(1, lines, origin="ocr", width=842, height=595)
    (found,) = structure(Source("a.pdf", "0" * 64, "pdf", [page], engine="fake 1"))
    assert found.document.value("subject") == "Kết quả kiểm tra cải cách hành chính năm 2021"
    assert found.document.header["signer_title"].confidence > 0.8
    assert found.document.value("signer") == "Lò Văn Pánh"
