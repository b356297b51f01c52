"""People's answers laid over the machine's findings: what the dataset shows.

Two layers: the machine's records, kept aside in ``machine_records`` where an answer changes one, and the
answers (:mod:`annotations.corrections`). :func:`merge` takes the first back and lays the second
over it anew, so that the same two layers always give the same dataset, whatever was merged before.

What an answer does to the findings on its statement: labels become the person's; the status is
``accepted`` where they are the machine's too, else ``corrected``, and the record keeps the machine's labels
under ``machine``. A rejected one keeps its labels and leaves all counts. Of a statement that the machine did
not cut so, a finding is ``added``; the machine's that it covers in part are rejected with it. A unit
that the person names takes the place of one that the person leaves out, and its figures go with it; of
those that are then over, the named ones are added and the others rejected. The confidence of a label or unit
that a person changed is 1.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from annotations.anchor import SAME, shared
from annotations.corrections import Correction, Log, standing
from annotations.records import Annotation
from corpora import machine_rows, writing
from corpora.names import same_unit
from corpora.rows import encode, indexed
from corpora.symbols import keys
from extract.document import Span, UnitMention
from extract.units.names import level_of_kind

LOST = "answers_lost"
"""Code of the warning on a document whose text lacks words that a person judged."""

_ALIKE = 0.8
"""Part of their words that two readings of one statement have in common at least."""

Record = dict[str, Any]


@dataclass(slots=True)
class Merged:
    """What came of merging one document: findings by status, and the answers that found no place."""

    counts: dict[str, int] = field(default_factory=dict)
    lost: list[Correction] = field(default_factory=list)


def merge_source(connection: sqlite3.Connection, source_id: int, log: Log) -> list[Merged]:
    """Merge all documents of a source; inside someone else's transaction."""
    rows = connection.execute("SELECT id FROM documents WHERE source_id = ? ORDER BY part", (source_id,))
    return [merge(connection, row["id"], log) for row in rows.fetchall()]


def merge(connection: sqlite3.Connection, document_id: str, log: Log) -> Merged:
    """Lay the answers over one document; inside someone else's transaction."""
    row = connection.execute(
        "SELECT d.text, d.part, d.date, d.record, s.name FROM documents d "
        "JOIN sources s ON s.id = d.source_id WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    machine_rows.take_back(connection, document_id)
    placed, lost = log.of(row["name"], row["part"], row["text"])
    lost = [one for one in standing_apart(lost) if not _given_again(one, placed)]
    _warn(connection, document_id, json.loads(row["record"]), lost)
    answers = standing(placed)
    if answers:
        _Document(connection, document_id, row["text"], row["date"]).lay(answers)
    counted = connection.execute(
        "SELECT status, count(*) AS many FROM findings WHERE document_id = ? GROUP BY status", (document_id,)
    )
    return Merged({found["status"]: found["many"] for found in counted}, lost)


def standing_apart(lost: Iterable[Correction]) -> list[Correction]:
    """The latest of the lost answers to each statement, which now are known by their words alone."""
    return list({(one.before, one.annotation.text): one for one in lost}.values())


def _given_again(lost: Correction, placed: Sequence[Correction]) -> bool:
    """Whether a person has since judged the statement as it reads now."""
    words = lost.annotation.text.split()
    return any(
        (one.annotation.reviewed_at or "") >= (lost.annotation.reviewed_at or "")
        and SequenceMatcher(None, words, one.annotation.text.split(), autojunk=False).ratio() >= _ALIKE
        for one in placed
    )


def _warn(
    connection: sqlite3.Connection, document_id: str, record: Record, lost: Sequence[Correction]
) -> None:
    """Say on the document which answers found no place; take it back where they did."""
    warnings = [one for one in record["warnings"] if one["code"] != LOST]
    if lost:
        words = "; ".join(f"“{one.annotation.text[:60]}” ({one.annotation.reviewer})" for one in lost[:3])
        more = "" if len(lost) <= 3 else f" và {len(lost) - 3} ý khác"
        message = (
            f"{len(lost)} ý đã duyệt không còn chỗ trong văn bản như đọc lần này, nhưng vẫn được giữ: "
            f"{words}{more}. Cần duyệt lại, bằng lệnh: rasoat review --write PATH --document SOURCE"
        )
        warnings.append({"code": LOST, "message": message})
    if warnings != record["warnings"]:
        connection.execute(
            "UPDATE documents SET record = ? WHERE id = ?",
            (encode({**record, "warnings": warnings}), document_id),
        )


class _Document:
    """One document while answers are laid over it."""

    def __init__(self, connection: sqlite3.Connection, document_id: str, text: str, date: str | None) -> None:
        self.connection = connection
        self.id = document_id
        self.text = text
        self.date = date
        self.findings = self._records("findings")
        self.answered: set[str] = set()
        rows = connection.execute(
            "SELECT DISTINCT u.id, u.name, u.level, u.code FROM findings f JOIN units u ON u.id = f.unit_id "
            "WHERE f.document_id = ?",
            (document_id,),
        )
        self.rows: dict[str, int] = dict(
            connection.execute("SELECT id, unit_id FROM findings WHERE document_id = ?", (document_id,))
        )
        self.units: dict[tuple[str, str, str | None], int] = {
            (row["name"], row["level"], row["code"]): row["id"] for row in rows
        }
        self.answer: Correction

    def _records(self, table: str) -> list[Record]:
        rows = self.connection.execute(
            f"SELECT record FROM {table} WHERE document_id = ? ORDER BY start, stop, position", (self.id,)
        )
        return [json.loads(row["record"]) for row in rows]

    def lay(self, answers: Sequence[Correction]) -> None:
        """Lay ``answers`` over the findings: first those the machine found too, then those it did not."""
        unmatched = []
        for self.answer in answers:
            matched = [one for one in self.findings if shared(_span(one), self._said.span) > SAME]
            self.answered |= {one["id"] for one in matched}
            if not matched:
                unmatched.append(self.answer)
            elif self._said.answer == "rejected":
                for one in matched:
                    self._change(one, "rejected")
            else:
                self._answer(matched)
        for self.answer in unmatched:
            if self._said.answer != "rejected":
                self._add_statement()

    @property
    def _said(self) -> Annotation:
        return self.answer.annotation

    def _answer(self, matched: Sequence[Record]) -> None:
        names = self._said.units
        others = []
        for one in matched:
            if names is None or any(same_unit(name, one["unit"]["name"]) for name in names):
                self._change(one, "answered")
            else:
                others.append(one)
        known = [one["unit"]["name"] for one in matched]
        missing = [name for name in names or () if not any(same_unit(name, one) for one in known)]
        units = [self._unit(name) for name in missing]
        for one, unit in zip(others, units, strict=False):
            self._change(one, "answered", unit)
        for one in others[len(units) :]:
            self._change(one, "rejected")
        for unit in units[len(others) :]:
            self._add(unit, matched[0]["section"], matched[0]["boxes"])

    def _add_statement(self) -> None:
        crossed = [one for one in self.findings if _cross(_span(one), self._said.span)]
        before = [one for one in self.findings if one["span"][0] <= self._said.span[0]]
        section = (crossed or before[-1:] or self.findings[:1] or [{"section": []}])[0]["section"]
        for one in crossed:
            if one["id"] not in self.answered:
                self._change(one, "rejected")
        for unit in self._units(crossed):
            self._add(unit, section, [])

    def _units(self, crossed: Sequence[Record]) -> list[Record]:
        """The units of a statement of a person's own: those named, else those around it where they agree."""
        if self._said.units:
            return [self._unit(name) for name in self._said.units]
        start = self._said.span[0]
        around = [one for one in self.findings if one["span"][1] <= start][-1:]
        around += [one for one in self.findings if one["span"][0] >= start][:1]
        near = {one["unit"]["name"]: one["unit"] for one in crossed or around}
        if crossed or len(near) == 1:
            return list(near.values())
        return [UnitMention("all", "group", "").to_record()]

    def _unit(self, name: str) -> Record:
        """The unit that a person means: one of the document, else of the register, else as it is written."""
        for one in self.findings:
            if same_unit(name, one["unit"]["name"]):
                found: Record = one["unit"]
                return found
        rows = self.connection.execute(
            "SELECT id, name, level, code, valid_from, valid_to FROM units WHERE registered ORDER BY code, id"
        ).fetchall()
        known = [row for row in rows if same_unit(name, row["name"])]
        # One name in turn: the register has a unit before and after it got another parent or code.
        known = [row for row in known if self._stood(row)] or known
        if len(known) == 1:
            row = known[0]
            self.units[row["name"], row["level"], row["code"]] = row["id"]
            return UnitMention(row["name"], row["level"], name, row["code"], "exact").to_record()
        codes = tuple(row["code"] for row in known if row["code"])
        words = name.split()
        kind = " ".join(words[: 2 if words[0].lower() in ("thị", "thành", "đặc") else 1])
        return UnitMention(name, level_of_kind(kind), name, None, "none", codes).to_record()

    def _stood(self, unit: sqlite3.Row) -> bool:
        """Whether a unit of the register was there on the document's day; on no day, none is told apart."""
        return not self.date or (
            unit["valid_from"] <= self.date and (not unit["valid_to"] or self.date <= unit["valid_to"])
        )

    def _change(self, machine: Record, how: str, unit: Record | None = None) -> None:
        """Write a finding as the answer says, of another ``unit`` if one is given; the machine's record is
        kept aside."""
        self._keep("finding", machine)
        record = {**machine, **self._who()}
        if how == "rejected":
            record["status"] = "rejected"
        elif unit is None and _same_labels(machine, self._said):
            record["status"] = "accepted"
        else:
            said = ("polarity", "area", "types", "confidence", *(("unit",) if unit else ()))
            record |= self._labels() | {
                "status": "corrected",
                "confidence": self._confidence(machine) | ({"unit": 1.0} if unit else {}),
                "machine": {name: machine[name] for name in said},
            }
        if unit is not None:
            record["unit"] = unit
            self._move(machine, unit)
            machine_rows.place(self.connection, record, self._row_of(unit))
        machine_rows.write_finding(self.connection, record)

    def _move(self, machine: Record, unit: Record) -> None:
        """Give the figures of a finding to the unit that it is of."""
        for one in self._records("measurements"):
            if one["finding"] == machine["id"]:
                self._keep("measurement", one)
                machine_rows.write(self.connection, "measurement", {**one, "unit": unit})

    def _row_of(self, unit: Record) -> int:
        key = (unit["name"], unit["level"], unit["code"])
        return self.units.get(key) or writing.unit_id(self.connection, *key)

    def _add(self, unit: Record, section: list[str], boxes: list[Record]) -> None:
        """Insert a finding that the machine does not have, tied to the figures and citations on its words."""
        start, stop = self._said.span
        digest = hashlib.sha256(f"{self.id}|{start}|{stop}|{unit['name']}|added".encode()).hexdigest()
        measured, cited = self._on_it("measurements"), self._on_it("citations")
        measured = [one for one in measured if one["finding"] is None]
        record = {
            "record": "finding",
            "id": f"f{digest[:15]}",
            "document": self.id,
            "unit": unit,
            "text": self.text[start:stop],
            "span": [start, stop],
            "section": section,
            "boxes": boxes,
            "measurements": [one["id"] for one in measured],
            "citations": [one["id"] for one in cited],
            "confidence": {"unit": 1.0, "polarity": 1.0, "area": 1.0, "types": [1.0] * len(self._said.types)},
            **self._labels(),
            **self._who(),
            "status": "added",
        }
        self._insert(record, boxes[0]["page"] if boxes else self._page(start), cited)
        for one in measured:
            self._keep("measurement", one)
            machine_rows.write(self.connection, "measurement", {**one, "finding": record["id"], "unit": unit})
        for one in cited:
            # Of several units' findings each stands in the record that the one before has written.
            self._keep("citation", one)
            machine_rows.write(
                self.connection, "citation", {**one, "findings": [*one["findings"], record["id"]]}
            )
            writing.insert_only(self.connection, "finding_citations", (record["id"], one["id"]))

    def _insert(self, record: Record, page: int | None, cited: Sequence[Record]) -> None:
        unit = record["unit"]
        writing.insert(
            self.connection,
            "findings",
            {
                "id": record["id"],
                "document_id": self.id,
                "unit_id": self._row_of(unit),
                "polarity": record["polarity"],
                "area": record["area"],
                "start": record["span"][0],
                "stop": record["span"][1],
                "page": page,
                "section": ".".join(record["section"]),
                "status": "added",
                "text": record["text"],
                "position": len(self.findings),
                "record": encode(record),
            },
        )
        for code in record["types"]:
            writing.insert_only(self.connection, "finding_types", (record["id"], code))
        symbols = {key for one in cited for key in keys(one["number"], one["kind"])}
        place = {"start": record["span"][0], "stop": record["span"][1], "page": page, "text": None}
        passage = {"document_id": self.id, "finding_id": record["id"], **place}
        rowid = writing.insert(self.connection, "passages", passage)
        name = "" if unit["level"] == "group" else unit["name"]
        words = indexed(record["text"], name, symbols)
        writing.insert(self.connection, "passages_fts", {"rowid": rowid, **words})

    def _on_it(self, table: str) -> list[Record]:
        start, stop = self._said.span
        return [one for one in self._records(table) if start <= one["span"][0] and one["span"][1] <= stop]

    def _page(self, start: int) -> int | None:
        """The page of a place in the text: that of the nearest passage that begins before it."""
        row = self.connection.execute(
            "SELECT page FROM passages WHERE document_id = ? AND start <= ? AND page IS NOT NULL "
            "ORDER BY start DESC LIMIT 1",
            (self.id, start),
        ).fetchone()
        return row["page"] if row else None

    def _keep(self, kind: str, record: Record) -> None:
        machine_rows.keep(self.connection, self.id, kind, record, self.rows.get(record["id"]))

    def _who(self) -> Record:
        return {"reviewer": self._said.reviewer, "reviewed_at": self._said.reviewed_at}

    def _labels(self) -> Record:
        said = self._said
        return {"polarity": said.polarity, "area": said.area, "types": list(said.types)}

    def _confidence(self, machine: Record) -> Record:
        given = dict(machine["confidence"])
        for name in ("polarity", "area"):
            if machine[name] != getattr(self._said, name):
                given[name] = 1.0
        sure = dict(zip(machine["types"], given["types"], strict=True))
        kept = set(machine["types"]) == set(self._said.types)
        return given | {"types": [sure[code] if kept else 1.0 for code in self._said.types]}


def _span(record: Record) -> Span:
    return record["span"][0], record["span"][1]


def _cross(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _same_labels(record: Record, said: Annotation) -> bool:
    return (record["polarity"], record["area"], set(record["types"])) == (
        said.polarity,
        said.area,
        set(said.types),
    )
