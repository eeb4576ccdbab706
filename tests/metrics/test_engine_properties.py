"""The engine against counting by hand in Python, over random small companies."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.records import RecordReader
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Grain, Period
from tests.metrics.rows import projected

CALENDAR = FiscalCalendar()
TODAY = date(2026, 11, 24)
YEAR = Period(date(2026, 4, 1), date(2027, 4, 1))
PEOPLE = ("aoki", "baba", "chiba")
DAYS = st.integers(0, 200).map(lambda n: (date(2026, 4, 1) + timedelta(days=n)).isoformat())
CALL = st.fixed_dictionaries(
    {
        "owner": st.sampled_from((*PEOPLE, None)),
        "account": st.sampled_from(("a1", "a2", "a3", None)),
        "kind": st.sampled_from(("call", "mail", "visit")),
        "direction": st.sampled_from(("outbound", "inbound", None)),
        "outcome": st.sampled_from(("no_answer", "reception", "person", "refused", None)),
        "day": DAYS,
    }
)
DEAL = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(PEOPLE),
        "status": st.sampled_from(("open", "won", "lost")),
        "amount": st.one_of(st.none(), st.integers(0, 9_000_000)),
        "created": st.one_of(st.none(), DAYS),
        "closed": DAYS,
    }
)
COMPANY = st.fixed_dictionaries(
    {"calls": st.lists(CALL, min_size=1, max_size=40), "deals": st.lists(DEAL, min_size=1, max_size=25)}
)


def tables(company: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    calls = [
        {**{k: v for k, v in one.items() if k != "day"}, "occurred_at": f"{one['day']} 23:30"}
        for one in company["calls"]
    ]
    deals = [
        {
            "owner": one["owner"],
            "status": one["status"],
            "amount": one["amount"],
            "created_at": None if one["created"] is None else f"{one['created']} 00:10",
            "closed_on": None if one["status"] == "open" else one["closed"],
        }
        for one in company["deals"]
    ]
    return {
        "team": [{"id": "t1", "name": "第1"}, {"id": "t2", "name": "第2"}],
        "person": [{"id": p, "name": p, "team": "t1" if p == "aoki" else "t2"} for p in PEOPLE],
        "account": [{"id": a, "name": a} for a in ("a1", "a2", "a3")],
        "activity": calls,
        "deal": deals,
    }


def is_call(one: dict[str, Any]) -> bool:
    return bool(one["kind"] == "call" and one["direction"] != "inbound")


@settings(
    max_examples=15, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(COMPANY)
def test_the_engine_counts_as_a_person_would(company: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), tables(company))
        engine = Engine(projection, built_in(), CALENDAR)
        calls = [one for one in company["calls"] if is_call(one)]
        by_owner = engine.measure(Query(("outbound_dials",), YEAR, TODAY, ("owner",)))
        assert {one.slice["owner"]: one.value for one in by_owner} == Counter(c["owner"] for c in calls)
        by_month = engine.measure(Query(("outbound_dials",), YEAR, TODAY, ("month",)))
        assert len(by_month) == 12
        assert {one.slice["month"]: one.value for one in by_month if one.value} == Counter(
            one["day"][:7] for one in calls
        )
        won = [one for one in company["deals"] if one["status"] == "won"]
        total = engine.measure(Query(("win_amount",), YEAR, TODAY))[0]
        priced = any(
            one["amount"] is not None for one in company["deals"]
        )  # else no amount was ever recorded
        assert total.value == (sum(one["amount"] or 0 for one in won) if priced else None)
        closing = engine.measure(Query(("closing_ratio",), Period.all(), TODAY))[0]
        closed = [one for one in company["deals"] if one["status"] != "open"]
        assert (closing.numerator, closing.denominator) == (len(won), len(closed))
        assert closing.value == (len(won) / len(closed) if closed else None)
        created = engine.measure(Query(("deals_created",), Period.all(), TODAY, undated=True))[0]
        dated = sum(one["created"] is not None for one in company["deals"])
        assert created.value == (dated or len(company["deals"]))  # where nothing has a day, none is asked for
        assert created.undated == ((len(company["deals"]) - dated) if dated else None)
        projection.close()
        truth.close()


@settings(
    max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(
    COMPANY, st.sampled_from([one.id for one in built_in().measures.values()]), st.sampled_from(list(Grain))
)
def test_every_figure_equals_its_records(company: dict[str, Any], measure: str, grain: Grain) -> None:
    """Whole numerator: rows counted, amounts summed or entities told apart, slice by slice."""
    if built_in().measures[measure].kind in ("derived", "quantile", "recency"):
        return
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), tables(company))
        query = Query((measure,), Period(date(2026, 9, 1), date(2026, 12, 1)), TODAY, (grain.value,))
        reader = RecordReader(projection, built_in(), CALENDAR)
        for one in Engine(projection, built_in(), CALENDAR).measure(query):
            records = reader.read(query, one.slice)
            counted = records.total if records.entities is None else records.entities
            assert counted == pytest.approx(one.numerator or 0.0)
        projection.close()
        truth.close()


def test_ratios_of_a_total_come_from_sums_not_from_the_slices(tmp_path: Path) -> None:
    """
    aoki 1 of 1, baba 1 of 9  →  the total is 2 of 10, not the mean of 100 % and 11 %.
    """
    calls = [{"owner": "aoki", "outcome": "person"}, {"owner": "baba", "outcome": "person"}]
    calls += [{"owner": "baba", "outcome": "no_answer"}] * 8
    company = {
        "calls": [
            {"kind": "call", "direction": None, "account": None, "day": "2026-10-05", **one} for one in calls
        ],
        "deals": [],
    }
    _, projection = projected(tmp_path, tables(company))
    total = Engine(projection, built_in(), CALENDAR).measure(Query(("sdr_connects.rate",), YEAR, TODAY))[0]
    assert (total.numerator, total.denominator, total.value) == (2, 10, 0.2)
