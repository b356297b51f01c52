"""Old font encodings: both tables, greedy reading, and the doubt that names of fonts deserve."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reading.legacy.encodings import ENCODINGS, Converter, convert, encoding_of
from extract.reading.spelling.vietnamese import kind
from tests.extract.reading.conftest import BODY, LEFT_HEAD, RIGHT_HEAD
from tests.extract.reading.old_fonts import MARKED, SMALL, encode

TEXT = " ".join(BODY)
LOWER = TEXT.lower()
TCVN3, VNI = ENCODINGS


def decoded(encoding: object, word: str) -> str | None:
    letters = encoding.decode(word)  # type: ignore[attr-defined]
    return None if letters is None else "".join(letter for _, letter in letters)


def test_the_alphabet_is_whole() -> None:
    assert len(SMALL) == len(set(SMALL)) == 89
    assert len(MARKED) == 67


@given(st.text(st.sampled_from(SMALL + " 0123456789.,;:/%()"), max_size=60))
def test_tcvn3_there_and_back(text: str) -> None:
    for word in text.split():
        assert decoded(TCVN3, encode(word, "TCVN3")) == word


@given(st.text(st.sampled_from(SMALL + SMALL.upper() + " 0123456789.,;:-/%()"), max_size=60))
def test_vni_there_and_back(text: str) -> None:
    for word in text.split():
        assert decoded(VNI, encode(word, "VNI")) == word


@pytest.mark.parametrize("name", ["TCVN3", "VNI"])
def test_every_letter_has_codes_of_its_own(name: str) -> None:
    letters = MARKED + (MARKED.upper() if name == "VNI" else "ĂÂÊÔƠƯĐ")
    codes = [encode(letter, name) for letter in letters]
    assert len(set(codes)) == len(letters)
    assert not [code for code in codes if code.isascii()]


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
def test_tcvn3_as_iconv_has_it() -> None:
    codes = bytes(sorted(ord(code) for code in TCVN3.letters))
    done = subprocess.run(
        ["iconv", "-f", "TCVN", "-t", "UTF-8"], input=codes, capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this iconv does not know TCVN")
    assert done.stdout.decode() == "".join(TCVN3.letters[chr(code)] for code in codes)


def test_vni_reads_two_codes_before_one() -> None:
    # "ôù" is one letter (ớ), though "ô" alone is one too (ơ)
    assert decoded(VNI, "vôùi") == "với"
    assert decoded(VNI, "ngöôøi") == "người"
    assert decoded(VNI, "NGÖÔØI") == "NGƯỜI"
    assert decoded(VNI, "ñöôïc") == "được"
    assert decoded(VNI, "chuyeän") == "chuyện"


@pytest.mark.parametrize(
    ("font", "name"),
    [
        (".VnTime", "TCVN3"), (".VnTimeH", "TCVN3"), ("ABCDEF+.VnTime,Bold", "TCVN3"), ("VnArial-Bold", "TCVN3"),
        ("VNI-Times", "VNI"), ("ABCDEF+VNI-Helve-Condense,Italic", "VNI"), ("VNI Times", "VNI"),
        ("Times New Roman", None), ("Arial", None), ("Tinos", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_names_of_fonts(font: str | None, name: str | None) -> None:
    found = encoding_of(font)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(("name", "font"), [("TCVN3", ".VnTime"), ("VNI", "VNI-Times")])
def test_text_with_and_without_the_name_of_its_font(name: str, font: str) -> None:
    assert convert(encode(LOWER, name), font) == LOWER
    assert convert(encode(LOWER, name), "TT1F2o00") == LOWER
    assert convert(encode(LOWER, name)) == LOWER


def test_capitals_of_vni() -> None:
    assert convert(encode(TEXT, "VNI"), "VNI-Times") == TEXT


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times", "Arial", None])
def test_unicode_stays_whatever_its_font_is_called(font: str | None) -> None:
    assert convert(TEXT, font) is None


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times", None])
@pytest.mark.parametrize(
    "text",
    [
        "Le président de la République a déjà été élu à Paris, où l'on a créé ça et là des élections générales.",
        "A situação da administração é má: não há informações à população nem soluções até à próxima eleição.",
        "Der Bürgermeister führt die Geschäfte; für größere Beträge müßte er früher die Räte hören, natürlich.",
        "±5 °C, 20 m², § 3, « a », ½, ×, ®, ©, ·, ± 2, µg, £ 5, ¥ 7",
        "UBND, HĐND",
        "",
    ],
)
def test_other_text_stays(text: str, font: str | None) -> None:
    assert convert(text, font) is None


def test_font_of_capitals() -> None:
    assert convert("céng hßa x· héi chñ nghÜa viÖt nam", ".VnTimeH") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert convert("b¸o c¸o", "ABCDEF+.VnArialH,Bold") == "BÁO CÁO"
    assert convert("b¸o c¸o", ".VnTime") == "báo cáo"


def test_capitals_typed_with_the_lock_key() -> None:
    typed = "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM"
    assert convert(typed, ".VnTime") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert convert("X· Nµ LÇu, thÞ trÊn BÕn §¸", ".VnTime") == "Xã Nà Lầu, thị trấn Bến Đá"
    assert convert("UBND HUYÖN LòNG VµNG", ".VnTime") == "UBND HUYỆN LŨNG VÀNG"


def test_soft_hyphen_is_a_letter_and_so_is_the_hyphen_that_programs_print_for_it() -> None:
    for hyphen in "\u00ad-":
        text = f"Bé tr{hyphen}ëng th{hyphen} ký T{hyphen} ph¸p {hyphen}u tiªn ®{hyphen}îc, h{hyphen}íng dÉn; nh{hyphen}."
        assert convert(text, ".VnTime") == "Bộ trưởng thư ký Tư pháp ưu tiên được, hướng dẫn; như."
    assert convert("®ång/ng-êi/th¸ng, 05-CT/TW", ".VnTime") == "đồng/người/tháng, 05-CT/TW"
    kept = "Sè 31/KH-UBND, 05-CT/TW; Hµ Néi-H¶i Phßng - ®Õn 2019-2020 -X· Nµ LÇu"
    assert convert(kept, ".VnTime") == "Số 31/KH-UBND, 05-CT/TW; Hà Nội-Hải Phòng - đến 2019-2020 -Xã Nà Lầu"


def test_codes_in_the_private_use_area() -> None:
    text = "".join(chr(0xF000 + ord(code)) if ord(code) > 0xA0 else code for code in "®îc c¶i c¸ch")
    assert convert(text, ".VnTime") == "đợc cải cách"


def test_pasted_unicode_in_an_old_font() -> None:
    converter = Converter()
    old, new = encode(LOWER, "TCVN3").split(), ["có", "xã", "đã", "gửi", "lại", "báo", "cáo", "được", "duyệt"]
    converter.learn(old, ".VnTime")
    converter.learn(new, ".VnTime")
    assert all(converter.word(word, ".VnTime", new) is None for word in new)
    words = [converter.word(word, ".VnTime", old) for word in old]
    assert sum(found is not None for found in words) > 50


def test_a_few_odd_words_without_a_font_are_not_enough() -> None:
    assert convert("b¸o c¸o c¶i c¸ch") is None
    assert convert("b¸o c¸o c¶i c¸ch", ".VnTime") == "báo cáo cải cách"


def test_a_text_that_lost_its_soft_hyphens_says_so() -> None:
    """Some programs drop the soft hyphen, the letter ư of TCVN3: "chưa" (not yet) reads "cha" (father) then."""
    for lost, codes in ((False, ["encoding_converted"]), (True, ["encoding_converted", "letters_lost"])):
        words = encode(LOWER + " " + LOWER, "TCVN3").replace("\u00ad", "" if lost else "\u00ad").split()
        converter = Converter()
        converter.learn(words, ".VnTime")
        for word in words:
            converter.word(word, ".VnTime", words)
        assert [caution.code for caution in converter.cautions()] == codes


def test_what_was_done_is_named() -> None:
    converter = Converter()
    for font in (".VnTime", ".VnTimeH", "XYZABC+.VnTime,Bold"):
        converter.learn(["b¸o", "c¸o"], font)
    assert converter.conversion is None and converter.cautions() == []
    for font in (".VnTime", ".VnTimeH", "XYZABC+.VnTime,Bold"):
        converter.word("b¸o", font)
    assert converter.conversion == "TCVN3 (.VnTime, .VnTimeH)"
    (caution,) = converter.cautions()
    assert caution.code == "encoding_converted" and "TCVN3 (.VnTime, .VnTimeH)" in caution.message


@given(st.text(max_size=80), st.sampled_from([".VnTime", ".VnTimeH", "VNI-Times", "Arial", None]))
def test_any_text_and_the_way_back(text: str, font: str | None) -> None:
    converter = Converter()
    words = text.split()
    converter.learn(words, font)
    for word in words:
        letters = converter.word(word, font, words)
        if letters is not None:
            assert "".join(raw for raw, _ in letters) in (word, "".join(_low(letter) for letter in word))


def _low(letter: str) -> str:
    return chr(ord(letter) & 0xFF) if "\uf020" <= letter <= "\uf0ff" else letter


def test_headings_of_the_letter_are_valid_syllables_again() -> None:
    for line in [*LEFT_HEAD, *RIGHT_HEAD]:
        for word in (convert(encode(line, "TCVN3"), ".VnTimeH") or line).split():
            assert not word.isalpha() or kind(word) != "foreign", word
