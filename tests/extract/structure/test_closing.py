"""Closings as offices print them: one column or two run together, with and without every part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.structure.build import Structured
from extract.structure.zones import person_of

Run = Callable[..., list[Structured]]


def said(part: Structured) -> list[str]:
    """The words of the items of the body."""
    return [part.document.text[slice(*item.content)] for item in part.outline.items]


HEAD = """\
UBND HUYỆN TÂN KHÊ
PHÒNG NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 03/BC-PNV

Tân Khê, ngày 12 tháng 7 năm 2019

BÁO CÁO
Kết quả kiểm tra cải cách hành chính

1. Xã Khe Mận đã ban hành kế hoạch cải cách hành chính năm 2019 đúng thời hạn quy định của huyện.

"""

CLOSINGS: list[tuple[str, dict[str, Any]]] = [
    (
        "Nơi nhận: KT. CHỦ TỊCH\n- Như trên; PHÓ CHỦ TỊCH\n- Lưu: VT.\nLò Văn Pánh",
        {
            "authority": "KT. CHỦ TỊCH",
            "signer_title": "PHÓ CHỦ TỊCH",
            "signer": "Lò Văn Pánh",
            "copies": ("Như trên", "Lưu: VT"),
        },
    ),
    (
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Sở Nội vụ (b/c); KT. CHỦ TỊCH\n- Các xã, thị trấn; PHÓ CHỦ TỊCH\n"
        "- Lưu: VT, NV. Lò Văn Pánh",
        {
            "authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
            "signer_title": "PHÓ CHỦ TỊCH",
            "signer": "Lò Văn Pánh",
            "copies": ("Sở Nội vụ (b/c)", "Các xã, thị trấn", "Lưu: VT, NV"),
        },
    ),
    (
        "Nơi nhận TRƯỞNG ĐOÀN\n- UBND huyện (b/c);\n- Lưu: ĐKT.\nHà Thị Ngân",
        {"signer_title": "TRƯỞNG ĐOÀN", "signer": "Hà Thị Ngân", "copies": ("UBND huyện (b/c)", "Lưu: ĐKT")},
    ),
    (
        "Nơi nhận :\n- Như trên;\n- Lưu VT./.\n\nKT.CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLò Văn Pánh",
        {
            "authority": "KT.CHỦ TỊCH",
            "signer_title": "PHÓ CHỦ TỊCH",
            "signer": "Lò Văn Pánh",
            "copies": ("Như trên", "Lưu VT"),
        },
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. UBND XÃ KHE MẬN\nCHỦ TỊCH\n(ĐÃ KÝ)\nTRƯƠNG VĂN ĐẠT",
        {"authority": "TM. UBND XÃ KHE MẬN", "signer_title": "CHỦ TỊCH", "signer": "TRƯƠNG VĂN ĐẠT"},
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM UBND XÃ\nCHỦ TỊCH\n\nĐOÀN VĂN HẢI",
        {"authority": "TM UBND XÃ", "signer_title": "CHỦ TỊCH", "signer": "ĐOÀN VĂN HẢI"},
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTL. CHỦ TỊCH TRƯỞNG PHÒNG NỘI VỤ ThS. Lâm Quốc Thái",
        {"authority": "TL. CHỦ TỊCH", "signer_title": "TRƯỞNG PHÒNG NỘI VỤ", "signer": "Lâm Quốc Thái"},
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTUQ. CHỦ TỊCH\nTrưởng phòng Nội vụ\n\nTh.S Lâm Quốc Thái",
        {"authority": "TUQ. CHỦ TỊCH", "signer_title": "Trưởng phòng Nội vụ", "signer": "Lâm Quốc Thái"},
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nQ. CHỦ TỊCH\n\nH'Wen Niê",
        {"authority": None, "signer_title": "Q. CHỦ TỊCH", "signer": "H'Wen Niê"},
    ),
    (
        "Nơi nhận:\n- UBND huyện;\n- Lưu: ĐKT.\n\nTrưởng đoàn\n(Ký, ghi rõ họ tên)\nThiếu tá Hà Thị Ngân",
        {"signer_title": "Trưởng đoàn", "signer": "Hà Thị Ngân", "copies": ("UBND huyện", "Lưu: ĐKT")},
    ),
    (
        "Nơi nhận:\nNhư trên;\nChủ tịch UBND huyện;\nLưu: VT.\n\nTRƯỞNG ĐOÀN\nHà Thị Ngân (đã ký)",
        {
            "copies": ("Như trên", "Chủ tịch UBND huyện", "Lưu: VT"),
            "signer_title": "TRƯỞNG ĐOÀN",
            "signer": "Hà Thị Ngân",
        },
    ),
    (
        "Nơi nhận: Như trên; Sở Nội vụ; xã Lưu Kiếm; lưu: VT.\n\nCHỦ TỊCH\n\nLò Văn Pánh",
        {"copies": ("Như trên", "Sở Nội vụ", "xã Lưu Kiếm", "lưu: VT"), "signer_title": "CHỦ TỊCH"},
    ),
    (
        "Nơi nhận:\n- TT Huyện ủy; HĐND huyện;\n- CHỦ TỊCH UBND HUYỆN;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLò Văn Pánh",
        {
            "copies": ("TT Huyện ủy; HĐND huyện", "CHỦ TỊCH UBND HUYỆN", "Lưu: VT"),
            "signer_title": "CHỦ TỊCH",
            "signer": "Lò Văn Pánh",
        },
    ),
    ("Trưởng đoàn\n\nHà Thị Ngân", {"signer_title": "Trưởng đoàn", "signer": "Hà Thị Ngân", "copies": None}),
]


@pytest.mark.parametrize(("closing", "expected"), CLOSINGS)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_closing(structured: Run, closing: str, expected: dict[str, Any], suffix: str) -> None:
    text = HEAD + closing
    if suffix == ".md":
        # A line of its own: Markdown would take the lines for one paragraph.
        text = text.replace("\n", "\n\n").replace("\n\n\n\n", "\n\n")
    (only,) = structured(text, suffix)
    document = only.document
    assert {name: document.value(name) for name in expected} == expected
    for name in ("signer", "authority", "signer_title"):
        field = document.header.get(name)
        if field is not None:
            assert field.span is not None
            assert document.text[field.span[0] :].startswith(field.value.split()[0])


def test_a_title_in_capitals_is_no_persons_name() -> None:
    assert person_of("CHÁNH VĂN PHÒNG :") is None
    assert person_of("PHÓ CHỦ TỊCH") is None
    assert person_of("TRƯƠNG VĂN AN") == "TRƯƠNG VĂN AN"
    assert person_of("Hà Thị Chánh") == "Hà Thị Chánh"


TWO_SIGN = "ĐẠI DIỆN UBND XÃ\nPHÓ CHỦ TỊCH\n\nLò Văn Pánh\n\nTRƯỞNG ĐOÀN\n\nHà Thị Ngân\n"
MINUTES = """\
UBND HUYỆN TÂN KHÊ
ĐOÀN KIỂM TRA CCHC

BIÊN BẢN
Kiểm tra kỷ cương hành chính tại UBND xã Khe Mận

Hôm nay, hồi 8 giờ 30 phút, ngày 17 tháng 5 năm 2024, tại trụ sở UBND xã, chúng tôi gồm:

1. Bà Hà Thị Ngân, Trưởng đoàn, theo Quyết định số 41/QĐ-UBND ngày 02/5/2024.

2. Ông Lò Văn Pánh, Phó Chủ tịch UBND xã.

"""


def test_minutes_are_of_their_meetings_day_and_of_who_led_it(structured: Run) -> None:
    (only,) = structured(MINUTES + TWO_SIGN)
    document = only.document
    assert document.value("kind") == "biên bản"
    assert document.value("date") == "2024-05-17"
    assert document.header["date"].confidence < 0.9
    assert (document.value("signer"), document.value("signer_title")) == ("Hà Thị Ngân", "TRƯỞNG ĐOÀN")
    assert document.header["signer"].confidence < 0.9
    assert "date_missing" not in {warning.code for warning in document.warnings}


@pytest.mark.parametrize(
    ("signed", "signer"),
    [
        ("CHỦ TRÌ\nHà Thị Ngân\n\nTHƯ KÝ\nLò Văn Pánh\n", "Hà Thị Ngân"),
        (
            "ĐẠI DIỆN UBND XÃ\n(Đã ký)\nLò Văn Pánh\n\nNGƯỜI GHI BIÊN BẢN\n(Đã ký)\nHà Thị Ngân\n",
            "Hà Thị Ngân",
        ),
        ("ĐẠI DIỆN ĐOÀN KIỂM TRA\nHà Thị Ngân\n\nĐẠI DIỆN UBND XÃ\nLò Văn Pánh\n", "Hà Thị Ngân"),
    ],
)
def test_those_who_sign_minutes_say_nothing_of_a_commune(structured: Run, signed: str, signer: str) -> None:
    (only,) = structured(MINUTES + signed)
    assert only.document.value("signer") == signer
    assert not [words for words in said(only) if words.endswith("Pánh") or words.startswith("ĐẠI DIỆN")]


def test_who_took_part_is_not_who_signed(structured: Run) -> None:
    took_part = "ĐẠI DIỆN UBND XÃ\n\n1. Bà Vi Thị Én, công chức.\n\n2. Ông"
    (only,) = structured(MINUTES.replace("2. Ông", took_part) + TWO_SIGN)
    assert only.document.value("signer") == "Hà Thị Ngân"
    assert any("Vi Thị Én" in words for words in said(only))


def test_a_second_signature_is_not_mixed_into_the_first(structured: Run) -> None:
    text = MINUTES.replace("BIÊN BẢN", "BÁO CÁO") + TWO_SIGN
    (only,) = structured(text)
    document = only.document
    assert document.value("date") is None, "only minutes are of the day that they tell"
    assert document.value("signer") == "Lò Văn Pánh"
    assert "TRƯỞNG ĐOÀN" not in document.value("signer_title")
