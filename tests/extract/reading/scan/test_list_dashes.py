"""Dashes of list items that an engine was not sure of."""

from __future__ import annotations

from PIL import Image

from extract.reading.base import OcrWord
from extract.reading.scan.ocr import recognise, without_noise


def row(top: float, front: str, sure: float, *texts: str, left: float = 380) -> list[OcrWord]:
    words = [OcrWord(front, left, top + 18, left + 15, top + 24, sure)]
    at = left + 30
    for text in texts:
        words.append(OcrWord(text, at, top, at + 20 * len(text), top + 40, 0.96))
        at += 20 * len(text) + 12
    return words


def fronts(words: list[OcrWord]) -> list[str]:
    return [word.text for word in without_noise(words) if not word.text.isalnum()]


def test_unsure_dash_where_the_others_stand_is_kept() -> None:
    words = row(100, "-", 0.93, "Chưa", "có", "sổ") + row(160, "-", 0.34, "Ban", "hành", "sai")
    assert fronts(words) == ["-", "-"]
    assert fronts([*words, *row(220, "~", 0.56, "Cổng", "thông", "tin")]) == ["-", "-", "~"]


def test_specks_elsewhere_go() -> None:
    words = row(100, "-", 0.93, "Chưa", "có", "sổ")
    assert fronts([*words, *row(160, "-", 0.34, "Ban", "hành", left=250)]) == ["-"], "in the margin"
    assert fronts([*words, OcrWord("~", 380, 178, 395, 184, 0.5)]) == ["-"], "no word behind"
    inside = [*row(160, "Ban", 0.9, "hành", left=300), OcrWord("_", 380, 178, 395, 184, 0.5)]
    assert fronts([*words, *inside]) == ["-"], "within a row"
    assert fronts(row(160, "-", 0.34, "Ban", "hành")) == [], "no other dash to compare with"


def test_tilde_for_a_dash_is_mended_with_its_raw_word_kept() -> None:
    class Engine:
        name = "fake 1"

        def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
            return [
                *row(400, "-", 0.93, "Chưa", "có", "sổ"),
                *row(460, "~", 0.56, "Cổng", "thông", "tin"),
                *row(520, "-", 0.93, "Chưa", "công", "khai"),
            ]

        def quarter_turns(self, image: Image.Image) -> int:
            return 0

    found = recognise(Image.new("L", (2480, 3508), 255), 300, Engine(), 1)
    fronts = [(line.words[0].text, line.words[0].raw) for line in found.lines]
    assert fronts == [("-", None), ("-", "~"), ("-", None)]
