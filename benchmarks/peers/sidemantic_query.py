"""Sidemantic on DuckDB: one model and one query a table and day; it has no quantile but the median."""

from __future__ import annotations

import importlib
import json
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.peers.answers import Columns, figures, grouped, take

_HOW = {"count": "count", "sum": "sum", "distinct": "count_distinct", "quantile": "median"}


class SidemanticQuery:
    def __init__(self, folder: Path, limit: str) -> None:
        self.lib: Any = importlib.import_module("sidemantic")
        self.spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
        self._layer = self.lib.SemanticLayer(connection="duckdb:///:memory:")
        self._groups = grouped(self.spec)
        for number, ((table, day), names) in enumerate(self._groups.items()):
            self._layer.add_model(self._model(f"g{number}", table, day, names))
        started = time.perf_counter()
        self._statements = [
            self._compiled(f"g{number}", names) for number, names in enumerate(self._groups.values())
        ]
        compiling = time.perf_counter() - started
        config: dict[str, Any] = {"memory_limit": limit}
        self._connection = duckdb.connect(str(folder / "flat.duckdb"), read_only=True, config=config)
        self.said: dict[str, Any] = {"version": self.lib.__version__, "compile_s": compiling}

    def _model(self, name: str, table: str, day: str, names: list[str]) -> Any:
        dimension, metric = self.lib.Dimension, self.lib.Metric
        metrics = []
        for each in names:
            one = self.spec["aggregates"][each]
            where, value = one["where"]["duckdb"], one["value"]
            metrics.append(
                metric(
                    name=each,
                    agg=_HOW[one["how"]],
                    sql=f'"{value}"' if value else None,
                    filters=[where] if where else None,
                )
            )
        return self.lib.Model(
            name=name,
            table=f'"{table}"',
            primary_key="owner",
            dimensions=[
                dimension(name="owner", type="categorical", sql="owner"),
                dimension(name="day", type="time", sql=f'"{day}"', granularity="day"),
            ],
            metrics=metrics,
        )

    def _compiled(self, model: str, names: list[str]) -> str:
        start, end = self.spec["start"], self.spec["end"]
        found: str = self._layer.compile(
            metrics=[f"{model}.{name}" for name in names],
            dimensions=[f"{model}.owner", f"{model}.day__month"],
            filters=[f"{model}.day >= DATE '{start}'", f"{model}.day < DATE '{end}'"],
        )
        return found

    def run(self) -> Any:
        return [self._connection.sql(text).to_arrow_table() for text in self._statements]

    def answer(self, results: Any) -> Columns:
        found: Columns = {}
        for names, table in zip(self._groups.values(), results, strict=True):
            columns = [table.column(name).to_pylist() for name in ("owner", "day__month", *names)]
            take(found, names, zip(*columns, strict=True))
        return figures(self.spec, found)


def make(folder: Path, limit: str) -> SidemanticQuery:
    return SidemanticQuery(folder, limit)
