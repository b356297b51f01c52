"""The measure of Vietnamese text: what passes, what is refused, and that doubt favours the text."""

from __future__ import annotations

import unicodedata

import pytest

from extract.reading.spelling.vietnamese import is_vietnamese, kind, share
from tests.extract.reading.conftest import BODY

ENGLISH = (
    "The district people's committee reviewed the work of the communes during the first half of the year and "
    "found that most of the files had been handled within the time allowed by the regulations in force."
)
FRENCH = (
    "Le comité populaire du district a examiné le travail des communes pendant le premier semestre et "
    "a constaté que la plupart des dossiers étaient traités dans les délais prévus par les règlements, où là "
    "encore "
    "les élèves ont été très bien reçus à la mairie."
)


def strip_marks(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def test_report_is_nearly_all_valid_syllables() -> None:
    found = share(BODY)
    assert found.marked > 0.7
    assert found.valid > 0.97


def test_text_without_any_tone_marks_is_still_vietnamese() -> None:
    plain = [strip_marks(text) for text in BODY]
    assert share(plain).marked == 0
    assert is_vietnamese(plain)


@pytest.mark.parametrize("text", [ENGLISH, FRENCH])
def test_other_languages_are_refused(text: str) -> None:
    assert not is_vietnamese([text])


def test_short_text_is_never_refused() -> None:
    assert is_vietnamese(["Table of contents", "Annex 2"])


def test_badly_recognised_text_passes() -> None:
    # every second word spoiled, as on a very bad scan
    words = " ".join(BODY).split()
    spoiled = [word if at % 2 else "x" + word[::-1] + "q" for at, word in enumerate(words)]
    assert is_vietnamese([" ".join(spoiled)])


def test_old_font_encoding_read_as_latin_is_not_vietnamese() -> None:
    # TCVN3 bytes shown as Latin-1
    text = "Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp tù do h¹nh phóc " * 4
    assert not is_vietnamese([text])


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "Giếng", "khuỷu", "ngoằn", "Ủy", "uỷ", "hoà", "gì", "kỹ", "đường"]
)
def test_valid_syllables(word: str) -> None:
    assert kind(word) == "marked"
    assert kind(unicodedata.normalize("NFD", word)) == "marked"


@pytest.mark.parametrize("word", ["kiẻm", "cịng", "ngiêng", "cế", "cảt", "lịnhh", "việệt"])
def test_impossible_syllables(word: str) -> None:
    assert kind(word) == "foreign"


def test_abbreviations_say_nothing() -> None:
    assert kind("UBND") == kind("HĐND") == kind("b") == "none"
