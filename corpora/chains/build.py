"""Chains brought up to date: what changed since is grouped anew, everything else stays.

Triggers (``corpora/migrations/chains.py``) note the units whose findings or documents changed;
:func:`refresh` builds the chains of their families. A family's chains depend on nothing but its findings,
in an order that comes from their content, so the same archive gives the same chains whatever the order of
ingest.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotations.labels import TYPES
from corpora.chains.grouping import group
from corpora.chains.likeness import ByLabels, Likeness, Statement
from corpora.chains.places import TOLD_OF, settle, steps_of
from corpora.chains.states import NOT_REPORTS, Course, Moment, course
from corpora.dataset import Dataset
from corpora.lineage import Lineage

_CHECKED = ("accepted", "corrected", "added")
_COMPARED = "('deficiency', 'achievement', 'recommendation')"
Ask = Callable[[str, tuple[Any, ...]], Iterable[sqlite3.Row]]
"""Runs a question, inside or outside a transaction."""

_OTHER_AREA = 1.0
"""A remedy or demand of another area than the chain's has to be so much liker to be taken for one of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding about a member of a family, as far as chains need it."""

    finding: str
    document: str
    member: int
    polarity: str
    year: int | None
    moment: Moment | None
    is_report: bool
    section: str
    phrase: str
    statement: Statement
    order: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A chain with the remedies and demands that are about it."""

    told: list[Told]
    course: Course
    remedies: list[Told]
    demands: list[Told]


def stale(dataset: Dataset) -> bool:
    """Whether something changed since the chains were built."""
    return bool(list(dataset.query("SELECT 1 FROM stale_units LIMIT 1")))


def built_with(dataset: Dataset) -> str | None:
    """The version of the likeness that the chains were built with; ``None`` if none were built yet."""
    rows = list(dataset.query("SELECT version FROM chain_likeness"))
    return str(rows[0]["version"]) if rows else None


def bring_up_to_date(dataset: Dataset, likeness: Callable[[], Likeness] | None) -> bool:
    """Build what is stale, if the dataset can be written; whether the chains are those of the findings then.

    ``likeness`` is only called if there is something to build. Without one, chains that a learned likeness
    has built are left as they are, others are built from labels alone.
    """
    if not stale(dataset):
        return True
    if not dataset.writable or (likeness is None and built_with(dataset) not in (None, ByLabels.version)):
        return False
    refresh(dataset, likeness() if likeness else ByLabels())
    return True


def refresh(dataset: Dataset, likeness: Likeness) -> int:
    """Build the chains of all families of which something changed; how many those were.

    With another likeness than the last time, all chains are built anew.
    """
    with dataset.transaction() as connection:
        _prepare(connection, likeness)
        if not connection.execute("SELECT 1 FROM stale_units LIMIT 1").fetchone():
            return 0
        _encode(connection, likeness)
        touched = settle(connection, Lineage.of(dataset))
        for family in sorted(touched):
            _build_family(connection, family, likeness)
        connection.execute("DELETE FROM stale_units")
    return len(touched)


def _prepare(connection: sqlite3.Connection, likeness: Likeness) -> None:
    known = [row["version"] for row in connection.execute("SELECT version FROM chain_likeness")]
    if known == [likeness.version]:
        return
    if known:
        connection.execute("DELETE FROM finding_subjects")
        connection.execute("INSERT OR IGNORE INTO stale_units SELECT DISTINCT unit_id FROM findings")
    connection.execute("DELETE FROM chain_likeness")
    connection.execute("INSERT INTO chain_likeness VALUES (?)", (likeness.version,))


def _encode(connection: sqlite3.Connection, likeness: Likeness) -> None:
    """Terms for the findings that have none yet."""
    missing = connection.execute(
        f"""SELECT f.id, f.text FROM stale_units u JOIN findings f ON f.unit_id = u.unit_id
        WHERE f.polarity IN {_COMPARED}
        AND NOT EXISTS (SELECT 1 FROM finding_subjects s WHERE s.finding_id = f.id)"""
    ).fetchall()
    rows = ((row["id"], likeness.encode(row["text"])) for row in missing)
    connection.executemany(
        "INSERT INTO finding_subjects VALUES (?, ?, ?)",
        ((finding, encoded.terms, encoded.phrase) for finding, encoded in rows),
    )


def _build_family(connection: sqlite3.Connection, family: int, likeness: Likeness) -> None:
    members = list(
        connection.execute("SELECT id, identity, path FROM family_members WHERE family_id = ?", (family,))
    )
    connection.execute("DELETE FROM chains WHERE family_id = ?", (family,))
    ids = [row["id"] for row in members]
    told = findings_of(connection.execute, ids)
    for chain in build(told, after(members), likeness):
        _insert(connection, family, chain)
    connection.execute(
        "UPDATE families SET district = ?, documents = ? WHERE id = ?",
        (_district(connection, ids), len({one.document for one in told}), family),
    )


def after(members: Sequence[Any]) -> dict[int, set[int]]:
    """For each member (rows with id, identity and path) itself and those members that it has become."""
    known = {row["identity"]: row["id"] for row in members}
    return {row["id"]: {known[step] for step in steps_of(row["path"]) if step in known} for row in members}


def findings_of(ask: Ask, members: Iterable[int]) -> list[Told]:
    """All findings about the members, without copies and rejected ones, ordered by content."""
    found = []
    for member in members:
        for row in ask(_FINDINGS, (member,)):
            date = row["date"] or ""
            found.append(
                Told(
                    row["id"],
                    row["document_id"],
                    member,
                    row["polarity"],
                    row["year"],
                    Moment(row["year"], date) if row["year"] else None,
                    row["kind"] not in NOT_REPORTS,
                    row["section"],
                    row["phrase"] or "",
                    Statement(
                        row["terms"] or b"",
                        row["area"],
                        tuple(sorted((row["types"] or "").split())),
                        row["status"] in _CHECKED,
                    ),
                    (
                        row["year"] is None,
                        row["year"] or 0,
                        date,
                        row["document_id"],
                        row["start"],
                        row["id"],
                    ),
                )
            )
    return sorted(found, key=lambda one: one.order)


_FINDINGS = f"""
    SELECT f.id, f.document_id, f.polarity, f.area, f.status, f.section, f.start, d.year, d.date, d.kind,
        s.terms, s.phrase,
        (SELECT group_concat(t.type, ' ') FROM finding_types t WHERE t.finding_id = f.id) AS types
    {TOLD_OF} LEFT JOIN finding_subjects s ON s.finding_id = f.id
    -- a scan and the DOCX of one report are one report
    WHERE p.member_id = ? AND d.duplicate_of IS NULL
"""


def build(told: Sequence[Told], become: dict[int, set[int]], likeness: Likeness) -> list[Built]:
    """The chains of one family from all that is told of it.

    ``become`` gives for each member itself and the members that it has become: reports about those cover what
    it bore.
    """
    deficiencies = [one for one in told if one.polarity == "deficiency" and one.statement.area]
    if not deficiencies:
        return []
    lists = [f"{one.document} {one.section}" for one in deficiencies]
    groups = group([one.statement for one in deficiencies], lists, likeness)
    remedies = _answers(told, "achievement", deficiencies, groups, likeness)
    demands = _answers(told, "recommendation", deficiencies, groups, likeness)
    covered = defaultdict(set)
    for one in told:
        if one.is_report and one.year:
            covered[one.member].add(one.year)
    chains = []
    for at, places in enumerate(groups):
        members = [deficiencies[place] for place in places]
        over = set().union(*(become[one.member] for one in members))
        years = set().union(*(covered[member] for member in over))
        moments = [one.moment for one in members if one.moment]
        gone = [one.moment for one in remedies[at] if one.moment]
        chains.append(Built(members, course(moments, years, gone), remedies[at], demands[at]))
    return chains


def _answers(
    told: Sequence[Told],
    polarity: str,
    deficiencies: Sequence[Told],
    groups: Sequence[Sequence[int]],
    likeness: Likeness,
) -> list[list[Told]]:
    """For each chain the statements of one polarity that are about it: each goes to its likeliest chain, if
    any.

    A remedy has to be later than something of the chain, a demand not earlier than all of it.
    """
    found: list[list[Told]] = [[] for _ in groups]
    others = [one for one in told if one.polarity == polarity and one.moment]
    if not others:
        return found
    scores = likeness.answers([one.statement for one in deficiencies], [one.statement for one in others])
    inside = np.zeros((len(groups), len(deficiencies)), dtype=np.float32)
    for at, places in enumerate(groups):
        inside[at, list(places)] = 1
    of_chain = np.stack([scores[list(places)].max(axis=0) for places in groups])
    areas = np.array(
        [[one.statement.area == other.statement.area for other in others] for one in deficiencies]
    )
    of_chain -= _OTHER_AREA * (inside @ areas == 0)
    earlier = (
        _earlier(deficiencies, others) if polarity == "achievement" else ~_earlier(others, deficiencies).T
    )
    dated = np.array([one.moment is not None for one in deficiencies])
    of_chain[inside @ (earlier & dated[:, None]) == 0] = 0
    for column, other in enumerate(others):
        best = int(of_chain[:, column].argmax())
        if of_chain[best, column] > 0:
            found[best].append(other)
    return found


def _earlier(before: Sequence[Told], behind: Sequence[Told]) -> NDArray[np.bool_]:
    """Which of the first are surely earlier than which of the second, as :meth:`Moment.after` says."""
    moments = [[one.moment or Moment(9999) for one in side] for side in (before, behind)]
    years = [np.array([one.year for one in side]) for side in moments]
    dates = [np.array([one.date for one in side], dtype="U10") for side in moments]
    both = (dates[0] != "")[:, None] & (dates[1] != "")[None]
    earlier: NDArray[np.bool_] = np.where(
        both, dates[0][:, None] < dates[1][None], years[0][:, None] < years[1][None]
    )
    return earlier


def _insert(connection: sqlite3.Connection, family: int, chain: Built) -> None:
    first = chain.told[0].finding
    name = "k" + hashlib.sha256(first.encode()).hexdigest()[:15]
    course = chain.course
    connection.execute(
        "INSERT INTO chains VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            family,
            commonest(one.statement.area for one in chain.told)[0],
            " ".join(types_of(chain.told)),
            subject_of([one.phrase for one in chain.told]),
            course.state,
            course.first,
            course.since,
            course.last,
            course.running,
            len({one.year for one in chain.told} - {None}),
            len({one.document for one in chain.told}),
            " ".join(map(str, course.silent)),
        ),
    )
    connection.executemany(
        "INSERT INTO chain_findings VALUES (?, ?, ?, ?, ?)",
        [(one.finding, name, one.member, one.document, one.year) for one in chain.told],
    )
    connection.executemany(
        "INSERT INTO chain_answers VALUES (?, ?, ?)",
        [(one.finding, name, "remedy") for one in chain.remedies]
        + [(one.finding, name, "demand") for one in chain.demands],
    )


def commonest(values: Iterable[Any]) -> list[Any]:
    """The values by how often they come, the earliest first among equals."""
    return [value for value, _ in Counter(values).most_common()]


def types_of(told: Sequence[Told]) -> list[str]:
    """All types of a chain, the commonest first, among equals in the order of the labels."""
    count = Counter(code for one in told for code in one.statement.types)
    known = list(TYPES)
    return sorted(count, key=lambda code: (-count[code], known.index(code) if code in known else len(known)))


def subject_of(phrases: Sequence[str]) -> str:
    """Of the phrases that name the subject the one that shares most words with the others.

    Among equals the one that says most: two phrases always share as much with each other.
    """
    words = [set(phrase.split()) for phrase in phrases]

    def shared(at: int) -> float:
        others = (len(words[at] & other) / max(1, len(words[at] | other)) for other in words)
        return round(sum(others), 6)

    if not phrases:
        return ""
    return phrases[max(range(len(phrases)), key=lambda at: (shared(at), len(words[at]), -at))]


def _district(connection: sqlite3.Connection, members: Iterable[int]) -> str | None:
    """Whose reports speak of the family: the issuer of most of them that is not the unit itself."""
    count: Counter[str] = Counter()
    for member in members:
        for row in connection.execute(_ISSUERS, (member,)):
            count[row["district"]] += row["many"]
    return min(count, key=lambda name: (-count[name], name)) if count else None


_ISSUERS = """
    SELECT p.district, count(*) AS many FROM unit_places p
    JOIN findings f ON f.unit_id = p.unit_id
    JOIN documents d ON d.id = f.document_id AND d.issuer_unit = p.district
    WHERE p.member_id = ? AND d.duplicate_of IS NULL
    AND p.district NOT IN (SELECT name FROM family_members WHERE family_id =
        (SELECT family_id FROM family_members WHERE id = p.member_id))
    GROUP BY p.district
"""
