"""Measured values with the unit that each belongs to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from corpora.dataset import Dataset
from corpora.overview.records import Key, Measured, Scope


def measured(
    dataset: Dataset, key_of: Mapping[int, Key], documents: set[str], scope: Scope
) -> Iterator[Measured]:
    """The values that some documents tell of; ``key_of`` says which unit a member belongs to."""
    members: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    of_row: dict[tuple[int, str, str], int] = {}
    for row in dataset.query(
        """SELECT u.id, u.name, p.district, p.day, p.member_id FROM unit_places p
        JOIN units u ON u.id = p.unit_id"""
    ):
        members[row["name"], row["district"], row["day"]].add(row["member_id"])
        of_row[row["id"], row["district"], row["day"]] = row["member_id"]
    for row in dataset.query(_MEASURED):
        if row["document"] not in documents:
            continue
        if scope.area is not None and row["area"] != scope.area:
            continue
        days = [(row["district"], day) for day in ("", row["date"])]
        found = {of_row[row["unit_id"], *where] for where in days if (row["unit_id"], *where) in of_row} or {
            member for where in days for member in members.get((row["unit"], *where), ())
        }
        place = key_of.get(next(iter(found))) if len(found) == 1 else None
        if place is None and scope.unit is not None:
            continue
        record = json.loads(row["record"])
        yield Measured(
            place,
            row["unit"],
            row["indicator"],
            row["value"],
            record["as_printed"],
            row["numerator"],
            row["denominator"],
            (record["period"] or {}).get("label"),
            int(row["period_end"][:4]) if row["period_end"] else row["year"],
            row["document"],
            row["page"],
            row["text"],
        )


# The finding's unit tells units of one name apart; a value may be another unit's than its sentence is about.
_MEASURED = """
    SELECT m.unit, m.indicator, m.value, m.numerator, m.denominator, m.period_end, m.record,
        d.id AS document, d.year, ifnull(d.date, '') AS date, ifnull(d.issuer_unit, '') AS district,
        f.area, f.text, iif(u.name = m.unit, u.id, NULL) AS unit_id,
        ifnull(f.page, (SELECT p.page FROM passages p WHERE p.document_id = d.id AND p.page IS NOT NULL
            AND p.start <= m.start AND p.stop >= m.stop ORDER BY p.start DESC LIMIT 1)) AS page
    FROM measurements m JOIN documents d ON d.id = m.document_id
    LEFT JOIN findings f ON f.id = m.finding_id LEFT JOIN units u ON u.id = f.unit_id
    WHERE d.duplicate_of IS NULL AND ifnull(f.status, '') <> 'rejected'
    ORDER BY d.year IS NULL, d.year, ifnull(d.date, ''), d.id, m.start, m.position
"""
