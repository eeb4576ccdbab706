"""Figures as columns are the figures one by one; a plan says what it was thought to take and what it took."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.metrics.columns import Series
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.units.period import Period
from tests.metrics.rows import projected
from tests.metrics.test_engine_properties import CALENDAR, COMPANY, TODAY, YEAR, tables

_MEASURES = (
    "outbound_dials",
    "sdr_connects.rate",
    "talk_seconds",
    "call_appointments.rate",
    "win_amount",
    "closing_ratio",
    "won_unit_price",
    "win_cycle_days",
    "won_margin_rate",
    "kgi_new_customers",
    "deals_open",
    "won_amount_3m",
    "leads_acquired",
)


def rows_of(series: Series) -> list[tuple[object, ...]]:
    """As the results say it."""
    columns = (series.value, series.numerator, series.denominator)
    figures = [[None if math.isnan(one) else one for one in column.tolist()] for column in columns]
    slices = [dict(one) for one in series.slices]
    return list(zip(slices, *figures, series.n.tolist(), strict=True))


def rows_from(results: list[MetricResult]) -> list[tuple[object, ...]]:
    return [(dict(one.slice), one.value, one.numerator, one.denominator, one.n) for one in results]


@settings(
    max_examples=12, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(
    COMPANY,
    st.sampled_from([("owner",), ("owner", "month"), ("month",), (), ("team", "quarter")]),
    st.sampled_from([YEAR, Period.all()]),
)
def test_columns_hold_what_the_results_hold(
    company: dict[str, Any], by: tuple[str, ...], period: Period
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), tables(company))
        engine = Engine(projection, built_in(), CALENDAR)
        columns = engine.columns(Query(_MEASURES, period, TODAY, by))
        assert list(columns) == list(_MEASURES)
        for name, series in columns.items():
            alone = engine.measure(Query((name,), period, TODAY, by, intervals=False, lag=False))
            assert rows_of(series) == rows_from(alone)
        projection.close()
        truth.close()


def test_every_step_says_what_it_was_thought_to_take_and_what_it_took(tmp_path: Path) -> None:
    calls = [{"kind": "call", "occurred_at": f"2026-{month:02}-10 10:00"} for month in range(4, 12)]
    truth, projection = projected(tmp_path, {"activity": calls})
    steps = Engine(projection, built_in(), CALENDAR).explain(Query(("outbound_dials",), YEAR, TODAY))
    [step] = steps
    assert step.spent is not None
    assert step.spent.rows == 1
    assert step.guess is not None
    assert step.guess.rows == 8
    assert "estimated" in step.cost
    assert "by the clock" in step.cost
    october = Query(("outbound_dials",), Period(TODAY.replace(month=10, day=1), TODAY), TODAY)
    [narrow] = Engine(projection, built_in(), CALENDAR).explain(october)
    assert narrow.guess is not None
    assert narrow.guess.rows < 8
    projection.close()
    truth.close()
