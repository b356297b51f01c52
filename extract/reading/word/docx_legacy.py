"""Old Vietnamese fonts in a DOCX: which text is set in them, and its letters with their looks converted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from extract.reading.legacy.encodings import Converter, encoding_of, has_trace, near
from extract.reading.word.docx_styles import Element, Look, W, attribute

_FONT_NAMES = ("ascii", "hAnsi", "cs", "font")


def asks_for_conversion(parts: Iterable[Element | None]) -> bool:
    """Whether text may be in an old encoding: a font's name says so, or letters that Unicode text lacks."""
    texts = []
    for part in parts:
        for element in part.iter(W + "rFonts", W + "sym", W + "t") if part is not None else ():
            if element.tag == W + "t":
                texts.append(element.text or "")
            elif any(encoding_of(attribute(element, name)) for name in _FONT_NAMES):
                return True
    return has_trace(" ".join(texts))


def learn(converter: Converter, text: str, looks: list[Look]) -> None:
    """Take in the words of one paragraph."""
    for font, words in _by_font(text, looks).items():
        converter.learn(words, font)


def converted(converter: Converter, text: str, looks: list[Look]) -> tuple[str, list[Look]]:
    """``text`` in Unicode with one look for each of its letters.

    Words are converted whole, however their letters are spread over runs: a letter of VNI may stand in one
    run and its mark in the next.
    """
    beside = _by_font(text, looks)
    pieces = list(_pieces(text, looks))
    texts = [text[start:stop] for start, stop, _ in pieces]
    letters: list[str] = []
    result: list[Look] = []
    end = 0
    for place, (start, stop, font) in enumerate(pieces):
        letters.append(text[end:start])
        result += looks[end:start]
        end = stop
        found = converter.word(texts[place], font, beside[font], near(texts, place))
        if found is None:
            letters.append(texts[place])
            result += looks[start:stop]
            continue
        for raw, letter in found:
            letters.append(letter)
            # a letter may come out as two code points only where its capital is written so
            result += [replace(looks[start], raw=raw), *[replace(looks[start], raw="")] * (len(letter) - 1)]
            start += len(raw)
    return "".join([*letters, text[end:]]), result + looks[end:]


def shown(text: str, looks: list[Look]) -> str:
    """``text`` with capitals where the format shows small letters as such."""
    if not any(look.caps for look in looks):
        return text
    return "".join(
        _capital(letter) if look.caps else letter for letter, look in zip(text, looks, strict=True)
    )


def _capital(letter: str) -> str:
    capital = letter.upper()
    return capital if len(capital) == 1 else letter


def _by_font(text: str, looks: list[Look]) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for start, stop, font in _pieces(text, looks):
        found.setdefault(font, []).append(text[start:stop])
    return found


def _pieces(text: str, looks: list[Look]) -> Iterator[tuple[int, int, str | None]]:
    """The words of ``text``, cut where the font changes."""
    for match in re.finditer(r"\S+", text):
        start = match.start()
        for font, group in groupby(looks[match.start() : match.end()], key=lambda look: look.font):
            stop = start + sum(1 for _ in group)
            yield start, stop, font
            start = stop
