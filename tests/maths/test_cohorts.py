"""Cases become counts without losing any, and look on each day as they looked that day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Cohort, Seen, gather, seen_at
from tests.maths.cases import Cases, cases

DAYS = st.integers(0, 60)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[int], list[int], list[int], list[int]]:
    """Days of beginning, of ending, ways of ending, and days on which the end was written down."""
    size = draw(st.integers(1, 20))
    began = draw(st.lists(DAYS, min_size=size, max_size=size))
    ended = [day + draw(st.integers(0, 40)) for day in began]
    causes = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    known = [day + draw(st.integers(0, 10)) for day in ended]
    return began, ended, causes, known


def rows(cohort: Cohort) -> list[tuple[float, ...]]:
    return list(
        zip(*(one.tolist() for one in (cohort.age, cohort.cause, cohort.entry, cohort.weight)), strict=True)
    )


def test_equal_cases_are_counted_together_in_the_order_of_age() -> None:
    cohort = gather([5, 3, 5, 5], [1, 0, 1, 2])
    assert rows(cohort) == [(3, 0, 0, 1.0), (5, 1, 0, 2.0), (5, 2, 0, 1.0)]
    assert (cohort.n, cohort.open, cohort.exits(), cohort.exits(2)) == (4, 1, 2, 1)


@given(cases(late=True))
def test_no_watched_case_is_lost(some: Cases) -> None:
    watched = [
        w
        for age, entry, w in zip(some.ages, some.entries, some.weights, strict=True)
        if entry < age or not entry
    ]
    assert some.cohort().n == sum(watched)


@given(cases(late=True))
def test_far_apart_ages_are_counted_like_near_ones(some: Cases) -> None:
    far = gather(np.asarray(some.ages) * 10**7, some.causes, np.asarray(some.entries) * 10**7, some.weights)
    near = some.cohort()
    assert np.array_equal(far.age, near.age * 10**7)
    assert np.array_equal(far.weight, near.weight)


def test_a_case_that_ended_before_it_began_is_reported_and_not_counted() -> None:
    cohort = gather([4, -1, -2], [1, 1, 0], weight=[1, 2, 1])
    assert (cohort.n, cohort.left_out) == (1, 3)
    assert cohort.watched_until(2).left_out == 3


def test_what_had_ended_when_watching_began_is_not_in_the_table() -> None:
    assert gather([5, 5, 5], [1, 1, 1], [5, 6, 4]).n == 1


@pytest.mark.parametrize(
    ("ages", "causes", "weights"),
    [
        ([1.5], [1], None),
        ([float("nan")], [1], None),
        ([1], [-1], None),
        ([1], [1], [-2]),
        ([1, 2], [1], None),
    ],
)
def test_impossible_cases_are_refused(
    ages: list[float], causes: list[int], weights: list[float] | None
) -> None:
    with pytest.raises(ImpossibleSampleError, match="→"):
        gather(ages, causes, weight=weights)


def test_an_age_beyond_any_calendar_is_refused() -> None:
    with pytest.raises(ImpossibleSampleError, match="calendar"):
        gather([2**61, 3], [2, 1], [0, 2])


def test_on_an_evening_only_what_happened_by_then_is_seen() -> None:
    """Begun on days 1, 2, 5 and 9; the first won on day 4, the second lost on day 8."""
    seen = seen_at([1, 2, 5, 9], [4, 8, 0, 0], [1, 2, 0, 0], as_of=7)
    assert seen.age.tolist() == [3, 5, 2]
    assert seen.cause.tolist() == [1, 0, 0]
    assert seen.since.tolist() == [6, 5, 2]


def test_an_exit_written_down_later_is_still_open() -> None:
    seen = seen_at([0], [3], [1], as_of=5, known=[6])
    assert (seen.age.tolist(), seen.cause.tolist()) == ([5], [0])


@given(histories(), DAYS)
def test_knowing_the_future_changes_nothing(
    history: tuple[list[int], list[int], list[int], list[int]], as_of: int
) -> None:
    """f(all, T) equals f(what was known at T, T), written down rows and all."""
    whole = seen_at(*history[:3], as_of=as_of, known=history[3])
    then = [
        (began, ended if known <= as_of else 10**6, cause if known <= as_of else 0, known)
        for began, ended, cause, known in zip(*history, strict=True)
        if began <= as_of
    ]
    began, ended, causes, known = ([one[place] for one in then] for place in range(4))
    truncated = seen_at(began, ended, causes, as_of=as_of, known=known)
    for one, other in zip(
        (whole.age, whole.cause, whole.since), (truncated.age, truncated.cause, truncated.since), strict=True
    ):
        assert np.array_equal(one, other)  # and so whatever is worked out from them
    assert rows(whole.last(20)) == rows(truncated.last(20))


@given(histories(), DAYS, st.integers(1, 40))
def test_each_exit_is_either_in_the_last_days_or_before_them(
    history: tuple[list[int], list[int], list[int], list[int]], as_of: int, days: int
) -> None:
    seen = seen_at(*history[:3], as_of=as_of)
    for cause in (1, 2):
        parts = seen.last(days).exits(cause) + seen.before_last(days).exits(cause)
        assert parts == seen.cohort().exits(cause)


@given(histories(), DAYS, st.integers(1, 40))
def test_what_had_happened_before_the_last_days_is_what_was_seen_then(
    history: tuple[list[int], list[int], list[int], list[int]], as_of: int, days: int
) -> None:
    """Of what began before: the day on which the last days began is theirs."""
    before = seen_at(*history[:3], as_of=as_of).before_last(days)
    earlier = seen_at(*history[:3], as_of=as_of - days)
    assert rows(before) == rows(earlier.where(earlier.since > 0).cohort())


def test_a_reopened_deal_ended_at_its_first_close() -> None:
    """Lost on day 3, opened again on day 10, won on day 20: two cases, and yesterday's figures stay."""
    lives = {"began": [0, 10], "ended": [3, 20], "cause": [2, 1]}
    assert [seen_at(**lives, as_of=day).cohort().exits(2) for day in (5, 12, 25)] == [1, 1, 1]
    assert [seen_at(**lives, as_of=day).cohort().n for day in (5, 12, 25)] == [1, 2, 2]


def test_only_cases_old_enough_are_mature() -> None:
    seen = Seen(*(np.asarray(one) for one in ([3, 40, 10], [1, 0, 0], [90, 40, 10])))
    assert seen.mature(40).since.tolist() == [90, 40]
