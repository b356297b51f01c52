"""Recognised words carry a header field only as far as they are sure, printed and possible."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document, HeaderField, PlacedWord
from extract.pages import Line, Page, Source, Word, Zone
from extract.structure.build import structure
from extract.structure.doubt import doubt, is_misread

Row = tuple[str, float, float]
HEAD: list[Row] = [
    ("ỦY BAN NHÂN DÂN", 0.1, 0.05),
    ("HUYỆN LŨNG VÀNG", 0.1, 0.07),
    ("Số: 415/BC-UBND", 0.1, 0.09),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.5, 0.05),
    ("Độc lập - Tự do - Hạnh phúc", 0.5, 0.07),
    ("Lũng Vàng, ngày 31 tháng 8 năm 2021", 0.5, 0.09),
    ("BÁO CÁO", 0.4, 0.13),
    ("Kết quả kiểm tra cải cách hành chính năm 2021", 0.3, 0.15),
]
BODY: list[Row] = [
    ("Xã Khe Mận chưa ban hành kế hoạch cải cách hành chính.", 0.1, 0.2),
    ("TM. ỦY BAN NHÂN DÂN", 0.6, 0.5),
    ("CHỦ TỊCH", 0.69, 0.52),
    ("Lò Văn Pánh", 0.66, 0.6),
]

CALLED = {"number": "số, ký hiệu", "date": "ngày ban hành"}
"""How cautions call the fields."""


def scan(
    rows: Sequence[Row] = (*HEAD, *BODY),
    sure: dict[str, float] | None = None,
    hand: frozenset[str] = frozenset(),
    zones: Sequence[Zone] = (),
    name: str = "a.pdf",
    font: str | None = None,
    twice: bool = False,
) -> Document:
    """A recognised page; ``sure`` and ``hand`` name words (0.95 and print otherwise)."""
    lines = []
    for text, left, top in rows:
        words = [
            Word(
                word,
                box=(left + 0.06 * at, top, left + 0.06 * at + 0.055, top + 0.014),
                confidence=(sure or {}).get(word, 0.95),
                hand=word in hand,
                font=font,
                twice=twice,
            )
            for at, word in enumerate(text.split())
        ]
        lines.append(Line(words, page=1))
    page = Page(1, lines, origin="ocr", width=595, height=842, zones=list(zones))
    (found,) = structure(Source(name, "0" * 64, "pdf", [page], engine="fake 1"))
    return found.document


def codes(document: Document) -> set[str]:
    return {warning.code for warning in document.warnings}


def test_printed_and_sure_is_stated() -> None:
    document = scan()
    assert (document.value("number"), document.value("date")) == ("415/BC-UBND", "2021-08-31")
    assert min(document.header[name].confidence for name in ("number", "date", "kind", "issuer")) > 0.8
    assert "handwritten" not in codes(document)


@pytest.mark.parametrize(
    ("word", "field", "other"), [("415/BC-UBND", "number", "date"), ("31", "date", "number")]
)
def test_hand_word_leaves_its_field_open_and_is_proposed(word: str, field: str, other: str) -> None:
    document = scan(hand=frozenset({word}))
    assert document.value(field) is None and document.value(other) is not None
    assert [(p.source, p.confidence <= 0.5) for p in document.proposals[field]] == [("handwriting", True)]
    (said,) = [warning.message for warning in document.warnings if warning.code == "handwritten"]
    assert CALLED[field] in said and CALLED[other] not in said
    assert f"{field}_missing" in codes(document)
    assert word in document.text


@pytest.mark.parametrize(("sure", "stated"), [(0.8, True), (0.65, True), (0.5, False)])
def test_unsure_digits_are_never_stated_with_confidence(sure: float, stated: bool) -> None:
    document = scan(sure={"415/BC-UBND": sure, "2021": sure})
    for field in ("number", "date"):
        assert (document.value(field) is not None) is stated
        if stated:
            assert document.header[field].confidence <= (0.5 if sure < 0.7 else 0.8)


@pytest.mark.parametrize(
    "printed", ["4l5/BC-UBND", "41S/BC-UBND", "#15/BC-UBND", "4]5/BC-UBND", "41 5/BC-UBND"]
)
def test_what_is_no_number_is_not_stated_with_confidence(printed: str) -> None:
    rows = [(text.replace("415/BC-UBND", printed), x, y) for text, x, y in (*HEAD, *BODY)]
    document = scan(rows)
    found = document.header.get("number")
    assert found is None or found.confidence <= 0.8
    assert document.number_as_printed is not None


def test_ink_without_words_is_handwriting() -> None:
    rows = [(text.replace("415/", "/").replace("ngày 31", "ngày"), x, y) for text, x, y in (*HEAD, *BODY)]
    ink = [
        Zone("handwriting", 1, (0.13, 0.089, 0.16, 0.105)),
        Zone("handwriting", 1, (0.66, 0.089, 0.69, 0.105)),
    ]
    document = scan(rows, zones=ink)
    assert (document.value("number"), document.value("date")) == (None, None)
    assert document.number_as_printed == "/BC-UBND"
    (said,) = [warning.message for warning in document.warnings if warning.code == "handwritten"]
    assert CALLED["number"] in said and CALLED["date"] in said


@pytest.mark.parametrize(
    ("word", "field"), [("HUYỆN", "issuer"), ("Lò", "signer"), ("CHỦ", "signer_title"), ("quả", "subject")]
)
def test_other_fields_follow_their_worst_word(word: str, field: str) -> None:
    assert scan().header[field].confidence >= 0.8 > scan(sure={word: 0.7}).header[field].confidence


def test_digits_of_a_scanners_unseen_layer_are_only_proposed() -> None:
    # its words have a font and a confidence; whether the number was printed nobody has seen
    document = scan(font="GlyphLessFont")
    assert (document.value("number"), document.value("date")) == (None, None)
    assert [(p.value, p.source) for p in document.proposals["number"]] == [("415/BC-UBND", "text layer")]
    assert document.value("kind") == "báo cáo"


def test_impossible_syllables_lower_a_field() -> None:
    rows = [(text.replace("LŨNG", "LŨŇNG"), x, y) for text, x, y in (*HEAD, *BODY)]
    assert scan(rows).header["issuer"].confidence < 0.8


@pytest.mark.parametrize(
    ("word", "misread"),
    [("HUYỆN", False), ("UBND", False), ("CCHC", False), ("ĐKT", False), ("Pánh", False), ("Kết", False),
     ("KHĐT", False), ("2021", False), ("HUYỆM", True), ("tỉẩnh", True), ("HuYện", True), ("chínhh", True)],
)  # fmt: skip
def test_is_misread(word: str, misread: bool) -> None:
    assert is_misread(word) is misread


@given(st.floats(0, 1), st.sampled_from(["number", "date", "issuer", "kind"]), st.booleans())
def test_doubt_never_raises_confidence(sure: float, name: str, hand: bool) -> None:
    value = {"number": "12/BC-UBND", "date": "2021-08-31"}.get(name, "Nà Lầu")
    word = PlacedWord(0, 5, 1, Word("12345", confidence=sure, hand=hand))
    out = doubt({name: HeaderField(value, 0.97, (0, 5))}, [word])
    kept = out.fields.get(name)
    assert kept is None or kept.confidence <= 0.97
    if hand or sure < (0.88 if name in ("number", "date") else 0.85):
        assert kept is None or kept.confidence <= 0.8
    assert (name in out.proposals) is (kept is None)


def test_subject_that_lost_its_first_words_is_not_sure() -> None:
    rows = [(text.replace("Kết quả kiểm tra", "tra"), x, y) for text, x, y in (*HEAD, *BODY)]
    assert scan(rows).header["subject"].confidence < 0.8


def test_signer_in_capitals_on_a_scan_is_not_sure() -> None:
    rows = [(text.replace("Lò Văn Pánh", "ĂN BÌNH"), x, y) for text, x, y in (*HEAD, *BODY)]
    document = scan(rows)
    for name in ("signer", "signer_title"):
        assert name not in document.header or document.header[name].confidence < 0.8


def test_a_name_is_stated_surely_only_where_it_stands_twice() -> None:
    document = scan()
    assert document.header["signer"].confidence <= 0.8
    assert document.header["issuer"].confidence > 0.8  # "Lũng Vàng" stands before the date, too
    again = ("Người ký văn bản này là đồng chí Lò Văn Pánh, Chủ tịch.", 0.1, 0.22)
    assert scan([*HEAD, BODY[0], again, *BODY[1:]]).header["signer"].confidence > 0.8
    other = [(text.replace("VÀNG", "VANG"), left, top) for text, left, top in HEAD]
    assert scan([*other, *BODY]).header["issuer"].confidence <= 0.8


@pytest.mark.parametrize(
    ("name", "stated"), [("Lò Văn Pánh", True), ("Lò Văn Ứng", False), ("Lò Thị My", False)]
)
def test_a_name_that_two_looks_read_alike_is_stated(name: str, stated: bool) -> None:
    rows = [(text.replace("Lò Văn Pánh", name), left, top) for text, left, top in (*HEAD, *BODY)]
    assert scan(rows).header["signer"].confidence <= 0.8
    assert (scan(rows, twice=True).header["signer"].confidence > 0.8) is stated
    assert scan(rows, twice=True, sure={name.split()[-1]: 0.8}).header["signer"].confidence <= 0.8


@pytest.mark.parametrize(("given", "stated"), [("Ứng", False), ("Tân", False), ("Vượng", True)])
def test_a_slip_that_is_made_at_both_places_vouches_for_nothing(given: str, stated: bool) -> None:
    rows = [(text.replace("Pánh", given), left, top) for text, left, top in (*HEAD, *BODY)]
    rows.insert(9, (f"Người ký văn bản này là đồng chí Lò Văn {given}, Chủ tịch.", 0.1, 0.22))
    assert (scan(rows).header["signer"].confidence > 0.8) is stated


@pytest.mark.parametrize(("symbol", "sure"), [("TTr-UBND", True), ("TIr-UBND", False), ("UBND-TIr", False)])
def test_symbols_of_mixed_letters_are_those_of_the_decree(symbol: str, sure: bool) -> None:
    rows = [(text.replace("BC-UBND", symbol), left, top) for text, left, top in (*HEAD, *BODY)]
    assert (scan(rows).header["number"].confidence > 0.8) is sure
