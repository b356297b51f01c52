"""Where documents are cited: all of a dataset in few words, or some mentions with everything.

Which document a shortened number means rests on all documents of the dataset (:class:`Citing`), so it is
settled when something is asked: what was forgotten completes nothing any more. Whatever walks over all
citations reads indexes alone; words, pages and units are read for the mentions that are shown.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from corpora.dataset import Dataset
from extract.citations.across import Joined
from extract.citations.register import documents


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


class Told(NamedTuple):
    """A mention with what its own citation says of the cited document."""

    mention: Mention
    number: str
    kind: str | None
    issuer: str | None
    subject: str | None


class Head(NamedTuple):
    """A citing document: what a mention says of it; ``order`` is its place among all, oldest first."""

    order: int
    source: str
    date: str | None
    year: int | None
    number: str | None
    issuer_unit: str | None
    paged: bool


class Said(NamedTuple):
    """What is compared of a mention; ``key`` is that of the document meant, ``joined`` if it says less.

    ``date`` and ``issuer`` stand beside the mention itself.
    """

    citation: str
    document: str
    key: str
    joined: bool
    number: str
    date: str | None
    issuer: str | None


class Citing:
    """The citing documents of a dataset, copies left out, and which document each of their keys means."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.heads: dict[str, Head] = {}
        held: list[tuple[str, int, str, str, str | None]] = []
        for order, row in enumerate(dataset.query(_HEADS)):
            self.heads[row["id"]] = Head(
                order,
                row["source"],
                row["date"],
                row["year"],
                row["number"],
                row["issuer_unit"],
                row["first_page"] is not None,
            )
            if row["cited_as"]:
                held.append((row["source"], row["part"], row["cited_as"], row["id"], row["date"]))
        self.held: dict[str, tuple[str, str | None]] = {}
        """The dataset's own documents by the key under which they are cited: id and date."""
        for _, _, key, document, date in sorted(held, key=lambda one: one[:2]):
            self.held.setdefault(key, (document, date))
        self._years = {document: (head.date or "")[:4] for document, head in self.heads.items()}
        rows = [row for row in map(tuple, dataset.query(_SAID)) if row[0] in self.heads]
        self._rows = sorted(rows, key=lambda row: self.heads[row[0]].order)
        said = {(row[1], self._years[row[0]]) for row in self._rows}
        # Not the register: that a number is known somewhere in the country says nothing about this archive.
        joined = Joined([*{key for key, _ in said}, *self.held])
        self._meant = {(key, year): joined.key_of(key, year or None) for key, year in said}
        self.keys: dict[str, set[str]] = defaultdict(set)
        """The keys of all mentions by the key of the document that they mean."""
        for (key, _), meant in self._meant.items():
            self.keys[meant].add(key)

    def said(self) -> Iterator[Said]:
        """All mentions, oldest first."""
        for document, key, number, date, issuer, _, _, citation in self._rows:
            meant = self._meant[key, self._years[document]]
            yield Said(citation, document, meant, meant != key, number, date, issuer)

    def times(self, passes: Callable[[str, str], bool] | None, expired: bool) -> dict[str, Counter[str]]:
        """How often each document is cited in which others, by the key that is meant.

        ``passes`` is asked of citing document and citation; ``expired`` leaves only mentions of documents no
        longer in force.
        """
        found: dict[str, Counter[str]] = defaultdict(Counter)
        years, meanings = self._years, self._meant
        for document, key, _, _, _, in_force, says_replaced, citation in self._rows:
            if passes is not None and not passes(document, citation):
                continue
            meant = meanings[key, years[document]]
            if expired and (
                says_replaced or _in_force(meant, self.heads[document].date, in_force) is not False
            ):
                continue
            found[meant][document] += 1
        return found

    def about(self, units: Iterable[int]) -> set[str]:
        """The citations in findings about these rows of the units table."""
        return {row["id"] for row in self._dataset.query(_ABOUT, (json.dumps(list(units)),))}

    def printed_with(self, digits: str) -> set[str]:
        """The keys of mentions that are printed with these digits, or are numbered with them."""
        return {row["key"] for row in self._dataset.query(_PRINTED, {"digits": digits})}

    def of_keys(self, keys: set[str]) -> dict[str, list[Told]]:
        """Every mention of the documents that these keys are of, oldest first."""
        asked = set[str]().union(*(self.keys[key] for key in keys if key in self.keys))
        found: dict[str, list[Told]] = defaultdict(list)
        for key, told in self._told("c.key", sorted(asked)):
            if key in keys:
                found[key].append(told)
        return found

    def of_citations(self, citations: Iterable[str]) -> dict[str, Told]:
        """Some mentions by the ids of their citations."""
        return {told.mention.citation: told for _, told in self._told("c.id", list(citations))}

    def _told(self, column: str, values: list[str]) -> Iterator[tuple[str, Told]]:
        asked = (json.dumps(values),)
        rows = [
            (self.heads[row[1]], row)
            for row in map(tuple, self._dataset.query(_MENTIONS.format(column), asked))
            if row[1] in self.heads
        ]
        rows.sort(key=lambda one: (one[0].order, one[1][2], one[1][3]))
        names, words = self._findings([row[0] for _, row in rows])
        around = self._around([row for _, row in rows if not words.get(row[0])])
        for head, (citation, document, start, _, stop, said, *rest) in rows:
            kind, number, as_printed, issuer, subject, day, by, page, in_force, says_replaced = rest
            key = self._meant[said, self._years[document]]
            if page is None and head.paged:
                page = self._page(document, start, stop)
            mention = Mention(
                citation,
                document,
                head.number,
                head.date,
                head.year,
                head.issuer_unit,
                head.source,
                page,
                (start, stop),
                as_printed,
                words.get(citation) or around[citation],
                tuple(names.get(citation, ())),
                day,
                by,
                key != said,
                _in_force(key, head.date, in_force),
                bool(says_replaced),
            )
            yield key, Told(mention, number, kind, issuer, subject)

    def _findings(self, citations: list[str]) -> tuple[dict[str, dict[str, None]], dict[str, str]]:
        """Units and words of the findings that hold the citations."""
        names: dict[str, dict[str, None]] = defaultdict(dict)
        words: dict[str, str] = {}
        for row in self._dataset.query(_FINDINGS, (json.dumps(citations),)):
            names[row[0]][row[1]] = None
            words[row[0]] = min(words.get(row[0], row[2]), row[2])
        return names, words

    def _around(self, rows: Iterable[tuple[Any, ...]]) -> dict[str, str]:
        """The words around citations, each document's text read once."""
        inside: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in rows:
            inside[row[1]].append(row)
        found = {}
        for document, text in self._dataset.query(_TEXTS, (json.dumps(list(inside)),)):
            for citation, _, start, _, stop, *_ in inside[document]:
                found[citation] = " ".join(text[max(start - _AROUND, 0) : stop + _AROUND].split())
        return found

    def _page(self, document: str, start: int, stop: int) -> int | None:
        """The page of the smallest passage around a citation that has no place of its own on a page."""
        found = list(self._dataset.query(_PAGE, (document, start, stop)))
        return found[0]["page"] if found else None


_AROUND = 100
"""So many letters before and behind a citation outside findings are shown."""


def _in_force(key: str, date: str | None, recorded: int | None) -> bool | None:
    # Asked of the register of today: records may have been made with an older one.
    known = documents().get(key)
    if known is not None and date:
        return known.in_force(date)
    return None if recorded is None else bool(recorded)


_HEADS = """
    SELECT d.id, d.part, d.date, d.year, d.number, d.issuer_unit, d.first_page, d.cited_as, s.name AS source
    FROM documents d INDEXED BY documents_listed JOIN sources s ON s.id = d.source_id
    -- a scan and the DOCX of one report are one report
    WHERE d.duplicate_of IS NULL
    ORDER BY d.date IS NULL, d.date, s.name, d.part
"""
_SAID = """
    SELECT document_id, key, number, own_date, own_issuer, in_force, says_replaced, id
    FROM citations INDEXED BY citations_of_document ORDER BY document_id, start, position
"""
_ABOUT = """
    SELECT fc.citation_id AS id FROM json_each(?) asked JOIN findings f ON f.unit_id = asked.value
    JOIN finding_citations fc ON fc.finding_id = f.id WHERE f.status <> 'rejected'
"""
_PRINTED = """
    SELECT DISTINCT key FROM citations INDEXED BY citations_printed
    WHERE instr(number, :digits) OR instr(as_printed, :digits) OR instr(key, :digits)
"""
_MENTIONS = """
    SELECT c.id, c.document_id, c.start, c.position, c.stop, c.key, c.kind, c.number, c.as_printed, c.issuer,
        c.subject, c.own_date, c.own_issuer, c.page, c.in_force, c.says_replaced
    FROM citations c WHERE {} IN (SELECT value FROM json_each(?))
"""
_FINDINGS = """
    SELECT fc.citation_id, u.name, f.text
    FROM json_each(?) asked JOIN finding_citations fc ON fc.citation_id = asked.value
    JOIN findings f ON f.id = fc.finding_id JOIN units u ON u.id = f.unit_id
    WHERE f.status <> 'rejected' ORDER BY fc.citation_id, fc.finding_id
"""
_TEXTS = "SELECT id, text FROM documents WHERE id IN (SELECT value FROM json_each(?))"
_PAGE = """
    SELECT page FROM passages WHERE document_id = ? AND start <= ? AND stop >= ?
    ORDER BY stop - start LIMIT 1
"""
