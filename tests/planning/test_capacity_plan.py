"""Capacity from a company's own people: every figure here can be reckoned on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hakari.bootstrap import Company
from hakari.errors import ParameterNotUnderstoodError
from hakari.planning.capacity_plan import CapacityView
from hakari.planning.capacity_words import capacity_headline
from hakari.planning.sellers import Force
from tests.planning.selling import MILLION, NOW, PEOPLE, ROWS, selling_company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with selling_company(tmp_path_factory.mktemp("selling")) as made:
        yield made


def view(company: Company, **asked: str) -> CapacityView:
    return company.capacity_plan(asked, "en")


def force_of(found: CapacityView) -> Force:
    assert found.force is not None
    return found.force


def test_a_settled_rep_is_worth_what_settled_reps_brought(company: Company) -> None:
    """12 months of two and the five until 土井 left; the newcomer's months are no settled ones."""
    force = force_of(view(company))
    assert force.productivity == 10 * MILLION
    assert force.seat_months == 29
    assert [one.name for one in force.sellers] == ["千葉 紬", "土井 岳", "青木 空", "馬場 凪"]


def test_attrition_is_who_left_of_the_months_of_people_with_its_interval(company: Company) -> None:
    leaving = force_of(view(company)).leaving
    assert (leaving.left, leaving.person_months) == (1, 24 + 24 + 17 + 6)
    assert leaving.rate == pytest.approx(1 / 71)
    assert leaving.interval.low == pytest.approx(0.0253 / 71, rel=0.01)
    assert leaving.interval.high == pytest.approx(5.572 / 71, rel=0.01)


def test_a_leaving_date_nobody_wrote_is_unknown_and_not_zero(tmp_path: Path) -> None:
    people = [{name: value for name, value in one.items() if name != "left_on"} for one in PEOPLE]
    with selling_company(tmp_path, {**ROWS, "person": people}) as other:
        found = view(other)
        assert force_of(found).leaving.rate is None
        assert any("attrition is unknown" in notice for notice in found.notices)


def test_the_ramp_is_learnt_from_who_joined_within_the_records(company: Company) -> None:
    ramp = force_of(view(company)).ramp
    assert (ramp.hires, ramp.own) == (1, 0.25)


def test_heads_count_newcomers_in_full_and_ramped_heads_by_their_share(company: Company) -> None:
    found = view(company, attrition="0")
    now = next(one for one in found.lines if one.month == date(2026, 11, 1))
    assert now.heads == 3
    assert now.settled_heads == pytest.approx(2 + force_of(found).ramp.ramp_share(6))


def test_a_year_of_months_brings_what_its_heads_bring(company: Company) -> None:
    """Months weigh by their working days, and a year of them weighs twelve."""
    found = view(company, attrition="0", until="2027-10")
    ahead = [one for one in found.lines if one.month > date(2026, 11, 1)]
    weights = [(one.capacity or 0) / (one.settled_heads or 1) / (10 * MILLION) for one in ahead]
    assert 10.5 < sum(weights) < 11.5
    finished = {one.month: one.actual for one in found.lines if one.capacity is None}
    assert finished[date(2026, 9, 1)] == 25 * MILLION


def test_a_hire_adds_the_ramp_from_the_month_of_joining(company: Company) -> None:
    before, after = view(company, attrition="0"), view(company, attrition="0", hire="2027-01:2")
    ramp = force_of(before).ramp
    for one, other in zip(before.lines, after.lines, strict=True):
        months = (one.month.year - 2027) * 12 + one.month.month - 1
        if one.settled_heads is not None and other.settled_heads is not None:
            assert other.settled_heads - one.settled_heads == pytest.approx(2 * ramp.ramp_share(months))


def test_what_is_missing_is_the_target_minus_what_is_expected(company: Company) -> None:
    found = view(company, attrition="0")
    assert found.target == 125 * MILLION
    assert found.missing == pytest.approx((found.target or 0) - (found.expected or 0))
    assert "short of the target" in capacity_headline(found) or "above the target" in capacity_headline(found)


def test_more_heads_may_join_later_and_too_late_is_said(company: Company) -> None:
    found = view(company, attrition="0", need=str(600 * MILLION), until="2027-11")
    months = [one.month for one in found.hire_by]
    known = [month for month in months if month is not None]
    assert months[0] is None
    assert known == sorted(known)
    enough = found.hire_by[-1]
    with_them = view(
        company,
        attrition="0",
        need=str(600 * MILLION),
        until="2027-11",
        hire=f"{enough.month:%Y-%m}:{enough.heads}",
    )
    assert (with_them.missing or 0) < (found.missing or 0)


def test_attainment_of_the_past_is_counted_by_people_and_quarters(company: Company) -> None:
    """30 of 25 and 30 of 40: one reached the target, the other three quarters of it."""
    past = view(company).past
    assert past is not None
    assert (past.n, past.reached) == (2, 1)
    assert past.mean == pytest.approx((1.2 + 0.75) / 2)
    assert past.bins == (0, 0, 1, 0, 0, 1, 0)


def test_the_attainment_ahead_is_drawn_once_and_for_all(company: Company) -> None:
    first, second = view(company).ahead, view(company).ahead
    assert first == second
    assert first is not None
    assert first.heads == 3
    assert sum(first.bins) == pytest.approx(3)


def test_a_pay_plan_is_played_with_the_company_s_own_deals(company: Company) -> None:
    pay = view(company, fixed="6000000", variable="4000000", quota="120000000", cliff="100%").pay
    assert pay is not None
    assert (pay.sells, pay.example) == (120 * MILLION, False)
    assert pay.deals == pytest.approx(120 * MILLION / (sum((10,) * 47 + (5, 5)) / 49 * MILLION))
    assert [one.key for one in pay.lines] == ["without", "plan", "healthy"]
    assert pay.lines[0].outcome.mean_pay == 10 * MILLION


def test_another_filter_is_told_and_not_followed(company: Company) -> None:
    found = view(company, industry="製造")
    assert any("industry" in notice for notice in found.notices)
    assert force_of(found).productivity == 10 * MILLION


def test_without_sellers_there_is_no_capacity(tmp_path: Path) -> None:
    with selling_company(tmp_path, {"team": ROWS["team"]}) as empty:
        found = view(empty)
        assert found.force is None
        assert capacity_headline(found) == "No seller's results are known yet, so capacity cannot be told."


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"hire": "soon"}, "hire=soon"),
        ({"attrition": "200%"}, "more than is possible"),
        ({"need": "-1"}, "no number"),
        ({"until": "2026-10"}, "until=2026-10"),
        ({"until": "someday"}, "no month"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(
    company: Company, asked: dict[str, str], said: str
) -> None:
    with pytest.raises(ParameterNotUnderstoodError, match=said) as refused:
        view(company, **asked)
    assert refused.value.way_out


def test_records_that_ended_long_ago_are_planned_on_from_their_last_day(tmp_path: Path) -> None:
    with selling_company(tmp_path) as made:
        other = Company(made.folder, lambda: NOW.replace(year=2029), in_folder=True)
        try:
            found = view(other)
        finally:
            other.close()
        assert any("2026-10-05" in notice for notice in found.notices)
        assert force_of(found).productivity == 10 * MILLION
