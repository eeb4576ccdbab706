"""Keeps the versions of one record in one line: each holds until the next was observed.

A stub, known only by its name, comes before every full version whenever it was observed. Retracted
versions stand outside the line.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from hakari.storage.rows import STUB_ORIGIN


def rank(table: sa.Table) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of a record's versions."""
    return (table.c.origin != STUB_ORIGIN, table.c.observed_at, table.c.version)


def rechain(connection: sa.Connection, table: sa.Table, keys: sa.ColumnElement[bool], change: int) -> None:
    """Set anew how long each version of some `keys`, given as a condition, holds, where that differs."""

    def following(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        return sa.func.lead(column).over(partition_by=table.c.key, order_by=rank(table))

    line = (
        sa.select(
            table.c.version,
            following(table.c.observed_at).label("next_at"),
            following(table.c.run).label("next_run"),
        )
        .where(keys, sa.not_(table.c.retracted))
        .subquery("line")
    )
    connection.execute(
        sa.update(table)
        .values(until_at=line.c.next_at, until_run=line.c.next_run, change=change)
        .where(
            table.c.version == line.c.version,
            sa.or_(
                table.c.until_at.is_distinct_from(line.c.next_at),
                table.c.until_run.is_distinct_from(line.c.next_run),
            ),
        )
    )
