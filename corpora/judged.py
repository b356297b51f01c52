"""Documents as a reviewer meets them: their statements, each with the machine's answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from annotations.anchor import SAME, shared
from annotations.records import Annotation, MachineAnswer, text_hash
from corpora.dataset import Dataset
from extract.dates import day
from extract.document import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the machine has it; ``confidence`` is that of its first finding.

    ``section`` is its outline path.
    """

    span: Span
    text: str
    section: tuple[str, ...]
    page: int | None
    machine: MachineAnswer
    confidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One document of the dataset. ``model`` is the version of the models that read it, where it is known.

    ``source`` is the name of its file and ``path`` where that lay, ``issuer_unit`` the unit that issued it.
    """

    id: str
    source: str
    path: str
    issuer_unit: str | None
    part: int
    parts: int
    called: str
    text: str
    model: str | None
    statements: tuple[Statement, ...]

    def statement(self, span: Span) -> Statement | None:
        """The machine's statement at a place."""
        return next((one for one in self.statements if shared(one.span, span) > SAME), None)


def judged(dataset: Dataset, document_id: str) -> Judged:
    """A document with the machine's own answers, whatever people said since."""
    (row,) = dataset.query(
        "SELECT d.*, s.name AS source, s.path, s.versions, "
        "(SELECT count(*) FROM documents o WHERE o.source_id = d.source_id) AS parts "
        "FROM documents d JOIN sources s ON s.id = d.source_id WHERE d.id = ?",
        (document_id,),
    )
    records = dataset.query(
        "SELECT coalesce(m.record, f.record) AS record, f.page FROM findings f "
        "LEFT JOIN machine_records m ON m.id = f.id WHERE f.document_id = ? AND f.status <> 'added' "
        "ORDER BY f.start, f.stop, f.position",
        (document_id,),
    )
    found = [(json.loads(one["record"]), one["page"]) for one in records]
    groups = [list(group) for _, group in groupby(found, key=lambda one: one[0]["span"])]
    issued = day(row["date"])
    named = [row["number"], f"ngày {issued}" if issued else "", row["issuer"], row["subject"]]
    return Judged(
        document_id,
        row["source"],
        row["path"],
        row["issuer_unit"],
        row["part"],
        row["parts"],
        " · ".join(" ".join(said.split()) for said in named if said),
        row["text"],
        json.loads(row["versions"] or "{}").get("model"),
        tuple(_statement([record for record, _ in group], group[0][1]) for group in groups),
    )


def _statement(records: Sequence[dict[str, Any]], page: int | None) -> Statement:
    first = records[0]
    names = [one["unit"]["name"] for one in records if one["unit"]["level"] != "group"]
    machine = MachineAnswer(
        first["polarity"], first["area"], tuple(first["types"]), tuple(dict.fromkeys(names)) or None
    )
    span = (first["span"][0], first["span"][1])
    return Statement(span, first["text"], tuple(first["section"]), page, machine, first["confidence"])


def find_judged(dataset: Dataset, source: str, part: int, digest: str) -> str | None:
    """The id of the document that an annotation file is about: by source and part, else by its very text."""
    for row in dataset.query(
        "SELECT d.id FROM documents d JOIN sources s ON s.id = d.source_id WHERE s.name = ? AND d.part = ?",
        (source, part),
    ):
        return str(row["id"])
    rows = dataset.query("SELECT id, text FROM documents")
    return next((str(row["id"]) for row in rows if text_hash(row["text"]) == digest), None)


def settled(one: Annotation, statement: Statement | None) -> Annotation | None:
    """An annotation as an answer to what the machine said of the statement; ``None`` if it is none.

    A line of a person's own is held against the machine's statement at its place: the same labels accept it,
    others correct it, and where the machine has none it is added. ``status`` and ``machine`` say so after.
    """
    answer = one.answer
    if answer is None:
        return None
    if answer == "rejected":
        return replace(one, machine=one.machine or (statement.machine if statement else None))
    if statement is None:
        return replace(one, status="added", machine=None)
    machine = one.machine or statement.machine
    if one.units is None and one.machine is None:
        one = replace(one, units=machine.units)  # "the heading's": what the road has read from there
    same = one.agrees_with(machine)
    return replace(one, status="accepted" if same else "corrected", machine=machine)
