"""Every form of the period grammar, read on Friday 20 November 2026 with years from April."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.errors import PeriodNotUnderstoodError
from hakari.units import FiscalCalendar, Grain, Period

TODAY = date(2026, 11, 20)
CALENDAR = FiscalCalendar()
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "inclusive"),
    [
        ("FY2026", "2026-04-01..2027-03-31"),
        ("FY2026-H1", "2026-04-01..2026-09-30"),
        ("FY2026-H2", "2026-10-01..2027-03-31"),
        ("FY2026-Q3", "2026-10-01..2026-12-31"),
        ("FY2026-Q4", "2027-01-01..2027-03-31"),
        ("2026", "2026-01-01..2026-12-31"),
        ("2026-11", "2026-11-01..2026-11-30"),
        ("2028-02", "2028-02-01..2028-02-29"),
        ("2026-W47", "2026-11-16..2026-11-22"),
        ("2026-11-20", "2026-11-20..2026-11-20"),
        ("2026-10..2026-12", "2026-10-01..2026-12-31"),
        ("2026-10-01..2026-11-20", "2026-10-01..2026-11-20"),
        ("FY2026-Q1..FY2026-Q3", "2026-04-01..2026-12-31"),
        ("this-week", "2026-11-16..2026-11-22"),
        ("this-month", "2026-11-01..2026-11-30"),
        ("this-quarter", "2026-10-01..2026-12-31"),
        ("this-half", "2026-10-01..2027-03-31"),
        ("this-year", "2026-04-01..2027-03-31"),
        ("week-1", "2026-11-09..2026-11-15"),
        ("month-1", "2026-10-01..2026-10-31"),
        ("quarter-1", "2026-07-01..2026-09-30"),
        ("quarter-4", "2025-10-01..2025-12-31"),
        ("half-1", "2026-04-01..2026-09-30"),
        ("year-1", "2025-04-01..2026-03-31"),
        ("last-3-months", "2026-08-01..2026-10-31"),
        ("last-13-weeks", "2026-08-17..2026-11-15"),
        ("month-to-date", "2026-11-01..2026-11-20"),
        ("quarter-to-date", "2026-10-01..2026-11-20"),
        ("year-to-date", "2026-04-01..2026-11-20"),
        ("all", "all"),
    ],
)
def test_each_form_of_the_grammar(text: str, inclusive: str) -> None:
    period = CALENDAR.parse(text, TODAY)
    assert period.iso == inclusive
    assert period.text == text


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("fy2026-q3", "FY2026-Q3"),
        ("FY2026-Q3", "FY2026-Q3"),
        (" 2026-11 ", "2026-11"),
        ("今月", "this-month"),
        ("前四半期", "quarter-1"),
        ("今年度", "this-year"),
    ],
)
def test_what_people_type_is_read_too(typed: str, plain: str) -> None:
    assert CALENDAR.parse(typed, TODAY) == CALENDAR.parse(plain, TODAY)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("FY26-Q3", "FY2026-Q3"),
        ("2026-Q3", "FY2026-Q3"),
        ("FY2026-Q5", "FY2026-Q"),
        ("FY2026-H3", "FY2026-"),
        ("2026/11", "2026-11"),
        ("2026-13", "2026-1"),
        ("last quarter", "quarter-1"),
        ("ytd", "year-to-date"),
        ("2026-12..2026-10", "2026-1"),
        ("2026-02-30", "2026-0"),
        ("quarter-0", "quarter-1"),
        ("9999", ""),
        ("year-2026", ""),
        ("", "this-quarter"),
    ],
)
def test_an_unknown_period_is_refused_with_the_forms_and_a_guess(text: str, guess: str) -> None:
    with pytest.raises(PeriodNotUnderstoodError) as refused:
        CALENDAR.parse(text, TODAY)
    message = str(refused.value)
    assert f"'{text}'" in message
    assert "FY2026-Q3, 2026," in message
    assert f"Did you mean {guess}" in message


def test_a_fiscal_year_from_january_is_the_calendar_year() -> None:
    january = FiscalCalendar(start_month=1)
    assert january.parse("FY2026", TODAY) == january.parse("2026", TODAY)
    assert january.text(january.parse("2026", TODAY)) == "FY2026"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-10..2026-12", "FY2026-Q3"),
        ("this-quarter", "FY2026-Q3"),
        ("last-3-months", "2026-08..2026-10"),
        ("2026", "2026"),
        ("2026-11-16..2026-11-22", "2026-W47"),
        ("month-to-date", "2026-11-01..2026-11-20"),
        ("all", "all"),
    ],
)
def test_a_period_is_written_in_its_shortest_absolute_form(text: str, written: str) -> None:
    assert CALENDAR.text(CALENDAR.parse(text, TODAY)) == written


@given(start=DAYS, days=st.integers(1, 800), start_month=st.integers(1, 12))
def test_any_period_reads_back_from_its_text(start: date, days: int, start_month: int) -> None:
    calendar = FiscalCalendar(start_month=start_month)
    period = Period(start, start + timedelta(days=days))
    assert calendar.parse(calendar.text(period), TODAY) == period


@given(day=DAYS, grain=st.sampled_from(Grain), start_month=st.integers(1, 12))
def test_any_bucket_reads_back_from_its_text(day: date, grain: Grain, start_month: int) -> None:
    calendar = FiscalCalendar(start_month=start_month)
    bucket = calendar.period_of(day, grain)
    assert ".." not in calendar.text(bucket)
    assert calendar.parse(calendar.text(bucket), TODAY) == bucket


@given(day=DAYS, grain=st.sampled_from(Grain))
def test_relative_periods_lie_beside_each_other(day: date, grain: Grain) -> None:
    this, before = CALENDAR.parse(f"this-{grain}", day), CALENDAR.parse(f"{grain}-1", day)
    assert this.contains(day)
    assert before.end == this.start
    assert before == CALENDAR.parse(f"last-1-{grain}s", day)
    assert CALENDAR.parse(f"{grain}-to-date", day) == this.clip_to(day + timedelta(days=1))
