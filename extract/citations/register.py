"""The register of national documents: which one a shortened number or a law's name means, and what it became.

The entries are data with their sources (``documents.toml``). Keys are made as those of citations are, so
that a citation finds its entry by its key.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.citations.grammar import folded
from extract.citations.keys import Profile, profile
from extract.citations.numbers import parse
from extract.document import Citation

_DATA = tomllib.loads(Path(__file__).with_name("documents.toml").read_text(encoding="utf-8"))
_SENTENCE = re.compile(r"[;\n]|\.\s|\.\Z")
_REACH = 300
_AMENDING = "sửa đổi, bổ sung một số điều của "
_AMENDING_SHORT = ("sửa đổi ", "sửa đổi, bổ sung ", "sửa đổi một số điều của ")

AS_OF: str = _DATA["as_of"]
"""The day up to which the register is held to be right."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document of the register; dates are ISO days. See the head of ``documents.toml`` for the fields.

    ``until`` is the last day surely in force, ``ended`` the first day surely not in force, both ``None``
    while no end is known; ``sure_until`` is the last day for which that may be said. ``checked`` are the
    published texts in which all of the entry was read, ``checked_part`` those in which only some of its days
    were; an entry with neither rests on knowledge.
    """

    key: str
    profile: Profile
    number: str
    kind: str | None
    issuer: str | None
    date: str
    title: str
    names: tuple[str, ...]
    about: tuple[str, ...]
    unique: bool
    starts: str | None
    until: str | None
    ended: str | None
    sure_until: str
    replaced_by: str | None
    amended_by: tuple[str, ...]
    source: str
    checked: tuple[str, ...]
    checked_part: tuple[str, ...]

    def in_force(self, day: str) -> bool | None:
        """Whether the document was in force on ``day``; ``None`` where the register does not know."""
        if self.ended is not None and day >= self.ended:
            return False
        if self.starts is None or day < self.starts:
            return None
        last = self.until if self.ended is not None else self.sure_until
        return True if last is None or day <= last else None

    def can_be_in_force(self, day: str) -> bool:
        """Whether the document had begun by ``day`` and no end before it is known."""
        return (self.starts or self.date) <= day and self.in_force(day) is not False


def _known(row: dict[str, Any]) -> Known:
    number = parse(row["number"])
    kind = row.get("kind") or (number.kind.name if number and number.kind else None)
    cited = Citation(kind, row["number"], row["number"], (0, 0), (0, 0), row["date"])
    made = profile(cited)
    if number is None or made is None:
        raise ValueError(f"documents.toml: {row['number']} fits no grammar")
    ended, until = row.get("ended"), row.get("until")
    if ended and not until:
        until = (date.fromisoformat(ended) - timedelta(days=1)).isoformat()
    return Known(
        made.key,
        made,
        row["number"],
        kind,
        ", ".join(body.name for body in number.bodies) or None,
        row["date"],
        row["title"],
        tuple(row.get("names", ())),
        tuple(folded(words) for words in row.get("about", ())),
        row.get("unique", False),
        row.get("from"),
        until,
        ended,
        row.get("sure_until", AS_OF),
        row.get("replaced_by"),
        tuple(row.get("amended_by", ())),
        row["source"],
        tuple(row.get("checked", ())),
        tuple(row.get("checked_part", ())),
    )


@lru_cache(maxsize=1)
def documents() -> dict[str, Known]:
    """All entries by key."""
    return {known.key: known for known in map(_known, _DATA["document"])}


@lru_cache(maxsize=1)
def _by_serial() -> dict[str, list[Known]]:
    rows: dict[str, list[Known]] = defaultdict(list)
    for known in documents().values():
        rows[known.profile.serial].append(known)
    return dict(rows)


@lru_cache(maxsize=1)
def laws() -> dict[str, list[Known]]:
    """Laws by title and other names, folded: ``"to chuc chinh quyen dia phuong"``."""
    rows: dict[str, list[Known]] = defaultdict(list)
    known_laws = [known for known in documents().values() if known.kind in ("luật", "bộ luật")]
    short = {known.title: known.names for known in known_laws}
    for known in known_laws:
        for name in sorted({known.title, *known.names, *_amending_names(known.title, short)}):
            rows[folded(name)].append(known)
    return dict(rows)


def _amending_names(title: str, short: dict[str, tuple[str, ...]]) -> set[str]:
    """How people shorten the title of an amending law; ``short`` are other names of laws by their titles."""
    amended = title.removeprefix(_AMENDING)
    if amended == title:
        return set()
    law = amended.removeprefix("Luật ")
    objects = {amended, *(f"Luật {name}" for name in short.get(law, ()))}
    return {f"{lead}{one}" for lead in (_AMENDING, *_AMENDING_SHORT) for one in objects}


def law_of(names: list[Known], year: int, day: str | None) -> Known | None:
    """The one of ``names`` that was passed in ``year``; of two, the one in force on ``day``."""
    passed = [known for known in names if int(known.date[:4]) == year]
    if len(passed) > 1 and day:
        passed = [known for known in passed if known.can_be_in_force(day)]
    return passed[0] if len(passed) == 1 else None


def meant(said: Profile, citation: Citation, text: str, day: str | None) -> Known | None:
    """The document of the register that a mention leaves partly unsaid, where one only can be meant.

    Its date, its year with its issuer ("Quyết định 93 năm 2007 của Thủ tướng"), the sentence's subject
    ("chưa đúng thể thức theo NĐ 30") or a number that nothing else has settles it; a number alone does
    not. ``day`` is the citing document's: nothing younger can be meant, and of two that fit, the one in
    force then is.
    """
    fitting = [known for known in _by_serial().get(said.serial, ()) if _can_be(said, known, day)]
    if not fitting:
        return None
    if said.date is None and (said.dated is None or said.body is None):
        words = folded(_sentence(text, citation.extent))
        fitting = [known for known in fitting if known.unique or any(_has(words, one) for one in known.about)]
    if len(fitting) > 1 and day:
        fitting = [known for known in fitting if known.can_be_in_force(day)]
    return fitting[0] if len(fitting) == 1 else None


def _can_be(said: Profile, known: Known, day: str | None) -> bool:
    """Whether nothing in the mention denies that it is ``known``."""
    own = known.profile
    pairs = ((said.kind, own.kind), (said.body, own.body), (said.date, own.date))
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return False
    if said.year is not None and said.year != own.year:
        return False
    if said.year is None and own.year is not None and not (said.yearly or said.bare):
        return False  # 52/QĐ-TTg and 52/2017/QĐ-TTg stand in two registers
    if said.dated is not None and said.dated != int(known.date[:4]):
        return False
    return day is None or known.date <= day


def _sentence(text: str, extent: tuple[int, int]) -> str:
    low = max(0, extent[0] - _REACH)
    for end in _SENTENCE.finditer(text, low, extent[0]):
        low = end.end()
    stop = min(len(text), extent[1] + _REACH)
    found = _SENTENCE.search(text, extent[1], stop)
    return text[low : found.start() if found else stop]


def _has(words: str, one: str) -> bool:
    place = words.find(one)
    while place >= 0:
        before, after = words[place - 1 : place], words[place + len(one) : place + len(one) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        place = words.find(one, place + 1)
    return False
