"""Which district and province a document speaks of, for "UBND huyện" and "Tỉnh ủy" without a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extract.citations.grammar import folded, slug
from extract.citations.issuers import LEVELS, describe, end_of_name
from extract.document import UnitMention
from extract.units.names import bare
from extract.vietnamese import LOWER, UPPER, title_case

_WORD = rf"[{UPPER}][{UPPER}{LOWER}'’ʼ]*"
_NAMED = re.compile(
    rf"(?<![{UPPER}{LOWER}])(?P<kind>[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]ỉnh|[Tt]hành phố|TP\.?)[ \u00a0]"
    rf"(?P<name>(?!Ủy|Uỷ|UBND|Đảng){_WORD}(?:[ \u00a0]{_WORD}){{0,3}})"
)
_WORD_BEFORE = re.compile(rf"(?<![{UPPER}{LOWER}]){_WORD}[ \u00a0]\Z")
_PLACE = re.compile(
    r"(?<![^\W_])(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]ỉnh|[Tt]hành phố)[ \u00a0]"
)
_ORGAN_ENDS = frozenset(("dan", "uy", "vu", "tich", "cac"))
"""Last words of organs that are written with capitals before their place: "Ủy Ban Nhân Dân Tỉnh"."""
_CENTRAL = re.compile(r"(?:ha noi|hai phong|da nang|can tho|ho chi minh|hue)\Z")
_KIND = re.compile(
    r"^(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|tp\.?)\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one document by level, as printed names; ``city`` is the level of "thành phố" here."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None
    city: str | None = None

    def of(self, level: str | None) -> tuple[str | None, str | None]:
        """The real level and the name for a level that a citation gives without a name."""
        if level == "city":
            level = self.city
        names = {"province": self.province, "district": self.district, "commune": self.commune}
        return level, names.get(level or "")


def places_of(
    text: str, issuer: str | None, unit: UnitMention | None, known: Mapping[str, str] | None = None
) -> Places:
    """District and province: the issuer's own, those it lies in, else the only one that ``text`` names.

    ``known`` are the names, by level, of the units that the register has over the issuer's.
    """
    own: dict[str, str] = {}
    city = None
    if unit and unit.level in ("province", "district", "commune"):
        own[unit.level] = _KIND.sub("", unit.name)
        if folded(unit.name).startswith("thanh pho"):
            central = unit.level == "province" if unit.id else _CENTRAL.search(bare(unit.name))
            city = "province" if central else "district"
            own = {city: own[unit.level]}
    elif (
        issuer
        and (said := describe(title_case(issuer))).place
        and said.level in ("province", "district", "commune")
    ):
        name = re.split(
            r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\s+",
            title_case(issuer),
            flags=re.IGNORECASE,
        )[-1]
        own[said.level] = name
    own = {**(known or {}), **own}
    found: dict[str, dict[str, str]] = {"province": {}, "district": {}}
    for hit in _NAMED.finditer(text):
        stop = end_of_name(text, hit.start("name"))
        name = text[hit.start("name") : min(stop or 0, hit.end())]
        if not name or name.isupper():
            continue  # a title; or capitals of a letterhead, which run into the words beside them
        start = hit.start()
        if hit["kind"][0].isupper() and _belongs_to_name(
            _WORD_BEFORE.search(text, max(0, start - 12), start)
        ):
            continue
        kind = LEVELS[folded(hit["kind"]).rstrip(".")]
        if kind == "city":
            kind = "province" if _CENTRAL.match(folded(name)) else "district"
        found[kind].setdefault(slug(name), name)
    for level, names in found.items():
        if level not in own and len(names) == 1:
            own[level] = next(iter(names.values()))
    return Places(own.get("province"), own.get("district"), own.get("commune"), city)


def names_in(text: str) -> list[str]:
    """The names of communes, districts and provinces in ``text``, without their kind."""
    stops = ((hit.end(), end_of_name(text, hit.end())) for hit in _PLACE.finditer(text))
    return [text[start:stop] for start, stop in stops if stop is not None]


def _belongs_to_name(before: re.Match[str] | None) -> bool:
    """Whether the word before "Tỉnh", "Huyện" is a syllable of a name; "UBND" and "Nhân Dân" are none.

    In "xã Phước Tỉnh Hạ" the capital syllable before says that "Tỉnh" belongs to the name.
    """
    word = before.group().strip() if before else ""
    return bool(word) and not word.isupper() and folded(word) not in _ORGAN_ENDS
