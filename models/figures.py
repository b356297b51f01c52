"""What the figures of a statement say, as a few words: numbers themselves are masked from the classifiers.

"212 ca, 212 chữ ký" and "trả lời 0/6" praise and blame without a word of praise or blame. Counted are shares,
percentages, noughts and repeated numbers, in coarse steps, so that no single number is learned.
"""

from __future__ import annotations

import re
from itertools import pairwise

_WHOLE = r"\d{1,3}(?:\.\d{3})+|\d+"
_SHARE = re.compile(rf"(?<![\d/,.])({_WHOLE})\s*/\s*({_WHOLE})(?!\d|\s*/)")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_NUMBER = re.compile(r"(?<![\d./,-])(?:\d{1,3}(?:\.\d{3})+|\d{1,3})(?:,\d+)?(?![\d/]|\.\d|-)")
_YEARS = range(1900, 2100)
_SHARES = ((1.0, "all"), (0.8, "most"), (0.4, "half"), (1e-9, "few"), (0.0, "none"))
_PERCENTS = ((100.0, "all"), (90.0, "90"), (70.0, "70"), (40.0, "40"), (1e-9, "low"), (0.0, "none"))


def figures(text: str) -> list[str]:
    """The figures of ``text`` in words: ``"share all"`` (6/6), ``"percent low"``, ``"nought"``.

    Dates and document numbers ("30/2020/NĐ-CP", "15/8") may look like shares: what is larger than
    its whole, and what is counted of a year, is left out.
    """
    found = []
    for hit in _SHARE.finditer(text):
        part, whole = (int(number.replace(".", "")) for number in hit.groups())
        if whole and part <= whole and whole not in _YEARS:
            found.append(f"share {_step(part / whole, _SHARES)}")
    found += [
        f"percent {_step(float(hit[1].replace(',', '.')), _PERCENTS)}" for hit in _PERCENT.finditer(text)
    ]
    numbers = [number.lstrip("0") for number in _NUMBER.findall(_SHARE.sub(" ", text))]
    if "" in numbers:
        found.append("nought")
    if any(one and one == other for one, other in pairwise(numbers)):
        found.append("repeated")
    found.append(f"numbers {min(len(numbers), 3)}")
    return found


def _step(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    return next(name for least, name in steps if value >= least)
