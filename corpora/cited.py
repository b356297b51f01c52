"""Cited documents: each once, with all its mentions, and what they say against each other.

Completion over the dataset's documents happens here and not when a file is read: the records of a file
stay the same whatever else was ingested before it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from corpora.dataset import Dataset
from corpora.filters import Filters, conditions
from corpora.names import same_unit
from corpora.symbols import keys as search_keys
from corpora.symbols import parts
from extract.citations.across import Joined, key_parts, own_key
from extract.citations.register import Known, documents

_CITATIONS = """
    SELECT c.record, c.document_id, d.number, d.kind, d.date, d.year, d.issuer_unit, s.name AS source,
        substr(d.text, max(c.start - 100, 0) + 1, c.stop - max(c.start - 100, 0) + 100) AS words,
        c.start - max(c.start - 100, 0) AS at, f.names, f.texts,
        (SELECT p.page FROM passages p WHERE p.document_id = c.document_id AND p.start <= c.start
         AND p.stop >= c.stop ORDER BY p.stop - p.start LIMIT 1) AS page
    FROM citations c
    JOIN documents d ON d.id = c.document_id
    JOIN sources s ON s.id = d.source_id
    LEFT JOIN (
        SELECT fc.citation_id, json_group_array(DISTINCT u.name) AS names, min(f.text) AS texts
        FROM finding_citations fc JOIN findings f ON f.id = fc.finding_id JOIN units u ON u.id = f.unit_id
        WHERE f.status <> 'rejected' GROUP BY fc.citation_id
    ) f ON f.citation_id = c.id
    -- a scan and the DOCX of one report are one report
    WHERE d.duplicate_of IS NULL
    ORDER BY d.date IS NULL, d.date, s.name, d.part, c.start, c.position
"""
_OWN = """
    SELECT d.id, d.kind, d.number, d.date, json_extract(d.record, '$.issuer_unit.name') AS unit,
        json_extract(d.record, '$.issuer_unit.level') AS level
    FROM documents d JOIN sources s ON s.id = d.source_id
    WHERE d.number IS NOT NULL AND d.duplicate_of IS NULL ORDER BY s.name, d.part
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a document is cited.

    ``printed_date`` and ``printed_issuer`` stand beside this mention itself. ``words`` is the finding that
    holds it, else the text around it; ``units`` are those that its findings are about. ``joined``: the
    dataset's other documents say which document is meant. ``in_force`` is that of the citing day.
    """

    citation: str
    document: str
    number: str | None
    date: str | None
    year: int | None
    issuer_unit: str | None
    source: str
    page: int | None
    span: tuple[int, int]
    as_printed: str
    words: str
    units: tuple[str, ...]
    printed_date: str | None
    printed_issuer: str | None
    joined: bool
    in_force: bool | None
    says_replaced: bool

    @property
    def expired(self) -> bool:
        """Whether the document was no longer in force, and the sentence does not say so itself."""
        return self.in_force is False and not self.says_replaced


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document with its mentions, oldest first.

    ``resolved``: the key can mean one document only. ``held`` is the document's id where the dataset
    holds it; ``in_register`` whether the register of national documents knows it, with ``until`` (last day
    surely in force), ``ended`` (first day surely not), ``replaced_by`` and ``amended_by`` (numbers) and their
    ``source``.
    """

    key: str
    number: str
    kind: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    resolved: bool
    held: str | None
    in_register: bool
    until: str | None
    ended: str | None
    replaced_by: str | None
    amended_by: tuple[str, ...]
    source: str | None
    mentions: tuple[Mention, ...] = field(repr=False)

    @property
    def documents(self) -> tuple[str, ...]:
        """The citing documents' ids, each once."""
        return tuple(dict.fromkeys(one.document for one in self.mentions))

    @property
    def units(self) -> tuple[str, ...]:
        """The units that findings with this citation are about."""
        return tuple(dict.fromkeys(name for one in self.mentions for name in one.units))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the citing documents."""
        return tuple(sorted({one.year for one in self.mentions if one.year is not None}))

    @property
    def expired(self) -> tuple[Mention, ...]:
        """The mentions after the document's end."""
        return tuple(one for one in self.mentions if one.expired)

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON, counts beside them."""
        mentions = [{**asdict(one), "expired": one.expired} for one in self.mentions]
        return {
            "record": "cited",
            **{name: value for name, value in asdict(self).items() if name != "mentions"},
            "times": len(self.mentions),
            "documents": list(self.documents),
            "units": list(self.units),
            "years": list(self.years),
            "mentions": mentions,
        }


def cited(
    dataset: Dataset,
    asked: str | None = None,
    filters: Filters | None = None,
    *,
    expired: bool = False,
    unresolved: bool = False,
) -> list[Cited]:
    """The cited documents, most often cited first.

    ``asked`` is a number as people type it ("30/2020", "nđ 30", "739/qd-ubnd") or a key. Of the filters,
    ``unit`` keeps mentions in findings about a unit and in its own documents, ``year`` and ``document``
    those of the citing documents. ``expired`` keeps mentions of documents that were no longer in force when
    cited, ``unresolved`` numbers that do not say which document is meant. :class:`UsageError` for an unknown
    document.
    """
    filters = filters or Filters()
    kept = _keeper(dataset, filters)
    found = []
    for one in all_cited(dataset):
        if unresolved and one.resolved:
            continue
        if asked is not None and not _is_asked(one, asked):
            continue
        mentions = tuple(
            mention for mention in one.mentions if kept(mention) and (mention.expired or not expired)
        )
        if mentions:
            found.append(replace(one, mentions=mentions))
    return sorted(found, key=lambda one: (-len(one.documents), -len(one.mentions), one.key))


def _keeper(dataset: Dataset, filters: Filters) -> Callable[[Mention], bool]:
    conditions(dataset, filters)  # a wrong call is told before the archive is read
    ids = set(dataset.find_documents(filters.document)) if filters.document is not None else None

    def kept(mention: Mention) -> bool:
        if ids is not None and mention.document not in ids:
            return False
        if filters.year is not None and mention.year != filters.year:
            return False
        names = (*mention.units, *([mention.issuer_unit] if mention.issuer_unit else []))
        return filters.unit is None or any(same_unit(filters.unit, name) for name in names)

    return kept


def _is_asked(one: Cited, asked: str) -> bool:
    """Whether a person's words mean this document: its key, its number or the beginning, kind and number."""
    if asked.strip().lower() == one.key:
        return True
    wanted = parts(asked)
    if not wanted:
        return False
    names = search_keys(one.number, one.kind)
    for mention in one.mentions:
        names |= search_keys(mention.as_printed, one.kind)
    whole = "z".join(wanted)
    if whole in names or parts(one.number)[: len(wanted)] == wanted:
        return True
    # "NĐ 30", "nghị định 30": the kind, or its short form, before the number alone.
    *said, last = wanted
    key = key_parts(one.key)
    return (said == parts(one.kind or "") or said == [key.kind]) and last.lstrip("0") == key.serial.lstrip(
        "0"
    )


def all_cited(dataset: Dataset) -> Iterator[Cited]:
    """Every cited document of the dataset with every mention, as the archive cites them."""
    rows = [(json.loads(row["record"]), row) for row in dataset.query(_CITATIONS)]
    held = _held(dataset)
    # Not the register: that a number is known somewhere in the country says nothing about this archive.
    join = Joined([*(record["key"] for record, _ in rows), *held])
    groups: dict[str, list[tuple[dict[str, Any], Mention]]] = defaultdict(list)
    for record, row in rows:
        key = join.key_of(record["key"], row["date"])
        groups[key].append((record, _mention(record, row, key)))
    for key, group in groups.items():
        yield _cited(key, group, held.get(key))


def _held(dataset: Dataset) -> dict[str, tuple[str, str | None]]:
    """The dataset's own documents by the key under which they are cited: id and date."""
    found: dict[str, tuple[str, str | None]] = {}
    for row in dataset.query(_OWN):
        key = own_key(row["kind"], row["number"], row["date"], row["unit"], row["level"])
        if key:
            found.setdefault(key, (row["id"], row["date"]))
    return found


def _mention(record: dict[str, Any], row: Any, key: str) -> Mention:
    completed = record.get("completed", ())
    boxes = record.get("boxes") or ()
    known = documents().get(key)
    joined = key != record["key"]
    # Asked of the register of today: records may have been made with an older one.
    in_force = known.in_force(row["date"]) if known and row["date"] else record.get("in_force")
    return Mention(
        citation=record["id"],
        document=row["document_id"],
        number=row["number"],
        date=row["date"],
        year=row["year"],
        issuer_unit=row["issuer_unit"],
        source=row["source"],
        page=boxes[0]["page"] if boxes else row["page"],
        span=(record["span"][0], record["span"][1]),
        as_printed=record["as_printed"],
        words=row["texts"] or _around(row["words"]),
        units=tuple(json.loads(row["names"])) if row["names"] else (),
        printed_date=None if "date" in completed else record["date"],
        printed_issuer=None if "issuer" in completed else record["issuer"],
        joined=joined,
        in_force=in_force,
        says_replaced=record.get("says_replaced", False),
    )


def _around(words: str) -> str:
    return " ".join(words.split())


def _cited(
    key: str, group: Sequence[tuple[dict[str, Any], Mention]], held: tuple[str, str | None] | None
) -> Cited:
    known: Known | None = documents().get(key)
    records = [record for record, _ in group]
    mentions = tuple(mention for _, mention in group)
    register = documents()
    numbers = [record["number"] for record, mention in group if not mention.joined] or [
        record["number"] for record in records
    ]
    heir = register.get(known.replaced_by or "") if known else None
    return Cited(
        key=key,
        number=known.number if known else max(numbers, key=lambda one: (numbers.count(one), len(one), one)),
        kind=known.kind if known else _usual(record["kind"] for record in records),
        date=known.date
        if known
        else _usual(one.printed_date for one in mentions) or (held[1] if held else None),
        issuer=known.issuer if known else _usual(record["issuer"] for record in records),
        subject=known.title if known else _usual(record["subject"] for record in records),
        resolved=key_parts(key).complete,
        held=held[0] if held else None,
        in_register=known is not None,
        until=known.until if known else None,
        ended=known.ended if known else None,
        replaced_by=heir.number if heir else None,
        amended_by=tuple(register[one].number for one in known.amended_by) if known else (),
        source=known.source if known else None,
        mentions=mentions,
    )


def _usual(values: Iterable[str | None]) -> str | None:
    """The value given most often; of two, the longer one."""
    counted = Counter(value for value in values if value)
    return max(counted, key=lambda one: (counted[one], len(one), one)) if counted else None
