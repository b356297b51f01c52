"""What corrections are worth: reviewers of an office correct N documents, others of its documents are scored.

    python -m tests.bench.labels.reviewers [--documents 0 2 4 8] [--office 1] [--seed 1] [--json]

The reviewers are simulated: they say what the gold says. An office is four of the held-out districts, which
no shipped model has seen (the eight, by name, are two offices). Of each district the last document is
scored and never corrected; of the others N are corrected, district by district in turn. Each model is trained
as ``rasoat train --with-corrections`` trains it. The last line of each office are N documents with random
labels: whether the margin refuses them, by the figures of the other office's districts and of the
office's own scored documents, as their poisoned reviewer labels them.

Takes about a minute of one processor for each model.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from annotations.printing import line
from models.artefact import load
from models.evaluation import score
from models.examples import Example, held_out_districts, load_examples
from models.improvement import MARGIN, compare
from models.training import train

TASKS = ("polarity", "area", "types")


def offices() -> list[tuple[str, ...]]:
    """The held-out districts, by name, in two halves."""
    districts = sorted(held_out_districts())
    return [tuple(districts[:4]), tuple(districts[4:])]


def corrected(examples: Sequence[Example], office: Sequence[str], count: int) -> list[Example]:
    """The examples of the first ``count`` documents, district by district in turn, without the scored ones."""
    queues = [sorted({one.document for one in examples if one.district == name})[:-1] for name in office]
    order = [queue[place] for place in range(max(map(len, queues))) for queue in queues if place < len(queue)]
    chosen = set(order[:count])
    return [replace(one, district="workspace") for one in examples if one.document in chosen]


def scored(examples: Sequence[Example], office: Sequence[str]) -> list[Example]:
    """The examples of the last document of each district."""
    last = {max(one.document for one in examples if one.district == name) for name in office}
    return [one for one in examples if one.document in last]


def poisoned(examples: Sequence[Example], seed: int) -> list[Example]:
    """The same statements with labels drawn at random."""
    draw = random.Random(seed)
    made = []
    for one in examples:
        polarity = draw.choice(list(POLARITIES))
        types = (draw.choice(list(TYPES)),) if polarity == "deficiency" else ()
        made.append(replace(one, polarity=polarity, area=draw.choice(list(AREAS)), types=types))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; a line for each model as soon as it is trained."""
    parser = argparse.ArgumentParser(description="What corrections of N documents are worth.")
    parser.add_argument("--documents", type=int, nargs="+", default=[0, 2, 4, 8], metavar="N")
    parser.add_argument("--office", type=int, choices=[1, 2], help="one of the two offices alone")
    parser.add_argument("--seed", type=int, default=1, help="of the random labels (1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    given = parser.parse_args(arguments)
    examples = load_examples()
    held_out = set(held_out_districts())
    base = [one for one in examples if one.district not in held_out]
    shipped = load()
    for number, office in enumerate(offices(), start=1):
        if given.office not in (None, number):
            continue
        test = scored(examples, office)
        others = [one for one in examples if one.district in held_out - set(office)]
        for count in given.documents:
            more = corrected(examples, office, count)
            scores = score(train([*base, *more]).artefact if more else shipped, test)
            row = {"office": number, "documents": count, "corrections": len(more), "scored": len(test)}
            _tell(row | {task: scores[task]["macro_f1"] for task in TASKS}, given.json)
        more = poisoned(corrected(examples, office, given.documents[-1]), given.seed)
        verdict = compare(shipped, train([*base, *more]).artefact, others, poisoned(test, given.seed + 1))
        row = {"office": number, "documents": given.documents[-1], "corrections": len(more), "random": True}
        falls = {f"{one.on} {one.decision}": round(one.before - one.after, 4) for one in verdict.figures}
        _tell(row | {"margin": MARGIN, "refused": bool(verdict.falls), "falls": falls}, given.json)
    return 0


def _tell(row: dict[str, Any], as_json: bool) -> None:
    if as_json:
        line(json.dumps(row))
    else:
        line("  ".join(f"{name} {value}" for name, value in row.items()))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
