"""Which unit went on as which: the same unit over several reports, and units that merged.

A unit of the register is known by the register's id: a code may pass to another territory, and a unit that
ended early has none. A commune that only got another parent or code goes on as the same unit. A unit that the
register does not have is known by its code, else by level and name, and by the district of the report,
where reports of several districts name a unit of that name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from corpora.dataset import Dataset
from corpora.names import bare, same_unit
from extract.units.names import bare as folded
from extract.units.national import squeezed
from extract.units.unit import Manner

Identity = tuple[str, ...]
"""``("unit", ID)`` of the register, ``("code", CODE)`` or ``("name", LEVEL, BARE NAME, DISTRICT)``."""


@dataclass(frozen=True, slots=True)
class Step:
    """How one unit went on in another; days as in :class:`extract.units.unit.Succession`."""

    manner: Manner
    earliest: str
    latest: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """A unit of the register as the dataset holds it."""

    identity: Identity
    name: str
    level: str
    parent: str
    valid_from: str
    valid_to: str

    def valid(self, date: str | None) -> bool:
        return date is None or (self.valid_from <= date and (not self.valid_to or date <= self.valid_to))


@dataclass(slots=True)
class Lineage:
    """The units of a dataset and how they follow one another.

    ``names``, ``levels`` and ``codes`` are of the unit as it is or was last. A unit whose name the register
    has without tone marks is named as a report names it, once it was identified; ``unmarked`` are the others.
    """

    names: dict[Identity, str] = field(default_factory=dict)
    levels: dict[Identity, str] = field(default_factory=dict)
    codes: dict[Identity, str] = field(default_factory=dict)
    successors: dict[Identity, set[Identity]] = field(default_factory=lambda: defaultdict(set))
    steps: dict[tuple[Identity, Identity], Step] = field(default_factory=dict)
    unmarked: set[Identity] = field(default_factory=set)
    _before: dict[Identity, set[Identity]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[str, _Known] = field(default_factory=dict)
    _by_code: dict[tuple[str, str], list[_Known]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[tuple[str, str], list[_Known]] | None = None

    @classmethod
    def of(cls, dataset: Dataset) -> Lineage:
        """Read the units that the dataset holds of the register, and their successions."""
        lineage = cls()
        links = [
            tuple(row)
            for row in dataset.query(
                "SELECT before, after, manner, earliest, latest, unsure FROM successions "
                "ORDER BY latest, before, after"
            )
        ]
        rows = [
            tuple(row)
            for row in dataset.query(
                "SELECT uid, name, level, code, parent, valid_from, valid_to, unsure FROM units "
                "WHERE registered ORDER BY valid_from DESC, id"
            )
        ]
        goes_on = _unchanged({before: after for before, after, manner, *_ in links if manner == "unchanged"})
        identities: dict[str, Identity] = {row[0]: ("unit", goes_on.get(row[0], row[0])) for row in rows}
        for uid, name, level, code, parent, valid_from, valid_to, unsure in rows:
            known = _Known(identities[uid], name, level, parent, valid_from, valid_to)
            lineage._known[uid] = known
            if code:
                lineage._by_code[level, code].append(known)
            if uid not in goes_on:
                lineage._add(known.identity, name, level, code)
                if "marks" in unsure:
                    lineage.unmarked.add(known.identity)
        for first, second, manner, earliest, latest, doubted in links:
            before, after = identities[first], identities[second]
            if before != after:
                lineage.successors[before].add(after)
                lineage._before[after].add(before)
                lineage.steps[before, after] = Step(manner, earliest, latest, bool(doubted))
        return lineage

    def identify(
        self,
        name: str,
        level: str,
        code: str | None,
        district: str | None,
        *,
        uid: str | None = None,
        date: str | None = None,
    ) -> Identity:
        """Who is meant by a unit as a report names it.

        ``district`` is the unit that issued the report, ``uid`` the register's id where the report was linked
        to it, ``date`` the day of the report, which tells units of one code or name in turn apart.
        """
        if district and same_unit(district, name):
            district = None  # a commune's own report says nothing of its district
        known = self._known.get(uid or "") or self._registered(name, level, code, district, date)
        if known is not None:
            identity = known.identity
            if identity in self.unmarked and name != self.names[identity]:
                self.unmarked.discard(identity)
                self.names[identity] = name
        elif code:
            identity = ("code", code)
        else:
            context = "" if level in ("district", "province") else bare(district or "")
            identity = ("name", level, bare(name), context)
        self._add(identity, name, level, code)
        return identity

    def _registered(
        self, name: str, level: str, code: str | None, district: str | None, date: str | None
    ) -> _Known | None:
        key = squeezed(folded(name))
        if code:
            found = self._by_code.get((level, code), [])
            for narrower in (
                [one for one in found if one.valid(date)],
                [one for one in found if one in self._named(level, key)],
            ):
                found = narrower if narrower and len(found) > 1 else found
            return found[0] if found else None
        found = [one for one in self._named(level, key) if self._may_lie_in(one, district)]
        found = [one for one in found if one.valid(date)] or found
        return found[0] if len({one.identity for one in found}) == 1 else None

    def _named(self, level: str, key: str) -> list[_Known]:
        if self._by_name is None:  # reports that were linked need none of it
            self._by_name = defaultdict(list)
            for one in self._known.values():
                self._by_name[one.level, squeezed(folded(one.name))].append(one)
        return self._by_name.get((level, key), [])

    def _may_lie_in(self, unit: _Known, district: str | None) -> bool:
        """Whether a unit of the register may be that of a report from ``district``."""
        above, parent = [], self._known.get(unit.parent)
        while parent is not None and parent.identity not in above:
            above.append(parent.identity)
            parent = self._known.get(parent.parent)
        return not above or not district or any(same_unit(district, self.names[one]) for one in above)

    def _add(self, identity: Identity, name: str, level: str, code: str | None) -> None:
        if identity in self.names:
            return
        self.names[identity], self.levels[identity] = name, level
        if code:
            self.codes[identity] = code

    def settle(self, identities: set[Identity]) -> dict[Identity, Identity]:
        """A unit without code, named once with and once without its district, is one: from which to which."""
        alike: dict[Identity, list[Identity]] = defaultdict(list)
        for identity in identities:
            if identity[0] == "name":
                alike[identity[:3]].append(identity)
        settled = {}
        for group in alike.values():
            nowhere = [identity for identity in group if not identity[3]]
            if nowhere and len(group) == 2:
                (settled[nowhere[0]],) = [identity for identity in group if identity[3]]
        return settled

    def named(self, asked: str) -> list[Identity]:
        """The units that a person means by ``asked``."""
        key = squeezed(folded(asked))
        return [
            identity
            for identity, name in self.names.items()
            if same_unit(asked, name) or (identity in self.unmarked and squeezed(folded(name)) == key)
        ]

    def predecessors(self, identity: Identity) -> set[Identity]:
        """All units that went into this one, over any number of mergers, itself not included."""
        found: set[Identity] = set()
        queue = [identity]
        while queue:
            new = self._before.get(queue.pop(), set()) - found - {identity}
            found |= new
            queue.extend(new)
        return found

    def heir(self, identity: Identity) -> Identity:
        """The unit that this one is today: along mergers, but not past a division, which has no one heir."""
        seen = {identity}
        while (after := self.successors.get(identity)) and not self.divided(identity):
            (identity,) = after
            if identity in seen:
                break
            seen.add(identity)
        return identity

    def divided(self, identity: Identity) -> bool:
        """Whether the unit was divided, even if the register knows only where one part went."""
        after = self.successors.get(identity, set())
        return len(after) > 1 or any(self.steps[identity, one].manner == "divided" for one in after)


def _unchanged(links: dict[str, str]) -> dict[str, str]:
    """From each unit that went on without any change but of parent or code to the last that it goes on as."""
    last = {}
    for unit in links:
        seen, end = {unit}, links[unit]
        while end in links and end not in seen:
            seen.add(end)
            end = links[end]
        if end not in links:  # else they go round in a circle
            last[unit] = end
    return last
