"""Under which folded names rows may call a record, and the stubs of records known by nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from hakari.canonical import TABLES, Table
from hakari.storage.bulk import among, chunks
from hakari.storage.rows import STUB_ORIGIN
from hakari.storage.schema.tables import CANONICAL, KNOWN_AS

Claim = tuple[str, int]  # folded name, key


def display_fields(table: Table) -> tuple[str, ...]:
    """The fields a row is shown by, best first."""
    called = dict.fromkeys((*(["name"] if table.has("name") else []), *table.names))
    # A contact's title is no name; an issue has no other.
    return tuple(called) or tuple(name for name in ("title", "subject") if table.has(name))


def claim(connection: sa.Connection, table: str, claims: Iterable[Claim], run: int, *, stub: bool) -> None:
    """Note that `run` calls these keys by these names."""
    rows = [
        {"table": table, "folded": folded, "key": key, "run": run, "stub": stub}
        for folded, key in dict.fromkeys(claims)
    ]
    if rows:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        connection.execute(dialect.insert(KNOWN_AS).on_conflict_do_nothing(), rows)


def find_names(connection: sa.Connection, table: str, folded: Collection[str], run: int) -> dict[str, int]:
    """Folded name → key. A full row comes before a stub, then the one that was there first.

    A stub that is found is claimed by this run too, so that undoing the run that made it leaves it.
    """
    found: dict[str, tuple[bool, int]] = {}
    for some in chunks(list(dict.fromkeys(folded))):
        rows = connection.execute(
            sa.select(KNOWN_AS.c.folded, KNOWN_AS.c.stub, KNOWN_AS.c.key)
            .where(KNOWN_AS.c.table == table, among(connection, KNOWN_AS.c.folded, some))
            .distinct()
        )
        for name, stub, key in rows:
            found[name] = min(found.get(name, (True, key)), (stub, key))
    stubs = [(name, key) for name, (stub, key) in found.items() if stub]
    claim(connection, table, stubs, run, stub=True)
    return {name: key for name, (_, key) in found.items()}


def adoptable(connection: sa.Connection, table: str, folded: Collection[str]) -> dict[str, int]:
    """Folded name → key of the stub that still stands for it alone."""
    versions = CANONICAL[table]
    found: dict[str, int] = {}
    for some in chunks([f"name:{name}" for name in dict.fromkeys(folded)]):
        rows = connection.execute(
            sa.select(versions.c.source_id, versions.c.key).where(
                versions.c.origin == STUB_ORIGIN,
                among(connection, versions.c.source_id, some),
                versions.c.until_at.is_(None),
                sa.not_(versions.c.retracted),
            )
        )
        found.update((source_id.removeprefix("name:"), key) for source_id, key in rows)
    return found


def stub_keys(connection: sa.Connection, table: str, folded: Collection[str]) -> dict[str, tuple[int, bool]]:
    """Folded name → key of the stub ever made for it, and whether it was taken back."""
    versions = CANONICAL[table]
    found: dict[str, tuple[int, bool]] = {}
    for some in chunks([f"name:{name}" for name in folded]):
        rows = connection.execute(
            sa.select(versions.c.source_id, versions.c.key, versions.c.retracted)
            .where(versions.c.origin == STUB_ORIGIN, among(connection, versions.c.source_id, some))
            .order_by(versions.c.retracted.desc(), versions.c.version)
        )
        for source_id, key, retracted in rows:
            found[source_id.removeprefix("name:")] = (key, retracted)
    return found


def stub_values(table: str, name: str) -> dict[str, Any]:
    fields = display_fields(TABLES[table])
    return {fields[0]: name} if fields else {}


def written_names(connection: sa.Connection, table: str) -> Mapping[str, str]:
    """Folded name → the name as someone wrote it, of every current row."""
    versions = CANONICAL[table]
    fields = display_fields(TABLES[table])
    if not fields:
        return {}
    shown = sa.func.coalesce(*(versions.c[name] for name in fields), versions.c.source_id).label("shown")
    rows = connection.execute(
        sa.select(KNOWN_AS.c.folded, shown)
        .join(versions, versions.c.key == KNOWN_AS.c.key)
        .where(
            KNOWN_AS.c.table == table,
            versions.c.until_at.is_(None),
            sa.not_(versions.c.retracted),
            sa.not_(versions.c.deleted),
        )
        .order_by(versions.c.version.desc())
    )
    return {row.folded: row.shown for row in rows}
