"""Polars, lazily and streaming: one group-by a table and day over Parquet, all collected together."""

from __future__ import annotations

import importlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.peers.answers import Columns, figures, grouped, take


class PolarsLazy:
    def __init__(self, folder: Path, _: str) -> None:
        self.pl: Any = importlib.import_module("polars")
        self.spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
        self._groups = grouped(self.spec)
        self._frames = [
            self._frame(folder / "parquet" / f"{table}.parquet", day, names)
            for (table, day), names in self._groups.items()
        ]
        self.said: dict[str, Any] = {"version": self.pl.__version__}

    def _frame(self, path: Path, day: str, names: list[str]) -> Any:
        pl = self.pl
        start, end = (date.fromisoformat(self.spec[end]) for end in ("start", "end"))
        rows = pl.scan_parquet(path).filter((pl.col(day) >= start) & (pl.col(day) < end))
        month = pl.col(day).dt.truncate("1mo").alias("month")
        return rows.group_by([pl.col("owner"), month]).agg([self._aggregate(name) for name in names])

    def _aggregate(self, name: str) -> Any:
        pl, one = self.pl, self.spec["aggregates"][name]
        where = one["where"]["duckdb"]
        keep = pl.sql_expr(where) if where else None
        if one["how"] == "count" and not one["value"]:
            return pl.len().alias(name) if keep is None else keep.sum().alias(name)
        value = pl.col(one["value"])
        value = value if keep is None else value.filter(keep)
        if one["how"] == "quantile":
            found = value.quantile(one["share"], "linear")
        elif one["how"] == "distinct":
            found = value.drop_nulls().n_unique()
        else:
            found = value.sum() if one["how"] == "sum" else value.count()
        return found.alias(name)

    def run(self) -> Any:
        return self.pl.collect_all(self._frames, engine="streaming")

    def answer(self, results: Any) -> Columns:
        found: Columns = {}
        for names, frame in zip(self._groups.values(), results, strict=True):
            take(found, names, frame.select("owner", "month", *names).iter_rows())
        return figures(self.spec, found)


def make(folder: Path, limit: str) -> PolarsLazy:
    return PolarsLazy(folder, limit)
