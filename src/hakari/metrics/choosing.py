"""Which figures are counted from one reading of the rows instead of by statements: where that costs less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf

import pyarrow as pa
import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.components import Component
from hakari.metrics.cost import ReadingSize, guess, reading_guess, timed
from hakari.metrics.joined import LARGE, apart_for
from hakari.metrics.kernel import Kernel, Source, Streaming
from hakari.metrics.plan import Step, passes_for, statement
from hakari.metrics.query import Cut, Query
from hakari.metrics.reading import FACT, Reading
from hakari.storage.conditions import table_source
from hakari.units.period import Period

# A statement works on all cores and a reading on one: only much less work is worth having less help.
_WORTH = 0.75


@dataclass(frozen=True, slots=True)
class Asking:
    """A query's cut over one period of one state of the records."""

    query: Query
    cut: Cut
    period: Period
    schema: str
    start_month: int


@dataclass(frozen=True, slots=True)
class ReadAtOnce:
    """What one reading gave: s0…, bucket, and a number for each component."""

    components: tuple[Component, ...]
    table: pa.Table
    step: Step


def read_at_once(store: object, wanted: Sequence[Component], asking: Asking) -> Iterator[ReadAtOnce]:
    """One reading for each table and day where it is cheaper; what is in none is left to statements."""
    if not isinstance(store, Streaming) or (asking.period.is_all and asking.cut.grain is not None):
        return
    groups: dict[tuple[str, tuple[str, ...]], list[Component]] = {}
    for one in wanted:
        if store.size(one.table, asking.schema) >= LARGE:
            groups.setdefault((one.table, one.date), []).append(one)
    if not groups:
        return
    with store.reading() as source:
        for (table, day), members in groups.items():
            reading = _reading(table, day, members, asking)
            size = None if reading is None else _worth_it(reading, store, source, asking)
            found = None if reading is None or size is None else _counted(reading, size, source, asking)
            if found is not None:
                yield found


def _reading(
    table: str, day: tuple[str, ...], members: Sequence[Component], asking: Asking
) -> Reading | None:
    """With all members it can express; None where there is none."""
    query = asking.query
    reading = Reading(table, day, asking.schema, asking.cut, query.viewer, asking.start_month, query.today)
    if not reading.expressible:
        return None
    for one in members:
        reading.add(one)
    return reading if reading.members else None


def _worth_it(reading: Reading, store: Streaming, source: Source, asking: Asking) -> ReadingSize | None:
    """What it has to do, if statements have to do more."""
    rows = round(store.size(reading.table, asking.schema) * _share(reading, source, asking.period))
    size = _size(reading, store, asking.schema)
    dear = reading_guess(size, rows).cpu_ms / _WORTH if _WORTH else inf
    return size if _statements_take(dear, reading, store, rows, asking) else None


def _share(reading: Reading, source: Source, period: Period) -> float:
    """Of the table's days those in the period; all where only a joined table knows them."""
    if period.is_all or reading.day.table != FACT:
        return 1.0
    ends = [exp.alias_(exp.Min(this=reading.day), "a"), exp.alias_(exp.Max(this=reading.day), "b")]
    rows = table_source(reading.table, reading.schema, FACT)
    first, last = (one[0].as_py() for one in source.arrow(sqlglot.select(*ends).from_(rows)).columns)
    if first is None:
        return 1.0
    days: int = period.overlap(Period(first, last + timedelta(days=1))).days
    whole: int = (last - first).days + 1
    return days / whole


def _counted(reading: Reading, size: ReadingSize, source: Source, asking: Asking) -> ReadAtOnce | None:
    """Nothing where slices or entities turn out to be too many to be held at once."""

    def work() -> tuple[Kernel, pa.Table | None]:
        kernel = Kernel(reading, source, asking.period)
        return kernel, kernel.table() if kernel.fits else None

    (kernel, table), spent = timed(work, lambda found: 0 if found[1] is None else found[1].num_rows)
    if table is None:
        return None
    day = ".".join(reading.day_path)
    says = f"one reading of {reading.table}, {len(reading.members)} figures counted together (by {day})"
    step = Step(says, kernel.select, spent, reading.table, reading.day_path, asking.period, reading=size)
    return ReadAtOnce(tuple(one.component for one in reading.members), table, step)


def _size(reading: Reading, store: Streaming, schema: str) -> ReadingSize:
    needed = reading.needed()
    own = {one.name for one in reading.keys if one.alias == FACT}
    own |= {one.name for one in reading.sliced if one.alias == FACT}
    own |= {one.on.name for one in needed.values() if one.on.table == FACT}
    own |= {one.column for one in reading.members if one.column}
    prepared = sum(store.size(one.table, schema) for one in needed.values())
    return ReadingSize(len(own) + 1, len(reading.keys), len(needed), prepared, len(reading.entities()))


def _statements_take(
    milliseconds: float, reading: Reading, store: Streaming, rows: int, asking: Asking
) -> bool:
    """Whether statements for the same figures take longer; only as many are written as it needs to tell."""
    query, cut, schema = asking.query, asking.cut, asking.schema
    for one in passes_for((one.component for one in reading.members), apart_for(store, query, cut, schema)):
        select = statement(one, query, cut, asking.period, schema, asking.start_month)
        milliseconds -= guess(select, rows).cpu_ms
        if milliseconds < 0:
            return True
    return False
