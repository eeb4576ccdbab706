"""One table per canonical table, a row per version of a record, and what is kept about imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from hakari.canonical import TABLES, Field, Table
from hakari.canonical.schema import Kind
from hakari.storage.schema.types import BigKey, Day, Moment

METADATA = sa.MetaData()

# Not what the source says, but what we know about its saying it. `origin` and `happened_at` are called so
# because `source` and `occurred_at` are canonical fields of some tables.
META = (
    "version",
    "key",
    "change",
    "run",
    "until_run",
    "origin",
    "source_id",
    "happened_at",
    "observed_at",
    "until_at",
    "deleted",
    "retracted",
    "mapping",
    "digest",
)


def meta_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("version", BigKey, primary_key=True, autoincrement=True),
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("until_run", sa.BigInteger),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("happened_at", Moment, nullable=False),
        sa.Column("observed_at", Moment, nullable=False),
        sa.Column("until_at", Moment),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("retracted", sa.Boolean, nullable=False),
        sa.Column("mapping", sa.BigInteger),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    ]


def indexes(table: str) -> list[sa.Index]:
    return [
        sa.Index(f"{table}__source", "origin", "source_id"),
        sa.Index(f"{table}__key", "key"),
        sa.Index(f"{table}__change", "change"),
    ]


def sql_type(kind: Kind) -> sa.types.TypeEngine[Any]:
    """How a canonical kind is kept. Yen are exact as doubles up to 2^53, nine quadrillion."""
    types: Mapping[Kind, sa.types.TypeEngine[Any]] = {
        Kind.TEXT: sa.Text(),
        Kind.CHOICE: sa.Text(),
        Kind.INTEGER: sa.BigInteger(),
        Kind.REF: sa.BigInteger(),
        Kind.NUMBER: sa.Double(),
        Kind.MONEY: sa.Double(),
        Kind.SHARE: sa.Double(),
        Kind.DATE: Day(),
        Kind.INSTANT: Moment(),
        Kind.FLAG: sa.Boolean(),
    }
    return types[kind]


def payload(table: Table) -> tuple[Field, ...]:
    """The fields in the order of their columns: by name, so that their order in a module means nothing."""
    return tuple(sorted(table.fields, key=lambda field: field.name))


def _canonical(table: Table) -> sa.Table:
    columns = [sa.Column(field.name, sql_type(field.kind)) for field in payload(table)]
    return sa.Table(table.name, METADATA, *meta_columns(), *columns, *indexes(table.name))


CANONICAL: Mapping[str, sa.Table] = {name: _canonical(table) for name, table in TABLES.items()}

RUN = sa.Table(
    "run",
    METADATA,
    sa.Column("id", BigKey, primary_key=True, autoincrement=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("undone_at", Moment),
    sa.Column("change", sa.BigInteger, nullable=False),
    sa.Column("read", sa.BigInteger),
    sa.Column("loaded", sa.BigInteger, nullable=False),
    sa.Column("updated", sa.BigInteger, nullable=False),
    sa.Column("unchanged", sa.BigInteger, nullable=False),
    sa.Column("rejected", sa.BigInteger, nullable=False),
    sa.Column("noted", sa.BigInteger, nullable=False),
)

# An import that finds rows unchanged writes nothing, yet the earlier import cannot be undone under it.
STANDS_ON = sa.Table(
    "stands_on",
    METADATA,
    sa.Column("run", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("on_run", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
)

REJECT = sa.Table(
    "reject",
    METADATA,
    sa.Column("id", BigKey, primary_key=True, autoincrement=True),
    sa.Column("run", sa.BigInteger, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("line", sa.BigInteger, nullable=False),
    sa.Column("column", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("raw", sa.JSON, nullable=False),
    sa.Index("reject__run", "run"),
)

MAPPING = sa.Table(
    "mapping",
    METADATA,
    sa.Column("id", BigKey, primary_key=True, autoincrement=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("table", sa.Text, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("columns", sa.JSON, nullable=False),
    sa.Column("run", sa.BigInteger, nullable=False),
    sa.Index("mapping__name", "name", "table", "version", unique=True),
)

SETTING = sa.Table(
    "setting",
    METADATA,
    sa.Column("id", BigKey, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("setting__key", "key", "id"),
)

# One row per run that used the name, so that undoing a run takes exactly its own word back.
KNOWN_AS = sa.Table(
    "known_as",
    METADATA,
    sa.Column("table", sa.Text, primary_key=True),
    sa.Column("folded", sa.Text, primary_key=True),
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("run", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("stub", sa.Boolean, primary_key=True),
    sa.Index("known_as__run", "run"),
)

COUNTER = sa.Table(
    "counter",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

# What people type, a row per version. Nothing counts it, so it is no canonical table and has no run.
ENTRY = sa.Table(
    "entry",
    METADATA,
    sa.Column("id", BigKey, primary_key=True, autoincrement=True),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("person", sa.BigInteger),
    sa.Column("meeting", sa.BigInteger),
    sa.Column("readers", sa.JSON, nullable=False),
    sa.Column("body", sa.JSON),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("erased", sa.Boolean, nullable=False),
    sa.Index("entry__entry", "entry", "id"),
    sa.Index("entry__kind", "kind", "person"),
)

# Which commit a change number was. After a backup is put back, numbers come again with other tokens, and a
# projection notices that it ran ahead.
MARK = sa.Table(
    "change_mark",
    METADATA,
    sa.Column("change", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("token", sa.Text, nullable=False),
)
