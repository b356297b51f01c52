"""Which documents a dataset cites, worked out from its records alone: what the quick way has to give too."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from corpora.dataset import Dataset
from extract.citations.across import Joined, own_key
from extract.citations.register import documents

Walked = dict[str, list[tuple[str, bool, tuple[str, ...], bool]]]


def walked(dataset: Dataset) -> Walked:
    """For each cited document's key its mentions: id, whether it was completed, units, whether expired."""
    papers: dict[str, dict[str, Any]] = {}
    citations: list[dict[str, Any]] = []
    findings: dict[str, dict[str, Any]] = {}
    for record in dataset.records():
        if record["record"] == "document":
            papers[record["id"]] = record
        elif record["record"] == "citation":
            citations.append(record)
        elif record["record"] == "finding" and record["status"] != "rejected":
            findings[record["id"]] = record
    papers = {name: paper for name, paper in papers.items() if paper["duplicate_of"] is None}
    citations = [one for one in citations if one["document"] in papers]
    own = [_own(paper) for paper in papers.values()]
    joined = Joined([*(one["key"] for one in citations), *(key for key in own if key)])
    found: Walked = defaultdict(list)
    for one in citations:
        date = papers[one["document"]]["date"]
        key = joined.key_of(one["key"], date)
        known = documents().get(key)
        in_force = known.in_force(date) if known and date else one["in_force"]
        units = {findings[name]["unit"]["name"] for name in one["findings"] if name in findings}
        expired = in_force is False and not one["says_replaced"]
        found[key].append((one["id"], key != one["key"], tuple(sorted(units)), expired))
    return {key: sorted(mentions) for key, mentions in found.items()}


def _own(paper: dict[str, Any]) -> str | None:
    unit = paper["issuer_unit"] or {}
    return own_key(paper["kind"], paper["number"], paper["date"], unit.get("name"), unit.get("level"))
