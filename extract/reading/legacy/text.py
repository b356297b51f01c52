"""Plain text without fonts that is in an old encoding: told by its syllables alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.pages import Caution, Page
from extract.reading.base import clean
from extract.reading.legacy.encodings import Converter, encoding_caution, joined, near
from extract.reading.spelling.vietnamese import share

_EDGES = "*_`#|>[](){}.,;:!?\"'“”‘’…/\\"
"""Signs around a word that Markdown or a sentence puts there; what is converted stands between them."""
_WINDOWS = "cp1258"
_CODES = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
"""Windows-1252 where it differs from Latin-1; five of its codes are free and stay what they are."""


@dataclass(frozen=True, slots=True)
class Unicoded:
    """Text in Unicode, what was converted to it, and for each converted word what stood there before."""

    text: str
    conversion: str | None = None
    raws: dict[str, str] = field(default_factory=dict)

    @property
    def cautions(self) -> list[Caution]:
        """What a person should know of it."""
        return [encoding_caution(self.conversion)] if self.raws and self.conversion else []

    def keep_raw(self, page: Page) -> None:
        """Give the converted words of ``page`` their raw form.

        Two spellings of one converted word (with a soft hyphen or a plain one) are told as the first of them.
        """
        if not self.raws:
            return
        for line in page.lines:
            for at, word in enumerate(line.words):
                core = word.text.strip(_EDGES)
                if core in self.raws:
                    line.words[at] = replace(word, raw=word.text.replace(core, self.raws[core], 1))


def unicoded(text: str) -> Unicoded:
    """``text`` converted from TCVN3 or VNI where that is clear, else as it is."""
    converter = Converter()
    rows = text.split("\n")
    words = [row.split() for row in rows]
    converter.learn([word for row in words for word in row])
    if converter.idle:
        return Unicoded(text)
    raws: dict[str, str] = {}
    made = []
    for row, beside in zip(rows, words, strict=True):
        pieces, end = [], 0
        for place, found in enumerate(re.finditer(r"\S+", row)):
            letters = converter.word(found[0], None, beside, near(beside, place))
            word, raw = joined(letters) if letters else (found[0], "")
            if letters:
                raws.setdefault(word.strip(_EDGES), raw.strip(_EDGES))
            pieces += [row[end : found.start()], word]
            end = found.end()
        made.append("".join(pieces) + row[end:])
    return Unicoded("\n".join(made), converter.conversion, raws)


def from_bytes(data: bytes) -> Unicoded | None:
    """Text of one byte a letter: TCVN3 or VNI saved as "ANSI", or Windows-1258; ``None`` where it is none."""
    found = unicoded(data.decode("latin-1").translate(_CODES))
    if found.conversion is not None:
        return found
    text = clean(data.decode(_WINDOWS, "replace"))
    measure = share([text])
    if measure.marked >= 0.5 and measure.valid >= 0.9 and "\ufffd" not in text:
        return Unicoded(text, "Windows-1258")
    return None
