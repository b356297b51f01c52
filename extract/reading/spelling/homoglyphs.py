"""Letters of other alphabets that stand where a Vietnamese reader sees a Latin one.

Keyboards and old fonts leave Cyrillic С in ``1310/UBND-СТ``, Icelandic ð for đ, ƣ (U+01A3) for ư,
full-width forms from East Asian input. They look right and match nothing. A word is mended only where
what remains is wholly Latin and the word stands among Latin ones; Russian and Greek stay. The look-alikes
are those of Unicode's confusables (UTS 39) that look the same in a common serif font.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.pages import Page, Word

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԛԝ", "ABESIJKMHOPCTYXaesijopcyxhqw", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_ALIKE = str.maketrans({**_CYRILLIC, **_GREEK})
_FIXED = {"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ƣ": "ư", "Ƣ": "Ư", "⁄": "/", "∕": "/"}
_FIXED |= {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_FIXED |= {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_FIXED |= {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI", "Ⅶ": "VII", "Ⅷ": "VIII"}
_FIXED |= {"Ⅸ": "IX", "Ⅹ": "X", "Ⅺ": "XI", "Ⅻ": "XII"}
_ALWAYS = str.maketrans(_FIXED)
_FOREIGN = "\u0370-\u03ff\u0400-\u052f"
_OTHER = re.compile(f"[{_FOREIGN}]")
_SUSPECT = re.compile(f"[{_FOREIGN}ðÐƉƣƢ⁄∕\uff01-\uff5e\ufb00-\ufb04\u2160-\u216b\uf020-\uf0ff]")
# signs of the fonts Symbol and Wingdings, which files keep in the private use area: code 20-FF at U+F020-F0FF
_SIGNS = {
    "symbol": {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠",
               0xAE: "→", 0x2D: "−", 0xA8: "♦", 0xA5: "∞", 0xE5: "∑", 0x44: "Δ", 0x6D: "μ", 0x70: "π"},
    "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
                  0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
                  0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}  # fmt: skip
_BULLETS = {0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0x76: "❖", 0x6E: "■", 0x6C: "●"}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_NUMBER = re.compile(r"\d+[\w.]*[/-]\w")  # 1310/УВ: the shape of a document's number
_SHORT = 2
"""Letters that a word may have which is written in look-alikes only: А, ВС, but not НАТО."""
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def mend_letters(pages: list[Page]) -> None:
    """Put Latin letters for their look-alikes in all words; ``raw`` keeps each word as it was."""
    for page in pages:
        for line in page.lines:
            # one search over a line, as nearly all lines have nothing to mend
            if _SUSPECT.search("".join([word.text for word in line.words])):
                line.words = _mended(line.words)


def _mended(words: list[Word]) -> list[Word]:
    texts = [_signs(word) for word in words]
    if _IDEOGRAPH.search("".join(texts)):
        return words
    found = [latin(text) for text in texts]
    for index, text in enumerate(texts):
        if found[index] is None and _OTHER.search(text):
            beside = [found[at] or texts[at] for at in (index - 1, index + 1) if 0 <= at < len(texts)]
            bare = text.translate(_ALIKE)
            number = _NUMBER.match(text)
            among_latin = number or any(_LATIN.search(one) for one in beside)
            short = number or len(_OTHER.findall(text)) <= _SHORT
            if among_latin and short and not any(map(_OTHER.search, [bare, *beside])):
                found[index] = bare
    return [
        word if text == word.text else replace(word, text=text, raw=word.raw or word.text)
        for word, text in zip(words, map(lambda one, own: one or own, found, texts), strict=True)
    ]


def _signs(word: Word) -> str:
    """The word with the signs of symbol fonts as Unicode has them; of unknown fonts, bullets only."""
    if not _PRIVATE.search(word.text):
        return word.text
    font = (word.font or "").lower()
    table = next((signs for name, signs in _SIGNS.items() if name in font), _BULLETS)
    return _PRIVATE.sub(lambda found: table.get(ord(found[0]) & 0xFF, found[0]), word.text)


def latin(word: str) -> str | None:
    """``word`` in Latin letters if it is plainly meant so by itself, else ``None``.

    That is: it has Latin letters of its own, and no letter of another alphabet is left.
    """
    text = word.translate(_ALWAYS)
    if not _OTHER.search(text):
        return text
    if not _LATIN.search(text):
        return None
    mended = text.translate(_ALIKE)
    return None if _OTHER.search(mended) else mended
