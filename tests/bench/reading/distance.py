"""Edit distance of long sequences, fast enough for whole pages."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence


def distance(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """How many insertions, deletions and replacements lead from ``a`` to ``b``.

    Myers' bit vectors in the form of Hyyrö (2003), a column of the table in one of Python's long integers:
    a page of 3 000 letters against another takes hundredths of a second.
    """
    if not a or not b:
        return len(a) or len(b)
    return list(_column(a, b, anywhere=False))[-1]


def whereabouts(wanted: str, text: str) -> tuple[int, int]:
    """Where in ``text`` what is most like ``wanted`` ends, and its distance; the first of several."""
    if not wanted or not text:
        return 0, len(wanted)
    found = list(_column(wanted, text, anywhere=True))
    end = min(range(len(found)), key=found.__getitem__)
    return end + 1, found[end]


def _column(a: Sequence[Hashable], b: Sequence[Hashable], *, anywhere: bool) -> Iterator[int]:
    """The distance of ``a`` to ``b`` as far as each of its items; with ``anywhere`` to any stretch that ends there."""
    places: dict[Hashable, int] = {}
    for at, item in enumerate(a):
        places[item] = places.get(item, 0) | 1 << at
    whole, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    plus, minus, found = whole, 0, len(a)
    for item in b:
        equal = places.get(item, 0)
        vertical = equal | minus
        diagonal = (((equal & plus) + plus) ^ plus) | equal
        up = minus | ~(diagonal | plus) & whole
        down = plus & diagonal
        found += bool(up & last) - bool(down & last)
        yield found
        up, down = (up << 1 | (not anywhere)) & whole, down << 1 & whole
        plus, minus = down | ~(vertical | up) & whole, up & vertical
