"""A real cluster for the tests of this folder: one master and two workers, all on this machine.

`./dev test --spark` brings Spark; elsewhere these tests are skipped.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from hakari.storage.spark.session import MEANING, connect
from tools.spark_cluster import Cluster, cluster, shuffled_bytes

_ASKED_FOR = bool(os.environ.get("HAKARI_TEST_SPARK"))
_SAID: dict[str, Any] = {}


@pytest.fixture(scope="session")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if find_spec("pyspark") is None:
        if _ASKED_FOR:
            pytest.fail("pyspark is not installed, and these tests were asked for")
        pytest.skip("pyspark is not installed; ./dev test --spark brings it")
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="session")
def session(workers: Cluster) -> Iterator[Any]:
    """On the cluster as it is: every setting Spark's own but those of meaning."""
    started = time.monotonic()
    found = connect(workers.url)
    yield found
    _SAID["seconds"] = time.monotonic() - started
    _SAID["shuffled"] = shuffled_bytes(found)
    _SAID["version"] = found.version
    _SAID["workers"] = len(workers.workers)
    found.stop()


@pytest.fixture(scope="session")
def quick_session(session: Any) -> Any:
    """For a thousand tiny statements: none is worth compiling, or spreading over two hundred tasks."""
    found = session.newSession()
    for name, value in MEANING.items():
        found.conf.set(name, value)
    found.conf.set("spark.sql.codegen.wholeStage", "false")
    found.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    found.conf.set("spark.sql.adaptive.enabled", "false")
    found.conf.set("spark.sql.shuffle.partitions", "1")
    return found


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _SAID:
        terminalreporter.write_sep("-", "Spark")
        terminalreporter.write_line(
            f"Spark {_SAID['version']} on {_SAID['workers']} workers: {_SAID['seconds']:.0f} s, "
            f"{_SAID['shuffled'] / 1e6:.1f} MB shuffled"
        )
