"""Search over findings and the rest of the documents' text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from corpora.dataset import Dataset
from corpora.filters import Filters, conditions
from corpora.symbols import keys
from corpora.wording import Wording, parse

# A match in the words themselves counts most, then the number of a document, then the unit's name.
_WEIGHTS = "2.0, 1.0, 0.5, 0.5, 2.0"

_HITS = """
    WITH matches AS MATERIALIZED ({tiers}),
    best AS MATERIALIZED (SELECT id, min(tier) AS tier, min(score) AS score FROM matches GROUP BY id)
    SELECT best.tier, p.start, p.stop, p.page, p.finding_id, d.id AS document_id, d.number,
        d.number_as_printed, d.kind, d.date, s.name AS source, f.polarity, f.area, f.record,
        coalesce(p.text, substr(d.text, p.start + 1, p.stop - p.start)) AS text
    FROM best
    JOIN passages p ON p.id = best.id
    JOIN documents d ON d.id = p.document_id
    JOIN sources s ON s.id = d.source_id
    LEFT JOIN findings f ON f.id = p.finding_id
    WHERE {conditions} AND ifnull(f.status, '') <> 'rejected'
    -- a report that lies here twice answers once, unless this copy is asked for
    AND (d.duplicate_of IS NULL OR :copies)
    -- a finding wins over the paragraph that holds it
    AND NOT (p.finding_id IS NULL AND EXISTS (
        SELECT 1 FROM passages q JOIN best b ON b.id = q.id JOIN findings g ON g.id = q.finding_id
        WHERE q.document_id = p.document_id AND g.status <> 'rejected'
        AND q.start < p.stop AND q.stop > p.start))
    ORDER BY best.tier, best.score, s.name, d.part, p.start, p.stop, p.finding_id
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that answers a search.

    ``finding`` is ``None`` for text that is no finding (headers, headings); then ``unit`` and the
    labels are empty too. ``highlights`` are ranges in ``text``; ``span`` is the place in the
    document's text, ``None`` for a header value that stands nowhere in it.
    """

    document: str
    number: str | None
    date: str | None
    source: str
    page: int | None
    finding: str | None
    unit: dict[str, Any] | None
    polarity: str | None
    area: str | None
    types: tuple[str, ...]
    text: str
    span: tuple[int, int] | None
    highlights: tuple[tuple[int, int], ...]

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {"record": "hit", **asdict(self)}


def search(dataset: Dataset, query: str, filters: Filters | None = None, limit: int = 20) -> list[Hit]:
    """The best ``limit`` places for ``query``; see :mod:`corpora.wording` for what may be typed.

    Filters on unit or labels leave findings only. Rejected findings are not found.
    :class:`UsageError` for an unknown label or document in the filters.
    """
    filters = filters or Filters()
    where, values = conditions(dataset, filters)
    if filters.about_findings:
        where += " AND p.finding_id IS NOT NULL"
    wording = parse(query)
    tiers = wording.tiers()
    if not tiers or limit <= 0:
        return []
    sql = _HITS.format(
        conditions=where,
        tiers=" UNION ALL ".join(
            f"SELECT rowid AS id, {place} AS tier, bm25(passages_fts, {_WEIGHTS}) AS score "
            f"FROM passages_fts WHERE passages_fts MATCH :tier{place}"
            for place in range(len(tiers))
        ),
    )
    values["copies"] = filters.document is not None
    values.update({f"tier{place}": tier.match for place, tier in enumerate(tiers)}, limit=limit)
    return [_hit(dataset, wording, row, tiers[row["tier"]].bare) for row in list(dataset.query(sql, values))]


def _hit(dataset: Dataset, wording: Wording, row: Any, bare: bool) -> Hit:
    finding = json.loads(row["record"]) if row["record"] else {}
    marked = _numbers_in(dataset, row) if any(atom.key for atom in wording.atoms) else []
    return Hit(
        document=row["document_id"],
        number=row["number"],
        date=row["date"],
        source=row["source"],
        page=row["page"],
        finding=row["finding_id"],
        unit=finding.get("unit"),
        polarity=row["polarity"],
        area=row["area"],
        types=tuple(finding.get("types", ())),
        text=row["text"],
        span=(row["start"], row["stop"]) if row["stop"] > row["start"] else None,
        highlights=tuple(wording.highlights(row["text"], marked, bare)),
    )


def _numbers_in(dataset: Dataset, row: Any) -> list[tuple[int, int, set[str]]]:
    """Numbers of documents that stand in a hit, as ranges of its text with the keys they are found under."""
    found = [
        (cited["start"] - row["start"], cited["stop"] - row["start"], names)
        for cited in dataset.query(
            "SELECT kind, number, as_printed, start, stop FROM citations "
            "WHERE document_id = ? AND start < ? AND stop > ?",
            (row["document_id"], row["stop"], row["start"]),
        )
        for names in [keys(cited["number"], cited["kind"]) | keys(cited["as_printed"], cited["kind"])]
    ]
    own = keys(row["number"] or "", row["kind"]) | keys(row["number_as_printed"] or "", row["kind"])
    for number in {row["number"], row["number_as_printed"]} - {None, ""}:
        place = row["text"].find(number)
        if place >= 0:
            found.append((place, place + len(number), own))
    size = len(row["text"])
    return [(max(0, start), min(size, end), names) for start, end, names in found]
