"""Goals add up, lie near what people reach, and a little above where the running quarter will land."""

from __future__ import annotations

import numpy as np
import pytest

from hakari.config import profile_from
from hakari.sources.demo.block import Block
from hakari.sources.demo.load import KPIS, profile
from hakari.sources.demo.simulator import found
from hakari.sources.demo.story import happen
from hakari.sources.demo.tally import Tally
from hakari.sources.demo.targets import WIN_AMOUNT, Goal, Goals
from hakari.sources.demo.world import World
from tests.sources.demo.told import TODAY

Plans = list[tuple[Tally, list[Goal]]]


@pytest.fixture(scope="module")
def plans() -> Plans:
    made = []
    for seed in range(1, 7):
        company = found(World(), TODAY, seed, 1)
        tally = Tally(company.timeline, len(company.roster.hires))
        tally.add(happen(Block(company, 0, 1.0, 0, {})))
        made.append((tally, Goals(company, tally).all()))
    return made


def of(goals: list[Goal], measure: str, level: str) -> list[Goal]:
    levels = {"company": (False, False), "team": (True, False), "person": (False, True)}
    return [one for one in goals if one.measure == measure and (one.team > 0, one.owner > 0) == levels[level]]


def test_the_companys_goal_is_the_sum_of_the_units_and_theirs_of_their_peoples(plans: Plans) -> None:
    for _, goals in plans:
        for whole in of(goals, WIN_AMOUNT, "company"):
            for level in ("team", "person"):
                parts = [one.value for one in of(goals, WIN_AMOUNT, level) if one.period == whole.period]
                assert sum(parts) == pytest.approx(whole.value)


def test_the_months_goals_add_up_to_the_quarters(plans: Plans) -> None:
    tally, goals = plans[0]
    for level in ("company", "team", "person"):
        for quarter in tally.timeline.quarters:
            named = [one for one in of(goals, WIN_AMOUNT, level) if one.period == quarter]
            for one in named:
                months = [
                    other.value
                    for other in of(goals, WIN_AMOUNT, level)
                    if (other.team, other.owner) == (one.team, one.owner)
                    and other.period != quarter
                    and quarter.contains(other.period.start)
                ]
                assert sum(months) == pytest.approx(one.value)


def test_the_running_quarters_plan_lies_somewhat_above_where_it_lands(plans: Plans) -> None:
    for tally, goals in plans:
        running = tally.timeline.quarter
        plan = next(one.value for one in of(goals, WIN_AMOUNT, "company") if one.period == running)
        landing = float(tally.by_quarter["amount"][:, -1].sum())
        assert 1.03 < plan / landing < 1.45


def test_the_unit_of_the_turn_is_behind_its_plan_today(plans: Plans) -> None:
    for tally, goals in plans:
        timeline = tally.timeline
        unit = [place for place, hire in enumerate(timeline.world.hires) if hire.unit == 1]
        plan = next(
            one.value
            for one in of(goals, WIN_AMOUNT, "team")
            if one.team == 2 and one.period == timeline.quarter
        )
        passed, total = timeline.calendar.elapsed(timeline.quarter, TODAY)
        assert tally.amount_so_far[unit].sum() < plan * passed / total


def test_most_people_come_near_their_goals(plans: Plans) -> None:
    """Of the quarters that are over, three of four land between a fifth below and a quarter above."""
    reached = []
    for tally, goals in plans:
        for one in of(goals, WIN_AMOUNT, "person"):
            if one.period in tally.timeline.quarters[:-1]:
                quarter = tally.timeline.quarters.index(one.period)
                reached.append(tally.by_quarter["amount"][one.owner - 1, quarter] / one.value)
    near = np.mean([0.8 < share < 1.25 for share in reached])
    assert 0.70 < near < 0.95


def test_every_kpi_of_the_profile_has_a_goal_for_company_unit_and_person(plans: Plans) -> None:
    tally, goals = plans[0]
    for measure in (*KPIS, WIN_AMOUNT, "outbound_dials", "sdr_connects.rate"):
        for level in ("company", "team", "person"):
            periods = {one.period for one in of(goals, measure, level)}
            assert tally.timeline.quarter in periods, (measure, level)


def test_rates_asked_for_are_rates(plans: Plans) -> None:
    for _, goals in plans:
        for one in goals:
            if one.measure.endswith(".rate") or one.measure == "fs_win_rate_on_opportunities":
                assert 0 < one.value < 1


def test_a_newcomer_is_asked_for_less(plans: Plans) -> None:
    tally, goals = plans[0]
    names = [hire.name for hire in tally.timeline.world.hires]
    running = tally.timeline.quarter
    asked = {
        one.owner - 1: one.value for one in of(goals, "outbound_dials", "person") if one.period == running
    }
    newcomer = names.index("宮内 陽菜")
    mates = [names.index("早瀬 美月"), names.index("相沢 涼")]
    assert asked[newcomer] < 0.7 * min(asked[place] for place in mates)


def test_who_has_not_joined_has_no_goal(plans: Plans) -> None:
    tally, goals = plans[0]
    newcomer = [hire.name for hire in tally.timeline.world.hires].index("宮内 陽菜")
    asked = {one.period for one in goals if one.owner == newcomer + 1}
    assert asked <= set(tally.timeline.quarters[-2:]) | set(tally.timeline.months[-4:])


def test_the_profile_survives_being_stored() -> None:
    made = profile(World(), TODAY)
    assert profile_from(made.as_json()) == made
    assert (made.demo, made.kgi, len(made.kpis)) == (True, WIN_AMOUNT, 5)
