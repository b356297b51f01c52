"""A seeded simulator of what an OCR engine does to a cited number and to the words around it.

The slips are those seen where Tesseract reads Vietnamese letters at 200 dpi: blanks put in or lost beside
dashes and slashes, line ends inside numbers, Đ and D, O and 0, l or I and 1, other dashes, marks lost from
words. A digit is never made another digit: no reader could know.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from tests.extract.citations.cases import Case, Expected

Slip = Callable[[str, random.Random], str]


def damaged(case: Case, seed: int) -> Case:
    """``case`` with one slip in each number (with two in every fourth) and slips in the words around."""
    chance = random.Random(f"{seed}:{case.place}")
    text, at, expected = "", 0, list[Expected]()
    for one in case.expected:
        text += _words(case.text[at : one.span[0]], chance)
        printed = case.text[slice(*one.span)]
        for _ in range(1 if chance.random() < 0.75 else 2):
            printed = _number(printed, chance)
        expected.append(replace(one, span=(len(text), len(text) + len(printed))))
        text += printed
        at = one.span[1]
    text += _words(case.text[at:], chance)
    return replace(case, group=f"noise: {case.group}", text=text, expected=tuple(expected))


def _number(printed: str, chance: random.Random) -> str:
    slips = [slip for slip in _SLIPS if slip(printed, random.Random(0)) != printed]
    return chance.choice(slips)(printed, chance) if slips else printed


def _one(printed: str, chance: random.Random, table: dict[str, str]) -> str:
    places = [place for place, letter in enumerate(printed) if letter in table]
    if not places:
        return printed
    place = chance.choice(places)
    return printed[:place] + chance.choice(table[printed[place]].split("|")) + printed[place + 1 :]


def _beside_marks(blank: str) -> Slip:
    def slip(printed: str, chance: random.Random) -> str:
        places = [
            place + 1 for place, letter in enumerate(printed) if letter in "/-" and place + 1 < len(printed)
        ]
        if not places:
            return printed
        place = chance.choice(places)
        return printed[:place] + blank + printed[place:]

    return slip


def _before_marks(printed: str, chance: random.Random) -> str:
    places = [place for place, letter in enumerate(printed) if letter in "/-" and place]
    if not places:
        return printed
    place = chance.choice(places)
    return f"{printed[:place]} {printed[place:]}"


def _letters(table: dict[str, str]) -> Slip:
    return lambda printed, chance: _one(printed, chance, table)


_SLIPS: tuple[Slip, ...] = (
    _beside_marks(" "),
    _beside_marks(" "),
    _beside_marks("\n"),
    _before_marks,
    _letters({"Đ": "D|Ð"}),
    _letters({"Đ": "D|Ð"}),
    _letters({"0": "O"}),
    _letters({"1": "l|I"}),
    _letters({"-": "–|—|~"}),
    _letters({"Q": "O"}),
)

_DATE_LETTERS = {"0": "O", "1": "l|I"}


def _words(text: str, chance: random.Random) -> str:
    """Words with a mark lost here and there; a digit of a date taken for a letter now and then."""
    out = []
    for word in text.split(" "):
        dice = chance.random()
        if word[:1].isdigit() and "/" in word and dice < 0.1:
            out.append(_one(word, chance, _DATE_LETTERS))
        elif word.isalpha() and dice < 0.04:
            out.append(_without_mark(word, chance))
        else:
            out.append(word)
    return " ".join(out)


def _without_mark(word: str, chance: random.Random) -> str:
    """One letter of ``word`` without its tone mark: "Quyết" becomes "Quyêt"."""
    letters = list(word)
    places = [place for place, letter in enumerate(letters) if len(unicodedata.normalize("NFD", letter)) > 1]
    if places:
        place = chance.choice(places)
        letters[place] = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letters[place])[:-1])
    return "".join(letters)
