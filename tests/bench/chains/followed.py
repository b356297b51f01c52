"""The followed archive: three invented districts over six years, with the truth written into the texts.

A mark in braces stands before each statement whose truth is known, and is taken out before the text is read:

* ``{@TS03>TS10}`` the unit that a section is about, and the one that it has become,
* ``{name|area|types}`` a deficiency of the chain ``name`` (``TS02.name,TS05.name`` names units itself),
* ``{+name|area}`` an achievement; with a name it says that the deficiency is gone,
* ``{!TS02.name|area}`` a demand.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ARCHIVE = Path(__file__).resolve().parents[3] / "corpora" / "followed"
HELD_OUT = "go-sat"
"""The district that nobody looked at before the last measure."""
DISTRICTS = ("thach-sa", "muong-khoang", HELD_OUT)

_MARK = re.compile(r"\{([@+!]?)([^{}]*)\}\s?")


@dataclass(frozen=True, slots=True)
class Truth:
    """A statement about one unit: ``unit`` as it was (a code), ``chain`` as ``UNIT.name`` of the unit of today."""

    kind: str
    unit: str
    chain: str
    area: str
    types: tuple[str, ...]
    span: tuple[int, int]
    text: str


@dataclass(slots=True)
class Written:
    """A document as it is read, with what is true of it; spans are places in ``text``."""

    name: str
    year: int
    text: str
    truths: list[Truth] = field(default_factory=list)


def read(district: str) -> list[Written]:
    """The documents of a district, by name."""
    successors = {row["code"]: row["successors"] for row in units(district)}
    return [_written(path, successors) for path in sorted((ARCHIVE / district).glob("*.md"))]


def units(district: str) -> list[dict[str, str]]:
    """The rows of the district's units file."""
    with (ARCHIVE / district / "units.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def states(district: str) -> dict[str, str]:
    """What became of each chain, by ``UNIT.name``."""
    with (ARCHIVE / district / "states.toml").open("rb") as file:
        return tomllib.load(file)


def _written(path: Path, successors: dict[str, str]) -> Written:
    source, out, here = path.read_text(encoding="utf-8"), "", ""
    made = Written(path.name, int(path.name[:4]), "")
    at = 0
    marks = list(_MARK.finditer(source))
    for number, mark in enumerate(marks):
        out += source[at : mark.start()]
        at = mark.end()
        sign, said = mark.groups()
        if sign == "@":
            here = said.partition(">")[0]
            continue
        end = source.find("\n", at)
        if number + 1 < len(marks):
            end = min(end, marks[number + 1].start())
        text = source[at:end].strip().rstrip(";")
        span = (len(out), len(out) + len(text))
        names, area, *types = said.split("|")
        kind = {"": "deficiency", "+": "achievement", "!": "recommendation"}[sign]
        for name in names.split(","):
            unit, _, chain = name.rpartition(".")
            unit = unit or here
            today = successors.get(unit) or unit
            full = f"{today}.{chain}" if chain else ""
            made.truths.append(
                Truth(kind, unit, full, area, tuple(types[0].split()) if types else (), span, text)
            )
    made.text = out + source[at:]
    return made


def everything() -> Iterator[Written]:
    """All documents of all districts."""
    for district in DISTRICTS:
        yield from read(district)
