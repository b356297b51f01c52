"""Which unit went on as which: the same unit over several reports, and units that merged.

A unit is known by its code where it has one. Without one it is known by level and name, and by
the district of the report, where reports of several districts name a unit of that name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from corpora.dataset import Dataset
from corpora.names import bare, same_unit

Identity = tuple[str, ...]
"""``("code", CODE)`` or ``("name", LEVEL, BARE NAME, DISTRICT)``."""


@dataclass(slots=True)
class Lineage:
    """The units of a dataset and how they follow one another."""

    names: dict[Identity, str] = field(default_factory=dict)
    levels: dict[Identity, str] = field(default_factory=dict)
    codes: dict[Identity, str] = field(default_factory=dict)
    successors: dict[Identity, set[Identity]] = field(default_factory=lambda: defaultdict(set))
    _by_name: dict[tuple[str, str], list[Identity]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, dataset: Dataset) -> Lineage:
        """Read the units table; successors are codes, or names where a register has no codes."""
        lineage = cls()
        rows = list(dataset.query("SELECT * FROM units ORDER BY registered DESC, valid_from, id"))
        for row in rows:
            if row["code"]:
                identity = ("code", row["code"])
                lineage._add(identity, row["name"], row["level"], row["code"])
        for row in rows:
            for wanted in (row["successors"] or "").split():
                if row["code"] and wanted != row["code"]:
                    lineage.successors[("code", row["code"])].add(("code", wanted))
        return lineage

    def identify(self, name: str, level: str, code: str | None, district: str | None) -> Identity:
        """Who is meant by a unit as a report names it."""
        if code:
            identity: Identity = ("code", code)
        else:
            known = [unit for unit in self._by_name[level, bare(name)] if unit[0] == "code"]
            context = "" if level in ("district", "province") else bare(district or "")
            identity = known[0] if len(known) == 1 else ("name", level, bare(name), context)
        self._add(identity, name, level, code)
        return identity

    def _add(self, identity: Identity, name: str, level: str, code: str | None) -> None:
        if identity in self.names:
            return
        self.names[identity], self.levels[identity] = name, level
        self._by_name[level, bare(name)].append(identity)
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
        return [identity for identity, name in self.names.items() if same_unit(asked, name)]

    def predecessors(self, identity: Identity) -> set[Identity]:
        """All units that went into this one, over any number of mergers, itself not included."""
        found: set[Identity] = set()
        queue = [identity]
        while queue:
            unit = queue.pop()
            for before, after in self.successors.items():
                if unit in after and before not in found and before != identity:
                    found.add(before)
                    queue.append(before)
        return found

    def heir(self, identity: Identity) -> Identity:
        """The unit that this one is today: along mergers, but not past a division, which has no one heir."""
        seen = {identity}
        while len(after := self.successors.get(identity, set())) == 1:
            (identity,) = after
            if identity in seen:
                break
            seen.add(identity)
        return identity

    def divided(self, identity: Identity) -> bool:
        """Whether the unit was divided among several."""
        return len(self.successors.get(identity, ())) > 1
