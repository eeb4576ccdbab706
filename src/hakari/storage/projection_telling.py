"""Keeps milestones right when records change: told from all rows again only where a row that told something
changed or went; what new rows tell is added to what is known.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from hakari.canonical.milestones import Milestone
from hakari.storage import projection_milestones as ms
from hakari.storage.projection_gains import CAME_OR_WENT as _CAME
from hakari.storage.projection_gains import Gains, gains, new_rows_name
from hakari.storage.projection_tables import quoted
from hakari.storage.projection_touched import Touched, added_name, touched_name


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
        self._told: list[str] = []
        self._gains: list[str] = []
        self.moved: dict[str, frozenset[str]] = {}

    def before(self) -> None:
        """Before the records are replaced: whom they told something of."""
        for table in ms.tables(self._milestones):
            self._note(_dirty(table), ms.dirty_before(self._milestones, table, self._touched.changed))

    def after(self) -> None:
        """After it: tell, and find out what is not as it was. Nothing is written yet."""
        changed, added = self._touched.changed, frozenset(self._touched.added)
        for table in ms.tables(self._milestones):
            dirty = list(ms.dirty_after(self._milestones, table, changed, self._touched.added))
            if table in self._touched.tables:
                dirty.append(f"SELECT key FROM {touched_name(table)}")
            self._note(_dirty(table), dirty)
            gained = gains(table, self._milestones, self._zone, added)
            anew = self._has(_dirty(table))
            if gained.tables or anew:
                self._told.append(table)
                self._cursor.execute(f"CREATE TEMP TABLE {_told(table)} AS FROM {_kept(table)} LIMIT 0")
                flags = "".join(f", {name} BOOLEAN" for name in self._names(table))
                self._cursor.execute(
                    f"CREATE TEMP TABLE {moved_name(table)} (key INTEGER{flags}, {_CAME} BOOLEAN)"
                )
            if gained.tables:
                self._add(table, gained)
            if anew:
                self._tell(table)
            self._sum_up(table)

    def write(self) -> None:
        for table in self.moved:
            kept, keys = _kept(table), f"(SELECT key FROM {moved_name(table)})"
            self._cursor.execute(f"DELETE FROM {kept} WHERE key IN {keys}")
            self._cursor.execute(f"INSERT INTO {kept} SELECT * FROM {_told(table)} WHERE key IN {keys}")

    def forget(self) -> None:
        names = [_dirty(table) for table in ms.tables(self._milestones)]
        names += [name for table in self._told for name in (_told(table), moved_name(table))]
        for name in (*names, *self._gains):
            self._cursor.execute(f"DROP TABLE {name}")

    def _names(self, table: str) -> list[str]:
        return [quoted(one.name) for one in self._milestones if one.table == table]

    def _note(self, name: str, selects: Iterable[str]) -> None:
        """Add keys to a temporary table, each once."""
        self._cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (key INTEGER)")
        for select in dict.fromkeys(selects):
            self._cursor.execute(f"INSERT INTO {name} ({select}) EXCEPT SELECT key FROM {name}")

    def _has(self, name: str) -> bool:
        return bool(self._cursor.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall())

    def _add(self, table: str, gained: Gains) -> None:
        """Of most records that a new row points at only a last touch is another than before."""
        for source in gained.sources:
            self._collect(source)
        for name, select in gained.tables.items():
            self._gains.append(name)
            self._cursor.execute(f"CREATE TEMP TABLE {name} AS {select}")
            self._cursor.execute(f"DELETE FROM {name} WHERE key IN (SELECT key FROM {_dirty(table)})")
        self._move(table, gained.moving())
        self._cursor.execute(f"INSERT INTO {_told(table)} {gained.merged(moved_name(table))}")
        # Rows may point at a record that nobody has recorded yet.
        self._cursor.execute(
            f"DELETE FROM {moved_name(table)} WHERE key NOT IN (SELECT key FROM {_told(table)})"
        )

    def _collect(self, source: str) -> None:
        """The new rows by themselves, with what is read of them, whomever they tell of."""
        name = new_rows_name(source)
        if name not in self._gains:
            self._gains.append(name)
            added = frozenset(self._touched.added)
            told = (
                gains(table, self._milestones, self._zone, added) for table in ms.tables(self._milestones)
            )
            read = sorted({column for one in told for column in one.sources.get(source, ())})
            listed = ", ".join(map(quoted, read))
            self._cursor.execute(
                f"CREATE TEMP TABLE {name} AS SELECT {listed} FROM main.{quoted(source)}"
                f" WHERE key IN (SELECT key FROM {added_name(source)})"
            )

    def _tell(self, table: str) -> None:
        select = ms.statement(table, self._milestones, "main", self._zone, _dirty(table))
        self._cursor.execute(f"INSERT INTO {_told(table)} {select}")
        flags = "".join(f", n.{name} IS DISTINCT FROM o.{name} AS {name}" for name in self._names(table))
        due = f"WHERE key IN (SELECT key FROM {_dirty(table)})"
        before_and_now = f"(FROM {_kept(table)} {due}) AS o FULL JOIN (FROM {_told(table)} {due}) AS n"
        self._move(
            table,
            f"SELECT coalesce(n.key, o.key) AS key{flags}, (n.key IS NULL) <> (o.key IS NULL) AS {_CAME}"
            f" FROM {before_and_now} ON o.key = n.key",
        )

    def _move(self, table: str, compared: str) -> None:
        different = " OR ".join((_CAME, *self._names(table)))
        self._cursor.execute(f"INSERT INTO {moved_name(table)} FROM ({compared}) WHERE {different}")

    def _sum_up(self, table: str) -> None:
        if table not in self._told:
            return
        names = [one.name for one in self._milestones if one.table == table]
        flags = ", ".join(f"bool_or({name})" for name in self._names(table))
        moved, *any_of = self._cursor.execute(
            f"SELECT count(*), {flags} FROM {moved_name(table)}"
        ).fetchall()[0]
        if moved:
            self.moved[table] = frozenset(name for name, has in zip(names, any_of, strict=True) if has)


def moved_name(table: str) -> str:
    return f"moved_{table}"


def _kept(table: str) -> str:
    return f"main.{quoted(f'{table}__milestone')}"


def _dirty(table: str) -> str:
    return f"dirty_{table}"


def _told(table: str) -> str:
    return f"told_{table}"
