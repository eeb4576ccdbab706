"""Small tables as tests write them, put through the truth into a projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hakari.canonical import TABLES
from hakari.canonical.milestones import MILESTONES
from hakari.canonical.schema import Field, Kind, Table
from hakari.storage.projection import Projection
from hakari.storage.truth import Import, Row, Truth

ZONE = "Asia/Tokyo"
LEARNT = datetime(2026, 1, 1, tzinfo=UTC)
Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def value_of(field: Field, raw: Any, keys: Mapping[str, Mapping[str, int]]) -> Any:
    """Times are local, references are the other row's id."""
    if raw is None or isinstance(raw, datetime):
        return raw
    if field.kind is Kind.REF:
        return keys[field.ref or ""][str(raw)]
    if field.kind is Kind.DATE and isinstance(raw, str):
        return date.fromisoformat(raw)
    if field.kind is Kind.INSTANT and isinstance(raw, str):
        return datetime.fromisoformat(raw).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    if field.kind in (Kind.MONEY, Kind.NUMBER, Kind.SHARE):
        return float(raw)
    return raw


def in_order(names: Sequence[str]) -> list[str]:
    """Referenced tables first; a table that refers to itself stands where it is."""
    placed: list[str] = []

    def place(name: str) -> None:
        if name in placed or name not in names:
            return
        for field in TABLES[name].fields:
            if field.ref is not None and field.ref != name:
                place(field.ref)
        placed.append(name)

    for name in names:
        place(name)
    return placed


def write(an_import: Import, tables: Tables) -> dict[str, dict[str, int]]:
    """The keys by table and id."""
    keys: dict[str, dict[str, int]] = {}
    for name in in_order(list(tables)):
        rows = [_row(TABLES[name], index, raw, keys) for index, raw in enumerate(tables[name])]
        outcome = an_import.write(name, rows)
        keys[name] = dict(zip((row.source_id for row in rows), outcome.keys, strict=True))
    return keys


def _row(table: Table, index: int, raw: Mapping[str, Any], keys: Mapping[str, Mapping[str, int]]) -> Row:
    values = {
        name: value_of(table.field(name), value, keys)
        for name, value in raw.items()
        if name not in ("id", "learnt")
    }
    learnt = raw.get("learnt", LEARNT)
    return Row(str(raw.get("id", f"{table.name}-{index}")), values, learnt)


@contextmanager
def visiting(truth: Truth, projection: Projection, tables: Tables) -> Iterator[None]:
    """The tables stand in an empty store for a while: importing and taking back is quicker than a new one."""
    with truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, tables)
        run = an_import.run
    projection.refresh(truth)
    try:
        yield
    finally:
        truth.undo(run, LEARNT)


def projected(folder: Path, tables: Tables) -> tuple[Truth, Projection]:
    """A truth in the folder and a projection of it in memory."""
    truth = Truth.open(folder / "truth.sqlite3")
    with truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, tables)
    projection = Projection(None, ZONE, MILESTONES)
    projection.refresh(truth)
    return truth, projection
