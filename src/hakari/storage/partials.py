"""Figures of whole months, weeks and days, kept beside the rows they were counted from.

A partial stands for one change number of the rows; what a later change touches is thrown away, month by
month, before anybody can ask. They live in the projection's file: with it they are lost, and made anew.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hakari.storage.partials_dirty import SCHEMA, Watch

_log = logging.getLogger(__name__)
Slice = tuple[object, ...]
_MOST = 200_000  # stretches kept on disk; then all is thrown away and what is asked again comes back
_CREATE = (
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.family (family VARCHAR, watch VARCHAR)",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.slice (family VARCHAR, code INTEGER, value VARCHAR)",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.stretch (
        family VARCHAR, what VARCHAR, unit VARCHAR, starts DATE, ends DATE, change BIGINT,
        codes INTEGER[], numbers DOUBLE[], entities INTEGER[]
    )""",
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was counted in one month, week or day.

    A code stands for a slice. Numbers are one a code, or, of single values, several; entities are those that
    were counted in a slice, each once.
    """

    codes: NDArray[np.int32]
    numbers: NDArray[np.float64] | None = None
    entities: NDArray[np.int32] | None = None


@dataclass(slots=True)
class Family:
    """Questions that differ only in what they count and when: one table, day, cut, filter and viewer."""

    name: str
    watch: Watch | None
    slices: list[Slice] = field(default_factory=list)
    codes: dict[Slice, int] = field(default_factory=dict)

    def code(self, slice_: Slice) -> int:
        found = self.codes.get(slice_)
        if found is None:
            found = self.codes[slice_] = len(self.slices)
            self.slices.append(slice_)
        return found


StretchKey = tuple[str, str, str, date]  # family, what, unit, first day


class Partials:
    """Kept in memory as asked, and on disk for the next start. `state` tells states of the rows apart."""

    def __init__(
        self,
        cursor: Callable[[], duckdb.DuckDBPyConnection],
        lock: threading.RLock,
        state: Callable[[], tuple[int, int]],
    ) -> None:
        self._cursor, self._lock, self.state = cursor, lock, state
        self._families: dict[str, Family] = {}
        self._memory: dict[StretchKey, Stretch] = {}
        self._looked: set[tuple[str, str, str]] = set()
        self._answers: dict[str, Any] = {}
        self._answered_at: tuple[int, int] | None = None

    def rows_in(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.asked(f'SELECT count(*) FROM main."{table}"'))

    def asked(self, statement: str) -> Any:
        """The single value a statement gives; asked once for each state of the rows."""
        with self._lock:
            if self._answered_at != self.state():
                self._answers, self._answered_at = {}, self.state()
            if statement not in self._answers:
                with self._cursor() as cursor:
                    self._answers[statement] = cursor.execute(statement).fetchall()[0][0]
            return self._answers[statement]

    @contextmanager
    def _open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._lock, self._cursor() as cursor:
            for statement in _CREATE:
                cursor.execute(statement)
            yield cursor

    def forget(self, families: Collection[str] | None = None) -> None:
        """What is in memory, of all or of some families; the disk is asked again."""
        with self._lock:
            if families is None:
                self._families.clear()
                self._memory.clear()
                self._looked.clear()
                return
            self._memory = {key: one for key, one in self._memory.items() if key[0] not in families}
            self._looked = {key for key in self._looked if key[0] not in families}

    def family(self, name: str, watch: Watch) -> Family:
        """With the slices it has met; it watches over more tables where a new question reads more."""
        with self._lock:
            known = self._families.get(name)
            if known is None:
                known = self._families[name] = self._read_family(name)
            if known.watch is None or not watch.within(known.watch):
                known.watch = watch if known.watch is None else known.watch.joined(watch)
                with self._open() as cursor:
                    cursor.execute(f"DELETE FROM {SCHEMA}.family WHERE family = ?", [name])
                    cursor.execute(
                        f"INSERT INTO {SCHEMA}.family VALUES (?, ?)", [name, known.watch.as_json()]
                    )
            return known

    def _read_family(self, name: str) -> Family:
        with self._open() as cursor:
            seen = cursor.execute(f"SELECT watch FROM {SCHEMA}.family WHERE family = ?", [name]).fetchall()
            rows = cursor.execute(
                f"SELECT value FROM {SCHEMA}.slice WHERE family = ? ORDER BY code", [name]
            ).fetchall()
        found = Family(name, Watch.from_json(seen[0][0]) if seen else None)
        for (value,) in rows:
            found.code(tuple(json.loads(value)))
        return found

    def find(
        self, family: Family, whats: Collection[str], unit: str, starts: Collection[date]
    ) -> dict[tuple[str, date], Stretch]:
        """Those that are kept of what is wanted."""
        with self._lock:
            unread = [what for what in whats if (family.name, what, unit) not in self._looked]
            if unread:
                self._load(family.name, unread, unit)
            keys = ((what, start) for what in whats for start in starts)
            return {
                (what, start): found
                for what, start in keys
                if (found := self._memory.get((family.name, what, unit, start))) is not None
            }

    def _load(self, family: str, whats: Sequence[str], unit: str) -> None:
        with self._open() as cursor:
            kept: Any = cursor.sql(
                "SELECT what, starts, codes, numbers, entities"
                f" FROM {SCHEMA}.stretch WHERE family = ? AND unit = ? AND list_contains(?, what)",
                params=[family, unit, list(whats)],
            )
            table: Any = kept.to_arrow_table()
        types: tuple[Any, ...] = (np.int32, np.float64, np.int32)
        lists = [_lists(table.column(place), kind) for place, kind in enumerate(types, start=2)]
        whats_found, starts = table.column(0).to_pylist(), table.column(1).to_pylist()
        for what, start, codes, numbers, entities in zip(whats_found, starts, *lists, strict=True):
            self._memory[family, what, unit, start] = Stretch(codes, numbers, entities)
        self._looked.update((family, what, unit) for what in whats)

    def keep(
        self,
        family: Family,
        unit: str,
        found: Mapping[tuple[str, date], Stretch],
        ends: Mapping[date, date],
        state: tuple[int, int],
    ) -> None:
        """Not where the rows changed after `state`, the state they were counted in."""
        with self._lock:
            if state != self.state() or not found:
                return
            try:
                with self._open() as cursor:
                    cursor.execute("BEGIN")
                    self._write(cursor, family, _as_table(family.name, unit, found, ends, state[0]))
                    cursor.execute("COMMIT")
            except duckdb.Error as error:
                _log.warning("what was counted could not be kept: %s", error)
                return  # The answer is as good; a broken file is found out by the next refresh.
            for (what, start), stretch in found.items():
                self._memory[family.name, what, unit, start] = stretch
                self._looked.add((family.name, what, unit))

    @staticmethod
    def _write(cursor: duckdb.DuckDBPyConnection, family: Family, kept: pa.Table) -> None:
        counted = cursor.execute(f"SELECT count(*) FROM {SCHEMA}.stretch").fetchall()[0][0]
        if counted + kept.num_rows > _MOST:
            cursor.execute(f"DELETE FROM {SCHEMA}.stretch")
        known = cursor.execute(
            f"SELECT count(*) FROM {SCHEMA}.slice WHERE family = ?", [family.name]
        ).fetchall()[0][0]
        added = [
            (family.name, code, json.dumps(family.slices[code], ensure_ascii=False))
            for code in range(known, len(family.slices))
        ]
        if added:
            cursor.register("added", pa.table(dict(zip("abc", zip(*added, strict=True), strict=True))))
            cursor.execute(f"INSERT INTO {SCHEMA}.slice SELECT a, CAST(b AS INTEGER), c FROM added")
            cursor.unregister("added")
        cursor.register("kept", kept)
        cursor.execute(
            f"DELETE FROM {SCHEMA}.stretch AS s USING kept AS k"
            " WHERE s.family = k.family AND s.what = k.what AND s.unit = k.unit AND s.starts = k.starts"
        )
        cursor.execute(f"INSERT INTO {SCHEMA}.stretch SELECT * FROM kept")
        cursor.unregister("kept")


def _as_table(
    family: str,
    unit: str,
    found: Mapping[tuple[str, date], Stretch],
    ends: Mapping[date, date],
    change: int,
) -> pa.Table:
    stretches = list(found.values())
    return pa.table(
        {
            "family": pa.array([family] * len(found), pa.string()),
            "what": pa.array([what for what, _ in found], pa.string()),
            "unit": pa.array([unit] * len(found), pa.string()),
            "starts": pa.array([start for _, start in found], pa.date32()),
            "ends": pa.array([ends[start] for _, start in found], pa.date32()),
            "change": pa.array([change] * len(found), pa.int64()),
            "codes": _list_array([one.codes for one in stretches], pa.int32()),
            "numbers": _list_array([one.numbers for one in stretches], pa.float64()),
            "entities": _list_array([one.entities for one in stretches], pa.int32()),
        }
    )


def _list_array(arrays: Sequence[NDArray[Any] | None], kind: Any) -> Any:
    sizes = [0 if one is None else len(one) for one in arrays]
    known = [one for one in arrays if one is not None]
    flat: Any = pa.array(np.concatenate(known) if known else [], kind)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    missing = [one is None for one in arrays]
    mask = pa.array(missing) if any(missing) else None
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat, mask=mask)


def _lists(column: Any, kind: Any) -> list[Any]:
    found: list[Any] = []
    for chunk in column.chunks:
        flat = chunk.values.to_numpy(zero_copy_only=False).astype(kind, copy=False)
        offsets = chunk.offsets.to_numpy().tolist()
        known = chunk.is_valid().to_pylist()
        found += [
            flat[start:end] if is_known else None
            for start, end, is_known in zip(offsets[:-1], offsets[1:], known, strict=True)
        ]
    return found
