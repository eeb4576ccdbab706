"""On the demo company: its goal is worked back from its own records, and what was asked can be kept."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from hakari.bootstrap import Company
from hakari.errors import ParameterNotUnderstoodError
from hakari.planning.reverse_plan import Origin, Verdict
from tests.demo_company import demo_company

YEAR = {"goal": "6億", "by": "2027-03-31"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = demo_company(tmp_path_factory.mktemp("demo"))
    yield made
    made.close()


def test_the_chain_reaches_from_calls_to_orders(company: Company) -> None:
    found = company.reverse_plan(YEAR, "ja")
    assert [one.key for one in found.stages] == [
        *("calls", "connects", "appointments", "deals", "qualified", "proposals", "orders")
    ]
    assert found.assumed()["list"].value == 120
    assert not any(one.kind == "list" for one in found.binding)
    origins = {one.origin for one in found.assumptions}
    assert origins == {Origin.OBSERVED}


def test_its_win_rate_is_near_the_one_its_world_was_made_with(company: Company) -> None:
    """0.70 × 0.68 × 0.64 of the qualified deals are won, by a rep of ordinary skill."""
    found = company.reverse_plan(YEAR, "ja").assumed()["win_rate"]
    assert found.value == pytest.approx(0.70 * 0.68 * 0.64, abs=0.04)


def test_the_quarters_own_target_is_the_goal_where_none_is_given(company: Company) -> None:
    found = company.reverse_plan({}, "ja")
    assert found.goal.value > 0
    assert found.goal.period == company.asked({}, "ja").scope.period


def test_what_comes_too_late_is_not_credited(company: Company) -> None:
    found = company.reverse_plan({}, "ja")
    assert 0 < found.under_way < 0.8 * found.under_way_at_once


def test_revenue_must_be_ordered_before_it_is_delivered(company: Company) -> None:
    found = company.reverse_plan({**YEAR, "kgi": "revenue", "delivery": "2m"}, "ja")
    assert found.goal.order_by.isoformat() == "2027-01-31"
    assert found.goal.ordered_from.isoformat() == "2026-02-01"


def test_a_team_plans_with_its_own_people(company: Company) -> None:
    team = "第1営業部"
    whole, part = company.reverse_plan(YEAR, "ja"), company.reverse_plan({**YEAR, "team": team}, "ja")
    names = {one.name for one in whole.people}
    assert part.people
    assert {one.name for one in part.people} < names


def test_a_better_rate_lands_more_and_a_what_if_takes_no_second(company: Company) -> None:
    before = company.reverse_plan(YEAR, "ja")
    start = time.perf_counter()
    after = company.reverse_plan({**YEAR, "win_rate": "0.4", "price": "300万", "reps": "12"}, "ja")
    assert time.perf_counter() - start < 5
    assert before.at_pace is not None
    assert after.at_pace is not None
    assert after.at_pace.value > before.at_pace.value


def test_the_same_question_gets_the_same_answer(company: Company) -> None:
    assert company.reverse_plan(YEAR, "ja") == company.reverse_plan(YEAR, "ja")


def test_a_goal_that_is_not_won_by_deals_is_refused(company: Company) -> None:
    with pytest.raises(ParameterNotUnderstoodError, match="cannot be worked back"):
        company.reverse_plan({**YEAR, "kgi": "outbound_dials"}, "ja")


def test_scenarios_keep_what_was_asked_in_every_version(company: Company) -> None:
    company.save_scenario("採用2名", {**YEAR, "reps": "10"}, "営業企画", "来期の採用案")
    kept = company.save_scenario("採用2名", {**YEAR, "reps": "11", "team": "all"}, "営業企画", "1名追加")
    assert (kept.version, kept.asked, kept.reason) == (2, {**YEAR, "reps": "11"}, "1名追加")
    view = company.plan_view(YEAR, "ja", ["採用2名"])
    assert [one.name for one in view.compared] == ["採用2名"]
    compared = view.compared[0].plan
    assert compared is not None
    assert compared.assumed()["reps"].value == 11


def test_a_scenario_nobody_kept_is_refused_by_its_nearest_name(company: Company) -> None:
    company.save_scenario("price up", {**YEAR, "price": "300万"}, "", "")
    with pytest.raises(ParameterNotUnderstoodError) as refused:
        company.scenario("price upp")
    assert "price up" in refused.value.way_out


def test_a_view_without_a_goal_says_what_is_missing(company: Company) -> None:
    view = company.plan_view({"period": "FY2028"}, "ja")
    assert view.plan is None
    assert "no target" in view.refused
    assert Verdict.UNKNOWN.value == "unknown"
