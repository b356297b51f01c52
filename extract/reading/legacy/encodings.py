"""Old Vietnamese font encodings (TCVN3, VNI) in the words of a file, turned into Unicode.

A font such as ``.VnTime`` shows ``®`` as đ, so a file written with it holds ``®­îc`` where the paper says
``được``. The name of the font proposes the encoding, the syllables decide: words are converted only
where the result is clearly better Vietnamese than what stands there, as many files name an old
font over Unicode text. Without a telling name (plain text, renamed fonts) the syllables must speak
more clearly. The tables are data: ``encodings.toml``.

A file is gone through twice: :meth:`Converter.learn` takes in all its words with their fonts, then
:meth:`Converter.word` converts them one by one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from extract.pages import Caution, Word
from extract.reading.spelling.vietnamese import kind

Letters = list[tuple[str, str]]
"""Converted letters, each with the codes it stood for."""

_CLEAR = 8
"""Words that an encoding must mend before it is believed without the name of a font."""
_LONG = 150
"""Converted words of TCVN3 among which a ư without tone must stand: one in fifteen has one."""
_UNNAMED = ""
"""Stands among the fonts of an encoding for text whose font does not name it."""
_PRIVATE = re.compile("[\uf020-\uf0ff]")  # where symbol fonts keep the codes 20 to FF
_PART = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f\u2010-\u2027\u2030-\u205e]{2,}")
_TRACE = re.compile("[\u00a1-\u00a9\u00ab-\u00af\u00b1-\u00b9\u00bb-\u00bfÄ-ÇËÎÏÑÖ-ØÛÜÞßä-çëîïñö-øûüþÿ]")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(
    r"(?:[-, ]*(?:bold|italic|oblique|regular|normal|mt|identity-h|[bi]{1,2}))+$", re.IGNORECASE
)


def has_trace(text: str) -> bool:
    """Whether ``text`` has letters and signs that fill old encodings and are rare in Unicode Vietnamese."""
    return len(_TRACE.findall(text)) >= _CLEAR // 2


class Encoding:
    """One old encoding: its letters by code, and the names of fonts that are set in it."""

    def __init__(self, name: str, table: dict[str, object]) -> None:
        self.name = name
        self._fonts = re.compile(str(table["fonts"]), re.IGNORECASE)
        self._capitals = re.compile(str(table["capitals"])) if "capitals" in table else None
        marks = table.get("marks", {})
        self.letters = _letters(str(table["letters"]), with_capitals=bool(marks))
        assert isinstance(marks, dict)
        self.marks: set[str] = set()
        for bases, codes in marks.items():
            self._add_marks(bases, codes)
        longest = sorted(self.letters, key=len, reverse=True)
        self._next = re.compile("|".join(map(re.escape, longest)) + "|.", re.DOTALL)
        self._known = frozenset("".join(self.letters)) | self.marks
        self._hyphen = "\u00ad" in self.letters
        self.small_only = self._capitals is not None

    def _add_marks(self, bases: str, codes: str) -> None:
        for entry in codes.split():
            mark, composed = chr(int(entry[:2], 16)), entry[3:]
            self.marks |= {mark, _capital(mark)}
            for base in bases:
                small = unicodedata.normalize("NFC", self.letters.get(base, base) + composed)
                big = _capital(base) if base in self.letters else base.upper()
                for shape in (mark, _capital(mark)):
                    self.letters[base + shape] = small
                    self.letters[big + shape] = small.upper()

    def names(self, font: str) -> bool:
        """Whether a font of this name is made for the encoding."""
        return bool(self._fonts.match(font))

    def is_capital(self, font: str) -> bool:
        """Whether a font of this name shows small letters as capitals."""
        return bool(self._capitals and self.names(font) and self._capitals.search(_STYLE.sub("", font)))

    def decode(self, word: str) -> Letters | None:
        """The letters of ``word`` with what they stood for; ``None`` where it cannot be in this encoding."""
        word = _PRIVATE.sub(lambda found: chr(ord(found[0]) & 0xFF), word)
        if any(letter.isalpha() and letter not in self._known for letter in word if not letter.isascii()):
            return None
        found = [(piece, self.letters.get(piece, piece)) for piece in self._next.findall(word)]
        if any(raw in self.marks and raw not in self.letters for raw, _ in found):
            return None  # a mark without its letter
        if self._hyphen and "-" in word:
            found = [pair for part in _slashed(found) for pair in _without_hyphens(part)]
        return _one_case(found) if self.small_only else found


def _letters(codes: str, *, with_capitals: bool) -> dict[str, str]:
    found = {chr(int(entry[:2], 16)): entry[3:] for entry in codes.split()}
    if with_capitals:
        found |= {_capital(code): letter.upper() for code, letter in found.items()}
    return found


def _capital(code: str) -> str:
    return chr(ord(code) - 0x20)


def _slashed(found: Letters) -> list[Letters]:
    """The letters cut behind each slash: ``®ång/ng-êi`` holds two words."""
    parts: list[Letters] = [[]]
    for pair in found:
        parts[-1].append(pair)
        if pair[1] == "/":
            parts.append([])
    return parts


def _without_hyphens(found: Letters) -> Letters:
    """ư has the code of the soft hyphen, and programs print it as ``-``: ``®-îc`` is được, ``t-`` is tư.

    A hyphen becomes ư where this makes the word a syllable and the hyphen does not part two of them.
    """
    text = "".join(letter for _, letter in found)
    if not re.search(r"[^\W\d_]-|-[^\W\d_]", text):
        return found
    with_letter = text.replace("-", "ư")
    core = with_letter.strip(".,;:!?()[]\"'“”‘’…/")
    if kind(core) != "marked" or (text.startswith("-") and kind(core[1:]) in ("marked", "plain")):
        return found
    parts = [part for part in text.strip(".,;:!?()[]\"'“”‘’…/").split("-") if part]
    if len(parts) > 1 and all(kind(part) in ("marked", "plain") for part in parts):
        return found
    return [(raw, "ư" if letter == "-" else letter) for raw, letter in found]


def _one_case(found: Letters) -> Letters:
    """Capitals where all plain letters are: ``CéNG`` is typed so, as TCVN3 has no capital for é."""
    sure = [letter for raw, letter in found if letter.isalpha() and (raw.isascii() or letter.isupper())]
    if len(sure) >= 2 and all(letter.isupper() for letter in sure):
        return [(raw, letter.upper()) for raw, letter in found]
    return found


def _load() -> tuple[Encoding, ...]:
    path = Path(__file__).with_name("encodings.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Encoding(name, table) for name, table in data.items())


ENCODINGS = _load()
"""The encodings known, by preference."""


@lru_cache(maxsize=512)
def encoding_of(font: str | None) -> Encoding | None:
    """The encoding that the name of a font proposes (``ABCDEF+.VnTime,Bold``), ``None`` for other fonts."""
    if not font:
        return None
    bare = _SUBSET.sub("", font)
    return next((encoding for encoding in ENCODINGS if encoding.names(bare)), None)


@lru_cache(maxsize=512)
def _is_capital(font: str | None) -> bool:
    encoding = encoding_of(font)
    return encoding is not None and encoding.is_capital(_SUBSET.sub("", font or ""))


@lru_cache(maxsize=512)
def _family(font: str) -> str:
    """A font's name without what differs between its cuts, for a person to read."""
    return _STYLE.sub("", _SUBSET.sub("", font)) or font


@dataclass(slots=True)
class _Tally:
    """Words that an encoding makes valid, and valid words that it would break."""

    gain: int = 0
    loss: int = 0
    neither: int = 0

    def add(self, word: str, encoding: Encoding) -> None:
        before = _validity(word)
        letters = encoding.decode(word)
        after = None if letters is None else _validity("".join(letter for _, letter in letters))
        if letters is None:
            self.loss += before is True
        elif before is not True and after is True:
            self.gain += 1
        elif before is True and after is not True:
            self.loss += 1
        elif after is False:
            self.neither += 1

    @property
    def clear(self) -> bool:
        return self.gain >= _CLEAR and self.loss * 10 <= self.gain and self.neither * 2 <= self.gain


@lru_cache(maxsize=20_000)
def _validity(word: str) -> bool | None:
    """Whether the marked parts of ``word`` are Vietnamese syllables; ``None`` where it has none."""
    parts = [part for part in _PART.findall(word) if not part.isascii()]
    if not parts:
        return None
    return all(kind(part) == "marked" for part in parts)


class Converter:
    """What is known of the fonts of one file, and the conversion of its words.

    ``conversion`` names what was converted so far (``"TCVN3 (.VnTime, .VnTimeH)"``), ``None`` for nothing.
    """

    def __init__(self) -> None:
        self._tallies: dict[str | None, dict[str, _Tally]] = {}
        self._chosen: dict[str | None, Encoding | None] = {}
        self._done: dict[str, list[str]] = {}
        self._converted = 0
        self._with_hyphen = 0

    def learn(self, words: Sequence[str], font: str | None = None) -> None:
        """Take in words of one font. Costs next to nothing for Unicode text in ordinary fonts."""
        named = encoding_of(font)
        if named is None and font not in self._tallies and not has_trace(" ".join(words)):
            return
        tallies = self._tallies.setdefault(font, {encoding.name: _Tally() for encoding in ENCODINGS})
        self._chosen.clear()
        for word in words:
            if not word.isascii():
                for encoding in ENCODINGS:
                    tallies[encoding.name].add(word, encoding)

    @property
    def idle(self) -> bool:
        """Whether nothing in the file asks for conversion."""
        return not self._tallies or not any(self.chosen(font) for font in self._tallies)

    def chosen(self, font: str | None) -> Encoding | None:
        """The encoding that words of this font are in, ``None`` for Unicode."""
        if font not in self._chosen:
            self._chosen[font] = self._choose(font)
        return self._chosen[font]

    def _choose(self, font: str | None) -> Encoding | None:
        tallies = self._tallies.get(font)
        if tallies is None:
            return None
        named = encoding_of(font)
        best = max(ENCODINGS, key=lambda encoding: tallies[encoding.name].gain - tallies[encoding.name].loss)
        if tallies[best.name].clear:
            return best
        if named is None:
            return None
        tally = tallies[named.name]
        if tally.gain > tally.loss:
            return named
        if tally.gain or tally.loss:
            return None
        # nothing but plain letters: as the other fonts of its encoding in this file
        others = [self._tallies[name][named.name] for name in self._tallies if encoding_of(name) is named]
        return named if sum(one.gain for one in others) > sum(one.loss for one in others) else None

    def word(
        self, word: str, font: str | None = None, beside: Sequence[str] = (), near: Sequence[str] = ()
    ) -> Letters | None:
        """The letters of a word in Unicode, or ``None`` where it stays as it is.

        ``beside`` are the words of the same font in its paragraph or page: where these are plainly Unicode
        (pasted into a document with an old font), the word stays. ``near`` are the word and those next
        to it, by which a single capital letter is told from a word in capitals.
        """
        encoding = self.chosen(font)
        if encoding is None:
            return None
        letters = encoding.decode(word)
        if letters is None or (not word.isascii() and _is_pasted(tuple(beside), encoding)):
            return None
        if _is_capital(font) or (encoding.small_only and _is_shouted(tuple(near))):
            letters = [(raw, letter.upper()) for raw, letter in letters]
        if all(raw == letter for raw, letter in letters):
            return None
        self._note(encoding, font)
        if encoding.small_only:
            self._converted += 1
            self._with_hyphen += any(raw in "-\u00ad" and letter in "ưƯ" for raw, letter in letters)
        return letters

    def _note(self, encoding: Encoding, font: str | None) -> None:
        fonts = self._done.setdefault(encoding.name, [])
        name = _family(font) if font and encoding_of(font) is encoding else _UNNAMED
        if name not in fonts:
            fonts.append(name)

    @property
    def conversion(self) -> str | None:
        """What was converted so far."""
        found = []
        for name, fonts in self._done.items():
            told = sorted(font for font in fonts if font != _UNNAMED)
            found.append(f"{name} ({', '.join(told) or 'nhận biết qua âm tiết'})")
        return ", ".join(found) or None

    def cautions(self) -> list[Caution]:
        """What a person should know of the conversion, if there was one."""
        found = [encoding_caution(self.conversion)] if self.conversion else []
        if self._converted >= _LONG and not self._with_hyphen:
            message = "Cả văn bản không có chữ ư: một chương trình đã coi chữ này là dấu gạch nối và bỏ mất. "
            message += "Từ có thể sai (“cha” thay cho “chưa”). Cần đối chiếu bản gốc."
            found.append(Caution("letters_lost", message))
        return found


def encoding_caution(conversion: str) -> Caution:
    """The caution for text converted from ``conversion``."""
    return Caution(
        "encoding_converted",
        f"Văn bản viết bằng bảng mã tiếng Việt cũ, đã chuyển sang Unicode: {conversion}.",
    )


@lru_cache(maxsize=256)
def _is_shouted(words: tuple[str, ...]) -> bool:
    """Whether the words stand in capitals, as far as their encoding has any (``X· HéI CHñ NGHÜA``)."""
    if any(re.search("[a-z]", word) for word in words):
        return False
    return sum(not word.isascii() and len(re.findall("[A-Z]", word)) >= 2 for word in words) >= 2


@lru_cache(maxsize=256)
def _is_pasted(words: tuple[str, ...], encoding: Encoding) -> bool:
    tally = _Tally()
    for word in words:
        if not word.isascii():
            tally.add(word, encoding)
    return tally.loss > tally.gain


def convert(text: str, font: str | None = None) -> str | None:
    """``text`` in Unicode if it is in an old encoding, else ``None``.

    ``font`` is the name of its font where there is one. Blanks stay as they are.
    """
    words = text.split()
    converter = Converter()
    converter.learn(words, font)
    if converter.idle:
        return None

    places = iter(range(len(words)))

    def one(found: re.Match[str]) -> str:
        place = next(places)
        letters = converter.word(found[0], font, words, near(words, place))
        return found[0] if letters is None else "".join(letter for _, letter in letters)

    converted = re.sub(r"\S+", one, text)
    return None if converted == text else converted


def joined(letters: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The converted letters as one word, and the codes behind them."""
    pairs = list(letters)
    return "".join(letter for _, letter in pairs), "".join(raw for raw, _ in pairs)


def convert_words(converter: Converter, words: list[Word]) -> list[Word]:
    """Words of one page in Unicode, those that were converted with their ``raw`` form."""
    by_font: dict[str | None, list[str]] = {}
    for word in words:
        by_font.setdefault(word.font, []).append(word.text)
    for font, texts in by_font.items():
        converter.learn(texts, font)
    if converter.idle:
        return words
    beside = {font: tuple(texts) for font, texts in by_font.items()}
    texts = [word.text for word in words]
    return [
        _converted(converter, word, beside[word.font], near(texts, place)) for place, word in enumerate(words)
    ]


def near(words: Sequence[str], place: int) -> Sequence[str]:
    """The word at ``place`` and the two on either side."""
    return words[max(place - 2, 0) : place + 3]


def _converted(converter: Converter, word: Word, beside: tuple[str, ...], close: Sequence[str]) -> Word:
    letters = converter.word(word.text, word.font, beside, close)
    if letters is None:
        return word
    text, raw = joined(letters)
    return replace(word, text=text, raw=raw)
