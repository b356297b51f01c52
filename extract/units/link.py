"""Which unit of the register a name means, at the document's date and place.

A name is looked up inside the issuer's district first (where there are no districts, inside its province),
then in the province. Misprints are only recognised inside the district, and only where one unit
stands out. Where several units stand they are candidates; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from extract.document import Document, UnitMention
from extract.units.beside import Beside, Hints
from extract.units.chosen import Choice, as_printed, codes, days, exact, kind_of, of_kind, printed_kind
from extract.units.gazetteer import (
    Gazetteer,
    called,
    gazetteer_of,
    split_kind,
    squash,
)
from extract.units.known import JUST, Known
from extract.units.likeness import FAR
from extract.units.register import Register, Unit
from extract.units.setting import Setting, setting_in, setting_of
from extract.units.slips import slip_of

SOON = 370
"""For how many days before its beginning a unit may be named without a word that says that it is to come."""
_IN_PROVINCE = 0.6
"""How far a misprint may go where communes lie directly under a province: among so many, one mark."""


class Linker:
    """Links the names of one document. ``text`` is the document's, into which spans of mentions point."""

    def __init__(self, gazetteer: Gazetteer, setting: Setting, text: str = "") -> None:
        self.gazetteer = gazetteer
        self.setting = setting
        self.beside = Beside(gazetteer, setting, text)
        self.known = Known(gazetteer, setting, self.beside)
        self._found: dict[tuple[str, str, str, Hints], Choice | list[Unit]] = {}

    @classmethod
    def of(cls, document: Document, register: Register) -> Linker:
        """The linker of a document whose header has been read."""
        gazetteer = gazetteer_of(register, document.value("date"))
        setting = setting_of(
            gazetteer,
            document.value("date"),
            issuer=document.value("issuer_unit"),
            parent=document.value("issuer_parent"),
            place=document.value("place"),
            text=document.text,
        )
        return cls(gazetteer, setting, document.text)

    @classmethod
    def within(cls, register: Register, date: str | None, code: str | None = None) -> Linker:
        """A linker for names that are said of one unit: a district's communes, a province's districts."""
        gazetteer = gazetteer_of(register, date)
        units = [unit for unit in register.of_code(code, date) if unit.level != "agency"] if code else []
        return cls(gazetteer, setting_in(gazetteer, date, units))

    def known_names(self) -> list[str]:
        """The names that the document may use without their kind, with it."""
        return self.known.names()

    def namesakes(self) -> list[str]:
        """The communes, with kinds, that only the kind tells."""
        return self.known.namesakes()

    def above(self) -> dict[str, str]:
        """The names, without kind and by level, of the units over the issuer's own."""
        unit = self.setting.issuer
        over = self.gazetteer.register.parents(unit.id) if unit is not None else []
        return {one.level: split_kind(one.name)[1] for one in over}

    def issuer(self, mention: UnitMention) -> UnitMention:
        """The issuer's unit, linked: it is what the setting was made of."""
        units = self.setting.issuers
        if len(units) == 1:
            ended = ("ended",) if self.setting.time_of(units[0]) < 0 else ()
            return self._linked(mention, units[0], (*self._marks(mention, units[0]), *ended))
        return self._said(mention, list(units))

    def link(self, mention: UnitMention, around: str = "") -> UnitMention:
        """``mention`` with the register's name, level and code of the unit that it means.

        ``around`` are the words that hold the mention where it has no span. A name that several units
        bear keeps them as candidates; one that none bears comes back as printed.
        """
        if mention.level == "group" or not (self.gazetteer or self.gazetteer.early):
            return mention
        mention = self.beside.longer(mention)
        hints = self.beside.hints(mention, around)
        key = (mention.name, mention.as_printed, mention.level, hints)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._find(as_printed(mention), hints)
        if isinstance(found, list) and found:
            keys = self.beside.district_before(mention) if mention.level == "commune" else frozenset[str]()
            there = [unit for unit in found if unit.parent in keys]
            found = self._only(as_printed(mention), there) if len(there) == 1 else found
        return self._said(mention, found)

    def _find(self, mention: UnitMention, hints: Hints) -> Choice | list[Unit]:
        if mention.level == "agency":
            return self._agency(mention)
        return self._commune(mention, hints) if mention.level == "commune" else self._above(mention, hints)

    def _said(self, mention: UnitMention, found: Choice | list[Unit]) -> UnitMention:
        if isinstance(found, Choice):
            return self._linked(mention, found.unit, found.marks)
        if found:
            return replace(mention, candidates=codes(found))
        if mention.level == "agency":
            return mention
        if self.gazetteer.early:
            return replace(mention, marks=("before_register",))
        known = self.setting.district is not None or bool(self.setting.provinces)
        return replace(mention, marks=("unknown",)) if known else mention

    # --- communes -----------------------------------------------------------------

    def _commune(self, mention: UnitMention, hints: Hints) -> Choice | list[Unit]:
        """The unit that a commune's name means, or those that stand, none if none does."""
        named = self.gazetteer.named(mention.name, "commune")
        if hints.inside:
            keys = {key for unit in hints.inside for key in self.gazetteer.family(unit.id)}
            there = [unit for unit in named if self.gazetteer.lies_in(unit, keys)]
            if hints.of_old or not there:
                there += [unit for unit in self._now(mention, named) if self.gazetteer.came_from(unit, keys)]
            found = self._in(mention, there, hints, self._below(keys))
            if found or hints.firmly:
                return found
        if self.setting.unknown:
            return self._only(mention, self._now(mention, self._own(named)))
        district, provinces = self.setting.district, self.setting.provinces
        if district is not None:
            keys = set(self.gazetteer.family(district.id))
            there = [unit for unit in named if unit.parent in keys]
            beyond = [unit for unit in named if unit not in there and self.gazetteer.lies_in(unit, provinces)]
            found = self._in(mention, there, hints, self._below({district.id}), beyond)
            if found:
                return found
            if split_kind(mention.name)[1].isdigit():
                return []  # every town has a Phường 1
            if there:  # of two kinds, the district's own former unit would be likelier
                beyond = [unit for unit in beyond if split_kind(unit.name)[0] == printed_kind(mention)]
            heirs = self._later(mention, [one for one in named if self.gazetteer.came_from(one, keys)], hints)
            found = self._only(mention, self._now(mention, beyond), "outside")
            if heirs and (hints.new or not found):
                return self._only(mention, heirs, "not_yet")
            return found or self._only(mention, self._later(mention, beyond, hints), "not_yet")
        if provinces:
            there = [unit for unit in named if self.gazetteer.lies_in(unit, provinces)]
            return self._in(mention, there, hints, self._below(provinces), most=_IN_PROVINCE)
        if self.setting.issuers:
            parents = {key for unit in self.setting.issuers for key in (unit.id, unit.parent)}
            return [unit for unit in self._now(mention, named) if unit.parent in parents]
        return self._only(mention, self._now(mention, named), "outside")

    def _in(
        self,
        mention: UnitMention,
        named: list[Unit],
        hints: Hints,
        below: list[Unit],
        beyond: Iterable[Unit] = (),
        most: float = FAR,
    ) -> Choice | list[Unit]:
        """Inside one district or province: ``named`` are its namesakes of all times, ``below`` its units now.

        ``beyond`` are namesakes in the rest of the province; where one has the very name, a misprint
        is not taken for granted. ``most`` is how far a misprint may go at all.
        """
        former, later = self._former(mention, named), self._later(mention, named, hints)
        if hints.old and not former:  # where the register leaves the end open, these words settle it
            former = self._perhaps_ended(mention, named)
        ended = former if self._may_be_meant(former, hints) else []
        now = self._now(mention, named)
        kind = printed_kind(mention)
        if (hints.of_old or hints.old) and kind in set(map(kind_of, now)) - set(map(kind_of, ended)):
            ended = []  # "xã Ba Tri, tỉnh Bến Tre cũ" was a thị trấn then: today's lies there
        if hints.ground and now:
            ended = []
        if later and later[0].level != "commune" and not hints.new:
            later = []  # districts and provinces to come are rarely meant
        if hints.old and ended:
            return self._only(mention, ended, "ended")
        if hints.new and later:
            return self._only(mention, later, "not_yet")
        if hints.gone and ended and kind == split_kind(ended[0].name)[0]:
            now = [unit for unit in now if split_kind(unit.name)[0] == kind]  # "xã B đã lên phường"
        if (
            now
            and former
            and kind == split_kind(former[0].name)[0]
            and split_kind(now[0].name)[0] in hints.kinds
        ):
            return self._only(mention, former, "ended")  # "phường B trước là xã B"
        if now:
            return self._only(mention, now, "ended" if self._succeeded(now) else None)
        near = slip_of(split_kind(mention.name)[1], below, most)
        if ended and near is not None and squash(near.name) == squash(mention.name):
            of_near, of_ended = split_kind(near.name)[0], split_kind(ended[0].name)[0]
            if not ended[0].marked or (kind == of_near and kind != of_ended):
                ended = []  # what stands today is called more nearly so
        if ended:
            return self._only(mention, ended, "ended")
        if later:
            return self._only(mention, later, "not_yet")
        if near is not None and former and squash(near.name) != squash(mention.name):
            return []  # the very name of a former unit is no slip of another's
        if near is not None:
            rivals = self._now(mention, beyond)
            return [near, *rivals] if rivals else Choice(near, ("misspelt",))
        return []

    def _now(self, mention: UnitMention, named: Iterable[Unit]) -> list[Unit]:
        found = of_kind(mention, exact(mention, self.setting.now(named)))
        date = self.setting.date
        return [unit for unit in found if date and unit.surely_valid(date)] or found

    def _former(self, mention: UnitMention, named: list[Unit]) -> list[Unit]:
        """The last units of that name that had ended."""
        before = exact(mention, [unit for unit in named if self.setting.time_of(unit) < 0])
        before = [unit for unit in before if unit.id in self.setting.forerunners] or before
        if not before or not self.setting.date:
            return []
        last = max(unit.valid_to for unit in before)
        return of_kind(mention, [unit for unit in before if unit.valid_to == last])

    def _perhaps_ended(self, mention: UnitMention, named: list[Unit]) -> list[Unit]:
        """The units of that name of which the register does not know whether they had ended by the date."""
        date = self.setting.date
        open_ = [unit for unit in named if date and self.setting.time_of(unit) == 0 and unit.sure_to < date]
        return of_kind(mention, exact(mention, [unit for unit in open_ if unit.sure_to]))

    def _succeeded(self, now: list[Unit]) -> bool:
        """Whether the one unit found had ended for all the register knows, and its heir is said to stand."""
        date = self.setting.date
        if not date or len(now) != 1 or not now[0].sure_to or now[0].sure_to >= date:
            return False
        return self.beside.succeeded(now[0])

    def _may_be_meant(self, former: list[Unit], hints: Hints) -> bool:
        """Whether the date or the words allow to mean units that had ended."""
        date = self.setting.date
        return bool(former and date) and (
            hints.old or hints.gone or days(former[0].valid_to, date or "") <= JUST
        )

    def _later(self, mention: UnitMention, named: list[Unit], hints: Hints) -> list[Unit]:
        """The next units of that name, if they were about to come."""
        date = self.setting.date
        if not date:
            return []
        after = [unit for unit in named if self.setting.time_of(unit) > 0]
        if hints.new:  # these words settle that it did not stand before
            first_day = attrgetter("sure_from" if hints.planned else "valid_from")
            after += [unit for unit in named if unit not in after and first_day(unit) > date]
        after = exact(mention, after)
        if not after:
            return []
        first = min(unit.valid_from for unit in after)
        if not hints.new and days(date, first) > SOON:
            return []
        return of_kind(mention, [unit for unit in after if unit.valid_from == first])

    def _own(self, named: list[Unit]) -> list[Unit]:
        """The user's own units, which are meant also where the register does not know the issuer."""
        return [unit for unit in named if unit.id in self.gazetteer.register.units]

    def _below(self, keys: Iterable[str]) -> list[Unit]:
        """The communes that lay directly under the units at the document's date."""
        return [
            unit
            for key in keys
            for unit in self.setting.now(self.gazetteer.under(key))
            if unit.level == "commune"
        ]

    # --- districts and provinces ------------------------------------------------------

    def _above(self, mention: UnitMention, hints: Hints) -> Choice | list[Unit]:
        """The unit that a district's or province's name means."""
        kind = split_kind(mention.name)[0]
        levels = ("province",) if kind == "tỉnh" else ("district", "province")
        levels = ("district",) if kind in ("huyện", "quận", "thị xã") else levels
        named = self.gazetteer.named(mention.name, *levels)
        if kind == "thành phố":  # of a tỉnh of the same name it is the town
            named = [unit for unit in named if not unit.name.startswith("Tỉnh ")]
        provinces = self.setting.provinces
        country = [unit for unit in named if unit.level == "province"]
        there = [unit for unit in named if unit.parent in provinces]
        if hints.inside:
            inside = {unit.id for unit in hints.inside}
            there = [unit for unit in named if unit.parent in inside] or there
        below = [
            unit
            for key in provinces
            for unit in self.setting.now(self.gazetteer.under(key))
            if unit.level == "district"
        ]
        found = self._in(mention, country, hints, []) or self._in(mention, there, hints, below)
        if found:
            return found
        if self.setting.unknown:
            named = self._own(named)
        return self._only(mention, self._now(mention, named), "outside" if provinces else None)

    def _agency(self, mention: UnitMention) -> Choice | list[Unit]:
        """An office that the register has under the issuer's unit."""
        own = {unit.id for unit in self.setting.issuers}
        named = [
            unit
            for unit in self.setting.now(self.gazetteer.named(mention.name, "agency"))
            if not own or unit.parent in own
        ]
        found = self._only(mention, exact(mention, named))
        return Choice(found.unit) if isinstance(found, Choice) else []

    # --- what is said of the one found ----------------------------------------------------

    def _only(self, mention: UnitMention, units: list[Unit], mark: str | None = None) -> Choice | list[Unit]:
        """The choice of a single unit, or of units of one code that the date does not tell apart."""
        if not units:
            return []
        if len(codes(units)) > 1:
            return units
        last = max(units, key=lambda one: one.valid_from)
        marks = self._marks(mention, last)
        unit = last if len(units) == 1 else replace(last, id="")
        return Choice(unit, (*marks, mark) if mark else marks)

    def _marks(self, mention: UnitMention, unit: Unit) -> tuple[str, ...]:
        kind = printed_kind(mention)
        theirs = split_kind(unit.name)[0]
        marks: tuple[str, ...] = ("other_kind",) if kind and theirs and kind != theirs else ()
        if self.setting.date and "formation" in unit.unsure and self.setting.date < unit.valid_from:
            marks = (*marks, "unsure_date")
        return marks if called(unit, mention.name) else (*marks, "misspelt")

    def _linked(self, mention: UnitMention, unit: Unit, marks: tuple[str, ...]) -> UnitMention:
        there = "ended" not in marks and "not_yet" not in marks
        name = unit.name if unit.marked else mention.name
        fuzzy = "misspelt" in marks or "other_kind" in marks
        return replace(
            mention,
            name=name,
            level=unit.level,
            code=(unit.code or None) if there else None,
            id=unit.id or None,
            match="fuzzy" if fuzzy else "exact",
            marks=marks,
        )
