"""Letters that only look Latin, and the texts in which they are what they are."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pages import Line, Page, Word
from extract.reading.read import read
from extract.reading.spelling.homoglyphs import latin, mend_letters
from tests.extract.reading.conftest import BODY, texts
from tests.extract.reading.old_fonts import SMALL


def mended(text: str, font: str | None = None) -> list[Word]:
    page = Page(None, [Line([Word(word, font=font) for word in text.split()])])
    mend_letters([page])
    return page.lines[0].words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công văn số 1310/UВND-NV", "Công văn số 1310/UBND-NV"),  # Cyrillic В
        ("Kế hoạch 05/КН-UBND", "Kế hoạch 05/KH-UBND"),  # Cyrillic К, Н
        ("số 12/ВС ngày", "số 12/BC ngày"),  # all Cyrillic
        ("Ðoàn kiểm tra ðã làm việc", "Đoàn kiểm tra đã làm việc"),  # Icelandic eth
        ("đƣợc duyệt", "được duyệt"),  # U+01A3
        ("ＵＢＮＤ đạt １２，５％", "UBND đạt 12,5%"),  # full width
        ("Νguyễn Văn Αn", "Nguyễn Văn An"),  # Greek capitals
        ("xã loại А đạt", "xã loại A đạt"),  # a word of one Cyrillic letter among Latin ones
        ("Ⅱ. KẾT QUẢ", "II. KẾT QUẢ"),
        ("trang 3⁄7", "trang 3/7"),
    ],
)
def test_letters_that_look_latin(text: str, expected: str) -> None:
    words = mended(text)
    assert " ".join(word.text for word in words) == expected
    assert [word.raw for word in words] == [
        before if before != after else None
        for before, after in zip(text.split(), expected.split(), strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Москва и вся Россия",
        "с в о а",
        "Công ty ТАСС và НАТО",
        "góc α, β và μ, Δt, Σx",
        "日本 ＡＢ 会社",
        "Thực hiện Kế hoạch số 31/KH-UBND – “đúng hạn” đạt 97,6% (m², µg, °C)…",
        "дом 5/А улица",
    ],
)
def test_what_stays(text: str) -> None:
    words = mended(text)
    assert [word.text for word in words] == text.split()
    assert all(word.raw is None for word in words)


@given(st.text(st.sampled_from(SMALL + SMALL.upper() + "0123456789-/.,%"), min_size=1, max_size=20))
def test_vietnamese_words_are_never_touched(word: str) -> None:
    assert latin(word) == word


def test_signs_of_symbol_fonts() -> None:
    assert mended("\uf0b7 Xã", "ABCDEF+Symbol")[0].text == "•"
    assert mended("\uf0fc Xã", "Wingdings")[0].text == "✓"
    assert mended("\uf0a7 Xã", None)[0].text == "▪"
    assert mended("\uf041 Xã", None)[0].text == "\uf041"
    assert mended("\uf0b7 Xã", None)[0].raw == "\uf0b7"


def test_a_word_that_was_converted_before_keeps_its_first_form() -> None:
    page = Page(None, [Line([Word("Ðoàn", raw="§oµn")])])
    mend_letters([page])
    assert page.lines[0].words == [Word("Đoàn", raw="§oµn")]


@pytest.mark.parametrize("ending", [".txt", ".md", ".docx"])
@pytest.mark.parametrize("form", ["NFD", "tổ hợp"])
def test_decomposed_text_and_look_alikes_in_every_format(tmp_path: Path, ending: str, form: str) -> None:
    """ "Unicode tổ hợp" puts the tone behind the finished vowel, NFD puts nặng before the circumflex."""
    lines = [BODY[0], BODY[3]]
    spelled = [unicodedata.normalize("NFD", line) if form == "NFD" else to_hop(line) for line in lines]
    assert spelled != lines
    spelled[0] = spelled[0].replace("31/KH", "31/КН")
    path = tmp_path / f"a{ending}"
    if ending == ".docx":
        document = docx.Document()
        for line in spelled:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path.write_text("\n\n".join(spelled), encoding="utf-8")
    source = read(path)
    assert texts(source) == lines
    assert [word.raw for line in source.lines for word in line.words if word.raw] == ["31/КН-UBND"]


def to_hop(text: str) -> str:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in tones)
        found.append(
            unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tone
        )
    return "".join(found)
