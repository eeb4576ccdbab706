"""The same company as columns for a projection: as big as a benchmark needs it, block after block."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from math import ceil
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hakari.canonical import TABLES, Field
from hakari.canonical.schema import Kind
from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import DAY, NONE, Column, Ints, Serial, Words
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.records import Records
from hakari.sources.demo.simulator import MOST_CREWS, found, frames
from hakari.sources.demo.story import happen
from hakari.sources.demo.timeline import OFFSET
from hakari.sources.demo.world import World
from hakari.storage.projection_tables import columns

Arrow: TypeAlias = "pa.Array[Any]"
ORIGIN = "demo"
# Enough to ask most KPIs of; the rest of a block's tables would double the time it takes to make them.
BENCHMARK_TABLES = (
    "account",
    "target_list",
    "target_member",
    "contact",
    "lead",
    "deal",
    "appointment",
    "order",
    "mail_event",
    "activity",
)
_MOST_VOLUME = 6.0
_TYPES: dict[Kind, Any] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.REF: pa.int32(),
    Kind.NUMBER: pa.float64(),
    Kind.MONEY: pa.float64(),
    Kind.SHARE: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.INSTANT: pa.timestamp("us"),
    Kind.FLAG: pa.bool_(),
}


def arrow_batches(
    world: World,
    today: date,
    seed: int,
    activities: int,
    tables: Collection[str] = BENCHMARK_TABLES,
) -> Iterator[tuple[str, pa.RecordBatch]]:
    """About so many activities and all that belongs to them, one block in memory at a time.

    Columns are those of the projection's tables of current rows, in their order.
    """
    volume = activities / _activities_of_volume_one(world, today, seed)
    blocks = ceil(volume / _MOST_VOLUME)
    company = found(world, today, seed, min(MOST_CREWS, blocks))
    for frame in frames(company, [volume / blocks] * blocks, tables):
        yield frame.table, record_batch(frame)


def _activities_of_volume_one(world: World, today: date, seed: int) -> float:
    """Told from a small block: how many there are depends on the day."""
    volume = 0.5
    block = Block(found(world, today, seed, 1), 0, volume, 0, {})
    return Records(happen(block)).activity.size / volume


def record_batch(frame: Frame) -> pa.RecordBatch:
    """The rows as they stand in the end."""
    latest, table = frame.latest(), TABLES[frame.table]
    occurred = latest.observed
    if table.occurred is not None:
        own = np.asarray(latest.columns[table.occurred])
        occurred = own * DAY if table.field(table.occurred).kind is Kind.DATE else own
    ready: dict[str, Arrow] = {
        "key": pa.array(latest.keys.astype(np.int32)),
        "origin": pa.repeat(ORIGIN, latest.size),
        "source_id": _serial(Serial(f"{frame.table}-", latest.keys)),
        "observed_at": _whole(latest.observed, _TYPES[Kind.INSTANT]),
        "happened_at": _whole(occurred, _TYPES[Kind.INSTANT]),
    }
    arrays = []
    names = list(columns(table))
    for name in names:
        moment = name.removesuffix("__day")
        if name in ready:
            arrays.append(ready[name])
        elif moment != name and not table.has(name):
            arrays.append(_day(latest.columns.get(moment), latest.size))
        else:
            arrays.append(_array(table.field(name), latest.columns.get(name), latest.size))
    return pa.RecordBatch.from_arrays(arrays, names)


def _array(field: Field, column: Column | None, size: int) -> Arrow:
    if field.kind is Kind.CHOICE:
        codes = np.full(size, NONE) if column is None else np.asarray(column)
        return _dictionary(codes, field.choices)
    if column is None:
        return _nothing(size, _TYPES[field.kind])
    if isinstance(column, Words):
        return _dictionary(column.codes, column.words)
    if isinstance(column, Serial):
        return _serial(column)
    if column.dtype == np.float64:
        decimals: Arrow = pa.array(column, from_pandas=True)
        return decimals
    return _whole(column.astype(np.int64), _TYPES[field.kind])


def _whole(column: Ints, kind: Any) -> Arrow:
    missing = column == NONE
    mask = missing if missing.any() else None
    whole: Arrow
    if kind == pa.bool_():
        whole = pa.array(column == 1, mask=mask)
    elif kind in (pa.int32(), pa.date32()):
        whole = pa.array(column.astype(np.int32), mask=mask).cast(kind)
    else:
        whole = pa.array(column, mask=mask).cast(kind)
    return whole


def _nothing(size: int, kind: Any) -> Arrow:
    nothing: Arrow = pa.nulls(size, kind)
    return nothing


def _dictionary(codes: Ints, words: Collection[str]) -> Arrow:
    missing = codes == NONE
    width = np.int8 if len(words) < 128 else np.int32
    indices = pa.array(codes.astype(width), mask=missing if missing.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words), pa.string()))


def _serial(column: Serial) -> Arrow:
    numbers = pc.cast(pa.array(column.numbers), pa.string())
    # The last argument stands between the others.
    parts: list[Any] = [column.before, numbers, column.after, ""]
    joined: Arrow = pc.binary_join_element_wise(*parts)
    return joined


def _day(column: Column | None, size: int) -> Arrow:
    if column is None:
        return _nothing(size, pa.date32())
    moment = np.asarray(column)
    return _whole(np.where(moment == NONE, NONE, (moment + OFFSET) // DAY), pa.date32())
