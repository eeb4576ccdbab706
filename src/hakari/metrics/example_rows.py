"""The rows of a worked example, as its writer says them: local times, and other rows by their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hakari.canonical import TABLES
from hakari.canonical.schema import Field, Kind, Table
from hakari.errors import DefinitionError
from hakari.storage.truth import Import, Row

ZONE = "Asia/Tokyo"
# Rows are known from this moment on, unless they say `learnt`.
LEARNT = datetime(2026, 1, 1, tzinfo=UTC)
Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def write(an_import: Import, tables: Tables) -> dict[str, dict[str, int]]:
    """The keys by table and id."""
    keys: dict[str, dict[str, int]] = {}
    for name in in_order(list(tables)):
        rows = [_row(TABLES[name], index, raw, keys) for index, raw in enumerate(tables[name])]
        outcome = an_import.write(name, rows)
        keys[name] = dict(zip((row.source_id for row in rows), outcome.keys, strict=True))
    return keys


def in_order(names: Sequence[str]) -> list[str]:
    """Referenced tables first; a table that refers to itself stands where it is."""
    placed: list[str] = []

    def place(name: str) -> None:
        if name in placed or name not in names:
            return
        if name not in TABLES:
            raise DefinitionError(
                f"an example has rows of {name!r}, which is no table", f"it is one of {', '.join(TABLES)}"
            )
        for field in TABLES[name].fields:
            if field.ref is not None and field.ref != name:
                place(field.ref)
        placed.append(name)

    for name in names:
        place(name)
    return placed


def value_of(field: Field, raw: Any, keys: Mapping[str, Mapping[str, int]]) -> Any:
    """Times are local, references are the other row's id."""
    if raw is None or isinstance(raw, datetime):
        return raw
    try:
        if field.kind is Kind.REF:
            return keys[field.ref or ""][str(raw)]
        if field.kind is Kind.DATE and isinstance(raw, str):
            return date.fromisoformat(raw)
        if field.kind is Kind.INSTANT and isinstance(raw, str):
            return datetime.fromisoformat(raw).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
        if field.kind in (Kind.MONEY, Kind.NUMBER, Kind.SHARE):
            return float(raw)
    except (KeyError, ValueError) as error:
        raise DefinitionError(
            f"an example says {field.name} = {raw!r}, which cannot be read",
            f"write the id of a row of {field.ref}" if field.ref else "write 2026-10-05 or 2026-10-05 10:00",
        ) from error
    if field.kind is Kind.CHOICE and raw not in field.choices:
        raise DefinitionError(
            f"an example says {field.name} = {raw!r}", f"it is one of {', '.join(field.choices)}"
        )
    return raw


def _row(table: Table, index: int, raw: Mapping[str, Any], keys: Mapping[str, Mapping[str, int]]) -> Row:
    for name in raw:
        if name not in ("id", "learnt") and not table.has(name):
            raise DefinitionError(
                f"an example has {name} = {raw[name]!r} in a row of {table.name}, which has no such field",
                f"its fields are: {', '.join(field.name for field in table.fields)}",
            )
    values = {
        name: value_of(table.field(name), value, keys)
        for name, value in raw.items()
        if name not in ("id", "learnt")
    }
    return Row(str(raw.get("id", f"{table.name}-{index}")), values, raw.get("learnt", LEARNT))
