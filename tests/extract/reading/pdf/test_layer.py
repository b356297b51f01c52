"""The trust of a text layer, judged from its words alone."""

from __future__ import annotations

import random
import textwrap
import unicodedata

import pytest

from extract.pages import Word
from extract.reading.pdf.layer import LayerWord, judge, page_reason, with_confidence
from extract.reading.spelling import plausible
from extract.reading.spelling.plausible import sense_of
from tests.extract.reading.conftest import BODY, RIGHT_HEAD, ROOT, TITLE

TEXT = [*RIGHT_HEAD, *TITLE, *BODY]


def laid(
    rows: list[str],
    *,
    hidden: bool = False,
    pictured: bool = False,
    font: str | None = None,
    top: float = 0.05,
) -> list[LayerWord]:
    """Words in rows down the page."""
    return [
        LayerWord(
            Word(
                word,
                box=(0.05 + 0.03 * at, top + 0.02 * row, 0.07 + 0.03 * at, top + 0.015 + 0.02 * row),
                font=font,
            ),
            hidden,
            pictured,
        )
        for row, text in enumerate(rows)
        for at, word in enumerate(text.split())
    ]


def verdict(words: list[LayerWord]) -> tuple[str, str]:
    """What is said about the most words."""
    blocks = judge(words)
    assert [word for block in blocks for word in block.words] == words or len(blocks) > 0
    reason = page_reason(blocks)
    return next(block.trust for block in blocks if block.reason == reason), reason


def toneless(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def misread(rows: list[str], share: float) -> list[str]:
    """The rows with another tone mark, or none, on a share of the words."""
    chance = random.Random(5)

    def spoil(word: str) -> str:
        letters = unicodedata.normalize("NFD", word)
        marks = [at for at, letter in enumerate(letters) if unicodedata.combining(letter)]
        if not marks or chance.random() > share:
            return word
        at = chance.choice(marks)
        other = chance.choice(["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"])
        return unicodedata.normalize("NFC", letters[:at] + other + letters[at + 1 :])

    return [" ".join(spoil(word) for word in row.split()) for row in rows]


def test_right_layer_of_a_scan_is_right() -> None:
    trust, reason = verdict(laid(TEXT, hidden=True))
    assert (trust, reason) == ("right", "lớp chữ của bản quét: 100% là âm tiết tiếng Việt")


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_vietnamese_letters_in_wrong_words_are_wrong(share: float) -> None:
    assert verdict(laid(misread(TEXT, share) * 2, hidden=True))[0] == "wrong"


def test_right_syllables_in_no_order_are_wrong() -> None:
    words = " ".join(TEXT).split()
    random.Random(3).shuffle(words)
    trust, reason = verdict(
        laid([" ".join(words[at : at + 12]) for at in range(0, len(words), 12)], hidden=True)
    )
    assert (trust, reason) == ("wrong", "lớp chữ trên ảnh gồm các âm tiết không ghép thành từ")


@pytest.mark.parametrize(
    "rows",
    [
        ["CONG HOA xA HQI CilU NGHIA VIT NAM", "D(\\c lap - Tv do - H~nh phuc"] * 5,
        [toneless(row) for row in TEXT],
    ],
)
def test_layer_without_marks_over_a_picture_is_wrong(rows: list[str]) -> None:
    trust, reason = verdict(laid(rows, hidden=True))
    assert (trust, reason) == ("wrong", "lớp chữ trên ảnh không có dấu")
    # the same drawn visibly upon the picture, as some scanners' programs do
    assert verdict(laid(rows, pictured=True))[0] == "wrong"


def test_letter_typed_without_marks_is_right() -> None:
    trust, reason = verdict(laid([toneless(row) for row in TEXT]))
    assert trust == "right" and reason.startswith("chữ gõ")


@pytest.mark.parametrize(
    "rows",
    [
        ["Annex of the minutes of the meeting which was held by the board and is for the archive"] * 3,
        ["1 12 97,6% 81,2%", "2 30 66,0% 12,5%", "TT A B C"],
        ["Số: 07/BC-ĐKT"],
        ["HTML PDF DOCX", "xml sha256"],
    ],
    ids=["english", "figures", "short", "codes"],
)
def test_typed_text_of_other_kinds_is_right(rows: list[str]) -> None:
    assert verdict(laid(rows))[0] == "right"


def test_short_stamp_typed_over_a_picture_is_right() -> None:
    stamp = [
        "Người ký: Ủy ban nhân dân huyện Lũng Vàng",
        "Email: ubnd@lungvang.example",
        "Thời gian ký: 14.06.2019",
    ]
    assert verdict(laid(stamp, pictured=True))[0] == "right"


def test_same_words_unseen_are_too_few_to_believe() -> None:
    assert verdict(laid(["SAO Y BẢN CHÍNH"], hidden=True)) == (
        "wrong",
        "lớp chữ trên ảnh quá ít từ để xét",
    )


def test_ocr_font_is_no_typing() -> None:
    rows = [toneless(row) for row in TEXT]
    assert verdict(laid(rows, font="GlyphLessFont"))[0] == "wrong"


def test_stamp_stays_right_beside_a_wrong_layer() -> None:
    wrong = laid([toneless(row) for row in TEXT], hidden=True, pictured=True)
    stamp = laid(["SAO Y BẢN CHÍNH"], pictured=True, top=0.9)
    blocks = judge([*wrong, *stamp])
    assert [block.trust for block in blocks] == ["wrong", "right"]
    assert [entry.word.text for entry in blocks[1].words] == ["SAO", "Y", "BẢN", "CHÍNH"]


def test_wrong_block_of_a_right_layer_is_found() -> None:
    right = laid(TEXT, hidden=True)
    wrong = laid(misread(BODY[:3], 0.9), hidden=True, top=0.7)
    assert [block.trust for block in judge([*right, *wrong])] == ["right", "wrong"]


def gappy(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() or letter in "àáéêôíùúòóÀÁÉÊÔÍÙÚÒÓ")


def test_letters_lost_by_a_font() -> None:
    trust, reason = verdict(laid([gappy(row) for row in TEXT]))
    assert trust == "wrong" and reason.startswith("lớp chữ bị mất chữ")


def test_bold_sister_of_a_broken_font_is_doubted_too() -> None:
    body = laid([gappy(row) for row in BODY], font="Times")
    head = laid(["CNG HÒA XÃ HI CH NGHA VIT NAM"], font="Times-Bold", top=0.8)
    sound = laid(["Nơi nhận: Như trên"], font="Arial", top=0.9)
    blocks = judge([*body, *head, *sound])
    assert {block.words[0].word.font: block.trust for block in blocks} == {
        "Times": "wrong",
        "Times-Bold": "wrong",
        "Arial": "right",
    }


def test_letters_without_a_code() -> None:
    rows = [row.replace("ộ", "\ufffd").replace("ư", "\ue001") for row in TEXT]
    assert verdict(laid(rows)) == ("wrong", "lớp chữ có chữ không rõ mã")


def test_bullet_of_a_symbol_font_is_no_lost_letter() -> None:
    assert verdict(laid([f"\uf0b7 {row}" for row in TEXT]))[0] == "right"


def test_confidence_of_foreign_recognition_is_not_that_of_typing() -> None:
    block = with_confidence(judge(laid(TEXT, hidden=True))[0], 0.9)
    assert {entry.word.confidence for entry in block.words} == {0.9}


def test_sense_counts_pairs_of_both_tone_placements() -> None:
    assert sense_of(["Ủy ban"]).linked == sense_of(["Uỷ ban"]).linked == 1
    assert (
        sense_of(["kiểm soát thủ tục hành chính"]).linked > sense_of(["kiẻm sốt thủ tục hành chinh"]).linked
    )


def test_without_the_word_list_the_rules_of_the_syllable_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plausible, "_lexicon", lambda: (frozenset(), frozenset()))
    assert verdict(laid(TEXT, hidden=True))[0] == "right"
    assert verdict(laid([toneless(row) for row in TEXT], hidden=True))[0] == "wrong"


def pages_of_reports() -> list[list[str]]:
    """Pages of about 350 words out of the reports written for this project."""
    pages: list[list[str]] = []
    for path in sorted((ROOT / "corpora" / "written").glob("*/*.*")):
        rows: list[str] = []
        for text in path.read_text("utf-8").splitlines():
            rows += textwrap.wrap(text, 80)
            if sum(len(row.split()) for row in rows) >= 350:
                pages.append(rows)
                rows = []
    return pages


def test_share_of_pages_that_are_judged_rightly() -> None:
    """The figures behind the thresholds."""
    pages = pages_of_reports()

    def doubted(share: float) -> float:
        wrong = [verdict(laid(misread(rows, share), hidden=True))[0] == "wrong" for rows in pages]
        return sum(wrong) / len(wrong)

    figures = {share: doubted(share) for share in (0.0, 0.1, 0.2)}
    assert len(pages) > 80
    # Some documents have slips of their writer, or place names of the Highlands, which no list holds.
    assert figures[0.0] <= 0.06, figures
    assert figures[0.1] >= 0.2 and figures[0.2] >= 0.97, figures
