"""The plan lands what is needed with the least effort, or says by how much it cannot."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.back_plan import BackPlan, Limits, back_plan
from hakari.maths.lag_kernel import Step, landed, passing

QUICK = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def limits(landing: list[list[float]], capacity: list[list[float]], **more: object) -> Limits:
    weeks = len(landing)
    given_ = {"smooth": 0.0, **more}
    return Limits(np.array(landing), np.array(capacity), np.full(weeks, 5), **given_)  # type: ignore[arg-type]


@st.composite
def drawn(draw: st.DrawFn) -> Limits:
    weeks, segments, reps = (draw(st.integers(1, most)) for most in (5, 2, 3))
    landing = [[draw(st.floats(0.01, 1.0)) for _ in range(segments)] for _ in range(weeks)]
    capacity = [[draw(st.floats(0.0, 20.0)) for _ in range(reps)] for _ in range(weeks)]
    records = np.array([draw(st.sampled_from([np.inf, 3.0, 15.0])) for _ in range(segments)])
    cool_down = draw(st.sampled_from([None, 1, 2]))
    return limits(landing, capacity, records=records, touches=2.0, cool_down=cool_down)


NEEDS = st.floats(0.1, 40.0)


def test_without_lags_and_pipeline_it_is_the_classic_division() -> None:
    """60 orders at 1 in 2 and 1 in 5 need 600 calls, whenever they are made."""
    by = landed([Step.of(0.5), Step.of(0.2)], 1)[-1]
    plan = back_plan(limits([[by]] * 4, [[1000.0]] * 4), 60.0)
    assert plan.total == pytest.approx(600.0)
    assert plan.short == 0


def test_with_all_the_time_there_is_the_total_is_the_need_through_all_rates() -> None:
    funnel = [Step.of(0.5, [0, 0.5, 0.5]), Step.of(0.2, [0, 0, 1.0])]
    by = landed(funnel, 400)
    weeks = [[by[399 - 7 * week]] for week in range(50)]
    plan = back_plan(limits(weeks, [[1000.0]] * 50), 60.0)
    assert plan.total == pytest.approx(60 / passing(funnel))


@QUICK
@given(drawn(), NEEDS, st.floats(1.0, 2.0))
def test_a_higher_goal_never_takes_less(some: Limits, need: float, more: float) -> None:
    assert back_plan(some, need * more).total >= back_plan(some, need).total - 1e-6


@QUICK
@given(drawn(), NEEDS, st.floats(1.0, 2.0))
def test_better_rates_never_take_more_for_the_same(some: Limits, need: float, better: float) -> None:
    before, after = back_plan(some, need), back_plan(replace(some, landing=some.landing * better), need)
    if before.feasible:
        assert after.total <= before.total + 1e-6
    assert after.short <= before.short + 1e-6


@QUICK
@given(drawn(), NEEDS, st.floats(0.0, 20.0))
def test_more_under_way_never_takes_more(some: Limits, need: float, credit: float) -> None:
    assert back_plan(some, need - credit).total <= back_plan(some, need).total + 1e-6


@QUICK
@given(drawn(), NEEDS)
def test_a_plan_falls_short_exactly_when_even_the_most_does(some: Limits, need: float) -> None:
    plan = back_plan(some, need)
    assert (plan.short > 0) == (need > plan.reach + 1e-9 * max(1.0, need))
    assert plan.landed + plan.short == pytest.approx(need, abs=1e-6)


@QUICK
@given(drawn(), NEEDS)
def test_every_limit_is_kept_and_the_people_add_up_to_the_team(some: Limits, need: float) -> None:
    plan = back_plan(some, need)
    assert float(plan.effort.sum()) == pytest.approx(plan.total)
    assert np.all(plan.effort.sum(axis=1) <= some.capacity + 1e-6)
    assert plan.weekly == pytest.approx(plan.effort.sum(axis=(1, 2)))
    records = some.records if some.records is not None else np.array([])
    length = some.cool_down or some.landing.shape[0]
    per_segment = plan.effort.sum(axis=2)
    for segment, first in product(range(records.size), range(some.landing.shape[0] - length + 1)):
        assert per_segment[first : first + length, segment].sum() <= records[segment] * some.touches + 1e-6


@QUICK
@given(drawn(), NEEDS)
def test_twice_the_people_with_room_to_spare_leave_the_total_as_it_is(some: Limits, need: float) -> None:
    plan = back_plan(some, need)
    twice = back_plan(replace(some, capacity=np.concatenate([some.capacity, some.capacity], axis=1)), need)
    used = plan.effort.sum(axis=(1, 2))
    if plan.feasible and np.all(used < some.capacity.sum(axis=1) - 1e-6):
        assert twice.total == pytest.approx(plan.total)
    assert twice.short <= plan.short + 1e-6


def brute(some: Limits, need: float, grid: range) -> float | None:
    """The least total among all whole-numbered plans of one rep."""
    weeks, segments = some.landing.shape
    best: float | None = None
    for flat in product(grid, repeat=weeks * segments):
        effort = np.array(flat).reshape(weeks, segments)
        if np.any(effort.sum(axis=1) > some.capacity[:, 0]) or (effort * some.landing).sum() < need - 1e-9:
            continue
        records = some.records
        if records is not None and np.any(effort.sum(axis=0) > records * some.touches):
            continue
        best = effort.sum() if best is None else min(best, effort.sum())
    return best


@pytest.mark.parametrize("need", [1.0, 2.0, 3.5, 5.0, 7.0])
def test_small_plans_are_those_found_by_trying_everything(need: float) -> None:
    """Limits and landings are such that the best plan is of whole numbers."""
    some = limits([[0.5, 1.0], [0.5, 0.5], [0.25, 0.25]], [[4.0]] * 3, records=np.array([np.inf, 3.0]))
    plan, found = back_plan(some, need), brute(some, need, range(5))
    if found is None:
        assert plan.short > 0
    else:
        assert plan.total <= found + 1e-6
        assert np.ceil(plan.total - 1e-6) == found


def test_one_more_record_is_worth_what_it_lands() -> None:
    """Ten records, called twice each, where one call lands .0045: one more record lands .009."""
    some = limits([[0.0045]] * 3, [[1000.0]] * 3, records=np.array([10.0]), touches=2.0)
    plan = back_plan(some, 1.0)
    assert [(one.kind, round(one.worth, 6)) for one in plan.binding] == [("list", 0.009)]
    assert plan.short == pytest.approx(1.0 - 0.09)


def test_one_more_person_is_worth_what_they_land() -> None:
    plan = back_plan(limits([[0.1], [0.05]], [[20.0, 20.0], [20.0, 20.0]]), 100.0)
    assert [(one.kind, round(one.worth, 6)) for one in plan.binding] == [("people", 3.0)]


def test_a_record_may_be_called_again_after_its_rest() -> None:
    """Ten records, one call each: in four weeks with a rest of two, twice."""
    some = limits([[1.0]] * 4, [[1000.0]] * 4, records=np.array([10.0]), cool_down=2)
    assert back_plan(some, 100.0).reach == pytest.approx(20.0)


def test_nobody_is_planned_where_they_do_not_work() -> None:
    serves = np.array([[True, False], [False, True]])
    plan = back_plan(limits([[1.0, 0.1]], [[10.0, 10.0]], serves=serves), 10.5)
    assert plan.effort[0].tolist() == [[10.0, 0.0], [0.0, pytest.approx(5.0)]]


def test_people_share_the_load_by_what_they_can_do() -> None:
    plan = back_plan(limits([[0.1]], [[30.0, 10.0]]), 2.0)
    assert plan.effort[0, 0].tolist() == pytest.approx([15.0, 5.0])


def test_a_smooth_plan_is_level_where_a_greedy_one_starts_with_a_rush() -> None:
    landing = [[0.10], [0.09], [0.08], [0.0]]
    some = limits(landing, [[100.0]] * 4)
    greedy, level = back_plan(some, 9.0), back_plan(replace(some, smooth=0.5), 9.0)
    assert greedy.weekly.tolist() == pytest.approx([90.0, 0.0, 0.0, 0.0])
    assert level.weekly[:3].tolist() == pytest.approx([9.0 / 0.27] * 3)
    assert level.weekly[3] == pytest.approx(0.0)


def test_nothing_is_to_be_done_for_a_goal_already_reached() -> None:
    plan: BackPlan = back_plan(limits([[0.1]], [[10.0]]), -5.0)
    assert (plan.total, plan.short) == (0.0, 0.0)


def test_a_plan_without_weeks_is_refused() -> None:
    with pytest.raises(ImpossibleSampleError):
        back_plan(Limits(np.zeros((0, 1)), np.zeros((0, 1)), np.zeros(0, np.int64)), 1.0)
