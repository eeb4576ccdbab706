"""Levers are ranked by what they bring in time at a level the team has shown, not by their elasticity."""

from __future__ import annotations

import numpy as np
import pytest

from hakari.maths.lag_kernel import Step
from hakari.maths.landing import Situation, expected
from hakari.maths.levers import Lever, best_mean, best_rate, gains, moved

WEEKS = (np.array([20, 19, 18, 17, 16]), np.array([6, 5, 4, 3, 2]))
FUNNEL = (Step.of(0.3), Step.of(0.2, [0] * 7 + [1.0]))


def situation() -> Situation:
    return Situation(FUNNEL, 100.0, WEEKS, 20)


def test_the_lever_with_the_largest_gain_comes_first() -> None:
    """From 30 % to 45 % is half as much again, from 20 % to 22 % a tenth."""
    found = gains(
        situation(), np.array([100.0, 0.0]), [Lever("rate", 1, 0.2, 0.22), Lever("rate", 0, 0.3, 0.45)]
    )
    assert [(one.lever.stage, round(one.gain)) for one in found] == [(0, 300), (1, 60)]


def test_a_lever_that_works_too_late_gains_nothing_and_is_left_out() -> None:
    """Efforts of the last week take seven days more than there are."""
    assert gains(situation(), np.array([0.0, 100.0]), [Lever("rate", 0, 0.3, 0.45)]) == ()


def test_a_shorter_wait_brings_in_time_what_would_come_too_late() -> None:
    found = gains(situation(), np.array([0.0, 100.0]), [Lever("wait", 1, 8.0, 4.0)])
    assert len(found) == 1
    assert 0 < found[0].gain <= 600


def test_price_and_volume_scale_all_of_it() -> None:
    efforts = np.array([100.0, 0.0])
    found = gains(
        situation(), efforts, [Lever("price", None, 100.0, 110.0), Lever("volume", None, 5.0, 10.0)]
    )
    assert [(one.lever.kind, round(one.gain)) for one in found] == [("volume", 600), ("price", 60)]


def test_a_lever_where_it_is_already_changes_nothing() -> None:
    same = moved(situation(), Lever("rate", 0, 0.3, 0.3))
    assert expected(same, np.array([10.0, 0.0])) == pytest.approx(
        expected(situation(), np.array([10.0, 0.0]))
    )


def test_the_best_of_equal_quarters_is_hardly_better_than_their_average() -> None:
    """8, 10, 12 and 10 of 50: luck alone, so the best is drawn to the 20 % of all."""
    best = best_rate([8, 10, 12, 10], [50, 50, 50, 50])
    assert best is not None
    assert 0.2 <= best < 0.22


def test_a_quarter_that_stands_out_keeps_most_of_its_lead() -> None:
    best = best_rate([100, 100, 200], [1000, 1000, 1000])
    assert best is not None
    assert best > 0.18


def test_one_quarter_has_no_best() -> None:
    assert best_rate([5], [10]) is None
    assert best_mean([[1.0, 2.0]]) is None


def test_of_waits_the_shortest_is_best_and_of_prices_the_highest() -> None:
    groups = [[10.0, 10.5, 9.5] * 10, [20.0, 20.5, 19.5] * 10]
    assert best_mean(groups, highest=False) == pytest.approx(10.0, abs=0.1)
    assert best_mean(groups) == pytest.approx(20.0, abs=0.1)


def test_scattered_means_of_few_cases_say_little() -> None:
    best = best_mean([[1.0, 9.0], [2.0, 10.0], [3.0, 7.0]])
    assert best == pytest.approx(16 / 3, abs=0.5)
