"""Names of units as people type them: with or without kind, with or without tone marks."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from corpora.fold import WORD, fold, has_marks, spell

_KINDS = tuple(
    tuple(kind.split())
    for kind in (
        "ủy ban nhân dân",
        "thành phố",
        "thị trấn",
        "đặc khu",
        "thị xã",
        "phường",
        "huyện",
        "ubnd",
        "tỉnh",
        "quận",
        "xã",
    )
)
_SHORT = {"tt": "thị trấn", "tx": "thị xã", "tp": "thành phố"}


def _words(name: str) -> list[str]:
    """The words of a name without the unit above it ("xã Khe Mận, huyện …"), short kinds written out."""
    words = WORD.findall(spell(name.split(",")[0].split("(")[0]))
    return [part for word in words for part in _SHORT.get(word, word).split()]


def _forms(words: list[str], marks: bool) -> list[str]:
    """The name as it is and with its kinds taken off from the left, one after the other."""
    kinds = _KINDS if marks else tuple(tuple(fold(part) for part in kind) for kind in _KINDS)
    words = words if marks else [fold(word) for word in words]
    forms = [" ".join(words)]
    while kind := next((k for k in kinds if tuple(words[: len(k)]) == k and len(words) > len(k)), None):
        words = words[len(kind) :]
        forms.append(" ".join(words))
    return forms


@lru_cache(maxsize=65536)
def bare(name: str) -> str:
    """The name alone, one spelling, marks kept: ``"UBND xã Sơn Lễ"`` gives ``"sơn lễ"``."""
    return _forms(_words(name), marks=True)[-1]


def same_unit(asked: str, name: str) -> bool:
    """Whether ``asked``, as a person typed it, means the unit called ``name``.

    Marks count only if ``asked`` has some; kinds count only if both have one: "thị xã Sơn Tây"
    is not "Xã Sơn Tây", "son tay" is both.
    """
    marks = has_marks(asked)
    left, right = _forms(_words(asked), marks), _forms(_words(name), marks)
    return bool(left[0]) and (left[0] in right or right[0] in left)


@lru_cache(maxsize=65536)
def folded_bare(name: str) -> str:
    """The name alone, without tone marks: equal for all names that :func:`same_unit` can take for one."""
    return _forms(_words(name), marks=False)[-1]


def nearest(asked: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like ``asked`` in their letters, without kinds and tone marks; the likest first."""
    held: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        held.setdefault(folded_bare(name), []).append(name)
    near = get_close_matches(folded_bare(asked), held, most, cutoff=0.7)
    return [name for key in near for name in held[key]][:most]
