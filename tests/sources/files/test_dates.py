"""Days and moments as people and systems write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.sources.files.dates import DateStyle, read_day, read_instant
from hakari.sources.files.reasons import Unreadable

TOKYO = DateStyle(ZoneInfo("Asia/Tokyo"))
IN_2026 = DateStyle(ZoneInfo("Asia/Tokyo"), year=2026, year_starts=4)
NOV_20 = date(2026, 11, 20)


@pytest.mark.parametrize(
    "written",
    [
        "2026/11/20",
        "2026-11-20",
        "2026.11.20",
        "20261120",
        "２０２６／１１／２０",
        "2026年11月20日",
        "2026年11月20日(金)",
        "2026/11/20（金曜日）",
        "R8.11.20",
        "r8/11/20",
        "令和8年11月20日",
        "令和８年１１月２０日",
        "20 Nov 2026",
        "20-Nov-26",
        "Nov 20, 2026",
        "November 20th, 2026",
        "46346",
        "2026/11/20 15:00",
        "2026-11-20T00:00:00Z",
        "2026-11-19T15:00:00Z",
        "2026-11-20T00:00:00.000+0000",
        "1795132800000",
    ],
)
def test_one_day_has_many_spellings(written: str) -> None:
    assert read_day(written, TOKYO) == NOV_20


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-20T09:00:00Z", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("2026-11-20T09:00:00+09:00", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2020-10-22T21:03:23.000+0000", datetime(2020, 10, 22, 21, 3, 23, tzinfo=UTC)),
        ("2023-11-11 08:18:16.519000 UTC", datetime(2023, 11, 11, 8, 18, 16, 519000, tzinfo=UTC)),
        ("2026-11-20 09:00:00", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026/11/20 9:05", datetime(2026, 11, 20, 0, 5, tzinfo=UTC)),
        ("2020-12-30 3:15:52", datetime(2020, 12, 29, 18, 15, 52, tzinfo=UTC)),
        ("2026年11月20日 9時5分", datetime(2026, 11, 20, 0, 5, tzinfo=UTC)),
        ("2026/11/20 午後3時", datetime(2026, 11, 20, 6, tzinfo=UTC)),
        ("2026/11/20 12:05 AM", datetime(2026, 11, 19, 15, 5, tzinfo=UTC)),
        ("2026/11/20 24:00", datetime(2026, 11, 20, 15, tzinfo=UTC)),
        ("20261120093000", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 19, 15, tzinfo=UTC)),
        ("45992.5", datetime(2025, 12, 1, 3, tzinfo=UTC)),
        ("1572550639000", datetime(2019, 10, 31, 19, 37, 19, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_on_the_companys_clock(written: str, utc: datetime) -> None:
    assert read_instant(written, TOKYO) == utc


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026/13/45", "no_such_day"),
        ("2026/02/30", "no_such_day"),
        ("20261345", "no_such_day"),
        ("2026/11/20(木)", "weekday_disagrees"),
        ("H32.1.1", "era_over"),
        ("11/20(金)", "day_without_year"),
        ("11月20日", "day_without_year"),
        ("03/04/2026", "day_order_unclear"),
        ("26/11/20", "day_order_unclear"),
        ("2026", "not_a_day"),
        ("来週", "not_a_day"),
        ("2026/11/20 25:00", "no_such_time"),
        ("2026/11/20 ごろ", "not_a_day"),
    ],
)
def test_what_is_no_day_says_why(written: str, why: str) -> None:
    for read in (read_day, read_instant):
        value = read(written, TOKYO)
        assert isinstance(value, Unreadable)
        assert value.reason.key == why


@pytest.mark.parametrize(
    "open_end", ["9999-12-31", "9999-12-31 23:59:59", "9999/12/31", "0000-00-00", "", "未定", "-"]
)
def test_an_open_end_is_unknown(open_end: str) -> None:
    assert read_day(open_end, TOKYO) is None
    assert read_instant(open_end, TOKYO) is None


def test_the_year_of_a_fiscal_year_runs_over_its_end() -> None:
    assert read_day("11/20(金)", IN_2026) == NOV_20
    assert read_day("2月3日", IN_2026) == date(2027, 2, 3)


def test_a_wrong_weekday_gives_the_wrong_year_away() -> None:
    value = read_day("11/20(木)", IN_2026)
    assert isinstance(value, Unreadable)
    assert value.reason.key == "weekday_disagrees"


def test_a_month_alone_is_its_first_day_or_where_something_ends_its_last() -> None:
    ends = DateStyle(ZoneInfo("Asia/Tokyo"), month_end=True)
    for month in ("2026年2月", "2026/02", "202602", "R8.2"):
        assert read_day(month, TOKYO) == date(2026, 2, 1)
        assert read_day(month, ends) == date(2026, 2, 28)


def test_the_order_of_day_and_month_comes_with_the_column() -> None:
    american = DateStyle(ZoneInfo("Asia/Tokyo"), order="mdy")
    british = DateStyle(ZoneInfo("Asia/Tokyo"), order="dmy")
    japanese = DateStyle(ZoneInfo("Asia/Tokyo"), order="ymd")
    assert read_day("03/04/2026", american) == date(2026, 3, 4)
    assert read_day("03/04/2026", british) == date(2026, 4, 3)
    assert read_day("26/11/20", japanese) == NOV_20


def test_midnight_in_japan_is_not_the_day_before() -> None:
    assert read_day("2026-03-31T15:00:00Z", TOKYO) == date(2026, 4, 1)


def test_a_plain_day_written_as_midnight_utc_does_not_move() -> None:
    new_york = DateStyle(ZoneInfo("America/New_York"))
    assert read_day("2026-11-20T00:00:00Z", new_york) == NOV_20


@given(st.dates(date(1900, 1, 1), date(2190, 12, 31)))
def test_every_day_is_read_the_same_in_every_spelling(day: date) -> None:
    spellings = [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d} {day:%b} {day.year}",
    ]
    assert {read_day(each, TOKYO) for each in spellings} == {day}


@given(st.text(max_size=25) | st.from_regex(r"[0-9/:年月日 .TZ+-]{1,25}", fullmatch=True))
def test_any_text_is_a_day_nothing_or_a_reason(text: str) -> None:
    for style in (TOKYO, IN_2026, DateStyle(ZoneInfo("Asia/Tokyo"), order="dmy")):
        assert isinstance(read_day(text, style), date | Unreadable | None)
        assert isinstance(read_instant(text, style), datetime | Unreadable | None)
