"""Written citation cases: sentences and passages with what they cite marked in them.

A line is a case: ``{printed|key|date|issuer|number}`` marks a citation, of which only the key must be given;
``[huyen 2021-10-22]`` before it says whose paper it is from and of which day; ``\\n`` is a line end.
``## name`` begins a group, ``#`` a remark. The places are invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.document import UnitMention

_MARKED = re.compile(r"\{(?P<printed>[^{}|]+)\|(?P<rest>[^{}]*)\}")
_CONTEXT = re.compile(r"\[(?P<who>huyen|xa|tinh)(?: (?P<date>\d{4}-\d\d-\d\d))?\]\s*")
DAY = "2021-06-30"
"""The day of a citing document that gives none."""

UNITS = {
    "huyen": UnitMention("Huyện Lũng Cát", "district", "HUYỆN LŨNG CÁT"),
    "xa": UnitMention("Xã Khe Mận", "commune", "XÃ KHE MẬN"),
    "tinh": UnitMention("Tỉnh Đông Lĩnh", "province", "TỈNH ĐÔNG LĨNH"),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One citation of a case; ``issuer`` is ``None`` where the key says it all."""

    span: tuple[int, int]
    key: str
    date: str | None
    issuer: str | None
    number: str


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its citations; ``unit`` and ``date`` are the citing document's."""

    group: str
    text: str
    expected: tuple[Expected, ...]
    unit: UnitMention | None
    date: str
    place: str

    @property
    def noisy(self) -> bool:
        """Whether the sentence was written with the slips of an OCR engine."""
        return self.group.startswith("noise")


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one file, in its order."""
    group = ""
    for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            group = line[3:]
        elif line and not line.startswith("#"):
            context = _CONTEXT.match(line)
            marked = line[context.end() if context else 0 :].replace("\\n", "\n")
            text, expected = _unmarked(marked)
            unit = UNITS[context["who"]] if context else None
            day = (context["date"] if context else None) or DAY
            yield Case(group, text, tuple(expected), unit, day, f"{path.name}:{row}")


def _unmarked(marked: str) -> tuple[str, list[Expected]]:
    text, at, expected = "", 0, []
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        printed = found["printed"]
        key, date, issuer, number = (*(part.strip() for part in found["rest"].split("|")), "", "", "")[:4]
        span = (len(text), len(text) + len(printed))
        expected.append(Expected(span, key, date or None, issuer or None, number or printed))
        text += printed
    return text + marked[at:], expected
