"""A cluster that cannot be asked says what is missing, before anything is counted."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from hakari.errors import EngineNotReadyError
from hakari.storage.spark.session import connect


class _UnreachableError(OSError):
    """As py4j tells it: where first, then what."""

    def __str__(self) -> str:
        return (
            "An error occurred while calling None.\n: org.apache.spark.SparkException: All masters are gone"
        )


class _Builder:
    def __getattr__(self, _name: str) -> Any:
        return lambda *_: self

    def getOrCreate(self) -> Any:  # noqa: N802 - Spark's own spelling
        raise _UnreachableError


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(EngineNotReadyError, match=r"hakari\[spark\]"):
        connect("local[1]")


def test_without_java_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _play_pyspark(monkeypatch)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineNotReadyError, match="Java 17"):
        connect("local[1]")


def test_a_cluster_that_does_not_answer_is_named_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    _play_pyspark(monkeypatch)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(
        EngineNotReadyError, match=r"spark://nowhere:7077 .*SparkException: All masters are gone"
    ):
        connect("spark://nowhere:7077")


def _play_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark is the far end here: these tests run where it is not installed."""
    errors, sql = ModuleType("pyspark.errors"), ModuleType("pyspark.sql")
    errors.PySparkException = RuntimeError  # type: ignore[attr-defined]
    sql.SparkSession = type("SparkSession", (), {"builder": _Builder()})  # type: ignore[attr-defined]
    for name, module in {
        "pyspark": ModuleType("pyspark"),
        "pyspark.errors": errors,
        "pyspark.sql": sql,
    }.items():
        monkeypatch.setitem(sys.modules, name, module)
