"""The published pay figures: a quota at the mean is reached by 43 %, and two thirds of pay is luck.

The parameters behind them were not published; eight deals a year of lognormal sizes (.8), skill .35, a base
of 10.8 % and a variable pay of 5.7 % of the mean sales with an accelerator of 1.5 give all of them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.incentive import PayPlan, compared, played, quota_for
from hakari.maths.rep_sales import Deals, luck_share, sizes_like, two_periods

QUICK = settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
DEALS = Deals(8, sizes_like(1 / 8, 0.8))
PLAN = PayPlan(base=0.108, variable=0.057, quota=1.0, accelerator=1.5)
SOLD = st.lists(st.floats(0, 50), min_size=1, max_size=20).map(np.asarray)


def test_a_quota_at_the_mean_is_reached_by_43_percent() -> None:
    assert played(PLAN, DEALS).attaining == pytest.approx(0.43, abs=0.01)


def test_a_quota_at_the_lower_quartile_is_reached_by_75_percent_and_costs_6_points_more() -> None:
    low = replace(PLAN, quota=quota_for(DEALS, 0.75))
    mean, quartile = played(PLAN, DEALS), played(low, DEALS)
    assert quartile.attaining == pytest.approx(0.75, abs=0.01)
    assert mean.cost_of_sales == pytest.approx(0.172, abs=0.003)
    assert quartile.cost_of_sales == pytest.approx(0.236, abs=0.003)


def test_two_thirds_of_the_differences_in_pay_are_luck() -> None:
    cliff = replace(PLAN, cliff=1.0)
    for plan in (PLAN, replace(PLAN, accelerator=1.0), replace(PLAN, quota=quota_for(DEALS, 0.75)), cliff):
        luck = played(plan, DEALS).luck
        assert luck is not None
        assert 0.63 < luck < 0.71


def test_a_cliff_saves_two_points_and_pays_more_for_luck() -> None:
    mean, cliff = played(PLAN, DEALS), played(replace(PLAN, cliff=1.0), DEALS)
    assert mean.cost_of_sales - cliff.cost_of_sales == pytest.approx(0.02, abs=0.003)
    assert mean.luck is not None
    assert cliff.luck is not None
    assert cliff.luck > mean.luck + 0.01
    assert cliff.without_variable == pytest.approx(1 - cliff.attaining)


def test_without_a_plan_everybody_is_paid_alike_and_there_is_no_luck_to_name() -> None:
    flat, plan = compared(PLAN, DEALS)
    assert flat.luck is None
    assert flat.p10 == flat.p90 == pytest.approx(0.165)
    assert flat.attaining == plan.attaining
    assert compared(PLAN, DEALS) == (flat, plan)


def test_equal_deals_and_no_end_of_them_leave_only_skill() -> None:
    many = Deals(4000, (1.0,))
    assert luck_share(*two_periods(many, 4000)) == pytest.approx(0, abs=0.03)
    alike = replace(DEALS, skill_spread=0.0)
    assert luck_share(*two_periods(alike, 4000)) == pytest.approx(1, abs=0.05)


@QUICK
@given(SOLD, st.floats(1, 3), st.floats(0, 1.5), st.floats(0.2, 3))
def test_a_plan_pays_no_less_for_more_and_keeps_its_cap(
    sold: np.ndarray, accelerator: float, cliff: float, cap: float
) -> None:
    plan = PayPlan(5, 3, 10, accelerator, cliff, cap)
    pay = plan.variable_pay(np.sort(sold))
    assert np.all(np.diff(pay) >= -1e-9)
    assert np.all(pay <= 3 * cap + 1e-9)
    assert np.all(pay[np.sort(sold) < 10 * cliff] == 0)


def test_impossible_plans_are_refused() -> None:
    with pytest.raises(ImpossibleSampleError, match="quota above 0"):
        PayPlan(1, 1, 0)
    with pytest.raises(ImpossibleSampleError, match="no share"):
        quota_for(DEALS, 1.0)
    with pytest.raises(ImpossibleSampleError, match="no spread"):
        two_periods(DEALS, 1)
