"""Stamps, signature blocks, watermarks and page furniture leave the body and stay as zones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Document
from extract.pages import Line, Page, Source, Word
from extract.stamps import begins, extent
from extract.structure.build import Structured, structure

Run = Callable[..., list[Structured]]

HEAD = """\
ỦY BAN NHÂN DÂN
HUYỆN LŨNG VÀNG

Số: 415/UBND-NV
V/v chấn chỉnh việc thực hiện cải cách hành chính

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lũng Vàng, ngày 05 tháng 3 năm 2018

Kính gửi: Ủy ban nhân dân các xã, thị trấn.

Qua theo dõi, một số xã chưa gửi báo cáo quý I năm 2018 theo quy định của huyện.

"""
END = """\
Nơi nhận:
- Như trên;
- Lưu: VT, NV.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lò Văn Pánh
"""
SIGNED = """\
Người ký: Ủy ban nhân dân huyện
Lũng Vàng
Email: ubnd.lungvang@binhlang.example
Cơ quan: Tỉnh Bình Lãng
Thời gian ký: 09.03.2018
16:05:12 +07:00
"""
ARRIVED = """\
CÔNG VĂN ĐẾN
Số: 1234
Ngày: 09/3/2018
Chuyển: Văn phòng
"""
COPIED = """\
SAO Y
Ủy ban nhân dân xã Khe Mận
12/03/2018 08:15:22
"""
COPY_FORM = """\
UBND HUYỆN LŨNG VÀNG
VĂN PHÒNG

Số: 07/SY-VP

SAO Y BẢN CHÍNH
Lũng Vàng, ngày 12 tháng 3 năm 2018

Nơi nhận:
- Như trên;
- Lưu: VT.

CHÁNH VĂN PHÒNG

Hà Thị Sương
"""


def only(found: list[Structured]) -> Document:
    assert len(found) == 1
    return found[0].document


def stays_itself(document: Document) -> None:
    assert document.value("number") == "415/UBND-NV"
    assert document.value("date") == "2018-03-05"
    assert document.value("issuer") == "ỦY BAN NHÂN DÂN HUYỆN LŨNG VÀNG"
    assert document.value("signer") == "Lò Văn Pánh"
    assert document.value("signer_title") == "PHÓ CHỦ TỊCH"


@pytest.mark.parametrize(
    ("block", "kind", "words"),
    [
        (SIGNED, "digital_signature", "16:05:12 +07:00"),
        ("Signature Not Verified\n" + SIGNED, "digital_signature", "Signature Not Verified"),
        (
            "Ký bởi: Ủy ban nhân dân huyện Lũng Vàng\nNgày ký: 09-03-2018 16:05:12\n",
            "digital_signature",
            "09-03",
        ),
        (" ".join(SIGNED.split()) + "\n", "digital_signature", "Email:"),
        (ARRIVED, "incoming_stamp", "1234"),
        ("VĂN BẢN ĐẾN Số: 1234 Ngày: 09/3/2018\n", "incoming_stamp", "1234"),
        ("ĐẾN\nSố: .......\nNgày: 9/3/2018\nSố và ký hiệu HS: 12\n", "incoming_stamp", "ký hiệu HS"),
        (COPIED, "copy_stamp", "08:15:22"),
        ("SAO LỤC; UBND huyện Lũng Vàng; 12/03/2018 08:15:22 +07:00\n", "copy_stamp", "08:15:22"),
        ("SAO Y; Xã Khe Mận\nThời gian: 12.03.2018 08:15:22 +07:00\n", "copy_stamp", "08:15:22"),
        ("SAO VY; Xã Khe Mận\nThời gian: 12.03.2018 08:15:22 +07:00\n", "copy_stamp", "Xã Khe Mận"),
    ],
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_block_is_a_zone_and_says_nothing_about_the_document(
    structured: Run, block: str, kind: str, words: str, place: str
) -> None:
    text = f"{block}\n{HEAD}{END}" if place == "first" else f"{HEAD}{END}\n{block}"
    document = only(structured(text, ".txt"))
    stays_itself(document)
    assert [zone.kind for zone in document.zones] == [kind]
    assert words in document.zones[0].text
    assert words not in document.text


def test_form_of_a_paper_copy_is_no_document_and_no_signature(structured: Run) -> None:
    document = only(structured(HEAD + END + "\n" + COPY_FORM, ".txt"))
    stays_itself(document)
    assert [zone.kind for zone in document.zones] == ["copy_stamp"]
    for words in ("07/SY-VP", "CHÁNH VĂN PHÒNG", "Hà Thị Sương", "VĂN PHÒNG"):
        assert words in document.zones[0].text
    assert document.value("copies") == ("Như trên", "Lưu: VT, NV")


@pytest.mark.parametrize(
    "line",
    [
        "Xã sao y bản chính các giấy tờ khi tiếp nhận hồ sơ, chưa lập sổ theo dõi.",
        "Số công văn đến trong quý là 412, đã xử lý 400.",
        "Người ký văn bản chưa ghi rõ chức vụ theo quy định.",
        "1. CÔNG VĂN ĐẾN",
        "- Phòng Nội vụ (sao y);",
        "Email: phòng Nội vụ chưa công khai địa chỉ.",
        "Đến ngày 09/3/2018, xã mới gửi báo cáo.",
    ],
)
def test_running_text_stays(structured: Run, line: str) -> None:
    document = only(structured(f"{HEAD}{line}\n\nHuyện yêu cầu khắc phục ngay.\n\n{END}", ".txt"))
    assert document.zones == []
    assert line in document.text


def boxed(rows: Sequence[tuple[str, float, float, float]], page: int = 1) -> Page:
    """A page of lines: text, left edge, top edge, height of its words; letters are half as wide as high."""
    lines = []
    for text, left, top, height in rows:
        words, x = [], left
        for word in text.split():
            width = 0.36 * height * len(word)
            words.append(Word(word, box=(x, top, x + width, top + height), size=height * 842))
            x += width + 0.2 * height
        lines.append(Line(words, page=page))
    return Page(page, lines, origin="layer", width=595, height=842)


def made(*pages: Page) -> list[Structured]:
    return structure(Source("a.pdf", "0" * 64, "pdf", list(pages)))


def letter(extra: Sequence[tuple[str, float, float, float]] = (), page: int = 1) -> Page:
    rows = [
        (text, 0.12, 0.06 + 0.018 * at, 0.013) for at, text in enumerate((HEAD + END).split("\n")) if text
    ]
    return boxed([*rows, *extra], page)


def test_stamp_with_the_receiver_above_and_its_fields_beside() -> None:
    stamp = [
        ("UBND XÃ KHE MẬN", 0.6, 0.80, 0.011),
        ("Số: 1234", 0.7, 0.815, 0.011),
        ("ĐẾN", 0.6, 0.822, 0.011),
        ("Ngày: 09/3/2018", 0.7, 0.832, 0.011),
    ]
    document = only(made(letter(stamp)))
    stays_itself(document)
    assert Counter(zone.kind for zone in document.zones) == {"incoming_stamp": 1}
    zone = document.zones[0]
    assert set(zone.text.split("\n")) >= {"ĐẾN", "Số: 1234", "Ngày: 09/3/2018"}
    assert zone.page == 1 and zone.box is not None and zone.box[0] == pytest.approx(0.6)


def test_watermark_over_the_lines_is_a_zone() -> None:
    document = only(made(letter([("BẢN SAO", 0.2, 0.2, 0.12)])))
    stays_itself(document)
    assert [(zone.kind, zone.text) for zone in document.zones] == [("watermark", "BẢN SAO")]


def test_page_numbers_and_running_lines_are_zones_of_their_pages() -> None:
    names = ("Khe Mận", "Nà Lầu", "Suối Gạo", "Bến Đá")
    body = [(f"Xã {name} chưa gửi báo cáo theo quy định của huyện.", 0.12, 0.1, 0.013) for name in names]
    pages = [
        boxed([("Báo cáo kiểm tra", 0.4, 0.02, 0.013), (str(at + 1), 0.5, 0.04, 0.013), body[at]], at + 1)
        for at in range(4)
    ]
    document = only(made(*pages))
    assert Counter((zone.kind, zone.page) for zone in document.zones) == Counter(
        [(kind, page) for kind in ("running_line", "page_number") for page in (1, 2, 3, 4)]
    )
    assert "Báo cáo kiểm tra" not in document.text


def test_blank_page_is_nothing() -> None:
    document = only(made(letter(), Page(2, [], origin="ocr"), Page(3, [], origin="ocr")))
    assert document.pages == (1, 1)
    assert not {"lines_lost", "low_ocr_confidence"} & {warning.code for warning in document.warnings}


def test_zones_go_to_the_part_on_whose_page_they_stand() -> None:
    second = letter(
        [("Người ký: Lò Văn Pánh", 0.6, 0.9, 0.01), ("Thời gian ký: 09.03.2018 16:05:12", 0.6, 0.912, 0.01)],
        2,
    )
    found = made(letter(), second)
    assert [len(one.document.zones) for one in found] == [0, 1]


_LINES = st.sampled_from(
    [line for line in (HEAD + END + SIGNED + ARRIVED + COPIED + COPY_FORM).split("\n") if line]
    + [
        "7",
        "Trang 2/3",
        "BẢN SAO",
        "DỰ THẢO",
        "PHỤ LỤC I",
        "UBND XÃ KHE MẬN Người ký: A Thời gian ký: 01.02.2018 10:00:00",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_LINES, max_size=14), min_size=1, max_size=4), st.booleans())
def test_no_word_is_lost_or_doubled(pages: list[list[str]], paged: bool) -> None:
    given_words: Counter[str] = Counter()
    made_pages = []
    for number, lines in enumerate(pages, start=1):
        given_words.update(word for line in lines for word in line.split())
        if paged:
            made_pages.append(
                boxed(
                    [(t, 0.1 if at % 3 else 0.55, 0.05 + 0.02 * at, 0.013) for at, t in enumerate(lines)],
                    number,
                )
            )
        else:
            made_pages.append(
                Page(None, [Line([Word(w) for w in t.split()], starts_block=True) for t in lines])
            )
    kept: Counter[str] = Counter()
    for one in made(*made_pages):
        kept.update(placed.word.text for placed in one.document.words)
        for zone in one.document.zones:
            kept.update(zone.text.split())
    assert kept == given_words


@given(st.lists(st.text(max_size=40), min_size=1, max_size=12))
def test_extent_of_anything_is_bounded(texts: list[str]) -> None:
    found = extent(texts)
    assert found is None or (found[0] == begins(texts[0]) and 1 <= found[1] <= len(texts))
