"""An archive with planted contradictions: read over the real road, checked, and scored by kind."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpora.checks.found import Discrepancy
from corpora.consistency import check
from corpora.copies.mark import mark_copies
from corpora.dataset import Dataset
from corpora.ledger import Incoming, sha256_of
from pipelines.road import process

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "contradictions"
MAIN = ("values", "praise_and_blame", "unit_counts", "rate", "cited", "letter_and_report", "deadline")


@dataclass
class Score:
    """Of one kind: planted, found of these, told in all; what was missed and what was told wrongly."""

    planted: int = 0
    found: int = 0
    told: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read(half: str, folder: Path) -> Dataset:
    """The archive of one half (``first`` or ``second``) as a dataset in ``folder``."""
    dataset = Dataset.open(folder / "rasoat.sqlite", create=True)
    for path in sorted((FIXTURES / half).glob("*.*")):
        decision = dataset.begin(Incoming(str(path), path.name, sha256_of(path), 1))
        dataset.store(decision.source_id, process(path, path.name), {"rasoat": "0"}, 1)
    mark_copies(dataset)
    return dataset


def score(half: str, dataset: Dataset) -> dict[str, Score]:
    """The scores of the main kinds; a result that meets no planted pair is wrong."""
    truth = tomllib.loads((FIXTURES / f"{half}.toml").read_text(encoding="utf-8"))
    told = [one for one in check(dataset) if one.kind in MAIN]
    texts = {row["id"]: row["text"] for row in dataset.query("SELECT id, text FROM documents")}
    scores = {kind: Score() for kind in MAIN}
    used: set[str] = set()
    for kind, first, second in truth["planted"]:
        scores[kind].planted += 1
        hits = [one for one in told if one.kind == kind and _meets(one, first, second, texts)]
        if hits:
            scores[kind].found += 1
            used.update(one.id for one in hits)
        else:
            scores[kind].missed.append(f"{first[1]} | {second[1]}")
    for one in told:
        scores[one.kind].told += 1
        if one.id not in used:
            words = " || ".join(where.words[:90] for where in one.places)
            scores[one.kind].wrong.append(f"{one.reason} <- {words}")
    return scores


def loud(half: str, dataset: Dataset) -> Counter[str]:
    """The near misses that are not silent, by kind."""
    truth = tomllib.loads((FIXTURES / f"{half}.toml").read_text(encoding="utf-8"))
    texts = {row["id"]: row["text"] for row in dataset.query("SELECT id, text FROM documents")}
    # A near miss may stand inside a place that another, planted thing has made loud; both sides decide.
    planted = [(kind, first, second) for kind, first, second in truth["planted"]]
    found: Counter[str] = Counter()
    for one in check(dataset):
        if any(one.kind == kind and _meets(one, first, second, texts) for kind, first, second in planted):
            continue
        for kind, number, words in truth["near"]:
            if one.kind == kind and any(_at(where, [number, words], texts) for where in one.places):
                found[kind] += 1
    return found


def _meets(one: Discrepancy, first: list[Any], second: list[Any], texts: dict[str, str]) -> bool:
    places = one.places
    return any(
        _at(places[a], first, texts) and _at(places[b], second, texts)
        for a, b in ((0, 1), (1, 0))
        if len(places) == 2
    )


def _at(where: Any, planted: list[Any], texts: dict[str, str]) -> bool:
    number, words = planted
    if not where.source.startswith(f"{number:02}-"):
        return False
    if not words:
        return True
    if where.span is None:
        return False
    at = texts[where.document].find(words)
    return at >= 0 and where.span[0] < at + len(words) and at < where.span[1]
