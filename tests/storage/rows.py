"""Small rows and moments, so that a test can be checked by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from hakari.storage.chains import rank
from hakari.storage.schema.tables import CANONICAL, META
from hakari.storage.truth import Outcome, Row, Truth

START = datetime(2026, 10, 1, tzinfo=UTC)
Version = dict[str, Any]


def at(day: float) -> datetime:
    """Days after the start of October 2026."""
    return START + timedelta(days=day)


def row(
    source_id: str, day: float, *, deleted: bool = False, known_as: tuple[str, ...] = (), **values: Any
) -> Row:
    return Row(source_id, values, at(day), deleted=deleted, known_as=known_as)


def load(truth: Truth, table: str, rows: Sequence[Row], source: str = "crm") -> tuple[int, Outcome]:
    """One import of one table: its run, and what became of the rows."""
    with truth.importing(source, "test", at(0)) as importing:
        return importing.run, importing.write(table, rows)


def versions(truth: Truth, table: str, *, retracted: bool = False) -> list[Version]:
    """Every version, a record's after one another, as stored."""
    columns = CANONICAL[table]
    with truth.database.reading() as connection:
        rows = connection.execute(
            sa.select(columns)
            .where(columns.c.retracted if retracted else sa.not_(columns.c.retracted))
            .order_by(columns.c.key, *rank(columns))
        )
        return [dict(each) for each in rows.mappings()]


def line(truth: Truth, table: str, field: str, key: int) -> list[tuple[Any, datetime, datetime | None]]:
    """What a record's versions say, from when and until when."""
    own = [each for each in versions(truth, table) if each["key"] == key]
    return [(each[field], each["observed_at"], each["until_at"]) for each in own]


def current(truth: Truth, table: str) -> dict[str, Version]:
    """Source id → what is held true now, without what only the store knows of it."""
    mute = {"version", "change", "run", "until_run", "mapping", "digest"}
    assert mute < set(META)
    return {
        each["source_id"]: {name: value for name, value in each.items() if name not in mute}
        for each in versions(truth, table)
        if each["until_at"] is None and not each["deleted"]
    }


def sums(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.loaded, outcome.updated, outcome.unchanged


def values_of(rows: Iterable[Version], field: str) -> list[Any]:
    return [each[field] for each in rows]
