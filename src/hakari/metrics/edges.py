"""The first and the last day that a table's rows have somewhere."""

from __future__ import annotations

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical import TABLES
from hakari.storage.conditions import Joins, table_source


def day_select(table: str, schema: str, path: tuple[str, ...], edge: type[exp.Func]) -> exp.Select:
    """The first (Min) or last (Max) day there. A milestone is kept for records of the table only: the table
    itself need not be read.
    """
    joins = Joins(table, schema)
    day = joins.day(path)
    if len(path) == 1 and not TABLES[table].has(path[0]):
        source = table_source(f"{table}__milestone", schema, day.table)
        return sqlglot.select(edge(this=day)).from_(source)
    select = sqlglot.select(edge(this=day)).from_(table_source(table, schema, joins.alias))
    return joins.add_to(select)
