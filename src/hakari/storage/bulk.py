"""Many rows in at once: the one place where the database driver is spoken to directly.

SQLAlchemy would look at every value once more; at sixty thousand rows a second that is half the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

LOOKUP = 10_000  # ids asked for in one statement; SQLite takes at most 32 766
_Item = TypeVar("_Item")


def chunks(items: Sequence[_Item], size: int = LOOKUP) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
    """Append rows whose values stand in the order of the table's columns, without the first, `version`."""
    if not rows:
        return
    names = [column.name for column in table.columns][1:]
    if connection.dialect.name == "sqlite":
        statement = table.insert().compile(dialect=connection.dialect, column_keys=names)
        connection.exec_driver_sql(str(statement), [tuple(row) for row in rows])
        return
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    # COPY is three times as fast as the fastest INSERT.
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
