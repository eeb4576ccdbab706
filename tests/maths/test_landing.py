"""What arrives by a deadline is counted once: from efforts, from open cases, and from what comes anyway."""

from __future__ import annotations

import numpy as np
import pytest

from hakari.maths.lag_kernel import Step
from hakari.maths.landing import (
    Inflow,
    Open,
    Situation,
    anyway,
    created,
    expected,
    orders_per_effort,
    under_way,
)

# Four days left, in two weeks of two working days each: tomorrow, the day after, and so on.
WEEKS = (np.array([3, 2]), np.array([1, 0]))
HALF_AT_ONCE = Step.of(0.5, [1.0])
TWO_DAYS = Step.of(0.5, [0.0, 0.0, 1.0])


def situation(*steps: Step, **more: object) -> Situation:
    return Situation(steps, 10.0, WEEKS, 4, **more)  # type: ignore[arg-type]


def test_an_effort_too_late_brings_nothing() -> None:
    """A wait of two days: both days of the first week are in time, none of the second."""
    assert orders_per_effort(situation(TWO_DAYS)).tolist() == [0.5, 0.0]


def test_only_what_lands_in_time_of_the_open_cases_is_credited() -> None:
    """A case opened today lands in two days; one that needs two more steps of two days does not by then."""
    near = Open(1, np.array([0]), np.array([np.nan]))
    far = Open(0, np.array([0]), np.array([np.nan]))
    found = under_way(situation(Step.of(1.0, [0, 0, 0, 1.0]), TWO_DAYS, open=(near, far)))
    assert found.orders == pytest.approx(0.5)
    assert found.value == pytest.approx(5.0)
    assert found.at_once == pytest.approx(10.0)


def test_an_open_case_with_a_price_of_its_own_is_worth_it() -> None:
    mine = Open(0, np.array([0, 0]), np.array([100.0, np.nan]))
    found = under_way(situation(TWO_DAYS, open=(mine,), kept=0.9))
    assert found.value == pytest.approx(0.5 * 90 + 0.5 * 10)


def test_what_comes_anyway_needs_no_effort() -> None:
    """Two a working day reach the last step; those of the first week land."""
    found = anyway(situation(HALF_AT_ONCE, TWO_DAYS, inflow=(Inflow(1, 2.0, 40),)))
    assert found.orders == pytest.approx(2.0)
    assert found.value == pytest.approx(20.0)


def test_the_parts_add_up_to_what_is_expected() -> None:
    whole = situation(
        HALF_AT_ONCE,
        TWO_DAYS,
        open=(Open(1, np.array([0]), np.array([np.nan])),),
        inflow=(Inflow(1, 2.0, 40),),
    )
    efforts = np.array([8.0, 8.0])
    own = float(orders_per_effort(whole) @ efforts) * 10
    assert expected(whole, efforts) == pytest.approx(own + 5.0 + 20.0)


def test_what_must_be_created_ends_in_the_orders_expected() -> None:
    whole = situation(
        HALF_AT_ONCE,
        TWO_DAYS,
        open=(Open(1, np.array([0]), np.array([np.nan])),),
        inflow=(Inflow(1, 2.0, 40),),
    )
    efforts = np.array([8.0, 8.0])
    found = created(whole, efforts)
    assert found[0].tolist() == [8.0, 8.0]
    assert found[1].tolist() == pytest.approx([4.0 + 4.0, 4.0 + 4.0])
    assert found[2].sum() * 10 == pytest.approx(expected(whole, efforts))
