"""Figures held against targets and forecasts: whose target, which days, and what nobody aimed for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hakari.access import Viewer
from hakari.errors import DefinitionError, UnknownDimensionError
from hakari.metrics.attainment import merged
from hakari.metrics.comparing import check_compared
from hakari.metrics.definitions import Against
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.records import RecordReader
from hakari.metrics.result import MetricResult
from hakari.storage.projection import Projection
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period
from tests.metrics.rows import projected

CALENDAR = FiscalCalendar()
TODAY = date(2026, 12, 1)
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
AUTUMN = Period(date(2026, 10, 1), date(2026, 12, 1))


def aim(value: float, month: str = "2026-10", last: int = 31, **whose: str) -> dict[str, Any]:
    days = {"starts_on": f"{month}-01", "ends_on": f"{month}-{last}"}
    return {"measure": "win_amount", "value": value, **days, **whose}


def win(owner: str, amount: float, on: str) -> dict[str, Any]:
    return {
        "owner": owner,
        "status": "won",
        "amount": amount,
        "created_at": "2026-08-01 10:00",
        "closed_on": on,
    }


TABLES: dict[str, list[dict[str, Any]]] = {
    "team": [{"id": "e", "name": "East"}, {"id": "w", "name": "West"}],
    "person": [
        {"id": "p", "name": "Aoki", "team": "e"},
        {"id": "q", "name": "Baba", "team": "e"},
        {"id": "r", "name": "Chiba", "team": "w"},
        {"id": "s", "name": "Date", "team": "w"},
    ],
    "target": [
        aim(90, owner="p"),
        aim(100, owner="q"),
        aim(40, owner="r"),
        aim(200, team="e"),
        aim(100, "2026-11", 30, owner="p"),
    ],
    "deal": [
        win("p", 100, "2026-10-10"),
        win("q", 80, "2026-10-20"),
        win("s", 7, "2026-10-30"),
        win("p", 50, "2026-11-10"),
    ],
}


@pytest.fixture(scope="module")
def projection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projection]:
    truth, made = projected(tmp_path_factory.mktemp("aims"), TABLES)
    yield made
    made.close()
    truth.close()


def asked(projection: Projection, measure: str, period: Period = OCTOBER, **more: Any) -> list[MetricResult]:
    query = Query((measure,), period, TODAY, **more)
    return Engine(projection, built_in(), CALENDAR).measure(query)


def by_name(results: list[MetricResult], name: str) -> dict[str | None, tuple[float | None, float | None]]:
    return {one.slice[name]: (one.numerator, one.denominator) for one in results}


def test_everybody_is_held_against_their_own_target(projection: Projection) -> None:
    found = by_name(asked(projection, "target_attainment.rate", by=("owner",)), "owner")
    assert found == {"Aoki": (100, 90), "Baba": (80, 100), "Chiba": (0, 40)}


def test_a_team_is_held_against_the_teams_target_and_not_against_its_peoples(projection: Projection) -> None:
    found = by_name(asked(projection, "target_attainment.rate", by=("team",)), "team")
    assert found == {"East": (180, 200)}
    filtered = asked(projection, "target_attainment.rate", filters={"team": ("East",)})
    assert (filtered[0].numerator, filtered[0].denominator) == (180, 200)


def test_a_team_without_a_target_has_that_of_its_people_and_all_its_wins(projection: Projection) -> None:
    filtered = asked(projection, "target_attainment.rate", filters={"team": ("West",)})
    assert (filtered[0].numerator, filtered[0].denominator) == (7, 40)  # Date, who has no target, won it


def test_the_sum_of_people_is_another_figure_than_the_targets_of_teams(projection: Projection) -> None:
    (company,) = asked(projection, "org_attainment")
    assert (company.numerator, company.denominator) == (187, 230)
    (own,) = asked(projection, "target_attainment.rate")
    assert (own.numerator, own.denominator) == (187, 200)  # of the teams that have one


def test_only_the_days_with_a_target_are_compared(projection: Projection) -> None:
    found = by_name(asked(projection, "target_attainment.rate", AUTUMN, by=("owner",)), "owner")
    assert found == {"Aoki": (150, 190), "Baba": (80, 100), "Chiba": (0, 40)}


def test_months_without_a_target_are_unknown_and_not_zero(projection: Projection) -> None:
    period = Period(date(2026, 9, 1), date(2026, 11, 1))
    found = asked(projection, "target_attainment.rate", period, by=("month",))
    assert [(one.slice["month"], one.value) for one in found] == [("2026-09", None), ("2026-10", 0.935)]
    everything = asked(projection, "target_attainment.rate", Period.all(), by=("month",))
    assert [one.slice["month"] for one in everything] == ["2026-10", "2026-11", "2026-12"]


def test_the_share_of_attainers_counts_people(projection: Projection) -> None:
    (company,) = asked(projection, "quota_attainer_share")
    assert (company.numerator, company.denominator, company.interval.method) == (1, 3, "Wilson")
    found = by_name(asked(projection, "quota_attainer_share", by=("team",)), "team")
    assert found == {"East": (1, 2)}


def test_a_viewer_is_compared_with_their_own_target_only(projection: Projection) -> None:
    keys = {name: key for key, name in projection.names("person").items()}
    aoki = Viewer("Aoki", frozenset({keys["Aoki"]}))
    (own,) = asked(projection, "org_attainment", viewer=aoki)
    assert (own.numerator, own.denominator) == (100, 90)
    assert list(
        by_name(asked(projection, "target_attainment.rate", by=("owner",), viewer=aoki), "owner")
    ) == ["Aoki"]


@pytest.mark.parametrize(
    "more", [{"by": ("source",)}, {"filters": {"source": ("web",)}}, {"by": ("owner", "team")}]
)
def test_what_targets_do_not_know_is_refused(projection: Projection, more: dict[str, Any]) -> None:
    with pytest.raises(UnknownDimensionError, match="targets"):
        asked(projection, "target_attainment.rate", **more)


def test_its_records_are_those_of_what_it_compares(projection: Projection) -> None:
    reader = RecordReader(projection, built_in(), CALENDAR)
    with pytest.raises(DefinitionError, match="win_amount"):
        reader.read(Query(("target_attainment.rate",), OCTOBER, TODAY), {})


def test_the_plan_shows_what_was_asked(projection: Projection) -> None:
    steps = Engine(projection, built_in(), CALENDAR).explain(Query(("org_attainment",), OCTOBER, TODAY))
    assert any("deal" in step.sql for step in steps)


def test_neighbours_and_overlaps_are_one_span() -> None:
    first, second, third = (
        Period(date(2026, 10, 1), date(2026, 11, 1)),
        Period(date(2026, 11, 1), date(2026, 12, 1)),
        Period(date(2027, 1, 1), date(2027, 2, 1)),
    )
    assert merged([third, second, first, first]) == (Period(first.start, second.end), third)


@pytest.mark.parametrize(
    ("compared", "who"),
    [("nothing_like_it", "own"), ("target_attainment.rate", "own"), ("win_win_rate", "people")],
)
def test_what_cannot_be_compared_is_refused(compared: str, who: str) -> None:
    measures = dict(built_in().measures)
    broken = replace(measures["org_attainment"], against=Against(compared, who))
    with pytest.raises(DefinitionError, match="org_attainment"):
        check_compared(measures | {"org_attainment": broken})
