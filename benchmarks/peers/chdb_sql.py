"""ClickHouse in a process (chDB): one SELECT a table and day with -If aggregates, over MergeTree tables."""

from __future__ import annotations

import importlib
import json
import time
from math import isnan
from pathlib import Path
from typing import Any

from benchmarks.peers.answers import Columns, figures, grouped, take

_HOW = {
    "count": ("countIf({where})", "count({value})"),
    "sum": ("sumIf({value}, {where})", "sum({value})"),
    "distinct": ("uniqExactIf({value}, {where})", "uniqExact({value})"),
    "quantile": (
        "quantileExactInclusiveIf({share})({value}, {where})",
        "quantileExactInclusive({share})({value})",
    ),
}


class ChdbSql:
    def __init__(self, folder: Path, limit: str) -> None:
        chdb = importlib.import_module("chdb")
        session = importlib.import_module("chdb.session")
        self.spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
        home = folder / "chdb"
        new = not home.exists()
        self._session = session.Session(str(home))
        started = time.process_time()
        if new:
            for table in self.spec["columns"]:
                self._session.query(
                    f"CREATE TABLE `{table}` ENGINE = MergeTree ORDER BY tuple() AS"
                    f" SELECT * FROM file('{folder / 'parquet' / f'{table}.parquet'}', Parquet)"
                    " SETTINGS max_insert_threads = 1"
                )
        loading = time.process_time() - started
        self._session.query(f"SET max_memory_usage = {int(float(limit.removesuffix('GB')) * 1e9) * 4}")
        self._statements = [
            (names, self._statement(table, day, names)) for (table, day), names in grouped(self.spec).items()
        ]
        self.said: dict[str, Any] = {"version": chdb.__version__, "loading_cpu": loading}

    def _statement(self, table: str, day: str, names: list[str]) -> str:
        shown = [self._aggregate(name) for name in names]
        start, end = self.spec["start"], self.spec["end"]
        return (
            f"SELECT owner, toStartOfMonth(`{day}`) AS month, {', '.join(shown)} FROM `{table}`"
            f" WHERE `{day}` >= toDate32('{start}') AND `{day}` < toDate32('{end}') GROUP BY owner, month"
        )

    def _aggregate(self, name: str) -> str:
        one = self.spec["aggregates"][name]
        where = one["where"]["clickhouse"]
        value = f"`{one['value']}`" if one["value"] else ""
        conditions = [where] if where else []
        if value and one["how"] == "count":
            conditions.append(f"{value} IS NOT NULL")
        filtered, plain = _HOW[one["how"]]
        text = filtered if conditions else plain
        joined = " AND ".join(f"({part})" for part in conditions)
        return text.format(value=value, where=joined, share=one["share"]) + f" AS {name}"

    def run(self) -> Any:
        return [self._session.query(text, "ArrowTable") for _, text in self._statements]

    def answer(self, results: Any) -> Columns:
        found: Columns = {}
        for (names, _), table in zip(self._statements, results, strict=True):
            rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
            take(found, names, ([owner, month, *map(_known, rest)] for owner, month, *rest in rows))
        return figures(self.spec, found)


def _known(number: Any) -> Any:
    """A quantile of nothing is not a number in ClickHouse, and a sum of nothing is 0."""
    return None if number is None or isnan(number) else number


def make(folder: Path, limit: str) -> ChdbSql:
    return ChdbSql(folder, limit)
