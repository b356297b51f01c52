"""What a list marker that OCR misread may have been: "H." or "IL." for "II.", "l." for "1.", "đ)" for "d)".

Only possible readings, no decision: that needs the marks around (:mod:`extract.structure.siblings`). Which
shapes engines mix up is known from Tesseract's Vietnamese model: upright strokes (I l 1 | ! T L), two of them
(H N U), marks over letters, and round letters (c e o 0 6 b 9 g).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from extract.structure.markers import ORDINALS, ROMANS, Marker, marker_of
from extract.vietnamese import fold, is_upper

Shapes = Mapping[str, tuple[str, ...]]

_STROKES = "Il1|!iíìỉịjJ[]TLÌÍỈỊ"
_ROMAN_SHAPES: Shapes = {
    **dict.fromkeys(_STROKES, ("I",)),
    **dict.fromkeys("HNUn", ("II",)),
    "M": ("III",),
    "m": ("III",),
    **dict.fromkeys("VvYỴ", ("V",)),
    **dict.fromkeys("Xx", ("X",)),
}
_DIGIT_SHAPES: Shapes = {
    **{digit: (digit,) for digit in "0123456789"},
    **dict.fromkeys(_STROKES, ("1",)),
    **dict.fromkeys("OoÓóQ", ("0",)),
    **dict.fromkeys("Zz", ("2",)),
    **dict.fromkeys("Ss§", ("5",)),
    **dict.fromkeys("Gb", ("6",)),
    **dict.fromkeys("?", ("7",)),
    **dict.fromkeys("B&", ("8",)),
    **dict.fromkeys("gq", ("9",)),
}
_LETTER_SHAPES: Shapes = {
    **dict.fromkeys("áàảãạâăäåÁÀẢÃẠÂĂ", ("a",)),
    **dict.fromkeys("6ß", ("b",)),
    **dict.fromkeys("eçÇ¢(", ("c",)),
    **dict.fromkeys("đðÐĐ", ("d",)),
    "d": ("đ",),
    **dict.fromkeys("cëÊ", ("e",)),
    **dict.fromkeys("Céèẻẽẹê€", ("c", "e")),
    **dict.fromkeys("9q8", ("g",)),
    **dict.fromkeys("íìỉĩịïl1I!|j", ("i",)),
    **dict.fromkeys("1I!|i", ("l",)),
    **dict.fromkeys("óòỏõọôơöø0OÓ", ("o",)),
    **dict.fromkeys("úùủũụưüÚ", ("u",)),
    **dict.fromkeys("ýỳỷỹỵ", ("y",)),
    **{letter.upper(): (letter,) for letter in "kpsvx"},
}
_CAPITAL_SHAPES: Shapes = {
    **dict.fromkeys("ÁÀẢÃẠÂĂÄ4", ("A",)),
    **dict.fromkeys("8ß", ("B",)),
    **dict.fromkeys("cÇ€(", ("C",)),
    **dict.fromkeys("Ðđ", ("D", "Đ")),
    "D": ("Đ",),
    "Đ": ("D",),
    **dict.fromkeys("ÉÈẺẼẸÊ", ("E",)),
}
_TOKEN = re.compile(r"(?P<body>[^\s.,;:)]{1,6})(?P<end>[.,;:)/]?)")
_MANY = re.compile(r"(?P<body>[^\s.,;:)]{1,2}(?:[.,][^\s.,;:)]{1,2}){1,3})(?P<end>[.,;:)/]?)")
_ENDS = (".", ")", "/")
_SHORTENED = re.compile(r"[A-HK-RTXĐ]\.")
_KEYWORDS = {"phan": "Phần", "chuong": "Chương", "muc": "Mục"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the first ``len(texts)`` words of a line may have been: ``texts``, and the marker they make.

    ``bare`` says that the paper's full stop or bracket was not read either, ``doubtful`` that only a mark
    behind can prove it, as what was read may be a word of its own, bare or shortened ("H. Lũng Vàng").
    """

    marker: Marker
    texts: tuple[str, ...]
    bare: bool = False
    doubtful: bool = False


def readings(words: Sequence[str]) -> list[Reading]:
    """The markers that the words at the front of a line may have been, without what they plainly are."""
    if not words:
        return []
    plain = marker_of(" ".join(words))
    found = {
        (one.marker.family, one.marker.value): one
        for one in (*_parts(words), *_of_token(words[0]))
        if plain is None or (one.marker.family, one.marker.value) != (plain.family, plain.value)
    }
    return list(found.values())


def _of_token(word: str) -> Iterable[Reading]:
    if many := _MANY.fullmatch(word):
        values = _spelt(re.split(r"[.,]", many["body"]), _DIGIT_SHAPES)
        yield from _made([".".join(value) for value in values], word, many["end"], ".")
        return
    found = _TOKEN.fullmatch(word)
    if found is None:
        return
    body, end = found["body"], found["end"]
    likely, unlikely = _romans(body)
    yield from _made(likely, word, end, ".")
    # engines lose strokes and seldom add one: "III" behind "I" may be right, and "II" lost
    yield from (replace(one, doubtful=True) for one in _made(unlikely, word, end, "."))
    if not body.isdecimal() or end not in _ENDS:  # one number is never made another, only its full stop
        yield from _made(["".join(value) for value in _spelt(body, _DIGIT_SHAPES)], word, end, ".")
    if len(body) == 1 and end:
        same = (body,) if body.islower() and end not in _ENDS else ()
        yield from _made((*same, *_LETTER_SHAPES.get(body, ())), word, end, ")")
        yield from _made(_CAPITAL_SHAPES.get(body, ()), word, end, ".")


def _made(values: Iterable[str], word: str, end: str, usual: str) -> Iterable[Reading]:
    doubtful = not end or _SHORTENED.fullmatch(word) is not None
    for value in values:
        text = value + (end if end in _ENDS else usual)
        marker = marker_of(f"{text} x")
        if marker is not None and text != word:
            yield Reading(marker, (text,), bare=not end, doubtful=doubtful)


def _romans(body: str) -> tuple[list[str], list[str]]:
    """Roman numerals of the same shape or with a stroke more ("II" for "III"); those with one less."""
    spelt = ["".join(value) for value in _spelt(body, _ROMAN_SHAPES)]
    shape = [body] if body in ROMANS else spelt if len(body) > 1 and not body.isdecimal() else []
    lost = [value + "I" for value in shape]
    added = [value.removesuffix("I") for value in shape]
    likely = [value for value in dict.fromkeys((*spelt, *lost)) if value in ROMANS]
    return likely, [value for value in dict.fromkeys(added) if value in ROMANS and value not in likely]


def _spelt(pieces: Iterable[str], shapes: Shapes) -> list[tuple[str, ...]]:
    """Every way to read the pieces letter by letter, none when one letter looks like nothing."""
    choices = [
        ["".join(letters) for letters in product(*(shapes.get(letter, ()) for letter in piece))]
        for piece in pieces
    ]
    return list(product(*choices))


def _parts(words: Sequence[str]) -> Iterable[Reading]:
    """ "Phân thứ hal" for "Phần thứ hai", "PHẦN 1I" for "PHẦN II"."""
    name = _KEYWORDS.get(fold(words[0]))
    if name is None or len(words) < 2 or not words[0][:1].isupper():
        return
    name = name.upper() if is_upper(words[0]) else name
    if fold(words[1]) == "thu" and len(words) > 2:
        bare = words[2].rstrip(".,:;-–")
        end = words[2][len(bare) :]
        the = "THỨ" if is_upper(words[1]) else "thứ"
        for ordinal in ORDINALS:
            if _resembles(fold(bare), fold(ordinal)):
                text = ordinal.upper() if is_upper(bare) else ordinal
                yield from _part((name, the, text + end))
        return
    found = _TOKEN.fullmatch(words[1])
    if found is None:
        return
    for value in _romans(found["body"])[0]:
        yield from _part((name, value + found["end"]))


def _part(texts: tuple[str, ...]) -> Iterable[Reading]:
    marker = marker_of(" ".join(texts))
    if marker is not None and marker.family == "part":
        yield Reading(marker, texts)


def _resembles(one: str, other: str) -> bool:
    """Whether two words of one length differ in one letter at most."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 1
