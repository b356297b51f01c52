"""One document cited by many: which of the dataset's keys mean the same.

A document's own records never depend on others, so that the order of ingestion decides nothing. What a
mention leaves open is therefore settled when the dataset is asked: an incomplete key joins the only fuller
one that fits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extract.citations.grammar import BODIES, KINDS
from extract.citations.keys import UNKNOWN, profile
from extract.citations.numbers import parse
from extract.document import Citation

COMMON_BELOW = 100
"""A number below it is in use at every small office each year."""
_SPAN_OF_LOCAL = 1
"""For so many years back a local number may be meant that is cited without its date."""

_NATIONAL = {body.slug for body in BODIES.values() if body.reach == "national"}
_YEARLY = {kind.code for kind in KINDS if kind.yearly}
_OPEN = re.compile(
    r"(?:ubnd|hdnd|van-phong-ubnd|mttq|cong-an|bao-hiem-xa-hoi|kho-bac-nha-nuoc|toa-an-nhan-dan|"
    r"vien-kiem-sat-nhan-dan|thi-hanh-an-dan-su)(?:-(?:tinh|huyen|xa|thanh-pho))?"
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key taken apart; ``year`` stands in the number (30/2020), ``dated`` behind the issuer."""

    text: str
    kind: str
    serial: str
    year: int | None
    issuer: str
    dated: int | None

    @property
    def of_year(self) -> int | None:
        """The year of the document, by number or date."""
        return self.year or self.dated

    @property
    def named(self) -> bool:
        """Whether the key says which body issued the document, and of which place."""
        return self.issuer != UNKNOWN and _OPEN.fullmatch(self.issuer) is None

    @property
    def complete(self) -> bool:
        """Whether the key can mean one document only."""
        return self.kind != "vb" and self.of_year is not None and self.named


@lru_cache(maxsize=65536)
def key_parts(key: str) -> Key:
    """``"qd:2005:ubnd-huong-son:2021"`` taken apart; what has another form is a key of nothing known."""
    parts = key.split(":")
    if len(parts) not in (3, 4):
        return Key(key, "vb", key, None, UNKNOWN, None)
    kind, number, issuer, *rest = parts
    serial, _, year = number.partition("/")
    return Key(
        key, kind, serial, int(year) if year.isdigit() else None, issuer, int(rest[0]) if rest else None
    )


def own_key(
    kind: str | None, number: str | None, date: str | None, unit: str | None, level: str | None
) -> str | None:
    """The key under which a document of this number is cited; ``unit`` and ``level`` are its issuer's place.

    ``None`` without a number of the grammar, and where the place does not tell its body from others.
    """
    taken_apart = parse(number) if number else None
    body = taken_apart.bodies[0] if taken_apart and taken_apart.bodies else None
    if taken_apart is None or number is None or body is None:
        return None
    issuer = None
    if body.reach != "national":
        if not unit or not (
            (body.reach == "local" and level in ("province", "district", "commune")) or body.reach == level
        ):
            return None
        issuer = f"{body.name} {unit[:1].lower()}{unit[1:]}"
    made = profile(Citation(kind, number, number, (0, 0), (0, 0), date, issuer))
    return made.key if made else None


class Joined:
    """The keys of a dataset, asked which of the complete ones an incomplete one means."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._of_number: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key in sorted(set(keys)):
            if number := _number_and_issuer(key):
                self._of_number[number].append(key)

    def key_of(self, key: str, cited_on: str | None) -> str:
        """The only complete key that ``key``, cited on this day, can mean; itself if none or several fit."""
        # Without an issuer a number may be anyone's: a bare "Quyết định 45", a thông tư of no ministry.
        number = _number_and_issuer(key)
        near = self._of_number.get(number, ()) if number else ()
        # Taking keys apart is dear, and most numbers of an archive stand alone.
        if not near or near == [key] or key_parts(key).complete:
            return key
        said, year = key_parts(key), int(cited_on[:4]) if cited_on else None
        fulls = (one for one in map(key_parts, near) if one.complete)
        fitting = [one for one in fulls if _fits(said, one, year)]
        return fitting[0].text if len(fitting) == 1 else key


def _number_and_issuer(key: str) -> tuple[str, str] | None:
    """What of a key no completion changes."""
    parts = key.split(":")
    return (parts[1].partition("/")[0], parts[2]) if len(parts) in (3, 4) else None


def _fits(said: Key, full: Key, cited_in: int | None) -> bool:
    if said.kind not in (full.kind, "vb") or full.of_year is None:
        return False
    if cited_in is not None and full.of_year > cited_in:
        return False
    if said.of_year is not None and said.of_year != full.of_year:
        return False
    if said.year is None and full.year is not None and said.kind not in _YEARLY:
        return False  # 52/QĐ-TTg and 52/2017/QĐ-TTg stand in two registers
    if full.issuer in _NATIONAL or any(full.issuer.startswith(f"{one}-bo-") for one in _NATIONAL):
        return True
    recent = cited_in is None or cited_in - full.of_year <= _SPAN_OF_LOCAL
    return said.of_year is not None or (recent and int(re.sub(r"\D", "", said.serial) or 0) >= COMMON_BELOW)
