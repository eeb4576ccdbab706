"""A plan by averages is a coin toss; one with a stated chance keeps it, and costs more."""

from __future__ import annotations

import numpy as np
import pytest

from hakari.maths.back_plan import Limits, Planner
from hakari.maths.cohorts import Floats, Ints
from hakari.maths.lag_kernel import Step
from hakari.maths.landing import Inflow, Open, Situation, anyway, orders_per_effort, under_way
from hakari.maths.plan_chance import Chance, Evidence, Known, Worlds, with_chance

WEEKS = tuple(np.arange(7 * (12 - week) - 1, 7 * (12 - week) - 6, -1) for week in range(12))
WAITS = np.array([3, 5, 8, 8, 10, 12, 15, 20, 25, 30])


def lag_of(waits: Ints) -> Floats:
    found = np.bincount(waits).astype(np.float64)
    return np.asarray(found / found.sum())


def known(n: float = 200.0, **more: object) -> Known:
    steps = (Step.of(0.3), Step.of(0.2, lag_of(WAITS)))
    prices = np.array([50.0, 80.0, 100.0, 120.0, 150.0])
    situation = Situation(steps, 100.0, WEEKS, 83, **more)  # type: ignore[arg-type]
    return Known(situation, (Evidence(n, np.array([0])), Evidence(n, WAITS)), prices)


def planner(some: Known, capacity: float = 500.0) -> Planner:
    landing = orders_per_effort(some.situation)[:, None] * some.situation.value
    return Planner(Limits(landing, np.full((12, 4), capacity), some.situation.workdays))


def found(some: Known, chance: float | None, need: float = 5000.0, capacity: float = 500.0) -> Chance:
    return with_chance(Worlds(some), planner(some, capacity), need, 0.0, chance)


def test_a_plan_by_averages_reaches_its_goal_every_other_time() -> None:
    assert 0.35 <= found(known(), None).reached <= 0.65


@pytest.mark.parametrize("chance", [0.5, 0.8, 0.9])
def test_the_chance_asked_for_is_reached_and_hardly_exceeded(chance: float) -> None:
    plan = found(known(), chance)
    assert chance <= plan.reached <= chance + 0.04
    assert plan.band.low is not None
    assert plan.band.low <= plan.median


def test_certainty_costs_effort() -> None:
    totals = [found(known(), chance).plan.total for chance in (0.5, 0.8, 0.9)]
    assert totals == sorted(totals)
    assert totals[2] > 1.05 * totals[0]


def test_the_less_is_known_the_dearer_the_same_certainty() -> None:
    assert found(known(n=30), 0.8).plan.total > found(known(n=3000), 0.8).plan.total


def test_where_the_chance_is_out_of_reach_the_most_is_planned_and_its_chance_said() -> None:
    plan = found(known(), 0.9, capacity=17.0)
    assert plan.plan.short > 0
    assert plan.reached < 0.9


def test_the_same_question_gets_the_same_answer() -> None:
    one, other = found(known(), 0.8), found(known(), 0.8)
    assert one.raised == other.raised
    assert np.array_equal(one.plan.effort, other.plan.effort)


def test_what_is_under_way_comes_to_its_average() -> None:
    """60 open cases and what arrives by itself, without any effort: the mean of all worlds."""
    open_ = Open(1, np.repeat(np.array([0, 4, 9]), 20), np.full(60, np.nan))
    some = known(n=5000.0, open=(open_,), inflow=(Inflow(1, 3.0, 400),))
    worth = under_way(some.situation).value + anyway(some.situation).value
    assert Worlds(some).played(np.zeros(12)).mean() == pytest.approx(worth, rel=0.05)


def test_efforts_bring_their_average() -> None:
    some, efforts = known(n=5000.0), np.full(12, 300.0)
    worth = float(orders_per_effort(some.situation) @ efforts) * 100
    assert Worlds(some).played(efforts).mean() == pytest.approx(worth, rel=0.05)


def test_a_share_that_was_given_is_taken_at_its_word() -> None:
    """With thousands of cases and no doubt about the share only luck is left: a tenth of the width."""
    some = known(n=0.0)
    steps = tuple(Evidence(0.0, np.array([], dtype=np.int64)) for _ in range(2))
    sure = Known(some.situation, steps, np.array([100.0]))
    worth = Worlds(sure).played(np.full(12, 10_000.0))
    assert worth.std() / worth.mean() < 0.02
