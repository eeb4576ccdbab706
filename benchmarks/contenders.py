"""Hakari's own ways to answer, each for a worker of its own: cold, from kept months, one by one, by hand."""

from __future__ import annotations

import json
import shutil
from math import isnan
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks import by_hand
from benchmarks.by_hand import ByHand
from benchmarks.kpis import PERIOD, query_for
from benchmarks.peers.answers import Columns
from benchmarks.store import CALENDAR, ZONE
from hakari.canonical.milestones import MILESTONES
from hakari.metrics.columns import Series
from hakari.metrics.engine import Engine
from hakari.metrics.labels import distinct_names
from hakari.metrics.loader import built_in
from hakari.metrics.result import MetricResult
from hakari.storage.projection import Projection

Answer = dict[str, Series]


class _Own:
    """Reads the store together with the others; one that keeps months has a copy of its own."""

    def __init__(self, folder: Path, name: str, limit: str, *, keep: bool = False) -> None:
        self.measures = tuple(json.loads((folder / "spec.json").read_text(encoding="utf-8"))["figures"])
        store = Path(json.loads((folder / "store.json").read_text(encoding="utf-8")))
        self.folder, path = folder, store
        if keep:
            path = folder / f"{name}.duckdb"
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
            shutil.copy(store, path)
        self.projection = Projection(path, ZONE, MILESTONES, limit, read_only=not keep)
        self.engine = Engine(self.projection, built_in(), CALENDAR)
        self.said: dict[str, Any] = {"figures": len(self.measures)}

    def _keys(self) -> dict[str | None, int | None]:
        names = distinct_names(self.projection.names("person"))
        return {None: None, **{name: key for key, name in names.items()}}

    def cells(self, answer: Answer) -> Columns:
        keys = self._keys()
        return {
            name: {
                (keys[one["owner"]], f"{one['month']}-01"): value
                for one, value in zip(series.slices, series.value.tolist(), strict=True)
                if not isnan(value)
            }
            for name, series in answer.items()
        }


class Cold(_Own):
    """All figures in one query, from the rows."""

    def run(self) -> Answer:
        return self.engine.columns(query_for(self.measures))

    def answer(self, results: Answer) -> Columns:
        return self.cells(results)


class Results(_Own):
    """The same, one object a cell, as pages are made of."""

    def run(self) -> list[MetricResult]:
        return self.engine.measure(query_for(self.measures))

    def answer(self, results: list[MetricResult]) -> Columns:
        keys, found = self._keys(), Columns()
        for one in results:
            if one.value is not None:
                key = keys[one.slice["owner"]], f"{one.slice['month']}-01"
                found.setdefault(one.measure, {})[key] = one.value
        return found


class OneByOne(Cold):
    """A query for each figure."""

    def run(self) -> Answer:
        found: Answer = {}
        for one in self.measures:
            found |= self.engine.columns(query_for((one,)))
        return found


class Hand(_Own):
    """One statement a table, as an analyst writes it."""

    def run(self) -> dict[str, pa.Table]:
        found: dict[str, pa.Table] = {}
        for name, text in by_hand.STATEMENTS.items():
            with self.projection.cursor() as cursor:
                rows = cursor.sql(text, params={"start": PERIOD.start, "end": PERIOD.end})
                found[name] = rows.to_arrow_table()
        return found

    def answer(self, _: dict[str, pa.Table]) -> Columns:
        figures = ByHand(self.projection).figures()
        return {
            name: {(owner, str(month)): value for (owner, month), value in cells.items() if value is not None}
            for name, cells in figures.items()
        }


class Floor(_Own):
    """Reads every column the figures need, and does nothing with it."""

    def run(self) -> list[tuple[Any, ...]]:
        spec = json.loads((self.folder / "spec.json").read_text(encoding="utf-8"))
        found: list[tuple[Any, ...]] = []
        for table, names in spec["columns"].items():
            own = [name for name in names if "__" not in name.removesuffix("__day") and "value_" not in name]
            shown = ", ".join(f'max("{name}")' for name in own)
            with self.projection.cursor() as cursor:
                columns = {row[0] for row in cursor.execute(f'DESCRIBE main."{table}"').fetchall()}
                shown = ", ".join(f'max("{name}")' for name in own if name in columns)
                found += cursor.execute(f'SELECT {shown} FROM main."{table}"').fetchall()
        return found

    def answer(self, _: list[tuple[Any, ...]]) -> Columns:
        return {}


_WAYS: dict[str, type[Cold | Results | Hand | Floor]] = {
    "cold": Cold,
    "warm": Cold,
    "results": Results,
    "one_by_one": OneByOne,
    "by_hand": Hand,
    "floor": Floor,
}


def make(folder: Path, limit: str, way: str) -> Cold | Results | Hand | Floor:
    """The first run of a warm one fills what it keeps."""
    return _WAYS[way](folder, way, limit, keep=way == "warm")
