"""What is begun today arrives later, and only in part; what is under way has part of its wait behind it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.errors import ImpossibleSampleError
from hakari.maths.aalen_johansen import aalen_johansen
from hakari.maths.cohorts import gather
from hakari.maths.lag_kernel import Step, aged, chain, credit, days_until, landed, passing, step_of

QUICK = settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])


@st.composite
def steps(draw: st.DrawFn) -> Step:
    rate = draw(st.floats(0.0, 1.0))
    weights = draw(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8).filter(lambda one: sum(one) > 0.01))
    lag = np.array(weights) / sum(weights)
    return Step.of(rate, lag)


FUNNELS = st.lists(steps(), min_size=1, max_size=4)


def test_two_lags_are_laid_one_after_the_other() -> None:
    found = chain([Step.of(1.0, [0.5, 0.5]), Step.of(1.0, [0.25, 0.75])], 3)
    assert found.tolist() == [0.125, 0.5, 0.375]


def test_a_share_passes_and_no_more() -> None:
    found = landed([Step.of(0.5, [0.0, 1.0]), Step.of(0.2, [1.0])], 4)
    assert found.tolist() == pytest.approx([0.0, 0.1, 0.1, 0.1])


def test_a_lag_that_does_not_sum_to_one_is_refused() -> None:
    with pytest.raises(ImpossibleSampleError):
        Step.of(0.5, [0.5, 0.4])


def test_a_case_that_has_waited_long_has_less_of_its_wait_ahead() -> None:
    """Half pass on day 1, half on day 3, nobody is lost: who is open after day 1 passes on day 3."""
    step = Step.of(1.0, [0.0, 0.5, 0.0, 0.5])
    assert aged(step, 0, 5).tolist() == [0.0, 0.5, 0.0, 0.5, 0.0]
    assert aged(step, 1, 5).tolist() == [0.0, 0.0, 1.0, 0.0, 0.0]


def test_an_old_case_that_others_gave_up_early_is_worth_more_than_a_new_one() -> None:
    """Losers leave on day 0: who is still there on the evening of day 0 will pass."""
    step = Step.of(0.3, [0.0, 1.0], [1.0])
    assert aged(step, 0, 3).sum() == pytest.approx(1.0)


def test_a_case_older_than_any_that_passed_is_worth_nothing() -> None:
    step = Step.of(0.3, [0.0, 1.0], [0.0, 0.5])
    assert aged(step, 5, 100).sum() == 0.0


@QUICK
@given(FUNNELS, st.integers(0, 12), st.integers(1, 60))
def test_open_cases_are_credited_no_more_than_what_they_come_to_in_the_end(
    funnel: list[Step], age: int, days: int
) -> None:
    """Where losers wait as long as winners do; the credit grows with the days that are left."""
    found = credit(funnel, 0, age, days).sum()
    assert found <= passing(funnel) + 1e-9
    assert found <= credit(funnel, 0, age, days + 5).sum() + 1e-12


@QUICK
@given(FUNNELS)
def test_with_all_the_time_in_the_world_the_product_of_the_rates_arrives(funnel: list[Step]) -> None:
    assert landed(funnel, 60)[-1] == pytest.approx(passing(funnel))


@QUICK
@given(FUNNELS, st.randoms(use_true_random=False))
def test_the_order_of_the_steps_does_not_change_what_arrives(funnel: list[Step], luck: object) -> None:
    turned = list(reversed(funnel))
    assert np.allclose(landed(funnel, 40), landed(turned, 40))


@QUICK
@given(FUNNELS)
def test_half_of_what_arrives_has_arrived_by_the_day_said(funnel: list[Step]) -> None:
    day = days_until(funnel, 0.5)
    if passing(funnel) <= 0:
        assert day is None
    elif day is not None:
        by = landed(funnel, 80)
        assert by[day] >= 0.5 * passing(funnel) - 1e-9
        assert day == 0 or by[day - 1] < 0.5 * passing(funnel) + 1e-9


@QUICK
@given(FUNNELS, st.floats(0.3, 3.0))
def test_slower_steps_bring_the_same_but_never_earlier(funnel: list[Step], factor: float) -> None:
    changed = [step.slowed(factor) for step in funnel]
    assert landed(changed, 200)[-1] == pytest.approx(passing(funnel))
    for step, other in zip(funnel, changed, strict=True):
        mean, later = (float(one.lag @ (np.arange(one.lag.size) + 0.5)) for one in (step, other))
        assert later == pytest.approx(mean * factor, abs=0.51)


def test_a_step_learnt_from_cases_has_their_share_and_their_waits() -> None:
    """Two of four pass, after 1 and 3 days, two are lost after 2."""
    step = step_of(aalen_johansen(gather([1, 3, 2, 2], [1, 1, 2, 2])), 10)
    assert step.rate == 0.5
    assert step.lag[:4].tolist() == [0.0, 0.5, 0.0, 0.5]
    assert step.loss[:4].tolist() == [0.0, 0.0, 1.0, 0.0]
    assert [step.open_after(age) for age in (0, 1, 2, 3)] == pytest.approx([1.0, 0.75, 0.25, 0.0])
