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
    since = _change_of(connection, run)
    _check_not_confirmed(connection, run)
    undoings = [_Undoing(connection, table, run, since, change) for table in CANONICAL.values()]
    for undoing in undoings:
        undoing.check_not_superseded()
    removed = restored = 0
    for undoing in undoings:
        out, back = undoing.take_out()
        removed, restored = removed + out, restored + back
    connection.execute(sa.delete(KNOWN_AS).where(KNOWN_AS.c.run == run))
    connection.execute(sa.update(RUN).where(RUN.c.id == run).values(undone_at=at))
    return UndoOutcome(run, removed, restored)


def _change_of(connection: sa.Connection, run: int) -> int:
    found = connection.execute(sa.select(RUN.c.undone_at, RUN.c.change).where(RUN.c.id == run)).first()
    if found is None:
        raise UnknownRunError(f"there is no import {run}", "choose one from the list of imports")
    if found.undone_at is not None:
        raise RunNotUndoableError(f"import {run} was already taken back", "there is nothing left to do")
    return int(found.change)


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


class _Undoing:
    """One table of one undo."""

    def __init__(self, connection: sa.Connection, table: sa.Table, run: int, since: int, change: int) -> None:
        self._connection, self._table, self._run, self._change = connection, table, run, change
        # Nothing the run wrote was touched before it, so the index on changes finds its rows.
        self._written = sa.and_(table.c.change >= since, table.c.run == run)
        self._standing = sa.and_(self._written, sa.not_(table.c.retracted))

    def check_not_superseded(self) -> None:
        columns = self._table.c
        by, rows = self._connection.execute(
            sa.select(sa.func.max(columns.until_run), sa.func.count()).where(
                self._standing, columns.until_run > self._run, columns.origin != STUB_ORIGIN
            )
        ).one()
        if rows:
            raise RunNotUndoableError(
                f"import {by} brought newer versions of {rows} rows of import {self._run}"
                f" ({self._table.name})",
                f"take import {by} back first",
            )

    def take_out(self) -> tuple[int, int]:
        """How many versions were retracted, and how many earlier ones hold again."""
        columns = self._table.c
        if (
            self._connection.execute(sa.select(columns.version).where(self._standing).limit(1)).first()
            is None
        ):
            return 0, 0
        self._leave_stubs_to_others()
        touched = columns.key.in_(sa.select(columns.key).where(self._written))
        restored = self._connection.execute(
            sa.select(sa.func.count()).where(
                touched,
                columns.until_run == self._run,
                columns.run != self._run,
                sa.not_(columns.retracted),
            )
        ).scalar_one()
        retracted = self._connection.execute(
            sa.update(self._table)
            .where(self._standing)
            .values(retracted=True, until_at=None, until_run=None, change=self._change)
        )
        rechain(self._connection, self._table, touched, self._change)
        return retracted.rowcount, restored

    def _leave_stubs_to_others(self) -> None:
        """A stub that another import looked up is that import's word too, and stays under its number."""
        columns = self._table.c
        others = (
            sa.select(KNOWN_AS.c.key, sa.func.min(KNOWN_AS.c.run).label("run"))
            .where(KNOWN_AS.c.table == self._table.name, KNOWN_AS.c.run != self._run, KNOWN_AS.c.stub)
            .group_by(KNOWN_AS.c.key)
            .subquery("others")
        )
        self._connection.execute(
            sa.update(self._table)
            .where(self._standing, columns.origin == STUB_ORIGIN, columns.key == others.c.key)
            .values(run=others.c.run, change=self._change)
        )
