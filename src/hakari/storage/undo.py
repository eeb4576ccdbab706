"""Takes one import back: its versions stand no more, and what it had replaced holds again."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from hakari.errors import RunNotUndoableError, UnknownRunError
from hakari.storage.chains import rechain
from hakari.storage.rows import STUB_ORIGIN, UndoOutcome
from hakari.storage.schema.tables import CANONICAL, KNOWN_AS, RUN, STANDS_ON


def undo(connection: sa.Connection, run: int, at: datetime, change: int) -> UndoOutcome:
    """Refuses when a later import stands on this one; the way out names it."""
    _check_known(connection, run)
    _check_not_confirmed(connection, run)
    for table in CANONICAL.values():
        _check_not_superseded(connection, table, run)
    removed = restored = 0
    for table in CANONICAL.values():
        out, back = _take_out(connection, table, run, change)
        removed, restored = removed + out, restored + back
    connection.execute(sa.delete(KNOWN_AS).where(KNOWN_AS.c.run == run))
    connection.execute(sa.update(RUN).where(RUN.c.id == run).values(undone_at=at))
    return UndoOutcome(run, removed, restored)


def _check_known(connection: sa.Connection, run: int) -> None:
    found = connection.execute(sa.select(RUN.c.undone_at).where(RUN.c.id == run)).first()
    if found is None:
        raise UnknownRunError(f"there is no import {run}", "choose one from the list of imports")
    if found.undone_at is not None:
        raise RunNotUndoableError(f"import {run} was already taken back", "there is nothing left to do")


def _check_not_confirmed(connection: sa.Connection, run: int) -> None:
    later = connection.execute(
        sa.select(STANDS_ON.c.run, STANDS_ON.c.rows)
        .join(RUN, RUN.c.id == STANDS_ON.c.run)
        .where(STANDS_ON.c.on_run == run, RUN.c.undone_at.is_(None))
        .order_by(STANDS_ON.c.run.desc())
        .limit(1)
    ).first()
    if later is not None:
        raise RunNotUndoableError(
            f"import {later.run} found {later.rows} rows of import {run} unchanged, so it did not write them",
            f"take import {later.run} back first",
        )


def _check_not_superseded(connection: sa.Connection, table: sa.Table, run: int) -> None:
    later = connection.execute(
        sa.select(sa.func.max(table.c.until_run), sa.func.count()).where(
            table.c.run == run,
            sa.not_(table.c.retracted),
            table.c.until_run > run,
            table.c.origin != STUB_ORIGIN,
        )
    ).one()
    if later[1]:
        raise RunNotUndoableError(
            f"import {later[0]} brought newer versions of {later[1]} rows of import {run} ({table.name})",
            f"take import {later[0]} back first",
        )


def _take_out(connection: sa.Connection, table: sa.Table, run: int, change: int) -> tuple[int, int]:
    of_run = sa.and_(table.c.run == run, sa.not_(table.c.retracted))
    if connection.execute(sa.select(table.c.version).where(of_run).limit(1)).first() is None:
        return 0, 0
    _leave_stubs_to_others(connection, table, run, change)
    touched = sa.select(table.c.key).where(table.c.run == run)
    restored = connection.execute(
        sa.select(sa.func.count()).where(
            table.c.key.in_(touched),
            table.c.until_run == run,
            table.c.run != run,
            sa.not_(table.c.retracted),
        )
    ).scalar_one()
    retracted = connection.execute(
        sa.update(table).where(of_run).values(retracted=True, until_at=None, until_run=None, change=change)
    )
    rechain(connection, table, touched, change)
    return retracted.rowcount, restored


def _leave_stubs_to_others(connection: sa.Connection, table: sa.Table, run: int, change: int) -> None:
    """A stub that another import looked up is that import's word too, and stays under its number."""
    other = (
        sa.select(sa.func.min(KNOWN_AS.c.run))
        .where(
            KNOWN_AS.c.table == table.name,
            KNOWN_AS.c.key == table.c.key,
            KNOWN_AS.c.run != run,
            KNOWN_AS.c.stub,
        )
        .scalar_subquery()
    )
    connection.execute(
        sa.update(table)
        .where(
            table.c.run == run,
            table.c.origin == STUB_ORIGIN,
            sa.not_(table.c.retracted),
            other.is_not(None),
        )
        .values(run=other, change=change)
    )
