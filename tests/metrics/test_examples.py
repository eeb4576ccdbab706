"""Every KPI's worked examples, on the real engine: the answer a person gets by counting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from hakari.metrics.definitions import Example
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth
from hakari.units.calendar import FiscalCalendar
from tests.metrics.rows import projected, visiting

CALENDAR = FiscalCalendar()
SOME_DAY = date(2026, 11, 24)
EXAMPLES = [one for kpi in built_in().kpis.values() for one in kpi.examples]


def said(result: MetricResult) -> str:
    if result.value is None:
        return "none"
    if result.denominator is not None and result.unit == "percent":
        return f"{result.numerator:g} of {result.denominator:g}"
    return f"{result.value:.6g}" if abs(result.value) < 1000 else f"{result.value:.0f}"


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Truth, Projection]]:
    truth, projection = projected(tmp_path_factory.mktemp("examples"), {})
    yield truth, projection
    projection.close()
    truth.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one.measure}:{one.why[:40]}" for one in EXAMPLES])
def test_an_example_gives_what_a_person_counts(example: Example, stores: tuple[Truth, Projection]) -> None:
    truth, projection = stores
    period = CALENDAR.parse(example.period, SOME_DAY)
    today = date.fromisoformat(example.today) if example.today else period.last_day + timedelta(days=1)
    query = Query((example.measure,), period, today, basis=example.basis or None)
    with visiting(truth, projection, example.rows):
        results = Engine(projection, built_in(), CALENDAR).measure(query)
    assert said(results[0]) == example.expect, example.why


def test_every_measure_has_an_example() -> None:
    shown = {one.measure for one in EXAMPLES}
    assert set(built_in().measures) <= shown
