"""One import: rows in, rejects kept, and every row that was read accounted for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hakari.canonical import TABLES
from hakari.storage import names
from hakari.storage.bulk import among, chunks
from hakari.storage.counters import Counters
from hakari.storage.rows import STUB_ORIGIN, Outcome, Row, Severity, Standing
from hakari.storage.schema.tables import CANONICAL, MAPPING, REJECT, RUN, STANDS_ON
from hakari.storage.writer import TableWriter

_REJECTS_HELD = 2_000


class Import:
    """Hands a source's rows to the truth, inside one transaction that `Truth.importing` opens and ends."""

    def __init__(
        self, connection: sa.Connection, source: str, label: str, started_at: datetime, counters: Counters
    ) -> None:
        self._connection, self._source, self._counters = connection, source, counters
        nothing = dict.fromkeys(("loaded", "updated", "unchanged", "rejected", "noted"), 0)
        self.run: int = connection.execute(
            RUN.insert().returning(RUN.c.id),
            {
                "source": source,
                "label": label,
                "started_at": started_at,
                "change": counters.change,
                **nothing,
            },
        ).scalar_one()
        self._writers: dict[tuple[str, str], TableWriter] = {}
        self._mappings: dict[str, int] = {}
        self._rejects: list[dict[str, Any]] = []
        self._rejected_lines: set[tuple[str, int]] = set()
        self._noted = 0
        self._sums: Counter[str] = Counter()
        self._said: dict[str, int] = {}

    def write(self, table: str, rows: Sequence[Row], origin: str | None = None) -> Outcome:
        """New rows are loaded, changed ones updated, and what we know already is left as it is.

        `origin` is whose records they are, where another source brought them first.
        """
        return self._count(self._writer(table, origin or self._source).write(rows, fresh=False))

    def history(self, table: str, rows: Sequence[Row]) -> Outcome:
        """The same, faster, for records this source never brought: all versions of one, oldest first."""
        return self._count(self._writer(table, self._source).write(rows, fresh=True))

    def find(self, table: str, source_ids: Collection[str]) -> dict[str, int]:
        """This source's own ids → keys."""
        columns = CANONICAL[table].c
        found: dict[str, int] = {}
        for some in chunks(list(source_ids)):
            rows = self._connection.execute(
                sa.select(columns.source_id, columns.key).where(
                    columns.origin == self._source,
                    among(self._connection, columns.source_id, some),
                    columns.until_at.is_(None),
                    sa.not_(columns.retracted),
                )
            )
            found.update((source_id, key) for source_id, key in rows)
        return found

    def standing(self, table: str) -> list[Standing]:
        """Every record of a small table as it stands now, of all sources, in the order they were learnt."""
        columns = CANONICAL[table].c
        fields = [field.name for field in TABLES[table].fields]
        rows = self._connection.execute(
            sa.select(columns.key, columns.origin, columns.source_id, *(columns[name] for name in fields))
            .where(columns.until_at.is_(None), sa.not_(columns.retracted), sa.not_(columns.deleted))
            .order_by(columns.observed_at, columns.key)
        )
        return [Standing(row[0], row[1], row[2], dict(zip(fields, row[3:], strict=True))) for row in rows]

    def current(
        self, table: str, source_ids: Collection[str], fields: Sequence[str]
    ) -> dict[str, Sequence[Any]]:
        """This source's own ids → what it last said of these fields, for files that say less than another."""
        columns = CANONICAL[table].c
        found: dict[str, Sequence[Any]] = {}
        for some in chunks(list(source_ids)):
            rows = self._connection.execute(
                sa.select(columns.source_id, *(columns[name] for name in fields)).where(
                    columns.origin == self._source,
                    among(self._connection, columns.source_id, some),
                    columns.until_at.is_(None),
                    sa.not_(columns.retracted),
                )
            )
            found.update((row[0], row[1:]) for row in rows)
        return found

    def find_names(self, table: str, folded: Collection[str]) -> dict[str, int]:
        """Folded names → keys, whichever source brought them."""
        return names.find_names(self._connection, table, folded, self.run)

    def stub(self, table: str, folded: str, name: str, observed_at: datetime) -> int:
        """The key of a row that is known by its name alone, until a full row with that name comes."""
        return self.stubs(table, {folded: name}, observed_at)[folded]

    def stubs(self, table: str, named: Mapping[str, str], observed_at: datetime) -> dict[str, int]:
        """The same for many: folded → written name gives folded → key."""
        known = names.stub_keys(self._connection, table, named)
        writer = self._writer(table, STUB_ORIGIN)
        keys: dict[str, int] = {}
        rows: dict[int, Row] = {}
        again: set[int] = set()
        for folded, name in named.items():
            key, gone = known.get(folded, (0, True))
            if gone:
                if key:
                    again.add(key)
                key = key or self._counters.next_key(table)
                rows[key] = Row(f"name:{folded}", names.stub_values(table, name), observed_at)
            keys[folded] = key
        writer.write_stubs(rows, again)
        names.claim(self._connection, table, keys.items(), self.run, stub=True)
        return keys

    def described(self, table: str) -> bool:
        """Whether the table has rows of which more than the name is known."""
        columns = CANONICAL[table].c
        one = sa.select(columns.key).where(
            columns.origin != STUB_ORIGIN, columns.until_at.is_(None), sa.not_(columns.retracted)
        )
        return self._connection.execute(one.limit(1)).first() is not None

    def names_of(self, table: str) -> Mapping[str, str]:
        """Folded → written names, to look for the nearest one."""
        return names.written_names(self._connection, table)

    def only_by_name(self, table: str, folded: Collection[str]) -> set[str]:
        """Those of the folded names for which nothing but a stub stands yet."""
        return set(names.adoptable(self._connection, table, folded))

    def reject(
        self,
        file: str,
        line: int,
        column: str | None,
        value: str | None,
        reason: str,
        raw: dict[str, Any],
        severity: Severity = "reject",
    ) -> None:
        """Keep what could not be used, with where it stood and why."""
        if severity == "reject":
            self._rejected_lines.add((file, line))
        else:
            self._noted += 1
        kept = {"run": self.run, "severity": severity, "file": file, "line": line, "reason": reason}
        self._rejects.append({**kept, "column": column, "value": value, "raw": _plain(raw)})
        if len(self._rejects) >= _REJECTS_HELD:
            self._flush_rejects()

    def mapping(self, name: str, table: str, columns: dict[str, str]) -> int:
        """Remember how a file was laid on a table; rows written from now on say so."""
        newest = self._connection.execute(
            sa.select(MAPPING.c.id, MAPPING.c.version, MAPPING.c.columns)
            .where(MAPPING.c.name == name, MAPPING.c.table == table)
            .order_by(MAPPING.c.version.desc())
            .limit(1)
        ).first()
        if newest is not None and newest.columns == columns:
            used = int(newest.id)
        else:
            version = 1 if newest is None else newest.version + 1
            row = {"name": name, "table": table, "version": version, "columns": columns, "run": self.run}
            used = self._connection.execute(MAPPING.insert().returning(MAPPING.c.id), row).scalar_one()
        self._mappings[table] = used
        self._writer(table, self._source).mapping = used
        return used

    def totals(
        self,
        read: int,
        loaded: int | None = None,
        updated: int | None = None,
        unchanged: int | None = None,
        rejected: int | None = None,
    ) -> None:
        """Say how many rows were read; where a row made several records, say what became of the rows."""
        said = {"read": read, "loaded": loaded, "updated": updated, "unchanged": unchanged}
        said["rejected"] = rejected
        self._said = {name: value for name, value in said.items() if value is not None}

    def finish(self) -> bool:
        """Write what is still held; True when any record changed."""
        self._flush_rejects()
        counted = {name: self._sums[name] for name in ("loaded", "updated", "unchanged")}
        counted |= {"rejected": len(self._rejected_lines), "noted": self._noted, **self._said}
        self._connection.execute(sa.update(RUN).where(RUN.c.id == self.run).values(counted))
        stands: Counter[int] = Counter()
        for writer in self._writers.values():
            stands.update(writer.stands_on)
        if stands:
            rows = [{"run": self.run, "on_run": on, "rows": count} for on, count in stands.items()]
            self._connection.execute(STANDS_ON.insert(), rows)
        return any(writer.wrote for writer in self._writers.values())

    def _writer(self, table: str, origin: str) -> TableWriter:
        writer = self._writers.get((table, origin))
        if writer is None:
            change = self._counters.change
            writer = TableWriter(self._connection, table, origin, self.run, change, self._counters.next_key)
            self._writers[(table, origin)] = writer
        return writer

    def _count(self, outcome: Outcome) -> Outcome:
        self._sums.update(loaded=outcome.loaded, updated=outcome.updated, unchanged=outcome.unchanged)
        return outcome

    def _flush_rejects(self) -> None:
        if self._rejects:
            self._connection.execute(REJECT.insert(), self._rejects)
            self._rejects = []


def _plain(raw: dict[str, Any]) -> dict[str, Any]:
    """A raw row as JSON can keep it; PostgreSQL's cannot hold the letter NUL."""
    plain: dict[str, Any] = json.loads(json.dumps(raw, default=str).replace("\\u0000", ""))
    return plain
