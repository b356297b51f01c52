"""The names that a document may use without their kind: its district's communes, its province's districts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.units.beside import FORMER_AFTER, LIST, Beside
from extract.units.chosen import days
from extract.units.gazetteer import Gazetteer, run_together, spellings, split_kind, squash
from extract.units.learn import spelled
from extract.units.patterns import NAME
from extract.units.register import Unit
from extract.units.setting import Setting

_TOLD_FORMER = re.compile(rf"{NAME}(?:{LIST.pattern})*\Z")
_NAME = re.compile(NAME)
_REACH = 160
"""Within how many code points before "cũ" a list of former names may begin."""
JUST = 730
"""For how many days after its end a unit's name may stand for it without a word that says so."""


class Known:
    """The names known in one document; ``beside`` reads its text."""

    def __init__(self, gazetteer: Gazetteer, setting: Setting, beside: Beside) -> None:
        self.gazetteer = gazetteer
        self.setting = setting
        self.beside = beside

    def names(self) -> list[str]:
        """The communes of the document's district or province with their kinds, none called as these are.

        Of a district also those that ended lately, and any that the text calls former ("Khe Mận, Nà Lầu cũ");
        a name of which the register has no tone marks comes as the document spells it. Where the document
        speaks of a whole province, its districts at that date too.
        """
        taken = self._taken()
        known = [unit for unit in self._communes() if squash(unit.name) not in taken]
        kinds = {squash(unit.name): split_kind(unit.name)[0] for unit in known if run_together(unit)}
        told = [f"{kinds[squash(name)]} {name}" for name in sorted(spelled(self.beside.text, kinds))]
        known += [unit for unit in self._districts() if squash(unit.name) not in taken]
        known += [unit for unit in self._told_former() if squash(unit.name) not in taken]
        return [name for unit in known if unit.marked for name in spellings(unit)] + told

    def namesakes(self) -> list[str]:
        """The communes, with kinds, that only the kind tells: of one syllable, or named as one over them."""
        taken = self._taken()
        return [
            unit.name
            for unit in self._communes()
            if squash(unit.name) in taken or " " not in split_kind(unit.name)[1]
        ]

    def _over(self) -> list[Unit]:
        keys = [self.setting.district.id] if self.setting.district else sorted(self.setting.provinces)
        return [unit for key in keys if (unit := self.gazetteer.unit(key))]

    def _taken(self) -> set[str]:
        """The names, squashed, that mean a district or province in this document."""
        return {
            squash(unit.name) for unit in (*self._over(), *self.setting.issuers) if unit.level != "commune"
        }

    def _communes(self) -> list[Unit]:
        return [
            unit
            for one in self._over()
            for unit in self.gazetteer.under(one.id)
            if unit.level == "commune" and self._goes_by_name(unit)
        ]

    def _told_former(self) -> Iterator[Unit]:
        text = self.beside.text
        lists = (
            _TOLD_FORMER.search(text, max(0, former.start() - _REACH), former.start())
            for former in FORMER_AFTER.finditer(text)
        )
        names = {name for told in lists if told for name in _NAME.findall(told.group())}
        for name in sorted(names):
            for unit in self.gazetteer.named(name, "commune"):
                if self.setting.time_of(unit) < 0 and self.beside.lies_here(unit):
                    yield unit

    def _districts(self) -> list[Unit]:
        """Without a date "Vũ Thư" may also be the commune that the district's seat became."""
        if self.setting.district is not None or not self.setting.date:
            return []
        below = [unit for one in self._over() for unit in self.gazetteer.under(one.id)]
        return [unit for unit in self.setting.now(below) if unit.level == "district"]

    def _goes_by_name(self, unit: Unit) -> bool:
        """Whether a unit's bare name is known: it stands, or was the district's until a short while ago.

        An older one is known where the text names what it went on in: "Xã C (gồm A và B trước đây)".
        """
        date, time = self.setting.date, self.setting.time_of(unit)
        if time == 0:
            return unit.valid(date)
        if time > 0 or self.setting.district is None or date is None:
            return False
        return days(unit.valid_to, date) <= JUST or self.beside.heir_told(unit)
