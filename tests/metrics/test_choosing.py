"""Figures counted from one reading of the rows are those that statements give, to the last digit."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.access import EVERYONE, Viewer
from hakari.errors import HakariError
from hakari.metrics import kernel, partials
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.storage.projection import Projection
from hakari.units.period import Period
from tests.metrics.rows import projected
from tests.metrics.test_engine_properties import CALENDAR, COMPANY, TODAY, YEAR, tables
from tests.metrics.ways import reading

_COUNTED = ("count", "distinct", "sum", "mean", "rate", "ratio", "conversion")
_MEASURES = tuple(one.id for one in built_in().measures.values() if one.kind in _COUNTED)
_ACTIVITIES = ("outbound_dials", "sdr_connects.rate", "vis_visits", "talk_seconds", "call_appointments.rate")
_PERIODS = (YEAR, Period(date(2026, 5, 10), date(2026, 9, 17)), Period.all())
_BYS = ((), ("month",), ("owner",), ("owner", "month"), ("team", "quarter"), ("region", "week"), ("role",))
_QUERIES = st.builds(
    lambda measures, period, by, filters, viewer, lag: Query(
        measures, period, TODAY, by, None, filters, viewer=viewer, intervals=False, lag=lag
    ),
    st.one_of(
        st.just(_ACTIVITIES), st.lists(st.sampled_from(_MEASURES), min_size=1, max_size=4, unique=True)
    ).map(tuple),
    st.sampled_from(_PERIODS),
    st.sampled_from(_BYS),
    st.sampled_from([{}, {}, {"owner": ("aoki",)}, {"team": ("第1",)}]),
    st.sampled_from([EVERYONE, EVERYONE, Viewer("two", frozenset({1, 2}))]),
    st.booleans(),
)


@settings(
    max_examples=12, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(COMPANY, st.lists(_QUERIES, min_size=1, max_size=3))
def test_reading_at_once_gives_what_statements_give(company: dict[str, Any], queries: list[Query]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), tables(company))
        engine = Engine(projection, built_in(), CALENDAR)
        for query in queries:
            answers = []
            for worth in (inf, 0.0):
                with reading(worth):
                    answers.append(_asked(engine, query))
            with reading(inf), patch.object(partials, "LEAST_ROWS", 0):
                answers.append(_asked(engine, query))  # whole months, read at once and kept
            assert answers[0] == answers[1] == answers[2]
        projection.close()
        truth.close()


def _asked(engine: Engine, query: Query) -> list[Any]:
    """Some tables know no team and are not asked by it."""
    try:
        return engine.measure(query)
    except HakariError as error:  # the same refusal either way is the same answer
        return [type(error), str(error)]


def _steps(projection: Projection, query: Query) -> list[str]:
    return [one.says for one in Engine(projection, built_in(), CALENDAR).explain(query)]


def test_an_explanation_says_what_was_read_at_once_and_what_was_expected(tmp_path: Path) -> None:
    calls = [{"kind": "call", "direction": "outbound", "outcome": "person", "day": "2026-10-05"}] * 3
    company = {"calls": [{"owner": "aoki", "account": None, **one} for one in calls], "deals": []}
    truth, projection = projected(tmp_path, tables(company))
    query = Query(("outbound_dials", "sdr_connects.rate"), YEAR, TODAY, ("owner",))
    with reading(inf):
        found = Engine(projection, built_in(), CALENDAR).explain(query)
    assert [one.says for one in found] == [
        "one reading of activity, 2 figures counted together (by occurred_at)"
    ]
    assert "estimated" in found[0].cost
    assert 'FROM "main"."activity"' in found[0].sql
    assert _steps(projection, query) != [one.says for one in found]  # so few rows are not worth it
    projection.close()
    truth.close()


def test_slices_that_are_too_many_are_left_to_statements(tmp_path: Path) -> None:
    calls = [{"kind": "call", "direction": None, "outcome": None, "day": "2026-10-05"}]
    company = {"calls": [{"owner": "aoki", "account": "a1", **one} for one in calls], "deals": []}
    truth, projection = projected(tmp_path, tables(company))
    query = Query(("outbound_dials",), YEAR, TODAY, ("owner", "day"))
    with reading(inf), patch.object(kernel, "MOST_SLICES", 100):
        assert not any("one reading" in one for one in _steps(projection, query))
    with reading(inf):
        assert any("one reading" in one for one in _steps(projection, replace(query, by=("owner",))))
    projection.close()
    truth.close()
