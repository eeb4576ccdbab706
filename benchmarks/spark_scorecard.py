"""Times the same questions on DuckDB and on a Spark cluster of this machine, and compares every cell.

One worker is killed in the middle of the last run: its answer is compared like the others.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.kpis import MEASURES, PERIOD
from benchmarks.spending import processes_of, seconds_of
from benchmarks.store import CALENDAR, TODAY, ZONE, built, opened
from benchmarks.tables import Table
from hakari.errors import HakariError
from hakari.metrics.definitions import Measure
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.metrics.runner import Store
from hakari.storage.lake.place import Place
from hakari.storage.lake.publish import Published, Publisher
from hakari.storage.projection import Projection
from hakari.storage.spark.session import connect
from hakari.storage.spark.store import SparkStore
from hakari.units.fiscal import add_months
from hakari.units.period import Period
from tools.spark_cluster import Cluster, cluster, shuffled_bytes, tasks_done

_SAYS = (
    "Seconds for all cells; CPU is that of all threads, of driver, master, workers and executors too. "
    "Every cell was compared with DuckDB's: no difference."
)
_COLUMNS = ("cells", "wall first", "wall min", "CPU min", "shuffled MB", "statements")
_BEGAN = 10  # so many tasks of a question are done when the worker is killed


class EnginesDifferError(AssertionError):
    """A figure of the cluster is another one than DuckDB's: no time matters."""


@dataclass(frozen=True, slots=True)
class Took:
    results: list[MetricResult]
    wall: float
    cpu: float
    shuffled: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Both engines over the same records."""

    projection: Projection
    place: Place
    session: Any
    running: Cluster

    def here(self, query: Query) -> Took:
        return self._took(self.projection, query, [])

    def there(self, query: Query) -> Took:
        """Asked by a store that has answered nothing yet."""
        return self._took(SparkStore(self.place, self.session), query, processes_of(self.running))

    def _took(self, store: Store, query: Query, others: list[int]) -> Took:
        shuffled, cpu, wall = shuffled_bytes(self.session), seconds_of(others), time.perf_counter()
        own = time.process_time()
        results = Engine(store, built_in(), CALENDAR).measure(query)
        wall = time.perf_counter() - wall
        cpu = seconds_of(others) - cpu + time.process_time() - own
        return Took(results, wall, cpu, shuffled_bytes(self.session) - shuffled)


def run(folder: Path, rows: int, rounds: int) -> Table:
    store = built(folder, rows)
    with _setting(store.path) as (setting, done, took):
        table = Table(
            f"Spark: DuckDB and a cluster of {len(setting.running.workers)} workers, one core each, "
            f"{store.rows['activity']:,} activities, {sum(store.rows.values()):,} rows",
            f"{_SAYS} The lake: {done.written} files, {done.bytes / 1e6:.0f} MB, written in {took:.1f} s.",
            _COLUMNS,
        )
        catalogue = _catalogue(setting.projection)
        asked = {"24 figures": MEASURES, f"{len(catalogue)} figures": catalogue}
        for name, measures in asked.items():
            times = rounds if measures == MEASURES else 1
            _compare(table, setting, f"{name} × rep × month", _query(measures), times)
        query = _query(MEASURES)
        lost = _losing_a_worker(setting, query)
        cells = _same(setting.here(query).results, lost.results)
        table.add("Spark, a worker killed", cells, lost.wall, None, None, lost.shuffled / 1e6, None)
        assert setting.running.alive_workers() == 1
    return table


def _compare(table: Table, setting: Setting, name: str, query: Query, rounds: int) -> None:
    """Each engine in turn, the first run of each apart: it compiles and reads."""
    runs: dict[str, list[Took]] = {"DuckDB": [], "Spark": []}
    cells = 0
    for _ in range(rounds + 1):
        for engine, ask in (("DuckDB", setting.here), ("Spark", setting.there)):
            runs[engine].append(ask(query))
        cells = _same(runs["DuckDB"][-1].results, runs["Spark"][-1].results)
    steps = len(Engine(setting.projection, built_in(), CALENDAR).explain(query))
    for engine, took in runs.items():
        first, *rest = took
        shuffled = rest[0].shuffled / 1e6 if engine == "Spark" else None
        wall, cpu = min(one.wall for one in rest), min(one.cpu for one in rest)
        table.add(f"{engine}, {name}", cells, first.wall, wall, cpu, shuffled, steps)


def _same(here: list[MetricResult], there: list[MetricResult]) -> int:
    """The number of cells; EnginesDifferError at the first that is not the same in every part."""
    if len(here) != len(there):
        raise EnginesDifferError(f"{len(here)} cells on DuckDB, {len(there)} on Spark")
    for ours, theirs in zip(here, there, strict=True):
        if ours != theirs:
            raise EnginesDifferError(f"DuckDB: {ours}\nSpark:  {theirs}")
    return len(here)


def _losing_a_worker(setting: Setting, query: Query) -> Took:
    before = tasks_done(setting.session)

    answered = threading.Event()

    def kill() -> None:
        while tasks_done(setting.session) < before + _BEGAN:
            if answered.wait(0.02):
                return
        setting.running.kill_worker(0)

    killing = threading.Thread(target=kill)
    killing.start()
    try:
        return setting.there(query)
    finally:
        answered.set()
        killing.join()


def _catalogue(projection: Projection) -> tuple[str, ...]:
    """Every measure counted within a month that rep and month can break down.

    Those that stand at a moment or roll over months are one statement for each month, whoever counts.
    """
    engine = Engine(projection, built_in(), CALENDAR)
    within = [one.id for one in built_in().measures.values() if one.window_months is None and _counted(one)]
    return tuple(one for one in within if _answers(engine, one))


def _counted(one: Measure) -> bool:
    return one.kind in ("count", "distinct", "sum", "rate", "conversion", "ratio", "mean", "quantile")


def _answers(engine: Engine, measure: str) -> bool:
    month = Period(PERIOD.start, add_months(PERIOD.start, 1))
    try:
        return bool(engine.measure(Query((measure,), month, TODAY, by=("owner",), intervals=False)))
    except HakariError:
        return False


def _query(measures: tuple[str, ...]) -> Query:
    return Query(measures, PERIOD, TODAY, by=("owner", "month"), intervals=False)


@contextmanager
def _setting(path: Path) -> Iterator[tuple[Setting, Published, float]]:
    projection = opened(path)
    with tempfile.TemporaryDirectory(prefix="hakari-bench-spark-") as temporary:
        place = Place(str(Path(temporary) / "lake"))
        started = time.perf_counter()
        done = Publisher(projection, place, ZONE, None).publish(datetime.now(UTC), timedelta(hours=24))
        took = time.perf_counter() - started
        try:
            with cluster(Path(temporary) / "cluster") as running:
                session = connect(running.url)
                try:
                    yield Setting(projection, place, session, running), done, took
                finally:
                    session.stop()
        finally:
            projection.close()
