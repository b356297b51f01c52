"""From the canonical text back to the characters that were given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import EmptyFile, FileProblem
from extract.reading.base import clean
from extract.reading.read import read, read_string
from extract.reading.text import read_given
from extract.structure.build import structure

LETTER = (
    "UỶ BAN NHÂN DÂN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "HUYỆN TRÀ BƯƠNG                          Độc lập - Tự do - Hạnh phúc\n"
    "Số: 12/BC-UBND                     Trà Bương, ngày 5 tháng 6 năm 2020\n\n"
    "BÁO CÁO\nKết quả kiểm tra cải cách hành chính\n\n"
    "•Xã Khe Mận chưa niêm yết bộ thủ tục\n   hành chính;\n"
    "• Xã  Bản\tLầu đã công khai 12,5%\u00a0hồ sơ.\r\n"
)


def _spelled(text: str) -> list[str]:
    """The same text as different programs write it."""
    return [
        text,
        unicodedata.normalize("NFD", text),
        text.replace("\n", "\r\n"),
        text.replace("a", "a\u200b").replace(" ", "\u2003"),
        "\ufeff" + text,
    ]


@pytest.mark.parametrize("way", range(5))
def test_every_word_of_a_letter_leads_back_to_its_characters(way: int) -> None:
    text = _spelled(LETTER)[way]
    source, origin = read_string(text)
    (one,) = structure(source)
    document = one.document
    assert origin.holds
    assert len(document.words) > 50
    for placed in document.words:
        start, end = origin.span(document.words, (placed.start, placed.end))
        if placed.word.text == "-":  # the bullet, whatever its shape
            assert clean(text[start:end]) in ("•", "-")
        else:
            assert clean(text[start:end]) == placed.word.text


def test_a_part_of_a_word_leads_back_to_its_part() -> None:
    text = unicodedata.normalize("NFD", "Kết quả: “chưa niêm yết”;")
    source, origin = read_string(text)
    document = structure(source)[0].document
    start = document.text.index("chưa")
    span = origin.span(document.words, (start, document.text.index("”")))
    assert unicodedata.normalize("NFC", text[slice(*span)]) == "chưa niêm yết"


def test_a_place_in_a_file_of_another_kind_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "mot.md"
    path.write_text("Xã **Khe Mận** chưa niêm yết bộ thủ tục.", encoding="utf-8")
    document = structure(read(path))[0].document
    with pytest.raises(ValueError, match="has a place"):
        read_string("Xã Khe Mận chưa niêm yết.")[1].span(document.words, (0, 5))


def test_look_alikes_are_mended_and_keep_their_place() -> None:
    text = "Quyết định số 1310/UBND-СТ của huyện ﬁ tiếp dân."
    source, origin = read_string(text)
    document = structure(source)[0].document
    at = document.text.index("1310/UBND-CT")
    assert text[slice(*origin.span(document.words, (at, at + 12)))] == "1310/UBND-СТ"
    at = document.text.index("fi")
    assert text[slice(*origin.span(document.words, (at, at + 2)))] == "ﬁ"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\ufeff", "----", "In the morning the sun rose over the hills. " * 5]
)
def test_a_text_without_vietnamese_is_refused(text: str) -> None:
    with pytest.raises(FileProblem) as caught:
        read_string(text)
    assert "không phải tiếng Việt" in str(caught.value) or isinstance(caught.value, EmptyFile)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "aăâbđếộỹ Ưuo\u031b\u0301\u0302\u0323\u0309 .,%/-•#\n\t\r\x0c\x1c\x1f\u00a0\u2009\u200b\ufeff\u2028|&;1"
        )
        | st.characters(exclude_categories=("Cs",)),
        max_size=80,
    )
)
def test_words_are_the_same_before_and_after_cleaning(text: str) -> None:
    try:
        reading, origin = read_given(text)
    except FileProblem:
        return
    assert origin.holds
    for page in reading.pages:
        for line in page.lines:
            for word in line.words:
                assert word.at is not None
                assert word.text in ("-",) or word.text in clean(text)
