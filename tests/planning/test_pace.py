"""What is due by today: by working days and season, for a channel too, and never by half of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from hakari.bootstrap import Company
from hakari.maths.seasonality import Season
from hakari.metrics.targets import Whose
from hakari.planning.pace import aimed
from hakari.planning.scorecard import Scope
from hakari.planning.seasons import share_passed, split_by_month
from hakari.planning.target_answers import CellEdit
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from tests.planning.aiming import aiming_company

CALENDAR = FiscalCalendar()
Q3 = Period(date(2026, 10, 1), date(2027, 1, 1))
DECEMBER_HEAVY = Season((1.0,) * 11 + (2.0,), 3, 1.0)
DEALS = "win_deals"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with aiming_company(tmp_path_factory.mktemp("pace")) as made:
        yield made


def test_where_december_counts_double_less_is_due_at_the_end_of_november() -> None:
    """21, 19 and 20 working days: 40 of 60, with a December that counts double 40 of 80."""
    november_over = date(2026, 11, 30)
    days = [CALENDAR.business_days(month) for month, _ in split_by_month(CALENDAR, Q3, 3, "count", Season())]
    before, december = sum(days[:2]), days[2]
    assert share_passed(Q3, CALENDAR, november_over, Season()) == pytest.approx(before / (before + december))
    assert share_passed(Q3, CALENDAR, november_over, DECEMBER_HEAVY) == pytest.approx(
        before / (before + 2 * december)
    )


def test_a_split_follows_the_season_and_adds_up() -> None:
    months = dict(split_by_month(CALENDAR, Q3, 100, "count", DECEMBER_HEAVY))
    values = list(months.values())
    assert sum(values) == 100
    assert values[2] > 1.8 * values[1]
    assert [value for _, value in split_by_month(CALENDAR, Q3, 1.5, "value", Season())] != [0.5] * 3


@pytest.mark.parametrize(
    ("filters", "whose"),
    [
        ({}, Whose("第1")),
        ({"source": ("展示会",)}, Whose("第1", source="展示会")),
        ({"target_list": ("A",)}, Whose("第1", target_list="A")),
        ({"industry": ("製造業",)}, Whose("第1", segment="industry=製造業")),
        ({"source": ("展示会", "紹介")}, None),
        ({"source": ("展示会",), "industry": ("製造業",)}, None),
    ],
)
def test_a_scope_aims_at_what_one_target_can_be_for(
    filters: dict[str, tuple[str, ...]], whose: Whose | None
) -> None:
    scope = Scope(Q3, date(2026, 11, 20), team="第1", filters=filters)
    assert aimed(scope) == whose


def test_a_channel_is_set_against_its_own_target(company: Company) -> None:
    november = Period(date(2026, 11, 1), date(2026, 12, 1))
    asked = {"period": "2026-11", "source": "展示会"}
    before = company.scorecard(asked, "ja")
    assert before.notices
    company.set_targets([CellEdit("win_amount", Whose(source="展示会"), november, 4e6)], "経路別", "山田")
    after = company.scorecard(asked, "ja")
    assert after.kgi is not None
    assert after.kgi.plan_total == 4e6
    assert after.kgi.difference is not None
    assert "経路などで絞った数字には目標がないため、比較しない" not in after.notices


def test_targets_for_some_months_are_not_set_against_the_whole_quarter(company: Company) -> None:
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    company.set_targets([CellEdit("win_amount", Whose(), october, 9e6)], "期初", "山田")
    card = company.scorecard({"period": "FY2026-Q3"}, "ja")
    assert card.kgi is not None
    assert card.kgi.plan_total is None
    assert any("この期間全体の目標ではないため比べない" in one for one in card.notices)
    whole = company.scorecard({"period": "2026-10"}, "ja")
    assert whole.kgi is not None
    assert whole.kgi.plan_total == 9e6
