"""A unit's page: what it was and is, who speaks of it, what is wrong, what was promised, what is well."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from corpora.chains.places import TOLD_OF, steps_of
from corpora.chains.records import Chain, Occurrence
from corpora.chains.states import OPEN
from corpora.dataset import Dataset
from corpora.meant import As, Loader, meant
from corpora.promises import Demand, demands_of, said_of
from corpora.recurrence import Question, recurring_of


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit that went into the page's unit, or that it went into; ISO days, ``None`` where not known."""

    name: str
    code: str | None
    valid_from: str | None
    valid_to: str | None
    divided: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that speaks of the unit. ``repeats`` is the document that it is a copy of."""

    year: int | None
    date: str | None
    document: str
    number: str | None
    kind: str | None
    source: str
    unit: str
    findings: int
    deficiencies: int
    repeats: str | None


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that the dataset says of one unit. ``counts`` are deficiencies by area and year.

    ``chains`` are all its deficiencies, those told of once too, open ones first. ``documents`` that repeat
    another count nowhere.
    """

    unit: str
    level: str
    code: str | None
    units: As
    was: tuple[Kin, ...]
    became: tuple[Kin, ...]
    documents: tuple[Mention, ...]
    counts: dict[str, dict[int, int]]
    chains: tuple[Chain, ...]
    demands: tuple[Demand, ...]
    strengths: tuple[Occurrence, ...]

    @property
    def rests_on(self) -> int:
        """How many documents the page rests on, copies counted once."""
        return sum(1 for one in self.documents if one.repeats is None)

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        record = asdict(self)
        record["chains"] = [chain.to_record() for chain in self.chains]
        return {"record": "unit", **record, "rests_on": self.rests_on}


def unit_pages(
    dataset: Dataset, asked: str, units: As = "today", likeness: Loader | None = None
) -> list[UnitPage]:
    """A page for each unit that a person means by ``asked``.

    In the terms of ``today`` an old name leads to the unit that it has become, with everything of all units
    that went into it; ``then`` the page is of the unit as it was, and of nothing else.
    """
    return [
        _page(dataset, members, top, units, likeness)
        for members, top in meant(dataset, asked, units, likeness)
    ]


def _page(dataset: Dataset, members: list[Any], top: Any, units: As, likeness: Loader | None) -> UnitPage:
    chains = recurring_of(dataset, members, top, Question(units=units, single=True), likeness)
    chains.sort(key=lambda chain: (chain.state not in OPEN, -chain.running, -len(chain.years), chain.id))
    mentions = _mentions(dataset, members)
    was, became = _kin(dataset, members, top)
    return UnitPage(
        unit=top["name"],
        level=top["level"],
        code=top["code"],
        units=units,
        was=was,
        became=became,
        documents=tuple(mentions),
        counts=_counts(chains),
        chains=tuple(chains),
        demands=tuple(demands_of(dataset, members, chains)),
        strengths=tuple(said_of(dataset, members, "achievement")),
    )


def _counts(chains: Iterable[Chain]) -> dict[str, dict[int, int]]:
    """Deficiencies by area and year."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for chain in chains:
        counts[chain.area].update(one.year for one in chain.occurrences if one.year is not None)
    return {area: dict(sorted(years.items())) for area, years in sorted(counts.items())}


def _mentions(dataset: Dataset, members: list[Any]) -> list[Mention]:
    found: dict[str, Mention] = {}
    for member in members:
        for row in dataset.query(_MENTIONS, (member["id"],)):
            held = found.get(row["document"])
            found[row["document"]] = Mention(
                row["year"],
                row["date"],
                row["document"],
                row["number"],
                row["kind"],
                row["source"],
                member["name"] if held is None else f"{held.unit}, {member['name']}",
                row["findings"] + (held.findings if held else 0),
                row["deficiencies"] + (held.deficiencies if held else 0),
                row["duplicate_of"],
            )
    return sorted(
        found.values(), key=lambda one: (one.year is None, one.year or 0, one.date or "", one.source)
    )


_MENTIONS = f"""
    SELECT d.id AS document, d.year, d.date, d.number, d.kind, d.duplicate_of, s.name AS source,
        count(*) AS findings, sum(f.polarity = 'deficiency') AS deficiencies
    {TOLD_OF} JOIN sources s ON s.id = d.source_id WHERE p.member_id = ? GROUP BY d.id
"""


def _kin(dataset: Dataset, members: list[Any], top: Any) -> tuple[tuple[Kin, ...], tuple[Kin, ...]]:
    """What went into the unit and what it went into, as far as the dataset's register knows."""
    kind, _, uid = top["identity"].partition("\x1f")
    if kind != "unit":
        mine = steps_of(top["path"])[1:]
        was = [_kin_of(dataset, row["identity"], row) for row in members if row["id"] != top["id"]]
        return tuple(was), tuple(_kin_of(dataset, step, None) for step in mine)
    return _through(dataset, uid, "after", "before"), _through(dataset, uid, "before", "after")


def _through(dataset: Dataset, uid: str, end: str, other: str) -> tuple[Kin, ...]:
    sql = f"""
        WITH RECURSIVE kin (uid, divided) AS (
            SELECT {other}, manner = 'divided' FROM successions WHERE {end} = ?
            UNION
            SELECT s.{other}, s.manner = 'divided' FROM successions s JOIN kin k ON s.{end} = k.uid
        )
        SELECT u.name, u.code, u.valid_from, u.valid_to, max(k.divided) AS divided
        FROM kin k JOIN units u ON u.uid = k.uid AND u.registered WHERE k.uid <> ?
        GROUP BY u.uid ORDER BY u.valid_from, u.name, u.uid
    """
    return tuple(
        Kin(
            row["name"], row["code"], row["valid_from"] or None, row["valid_to"] or None, bool(row["divided"])
        )
        for row in dataset.query(sql, (uid, uid))
    )


def _kin_of(dataset: Dataset, identity: str, row: Any | None) -> Kin:
    if row is None:
        held = list(dataset.query("SELECT * FROM family_members WHERE identity = ?", (identity,)))
        row = held[0] if held else None
    if row is None:
        return Kin(identity.rpartition("\x1f")[2], None, None, None, False)
    return Kin(row["name"], row["code"], None, None, bool(row["divided"]))
