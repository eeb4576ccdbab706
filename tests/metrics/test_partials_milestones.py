"""Kept months of figures that read what other records tell: a first call, an appointment, who was met."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.metrics import partials
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.storage.projection import Projection
from hakari.storage.truth import Row, Truth
from tests.metrics.rows import LEARNT, ZONE, projected, write
from tests.metrics.test_engine_properties import CALENDAR, PEOPLE, TODAY, YEAR
from tests.metrics.test_partials import Cold, plain
from tests.storage.columns import everything

_QUERIES = [
    Query((measure,), YEAR, TODAY, by, basis, intervals=False, lag=False)
    for measure in (
        "acq_appointments.rate",
        "acq_appointments.count",
        "is_meetings_on_leads.rate",
        "lead_deals.rate",
        "speed_to_lead_5min.rate",
        "is_target_leads",
        "win_stakeholder_cards",
        "key_persons_approached_3m",
        "outbound_dials",
    )
    for by, basis in ((("owner", "month"), "event"), (("quarter",), "created"))
]
_MOMENTS = st.integers(0, 4_000).map(lambda n: f"{date(2026, 4, 1) + timedelta(n // 24)} {n % 24:02}:03")
_THIRD = st.sampled_from(("1", "2", "3"))
_ROWS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "lead": {
        "owner": st.sampled_from(PEOPLE),
        "account": _THIRD,
        "received_at": _MOMENTS,
        "tactic": st.sampled_from(("call", "seminar")),
    },
    "activity": {
        "owner": st.sampled_from(PEOPLE),
        "lead": _THIRD,
        "deal": _THIRD,
        "contact": _THIRD,
        "account": _THIRD,
        "kind": st.sampled_from(("call", "visit")),
        "direction": st.sampled_from(("outbound", "inbound")),
        "occurred_at": _MOMENTS,
    },
    "appointment": {"lead": _THIRD, "set_at": _MOMENTS, "status": st.just("held"), "held_on": st.none()},
    "deal": {"owner": st.sampled_from(PEOPLE), "lead": _THIRD, "created_at": _MOMENTS},
}
_IDS = {"lead": 3, "deal": 3, "appointment": 5, "activity": 9}


@st.composite
def _steps(draw: st.DrawFn) -> tuple[str, str, dict[str, Any] | None]:
    """A table, the id of a record that comes or changes, and its values; None: it is deleted."""
    table = draw(st.sampled_from([*_ROWS, "activity", "activity"]))
    source_id = str(draw(st.integers(1, _IDS[table])))
    if draw(st.integers(0, 4)) == 0:
        return table, source_id, None
    values = {name: draw(values) for name, values in _ROWS[table].items()}
    if "held_on" in values:
        values["held_on"] = values["set_at"][:10]
    return table, source_id, values


@pytest.fixture(autouse=True)
def _every_table_is_large() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partials, "LEAST_ROWS", 0)
        yield


def _take(truth: Truth, number: int, step: tuple[str, str, dict[str, Any] | None]) -> None:
    table, source_id, values = step
    learnt = LEARNT + timedelta(days=1 + number)
    with truth.importing("test", "later", learnt) as into:
        if values is None:
            into.write(table, [Row(source_id, {}, learnt, deleted=True)])
        else:
            bare = [{"id": one} for one in ("1", "2", "3")]  # as they were first heard of
            named = {name: bare for name in ("account", "contact", "lead", "deal") if name != table}
            people = [{"id": one, "name": one} for one in PEOPLE]
            write(into, {"person": people, **named, table: [{"id": source_id, **values, "learnt": learnt}]})


@settings(max_examples=4, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(_steps(), min_size=3, max_size=8), st.data())
def test_warm_is_cold_and_followed_is_rebuilt(
    steps: list[tuple[str, str, dict[str, Any] | None]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), {})
        warm, cold = (Engine(store, built_in(), CALENDAR) for store in (projection, Cold(projection)))
        for number, step in enumerate(steps):
            _take(truth, number, step)
            projection.refresh(truth)
            for query in data.draw(st.lists(st.sampled_from(_QUERIES), min_size=1, max_size=4)):
                assert plain(warm.measure(query)) == plain(cold.measure(query))
        for query in _QUERIES:
            assert plain(warm.measure(query)) == plain(cold.measure(query))
        anew = Projection(None, ZONE)
        anew.refresh(truth)
        mine = {
            name: rows for name, rows in everything(projection).items() if not name.startswith("partials")
        }
        assert mine == everything(anew)
        for one in (projection, anew, truth):
            one.close()


def test_a_figure_by_a_milestones_day_leaves_the_month_it_was_in(tmp_path: Path) -> None:
    """An earlier appointment turns up, then it and the lead itself go: each time the old month loses one."""
    truth, projection = projected(tmp_path, {})
    engine = Engine(projection, built_in(), CALENDAR)
    booked = Query(("acq_appointments.count",), YEAR, TODAY, ("month",), "event", intervals=False, lag=False)

    def by_month(number: int, *step: Any) -> dict[str | None, float | None]:
        _take(truth, number, step)
        projection.refresh(truth)
        return {one.slice["month"]: one.value for one in engine.measure(booked) if one.value}

    def appointment(day: str) -> dict[str, Any]:
        return {"lead": "1", "set_at": f"{day} 10:00", "status": "held", "held_on": day}

    lead = {"owner": "aoki", "received_at": "2026-04-02 10:00", "tactic": "seminar"}
    assert by_month(0, "lead", "1", lead) == {}
    assert by_month(1, "appointment", "1", appointment("2026-08-05")) == {"2026-08": 1}
    assert by_month(2, "appointment", "2", appointment("2026-06-05")) == {"2026-06": 1}
    assert by_month(3, "appointment", "2", appointment("2026-07-05")) == {"2026-07": 1}
    assert by_month(4, "appointment", "2", None) == {"2026-08": 1}
    assert by_month(5, "lead", "1", None) == {}
    projection.close()
    truth.close()
