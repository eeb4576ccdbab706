"""What a projection holds, as plain rows to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hakari.storage.projection import Projection
from hakari.storage.projection_tables import quoted

Rows = list[tuple[Any, ...]]
ZONE = "Asia/Tokyo"


def rows(projection: Projection, table: str, *fields: str, schema: str = "main") -> Rows:
    """Some columns of one table, sorted."""
    listed = ", ".join(quoted(field) for field in fields) or "*"
    with projection.cursor() as cursor:
        found = cursor.execute(f"SELECT {listed} FROM {quoted(schema)}.{quoted(table)}").fetchall()
    return sorted(found, key=repr)


def everything(projection: Projection, schema: str = "main", *, past: bool = True) -> dict[str, Rows]:
    """Every table that has rows."""
    with projection.cursor() as cursor:
        names: Sequence[tuple[str]] = cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", [schema]
        ).fetchall()
    wanted = [name for (name,) in names if name != "hakari_meta" and (past or not name.endswith("__past"))]
    held = {name: rows(projection, name, schema=schema) for name in wanted}
    return {name: found for name, found in held.items() if found}
