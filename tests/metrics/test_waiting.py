"""Waits for a first answer: who still waits counts, and the office clock stops at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.office_minutes import office_position
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.units.calendar import FiscalCalendar
from hakari.units.clock import BusinessClock
from hakari.units.period import Period
from tests.metrics.rows import projected

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
TODAY = date(2026, 10, 31)
MEDIAN, HOUR = "first_call_wait.median", "first_call_wait.within_hour"
CLOSED = FiscalCalendar(closures=frozenset({date(2026, 12, 29), date(2026, 12, 30)}), opens=time(8, 30))


def ask(folder: Path, waits: list[int | None], measure: str, today: date = TODAY) -> list[MetricResult]:
    """Leads of 1 October 10:00, called after so many minutes or not at all."""
    began = datetime(2026, 10, 1, 10, tzinfo=UTC)
    leads: list[dict[str, Any]] = [
        {"id": f"l{place}", "received_at": f"{began:%Y-%m-%d %H:%M}"} for place in range(len(waits))
    ]
    calls: list[dict[str, Any]] = [
        {
            "kind": "call",
            "lead": f"l{place}",
            "occurred_at": f"{began + timedelta(minutes=wait):%Y-%m-%d %H:%M}",
        }
        for place, wait in enumerate(waits)
        if wait is not None
    ]
    truth, projection = projected(folder, {"lead": leads, "activity": calls})
    try:
        return Engine(projection, built_in(), FiscalCalendar()).measure(Query((measure,), OCTOBER, today))
    finally:
        projection.close()
        truth.close()


def test_who_still_waits_makes_the_median_longer(tmp_path: Path) -> None:
    """10, 20 and 120 minutes: 20. With two who were not called in those two hours: 120."""
    assert ask(tmp_path / "a", [10, 20, 120], MEDIAN)[0].value == 20
    found = ask(tmp_path / "b", [10, 20, 120, None, None], MEDIAN)[0]
    assert (found.value, found.n, found.open_share) == (120, 5, 0.4)


def test_while_most_still_wait_the_median_is_not_known(tmp_path: Path) -> None:
    found = ask(tmp_path, [10, None, None, None], MEDIAN)[0]
    assert (found.value, found.interval.method) == (None, "more than 10 minutes")


def test_a_share_counts_those_still_waiting_as_long_as_they_have_waited(tmp_path: Path) -> None:
    assert ask(tmp_path, [10, 90, None, None], HOUR)[0].value == pytest.approx(1 / 4)


def test_a_call_of_tomorrow_has_not_happened_today(tmp_path: Path) -> None:
    """f(all, T) = f(known at T, T): on the evening of the 1st only the first call is known."""
    later = ask(tmp_path / "a", [10, 24 * 60, 24 * 60], MEDIAN, date(2026, 10, 1))[0]
    assert later.value is None
    assert later.open_share == pytest.approx(2 / 3)


def test_slices_are_called_by_name(tmp_path: Path) -> None:
    truth, projection = projected(
        tmp_path,
        {
            "person": [{"id": "p", "name": "伊藤"}],
            "lead": [{"id": "l", "owner": "p", "received_at": "2026-10-01 10:00"}],
            "activity": [{"kind": "call", "lead": "l", "occurred_at": "2026-10-01 10:10"}],
        },
    )
    found = Engine(projection, built_in(), FiscalCalendar()).measure(
        Query((MEDIAN,), OCTOBER, TODAY, ("owner",))
    )
    projection.close()
    truth.close()
    assert [(one.slice, one.value) for one in found] == [({"owner": "伊藤"}, 10)]


def test_nobody_waiting_is_unknown_and_not_zero(tmp_path: Path) -> None:
    found = ask(tmp_path, [], MEDIAN)
    assert found[0].value is None


_FIRST = datetime(2026, 9, 1, tzinfo=UTC)
_MOMENTS = st.integers(0, 135 * 24 * 3600).map(lambda seconds: _FIRST + timedelta(seconds=seconds))


@given(_MOMENTS, _MOMENTS, st.sampled_from([FiscalCalendar(), CLOSED, FiscalCalendar(zone="Europe/Berlin")]))
@settings(max_examples=200)
def test_many_at_once_are_what_the_clock_says_of_each(
    one: datetime, other: datetime, calendar: FiscalCalendar
) -> None:
    since, until = sorted((one, other))
    moments = np.array([int(moment.timestamp() * 1e6) for moment in (since, until)], dtype=np.int64)
    first, last = office_position(moments, calendar)
    assert last - first == pytest.approx(BusinessClock(calendar).minutes(since, until), abs=1e-6)
