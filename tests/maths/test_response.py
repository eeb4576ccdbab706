"""Waiting times count those who still wait, and never look better for leaving somebody waiting."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.aalen_johansen import aalen_johansen
from hakari.maths.estimates import Unknown
from hakari.maths.response import Responses, WaitingTime, responses
from tests.maths.cases import published

QUANTILES = st.sampled_from([0.1, 0.25, 0.5, 0.8, 0.9])
WAITS = st.lists(st.tuples(st.integers(0, 500), st.booleans()), min_size=1, max_size=30)


def of(waits: list[tuple[int, bool]]) -> Responses:
    return responses([minutes for minutes, _ in waits], [answered for _, answered in waits])


def lies_at(found: WaitingTime) -> float:
    """Beyond all that was seen is later than any time seen."""
    return np.inf if found.value is None else found.value


@pytest.mark.parametrize(
    ("q", "value", "low", "high"), [(0.25, 170, 144, 194), (0.5, 310, 284, 361), (0.75, 550, 457, 643)]
)
def test_lung_gives_the_answers_of_r(q: float, value: int, low: int, high: int) -> None:
    found = Responses(aalen_johansen(published("lung_counts.csv"))).quantile(q)
    assert (found.value, found.low, found.high, found.n, found.open) == (value, low, high, 228, 63)


def test_by_hand_a_lead_that_still_waits_moves_the_median() -> None:
    """Answered after 5, 10 and 60; one has waited 20. Answered alone: 10. With it 1/4, 2/4, then all."""
    found = of([(5, True), (10, True), (60, True), (20, False)])
    assert found.quantile(0.5).value == 10
    assert found.quantile(0.6).value == 60
    assert found.share_within(30).value == pytest.approx(0.5)


def test_what_too_few_reached_lies_beyond_the_longest_wait() -> None:
    found = of([(5, True), (90, False), (240, False)]).quantile(0.8)
    assert (found.value, found.beyond, found.reason) == (None, 240, Unknown.NOT_REACHED)
    assert found.high is None
    assert found.interval.contains(10_000)


def test_nobody_asked_nobody_waited() -> None:
    found = responses([], []).quantile(0.5)
    assert (found.value, found.beyond, found.reason) == (None, None, Unknown.NO_CASES)


def test_an_answer_before_the_question_is_reported() -> None:
    found = responses([-3, 4, 6], [True, True, True]).quantile(0.5)
    assert (found.value, found.n, found.left_out) == (4, 2, 1)


def test_a_quantile_of_all_is_none() -> None:
    with pytest.raises(ImpossibleSampleError, match="between 0 and 1"):
        of([(1, True)]).quantile(1.0)


@given(WAITS, st.integers(0, 600), QUANTILES)
def test_one_more_that_waits_never_lowers_a_percentile(
    waits: list[tuple[int, bool]], minutes: int, q: float
) -> None:
    assert lies_at(of([*waits, (minutes, False)]).quantile(q)) >= lies_at(of(waits).quantile(q))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30), QUANTILES)
def test_where_nobody_waits_any_more_it_is_the_plain_quantile(minutes: list[int], q: float) -> None:
    found = responses(minutes, [True] * len(minutes)).quantile(q)
    plain = np.quantile(minutes, q, method="inverted_cdf")
    assert found.value == plain


@given(WAITS, QUANTILES)
def test_bounds_hold_their_value(waits: list[tuple[int, bool]], q: float) -> None:
    found = of(waits).quantile(q)
    if found.value is not None:
        assert found.interval.contains(found.value)


@given(WAITS, QUANTILES, st.integers(2, 60))
def test_minutes_and_seconds_say_the_same(waits: list[tuple[int, bool]], q: float, factor: int) -> None:
    found, finer = (
        of(waits).quantile(q),
        of([(minutes * factor, done) for minutes, done in waits]).quantile(q),
    )
    scaled = [None if one is None else one * factor for one in (found.value, found.low, found.high)]
    assert [finer.value, finer.low, finer.high] == scaled


@given(WAITS, st.integers(0, 500))
def test_the_share_within_a_time_and_the_time_of_a_share_agree(
    waits: list[tuple[int, bool]], minutes: int
) -> None:
    found = of(waits)
    share = found.share_within(minutes).value
    if share is not None and 0 < share < 1:
        assert lies_at(found.quantile(share)) <= minutes


def test_intervals_of_the_median_cover_it() -> None:
    """60 leads, 12 % never answered, the others after 30 minutes in the median, seen after up to a day."""
    held = 0
    truth = 30 * np.exp(NormalDist().inv_cdf(0.5 / 0.88))
    for seed in range(300):
        generator = np.random.default_rng(seed)
        waits = np.floor(30 * np.exp(generator.standard_normal(60)))
        waits[generator.random(60) < 0.12] = 10_000
        watched = generator.integers(30, 1440, 60)
        found = responses(np.minimum(waits, watched), waits <= watched).quantile(0.5)
        held += found.interval.contains(np.floor(truth))
    assert 0.92 <= held / 300 <= 0.99
