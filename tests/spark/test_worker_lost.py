"""A worker that dies in the middle of a question: the answer still comes, and it is the same.

The last of these tests, for it leaves the cluster with one worker.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from benchmarks.kpis import MEASURES, PERIOD
from benchmarks.store import CALENDAR, TODAY, ZONE, built, opened
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.storage.lake.place import Place
from hakari.storage.lake.publish import Publisher
from hakari.storage.spark.store import SparkStore
from tests.spark.laid_out import KEEP, NOON
from tools.spark_cluster import Cluster, tasks_done

ACTIVITIES = 300_000


def test_a_figure_survives_the_loss_of_a_worker(
    tmp_path_factory: pytest.TempPathFactory, session: Any, workers: Cluster
) -> None:
    folder = tmp_path_factory.mktemp("lost")
    query = Query(MEASURES, PERIOD, TODAY, by=("owner", "month"), intervals=False)
    projection = opened(built(folder, ACTIVITIES).path)
    try:
        place = Place(str(folder / "lake"))
        Publisher(projection, place, ZONE, None).publish(NOON, KEEP)
        expected = Engine(projection, built_in(), CALENDAR).measure(query)
    finally:
        projection.close()
    killed = threading.Thread(target=_kill_in_the_middle, args=(workers, session))
    killed.start()
    found = Engine(SparkStore(place, session), built_in(), CALENDAR).measure(query)
    killed.join()
    assert found == expected
    _wait_until(lambda: workers.alive_workers() == 1)


def _kill_in_the_middle(workers: Cluster, session: Any) -> None:
    """Once some tasks of the question are done and others are not."""
    before = tasks_done(session)
    _wait_until(lambda: tasks_done(session) >= before + 10)
    workers.kill_worker(0)


def _wait_until(holds: Any) -> None:
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
