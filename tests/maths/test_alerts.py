"""CUSUM against what was due: quiet where nothing happens, quick where the level falls, unmoved by season."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benchmarks.alerts_study import PUBLISHED, judged
from hakari.maths.alerts import (
    LEAST_WEEKS,
    LIMIT,
    YEAR,
    Floats,
    Weekly,
    excursions,
    false_alarms,
    threshold,
    watch,
)

few = settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
WEEKS = 130


def flat(value: float = 20.0, weeks: int = WEEKS) -> Weekly:
    return Weekly(np.full(weeks, value), np.full(weeks, 5.0), np.arange(0.0, 7.0 * weeks, 7.0))


def poisson(due: Floats, seed: int = 1, workdays: Floats | None = None) -> Weekly:
    dice = np.random.default_rng(seed)
    exposure = np.full(due.size, 5.0) if workdays is None else workdays
    return Weekly(dice.poisson(due).astype(np.float64), exposure, np.arange(0.0, 7.0 * due.size, 7.0))


def test_the_sums_by_hand() -> None:
    z = np.array([0.0, 3.0, 3.0, 1.0, -4.8])
    (one,) = excursions(np.array([4.0, 8.0, 8.0, 5.0, 1.0]), np.full(5, 4.0), z, 0, 0.5, 4.9)
    # 0, then 2.5, then 5.0 passes 4.9, then 5.5, the top, then 0.2: more than 4.9 below it.
    assert (one.start, one.noticed, one.end, one.up) == (1, 2, 4, True)
    assert one.ratio == pytest.approx(21 / 12)


def test_a_week_of_which_nothing_is_known_leaves_the_sums_as_they_are() -> None:
    z = np.array([3.0, np.nan, 3.0])
    (one,) = excursions(np.full(3, 8.0), np.full(3, 4.0), z, 0, 0.5, 4.9)
    assert (one.start, one.noticed, one.end) == (0, 2, None)


def test_what_never_varies_is_due_as_it_is_and_never_signals() -> None:
    found = watch(flat())
    assert found is not None
    assert found.due == pytest.approx(np.full(WEEKS, 20.0))
    assert found.excursions == ()


@few
@given(st.floats(2.0, 200.0), st.floats(0.5, 10.0))
def test_the_unit_of_a_working_day_is_of_no_matter(mean: float, unit: float) -> None:
    series = poisson(np.full(WEEKS, mean), seed=int(mean * 10))
    other = Weekly(series.values, series.exposure * unit, series.days)
    one, two = watch(series), watch(other)
    assert one is not None
    assert two is not None
    assert two.due == pytest.approx(one.due, rel=1e-6)
    assert [each.noticed for each in two.excursions] == [each.noticed for each in one.excursions]


@few
@given(st.integers(0, 10_000))
def test_what_was_due_adds_up_to_what_came_where_it_was_fitted(seed: int) -> None:
    series = poisson(np.full(WEEKS, 30.0), seed)
    found = watch(series)
    assert found is not None
    behind = slice(0, WEEKS - 26)
    assert found.due[behind].sum() == pytest.approx(series.values[behind].sum(), rel=1e-6)


def test_a_week_of_two_days_off_is_no_fall() -> None:
    workdays = np.full(WEEKS, 5.0)
    workdays[-6:] = 2.0
    short = watch(poisson(20.0 * workdays, workdays=workdays))
    assert short is not None
    assert short.excursions == ()
    ignorant = watch(poisson(20.0 * workdays))
    assert ignorant is not None
    assert ignorant.lasting is not None


def test_a_fall_lasts_says_since_when_and_how_much() -> None:
    due = np.full(WEEKS, 80.0)
    due[-12:] *= 0.7
    found = watch(poisson(due))
    assert found is not None
    assert found.lasting is not None
    assert not found.lasting.up
    assert abs(found.lasting.start - (WEEKS - 12)) <= 2
    assert found.lasting.ratio == pytest.approx(0.7, abs=0.06)


def test_a_fall_that_is_over_has_an_end_and_lasts_no_more() -> None:
    due = np.full(WEEKS, 80.0)
    due[-24:-16] *= 0.6
    found = watch(poisson(due))
    assert found is not None
    (one,) = found.excursions
    assert not one.up
    assert one.end is not None
    assert abs(one.end - (WEEKS - 16)) <= 1
    assert found.lasting is None


def test_a_level_that_changed_long_ago_is_part_of_what_is_due() -> None:
    due = np.full(WEEKS, 80.0)
    due[60:] *= 1.5
    found = watch(poisson(due))
    assert found is not None
    (at,) = found.steps
    assert abs(at - 60) <= 2
    assert found.excursions == ()


def test_steady_growth_is_due_and_no_shift() -> None:
    due = 40.0 * np.exp(0.4 * np.arange(WEEKS) * 7 / YEAR)
    found = watch(poisson(due))
    assert found is not None
    assert found.grows
    assert found.excursions == ()


def test_the_season_is_asked_for_only_with_a_year_and_a_half_behind() -> None:
    long, short = watch(flat(weeks=78 + 1 + 26)), watch(flat(weeks=78 + 26))
    assert long is not None
    assert short is not None
    assert (long.seasonal, short.seasonal) == (True, False)


def test_shares_are_judged_by_their_trials() -> None:
    dice = np.random.default_rng(2)
    trials = dice.integers(40, 120, WEEKS).astype(np.float64)
    share = np.full(WEEKS, 0.3)
    share[-10:] = 0.2
    series = Weekly(
        dice.binomial(trials.astype(int), share).astype(np.float64),
        trials,
        np.arange(0.0, 7.0 * WEEKS, 7.0),
        True,
    )
    found = watch(series)
    assert found is not None
    assert found.lasting is not None
    assert abs(found.lasting.start - (WEEKS - 10)) <= 3
    assert found.due[:10] == pytest.approx(0.3 * trials[:10], rel=0.1)


def test_with_too_little_behind_nothing_is_said() -> None:
    assert watch(flat(weeks=LEAST_WEEKS + 26 - 1)) is None
    assert watch(flat(0.0)) is None


def test_the_limit_grows_with_the_number_of_series() -> None:
    assert false_alarms(LIMIT) == pytest.approx(0.111, abs=0.001)  # ARL 469 of two sides, in tables 465
    assert threshold(1) == LIMIT
    limits = [threshold(series) for series in (1, 5, 10, 50)]
    assert limits == sorted(limits)
    assert 50 * false_alarms(threshold(50)) == pytest.approx(0.5)


@pytest.mark.parametrize("mean", [20.0, 80.0])
@pytest.mark.parametrize("season", [0.0, 0.3])
def test_false_alarms_and_delays_are_as_published(mean: float, season: float) -> None:
    """A short run of `./dev bench --only alerts`."""
    found, (alarms, delay) = judged(mean, season, 60), PUBLISHED[mean, season]
    assert abs(found.false_alarms - alarms) < 3 * max(found.error, 0.03) + 0.03
    assert abs(found.delay - delay) <= 2
    assert found.week_on_week > 20 * found.false_alarms
    if season:
        assert found.raw > 3 * found.false_alarms
