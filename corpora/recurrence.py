"""Deficiencies that come back: the same unit, area and type in more than one document or year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from typing import Any

from corpora.dataset import Dataset
from corpora.filters import Filters, conditions
from corpora.lineage import Identity, Lineage

_DEFICIENCIES = """
    SELECT f.id AS finding, f.text, f.page, f.area, t.type, d.id AS document, d.number, d.date, d.year,
        d.issuer_unit, s.name AS source, u.name, u.level, u.code, u.uid
    FROM findings f
    JOIN finding_types t ON t.finding_id = f.id
    JOIN documents d ON d.id = f.document_id
    JOIN sources s ON s.id = d.source_id
    JOIN units u ON u.id = f.unit_id
    WHERE f.polarity = 'deficiency' AND f.status <> 'rejected' AND f.area IS NOT NULL
    -- a scan and the DOCX of one report are one report
    AND d.duplicate_of IS NULL
    AND {conditions}
    ORDER BY d.year IS NULL, d.year, d.date, s.name, d.part, f.start, f.stop, f.id
"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One deficiency of a chain. ``unit`` is the unit as its report names it."""

    year: int | None
    date: str | None
    document: str
    number: str | None
    source: str
    page: int | None
    finding: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A unit that went into the chain's unit; ``divided`` if only a part of it did."""

    name: str
    code: str | None
    divided: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """The same deficiency of one unit through time, oldest first.

    ``predecessors`` are the merged units whose deficiencies stand among the occurrences.
    """

    unit: str
    level: str
    code: str | None
    area: str
    type: str
    years: tuple[int, ...]
    documents: int
    predecessors: tuple[Predecessor, ...]
    occurrences: tuple[Occurrence, ...]

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {"record": "chain", **asdict(self)}


def recurring(dataset: Dataset, unit: str | None = None, filters: Filters | None = None) -> list[Chain]:
    """Chains of recurring deficiencies, those of most years first.

    With ``unit`` (a name as people type it) only of that unit, with what the units that merged into
    it had before. Without, of every unit, each under the unit that it has become; a unit that was
    divided among several keeps its own chain. The group of all units is no unit and only comes if
    asked for. :class:`UsageError` for an unknown label or document in the filters.
    """
    filters = filters or Filters()
    asked = unit if unit is not None else filters.unit
    where, values = conditions(dataset, replace(filters, unit=None))
    if filters.type is not None:
        where += " AND t.type = :type"
    lineage = Lineage.of(dataset)
    rows = list(dataset.query(_DEFICIENCIES.format(conditions=where), values))
    who = [
        lineage.identify(
            row["name"], row["level"], row["code"], row["issuer_unit"], uid=row["uid"], date=row["date"]
        )
        for row in rows
    ]
    settled = lineage.settle(set(who))
    by_unit: dict[Identity, list[tuple[int, Identity, Any]]] = defaultdict(list)
    for place, (identity, row) in enumerate(zip(who, rows, strict=True)):
        identity = settled.get(identity, identity)
        by_unit[identity].append((place, identity, row))
    chains: list[Chain] = []
    for root, members in _families(lineage, asked, set(by_unit)).items():
        groups: dict[tuple[str, str], list[tuple[Identity, Any]]] = defaultdict(list)
        of_family = (entry for member in members for entry in by_unit.get(member, ()))
        for _, identity, row in sorted(of_family, key=lambda entry: entry[0]):
            groups[row["area"], row["type"]].append((identity, row))
        chains.extend(
            _chain(lineage, root, area, code, group)
            for (area, code), group in groups.items()
            if _recurs(group)
        )
    return sorted(
        chains, key=lambda chain: (-len(chain.years), -chain.documents, chain.unit, chain.area, chain.type)
    )


def _families(lineage: Lineage, asked: str | None, present: set[Identity]) -> dict[Identity, set[Identity]]:
    """Whose deficiencies belong together: the unit that stands for all, and its members."""
    families: dict[Identity, set[Identity]] = defaultdict(set)
    if asked is None:
        for identity in present:
            if lineage.levels[identity] != "group":
                heir = lineage.heir(identity)
                families[heir if heir in lineage.names else identity].add(identity)
        return families
    roots = lineage.named(asked)
    for root in roots:
        families[root] = {root, *lineage.predecessors(root)}
    # A unit and the larger one of the same name that it went into: one family, the larger one's.
    return {
        root: members
        for root, members in families.items()
        if not any(
            root in others and other not in members for other, others in families.items() if other != root
        )
    }


def _recurs(group: list[tuple[Identity, Any]]) -> bool:
    return (
        len({row["document"] for _, row in group}) > 1 or len({row["year"] for _, row in group} - {None}) > 1
    )


def _chain(
    lineage: Lineage, root: Identity, area: str, code: str, group: list[tuple[Identity, Any]]
) -> Chain:
    before = sorted(
        {identity for identity, _ in group} - {root}, key=lambda identity: lineage.names[identity]
    )
    return Chain(
        unit=lineage.names[root],
        level=lineage.levels[root],
        code=lineage.codes.get(root),
        area=area,
        type=code,
        years=tuple(sorted({row["year"] for _, row in group} - {None})),
        documents=len({row["document"] for _, row in group}),
        predecessors=tuple(
            Predecessor(lineage.names[unit], lineage.codes.get(unit), lineage.divided(unit))
            for unit in before
        ),
        occurrences=tuple(
            Occurrence(
                year=row["year"],
                date=row["date"],
                document=row["document"],
                number=row["number"],
                source=row["source"],
                page=row["page"],
                finding=row["finding"],
                unit=row["name"],
                text=row["text"],
            )
            for _, row in group
        ),
    )
