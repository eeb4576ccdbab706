"""Plain SQL on DuckDB: one SELECT a table and day, one FILTER an aggregate, over tables joined beforehand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.peers.answers import Columns, figures, grouped, take

_HOW = {
    "count": "count({value})",
    "sum": "sum({value})",
    "distinct": "count(DISTINCT {value})",
    "quantile": "quantile_cont({value}, {share})",
}


class FusedSql:
    def __init__(self, folder: Path, limit: str) -> None:
        self.spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
        config: dict[str, Any] = {"memory_limit": limit}
        self._connection = duckdb.connect(str(folder / "flat.duckdb"), read_only=True, config=config)
        self._statements = [
            (names, self._statement(table, day, names)) for (table, day), names in grouped(self.spec).items()
        ]
        self.said: dict[str, Any] = {"version": duckdb.__version__, "statements": len(self._statements)}

    def _statement(self, table: str, day: str, names: list[str]) -> str:
        shown = [self._aggregate(name) for name in names]
        start, end = self.spec["start"], self.spec["end"]
        return (
            f"SELECT owner, CAST(date_trunc('month', {day}) AS DATE) AS month, {', '.join(shown)}"
            f" FROM {_quoted(table)} WHERE {day} >= DATE '{start}' AND {day} < DATE '{end}' GROUP BY ALL"
        )

    def _aggregate(self, name: str) -> str:
        one = self.spec["aggregates"][name]
        value = _quoted(one["value"]) if one["value"] else "*"
        text = _HOW[one["how"]].format(value=value, share=one["share"])
        where = one["where"]["duckdb"]
        return f"{text} FILTER (WHERE {where}) AS {name}" if where else f"{text} AS {name}"

    def run(self) -> Any:
        return [self._connection.sql(text).to_arrow_table() for _, text in self._statements]

    def answer(self, results: Any) -> Columns:
        found: Columns = {}
        for (names, _), table in zip(self._statements, results, strict=True):
            take(found, names, zip(*(column.to_pylist() for column in table.columns), strict=True))
        return figures(self.spec, found)


def _quoted(name: str) -> str:
    return f'"{name}"'


def make(folder: Path, limit: str) -> FusedSql:
    return FusedSql(folder, limit)
