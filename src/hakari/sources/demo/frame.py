"""Records of one table, side by side in columns, with the later versions of those that changed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.columns import Bools, Column, Ints, put, take, unknown


@dataclass(frozen=True, slots=True)
class Version:
    """What became different, `at` which moment, for the records `where` it did."""

    at: Ints
    where: Bools
    columns: dict[str, Column]


@dataclass(frozen=True, slots=True)
class Frame:
    """Keys run from `first_key`; `observed` is when each record became known, in microseconds since 1970.

    Versions stand in the order in which they can happen to one record.
    """

    table: str
    first_key: int
    observed: Ints
    columns: dict[str, Column]
    versions: tuple[Version, ...] = field(default=())

    @property
    def size(self) -> int:
        return len(self.observed)

    @property
    def keys(self) -> Ints:
        return np.arange(self.first_key, self.first_key + self.size)

    def known_at(self, moment: int) -> Frame:
        """Without the versions that came later. Records that came later are the maker's to leave out."""
        versions = tuple(
            Version(one.at, one.where & (one.at <= moment), one.columns) for one in self.versions
        )
        return Frame(self.table, self.first_key, self.observed, self.columns, versions)

    def first(self, size: int) -> Frame:
        """The records that came first, where they stand in the order of their coming."""
        rows = np.arange(size)
        columns = {name: take(column, rows) for name, column in self.columns.items()}
        versions = tuple(
            Version(
                one.at[:size],
                one.where[:size],
                {name: take(column, rows) for name, column in one.columns.items()},
            )
            for one in self.versions
        )
        return Frame(self.table, self.first_key, self.observed[:size], columns, versions)

    def changed(self, state: dict[str, Column], version: Version) -> dict[str, Column]:
        """All columns after one version."""
        after = dict(state)
        for name, column in version.columns.items():
            before = after.get(name)
            if before is None:
                before = unknown(TABLES[self.table].field(name), self.size)
            after[name] = put(before, column, version.where)
        return after

    def latest(self) -> Frame:
        """Only what holds in the end."""
        state, observed = self.columns, self.observed
        for version in self.versions:
            state = self.changed(state, version)
            observed = np.where(version.where, version.at, observed)
        return Frame(self.table, self.first_key, observed, state)
