"""A company's records on both engines at once: in the projection, and in a lake that a cluster reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.storage.feed import Feed
from hakari.storage.lake.place import Place
from hakari.storage.lake.publish import Published, Publisher
from hakari.storage.projection import Projection
from hakari.storage.spark.store import SparkStore
from hakari.storage.truth import Truth
from hakari.units.calendar import FiscalCalendar
from tests.metrics.rows import ZONE, Tables, projected, visiting

CALENDAR = FiscalCalendar()
KEEP = timedelta(hours=24)
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


@dataclass
class BothEngines:
    """What is published is what the projection holds."""

    truth: Truth
    projection: Projection
    place: Place
    store: SparkStore

    def publish(self) -> Published:
        done = published(self.truth, self.projection, self.place)
        self.store.refresh()
        return done

    @contextmanager
    def visited_by(self, tables: Tables) -> Iterator[None]:
        with visiting(self.truth, self.projection, tables):
            self.publish()
            yield

    def answers(
        self, query: Query, as_of: datetime | None = None
    ) -> tuple[list[MetricResult], list[MetricResult]]:
        """DuckDB's and Spark's."""
        here, there = (Engine(one, built_in(), CALENDAR) for one in (self.projection, self.store))
        return (
            here.measure(query, self.projection.at(as_of)),
            there.measure(query, self.store.at(as_of)),
        )


def published(truth: Truth, projection: Projection, place: Place, now: datetime = NOON) -> Published:
    with truth.database.reading() as connection:
        return Publisher(projection, place, ZONE, Feed(connection)).publish(now, KEEP)


@contextmanager
def both_engines(folder: Path, session: Any, tables: Tables) -> Iterator[BothEngines]:
    truth, projection = projected(folder, tables)
    place = Place(str(folder / "lake"))
    published(truth, projection, place)
    both = BothEngines(truth, projection, place, SparkStore(place, session))
    try:
        yield both
    finally:
        both.store.close()
        projection.close()
        truth.close()
