"""Which fields of a table anybody ever filled in: what was never recorded is unknown, not zero."""

from __future__ import annotations

from collections.abc import Sequence

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical import TABLES
from hakari.storage.conditions import column, table_source

ROWS = ""  # in place of a field: the rows themselves


def filled_select(table: str, schema: str) -> exp.Select:
    """How many rows there are, and how many know each field."""
    counts: list[exp.Expr] = [exp.Count(this=exp.Star())]
    counts += [exp.Count(this=column(field.name, "t")) for field in TABLES[table].fields]
    return sqlglot.select(*counts).from_(table_source(table, schema, "t"))


def any_filled_select(table: str, schema: str) -> exp.Select:
    """Whether there is a row, and one that knows each field: a store that can stop at the first is asked so.

    Of a column nobody ever filled in DuckDB reads nothing but what it noted of each of its blocks.
    """
    source = table_source(table, schema, "t")
    asked = [sqlglot.select(exp.Literal.number(1)).from_(source)]
    for field in TABLES[table].fields:
        known = exp.Not(this=exp.Is(this=column(field.name, "t"), expression=exp.null()))
        asked.append(sqlglot.select(exp.Literal.number(1)).from_(source.copy()).where(known))
    return sqlglot.select(*(exp.Exists(this=one) for one in asked))


def filled_of(table: str, counts: Sequence[int]) -> frozenset[str]:
    """The names for which the select counted anything."""
    names = (ROWS, *(field.name for field in TABLES[table].fields))
    return frozenset(name for name, count in zip(names, counts, strict=True) if count)
