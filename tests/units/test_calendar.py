"""The company's calendar: buckets, comparisons and business days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.errors import CalendarSettingError, InstantWithoutZoneError, PeriodWithoutBoundsError
from hakari.units import FiscalCalendar, Grain, Period
from hakari.units.business_days import closed_each_year

TODAY = date(2026, 11, 20)
CALENDAR = FiscalCalendar()
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
GRAINS = st.sampled_from(Grain)
WHOLE_MONTHS = st.sampled_from([Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    return Period(start, start + timedelta(days=draw(st.integers(1, 500))))


def read(text: str) -> Period:
    return CALENDAR.parse(text, TODAY)


@pytest.mark.parametrize(
    ("grain", "ja", "en"),
    [
        (Grain.DAY, "11/20(金)", "20 Nov (Fri)"),
        (Grain.WEEK, "2026-W47", "2026-W47"),
        (Grain.MONTH, "2026-11", "2026-11"),
        (Grain.QUARTER, "FY2026 Q3(10–12月)", "FY2026 Q3 (Oct–Dec)"),
        (Grain.HALF, "FY2026 H2(10–3月)", "FY2026 H2 (Oct–Mar)"),
        (Grain.YEAR, "FY2026(2026年4月–2027年3月)", "FY2026 (Apr 2026–Mar 2027)"),
    ],
)
def test_labels_spell_out_the_months_of_a_fiscal_bucket(grain: Grain, ja: str, en: str) -> None:
    bucket = CALENDAR.period_of(TODAY, grain)
    assert CALENDAR.bucket_label(bucket, grain, "ja") == ja
    assert CALENDAR.bucket_label(bucket, grain, "en") == en


def test_january_to_march_belongs_to_the_fiscal_year_that_began_before() -> None:
    assert CALENDAR.text(CALENDAR.period_of(date(2027, 2, 1), Grain.QUARTER)) == "FY2026-Q4"


def test_the_first_and_last_piece_are_cut_to_the_period() -> None:
    pieces = CALENDAR.split(read("2026-10-15..2026-12-10"), Grain.MONTH)
    assert [piece.iso for piece in pieces] == [
        "2026-10-15..2026-10-31",
        "2026-11-01..2026-11-30",
        "2026-12-01..2026-12-10",
    ]


@given(period=periods(), grain=GRAINS)
def test_pieces_cover_the_period_without_gap_or_overlap(period: Period, grain: Grain) -> None:
    pieces = CALENDAR.split(period, grain)
    assert pieces[0].start == period.start
    assert pieces[-1].end == period.end
    assert all(left.end == right.start for left, right in pairwise(pieces))
    assert all(CALENDAR.period_of(piece.start, grain).contains(piece.last_day) for piece in pieces)


@given(period=periods(), grain=GRAINS)
def test_business_days_add_up_over_the_pieces(period: Period, grain: Grain) -> None:
    pieces = CALENDAR.split(period, grain)
    assert sum(map(CALENDAR.business_days, pieces)) == CALENDAR.business_days(period)


@given(day=DAYS, grain=GRAINS)
def test_the_previous_bucket_ends_where_this_one_starts(day: date, grain: Grain) -> None:
    bucket = CALENDAR.period_of(day, grain)
    before = CALENDAR.previous(bucket)
    assert before == CALENDAR.period_of(bucket.start - timedelta(days=1), grain)
    assert CALENDAR.previous(before).end == before.start


@given(period=periods())
def test_the_previous_of_any_span_touches_it(period: Period) -> None:
    assert CALENDAR.previous(period).end == period.start


@given(day=DAYS, grain=WHOLE_MONTHS)
def test_a_year_ago_is_the_same_fiscal_bucket(day: date, grain: Grain) -> None:
    bucket = CALENDAR.period_of(day, grain)
    before = CALENDAR.year_ago(bucket)
    assert before == CALENDAR.period_of(before.start, grain)
    assert (before.start.month, before.start.year) == (bucket.start.month, bucket.start.year - 1)


@pytest.mark.parametrize(
    ("text", "year_ago"),
    [
        ("FY2026-Q3", "FY2025-Q3"),
        ("2026-W47", "2025-W47"),
        ("2026-W53", "2025-W52"),
        ("2024-02", "2023-02"),
        ("2024-02-29", "2023-02-28"),
        ("2026-10-01..2026-11-20", "2025-10-01..2025-11-20"),
        ("2026-08..2026-10", "2025-08..2025-10"),
    ],
)
def test_a_year_ago_keeps_the_shape(text: str, year_ago: str) -> None:
    assert CALENDAR.text(CALENDAR.year_ago(read(text))) == year_ago


def test_business_days_of_2026_by_month() -> None:
    months = [CALENDAR.business_days(read(f"2026-{month:02}")) for month in range(1, 13)]
    assert months == [20, 18, 21, 21, 18, 22, 22, 20, 19, 21, 19, 23]
    assert sum(months) == CALENDAR.business_days(read("2026")) == 244


def test_a_company_closed_over_new_year_works_less_in_january_and_december() -> None:
    closed = FiscalCalendar(closures=closed_each_year((12, 29), (1, 3), range(2024, 2028)))
    assert closed.business_days(read("2026-01")) == 19
    assert closed.business_days(read("2026-12")) == 20


def test_silver_week_is_three_days_off() -> None:
    assert [CALENDAR.is_business_day(date(2026, 9, day)) for day in range(18, 25)] == [
        True, False, False, False, False, False, True,
    ]  # fmt: skip


def test_a_country_without_holidays_still_has_weekends() -> None:
    assert FiscalCalendar(country="").business_days(read("2026-09")) == 22


def test_elapsed_counts_today() -> None:
    assert CALENDAR.elapsed(read("2026-11"), TODAY) == (14, 19)
    assert CALENDAR.elapsed(read("2026-11"), date(2026, 10, 31)) == (0, 19)
    assert CALENDAR.elapsed(read("2026-11"), date(2027, 1, 1)) == (19, 19)


def test_a_running_month_is_set_against_as_many_business_days() -> None:
    other = CALENDAR.same_elapsed(read("2026-11"), TODAY, read("2026-10"))
    assert other.iso == "2026-10-01..2026-10-21"
    assert CALENDAR.business_days(other) == 14


def test_a_finished_period_is_set_against_the_whole_other() -> None:
    assert CALENDAR.same_elapsed(read("2026-10"), TODAY, read("2026-09")) == read("2026-09")


def test_before_its_first_business_day_a_period_is_set_against_days_off() -> None:
    new_year = CALENDAR.same_elapsed(read("2027-01"), date(2027, 1, 1), read("2026-11"))
    assert new_year.iso == "2026-11-01..2026-11-01"  # Sunday 1 November
    assert CALENDAR.business_days(new_year) == 0


def test_a_period_not_begun_is_set_against_nothing() -> None:
    assert CALENDAR.same_elapsed(read("2026-12"), TODAY, read("2025-12")).is_empty


def test_month_to_date_is_set_against_the_same_elapsed_days_of_the_month_before() -> None:
    assert CALENDAR.previous(read("month-to-date")).iso == "2026-10-01..2026-10-21"
    assert CALENDAR.year_ago(read("month-to-date")).iso == "2025-11-01..2025-11-21"


@given(day=DAYS, other_day=DAYS, grain=GRAINS)
def test_elapsed_business_days_are_equal_or_the_other_is_whole(
    day: date, other_day: date, grain: Grain
) -> None:
    period, other = CALENDAR.period_of(day, grain), CALENDAR.period_of(other_day, grain)
    cut = CALENDAR.same_elapsed(period, day, other)
    assert cut.start == other.start
    assert cut == other or CALENDAR.business_days(cut) == CALENDAR.elapsed(period, day)[0]


@given(day=DAYS, grain=GRAINS)
def test_a_period_cut_like_itself_holds_today(day: date, grain: Grain) -> None:
    period = CALENDAR.period_of(day, grain)
    cut = CALENDAR.same_elapsed(period, day, period)
    assert cut.contains(day)
    assert CALENDAR.elapsed(cut, day) == (CALENDAR.business_days(cut), CALENDAR.business_days(cut))


@pytest.mark.parametrize("ask", [CALENDAR.business_days, CALENDAR.previous, CALENDAR.year_ago])
def test_all_has_no_edge_to_count_from(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(PeriodWithoutBoundsError):
        ask(Period.all())


def test_the_local_day_begins_at_local_midnight() -> None:
    assert CALENDAR.local_date(datetime(2026, 11, 20, 14, 59, tzinfo=UTC)) == TODAY
    assert CALENDAR.local_date(datetime(2026, 11, 20, 15, 0, tzinfo=UTC)) == date(2026, 11, 21)


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(InstantWithoutZoneError):
        CALENDAR.local_date(datetime(2026, 11, 20, 15, 0))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ({"start_month": 13}, "Month 13"),
        ({"zone": "Asia/Edo"}, "'Asia/Edo'"),
        ({"country": "ZZ"}, "'ZZ'"),
        ({"opens": time(18), "closes": time(9)}, "18:00–09:00"),
        ({"workdays": frozenset({7})}, "[7]"),
    ],
)
def test_an_impossible_setting_is_named(setting: dict[str, object], named: str) -> None:
    with pytest.raises(CalendarSettingError) as refused:
        FiscalCalendar(**setting)  # type: ignore[arg-type]
    assert named in refused.value.what
    assert refused.value.way_out
