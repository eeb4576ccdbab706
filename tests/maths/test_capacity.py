"""Doubled heads are not doubled sales: the ramp, those who leave, and when to hire for a need."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.capacity import (
    Hires,
    attainments,
    capacity,
    doubled,
    headcount,
    heads_needed,
    last_month_to_hire,
    settled,
)
from hakari.maths.ramp import linear_ramp
from hakari.maths.rep_sales import Deals, sizes_like

QUICK = settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
JOINING = st.lists(st.builds(Hires, st.integers(-30, 20), st.integers(0, 20)), max_size=6)
RAMPS = st.integers(0, 14).map(linear_ramp)
ATTRITION = st.floats(0, 0.2)
DEALS = Deals(8, sizes_like(1.0, 0.8))


@pytest.mark.parametrize(("ramp", "sales"), [(6, 1.708), (9, 1.583), (12, 1.458)])
def test_ten_reps_doubled_at_once_do_not_double_the_year(ramp: int, sales: float) -> None:
    year = capacity([settled(10), Hires(0, 10)], 12, linear_ramp(ramp))
    assert sum(year) / 120 == pytest.approx(sales, abs=5e-4)
    assert doubled(linear_ramp(ramp), at_once=True) == pytest.approx(sum(year) / 120)


def test_heads_doubled_over_a_year_bring_sales_of_120_percent() -> None:
    """The article's case, 人が倍増しているのに売上は120%増: the ramp takes most, those who leave the rest."""
    assert doubled(linear_ramp(6)) == pytest.approx(1.29, abs=5e-3)
    assert doubled(linear_ramp(6), attrition=0.02) == pytest.approx(1.16, abs=5e-3)


@QUICK
@given(JOINING, ATTRITION)
def test_without_ramp_and_attrition_capacity_is_the_headcount(hires: list[Hires], attrition: float) -> None:
    for month, value in enumerate(capacity(hires, 18, linear_ramp(0))):
        assert value == sum(one.heads for one in hires if one.month <= month)
    assert headcount(hires, 18, attrition) == capacity(hires, 18, linear_ramp(0), attrition)


@QUICK
@given(JOINING, JOINING, RAMPS, ATTRITION)
def test_capacities_of_two_groups_add_up(
    some: list[Hires], others: list[Hires], ramp: object, attrition: float
) -> None:
    both = capacity([*some, *others], 15, ramp, attrition, 3.5)  # type: ignore[arg-type]
    apart = [capacity(one, 15, ramp, attrition, 3.5) for one in (some, others)]  # type: ignore[arg-type]
    assert both == pytest.approx([a + b for a, b in zip(*apart, strict=True)])


@QUICK
@given(JOINING, st.integers(0, 12), ATTRITION)
def test_more_heads_quicker_ramps_and_fewer_leavers_never_lower_it(
    hires: list[Hires], ramp: int, attrition: float
) -> None:
    here = capacity(hires, 15, linear_ramp(ramp), attrition)
    better = (
        capacity([*hires, Hires(3, 1)], 15, linear_ramp(ramp), attrition),
        capacity(hires, 15, linear_ramp(max(ramp - 1, 0)), attrition),
        capacity(hires, 15, linear_ramp(ramp), attrition / 2),
    )
    for other in better:
        assert all(more >= value - 1e-9 for more, value in zip(other, here, strict=True))


def test_who_is_known_to_leave_is_gone_from_that_month() -> None:
    assert capacity([Hires(-24, 2, until=2)], 4, linear_ramp(6)) == (2, 2, 0, 0)


def test_the_last_month_to_hire_is_the_last_that_brings_what_is_missing() -> None:
    """Two people, full at once from month 3 of their stay: 0, 1/3, 2/3, 1 each."""
    ramp = linear_ramp(3)
    assert last_month_to_hire(2.0, range(11, 12), 2, ramp) == 8
    assert last_month_to_hire(4 / 3, range(11, 12), 2, ramp) == 9
    assert last_month_to_hire(2.0, range(2, 3), 2, ramp) is None
    assert last_month_to_hire(0.0, range(11, 12), 2, ramp) == 11


def test_over_a_year_the_months_after_joining_add_up_to_the_need() -> None:
    """One head of month 0 brings 8.5 settled months of 12: 17 missing take two, 18 take three."""
    ramp = linear_ramp(6)
    assert heads_needed(17, range(12), 0, ramp) == 2
    assert heads_needed(18, range(12), 0, ramp) == 3
    assert heads_needed(1, range(12), 11, ramp) is None
    assert heads_needed(0, range(12), 3, ramp) == 0


def test_a_target_of_the_mean_is_missed_by_more_than_half_and_not_the_same_number_every_year() -> None:
    found = attainments([1.0] * 20, [8.0] * 20, DEALS, seed=3)
    assert found.missing == pytest.approx(20 * 0.573, abs=0.3)
    assert found.missing_low < found.missing < found.missing_high
    assert sum(found.bins) == pytest.approx(20)
    assert found.mean == pytest.approx(1.0, abs=0.02)
    assert attainments([1.0] * 20, [8.0] * 20, DEALS, seed=3) == found


def test_who_is_still_ramping_attains_less_of_a_full_target() -> None:
    ramping = attainments([0.5], [8.0], DEALS)
    assert ramping.mean == pytest.approx(0.5, abs=0.02)
    assert ramping.missing > 0.85
    assert ramping.reach == pytest.approx(1 - ramping.missing)


def test_impossible_heads_are_refused() -> None:
    with pytest.raises(ImpossibleSampleError, match="attrition"):
        capacity([Hires(0, 1)], 3, linear_ramp(3), attrition=1.0)
    with pytest.raises(ImpossibleSampleError, match="target above 0"):
        attainments([1.0], [0.0], DEALS)
    with pytest.raises(ImpossibleSampleError, match="deals and their sizes"):
        Deals(0, (1.0,))
