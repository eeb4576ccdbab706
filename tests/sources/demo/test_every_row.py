"""The demo company has a figure for every measure of the article's 108 rows, and a plausible one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hakari.bootstrap import Company
from hakari.metrics.definitions import Measure
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.units.period import Grain, Period
from tests.sources.demo.told import TODAY

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MEASURES = [
    measure for kpi in built_in().kpis.values() if "003 row" in kpi.source for measure in kpi.measures
]
# A share of what was there at the start of the period: all time has no start.
NEEDS_A_START = {one.id for one in MEASURES if one.needs_beginning}
LIKELY = {
    "web_seo_achievement_rate": (0.25, 0.70),
    "web_form_lead_in.rate": (0.10, 0.45),
    "ad_brand_search_lift": (0.25, 0.45),
    "call_personal_info.rate": (0.30, 0.95),
    "door_cards.rate": (0.15, 0.45),
    "nur_appointments.rate": (0.005, 0.10),
    "nur_opportunities.rate": (0.70, 1.0),
    "nur_seminar_attendance.rate": (0.60, 0.85),
    "nweb_reconversions.rate": (0.005, 0.10),
    "wp_conversions.rate": (0.15, 0.60),
    "web_mail_open_click.click_rate": (0.01, 0.10),
    "inq_responses.rate": (0.02, 0.12),
    "dm_responses.rate": (0.01, 0.08),
    "web_visitors_per_page": (50, 500),
    "web_followers": (3_000, 8_000),
    "web_keywords": (20, 60),
    "mail_scenarios": (5, 5),
    "win_strengths": (4, 6),
    "win_references": (5, 30),
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = Company(tmp_path_factory.mktemp("rows"), lambda: NOW)
    made.load_demo(seed=1, scale=1.0)
    yield made
    made.close()


def figures(company: Company, period: Period) -> dict[str, MetricResult]:
    engine = Engine(company.projection(), company.catalogue, company.calendar)
    query = Query(tuple(one.id for one in MEASURES), period, TODAY)
    return {one.measure: one for one in engine.measure(query)}


def test_every_measure_has_a_figure_over_all_time(company: Company) -> None:
    found = figures(company, company.calendar.parse("all", TODAY))
    missing = {
        name: one.interval.method for name, one in found.items() if not one.value or math.isnan(one.value)
    }
    assert (set(missing), len(found)) == (NEEDS_A_START, len(MEASURES)), missing


def test_every_share_lies_between_none_and_all(company: Company) -> None:
    found = figures(company, company.calendar.parse("all", TODAY))
    shares = [one for one in MEASURES if one.unit == "percent" and one.id not in NEEDS_A_START]
    assert {one.id: value for one in shares if not 0 < (value := said(found, one)) <= 1} == {}
    quarter = company.calendar.period_of(TODAY, Grain.QUARTER)
    before = figures(company, company.calendar.previous(quarter))
    assert all(0.8 < said(before, one) <= 1 for one in MEASURES if one.id in NEEDS_A_START)


def said(found: dict[str, MetricResult], measure: Measure) -> float:
    value = found[measure.id].value
    assert value is not None
    return value


@pytest.mark.parametrize("measure", LIKELY)
def test_a_figure_is_a_likely_one(company: Company, measure: str) -> None:
    low, high = LIKELY[measure]
    engine = Engine(company.projection(), company.catalogue, company.calendar)
    (one,) = engine.measure(Query((measure,), company.calendar.parse("all", TODAY), TODAY))
    assert one.value is not None
    assert low <= one.value <= high
