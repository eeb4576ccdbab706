"""Targets: which one holds, what teams add up to, and how much is due by today."""

from __future__ import annotations

from datetime import date

import pytest

from hakari.planning.targets import Target, TargetBook, Whose, plan_to_date
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period

CALENDAR = FiscalCalendar()
Q3 = Period(date(2026, 10, 1), date(2027, 1, 1))
OCT, NOV, DEC = (
    Period(date(2026, 10, 1), date(2026, 11, 1)),
    Period(date(2026, 11, 1), date(2026, 12, 1)),
    Period(date(2026, 12, 1), date(2027, 1, 1)),
)
MONTHS = [
    Target("won", None, None, period, value) for period, value in ((OCT, 32.0), (NOV, 33.0), (DEC, 35.0))
]


def test_months_add_up_to_the_quarter() -> None:
    found = TargetBook(MONTHS).find("won", Q3, adds_up=True)
    assert found is not None
    assert found.value == 100.0


def test_months_win_over_the_quarter_because_they_say_more() -> None:
    found = TargetBook([Target("won", None, None, Q3, 120.0), *MONTHS]).find("won", Q3, adds_up=True)
    assert found is not None
    assert found.value == 100.0


def test_a_missing_month_is_not_zero() -> None:
    assert TargetBook(MONTHS[:2]).find("won", Q3, adds_up=True) is None


def test_a_corrected_target_replaces_the_earlier_one() -> None:
    book = TargetBook([*MONTHS, Target("won", None, None, DEC, 40.0)])
    found = book.find("won", Q3, adds_up=True)
    assert found is not None
    assert found.value == 105.0


def test_a_rate_holds_for_every_part_of_its_period_and_is_never_added() -> None:
    book = TargetBook([Target("rate", None, None, Q3, 0.18)])
    found = book.find("rate", NOV, adds_up=False)
    assert found is not None
    assert found.value == 0.18
    assert TargetBook([Target("rate", None, None, NOV, 0.18)]).find("rate", Q3, adds_up=False) is None


def test_without_its_own_target_the_company_aims_at_the_sum_of_its_teams() -> None:
    teams = [Target("won", team, None, Q3, value) for team, value in (("1", 60.0), ("2", 40.0))]
    found = TargetBook(teams).find("won", Q3, adds_up=True)
    assert found is not None
    assert found.value == 100.0


def test_one_team_without_a_target_leaves_the_company_without_one() -> None:
    teams = [Target("won", "1", None, Q3, 60.0), Target("won", "2", None, OCT, 40.0)]
    assert TargetBook(teams).find("won", Q3, adds_up=True) is None


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 9, 30), 0.0),
        (date(2026, 10, 31), 32.0),  # October is over; 21 business days
        (date(2026, 11, 15), 32.0 + 33.0 * 9 / 19),  # 9 of November's 19 business days
        (date(2026, 12, 31), 100.0),
    ],
)
def test_the_plan_to_date_follows_business_days_within_each_month(today: date, due: float) -> None:
    found = TargetBook(MONTHS).find("won", Q3, adds_up=True)
    assert found is not None
    assert plan_to_date(found, CALENDAR, today) == pytest.approx(due)


def test_where_only_people_have_targets_they_are_together_the_company_s() -> None:
    book = TargetBook([Target("won", "1", who, Q3, value) for who, value in (("a", 6.0), ("b", 4.0))])
    company = book.find("won", Q3, adds_up=True)
    assert company is not None
    assert company.value == 10.0
    own = book.find("won", Q3, adds_up=True, owner="a")
    assert own is not None
    assert own.value == 6.0


def test_a_team_within_a_team_is_not_added_twice() -> None:
    book = TargetBook(
        [Target("won", team, None, Q3, value) for team, value in (("unit", 100.0), ("part", 60.0))], ["part"]
    )
    found = book.find("won", Q3, adds_up=True)
    assert found is not None
    assert found.value == 100.0


def test_a_team_s_target_for_a_source_is_not_added_to_the_team_s_own() -> None:
    book = TargetBook(
        [
            Target("won", "1", None, Q3, 60.0),
            Target("won", "1", None, Q3, 25.0, source="展示会"),
            Target("won", None, None, Q3, 30.0, source="展示会"),
            Target("won", None, None, Q3, 12.0, segment="industry=製造業"),
        ]
    )
    company = book.find("won", Q3, adds_up=True)
    assert company is not None
    assert company.value == 60.0
    of_source = book.of("won", Whose(source="展示会"), Q3, adds_up=True)
    assert of_source is not None
    assert of_source.value == 30.0
    assert Whose("1", source="展示会").filters == {"team": ("1",), "source": ("展示会",)}
    assert Whose(segment="industry=製造業").filters == {"industry": ("製造業",)}


def test_a_corrected_rate_holds_for_the_months_too() -> None:
    book = TargetBook([Target("rate", None, None, Q3, value) for value in (0.10, 0.12)])
    found = book.find("rate", NOV, adds_up=False)
    assert found is not None
    assert found.value == 0.12
