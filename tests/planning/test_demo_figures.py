"""On the demo company: every figure is what its records count or sum, and every surface says the same."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from hakari.bootstrap import Company
from hakari.metrics.definitions import Measure
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.planning.figure import dimensions_for
from hakari.report.csv_text import rows_to_csv
from hakari.report.rows import scorecard_rows
from hakari.units.period import Grain, Period
from tests.demo_company import demo_company

PICKS = 500
SLICES_A_QUERY = 4


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = demo_company(tmp_path_factory.mktemp("demo"))
    yield made
    made.close()


def a_period(dice: random.Random, company: Company, today: date) -> Period:
    """A day, week, month or quarter of the last six quarters."""
    day = today - timedelta(days=dice.randrange(1, 520))
    return company.calendar.period_of(day, dice.choice([Grain.WEEK, Grain.MONTH, Grain.QUARTER]))


def check(company: Company, query: Query, one: MetricResult, measure: Measure) -> None:
    reader = company.records()
    top = reader.read(query, one.slice, "numerator", limit=1)
    counted = top.total if top.entities is None else top.entities
    if measure.kind in ("quantile", "waiting", "recency", "spread"):
        assert top.count == one.n
        return
    assert counted == pytest.approx(one.numerator or 0.0), (one.measure, one.slice, query.period)
    if measure.denominator is not None or measure.listed is not None:
        bottom = reader.read(query, one.slice, "denominator", limit=1)
        counted = bottom.total if bottom.entities is None else bottom.entities
        assert counted == pytest.approx(one.denominator or 0.0), (one.measure, one.slice, query.period)


def test_five_hundred_figures_picked_at_random_equal_their_records(company: Company) -> None:
    dice = random.Random(20261124)  # noqa: S311
    desk = company.desk(None)
    today = company.calendar.local_date(company.clock())
    measures = [
        one
        for one in company.catalogue.measures.values()
        if one.kind != "derived" and one.against is None  # made of other figures
    ]
    picked, seen = 0, set()
    while picked < PICKS:
        measure = dice.choice(measures)
        by = tuple(name for name, _ in dice.sample(dimensions_for(desk, measure, "en"), 1))
        query = Query((measure.id,), a_period(dice, company, today), today, by, intervals=False)
        results = company.engine().measure(query)
        for one in dice.sample(results, min(SLICES_A_QUERY, len(results))):
            check(company, query, one, measure)
            picked += 1
            seen.add(measure.id)
    assert len(seen) > 50


def test_the_csv_says_what_the_page_says(company: Company) -> None:
    card = company.scorecard({"team": "第1営業部"}, "ja")
    text = rows_to_csv(scorecard_rows(card)).lstrip("\ufeff")
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(text)) if row["block"] == "kpi"}
    assert set(rows) == {kpi.measure for kpi in card.kpis}
    for kpi in card.kpis:
        assert float(rows[kpi.measure]["value"]) == kpi.value
        assert float(rows[kpi.measure]["n"]) == kpi.n


def test_the_planted_bottleneck_is_the_headline(company: Company) -> None:
    """Slow answers to inquiries cost meetings: the step that falls is named, and where to look."""
    params = {"team": "第1営業部"}
    assert "ボトルネックは商談化率" in company.scorecard(params, "ja").headline
    gap = company.gap(params, "ja")
    approach = next(one for one in gap.remedies if one.key == "approach")
    assert approach.evidence is not None
    assert approach.evidence.low > 0, "who is called within five minutes agrees to meet more often"


def test_people_stand_by_name_and_not_by_rank(company: Company) -> None:
    for table in company.scorecard({}, "en").people:
        names = [row.name for row in table.rows]
        assert names == sorted(names)


def test_totals_of_people_are_recomputed_from_sums(company: Company) -> None:
    for table in company.scorecard({}, "en").people:
        for index, total in enumerate(table.total):
            if total.denominator:
                cells = [row.cells[index] for row in table.rows]
                assert total.numerator == pytest.approx(sum(cell.numerator or 0 for cell in cells))
                assert total.denominator == pytest.approx(sum(cell.denominator or 0 for cell in cells))


def test_yesterday_still_says_what_it_said(company: Company) -> None:
    """As of a past evening: the figures of a company whose records ended that evening."""
    past = company.scorecard({"asof": "2026-11-10"}, "ja")
    later = company.scorecard({"asof": "2026-11-20"}, "ja")
    assert past.kgi is not None
    assert later.kgi is not None
    assert past.scope.today == date(2026, 11, 10)
    assert (past.kgi.value or 0) <= (later.kgi.value or 0)
    again = company.scorecard({"asof": "2026-11-10"}, "ja")
    assert again == past


def test_deleting_the_projection_loses_nothing(company: Company) -> None:
    today = company.calendar.local_date(company.clock())
    quarter = company.calendar.period_of(today, Grain.QUARTER)
    names = tuple(one.id for one in company.catalogue.measures.values())
    query = Query(names, quarter, today, intervals=False)
    before = company.measure(query)
    company.projection().rebuild(company.truth)
    assert company.measure(query) == before
