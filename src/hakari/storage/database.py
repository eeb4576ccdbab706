"""Opens the truth's database, SQLite or PostgreSQL, and hands out its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from hakari.errors import StoreInUseError
from hakari.storage.migrate import migrate
from hakari.storage.schema.tables import COUNTER

LOCK_WAIT_SECONDS = 30
PRAGMAS = (
    f"PRAGMA busy_timeout = {LOCK_WAIT_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)
_BEGIN = "hakari_begin"


def engine_for(url_or_path: str | Path) -> sa.Engine:
    """A path is an SQLite file; anything with `://` is a database address."""
    text = str(url_or_path)
    if "://" in text and not text.startswith("sqlite"):
        return sa.create_engine(text)
    if "://" not in text:
        Path(text).parent.mkdir(parents=True, exist_ok=True)
        text = f"sqlite:///{text}"
    engine = sa.create_engine(text)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would open transactions only before the first change, too late to be one snapshot.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


class Database:
    """One database of truth: many may read it, one at a time writes."""

    def __init__(self, url_or_path: str | Path) -> None:
        self.engine = engine_for(url_or_path)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        try:
            with self._begin(self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})) as connection:
                migrate(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One snapshot, whatever others write meanwhile."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.execution_options(**options).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """All of it or nothing, and no other writer beside it."""
        with self._begin(self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})) as connection:
            if not self.is_sqlite:
                connection.execute(sa.select(COUNTER).where(COUNTER.c.name == "change").with_for_update())
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    @staticmethod
    @contextmanager
    def _begin(engine: sa.Engine) -> Iterator[sa.Connection]:
        with engine.connect() as connection:
            try:
                transaction = connection.begin()
            except OperationalError as error:
                if "locked" not in str(error.orig):
                    raise
                raise StoreInUseError(
                    f"another import has been writing for more than {LOCK_WAIT_SECONDS} seconds",
                    "wait until it has ended, then try again; nothing was written",
                ) from error
            with transaction:
                yield connection
