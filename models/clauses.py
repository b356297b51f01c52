"""What a "chưa" or "không" reaches, and what the first and the last clause say.

A bag of words cannot tell "không có hồ sơ trễ hạn" from "trễ hạn, không có hồ sơ": both deny and both name
a delay. Here words under a negation and words outside of one are different features, and the clauses that
open and close a statement are seen apart, for praise before "nhưng" counts less than what follows. Which of
them speak for praise or blame is learned; here is only the form. Marking what a negation reaches up to the
next clause is the "NOT_" of Das and Chen 2001 and of Pang, Lee and Vaithyanathan 2002.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BLOCKS = frozenset({"no", "yes", "k", "z", "kn", "kf"})
"""The blocks of :func:`form_of`."""
_NEGATIONS = {
    "chưa": "chưa",
    "chưa_có": "chưa",
    "chẳng": "không",
    "chả": "không",
    "không": "không",
    "ko": "không",
    "không_có": "không",
    "không_còn": "hết",
    "hết": "hết",
    "khỏi": "hết",
}
"""The words that deny, each with its kind: what is not yet, what is not, what is over."""
_REACH = 7
"""Words that a negation reaches at most."""
_MARKS = frozenset(",;:.()–-!?")
_OPENERS = frozenset(["nhưng", "song", "mà", "nên", "do", "vì", "để", "còn", "thì", "là"])
"""Words that open a clause when enough words stand before them."""
_ENDS_OF_REACH = _MARKS | frozenset(["nhưng", "song", "tuy", "mà", "còn", "nên", "do", "vì", "để", "nhờ"])
_LEAST = 3
_MOST = 5
"""Clauses are counted up to here."""


def form_of(words: Sequence[str]) -> list[str]:
    """The form of a statement as features; ``words`` in lower case, syllables joined by ``_``, marks kept."""
    return _reaches(words) + _clauses(words)


def _reaches(words: Sequence[str]) -> list[str]:
    """``"no:chưa lập"`` for a word below a negation, ``"yes:lập"`` for one below none."""
    found: list[str] = []
    kind, left = "", 0
    for word in words:
        if word in _ENDS_OF_REACH:
            kind = ""
        elif word in _NEGATIONS:
            kind, left = _NEGATIONS[word], _REACH
            found.append(f"no:{kind}")
        elif kind and left:
            found.append(f"no:{kind} {word}")
            left -= 1
        else:
            found.append(f"yes:{word}")
    return found


def _clauses(words: Sequence[str]) -> list[str]:
    """The words and pairs of the first (``k``) and last clause (``z``), how each clause begins, how many."""
    clauses = split(words)
    found = [f"kn:{min(len(clauses), _MOST)}"]
    found += [f"kf:{' '.join(clause[:2])}" for clause in clauses]
    for block, clause in (("k", clauses[0]), ("z", clauses[-1])) if clauses else ():
        found += [f"{block}:{word}" for word in clause]
        found += [f"{block}:{a} {b}" for a, b in pairwise(clause)]
    return found


def split(words: Sequence[str]) -> list[list[str]]:
    """The clauses: what stands between marks, and from a conjunction on."""
    clauses: list[list[str]] = [[]]
    for word in words:
        if word in _MARKS:
            clauses.append([])
            continue
        if word in _OPENERS and len(clauses[-1]) >= _LEAST:
            clauses.append([])
        clauses[-1].append(word)
    return [clause for clause in clauses if clause]
