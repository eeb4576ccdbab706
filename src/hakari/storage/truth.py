"""The store that is never thrown away: every version of every record, and every import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from hakari.canonical import TABLES
from hakari.storage.chains import rank
from hakari.storage.counters import Counters
from hakari.storage.database import Database
from hakari.storage.importing import Import
from hakari.storage.notes import Notebook
from hakari.storage.rows import (
    STUB_ORIGIN,
    MappingInfo,
    Outcome,
    RejectInfo,
    Row,
    RunInfo,
    SettingVersion,
    Severity,
    UndoOutcome,
    VersionInfo,
)
from hakari.storage.schema.tables import CANONICAL, COUNTER, MAPPING, REJECT, RUN, SETTING
from hakari.storage.undo import undo

__all__ = [
    "STUB_ORIGIN",
    "Import",
    "MappingInfo",
    "Outcome",
    "RejectInfo",
    "Row",
    "RunInfo",
    "SettingVersion",
    "Severity",
    "Truth",
    "UndoOutcome",
    "VersionInfo",
]


class Truth:
    """Opens with `Truth.open(path or database address)`; may be open in any number of processes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.notes = Notebook(database)

    @classmethod
    def open(cls, url_or_path: str | Path) -> Self:
        return cls(Database(url_or_path))

    def close(self) -> None:
        self.database.close()

    @contextmanager
    def importing(
        self, source: str, label: str, started_at: datetime, *, keep: bool = True
    ) -> Iterator[Import]:
        """One transaction: when the block fails, nothing of it was written. Without `keep` nothing is at all:
        what an import would do can be seen without doing it.
        """
        with self.database.writing() as connection:
            trial = None if keep else connection.begin_nested()
            counters = Counters(connection)
            an_import = Import(connection, source, label, started_at, counters)
            yield an_import
            changed = an_import.finish()
            if trial is None:
                counters.save(changed=changed)
            else:
                trial.rollback()

    def undo(self, run: int, at: datetime) -> UndoOutcome:
        with self.database.writing() as connection:
            counters = Counters(connection)
            outcome = undo(connection, run, at, counters.change)
            counters.save(changed=outcome.removed + outcome.restored > 0)
            return outcome

    def runs(self) -> list[RunInfo]:
        """Every import, newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(RUN).order_by(RUN.c.id.desc()))
            return [RunInfo(**row) for row in rows.mappings()]

    def rejects(self, run: int) -> list[RejectInfo]:
        columns = [column for column in REJECT.c if column.name != "id"]
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(*columns).where(REJECT.c.run == run).order_by(REJECT.c.id))
            return [RejectInfo(**row) for row in rows.mappings()]

    def mappings(self) -> list[MappingInfo]:
        """Every version of every mapping, newest first."""
        columns = [column for column in MAPPING.c if column.name != "run"]
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(*columns).order_by(MAPPING.c.id.desc()))
            return [MappingInfo(**row) for row in rows.mappings()]

    def last_change(self) -> int:
        with self.database.reading() as connection:
            statement = sa.select(COUNTER.c.value).where(COUNTER.c.name == "change")
            change: int = connection.execute(statement).scalar_one()
            return change

    def changes(self, table: str, since: int, batch: int = 50_000) -> Iterator[list[dict[str, Any]]]:
        """Every standing version of every record touched after change `since`."""
        versions = CANONICAL[table]
        touched = sa.select(versions.c.key).where(versions.c.change > since)
        statement = (
            sa.select(versions)
            .where(versions.c.key.in_(touched), sa.not_(versions.c.retracted))
            .order_by(versions.c.key, *rank(versions))
        )
        with self.database.reading() as connection:
            result = connection.execution_options(stream_results=True).execute(statement).mappings()
            while rows := result.fetchmany(batch):
                yield [dict(row) for row in rows]

    def versions(self, table: str, said: Mapping[str, Any]) -> list[VersionInfo]:
        """Every version there ever was that says these values of these fields, in the order learnt."""
        own = CANONICAL[table]
        fields = [field.name for field in TABLES[table].fields]
        wanted = [own.c[name].is_not_distinct_from(value) for name, value in said.items()]
        statement = (
            sa.select(own, RUN.c.source.label("of_source"), RUN.c.label, RUN.c.undone_at)
            .join(RUN, RUN.c.id == own.c.run)
            .where(own.c.origin != STUB_ORIGIN, *wanted)
            .order_by(own.c.observed_at, own.c.version)
        )
        with self.database.reading() as connection:
            return [
                VersionInfo(
                    row["key"],
                    {name: row[name] for name in fields},
                    row["observed_at"],
                    row["deleted"],
                    row["run"],
                    row["of_source"],
                    row["label"],
                    row["undone_at"],
                )
                for row in connection.execute(statement).mappings()
            ]

    def get_setting(self, key: str, default: Any = None) -> Any:
        statement = sa.select(SETTING.c.value).where(SETTING.c.key == key).order_by(SETTING.c.id.desc())
        with self.database.reading() as connection:
            found = connection.execute(statement.limit(1)).first()
            return default if found is None else found.value

    def put_setting(self, key: str, value: Any, at: datetime) -> None:
        """Settings keep their versions too; the newest holds."""
        with self.database.writing() as connection:
            connection.execute(SETTING.insert(), {"key": key, "value": value, "at": at})

    def setting_log(self, prefix: str) -> list[SettingVersion]:
        """Every version of the settings whose keys begin so, oldest first."""
        with self.database.reading() as connection:
            return _setting_log(connection, SETTING.c.key.startswith(prefix, autoescape=True))

    def settings_written(self, prefix: str) -> int:
        """How often settings whose keys begin so were written: another number, another state."""
        begins = SETTING.c.key.startswith(prefix, autoescape=True)
        with self.database.reading() as connection:
            found: int = connection.execute(
                sa.select(sa.func.count()).select_from(SETTING).where(begins)
            ).scalar_one()
            return found

    def put_decided(self, key: str, at: datetime, decide: Callable[[list[SettingVersion]], Any]) -> None:
        """Writes what `decide` makes of the setting's versions; nobody else writes in between."""
        with self.database.writing() as connection:
            value = decide(_setting_log(connection, SETTING.c.key == key))
            connection.execute(SETTING.insert(), {"key": key, "value": value, "at": at})

    def put_changed(self, settings: Mapping[str, Any], at: datetime) -> list[str]:
        """Writes those that differ from what holds, in one transaction, and says which they were."""
        newest = sa.select(SETTING.c.value).order_by(SETTING.c.id.desc()).limit(1)
        changed: list[str] = []
        with self.database.writing() as connection:
            for key, value in settings.items():
                found = connection.execute(newest.where(SETTING.c.key == key)).first()
                if found is None or found.value != value:
                    connection.execute(SETTING.insert(), {"key": key, "value": value, "at": at})
                    changed.append(key)
        return changed

    def counts(self) -> dict[str, int]:
        """How many records each table holds now."""
        with self.database.reading() as connection:
            return {
                name: connection.execute(
                    sa.select(sa.func.count()).where(
                        versions.c.until_at.is_(None),
                        sa.not_(versions.c.retracted),
                        sa.not_(versions.c.deleted),
                    )
                ).scalar_one()
                for name, versions in CANONICAL.items()
            }


def _setting_log(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> list[SettingVersion]:
    columns = (SETTING.c.key, SETTING.c.value, SETTING.c.at)
    rows = connection.execute(sa.select(*columns).where(wanted).order_by(SETTING.c.id))
    return [SettingVersion(row.key, row.value, row.at) for row in rows]
