"""Keeps milestones right when records change: told from all rows again only where a row that told something
changed or went; what new rows tell is added to what is known.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from hakari.canonical.milestones import Milestone
from hakari.storage import projection_milestones as ms
from hakari.storage.projection_tables import quoted
from hakari.storage.projection_touched import Touched, touched_name


class Telling:
    """One change's worth of telling, in the order of its methods.

    `moved` names for each table the milestones that are others now; there is a temporary table `moved_…` of
    the keys, with a flag for each milestone.
    """

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        zone: str,
        milestones: tuple[Milestone, ...],
        touched: Touched,
    ) -> None:
        self._cursor, self._zone, self._milestones, self._touched = cursor, zone, milestones, touched
        self._due: list[str] = []
        self.moved: dict[str, frozenset[str]] = {}

    def before(self) -> None:
        """Before the records are replaced: whom they told something of."""
        for table in ms.tables(self._milestones):
            self._note(_dirty(table), ms.dirty_before(self._milestones, table, self._touched.changed))

    def after(self) -> None:
        """After it: tell, and find out what is not as it was. Nothing is written yet."""
        changed, added = self._touched.changed, self._touched.added
        for table in ms.tables(self._milestones):
            dirty = list(ms.dirty_after(self._milestones, table, changed, added))
            if table in self._touched.tables:
                dirty.append(f"SELECT key FROM {touched_name(table)}")
            self._note(_dirty(table), dirty)
            self._note(_gained(table), ms.gained_statements(self._milestones, table, added))
            self._cursor.execute(
                f"DELETE FROM {_gained(table)} WHERE key IN (SELECT key FROM {_dirty(table)})"
            )
            if self._has(_dirty(table)) or self._has(_gained(table)):
                self._due.append(table)
                self._tell(table)
                self._compare(table)

    def write(self) -> None:
        for table in self.moved:
            kept, keys = _kept(table), f"(SELECT key FROM {moved_name(table)})"
            self._cursor.execute(f"DELETE FROM {kept} WHERE key IN {keys}")
            self._cursor.execute(f"INSERT INTO {kept} SELECT * FROM {_told(table)} WHERE key IN {keys}")

    def forget(self) -> None:
        for table in ms.tables(self._milestones):
            names = [_dirty(table), _gained(table)]
            names += [_told(table), moved_name(table)] if table in self._due else []
            for name in names:
                self._cursor.execute(f"DROP TABLE {name}")

    def _note(self, name: str, selects: Iterable[str]) -> None:
        """Add keys to a temporary table, each once."""
        self._cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (key INTEGER)")
        for select in dict.fromkeys(selects):
            self._cursor.execute(f"INSERT INTO {name} ({select}) EXCEPT SELECT key FROM {name}")

    def _has(self, name: str) -> bool:
        return bool(self._cursor.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall())

    def _tell(self, table: str) -> None:
        self._cursor.execute(f"CREATE TEMP TABLE {_told(table)} AS FROM {_kept(table)} LIMIT 0")
        if self._has(_dirty(table)):
            select = ms.statement(table, self._milestones, "main", self._zone, _dirty(table))
            self._cursor.execute(f"INSERT INTO {_told(table)} {select}")
        if self._has(_gained(table)):
            added = tuple(self._touched.added)
            select = ms.merged(table, self._milestones, self._zone, added, _gained(table))
            self._cursor.execute(f"INSERT INTO {_told(table)} {select}")

    def _compare(self, table: str) -> None:
        """Of most records that a new row points at only a last touch is another than before."""
        names = [quoted(one.name) for one in self._milestones if one.table == table]
        flags = ", ".join(f"n.{name} IS DISTINCT FROM o.{name} AS {name}" for name in names)
        due = f"key IN (SELECT key FROM {_dirty(table)} UNION ALL SELECT key FROM {_gained(table)})"
        self._cursor.execute(
            f"CREATE TEMP TABLE {moved_name(table)} AS SELECT * FROM ("
            f"SELECT coalesce(n.key, o.key) AS key, {flags},"
            " (n.key IS NULL) <> (o.key IS NULL) AS came_or_went"
            f" FROM {_told(table)} AS n FULL JOIN (FROM {_kept(table)} WHERE {due}) AS o ON o.key = n.key"
            f") WHERE came_or_went OR {' OR '.join(names)}"
        )
        moved = self._cursor.execute(
            f"SELECT count(*), {', '.join(f'bool_or({name})' for name in names)} FROM {moved_name(table)}"
        ).fetchall()[0]
        if moved[0]:
            of_table = [one.name for one in self._milestones if one.table == table]
            self.moved[table] = frozenset(name for name, has in zip(of_table, moved[1:], strict=True) if has)


def moved_name(table: str) -> str:
    return f"moved_{table}"


def _kept(table: str) -> str:
    return f"main.{quoted(f'{table}__milestone')}"


def _dirty(table: str) -> str:
    return f"dirty_{table}"


def _gained(table: str) -> str:
    return f"gained_{table}"


def _told(table: str) -> str:
    return f"told_{table}"
