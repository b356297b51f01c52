"""Deficiencies that come back: the same unit, area, type and subject in more than one document or year.

The chains are stored (:mod:`corpora.chains`); here they are asked for. The area and type of a chain are
those that most of its findings have: two wordings of one deficiency may be labelled differently, and then
need to be so much liker in their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpora.chains.build import (
    after,
    bring_up_to_date,
    build,
    commonest,
    findings_of,
    subject_of,
    types_of,
)
from corpora.chains.likeness import ByLabels
from corpora.chains.places import steps_of
from corpora.chains.records import Chain, Predecessor, occurrences_of
from corpora.chains.states import NOT_REPORTS, STATES
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.meant import As, Loader, meant
from extract.errors import UsageError


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked beside unit and filters.

    ``state`` is one of :data:`corpora.chains.states.STATES`, ``years`` the least number of years of the
    present run, ``units`` says in the terms of which communes to answer, ``limit`` how many chains at most.
    With ``single``, deficiencies told of once are chains too.
    """

    state: str | None = None
    years: int | None = None
    units: As | None = None
    limit: int | None = None
    single: bool = False

    def check(self) -> None:
        """:class:`UsageError` with the valid values if something is unknown."""
        if self.state is not None and self.state not in STATES:
            raise UsageError(f"There is no state '{self.state}'. Valid: {', '.join(STATES)}.")


def recurring(
    dataset: Dataset,
    unit: str | None = None,
    filters: Filters | None = None,
    question: Question | None = None,
    likeness: Loader | None = None,
) -> list[Chain]:
    """Chains of recurring deficiencies, those of most years first.

    With ``unit`` (a name as people type it) only of that unit, with what the units that merged into
    it had before; in the terms of ``today`` an old name leads to the unit of today, in those of ``then``
    nothing crosses a merger. Without, of every unit, each under the unit that it has become; a unit that was
    divided among several keeps its own chain, and is told of with each of them when that is asked for. The
    group of all units is no unit and only comes if asked for. Area and type are the chain's; year and
    document limit the occurrences. :class:`UsageError` for an unknown label, state or document.
    """
    filters, question = filters or Filters(), question or Question()
    filters.check()
    question.check()
    bring_up_to_date(dataset, likeness)
    if filters.polarity not in (None, "deficiency"):
        return []
    asked = unit if unit is not None else filters.unit
    if asked is None:
        return _of_all(dataset, filters, question)
    chains = [
        chain
        for members, top in meant(dataset, asked, question.units, likeness)
        for chain in _of_members(dataset, members, top, filters, question, likeness)
    ]
    chains.sort(key=_order)
    return chains[: question.limit]


def recurring_of(
    dataset: Dataset, members: list[Any], top: Any, question: Question, likeness: Loader | None = None
) -> list[Chain]:
    """The chains of members that :func:`meant` gave."""
    return _of_members(dataset, members, top, Filters(), question, likeness)


def _order(chain: Chain) -> tuple[Any, ...]:
    return (-len(chain.years), -chain.documents, chain.unit, chain.area, chain.type, chain.id)


def _of_members(
    dataset: Dataset,
    members: list[Any],
    top: Any,
    filters: Filters,
    question: Question,
    likeness: Loader | None,
) -> list[Chain]:
    """The chains of some members under the name of ``top``."""
    divided = [] if question.units == "then" else _divided_into(dataset, top["family_id"])
    if divided and steps_of(top["path"]) == [top["identity"]]:
        return _with_divided(dataset, members, divided, top, filters, question, likeness)
    chains = []
    allowed = {row["id"] for row in members}
    where, values = _conditions(filters, question)
    sql = f"{_CHAINS} AND c.family_id = :family {where}"
    for row in dataset.query(sql, {**values, "family": top["family_id"]}):
        chain = _chain(dataset, row, top, filters, allowed)
        if _shown(chain, question):
            chains.append(chain)
    return chains


def _shown(chain: Chain, question: Question) -> bool:
    return bool(chain.occurrences) if question.single else chain.documents > 1


def _divided_into(dataset: Dataset, family: int) -> list[int]:
    """The families of divided units of which a part went into this family."""
    sql = """WITH RECURSIVE whole (id) AS (
        SELECT family_id FROM family_parts WHERE part_id = ?
        UNION SELECT p.family_id FROM family_parts p JOIN whole w ON p.part_id = w.id
    ) SELECT id FROM whole ORDER BY id"""
    return [row["id"] for row in dataset.query(sql, (family,))]


def _with_divided(
    dataset: Dataset,
    members: list[Any],
    divided: list[int],
    top: Any,
    filters: Filters,
    question: Question,
    likeness: Loader | None,
) -> list[Chain]:
    """Chains of a unit with those of divided units of which it took over a part: built for the answer."""
    rows = [*members]
    for whole in divided:
        rows += dataset.query("SELECT * FROM family_members WHERE family_id = ? ORDER BY id", (whole,))
    become = after(rows)
    for own in become.values():
        own.add(top["id"])
    told = findings_of(dataset.query, [row["id"] for row in rows])
    chains = []
    (family,) = dataset.query("SELECT * FROM families WHERE id = ?", (top["family_id"],))
    for built in build(told, become, likeness() if likeness else ByLabels()):
        course = built.course
        record = {
            "id": "",
            "name": top["name"],
            "level": top["level"],
            "code": top["code"],
            "area": commonest(one.statement.area for one in built.told)[0],
            "types": " ".join(types_of(built.told)),
            "subject": subject_of([one.phrase for one in built.told]),
            "state": course.state,
            "first": course.first,
            "since": course.since,
            "last": course.last,
            "running": course.running,
            "silent": " ".join(map(str, course.silent)),
            "rests_on": family["documents"],
        }
        if not _passes(record, filters, question):
            continue
        chosen = [(one.finding, one.member) for one in built.told]
        answers = [(one.finding, "remedy") for one in built.remedies]
        answers += [(one.finding, "demand") for one in built.demands]
        chain = _made(dataset, record, top, filters, chosen, answers)
        if _shown(chain, question):
            chains.append(chain)
    return chains


def _passes(record: dict[str, Any], filters: Filters, question: Question) -> bool:
    return (
        (filters.area is None or record["area"] == filters.area)
        and (filters.type is None or filters.type in record["types"].split())
        and (question.state is None or record["state"] == question.state)
        and (question.years is None or record["running"] >= question.years)
    )


_REPORTS = f"(kind IS NULL OR kind NOT IN ({', '.join(repr(kind) for kind in sorted(NOT_REPORTS))}))"
_STATE = """CASE WHEN c.state IN ('new', 'persisting', 'returned') AND l.year > c.last
    THEN 'unknown' ELSE c.state END"""
_CHAINS = f"""
    WITH latest AS (
        SELECT issuer_unit, max(year) AS year FROM documents
        WHERE issuer_unit IS NOT NULL AND duplicate_of IS NULL AND {_REPORTS} GROUP BY issuer_unit
    )
    SELECT c.id, f.name, f.level, f.code, c.area, c.types, c.subject, {_STATE} AS state, c.first, c.since,
        c.last, c.running, c.silent, f.documents AS rests_on
    FROM chains c JOIN families f ON f.id = c.family_id
    LEFT JOIN latest l ON l.issuer_unit = f.district
    WHERE 1
"""


def _conditions(filters: Filters, question: Question) -> tuple[str, dict[str, Any]]:
    terms, values = [], dict[str, Any]()
    if not question.single:
        terms.append("c.documents > 1")
    if filters.area is not None:
        terms.append("c.area = :area")
        values["area"] = filters.area
    if filters.type is not None:
        terms.append("instr(' ' || c.types || ' ', :type)")
        values["type"] = f" {filters.type} "
    if question.state is not None:
        terms.append(f"{_STATE} = :state")
        values["state"] = question.state
    if question.years is not None:
        terms.append("c.running >= :running")
        values["running"] = question.years
    return "".join(f" AND {term}" for term in terms), values


def _of_all(dataset: Dataset, filters: Filters, question: Question) -> list[Chain]:
    """The chains of all units but groups, or of their parts in the terms of then or within the filters."""
    where, values = _conditions(filters, question)
    then = question.units == "then"
    narrowed = filters.year is not None or filters.document is not None or then
    order = "p.years DESC, p.documents DESC, p.name" if narrowed else "c.years DESC, c.documents DESC, f.name"
    sql = _CHAINS
    if narrowed:
        terms = ["1"]
        if filters.year is not None:
            terms.append("year = :year")
            values["year"] = filters.year
        if filters.document is not None:
            named = dataset.find_documents(filters.document)
            values.update({f"document{at}": one for at, one in enumerate(named)})
            terms.append(f"document_id IN ({', '.join(f':document{at}' for at in range(len(named)))})")
        part = _PART.format(
            part="member_id" if then else "0",
            where=" AND ".join(terms),
            least=1 if question.single else 2,
        )
        sql = sql.replace(
            "FROM chains c", f", p.member_id FROM ({part}) p JOIN chains c ON c.id = p.chain_id", 1
        )
    sql += f" AND f.level <> 'group' {where} ORDER BY {order}, c.area, c.types, c.id"
    if question.limit is not None:
        sql += f" LIMIT {int(question.limit)}"
    chains = []
    for row in list(dataset.query(sql, values)):
        top = None
        if then:
            (top,) = dataset.query("SELECT * FROM family_members WHERE id = ?", (row["member_id"],))
        chains.append(_chain(dataset, row, top, filters, None if top is None else {top["id"]}))
    return sorted(chains, key=_order)


_PART = """
    SELECT w.chain_id, w.member_id, w.years, w.documents, ifnull(m.name, '') AS name FROM (
        SELECT chain_id, {part} AS member_id, count(DISTINCT year) AS years,
            count(DISTINCT document_id) AS documents
        FROM chain_findings WHERE {where} GROUP BY 1, 2 HAVING count(DISTINCT document_id) >= {least}
    ) w LEFT JOIN family_members m ON m.id = w.member_id
"""


def _chain(dataset: Dataset, row: Any, top: Any | None, filters: Filters, allowed: set[int] | None) -> Chain:
    """A stored chain under its own unit or ``top``, with the occurrences of all members or those allowed."""
    chosen = [
        (one["finding_id"], one["member_id"])
        for one in dataset.query(
            "SELECT finding_id, member_id FROM chain_findings WHERE chain_id = ?", (row["id"],)
        )
        if allowed is None or one["member_id"] in allowed
    ]
    answers = [
        (one["finding_id"], one["kind"])
        for one in dataset.query(
            "SELECT finding_id, kind FROM chain_answers WHERE chain_id = ?", (row["id"],)
        )
    ]
    return _made(dataset, dict(row), top, filters, chosen, answers)


def _made(
    dataset: Dataset,
    record: dict[str, Any],
    top: Any | None,
    filters: Filters,
    chosen: Sequence[tuple[str, int]],
    answers: Sequence[tuple[str, str]],
) -> Chain:
    member_of = dict(chosen)
    within = None if filters.document is None else set(dataset.find_documents(filters.document))
    told = [
        one
        for one in occurrences_of(dataset, member_of)
        if (filters.year is None or one.year == filters.year) and (within is None or one.document in within)
    ]
    kind_of = dict(answers)
    others = occurrences_of(dataset, kind_of)
    name = top["name"] if top is not None else record["name"]
    types = tuple(record["types"].split())
    return Chain(
        unit=name,
        level=top["level"] if top is not None else record["level"],
        code=top["code"] if top is not None else record["code"],
        area=record["area"],
        type=filters.type or (types[0] if types else "other"),
        years=tuple(sorted({one.year for one in told if one.year is not None})),
        documents=len({one.document for one in told}),
        predecessors=_predecessors(dataset, {member_of[one.finding] for one in told}, top, record),
        occurrences=tuple(told),
        id=record["id"],
        types=types,
        subject=record["subject"],
        state=record["state"],
        first=record["first"],
        since=record["since"],
        last=record["last"],
        running=record["running"],
        silent=tuple(map(int, record["silent"].split())),
        remedies=tuple(one for one in others if kind_of[one.finding] == "remedy"),
        demands=tuple(one for one in others if kind_of[one.finding] == "demand"),
        rests_on=record["rests_on"],
    )


def _predecessors(
    dataset: Dataset, members: set[int], top: Any | None, record: dict[str, Any]
) -> tuple[Predecessor, ...]:
    found = []
    for member in members:
        (row,) = dataset.query(_MEMBER, (member,))
        is_top = row["id"] == top["id"] if top is not None else row["identity"] == row["root"]
        if not is_top:
            found.append(Predecessor(row["name"], row["code"], bool(row["divided"])))
    return tuple(sorted(found, key=lambda unit: (unit.name, unit.code or "")))


_MEMBER = """SELECT m.id, m.identity, m.name, m.code, m.divided, f.root
    FROM family_members m JOIN families f ON f.id = m.family_id WHERE m.id = ?"""
