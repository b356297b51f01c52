"""Precision, recall and F1 over the written citation cases.

``python -m tests.extract.citations.score [PART] [--wrong]`` prints them for digital text, for
slips written by hand and for simulated ones, and with ``--wrong`` every case that is not right.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.citations.register import documents
from extract.document import Citation
from models.issuer_training import cited
from models.issuers import default_issuers
from tests.extract.citations.cases import PARTS, Case, read_cases
from tests.extract.citations.slips import damaged

SEEDS = (1, 2, 3)


@dataclass(slots=True)
class Counts:
    """Right, wrongly found and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the found ones that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected ones that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class Scores:
    """Counts for spans, for keys, and for citations that are right in every part."""

    cases: int = 0
    span: Counts = field(default_factory=Counts)
    key: Counts = field(default_factory=Counts)
    whole: Counts = field(default_factory=Counts)
    wrong: list[tuple[Case, list[Citation]]] = field(default_factory=list)


def score(cases: Iterable[Case]) -> Scores:
    """Counts over ``cases``. Spans are right to the letter; a key where it stands for the right place."""
    scores = Scores()
    for case in cases:
        found = cited(case, default_issuers())
        scores.cases += 1
        _count(scores.span, [one.span for one in found], [one.span for one in case.expected])
        _count(scores.key, [one.key for one in found], [one.key for one in case.expected])
        have, want = (
            [_parts(one, case) for one in found],
            [(one.span, one.key, one.number, one.date, one.issuer) for one in case.expected],
        )
        _count(scores.whole, have, want)
        if sorted(have, key=repr) != sorted(want, key=repr):
            scores.wrong.append((case, found))
    return scores


def _parts(found: Citation, case: Case) -> tuple[object, ...]:
    """Every part that a case says something about; a date that only the register gives is not judged."""
    expected = next((one for one in case.expected if one.span == found.span), None)
    date, known = found.date, documents().get(found.key)
    if expected and expected.date is None and known and date == known.date:
        date = None
    issuer = found.issuer if expected and expected.issuer else None
    return found.span, found.key, found.number, date, issuer


def _count(counts: Counts, have: list[object], want: list[object]) -> None:
    common = (Counter(have) & Counter(want)).total()
    counts.right += common
    counts.wrong += len(have) - common
    counts.missed += len(want) - common


def parts(half: str) -> dict[str, list[Case]]:
    """The cases of a half by what they measure."""
    cases = read_cases(half)
    digital = [case for case in cases if not case.noisy]
    return {
        "digital": digital,
        "noise by hand": [case for case in cases if case.noisy],
        "noise simulated": [damaged(case, seed) for seed in SEEDS for case in digital],
    }


def main() -> None:
    """Print the scores of one half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", choices=PARTS, nargs="?", default="development")
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    out = sys.stdout.write
    for name, cases in parts(asked.half).items():
        scores = score(cases)
        out(f"{name}: {scores.cases} cases, {sum(len(case.expected) for case in cases)} citations\n")
        for label, counts in (("spans", scores.span), ("keys", scores.key), ("every part", scores.whole)):
            out(f"  {label:10} P {counts.precision:.4f}  R {counts.recall:.4f}  F1 {counts.f1:.4f}\n")
        if asked.wrong:
            for case, found in scores.wrong:
                out(f"    {case.place} {case.text!r}\n")
                out(f"      want {[(e.span, e.key, e.date, e.issuer, e.number) for e in case.expected]}\n")
                out(f"      have {[(f.span, f.key, f.date, f.issuer, f.number) for f in found]}\n")


if __name__ == "__main__":
    main()
