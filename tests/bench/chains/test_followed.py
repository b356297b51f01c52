"""The followed archive is what it says, and chains hold on it (the district kept for the end stays out)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.chains import followed
from tests.bench.chains.measure import end_to_end, score, with_gold_labels
from tests.bench.chains.speed import measure

WORK = [name for name in followed.DISTRICTS if name != followed.HELD_OUT]


@pytest.mark.parametrize("district", followed.DISTRICTS)
def test_marks_are_taken_out_and_name_known_units(district: str) -> None:
    codes = {row["code"] for row in followed.units(district)}
    chains = set()
    for written in followed.read(district):
        assert "{" not in written.text
        assert written.truths
        for truth in written.truths:
            assert written.text[slice(*truth.span)] == truth.text
            assert truth.unit in codes
            if truth.kind == "deficiency":
                assert truth.types
                chains.add(truth.chain)
    assert set(followed.states(district)) <= chains


@pytest.mark.parametrize("district", WORK)
def test_chains_with_the_labels_of_the_truth(district: str, tmp_path: Path) -> None:
    figures = score(district, with_gold_labels(district, tmp_path))
    assert figures.together > 50
    assert figures.precision >= 0.9
    assert figures.recall >= 0.95


@pytest.mark.long
@pytest.mark.parametrize("district", WORK)
def test_chains_from_the_text(district: str, tmp_path: Path) -> None:
    figures = score(district, end_to_end(district, tmp_path))
    assert figures.precision >= 0.9
    assert figures.recall >= 0.7


@pytest.mark.long
def test_building_and_asking_keep_their_pace(tmp_path: Path) -> None:
    times = measure(50_000, tmp_path / "workspace")
    assert times.build / 5 < 20
    assert times.all_units < 1
    assert times.one_unit < 0.1
    assert times.page < 0.2
