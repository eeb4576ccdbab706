"""From months counted before, every answer is what counting all rows again gives, whatever changed since."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.access import EVERYONE, Viewer
from hakari.metrics import partials
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.storage.projection import Projection
from hakari.storage.truth import Row
from hakari.units.period import Period
from tests.metrics.rows import LEARNT, ZONE, Tables, projected, write
from tests.metrics.test_engine_properties import CALENDAR, COMPANY, DAYS, PEOPLE, TODAY, YEAR, tables

_MEASURES = (
    "outbound_dials",
    "sdr_connects.rate",
    "talk_seconds",
    "call_appointments.rate",
    "win_amount",
    "closing_ratio",
    "won_unit_price",
    "win_cycle_days",
    "kgi_new_customers",
    "won_amount_3m",
    "bdr_followups",
)
_PERIODS = (
    Period(date(2026, 4, 1), date(2027, 4, 1)),
    Period(date(2026, 5, 10), date(2026, 9, 17)),
    Period(date(2026, 7, 1), date(2026, 10, 1)),
    Period(date(2026, 6, 3), date(2026, 6, 20)),
    Period.all(),
)
_BYS = ((), ("month",), ("owner",), ("owner", "month"), ("owner", "week"), ("team", "quarter"), ("day",))
_QUERIES = st.builds(
    lambda measure, period, by, filters, viewer, intervals: Query(
        (measure,), period, TODAY, by, None, filters, viewer=viewer, intervals=intervals
    ),
    st.sampled_from(_MEASURES),
    st.sampled_from(_PERIODS),
    st.sampled_from(_BYS),
    st.sampled_from([{}, {}, {"owner": ("aoki",)}, {"team": ("第1",)}]),
    st.sampled_from([EVERYONE, EVERYONE, Viewer("two", frozenset({1, 2}))]),
    st.booleans(),
)
_CHANGES = st.one_of(
    st.tuples(st.just("moved"), st.integers(0, 24), DAYS),
    st.tuples(st.just("given"), st.integers(0, 24), st.sampled_from(PEOPLE)),
    st.tuples(st.just("deleted"), st.integers(0, 24), st.none()),
    st.tuples(st.just("late"), st.integers(0, 24), DAYS),
    st.tuples(st.just("called"), st.integers(0, 24), DAYS),
    st.tuples(st.just("team"), st.sampled_from(PEOPLE), st.sampled_from(("t1", "t2"))),
    st.tuples(st.just("renamed"), st.none(), st.sampled_from(("第1", "第3"))),
)


class Cold:
    """The same store, with nothing kept."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection

    def __getattr__(self, name: str) -> Any:
        if name == "partials":
            raise AttributeError(name)
        return getattr(self._projection, name)


@pytest.fixture(autouse=True)
def _every_table_is_large() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partials, "LEAST_ROWS", 0)
        yield


def plain(results: list[MetricResult]) -> list[tuple[object, ...]]:
    return [
        (one.measure, dict(one.slice), one.period, one.n, _near(one.value), _near(one.numerator))
        for one in results
    ]


def _near(value: float | None) -> object:
    """Sums of fractions may differ in their last digits by the order they are added in."""
    return None if value is None else pytest.approx(value, rel=1e-12)


def changed(given: Tables, what: tuple[Any, ...], number: int) -> tuple[Tables, str | None]:
    """The tables after one change, and the deal that is deleted, if one is."""
    kind, which, to = what
    learnt = LEARNT + timedelta(days=30 + number)
    found = {name: [dict(row) for row in rows] for name, rows in given.items()}
    deals = found["deal"]
    place = which % len(deals) if isinstance(which, int) else 0
    if kind == "moved":
        deals[place] |= {"closed_on": to, "learnt": learnt}
    elif kind == "given":
        deals[place] |= {"owner": to, "learnt": learnt}
    elif kind == "late":
        deals.append({**deals[place], "closed_on": to, "learnt": learnt})
    elif kind == "called":
        call = {"kind": "call", "owner": PEOPLE[place % 3], "account": "a1", "occurred_at": f"{to} 10:00"}
        found["activity"].append({**call, "learnt": learnt})
    elif kind == "team":
        person = next(row for row in found["person"] if row["id"] == which)
        person |= {"team": to, "learnt": learnt}
    elif kind == "renamed":
        found["team"][0] |= {"name": to, "learnt": learnt}
    return found, f"deal-{place}" if kind == "deleted" else None


@settings(
    max_examples=25, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(COMPANY, st.lists(_QUERIES, min_size=2, max_size=8), st.lists(_CHANGES, max_size=4))
def test_warm_is_cold_after_any_changes(
    company: dict[str, Any], queries: list[Query], changes: list[tuple[Any, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        now: Tables = tables(company)
        truth, projection = projected(Path(folder), now)
        warm, cold = (Engine(store, built_in(), CALENDAR) for store in (projection, Cold(projection)))
        for number, what in enumerate([None, *changes]):
            if what is not None:
                now, gone = changed(now, what, number)
                with truth.importing("test", "later", LEARNT + timedelta(days=30 + number)) as into:
                    write(into, now)
                    if gone is not None:
                        into.write(
                            "deal", [Row(gone, {}, LEARNT + timedelta(days=60 + number), deleted=True)]
                        )
                projection.refresh(truth)
            for query in queries:
                expected = plain(cold.measure(query))
                assert plain(warm.measure(query)) == expected
                assert plain(warm.measure(query)) == expected  # and again, from what is kept
        projection.close()
        truth.close()


def test_only_the_month_of_a_change_is_counted_again(tmp_path: Path) -> None:
    days = [f"2026-{month:02}-10 10:00" for month in range(4, 11)]
    calls = [{"kind": "call", "occurred_at": day, "owner": "p"} for day in days]
    given: Tables = {"person": [{"id": "p", "name": "p"}], "activity": calls}
    truth, projection = projected(tmp_path, given)
    engine = Engine(projection, built_in(), CALENDAR)
    query = Query(("outbound_dials",), YEAR, TODAY, ("owner", "quarter"))
    assert len(engine.explain(query)) == 1
    assert engine.explain(query) == []
    late = {"kind": "call", "occurred_at": "2026-06-11 10:00", "owner": "p", "learnt": LEARNT + timedelta(9)}
    with truth.importing("test", "later", LEARNT + timedelta(days=9)) as into:
        write(into, {**given, "activity": [*calls, late]})
    projection.refresh(truth)
    [step] = engine.explain(query)
    assert step.period == Period(date(2026, 6, 1), date(2026, 7, 1))
    assert engine.explain(query) == []
    assert [one.value for one in engine.measure(query)] == [4, 3, 1, 0]
    projection.close()
    truth.close()


def test_partials_outlive_the_process_and_a_lost_projection_loses_none_of_the_answers(tmp_path: Path) -> None:
    calls = [{"kind": "call", "occurred_at": f"2026-{month:02}-10 10:00"} for month in range(4, 11)]
    truth, in_memory = projected(tmp_path, {"activity": calls})
    in_memory.close()
    path = tmp_path / "projection.duckdb"
    projection = Projection(path, ZONE)
    projection.refresh(truth)
    query = Query(("outbound_dials",), YEAR, TODAY, ("month",))
    first = Engine(projection, built_in(), CALENDAR).measure(query)
    projection.close()
    again = Projection(path, ZONE)
    again.refresh(truth)
    assert Engine(again, built_in(), CALENDAR).explain(query) == []
    assert Engine(again, built_in(), CALENDAR).measure(query) == first
    again.close()
    path.unlink()
    anew = Projection(path, ZONE)
    anew.refresh(truth)
    assert Engine(anew, built_in(), CALENDAR).measure(query) == first
    anew.close()
    truth.close()


def test_an_earlier_state_of_the_records_is_never_answered_from_partials(tmp_path: Path) -> None:
    calls = [{"kind": "call", "occurred_at": "2026-05-10 10:00"}]
    truth, projection = projected(tmp_path, {"activity": calls})
    engine = Engine(projection, built_in(), CALENDAR)
    query = Query(("outbound_dials",), YEAR, TODAY, as_of=LEARNT - timedelta(days=1))
    engine.measure(replace(query, as_of=None))
    schema = projection.at(query.as_of)
    assert engine.explain(query, schema) != []
    projection.close()
    truth.close()


def test_an_exit_dated_ahead_counts_from_its_day_on(tmp_path: Path) -> None:
    """Nothing is written between the two questions; only the day has come."""
    deal = {
        "created_at": "2026-05-10 10:00",
        "status": "won",
        "valid": True,
        "qualified_at": "2026-05-12 10:00",
    }
    given: Tables = {"deal": [{**deal, "closed_on": "2026-06-20"}, {**deal, "closed_on": "2026-06-01"}]}
    truth, projection = projected(tmp_path, given)
    engine = Engine(projection, built_in(), CALENDAR)

    def won(today: date) -> list[float | None]:
        asked = Query(("fs_win_rate_on_opportunities",), YEAR, today, ("month",), intervals=False)
        return [one.numerator for one in engine.measure(asked) if one.denominator]

    assert won(date(2026, 6, 10)) == [1]
    assert won(date(2026, 6, 20)) == [2]
    assert won(date(2026, 6, 10)) == [1]
    projection.close()
    truth.close()


def test_a_call_leaves_alone_what_is_read_from_other_milestones(tmp_path: Path) -> None:
    given: Tables = {
        "lead": [{"id": f"l{month}", "received_at": f"2026-{month:02}-05 10:00"} for month in range(4, 8)],
        "appointment": [
            {"lead": f"l{month}", "set_at": f"2026-{month:02}-09 10:00"} for month in range(4, 8)
        ],
        "activity": [{"kind": "call", "lead": "l4", "occurred_at": "2026-04-08 10:00"}],
    }
    truth, projection = projected(tmp_path, given)
    engine = Engine(projection, built_in(), CALENDAR)
    booked = Query(("acq_appointments.rate",), YEAR, TODAY, ("month",), intervals=False, lag=False)
    answer = engine.measure(booked)
    call = {"kind": "call", "lead": "l6", "occurred_at": "2026-06-20 10:00", "learnt": LEARNT + timedelta(9)}
    with truth.importing("test", "later", LEARNT + timedelta(days=9)) as into:
        write(into, {**given, "activity": [*given["activity"], call]})
    projection.refresh(truth)
    assert engine.explain(booked) == []
    assert engine.measure(booked) == answer
    projection.close()
    truth.close()
