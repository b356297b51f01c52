"""Numbers of places that a statement names without being about them: ``"Tây Ninh đạt 93,7%, Hà Nội 49,9%"``.

Such a number is nobody's among the statement's units. Given to the nearest of them it would be a wrong figure
that looks right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.document import Span, UnitMention
from extract.units.names import bare
from extract.units.patterns import NOT_PLACES
from extract.vietnamese import CAPITALISED, LOWER, UPPER

_NAME = rf"(?P<name>[{UPPER}][{LOWER}]+(?:[ ](?:[{UPPER}][{LOWER}]+|{CAPITALISED})){{1,3}})"
_AT_A_NAME = re.compile(
    rf"{_NAME}(?:\s*[(:]|\s+(?:(?:chỉ|mới|đã|cũng|còn)\s+)?(?:đạt|là|có|chiếm|với))?\s*"
    r"(?:\d[\d.]*/\d[\d.]*[^.;()%]{0,30}[,;(]\s*)?$"
)
"""A name of two syllables or more that a number stands directly behind."""
_REACH = 90


def is_of_another_place(text: str, number: Span, units: Iterable[UnitMention]) -> bool:
    """Whether the name directly before a number is a place's that none of ``units`` is called.

    A single syllable is not taken for a name, nor what begins like an organ's ("Trung tâm …").
    """
    found = _AT_A_NAME.search(text, max(0, number[0] - _REACH), number[0])
    if found is None:
        return False
    words = found["name"].split()
    if words[0] in NOT_PLACES:
        return False
    known = [bare(name) for unit in units for name in (unit.name, unit.as_printed)]
    # "Riêng Sơn Lễ đạt …": what opens a sentence is no part of the name
    ends = [bare(" ".join(words[at:])) for at in range(len(words))]
    return not any(end in name for end in ends if end for name in known)
