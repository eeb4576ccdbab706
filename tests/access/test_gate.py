"""The one gate: Aoki sees her own rows, a manager the team's, a stranger none; in figures and records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from hakari.access import EVERYONE, Viewer, rows_for
from hakari.errors import NotAllowedError
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.records import RecordReader
from hakari.storage.projection import Projection
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from tests.metrics.rows import projected

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
TODAY = date(2026, 11, 1)
CALENDAR = FiscalCalendar()
TABLES: dict[str, list[dict[str, Any]]] = {
    "person": [{"id": name, "name": name} for name in ("aoki", "baba", "chiba")],
    "activity": [
        {"owner": owner, "kind": "call", "outcome": "person", "occurred_at": "2026-10-05 10:00"}
        for owner in ("aoki", "aoki", "baba", "chiba")
    ],
    "web_visit": [{"visitor": "v", "at": "2026-10-05 10:00"}],
}


@pytest.fixture(scope="module")
def projection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projection]:
    truth, made = projected(tmp_path_factory.mktemp("gate"), TABLES)
    yield made
    made.close()
    truth.close()


def viewer(projection: Projection, *names: str) -> Viewer:
    keys = {name: key for key, name in projection.names("person").items()}
    return Viewer(names[0] if names else "stranger", frozenset(keys[name] for name in names))


@pytest.mark.parametrize(("names", "calls"), [(("aoki",), 2), (("baba",), 1), (("aoki", "baba"), 3), ((), 0)])
def test_a_viewer_counts_only_rows_they_may_see(
    projection: Projection, names: tuple[str, ...], calls: int
) -> None:
    query = Query(("outbound_dials",), OCTOBER, TODAY, viewer=viewer(projection, *names))
    assert Engine(projection, built_in(), CALENDAR).measure(query)[0].value == calls
    assert RecordReader(projection, built_in(), CALENDAR).read(query, {}).count == calls


def test_a_filter_does_not_open_the_gate(projection: Projection) -> None:
    query = Query(
        ("outbound_dials",), OCTOBER, TODAY, filters={"owner": ("chiba",)}, viewer=viewer(projection, "aoki")
    )
    assert Engine(projection, built_in(), CALENDAR).measure(query)[0].value == 0


def test_slices_name_nobody_else(projection: Projection) -> None:
    query = Query(("sdr_connects.rate",), OCTOBER, TODAY, ("owner",), viewer=viewer(projection, "aoki"))
    found = Engine(projection, built_in(), CALENDAR).measure(query)
    assert [one.slice["owner"] for one in found] == ["aoki"]


def test_rows_that_belong_to_nobody_are_refused_to_who_may_not_see_all(projection: Projection) -> None:
    query = Query(("web_visitors_uu",), OCTOBER, TODAY, viewer=viewer(projection, "aoki"))
    with pytest.raises(NotAllowedError, match="aoki"):
        Engine(projection, built_in(), CALENDAR).measure(query)


def test_the_whole_company_needs_no_condition() -> None:
    assert rows_for(EVERYONE, "activity") == ()
    assert rows_for(EVERYONE, "web_visit") == ()
