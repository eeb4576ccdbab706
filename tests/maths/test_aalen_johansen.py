"""Curves give the published answers, add up, and say when they cannot know."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hakari.maths.aalen_johansen import (
    EFFECTIVE_WILSON,
    EXPONENT,
    Curve,
    aalen_johansen,
    one_minus_kaplan_meier,
)
from hakari.maths.cohorts import COUNTED, gather
from hakari.maths.estimates import Unknown
from hakari.maths.intervals import wilson
from tests.maths.cases import AGES, CAUSES, ENTRIES, Cases, cases, published

EVERY_AGE = np.arange(42)


def all_shares(curve: Curve) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.stack([curve.share(EVERY_AGE, cause) for cause in (1, 2)])


def test_twelve_cases_give_the_answers_of_r() -> None:
    curve = aalen_johansen(gather(AGES, CAUSES))
    assert curve.share([12, 30, 45]) == pytest.approx([0.1666667, 0.3541667, 0.5299479], abs=5e-8)
    assert curve.share([12, 30, 45], 2) == pytest.approx([0.0833333, 0.1770833, 0.2942708], abs=5e-8)


def test_twelve_cases_some_watched_late_give_the_answers_of_r() -> None:
    curve = aalen_johansen(gather(AGES, CAUSES, ENTRIES))
    found = [float(curve.share(45)), float(curve.share(45, 2)), float(curve.left(45))]
    assert found == pytest.approx([0.5601852, 0.3287037, 0.1111111], abs=5e-8)


def test_one_minus_kaplan_meier_gives_the_answer_of_r() -> None:
    curve = one_minus_kaplan_meier(gather(AGES, CAUSES))
    assert (float(curve.share(45)), curve.error(45)) == pytest.approx((0.7053571, 0.2235852), abs=5e-8)


def test_two_thousand_months_of_mgus_give_the_answers_of_r() -> None:
    cohort = published("mgus2_counts.csv")
    curve = aalen_johansen(cohort)
    assert cohort.n == 1384
    ages = (60, 120, 240)
    assert curve.share(ages) == pytest.approx([0.03410371, 0.06372217, 0.09981372], abs=5e-9)
    assert curve.share(ages, 2) == pytest.approx([0.3203670, 0.5318177, 0.7240280], abs=5e-8)
    errors = [curve.error(age) for age in ages]
    assert errors == pytest.approx([0.004889258, 0.006796848, 0.009784847], abs=5e-10)
    of_deaths = [curve.error(age, 2) for age in ages]
    assert of_deaths == pytest.approx([0.01256737, 0.01405965, 0.01560635], abs=5e-9)


def test_the_examples_of_other_libraries_come_out() -> None:
    convoys = aalen_johansen(gather([2, 3, 6, 6, 7, 10], [0, 0, 1, 1, 1, 0]))
    assert float(convoys.share(9)) == pytest.approx(0.75)
    lifelines = aalen_johansen(gather([1, 2, 3, 4, 5, 6], [0, 1, 1, 2, 2, 0]))
    assert float(lifelines.share(6, 2)) == pytest.approx(0.4)


def test_an_exit_counts_before_an_open_case_of_the_same_age() -> None:
    """By hand: 2 at risk at age 4, one is won, so half; were the open one gone first it would be all."""
    assert float(aalen_johansen(gather([4, 4], [1, 0])).share(4)) == 0.5


def test_what_is_won_on_its_first_day_counts() -> None:
    curve = aalen_johansen(gather([0, 0, 3, 5], [1, 0, 1, 0]))
    assert float(curve.share(0)) == 0.25
    assert float(curve.share(3)) == pytest.approx(0.25 + 0.75 / 2)


@given(cases(late=True))
def test_all_shares_and_what_is_left_make_one(some: Cases) -> None:
    curve = aalen_johansen(some.cohort())
    assert all_shares(curve).sum(axis=0) + curve.left(EVERY_AGE) == pytest.approx(np.ones(42))


@given(cases(late=True))
def test_shares_rise_and_stay_within_0_and_1(some: Cases) -> None:
    shares = all_shares(aalen_johansen(some.cohort()))
    assert np.all(np.diff(shares, axis=1) >= 0)
    assert shares.min() >= 0
    assert shares.max() <= 1 + 1e-12


@given(cases(late=True), st.randoms())
def test_the_order_of_the_cases_does_not_matter(some: Cases, chance: st.DataObject) -> None:
    order = list(range(len(some.ages)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    one, other = aalen_johansen(some.cohort()), aalen_johansen(some.moved(order).cohort())
    assert np.array_equal(all_shares(one), all_shares(other))
    assert one.at(20) == other.at(20)


@given(cases(late=True), st.integers(2, 60))
def test_the_unit_of_time_does_not_matter(some: Cases, factor: int) -> None:
    ages, entries = (np.asarray(one) * factor for one in (some.ages, some.entries))
    finer = aalen_johansen(gather(ages, some.causes, entries, some.weights))
    curve = aalen_johansen(some.cohort())
    assert finer.share(EVERY_AGE * factor) == pytest.approx(curve.share(EVERY_AGE))
    assert finer.error(20 * factor) == pytest.approx(curve.error(20), abs=1e-7)


@given(cases(late=True), st.integers(2, 5))
def test_every_case_twice_changes_the_certainty_and_not_the_share(some: Cases, times: int) -> None:
    more = gather(some.ages, some.causes, some.entries, np.asarray(some.weights) * times)
    one, other = aalen_johansen(some.cohort()), aalen_johansen(more)
    assert all_shares(other) == pytest.approx(all_shares(one))
    # Running sums that ought to cancel leave a rounding of 1e-16 in the variance.
    assert other.error(20) == pytest.approx(one.error(20) / sqrt(times), abs=1e-7)


@given(cases(late=True))
def test_a_weight_is_as_many_rows(some: Cases) -> None:
    rows = [np.repeat(values, some.weights) for values in (some.ages, some.causes, some.entries)]
    one, other = aalen_johansen(some.cohort()), aalen_johansen(gather(*rows))
    assert np.array_equal(all_shares(one), all_shares(other))
    assert one.at(20) == other.at(20)


@given(cases(late=True))
def test_swapping_two_causes_swaps_their_curves(some: Cases) -> None:
    swapped = [{0: 0, 1: 2, 2: 1}[cause] for cause in some.causes]
    one, other = (
        aalen_johansen(gather(some.ages, causes, some.entries, some.weights))
        for causes in (some.causes, swapped)
    )
    assert np.array_equal(all_shares(one), all_shares(other)[::-1])
    assert one.error(20, 1) == other.error(20, 2)


@given(cases(open_cases=False), st.integers(0, 40))
def test_without_open_cases_the_share_is_the_plain_ratio(some: Cases, age: int) -> None:
    cohort = some.cohort()
    curve, plain = aalen_johansen(cohort), cohort.exits(within=age) / cohort.n
    assert float(curve.share(age)) == pytest.approx(plain)
    assert curve.error(age) ** 2 == pytest.approx(plain * (1 - plain) / cohort.n)
    assert curve.effective_n(age) == pytest.approx(cohort.n)


@given(cases(late=True))
def test_calling_the_lost_open_never_lowers_the_rate(some: Cases) -> None:
    cohort = some.cohort()
    kaplan_meier = one_minus_kaplan_meier(cohort).share(EVERY_AGE)
    assert np.all(kaplan_meier >= aalen_johansen(cohort).share(EVERY_AGE) - 1e-12)


@given(cases(late=True), st.integers(0, 40))
def test_looking_no_further_than_the_age_asked_for_changes_nothing(some: Cases, age: int) -> None:
    cohort = some.cohort()
    whole, cut = aalen_johansen(cohort), aalen_johansen(cohort.watched_until(age))
    assert float(cut.share(age)) == pytest.approx(float(whole.share(age)))


@given(cases(late=True), st.integers(0, 45), st.sampled_from([0.8, 0.95, 0.99]))
def test_an_interval_holds_its_share(some: Cases, age: int, level: float) -> None:
    found = aalen_johansen(some.cohort()).at(age, level=level)
    assert (found.value is None) == (found.reason is not None)
    if found.value is not None:
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.value + 1e-12
        assert found.value <= found.high + 1e-12 <= 1 + 2e-12


@given(cases())
def test_the_variance_of_a_total_agrees_with_that_of_its_parts(some: Cases) -> None:
    """Var(2F) = 4 Var(F), and Var(F(a) + F(b)) ≤ (se(a) + se(b))²."""
    curve = aalen_johansen(some.cohort())
    doubled = curve.variance_of_total(np.asarray([20]), np.asarray([2.0]))
    assert sqrt(doubled) == pytest.approx(2 * curve.error(20))
    both = curve.variance_of_total(np.asarray([10, 20]), np.ones(2))
    assert sqrt(both) <= curve.error(10) + curve.error(20) + 1e-12


def test_nothing_is_said_beyond_the_follow_up_and_when_it_can_be() -> None:
    found = aalen_johansen(gather(AGES, CAUSES)).at(70)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert (found.reason, found.days_until_known) == (Unknown.BEYOND_FOLLOW_UP, 10)


def test_where_nobody_is_left_the_future_is_known() -> None:
    found = aalen_johansen(gather([3, 4], [1, 2])).at(180)
    assert (found.value, found.method) == (0.5, EXPONENT)


def test_a_gap_in_what_was_watched_is_named() -> None:
    """A system in use for a week tells nothing of the first days of leads that are a month old."""
    curve = aalen_johansen(gather([30, 33, 35], [1, 0, 0], [28, 28, 30]))
    assert curve.at(33).reason is Unknown.NOBODY_OBSERVED
    assert curve.at(3).reason is Unknown.NOBODY_OBSERVED


def test_the_last_few_that_nobody_watched_widen_the_interval_and_no_more() -> None:
    cohort = gather([10, 20, 50], [1, 2, 0], weight=[60, 39, 1])
    found = aalen_johansen(cohort).at(180)
    seen = aalen_johansen(cohort).at(50)
    assert found.value == seen.value == pytest.approx(0.6)
    assert seen.high is not None
    assert found.high == pytest.approx(seen.high + 0.01)


def test_no_case_has_no_share() -> None:
    found = aalen_johansen(gather([], [])).at(30)
    assert (found.value, found.reason, found.n) == (None, Unknown.NO_CASES, 0)


def test_no_exit_has_the_interval_of_as_many_cases_as_were_watched() -> None:
    """Nobody of 20 left early: Wilson for 0 of 20. Ten that were seen half the time tell half as much."""
    watched = aalen_johansen(gather([30] * 20, [0] * 20)).at(30)
    assert (watched.value, watched.method) == (0.0, EFFECTIVE_WILSON)
    assert watched.high == pytest.approx(wilson(0, 20).high)
    half = aalen_johansen(gather([30] * 10 + [15] * 10, [0] * 20))
    assert half.effective_n(30) == pytest.approx(31 / (16 / 20 + 15 / 10))  # days 0 to 15, and 16 to 30


@given(cases(causes=1, open_cases=False))
def test_nobody_of_them_all_is_as_uncertain_as_wilson_says(some: Cases) -> None:
    cohort = some.cohort()
    found = aalen_johansen(cohort).at(41, cause=2)
    assert found.value == 0
    assert found.high == pytest.approx(wilson(0, cohort.n).high)


def test_intervals_cover_with_as_few_as_24_leads() -> None:
    """The published claim: .93 to .96 down to 24 leads and 4 wins. 600 samples, law: won .2 or lost .8."""
    held = 0
    for seed in range(600):
        generator = np.random.default_rng(seed)
        won = generator.random(24) < 0.2
        ends = np.floor(generator.exponential(40, 24)).astype(int)
        watched = generator.integers(0, 120, 24)
        late = ends > watched
        cohort = gather(np.where(late, watched, ends), np.where(late, 0, np.where(won, COUNTED, 2)))
        found = aalen_johansen(cohort).at(60)
        truth = 0.2 * (1 - np.exp(-61 / 40))
        held += found.value is None or found.interval.contains(truth)
    assert 0.92 <= held / 600 <= 0.985


@given(cases(late=True))
def test_weights_that_are_no_whole_numbers_do_no_harm(some: Cases) -> None:
    thirds = gather(some.ages, some.causes, some.entries, np.asarray(some.weights) / 3)
    one, other = aalen_johansen(some.cohort()), aalen_johansen(thirds)
    assume(one.at(20).value is not None)
    assert other.at(20).value == pytest.approx(one.at(20).value)
