"""Numbers and symbols of documents as search keys: ``739/QĐ-UBND``, ``QĐ 739``, ``30/2020/NĐ-CP``.

A key is one index word. Its parts are folded and joined by ``z``, a letter that no Vietnamese
symbol holds, so that ``739/qd-ubnd`` and ``739/QĐ - UBND`` meet.
"""

from __future__ import annotations

import re

from corpora.fold import WORD, fold

_JOINT = "z"
_YEAR = re.compile(r"(?:19|20)\d\d")

KIND_CODES = {
    "nghị quyết": "nq",
    "quyết định": "qd",
    "nghị định": "nd",
    "thông tư liên tịch": "ttlt",
    "thông tư": "tt",
    "thông báo": "tb",
    "thông cáo": "tc",
    "tờ trình": "ttr",
    "chỉ thị": "ct",
    "chương trình": "ctr",
    "kế hoạch": "kh",
    "kết luận": "kl",
    "hướng dẫn": "hd",
    "báo cáo": "bc",
    "biên bản": "bb",
    "công văn": "cv",
    "công điện": "cd",
    "đề án": "da",
    "giấy mời": "gm",
    "phương án": "pa",
    "quy chế": "qc",
    "quy định": "qyd",
    "luật": "luat",
}
"""Names of document types with the folded abbreviation of their symbols."""

_FOLDED_KINDS = {fold(name): code for name, code in KIND_CODES.items()}
_KIND = "|".join(sorted((*_FOLDED_KINDS, *_FOLDED_KINDS.values()), key=len, reverse=True))

SYMBOL = re.compile(
    rf"(?:(?<!\w)(?:{_KIND})\s+)?(?:(?<!\w)so\s*:?\s*)?"
    r"(?<![\w/])(?P<symbol>\d+[a-z]?(?:(?:\s?/\s?|[-–&.])[^\W_]+)*(?:\s?/\s?|[-–])[^\W\d_][^\W_]*"
    r"(?:(?:\s?/\s?|[-–&])[^\W_]+)*)"
)
"""A symbol in folded text, with the kind and "số" before it, which add nothing to it."""

KIND_AND_NUMBER = re.compile(rf"(?<!\w)(?P<kind>{_KIND})(?:\s+so)?\s*:?\s+(?P<number>\d+[a-z]?)(?![\w/-])")
"""``QĐ 739``, ``quyết định số 739`` in folded text."""


def parts(symbol: str) -> list[str]:
    """``"739/QĐ-UBND"`` as ``["739", "qd", "ubnd"]``."""
    return [fold(found) for found in WORD.findall(symbol)]


def key(pieces: list[str]) -> str:
    """One index word for the parts of a symbol."""
    return _JOINT.join(pieces)


def kind_key(kind: str, number: str) -> str:
    """One index word for a kind (name or abbreviation, folded) and a number."""
    return _JOINT.join((_FOLDED_KINDS.get(kind, kind), number))


def keys(number: str, kind: str | None = None) -> set[str]:
    """All keys under which a document with this number is to be found.

    The number itself, shortened from the right ("739/QĐ"), the same without its year (a paper
    that prints "30/NĐ-CP" is found by "30/2020/NĐ-CP" because the number is stored complete,
    and the other way round because of this), and kind with number ("QĐ 739").
    """
    pieces = parts(number)
    if not pieces:
        return set()
    dateless = [piece for place, piece in enumerate(pieces) if place == 0 or not _YEAR.fullmatch(piece)]
    found = {key(row[:size]) for row in (pieces, dateless) for size in range(2, len(row) + 1)}
    codes = {piece for piece in dateless[1:2] if piece in _FOLDED_KINDS.values()}
    if kind and fold(kind) in _FOLDED_KINDS:
        codes.add(_FOLDED_KINDS[fold(kind)])
    return found | {kind_key(code, pieces[0]) for code in codes}


def compact(number: str) -> str:
    """A number for comparison as a whole: folded, letters and digits and their joints, no blanks."""
    return re.sub(r"\s+", "", fold(number)).replace("–", "-")
