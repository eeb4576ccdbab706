"""What was never recorded is unknown; what was recorded and did not happen is zero."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from tests.metrics.rows import projected

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
CALL = {"kind": "call", "occurred_at": "2026-11-02 10:00"}
DEAL = {"status": "won", "amount": 100, "created_at": "2026-11-02 10:00", "closed_on": "2026-11-20"}


def figure(folder: Path, tables: dict[str, list[dict[str, Any]]], measure: str) -> MetricResult:
    _, projection = projected(folder, tables)
    engine = Engine(projection, built_in(), FiscalCalendar())
    return engine.measure(Query((measure,), NOVEMBER, date(2026, 12, 1)))[0]


@pytest.mark.parametrize(
    ("tables", "measure", "value"),
    [
        ({}, "outbound_dials", None),
        ({"activity": [{**CALL, "occurred_at": "2026-10-02 10:00"}]}, "outbound_dials", 0),
        ({"activity": [CALL]}, "sdr_connects.rate", None),  # nobody wrote down how calls ended
        ({"activity": [{**CALL, "outcome": "no_answer"}]}, "sdr_connects.rate", 0),
        ({"deal": [DEAL]}, "win_deals", 1),
        ({"deal": [DEAL]}, "fs_win_rate_on_opportunities", None),  # nobody judged whether deals are valid
        ({"deal": [{**DEAL, "closed_on": "2026-10-20"}]}, "closing_ratio", None),  # none closed in November
        (
            {"lead": [{"received_at": "2026-11-02 10:00"}]},
            "is_meetings_on_leads.rate",
            None,
        ),  # no appointments file
    ],
)
def test_unknown_is_not_zero(
    tables: dict[str, list[dict[str, Any]]], measure: str, value: float | None, tmp_path: Path
) -> None:
    assert figure(tmp_path, tables, measure).value == value


def test_the_reason_names_the_column_that_is_missing(tmp_path: Path) -> None:
    assert "activity.outcome" in figure(tmp_path, {"activity": [CALL]}, "sdr_connects.rate").interval.method


def test_what_remains_of_the_start_is_unknown_where_there_is_no_start(tmp_path: Path) -> None:
    """One contract of March still runs in October, one churned in May: all of October's start is kept."""
    contracts = [{"starts_on": "2026-03-01"}, {"starts_on": "2026-03-01", "churned_on": "2026-05-01"}]
    truth, projection = projected(tmp_path, {"contract": contracts})
    engine = Engine(projection, built_in(), FiscalCalendar())
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    found = [
        engine.measure(Query(("ret_retention_rate",), period, date(2026, 11, 20)))[0]
        for period in (october, Period.all())
    ]
    projection.close()
    truth.close()
    assert [one.value for one in found] == [1.0, None]
    assert "beginning" in found[1].interval.method
