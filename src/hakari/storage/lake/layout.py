"""How a table of the projection is laid out as files: by month of its event, else by ranges of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from hakari.canonical import TABLES
from hakari.canonical.schema import Kind
from hakari.storage.projection_tables import quoted
from hakari.units.fiscal import add_months

KEYS_A_PART = 1_000_000
UNDATED = "none"
_SAME = ("VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN")


@dataclass(frozen=True, slots=True)
class Layout:
    """One table: its columns with the types they have in the files, and the day that parts it."""

    table: str
    columns: Mapping[str, str]
    day: str | None

    @property
    def parted_by(self) -> str:
        return self.day or "key"

    def folder(self, part: str) -> str:
        return f"{self.table}/{'month' if self.day else 'keys'}={part}"

    def part_sql(self) -> str:
        """The part a row belongs to, as text."""
        if self.day is None:
            return f"CAST({quoted('key')} // {KEYS_A_PART} AS VARCHAR)"
        return f"coalesce(strftime({quoted(self.day)}, '%Y-%m'), '{UNDATED}')"

    def select_sql(self, part: str) -> str:
        shown = ", ".join(
            f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}" for name, kind in self.columns.items()
        )
        order = f"{quoted(self.day)}, {quoted('key')}" if self.day else quoted("key")
        if "until_at" in self.columns:
            order += f", {quoted('until_at')}"
        return f"SELECT {shown} FROM main.{quoted(self.table)} WHERE {self._where(part)} ORDER BY {order}"

    def _where(self, part: str) -> str:
        """A range, so that DuckDB reads no more than the part."""
        if self.day is None:
            first = int(part) * KEYS_A_PART
            return f"{quoted('key')} >= {first} AND {quoted('key')} < {first + KEYS_A_PART}"
        day = quoted(self.day)
        if part == UNDATED:
            return f"{day} IS NULL"
        first_day = date.fromisoformat(f"{part}-01")
        return f"{day} >= DATE '{first_day}' AND {day} < DATE '{add_months(first_day, 1)}'"


def layouts(cursor: duckdb.DuckDBPyConnection) -> list[Layout]:
    """All tables of the projection: current rows, past rows and milestones."""
    rows = cursor.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE schema_name = 'main' AND NOT internal ORDER BY table_oid, column_index"
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for table, name, kind in rows:
        columns.setdefault(table, {})[name] = _type(kind)
    return [
        Layout(table, found, _day_of(table))
        for table, found in columns.items()
        if table in TABLES
        or table.removesuffix("__past") in TABLES
        or table.removesuffix("__milestone") in TABLES
    ]


def _type(kind: str) -> str:
    """The projection may keep choices as enums and numbers as narrow as can be; files are for everybody."""
    if kind in _SAME:
        return kind
    if kind.startswith("ENUM"):
        return "VARCHAR"
    return "DOUBLE" if kind.startswith(("FLOAT", "DECIMAL")) else "BIGINT"


def _day_of(table: str) -> str | None:
    canonical = TABLES.get(table.removesuffix("__past"))
    if canonical is None or canonical.occurred is None:
        return None
    instant = canonical.field(canonical.occurred).kind is Kind.INSTANT
    return f"{canonical.occurred}__day" if instant else canonical.occurred
