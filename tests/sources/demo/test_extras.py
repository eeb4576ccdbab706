"""The demo company has a figure for each of the 69 KPIs beside the article's table, and a likely one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hakari.bootstrap import Company
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.units.period import Period

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)
Ask = Callable[..., list[MetricResult]]
# measure → what it may be on the demo, over all time
LIKELY: dict[str, tuple[float, float]] = {
    "list_months_to_exhaustion": (1, 40),
    "meeting_rate_by_channel": (0.08, 0.30),
    "held_leads_persons.keyman_rate": (0.5, 1.0),
    "target_attainment.rate": (0.75, 1.15),
    "org_attainment": (0.75, 1.15),
    "quota_attainer_share": (0.2, 1.0),
    "lead_score_fit": (45, 65),
    "lead_score_behaviour": (30, 60),
    "recycled_lead_rate.rate": (0.10, 0.40),
    "talk_ratio": (0.5, 0.65),
    "voice_tone": (50, 60),
    "list_freshness_days": (10, 90),
    "forecast_accuracy": (0.05, 0.60),
    "win_rate_by_affinity": (0.1, 0.5),
    "onboarding_completion_rate": (0.6, 0.95),
    "upsell_cross_sell_rate": (0.02, 0.4),
    "tech_touch_share": (0.2, 0.5),
    "ramp_time": (150, 230),
    "territory_balance": (0.02, 0.9),
    "auto_capture_share": (0.75, 0.95),
    "kpi_count": (8, 14),
    "partner_results.attainment": (0.6, 1.1),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    company = Company(tmp_path_factory.mktemp("extras"), lambda: NOW)
    company.load_demo(seed=1, scale=1.0)
    engine = Engine(company.projection(), company.catalogue, company.calendar)

    def asked(measure: str, period: Period, *by: str) -> list[MetricResult]:
        return engine.measure(Query((measure,), period, TODAY, by))

    yield asked
    company.close()


@pytest.fixture(scope="module")
def measures(shared_catalogue: dict[str, list[dict[str, Any]]], ask: Ask) -> list[str]:
    extras = shared_catalogue["kpis_extra"]
    return [measure.id for one in extras for measure in built_in().kpis[one["id"]].measures]


def test_each_of_the_83_measures_has_a_figure(measures: list[str], ask: Ask) -> None:
    assert len(measures) == 83
    unknown = {one: ask(one, Period.all())[0].interval.method for one in measures if value(ask, one) is None}
    assert unknown == {}


def value(ask: Ask, measure: str) -> float | None:
    return ask(measure, Period.all())[0].value


@pytest.mark.parametrize(("measure", "low", "high"), [(one, *both) for one, both in LIKELY.items()])
def test_the_figure_is_a_likely_one(measure: str, low: float, high: float, ask: Ask) -> None:
    found = value(ask, measure)
    assert found is not None
    assert low <= found <= high


def test_no_role_steers_by_more_than_five(ask: Ask) -> None:
    quarter = Period(date(2026, 10, 1), date(2027, 1, 1))
    roles = {one.slice["role"]: one.value for one in ask("kpi_count", quarter, "role")}
    assert {role: count for role, count in roles.items() if role and (count or 0) > 5} == {}


def test_sellers_can_sell_about_what_they_are_asked_for(ask: Ask) -> None:
    quarter = Period(date(2026, 7, 1), date(2026, 10, 1))
    capacity = ask("sales_capacity", quarter)[0].value
    asked_for = ask("org_attainment", quarter)[0].denominator
    assert capacity is not None
    assert asked_for is not None
    assert 0.7 < capacity / asked_for < 1.4


def test_callers_found_target_companies_before_marketing_did(ask: Ask) -> None:
    first = Period(date(2025, 4, 1), date(2025, 10, 1))
    assert (ask("is_target_leads", first)[0].value or 0) > (
        ask("is_target_leads", Period.all())[0].value or 0
    ) / 2
