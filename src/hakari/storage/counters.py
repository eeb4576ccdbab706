"""The numbers a writer gives out: one for the commit, and a key for each new record."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from hakari.storage.migrate import new_token
from hakari.storage.schema.tables import COUNTER, MARK


class Counters:
    """Read once at the start of a write; nobody else writes meanwhile."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._values: dict[str, int] = {row.name: row.value for row in connection.execute(sa.select(COUNTER))}
        self.change = self._values["change"] + 1

    def next_key(self, table: str) -> int:
        name = f"key:{table}"
        self._values[name] = key = self._values.get(name, 0) + 1
        return key

    def save(self, *, changed: bool) -> None:
        """Keep the keys given out, and mark the commit when a record changed."""
        if changed:
            self._values["change"] = self.change
            self._connection.execute(MARK.insert(), {"change": self.change, "token": new_token()})
        dialect: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(COUNTER)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["name"], set_={"value": statement.excluded.value}
            ),
            [{"name": name, "value": value} for name, value in self._values.items()],
        )
