"""What units were asked or promised to do, and what became of it.

A demand or promise is a statement of polarity ``recommendation``. What became of it is learned from the chain
of deficiencies that it answers (:mod:`corpora.chains`) and from the day that it names itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from corpora.chains.places import TOLD_OF
from corpora.chains.records import Chain, Occurrence, occurrences_of
from corpora.dataset import Dataset
from corpora.deadlines import deadline
from corpora.filters import Filters
from corpora.meant import As, Loader, meant, meant_of_all
from corpora.recurrence import Question, recurring_of
from extract.errors import UsageError

STATES = {
    "broken": "chưa làm",
    "overdue": "quá hạn, chưa thấy nói đã làm",
    "open": "chưa rõ",
    "kept": "đã làm",
}
"""What became of a demand, the worst first, and how that is said."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a unit was asked or promised to do.

    ``deadline`` is the last ISO day that the statement names. ``chain`` is the chain it is about; ``kept``: a
    later document says that is done (``True``), tells of the deficiency again or of no remedy after the
    deadline has passed by the latest report (``False``), or nothing is known (``None``). What is told while
    the deadline has not passed yet breaks no promise. ``shown_by`` is the later statement that says so;
    without one ``False`` only means that the deadline passed and no document said that it was done.
    """

    said: Occurrence
    deadline: str | None
    chain: str | None
    kept: bool | None
    shown_by: Occurrence | None = None

    @property
    def state(self) -> str:
        """One of :data:`STATES`."""
        if self.kept is None:
            return "open"
        return "kept" if self.kept else "overdue" if self.shown_by is None else "broken"


@dataclass(frozen=True, slots=True)
class Promise:
    """A demand with the unit that it was made of, under the name that the answer bears."""

    unit: str
    code: str | None
    demand: Demand

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        demand = {**asdict(self.demand), "state": self.demand.state}
        return {"record": "promise", "unit": self.unit, "code": self.code, **demand}


def promises(
    dataset: Dataset,
    unit: str | None = None,
    filters: Filters | None = None,
    state: str | None = None,
    units: As | None = None,
    likeness: Loader | None = None,
) -> list[Promise]:
    """What ``unit``, or else every unit, was asked or promised to do, the worst first.

    Of one state, earlier deadlines come first, those without one last. Year, area and document of ``filters``
    are those of the demand. Demands of all units together count as theirs only where ``unit`` asks for that
    group. :class:`UsageError` for an unknown label, state or document.
    """
    filters = filters or Filters()
    filters.check()
    if state is not None and state not in STATES:
        raise UsageError(f"There is no state '{state}'. Valid: {', '.join(STATES)}.")
    within = None if filters.document is None else set(dataset.find_documents(filters.document))
    groups = (
        meant(dataset, unit, units, likeness) if unit is not None else meant_of_all(dataset, units, likeness)
    )
    asked = {row["member_id"] for row in dataset.query(_ASKED_OF)}
    found = []
    for members, top in groups:
        if asked.isdisjoint(member["id"] for member in members):
            continue
        chains = recurring_of(dataset, members, top, Question(units=units, single=True), likeness)
        for demand in demands_of(dataset, members, chains, filters.area):
            said = demand.said
            if (
                (filters.year is None or said.year == filters.year)
                and (within is None or said.document in within)
                and (state is None or demand.state == state)
            ):
                found.append(Promise(top["name"], top["code"], demand))
    worst = list(STATES)
    found.sort(
        key=lambda one: (
            worst.index(one.demand.state),
            one.demand.deadline or "9999",
            one.demand.said.date or "",
            one.unit,
            one.demand.said.finding,
        )
    )
    return found


def demands_of(
    dataset: Dataset, members: list[Any], chains: list[Chain], area: str | None = None
) -> list[Demand]:
    """The demands, of one area or any, that were made of the members, in the order of their documents."""
    chain_of = {one.finding: chain for chain in chains for one in chain.demands}
    latest = _latest_day(dataset, members)
    found: dict[tuple[str, str], Demand] = {}
    for said in said_of(dataset, members, "recommendation", area):
        chain = chain_of.get(said.finding)
        day = deadline(said.text)
        kept, shown_by = _kept(said, day, chain, latest)
        # one sentence may ask several that are one unit today
        held = found.get((said.document, said.text))
        if held is None or (held.chain is None and chain is not None):
            found[said.document, said.text] = Demand(said, day, chain.id if chain else None, kept, shown_by)
    return list(found.values())


def said_of(dataset: Dataset, members: list[Any], polarity: str, area: str | None = None) -> list[Occurrence]:
    """Statements of one polarity, of one area or any, about the members; copies left out."""
    sql = f"""SELECT f.id {TOLD_OF} WHERE p.member_id = :member AND f.polarity = :polarity
        AND d.duplicate_of IS NULL AND (:area IS NULL OR f.area = :area)"""
    told = {"polarity": polarity, "area": area}
    rows = (row for member in members for row in dataset.query(sql, {**told, "member": member["id"]}))
    return occurrences_of(dataset, [row["id"] for row in rows])


_ASKED_OF = f"SELECT DISTINCT p.member_id {TOLD_OF} WHERE f.polarity = 'recommendation'"


def _latest_day(dataset: Dataset, members: list[Any]) -> str:
    """The ISO day of the last document, copies left out, that speaks of one of the members."""
    # "+" keeps the planner from walking all documents that repeat none instead of the member's own
    sql = f"SELECT max(d.date) AS day {TOLD_OF} WHERE p.member_id = ? AND +d.duplicate_of IS NULL"
    days = (row["day"] for member in members for row in dataset.query(sql, (member["id"],)))
    return max((day for day in days if day), default="")


def _kept(
    said: Occurrence, day: str | None, chain: Chain | None, latest: str
) -> tuple[bool | None, Occurrence | None]:
    if chain is None:
        return None, None
    when = (said.year or 0, said.date or "")
    again = [
        one
        for one in chain.occurrences
        if (one.year or 0, one.date or "") > when and (day is None or _after(one, day))
    ]
    done = [one for one in chain.remedies if (one.year or 0, one.date or "") > when]
    if done and (chain.state == "remedied" or not again):
        return True, done[-1]
    if again:
        return False, again[0]
    return (False, None) if day is not None and day < latest else (None, None)


def _after(one: Occurrence, day: str) -> bool:
    """Whether a statement surely was made after an ISO day."""
    return one.date > day if one.date else (one.year or 0) > int(day[:4])
