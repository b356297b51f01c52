"""Reads written cases of linking, runs them through finding and linking, and scores them.

Run ``python -m tests.extract.units.linking.cases develop`` (or ``held_out``, ``fresh``, ``blind_a``, …) to see
every miss. In a text "¶" stands for a line break.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extract.document import Span, UnitMention
from extract.units.find import Names, find_units
from extract.units.gazetteer import gazetteer_of, squash
from extract.units.link import Linker
from extract.units.names import level_of_kind
from extract.units.register import Register
from extract.units.setting import setting_of

HERE = Path(__file__).parent
_MEANT = re.compile(r"\[(?P<printed>[^\]|]+)\|(?P<meant>[^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Meant:
    """What one printed name means: ``kind`` is ``""``, one of ``~ < > ?`` or ``-``; ``codes`` as in the files."""

    span: Span
    printed: str
    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its setting and what its names mean."""

    sort: str
    date: str | None
    issuer: str | None
    parent: str | None
    place: str | None
    text: str
    meant: tuple[Meant, ...]
    line: int


@dataclass(slots=True)
class Score:
    """Names linked right and wrong over cases, and the cases with something wrong, said in words.

    ``right`` counts names whose link (or whose candidates) are as meant; ``wrong`` links and candidates that
    are not; ``missing`` names meant to be linked that are not right; ``left`` names rightly not linked.
    """

    right: int = 0
    wrong: int = 0
    missing: int = 0
    left: int = 0
    said: list[str] = field(default_factory=list)
    by_sort: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missing)


def read_cases(path: Path) -> list[Case]:
    """The cases of one file."""
    cases: list[Case] = []
    head: list[str | None] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("=="):
            head = [cell.strip() if cell.strip() != "-" else None for cell in line[2:].split("|")]
            continue
        sort, date, issuer, parent, place = head
        text, meant = _unmarked(line.replace("¶", "\n"))
        cases.append(Case(sort or "", date, issuer, parent, place, text, meant, number))
    return cases


def _unmarked(line: str) -> tuple[str, tuple[Meant, ...]]:
    text, meant, at = "", [], 0
    for hit in _MEANT.finditer(line):
        text += line[at : hit.start()]
        said = re.fullmatch(r"(?P<kind>[~<>?-]?)(?P<codes>.*)", hit["meant"])
        assert said is not None
        codes = re.split(r"\s(?=\d)", said["codes"]) if said["kind"] == "?" else [said["codes"]]
        meant.append(
            Meant((len(text), len(text) + len(hit["printed"])), hit["printed"], said["kind"], tuple(codes))
        )
        text += hit["printed"]
        at = hit.end()
    return text + line[at:], tuple(meant)


def mentions_of(case: Case, register: Register) -> list[UnitMention]:
    """The units of the case's text, found and linked as those of a document are."""
    gazetteer = gazetteer_of(register, case.date)
    setting = setting_of(
        gazetteer, case.date, issuer=_issuer(case), parent=case.parent, place=case.place, text=case.text
    )
    linker = Linker(gazetteer, setting, case.text)
    names = Names(case.text, linker.known_names(), linker.namesakes())
    return [linker.link(unit) for unit in find_units(case.text, (0, len(case.text)), names)]


def _issuer(case: Case) -> UnitMention | None:
    if case.issuer is None:
        return None
    name = case.issuer.removeprefix("UBND ")
    kind = re.match(r"(Thành phố|Thị xã|Thị trấn|\w+)", name)
    assert kind is not None
    return UnitMention(name, level_of_kind(kind[1]), name)


def score(cases: list[Case], register: Register) -> Score:
    """Run the cases; every name has to be found at its place and mean what it should, and nothing else."""
    total = Score()
    for case in cases:
        found = mentions_of(case, register)
        for meant in case.meant:
            over = [unit for unit in found if unit.span and _overlap(unit.span, meant.span)]
            _judge(total, case, meant, over, register)
        for unit in found:
            stray = not any(unit.span and _overlap(unit.span, meant.span) for meant in case.meant)
            if stray and _is_link(unit) and not _names_setting(unit, case):
                total.wrong += 1
                _say(total, case, f"{unit.as_printed!r} is no unit, linked to {_shown(unit)}")
    return total


def _judge(total: Score, case: Case, meant: Meant, over: list[UnitMention], register: Register) -> None:
    linked = [unit for unit in over if _is_link(unit)]
    if meant.kind == "-":
        if linked:
            total.wrong += 1
            _say(total, case, f"{meant.printed!r} linked to {_shown(linked[0])}, has no unit")
        else:
            total.left += 1
        return
    if len(linked) == 1 and _is_meant(linked[0], meant, register):
        total.right += 1
        return
    total.missing += 1
    total.wrong += len(linked)
    shown = ", ".join(map(_shown, over)) or "not found"
    _say(total, case, f"{meant.printed!r} means {meant.kind}{' '.join(meant.codes)}: {shown}")


def _is_meant(unit: UnitMention, meant: Meant, register: Register) -> bool:
    if meant.kind == "?":
        wanted = set(meant.codes)
        return unit.code is None and (
            len(unit.candidates) > 1 if wanted == {"*"} else set(unit.candidates) == wanted
        )
    if unit.candidates or (unit.match == "fuzzy") != (meant.kind == "~"):
        return False
    if ("ended" in unit.marks) != (meant.kind == "<") or ("not_yet" in unit.marks) != (meant.kind == ">"):
        return False
    (wanted_code,) = meant.codes
    if meant.kind in ("<", ">") or not wanted_code[0].isdigit():
        known = register.unit(unit.id or "")
        if unit.code is not None or known is None:
            return False
        name = wanted_code.removeprefix("=").replace(" ", "")
        return known.code == wanted_code or squash(known.name) == name
    return unit.code == wanted_code


def _is_link(unit: UnitMention) -> bool:
    return unit.match != "none" or bool(unit.candidates)


def _names_setting(unit: UnitMention, case: Case) -> bool:
    """Districts and provinces named beside a commune are right or wrong by the commune's own link."""
    return unit.level in ("district", "province")


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _shown(unit: UnitMention) -> str:
    link = unit.code or unit.id or " ".join(unit.candidates) or "nothing"
    return f"{unit.name} → {link} {unit.match} {' '.join(unit.marks)}".strip()


def _say(total: Score, case: Case, words: str) -> None:
    total.by_sort[case.sort] += 1
    total.said.append(f"{case.line} {case.sort}, {case.issuer}, {case.date}: {words}")


if __name__ == "__main__":
    country = Register.load(country=True)
    for part in sys.argv[1:]:
        for path in sorted(HERE.glob(f"*_{part}.txt")):
            result = score(read_cases(path), country)
            print("\n".join(result.said))
            print(
                f"{path.name}: {len(read_cases(path))} cases, {result.right} right, {result.left} rightly left, "
                f"precision {result.precision:.4f}, recall {result.recall:.4f}"
            )
