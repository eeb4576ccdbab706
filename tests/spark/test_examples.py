"""Every KPI's worked examples on a cluster: the same figures as on one machine, down to the intervals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from hakari.metrics.definitions import Example
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.worked import said
from tests.spark.laid_out import CALENDAR, BothEngines, both_engines

SOME_DAY = date(2026, 11, 24)
EXAMPLES = [one for kpi in built_in().kpis.values() for one in kpi.examples]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, quick_session: Any) -> Iterator[BothEngines]:
    with both_engines(tmp_path_factory.mktemp("examples"), quick_session, {}) as both:
        yield both


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one.measure}:{one.why[:40]}" for one in EXAMPLES])
def test_an_example_gives_the_same_on_a_cluster(example: Example, engines: BothEngines) -> None:
    period = CALENDAR.parse(example.period, SOME_DAY)
    today = date.fromisoformat(example.today) if example.today else period.last_day + timedelta(days=1)
    query = Query((example.measure,), period, today, basis=example.basis or None)
    with engines.visited_by(example.rows):
        here, there = engines.answers(query)
    assert there == here
    assert (said(there[0]) if there else "none") == example.expect, example.why
