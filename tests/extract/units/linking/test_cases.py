"""The written and the drawn cases of linking: precision and recall, on both halves."""

from __future__ import annotations

import pytest

from extract.units.register import Register
from tests.extract.units.linking.cases import HERE, read_cases, score

LEAST = 0.99


@pytest.fixture(scope="module")
def country() -> Register:
    return Register.load(country=True)


def test_there_are_enough_cases_of_every_sort() -> None:
    halves = {
        half: [case for path in sorted(HERE.glob(f"*_{half}.txt")) for case in read_cases(path)]
        for half in ("develop", "held_out", "fresh")
    }
    assert sum(map(len, halves.values())) >= 400 and len(halves["held_out"]) >= 200
    signs = {meant.kind for cases in halves.values() for case in cases for meant in case.meant}
    assert signs == {"", "~", "<", ">", "?", "-"}


@pytest.mark.parametrize("half", ["develop", "held_out", "fresh"])
def test_precision_and_recall(half: str, country: Register) -> None:
    cases = [case for path in sorted(HERE.glob(f"*_{half}.txt")) for case in read_cases(path)]
    total = score(cases, country)
    assert min(total.precision, total.recall) >= LEAST, "\n".join(total.said)
