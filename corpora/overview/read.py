"""The dataset read for one scope."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpora.chains.build import after
from corpora.chains.places import TOLD_OF
from corpora.chains.records import Chain
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.fold import fold
from corpora.meant import Loader, meant
from corpora.overview.measured import measured
from corpora.overview.records import Followed, Key, Labels, Overview, Paper, Place, Scope
from corpora.recurrence import Question, recurring, recurring_of

Names = dict[Key, tuple[Any, str | None, frozenset[int]]]
"""A unit's row, the district whose reports tell of it, and its members."""


def overview(dataset: Dataset, scope: Scope | None = None, likeness: Loader | None = None) -> Overview:
    """Read what ``scope`` asks for.

    Without a unit every unit stands under the one that it is today, with ``units="then"`` each as it was.
    :class:`extract.errors.UsageError` for an unknown area or document.
    """
    scope = scope or Scope()
    Filters(area=scope.area).check()
    every = list(_papers(dataset))
    within = None if scope.document is None else set(dataset.find_documents(scope.document))
    if within is not None:  # who asks for a copy means what it is a copy of
        within |= {paper.repeats for paper in every if paper.id in within and paper.repeats}
    names, chains = _chains(dataset, scope, likeness)
    of_member = _mentions(dataset)
    mentions = {
        key: set[str]().union(*(of_member[member] for member in members))
        for key, (_, _, members) in names.items()
    }
    papers = [
        paper
        for paper in every
        if scope.holds(paper.year) and (within is None or paper.id in within or paper.repeats in within)
    ]
    if scope.unit is not None:
        about = set[str]().union(*mentions.values())
        papers = [paper for paper in papers if paper.id in about or paper.repeats in about]
    year_of = {paper.id: paper.year for paper in papers if paper.repeats is None}
    places = _places(names, mentions, year_of)
    known = {place.key for place in places}
    key_of = {member: key for key, (_, _, members) in names.items() for member in members}
    bearers = _bearers(dataset)
    held = []
    for key, chain in chains:
        cut = _cut(chain, set(year_of))
        if cut is not None and key in known:
            borne = {member for one in cut.occurrences for member in bearers[one.finding]}
            spoken = set[str]().union(*(of_member[member] for member in borne))
            held.append(Followed(key, cut, frozenset(spoken & year_of.keys())))
    return Overview(
        scope,
        tuple(papers),
        tuple(places),
        tuple(held),
        tuple(measured(dataset, key_of, set(year_of), scope)),
        _general(dataset, set(year_of), scope.area) if scope.unit is None else 0,
        _as_of(dataset),
    )


def _chains(dataset: Dataset, scope: Scope, likeness: Loader | None) -> tuple[Names, list[tuple[Key, Chain]]]:
    question = Question(units=scope.units, single=True)
    if scope.unit is not None:
        names: Names = {}
        chains = []
        for members, top in meant(dataset, scope.unit, scope.units, likeness):
            key = ("asked", top["id"])
            names[key] = (top, None, frozenset(row["id"] for row in members))
            chains += [(key, one) for one in recurring_of(dataset, members, top, question, likeness)]
        return names, [(key, one) for key, one in chains if scope.area in (None, one.area)]
    found = recurring(dataset, None, Filters(area=scope.area), question, likeness)
    member_of = {
        row["finding_id"]: row for row in dataset.query("SELECT finding_id, member_id FROM chain_findings")
    }
    rows = list(
        dataset.query(
            """SELECT m.id, m.family_id, m.name, m.level, m.code, f.name AS family, f.level AS family_level,
            f.code AS family_code, f.district FROM family_members m JOIN families f ON f.id = m.family_id
            WHERE m.level <> 'group' ORDER BY m.id"""
        )
    )
    then = scope.units == "then"
    key_of = {row["id"]: ("then", row["id"]) if then else ("today", row["family_id"]) for row in rows}
    names = {}
    for row in rows:
        key = key_of[row["id"]]
        shown = (
            {"name": row["name"], "level": row["level"], "code": row["code"]}
            if then
            else {"name": row["family"], "level": row["family_level"], "code": row["family_code"]}
        )
        others = names[key][2] if key in names else frozenset[int]()
        names[key] = (shown, row["district"], others | {row["id"]})
    return names, [(key_of[member_of[one.occurrences[0].finding]["member_id"]], one) for one in found]


def _mentions(dataset: Dataset) -> dict[int, set[str]]:
    """The documents that speak of each member."""
    found: dict[int, set[str]] = defaultdict(set)
    for row in dataset.query(_MENTIONS):
        found[row["member_id"]].add(row["document"])
    return found


def _bearers(dataset: Dataset) -> dict[str, set[int]]:
    """For each deficiency the member that bore it and those that this one has become."""
    become = after(list(dataset.query("SELECT id, identity, path FROM family_members")))
    rows = dataset.query("SELECT finding_id, member_id FROM chain_findings")
    return {row["finding_id"]: become[row["member_id"]] for row in rows}


_MENTIONS = f"""
    SELECT DISTINCT p.member_id, d.id AS document
    {TOLD_OF} WHERE d.duplicate_of IS NULL
"""


def _papers(dataset: Dataset) -> Iterator[Paper]:
    sql = """SELECT d.id, s.name AS source, d.kind, d.number, d.date, d.year, d.issuer, d.subject,
        d.first_page, d.last_page, d.duplicate_of AS repeats, count(f.id) AS findings,
        ifnull(sum(f.polarity = 'deficiency'), 0) AS deficiencies
        FROM documents d JOIN sources s ON s.id = d.source_id
        LEFT JOIN findings f ON f.document_id = d.id AND f.status <> 'rejected'
        GROUP BY d.id ORDER BY d.year IS NULL, d.year, ifnull(d.date, ''), s.name, d.part"""
    for row in dataset.query(sql):
        yield Paper(**dict(row))


def _places(names: Names, mentions: dict[Key, set[str]], year_of: dict[str, int | None]) -> list[Place]:
    """The units that documents in the scope speak of, communes first, by name; of one name with district."""
    spoken = {key: mentions[key] & year_of.keys() for key in names if mentions[key] & year_of.keys()}
    often = Counter(names[key][0]["name"] for key in spoken)
    found = []
    for key, documents in spoken.items():
        row, district, _ = names[key]
        beside = (district or row["code"]) if often[row["name"]] > 1 else None
        years = frozenset(year for document in documents if (year := year_of[document]) is not None)
        name = f"{row['name']} ({beside})" if beside else row["name"]
        found.append(Place(key, name, row["level"], row["code"], frozenset(documents), years))
    return sorted(
        found, key=lambda place: (place.level != "commune", fold(place.name), place.name, place.key)
    )


def _cut(chain: Chain, documents: set[str]) -> Chain | None:
    """The chain with its occurrences in some documents, if there are any."""
    told = tuple(one for one in chain.occurrences if one.document in documents)
    if not told:
        return None
    years = tuple(sorted({one.year for one in told if one.year is not None}))
    return replace(chain, occurrences=told, years=years, documents=len({one.document for one in told}))


def _general(dataset: Dataset, documents: set[str], area: str | None) -> int:
    rows = dataset.query(
        """SELECT f.document_id FROM findings f JOIN units u ON u.id = f.unit_id WHERE u.level = 'group'
        AND f.polarity = 'deficiency' AND f.status <> 'rejected' AND f.area = ifnull(?, f.area)""",
        (area,),
    )
    return sum(row["document_id"] in documents for row in rows)


def labels(dataset: Dataset, seen: Overview) -> dict[str, Labels]:
    """The labels of every deficiency of an overview, by the finding's id."""
    found = {}
    for _, said in seen.told():
        for row in dataset.query("SELECT status, record FROM findings WHERE id = ?", (said.finding,)):
            record = json.loads(row["record"])
            sure = record["confidence"]
            found[said.finding] = Labels(
                record["area"], tuple(record["types"]), sure.get("unit"), sure.get("polarity"), row["status"]
            )
    return found


def _as_of(dataset: Dataset) -> str | None:
    (row,) = dataset.query("SELECT max(stored_at) AS day FROM sources")
    return row["day"][:10] if row["day"] else None
