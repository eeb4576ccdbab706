"""What a lake holds: its files, their rows, and the change number of the records they stand for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from hakari.errors import LakeDamagedError

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of one part of a table; it is never changed once it is written.

    `unknown` says of each column, in their order, how many of the rows do not know it.
    """

    path: str
    part: str
    rows: int
    bytes: int
    key_min: int
    key_max: int
    digest: str
    unknown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table's columns with their types, the column whose month parts it, and its files."""

    columns: Mapping[str, str]
    parted_by: str
    files: tuple[DataFile, ...]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def known(self) -> frozenset[str]:
        """The columns that any row knows."""
        return frozenset(
            name
            for place, name in enumerate(self.columns)
            if any(file.unknown[place] < file.rows for file in self.files)
        )


@dataclass(frozen=True, slots=True)
class Retired:
    """A file that no manifest since `at` names; whoever began reading before may still want it."""

    path: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """`shape` tells tables of another version or zone, `mark` those of another store."""

    shape: str
    zone: str
    change: int
    mark: str
    written_at: datetime
    tables: Mapping[str, TableFiles]
    retired: tuple[Retired, ...] = ()

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(file.path for table in self.tables.values() for file in table.files)

    def to_json(self) -> bytes:
        said: dict[str, Any] = {"format": FORMAT, **asdict(self)}
        said["written_at"] = self.written_at.isoformat()
        said["rows"] = self.rows
        for one in said["retired"]:
            one["at"] = one["at"].isoformat()
        for name, table in self.tables.items():
            said["tables"][name]["rows"] = table.rows
        return json.dumps(said, ensure_ascii=False).encode()


def manifest_from(raw: bytes, place: str) -> Manifest:
    """Read back what `to_json` wrote; anything that does not add up is refused."""
    try:
        said = json.loads(raw)
        if said["format"] != FORMAT:
            raise LakeDamagedError(
                f"the lake at {place} is of format {said['format']}; this version reads {FORMAT}",
                "publish it again with the version of Hakari that reads it",
            )
        found = Manifest(
            said["shape"],
            said["zone"],
            int(said["change"]),
            said["mark"],
            datetime.fromisoformat(said["written_at"]),
            {name: _table(one) for name, one in said["tables"].items()},
            tuple(Retired(one["path"], datetime.fromisoformat(one["at"])) for one in said["retired"]),
        )
        complete = found.rows == said["rows"]
    except (KeyError, TypeError, ValueError) as error:
        raise LakeDamagedError(
            f"the manifest of the lake at {place} cannot be read: {error}",
            "publish the lake anew into an empty folder",
        ) from error
    if not complete:
        raise LakeDamagedError(
            f"the manifest of the lake at {place} lists {found.rows} rows and says {said['rows']}",
            "publish the lake anew into an empty folder",
        )
    return found


def _table(said: Mapping[str, Any]) -> TableFiles:
    files = (DataFile(**{**one, "unknown": tuple(one["unknown"])}) for one in said["files"])
    return TableFiles(said["columns"], said["parted_by"], tuple(files))
