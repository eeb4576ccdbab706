"""Which of three numbers is the day is decided for a column, not for a cell."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hakari.sources.files.day_order import DayOrderFinder, OrderFound


def _found(*values: str) -> OrderFound | None:
    finder = DayOrderFinder()
    finder.see(values)
    return finder.found()


def test_one_thirteen_settles_the_column() -> None:
    assert _found("3/1/2017", "10/20/2016") == OrderFound("mdy", sure=True)
    assert _found("1/3/2017", "20/10/2016") == OrderFound("dmy", sure=True)


def test_a_column_that_could_be_either_is_not_sure() -> None:
    found = _found("3/1/2017", "4/2/2017")
    assert found is not None
    assert not found.sure


def test_days_of_one_year_do_not_lie_thirty_years_apart() -> None:
    days = [date(2016, 10, 20) + timedelta(days=9 * n) for n in range(40)]
    assert _found(*(f"{day:%d-%m-%y}" for day in days)) == OrderFound("dmy", sure=True)
    assert _found(*(f"{day:%y/%m/%d}" for day in days)) == OrderFound("ymd", sure=True)


def test_days_with_the_year_in_front_need_no_order() -> None:
    assert _found("2026/11/20", "2026-11-21", "", "未定") is None


def test_one_impossible_day_does_not_decide_for_the_others() -> None:
    assert _found("45/13/2026", "10/20/2016", "3/1/2017") == OrderFound("mdy", sure=True)


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), min_size=1))
def test_the_order_found_reads_every_day_of_the_column(days: list[date]) -> None:
    finder = DayOrderFinder()
    finder.see(f"{day:%d/%m/%Y}" for day in days)
    found = finder.found()
    assert found is not None
    assert found.order == "dmy" or (not found.sure) or all(day.day <= 12 for day in days)
