"""What corrections are worth: reviewers of an office correct N documents, others of its documents are scored.

    python -m tests.bench.labels.reviewers [--documents 0 2 4 8] [--office 1] [--random [SEED]] [--json]

The reviewers are simulated: they say what the gold says. An office is four of the held-out districts, which
no shipped model has seen (the eight, by name, are two offices). N documents are corrected, district by
district in turn; those that are not corrected at the greatest N are scored, the same ones for every N.
Each model is trained as ``rasoat train --with-corrections`` trains it.

With ``--random`` the labels of the greatest N are drawn at random instead, and it is told whether the margin
refuses them: by the figures of the other office's districts, and of the scored documents as the same
careless reviewer would label them.

Takes about a minute of one processor for each model.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from annotations.printing import line
from models import training
from models.artefact import load
from models.evaluation import score
from models.examples import Example, held_out_districts, load_examples
from models.improvement import MARGIN, compare

TASKS = ("polarity", "area", "types")


def offices() -> list[tuple[str, ...]]:
    """The held-out districts, by name, in two halves."""
    districts = sorted(held_out_districts())
    return [tuple(districts[:4]), tuple(districts[4:])]


def in_turn(examples: Sequence[Example], office: Sequence[str]) -> list[str]:
    """The documents of an office in the order in which they are corrected."""
    queues = [sorted({one.document for one in examples if one.district == name}) for name in office]
    return [document for row in zip_longest(*queues) for document in row if document]


def of(examples: Sequence[Example], documents: Collection[str]) -> list[Example]:
    """The examples of some documents, as those of one workspace."""
    return [replace(one, district="workspace") for one in examples if one.document in documents]


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
    parser.add_argument("--random", type=int, nargs="?", const=1, metavar="SEED", help="random labels")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    given = parser.parse_args(arguments)
    # The same statements are trained on again and again.
    training.featurise = lru_cache(maxsize=None)(training.featurise)
    examples = load_examples()
    held_out = set(held_out_districts())
    base = [one for one in examples if one.district not in held_out]
    for number, office in enumerate(offices(), start=1):
        if given.office not in (None, number):
            continue
        order, most = in_turn(examples, office), max(given.documents)
        test = of(examples, order[most:])
        if given.random is not None:
            others = [one for one in examples if one.district in held_out - set(office)]
            more, seed = of(examples, order[:most]), given.random
            _refusal(number, base, poisoned(more, seed), others, poisoned(test, seed + 1), given.json)
            continue
        for count in given.documents:
            more = of(examples, order[:count])
            scores = score(training.train([*base, *more]).artefact if more else load(), test)
            row = {"office": number, "documents": count, "corrections": len(more), "scored": len(test)}
            _tell(row | {task: scores[task]["macro_f1"] for task in TASKS}, given.json)
    return 0


def _refusal(
    number: int,
    base: Sequence[Example],
    more: Sequence[Example],
    others: Sequence[Example],
    test: Sequence[Example],
    as_json: bool,
) -> None:
    verdict = compare(load(), training.train([*base, *more]).artefact, others, test)
    falls = {f"{one.on} {one.decision}": round(one.before - one.after, 4) for one in verdict.figures}
    row = {"office": number, "random corrections": len(more), "margin": MARGIN}
    _tell(row | {"refused": bool(verdict.falls), "falls": falls}, as_json)


def _tell(row: dict[str, Any], as_json: bool) -> None:
    if as_json:
        line(json.dumps(row))
    else:
        line("  ".join(f"{name} {value}" for name, value in row.items()))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
