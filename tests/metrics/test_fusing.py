"""Measures that share a pass over a table are the figures they are when asked alone."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.metrics.compose import quantile, without
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.units.period import Period
from tests.metrics.rows import projected
from tests.metrics.test_engine_properties import CALENDAR, COMPANY, TODAY, YEAR, tables

# Each group shares a table: cells, filters, masks of one entity, single values.
_GROUPS = (
    ("outbound_dials", "sdr_connects.rate", "vis_visits", "talk_seconds"),
    ("call_appointments.rate", "outbound_dials", "kgi_new_customers"),
    ("closing_ratio", "win_amount", "won_unit_price", "win_cycle_days", "deals_created"),
    ("win_amount", "win_deals", "won_margin_rate", "gross_profit"),
)
NONE = without("not compared")


@settings(
    max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(COMPANY, st.sampled_from(_GROUPS), st.sampled_from([("owner",), ("owner", "month"), ("month",), ()]))
def test_a_measure_is_the_same_alone_and_in_company(
    company: dict[str, Any], measures: tuple[str, ...], by: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), tables(company))
        engine = Engine(projection, built_in(), CALENDAR)
        for period in (YEAR, Period.all()):
            together = engine.measure(Query(measures, period, TODAY, by))
            alone = [one for name in measures for one in engine.measure(Query((name,), period, TODAY, by))]
            assert together == alone
        projection.close()
        truth.close()


@settings(
    max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(COMPANY, st.sampled_from([("owner",), ("owner", "month"), ()]))
def test_a_figure_is_the_same_without_its_interval(company: dict[str, Any], by: tuple[str, ...]) -> None:
    measures = ("win_cycle_days", "won_unit_price", "closing_ratio", "win_amount", "outbound_dials")
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), tables(company))
        engine = Engine(projection, built_in(), CALENDAR)
        sure, plain = (
            engine.measure(Query(measures, YEAR, TODAY, by, intervals=intervals))
            for intervals in (True, False)
        )
        assert [replace(one, interval=NONE) for one in plain] == [replace(one, interval=NONE) for one in sure]
        projection.close()
        truth.close()


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30),
    st.one_of(st.just(0.5), st.floats(0.0, 1.0)),
)
def test_a_quantile_is_that_of_numpy(values: list[float], q: float) -> None:
    found = quantile(values, q, intervals=False).value
    assert found == pytest.approx(float(np.quantile(np.asarray(values), q)), rel=1e-12, abs=1e-6)


def test_the_median_of_two_lies_between_them_and_of_none_is_unknown() -> None:
    assert quantile([1.0, 2.0], 0.5, intervals=False).value == 1.5
    assert quantile([3.0], 0.9, intervals=False).value == 3.0
    assert quantile([], 0.5, intervals=False).value is None


def test_a_rep_whom_only_the_rate_reaches_is_no_row_of_the_count(tmp_path: Path) -> None:
    """
    aoki found an issue with one of two leads, baba with none of one.
    """
    calls = [
        {
            "owner": owner,
            "lead": lead,
            "kind": "call",
            "issue_found": found,
            "occurred_at": "2026-10-05 10:00",
        }
        for owner, lead, found in (("aoki", "a", True), ("aoki", "b", False), ("baba", "c", False))
    ]
    people = [{"id": one, "name": one} for one in ("aoki", "baba")]
    rows: dict[str, list[dict[str, Any]]] = {
        "person": people,
        "lead": [{"id": one} for one in "abc"],
        "activity": calls,
    }
    truth, projection = projected(tmp_path, rows)
    measures = ("tel_issues_found.count", "tel_issues_found.rate")
    found = Engine(projection, built_in(), CALENDAR).measure(Query(measures, YEAR, TODAY, ("owner",)))
    assert [(one.measure, one.slice["owner"], one.value) for one in found] == [
        ("tel_issues_found.count", "aoki", 1.0),
        ("tel_issues_found.rate", "aoki", 0.5),
        ("tel_issues_found.rate", "baba", 0.0),
    ]
    projection.close()
    truth.close()
