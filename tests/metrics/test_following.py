"""A cohort's rate with cases still open: counted to its horizon, and projected by how the past went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.records import RecordReader
from hakari.metrics.result import MetricResult, Projected
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from tests.metrics.rows import Tables, projected

TODAY = date(2026, 11, 20)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
WIN_RATE = "fs_win_rate_on_opportunities"
CALENDAR = FiscalCalendar()


def deal(began: date, ended: int | None, status: str, **more: Any) -> dict[str, Any]:
    """A deal qualified on the day it began, which ended so many days later, or not yet."""
    row: dict[str, Any] = {"valid": True, "status": status, **more}
    row |= {"created_at": f"{began} 10:00", "qualified_at": f"{began} 10:00"}
    return row if ended is None else row | {"closed_on": str(began + timedelta(days=ended))}


def a_year(wins: int, losses: int, after: int) -> list[dict[str, Any]]:
    """Deals of March: some won after so many days, the others lost after twice as many."""
    began = date(2026, 3, 2)
    won = [deal(began, after, "won") for _ in range(wins)]
    return won + [deal(began, 2 * after, "lost") for _ in range(losses)]


@contextmanager
def engine_on(folder: Path, deals: list[dict[str, Any]], **others: Any) -> Iterator[Engine]:
    tables: Tables = {"deal": deals, **others}
    truth, projection = projected(folder, tables)
    try:
        yield Engine(projection, built_in(), CALENDAR)
    finally:
        projection.close()
        truth.close()


def ask(engine: Engine, **changes: Any) -> list[MetricResult]:
    return engine.measure(replace(Query((WIN_RATE,), NOVEMBER, TODAY), **changes))


def of(found: MetricResult) -> Projected:
    assert found.projected is not None
    return found.projected


def test_an_open_case_has_the_chance_that_the_past_had_at_its_age(tmp_path: Path) -> None:
    """Of ten deals of March five were won after 10 days and five lost after 20. Four deals are 15 days old
    and open: at 10 days, 5 of 14 were won. Four are 5 days old and have that chance; the others none."""
    young = [deal(TODAY - timedelta(days=5), None, "open") for _ in range(4)]
    old = [deal(TODAY - timedelta(days=15), None, "open") for _ in range(4)]
    with engine_on(tmp_path, a_year(5, 5, after=10) + young + old) as engine:
        found = ask(engine)[0]
    assert (found.numerator, found.denominator, found.open_share) == (0, 8, 1.0)
    assert of(found).undecided == 8
    assert of(found).value == pytest.approx(4 * 5 / 14 / 8)


def test_a_lost_deal_is_an_end_and_not_an_open_case(tmp_path: Path) -> None:
    lost = [deal(TODAY - timedelta(days=5), 1, "lost") for _ in range(4)]
    with engine_on(tmp_path, a_year(5, 5, after=10) + lost) as engine:
        found = ask(engine)[0]
    assert (found.value, of(found).value, of(found).undecided) == (0, 0, 0)


def test_a_cohort_that_had_the_time_is_what_was_counted(tmp_path: Path) -> None:
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    with engine_on(tmp_path, a_year(3, 7, after=10)) as engine:
        found = ask(engine, period=march)[0]
    assert (found.value, of(found).value, of(found).low, of(found).high) == (0.3, 0.3, 0.3, 0.3)


def test_the_parts_of_a_cohort_add_up_to_the_whole(tmp_path: Path) -> None:
    people = [{"id": "x", "name": "伊藤"}, {"id": "y", "name": "加藤"}]
    now = [deal(TODAY - timedelta(days=day), None, "open", owner="x" if day % 3 else "y") for day in range(9)]
    with engine_on(tmp_path, a_year(6, 9, after=10) + now, person=people) as engine:
        whole, parts = ask(engine)[0], ask(engine, by=("owner",))
    total = sum((of(one).value or 0) * (one.denominator or 0) for one in parts)
    assert total == pytest.approx((of(whole).value or 0) * (whole.denominator or 0))


def test_nothing_is_projected_before_the_past_is_long_enough(tmp_path: Path) -> None:
    """Everybody is a week old: nobody knows what comes within 180 days, but from when it will be known."""
    now = [deal(TODAY - timedelta(days=7), None, "open") for _ in range(5)]
    with engine_on(tmp_path, now) as engine:
        found = of(ask(engine)[0])
    assert (found.value, found.reason) == (None, "beyond_follow_up")
    assert found.known_on == TODAY + timedelta(days=173)


def test_without_lag_every_exit_so_far_counts(tmp_path: Path) -> None:
    late = [deal(date(2026, 3, 2), 200, "won"), *a_year(1, 8, after=10)]
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    with engine_on(tmp_path, late) as engine:
        on, off = ask(engine, period=march)[0], ask(engine, period=march, lag=False)[0]
    assert (on.numerator, off.numerator) == (1, 2)
    assert off.projected is None


def test_a_company_that_takes_a_year_to_win_is_given_a_year(tmp_path: Path) -> None:
    began = date(2025, 3, 3)
    slow = [deal(began, 300, "won") for _ in range(12)] + [deal(began, 100, "lost") for _ in range(12)]
    with engine_on(tmp_path, slow) as engine:
        found = ask(engine, period=Period(date(2025, 3, 1), date(2025, 4, 1)))[0]
    assert (found.numerator, of(found).horizon_days) == (12, 365)


def test_an_exit_without_a_day_counts_as_in_time(tmp_path: Path) -> None:
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    with engine_on(tmp_path, [deal(date(2026, 3, 2), None, "won"), *a_year(0, 1, after=10)]) as engine:
        found = ask(engine, period=march)[0]
    assert (found.numerator, of(found).value) == (1, 0.5)


def test_what_is_dated_later_than_today_has_not_happened(tmp_path: Path) -> None:
    """f(all, T) = f(what was known at T, T): a win of next week is an open case today."""
    began = TODAY - timedelta(days=5)
    past = a_year(5, 5, after=10)
    with engine_on(tmp_path / "a", [*past, deal(began, 9, "won"), deal(began, 12, "lost")]) as engine:
        told = ask(engine)[0]
    with engine_on(tmp_path / "b", [*past, deal(began, None, "open"), deal(began, None, "open")]) as engine:
        known = ask(engine)[0]
    assert (told.numerator, told.projected) == (known.numerator, known.projected)


def test_the_records_are_the_exits_in_time(tmp_path: Path) -> None:
    deals = [deal(date(2026, 3, 2), days, "won") for days in (10, 180, 181)] + a_year(0, 3, after=10)
    query = Query((WIN_RATE,), Period(date(2026, 3, 1), date(2026, 4, 1)), TODAY)
    with engine_on(tmp_path, deals) as engine:
        reader = RecordReader(engine.store, engine.catalogue, CALENDAR)
        assert reader.read(query, {}).count == engine.measure(query)[0].numerator == 2
        assert reader.read(replace(query, lag=False), {}).count == 3


def test_a_shift_of_the_last_ninety_days_becomes_the_reference(tmp_path: Path) -> None:
    """Two in three were won until summer, one in ten since: open cases are judged by what holds now."""
    deals = []
    for week in range(52):
        began = TODAY - timedelta(days=7 * week + 3)
        for place in range(12):
            wins = place < (8 if week > 14 else 1)
            ended = 10 if wins else 12
            over = began + timedelta(days=ended) <= TODAY
            deals.append(
                deal(began, ended if over else None, ("won" if wins else "lost") if over else "open")
            )
    with engine_on(tmp_path, deals) as engine:
        found = of(ask(engine)[0])
        course = engine.course(Query((WIN_RATE,), NOVEMBER, TODAY))
    assert found.reference == "recent"
    assert (found.value or 1) < 0.2
    assert course is not None
    assert course.pace.flagged is True
    assert (course.whole.value or 0) > 0.4
