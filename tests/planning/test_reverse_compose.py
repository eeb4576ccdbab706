"""A goal worked back says what must be done by when, or by how much it cannot be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hakari.maths.landing import Open
from hakari.planning.reverse_compose import compose
from hakari.planning.reverse_given import Given, read_given
from hakari.planning.reverse_material import Material
from hakari.planning.reverse_plan import Origin, ReversePlan, Verdict
from tests.planning.funnels import TODAY, goal, known, material, worker

NOTHING = Given({})
AT_ONCE = material(known(0.5), known(0.2), known(0.25))
SLOW = [0.0] * 28 + [1.0]


def plan(some: Material, value: float, given: Given = NOTHING, chance: float | None = None) -> ReversePlan:
    return compose(some, goal(value), given, chance)


def test_without_lags_it_is_the_division_everybody_knows() -> None:
    """2 orders at 1 in 2, 1 in 5 and 1 in 4 take 80 calls, 40 connects and 8 deals."""
    found = plan(AT_ONCE, 2.0)
    assert [(one.key, round(one.total, 6)) for one in found.stages] == [
        ("calls", 80),
        ("connects", 40),
        ("deals", 8),
        ("orders", 2),
    ]
    assert all(one.half_by == date(2027, 3, 31) for one in found.stages)


def test_what_is_begun_too_late_is_not_planned() -> None:
    found = plan(material(known(0.25, SLOW)), 10.0)
    line = found.stages[0]
    assert line.half_by == line.last_useful == date(2027, 3, 3)
    assert sum(line.buckets) == pytest.approx(line.total)
    assert 40 <= line.total < 42  # part of the last week is already too late


def test_everything_created_ends_in_the_orders_needed() -> None:
    under_way = Open(0, np.array([0, 10, 20]), np.full(3, np.nan))
    some = replace(material(known(0.25, SLOW)), open=(under_way,), inflow={})
    found = plan(some, 10.0)
    assert found.stages[-1].total == pytest.approx(10.0)
    assert found.under_way > 0
    assert found.efforts < 40


def test_the_people_add_up_to_the_team() -> None:
    team = [worker("A", 10), worker("B", 30)]
    found = plan(replace(AT_ONCE, workers=tuple(team)), 10.0)
    assert sum(one.total for one in found.people) == pytest.approx(found.efforts)
    assert found.people[1].total == pytest.approx(3 * found.people[0].total)
    for place, bucket in enumerate(found.stages[0].buckets):
        assert sum(one.buckets[place] for one in found.people) == pytest.approx(bucket)


def test_what_nobody_can_do_is_said_as_a_shortfall() -> None:
    """85 business days at 20 calls are 1,700 calls, 42.5 orders."""
    found = plan(replace(AT_ONCE, workers=(worker("A", 20),)), 100.0)
    assert found.verdict is Verdict.SHORT
    assert found.business_days == 85
    assert found.reach == pytest.approx(42.5)
    assert found.short == pytest.approx(57.5)
    assert [one.kind for one in found.binding] == ["people"]


def test_a_list_limits_what_can_be_reached() -> None:
    given = read_given({"list": "100", "touches": "2"})
    found = plan(replace(AT_ONCE, workers=(worker("A", 20),)), 100.0, given)
    assert found.short == pytest.approx(95.0)
    assert [(one.kind, round(one.worth, 6)) for one in found.binding] == [("list", 0.05)]


def test_more_people_only_help_where_people_are_the_limit() -> None:
    some = replace(AT_ONCE, workers=(worker("A", 20),))
    assert plan(some, 60.0, read_given({"reps": "2"})).verdict is Verdict.NEEDS
    assert plan(some, 10.0, read_given({"reps": "2"})).efforts == pytest.approx(plan(some, 10.0).efforts)


def test_it_says_how_many_people_it_would_take() -> None:
    """100 orders are 4,000 calls in 85 days, 47 a day: three people at 20."""
    some = replace(AT_ONCE, workers=(worker("A", 20),))
    assert plan(some, 100.0).needed_reps == 3
    assert plan(some, 100.0, read_given({"list": "100"})).needed_reps is None


def test_more_people_at_todays_pace_land_more() -> None:
    some = replace(AT_ONCE, workers=(worker("A", 20),))
    before, after = plan(some, 100.0), plan(some, 100.0, read_given({"reps": "2"}))
    assert before.at_pace is not None
    assert after.at_pace is not None
    assert after.at_pace.value == pytest.approx(2 * before.at_pace.value)
    assert after.stages[0].pace == pytest.approx(2 * (before.stages[0].pace or 0))


def test_a_newcomer_is_planned_less_at_first() -> None:
    team = (worker("old", 20, date(2020, 4, 1)), worker("new", 2, date(2026, 11, 1)))
    found = plan(replace(AT_ONCE, workers=team), 60.0)
    assert found.people[1].ramping
    assert found.people[1].per_day < found.people[0].per_day / 2
    assert found.people[1].total > 2 * found.business_days


def test_todays_pace_may_be_enough() -> None:
    """85 days at 10 calls are 21 orders."""
    found = plan(AT_ONCE, 12.0, chance=0.8)
    assert found.verdict is Verdict.ON_COURSE
    assert found.at_pace is not None
    assert found.at_pace.value == pytest.approx(21.25)


def test_certainty_has_a_price() -> None:
    efforts = [plan(AT_ONCE, 40.0, chance=chance).efforts for chance in (None, 0.8, 0.9)]
    assert efforts == sorted(efforts)
    assert efforts[1] > 1.1 * efforts[0]


def test_a_chance_out_of_reach_is_not_promised() -> None:
    found = plan(replace(AT_ONCE, workers=(worker("A", 20),)), 40.0, chance=0.9)
    assert found.verdict is Verdict.UNSURE
    assert found.planned is not None
    assert found.planned.chance < 0.9


def test_the_rate_that_todays_pace_would_need_may_be_impossible() -> None:
    """850 calls are 85 deals: 100 orders would need 118 %."""
    found = plan(AT_ONCE, 100.0)
    assert found.needed_win_rate == pytest.approx(100 / 85)


def test_a_goal_already_reached_asks_for_nothing() -> None:
    found = compose(AT_ONCE, goal(10.0, so_far=12.0), NOTHING, 0.8)
    assert (found.verdict, found.efforts) == (Verdict.REACHED, 0.0)


def test_after_the_last_day_for_orders_nothing_can_be_planned() -> None:
    found = compose(AT_ONCE, goal(10.0, last=TODAY, so_far=4.0), NOTHING, 0.8)
    assert (found.verdict, found.short) == (Verdict.SHORT, 6.0)


def test_every_assumption_says_where_it_comes_from() -> None:
    found = plan(AT_ONCE, 10.0, read_given({"reps": "3"})).assumed()
    assert found["connect_rate"].origin is Origin.OBSERVED
    assert found["connect_rate"].n == 400
    assert found["reps"].origin is Origin.GIVEN
    assert found["cycle"].value == 0.0


def test_levers_are_ranked_by_what_they_bring_in_time() -> None:
    steps = (replace(known(0.5), best_rate=0.6), replace(known(0.2), best_rate=0.3), known(0.25))
    found = plan(material(*steps), 100.0)
    assert [one.key for one in found.levers] == ["appointment_rate", "connect_rate"]
    assert found.levers[0].gain == pytest.approx(21.25 * 0.5)
