"""The folded names under which rows of other files may call the rows of this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hakari.canonical import TABLES, Kind
from hakari.sources.files.batch import Batch
from hakari.sources.files.folding import WITHIN_ACCOUNT, fold

Names = tuple[str, ...]


class KnownNames:
    """One sheet's. Ask before references become keys: contacts are also known by name and company."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._fields = [name for name in TABLES[table].names if TABLES[table].field(name).kind is Kind.TEXT]
        self._accounts: dict[Any, str] = {None: ""}
        self._seen: set[int] = set()

    def of(self, batch: Batch) -> list[Names]:
        fields = [name for name in self._fields if batch.has(name)]
        if not fields:
            return [()] * len(batch)
        columns = [self._folded(batch.column(name)) for name in fields]
        if self._table in WITHIN_ACCOUNT and batch.has("account") and "name" in fields:
            columns.append(self._within(columns[fields.index("name")], batch.column("account")))
        if len(columns) == 1:
            return [(name,) if name else () for name in columns[0]]
        return [tuple(dict.fromkeys(filter(None, names))) for names in zip(*columns, strict=True)]

    def _folded(self, column: Sequence[str | None]) -> list[str]:
        return [fold(value, self._table) if value else "" for value in column]

    def _within(self, names: Sequence[str], accounts: Sequence[str | None]) -> list[str]:
        for account in set(accounts) - self._accounts.keys():
            self._accounts[account] = fold(account or "", "account")
        pairs = zip(names, (self._accounts[account] for account in accounts), strict=True)
        whole = [f"{name}|{account}" if name and account else "" for name, account in pairs]
        return self._where_needed(names, whole) if self._table == "deal" else whole

    def _where_needed(self, names: Sequence[str], whole: Sequence[str]) -> list[str]:
        """A deal is found by its bare name unless an earlier one is called the same; a name costs time."""
        needed = []
        for name, within in zip(names, whole, strict=True):
            mark = hash(name)
            needed.append(within if mark in self._seen else "")
            self._seen.add(mark)
        return needed
