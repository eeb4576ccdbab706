"""Starts the driver of a Spark cluster, once a process, and says plainly what is missing when it cannot."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hakari.errors import EngineNotReadyError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
# What makes Spark mean the same as DuckDB; set for our own session, whatever the cluster's habits are.
MEANING = {
    "spark.sql.session.timeZone": "UTC",  # moments are kept in UTC, without a zone
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, not a wrong figure
    "spark.sql.caseSensitive": "true",
    "spark.sql.groupByOrdinal": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}


def connect(master: str, settings: dict[str, str] | None = None) -> Any:
    """A session of its own on the cluster. Spark's spark-defaults.conf is read as ever."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineNotReadyError(
            "the engine is spark, and pyspark is not installed", "install it: pip install 'hakari[spark]'"
        ) from error
    if not _has_java():
        raise EngineNotReadyError(
            "Spark needs Java 17 or later, and there is none on the path",
            "install a Java runtime, or set JAVA_HOME",
        )
    builder = SparkSession.builder.appName("hakari")
    if master:
        builder = builder.master(master)
    for name, value in {**_here(master), **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate().newSession()
        for name, value in MEANING.items():
            session.conf.set(name, value)
    except (PySparkException, OSError, RuntimeError) as error:
        raise _unreachable(master, error) from error
    except Exception as error:
        # py4j's errors share no base with Spark's, and their package is there only when Spark is.
        if type(error).__module__.startswith("py4j"):
            raise _unreachable(master, error) from error
        raise
    return session


def _unreachable(master: str, error: Exception) -> EngineNotReadyError:
    """Java's errors begin with where they were met; the line that names the exception says what happened."""
    lines = str(error).splitlines() or [type(error).__name__]
    reason = next((line.lstrip(": ") for line in lines if "Exception: " in line), lines[0])
    return EngineNotReadyError(
        f"the Spark cluster at {master or 'the address in its settings'} does not answer: {reason}",
        "check HAKARI_SPARK_MASTER and that the cluster is running",
    )


def _here(master: str) -> dict[str, str]:
    """The workers have to find their way back to this process; quiet, for its output is an answer."""
    settings = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local") or urlsplit(master).hostname in _LOOPBACK:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings["spark.ui.enabled"] = "false"
    return settings


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or (home is not None and Path(home, "bin", "java").exists())
