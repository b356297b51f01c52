"""Where and when a document speaks: the district or province that its names are looked up in first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import timedelta

from extract.document import UnitMention
from extract.units.find import Names, find_units, kind_and_name
from extract.units.gazetteer import Gazetteer, called, split_kind, squash
from extract.units.likeness import distance
from extract.units.names import level_of_kind
from extract.units.patterns import WITH_KIND
from extract.units.register import Unit
from extract.vietnamese import title_case

ABOVE = ("district", "province")
_PART = 0.6
"""The share of a document's commune names that have to lie in one district for it to be the document's."""
_CAPITAL = "hanoi"
_LAST_PAPERS = 180
"""For how many days after its end a unit may still have issued a document."""
_MANY, _GARBLED = 5, 2.0
"""Communes of one district that have to be named, and how far its name then may be from the issuer's."""
_SLIP = 1.0
"""How far the printed name of an issuer may be from the one unit of its province that is meant."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The place and time of one document.

    ``issuer`` is the register's unit of the issuing body, ``issuers`` all that may be meant; ``district`` the
    one that its communes lie in, ``None`` for a province's document, after districts ended and where it is
    open; ``provinces`` the province with those that went into it; ``forerunners`` the units that went into
    the issuer's commune. ``unknown`` says that the header names a unit that the register does not have:
    nothing of such a place may be taken for a namesake elsewhere. ``since`` and ``until`` bound an undated
    document by the life of its issuer's unit.
    """

    date: str | None = None
    issuer: Unit | None = None
    issuers: tuple[Unit, ...] = ()
    district: Unit | None = None
    provinces: frozenset[str] = field(default_factory=frozenset)
    forerunners: frozenset[str] = field(default_factory=frozenset)
    unknown: bool = False
    since: str = ""
    until: str = ""

    def time_of(self, unit: Unit) -> int:
        """-1 for a unit that had ended, 0 for one that may have been there, 1 for one still to come.

        A unit of which the register does not know whether it began with a merger or was only enlarged
        may have been there before.
        """
        first, last = (self.date, self.date) if self.date else (self.since, self.until)
        if unit.valid_to and first and unit.valid_to < first:
            return -1
        if "formation" in unit.unsure:
            return 0
        return 1 if unit.valid_from and last and unit.valid_from > last else 0

    def now(self, units: Iterable[Unit]) -> list[Unit]:
        """Those of ``units`` that existed at the document's date, or may have where it has none."""
        return [unit for unit in units if self.time_of(unit) == 0]


def setting_of(
    gazetteer: Gazetteer,
    date: str | None,
    *,
    issuer: UnitMention | None = None,
    parent: str | None = None,
    place: str | None = None,
    text: str = "",
) -> Setting:
    """Find the setting from the header, the units named in the text, and the communes named together."""
    if not gazetteer:
        return Setting(date)
    return _Finder(gazetteer, Setting(date), text).find(issuer, parent, place)


def setting_in(gazetteer: Gazetteer, date: str | None, units: list[Unit], *, issues: bool = True) -> Setting:
    """The setting of what is said by one of ``units``, or where not ``issues`` in one of them."""
    own = tuple(units) if issues else ()
    shared = {gazetteer.province_of(unit) for unit in units} - {""}
    provinces = gazetteer.family(shared.pop()) if len(shared) == 1 else frozenset[str]()
    if len(units) != 1:
        return Setting(date, issuers=own, provinces=provinces)
    unit = units[0]
    district = unit if unit.level == "district" else None
    forerunners = frozenset[str]()
    if unit.level == "commune":
        above = gazetteer.unit(unit.parent)
        district = above if above is not None and above.level == "district" else None
        forerunners = gazetteer.family(unit.id) - {unit.id}
    since, until = ("", "") if date else (unit.valid_from, unit.valid_to)
    return Setting(
        date, unit if issues else None, own, district, provinces, forerunners, since=since, until=until
    )


class _Finder:
    def __init__(self, gazetteer: Gazetteer, when: Setting, text: str) -> None:
        self.gazetteer = gazetteer
        self.when = when
        self.text = text
        self.communes: set[str] = set()
        self.above: Counter[tuple[str, str]] = Counter()
        for kind, name in self._named_in(text):
            if level_of_kind(kind) == "commune":
                self.communes.add(name)
            else:
                self.above[kind, name] += 1

    def find(self, issuer: UnitMention | None, parent: str | None, place: str | None) -> Setting:
        over = [split for split in self._places(parent) if level_of_kind(split[0]) != "commune"]
        if issuer is not None and issuer.level in ("commune", "district", "province"):
            units = self._of_issuer(issuer, over, place)
            if not units and (near := self._misread(issuer)):
                return setting_in(self.gazetteer, self.when.date, [near])
            if not units:
                provinces = self._provinces([*over, *self._places(place)])
                return Setting(self.when.date, provinces=provinces, unknown=True)
            return setting_in(self.gazetteer, self.when.date, units)
        return self._without_issuer(over, place)

    def _in(self, unit: Unit) -> Setting:
        return setting_in(self.gazetteer, self.when.date, [unit], issues=False)

    def _of_issuer(self, issuer: UnitMention, over: list[tuple[str, str]], place: str | None) -> list[Unit]:
        """The units that the issuer may be, as few as the header and the text allow."""
        kind, own = split_kind(title_case(issuer.name))
        levels = ABOVE if issuer.level != "commune" else ("commune",)
        districts = [name for name in over if level_of_kind(name[0]) == "district"]
        within = self._provinces(over)
        found = self._exactly(kind, own, levels) or self._lately(kind, own, levels)
        if districts and issuer.level == "commune":
            found = [unit for unit in found if self._lies_in(unit, districts)]
        if over and not districts and not within:
            return []  # the province over it is none that the register knows
        if within:
            found = [unit for unit in found if self.gazetteer.province_of(unit) in within]
        if not found and within:
            found = self._nearly(kind, own, levels, within)
        for hint in (self._provinces(self._places(place)), self._provinces(self.above)):
            if len(found) > 1 and hint:
                found = [unit for unit in found if self.gazetteer.province_of(unit) in hint] or found
        if len(found) > 1 and issuer.level == "district":
            voted = self._voted([unit for unit in found if unit.level == "district"])
            found = [voted] if voted else found
        return found

    def _misread(self, issuer: UnitMention) -> Unit | None:
        """The district that nearly all communes of the document lie in, if the issuer is called nearly so."""
        if issuer.level != "district" or len(self.communes) < _MANY:
            return None
        district = self._voted(None)
        if district is None or district.level != "district":
            return None
        near = distance(split_kind(issuer.name)[1], split_kind(district.name)[1]) <= _GARBLED
        return district if near else None

    def _without_issuer(self, over: list[tuple[str, str]], place: str | None) -> Setting:
        """From the place of the date line, districts in the text, and communes that only one district has."""
        named = [split for split in self.above if level_of_kind(split[0]) == "district"]
        named = [split for split in named if not self._exactly(*split, ("province",))]
        districts = {unit.id: unit for split in named for unit in self._exactly(*split, ("district",))}
        if place and squash(place) == _CAPITAL:
            place = None  # ministries are at home there and speak of everywhere
        within = self._provinces([*over, *self._places(place)]) or self._provinces(self.above)
        above = [
            unit for one in over if level_of_kind(one[0]) == "district" for unit in self._exactly(*one, ABOVE)
        ]
        above = [unit for unit in above if not within or self.gazetteer.province_of(unit) in within]
        if len(above) == 1 and above[0].level == "district":
            return self._in(above[0])  # an office of the district that the line above it names
        if len(within) and len(districts) > 1:
            districts = {
                key: unit for key, unit in districts.items() if self.gazetteer.province_of(unit) in within
            }
        if len(named) == 1 and len(districts) == 1:
            return self._in(next(iter(districts.values())))
        # a province's offices are at home in its capital and speak of everywhere in it
        at_place = self._exactly("", place, ("district",)) if place and not self._provinces(over) else []
        if len(at_place) == 1 and not districts:
            return self._in(at_place[0])
        among = list(districts.values()) or at_place
        voted = self._voted(among) or self._voted(None, within)
        if voted is None:
            # Communes that only stand in lists without their kind.
            listed = find_units(self.text, (0, len(self.text)), Names(self.text))
            self.communes |= {unit.name for unit in listed if unit.level == "commune"}
            voted = self._voted(among) or self._voted(None, within)
        if voted:
            return self._in(voted)
        return Setting(self.when.date, provinces=within)

    def _voted(self, among: list[Unit] | None, within: frozenset[str] = frozenset()) -> Unit | None:
        """The district (since July 2025 the province) that has most of the communes named, if only one has.

        Two communes that share a district by chance are rare, one proves nothing unless ``among`` few.
        """
        votes: Counter[str] = Counter()
        communes = {split_kind(name)[1] for name in self.communes}  # named with its kind and without: one
        for name in communes:
            above = {
                unit.parent
                for unit in self.when.now(self.gazetteer.named(name, "commune"))
                if called(unit, name) and (not within or self.gazetteer.province_of(unit) in within)
            }
            votes.update(above if among is None else above & {unit.id for unit in among})
        ranked = votes.most_common(2)
        if not ranked or (among is None and ranked[0][1] < 2):
            return None
        if ranked[0][1] < _PART * len(communes) or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return None
        return self.gazetteer.unit(ranked[0][0])

    def _exactly(self, kind: str, own: str, levels: Iterable[str]) -> list[Unit]:
        """Units of that name at the document's date, of that kind where one of them is."""
        name = f"{kind} {own}".strip()
        named = self.when.now(self.gazetteer.named(name, *levels))
        named = [unit for unit in named if called(unit, name)] or named
        alike = [unit for unit in named if split_kind(unit.name)[0] == kind]
        if kind == "tỉnh":
            return alike
        return alike or named

    def _lately(self, kind: str, own: str, levels: Iterable[str]) -> list[Unit]:
        """The units of that name and kind that had ended a few months before: their last papers."""
        if not (date := self.when.date):
            return []
        name = f"{kind} {own}".strip()
        since = (Day.fromisoformat(date) - timedelta(days=_LAST_PAPERS)).isoformat()
        return [
            unit
            for unit in self.gazetteer.named(name, *levels)
            if since <= unit.valid_to < date and called(unit, name) and split_kind(unit.name)[0] == kind
        ]

    def _nearly(self, kind: str, own: str, levels: Iterable[str], within: frozenset[str]) -> list[Unit]:
        """The one unit of the province whose name ``own`` is a slip of."""
        below = (unit for province in within for unit in self.gazetteer.under(province))
        units = [unit for unit in self.when.now(below) if unit.level in levels]
        near = [unit for unit in units if distance(own, split_kind(unit.name)[1]) <= _SLIP]
        alike = [unit for unit in near if split_kind(unit.name)[0] == kind] or near
        return alike if len(alike) == 1 else []

    def _lies_in(self, unit: Unit, districts: list[tuple[str, str]]) -> bool:
        above = self.gazetteer.unit(unit.parent)
        return above is not None and any(squash(above.name) == squash(" ".join(one)) for one in districts)

    def _provinces(self, named: Iterable[tuple[str, str]]) -> frozenset[str]:
        """The one province among the names, with those that went into it; empty for none or two."""
        found: dict[str, Unit] = {}
        for kind, own in named:
            if kind in ("tỉnh", "thành phố", ""):
                for unit in self._exactly(kind, own, ("province",)):
                    found[unit.id] = unit
        families = (self.gazetteer.family(id_) for id_ in found)
        # without a date a province stands beside the one of its name that it went into
        return next((family for family in families if family >= found.keys()), frozenset())

    def _places(self, words: str | None) -> list[tuple[str, str]]:
        """Kind and name of the places in the words of a header field; a bare name has an empty kind."""
        if not words:
            return []
        cased = title_case(words)
        return list(self._named_in(cased)) or [split_kind(cased)]

    def _named_in(self, text: str) -> Iterator[tuple[str, str]]:
        for hit in WITH_KIND.finditer(text):
            kind, name = kind_and_name(hit)
            more = self.gazetteer.longer(f"{kind} {name}", text[hit.end() : hit.end() + 40])
            yield kind, name + text[hit.end() : hit.end() + more]
