"""The chain is as long as the records support, and nothing is counted at two stages at once."""

from __future__ import annotations

import numpy as np
import pytest

from hakari.maths.cohorts import COUNTED, OPEN
from hakari.planning.reverse_chain import Chain, chain_of
from hakari.planning.reverse_records import Records
from tests.planning.funnels import columns, deal, lost, records, won


def chain(some: Records) -> Chain:
    found = chain_of(some)
    assert found is not None
    return found


def outcomes(found: Chain, place: int) -> list[int]:
    cause = found.courses[place].seen.cause
    return [int(np.count_nonzero(cause == one)) for one in (OPEN, COUNTED, COUNTED + 1)]


def test_without_orders_there_is_no_chain() -> None:
    assert chain_of(records([deal(1, -10, open=1), lost(2, -20, -5)])) is None


def test_deals_alone_make_a_chain_of_one_step() -> None:
    found = chain(records([won(1, -40, -10), lost(2, -50, -20), deal(3, -5, open=1)]))
    assert found.stages == ("deals", "orders")
    assert outcomes(found, 0) == [1, 1, 1]
    assert sorted(found.courses[0].seen.age.tolist()) == [5, 30, 30]


def test_a_stage_that_most_orders_passed_is_part_of_the_chain() -> None:
    some = [won(key, -40, -10, proposed=-30) for key in range(9)]
    some += [won(9, -40, -10), deal(10, -20, open=1, proposed=-5), deal(11, -20, open=1)]
    found = chain(records(some))
    assert found.stages == ("deals", "proposals", "orders")
    # The order nobody wrote a proposal down for passed it with its order.
    assert outcomes(found, 0) == [1, 11, 0]
    assert outcomes(found, 1) == [1, 10, 0]


def test_a_stage_few_orders_passed_is_left_out() -> None:
    some = [won(key, -40, -10, proposed=-30) for key in range(10)]
    some += [won(key, -40, -10) for key in range(10, 20)]
    assert chain(records(some)).stages == ("deals", "orders")


def front(matched: int, others: int = 0) -> Records:
    """Appointments that led to deals of the same number, three days later; others came by themselves."""
    deals = [won(key, -40, -10, lead=key) for key in range(matched)]
    deals += [won(100 + key, -40, -10) for key in range(others)]
    appointments = [{"key": key, "set": -43, "deal": key, "lead": key} for key in range(matched)]
    return records(deals, appointments=appointments)


def test_appointments_come_first_where_deals_can_be_traced_to_them() -> None:
    found = chain(front(12, others=3))
    assert found.stages == ("appointments", "deals", "orders")
    assert outcomes(found, 0) == [0, 12, 0]
    assert set(found.courses[0].seen.age.tolist()) == {3}
    assert found.inflow == {"appointments": 0, "deals": 3, "orders": 0}


def test_a_handful_that_can_be_traced_is_no_stage() -> None:
    assert chain(front(9)).stages == ("deals", "orders")


def test_a_meeting_about_a_deal_that_was_there_before_begins_nothing() -> None:
    some = front(12)
    later = {"key": 50, "set": -20, "deal": 0, "lead": 0}
    again = [{name: one[place] for name, one in some.appointments.items()} for place in range(12)]
    more = columns(tuple(some.appointments), [*again, later])
    found = chain(Records(some.deals, more, some.connects, some.calls, some.leads))
    assert found.courses[0].seen.age.size == 12


def test_each_appointment_belongs_to_the_last_connect_before_it() -> None:
    some = front(12)
    connects = [{"key": key, "day": -43, "lead": key} for key in range(12)]
    connects += [{"key": 20, "day": -60, "lead": 0}, {"key": 21, "day": -41, "lead": 1}]
    calls = [{"key": key, "day": -43} for key in range(40)]
    found = chain(
        Records(
            some.deals,
            some.appointments,
            columns(("day", "lead", "account", "key"), connects),
            columns(("day", "owner", "key"), calls),
            some.leads,
        )
    )
    assert found.stages[:3] == ("calls", "connects", "appointments")
    assert outcomes(found, 1) == [0, 12, 2]
    assert set(found.courses[1].seen.age[found.courses[1].seen.cause == COUNTED].tolist()) == {0}


def test_large_deals_that_are_won_less_often_are_not_credited_at_their_size() -> None:
    some = [won(key, -40, -10) for key in range(10)]
    some += [{**lost(20 + key, -40, -10), "amount": 300.0} for key in range(10)]
    assert chain(records(some)).kept == pytest.approx(0.5)


def test_an_account_that_orders_twice_is_one_new_customer() -> None:
    some = [won(key, -40, -10) for key in range(8)] + [
        {**won(8 + key, -40, -10), "account": 0} for key in range(2)
    ]
    found = chain_of(records(some), distinct=True)
    assert found is not None
    assert found.prices.tolist() == [0.8]
