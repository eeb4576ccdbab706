"""A nowcast adds to what is won what the reference says is to come; a finished cohort is merely counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hakari.maths.aalen_johansen import aalen_johansen
from hakari.maths.cohorts import Cohort, gather, seen_at
from hakari.maths.estimates import Unknown
from hakari.maths.nowcast import PREDICTIVE, RECOUNTED, Completion, mature_ratio, nowcast
from tests.maths.cases import AGES, CAUSES, Cases, cases
from tests.maths.test_cohorts import DAYS, histories

REFERENCE = gather(AGES, CAUSES)


def merged(*cohorts: Cohort) -> Cohort:
    parts = [(one.age, one.cause, one.entry, one.weight) for one in cohorts]
    return gather(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def test_by_hand_the_open_cases_get_the_chance_that_is_left_at_their_age() -> None:
    """Of the reference .5 are won and .25 lost by 20; at age 5 a quarter has been won and .75 is open.

    So an open case of age 5 has (.5 − .25) / .75 = 1/3, and the cohort of one won, one lost and it 4/9.
    """
    reference = gather([5, 10, 20, 30], [1, 2, 1, 0])
    curve = aalen_johansen(reference)
    assert [float(curve.share(age)) for age in (5, 20)] == [0.25, 0.5]
    found = nowcast(gather([2, 4, 5], [1, 2, 0]), reference, 20)
    assert found.value == pytest.approx((1 + 1 / 3) / 3)
    assert (found.won, found.undecided, found.n, found.reference_n) == (1, 1, 3, 4)
    assert found.open_share == pytest.approx(1 / 3)
    assert found.to_date == pytest.approx(1 / 3)


def test_what_is_won_after_the_horizon_does_not_count() -> None:
    found = nowcast(gather([10, 31], [1, 1]), REFERENCE, 30)
    assert (found.value, found.method) == (0.5, RECOUNTED)


@given(cases(), cases(), st.integers(1, 45))
def test_a_nowcast_is_never_below_what_is_won(cohort: Cases, reference: Cases, horizon: int) -> None:
    found = nowcast(cohort.cohort(), reference.cohort(), horizon, draws=50)
    if found.value is None:
        assert found.reason is not None
        assert all(not band.is_known for band in found.bands)
        return
    assert found.to_date is not None
    assert found.to_date <= found.value + 1e-12
    assert found.value <= 1
    for band in found.bands:
        assert band.low is not None
        assert found.to_date <= band.low + 1e-12


@given(cases(open_cases=False), cases(), st.integers(1, 41))
def test_a_finished_cohort_is_its_plain_ratio_whatever_the_reference(
    cohort: Cases, reference: Cases, horizon: int
) -> None:
    whole = cohort.cohort()
    found, ratio = nowcast(whole, reference.cohort(), horizon), mature_ratio(whole, horizon)
    assert found.value == ratio.value == pytest.approx(whole.exits(within=horizon) / whole.n)
    assert {(band.low, band.high) for band in found.bands} == {(found.value, found.value)}


@given(cases(), cases(), cases(), st.integers(1, 40))
def test_segments_merge_into_their_whole(one: Cases, other: Cases, reference: Cases, horizon: int) -> None:
    """Σ n N = n N as long as all are completed by one reference."""
    curve = aalen_johansen(reference.cohort())
    parts = [nowcast(some.cohort(), curve, horizon, levels=()) for some in (one, other)]
    whole = nowcast(merged(one.cohort(), other.cohort()), curve, horizon, levels=())
    values = [part.value for part in parts]
    assume(whole.value is not None and None not in values)
    total = sum(part.n * (part.value or 0) for part in parts)
    assert whole.n * (whole.value or 0) == pytest.approx(total)


@given(cases(), cases(), st.randoms())
def test_the_same_cases_give_the_same_band_in_any_order(
    cohort: Cases, reference: Cases, chance: object
) -> None:
    order = list(range(len(cohort.ages)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    first = nowcast(cohort.cohort(), reference.cohort(), 30, draws=40)
    assert nowcast(cohort.moved(order).cohort(), reference.cohort(), 30, draws=40) == first


@given(cases(), cases(), st.integers(2, 5))
def test_every_case_twice_gives_the_same_nowcast(cohort: Cases, reference: Cases, times: int) -> None:
    more = gather(cohort.ages, cohort.causes, weight=np.asarray(cohort.weights) * times)
    one, other = (nowcast(some, reference.cohort(), 30, levels=()) for some in (cohort.cohort(), more))
    assert other.value == pytest.approx(one.value)
    assert other.reason == one.reason


@given(histories(), DAYS, st.integers(1, 40))
def test_knowing_the_future_does_not_change_a_nowcast(
    history: tuple[list[int], list[int], list[int], list[int]], as_of: int, horizon: int
) -> None:
    began, ended, causes, _ = history
    whole = seen_at(began, ended, causes, as_of=as_of)
    kept = [place for place, day in enumerate(began) if day <= as_of]
    truncated = seen_at(
        [began[place] for place in kept],
        [min(ended[place], as_of) for place in kept],
        [causes[place] if ended[place] <= as_of else 0 for place in kept],
        as_of=as_of,
    )
    found = [nowcast(seen.cohort(), seen.cohort(), horizon, draws=30) for seen in (whole, truncated)]
    assert found[0] == found[1]


def test_a_horizon_beyond_the_follow_up_is_not_known_yet() -> None:
    found = nowcast(gather([10], [0]), REFERENCE, 90)
    assert (found.value, found.reason, found.days_until_known) == (None, Unknown.BEYOND_FOLLOW_UP, 30)
    assert found.estimate().reason is Unknown.BEYOND_FOLLOW_UP
    assert (found.won, found.undecided) == (0, 1)


def test_open_cases_older_than_any_of_the_reference_are_not_guessed() -> None:
    found = nowcast(gather([50], [0]), gather([10, 20], [1, 2]), 90)
    assert (found.value, found.reason) == (None, Unknown.NOBODY_OBSERVED)


def test_no_case_and_no_reference_are_named_apart() -> None:
    nobody = gather([], [])
    assert nowcast(nobody, REFERENCE, 30).reason is Unknown.NO_CASES
    assert nowcast(gather([3], [0]), nobody, 30).value is None
    assert nowcast(gather([40], [0]), nobody, 30).value == 0  # needs no reference: its time is over


def test_the_band_is_as_wide_as_chance_alone_when_the_reference_is_huge() -> None:
    """100 cases just begun, a fourth of which will be won: 80 % of binomial(100, .25) lie within 19 to 31."""
    reference = gather([10, 20], [1, 2], weight=[250_000, 750_000])
    found = nowcast(gather([0], [0], weight=[100]), reference, 30, draws=4000)
    band = found.estimate(0.8)
    assert band.method == PREDICTIVE
    assert band.value == pytest.approx(0.25)
    assert band.low == pytest.approx(0.19, abs=0.011)
    assert band.high == pytest.approx(0.31, abs=0.011)


def test_a_small_reference_widens_the_band() -> None:
    cohort = gather([0], [0], weight=[100])
    widths = []
    for size in (10, 1000):
        band = nowcast(cohort, gather([10, 20], [1, 2], weight=[size, 3 * size]), 30).bands[1]
        assert band.low is not None
        assert band.high is not None
        widths.append(band.high - band.low)
    assert widths[0] > 1.5 * widths[1]


def test_a_completion_shared_by_cohorts_says_what_each_would_have_been_told() -> None:
    shared = Completion(REFERENCE, 30)
    for age in (0, 8, 25):
        cohort = gather([age, 12], [0, 1])
        assert nowcast(cohort, shared, 30) == nowcast(cohort, REFERENCE, 30)


def test_an_exit_of_another_kind_has_a_nowcast_too() -> None:
    both = [nowcast(gather([5], [0]), REFERENCE, 45, cause=cause).value for cause in (1, 2, 3)]
    assert None not in both
    assert both[2] == 0
    assert sum(value or 0 for value in both) <= 1


def test_a_cohort_with_young_open_cases_has_no_ratio_to_audit() -> None:
    found = mature_ratio(gather([40, 12, 25], [1, 0, 0]), 30)
    assert (found.value, found.reason, found.days_until_known) == (None, Unknown.NOT_MATURE, 18)
    assert mature_ratio(gather([], []), 30).reason is Unknown.NO_CASES


def test_the_ratio_to_audit_has_the_interval_of_wilson() -> None:
    found = mature_ratio(gather([9, 200], [1, 0], weight=[15, 133]), 30)
    assert found.value == pytest.approx(15 / 148)
    assert (found.n, found.method) == (148, "Wilson")
    assert (found.low, found.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)
