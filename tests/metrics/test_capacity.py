"""How much of a settled rep a newcomer is: known answers, and what must hold for anybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.metrics.capacity import share_of
from hakari.metrics.seats import Person
from hakari.units.period import Period

YEAR = (Period(date(2026, 4, 1), date(2027, 4, 1)),)
QUICK = settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))
DAYS = st.dates(date(2025, 4, 1), date(2027, 6, 1))


def person(joined: date | None = None, ramped: date | None = None, left: date | None = None) -> Person:
    return Person("x", None, joined, ramped, left)


@pytest.mark.parametrize(
    ("who", "share"),
    [
        (person(), 1.0),  # nobody wrote down when they came: they are taken as settled
        (person(date(2020, 4, 1)), 1.0),
        (person(date(2026, 4, 1)), (89.5 + 185) / 365),  # 0/180 … 179/180, then all of 185 days
        (person(date(2026, 4, 1), date(2026, 4, 1)), 1.0),  # ramped on the day they came
        (person(date(2026, 4, 1), date(2026, 4, 11)), (4.5 + 355) / 365),
        (person(date(2020, 4, 1), left=date(2026, 10, 1)), 183 / 365),
        (person(date(2027, 4, 1)), 0.0),
    ],
)
def test_known_shares(who: Person, share: float) -> None:
    assert share_of(who, YEAR, 180) == pytest.approx(share)


def test_no_days_are_no_work() -> None:
    assert share_of(person(), (), 180) == 0.0


@QUICK
@given(joined=DAYS, ramp=st.integers(0, 400), later=st.integers(0, 200), slower=st.integers(0, 200))
def test_who_comes_later_or_takes_longer_counts_no_more(
    joined: date, ramp: int, later: int, slower: int
) -> None:
    share = share_of(person(joined), YEAR, ramp)
    assert 0 <= share <= 1
    assert share_of(person(joined + timedelta(days=later)), YEAR, ramp) <= share + 1e-12
    assert share_of(person(joined), YEAR, ramp + slower) <= share + 1e-12


@QUICK
@given(joined=DAYS, left=DAYS)
def test_two_halves_of_a_year_add_up_to_it(joined: date, left: date) -> None:
    who = person(joined, left=left)
    halves = [Period(date(2026, 4, 1), date(2026, 10, 1)), Period(date(2026, 10, 1), date(2027, 4, 1))]
    days = sum(share_of(who, (half,), 180) * half.days for half in halves)
    assert days == pytest.approx(share_of(who, YEAR, 180) * 365)
