"""Volumes times rates against the goal: what comes to it passes, what cannot is refused."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.planning.lint.arithmetic import A_YEAR, in_period
from hakari.planning.lint.rule import Grade, Severity
from tests.planning.lint.drawn import found, linted

few = settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
rates = st.integers(1, 100).map(lambda one: one / 100)


def funnel(goal: float, meetings: int, qualified: float, won: float) -> str:
    return f"""
    kgi = [{{ name = "新規顧客獲得数", target = {goal}, per = "month" }}]
    kpi = [{{ name = "商談数", target = {meetings}, per = "month" }},
           {{ name = "有効商談率", formula = "有効商談数 ÷ 商談数", target = {qualified} }},
           {{ name = "受注率", formula = "受注件数 ÷ 有効商談数", target = {won} }}]
    """


@few
@given(st.integers(10, 500), rates, rates)
def test_what_the_targets_come_to_is_no_finding(meetings: int, qualified: float, won: float) -> None:
    reached = meetings * qualified * won
    assert not found(linted(funnel(reached, meetings, qualified, won)), "impossible")


@few
@given(st.integers(10, 500), rates, rates)
def test_two_per_cent_more_than_they_come_to_is_an_error(meetings: int, qualified: float, won: float) -> None:
    reached = meetings * qualified * won
    (one,) = found(linted(funnel(reached * 1.02, meetings, qualified, won)), "impossible")
    assert one.severity is Severity.ERROR


@few
@given(st.integers(1, 500), st.integers(1, 500))
def test_without_a_rate_it_is_refused_just_where_more_than_all_of_them_would_have_to_buy(
    goal: int, meetings: int
) -> None:
    text = f"""
    kgi = [{{ name = "新規顧客獲得数", target = {goal}, per = "month" }}]
    kpi = [{{ name = "商談数", target = {meetings}, per = "month" }}]
    """
    assert bool(found(linted(text), "impossible")) == (goal > meetings)


@few
@given(st.floats(0.1, 1000), st.sampled_from(sorted(A_YEAR)), st.sampled_from(sorted(A_YEAR)))
def test_converted_to_another_period_and_back_it_is_the_same(value: float, per: str, of: str) -> None:
    there, _ = in_period(value, per, of)
    back, _ = in_period(there, of, per)
    assert abs(back - value) < 1e-9 * value


def test_an_amount_is_reached_by_way_of_the_price() -> None:
    text = """
    kgi = [{ name = "受注額", target = 100_000_000, per = "quarter" }]
    kpi = [{ name = "受注件数", target = 10, per = "quarter" },
           { name = "平均受注単価", formula = "受注額 ÷ 受注件数", target = 5_000_000 }]
    """
    (one,) = found(linted(text), "impossible")
    assert "50%" in one.what
    assert "10 × 5,000,000 = 50,000,000" in one.what
    assert not found(linted(text.replace("target = 10,", "target = 20,")), "impossible")


def test_a_price_alone_bounds_the_meetings_an_amount_needs() -> None:
    text = """
    kgi = [{ name = "受注額", target = 100_000_000, per = "month" }]
    kpi = [{ name = "商談数", target = 10, per = "month" }]
    rates = { "受注 → 受注額" = 5_000_000 }
    """
    (one,) = found(linted(text), "impossible")
    assert "20 ÷ 10 = 200%" in one.what


def test_a_target_goes_before_a_stated_rate() -> None:
    text = funnel(10, 100, 0.5, 0.2) + '\nrates = { "有効商談 → 受注" = 0.01 }'
    assert not found(linted(text), "impossible")


def test_a_rate_above_one_is_refused_even_where_nothing_else_is_known() -> None:
    text = 'kpi = [{ name = "受注率", formula = "受注件数 ÷ 商談数", target = "120%" }]'
    (one,) = found(linted(text), "impossible")
    assert "120%" in one.what


def test_where_no_volume_is_planned_it_says_so_and_finds_nothing() -> None:
    report = linted('kgi = [{ name = "新規顧客", target = 5, per = "month" }]\nkpi = [{ name = "受注率" }]')
    (one,) = [one for one in report.checks if one.rule == "impossible"]
    assert one.grade is Grade.UNKNOWN
    assert one.unjudged
