"""A figure that rolls along weeks is, in each of them, what it is when the week is asked alone."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.units.period import Grain, Period
from tests.metrics.rows import projected
from tests.metrics.test_engine_properties import CALENDAR, COMPANY, TODAY, tables

_ROLLING = ("pipeline_created_3m", "won_amount_3m", "ret_lifetime_amount", "partner_quantity")
_AUTUMN = Period(date(2026, 9, 3), date(2026, 12, 20))


@settings(
    max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(COMPANY, st.sampled_from([(), ("owner",)]), st.sampled_from([Grain.WEEK, Grain.MONTH]))
def test_every_window_of_a_series_is_the_window_asked_alone(
    company: dict[str, Any], by: tuple[str, ...], grain: Grain
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        truth, projection = projected(Path(folder), tables(company))
        engine = Engine(projection, built_in(), CALENDAR)
        for name in _ROLLING:
            series = engine.measure(Query((name,), _AUTUMN, TODAY, (*by, grain.value)))
            if not series:
                continue  # nothing of it was ever recorded
            for piece in CALENDAR.split(_AUTUMN, grain):
                if piece.start > TODAY:
                    continue
                alone = engine.measure(Query((name,), piece, TODAY, by))
                shown = [one for one in series if one.period == piece]
                assert [(one.value, one.n, one.interval) for one in shown] == [
                    (one.value, one.n, one.interval) for one in alone
                ]
        projection.close()
        truth.close()


def test_a_series_takes_one_statement_however_many_windows_it_has(tmp_path: Path) -> None:
    deals = [{"owner": "p", "status": "won", "amount": 1_000_000, "closed_on": "2026-10-01"}]
    truth, projection = projected(tmp_path, {"person": [{"id": "p", "name": "青木"}], "deal": deals})
    engine = Engine(projection, built_in(), CALENDAR)
    query = Query(("won_amount_3m",), _AUTUMN, TODAY, ("week",), intervals=False)
    assert len(engine.explain(query)) == 1
    values = {one.slice["week"]: one.value for one in engine.measure(query)}
    assert values["2026-W39"] is None  # before the first record nothing is known
    assert values["2026-W40"] == pytest.approx(1_000_000)
    projection.close()
    truth.close()
