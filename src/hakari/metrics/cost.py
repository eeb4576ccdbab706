"""What a step of a plan was thought to take and what it took, for whoever asks for an explanation."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import sqlglot.expressions as exp

T = TypeVar("T")
# Nanoseconds of one core a row, measured on ten million activities (benchmarks/RESULTS.md): for reading it
# and finding its group, for each column looked at, for each table joined to it, for each condition that a
# figure puts on rows and not on cells.
_ROW, _ENTITY, _COLUMN, _JOIN, _FILTER = 10.0, 25.0, 5.0, 30.0, 12.0
_STATEMENT = 1.0  # milliseconds to read, plan and answer even the smallest
# The same for rows that come to this process as columns: for each row, each column fetched, each key that
# conditions look at, each table looked up in, each kind of entity told apart; and for each row of a table
# that is made ready to be looked up in.
_READ, _FETCHED, _KEY, _LOOKUP, _TOLD, _PREPARED = 30.0, 3.0, 3.0, 4.0, 14.0, 40.0
_READING = 4.0  # milliseconds


@dataclass(frozen=True, slots=True)
class Spent:
    """`cpu_ms` is that of all threads of this process, whoever they worked for meanwhile."""

    cpu_ms: float
    wall_ms: float
    rows: int


@dataclass(frozen=True, slots=True)
class Guess:
    """`rows` are those read."""

    cpu_ms: float
    rows: int


def timed(work: Callable[[], T], size: Callable[[T], int]) -> tuple[T, Spent]:
    """What the work gave, and what it took."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    taken = time.process_time() - cpu, time.perf_counter() - wall
    return found, Spent(taken[0] * 1e3, taken[1] * 1e3, size(found))


def guess(select: exp.Select, rows: int) -> Guess:
    """By the columns it reads, the tables it joins and whether it tells entities apart."""
    columns: set[tuple[str, str]] = set()
    joins = filters = 0
    by_entity = False
    for one in select.find_all(exp.Column, exp.Join, exp.Alias, exp.Filter):
        if isinstance(one, exp.Column):
            if one.table not in _INNER:
                columns.add((one.table, one.name))
        elif isinstance(one, exp.Join):
            joins += 1
        elif isinstance(one, exp.Filter):
            filters += 1
        else:
            by_entity |= one.alias == "entity"
    each = (_ENTITY if by_entity else _ROW) + _COLUMN * len(columns) + _JOIN * joins
    if not select.args.get("with_"):
        each += _FILTER * filters
    return Guess(_STATEMENT + rows * each / 1e6, rows)


_INNER = ("cells", "entities")


@dataclass(frozen=True, slots=True)
class ReadingSize:
    """What one reading of a table has to do: columns, keys, tables looked up in and their rows, entities."""

    columns: int
    keys: int
    lookups: int
    prepared_rows: int
    told: int


def reading_guess(size: ReadingSize, rows: int) -> Guess:
    """Of one reading that fetches columns and counts them here."""
    each = _READ + _FETCHED * size.columns + _KEY * size.keys + _LOOKUP * size.lookups + _TOLD * size.told
    return Guess(_READING + (rows * each + _PREPARED * size.prepared_rows) / 1e6, rows)
