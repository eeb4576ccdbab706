"""Business minutes: only hours the office is open count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.errors import InstantWithoutZoneError
from hakari.units import BusinessClock, FiscalCalendar

TOKYO = ZoneInfo("Asia/Tokyo")
CLOCK = BusinessClock(FiscalCalendar())
INSTANTS = st.datetimes(datetime(2015, 1, 1), datetime(2030, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


def tokyo(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (tokyo(9, 18, 17, 50), tokyo(9, 24, 9, 10), 20),  # Silver Week lies between
        (tokyo(11, 20, 10), tokyo(11, 20, 10, 5), 5),
        (tokyo(11, 20, 7), tokyo(11, 20, 9, 5), 5),  # before opening
        (tokyo(11, 20, 18, 1), tokyo(11, 20, 23), 0),  # after closing
        (tokyo(11, 21, 10), tokyo(11, 22, 10), 0),  # a weekend
        (tokyo(11, 20, 17), tokyo(11, 25, 10), 60 + 540 + 60),  # Monday is a holiday, Tuesday is worked
    ],
)
def test_known_answers(start: datetime, end: datetime, minutes: float) -> None:
    assert CLOCK.minutes(start, end) == minutes
    assert CLOCK.minutes(start.astimezone(UTC), end.astimezone(UTC)) == minutes


@given(INSTANTS, INSTANTS)
def test_an_end_before_its_start_is_below_zero(start: datetime, end: datetime) -> None:
    assert CLOCK.minutes(start, end) == -CLOCK.minutes(end, start)


@given(INSTANTS, INSTANTS, INSTANTS)
def test_minutes_add_up_over_a_point_between(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    whole = CLOCK.minutes(first, last)
    assert CLOCK.minutes(first, middle) + CLOCK.minutes(middle, last) == pytest.approx(whole, abs=1e-6)
    assert 0 <= whole <= (last - first) / timedelta(minutes=1) + 1e-6


@given(hour=st.integers(0, 23), end_hour=st.integers(0, 23), days=st.integers(0, 9))
def test_shifting_both_ends_by_a_closed_day_leaves_the_minutes(hour: int, end_hour: int, days: int) -> None:
    """Both ends sit on a Saturday and move to its Sunday."""
    start, end = tokyo(11, 21, hour), tokyo(12, 5, end_hour) + timedelta(weeks=days)
    moved = CLOCK.minutes(start + timedelta(days=1), end + timedelta(days=1))
    assert CLOCK.minutes(start, end) == moved


def test_a_point_without_a_zone_is_refused() -> None:
    with pytest.raises(InstantWithoutZoneError):
        CLOCK.minutes(datetime(2026, 11, 20, 9), tokyo(11, 20, 10))  # noqa: DTZ001 - the mistake under test
