"""What the projection's tables look like: types, enums, and a day beside every moment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from hakari.canonical import TABLES, Field, Table
from hakari.canonical.milestones import Milestone
from hakari.canonical.schema import Kind
from hakari.storage.conditions import ident

FORMAT = 1
_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.REF: "INTEGER",
    Kind.NUMBER: "DOUBLE",
    Kind.MONEY: "DOUBLE",
    Kind.SHARE: "DOUBLE",
    Kind.DATE: "DATE",
    Kind.INSTANT: "TIMESTAMP",
    Kind.FLAG: "BOOLEAN",
}
_META = {
    "key": "INTEGER",
    "origin": "VARCHAR",
    "source_id": "VARCHAR",
    "observed_at": "TIMESTAMP",
    "happened_at": "TIMESTAMP",
}


@lru_cache(maxsize=4096)
def quoted(name: str) -> str:
    return ident(name).sql(dialect="duckdb")


def _type(table: str, field: Field) -> str:
    return quoted(f"{table}_{field.name}") if field.kind is Kind.CHOICE else _TYPES[field.kind]


def columns(table: Table) -> dict[str, str]:
    """Name → type of the columns of a table of current rows."""
    found = dict(_META)
    for field in table.fields:
        found[field.name] = _type(table.name, field)
        if field.kind is Kind.INSTANT:
            found[f"{field.name}__day"] = "DATE"
    return found


def milestone_columns(table: str, milestones: Sequence[Milestone]) -> dict[str, str]:
    found = {"key": "INTEGER"}
    for milestone in milestones:
        if milestone.table == table:
            found[milestone.name] = _TYPES[milestone.kind]
            if milestone.kind is Kind.INSTANT:
                found[f"{milestone.name}__day"] = "DATE"
    return found


def create_statements(milestones: Sequence[Milestone]) -> list[str]:
    """Everything in schema main, empty."""
    statements = [f"CREATE TABLE main.{quoted(META_TABLE)} (name VARCHAR, value VARCHAR)"]
    for table in TABLES.values():
        for field in table.fields:
            if field.kind is Kind.CHOICE:
                choices = ", ".join("'" + choice.replace("'", "''") + "'" for choice in field.choices)
                statements.append(f"CREATE TYPE main.{_type(table.name, field)} AS ENUM ({choices})")
        current = columns(table)
        statements.append(_create(table.name, current))
        statements.append(_create(f"{table.name}__past", {**current, "until_at": "TIMESTAMP"}))
    told = sorted({milestone.table for milestone in milestones})
    return statements + [_create(f"{name}__milestone", milestone_columns(name, milestones)) for name in told]


def insert_statement(table: Table, zone: str, source: str, *, past: bool, order: str = "") -> str:
    """Copies fed columns into a table of current or past rows, and adds the days."""
    shown: list[str] = []
    for name, type_name in columns(table).items():
        moment = name.removesuffix("__day")
        if moment != name and not table.has(name):
            shown.append(f"{day_of(quoted(moment), zone)} AS {quoted(name)}")
        else:
            shown.append(f"CAST({quoted(name)} AS {type_name})")
    if past:
        shown.append(quoted("until_at"))
    target = quoted(f"{table.name}__past" if past else table.name)
    condition = "IS NOT NULL" if past else "IS NULL"
    return (
        f"INSERT INTO main.{target} SELECT {', '.join(shown)} FROM {source}"
        f" WHERE {quoted('until_at')} {condition}{order}"
    )


def day_of(moment: str, zone: str) -> str:
    """The company's day on which a moment in UTC fell."""
    return f"CAST(timezone('{zone}', timezone('UTC', {moment})) AS DATE)"


def shape(zone: str, milestones: Sequence[Milestone]) -> str:
    """Changes whenever a projection made earlier would not look as one made now."""
    said = (FORMAT, zone, [(table.name, table.fields) for table in TABLES.values()], list(milestones))
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


META_TABLE = "hakari_meta"


def _create(name: str, columns_of: dict[str, str]) -> str:
    listed = ", ".join(f"{quoted(column)} {type_name}" for column, type_name in columns_of.items())
    return f"CREATE TABLE main.{quoted(name)} ({listed})"
