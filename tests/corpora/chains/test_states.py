"""What became of a deficiency, from the years that are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.chains.states import STATES, Moment, course

TOLD = st.lists(st.integers(2000, 2012).map(Moment), max_size=6)
YEARS = st.sets(st.integers(2000, 2012), max_size=8)


@pytest.mark.parametrize(
    ("told", "covered", "remedied", "state", "since", "running"),
    [
        ([2021], [2021], [], "new", 2021, 1),
        ([2021], [2019, 2020, 2021], [], "new", 2021, 1),
        ([2019, 2020, 2021], [2019, 2020, 2021], [], "persisting", 2019, 3),
        # 2020 has no report about the unit: it breaks nothing, and counts for nothing.
        ([2019, 2021], [2019, 2021], [], "persisting", 2019, 2),
        ([2019, 2021], [2019, 2020, 2021], [], "returned", 2021, 1),
        ([2018, 2020, 2021], [2018, 2019, 2020, 2021], [], "persisting", 2020, 2),
        ([2019, 2020], [2019, 2020, 2021], [2021], "remedied", 2019, 2),
        ([2019], [2019], [2020], "remedied", 2019, 1),
        # Said to be gone, told of again.
        ([2019, 2021], [2019, 2020, 2021], [2020], "returned", 2021, 1),
        ([2019, 2021], [2019, 2021], [2020], "returned", 2021, 1),
        ([2019, 2020], [2019, 2020, 2021], [], "unknown", 2019, 2),
        ([2019], [2019], [2019], "new", 2019, 1),
    ],
)
def test_states(
    told: list[int], covered: list[int], remedied: list[int], state: str, since: int, running: int
) -> None:
    found = course([Moment(year) for year in told], covered, [Moment(year) for year in remedied])
    assert (found.state, found.since, found.running) == (state, since, running)


def test_a_silent_report_is_named() -> None:
    found = course([Moment(2019)], [2019, 2020, 2022], [])
    assert (found.state, found.silent) == ("unknown", (2020, 2022))


def test_within_a_year_the_day_decides() -> None:
    told = [Moment(2021, "2021-03-01")]
    assert course(told, [2021], [Moment(2021, "2021-06-28")]).state == "remedied"
    assert course(told, [2021], [Moment(2021, "2021-02-01")]).state == "new"


def test_what_has_no_date_has_no_course() -> None:
    assert course([], [2020, 2021], []).state == "unknown"


@given(TOLD, YEARS, TOLD)
def test_a_course_fits_its_years(told: list[Moment], covered: set[int], remedies: list[Moment]) -> None:
    found = course(told, covered, remedies)
    assert found.state in STATES
    if not told:
        return
    years = {moment.year for moment in told}
    assert found.first == min(years)
    assert found.last == max(years)
    assert found.since in years
    assert 1 <= found.running <= len(years)
    assert set(found.silent) == {year for year in covered if year > max(years)}
    if found.state in ("new", "persisting", "returned"):
        assert not found.silent
    assert (found.state == "new") <= (len(years) == 1)
    assert (found.state == "persisting") <= (found.running > 1)


@given(TOLD, YEARS, TOLD)
def test_the_order_of_telling_does_not_matter(
    told: list[Moment], covered: set[int], remedies: list[Moment]
) -> None:
    assert course(told, covered, remedies) == course(told[::-1], covered, remedies[::-1])
