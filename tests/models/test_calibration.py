"""Figures about confidence, on pairs whose figures are known."""

from __future__ import annotations

import pytest

from models.calibration import calibration_error, reliability, sure_share

HONEST = [(0.75, True)] * 3 + [(0.75, False)]
BOASTING = [(0.95, True)] * 5 + [(0.95, False)] * 5


def test_confidence_that_holds_has_no_error() -> None:
    assert calibration_error(HONEST) == 0.0
    assert calibration_error([]) == 0.0


def test_boasting_is_measured_and_weighted_by_how_much_of_it_there_is() -> None:
    assert calibration_error(BOASTING) == pytest.approx(0.45)
    assert calibration_error(BOASTING + HONEST) == pytest.approx(0.45 * 10 / 14, abs=1e-4)


def test_bins_hold_every_pair_once_certainty_too() -> None:
    bins = reliability([(0.0, False), (1.0, True), *HONEST])
    assert sum(one.count for one in bins) == 6
    assert [(one.low, one.high) for one in bins] == [(0.0, 0.1), (0.7, 0.8), (0.9, 1.0)]


def test_the_sure_ones_are_counted_from_the_bound_on() -> None:
    assert sure_share([(0.9, True), (0.95, False), (0.89, False), (0.2, True)]) == {
        "right": 0.5,
        "of_all": 0.5,
    }
    assert sure_share([]) == {"right": 0.0, "of_all": 0.0}
