"""Notes of documents set against each other: what a question about contradictions reads."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from corpora.checks.found import Discrepancy, Place
from corpora.checks.letters import letters, reports, silent
from corpora.checks.notes import again, told
from corpora.checks.praise import Statement, praise_and_blame
from corpora.checks.sheets import Brief, Owner, load
from corpora.checks.unresolved import Known, before_register, unknown
from corpora.checks.values import Value, values
from corpora.dataset import Dataset
from corpora.lineage import Identity, Lineage

_RANK = {"province": 0, "district": 1}


@dataclass(frozen=True, slots=True)
class Head:
    """A document as results name it; ``order`` is its place by source and part."""

    order: int
    note: int
    brief: Brief
    source_id: int
    number: str | None
    date: str | None
    district: str | None
    number_place: str | None
    date_place: str | None

    def place(self, kept: str | None, value: str | None) -> Place:
        """A place that was kept, with the value that is at odds there."""
        return self.where([*json.loads(kept)[:3], value, None] if kept else [None, None, "", value, None])

    def where(self, kept: list[Any]) -> Place:
        """A place as a note keeps it."""
        page, span, words, value, record = kept
        own = self.brief
        return Place(
            own.id,
            self.number,
            self.date,
            own.source,
            page,
            tuple(span) if span else None,
            words,
            value,
            record,
        )


class Noted:
    """The notes of a dataset's documents, copies left out, which are up to date when this is made."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.heads: dict[str, Head] = {}
        for order, row in enumerate(dataset.query(_HEADS)):
            period = (row["period_start"], row["period_end"]) if row["period_start"] else None
            brief = Brief(row["id"], row["source"], row["part"], row["year"], period, bool(row["scanned"]))
            self.heads[row["id"]] = Head(
                order,
                row["note"],
                brief,
                row["source_id"],
                row["number"],
                row["date"],
                row["issuer_unit"],
                row["number_place"],
                row["date_place"],
            )
        self._of_note = {head.note: head for head in self.heads.values()}
        self._identities: dict[str, Identity] | None = None

    def of_one(self) -> Iterator[Discrepancy]:
        """What is wrong with documents alone, or with what the register knows."""
        known = Known.of(self._dataset)
        for row in self._dataset.query("SELECT id, found, strangers FROM check_notes"):
            head = self._of_note.get(row["id"])
            if head is None:
                continue
            yield from again(row["found"]) if row["found"] != "[]" else ()
            if row["strangers"] != "[]":
                yield from unknown(again(row["strangers"]), head.district, known)
            where = head.place(None, None)
            if (early := before_register(where, head.district, head.brief.year, known)) is not None:
                yield early

    def letters(self) -> Iterator[Discrepancy]:
        """What letters blame and their reports do not; a pair that was compared is not read again."""
        rows = list(self._dataset.query(_LETTERS))
        for row in rows:
            head = self._of_note.get(row["id"])
            if head is None:
                continue
            own = head.brief
            cites = json.loads(row["cites"])
            found = reports(self._dataset, own.id, head.source_id, own.part, head.district, own.year, cites)
            met = json.dumps([[one, self.heads[one].note if one in self.heads else None] for one in found])
            if row["reports"] == met:
                yield from again(row["told"])
                continue
            blames = json.loads(row["blamed"])
            # A copy has no notes: whether it is silent is told by reading it.
            named = [self._named(one) if one in self.heads else None for one in found]
            if any(names is None or silent(names, blames) for names in named):
                results = list(letters(self._dataset, load(self._dataset, own.id)))
            else:
                results = []
            self._keep(row["id"], met, results)
            yield from results

    def _named(self, document: str) -> list[str]:
        (row,) = self._dataset.query("SELECT named FROM check_notes WHERE document_id = ?", (document,))
        return json.loads(row["named"]) if row["named"] else []

    def _keep(self, note: int, met: str, results: list[Discrepancy]) -> None:
        values = (note, met, told(results))
        sql = "INSERT OR REPLACE INTO check_letters VALUES (?, ?, ?)"
        if self._dataset.writable:
            with self._dataset.transaction() as connection:
                connection.execute(sql, values)
        else:
            self._dataset.aside.execute(sql, values)

    # --- of several documents ---------------------------------------------------------------------

    def _identity(self, owner: str) -> Identity:
        """Who is meant by a unit as documents name it."""
        if self._identities is None:
            lineage = Lineage.of(self._dataset)
            rows = self._dataset.query(
                "SELECT owner FROM check_values UNION SELECT owner FROM check_statements"
            )
            owners = {row["owner"]: Owner(*json.loads(row["owner"])) for row in rows}
            # A district's own name may be learned from its reports, and is asked for by those of its units.
            order = sorted(owners, key=lambda one: (_RANK.get(owners[one].level, 2), one))
            self._identities = {
                one: lineage.identify(
                    owners[one].name, owners[one].level, owners[one].code, owners[one].district
                )
                for one in order
            }
        return self._identities[owner]

    def values(self) -> Iterator[Discrepancy]:
        """One indicator with two values; read in full is only what has two figures for one period."""
        rows = self._ordered(
            "SELECT note_id, id, owner, indicator, period, figure FROM check_values ORDER BY note_id, id"
        )
        figures: dict[tuple[Any, ...], set[str]] = defaultdict(set)

        def thing(head: Head, row: tuple[Any, ...]) -> tuple[Any, ...]:
            return self._identity(row[2]), row[3], row[4] or head.note

        for head, row in rows:
            figures[thing(head, row)].add(row[5])
        kept = [(head, row) for head, row in rows if len(figures[thing(head, row)]) > 1]
        details = self._details("check_values", (row[1] for _, row in kept))
        yield from values(
            ((self._identity(row[2]), row[3]), _value(head, row, details[row[1]])) for head, row in kept
        )

    def praise_and_blame(self) -> Iterator[Discrepancy]:
        """Praise and blame for one thing; read in full is only what can meet its opposite."""
        rows = self._ordered(
            "SELECT note_id, id, owner, polarity, area, aspects, period FROM check_statements "
            "ORDER BY note_id, id"
        )
        sides: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for head, (_, _, owner, polarity, _, aspects, period) in rows:
            for at in (head.note, period):
                if at is not None:
                    sides[self._identity(owner), at][polarity] |= aspects

        def meets(head: Head, row: tuple[Any, ...]) -> bool:
            other = "deficiency" if row[3] == "achievement" else "achievement"
            who = self._identity(row[2])
            return any(sides[who, at][other] & row[5] for at in (head.note, row[6]) if at is not None)

        kept = [(head, row) for head, row in rows if meets(head, row)]
        if not kept:
            return
        details = self._details("check_statements", (row[1] for _, row in kept))
        frequency: Counter[str] = Counter()
        total = 0
        for row in self._dataset.query("SELECT id, statements, words FROM check_notes"):
            if row["id"] in self._of_note:
                total += row["statements"]
                frequency.update(json.loads(row["words"]))
        found = [(self._identity(row[2]), _statement(head, row, details[row[1]])) for head, row in kept]
        yield from praise_and_blame(found, frequency, total)

    def _ordered(self, sql: str) -> list[tuple[Head, tuple[Any, ...]]]:
        """Rows by the order of their documents."""
        rows = [
            (self._of_note[row[0]], row)
            for row in map(tuple, self._dataset.query(sql))
            if row[0] in self._of_note
        ]
        return sorted(rows, key=lambda one: one[0].order)

    def _details(self, table: str, ids: Iterable[int]) -> dict[int, list[Any]]:
        rows = self._dataset.query(
            f"SELECT id, detail FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {row["id"]: json.loads(row["detail"]) for row in rows}

    def citations(self, citations: Iterable[str]) -> dict[str, tuple[int | None, str]]:
        """Page and sentence of citations."""
        rows = self._dataset.query(
            "SELECT citation_id, page, words FROM check_citations "
            "WHERE citation_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(citations)),),
        )
        return {row["citation_id"]: (row["page"], row["words"]) for row in rows}


def _value(head: Head, row: tuple[Any, ...], detail: list[Any]) -> Value:
    around, about, printed, numerator, denominator, rough, where = detail
    own = head.brief
    return Value(
        sheet=own.id,
        date=head.date,
        scanned=own.scanned,
        sentence=(around[0], around[1]),
        about=frozenset(about),
        period=_period(row[4]),
        printed=printed,
        figure=row[5],
        numerator=numerator,
        denominator=denominator,
        rough=rough,
        unit=json.loads(row[2])[0],
        place=head.where(where),
        year=own.year,
    )


def _statement(head: Head, row: tuple[Any, ...], detail: list[Any]) -> Statement:
    span, around, subject, aspects, where = detail
    return Statement(
        json.loads(row[2])[0],
        row[3],
        row[4],
        (span[0], span[1]),
        head.brief,
        head.where(where),
        (around[0], around[1]),
        frozenset(subject),
        frozenset(aspects),
    )


def _period(kept: str | None) -> tuple[str, str] | None:
    if kept is None:
        return None
    start, end = kept.split(" ")
    return start, end


_HEADS = """
    SELECT d.id, d.source_id, d.part, d.number, d.date, d.year, d.issuer_unit, d.period_start, d.period_end,
        n.id AS note, n.scanned, n.number_place, n.date_place, s.name AS source
    FROM documents d JOIN sources s ON s.id = d.source_id JOIN check_notes n ON n.document_id = d.id
    WHERE d.duplicate_of IS NULL ORDER BY s.name, d.part
"""
_LETTERS = """
    SELECT n.id, n.blamed, n.cites, l.reports, l.found AS told
    FROM check_notes n LEFT JOIN check_letters l ON l.note_id = n.id WHERE n.blamed IS NOT NULL
"""
