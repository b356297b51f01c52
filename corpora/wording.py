"""What a person typed into search, understood: words, phrases and numbers of documents.

Nothing of the text reaches the index as syntax: only letters and digits of it, in quotes.

- ``chu ky so`` finds all three words, with and without tone marks in the text.
- ``chữ ký số`` finds these syllables only (not "chủ", not "sợ"), and texts that lost all their marks.
- ``"chữ ký số"`` finds them side by side; so does what is glued by signs, ``8,59%``.
- ``739/qđ-ubnd``, ``739/QD-UBND``, ``QĐ 739``, ``quyết định số 739`` find that document however
  it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from corpora import symbols
from corpora.fold import IndexWord, fold, has_marks, index_words

_QUOTED = re.compile(r'["“”„«](?P<phrase>[^"“”„«»]*)["“”»]')
_MOST_WORDS = 64
"""Beyond this a question is no question; FTS5 has bounds of its own."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that must be in a hit: a word, a run of words, or a document's number (``key``)."""

    spelled: tuple[str, ...]
    folded: tuple[str, ...]
    key: str | None = None
    side_by_side: bool = True


@dataclass(frozen=True, slots=True)
class Tier:
    """One question to the index; ``bare`` says that its hits are texts without tone marks."""

    match: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """The parsed question. ``exact`` says that tone marks were typed, so they count."""

    atoms: tuple[Atom, ...]
    exact: bool

    def tiers(self) -> list[Tier]:
        """Index questions, the best hits first; empty if there is nothing to look for.

        First the words in a row, then all of them anywhere, last (for questions of several marked
        words) a text that lost its marks. One marked word alone has no such last tier: bare "chi"
        is a word of its own, not a spoiled "chỉ".
        """
        if not self.atoms:
            return []
        every = " AND ".join(self._term(atom) for atom in self.atoms)
        plain = [atom for atom in self.atoms if atom.key is None]
        row = Atom(tuple(w for a in plain for w in a.spelled), tuple(w for a in plain for w in a.folded))
        numbers = [self._term(atom) for atom in self.atoms if atom.key is not None]
        tiers = [Tier(" AND ".join([self._term(row), *numbers]))] if len(plain) > 1 else []
        tiers.append(Tier(every))
        marked = sum(spelled != folded for spelled, folded in zip(row.spelled, row.folded, strict=True))
        if self.exact and marked > 1:
            tiers.append(Tier(" AND ".join([_phrase("exact", row.folded), *numbers]), bare=True))
        return tiers

    def _term(self, atom: Atom) -> str:
        words = (
            _phrase("exact place", atom.spelled)
            if self.exact
            else _phrase("folded place_folded", atom.folded)
        )
        if atom.key is None:
            return words
        if atom.side_by_side:
            # A number is the same with and without marks: OCR and typists drop the bar of Đ.
            return f"({_phrase('folded', atom.folded)} OR {_phrase('symbols', (atom.key,))})"
        row = [Atom((s,), (f,)) for s, f in zip(atom.spelled, atom.folded, strict=True)]
        return f"(({' AND '.join(self._term(a) for a in row)}) OR {_phrase('symbols', (atom.key,))})"

    def highlights(
        self, text: str, marked: list[tuple[int, int, set[str]]], bare: bool
    ) -> list[tuple[int, int]]:
        """What of ``text`` answers the question, as ranges in order.

        ``marked`` are the document numbers in the text with the keys they are found under; ``bare``
        says that the hit is a text without tone marks.
        """
        words = index_words(text)
        exact = self.exact and not bare
        ranges = [
            (start, end)
            for start, end, keys in marked
            for atom in self.atoms
            if atom.key and atom.key in keys
        ]
        for atom in self.atoms:
            if atom.key is not None and any(atom.key in keys for _, _, keys in marked):
                continue
            as_folded = not exact or (atom.key is not None and atom.side_by_side)
            wanted = atom.folded if as_folded else atom.spelled
            for run in [wanted] if atom.side_by_side else [(word,) for word in wanted]:
                ranges.extend(_runs(words, run, as_folded))
        return _joined(ranges, text)


def parse(query: str) -> Wording:
    """Understand ``query``. Never fails: what is no word is ignored."""
    query = normalize("NFC", query)
    atoms: list[Atom] = []
    loose, at = [], 0
    for found in _QUOTED.finditer(query):
        loose.append(query[at : found.start()])
        number = symbols.SYMBOL.fullmatch(fold(found["phrase"]).strip())
        atoms.extend(_loose(found["phrase"]) if number else _glued(found["phrase"]))
        at = found.end()
    loose.append(query[at:])
    for stretch in loose:
        atoms.extend(_loose(stretch))
    # Đ in a symbol says nothing about how the words were typed.
    plain = [word for atom in atoms if atom.key is None for word in atom.spelled]
    atoms = list(dict.fromkeys(atoms))[:_MOST_WORDS]
    return Wording(tuple(atoms), any(has_marks(word) for word in plain))


def _loose(stretch: str) -> Iterator[Atom]:
    """Numbers first, since their signs would tear them apart; then the words that are left."""
    folded = fold(stretch)
    if len(folded) != len(stretch):
        yield from _words(stretch)
        return
    at = 0
    for found in sorted(_numbers(folded), key=lambda match: match.start()):
        if found.start() < at:
            continue
        yield from _words(stretch[at : found.start()])
        at = found.end()
        if "symbol" in found.re.groupindex:
            words = index_words(stretch[slice(*found.span("symbol"))])
            key = symbols.key(symbols.parts(found["symbol"]))
            yield Atom(tuple(w.spelled for w in words), tuple(w.folded for w in words), key)
        else:
            words = index_words(stretch[found.start() : found.end()])
            words = [word for word in words if word.folded != "so"]
            key = symbols.kind_key(found["kind"], found["number"])
            yield Atom(
                tuple(w.spelled for w in words), tuple(w.folded for w in words), key, side_by_side=False
            )
    yield from _words(stretch[at:])


def _numbers(folded: str) -> Iterator[re.Match[str]]:
    yield from symbols.SYMBOL.finditer(folded)
    yield from symbols.KIND_AND_NUMBER.finditer(folded)


def _words(stretch: str) -> Iterator[Atom]:
    for chunk in stretch.split():
        yield from _glued(chunk)


def _glued(chunk: str) -> Iterator[Atom]:
    words = index_words(chunk)[:_MOST_WORDS]
    if words:
        yield Atom(tuple(word.spelled for word in words), tuple(word.folded for word in words))


def _phrase(columns: str, words: tuple[str, ...]) -> str:
    return f'{{{columns}}} : "{" ".join(words)}"'


def _runs(words: list[IndexWord], wanted: tuple[str, ...], folded: bool) -> Iterator[tuple[int, int]]:
    forms = [word.folded if folded else word.spelled for word in words]
    for place in range(len(forms) - len(wanted) + 1):
        if tuple(forms[place : place + len(wanted)]) == wanted:
            yield words[place].start, words[place + len(wanted) - 1].end


def _joined(ranges: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Ranges in order; neighbours with only blanks between them become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(ranges)):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
