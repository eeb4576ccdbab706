"""What was known on an earlier day can be asked again, and stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from hakari.errors import InstantWithoutZoneError
from hakari.storage.projection import Projection
from hakari.storage.projection_snapshots import KEPT
from hakari.storage.truth import Truth
from tests.storage.columns import ZONE, Rows, rows
from tests.storage.rows import at, load, row


@pytest.fixture
def projection() -> Iterator[Projection]:
    opened = Projection(None, ZONE)
    yield opened
    opened.close()


def stages(projection: Projection, day: float) -> Rows:
    return rows(projection, "deal", "source_id", "stage", schema=projection.at(at(day)))


def test_each_day_shows_what_was_known_by_then(truth: Truth, projection: Projection) -> None:
    load(truth, "deal", [row("d1", 1, stage="提案"), row("d2", 3, stage="提案")])
    load(truth, "deal", [row("d1", 5, stage="受注"), row("d2", 6, deleted=True)])
    projection.refresh(truth)
    assert stages(projection, 0.5) == []
    assert stages(projection, 1) == [("d1", "提案")]
    assert stages(projection, 4.9) == [("d1", "提案"), ("d2", "提案")]
    assert stages(projection, 5) == [("d1", "受注"), ("d2", "提案")]
    assert stages(projection, 6) == [("d1", "受注")]
    assert projection.at(None) == "main"


def test_milestones_are_those_of_what_was_known(truth: Truth, projection: Projection) -> None:
    load(truth, "account", [row("a1", 0)])
    load(truth, "order", [row("o1", 1, account=1, ordered_on=date(2026, 10, 2), amount=100)])
    load(truth, "order", [row("o2", 4, account=1, ordered_on=date(2026, 10, 1), amount=50)])
    projection.refresh(truth)
    told = [
        rows(projection, "account__milestone", "orders", "first_order_on", schema=projection.at(moment))
        for moment in (at(0.5), at(2), at(4), None)
    ]
    both = [(2, date(2026, 10, 1))]
    assert told == [[], [(1, date(2026, 10, 2))], both, both]


def test_a_row_learnt_late_was_not_known_early(truth: Truth, projection: Projection) -> None:
    load(truth, "deal", [row("d1", 9, stage="受注")])
    load(truth, "deal", [row("d1", 2, stage="提案")])
    projection.refresh(truth)
    assert stages(projection, 1) == []
    assert stages(projection, 3) == [("d1", "提案")]
    assert stages(projection, 9) == [("d1", "受注")]


def test_an_earlier_day_follows_the_truth_when_it_is_asked_again(
    truth: Truth, projection: Projection
) -> None:
    run, _ = load(truth, "deal", [row("d1", 1, stage="提案")])
    projection.refresh(truth)
    assert stages(projection, 2) == [("d1", "提案")]
    truth.undo(run, at(5))
    projection.refresh(truth)
    assert stages(projection, 2) == []


def test_only_the_last_few_days_asked_for_are_kept(truth: Truth, projection: Projection) -> None:
    load(truth, "deal", [row("d1", 1)])
    projection.refresh(truth)
    names = [projection.at(at(day)) for day in range(KEPT + 3)]
    with projection.cursor() as cursor:
        left = cursor.execute("SELECT DISTINCT schema_name FROM duckdb_schemas()").fetchall()
    assert sorted(name for (name,) in left if name.startswith("at_")) == sorted(names[3:])
    assert stages(projection, 1) == [("d1", None)]


def test_earlier_days_of_a_former_process_are_gone(truth: Truth, tmp_path: Path) -> None:
    first = Projection(tmp_path / "p.duckdb", ZONE)
    load(truth, "deal", [row("d1", 1)])
    first.refresh(truth)
    name = first.at(at(2))
    first.close()
    second = Projection(tmp_path / "p.duckdb", ZONE)
    assert not second.refresh(truth).full
    assert second.at(at(2)) == name
    assert rows(second, "deal", "source_id", schema=name) == [("d1",)]
    second.close()


def test_an_earlier_moment_needs_its_zone(projection: Projection) -> None:
    with pytest.raises(InstantWithoutZoneError):
        projection.at(datetime(2026, 10, 1))  # noqa: DTZ001
